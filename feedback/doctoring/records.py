"""What a project holds: tables as they were written, the journal's chain, leftovers, the clock."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from feedback import journal
from feedback.disk import LEFTOVER
from feedback.doctoring import FINE, LOOK, MEND, Finding
from feedback.doctoring.installed import own_model
from feedback.errors import FeedbackError
from feedback.pipeline.trained import model_path
from feedback.project import Project
from feedback.tables import IN_PARTS, TABLES

_RESTORE = "delete tables that stages make and `feedback run`; restore the others from a backup"
# Clocks of a laptop and a file server differ by seconds; more than this is another day or a flat battery.
_AHEAD = timedelta(hours=1)


def findings(project: Project) -> Iterator[Finding]:
    """Tables, journal, clock, what was broken off, the project's own model."""
    yield from _tables(project)
    yield _journal(project)
    yield clock(project, datetime.now(UTC))
    yield from _broken_off(project)
    file = model_path(project)
    if file.exists():
        card = file.with_name("card.md")
        yield own_model(
            "models/classifier.skops", file.read_bytes(), card.read_bytes() if card.exists() else None
        )


def _tables(project: Project) -> Iterator[Finding]:
    names = [part for name in IN_PARTS for part in project.parts(name)]
    names += [name for name in TABLES if name not in IN_PARTS and project.file(name).exists()]
    locked = project.keys.lock() is not None
    seen = sorted(name for name in names if not (locked and name.startswith("private/")))
    changed, damaged = [], []
    for name in seen:
        try:
            if not project.is_intact(name):
                changed.append(name)
        except FeedbackError:
            damaged.append(name)
    for wrong, said in ((changed, "another program has changed"), (damaged, "cannot be read:")):
        if wrong:
            yield Finding("tables", MEND, f"{said} {', '.join(wrong)}", _RESTORE, {"tables": wrong})
    if not changed and not damaged:
        sealed = "; those in private/ are sealed, and a seal shows every change" if locked else ""
        said = f"{len(seen)} tables have the rows that were written{sealed}"
        yield Finding("tables", FINE, said, facts={"tables": len(seen)})


def _journal(project: Project) -> Finding:
    file = project.path / "private" / "journal.jsonl"
    broken = journal.first_broken(file)
    if broken is not None:
        return Finding(
            "journal", MEND, f"entry {broken} no longer fits the one before it: somebody changed the journal",
            "restore private/journal.jsonl from a backup, and find out who changed it", {"entry": broken},
        )  # fmt: skip
    number = len(journal.read_entries(file))
    return Finding("journal", FINE, f"its {number} entries are one chain", facts={"entries": number})


def clock(project: Project, now: datetime) -> Finding:
    """Whether the clock can be right: the journal's last entry is not in the future."""
    entries = journal.read_entries(project.path / "private" / "journal.jsonl")
    said = now.isoformat(timespec="minutes")
    last = max((str(entry.get("when", "")) for entry in entries), default="")
    try:
        ahead = bool(last) and datetime.fromisoformat(last) > now + _AHEAD
    except (ValueError, TypeError):
        ahead = False
    if ahead:
        return Finding(
            "clock", MEND, f"the clock says {said}, and the journal has an entry of {last}",
            "set the clock: days until which people agreed are judged by it", {"now": said, "last": last},
        )  # fmt: skip
    return Finding("clock", FINE, f"{said}, not before the journal's last entry", facts={"now": said})


def _broken_off(project: Project) -> Iterator[Finding]:
    """Leftovers of what was broken off, and a withdrawal that is not done; none while another is at work."""
    from feedback.withdrawals import refuse_unfinished

    if project.is_in_use():
        yield Finding("leftovers", LOOK, "another feedback is at work here", "look again when it is done")
        return
    try:
        refuse_unfinished(project)
    except FeedbackError as error:
        yield Finding("withdrawals", MEND, error.message, error.hint or "")
    left = [one.relative_to(project.path).as_posix() for one in project.path.rglob(f".*{LEFTOVER}")]
    if left:
        yield Finding(
            "leftovers", MEND, f"{len(left)} half-written files of something that was broken off",
            "`feedback run` sweeps them and goes on where it stopped", {"files": len(left)},
        )  # fmt: skip
    else:
        yield Finding("leftovers", FINE, "nothing half written lies about")

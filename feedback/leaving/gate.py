"""What stands between a project and everybody else: whether all of it holds before anything is shared."""

from __future__ import annotations

import os
import stat
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from feedback import journal
from feedback.arrows import give_back
from feedback.checks import Concern
from feedback.checks.agreed import check_consents
from feedback.checks.leaks import Said, scan
from feedback.errors import FeedbackError
from feedback.exports import exports_of
from feedback.leaving import said_in, told, watch_of
from feedback.project import Project
from feedback.tables import IN_PARTS, TABLES

if TYPE_CHECKING:
    from feedback.edits.leaks import Watch
    from feedback.quotes.verify import Checked
    from feedback.readers.published import Published

_READ_ANEW = "write it anew with `feedback report`, or mend it and check it again"


def check_project(project: Project) -> list[Concern]:
    """What no longer holds: journal, tables, rights, consents, files that left, and those in reports/."""
    changed = list(_tables(project))
    if changed:  # what is no longer what was written proves nothing about the rest
        return [*_journal(project), *changed, *_rights(project)]
    return [
        *_journal(project),
        *_rights(project),
        *check_consents(
            project.table("quotes"), project.table("cases"), audience=project.settings.quotes.audience
        ),
        *_differences(project),
        *check_files(project, _reports(project), audience=project.settings.quotes.audience),
    ]


def check_files(project: Project, files: Sequence[Path], *, audience: str) -> Iterator[Concern]:
    """Finished files that are about to be shared: what they give away, and quotes that may not stand.

    FeedbackError for a file that is not there or cannot be opened.
    """
    watch = watch_of(project) if files else None
    for file in files:
        assert watch is not None
        yield from _leaks(file, watch, said_in(project))
        yield from _quotes(project, file, audience)


def verified(project: Project, published: Published, audience: str) -> list[Checked]:
    """Every quote of a finished document, looked up in the project's originals for an audience."""
    from feedback.pipeline.shards import documents_of
    from feedback.quotes.verify import Rules, verify_quotes

    settings = project.settings
    return verify_quotes(
        published.passages,
        documents_of(project),
        edits=project.table("edits"),
        links=project.table("private/links"),
        cases=project.table("cases"),
        pseudonyms=project.table("private/pseudonyms"),
        rules=Rules(
            audience=audience,
            smallest_group=settings.least_group(audience),
            broader=settings.report.broader,
            leaver=settings.factors.column,
            own_words=_own_words(project),
        ),
    )


def _own_words(project: Project) -> tuple[str, ...]:
    """What a report may have in quotation marks that nobody said: questions, definitions, headings."""
    asked = {str(one) for one in project.table("private/turns")["question"].dropna()}
    # Labels of columns in our own reports stand in quotation marks there.
    listed = [word for theme in project.codebook for word in (theme.label, theme.means)]
    return (*sorted(asked), *listed, "Not as their own", "Nothing said")


def _journal(project: Project) -> Iterator[Concern]:
    file = project.path / "private" / "journal.jsonl"
    broken = journal.first_broken(file)
    if broken is not None:
        yield Concern(
            "journal", "error", "an entry no longer fits the one before it: somebody changed the journal",
            (f"entry {broken}",), "restore private/journal.jsonl from a backup, and find out who changed it",
        )  # fmt: skip


def _tables(project: Project) -> Iterator[Concern]:
    names = [part for name in IN_PARTS for part in project.parts(name)]
    names += [name for name in TABLES if name not in IN_PARTS and project.file(name).exists()]
    changed, damaged = [], []
    for name in sorted(names):
        try:
            if not project.is_intact(name):
                changed.append(name)
        except FeedbackError:
            damaged.append(name)
        give_back()
    if changed:
        yield Concern(
            "tables", "error", "tables that another program has changed", tuple(changed),
            "delete tables that stages make and `feedback run`; restore the others from a backup",
        )  # fmt: skip
    if damaged:
        yield Concern(
            "tables", "error", "tables that cannot be read", tuple(damaged),
            "delete tables that stages make and `feedback run`; restore the others from a backup",
        )  # fmt: skip


def _rights(project: Project) -> Iterator[Concern]:
    """Whether anybody else on this machine may look into private/."""
    folder = project.path / "private"
    if os.name != "posix" or not folder.exists():
        return
    if stat.S_IMODE(folder.stat().st_mode) & 0o077:
        yield Concern(
            "rights", "error", "others on this machine can look into the project's originals and its key",
            ("private/",), f"chmod 700 {folder}; any other command of feedback mends it, too",
        )  # fmt: skip


def _differences(project: Project) -> Iterator[Concern]:
    """Earlier files that were counted from nearly the same people as the last one.

    Whoever has two of them takes one count from the other, and is left with what the few said who came or
    went between them, as somebody who withdrew.
    """
    exports = [one for one in exports_of(project) if one.counted]
    k = project.settings.least_group()
    for one in {export.counted: export for export in exports[:-1]}.values():
        few = len(set(one.counted) ^ set(exports[-1].counted))
        if 0 < few < k:
            yield Concern(
                "difference", "warning",
                f"a file that left earlier was counted from nearly the same people as the last one (fewer "
                f"than {k} came or went): who has both can work out what these said",
                (one.when[:10],), "ask for the earlier one back, and share no further table of both",
            )  # fmt: skip


def _reports(project: Project) -> list[Path]:
    folder = project.path / "reports"
    return sorted(file for file in folder.glob("*") if file.is_file() and not file.name.startswith("."))


def _leaks(file: Path, watch: Watch, said: Said) -> Iterator[Concern]:
    from feedback.readers.files import bytes_of

    places = scan(bytes_of(file), file.suffix, watch, said)
    if places:
        many = "one place" if len(places) == 1 else f"{len(places)} places"
        yield Concern(
            "leak", "error", f"{file.name} shows what this project masks, in {many} ({told(places)})",
            (file.name,), _READ_ANEW + "; a word that is nobody's name goes into `deidentify: keep:`",
        )  # fmt: skip


def _quotes(project: Project, file: Path, audience: str) -> Iterator[Concern]:
    from feedback.readers.published import FORMATS, quoted_in

    if file.suffix.lower().lstrip(".") not in FORMATS:
        return
    wrong = [one for one in verified(project, quoted_in(file), audience) if one.fails]
    if wrong:
        verdicts = Counter(one.verdict for one in wrong)
        said = ", ".join(f"{n} {verdict}" for verdict, n in verdicts.most_common())
        yield Concern(
            "quotes", "error", f"{file.name} has quotes that may not stand ({said})",
            tuple(one.passage.where for one in wrong), f"look at them: `feedback quotes verify {file}`",
        )  # fmt: skip

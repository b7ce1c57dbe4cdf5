"""`feedback key`: who is who behind the pseudonyms, and locking originals and key with a passphrase."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from feedback.cli.options import common
from feedback.cli.output import count, give_json, note, say
from feedback.cli.passphrase import VARIABLE, ask

if TYPE_CHECKING:
    from feedback.project import Project


@click.command("key")
@click.argument(
    "act", required=False, type=click.Choice(["people", "lock", "unlock"]), metavar="[people|lock|unlock]"
)
@click.option(
    "-n", "most", default=40, show_default=True, type=click.IntRange(min=0), help="How many people."
)
@common
def command(act: str | None, most: int, folder: str, as_json: bool) -> None:
    """Shows which names were taken for one person, or locks the project with a passphrase.

    `people` lists the names behind each pseudonym that has several; private/merges.yaml corrects them.
    `lock` seals originals, names and the key of pseudonyms: every command then asks for the passphrase when
    it needs them, or takes it from FEEDBACK_PASSPHRASE; vectors of texts as they stand in tables/ stay open,
    others are deleted. Nobody can recover a lost passphrase.
    """
    from feedback.project import Project

    project = Project(folder)
    if act == "people":
        from feedback.cli.people_shown import say_people

        say_people(project, most, as_json=as_json)
        return
    done = 0
    if act:
        with project.locked():
            done = _lock(project) if act == "lock" else project.keys.open_all()
            project.note(f"key {act}", files=done)
    open_, sealed = (len(project.keys.files(sealed=one)) for one in (False, True))
    if as_json:
        give_json({"locked": bool(sealed) and not open_, "sealed": sealed, "open": open_, "done": done})
        return
    if sealed and open_:
        say(f"Locking or unlocking was broken off: {count(sealed, 'file')} sealed, {open_} open.")
        note("Both can be read; `feedback key lock` or `feedback key unlock` goes on.")
    elif sealed:
        say(f"Locked: {count(sealed, 'file')} of private/ can be read with the passphrase only.")
        note(f"Every command asks for it when it needs them, or takes it from {VARIABLE}.")
    else:
        say(f"Not locked: {count(open_, 'file')} of private/ can be read by whoever has this account.")


def _lock(project: Project) -> int:
    from feedback.pipeline.remembered import forget_other_texts

    fresh = project.keys.lock() is None
    sealed = project.keys.seal_all(ask(new=fresh), project.receipt_in_private)
    forget_other_texts(project)
    return sealed

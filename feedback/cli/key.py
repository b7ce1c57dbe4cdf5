"""`feedback key`: whether the originals and the key lie open, and locking them with a passphrase."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from feedback.cli.options import common
from feedback.cli.output import count, give_json, note, say
from feedback.cli.passphrase import VARIABLE, ask

if TYPE_CHECKING:
    from feedback.project import Project


@click.command("key")
@click.argument("act", required=False, type=click.Choice(["lock", "unlock"]), metavar="[lock|unlock]")
@common
def command(act: str | None, folder: str, as_json: bool) -> None:
    """Locks originals, names and the key of pseudonyms with a passphrase, or unlocks them.

    While a project is locked every command asks for the passphrase when it needs them; set
    FEEDBACK_PASSPHRASE where nobody can type. Nobody can recover a lost passphrase.
    """
    from feedback.project import Project

    project = Project(folder)
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
    fresh = project.keys.lock() is None
    return project.keys.seal_all(ask(new=fresh), project.receipt_in_private)

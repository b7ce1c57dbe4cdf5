"""`feedback check`: what to look at before the analysis and before anything leaves the project."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from feedback.cli.options import common
from feedback.cli.output import count, give_json, say
from feedback.errors import CheckFailed

if TYPE_CHECKING:
    from feedback.checks import Concern
    from feedback.project import Project

_SHOWN, _OF_A_KIND = 6, 10
_MATERIAL = (
    "documents",
    "private/originals",
    "private/turns",
    "private/links",
    "private/people",
    "cases",
    "dropped",
)


@click.command("check")
@click.argument("files", nargs=-1, metavar="[FILE]...")
@click.option("--audience", type=click.Choice(["internal", "publication"]), help="Who will read the FILEs.")
@common
def command(files: tuple[str, ...], audience: str | None, folder: str, as_json: bool) -> None:
    """Checks what must hold before anything is shared. Exit code 3 for an error.

    Without FILE: the material (blank and doubled files, encodings, speakers, ids), the journal, the tables,
    who can read private/, consents, and every file in reports/: its quotes, and what it may give away. With
    FILE: only those files, in any format, wherever they lie.
    """
    from feedback.cli.work import advance
    from feedback.project import Project

    project = Project(folder)
    audience = audience or project.settings.quotes.audience
    if files:
        from feedback.leaving.gate import check_files

        advance(project, until="deidentify")
        concerns = list(check_files(project, [Path(file) for file in files], audience=audience))
    else:
        concerns = _of_project(project)
    what = count(len(files), "file") if files else count(len(project.table("documents")), "document")
    _give(concerns, what, as_json=as_json)


def _of_project(project: Project) -> list[Concern]:
    from feedback.arrows import give_back
    from feedback.checks.material import Material, check_material
    from feedback.cli.work import advance
    from feedback.leaving.gate import check_project

    # What may have been tampered with is looked at before any stage goes on from it.
    found = check_project(project)
    if any(one.check == "tables" for one in found):
        return found
    advance(project, until="cases")
    give_back()
    return [*check_material(Material(*(project.table(name) for name in _MATERIAL))), *found]


def _give(concerns: Sequence[Concern], what: str, *, as_json: bool) -> None:
    if as_json:
        rows = [
            {"check": one.check, "level": one.level, "message": one.message, "about": list(one.about),
             "mend": one.mend}
            for one in concerns
        ]  # fmt: skip
        give_json({"findings": rows})
    else:
        _show(concerns)
    wrong = sum(one.level == "error" for one in concerns)
    if wrong:
        raise CheckFailed(f"{count(wrong, 'error')} found", hint="share nothing before it is mended")
    if not as_json:
        say(f"{what} checked, {count(len(concerns), 'warning')}, no errors.")


def _show(concerns: Sequence[Concern]) -> None:
    """Each concern with its remedy; of one kind the first, since a large survey has hundreds of some."""
    kinds: dict[str, list[Concern]] = {}
    for one in concerns:
        kinds.setdefault(one.check, []).append(one)
    for kind, found in kinds.items():
        for one in found[:_OF_A_KIND]:
            more = f" and {len(one.about) - _SHOWN:,} more" if len(one.about) > _SHOWN else ""
            say(f"{one.level}: {one.message}: {', '.join(one.about[:_SHOWN])}{more}")
            say(f"    {one.mend}")
        if len(found) > _OF_A_KIND:
            say(f"    and {len(found) - _OF_A_KIND:,} more of this kind ({kind}): --json gives all of them")

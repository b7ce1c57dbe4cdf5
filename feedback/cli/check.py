"""`feedback check`: what to look at before the analysis and before anything leaves the project."""

from __future__ import annotations

import click

from feedback.cli.options import common
from feedback.cli.output import count, give_json, say
from feedback.errors import CheckFailed

_SHOWN = 6


@click.command("check")
@common
def command(folder: str, as_json: bool) -> None:
    """Checks the material: blank and doubled files, encodings, speakers, ids. Exit code 3 for an error."""
    from feedback.checks.material import Material, check_material
    from feedback.cli.work import advance
    from feedback.project import Project

    project = Project(folder)
    advance(project, until="cases")
    names = (
        "documents",
        "private/originals",
        "private/turns",
        "private/links",
        "private/people",
        "cases",
        "dropped",
    )
    findings = check_material(Material(*(project.table(name) for name in names)))
    if as_json:
        give_json(
            {
                "findings": [
                    {"check": one.check, "level": one.level, "message": one.message, "about": list(one.about),
                     "mend": one.mend}
                    for one in findings
                ]
            }
        )  # fmt: skip
    for one in () if as_json else findings:
        more = f" and {len(one.about) - _SHOWN} more" if len(one.about) > _SHOWN else ""
        say(f"{one.level}: {one.message}: {', '.join(one.about[:_SHOWN])}{more}")
        say(f"    {one.mend}")
    wrong = sum(one.level == "error" for one in findings)
    if wrong:
        raise CheckFailed(f"{count(wrong, 'error')} in the material")
    if not as_json:
        said = count(len(findings), "warning")
        say(f"{count(len(project.table('documents')), 'document')} checked, {said}, no errors.")

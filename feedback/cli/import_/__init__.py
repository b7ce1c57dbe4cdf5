"""`feedback import FILE`: people's codings as coders' tags, and theme lists of other programs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from feedback.cli.options import common
from feedback.cli.output import count, give_json, note, say
from feedback.cli.work import advance
from feedback.errors import FeedbackError

if TYPE_CHECKING:
    import pandas as pd

    from feedback.coding.projects import Imported
    from feedback.project import Project

_SHOWN = 12
_NEEDED = ("segments", "edits", "documents", "private/originals")
_ONLY_FITTING = "take in what fits with --what-fits"


@click.command("import")
@click.argument("file", metavar="FILE")
@click.option("--coder", metavar="NAME", help="Who coded, when the file does not say.")
@click.option("--what-fits", is_flag=True, help="Take in what fits, and list the rest.")
@click.option("--only-coded", is_flag=True, help="What a .qdpx has no code for counts as not read.")
@click.option("--replace", is_flag=True, help="Put the tags in the place of that coder's own.")
@click.option("--merge", is_flag=True, help="Add new codes to themes.yaml as themes, after a yes.")
@common
def command(
    file: str,
    coder: str | None,
    what_fits: bool,
    only_coded: bool,
    replace: bool,
    merge: bool,
    folder: str,
    as_json: bool,
) -> None:
    """Takes in what people coded elsewhere: .qdpx, .csv, .xlsx as tags of those coders; .qdc as a theme list.

    A .qdpx comes from NVivo, MAXQDA, ATLAS.ti, QualCoder ... (export as REFI-QDA project). A table
    needs the columns source (file, document or case), words, theme, and coder. A .qdc becomes a file
    themes-from-NAME.yaml beside your theme list, which is never overwritten. A matrix of
    `feedback compare --matrix` gives the summaries that --coder NAME wrote into it.
    """
    from feedback.cli.compare.matrix import is_matrix_file, take_matrix
    from feedback.cli.import_.themes import take_themes
    from feedback.coding.files import tags_from
    from feedback.project import Project

    project = Project(folder)
    suffix = Path(file).suffix.lower()
    if suffix == ".qdc":
        _tell_themes(take_themes(project, Path(file), merge=merge), as_json=as_json)
        return
    if is_matrix_file(Path(file)):
        take_matrix(project, Path(file), coder=coder or "", what_fits=what_fits, as_json=as_json)
        return
    if suffix == ".qdpx" and merge:
        take_themes(project, Path(file), merge=True)
    advance(project, until="segments")
    tables = {name.rpartition("/")[2]: project.table(name) for name in _NEEDED}
    found = tags_from(file, codebook=project.codebook, coder=coder or "", whole=not only_coded, **tables)
    if found.problems and not (what_fits and found.tags):
        raise FeedbackError(_listed(Path(file).name, found.problems), hint=_hint(found.problems))
    _save(project, found.tags, replace=replace)
    _tell(found, as_json=as_json)


def _listed(name: str, problems: tuple[str, ...]) -> str:
    more = [f"and {len(problems) - _SHOWN} more"] if len(problems) > _SHOWN else []
    lines = "".join(f"\n  {line}" for line in [*problems[:_SHOWN], *more])
    return f"{name} does not fit this project, so nothing was taken in:{lines}"


def _hint(problems: tuple[str, ...]) -> str:
    if any(problem.startswith("no theme of the list") for problem in problems):
        return f"add the codes as themes with --merge (you are asked first), or {_ONLY_FITTING}"
    return f"mend that, or {_ONLY_FITTING}"


def _save(project: Project, tags: dict[str, pd.DataFrame], *, replace: bool) -> None:
    """Writes each coder's tags; what another import or a review left is only replaced when that is asked."""
    others = [name for name, table in tags.items() if _differs(project, f"tags/{name}", table)]
    if others and not replace:
        n = len(project.table(f"tags/{others[0]}").dropna(subset=["theme_id"]))
        raise FeedbackError(
            f"there are other tags of the coder '{others[0]}' already ({count(n, 'tag')})",
            hint="replace them with --replace, or give this coder another name with --coder NAME",
        )
    with project.locked():
        for name, table in tags.items():
            project.save(f"tags/{name}", table)
            project.note("import", coder=name, tags=len(table))


def _differs(project: Project, name: str, table: pd.DataFrame) -> bool:
    from feedback.tables import conform

    if not project.file(name).exists():
        return False
    there = project.table(name)
    return not there.reset_index(drop=True).equals(conform("tags", table).reset_index(drop=True))


def _tell_themes(facts: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        give_json(facts)
    else:
        say(f"Theme list: {facts['file']} ({count(facts['themes'], 'theme')})")


def _tell(found: Imported, *, as_json: bool) -> None:
    tags = found.tags
    read = {name: int(table["segment_id"].nunique()) for name, table in tags.items()}
    if as_json:
        coders = [{"coder": name, "segments": n} for name, n in read.items()]
        give_json({"coders": coders, "left_out": list(found.problems), "notes": list(found.notes)})
        return
    for line in [*(f"left out: {problem}" for problem in found.problems), *found.notes]:
        note(f"{line[0].upper()}{line[1:]}.")
    for name, n in read.items():
        given = int(tags[name]["theme_id"].notna().sum())
        say(f"Coder {name}: {count(n, 'segment')} read, {count(given, 'tag')}.")

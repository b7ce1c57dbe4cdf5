"""Codes of another program (.qdc, or those of a .qdpx) as a theme list, never over the own one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from feedback.cli.output import count, note
from feedback.disk import write_bytes

if TYPE_CHECKING:
    from feedback.codebook.merge import Merge
    from feedback.project import Project
    from feedback.readers.refi.codes import Code


def take_themes(project: Project, file: Path, *, merge: bool) -> dict[str, Any]:
    """Writes themes-from-NAME.yaml into the project; with `merge` asks and adds new themes to themes.yaml.

    Gives what was found, for --json.
    """
    from feedback.codebook.merge import as_yaml, compare_for_merge
    from feedback.codebook.text import slug
    from feedback.readers.refi.codes import codebook_of

    book = codebook_of(_codes(file), file.name)
    found = compare_for_merge(project.codebook, book)
    text = as_yaml(book, f"Themes read from {file.name}. Put what you want to keep into themes.yaml.")
    written = _write_beside(project.path, f"themes-from-{slug(file.stem)}", text)
    added = merge and _merge(project, found)
    note(f"{count(len(book), 'theme')} from {file.name}: {written}")
    _tell(found, added=added, merge=merge)
    return {
        "themes": len(book), "file": str(written), "new": found.n, "added": found.n if added else 0,
        "inside": list(found.inside), "other_words": list(found.other_words),
    }  # fmt: skip


def _codes(file: Path) -> Sequence[Code]:
    from feedback.readers.files import bytes_of
    from feedback.readers.refi.codes import read_qdc
    from feedback.readers.refi.project import read_qdpx

    data = bytes_of(file)
    return read_qdc(data, file.name) if file.suffix.lower() == ".qdc" else read_qdpx(data, file.name).codes


def _tell(found: Merge, *, added: bool, merge: bool) -> None:
    if added:
        note(f"Added to themes.yaml: {count(found.n, 'theme')}.")
    elif found.n and not merge:
        note(f"{count(found.n, 'theme')} not in themes.yaml yet: add them with --merge, or by hand.")
    if found.inside:
        note(f"Not added, as they stand under themes that are there: {', '.join(found.inside)}.")
    if found.other_words:
        note(f"In both lists, with other words here: {', '.join(found.other_words)}. Nothing was changed.")


def _merge(project: Project, found: Merge) -> bool:
    from feedback.codebook.merge import merged

    if not found.tops:
        note("There is nothing to add to themes.yaml.")
        return False
    names = ", ".join(found.tops)
    if not click.confirm(f"Add {count(found.n, 'theme')} to themes.yaml ({names})?", default=False, err=True):
        return False
    with project.locked():
        project.save_themes(merged(project.themes_text, found))
        project.note("import", themes=found.n)
    return True


def _write_beside(folder: Path, stem: str, text: str) -> Path:
    """Writes a file of that name, or of the next free one; one with the same text is left as it is."""
    number = 1
    while True:
        file = folder / f"{stem}{'' if number == 1 else f'-{number}'}.yaml"
        if not file.exists():
            write_bytes(file, text.encode())
            return file
        if file.read_bytes() == text.encode():
            return file
        number += 1

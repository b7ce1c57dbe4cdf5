"""`feedback import BOOK.qdc`: a codebook of another program as a theme list, never over the own one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from feedback.cli.output import count, give_json, note, say
from feedback.disk import write_bytes

if TYPE_CHECKING:
    from feedback.codebook_merge import Merge
    from feedback.project import Project


def take_themes(project: Project, file: Path, *, merge: bool, as_json: bool) -> None:
    """Writes themes-from-NAME.yaml into the project; with `merge` asks and adds new themes to themes.yaml."""
    from feedback.codebook_merge import as_yaml, compare_for_merge
    from feedback.codebook_text import slug
    from feedback.readers.files import bytes_of
    from feedback.readers.refi.codes import codebook_of, read_qdc

    book = codebook_of(read_qdc(bytes_of(file), file.name), file.name)
    there = project.codebook
    found = compare_for_merge(there, book)
    text = as_yaml(book, f"Themes read from {file.name}. Put what you want to keep into themes.yaml.")
    written = _write_beside(project.path, f"themes-from-{slug(file.stem)}", text)
    added = merge and _merge(project, found)
    if as_json:
        give_json(
            {"themes": len(book), "file": str(written), "new": found.n, "added": found.n if added else 0,
             "inside": list(found.inside), "other_words": list(found.other_words)}
        )  # fmt: skip
        return
    say(f"{count(len(book), 'theme')} from {file.name}: {written}")
    _tell(found, added=added, merge=merge)


def _tell(found: Merge, *, added: bool, merge: bool) -> None:
    if added:
        say(f"Added to themes.yaml: {count(found.n, 'theme')}.")
    elif found.n and not merge:
        note(f"{count(found.n, 'theme')} not in themes.yaml yet: add them with --merge, or by hand.")
    if found.inside:
        note(f"Not added, as they stand under themes that are there: {', '.join(found.inside)}.")
    if found.other_words:
        note(f"In both lists, with other words here: {', '.join(found.other_words)}. Nothing was changed.")


def _merge(project: Project, found: Merge) -> bool:
    from feedback.codebook_merge import merged

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

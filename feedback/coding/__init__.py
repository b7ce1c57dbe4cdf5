"""People's codings, found again in the project's own segments, as a coder's tags."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from feedback.codebook import Codebook
from feedback.codebook.compare import successors
from feedback.codebook.names import theme_called
from feedback.coding.composed import Piece
from feedback.coding.places import Material, Version, document_ids
from feedback.errors import FeedbackError
from feedback.spans import Span
from feedback.tables import conform

if TYPE_CHECKING:
    import pandas as pd

MACHINES = ("rules", "meaning", "classifier")


@dataclass(frozen=True)
class Coding:
    """One row of a coder's file: words of a document and the themes the coder gave them, perhaps none.

    `source` is a document's id or file name, a person's case id, or a segment's id. `place` and `home` are
    where the words stand in the document's composed text and in its original, as an export of this project
    says; they hold only while the same words stand there.
    """

    line: int
    coder: str
    source: str
    words: str
    theme_ids: tuple[str, ...]
    place: tuple[int, int] | None = None
    home: tuple[int, int] | None = None


@dataclass(frozen=True)
class Found:
    """Coders' tags, the lines that no segment stands for, and what does not fit, a message each."""

    tags: dict[str, pd.DataFrame]
    silent: tuple[int, ...]
    problems: tuple[FeedbackError, ...]


def tags_of(
    codings: list[Coding],
    segments: pd.DataFrame,
    originals: pd.DataFrame,
    codebook: Codebook,
    *,
    edits: pd.DataFrame | None = None,
    documents: pd.DataFrame | None = None,
) -> tuple[dict[str, pd.DataFrame], list[int]]:
    """Table `tags` for each coder, and the lines whose words no segment stands for.

    originals: table `private/originals` (document_id, file_name, text). edits, documents: tables, needed for
    words that were coded as they are shown. Otherwise as `find_tags`, but raises FeedbackError, listing lines
    of the file, for unknown themes, coders that are machines, and words that are not where they are said to
    be.
    """
    found = find_tags(codings, Material(segments, originals, edits, documents), codebook)
    if found.problems:
        raise found.problems[0]
    return found.tags, list(found.silent)


def find_tags(codings: Sequence[Coding], material: Material, codebook: Codebook) -> Found:
    """People's codings as tags on the segments where their words stand.

    Words are looked up in the original and in what is shown of it, white space aside; where they are not, by
    the words alone, without regard to signs and capitals. Lines without a segment are the interviewer's
    words and those of people without consent to analysis. A coding counts for every participant segment of
    which it covers at least half, or which holds it whole. Segments that a coder read without giving a theme
    have a row whose theme_id is missing: "read, nothing said".
    """
    rows: dict[str, list[dict[str, Any]]] = {}
    problems: list[FeedbackError] = []
    lost: list[int] = []
    silent: list[int] = []
    for coding in codings:
        try:
            themes = _themes(coding, codebook)
            found = _segments_with(coding, material)
        except FeedbackError as problem:
            problems.append(problem)
            continue
        if not found:
            (lost if found is None else silent).append(coding.line)
        for piece, document_id, span in found or ():
            for theme_id in themes or (None,):
                row = tag_row(piece.segment_id, document_id, span, theme_id, coding.coder)
                rows.setdefault(coding.coder, []).append(row)
    if lost:
        problems.append(_lost(lost, len(codings)))
    return Found(as_tables(rows), tuple(silent), tuple(problems))


def _lost(lines: list[int], n: int) -> FeedbackError:
    return FeedbackError(
        f"the words of {len(lines)} of {n} codings are not in the documents they name: line {_few(lines)}",
        hint="is the column with the file names right, and are these the files that were coded?",
    )


def as_tables(rows: Mapping[str, list[dict[str, Any]]]) -> dict[str, pd.DataFrame]:
    """Table `tags` for each coder, every tag once."""
    return {coder: conform("tags", own).drop_duplicates(ignore_index=True) for coder, own in rows.items()}


_Places = list[tuple[Piece, str, Span]]


def _segments_with(coding: Coding, material: Material) -> _Places | None:
    """The segments that a coding stands for; None where its words are not found.

    Raises FeedbackError when they stand in several documents of the name.
    """
    if (exact := _at_its_place(coding, material)) is not None:
        return exact
    own = material.around(coding.source)
    for look in (Version.find, Version.nearly):
        for version, place in own:
            if spans := look(version, coding.words, place):
                return _coded(version, spans)
    versions = material.called(coding.source)
    of_case = not versions
    holding = [
        (version, spans)
        for version in versions or material.of_case(coding.source)
        if (spans := _own(version, version.find(coding.words), of_case=of_case))
    ]
    ids = document_ids(version for version, _ in holding)
    if len(ids) > 1 and not of_case:
        raise FeedbackError(
            f"line {coding.line}: the words stand in several documents of that name ({' and '.join(ids)})",
            hint="write the document's id (d001, ...) instead of the file's name",
        )
    # What is found in the original needs no second look at what is shown of it.
    firsts = [next(pair for pair in holding if pair[0].document_id == one) for one in ids]
    return [found for version, spans in firsts for found in _coded(version, spans)] if firsts else None


def _own(version: Version, spans: list[Span], *, of_case: bool) -> list[Span]:
    """The stretches that stand in a segment of the version, where it has one person's segments only."""
    return [span for span in spans if not of_case or version.touched(span)]


def _at_its_place(coding: Coding, material: Material) -> _Places | None:
    """The segment where an export of the project said that the words stand, if they still do."""
    if coding.place is None and coding.home is None:
        return None
    for version, piece in material.with_segment(coding.source):
        span = Span(*coding.place) if coding.place else piece.shown(*(coding.home or (0, 0)))
        there = version.words.text[slice(*span)]
        if not version.original and there and there.split() == coding.words.split():
            return [(piece, version.document_id, piece.home(*span))]
    return None


def _coded(version: Version, spans: list[Span]) -> _Places:
    return [(piece, version.document_id, home) for span in spans for piece, home in version.coded(span)]


def _themes(coding: Coding, codebook: Codebook) -> list[str]:
    """The ids of a coding's themes. FeedbackError for a theme that is not on the list, and for a machine."""
    if coding.coder in MACHINES:
        raise FeedbackError(
            f"line {coding.line}: '{coding.coder}' is a coder of the machine",
            hint="give the person another name",
        )
    return [_theme(name, coding.line, codebook) for name in coding.theme_ids]


def _theme(name: str, line: int, codebook: Codebook) -> str:
    if found := theme_called(re.split(r" *> *|/", name), codebook):
        return found
    try:
        return codebook[name].id
    except FeedbackError as error:
        raise FeedbackError(f"line {line}: {error.message}", hint=error.hint) from None


def tag_row(
    segment_id: str, document_id: str, span: Span, theme_id: str | None, coder: str
) -> dict[str, Any]:
    """A person's tag as a row of table `tags`; without a theme it says "read, nothing said"."""
    return {
        "segment_id": segment_id,
        "theme_id": theme_id,
        "document_id": document_id,
        "start": span.start,
        "end": span.end,
        "score": 1.0,
        "coder": coder,
        "rule": None,
        "valence": None,
        "assertion": None,
    }


def follow(tags: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """A person's tags with the themes' present ids: renamed and merged themes keep what was coded.

    A theme says under `formerly` what it came from. Tags of a theme that was split keep the old id, since
    only a person can say where they belong.
    """
    now = {old: new for old, new in successors(codebook).items() if new}
    if not now or not tags["theme_id"].isin(now).any():
        return tags
    moved = tags.assign(theme_id=tags["theme_id"].astype(object).replace(now))
    return conform("tags", moved).drop_duplicates(ignore_index=True)


def _few(lines: list[int]) -> str:
    shown = ", ".join(map(str, lines[:10]))
    return shown + (", ..." if len(lines) > 10 else "")

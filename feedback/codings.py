"""People's codings, found again in the project's own segments, as a coder's tags."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from feedback.codebook import Codebook
from feedback.codebook_compare import successors
from feedback.errors import FeedbackError
from feedback.spans import Span
from feedback.tables import conform

if TYPE_CHECKING:
    import pandas as pd

MACHINES = ("rules", "meaning", "classifier")


@dataclass(frozen=True)
class Coding:
    """One row of a coder's file: words of a document and the themes the coder gave them, perhaps none."""

    line: int
    coder: str
    source: str
    words: str
    theme_ids: tuple[str, ...]


def tags_of(
    codings: list[Coding], segments: pd.DataFrame, originals: pd.DataFrame, codebook: Codebook
) -> tuple[dict[str, pd.DataFrame], list[int]]:
    """Table `tags` for each coder, and the lines whose words no segment stands for.

    Words are looked up in the original, white space aside. Lines without a segment are the interviewer's
    words and those of people without consent to analysis.

    originals: table `private/originals` (document_id, file_name, text). A coding counts for every
    participant segment of which it covers at least half, or which holds it whole. Segments that a coder
    read without giving a theme have a row whose theme_id is missing: "read, nothing said". Raises
    FeedbackError, listing lines of the file, for unknown themes, coders that are machines, and words that
    are not where they are said to be.
    """
    _refuse(codings, codebook)
    places = _Places(segments, originals)
    rows: dict[str, list[dict[str, Any]]] = {}
    lost = [coding.line for coding in codings if not places.spans(coding)]
    silent = []
    for coding in codings:
        found = list(places.segments_with(coding))
        if not found:
            silent.append(coding.line)
        for row, span in found:
            for theme_id in coding.theme_ids or (None,):
                rows.setdefault(coding.coder, []).append(_tag(row, span, theme_id, coding.coder))
    if lost:
        raise FeedbackError(
            f"the words of {len(lost)} of {len(codings)} codings are not in the documents they name: "
            f"line {_few(lost)}",
            hint="is the column with the file names right, and are these the files that were coded?",
        )
    tags = {coder: conform("tags", own).drop_duplicates(ignore_index=True) for coder, own in rows.items()}
    return tags, silent


def _refuse(codings: list[Coding], codebook: Codebook) -> None:
    for coding in codings:
        if coding.coder in MACHINES:
            raise FeedbackError(
                f"line {coding.line}: '{coding.coder}' is a coder of the machine",
                hint="give the person another name",
            )
        for theme_id in coding.theme_ids:
            if theme_id not in codebook:
                try:
                    codebook[theme_id]
                except FeedbackError as error:
                    raise FeedbackError(f"line {coding.line}: {error.message}", hint=error.hint) from None


def _tag(segment: Any, span: Span, theme_id: str | None, coder: str) -> dict[str, Any]:
    return {
        "segment_id": segment.segment_id,
        "theme_id": theme_id,
        "document_id": segment.document_id,
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


class _Places:
    """Finds words in originals, and the segments that stand there."""

    def __init__(self, segments: pd.DataFrame, originals: pd.DataFrame) -> None:
        self._segments: dict[str, list[Any]] = {}
        for row in segments[segments["role"] == "participant"].itertuples(index=False):
            self._segments.setdefault(row.document_id, []).append(row)
        self._texts: dict[str, tuple[str, str, list[int]]] = {}
        for row in originals.itertuples(index=False):
            entry = (row.document_id, *_squeezed(row.text))
            self._texts[row.file_name] = self._texts[row.document_id] = entry

    def spans(self, coding: Coding) -> list[Span]:
        """Where in its document the coded words stand."""
        _, text, positions = self._texts.get(coding.source, ("", "", []))
        wanted, found = _squeezed(coding.words)[0], []
        at = text.find(wanted) if wanted else -1
        while at >= 0:
            found.append(Span(positions[at], positions[at + len(wanted) - 1] + 1))
            at = text.find(wanted, at + len(wanted))
        return found

    def segments_with(self, coding: Coding) -> Iterator[tuple[Any, Span]]:
        for span in self.spans(coding):
            yield from self._under(self._texts[coding.source][0], span)

    def _under(self, document_id: str, span: Span) -> Iterator[tuple[Any, Span]]:
        for row in self._segments.get(document_id, []):
            start, end = max(row.start, span.start), min(row.end, span.end)
            shared = end - start
            if shared > 0 and (2 * shared >= row.end - row.start or shared == span.end - span.start):
                yield row, Span(start, end)


def _squeezed(text: str) -> tuple[str, list[int]]:
    """The text without any white space, and where each of its characters stood."""
    positions = [at for at, letter in enumerate(text) if not letter.isspace()]
    return "".join(text[at] for at in positions), positions


def _few(lines: list[int]) -> str:
    shown = ", ".join(map(str, lines[:10]))
    return shown + (", ..." if len(lines) > 10 else "")

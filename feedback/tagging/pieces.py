"""Where a text can be cut so that a piece can stand as evidence."""

from __future__ import annotations

import re
from collections.abc import Iterator

from feedback.spans import Span

_SENTENCE_END = re.compile(r"(?:(?<=[.!?…;])|(?<=[.!?…][\"'’”)]))\s+|\n+")
_CLAUSE_END = re.compile(r"(?<=[,:–—])\s+|\s+(?=(?:but|because|and then|so that|which|although)\b)")
_FEWEST_WORDS = 3
_LONG = 160


def sentences(text: str) -> list[Span]:
    """The sentences of a text, without white space around them; very short ones stay with their neighbour.

    At least one for a text that has anything in it. Meant for speech: `;` and line ends end a sentence, too.
    """
    return _joined(text, _cut(text, Span(0, len(text)), _SENTENCE_END))


def clauses(text: str) -> list[Span]:
    """Sentences, the long ones cut at commas, dashes and conjunctions."""
    found: list[Span] = []
    for sentence in sentences(text):
        if sentence.end - sentence.start <= _LONG:
            found.append(sentence)
        else:
            found += _joined(text, _cut(text, sentence, _CLAUSE_END))
    return found


def _cut(text: str, whole: Span, at: re.Pattern[str]) -> Iterator[Span]:
    start = whole.start
    for match in at.finditer(text, whole.start, whole.end):
        yield Span(start, match.start())
        start = match.end()
    yield Span(start, whole.end)


def _joined(text: str, spans: Iterator[Span]) -> list[Span]:
    kept: list[Span] = []
    for span in spans:
        words = text[span.start : span.end].split()
        if not words:
            continue
        short = len(words) < _FEWEST_WORDS or (
            kept and len(text[kept[-1].start : kept[-1].end].split()) < _FEWEST_WORDS
        )
        if kept and short:
            kept[-1] = Span(kept[-1].start, span.end)
        else:
            kept.append(span)
    return [_trimmed(text, span) for span in kept]


def _trimmed(text: str, span: Span) -> Span:
    piece = text[span.start : span.end]
    start = span.start + len(piece) - len(piece.lstrip())
    return Span(start, start + len(piece.strip()))

"""Where a text can be cut so that a piece can stand as evidence."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterable, Iterator
from functools import lru_cache

from feedback.segments import sentence_spans
from feedback.spans import Span
from feedback.tagging.memory import digest_of, remembered

_MAY_BE_TWO = re.compile(r"[.!?…]\S*\s|\n")
# Words with single spaces between, sentences that end in a word in small letters and go on with a word or a
# figure: these are cut as `sentence_spans` cuts them, without asking it, which is slow.
_ENDING = r"(?:(?!(?:co|vs)\.)[a-z'’-]*[a-z]{2}|[A-Z][a-z]{7,})[.!?](?= [A-Za-z0-9])"
_PLAIN = re.compile(rf"(?:(?:{_ENDING}|[\w'’,:;()&£%/“”\"–—-]+) )*[\w'’,:;()&£%/“”\"–—-]+[.!?]?")
_PLAIN_END = re.compile(r"[.!?] ")
# A voice that trails off is no end of a sentence, but what follows may well be another.
_TRAILS_OFF = re.compile(r"(?:(?<=[;…])|(?<=\.\.))\s+")
_CLAUSE_END = re.compile(r"(?<=[,:–—])\s+|\s+(?=(?:but|because|and then|so that|which|although)\b)")
_PAIR = "<ii"
_FEWEST_WORDS = 3
_LONG = 160
_REMEMBERED = (
    100_000  # texts; they are cut for scores, evidence, valence and assertion, and for the next list
)


def sentences(text: str) -> list[Span]:
    """The sentences of a text, without white space around them; every sign of it stands in one of them.

    Signs that are no sentence (a dash, a smile) stay with the sentence before. None for a blank text.
    """
    return list(_sentences(text))


@lru_cache(maxsize=_REMEMBERED)
def _sentences(text: str) -> tuple[Span, ...]:
    if not _MAY_BE_TWO.search(text):
        return tuple(trimmed(text, [Span(0, len(text))]))
    if _PLAIN.fullmatch(text):
        return tuple(_from_starts(text, [0, *(match.end() for match in _PLAIN_END.finditer(text))]))
    (found,) = remembered([digest_of("sentences", text)], lambda _: [_packed(_several(text))])
    return tuple(Span(*span) for span in struct.iter_unpack(_PAIR, found))


def _several(text: str) -> list[Span]:
    return _from_starts(text, [span.start for span in sentence_spans(text)])


def _from_starts(text: str, starts: list[int]) -> list[Span]:
    ends = [*starts[1:], len(text)]
    spans = [Span(start, end) for start, end in zip([0, *starts[1:]], ends, strict=True)]
    return trimmed(text, spans)


def _packed(spans: Iterable[Span]) -> bytes:
    return b"".join(struct.pack(_PAIR, *span) for span in spans)


def statements(text: str) -> list[Span]:
    """What can stand as evidence: sentences, cut at `;` and where the voice trails off as well.

    Very short ones stay with their neighbour. At least one for a text that has anything in it.
    """
    return list(_statements(text))


@lru_cache(maxsize=_REMEMBERED)
def _statements(text: str) -> tuple[Span, ...]:
    return tuple(_joined(text, [part for span in sentences(text) for part in cut(text, span, _TRAILS_OFF)]))


def clauses(text: str) -> list[Span]:
    """Statements, the long ones cut at commas, dashes and conjunctions."""
    found: list[Span] = []
    for statement in statements(text):
        if statement.end - statement.start <= _LONG:
            found.append(statement)
        else:
            found += _joined(text, cut(text, statement, _CLAUSE_END))
    return found


def cut(text: str, whole: Span, at: re.Pattern[str]) -> Iterator[Span]:
    """The parts of text[whole.start:whole.end] between the places where `at` stands; some may be blank."""
    start = whole.start
    for match in at.finditer(text, whole.start, whole.end):
        yield Span(start, match.start())
        start = match.end()
    yield Span(start, whole.end)


def _joined(text: str, spans: Iterable[Span]) -> list[Span]:
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
    return trimmed(text, kept)


def trimmed(text: str, spans: Iterable[Span]) -> list[Span]:
    """The spans without the white space around their words; blank ones left out."""
    kept = []
    for span in spans:
        piece = text[span.start : span.end]
        start = span.start + len(piece) - len(piece.lstrip())
        if piece.strip():
            kept.append(Span(start, start + len(piece.strip())))
    return kept

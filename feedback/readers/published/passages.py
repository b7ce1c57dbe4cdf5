"""Paragraphs of a finished document -> the passages that claim to be somebody's words, with who said them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from feedback.readers.published.marks import Marked, marked
from feedback.readers.published.shapes import Paragraph, Passage

_DASH = r"(?:[—–―-]|--|~)"
_LONGEST_LINE = 160
_MOST_WORDS = 16
_MOST_PARAGRAPHS = 12
# What stands after a passage and says who spoke: "(P07)", "— P07, social worker", on the same line.
_BRACKET = re.compile(rf"\s*[.,;]?\s*[(\[]([^()\[\]\n]{{1,{_LONGEST_LINE}}})[)\]]")
_AFTER_DASH = re.compile(rf"\s*[.,;]?\s*{_DASH}+\s*([^\n“”\"«»]{{1,{_LONGEST_LINE}}})(?:\n|$)")
_OWN_LINE = re.compile(rf"\s*{_DASH}+\s*(\S[^\n]{{0,{_LONGEST_LINE}}})\s*")
_OWN_BRACKET = re.compile(rf"\s*[(\[]([^()\[\]\n]{{1,{_LONGEST_LINE}}})[)\]]\s*")
# The end of a block quote that holds its own attribution.
_TAIL = re.compile(
    rf"(?:\n\s*{_DASH}+\s*|(?<=[.!?…\"”’'])\s*{_DASH}+\s*)([^\n]{{1,{_LONGEST_LINE}}})\s*$"
    rf"|(?<=[.!?…\"”’'])\s*[(\[]([^()\[\]\n]{{1,{_LONGEST_LINE}}})[)\]]\.?\s*$"
)
_OMISSION = re.compile(r"\s*(?:…|\.{2,}|\.\s\.\s\.)\s*")
_LEAD = re.compile(r"[^.!?\n]{0,120}$")
_OPENERS = "“\"«„‘'"


@dataclass(slots=True)
class _Found:
    """A passage and the paragraph that it ends in, and where there."""

    passage: Passage
    last: int
    end: int


def passages_of(paragraphs: Sequence[Paragraph]) -> list[Passage]:
    """The passages in order. Each paragraph of a block quote is one, under one attribution."""
    paragraphs = [one for one in paragraphs if one.text.strip()]
    found: list[_Found] = []
    at = 0
    while at < len(paragraphs):
        one = paragraphs[at]
        if one.look == "quote":
            at = _block(paragraphs, at, found)
        elif one.look == "attribution":
            at += 1
        else:
            at = _running(paragraphs, at, found)
    return [_attributed(one, paragraphs) for one in found]


def _block(paragraphs: Sequence[Paragraph], first: int, found: list[_Found]) -> int:
    """The paragraphs of one block quote, each a passage; gives the next paragraph's number."""
    last = first
    while last + 1 < len(paragraphs) and _goes_on(paragraphs[last], paragraphs[last + 1]):
        last += 1
    own: list[Passage] = []
    for number in range(first, last + 1):
        text, attribution = _without_tail(paragraphs[number].text)
        if not re.search(r"\w", text) or _OWN_LINE.fullmatch(paragraphs[number].text):
            line = _OWN_LINE.fullmatch(paragraphs[number].text)
            own = [replace(passage, attribution=passage.attribution or (line[1] if line else ""))
                   for passage in own]  # fmt: skip
            continue
        own.append(Passage(text, "block", paragraphs[number].where, attribution))
    said = next((passage.attribution for passage in reversed(own) if passage.attribution), "")
    for passage in own:
        found.append(_Found(replace(passage, attribution=passage.attribution or said), last, -1))
    return last + 1


def _goes_on(one: Paragraph, following: Paragraph) -> bool:
    return following.look == "quote" and following.group == one.group


def _without_tail(text: str) -> tuple[str, str]:
    """A block quote without its attribution and its quotation marks."""
    tail = _TAIL.search(text)
    attribution = ""
    if tail and not _OMISSION.fullmatch(tail[1] or tail[2]) and _is_line(tail[1] or tail[2]):
        text, attribution = text[: tail.start()], (tail[1] or tail[2]).strip()
    text = text.strip()
    inside = marked(text)
    if len(inside) == 1 and inside[0].start == 1 and (inside[0].open or inside[0].end >= len(text) - 2):
        text = text[1 : inside[0].end]
    return text.strip().strip("“”"), attribution


def _is_line(words: str) -> bool:
    return len(words.split()) <= _MOST_WORDS


def _running(paragraphs: Sequence[Paragraph], number: int, found: list[_Found]) -> int:
    """The passages in quotation marks of a paragraph; gives the next paragraph's number."""
    text, following = paragraphs[number].text, number + 1
    # A quote over two paragraphs: no closing mark at the end of the first, an opening one at the next.
    pieces = marked(text)
    while pieces and pieces[-1].open and following < min(len(paragraphs), number + _MOST_PARAGRAPHS):
        if not _continues(text, pieces[-1], paragraphs[following]):
            break
        more = paragraphs[following].text.lstrip()
        opener = text[pieces[-1].start - 1]
        text = f"{text}\n{more[1:] if more[:1] == opener else more}"
        pieces, following = marked(text), following + 1
    for piece in pieces:
        lead = _LEAD.search(text[: piece.start - 1])
        words = text[piece.start : piece.end].strip()
        passage = Passage(
            words, "marks", paragraphs[number].where, lead=lead[0].strip() if lead else "", open=piece.open
        )
        after = _after(text, piece)
        rest = text[piece.outer(text)[1] :].strip(" .,;\n")
        found.append(
            _Found(replace(passage, attribution=after), following - 1, -1 if not rest else piece.end)
        )
    return following


def _continues(text: str, last: Marked, following: Paragraph) -> bool:
    """Whether an open passage goes on in the next paragraph, which opens it again or closes it."""
    opener = text[last.start - 1]
    if following.look:
        return False
    words = following.text.lstrip()
    if words[:1] == opener and opener in "“«„":
        return True
    closer = {"“": "”", "«": "»", "„": "“", '"': '"'}.get(opener, "")
    first = words.find(closer) if closer else -1
    if first < 0 or (opener == '"' and words[:1] == '"'):
        return opener == '"' and words[:1] == '"'
    return opener not in words[:first] and not words[first + 1 : first + 2].isalnum()


def _after(text: str, piece: Marked) -> str:
    """The bracket or dash and name right after a passage, "" where there is none."""
    end = piece.outer(text)[1]
    bracket = _BRACKET.match(text, end)
    if bracket and not _OMISSION.fullmatch(bracket[1]):
        return bracket[1].strip()
    dash = _AFTER_DASH.match(text, end)
    return dash[1].strip() if dash and _is_line(dash[1]) else ""


def _attributed(one: _Found, paragraphs: Sequence[Paragraph]) -> Passage:
    """The passage with the attribution of the paragraph after it, where it has none of its own."""
    following = paragraphs[one.last + 1] if one.last + 1 < len(paragraphs) else None
    if one.passage.attribution or one.end >= 0 or following is None:
        return one.passage
    return replace(one.passage, attribution=next(_lines_of(following), ""))


def _lines_of(paragraph: Paragraph) -> Iterator[str]:
    """The paragraph as an attribution: set as one, or a line that begins with a dash, or all in a bracket."""
    text = paragraph.text.strip()
    if paragraph.look == "attribution":
        yield re.sub(rf"^{_DASH}+\s*", "", text)
    for shape in (_OWN_LINE, _OWN_BRACKET):
        line = shape.fullmatch(text)
        if line and not paragraph.look and _is_line(line[1]) and text[:1] not in _OPENERS:
            yield line[1].strip()

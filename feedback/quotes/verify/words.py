"""Words as they are compared: of the original, with what cleaning and masking did, and of a quote."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from feedback.edits.text.words import word_set
from feedback.spans import Edit, merge_edits

_LETTERS = r"(?:[^\W\d_]|[\u0300-\u036f\u00ad\u200b-\u200d\u2060\ufeff])+"
_EMOJI = "[\u2600-\u27bf\U0001f300-\U0001faff]"  # may be left out, but not added or changed
WORD = re.compile(rf"{_LETTERS}(?:['’ʼ]{_LETTERS})*|\d+(?:[.,:]\d+)*|[£$€%&]|{_EMOJI}")
_UNSEEN = re.compile(r"[\u00ad\u200b-\u200d\u2060\ufeff]")
_THOUSANDS = re.compile(r",(?=\d{3}(?:\D|$))")
# Sounds that anybody may leave out of a quote, whether or not the project's cleaning did.
FILLERS = word_set("um umm uh uhm uhh er err erm ermm ah hm hmm hmmm mm mmm mhm")
_GAP = re.compile(r"[\[(]\s*(?:\.\s?){2,}[\])]|[\[(]\s*…\s*[\])]|…+|(?:\.[ \t\xa0]?){2,}\.")
_BRACKET = re.compile(r"\[([^\[\]]{1,120})\]")
_ONE_LETTER = re.compile(r"(?<!\w)\[(\w)\](?=\w)")
_PARTLY = re.compile(r"\w+\[\w+\]|\[\w{2,}\]\w+")
# "[Person 1]'s": the mask stands for the name with its ending.
_OWNED = re.compile(r"(?<=\w)\]['’](?:s|ll|d|ve|re)\b")
# Joins two words to one: "well-being", and a word that is broken at a line's end.
_JOIN = re.compile(r"[-‐‑](?:\s*\n\s*)?(?=\w)")

Part = Literal["word", "bracket", "gap"]


@dataclass(frozen=True, slots=True)
class Token:
    """A word of what was said, at [start, end) of the original, and what became of it.

    `optional`: cleaning took it out, so that a quote may hold it or not. `mask`: what stands in its place for
    everybody ("[Person 1]"), "" where it is free. `unheard`: it stands for words that nobody could hear.
    `hyphen`: a hyphen joins it to the next word. `end_turn`: it is no word but the place where a turn ends.
    """

    norm: str
    start: int
    end: int
    optional: bool = False
    mask: str = ""
    unheard: bool = False
    hyphen: bool = False
    end_turn: bool = False


@dataclass(frozen=True, slots=True)
class Element:
    """A part of a quote: a word, something in square brackets, or a sign that words are left out."""

    part: Part
    text: str
    norm: str = ""
    after: str = ""
    hyphen: bool = False


def norm(word: str) -> str:
    """A word as it is compared: no case, straight apostrophes, no thousands commas."""
    word = _UNSEEN.sub("", unicodedata.normalize("NFKC", word)).casefold().replace("’", "'").replace("ʼ", "'")
    if word[:1].isdigit():
        return _THOUSANDS.sub("", word).replace(":", ".")
    return "and" if word == "&" else word


def tokens_of(text: str, start: int, end: int, edits: Sequence[Edit]) -> list[Token]:
    """The words of text[start:end], each once, with what the edits that touch it do."""
    merged = merge_edits(edit for edit in edits if edit.start < end and start < edit.end)
    found: list[Token] = []
    first = 0
    for match in WORD.finditer(text, start, end):
        word = norm(match.group())
        if not word:
            continue
        while first < len(merged) and merged[first].end <= match.start():
            first += 1
        edit = merged[first] if first < len(merged) and merged[first].start < match.end() else None
        found.append(_token(word, match, edit, hyphen=bool(_JOIN.match(text, match.end()))))
    return found


def _token(word: str, match: re.Match[str], edit: Edit | None, *, hyphen: bool) -> Token:
    start, end = match.span()
    if edit is None:
        return Token(word, start, end, optional=_may_go(word), hyphen=hyphen)
    if edit.kind == "mask":
        return Token(word, start, end, mask=edit.replacement)
    if not (edit.start <= start and end <= edit.end):
        return Token(word, start, end, optional=_may_go(word), hyphen=hyphen)
    if "..." in edit.replacement:
        return Token(word, start, end, unheard=True)
    # "Um, i think" becomes "I think": the letter that stays is a word.
    stays = end == edit.end and edit.replacement.strip().casefold() == word
    return Token(word, start, end, optional=not stays, hyphen=hyphen)


def _may_go(word: str) -> bool:
    return word in FILLERS or bool(re.fullmatch(_EMOJI, word))


def elements_of(text: str) -> list[Element]:
    """A quote's parts in order. "[w]ord" is a word; "work[ed]" is something in brackets."""
    text = _ONE_LETTER.sub(r"\1", _UNSEEN.sub("", text))
    text = _OWNED.sub("]", text)
    text = _PARTLY.sub(lambda found: "[" + re.sub(r"[\[\]]", "", found[0]) + "]", text)
    found = list(_parts(text))
    begins = [start for _, _, start, _ in found[1:]] + [len(text)]
    return [
        Element(
            part, said, norm(said) if part == "word" else "", text[end:begin], bool(_JOIN.match(text, end))
        )
        for (part, said, _, end), begin in zip(found, begins, strict=True)
    ]


def _parts(text: str) -> Iterator[tuple[Part, str, int, int]]:
    at = 0
    specials = sorted(
        [(m.start(), m.end(), "gap", m[0]) for m in _GAP.finditer(text)]
        + [(m.start(), m.end(), "bracket", m[1]) for m in _BRACKET.finditer(text) if not _GAP.fullmatch(m[0])]
    )
    for start, end, part, said in specials:
        if start < at:
            continue
        yield from _words(text, at, start)
        yield ("gap" if part == "gap" else "bracket"), " ".join(said.split()), start, end
        at = end
    yield from _words(text, at, len(text))


def _words(text: str, start: int, end: int) -> Iterator[tuple[Part, str, int, int]]:
    for match in WORD.finditer(text, start, end):
        if norm(match.group()):
            yield "word", match.group(), match.start(), match.end()


def words_in(text: str) -> list[str]:
    """The words of a text as they are compared."""
    return [word for match in WORD.finditer(text) if (word := norm(match.group()))]

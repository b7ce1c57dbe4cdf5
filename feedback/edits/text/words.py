"""Words with their places, folded for comparison, and what the shipped lists know of them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from importlib import resources
from itertools import accumulate, repeat
from typing import NamedTuple

import regex

_WORD = regex.compile(r"(\p{L}[\p{L}\p{M}\p{Cf}]*+|\p{N}++)")
_SENTENCE_END = frozenset('.?!:;…•\n"“”‘([{*')
_FOLD = str.maketrans("łŁøØđĐıŞşß", "lLoOdDiSss")
# A form of a word counts as the word; lists/build.py leaves such forms out of words.txt.
_FORMS = (("s", ""), ("es", ""), ("ies", "y"), ("ed", ""), ("d", ""), ("ing", ""), ("ing", "e"), ("ly", ""))
_LAST = frozenset(end[-1] for end, _ in _FORMS)


def word_set(words: str) -> frozenset[str]:
    """The words of a string, as a set."""
    return frozenset(words.split())


class Word(NamedTuple):
    """A run of letters, or of digits, at text[start:end]; `key` is its folded form."""

    start: int
    end: int
    key: str
    written: str

    @property
    def capital(self) -> bool:
        return self.written[:1].isupper()

    @property
    def shouted(self) -> bool:
        return len(self.written) > 1 and self.written.isupper()


@lru_cache(maxsize=65_536)
def fold(written: str) -> str:
    """The form in which two spellings of one word are equal: no case, accents or invisible characters."""
    if written.isascii():
        return written.lower()
    plain = unicodedata.normalize("NFKD", written.translate(_FOLD))
    return "".join(c for c in plain if unicodedata.category(c) not in ("Mn", "Me", "Cf")).casefold()


def columns(text: str) -> tuple[list[str], list[int], list[int]]:
    """All words of a text in order: as they are written, where they start, where they end."""
    parts = _WORD.split(text)
    edges = list(accumulate(map(len, parts)))
    return parts[1::2], edges[:-1:2], edges[1::2]


def words(text: str) -> list[Word]:
    """All words of a text in order."""
    written, starts, ends = columns(text)
    return words_of(starts, ends, map(fold, written), written)


def words_of(
    starts: Iterable[int], ends: Iterable[int], folded: Iterable[str], written: Iterable[str]
) -> list[Word]:
    """Words from their columns."""
    # Made without Word's own constructor, which takes three times as long, and there are many.
    return list(map(tuple.__new__, repeat(Word), zip(starts, ends, folded, written, strict=True)))


def keys(text: str) -> tuple[str, ...]:
    """The folded words of a name."""
    return tuple(map(fold, columns(text)[0]))


def opens(text: str, start: int) -> bool:
    """Whether a sentence, line or quotation begins at `start`."""
    at = start - 1
    while at >= 0 and text[at] in " \t\u00a0'’-–—":
        at -= 1
    return at < 0 or text[at] in _SENTENCE_END


def _lines(name: str) -> Iterator[str]:
    text = resources.files("feedback.edits").joinpath("lists", name).read_text("utf-8")
    for line in text.splitlines():
        yield from (part.strip() for part in line.partition("#")[0].split(","))


@cache
def listed(*names: str) -> frozenset[tuple[str, ...]]:
    """The entries of shipped lists, each as its folded words."""
    return frozenset(keys(entry) for name in names for entry in _lines(f"{name}.txt") if entry)


@cache
def singles(*names: str) -> frozenset[str]:
    """The one-word entries of shipped lists."""
    return frozenset(entry[0] for entry in listed(*names) if len(entry) == 1)


@cache
def _first_names() -> frozenset[str]:
    return singles("firstnames", "firstnames-extra")


@cache
def _stay() -> frozenset[tuple[str, ...]]:
    return listed("stay")


def is_first_name(key: str) -> bool:
    return key in _first_names()


@lru_cache(maxsize=65_536)
def is_word(key: str) -> bool:
    """Whether this is an English word, or a form of one."""
    return any_word((key,))


def any_word(keys: Iterable[str]) -> bool:
    """Whether any of these is an English word, or a form of one; of many that are hardly ever asked again."""
    known, named = singles("words"), singles("places", "councils", "abroad")
    for key in keys:
        if key in known:
            return True
        if key[-1:] not in _LAST or key in named:
            continue
        for end, rest in _FORMS:
            if key.endswith(end) and len(key) > len(end) + 2 and key[: -len(end)] + rest in known:
                return True
    return False


@lru_cache(maxsize=65_536)
def is_ordinary(key: str) -> bool:
    """Whether a name spelled like this may just as well be an ordinary word (will, may, rose, reading)."""
    if key in singles("ordinary") or (len(key) < 3 and not is_first_name(key)):
        return True
    return not is_first_name(key) and ((key,) in _stay() or is_word(key))


def must_stay(name: tuple[str, ...]) -> bool:
    """Whether this is in the list of what is never a name: public bodies, tools, months, nationalities."""
    return name in _stay()


@cache
def long_forms() -> dict[str, frozenset[str]]:
    """For each short name the names that it may be short for: liz -> elizabeth."""
    text = resources.files("feedback.edits").joinpath("lists", "nicknames.txt").read_text("utf-8")
    found: dict[str, set[str]] = {}
    for line in text.splitlines():
        whole, _, short = line.partition("#")[0].partition(":")
        for name in short.split():
            found.setdefault(name, set()).update(whole.split())
    return {name: frozenset(whole) for name, whole in found.items()}


@cache
def short_forms() -> dict[str, frozenset[str]]:
    """For each name the short names of it that are no words: elizabeth -> liz, lizzie, beth."""
    found: dict[str, set[str]] = {}
    for short, whole in long_forms().items():
        for name in whole if len(short) > 2 and not is_word(short) else ():
            found.setdefault(name, set()).add(short)
    return {name: frozenset(short) for name, short in found.items()}

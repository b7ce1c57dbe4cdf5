"""Names where capitals tell nothing: captions and messages in small letters, answers in capitals."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from string import ascii_lowercase

from feedback.edits.finding.spoken import spoken_of
from feedback.edits.finding.votes import Vote
from feedback.edits.text import cues
from feedback.edits.text.words import (
    Word,
    any_word,
    is_first_name,
    is_ordinary,
    is_word,
    listed,
    must_stay,
    singles,
    word_set,
)

_FEW_WORDS = 4
_LONG_WORD = 6
_SHORTEST = 3
_SHOUTED = 0.8
_SMALL_BEFORE = frozenset(("of", "for", "left", "joined", "with", "under", "round"))
WEAK_CUES = frozenset(("and", "with", "like", "to", "me", "was"))
STRONG_CUES = cues.PERSON_NOUNS | cues.CALLED | {"told", "asked"}
# First names that are rare beside the words they also are.
_SELDOM_NAMES = frozenset(
    ("che", "fares", "denes", "marin", "manus", "mac", "cole", "pierce", "baris", "tam")
)
_LABEL = re.compile(r"(?:(?<=\s)|^)(?:[A-Z][\w'’-]*\s?){1,4}:\s|\n")
# What turns words and misspelt words into others that no list has.
_ENDINGS = tuple(
    sorted(word_set("ness less ful ment ments er ers able ish ism ist ists y ier iest ity in s"))
)
_BEGINNINGS = ("un", "re", "non", "pre", "mis", "over", "under", "out", "co", "anti", "sub", "super")


Line = tuple[Sequence[Word], str]


def is_surname(key: str) -> bool:
    """Whether this is in the lists of surnames, which hold no English words."""
    return key in singles("surnames", "surnames-extra")


@lru_cache(maxsize=65_536)
def is_coined(key: str) -> bool:
    """Whether this is a word with an ending or beginning, or a slip of the keys."""
    ended = any(
        key.endswith(end) and len(key) > len(end) + 2 and is_word(key[: -len(end)]) for end in _ENDINGS
    )
    begun = any(key.startswith(start) and is_word(key[len(start) :]) for start in _BEGINNINGS)
    return ended or begun or (len(key) >= _LONG_WORD and any_word(_one_slip_from(key)))


def _one_slip_from(key: str) -> Iterator[str]:
    cuts = [(key[:i], key[i:]) for i in range(1, len(key) + 1)]
    for before, after in cuts:
        yield before + after[1:]
        yield before + after[1:2] + after[:1] + after[2:]
        for letter in ascii_lowercase:
            yield before + letter + after
            yield before + letter + after[1:]


def informal_votes(text: str, ws: Sequence[Word], lines: Iterable[Line]) -> Iterator[Vote]:
    """All votes that need no capitals, of a text with these words and `segments`."""
    yield from _small_titled(text, ws)
    for here, style in lines:
        yield from _small_places(here, style)
        for i, word in enumerate(here):
            if _maybe_name(word.key) and (style == "shouted" or not word.capital):
                yield from _of_word(text, here, i, style)


@lru_cache(maxsize=65_536)
def _maybe_name(key: str) -> bool:
    return is_first_name(key) or not is_word(key)


def segments(text: str, ws: Sequence[Word]) -> Iterator[Line]:
    """The words of each line or labelled turn, and how it is written: "small", "shouted", with "capitals"."""
    labels = [(0, 0), *(match.span() for match in _LABEL.finditer(text)), (len(text), len(text))]
    i = 0
    for (_, begin), (end, _) in itertools.pairwise(labels):
        while i < len(ws) and ws[i].start < begin:
            i += 1
        first = i
        while i < len(ws) and ws[i].start < end:
            i += 1
        here = ws[first:i]
        if here:
            yield here, _style(here)


def _style(here: Sequence[Word]) -> str:
    long_ = [written for _, _, _, written in here if len(written) > 1 and written.isalpha()]
    if len(long_) >= _FEW_WORDS and sum(map(str.isupper, long_)) >= _SHOUTED * len(long_):
        return "shouted"
    capitals = sum(key != "i" for _, _, key, written in here if written[:1].isupper())
    some = 100 if here[0].capital else 12
    return "small" if len(here) >= _FEW_WORDS - 1 and capitals * some <= len(here) else "capitals"


def _of_word(text: str, here: Sequence[Word], i: int, style: str) -> Iterator[Vote]:
    key = here[i].key
    before = here[i - 1].key if i else ""
    after = here[i + 1].key if i + 1 < len(here) else ""
    if is_first_name(key) and not must_stay((key,)):
        if _surely_first_name(key, style):
            yield Vote((key,), "person", "first-name", 2.0)
            yield from _with_surname(text, here, i)
        elif is_ordinary(key) and not here[i].capital and spoken_of(here, i):
            yield Vote((key,), "person", "small", 1.0)
        return
    if not _may_be_surname(key) or (style == "capitals" and not is_surname(key)):
        return
    if style == "shouted":
        if _strange(key):
            yield Vote(
                (key,), "place" if before in cues.PLACE_BEFORE | _SMALL_BEFORE else "person", "capital", 0.5
            )
        return
    if (style == "small" and _family_plural(key, before)) or _cued(text, here[i], before, after, style):
        yield Vote((key,), "person", "small", 1.0)


def _family_plural(key: str, before: str) -> bool:
    """ "the rathbones", where nothing has a capital."""
    return (
        before == "the"
        and key.endswith("s")
        and _strange(key)
        and (is_surname(key[:-1]) or _strange(key[:-1]))
    )


def _cued(text: str, word: Word, before: str, after: str, style: str) -> bool:
    """Whether what stands beside a word in small letters that is no word makes it a surname."""
    known, strange = is_surname(word.key), style == "small" and _strange(word.key)
    labelled = text[word.end : word.end + 1] == ":" or after in cues.FAMILY_NOUNS - {"baby", "lot", "pre"}
    if known and labelled:
        return True
    return (before in STRONG_CUES and (known or strange)) or (before in WEAK_CUES and strange)


def _surely_first_name(key: str, style: str) -> bool:
    """Whether a first name in small letters can be nothing else; among capitals it must be longer."""
    if is_ordinary(key) or (style == "capitals" and len(key) < _FEW_WORDS):
        return False
    return not is_word(key) or (style != "capitals" and key not in _SELDOM_NAMES)


def _with_surname(text: str, here: Sequence[Word], i: int) -> Iterator[Vote]:
    near_ = here[i + 1 : i + 3]
    after = [
        word.key
        for k, word in enumerate(near_)
        if _small_surname(word.key) or (k and text[near_[0].end : word.start] == "-")
    ]
    near = i + 1 < len(here) and text[here[i].end : here[i + 1].start] in (" ", "-", "'", "’")
    if after and near and here[i + 1].key == after[0]:
        yield Vote((here[i].key, *after), "person", "first-name", 3.0)


def _small_surname(key: str) -> bool:
    return len(key) > 2 and not (is_word(key) or is_first_name(key) or must_stay((key,)))


def _may_be_surname(key: str) -> bool:
    return len(key) >= _FEW_WORDS and key.isalpha() and _small_surname(key) and key not in cues.SOUNDS


def _strange(key: str) -> bool:
    """No word, and nothing that is made of words."""
    if is_word(key) or is_coined(key):
        return False
    return is_surname(key) or not any(is_word(key[:i]) and is_word(key[i:]) for i in range(3, len(key) - 2))


def _small_titled(text: str, ws: Sequence[Word]) -> Iterator[Vote]:
    """Surnames in small letters after a title: "mrs qureshi", "mr cash"."""
    for before, word in itertools.pairwise(ws):
        if before.key not in cues.SMALL_TITLES or text[before.end : word.start] not in (" ", ". "):
            continue
        if word.capital and not (word.shouted and before.shouted):
            continue
        sure = before.key in cues.SURE_TITLES or not is_word(word.key)
        if sure and len(word.key) >= _SHORTEST and word.key not in cues.AFTER_NAME | cues.AFTER_WORD:
            yield Vote((word.key,), "person", "title", 4.0)


def _small_places(here: Sequence[Word], style: str) -> Iterator[Vote]:
    """Towns and councils in small letters, as captions have them: "in warrington", "warrington council"."""
    for i, word in enumerate(here):
        if (word.capital and style != "shouted") or is_word(word.key) or is_first_name(word.key):
            continue
        before = here[i - 1].key if i else ""
        after = here[i + 1].key if i + 1 < len(here) else ""
        known = (word.key,) in listed("places", "councils") and not is_ordinary(word.key)
        school = before in ("at", "from") and (word.key,) in listed("institutions")
        if not (known or school) or must_stay((word.key,)):
            continue
        near = before in cues.PLACE_BEFORE | _SMALL_BEFORE or after == "council"
        if near or style == "shouted":
            yield Vote((word.key,), "place", "place-list", 3.0)
            yield from _small_body(here, i)


def _small_body(here: Sequence[Word], i: int) -> Iterator[Vote]:
    """What is named after a known place: "doncaster children's services trust"."""
    end = i + 1
    while (
        end < len(here)
        and end < i + _FEW_WORDS + 2
        and here[end].key in cues.GENERIC | cues.ORGANISATION_HEADS
    ):
        end += 1
    while end > i + 1 and here[end - 1].key not in cues.ORGANISATION_HEADS:
        end -= 1
    if end > i + 1:
        yield Vote(tuple(word.key for word in here[i:end]), "organisation", "head", 3.0)

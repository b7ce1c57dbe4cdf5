"""The last look before something leaves: does a name, number or list entry of the project stand in it?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING

import regex

from feedback.edits.finding.names import Form, Index, Mention, Name, given_names, hunt, index
from feedback.edits.forms.digits import FEWEST, RUN, significant
from feedback.edits.forms.formed import formed
from feedback.edits.forms.patterns import SHOWN
from feedback.edits.text.words import fold, is_ordinary, is_word, keys, opens
from feedback.masks import MASK, PSEUDONYM
from feedback.spans import Edit

if TYPE_CHECKING:
    import pandas as pd

_NAMES = ("person", "place", "organisation")
# What is vaguer than an identifier: an age or a role stands rightly in many places of a report.
_VAGUE = frozenset({"age", "role", "belief", "family", "inspection", "health", "event"})
_TOKEN = regex.compile(r"\p{L}[\p{L}\p{M}\p{Cf}]*|\p{N}+")
_PAIRED = regex.compile(r"(?: (?:and|or|&)|,) \p{Ll}")
_SHORTEST, _LONGEST_ID = 4, 40
_TOGETHER = 10_000  # texts, whose words are found at once


@dataclass(frozen=True, slots=True)
class Leak:
    """A surface of the key that stands in a text at [start, end), and what should stand there.

    by_form: it is no surface of the key, but has the form of a number or an address.
    """

    start: int
    end: int
    label: str
    pseudonym: str
    surface: str
    by_form: bool = field(default=False, compare=False)


class Watch:
    """Everything that must not leave a project, put in order once so that long texts are searched fast.

    pseudonyms: table `private/pseudonyms`. names: the project's own list, matched in any case. keep: words
    that look like names and are none. files: names of files that were read, which can hold people's names.
    standing: texts as the project shows them; a word that stands there was found to be no part of a name of
    several words that the project found by itself.
    """

    def __init__(
        self,
        pseudonyms: pd.DataFrame,
        names: Iterable[str] = (),
        *,
        keep: Iterable[str] = (),
        files: Iterable[str] = (),
        standing: Iterable[str] = (),
    ) -> None:
        rows = _rows(pseudonyms)
        self._kept = _Kept(keep)
        self._shown = {keys(row["surface"]): row["pseudonym"] for row in rows if _is_name(row)}
        self._index = _names_of(rows, names, self._kept, _words_in(standing))
        self._masks = frozenset(row["pseudonym"] for row in rows)
        self._literals = _literals([row for row in rows if not _is_name(row)], files)
        self._digits = _digits_of(rows)
        self._firsts = frozenset({*self._index, *self._literals})

    def find(self, text: str, *, forms: bool = True) -> list[Leak]:
        """Where a text still shows something, sorted. forms: also what is known by its form alone."""
        return self.find_all([text], by_form=[forms])[0]

    def find_all(self, texts: Sequence[str], *, by_form: Sequence[bool] = ()) -> list[list[Leak]]:
        """The same for many texts, faster: by_form says of each whether numbers in it can be somebody's."""
        wanted = by_form or [True] * len(texts)
        searched = [
            text if one and not self._is_id(text) else "" for text, one in zip(texts, wanted, strict=True)
        ]
        return [self._found(text, edits) for text, edits in zip(texts, formed(searched), strict=True)]

    def _is_id(self, text: str) -> bool:
        """Whether all of a text is a word that is kept, as the id of a person in a column of ids."""
        return len(text) < _LONGEST_ID and _has_figure(text) and keys(text) in self._kept

    def _found(self, text: str, edits: Sequence[Edit]) -> list[Leak]:
        written = set(_TOKEN.findall(text))
        tokens = {fold(token) for token in written}
        first = tokens & self._firsts
        found = self._named(text) if self._may_be_named(first, tokens, written) else []
        for word in first & self._literals.keys():
            found += [
                Leak(*match.span(), label, pseudonym, match[0])
                for pattern, label, pseudonym in self._literals[word]
                for match in pattern.finditer(text)
            ]
        found += self._numbers(text, found, edits)
        free = _outside_masks(text, set(found), self._masks) if found else []
        return sorted(free, key=lambda leak: (leak.start, leak.end, leak.label, leak.pseudonym))

    def _may_be_named(self, first: set[str], tokens: set[str], written: set[str]) -> bool:
        """Whether all words of some name are in a text: what lets most texts go at once."""
        capitals = {fold(token) for token in written if token[:1].isupper()} if first else set()
        return any(
            form.words[0] in capitals or not is_ordinary(form.words[0])
            if len(form.words) == 1
            else tokens.issuperset(form.words)
            for word in first & self._index.keys()
            for form in self._index[word]
        )

    def _named(self, text: str) -> list[Leak]:
        return [
            Leak(m.start, m.end, m.label, self._shown.get(m.words, ""), text[m.start : m.end])
            for m in hunt(text, self._index)
            if m.words not in self._kept and not (_is_heading(text, m) or _is_small_word(text, m))
        ]

    def _numbers(self, text: str, found: list[Leak], edits: Sequence[Edit]) -> list[Leak]:
        seen = [leak for leak in found if leak.label not in _NAMES]
        for match in RUN.finditer(text) if self._digits else ():
            known = self._digits.get(significant(match[0]))
            if known and not _covered(match.start(), match.end(), seen):
                seen.append(Leak(*match.span(), *known, match[0]))
        for edit in edits:
            surface = text[edit.start : edit.end]
            if not _covered(edit.start, edit.end, seen) and keys(surface) not in self._kept:
                seen.append(Leak(edit.start, edit.end, edit.label, edit.replacement, surface, by_form=True))
        return [leak for leak in seen if leak not in found]


def find_leaks(rendered: str, pseudonyms: pd.DataFrame, names: Iterable[str] = ()) -> list[Leak]:
    """Where a text that would leave still shows a surface of the pseudonym table, or one of `names`.

    Names are hunted in all their forms with word borders, those that are also ordinary words only with a
    capital; numbers and addresses are looked for as they were written and by their form. For more than one
    text make a `Watch` once.
    """
    return Watch(pseudonyms, names).find(rendered)


def _rows(pseudonyms: pd.DataFrame) -> list[dict[str, str]]:
    ordered = pseudonyms.sort_values(["label", "surface", "pseudonym"], kind="stable")
    rows = [{str(k): str(v or "") for k, v in row.items()} for row in ordered.to_dict("records")]
    return [row for row in rows if row["surface"].strip() and row["label"] not in _VAGUE]


def _is_name(row: Mapping[str, str]) -> bool:
    return row["label"] not in SHOWN and row["label"] != "date"


def _words_in(texts: Iterable[str]) -> frozenset[str]:
    # No word has white space in it, so each of what stands between is looked at once.
    found: set[str] = set()
    every = iter(texts)
    while some := list(islice(every, _TOGETHER)):
        found.update(MASK.sub(" ", "\n".join(some)).split())
    return frozenset(map(fold, _TOKEN.findall("\n".join(found))))


class _Kept:
    """Words that look like names and are none.

    Of a large survey most are ids of people, with figures in them: put in order when one like them is met.
    """

    def __init__(self, keep: Iterable[str]) -> None:
        every = list(keep)
        self._plain = {keys(word) for word in every if not _has_figure(word)}
        self._every = every

    def __contains__(self, words: tuple[str, ...]) -> bool:
        return words in self._plain or (_has_figure("".join(words)) and words in self._numbered)

    @cached_property
    def _numbered(self) -> frozenset[tuple[str, ...]]:
        return frozenset(keys(word) for word in self._every if _has_figure(word))


def _has_figure(word: str) -> bool:
    return any(map(str.isdigit, word))


def _names_of(
    rows: Sequence[dict[str, str]],
    names: Iterable[str],
    kept: _Kept,
    common: frozenset[str],
) -> Index:
    known = [
        Name(keys(row["surface"]), row["label"] if row["label"] in _NAMES else "person", "key")
        for row in rows
        if _is_name(row)
    ]
    listed = [*(name for name in known if name.words), *given_names(names)]
    own = {word for row in rows if row.get("case_id") for word in keys(row["surface"])}
    hunted = index((name for name in listed if name.words not in kept), common - own)
    return {
        first: [form for form in found if not _is_chance(form, common - own)]
        for first, found in hunted.items()
    }


def _is_chance(form: Form, common: frozenset[str]) -> bool:
    """Whether a form is one word that people say and no name: "Doctors", where "Doctor As" was found."""
    return len(form.words) == 1 and not (form.whole or form.name.given) and form.words[0] in common


Literals = dict[str, list[tuple[re.Pattern[str], str, str]]]


def _literals(rows: Iterable[Mapping[str, str]], files: Iterable[str]) -> Literals:
    """Numbers, addresses and file names as they were written, by their first word."""
    said = [(row["surface"], row["label"], row["pseudonym"]) for row in rows]
    said += [(name, "file name", "") for name in sorted(set(files)) if _tells(name)]
    found: Literals = {}
    for surface, label, pseudonym in said:
        words = keys(surface)
        if not words or (label != "initials" and len("".join(words)) < _SHORTEST):
            continue
        spaced = r"\s+".join(re.escape(part) for part in surface.split())
        flags = re.NOFLAG if label == "initials" else re.IGNORECASE
        pattern = re.compile(rf"(?<!\w){spaced}(?!\w)", flags)
        found.setdefault(words[0], []).append((pattern, label, pseudonym))
    return found


def _tells(file_name: str) -> bool:
    """Whether a file's name may hold somebody's: not "survey 2024.csv"."""
    return any(not is_word(word) and word.isalpha() and len(word) > 2 for word in keys(file_name)[:-1])


def _digits_of(rows: Iterable[Mapping[str, str]]) -> dict[str, tuple[str, str]]:
    """The digits of the key's numbers, however they may be spaced elsewhere."""
    digits = {
        significant(row["surface"]): (row["label"], row["pseudonym"]) for row in rows if row["label"] in SHOWN
    }
    return {number: what for number, what in digits.items() if len(number) >= FEWEST}


def _covered(start: int, end: int, leaks: Iterable[Leak]) -> bool:
    return any(leak.start <= start and end <= leak.end for leak in leaks)


def _is_small_word(text: str, mention: Mention) -> bool:
    """Whether this is an English word in small letters that a name is spelled like, as in "by the canal"."""
    written = text[mention.start : mention.end]
    return len(mention.words) == 1 and written.islower() and is_word(mention.words[0])


def _is_heading(text: str, mention: Mention) -> bool:
    """Whether an ordinary word only has a capital because it opens a heading: "Reading and recording"."""
    alone = len(mention.words) == 1 and is_ordinary(mention.words[0]) and opens(text, mention.start)
    return alone and bool(_PAIRED.match(text, mention.end))


def _outside_masks(text: str, leaks: set[Leak], masks: frozenset[str]) -> list[Leak]:
    """The leaks that are not part of a mask's own words, such as Person in [Person 1].

    Other words in brackets are no mask: "[Priya laughs]" shows her name.
    """
    spans = [match.span() for match in PSEUDONYM.finditer(text)]
    spans += [
        match.span()
        for mask in masks
        if mask and mask in text
        for match in re.finditer(rf"(?<!\w){re.escape(mask)}(?!\w)", text)
    ]
    return [leak for leak in leaks if not any(a <= leak.start and leak.end <= b for a, b in spans)]

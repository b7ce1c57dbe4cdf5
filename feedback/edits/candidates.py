"""Names that nobody listed: capitals in mid-sentence, titles, cues and shipped lists, and the model's finds.

A candidate is a vote that some words name something. `names_from` weighs the votes of all documents.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from feedback.edits import cues
from feedback.edits.names import Name
from feedback.edits.words import Word, is_first_name, is_ordinary, is_word, listed, must_stay, opens, words

_LABELS = ("person", "place", "organisation")
# The speech of people who are not named: a shout or an acronym is no name unless something else says so.
_LONGEST_ACRONYM = 5


class Vote(NamedTuple):
    """That `words` name a `label`, from a `source`, with a weight from 0 (none) to 5 (sure)."""

    words: tuple[str, ...]
    label: str
    source: str
    weight: float


class Run(NamedTuple):
    """Words with capitals that follow each other, ws[first:last], and whether a sentence begins with them."""

    first: int
    last: int
    opening: bool


def votes(text: str, entities: Iterable[tuple[int, int, str]] = ()) -> Iterator[Vote]:
    """All votes of one text; `entities` are the model's (start, end, label) in it."""
    ws = words(text)
    yield from _listed_places(text, ws)
    for run in _runs(text, ws):
        yield from _of_run(text, ws, run)
    yield from _lower_case_names(text, ws)
    for start, end, label in entities:
        yield from _of_entity(text, start, end, label)


def names_from(found: Iterable[Vote], lower: frozenset[str] = frozenset()) -> list[Name]:
    """The names that the votes make out; `lower` are words seen without a capital, so hardly names."""
    weights: dict[tuple[str, ...], dict[str, float]] = defaultdict(lambda: dict.fromkeys(_LABELS, 0.0))
    sources: dict[tuple[str, ...], dict[str, str]] = defaultdict(dict)
    for vote in found:
        weights[vote.words][vote.label] += vote.weight
        sources[vote.words].setdefault(vote.label, vote.source)
    names = []
    for name in sorted(weights):
        tally = weights[name]
        if len(name) == 1 and name[0] in lower and not _known(name[0]):
            continue
        label = max(_LABELS, key=lambda label: (tally[label], -_LABELS.index(label)))
        score = min(0.95, 0.5 + 0.1 * sum(tally.values()))
        names.append(Name(name, label, sources[name][label], round(score, 2)))
    return names


def _known(key: str) -> bool:
    return is_first_name(key) or is_ordinary(key) or (key,) in listed("places", "councils")


def _joined(gap: str, before: Word) -> bool:
    """Whether two words with this between them may belong to one name."""
    if gap in (" ", "-", "'", "’", "  ", "\n"):
        return True
    initial = len(before.key) == 1 or before.key in cues.TITLES or before.key == "st"
    return gap == ". " and initial


def _runs(text: str, ws: Sequence[Word]) -> Iterator[Run]:
    i = 0
    while i < len(ws):
        if not ws[i].capital:
            i += 1
            continue
        j = i + 1
        while j < len(ws) and _follows(text, ws, j):
            j += 1
        while not ws[j - 1].capital:
            j -= 1
        yield Run(i, j, opens(text, ws[i].start))
        i = j


def _follows(text: str, ws: Sequence[Word], j: int) -> bool:
    if not _joined(text[ws[j - 1].end : ws[j].start], ws[j - 1]):
        return False
    of = ws[j].key == "of" and ws[j - 1].key in cues.HEADS_WITH_OF and ws[j - 1].capital
    return ws[j].capital or of or (ws[j].key == "the" and ws[j - 1].key == "of")


def _acronym(word: Word) -> bool:
    return word.shouted and len(word.written) <= _LONGEST_ACRONYM


def _plain(word: Word) -> bool:
    """A word whose capital makes it no name: in the dictionary or an acronym, and no first name."""
    if is_first_name(word.key) and not must_stay((word.key,)):
        return False
    return _acronym(word) or is_word(word.key) or must_stay((word.key,)) or len(word.key) < 2


def _doubtful(word: Word) -> bool:
    """A word that may have its capital only because a sentence begins."""
    return _plain(word) or is_ordinary(word.key)


def _of_run(text: str, ws: Sequence[Word], run: Run) -> Iterator[Vote]:
    first, last, opening = run
    if must_stay(tuple(word.key for word in ws[first:last])):
        return
    titled = False
    while first < last and (ws[first].key in cues.TITLES or ws[first].key in cues.KIN):
        first, titled, opening = first + 1, True, False
    while opening and last - first > 1 and _doubtful(ws[first]) and not _leads(ws, first, last):
        first, opening = first + 1, False
    if first == last:
        return
    cue = titled or _cued(text, ws, first, last)
    head = _head(ws, first, last, opening and not titled)
    if head:
        yield head
    elif cue and not must_stay(tuple(word.key for word in ws[first:last])):
        yield from _person(ws, first, last, "cue", 4.0)
    elif last - first == 1:
        yield from _of_single(text, ws, first, opening)
    else:
        yield from _of_several(ws, first, last)


def _leads(ws: Sequence[Word], first: int, last: int) -> bool:
    """Whether an ordinary word that opens a sentence belongs to a name: Grace Oyelaran, Oak House."""
    key, after = ws[first].key, ws[first + 1]
    if must_stay((key,)) or must_stay((after.key,)) or _acronym(after):
        return False
    if after.key in cues.ORGANISATION_HEADS | cues.PLACE_HEADS or last - first > 2:
        return is_ordinary(key) and key not in cues.GENERIC
    return _ordinary_first_name(key) and not is_first_name(after.key)


def _ordinary_first_name(key: str) -> bool:
    """Will, Grace, June: a first name and a word. The months May and August are seldom names."""
    return is_ordinary(key) and is_first_name(key) and key not in ("may", "august", "march")


def _cued(text: str, ws: Sequence[Word], first: int, last: int) -> bool:
    if first == 0:
        return _with_me(text, ws, first, last)
    before = ws[first - 1]
    gap = text[before.end : ws[first].start]
    noun = before
    if before.key in ("called", "named", "is", "was") and first > 1:
        noun = ws[first - 2]
    if gap in (" ", ", ") and noun.key in cues.PERSON_NOUNS and not (noun is not before and gap != " "):
        return before.key in ("called", "named") or noun is before
    greeting = before.key in cues.GREETINGS and gap in (" ", ", ", ",\n", "\n")
    return (greeting and opens(text, before.start)) or _with_me(text, ws, first, last)


def _with_me(text: str, ws: Sequence[Word], first: int, last: int) -> bool:
    """ "Grace and I", "me and Grace"."""
    after = [word.key for word in ws[last : last + 2]]
    before = [word.key for word in ws[max(0, first - 2) : first]]
    gap = text[ws[last - 1].end : ws[last].start] if last < len(ws) else ""
    if after in (["and", "i"], ["and", "me"]) and gap == " " and last - first <= 2:
        return not is_word(ws[first].key) or is_first_name(ws[first].key)
    return before == ["me", "and"] and not opens(text, ws[first].start)


def _head(ws: Sequence[Word], first: int, last: int, opening: bool) -> Vote | None:
    """A name made by its head: "Ashmere Road", "Oak Tree Primary School", "University of Ashmere"."""
    end = last
    with_of = any(word.key == "of" for word in ws[first:last])
    while end > first and not with_of and ws[end - 1].key not in cues.ORGANISATION_HEADS | cues.PLACE_HEADS:
        end -= 1
    if end == first:
        return None
    start = first
    while start < end and (must_stay((ws[start].key,)) or ws[start].key in ("the", "at", "in", "our")):
        start += 1
    own = [word for word in ws[start:end] if word.key not in cues.GENERIC | cues.ORGANISATION_HEADS]
    own = [word for word in own if word.key not in cues.PLACE_HEADS or len(own) > 1]
    name = tuple(word.key for word in ws[start:end])
    if not own or len(name) < 2 or must_stay(name) or all(_acronym(word) for word in own):
        return None
    if opening and all(_plain(word) for word in own) and len(name) == 2 and is_word(name[0]):
        return None
    place = ws[end - 1].key in cues.PLACE_HEADS and not with_of
    if place and is_first_name(name[0]) and len(name) == 2:
        return None
    return Vote(name, "place" if place else "organisation", "head", 4.0)


def _person(ws: Sequence[Word], first: int, last: int, source: str, weight: float) -> Iterator[Vote]:
    while last > first and (must_stay((ws[last - 1].key,)) and last - first > 1):
        last -= 1
    name = tuple(word.key for word in ws[first : min(last, first + 3)])
    plain = all(is_word(word) and not is_first_name(word) for word in name)
    if name and not must_stay(name) and not (plain and len(name) > 1) and len("".join(name)) > 1:
        if len(name) == 1 and (_acronym(ws[first]) or plain):
            return
        yield Vote(name, "person", source, weight)


def _of_single(text: str, ws: Sequence[Word], i: int, opening: bool) -> Iterator[Vote]:
    word = ws[i]
    name = (word.key,)
    if must_stay(name) or _acronym(word) or len(word.key) < 2:
        return
    place = name in listed("places", "councils")
    after_place = i > 0 and ws[i - 1].key in cues.PLACE_BEFORE and text[ws[i - 1].end : word.start] == " "
    ordinary = is_ordinary(word.key)
    if opening and (ordinary or not (place or is_first_name(word.key))):
        follows = i + 1 < len(ws) and ws[i + 1].key in cues.AFTER_NAME
        if follows and not is_word(word.key):
            yield Vote(name, "person", "capital", 1.0)
        return
    if is_first_name(word.key) and not (ordinary and place and after_place):
        yield Vote(name, "person", "first-name", 1.0 if after_place or ordinary else 3.0)
    if place and (after_place or not ordinary):
        yield Vote(name, "place", "place-list", 3.0 if after_place else 2.0)
    elif not is_word(word.key) and not is_first_name(word.key):
        yield Vote(name, "place" if after_place else "person", "capital", 1.0)


def _of_several(ws: Sequence[Word], first: int, last: int) -> Iterator[Vote]:
    run = ws[first:last]
    if is_first_name(run[0].key) and not must_stay((run[0].key,)):
        yield from _person(ws, first, last, "first-name", 3.0)
        return
    unknown = [k for k in range(first, last) if not _plain(ws[k])]
    if not unknown:
        return
    start, end = unknown[0], unknown[-1] + 1
    if end < last and not must_stay((ws[end].key,)) and not _acronym(ws[end]):
        end += 1
    if start > first and len(ws[start - 1].key) == 1:
        start -= 1
    name = tuple(word.key for word in ws[start:end])
    if must_stay(name):
        return
    label = "place" if start > 0 and ws[start - 1].key in cues.PLACE_BEFORE else "person"
    yield Vote(name, "place" if name in listed("places", "councils") else label, "capital", 1.0)


def _listed_places(text: str, ws: Sequence[Word]) -> Iterator[Vote]:
    """Places of several words, which capitals alone would cut up: Newcastle upon Tyne, Tower Hamlets."""
    starts = _place_starts()
    for i, word in enumerate(ws):
        if not word.capital or word.key not in starts:
            continue
        for size in starts[word.key]:
            name = tuple(w.key for w in ws[i : i + size])
            if name in listed("places", "councils") and ws[i + size - 1].capital and not must_stay(name):
                yield Vote(name, "place", "place-list", 4.0)
                break


def _place_starts() -> dict[str, list[int]]:
    sizes: dict[str, set[int]] = defaultdict(set)
    for entry in listed("places", "councils"):
        if len(entry) > 1:
            sizes[entry[0]].add(len(entry))
    return {first: sorted(found, reverse=True) for first, found in sizes.items()}


def _lower_case_names(text: str, ws: Sequence[Word]) -> Iterator[Vote]:
    """First names in a text without capitals, where none of the other signs can be seen."""
    capitals = sum(word.capital and word.key != "i" for word in ws)
    if len(ws) < 20 or capitals * 100 > len(ws):
        return
    for word in ws:
        if is_first_name(word.key) and not is_word(word.key) and not must_stay((word.key,)):
            yield Vote((word.key,), "person", "first-name", 2.0)


def _of_entity(text: str, start: int, end: int, label: str) -> Iterator[Vote]:
    ws = words(text[start:end])
    while ws and (not ws[0].capital or ws[0].key in cues.TITLES | {"the"} or must_stay((ws[0].key,))):
        ws = ws[1:]
    while ws and (not ws[-1].capital or must_stay((ws[-1].key,))):
        ws = ws[:-1]
    name = tuple(word.key for word in ws)
    if not name or must_stay(name) or any(key.isdigit() for key in name):
        return
    if all(_acronym(word) for word in ws) or len("".join(name)) < 3 or len(name) > 6:
        return
    unknown = [word for word in ws if not _plain(word)]
    if not unknown or (not label and all(is_word(key) or is_ordinary(key) for key in name)):
        return
    if opens(text, start + ws[0].start) and len(name) == 1 and is_ordinary(name[0]):
        return
    if len(name) == 1 and is_first_name(name[0]) and name not in listed("places", "councils"):
        label = "person"
    yield Vote(name, label or "person", "model", 2.0 if label else 0.3)

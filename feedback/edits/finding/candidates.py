"""Names that nobody listed: capitals in mid-sentence, titles, cues and shipped lists, and the model's finds.

A candidate is a vote that some words name something; the votes of all documents are weighed together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from feedback.edits.finding.heads import beside, head, of_words, people_present
from feedback.edits.finding.informal import informal_votes, is_coined, segments
from feedback.edits.finding.votes import Vote, acronym, listed_places, of_entity, plain
from feedback.edits.text import cues
from feedback.edits.text.words import (
    Word,
    is_first_name,
    is_ordinary,
    is_word,
    listed,
    must_stay,
    opens,
    words,
)

_SHORT = 3


class Run(NamedTuple):
    """Words with capitals that follow each other, ws[first:last], and whether a sentence begins with them."""

    first: int
    last: int
    opening: bool


def votes(
    text: str, entities: Iterable[tuple[int, int, str]] = (), ws: Sequence[Word] | None = None
) -> Iterator[Vote]:
    """All votes of one text; `entities` are the model's (start, end, label) in it, `ws` its words."""
    ws = words(text) if ws is None else ws
    yield from listed_places(text, ws)
    lines = list(segments(text, ws))
    shouted = [(here[0].start, here[-1].end) for here, style in lines if style == "shouted"]
    for run in _runs(text, ws):
        if not any(start <= ws[run.first].start < end for start, end in shouted):
            yield from _of_run(text, ws, run)
    yield from informal_votes(text, ws, lines)
    yield from people_present(text)
    for start, end, label in entities:
        yield from of_entity(text, start, end, label)


def _joined(gap: str, before: Word) -> bool:
    """Whether two words with this between them may belong to one name."""
    if gap in (" ", "-", "'", "’", "  ", "\n"):
        return True
    initial = len(before.key) == 1 or before.key in cues.TITLES or before.key == "st"
    return gap == ". " and initial


def _runs(text: str, ws: Sequence[Word]) -> Iterator[Run]:
    capitals = [at for at, (_, _, _, written) in enumerate(ws) if written[:1].isupper()]
    j = 0
    for i in capitals:
        if i < j:
            continue
        j = i + 1
        while j < len(ws) and _follows(text, ws, j):
            j += 1
        while not ws[j - 1].capital and text[ws[j - 2].end : ws[j - 1].start] != "-":
            j -= 1
        yield Run(i, j, opens(text, ws[i].start))


def _follows(text: str, ws: Sequence[Word], j: int) -> bool:
    gap = text[ws[j - 1].end : ws[j].start]
    if not _joined(gap, ws[j - 1]) or (gap == ". " and ws[j].key in cues.NO_SURNAMES):
        return False
    key, before = ws[j].key, ws[j - 1]
    of = key == "of" and before.key in cues.HEADS_WITH_OF and before.capital
    the = key == "the" and before.key == "of"
    after = ws[j + 1] if j + 1 < len(ws) and ws[j + 1].capital else None
    heads = cues.ORGANISATION_HEADS | cues.PLACE_HEADS
    between = key == "for" and before.capital and after is not None and not _no_joint(ws, j)
    own = key == "s" and after is not None and after.key in heads and text[before.end : ws[j].start] != " "
    short = gap == "-" and before.capital and len(before.key) < _SHORT + 2 and not is_word(before.key)
    return ws[j].capital or of or the or own or between or short or _joins(ws, j)


def _joins(ws: Sequence[Word], j: int) -> bool:
    """Whether "and" at ws[j] is in a name: "Western Health and Social Care Trust"."""
    if ws[j].key != "and" or not is_word(ws[j - 1].key) or is_first_name(ws[j - 1].key):
        return False
    end = j + 1
    while end < len(ws) and end < j + 5 and ws[end].capital and ws[end].start == ws[end - 1].end + 1:
        end += 1
    return end > j + 1 and ws[end - 1].key in cues.ORGANISATION_HEADS | {"court", "centre"}


def _no_joint(ws: Sequence[Word], j: int) -> bool:
    """Whether "for" at ws[j] joins no name: "the Minister for Children", "left Leeds for Hull"."""
    around = (ws[j - 1].key, ws[j + 1].key)
    if around[0] in cues.PERSON_NOUNS or around[0] in cues.ROLES:
        return True
    return any(must_stay((key,)) or is_first_name(key) or not is_word(key) for key in around)


def _doubtful(word: Word) -> bool:
    """A word that may have its capital only because a sentence begins."""
    return plain(word) or is_ordinary(word.key)


def _of_run(text: str, ws: Sequence[Word], run: Run) -> Iterator[Vote]:
    first, last, opening = run
    if must_stay(tuple(word.key for word in ws[first:last])):
        return
    titled = False
    while first < last and (ws[first].key in cues.TITLES or ws[first].key in cues.KIN):
        first, titled, opening = first + 1, True, False
    while opening and last - first > 1 and _doubtful(ws[first]) and not _leads(text, ws, first, last):
        first, opening = first + 1, False
    if first == last:
        return
    around = [] if titled else list(beside(text, ws, first, last))
    if around:
        yield from around
        return
    cue = 2 if titled else _cued(text, ws, first, last)
    headed = head(ws, first, last, opening and not titled)
    if headed:
        yield headed
        end = max(k for k in range(first, last) if ws[k].key == headed.words[-1]) + 1
        if end < last:
            yield from _of_run(
                text, ws, Run(end, last, opening="\n" in text[ws[end - 1].end : ws[end].start])
            )
    elif cue and not must_stay(tuple(word.key for word in ws[first:last])):
        yield from _person(ws, first, last, "cue", 2.0 * cue)
    elif last - first == 1:
        yield from _of_single(text, ws, first, opening)
    else:
        yield from _of_several(ws, first, last, opening)


def _leads(text: str, ws: Sequence[Word], first: int, last: int) -> bool:
    """Whether an ordinary word that opens a sentence belongs to a name: Grace Oyelaran, Oak House."""
    key, after = ws[first].key, ws[first + 1]
    dotted = text[ws[first].end : after.start] == ". "
    if len(key) == 1 and (dotted or key not in ("a", "i")) and not plain(after):
        return True
    if must_stay((key,)) or must_stay((after.key,)) or acronym(after):
        return False
    if after.key in cues.ORGANISATION_HEADS | cues.PLACE_HEADS or last - first > 2:
        return is_ordinary(key) and key not in cues.GENERIC
    return _ordinary_first_name(key) and not is_first_name(after.key)


def _ordinary_first_name(key: str) -> bool:
    """Will, Grace, June: a first name and a word. The months May and August are seldom names."""
    return is_ordinary(key) and is_first_name(key) and key not in ("may", "august", "march")


def _cued(text: str, ws: Sequence[Word], first: int, last: int) -> int:
    """How surely the words before or after make this a person: 2 "my manager X", 1 "Hi X", 0 not at all."""
    if _with_me(text, ws, first, last):
        return 1
    before = [word.key for word in ws[max(0, first - 2) : first]]
    gap = text[ws[first - 1].end : ws[first].start] if before else ""
    called = len(before) == 2 and before[0] in cues.CALLED and before[1] in cues.ME
    if (called or before == ["known", "as"]) and gap == " ":
        return 2
    if len(before) == 2 and before[1] in ("called", "named") and gap == " ":
        return 2 * (before[0] in cues.PERSON_NOUNS)
    if before and before[-1] in cues.PERSON_NOUNS and gap in (" ", ", "):
        return 2 if gap == " " else 1
    if before and before[-1] in cues.GREETINGS and gap in (" ", ", ", ",\n", "\n"):
        return 2 * (opens(text, ws[first - 1].start) and ws[first].key not in cues.EVERYONE)
    return 0


def _with_me(text: str, ws: Sequence[Word], first: int, last: int) -> bool:
    """ "Grace and I", "me and Grace"."""
    after = [word.key for word in ws[last : last + 2]]
    before = [word.key for word in ws[max(0, first - 2) : first]]
    gap = text[ws[last - 1].end : ws[last].start] if last < len(ws) else ""
    if after in (["and", "i"], ["and", "me"]) and gap == " " and last - first <= 2:
        return not is_word(ws[first].key) or is_first_name(ws[first].key)
    return before == ["me", "and"] and not opens(text, ws[first].start)


def _person(ws: Sequence[Word], first: int, last: int, source: str, weight: float) -> Iterator[Vote]:
    while last - first > 1 and len(ws[last - 1].key) > 1 and must_stay((ws[last - 1].key,)):
        last -= 1
    name = tuple(word.key for word in ws[first : min(last, first + 3)])
    plain = all(is_word(word) and not is_first_name(word) for word in name)
    if name and not must_stay(name) and not (plain and len(name) > 1) and len("".join(name)) > 1:
        if len(name) == 1 and (acronym(ws[first]) or (plain and weight < 4)):
            return
        yield Vote(name, "person", source, weight)


def _of_opening(text: str, ws: Sequence[Word], i: int) -> Iterator[Vote]:
    """A word that has its capital perhaps only because a sentence begins."""
    word, ordinary = ws[i], is_ordinary(ws[i].key)
    name = (word.key,)
    after = ws[i + 1].key if i + 1 < len(ws) else ""
    if is_first_name(word.key) and text[word.end : word.end + 1] == ":":
        yield Vote(name, "person", "cue", 2.0)
    if is_first_name(word.key) and _with_role(text, ws, i):
        yield Vote(name, "person", "cue", 2.0)
    ordinary_name = _ordinary_first_name(word.key) and (
        after in cues.SAID | cues.NEGATED or word.key not in cues.NOUNS
    )
    unknown = (
        not (is_word(word.key) or ordinary or is_coined(word.key))
        and len(word.key) > _SHORT
        and word.written[1:].islower()
    )
    if unknown and text[word.end : word.end + 1] not in ("'", "’", "-") and word.key not in cues.SOUNDS:
        yield Vote(name, "person", "capital", 0.5)
    if after in cues.AFTER_NAME and (ordinary_name or not (is_word(word.key) or ordinary)):
        yield Vote(name, "person", "capital", 1.0)


def _numbered_label(ws: Sequence[Word], i: int) -> bool:
    """Whether this is a misspelt label: "Partticipant 12"."""
    return is_coined(ws[i].key) and i + 1 < len(ws) and ws[i + 1].key.isdigit()


def _of_single(text: str, ws: Sequence[Word], i: int, opening: bool) -> Iterator[Vote]:
    word = ws[i]
    name = (word.key,)
    if acronym(word) and name in listed("councils", "institutions") and len(word.key) > 2:
        yield Vote(name, "organisation", "place-list", 3.0)
    if must_stay(name) or acronym(word) or len(word.key) < 2:
        return
    place = name in listed("places", "councils", "abroad", "institutions")
    after_place = i > 0 and ws[i - 1].key in cues.PLACE_BEFORE and text[ws[i - 1].end : word.start] == " "
    ordinary = is_ordinary(word.key)
    if opening and (ordinary or not (place or is_first_name(word.key))):
        yield from _of_opening(text, ws, i)
        return
    if is_first_name(word.key) and not (ordinary and place and after_place):
        yield Vote(name, "person", "first-name", 1.0 if after_place or ordinary else 3.0)
    if place and (after_place or not ordinary):
        yield Vote(name, "place", "place-list", 3.0 if after_place else 2.0)
    elif _numbered_label(ws, i):
        return
    elif not is_word(word.key) and not is_first_name(word.key):
        at = i > 0 and ws[i - 1].key == "at"
        label = "organisation" if at and after_place else "place" if after_place else "person"
        yield Vote(name, label, "capital", 1.0)
        if i and ws[i - 1].key in cues.BEFORE_THINGS:
            yield Vote(name, label, "thing", 0.0)
    elif not is_first_name(word.key):
        yield from of_words(ws, i, i + 1)


def _with_role(text: str, ws: Sequence[Word], i: int) -> bool:
    """ "Robin, my manager, ..."."""
    after = [word.key for word in ws[i + 1 : i + 5]]
    mine = text[ws[i].end : ws[i].end + 2] == ", " and after[:1] in (
        ["my"],
        ["our"],
        ["the"],
        ["her"],
        ["his"],
    )
    return mine and bool(set(after[1:]) & cues.PERSON_NOUNS)


def _of_several(ws: Sequence[Word], first: int, last: int, opening: bool) -> Iterator[Vote]:
    run = ws[first:last]
    if is_first_name(run[0].key) and not must_stay((run[0].key,)):
        yield from _person(ws, first, last, "first-name", 3.0)
        return
    if any(word.key == "for" for word in run[1:-1]) and not opening:
        yield Vote(tuple(word.key for word in run), "organisation", "head", 3.0)
        return
    unknown = [k for k in range(first, last) if not plain(ws[k])]
    if not unknown:
        yield from of_words(ws, first, last) if not opening else ()
        return
    start, end = unknown[0], unknown[-1] + 1
    if end < last and not must_stay((ws[end].key,)) and not acronym(ws[end]):
        end += 1
    if start > first and len(ws[start - 1].key) == 1:
        start -= 1
    name = tuple(word.key for word in ws[start:end])
    if must_stay(name):
        return
    label = "place" if start > 0 and ws[start - 1].key in cues.PLACE_BEFORE else "person"
    yield Vote(name, "place" if name in listed("places", "councils", "abroad") else label, "capital", 1.0)

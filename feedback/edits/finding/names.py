"""Names that are known, all their forms, and where those forms stand in a text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import regex

from feedback.edits.finding.spoken import small_titled, spoken_of
from feedback.edits.text import cues
from feedback.edits.text.page import Page, page_of
from feedback.edits.text.words import (
    Word,
    is_first_name,
    is_ordinary,
    is_word,
    keys,
    listed,
    must_stay,
    opens,
    short_forms,
)

_GAP = regex.compile(r"[\s.'’ʼ`´_&\-‐‑–]{0,4}\Z")
_ROUND = regex.compile(r"\([^)]*\)|\[[^\]]*\]")
_TITLE_GAP = regex.compile(r"\.?\s{1,3}\Z")


@dataclass(frozen=True, slots=True)
class Name:
    """One name: its folded words without title, what it names ("person", "place", "organisation").

    A `given` name comes from the user (list, participants, speaker labels) and is matched without case;
    `case_id` says which participant bears it.
    """

    words: tuple[str, ...]
    label: str
    source: str
    score: float = 1.0
    given: bool = False
    case_id: str | None = None


class Mention(NamedTuple):
    """A name at text[start:end]; `words` are the folded words of the form that stands there."""

    start: int
    end: int
    words: tuple[str, ...]
    label: str
    source: str
    score: float


class Form(NamedTuple):
    """One way to write a name."""

    words: tuple[str, ...]
    name: Name
    whole: bool


def given_names(entries: Iterable[str], source: str = "list") -> list[Name]:
    """Names from a list of the user's, each sorted into person, place or organisation by its words."""
    found = []
    for entry in sorted({str(entry) for entry in entries}):
        name = _parsed(entry)
        if name:
            found.append(Name(name, _label_of(name), source, given=True))
    return found


def participant_name(surface: str, case_id: str) -> Name | None:
    """A participant's name as a name to hunt; None where there is no letter in it."""
    name = _parsed(surface)
    return Name(name, "person", "participants", given=True, case_id=case_id) if name else None


def speaker_names(speakers: Iterable[str]) -> list[Name]:
    """Names among speaker labels; "Interviewer", "P1" or "Social worker" are none."""
    found = []
    for speaker in sorted(set(speakers)):
        name = tuple(word for word in _parsed(speaker) if word not in cues.EVERY_SPEAKER)
        titled = "," in speaker or bool(set(keys(speaker)) & cues.TITLES)
        named = any(is_first_name(word) or not (is_word(word) or must_stay((word,))) for word in name)
        if name and (named or titled) and (is_first_name(name[0]) or len("".join(name)) > 2):
            found.append(Name(name, "person", "speaker", given=True))
    return found


def _parsed(entry: str) -> tuple[str, ...]:
    """The folded words of a name as people write it: "Shah, Priya (Org)" is Priya Shah, titles fall away."""
    last, comma, first = _ROUND.sub(" ", entry).partition(",")
    found = [word for word in keys(f"{first} {last}" if comma else last) if not word.isdigit()]
    while len(found) > 1 and found[0] in cues.TITLES:
        found = found[1:]
    return tuple(found)


def _label_of(name: tuple[str, ...]) -> str:
    if set(name) & cues.ORGANISATION_HEADS:
        return "organisation"
    if name in listed("places", "councils", "abroad") and not is_first_name(name[0]):
        return "place"
    return (
        "place" if len(name) > 1 and name[-1] in cues.PLACE_HEADS and not is_first_name(name[0]) else "person"
    )


def forms(name: Name, common: frozenset[str] = frozenset()) -> list[Form]:
    """All ways in which a name is hunted: Priya Shah, Shah Priya, P Shah, Priya S, Priya, Shah.

    `common` are words of the study that alone are no part of a name unless the user gave it.
    """
    found = [Form(name.words, name, True)]
    if name.label == "organisation":
        core = tuple(word for word in name.words if word not in cues.GENERIC | cues.ORGANISATION_HEADS)
        plain = all(is_word(word) or must_stay((word,)) for word in core)
        if core and core != name.words and not plain and core not in listed("places", "councils", "abroad"):
            found.append(Form(core, name, False))
    if name.label != "person" or len(name.words) < 2:
        return found
    first, last = name.words[0], name.words[-1]
    pairs = [(first, last), (last, first), (first[0], last), (first, last[0])]
    if len(name.words) > 2 and name.words[-2] in cues.PARTICLES:
        pairs.append((name.words[-2], last))
    # "Agile Coach", found by its capitals, must not mask a common word of the study; a listed name does.
    parts = [
        (word,)
        for word in name.words
        if len(word) > 1 and word not in cues.PARTICLES and (name.given or word not in common)
    ]
    called = [(short,) for short in sorted(short_forms().get(first, ()))]
    plurals = [(first + "s",), (last + ("es" if last.endswith(("s", "x", "z", "ch", "sh")) else "s"),)]
    return found + [
        Form(words, name, False) for words in [*pairs, *parts, *called, *plurals] if words != name.words
    ]


Index = dict[str, list[Form]]


def index(names: Iterable[Name], common: frozenset[str] = frozenset()) -> Index:
    """The forms of all names by their first word, longest first; a whole name outranks another's part."""
    best: dict[tuple[str, ...], Form] = {}
    for name in names:
        for form in forms(name, common):
            other = best.get(form.words)
            if other is None or _rank(form) > _rank(other):
                best[form.words] = form
    by_first: Index = {}
    for words_ in sorted(best, key=lambda key: (-len(key), key)):
        by_first.setdefault(words_[0], []).append(best[words_])
    return by_first


def _rank(form: Form) -> tuple[bool, bool, float]:
    return (form.whole, form.name.given, form.name.score)


def hunt(text: str | Page, by_first: Index) -> list[Mention]:
    """Where the names stand in a text, longest forms first, not overlapping, titles included."""
    page = page_of(text)
    first = page.vocabulary & by_first.keys()
    ws = page.words() if first else []
    mentions: list[Mention] = []
    free = 0
    for i in sorted(at for key in first for at in page.places[key]):
        form = (
            next((f for f in by_first[ws[i].key] if _stands(page.text, ws, i, f)), None)
            if i >= free
            else None
        )
        if form is not None:
            mentions.append(_mention(page.text, ws, i, form))
            free = i + len(form.words)
    return mentions


def _mention(text: str, ws: Sequence[Word], i: int, form: Form) -> Mention:
    person = form.name.label == "person"
    wider = _titled(text, ws, i) if person else _numbered(text, ws, i, form)
    start = ws[i - 1].start if wider else ws[i].start
    after = i + len(form.words)
    end, name = ws[after - 1].end, form.name
    if name.label == "organisation" and len(form.words) == 1 and _ending(text, ws, after, "s"):
        end = ws[after].end  # "Barnardo's"
    return Mention(start, end, form.words, name.label, name.source, name.score)


def _numbered(text: str, ws: Sequence[Word], i: int, form: Form) -> bool:
    """Whether a house number belongs to the address: "14 Oakfield Road"."""
    if i == 0 or form.name.label != "place" or form.words[-1] not in cues.PLACE_HEADS or len(form.words) < 2:
        return False
    before = ws[i - 1]
    return before.key.isdigit() and len(before.key) < 5 and text[before.end : ws[i].start] in (" ", ", ")


def _ending(text: str, ws: Sequence[Word], i: int, ending: str) -> bool:
    """Whether ws[i] is an ending like "'s" of the word before it."""
    return i < len(ws) and ws[i].key == ending and text[ws[i - 1].end : ws[i].start] in ("'", "’")


def _titled(text: str, ws: Sequence[Word], i: int) -> bool:
    if i == 0 or not _TITLE_GAP.match(text[ws[i - 1].end : ws[i].start]):
        return False
    before = ws[i - 1]
    return before.key in cues.TITLES or (before.key in cues.KIN and before.capital)


def _stands(text: str, ws: Sequence[Word], i: int, form: Form) -> bool:
    size = len(form.words)
    if i + size > len(ws) or any(ws[i + k].key != form.words[k] for k in range(1, size)):
        return False
    if size == 1:
        return _single_stands(text, ws, i, form)
    gaps = [text[ws[k].end : ws[k + 1].start] for k in range(i, i + size - 1)]
    backwards = not form.whole and form.words == (form.name.words[-1], form.name.words[0])
    if not all(_GAP.match(gap.replace(",", "", 1) if backwards else gap) for gap in gaps):
        return False
    if any(len(ws[i + k].key) == 1 for k in (0, size - 1)) and not form.whole:
        return _initial_stands(ws, i, size, gaps)
    if form.name.given and form.whole:
        return True
    capital = all(ws[i + k].capital for k in (0, size - 1))
    return capital or not all(is_ordinary(word) for word in form.words)


def _initial_stands(ws: Sequence[Word], i: int, size: int, gaps: Sequence[str]) -> bool:
    letter = next(ws[i + k] for k in (0, size - 1) if len(ws[i + k].key) == 1)
    if not (ws[i].capital and ws[i + size - 1].capital) or "'" in gaps[0] or "’" in gaps[0]:
        return False
    return letter.key not in ("a", "i") or (letter is ws[i] and "." in gaps[0])


def _single_stands(text: str, ws: Sequence[Word], i: int, form: Form) -> bool:
    word = ws[i]
    if _ending(text, ws, i + 1, "t"):
        return False  # "don't" is no Don
    stays = must_stay((word.key,)) and not form.whole
    if not (stays or is_ordinary(word.key)):
        if form.name.given or word.capital or is_first_name(word.key):
            return True
        return (
            _titled(text, ws, i)
            or form.name.source == "small"
            or (form.name.label == "place" and _small_place(ws, i))
        )
    if not word.capital or word.shouted or _titled(text, ws, i):
        small = form.name.label == "person" and (small_titled(ws, i) or spoken_of(ws, i))
        return not word.shouted if word.capital else small
    if _is_month(ws, i) if word.key in cues.MONTHS else stays:
        return False
    return not opens(text, word.start) or _opens_as_name(text, ws, i, form)


def _small_place(ws: Sequence[Word], i: int) -> bool:
    """Whether a listed place in small letters stands where places do: "in warrington"."""
    before, after = ws[i - 1].key if i else "", ws[i + 1].key if i + 1 < len(ws) else ""
    near = (
        before in cues.PLACE_BEFORE | {"of", "for", "left", "joined", "with", "under"} or after == "council"
    )
    return near and not is_word(ws[i].key)


def _with_role(text: str, ws: Sequence[Word], i: int) -> bool:
    """ "Robin, my manager, ..."."""
    after = [word.key for word in ws[i + 1 : i + 5]]
    mine = text[ws[i].end : ws[i].end + 2] == ", " and after[0] in ("my", "our", "the", "her", "his")
    return mine and bool(set(after[1:]) & cues.PERSON_NOUNS)


def _is_month(ws: Sequence[Word], i: int) -> bool:
    before = ws[i - 1].key if i else ""
    after = ws[i + 1].key if i + 1 < len(ws) else ""
    return before in cues.BEFORE_MONTH or before.isdigit() or after[:1].isdigit()


def _opens_as_name(text: str, ws: Sequence[Word], i: int, form: Form) -> bool:
    """Whether an ordinary word that opens a sentence is the name: "Grace said", not "Grace is all we ask"."""
    after = ws[i + 1] if i + 1 < len(ws) else None
    if after and (after.key in cues.FAMILY_NOUNS or _with_role(text, ws, i)):
        return True
    if after and text[ws[i].end : after.start] == ", " and after.key in cues.SPOKEN_TO:
        return True
    if after is None or text[ws[i].end : after.start].strip(" '’"):
        return form.name.given and (after is None or ws[i].key not in cues.MONTHS)
    seldom_first = is_first_name(ws[i].key) and ws[i].key not in cues.NOUNS | cues.VERBS
    lenient = form.name.given or seldom_first
    return after.key not in cues.AFTER_WORD if lenient else after.key in cues.AFTER_NAME

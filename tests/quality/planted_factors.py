"""Planted corpora: leavers' answers whose reasons are known, in many wordings, with chat and noise between.

`planted` makes a corpus from planted-reasons.csv: 12 factors in 30 wordings each. Every
other one is held: it is not in the list of usual reasons, which the others ("tuning") are; two limits were
compared on held corpora (factors-experiments.md). `noise` makes corpora without any factor: reasons nobody
shares, chat, words dealt out anew, or texts that somebody gives.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pandas as pd

from feedback.model import Document, Turn
from feedback.segments import segment

WORDINGS = Path(__file__).with_name("planted-reasons.csv")
CHAT, STRANGER = "", "stranger"  # sentences about nothing of interest; reasons that nobody else has
QUESTION = "Why did you leave?"

_PLAIN = 0.45  # the share of reasons that stand as they were written
_AFTERTHOUGHT = 0.15
_FRAMES = (
    "I left because {}",
    "The main reason I left was that {}",
    "{} So I left.",
    "In the end, {}",
    "Honestly, {}",
    "To be fair they tried, but {}",
    "What finished me was that {}",
    "Mostly it was this: {}",
    "Um, well, {}",
)
AFTER = "after"  # what may be said after a reason, in a sentence of its own
_AFTER = (
    "That was it for me.",
    "It went on like that for two years.",
    "I raised it several times.",
    "Nobody did a thing.",
    "My sister said so from the first.",
    "I don't know what else to say.",
    "You can print that.",
    "I told them so in my letter.",
    "It sounds small when you say it out loud.",
    "Anybody would have done the same.",
    "I still think about it.",
    "They knew.",
)
_JOINTS = ("{}, and {}", "{}; also {}", "{}, plus {}", "{}, but mainly {}")
_OTHER_WORDS = {
    "manager": "boss",
    "council": "local authority",
    "kids": "children",
    "job": "post",
    "office": "workplace",
    "dad": "father",
    "mum": "mother",
    "hours": "hrs",
    "because": "cos",
    "couldn't": "could not",
    "impossible": "not doable",
}
# How a factor is spoken of by somebody who did not leave for it.
_NAMES = {
    "commute": "the drive",
    "desks": "the office",
    "childcare": "childcare",
    "visa": "my visa",
    "parent": "my mother's illness",
    "pay": "the money",
    "caseload": "the caseload",
    "managers": "the change of managers",
    "recording": "the paperwork",
    "violence": "the threats",
    "progression": "promotion",
    "health": "my health",
}
_NOT_MINE = (
    "It wasn't {}.",
    "I know others who went because of {}.",
    "If it had only been {}, I would have carried on.",
)
_NON_ANSWERS = ("N/A", "see above", "-", "none")


@dataclass(frozen=True)
class Planted:
    """A corpus: table `segments` (sentences), the factors that each states, and the people of each factor."""

    segments: pd.DataFrame = field(repr=False)
    stated: dict[str, frozenset[str]] = field(repr=False)
    people: dict[str, frozenset[str]]


@dataclass(frozen=True)
class Habits:
    """How often leavers give a second reason (in the same sentence), chat, a reason of their own, no answer,
    and a reason that is denied, imagined or others'.
    """

    second: float = 0.35
    joined: float = 0.3
    chat: float = 0.25
    stranger: float = 0.08
    silent: float = 0.04
    not_mine: float = 0.1


@cache
def wordings(half: str) -> dict[str, tuple[str, ...]]:
    """The sentences of each factor, and of CHAT and STRANGER: "tuning", "held" or "all"."""
    found: dict[str, list[str]] = {}
    with WORDINGS.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            found.setdefault(row["factor"], []).append(row["sentence"])
    part = {"tuning": slice(0, None, 2), "held": slice(1, None, 2), "all": slice(None)}[half]
    return {name: tuple(texts[part]) for name, texts in found.items()}


def factors(number: int, seed: int) -> list[str]:
    """Which factors a corpus has: another choice for each seed."""
    names = [name for name in wordings("all") if name not in (CHAT, STRANGER)]
    return sorted(random.Random(f"factors {seed}").sample(names, number))


def planted(
    leavers: int, number: int, *, half: str = "tuning", seed: int = 0, habits: Habits | None = None
) -> Planted:
    """A corpus of `leavers` people with `number` factors; wordings come again only when all were used."""
    draw, habits, bank = random.Random(f"{half} {seed}"), habits or Habits(), wordings(half)
    names = factors(number, seed)
    urns = {name: _Urn(bank[name], draw) for name in names}
    # What nobody shares is said once: a sentence that ten people said would be a group.
    urns |= {name: _Urn(bank[name], draw, again=False) for name in (CHAT, STRANGER)}
    urns |= {AFTER: _Urn(_AFTER, draw, again=False)}
    main = [names[at % number] for at in range(leavers)]
    draw.shuffle(main)
    people = [_answer(name, names, urns, habits, draw) for name in main]
    return _corpus(people, draw)


class _Urn:
    """Sentences drawn without return; when none is left, all of them `again`, or none."""

    def __init__(self, texts: Sequence[str], draw: random.Random, *, again: bool = True) -> None:
        self._texts, self._draw, self._again = texts, draw, again
        self._left = draw.sample(list(texts), len(texts))

    def one(self) -> str:
        if not self._left and self._again:
            self._left = self._draw.sample(list(self._texts), len(self._texts))
        return self._left.pop() if self._left else ""


Part = tuple[str, frozenset[str]]  # words, and the factors that they state
_NOTHING = frozenset[str]()


def _answer(
    name: str, names: list[str], urns: dict[str, _Urn], habits: Habits, draw: random.Random
) -> list[Part]:
    """What one leaver writes."""
    if draw.random() < habits.silent:
        return [(draw.choice(_NON_ANSWERS), _NOTHING)]
    parts = _worded(name, urns, draw)
    if draw.random() < habits.second:
        second = draw.choice([other for other in names if other != name])
        if draw.random() < habits.joined:
            joint = draw.choice(_JOINTS).format(urns[name].one().rstrip("."), _lower(urns[second].one()))
            parts = [(joint, frozenset({name, second}))]
        else:
            parts += _worded(second, urns, draw)
    stated = _NOTHING.union(*(part[1] for part in parts))
    if draw.random() < habits.stranger:
        parts.append((urns[STRANGER].one(), _NOTHING))
    if draw.random() < habits.not_mine:
        other = draw.choice([one for one in names if one not in stated] or names)
        parts.append((draw.choice(_NOT_MINE).format(_NAMES[other]), _NOTHING))
    if draw.random() < habits.chat:
        parts.insert(draw.choice([0, len(parts)]), (urns[CHAT].one(), _NOTHING))
    return [part for part in parts if part[0]]


def _worded(name: str, urns: dict[str, _Urn], draw: random.Random) -> list[Part]:
    """The reason in other words, and what is said about it in a sentence of its own."""
    text = urns[name].one()
    for word, other in _OTHER_WORDS.items():
        if draw.random() < 0.25:
            text = text.replace(f" {word} ", f" {other} ")
    frame = "{}" if draw.random() < _PLAIN else draw.choice(_FRAMES)
    parts: list[Part] = [(frame.format(text if frame.startswith("{}") else _lower(text)), frozenset({name}))]
    return [*parts, (urns[AFTER].one(), _NOTHING)] if draw.random() < _AFTERTHOUGHT else parts


def _lower(text: str) -> str:
    first = text.split(maxsplit=1)[0].strip(",.'")
    stays = first in {"I", "I'm", "I'd"} or first.startswith("I'") or first[1:2].isupper()
    return text if stays else text[0].lower() + text[1:]


def _corpus(people: list[list[Part]], draw: random.Random) -> Planted:
    """The answers as the table `segments`, in sentences, each stating what its part of the answer states."""
    order = draw.sample(range(len(people)), len(people))
    tables, stated, heard = [], {}, {}
    for at, person in enumerate(order, start=1):
        document_id, text, spans = f"d{at:05d}", "", []
        for words, names in people[person]:
            spans.append((len(text), len(text) + len(words), names))
            text += words + " "
            for name in names:
                heard.setdefault(name, set()).add(document_id)
        turn = Turn(0, len(text.rstrip()), question=QUESTION)
        rows = segment(Document(document_id, "survey", "csv", text.rstrip(), (turn,)))
        tables.append(rows)
        for segment_id, start, end in zip(rows["segment_id"], rows["start"], rows["end"], strict=True):
            names = [found for begin, until, found in spans if begin < end and start < until]
            stated[segment_id] = _NOTHING.union(*names)
    segments = pd.concat(tables, ignore_index=True)
    return Planted(segments, stated, {name: frozenset(who) for name, who in sorted(heard.items())})


def noise(texts: Iterable[str]) -> Planted:
    """Each text as one leaver's answer; none states a factor."""
    return _corpus([[(text, _NOTHING)] for text in texts], random.Random(0))


def strangers(number: int, seed: int, half: str = "all") -> list[str]:
    """Reasons that nobody shares and chat, in a new mixture for each seed."""
    bank = wordings(half)
    return random.Random(f"strangers {seed}").sample([*bank[STRANGER], *bank[CHAT]], number)


def dealt(texts: Sequence[str], number: int, seed: int) -> list[str]:
    """As many texts of the same lengths, their words dealt out anew."""
    draw = random.Random(f"dealt {seed}")
    chosen = draw.sample(list(texts), number)
    words = [word for text in chosen for word in text.split()]
    draw.shuffle(words)
    at, made = 0, []
    for text in chosen:
        length = len(text.split())
        made.append(" ".join(words[at : at + length]))
        at += length
    return made

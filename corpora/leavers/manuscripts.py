"""The manuscripts as data: turns of plain text, and where the planted identifiers stand in them."""

from __future__ import annotations

import csv
import random
import re
from dataclasses import dataclass
from pathlib import Path

MARK = re.compile(r"\{\{(\w+):([^{}]+)\}\}")
KINDS = {"person", "place", "organisation", "phone", "email", "postcode", "nhs", "ni", "sw", "date"}
SPEAKER = re.compile(r"(I|P):\s+")


@dataclass(frozen=True)
class Mark:
    """A planted identifier: its words, its kind and where it starts in the text of its turn."""

    surface: str
    kind: str
    start: int


@dataclass(frozen=True)
class Turn:
    """What one person says (role "I" or "P") or writes (role ""), in paragraphs joined by a line feed."""

    role: str
    text: str
    marks: tuple[Mark, ...] = ()

    @property
    def paragraphs(self) -> list[str]:
        return self.text.split("\n")


@dataclass(frozen=True)
class Manuscript:
    """One interview or testimony: `stem` is the file name without its ending."""

    stem: str
    case: str
    format: str
    interviewer: str
    participant: str
    turns: tuple[Turn, ...]


def turn(role: str, marked: str) -> Turn:
    """Take the marks out of a text and remember where they stood."""
    plain, marks, end = "", [], 0
    for found in MARK.finditer(marked):
        plain += marked[end : found.start()]
        marks.append(Mark(found[2], found[1], len(plain)))
        plain += found[2]
        end = found.end()
    plain += marked[end:]
    wrong = {mark.kind for mark in marks} - KINDS
    if wrong or "{{" in plain or "}}" in plain:
        raise ValueError(f"a mark is not right near {plain[:60]!r} {sorted(wrong)}")
    return Turn(role, plain, tuple(marks))


def read_manuscript(path: Path) -> Manuscript:
    """Read one manuscript: `key: value` lines, `--`, then turns or, in a testimony, paragraphs."""
    head, _, body = path.read_text(encoding="utf-8").partition("\n--\n")
    fields = {key: value.strip() for key, _, value in (line.partition(":") for line in head.splitlines())}
    spoken: list[tuple[str, list[str]]] = []
    for line in filter(None, (" ".join(line.split()) for line in body.splitlines())):
        label = SPEAKER.match(line)
        if label:
            spoken.append((label[1], [line[label.end() :]]))
        elif spoken:
            spoken[-1][1].append(line)
        else:
            spoken.append(("", [line]))
    turns = tuple(turn(role, "\n".join(paragraphs)) for role, paragraphs in spoken)
    return Manuscript(
        stem=path.stem,
        case=fields["case"],
        format=fields["format"],
        interviewer=fields.get("interviewer", ""),
        participant=fields.get("participant", ""),
        turns=turns,
    )


def read_rows(path: Path) -> list[dict[str, str]]:
    """Read a CSV file as one dict a row; every value stays text."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def turn_times(manuscript: Manuscript) -> list[tuple[float, float]]:
    """Return begin and end of every turn in seconds: about 2.7 words a second, and a breath between turns."""
    chance = random.Random(manuscript.stem)
    now, times = 3.0 + 4 * chance.random(), []
    for each in manuscript.turns:
        length = len(each.text.split()) * (0.33 + 0.08 * chance.random()) + 0.6
        times.append((now, now + length))
        now += length + 0.2 + 1.6 * chance.random()
    return times

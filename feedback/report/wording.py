"""What a report says in fixed words: the same findings give the same sentences, whoever reads them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from feedback.model import FactorCard, ThemeRow
from feedback.report.heard import Heard

MEANINGS = (
    "One person: 1",
    "a few: 2 or more, but fewer than a quarter of the people read",
    "some: a quarter or more, up to a half",
    "most: more than a half",
    "all: everybody read",
)
PSEUDONYMISED = (
    "The material is pseudonymised, not anonymous: names and numbers were masked, but somebody who knows "
    "the people or the places may still recognise them. Share this report no wider than the people in it "
    "agreed to."
)
_PROGRAMME = ("programme", "program", "change", "impact", "outcome", "gain", "benefit")
_CRITICISM = ("critic",)
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


def how_many(n: int, of: int) -> str:
    """How many people that is, in one of the fixed words whose meanings every report prints."""
    if n == 0 or of == 0:
        return "nobody"
    if n == of:
        return "all"
    if n == 1:
        return "one person"
    if n * 4 < of:
        return "a few"
    return "some" if n * 2 <= of else "most"


def percent(n: int, of: int, *, least: int) -> str:
    """The share of people in whole percent ("41%"), or nothing where fewer than `least` people were read.

    Few of very many are "under 1%": 0% would be nobody.
    """
    if of < max(least, 1):
        return ""
    found = (200 * n + of) // (2 * of)
    return f"{found}%" if found or not n else "under 1%"


def figure(n: int) -> str:
    """A count as people read it: 1,524. For text alone: cells of CSV and JSON hold numbers."""
    return f"{n:,}"


def n_of(n: int, of: int) -> str:
    """A count as this tool writes it, always with what it is out of."""
    return f"{figure(n)} of {figure(of)}"


def plural(n: int, one: str, many: str = "") -> str:
    """A number with its noun: 1 interview, 2 interviews."""
    return f"{figure(n)} {one if n == 1 else many or one + 's'}"


def listed(parts: Sequence[str], nothing: str = "none") -> str:
    """Parts as words in a row: a, b and c."""
    if len(parts) < 2:
        return "".join(parts) or nothing
    return ", ".join(parts[:-1]) + " and " + parts[-1]


def is_about_programme(group: str) -> bool:
    """Whether a heading of the theme list is about what the programme changed in people."""
    return any(word in group.lower() for word in _PROGRAMME) and not is_criticism(group)


def is_criticism(group: str) -> bool:
    """Whether a heading of the theme list is about criticism of the programme."""
    return any(word in group.lower() for word in _CRITICISM)


def what_was_read(heard: Heard, *, k: int) -> str:
    """The first sentence of a summary: documents, people, leavers."""
    n_interviews = heard.n_documents.get("interview", 0)
    documents = [
        plural(n_interviews, "interview") if n_interviews or not heard.surveyed else "",
        f"survey answers from {plural(len(heard.surveyed), 'person', 'people')}" if heard.surveyed else "",
        plural(len(heard.witnesses), "testimony", "testimonies") + " (counted apart)"
        if heard.witnesses
        else "",
    ]
    said = f"{listed([part for part in documents if part])}. "
    said = said[:1].upper() + said[1:]
    said += f"{plural(len(heard.people), 'person was', 'people were')} heard in interviews and surveys"
    if not heard.marks_leavers:
        return said + "."
    if len(heard.leavers) < k:
        return said + f"; fewer than {k} of them are known to have left."
    return said + f", {figure(len(heard.leavers))} of whom left."


def why_people_left(cards: Sequence[FactorCard], note: str, *, ranked: bool) -> str:
    """The push factors that most leavers name, or what the list of them is when it is not ranked."""
    if not cards:
        return note
    said = [
        f"{card.label} ({n_of(card.n, card.of)} leavers, {how_many(card.n, card.of)})" for card in cards[:5]
    ]
    if ranked:
        return f"Given by the largest numbers: {listed(said)}. One leaver can give several."
    labels = listed([card.label for card in cards])
    return f"Leavers speak of {labels}. This report does not rank them."


def what_changed(rows: Iterable[ThemeRow], *, ranked: bool) -> str:
    """What people say that the programme changed in them; those who only blame are not counted."""
    found = [(row, row.not_negative) for row in rows if is_about_programme(row.group) and not row.parent]
    return _told(found, ranked=ranked, nothing="Nobody speaks of a change that the theme list asks about.")


def criticism(rows: Iterable[ThemeRow], *, ranked: bool) -> str:
    """Who criticises the programme, and that it is a minority where it is one."""
    found = [(row, row.not_positive) for row in rows if is_criticism(row.group) and not row.parent]
    told = _told(found, ranked=ranked, nothing="")
    if not told:
        return "None that the theme list asks about was found in what was read."
    small = all(n * 2 <= row.of for row, n in found)
    return told + (" These are voices of a minority, and are reported because they are." if small else "")


def _told(found: list[tuple[ThemeRow, int]], *, ranked: bool, nothing: str) -> str:
    said = [(row, n) for row, n in found if n]
    if not said:
        return nothing
    if not ranked:
        return f"People speak of {listed([row.label for row, _ in said])}."
    said.sort(key=lambda pair: -pair[1])
    parts = [f"{row.label} ({n_of(n, row.of)} people, {how_many(n, row.of)})" for row, n in said[:5]]
    return listed(parts) + "."


def other_voices(cards: Sequence[FactorCard]) -> str:
    """For how many push factors of the theme list somebody says otherwise."""
    cards = [card for card in cards if card.read_for_counter]
    if not cards:
        return "Not searched for, because no push factor is on the theme list."
    spoken = sum(1 for card in cards if card.n_counter)
    if not spoken:
        what = "the push factor" if len(cards) == 1 else f"any of the {len(cards)} push factors"
        return (
            f"None was found in {figure(cards[0].read_for_counter)} people read: nobody clearly speaks "
            f"well of {what} on the theme list, or says it was not so."
        )
    said = f"For {n_of(spoken, len(cards))} push factors somebody clearly speaks well of it or says it was "
    said += "not so"
    if spoken == len(cards):
        return said + "."
    return (
        said + f"; for the others no such voice was found in {figure(cards[0].read_for_counter)} people read."
    )


def how_far_to_trust(coders: Sequence[str], *, percentages_from: int) -> str:
    """What the numbers can carry."""
    machine = {"rules", "meaning", "classifier"}
    by = f"Tags were made by: {listed(list(coders), 'nobody yet')}. "
    if coders and set(coders) <= machine:
        by += "No person has coded this material, so read the quotes before the numbers. "
    return (
        "Numbers are people, not mentions. " + by + "The people heard are those who agreed to speak: "
        "nothing here holds for people who were not heard. Percentages stand only where at least "
        f"{percentages_from} people were read."
    )


def printable(text: str) -> str:
    """The text without characters that HTML and XML cannot hold, such as controls."""
    return _UNPRINTABLE.sub("", text)

"""Whether a finished file still holds what a project masks, and where."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from feedback.checks.contents import units_of
from feedback.checks.shapes import Unit
from feedback.edits.leaks import Leak, Watch

# The texts of segments as the project shows them, by their ids; of ids that it has.
Said = Callable[[Collection[str]], Mapping[str, str]]
_AT_ONCE = 50_000  # pieces of text


@dataclass(frozen=True, slots=True)
class Place:
    """Where a file shows what must not leave, and what should stand there; never the word itself.

    pseudonym: "" for a name of the project's list that has none. label: person, phone, file name, ...
    """

    where: str
    label: str
    pseudonym: str

    def said(self) -> str:
        """In words: "sheet 2, cell C7: should be [Person 3]"."""
        should = f"should be {self.pseudonym}" if self.pseudonym else f"a {self.label} of your lists"
        return f"{self.where}: {should}"


def scan(data: bytes, suffix: str, watch: Watch, said: Said | None = None) -> list[Place]:
    """The places of a finished file's bytes where something of `watch` stands, each once, in its order.

    suffix: with its dot, as in ".xlsx"; titles, comments, properties, names of sheets and of parts are looked
    at like the text. said: with it, words that a row says were cut from a segment are judged in the company
    of that segment. Errors: FeedbackError for a file that cannot be opened.
    """
    return list(dict.fromkeys(places_in(units_of(data, suffix), watch, said)))


def places_in(units: Iterable[Unit], watch: Watch, said: Said | None = None) -> Iterator[Place]:
    """The same of pieces of text, some at a time; a place comes as often as something stands there."""
    every = iter(units)
    while some := list(islice(every, _AT_ONCE)):
        for unit, leaks in zip(some, _leaks(some, watch, said), strict=True):
            for leak in leaks:
                yield Place(unit.place, leak.label, leak.pseudonym)


def _leaks(units: Sequence[Unit], watch: Watch, said: Said | None) -> list[list[Leak]]:
    texts = list(dict.fromkeys((unit.text, unit.forms) for unit in units))
    every = watch.find_all([text for text, _ in texts], by_form=[forms for _, forms in texts])
    known = dict(zip(texts, every, strict=True))
    found = [known[unit.text, unit.forms] for unit in units]
    doubtful = [at for at, unit in enumerate(units) if unit.segment and any(one.by_form for one in found[at])]
    if said is None or not doubtful:
        return found
    wholes = said({units[at].segment for at in doubtful})
    judged = dict(zip(wholes, watch.find_all(list(wholes.values())), strict=True))
    for at in doubtful:
        unit = units[at]
        if unit.segment in wholes:
            found[at] = in_company(unit.text, found[at], wholes[unit.segment], judged[unit.segment])
    return found


def in_company(text: str, leaks: Sequence[Leak], whole: str, of_whole: Sequence[Leak]) -> list[Leak]:
    """The leaks of words cut out of a segment that are leaks in their own place, too.

    The cut takes away what tells a number from somebody's: the sign before it, the rest of its digits, a word
    beside it. So what has only the form of a number is judged where it was said, as all other files show it.
    That is never less strict than the look at the segment: what is found there on any of the same characters
    stays, whatever it is taken for, wherever in the segment these words stand. And it is no way around the
    look: surfaces of the key, names and lists are not asked about, and words that do not stand in the
    segment to the letter are judged by themselves.
    """
    cut = text if text in whole else text.removeprefix("'")  # it keeps a spreadsheet from reckoning
    shift = len(text) - len(cut)
    starts = [at - shift for at in range(len(whole) - len(cut) + 1) if whole.startswith(cut, at)]
    return [
        leak
        for leak in leaks
        if not (leak.by_form and starts)
        or any(
            one.start < start + leak.end and start + leak.start < one.end
            for start in starts
            for one in of_whole
        )
    ]

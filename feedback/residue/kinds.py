"""The kinds of things that may still identify: what they are called, and how risky each is.

The order of risk follows what somebody needs who wants to find a person out (the ICO's motivated intruder):
a number or name alone is enough; a post, a faith, an illness or an event in the news leads there with a
search; a family or an inspection with local knowledge; a date or an age only with more of its kind.
"""

from __future__ import annotations

from typing import NamedTuple


class Kind(NamedTuple):
    """What one is called, what many are, and the risk from 0 to 1, which orders and does not measure."""

    one: str
    many: str
    risk: float


KINDS = {
    "number": Kind("a number that stands", "numbers that stand", 0.9),
    "name": Kind("a word that stands and looks like a name", "words that stand and look like names", 0.8),
    "role": Kind("a post or role that few hold", "posts and roles that few hold", 0.7),
    "event": Kind("a case or event that became known", "cases and events that became known", 0.7),
    "belief": Kind("a faith, origin or language", "faiths, origins and languages", 0.65),
    "health": Kind("an illness or disability", "illnesses and disabilities", 0.65),
    "family": Kind("a family that is unusual", "families that are unusual", 0.6),
    "inspection": Kind("the outcome of an inspection", "outcomes of inspections", 0.5),
    "mask": Kind("a mask that may be mistaken", "masks that may be mistaken", 0.4),
    "date": Kind("a day or date", "days and dates", 0.35),
    "age": Kind("an exact age", "exact ages", 0.3),
}


def kind_of(name: str) -> Kind:
    """The kind of that name; one that is new here goes in the middle, under its own name."""
    return KINDS.get(name, Kind(name, name, 0.5))

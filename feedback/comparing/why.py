"""Who stands behind a number of a comparison: the people, their words, and who is not counted."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from typing import TYPE_CHECKING

from feedback.comparing import Asked, comparison
from feedback.comparing.basis import Basis
from feedback.comparing.ids import Place
from feedback.comparing.lines import FACTOR, Line
from feedback.errors import FeedbackError
from feedback.report.heard import People
from feedback.report.hiding import Shown
from feedback.report.numbers import Number

if TYPE_CHECKING:
    from feedback.comparing.found import Group
    from feedback.report.why import Answers
    from feedback.report.why_told import Why

_NOT_ASKED = "not asked, as they answered only questions under which nobody speaks of it"


def numbers_like(basis: Basis, word: str) -> list[Number]:
    """The numbers of comparisons whose ids hold a word, as far as they may be shown, sorted by id."""
    places = {one: place for one, place in basis.ids.places.items() if word in one}
    names = sorted({place.attribute for place in places.values() if place.attribute})
    shown = {name: basis.shown([name])[name] for name in names}
    found = [_number(basis, one, place, shown.get(place.attribute or "")) for one, place in places.items()]
    return sorted((number for number in found if number), key=lambda number: number.id)


def why_compared(basis: Basis, answers: Answers, wanted: str) -> Why:
    """The people and words behind a number of a comparison, by its id; FeedbackError for what is hidden."""
    place = _place(basis, wanted)
    shown = basis.shown([place.attribute])[place.attribute] if place.attribute else None
    number = _number(basis, wanted, place, shown)
    if number is None:
        raise FeedbackError(
            f"'{wanted}' is hidden: it would say too much of too few people",
            hint="`feedback compare` shows what may be shown; `report: smallest_group:` is the limit",
        )
    people = _group(basis, place)
    if place.line is None:
        return answers.of_people(number, None, people, label=place.attribute or "")
    line = basis.material.lines[place.line]
    if place.not_asked:
        return answers.of_people(number, None, line.not_asked, label=line.label)
    like = Number("", 0, 0, "", "factor" if line.kind == FACTOR else "theme", line.id, "any")
    return answers.of_people(
        number, like, line.people & people, base=line.base & people, label=line.label,
        among=_among(line, place), left_out={_NOT_ASKED: line.not_asked & people},
    )  # fmt: skip


def _place(basis: Basis, wanted: str) -> Place:
    found = basis.ids.places.get(wanted)
    if found is None:
        near = get_close_matches(wanted, basis.ids.places, 3, 0.5)
        hint = f"did you mean {' or '.join(near)}? " if near else ""
        raise FeedbackError(
            f"no comparison has a number '{wanted}'",
            hint=f"{hint}`feedback why --about n-compare-COLUMN` lists those by a column",
        )
    return found


def _group(basis: Basis, place: Place) -> People:
    """The people of a place's group; everybody where it has none."""
    everybody = basis.material.heard.people | basis.material.pooled
    if place.attribute is None or place.group is None:
        return everybody
    return _groups(basis, place)[place.group]


def _groups(basis: Basis, place: Place) -> Mapping[str, People]:
    found = next(one for one in basis.every if one.name == place.attribute)
    return basis.with_testimonies(found).groups


def _number(basis: Basis, id_: str, place: Place, shown: Shown | None) -> Number | None:
    """A place's number; None where it is hidden. shown: what may be shown of its attribute."""
    line = None if place.line is None else basis.material.lines[place.line]
    attribute, group = place.attribute or "", place.group or ""
    if line is None:
        n, of, words = _size(basis, place, shown), 0, f"people heard whose {attribute} is {group}"
    elif place.not_asked:
        n, of, words = len(line.not_asked) or None, 0, f"people who were not asked about {line.label}"
    elif place.attribute is None or place.group is None:
        words = _tested(basis, attribute, line) if attribute else f"people who {_says(line)}"
        n, of = len(line.people), len(line.base)
    else:
        n, size = _cell(basis, place, shown)
        of, words = size or 0, f"{attribute} {group}: {_says(line)}"
    return None if n is None else Number(id_, n, of, words, "compare", "", "", attribute)


def _says(line: Line) -> str:
    return f"give {line.label} as a reason" if line.kind == FACTOR else f"speak of {line.label}"


def _at(basis: Basis, place: Place) -> int:
    return list(_groups(basis, place)).index(place.group or "")


def _size(basis: Basis, place: Place, shown: Shown | None) -> int | None:
    return None if shown is None else shown.totals[_at(basis, place)]


def _cell(basis: Basis, place: Place, shown: Shown | None) -> tuple[int | None, int | None]:
    if shown is None or place.line is None:
        return None, None
    at, part = _at(basis, place), basis.material.parts.of[place.line]
    sizes = shown.totals if part is None else shown.parts[part]
    return (None, None) if sizes[at] is None else (shown.cells[place.line][at], sizes[at])


def _tested(basis: Basis, attribute: str, line: Line) -> str:
    """How a line's test by an attribute came about, in words."""
    found = comparison(basis, Asked((attribute,), line.id, line.kind == FACTOR))
    (tested,) = found.lines
    counts = "; ".join(map(_counted, tested.groups))
    if tested.p is None or tested.corrected is None:
        return f"{line.label} by {attribute}, not compared ({tested.why_not or 'reflexive'}): {counts}"
    return (
        f"{line.label} by {attribute}: {counts}. From these counts p is {tested.p:.3g} ({tested.test}), and "
        f"{tested.corrected:.3g} when corrected for the {found.n_comparisons} comparisons by {attribute}"
    )


def _counted(group: Group) -> str:
    if group.n is None:
        return f"{group.name} hidden"
    return f"{group.name} {group.n} of {group.of} [{group.number}]"


def _among(line: Line, place: Place) -> str:
    who = "the leavers heard" if line.kind == FACTOR else "the people heard"
    return f"{who} whose {place.attribute} is {place.group}" if place.group else who

"""Retention as curves: who had not left by each month, with intervals and with what nobody knows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from feedback.model import Outcome, OutcomePoint
from feedback.outcomes.cohort import EVERYBODY
from feedback.outcomes.told import share_of
from feedback.report.charts.drawing import (
    ACCENT,
    GREY,
    INK,
    LINE,
    NARROW_WIDTH,
    TINT,
    WIDTH,
    at,
    plain,
    svg,
    text,
    whisker,
)

_MOST_CURVES = 4
_DASHES = ("", "7 4", "2 3", "9 3 2 3", "1 5")
_TOP, _HEIGHT = 16, 230
_SEEN = 0.005  # a range that is narrower cannot be seen
_MOST_SIGNS = 22  # of a label at a line's end


@dataclass(frozen=True)
class _Mark:
    """One figure of a curve, as shares of those who had not left: the middle, its limits, the range."""

    months: float
    share: float
    low: float
    high: float
    least: float
    most: float


@dataclass(frozen=True)
class _Frame:
    """Where months and shares stand."""

    left: float
    right: float
    months: float

    def x(self, months: float) -> float:
        return self.left + (self.right - self.left) * months / self.months

    def y(self, share: float) -> float:
        return _TOP + _HEIGHT * (1 - share)


def curve_chart(outcome: Outcome, *, name: str) -> str:
    """Who had not left by each month: a curve for everybody, and for up to four groups; else "".

    Drawn through the shown figures only, so that no single person's leaving can be read off it. A curve needs
    two figures or more. Kaplan-Meier's estimates; where there are none, the shares.
    """
    curves = _curves(outcome)
    if not curves:
        return ""
    frame = _Frame(64, WIDTH - 190, max(mark.months for marks in curves.values() for mark in marks))
    parts = [*_axes(frame, curves), *_drawn(frame, curves)]
    told = "; ".join(f"{group}: {', '.join(map(_said, marks))}" for group, marks in curves.items())
    return svg(
        name, _TOP + _HEIGHT + 62, parts, title=f"Who had not {outcome.label}, by months since the start",
        about=told,
    )  # fmt: skip


def narrow_curve_chart(outcome: Outcome) -> str:
    """The same for a narrow screen."""
    curves = _curves(outcome)
    if not curves:
        return ""
    frame = _Frame(44, NARROW_WIDTH - 96, max(mark.months for marks in curves.values() for mark in marks))
    return plain(_TOP + _HEIGHT + 62, [*_axes(frame, curves), *_drawn(frame, curves)])


def _curves(outcome: Outcome) -> dict[str, list[_Mark]]:
    """The figures of each group that has two or more; everybody first. Too many groups: everybody alone."""
    found: dict[str, list[_Mark]] = {}
    for point in outcome.points:
        if mark := _mark(point):
            found.setdefault(point.group, []).append(mark)
    found = {group: marks for group, marks in found.items() if len(marks) > 1}
    whole = {group: marks for group, marks in found.items() if group == EVERYBODY}
    groups = {group: marks for group, marks in found.items() if group != EVERYBODY}
    return {**whole, **groups} if len(groups) <= _MOST_CURVES else whole


def _mark(point: OutcomePoint) -> _Mark | None:
    if point.hidden:
        return None
    if point.km is not None and point.km_low is not None and point.km_high is not None:
        least = point.km if point.km_least is None else point.km_least
        most = point.km if point.km_most is None else point.km_most
        return _Mark(point.months, 1 - point.km, 1 - point.km_high, 1 - point.km_low, 1 - most, 1 - least)
    if point.low is None or point.high is None or point.left is None or not point.n:
        return None
    most = point.left if point.left_most is None else point.left_most
    share = 1 - (point.left + most) / 2 / point.n
    least_left, most_left = 1 - most / point.n, 1 - point.left / point.n
    return _Mark(point.months, share, 1 - point.high, 1 - point.low, least_left, most_left)


def _axes(frame: _Frame, curves: Mapping[str, Sequence[_Mark]]) -> list[str]:
    parts = []
    for share, words in ((1.0, "all"), (0.75, ""), (0.5, "half"), (0.25, ""), (0.0, "nobody")):
        dashes = "" if share in (0.0, 1.0) else ' stroke-dasharray="2 3"'
        y = at(frame.y(share))
        ends = f'x1="{at(frame.left)}" y1="{y}" x2="{at(frame.right)}" y2="{y}"'
        parts.append(f'<line {ends} stroke="{LINE}"{dashes}/>')
        parts.append(text(frame.left - 8, frame.y(share) + 4, words, anchor="end", size=11, fill=GREY))
    months = sorted({mark.months for marks in curves.values() for mark in marks})
    foot = frame.y(0)
    for month in (0.0, *months):
        x = at(frame.x(month))
        parts.append(f'<line x1="{x}" y1="{at(foot)}" x2="{x}" y2="{at(foot + 5)}" stroke="{GREY}"/>')
        parts.append(text(frame.x(month), foot + 18, f"{month:g}", anchor="middle", size=11, fill=GREY))
    middle = (frame.left + frame.right) / 2
    parts.append(text(middle, foot + 36, "months since the start", anchor="middle", size=11, fill=GREY))
    return parts


def _drawn(frame: _Frame, curves: Mapping[str, Sequence[_Mark]]) -> list[str]:
    parts: list[str] = []
    ends = _apart({group: frame.y(marks[-1].share) for group, marks in curves.items()})
    for place, (group, marks) in enumerate(curves.items()):
        # Groups stand a little beside one another, so that intervals do not hide one another.
        beside = (place - (len(curves) - 1) / 2) * 7
        spots = [(frame.x(mark.months) + beside, mark) for mark in marks]
        parts += [_range(frame, x, mark) for x, mark in spots if mark.most - mark.least > _SEEN]
        path = f"M{at(frame.x(0))} {at(frame.y(1))}"
        path += "".join(f"L{at(x)} {at(frame.y(mark.share))}" for x, mark in spots)
        parts.append(f'<path d="{path}" stroke="{ACCENT}" stroke-width="2" fill="none"{_dashed(place)}/>')
        parts += [whisker(x, frame.y(mark.low), x, frame.y(mark.high)) for x, mark in spots]
        parts += [_marker(place, x, frame.y(mark.share)) for x, mark in spots]
        end = frame.right + 18
        parts.append(_marker(place, end, ends[group]))
        parts.append(text(end + 10, ends[group] + 4, _short(group), size=12))
    return parts


def _dashed(place: int) -> str:
    return f' stroke-dasharray="{_DASHES[place]}"' if _DASHES[place] else ""


def _apart(wanted: Mapping[str, float]) -> dict[str, float]:
    """Heights of the labels at the lines' ends, moved down where they would touch."""
    found: dict[str, float] = {}
    last = 0.0
    for group, y in sorted(wanted.items(), key=lambda pair: (pair[1], pair[0])):
        last = found[group] = max(y, last + 16)
    return found


def _range(frame: _Frame, x: float, mark: _Mark) -> str:
    """A light box from the lowest share to the highest, by what became of those of whom nobody knows."""
    top, bottom = frame.y(mark.most), frame.y(mark.least)
    size = f'width="12" height="{at(bottom - top)}"'
    return f'<rect x="{at(x - 6)}" y="{at(top)}" {size} fill="{TINT}" stroke="{GREY}"/>'


def _marker(place: int, x: float, y: float) -> str:
    """A sign of its own for each curve: circle, square, triangle, diamond, ring; in turn dark and light."""
    fill = f'fill="{"#fff" if place % 2 else ACCENT}" stroke="{INK}" stroke-width="1.3"'
    shapes = (
        f'<circle cx="{at(x)}" cy="{at(y)}" r="4.5" {fill}/>',
        f'<rect x="{at(x - 4)}" y="{at(y - 4)}" width="8" height="8" {fill}/>',
        f'<path d="M{at(x)} {at(y - 5)}l5 9h-10z" {fill}/>',
        f'<path d="M{at(x)} {at(y - 6)}l6 6l-6 6l-6 -6z" {fill}/>',
        f'<circle cx="{at(x)}" cy="{at(y)}" r="6" {fill}/>',
    )
    return shapes[place]


def _short(group: str) -> str:
    return group if len(group) <= _MOST_SIGNS else group[: _MOST_SIGNS - 1].rstrip() + "…"


def _said(mark: _Mark) -> str:
    said = f"after {mark.months:g} months {share_of(mark.share, mark.share)}%"
    said += f" (95%: {share_of(mark.low, mark.high)}%)"
    if mark.most - mark.least > _SEEN:
        said += f", from {share_of(mark.least, mark.most)}% by what became of those of whom nobody knows"
    return said

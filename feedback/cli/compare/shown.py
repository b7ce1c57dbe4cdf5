"""How comparisons look on the screen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from textwrap import fill
from typing import TYPE_CHECKING

from feedback.cli.output import WIDTH, say, say_table, say_wrapped
from feedback.report.wording import figure, n_of

if TYPE_CHECKING:
    from feedback.comparing import Compared, Comparison, Group

HIDDEN = "·"
_ROOM = 62  # characters for the groups of a table, beside the theme and the verdict
_MOST_COLUMNS = 7  # with more groups, each theme has its lines


def say_comparison(found: Comparison, *, limit: int, ranked: bool, in_full: bool) -> None:
    """A table for each attribute; one theme in full has a row for each group instead."""
    for attribute in found.heard:
        lines = [line for line in found.lines if line.attribute == attribute]
        for line in lines if in_full else ():
            _say_line(line, ranked=ranked)
        if not in_full:
            _say_table(attribute, lines, found, limit, ranked=ranked)
    if ranked:
        _say_verdict(found)


def _say_table(
    attribute: str, lines: Sequence[Compared], found: Comparison, limit: int, *, ranked: bool
) -> None:
    heard = found.heard[attribute]
    unseen = [line.label for line in lines if all(one.n is None for one in line.groups)]
    lines = [line for line in lines if any(one.n is not None for one in line.groups)]
    if not lines:
        say(f"By {attribute} nothing can be shown: the groups, or those who say it, are too few.\n")
        return
    shown = lines[:limit]
    short = sum(max(len(name), 9) + 2 for name in heard) > _ROOM
    if short and len(heard) > _MOST_COLUMNS:
        _say_lines(attribute, shown, ranked=ranked)
        _say_rest(lines, unseen, limit)
        return
    headers = [lines[0].kind, *heard, *(["p, corrected"] if ranked else [])]
    rows = [[line.label, *(_cell(one, line, short=short) for one in line.groups)] for line in shown]
    for row, line in zip(rows, shown, strict=True):
        row.extend([_verdict(line)] if ranked else [])
    say(f"{lines[0].kind.capitalize()}s by {attribute}")
    if short:
        rows.insert(0, ["(people)", *_sizes(lines, heard), *([""] if ranked else [])])
    say_table(headers, rows, right=range(1, len(heard) + 1))
    _say_rest(lines, unseen, limit)


def _say_lines(attribute: str, shown: Sequence[Compared], *, ranked: bool) -> None:
    """Each theme in lines of its own, where there are more groups than a table has room for."""
    say(f"{shown[0].kind.capitalize()}s by {attribute}\n")
    for line in shown:
        seen = [f"{one.name} {_cell(one, line, short=False)}" for one in line.groups if one.n is not None]
        hidden = [one.name for one in line.groups if one.n is None]
        said = f"{line.label}: {'; '.join(seen)}" + (f"; hidden: {', '.join(hidden)}" if hidden else "")
        say_wrapped(said + (f". p, corrected: {_verdict(line)}" if ranked else ""), indent="  ")
    say()


def _say_rest(lines: Sequence[Compared], unseen: Sequence[str], limit: int) -> None:
    if len(lines) > limit:
        say(f"{len(lines) - limit} more lines: -n {len(lines)}.")
    if unseen:
        say(fill(f"Nothing can be shown of {', '.join(unseen)}.", WIDTH))
    say()


def _sizes(lines: Sequence[Compared], heard: Mapping[str, int | None]) -> list[str]:
    """Out of how many each group's counts are, as far as any line says it."""
    if lines[0].kind == "theme":
        return [_n(n) for n in heard.values()]
    columns = zip(*(line.groups for line in lines if not line.not_asked), strict=True)
    return [_n(next((one.of for one in column if one.of is not None), None)) for column in columns]


def _n(n: int | None) -> str:
    return HIDDEN if n is None else figure(n)


def _cell(one: Group, line: Compared, *, short: bool) -> str:
    if one.n is None or one.of is None:
        return HIDDEN
    if not one.of:
        return "-"
    if short and not line.not_asked:
        return figure(one.n)
    return f"{figure(one.n)}/{figure(one.of)}" if short else n_of(one.n, one.of)


def _verdict(line: Compared) -> str:
    if line.corrected is None:
        return "too few" if line.why_not.startswith("said") else "hidden"
    mark = "differs: " if line.differs else ""
    return f"{mark}{_p(line.corrected)}"


def _p(value: float) -> str:
    return "under 0.001" if value < 0.001 else f"{value:.3f}" if value < 0.1 else f"{value:.2f}"


def _say_line(line: Compared, *, ranked: bool) -> None:
    """One theme by one attribute: a row for each group, with its interval and its difference."""
    say(f"{line.label} by {line.attribute}: {n_of(line.n, line.of)} people")
    headers = ["group", "people", "share", "95 %", *(["from all others", "95 %"] if ranked else [])]
    rows = []
    for one in line.groups:
        limits = _percents(one.limits)
        row = [one.name, _cell(one, line, short=False), _percent(one.share), limits]
        rows.append([*row, *(_gap(one) if ranked else [])])
    say_table(headers, rows, right=range(1, len(headers)))
    if ranked and line.corrected is not None and line.p is not None:
        say(f"{line.test}: p {_p(line.p)}, corrected {_p(line.corrected)}.")
    elif ranked:
        say(f"Not compared: {line.why_not}.")
    numbers = [line.n_number, *(one.number for one in line.groups if one.number)]
    numbers += [one for one in (line.not_asked_number, line.number if ranked else "") if one]
    say(fill(f"Who is behind them: feedback why {' '.join(numbers)}", WIDTH, break_on_hyphens=False))
    say()


def _percent(share: float | None) -> str:
    return "" if share is None else f"{100 * share:.0f} %"


def _percents(limits: tuple[float, float] | None) -> str:
    return "" if limits is None else f"{100 * limits[0]:.0f} to {100 * limits[1]:.0f} %"


def _gap(one: Group) -> list[str]:
    # Points of a share are percentages, which so few people do not have.
    if one.share is None or one.difference is None or one.difference_limits is None:
        return ["", ""]
    low, high = one.difference_limits
    return [f"{100 * one.difference:+.0f} points", f"{100 * low:+.0f} to {100 * high:+.0f}"]


def _say_verdict(found: Comparison) -> None:
    differing = [line for line in found.lines if line.differs]
    n = found.n_comparisons
    if not any(line.p is not None for line in found.lines):
        say("Nothing could be compared: too few people, or too much that is hidden.")
        return
    if not differing:
        say(f"No group differs from the others by more than chance would bring about, in {_made(n)}.")
        return
    said = "; ".join(f"{line.label} by {line.attribute}" for line in differing)
    say(f"Groups differ by more than chance, of {_made(n)}: {said}.")


def _made(n: int) -> str:
    return "1 comparison" if n == 1 else f"{n} comparisons"

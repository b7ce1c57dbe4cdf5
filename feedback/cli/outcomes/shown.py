"""How outcomes look on the screen and as JSON."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from feedback.cli.output import rows_of, say, say_table, say_wrapped
from feedback.outcomes.beside import OUTCOMES
from feedback.outcomes.told import HIDDEN, count_of, of_ranges, range_of, share_of

if TYPE_CHECKING:
    import pandas as pd

    from feedback.outcomes import Asked, ByDefinition, Found
    from feedback.outcomes.destinations import Destinations
    from feedback.outcomes.progression import Progression

Row = Mapping[Hashable, Any]
_USUAL = 8


def as_tables(found: Found, beside: pd.DataFrame | None) -> dict[str, Any]:
    """The answer as one object for JSON; `outcomes` holds the rows of all definitions."""
    every = found.by_definition
    refused = [
        {"definition": one.retention.definition, **asdict(why)} for one in every for why in one.refused
    ]
    grown = found.progression
    return {
        "outcomes": [row for one in every for row in rows_of(one.retention.rows)],
        "refused": refused + [asdict(why) for why in (grown.refused if grown else ())],
        "notes": list(dict.fromkeys(line for one in every for line in one.retention.notes)),
        "left_out": {reason: len(ids) for reason, ids in every[0].retention.left_out.items()},
        "service": [row for one in every if one.service is not None for row in rows_of(one.service)],
        "destinations": [
            {"definition": one.retention.definition, **asdict(one.destinations)}
            for one in every
            if one.destinations
        ],
        "benchmarks": [{"name": name, **asdict(mark)} for one in every for name, mark in one.benchmarks],
        "progression": rows_of(grown.rows) if grown else [],
        "senior": {"rule": grown.rule, "senior": grown.senior, "others": grown.others} if grown else None,
        "beside": rows_of(beside) if beside is not None else [],
    }


def say_found(found: Found, beside: pd.DataFrame | None, asked: Asked) -> None:
    """The answer for reading: each definition under its label, what is refused, what to know."""
    for one in found.by_definition:
        _say_definition(one, asked)
    if len(found.by_definition) > 1:
        say("These are different figures; there is no difference between them to speak of.\n")
    if found.progression:
        _say_progression(found.progression, asked)
    if beside is not None:
        _say_beside(beside, found.by_definition[0].retention.label)


def _say_definition(one: ByDefinition, asked: Asked) -> None:
    kept = one.retention
    say(f"People who {kept.label}\n")
    if len(kept.rows):
        _say_rows(kept.rows.to_dict("records"), asked)
    for name, mark in one.benchmarks:
        of = f" of {mark.of}" if mark.of else ""
        say_wrapped(f"For comparison, '{name}': {mark.left:.0%}{of} {kept.label} at {mark.months} months.")
    if one.service is not None:
        _say_service(one.service, asked)
    if one.destinations:
        _say_destinations(one.destinations)
    for why in one.refused:
        say_wrapped(
            f"Refused: {why.what}. Why: {why.why}." + (f" Instead: {why.instead}." if why.instead else "")
        )
    for line in kept.notes:
        say_wrapped(f"Note: {line}.")
    say()


def _say_rows(rows: Sequence[Row], asked: Asked) -> None:
    headers = [asked.by or "group", "months", "left", "share %", "95 %", "K-M %", "95 %", "still"]
    cells = [_cells(row) for row in rows]
    if any(row["km_least"] != row["km_most"] for row in rows):
        headers.append("range")
        cells = [
            [*line, share_of(row["km_least"], row["km_most"])] for line, row in zip(cells, rows, strict=True)
        ]
    say_table(headers, cells, right=(1, 7))
    say("left: for certain, and with all of whom nobody knows. K-M: Kaplan-Meier, of everybody, each for as")
    say("long as they were followed; still: how many of them were followed so long and had not gone before.")
    if len(headers) > _USUAL:
        say("range: Kaplan-Meier if the unknown all stayed, and if all left.")
    say()


def _cells(row: Row) -> list[str]:
    first = [str(row["group"]), f"{row['months']:g}"]
    if row["hidden"]:
        return [*first, HIDDEN, "", "", "", "", ""]
    left = "not given"
    if row["left"] is not None:
        left = f"{range_of(row['left'], row['left_most'])} of {row['n']}"
    still = "" if row["at_risk"] is None else str(row["at_risk"])
    shares = share_of(row["share"], row["share_most"]), share_of(row["low"], row["high"])
    return [
        *first,
        left,
        *shares,
        share_of(row["km"], row["km"]),
        share_of(row["km_low"], row["km_high"]),
        still,
    ]


def _say_service(service: pd.DataFrame, asked: Asked) -> None:
    say("How long the leavers had served (this is no retention: those who stayed are not in it)\n")
    rows = [
        [row["group"], row["service"], HIDDEN if row["n"] is None else _served(row)]
        for row in service.to_dict("records")
    ]
    say_table([asked.by or "group", "service", "leavers"], rows)
    if told := of_ranges(service):
        say_wrapped(told)
        say()


def _served(row: Row) -> str:
    return f"{range_of(row['n'], row['n_most'])} of {row['of']}"


def _say_destinations(found: Destinations) -> None:
    if found.hidden:
        say(f"Destinations of {found.of} leavers: hidden, too few people.")
        return
    say(f"Where {found.of} leavers went ({found.unknown} not known)\n")
    rows = [
        [name, n, "" if not aligned else "yes"]
        for name, n, aligned in sorted(found.rows, key=lambda row: (-row[1], row[0]))
    ]
    say_table(["destination", "people", "mission-aligned"], rows, right=(1,))
    if found.mission is not None:
        most = range_of(found.mission, found.mission + found.unknown)
        limits = f" (95 %: {share_of(found.low, found.high)} %)" if found.low is not None else ""
        say_wrapped(
            f"Mission-aligned: {most} of {found.of} leavers{limits}. That is: {', '.join(found.rule)}."
        )
    else:
        say("Which destinations are mission-aligned is not said (outcomes: mission_aligned).")


def _say_progression(grown: Progression, asked: Asked) -> None:
    say("People in senior roles\n")
    for why in grown.refused:
        say_wrapped(f"Refused: {why.what}. Why: {why.why}. Instead: {why.instead}.")
    if not grown.refused:
        rows = [[row["group"], f"{row['months']:g}", *_grown(row)] for row in grown.rows.to_dict("records")]
        say_table([asked.by or "group", "months", "senior", "share %", "95 %"], rows, right=(1,))
        say_wrapped(f"Senior are: {', '.join(grown.rule)}.")
        say_wrapped(f"Roles here that are: {', '.join(grown.senior) or 'none that may be named'}; "
            f"that are not: {', '.join(grown.others) or 'none that may be named'}.")  # fmt: skip
    say()


def _grown(row: Row) -> list[str]:
    if row["hidden"]:
        return [HIDDEN, "", ""]
    senior = f"{range_of(row['senior'], row['senior_most'])} of {row['n']}"
    return [senior, share_of(row["share"], row["share_most"]), share_of(row["low"], row["high"])]


def _say_beside(beside: pd.DataFrame, label: str) -> None:
    say(f"Push factors of the same people: who says it, by whether they {label}\n")
    every = beside.to_dict("records")
    shown = [row for row in every if any(row[name] for name in OUTCOMES)]
    rows = [[row["label"], *(count_of(row[n]) for n in ("n", *OUTCOMES))] for row in shown]
    say_table(["push factor", "say it", *OUTCOMES], rows, right=(1, 2, 3, 4))
    hidden = [str(row["label"]) for row in every if row not in shown]
    if hidden:
        say_wrapped(f"Too few people to be shown: {', '.join(hidden)}.")
    say("Leavers were asked why; others say it unasked. This does not show what makes people leave.")

"""What "left" means: three definitions, which are three figures, and what may be set beside what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from difflib import get_close_matches

from feedback.errors import FeedbackError
from feedback.outcomes.words import listed
from feedback.settings.outcomes import DEFINITIONS, Benchmark, Outcomes

# Settings that the command line has options for, or no words.
_OTHERWISE = ("benchmarks", "at", "by")
LABELS = {
    "left-first-employer": "left the first employer",
    "left-statutory-work": "left statutory work",
    "left-profession": "left the profession",
}
_STAYS = {
    "left-first-employer": "may work at another employer, in the same job",
    "left-statutory-work": "may still belong to the profession, outside statutory work",
    "left-profession": "works as something else",
}


@dataclass(frozen=True, slots=True)
class Refused:
    """A figure or comparison that is not given: what, why, and what there is instead.

    `openly`: why, in words without figures of few people, for what is passed on; without it `why` has none.
    """

    what: str
    why: str
    instead: str = ""
    openly: str = ""


def leaving_column(definition: str, columns: Outcomes) -> str:
    """The column that says when people left by a definition. Errors: an unknown definition; no column."""
    if definition not in DEFINITIONS:
        near = get_close_matches(definition, DEFINITIONS, 1)
        raise FeedbackError(
            f"'{definition}' is not a definition of leaving",
            hint=f"did you mean '{near[0]}'?" if near else "one of: " + ", ".join(DEFINITIONS),
        )
    setting = definition.replace("-", "_")
    wanted = str(getattr(columns, setting))
    if not wanted:
        told = [one for one in DEFINITIONS if getattr(columns, one.replace("-", "_"))]
        others = f"; columns are named for {listed(told)}, which are other figures" if told else ""
        raise FeedbackError(
            f"nothing says who {LABELS[definition]}{others}",
            hint=f"name the column: --set {setting}=COLUMN, or `outcomes: {setting}:` in feedback.yaml",
        )
    return wanted


def one_definition(definitions: Sequence[str], *, side_by_side: bool) -> tuple[str, ...]:
    """The definitions asked for, each once. Errors: none; several, unless they are wanted side by side."""
    asked = tuple(dict.fromkeys(definitions))
    if not asked:
        raise FeedbackError(
            "which leaving is meant? Each definition gives another figure",
            hint="say --definition with one of: " + ", ".join(DEFINITIONS),
        )
    if len(asked) > 1 and not side_by_side:
        raise FeedbackError(
            f"{listed([_quoted(one) for one in asked])} are different figures and are not compared: "
            f"who {LABELS[asked[0]]} {_STAYS.get(asked[0], '')}",
            hint="ask for one definition, or say --side-by-side to see each under its own label, "
            "without a difference",
        )
    return asked


def _quoted(definition: str) -> str:
    return f"'{LABELS.get(definition, definition)}'"


def comparable(
    definition: str, months: Sequence[float], benchmarks: Mapping[str, Benchmark]
) -> tuple[list[tuple[str, Benchmark]], list[Refused]]:
    """Which published figures may stand beside shares of this definition at these months, and which not."""
    good, bad = [], []
    for name, one in sorted(benchmarks.items()):
        if one.definition != definition:
            what = LABELS.get(one.definition, "an unnamed definition of leaving")
            why = f"it counts who {what}, and this counts who {LABELS[definition]}: different figures"
            bad.append(Refused(f"a comparison with '{name}'", why, "ask for a figure by its definition"))
        elif one.months not in months:
            why = (
                f"it is a figure at {one.months} months, and this is at {listed([f'{m:g}' for m in months])}"
            )
            bad.append(Refused(f"a comparison with '{name}'", why, f"ask for --at {one.months}"))
        else:
            good.append((name, one))
    return good, bad


def with_options(columns: Outcomes, options: Sequence[str]) -> Outcomes:
    """The settings with some given on the command line as NAME=VALUE; lists hold `;` between their words.

    Errors: a name that is no setting of `outcomes:`, with the nearest; a value without a name.
    """
    from dataclasses import replace

    known = [one.name for one in fields(Outcomes) if one.name not in _OTHERWISE]
    changed: dict[str, object] = {}
    for option in options:
        name, sign, value = option.partition("=")
        name = name.strip().replace("-", "_")
        if not sign or name not in known:
            near = get_close_matches(name, known, 1)
            raise FeedbackError(
                f"--set {option}: '{name}' is not a setting of outcomes"
                if sign
                else f"--set {option}: no '='",
                hint=f"did you mean '{near[0]}'?"
                if sign and near
                else "--set NAME=VALUE: " + ", ".join(known),
            )
        is_list = isinstance(getattr(columns, name), tuple)
        words = tuple(word.strip() for word in value.split(";") if word.strip())
        changed[name] = words if is_list else _checked(name, value.strip())
    return replace(columns, **changed)  # type: ignore[arg-type]


def _checked(name: str, value: str) -> str:
    from feedback.settings.outcomes import DATE_ORDERS, POPULATIONS

    allowed = {"dates": DATE_ORDERS, "population": POPULATIONS}.get(name)
    if allowed and value not in allowed:
        raise FeedbackError(
            f"--set {name}={value}: not a value of it", hint="one of: " + ", ".join(filter(None, allowed))
        )
    return value

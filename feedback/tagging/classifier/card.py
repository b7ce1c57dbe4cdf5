"""The model card of a classifier: how far it can be trusted, theme by theme, and what it does not know."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from feedback.agreeing.evaluate import FEWEST, TOO_FEW, figures_of, share
from feedback.intervals import wilson, worth_of
from feedback.tagging.classifier.labels import Labels

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, Any]

_ENOUGH = 0.1  # an F1 is known well enough when its interval reaches no farther than this
# Fewer than are needed to print a figure: which of two is better shows sooner than how good each is.
_SEGMENTS_TO_COUNT, _PEOPLE_TO_COUNT = 8, 5
_MEANING_LIMIT = 0.55  # where meaning tags by default


def card_of(labels: Labels, decided: Array, meaning: Array, facts: Mapping[str, Any]) -> dict[str, Any]:
    """The card as plain values. decided: cross-validated tags; meaning: logits of the theme list alone.

    `themes` has a row a theme, as `fb.evaluate` gives it, with `more` (segments of the theme still to be
    labelled until F1 is known within 0.1), `meaning_f1` (of the theme list alone on the same segments) and
    `better` (whether the classifier's word counts over meaning's: its F1 is higher, on 8 segments or more of
    5 people or more).
    """
    tables = [_by_person(labels, decided[:, at], at) for at in range(len(labels.theme_ids))]
    said = meaning >= math.log(_MEANING_LIMIT / (1 - _MEANING_LIMIT))
    alone = [_by_person(labels, said[:, at], at) for at in range(len(labels.theme_ids))]
    themes = [
        _theme(theme_id, *both) for theme_id, *both in zip(labels.theme_ids, tables, alone, strict=True)
    ]
    return {
        "coders": list(labels.coders),
        "segments": len(labels.truth),
        "people": labels.n_people,
        "nothing_said": int((labels.truth.sum(axis=1) == 0).sum()),
        **facts,
        "overall": _plain(figures_of("overall", sum(tables[1:], tables[0]))),
        "macro_f1": _macro(tables),
        "meaning_f1": _plain(figures_of("overall", sum(alone[1:], alone[0])))["f1"],
        "themes": themes,
        "not_learnt": [
            {"theme_id": theme_id, "support": support, "n_people": people}
            for theme_id, support, people in labels.not_learnt
        ],
    }


def better_than_meaning(card: Mapping[str, Any]) -> list[str]:
    """The ids of the themes for which the classifier's word counts over meaning's."""
    return [str(row["theme_id"]) for row in card.get("themes", ()) if row["better"]]


def _by_person(labels: Labels, said: Array, at: int) -> Array:
    """For each person right, false alarms, missed, rightly left out."""
    import numpy as np

    counts = np.zeros((labels.n_people, 4), dtype=np.int64)
    kind = 3 - (2 * said.astype(int) + labels.truth[:, at])
    np.add.at(counts, (labels.people, kind), 1)
    return counts


def _theme(theme_id: str, table: Array, alone: Array) -> dict[str, Any]:
    row = figures_of(theme_id, table)
    by_list = figures_of(theme_id, alone)
    judged = row["support"] >= FEWEST and row["n_people"] >= FEWEST
    row["note"] = "" if judged else TOO_FEW
    row["more"] = _more(table, row["support"])
    row["meaning_f1"] = by_list["f1"]
    seen = row["support"] >= _SEGMENTS_TO_COUNT and row["n_people"] >= _PEOPLE_TO_COUNT
    row["better"] = bool(seen and _or_zero(row["f1"]) > _or_zero(by_list["f1"]))
    return _plain(row)


def _more(table: Array, support: int) -> int:
    """How many more segments of the theme until the interval of its F1 reaches no farther than 0.1."""
    right, wrong = table[:, 0], table[:, 1] + table[:, 2]
    worth, z = worth_of(right, right + wrong)
    if not worth:
        return max(0, FEWEST - support)
    jaccard, times = share(right, right + wrong), 1.0
    while _reach(jaccard, worth * times, z) > _ENOUGH and times < 1e4:
        times *= 1.05
    return max(0, FEWEST - support, math.ceil(support * (times - 1)))


def _reach(jaccard: float, worth: float, z: float) -> float:
    low, high = wilson(jaccard * worth, worth, z=z)
    return (2 * high / (1 + high) - 2 * low / (1 + low)) / 2


def _macro(tables: list[Array], *, draws: int = 1000) -> dict[str, float]:
    """The mean F1 of all themes; its interval by drawing people again (a mean has no share to be had by)."""
    import numpy as np

    counts = np.stack(tables)
    people = counts.shape[1]
    drawn = np.random.default_rng(0).multinomial(people, [1 / people] * people, size=draws)
    sums = np.einsum("dp,tpc->dtc", drawn, counts).astype(float)
    whole = 2 * sums[..., 0] + sums[..., 1] + sums[..., 2]
    means = (2 * sums[..., 0] / np.maximum(whole, 1)).mean(axis=1)
    value = float(np.mean([_or_zero(f1_of(table)) for table in tables]))
    low, high = np.percentile(means, [2.5, 97.5])
    return {"value": value, "low": float(min(low, value)), "high": float(max(high, value))}


def f1_of(table: Array) -> float:
    """F1 of counts by person; NaN where there is nothing to find and nothing was found."""
    right, wrong = table[:, 0], table[:, 1] + table[:, 2]
    return share(2 * right, 2 * right + wrong)


def _or_zero(value: float) -> float:
    return 0.0 if math.isnan(value) else value


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    """Without NaN, which JSON has not; rounded, since the card shows no more."""
    return {key: _rounded(value) if isinstance(value, float) else value for key, value in row.items()}


def _rounded(value: float) -> float | None:
    return None if math.isnan(value) else round(value, 4)


def markdown(card: Mapping[str, Any]) -> str:
    """The card for reading."""
    micro, macro = card["overall"], card["macro_f1"]
    trained = f" Trained on {card['when']}." if card["when"] else ""
    alone = _two(card["meaning_f1"])
    lines = [
        "# The classifier of this project",
        "",
        f"Learnt from {_who(card['coders'])}: {card['segments']} segments of {card['people']} people were "
        f"read, {card['nothing_said']} of them without a theme. {card['unread']} unread segments told only "
        f"which words there are and how common themes are.{trained}",
        "",
        _HOW.format(folds=card["folds"], fewest=FEWEST, too_few=TOO_FEW),
        "",
        f"Over all decisions F1 {_figure(micro, 'f1')}, of the theme list alone {alone}; "
        f"mean over themes {macro['value']:.2f} ({macro['low']:.2f} to {macro['high']:.2f}).",
        "",
        "| theme | segments | people | precision | recall | F1 | theme list alone, F1 | to be sure, label |",
        "|---|---|---|---|---|---|---|---|",
        *(_line(row) for row in card["themes"]),
        "",
        *_unlearnt(card["not_learnt"]),
        "## Limits",
        "",
        _LIMITS,
        "",
        f"Theme list {card['theme_list']}, vectors {card['embedder']}, seed {card['seed']}.",
    ]
    return "\n".join(lines) + "\n"


_HOW = (
    "All figures are cross-validated ({folds} parts): every segment was tagged by a classifier that knew "
    "nothing of the person who spoke it. In brackets: 95 % intervals, which know that one person's segments "
    "are alike. A theme in fewer than {fewest} segments or of fewer than {fewest} people is {too_few}."
)
_LIMITS = (
    "It knows the words of these people about these themes, and nothing else. Where people code other than "
    "before, or the theme list or the questions change, train it again. The figures hold for segments that "
    "are chosen as those were that people read: where rare themes were looked for first, there are more "
    "false tags among all segments than precision says. Where the theme list alone does better, or a theme "
    "has fewer than 8 segments of 5 people, the classifier's word does not count over it. A segment that a "
    "person has read keeps that person's themes, whatever the classifier says."
)


def _line(row: Mapping[str, Any]) -> str:
    if row["note"]:
        figures = [row["note"], "", ""]
    else:
        figures = [_figure(row, name) for name in ("precision", "recall", "f1")]
    alone = _two(row["meaning_f1"])
    more = f"about {row['more']} more" if row["more"] else "enough"
    cells = [row["theme_id"], row["support"], row["n_people"], *figures, alone, more]
    return "| " + " | ".join(map(str, cells)) + " |"


def _unlearnt(rows: list[Mapping[str, Any]]) -> list[str]:
    if not rows:
        return []
    listed = ", ".join(f"{row['theme_id']} ({row['support']})" for row in rows)
    return [f"Not learnt, for want of segments with and without them: {listed}.", ""]


def _who(coders: list[str]) -> str:
    return ("coder " if len(coders) == 1 else "coders ") + ", ".join(coders)


def _two(value: float | None) -> str:
    return "-" if value is None else f"{value:.2f}"


def _figure(row: Mapping[str, Any], name: str) -> str:
    if row[name] is None:
        return "-"
    return f"{row[name]:.2f} ({row[f'{name}_low']:.2f} to {row[f'{name}_high']:.2f})"

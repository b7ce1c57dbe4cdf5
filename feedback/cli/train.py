"""`feedback train`: a classifier from people's tags, and how far it can be trusted."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any

import click

from feedback.cli.options import common
from feedback.cli.output import count, give_json, note, say, say_table
from feedback.cli.work import advance

if TYPE_CHECKING:
    from feedback.project import Project
    from feedback.tagging.classifier import Classifier


@click.command("train")
@click.option("--coder", metavar="NAME", help="Learn from this person's tags; from everybody's by default.")
@common
def command(coder: str | None, folder: str, as_json: bool) -> None:
    """Trains a classifier from people's tags; `tag` and `run` then use it as the coder 'classifier'."""
    from feedback.project import Project
    from feedback.trained import save_classifier

    project = Project(folder)
    advance(project, until="segments")
    model = _learnt(project, coder)
    with project.locked():
        card = save_classifier(project, model)
        facts = {"coders": list(model.card["coders"]), "segments": model.card["segments"]}
        project.note("train", themes=len(model.theme_ids), **facts)
    if as_json:
        give_json({"card": model.card, "better": _better(model)})
        return
    _say(model)
    say(f"Card: {card}")
    say("`feedback run` tags with it.")


def _learnt(project: Project, coder: str | None) -> Classifier:
    from datetime import UTC, datetime

    from feedback.stages import Context
    from feedback.tagging.training import train
    from feedback.trained import human_tags

    context = Context(project)
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        model = train(
            project.table("segments"),
            human_tags(project, coder),
            context.codebook,
            embedder=context.embedder,
            when=datetime.now(UTC).date().isoformat(),
            seed=context.settings.seed,
        )
    for one in told:
        if one.category.__module__.startswith("feedback."):
            note(f"Note: {one.message}.")
    return model


def _say(model: Classifier) -> None:
    card = model.card
    say(
        f"Learnt from {', '.join(card['coders'])}: {count(card['segments'], 'segment')} of "
        f"{card['people']} people, {card['nothing_said']} of them without a theme."
    )
    better = _better(model)
    rows = [
        [row["theme_id"], row["support"], row["n_people"], *_figures(row),
         "classifier" if row["theme_id"] in better else "meaning", row["more"] or ""]
        for row in card["themes"]
    ]  # fmt: skip
    headers = ["theme", "segments", "people", "precision", "recall", "F1", "95 %", "list", "counts", "label"]
    say_table(headers, rows, right=(1, 2, 3, 4, 5, 7, 9))
    macro = card["macro_f1"]
    say(
        f"Over all F1 {card['overall']['f1'] or 0:.2f}, mean over themes {macro['value']:.2f} "
        f"({macro['low']:.2f} to {macro['high']:.2f}), on people it did not learn from."
    )
    if card["not_learnt"]:
        names = ", ".join(f"{row['theme_id']} ({row['support']})" for row in card["not_learnt"])
        say(f"Not learnt, for want of segments with and without them: {names}.")
    say("list: F1 of the theme list alone. counts: whose tags count. label: so many more of it to be sure.")


def _figures(row: dict[str, Any]) -> list[str]:
    alone = _two(row["meaning_f1"])
    if row["note"]:
        return ["", "", "", row["note"], alone]
    figures = [_two(row[name]) for name in ("precision", "recall", "f1")]
    return [*figures, f"{_two(row['f1_low'])} to {_two(row['f1_high'])}", alone]


def _two(value: float | None) -> str:
    return "-" if value is None else f"{value:.2f}"


def _better(model: Classifier) -> list[str]:
    from feedback.tagging.card import better_than_meaning

    return better_than_meaning(model.card)

"""`feedback train`: a classifier from people's tags, and how far it can be trusted."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
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
    from feedback.pipeline.trained import save_classifier
    from feedback.project import Project

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

    from feedback.pipeline.stages import Context
    from feedback.pipeline.trained import human_tags
    from feedback.tagging.classifier.training import train

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
        [row["theme_id"], row["support"], row["n_people"], _f1(row), _two(row["meaning_f1"]),
         "yes" if row["theme_id"] in better else "no", row["more"] or ""]
        for row in card["themes"]
    ]  # fmt: skip
    headers = ["theme", "segments", "people", "F1 (95 %)", "list's F1", "counts", "label"]
    say_table(headers, rows, right=(1, 2, 4, 6))
    macro = card["macro_f1"]
    say(
        f"Over all F1 {_f1(card['overall'])}; the theme list alone {_two(card['meaning_f1'])}. "
        f"Mean over themes {macro['value']:.2f} ({macro['low']:.2f} to {macro['high']:.2f}). "
        "All on people it did not learn from."
    )
    if card["not_learnt"]:
        names = ", ".join(f"{row['theme_id']} ({row['support']})" for row in card["not_learnt"])
        say(f"Not learnt, for want of segments with and without them: {names}.")
    say("list's F1: of the theme list alone. counts: whether its tags replace meaning's, being better.")
    say("label: about so many more segments of the theme to know its F1 within 0.1.")


def _f1(row: Mapping[str, Any]) -> str:
    if row["note"]:
        return str(row["note"])
    return f"{_two(row['f1'])} ({_two(row['f1_low'])} to {_two(row['f1_high'])})"


def _two(value: float | None) -> str:
    return "-" if value is None else f"{value:.2f}"


def _better(model: Classifier) -> list[str]:
    from feedback.tagging.classifier.card import better_than_meaning

    return better_than_meaning(model.card)

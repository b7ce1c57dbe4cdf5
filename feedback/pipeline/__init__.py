"""The stages from originals to quotes: what each is made from, and which are stale. A list, not an engine."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from time import monotonic
from typing import Any

from feedback.edits.finding.ner import model_name
from feedback.errors import FeedbackError
from feedback.pipeline import stages, trained
from feedback.pipeline.planned import record_of
from feedback.pipeline.reader import fingerprint_of
from feedback.pipeline.stages import Context, Made, Progress, digest, no_progress
from feedback.pipeline.streamed import sweep
from feedback.project import MERGES, Project
from feedback.scale import HERE, Workers
from feedback.withdrawals import refuse_unfinished


@dataclass(frozen=True)
class Stage:
    """One step: its tables in and out, and what else it depends on.

    `version` rises when the step's rules change, so that projects made by an older feedback redo it. `due`:
    whether the project has what the step is about; without it the step is never stale. `facts`: what the
    journal says of it beside the numbers of rows.
    """

    name: str
    does: str
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    depends: Callable[[Context], Any]
    make: Callable[[Context, Progress], Made]
    version: int = 1
    due: Callable[[Context], bool] = lambda context: True
    facts: Callable[[Made], Mapping[str, Any]] = lambda made: {}


def _of(file: str, name: str) -> Callable[..., Any]:
    """A function of a file of this room, imported when it is called: most commands run no stage."""

    def called(*given: Any) -> Any:
        return getattr(import_module(f"feedback.pipeline.{file}"), name)(*given)

    return called


STAGES: tuple[Stage, ...] = (
    Stage(
        "cases", "matching people and documents",
        ("private/people", "private/turns", "private/originals", "private/fixed_links"),
        ("cases", "private/links"),
        lambda c: (c.settings.consent, c.settings.read.attributes, c.settings.factors.everybody),
        stages.make_cases, version=2,
    ),
    Stage(
        "deidentify", "tidying and masking",
        ("private/originals", "private/turns", "private/people", "private/links", "private/decisions"),
        ("private/numbers", "private/pseudonyms", "private/questions", "flags", "edits"),
        lambda c: (c.settings.deidentify, c.names, model_name(), c.project.keys.read(MERGES)),
        _of("masking", "make_edits"), version=6,
        facts=_of("masking", "facts"),
    ),
    Stage(
        "segments", "cutting into segments",
        (
            "private/originals", "private/turns", "private/links", "private/pseudonyms",
            "private/questions", "edits", "cases",
        ),
        ("segments", "dropped/segments"),
        lambda c: c.settings.unit, _of("cutting", "make_segments"),
    ),
    Stage(
        "rules", "tagging by the theme list's phrases",
        ("segments", "edits"), ("tags/rules", "themes"),
        # Valence and whose reason it is are read off the vectors.
        lambda c: (c.codebook.fingerprint(), "rules" in c.settings.tag.by, fingerprint_of(c)),
        _of("tagged", "make_rule_tags"),
    ),
    Stage(
        "meaning", "tagging by meaning",
        ("segments", "edits"), ("tags/meaning",),
        lambda c: (c.codebook.fingerprint(), c.settings.tag, fingerprint_of(c)),
        _of("tagged", "make_meaning_tags"),
    ),
    Stage(
        "classifier", "tagging by what people taught",
        ("segments", "edits"), (trained.TABLE,),
        lambda c: (trained.model_digest(c.project), c.codebook.fingerprint(), fingerprint_of(c)),
        trained.make_classifier_tags, due=trained.has_classifier,
    ),
    Stage(
        "factors", "finding push factors",
        ("segments", "tags", "cases", "documents"), ("factors", "members", "dropped/factors"),
        lambda c: (
            c.codebook.fingerprint(), c.settings.factors, c.settings.least_group(), c.settings.seed,
            fingerprint_of(c), c.kept,
        ),
        stages.make_factors, version=12,
    ),
    Stage(
        "quotes", "picking quotes",
        ("segments", "tags", "factors", "members", "cases", "edits", "documents", "choices"),
        ("quotes",),
        lambda c: (
            c.codebook.fingerprint(), c.settings.quotes, c.settings.least_group(),
            c.settings.report.broader,
            c.settings.factors.column, fingerprint_of(c),
        ),
        stages.make_quotes, version=4,
    ),
)  # fmt: skip


def expected_receipt(stage: Stage, context: Context) -> dict[str, Any]:
    """The receipt that the stage's tables carry when they are up to date."""
    return {
        "stage": stage.name,
        "version": stage.version,
        "settings": digest(repr(stage.depends(context))),
        "inputs": {name: context.project.content(name) for name in stage.inputs},
    }


def is_stale(stage: Stage, context: Context) -> bool:
    """Whether one of the stage's tables is missing or made from something else than what is here now."""
    if not stage.due(context):
        return False
    wanted = expected_receipt(stage, context)
    for output in stage.outputs:
        receipt = context.project.receipt(output)
        receipt.pop("content", None)
        if receipt != wanted:
            return True
    return False


def stale(project: Project) -> list[Stage]:
    """The stages that a run would do for certain now; what they make may wake those after them."""
    context = Context(project)
    return [stage for stage in STAGES if is_stale(stage, context)]


def run(
    project: Project,
    *,
    until: str | None = None,
    progress: Callable[[Stage], Progress] = lambda stage: no_progress,
    workers: Workers = HERE,
) -> Iterator[Stage]:
    """Does the stale stages in order, up to and including `until`, and gives each when it is done.

    progress: called once a stage, gives what is told (done, total) as it goes on. workers: who does what can
    be done apart (`feedback.scale.workers`); it changes no result.
    """
    _something_to_do(project)
    refuse_unfinished(project)
    with project.locked():
        context = Context(project, workers=workers)
        for stage in STAGES:
            if is_stale(stage, context):
                _do(stage, context, progress(stage))
                yield stage
            if stage.name == until:
                return
        sweep(project)


def _do(stage: Stage, context: Context, progress: Progress) -> None:
    """Makes a stage's tables, saves them and writes it into the journal."""
    project, receipt, begun = context.project, expected_receipt(stage, context), monotonic()
    context.receipts[stage.name] = receipt
    made = stage.make(context, progress)
    for name in stage.outputs:
        project.save(name, made[name], receipt)
    sweep(project)
    rows = {name: len(made[name]) for name in stage.outputs}
    hashes = {
        "settings": receipt["settings"],
        "inputs": receipt["inputs"],
        "outputs": {name: project.content(name) for name in stage.outputs},
    }
    record = record_of(stage, context, monotonic() - begun)
    project.note(stage.name, rows=rows, **hashes, **record, **stage.facts(made))


def _something_to_do(project: Project) -> None:
    if not project.file("private/originals").exists():
        raise FeedbackError(
            "there is nothing in this project yet", hint="add files with `feedback add FILE...`"
        )

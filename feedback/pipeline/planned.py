"""What a run would do, why, and about how long it takes: said before it is paid for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from feedback.journal import read_entries
from feedback.pipeline.stages import Context, digest
from feedback.project import Project

# The parts of what a stage depends on, in the order of its `depends`, in users' words. Not those of masking:
# a hash of names alone could be guessed.
_PARTS = {
    "cases": ("the setting consent", "the setting read: attributes", "the setting factors: leaver"),
    "segments": ("the setting unit",),
    "rules": ("the theme list", "the setting tag: by", "the model of meaning"),
    "meaning": ("the theme list", "the settings under tag", "the model of meaning"),
    "classifier": ("the trained classifier", "the theme list", "the model of meaning"),
    "factors": (
        "the theme list", "the settings under factors", "the smallest group", "the setting seed",
        "the model of meaning", "what was decided about push factors",
    ),
    "quotes": (
        "the theme list", "the settings under quotes", "the smallest group", "the setting report: broader",
        "the setting factors: leaver", "the model of meaning",
    ),
}  # fmt: skip
_TABLES = {
    "the documents": ("documents", "private/turns", "private/originals"),
    "the participants": ("private/people", "cases"),
    "who said what": ("private/fixed_links", "private/links"),
    "what was decided about masks": ("private/decisions",),
    "the masks": ("edits", "private/pseudonyms", "private/questions"),
    "the segments": ("segments",),
    "the tags": ("tags",),
    "the push factors": ("factors", "members"),
    "what was pinned or banned": ("choices",),
}
_CALLED = {name: called for called, names in _TABLES.items() for name in names}
# Processor seconds for a million characters of originals on a laptop, where the project has no record yet.
_USUAL = {
    "cases": 0.5,
    "deidentify": 15,
    "segments": 3,
    "rules": 11,
    "meaning": 30,
    "factors": 34,
    "quotes": 15,
}


@dataclass(frozen=True, slots=True)
class Planned:
    """One stage: its state, why it is stale, and about how many seconds it will take."""

    stage: str
    does: str
    state: Literal["to do", "may follow", "up to date"]
    because: tuple[str, ...]
    seconds: float

    @property
    def stale(self) -> bool:
        """Whether a run does it for certain."""
        return self.state == "to do"


def plan(project: Project) -> list[Planned]:
    """All stages in order. One that is stale may wake those that are made from its tables."""
    from feedback.pipeline import STAGES, is_stale

    context, woken = Context(project), set[str]()
    journal = read_entries(project.path / "private" / "journal.jsonl")
    characters, planned = size_of(project), []
    for stage in STAGES:
        stale = is_stale(stage, context)
        follows = stage.due(context) and not woken.isdisjoint(stage.inputs)
        because = dict.fromkeys(_because(stage, context, journal)) if stale else ()
        if stale or follows:
            woken |= {*stage.outputs, *(name.partition("/")[0] for name in stage.outputs)}
        planned.append(
            Planned(
                stage.name,
                stage.does,
                "to do" if stale else "may follow" if follows else "up to date",
                tuple(because),
                _seconds(stage.name, characters, journal) if stale or follows else 0.0,
            )
        )
    return planned


def size_of(project: Project) -> int:
    """Characters of all originals."""
    import pyarrow.compute as pc

    return int(pc.sum(project.arrow("documents")["n_chars"]).as_py() or 0)


def parts_of(depends: Any) -> list[str]:
    """A short hash of each part of what a stage depends on, so that a plan can say which of them changed."""
    return [digest(repr(part)) for part in (depends if isinstance(depends, tuple) else (depends,))]


def _because(stage: Any, context: Context, journal: list[dict[str, Any]]) -> Iterator[str]:
    from feedback.pipeline import expected_receipt

    wanted = expected_receipt(stage, context)
    receipts = [context.project.receipt(name) for name in stage.outputs]
    there = [one for one in receipts if one.get("stage") == stage.name]
    if not there:
        yield "not done yet"
        return
    if len(there) < len(receipts):
        yield "a table of it is missing"
    for old in there:
        if old.get("version") != wanted["version"]:
            yield "this version of feedback does it better"
        if old.get("settings") != wanted["settings"]:
            yield from _changed_parts(stage, context, journal, str(old.get("settings")))
        before = old.get("inputs", {})
        for name, content in wanted["inputs"].items():
            if before.get(name) != content:
                yield f"{_CALLED.get(name, name)} changed"


def _changed_parts(
    stage: Any, context: Context, journal: list[dict[str, Any]], settings: str
) -> Iterator[str]:
    """Which part of what it depends on changed, where the journal tells of what it was."""
    same = [one for one in journal if one.get("act") == stage.name and one.get("settings") == settings]
    before, now = (same[-1].get("parts") if same else None), parts_of(stage.depends(context))
    names = _PARTS.get(stage.name, ())
    if not isinstance(before, list) or not len(before) == len(now) == len(names):
        yield "a setting or the theme list changed"
        return
    yield from (f"{name} changed" for name, old, new in zip(names, before, now, strict=True) if old != new)


def _seconds(stage: str, characters: int, journal: list[dict[str, Any]]) -> float:
    """As long as the last time, by size; as usual where it was never done here."""
    for entry in reversed(journal):
        took, size = entry.get("seconds"), entry.get("characters")
        if entry.get("act") == stage and isinstance(took, int | float) and size:
            return float(took) * characters / float(size)
    return _USUAL.get(stage, 1) * characters / 1_000_000


def record_of(stage: Any, context: Context, seconds: float) -> Mapping[str, Any]:
    """What the journal keeps of a stage, so that a later plan can say why and how long."""
    parts = {"parts": parts_of(stage.depends(context))} if stage.name in _PARTS else {}
    return {**parts, "seconds": round(seconds, 1), "characters": size_of(context.project)}

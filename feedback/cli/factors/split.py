"""Taking a push factor apart: into what people merged, into two by meaning, or the sentences that go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from feedback.cli.output import count
from feedback.errors import FeedbackError

if TYPE_CHECKING:
    from feedback.cli.factors.decide import Desk


def take_apart(at: Desk, factor: str, sentences: Sequence[str], label: str | None) -> str:
    """What was decided about splitting, said in a sentence."""
    row = at.row(factor)
    if sentences:
        return _sent_off(at, row, at.checked(tuple(sentences)), label)
    merged = [one for one in at.decisions.values() if one.into == row.factor_id]
    if merged:
        for one in merged:
            at.put(replace(one, into=""))
        return f"{count(len(merged), 'push factor')} counted apart from {row.factor_id} again."
    if row.factor_id in at.themes:
        raise FeedbackError(
            f"'{row.factor_id}' is a theme of the list, and is not taken apart by a machine",
            hint="make two themes of it in themes.yaml, or name the sentences that go",
        )
    return _in_two(at, row, label)


def _sent_off(at: Desk, row: Any, sentences: tuple[str, ...], label: str | None) -> str:
    """The sentences become a group of their own, and stay out of what they were in."""
    if not label:
        raise FeedbackError("the part that goes needs a name", hint='add --as "What it is called"')
    inside = set(at.members(row.factor_id))
    if strangers := [one for one in sentences if one not in inside]:
        raise FeedbackError(f"'{strangers[0]}' is not in {row.factor_id}")
    own = at.decided(row.factor_id) if row.factor_id in at.themes else at.group(row)
    members, pinned = ([one for one in some if one not in sentences] for some in (own.members, own.pinned))
    out = tuple(sorted({*own.out, *sentences}))
    at.put(replace(own, members=tuple(members), pinned=tuple(pinned), out=out))
    part = replace(at.decided(at.free_id(label)), label=label, members=sentences, pinned=sentences)
    at.put(part)
    return f"{count(len(sentences), 'sentence')} of {row.factor_id} are {part.id} from now on: {label}."


def _in_two(at: Desk, row: Any, label: str | None) -> str:
    from feedback.factors.kept import two_parts
    from feedback.pipeline.stages import Context

    segments = at.project.table("segments")
    own = segments[segments["segment_id"].isin(at.members(row.factor_id))].sort_values(["text", "segment_id"])
    context = Context(at.project)
    parts = two_parts(
        own["text"].tolist(),
        [str(one) for one in own["case_id"]],
        context.embedder.encode,
        smallest=context.settings.factors.smallest,
        seed=context.settings.seed,
    )
    if parts is None:
        least = context.settings.factors.smallest
        raise FeedbackError(
            f"'{row.factor_id}' does not fall into two parts of {least} people each",
            hint="name the sentences that go: `feedback factors show ID` shows their ids",
        )
    first, second = (tuple(sorted(own.loc[[part == one for part in parts], "segment_id"])) for one in (0, 1))
    stays = replace(at.group(row), members=first)
    at.put(stays)
    goes = replace(at.decided(at.free_id(label or "group")), label=label or "", members=second)
    at.put(goes)
    return f"{row.label}: {count(len(first), 'sentence')} in {stays.id}, {len(second)} in {goes.id}."

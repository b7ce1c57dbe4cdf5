"""The stages that tag, shard by shard: rules, meaning and the classifier."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from feedback.embed import Embedder
from feedback.embed.student import Student
from feedback.pipeline.again import tags_again
from feedback.pipeline.before import Before
from feedback.pipeline.learning import Learning
from feedback.pipeline.remembered import Lent, known_in, learn, tags_file
from feedback.pipeline.shards import Rows, Shards, edits_of
from feedback.pipeline.stages import Context, Fitted, Made, Progress
from feedback.pipeline.streamed import Task, by_shard
from feedback.pipeline.stretches import Shard
from feedback.tables import conform, schema, to_arrow, to_pandas
from feedback.tagging.memory import remembering

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    import pyarrow as pa

    from feedback.codebook import Codebook
    from feedback.embed.cached import CachedEmbedder
    from feedback.tagging import streaming
    from feedback.tagging.classifier import Classifier

_TOLD = "told"  # the column of what was found out by the way


class Portable:
    """An embedder that finds its way to a worker: by its name, or itself where it has learnt from the texts.

    name, root: what `embed.load` is asked for; on a worker it runs on one thread. vectors: the folder of
    those that were made before, where workers can see it.
    """

    def __init__(self, embedder: CachedEmbedder, name: str, root: Path, *, vectors: Path | None) -> None:
        self._embedder, self._name, self._root, self._vectors = embedder, name, root, vectors
        self.fingerprint = embedder.fingerprint

    def encode(
        self, texts: Sequence[str], *, progress: Callable[[int], None] | None = None
    ) -> np.ndarray[Any, Any]:
        """float32 (len(texts), width), rows of length 1."""
        return self._embedder.encode(texts, progress=progress)

    def fixed(self, texts: Sequence[str]) -> np.ndarray[Any, Any]:
        """The vectors of the theme list's and the tool's own texts."""
        return self._embedder.fixed(texts)

    def __reduce__(self) -> tuple[Any, ...]:
        held = self._embedder.embedder
        learnt = held if isinstance(held, Fitted) and _stands_alone(held) else None
        return _arrived, (self.fingerprint, learnt, self._name, self._root, self._vectors)


def portable(context: Context, embedder: CachedEmbedder) -> Portable:
    """The embedder as it can be sent to the project's workers."""
    vectors = context.vectors if context.workers.near else None
    return Portable(embedder, context.settings.embedder, context.project.path, vectors=vectors)


def _stands_alone(learnt: Any) -> bool:
    """Whether what was learnt is used: a student that is not worth enough leaves all to its teacher."""
    return not isinstance(learnt, Student) or learnt.worth.enough


@dataclass(frozen=True)
class _Arrived:
    """An embedder on a worker."""

    fingerprint: str
    encode: Callable[..., np.ndarray[Any, Any]]
    fixed: Callable[..., np.ndarray[Any, Any]]


def _arrived(
    fingerprint: str, learnt: Embedder | None, name: str, root: Path, vectors: Path | None
) -> _Arrived:
    embedder = learnt or _loaded(name, root, vectors)
    return _Arrived(fingerprint, embedder.encode, getattr(embedder, "fixed", embedder.encode))


@cache
def _loaded(name: str, root: Path, vectors: Path | None) -> Embedder:
    from feedback.embed import load
    from feedback.embed.cache import VectorCache
    from feedback.embed.cached import CachedEmbedder

    return CachedEmbedder(load(name, threads=1, root=root), VectorCache(vectors) if vectors else None)


@dataclass(frozen=True)
class Tagging:
    """What holds for all shards; `memory`: the file of what earlier runs found out, if it is in reach."""

    fitted: streaming.Fitted
    embedder: Embedder
    memory: Path


@dataclass(frozen=True)
class Said:
    """The rows of tables `segments` and `edits` of a shard; seen: as of `Learning.seen`."""

    segments: pa.Table
    edits: pa.Table
    seen: tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]] | None = None


def make_rule_tags(context: Context, progress: Progress) -> Made:
    """Tables `tags/rules` and `themes`."""
    return {"tags/rules": chosen_tags("rules", context, progress), "themes": _themes(context.codebook)}


def make_meaning_tags(context: Context, progress: Progress) -> Made:
    """Table `tags/meaning`."""
    return {"tags/meaning": chosen_tags("meaning", context, progress)}


def chosen_tags(coder: str, context: Context, progress: Progress) -> pa.Table:
    """Table `tags` of one of the machine's coders, as Arrow; empty when the settings leave it out."""
    if coder not in context.settings.tag.by:
        return schema("tags").empty_table()
    return tags_by(coder, context, progress)


def _themes(codebook: Codebook) -> pd.DataFrame:
    rows = [
        {
            "theme_id": theme.id,
            "label": theme.label,
            "group": theme.group,
            "parent": theme.parent,
            "means": theme.means,
            "position": position,
        }
        for position, theme in enumerate(codebook)
    ]
    return conform("themes", rows)


def tags_by(coder: str | Classifier, context: Context, progress: Progress) -> pa.Table:
    """Table `tags` of one of the machine's coders, as Arrow."""
    from feedback.tagging.streaming import Choice

    project, chosen = context.project, context.settings.tag
    name = coder if isinstance(coder, str) else coder.name
    segments, edits = Rows(project.arrow("segments"), by="start"), edits_of(project)
    shards = Shards(project, characters=context.characters).all
    before = Before(context, name, parts=len(shards), rows=len(segments.table))
    contents = before.parts if before.fits else [_content(segments, edits, shard) for shard in shards]
    parts = [Task(shard, str, content) for shard, content in zip(shards, contents, strict=True)]
    choice = Choice(context.codebook, (coder,), chosen.threshold, dict(chosen.thresholds))
    learning = Learning(context, choice, segments, parts, again=before.fits)
    if learning.at_once:
        tags = tags_again(context, choice, before, learning)
    else:
        tags = _in_shards(
            context, learning, before, parts, partial(_said, segments, edits, learning), progress
        )
    before.keep(tags, context.codebook, learning.made_from, contents)
    return tags


def _in_shards(
    context: Context,
    learning: Learning,
    before: Before,
    parts: Sequence[Task],
    load: Callable[[Shard], Said],
    progress: Progress,
) -> pa.Table:
    """Table `tags` as it is found shard by shard."""
    embedder = context.embedder.watched(progress) if len(parts) < 2 else context.embedder
    made_from = learning.made_from
    tasks = [replace(part, load=load, known=partial(before.of, part, made_from)) for part in parts]
    memory = tags_file(context.project)
    with remembering(Lent(known_in(memory))) as here:
        found = by_shard(
            context,
            learning.coder,
            tag,
            lambda: Tagging(learning.fitted, portable(context, embedder), memory),
            tasks,
            progress,
            joint=True,
            lasting=made_from,
            passing=(_TOLD,),
        )
    if not found:
        return schema("tags").empty_table()
    told = found[_TOLD][_TOLD].to_pylist() if _TOLD in found else []
    if told or len(here):
        learn(memory, [here.to_bytes(), *told])
    return found["tags"]


def _said(segments: Rows, edits: Rows, learning: Learning, shard: Shard) -> Said:
    return Said(segments.of(shard.stretches), edits.of(shard.stretches), learning.seen(shard))


def _content(segments: Rows, edits: Rows, shard: Shard) -> str:
    return " ".join([repr(shard), *(rows.content(shard.stretches) for rows in (segments, edits))])


def tag(tagging: Tagging, said: Said) -> dict[str, pa.Table]:
    """Table `tags` of a shard, and what was found out by the way."""
    import pyarrow as pa

    from feedback.tagging.streaming import tag_shard

    with remembering(Lent(known_in(tagging.memory))) as memory:
        tags = tag_shard(
            tagging.fitted,
            to_pandas(said.segments),
            to_pandas(said.edits),
            embedder=tagging.embedder,
            seen=said.seen,
        )
    told = pa.table({_TOLD: pa.array([memory.to_bytes()], pa.large_binary())})
    return {"tags": to_arrow("tags", tags), _TOLD: told}

"""A coder's tags as the last run made them, kept by theme and by part: a changed theme costs its own tags.

What a tag says besides its score (where the words stand, which sentence of the list they came near, how they
are said) follows from the text and from what the list says of this one theme. So where the texts are the
same, the tags of themes that nobody changed are taken over. Not kept of more than `MOST` segments.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from feedback.arrows import in_words
from feedback.pipeline.reader import fingerprint_of
from feedback.pipeline.streamed import Kept, Task
from feedback.pipeline.stretches import Shard
from feedback.tables import decoded, schema, to_arrow
from feedback.tagging.memory import digest_of

if TYPE_CHECKING:
    import pyarrow as pa

    from feedback.codebook import Codebook, Theme
    from feedback.pipeline.stages import Context

MOST = 400_000  # rows of table `segments`
_TAGS, _TOLD = "tags", "told"
_ONLY = Task(Shard(()), str, "told")


def _phrases(theme: Theme) -> Sequence[str]:
    return *theme.phrases, "", *theme.not_


def _sentences(theme: Theme) -> Sequence[str]:
    from feedback.tagging.meaning.theme_texts import prototypes

    return prototypes(theme)


# What a coder's tags of a theme follow from, but their scores.
_MADE_OF = {"rules": _phrases, "meaning": _sentences}


@dataclass(frozen=True)
class _Told:
    """What is known of the tags of the last run.

    texts: the content of the tables that they are about. made_from: as of `Learning.made_from`. themes: by
    id, what each theme's tags follow from. parts: the contents of the parts that were tagged.
    """

    texts: Sequence[str] = ()
    made_from: str = ""
    themes: Mapping[str, str] = field(default_factory=dict)
    parts: Sequence[str] = ()


class Before:
    """The tags of one of the machine's coders, from one run to the next.

    parts, rows: in how many parts the study is tagged, and how many rows its table `segments` has.
    """

    def __init__(self, context: Context, coder: str, *, parts: int, rows: int) -> None:
        self._context, self._coder = context, coder
        self._small = coder in _MADE_OF and parts > 1 and rows <= MOST
        receipt = context.receipts.get(coder) if self._small else None
        lasting = repr([coder, fingerprint_of(context)]) if receipt else ""
        self._kept = Kept(context.project, f"{coder} told", receipt, lasting=lasting)

    @cached_property
    def _found(self) -> tuple[_Told, pa.Table]:
        tables = self._kept.find(_ONLY)
        if tables is None:
            return _Told(), schema("tags").empty_table()
        return _Told(**json.loads(tables[_TOLD][_TOLD][0].as_py())), tables[_TAGS]

    @property
    def fits(self) -> bool:
        """Whether they are tags of these very texts."""
        return self._small and list(self._found[0].texts) == self._texts

    @property
    def parts(self) -> Sequence[str]:
        """The contents of the parts that were tagged, in order."""
        return self._found[0].parts

    def tags(self, codebook: Codebook) -> tuple[pa.Table, list[str]]:
        """The tags, scores as they were, of themes that are what they were; the ids of the others."""
        import pyarrow as pa
        import pyarrow.compute as pc

        (told, held), now = self._found, self._themes(codebook)
        tags = decoded(held)
        changed = [name for name in codebook.ids if told.themes.get(name) != now[name]]
        same = pa.array([name for name in codebook.ids if name not in set(changed)], pa.string())
        return tags.filter(pc.is_in(tags["theme_id"], same)), changed

    def of(self, task: Task, made_from: str) -> dict[str, pa.Table] | None:
        """The tags of a part that is what it was, where all that they follow from is; else None."""
        import numpy as np
        import pyarrow as pa

        told, tags = self._found
        if told.made_from != made_from or task.content not in self._parts:
            return None
        rows = [np.arange(0)]
        for one in task.shard.stretches:
            own, starts = self._rows.get(one.document_id, (np.arange(0), np.arange(0)))
            rows.append(own[(starts >= one.start) & (starts < one.end)])
        return {_TAGS: tags.take(pa.array(np.concatenate(rows)))}

    def keep(self, tags: pa.Table, codebook: Codebook, made_from: str, parts: Sequence[str]) -> None:
        """Keeps the tags of all parts, whose contents are `parts`."""
        if self._small:
            told = _Told(self._texts, made_from, self._themes(codebook), list(parts))
            self._kept.keep(
                _ONLY, {_TAGS: to_arrow("tags", tags), _TOLD: _as_table(json.dumps(asdict(told)))}
            )
            self._kept.settle([_ONLY])

    @cached_property
    def _texts(self) -> list[str]:
        project = self._context.project
        return [project.content(name) for name in ("segments", "edits", "documents", "private/turns")]

    @cached_property
    def _parts(self) -> frozenset[str]:
        return frozenset(self._found[0].parts)

    @cached_property
    def _rows(self) -> dict[str, tuple[Any, Any]]:
        """By document its rows among the tags, and where the evidence of each begins."""
        import numpy as np

        tags = self._found[1]
        documents = in_words(tags["document_id"]).to_numpy()
        order = np.argsort(documents, kind="stable")
        names, firsts = np.unique(documents[order], return_index=True)
        starts = tags["start"].to_numpy()
        return {
            str(name): (rows, starts[rows])
            for name, rows in zip(names, np.split(order, firsts[1:]), strict=True)
        }

    def _themes(self, codebook: Codebook) -> dict[str, str]:
        made_of = _MADE_OF[self._coder]
        return {theme.id: digest_of(*made_of(theme)).hex() for theme in codebook}


def _as_table(text: str) -> pa.Table:
    """A table of one text."""
    import pyarrow as pa

    return pa.table({_TOLD: pa.array([text], pa.string())})

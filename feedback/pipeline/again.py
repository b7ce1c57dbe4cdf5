"""Tags of a study whose texts are what they were, as another theme list gives them: all texts at once.

Scores change with every theme and are reckoned anew. Evidence, and how it is said, are looked for only where
a theme was changed or is new to a text; what is known of the others is taken over. The rows are those that
are found shard by shard.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from feedback.codebook import Codebook
from feedback.pipeline.remembered import Lent, known_in, learn, tags_file
from feedback.tables import decoded, to_arrow, to_pandas
from feedback.tagging.memory import remembering

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np
    import pyarrow as pa

    from feedback.pipeline.before import Before
    from feedback.pipeline.learning import Learning
    from feedback.pipeline.stages import Context
    from feedback.tagging.coders import Find
    from feedback.tagging.streaming import Choice

    Array = np.ndarray[Any, Any]
    Embed = Callable[[Sequence[str]], Array]


def tags_again(context: Context, choice: Choice, before: Before, learning: Learning) -> pa.Table:
    """Table `tags` of one coder, rules or meaning, of a study of several shards that `before` fits."""
    import pyarrow as pa

    file = tags_file(context.project)
    with remembering(Lent(known_in(file))) as memory:
        said = _Said(context, learning)
        parts = (_ruled if choice.by == ("rules",) else _meant)(choice, before, learning, said)
    if len(memory):
        learn(file, [memory.to_bytes()])
    return pa.concat_tables([decoded(part) for part in parts])


class _Said:
    """What participants said, in order; `rows`: the rows of table `segments` that it stands in."""

    def __init__(self, context: Context, learning: Learning) -> None:
        self.embedder = context.embedder
        self.rows = learning.said
        self.table = learning.segments.take(self.rows)
        self._context = context

    @cached_property
    def texts(self) -> list[str]:
        found: list[str] = self.table["text"].to_pylist()
        return found

    def told(self, coder: str, finds: Sequence[Find], rows: Array, embed: Embed) -> pa.Table:
        """Finds in these rows of it, numbered from 0, as table `tags`."""
        import pyarrow.compute as pc

        from feedback.tagging.table import as_tags

        own, edits = decoded(self.table.take(rows)), decoded(self._context.project.arrow("edits"))
        edits = edits.filter(pc.is_in(edits["document_id"], pc.unique(own["document_id"])))
        return to_arrow("tags", as_tags(finds, coder, to_pandas(own), to_pandas(edits), embed))


def _ruled(choice: Choice, before: Before, learning: Learning, said: _Said) -> list[pa.Table]:
    import numpy as np

    from feedback.tagging.coders import tag_by_rules
    from feedback.tagging.streaming import embed_once

    known, changed = before.tags(choice.codebook)
    themes = tuple(theme for theme in choice.codebook if theme.id in changed)
    embed = embed_once(said.embedder)
    finds = (
        tag_by_rules(said.texts, Codebook(themes, choice.codebook.source), embed, {}, ()) if themes else []
    )
    rows = np.unique(np.array([find.row for find in finds], dtype=np.int64))
    place = {row: at for at, row in enumerate(rows.tolist())}
    return [known, said.told("rules", [replace(one, row=place[one.row]) for one in finds], rows, embed)]


def _meant(choice: Choice, before: Before, learning: Learning, said: _Said) -> list[pa.Table]:
    import numpy as np

    from feedback.tagging.coders import finds_at, score_in_context
    from feedback.tagging.replies import places_of
    from feedback.tagging.streaming import embed_once

    codebook, meaning = choice.codebook, learning.meaning
    about = to_pandas(learning.segments.select(["document_id", "turn", "role", "question"]))
    places = places_of(about, of=about.iloc[said.rows])
    embed = embed_once(said.embedder)
    scores, asked = score_in_context(said.texts, codebook, embed, places, meaning)
    limits = np.array([choice.limits[theme.id] for theme in codebook])
    pairs = np.flatnonzero(scores >= limits)
    known, _ = before.tags(codebook)
    old, at = _pairs(known, said, codebook)
    is_known = np.isin(pairs, old)
    taken = known.take(at[np.searchsorted(old, pairs[is_known])])
    taken = _with(taken, "score", scores.ravel()[pairs[is_known]])
    of_row, theme = np.divmod(pairs[~is_known], len(codebook))
    rows, place = np.unique(of_row, return_inverse=True)
    texts = [said.texts[row] for row in rows.tolist()]
    assert meaning.seen is not None
    embed = embed_once(said.embedder, dict(zip(texts, meaning.seen[1][rows], strict=True)))
    chosen = list(zip(place.tolist(), theme.tolist(), strict=True))
    replied = {at for at, row in enumerate(rows.tolist()) if row in asked}
    finds = finds_at(texts, codebook, embed, scores[rows], chosen, replied)
    return [taken, said.told("meaning", finds, rows, embed)]


def _pairs(known: pa.Table, said: _Said, codebook: Codebook) -> tuple[Array, Array]:
    """Of each known tag the number of its text and theme, rising, and its row."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    row = pc.index_in(known["segment_id"], said.table["segment_id"].combine_chunks())
    theme = pc.index_in(known["theme_id"], pa.array(codebook.ids, pa.string()))
    pairs = np.asarray(row).astype(np.int64) * len(codebook) + np.asarray(theme)
    order = np.argsort(pairs, kind="stable")
    return pairs[order], order


def _with(table: pa.Table, column: str, values: Array) -> pa.Table:
    import pyarrow as pa

    at = table.column_names.index(column)
    return table.set_column(at, table.schema.field(at), pa.array(values))

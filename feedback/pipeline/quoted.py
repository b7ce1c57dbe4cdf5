"""What quotes are picked from in a large study: the segments that are looked at, and nothing else in pandas.

Which they are is told from numbers for rows, themes and people, so that all tags can be weighed at once.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from feedback.cases import with_consent
from feedback.pipeline.counting import CountingTags
from feedback.project import Project
from feedback.quotes.surest import surest
from feedback.settings import CONSENTS
from feedback.tables import to_pandas

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    import pyarrow as pa

    Column = np.ndarray[Any, Any]

_AT_ONCE = 20_000  # rows of segments
_HELD = 250_000  # rows of segments; the tags of more are put together twice rather than held


@dataclass(frozen=True)
class Material:
    """The segments that are looked at with all of their turns, their tags and factors, and who was heard."""

    segments: pd.DataFrame
    tags: pd.DataFrame
    members: pd.DataFrame
    heard: frozenset[str]


def material(project: Project, cases: pd.DataFrame, *, audience: str, at_once: int = _AT_ONCE) -> Material:
    """What `pick_quotes` needs of the tables, for the same quotes as from all of them.

    cases: table `cases`; audience: for whom; at_once: how many segments' tags are in pandas at a time.
    """
    said = _Said(project.arrow("segments"), with_consent(cases, least=audience, levels=CONSENTS))
    tags = CountingTags(project, said.table)
    n = len(said.table)
    spans = [range(at, min(at + at_once, n)) for at in range(0, n, at_once)] or [range(0)]
    parts = _Parts(tags, spans)
    rows = _looked_at(said, _weighed(said, parts))
    members = _of_segments(said, project.arrow("members"))
    chosen = _looked_at(said, members)
    wanted = said.whole_turns({*rows["row"], *chosen["row"]})
    return Material(
        to_pandas(said.table.take(wanted)),
        _tags(said, parts, rows),
        to_pandas(project.arrow("members").take(chosen["at"].to_numpy())),
        said.heard,
    )


class _Said:
    """Table `segments` with, for each row, whether it may be quoted, its person and the place of its id."""

    def __init__(self, table: pa.Table, allowed: Collection[str]) -> None:
        import numpy as np
        import pyarrow as pa
        import pyarrow.compute as pc

        self.table = table
        self.ids = table["segment_id"].combine_chunks()
        case, document = (table[name].cast(pa.string()) for name in ("case_id", "document_id"))
        spoken = pc.equal(table["role"].cast(pa.string()), "participant")
        may = pc.is_in(case, pa.array(sorted(allowed), pa.string()))
        self.own: Column = np.asarray(pc.and_(spoken, may))
        self.person: Column = _numbers(pc.coalesce(case, document))
        self.document: Column = _numbers(document)
        self.place: Column = np.empty(len(table), dtype=np.int64)
        self.place[np.asarray(pc.sort_indices(self.ids))] = np.arange(len(table))
        self.heard = frozenset(pc.unique(case.filter(spoken)).drop_null().to_pylist())

    def row_of(self, segment_ids: pa.Array, span: range | None = None) -> Column:
        """The row of each segment; -1 for one that is not here. span: the rows that all of them are among."""
        import numpy as np
        import pyarrow.compute as pc

        start, ids = (span.start, self.ids[span.start : span.stop]) if span else (0, self.ids)
        found = np.asarray(pc.fill_null(pc.index_in(segment_ids, ids), -1))
        return np.where(found < 0, -1, found + start)

    def whole_turns(self, rows: Collection[int]) -> Column:
        """All rows of the turns in which something of `rows` is said, of those that may be quoted."""
        import numpy as np
        import pandas as pd

        turns = pd.DataFrame({"document": self.document, "turn": self.table["turn"].to_numpy()})
        numbers = turns.groupby(["document", "turn"], sort=False).ngroup().to_numpy()
        wanted = np.unique(numbers[sorted(rows)])
        return np.flatnonzero(np.isin(numbers, wanted) & self.own)


class _Parts:
    """The tags that count, some rows of segments at a time; of a smaller study put together once."""

    def __init__(self, tags: CountingTags, spans: list[range]) -> None:
        self._tags, self._spans = tags, spans
        self._held: list[tuple[range, pd.DataFrame]] = []

    def __iter__(self) -> Iterator[tuple[range, pd.DataFrame]]:
        if self._spans[-1].stop > _HELD:
            return self._each()
        self._held = self._held or list(self._each())
        return iter(self._held)

    def _each(self) -> Iterator[tuple[range, pd.DataFrame]]:
        for span in self._spans:
            found = self._tags.of([span])
            yield span, found[found["theme_id"].notna()]


def _weighed(said: _Said, parts: _Parts) -> pd.DataFrame:
    """Each tag of what may be quoted as numbers: heading, row, sure, manner."""
    import pandas as pd

    themes: dict[str, int] = {}
    found = [_numbered(said, span, one, themes) for span, one in parts]
    return pd.concat([part[said.own[part["row"]]] for part in found], ignore_index=True)


def _numbered(said: _Said, span: range, tags: pd.DataFrame, themes: dict[str, int]) -> pd.DataFrame:
    import pandas as pd
    import pyarrow as pa

    return pd.DataFrame(
        {
            "heading": [themes.setdefault(one, len(themes)) for one in tags["theme_id"]],
            "row": said.row_of(pa.array(tags["segment_id"], pa.string()), span),
            "sure": tags["score"].fillna(1.0).to_numpy(),
            "manner": (tags["assertion"].fillna("own") == "own").to_numpy(),
        }
    )


def _of_segments(said: _Said, members: pa.Table) -> pd.DataFrame:
    """Each member of a factor as numbers: heading, row, sure, manner, and where it stands in the table."""
    import pandas as pd
    import pyarrow as pa
    import pyarrow.compute as pc

    factor, score = members["factor_id"].cast(pa.string()), members["score"]
    table = pd.DataFrame(
        {
            "heading": _numbers(factor),
            "row": said.row_of(members["segment_id"].combine_chunks()),
            "sure": pc.fill_null(score, 1.0).to_numpy(),
            "manner": True,
            "at": range(len(members)),
        }
    )
    known = pc.is_valid(factor).to_numpy() & (table["row"] >= 0)
    table = table[known]
    return table[said.own[table["row"]]]


def _looked_at(said: _Said, rows: pd.DataFrame) -> pd.DataFrame:
    """The rows that are looked at."""
    return rows[surest(rows.assign(segment=said.place[rows["row"]], person=said.person[rows["row"]]))]


def _tags(said: _Said, parts: _Parts, rows: pd.DataFrame) -> pd.DataFrame:
    """The tags in `rows`, as table `tags`."""
    import numpy as np
    import pandas as pd

    from feedback.tables import conform, empty

    themes: dict[str, int] = {}
    keys = np.unique(rows["heading"].to_numpy() * len(said.table) + rows["row"].to_numpy())
    found = []
    for span, one in parts:
        own = _numbered(said, span, one, themes)
        found.append(one[np.isin(own["heading"] * len(said.table) + own["row"], keys)])
    found = [part for part in found if len(part)]
    return conform("tags", pd.concat(found, ignore_index=True)) if found else empty("tags")


def _numbers(words: pa.ChunkedArray) -> Column:
    import numpy as np
    import pyarrow.compute as pc

    return np.asarray(pc.dictionary_encode(words).combine_chunks().indices.fill_null(-1))

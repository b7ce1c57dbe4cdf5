"""Which files left the project, and whose words are in them: kept in private/, for those who withdraw."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from functools import cached_property
from itertools import chain, pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from feedback.arrows import in_words
from feedback.edits.text.words import keys
from feedback.project import Project

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

    Column = np.ndarray[Any, Any]

EXPORTS = "exports.jsonl"
# So many words in a row that stand in a file are no chance.
_RUN = 8
_AT_ONCE = 50_000  # texts
# Runs of words in a file of which most texts stand in it, such as a whole study: each is looked at closely.
_MANY = 200_000


@dataclass(frozen=True)
class Export:
    """A file that left: `cases` are the people whose words stand in it, `quotes` their quotes' ids.

    `counted` are all people whose words it was counted from. A file inside the project has its place in it.
    """

    when: str
    what: str
    file: str
    sha256: str
    cases: tuple[str, ...] = ()
    quotes: tuple[str, ...] = ()
    counted: tuple[str, ...] = ()


def record_export(project: Project, data: bytes, file: Path, *, what: str) -> Export:
    """Writes down that a file leaves, before it does; whose words are in it is read from its bytes."""
    from feedback.checks.contents import units_of

    shown = Shown({unit.text for unit in units_of(data, file.suffix)})
    return record_shown(project, shown, hashlib.sha256(data).hexdigest(), file, what=what)


def record_shown(project: Project, shown: Shown, sha256: str, file: Path, *, what: str) -> Export:
    """The same where the words of the file are known already."""
    segments = project.arrow("segments").select(["case_id", "text"])
    quotes = project.arrow("quotes").select(["case_id", "quote_id", "text"])
    entry = Export(
        datetime.now(UTC).isoformat(timespec="seconds"),
        what,
        _place(project, file),
        sha256,
        tuple(sorted(_those(segments, shown, "case_id") | _those(quotes, shown, "case_id"))),
        tuple(sorted(_those(quotes, shown, "quote_id"))),
        tuple(sorted(in_words(segments["case_id"]).unique().drop_null().to_pylist())),
    )
    before = project.keys.read(EXPORTS) or b""
    project.keys.write(EXPORTS, before + json.dumps(asdict(entry), ensure_ascii=False).encode() + b"\n")
    return entry


def _place(project: Project, file: Path) -> str:
    """Where a file lies: within the project, as it may be moved, else anywhere."""
    whole, inside = file.resolve(), project.path.resolve()
    return whole.relative_to(inside).as_posix() if inside in whole.parents else str(whole)


def exports_of(project: Project) -> list[Export]:
    """All files that left, oldest first; a line that cannot be read is left out."""
    found = []
    for line in (project.keys.read(EXPORTS) or b"").decode("utf-8", "replace").splitlines():
        try:
            found.append(_entry(json.loads(line)))
        except (ValueError, TypeError):
            continue
    return found


def _entry(said: dict[str, Any]) -> Export:
    lists = {name: tuple(said.get(name, ())) for name in ("cases", "quotes", "counted")}
    return Export(**{**said, **lists})


class Shown:
    """The words of a file, by which it is known whether somebody's words stand in it."""

    def __init__(self, texts: Iterable[str] = ()) -> None:
        self._runs: set[int] = set()
        self._whole: set[tuple[str, ...]] = set()
        self.add(texts)

    def add(self, texts: Iterable[str]) -> None:
        """Further words of the file, before anything is looked up."""
        for text in texts:
            words = keys(text)
            self._whole.add(words)
            self._runs.update(hash(words[i : i + _RUN]) for i in range(len(words) - _RUN + 1))

    def has(self, text: str) -> bool:
        """Whether eight words of the text in a row stand there; of a shorter one, all of it by itself."""
        words = keys(text)
        if len(words) < _RUN:
            return bool(words) and words in self._whole
        return any(hash(words[i : i + _RUN]) in self._runs for i in range(len(words) - _RUN + 1))

    def rows(self, texts: pa.ChunkedArray) -> list[int]:
        """Which of many texts `has` is true of: all are looked through at once, and few closely."""
        found = []
        for at in range(0, len(texts), _AT_ONCE):
            some = texts.slice(at, _AT_ONCE)
            possible = range(len(some)) if len(self._runs) > _MANY else self._possible(some)
            found += [at + row for row in possible if self.has(some[row].as_py() or "")]
        return found

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {word: n for n, word in enumerate({word for one in self._whole for word in one}, start=1)}

    @cached_property
    def _pairs(self) -> list[int]:
        """All neighbours, as one number each."""
        many, number = len(self._numbers) + 1, self._numbers
        return list({number[a] * many + number[b] for one in self._whole for a, b in pairwise(one)})

    def _possible(self, texts: pa.ChunkedArray) -> list[int]:
        """The texts with seven pairs of neighbours in a row that stand there; short ones of words that do."""
        import numpy as np

        words, rows = _numbered(texts, self._numbers)
        if not len(words):
            return []
        pairs = words[:-1] * (len(self._numbers) + 1) + words[1:]
        stands = np.isin(pairs, self._pairs) & (rows[:-1] == rows[1:])
        before = np.concatenate([[0], np.cumsum(stands)])
        long = np.flatnonzero(before[_RUN - 1 :] - before[: 1 - _RUN] == _RUN - 1)
        lengths, known = (np.bincount(one, minlength=len(texts)) for one in (rows, rows[words > 0]))
        short = np.flatnonzero((lengths < _RUN) & (lengths == known) & (lengths > 0))
        return sorted({*rows[long].tolist(), *short.tolist()})


def _numbered(texts: pa.ChunkedArray, numbers: Mapping[str, int]) -> tuple[Column, Column]:
    """The number of each word of all texts, 0 for one that has none, and the text that it is of."""
    import numpy as np
    import pyarrow.compute as pc

    # What stands between white space is put in words only once, and no word has white space in it.
    parts = pc.utf8_split_whitespace(pc.fill_null(in_words(texts), "")).combine_chunks()
    different = parts.flatten().dictionary_encode()
    words = [[numbers.get(word, 0) for word in keys(one)] for one in different.dictionary.to_pylist()]
    lengths = np.fromiter(map(len, words), dtype=np.int64, count=len(words))
    ends, part = np.cumsum(lengths), different.indices.to_numpy()
    own = lengths[part]
    # The places of each part's words among all those of the different ones.
    places = np.repeat(ends[part] - np.cumsum(own), own) + np.arange(own.sum())
    rows = np.repeat(pc.list_parent_indices(parts).to_numpy(), own)
    every = np.fromiter(chain.from_iterable(words), dtype=np.int64, count=int(lengths.sum()))
    return every[places], rows


def _those(rows: pa.Table, shown: Shown, column: str) -> set[str]:
    """The values of a column in the rows whose text is shown."""
    import pyarrow as pa

    said = rows.filter(rows[column].is_valid())
    found = pa.array(shown.rows(said["text"]), pa.int64())
    return set(in_words(said[column].take(found)).to_pylist())

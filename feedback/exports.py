"""Which files left the project, and whose words are in them: kept in private/, for those who withdraw."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from feedback.edits.text.words import keys
from feedback.project import Project

if TYPE_CHECKING:
    import pandas as pd

EXPORTS = "exports.jsonl"
# So many words in a row that stand in a file are no chance.
_RUN = 8


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
    segments, quotes = project.table("segments"), project.table("quotes")
    entry = Export(
        datetime.now(UTC).isoformat(timespec="seconds"),
        what,
        _place(project, file),
        hashlib.sha256(data).hexdigest(),
        tuple(sorted(_those(segments, shown, "case_id") | _those(quotes, shown, "case_id"))),
        tuple(sorted(_those(quotes, shown, "quote_id"))),
        tuple(sorted(set(segments["case_id"].dropna()))),
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

    def __init__(self, texts: Iterable[str]) -> None:
        self._runs: set[int] = set()
        self._whole: set[tuple[str, ...]] = set()
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


def _those(rows: pd.DataFrame, shown: Shown, column: str) -> set[str]:
    """The values of a column in the rows whose text is shown."""
    said = rows.dropna(subset=[column])
    return {str(value) for value, text in zip(said[column], said["text"], strict=True) if shown.has(text)}

"""A project: a folder with two files that people edit, private originals, tables and reports.

This is the only place that writes into it. Every write is atomic (temporary file, fsync, replace) and every
table carries a receipt that says what it was made from.
"""

from __future__ import annotations

import io
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from feedback import journal
from feedback.codebook import Codebook
from feedback.coding import MACHINES, follow
from feedback.disk import LEFTOVER, refuse_gone, said_clearly, write_bytes
from feedback.errors import FeedbackError
from feedback.keys import Keys
from feedback.parquet import content_hash, holds, parquet_bytes, receipt_of
from feedback.settings import FileRead, Settings
from feedback.settings.edit import with_file_read
from feedback.settings.read import load_settings
from feedback.tables import IN_PARTS, TABLES, conform, empty, schema, to_arrow, to_pandas

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

SETTINGS, THEMES, NAMES, MERGES = "feedback.yaml", "themes.yaml", "names.txt", "merges.yaml"
DECIDED = "factors.yaml"

_NEW_SETTINGS = """\
# Settings of this project. Everything has a default; `feedback guide settings` says what there is.
title: {title}
approach: codebook        # codebook, reflexive (no rankings, no agreement figures) or reliability
unit: sentence            # what is tagged: sentence, turn or answer

# What holds for people whose consent is not recorded in the participants table:
# none (leave them out), analysis (no quotes), internal (quotes inside your organisation), publication.
consent: analysis
"""


class Project:
    """An existing project folder. Raises FeedbackError when the folder is not one.

    passphrase: opens a locked project; without it the command line asks when it is needed. `keys` reads and
    writes the files of private/ that are no tables.
    """

    def __init__(self, path: str | os.PathLike[str], *, passphrase: str | None = None) -> None:
        self.path = Path(path)
        self.keys = Keys(self.path / "private", passphrase)
        self._seen: dict[str, tuple[int, int]] = {}
        if not (self.path / SETTINGS).is_file():
            raise FeedbackError(
                f"'{self.path}' is not a feedback project (it has no {SETTINGS})",
                hint="make one with `feedback new DIR`, or name yours with -p DIR",
            )

    @classmethod
    def create(cls, path: str | os.PathLike[str], *, themes: str, title: str = "") -> Project:
        """A new project folder with settings and the given theme list; what is there is never overwritten."""
        folder = Path(path)
        if (folder / SETTINGS).exists():
            raise FeedbackError(f"'{folder}' is a feedback project already", hint=f"use it with -p {folder}")
        if folder.exists() and not folder.is_dir():
            raise FeedbackError(f"'{folder}' is a file, not a folder", hint="choose another name")
        with said_clearly(folder):
            folder.mkdir(parents=True, exist_ok=True)
            for name, mode in (("private", 0o700), ("tables", 0o755), ("reports", 0o755)):
                (folder / name).mkdir(exist_ok=True)
                (folder / name).chmod(mode)
        if not (folder / THEMES).exists():
            write_bytes(folder / THEMES, themes.encode())
        named = json.dumps(title or folder.resolve().name, ensure_ascii=False)
        write_bytes(folder / SETTINGS, _NEW_SETTINGS.format(title=named).encode())
        return cls(folder)

    @property
    def settings(self) -> Settings:
        """The settings as they stand in feedback.yaml now."""
        return load_settings(self.path / SETTINGS)

    @property
    def codebook(self) -> Codebook:
        """The theme list as it stands in themes.yaml now."""
        return Codebook.load(self.path / THEMES)

    @property
    def themes_text(self) -> str:
        """The theme list as it was written, with its comments."""
        return (self.path / THEMES).read_text(encoding="utf-8-sig")

    def save_themes(self, text: str) -> None:
        """Puts another text in the place of the theme list, atomically."""
        write_bytes(self.path / THEMES, text.encode())

    @property
    def decided_text(self) -> str:
        """What people decided about push factors, as it was written; empty when nothing is."""
        file = self.path / DECIDED
        return file.read_text(encoding="utf-8-sig") if file.is_file() else ""

    def save_decided(self, text: str) -> None:
        """Puts another text in the place of what was decided about push factors, atomically."""
        write_bytes(self.path / DECIDED, text.encode())

    def file(self, table: str) -> Path:
        """Where a table lies."""
        folder = self.path if table.startswith("private/") else self.path / "tables"
        return folder / f"{table}.parquet"

    def parts(self, name: str) -> list[str]:
        """The parts of "tags" (one a coder) or "dropped" (one a stage) that are here, sorted."""
        return sorted(f"{name}/{file.stem}" for file in (self.path / "tables" / name).glob("*.parquet"))

    def table(self, name: str) -> pd.DataFrame:
        """A table; empty when it has not been made yet. "tags" holds all coders' tags.

        People's tags have the themes' present ids, even if a theme was renamed or merged since.
        """
        import pandas as pd

        if name in IN_PARTS:
            codebook = self.codebook if name == "tags" and self._people_coded() else None
            parts = [self._present(part, codebook) for part in self.parts(name)]
            # A coder's rows without a theme say "read, nothing said"; they are no tags.
            parts = [part.dropna(subset=["theme_id"]) if name == "tags" else part for part in parts]
            parts = [part for part in parts if len(part)]
            return conform(name, pd.concat(parts, ignore_index=True)) if parts else empty(name)
        if not self.file(name).exists():
            return empty(name)
        return self._present(name, self.codebook if _by_people(name) else None)

    def _present(self, name: str, codebook: Codebook | None) -> pd.DataFrame:
        """A table as it lies there; a person's tags under the present ids of their themes."""
        frame = self._read(name)
        return follow(frame, codebook) if codebook is not None and _by_people(name) else frame

    def _people_coded(self) -> bool:
        return any(_by_people(part) for part in self.parts("tags"))

    def _read(self, name: str) -> pd.DataFrame:
        return to_pandas(self._stored(name))

    def arrow(self, name: str) -> pa.Table:
        """A table as Arrow, a third of its size as a DataFrame; without rows when it has not been made yet.

        Dictionaries are decoded slice by slice (`tables.to_pandas`, `tables.decoded`). Not for "tags" and
        "dropped" as a whole, and people's tags stand under the ids they were written with.
        """
        return self._stored(name) if self.file(name).exists() else schema(name).empty_table()

    def _stored(self, name: str) -> pa.Table:
        """A table as it lies there, if its rows are those that were written: looked at once for each file."""
        table, file = self._lying_there(name), self.file(name).stat()
        seen = (file.st_mtime_ns, file.st_ino)
        if self._seen.get(name) != seen and not holds(table):
            raise FeedbackError(
                f"another program has changed the table '{name}' since it was written", hint=_remedy(name)
            )
        self._seen[name] = seen
        return table.replace_schema_metadata()

    def _lying_there(self, name: str) -> pa.Table:
        import pyarrow as pa
        import pyarrow.parquet as pq

        file = self.file(name)
        held = self.keys.read(_in_private(name)) if name.startswith("private/") else None
        try:
            return pq.read_table(file if held is None else io.BytesIO(held))
        except (pa.ArrowInvalid, OSError) as error:
            raise FeedbackError(
                f"the table '{name}' cannot be read ({file.name} is damaged)",
                hint=_remedy(name),
            ) from error

    def tables(self) -> dict[str, pd.DataFrame]:
        """All tables outside private/, by name."""
        return {name: self.table(name) for name in TABLES if not name.startswith("private/")}

    def save(
        self, name: str, frame: pd.DataFrame | pa.Table, receipt: Mapping[str, Any] | None = None
    ) -> None:
        """Writes a table atomically, with its receipt and the hash of its content inside the file."""
        refuse_gone(self.path / SETTINGS)
        table = to_arrow(name, frame)
        meta = {**(receipt or {}), "content": content_hash(table)}
        data = parquet_bytes(table, meta)
        if name.startswith("private/"):
            self.keys.write(_in_private(name), data, meta)
        else:
            write_bytes(self.file(name), data)

    def receipt(self, name: str) -> dict[str, Any]:
        """What a table was made from; empty when it is missing, damaged or not ours."""
        sealed = self.keys.receipt(_in_private(name)) if name.startswith("private/") else None
        if sealed is not None:
            return sealed
        return receipt_of(self.file(name))

    def receipt_in_private(self, file_name: str) -> dict[str, Any]:
        """The receipt of a file of private/; empty when it is no table."""
        stem, _, suffix = file_name.rpartition(".")
        return self.receipt(f"private/{stem}") if suffix == "parquet" else {}

    def content(self, name: str) -> str:
        """The hash of a table's rows, without reading them; "" when it is not there."""
        if name in IN_PARTS:
            return " ".join(f"{part}={self.content(part)}" for part in self.parts(name))
        return str(self.receipt(name).get("content", ""))

    def is_intact(self, name: str) -> bool:
        """Whether a table's rows are those that were written; FeedbackError where it cannot be read."""
        return holds(self._lying_there(name))

    def remember_names(self, names: list[str]) -> int:
        """Adds names to private/names.txt, which every run masks; gives how many were new."""
        known = (self.keys.read(NAMES) or b"").decode().splitlines()
        new = [name for name in dict.fromkeys(names) if name not in known]
        if new:
            self.keys.write(NAMES, "".join(f"{name}\n" for name in [*known, *new]).encode())
        return len(new)

    def remember_reading(self, file_name: str, entry: FileRead) -> bool:
        """Writes into feedback.yaml how a file is read; False, with nothing written, where a person must."""
        file = self.path / SETTINGS
        changed = with_file_read(file.read_bytes().decode("utf-8-sig"), file_name, entry)
        if changed is None:
            return False
        write_bytes(file, changed.encode())
        return True

    def note(self, act: str, **facts: Any) -> None:
        """Writes an act into the journal; facts are counts, ids and hashes."""
        who = {"who": name} if (name := self.settings.researcher) else {}
        with said_clearly(self.path):
            journal.write_entry(self.path / "private" / "journal.jsonl", act, {**who, **facts})

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Holds the project for one writer; leftovers of an interrupted one are swept first."""
        from filelock import FileLock, Timeout

        with said_clearly(self.path):
            (self.path / "private").mkdir(mode=0o700, exist_ok=True)
            lock = FileLock(self.path / "private" / ".lock", timeout=0, mode=0o600)
            try:
                lock.acquire()
            except Timeout as error:
                raise FeedbackError(
                    f"another feedback is at work in '{self.path}'",
                    hint="wait until it is done, then try again",
                ) from error
        try:
            self._sweep()
            yield
        finally:
            lock.release()

    def is_in_use(self) -> bool:
        """Whether another writer holds the project now."""
        from filelock import FileLock, Timeout

        file = self.path / "private" / ".lock"
        try:
            with FileLock(file, timeout=0, mode=0o600):
                return False
        except Timeout:
            return True
        except OSError:
            return False

    def _sweep(self) -> None:
        own = (self.path / folder for folder in ("private", "tables", "models", "reports"))
        found = [self.path.glob(f".*{LEFTOVER}"), *(folder.rglob(f".*{LEFTOVER}") for folder in own)]
        for leftover in chain.from_iterable(found):
            leftover.unlink(missing_ok=True)


def _by_people(name: str) -> bool:
    return name.startswith("tags/") and name.removeprefix("tags/") not in MACHINES


def _in_private(table: str) -> str:
    """The name in private/ of a private table's file."""
    return f"{table.removeprefix('private/')}.parquet"


def _remedy(name: str) -> str:
    if name in ("private/originals", "private/turns", "private/people", "cases", "documents"):
        return "restore it from a backup, or add the files to a new project"
    return "delete the file and run `feedback run`"

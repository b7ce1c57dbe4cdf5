"""A stage done shard by shard, by whoever works; what an earlier run has done of it is not done again.

A shard whose content, and all else that its result depends on, is what it was has the result that was kept in
private/kept, so that one more interview costs its own words. There are words in it, pseudonymised.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import struct
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import feedback
from feedback.arrows import give_back
from feedback.errors import FeedbackError
from feedback.pipeline.stretches import Shard
from feedback.project import Project
from feedback.scale import HERE, Lost, Work
from feedback.tagging.memory import digest_of

if TYPE_CHECKING:
    import pyarrow as pa

    from feedback.pipeline.stages import Context, Progress

    Tables = Mapping[str, pa.Table]

WORK, KEPT = "work", "kept"
MOST_KEPT = 128_000_000  # bytes of a step; of a larger one nothing is kept between runs
# Characters of several shards as one piece of work: of more a worker holds more, and is no quicker.
TOGETHER = 400_000
_SUM = 32
_NAMED = 5  # documents in an error


@dataclass(frozen=True)
class Task:
    """The work on one shard; `load` fetches what it is about, given the shard, when its turn comes.

    content: changes with what the work is about; empty where the result is kept for this run alone. known:
    tells the result where it was not kept by itself, and is known all the same.
    """

    shard: Shard
    load: Callable[[Shard], Any]
    content: str = ""
    known: Callable[[], Tables | None] = lambda: None


def by_shard(
    context: Context,
    stage: str,
    work: Work,
    shared: Callable[[], Any],
    tasks: Sequence[Task],
    progress: Progress,
    *,
    originals: bool = False,
    joint: bool = False,
    lasting: str = "",
    passing: Collection[str] = (),
) -> dict[str, pa.Table]:
    """The tables that `work(shared(), item)` makes of all tasks, each joined in the order of the tasks.

    shared: what holds for all of them; asked for once, and only where there is work. originals: whether there
    are words in it that were not pseudonymised; they never leave this machine. Of more than one task the
    results are kept in private/work until the run is over, so that a run that was broken off goes on where it
    was. lasting: all that `shared()` is made from, in words that change with it; then they are kept for later
    runs as well, by the content of the tasks. joint: whether several shards may be one piece of work, whose
    tables tell of which document each row is. passing: tables that need not be known of what was done before.
    Raises FeedbackError, when all else is done and kept, for shards whose work ended its worker again and
    again.
    """
    import pyarrow as pa

    kept = Kept(context.project, stage, context.receipts.get(stage.split(maxsplit=1)[0]), lasting=lasting)
    keeping = len(tasks) > 1
    found = [(kept.find(task) or task.known()) if keeping else None for task in tasks]
    missing = [at for at, tables in enumerate(found) if tables is None]
    groups = _together(tasks, missing, most=min(context.characters, TOGETHER) if joint else 0)
    workers = context.near if originals else context.workers
    workers = workers if len(groups) > 1 else HERE
    total = sum(task.shard.characters for task in tasks)
    ahead = total - sum(tasks[at].shard.characters for at in missing)
    lost: list[Shard] = []
    held = shared() if missing else None
    give_back()  # before there are several processes
    items = (tasks[group[0]].load(_joined(tasks, group)) for group in groups)
    with closing(workers.as_done(work, held, items)) as results:
        for number, result in results:
            group = groups[number]
            if isinstance(result, Lost):
                lost += [tasks[at].shard for at in group]
            else:
                parts = parted(result, [tasks[at].shard for at in group])
                for at, part in zip(group, parts, strict=True):
                    found[at] = part
                    if keeping:
                        kept.keep(tasks[at], {name: part[name] for name in part if name not in passing})
            ahead += sum(tasks[at].shard.characters for at in group)
            progress(ahead, total)
            give_back()
    if lost:
        raise _given_up(stage, lost)
    if keeping:
        kept.settle(tasks)
    made = [tables for tables in found if tables is not None]
    names = dict.fromkeys(name for tables in made for name in tables)
    return {name: pa.concat_tables([tables[name] for tables in made if name in tables]) for name in names}


def _together(tasks: Sequence[Task], missing: Sequence[int], *, most: int) -> list[list[int]]:
    """The tasks that are missing, those of whole documents together up to so many characters.

    Much is quicker for many texts at a time; what is found in each is the same.
    """
    groups: list[list[int]] = []
    size = 0
    for at in missing:
        shard = tasks[at].shard
        alone = any(one.start for one in shard.stretches) or shard.characters > most
        if groups and not alone and size and size + shard.characters <= most:
            groups[-1].append(at)
            size += shard.characters
        else:
            groups.append([at])
            size = 0 if alone else shard.characters
    return groups


def _joined(tasks: Sequence[Task], group: Sequence[int]) -> Shard:
    return Shard(tuple(one for at in group for one in tasks[at].shard.stretches))


def parted(tables: Tables, shards: Sequence[Shard]) -> list[dict[str, pa.Table]]:
    """The rows of tables by the shards whose documents they are about; what is about none is the first's."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    if len(shards) == 1:
        return [dict(tables)]
    found: list[dict[str, pa.Table]] = [{} for _ in shards]
    names = [(one.document_id, at) for at, shard in enumerate(shards) for one in shard.stretches]
    whose = np.array([at for _, at in names])
    for name, table in tables.items():
        if _about(table) is None:
            found[0][name] = table
            continue
        place = pc.index_in(_about(table), pa.array([one for one, _ in names], pa.string()))
        own = whose[np.asarray(place.combine_chunks())]
        rows = table.take(pa.array(np.argsort(own, kind="stable")))
        ends = np.searchsorted(np.sort(own), range(len(shards) + 1))
        for at, (start, end) in enumerate(pairwise(ends.tolist())):
            found[at][name] = rows.slice(start, end - start)
    return found


def _about(table: pa.Table) -> pa.ChunkedArray | None:
    """The document of each row, where it has one."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if "document_id" in table.column_names:
        return table["document_id"].cast(pa.string())
    if "segment_id" in table.column_names:
        return pc.replace_substring_regex(table["segment_id"].cast(pa.string()), ":.*", "")
    return None


def _given_up(stage: str, lost: Sequence[Shard]) -> FeedbackError:
    ids = list(dict.fromkeys(one.document_id for shard in lost for one in shard.stretches))
    named = ", ".join(ids[:_NAMED]) + (f" and {len(ids) - _NAMED} more" if len(ids) > _NAMED else "")
    return FeedbackError(
        f"'{stage}' ended its process again and again on {named}; the rest of it is done and kept",
        hint="look for something unusual in these documents (`feedback read`), or give it more memory; "
        "`feedback run` goes on from here",
    )


class Kept:
    """Results of shards, each whole or not there, sealed where the project is locked.

    They are named by what they were made from: those in private/kept by the content of the shard, `lasting`
    and this version of the tool; those in private/work by the receipt of the stage and the shard. One that is
    damaged counts as absent. Without a receipt nothing is kept.
    """

    def __init__(
        self, project: Project, stage: str, receipt: Mapping[str, Any] | None, *, lasting: str = ""
    ) -> None:
        self._keys, self._stage, self._receipt, self._lasting = project.keys, stage, receipt, lasting

    def find(self, task: Task) -> dict[str, pa.Table] | None:
        """What was kept; None when there is nothing, or nothing whole."""
        if self._receipt is None:
            return None
        # What cannot be opened is made again, which is all that it is good for.
        with suppress(FeedbackError):
            data = self._keys.read(self._name(task))
            return _tables(data) if data is not None else None
        return None

    def keep(self, task: Task, tables: Tables) -> None:
        """Keeps the result."""
        if self._receipt is not None:
            self._keys.write(self._name(task), _bytes(tables))

    def settle(self, tasks: Sequence[Task]) -> None:
        """Leaves of what lasts only what these tasks use."""
        if self._receipt is not None and self._lasting:
            used = {self._name(task) for task in tasks}
            for file in (self._keys.folder / KEPT).glob(f"{self._stage}-*.arrow"):
                if f"{KEPT}/{file.name}" not in used:
                    file.unlink(missing_ok=True)

    def _name(self, task: Task) -> str:
        lasts = bool(self._lasting and task.content)
        told = [made_by(), self._lasting, task.content] if lasts else [self._receipt, repr(task.shard)]
        made_from = json.dumps([_version(), *told], sort_keys=True)
        folder, name = KEPT if lasts else WORK, hashlib.sha256(made_from.encode()).hexdigest()[:32]
        return f"{folder}/{self._stage}-{name}.arrow"


@cache
def _version() -> str:
    return version("feedback")


@cache
def made_by() -> str:
    """Changes with every line of the tool, and with the weights and packages that its rules go by."""
    told = hashlib.sha256(digest_of("kept"))
    for file in sorted(Path(feedback.__file__).parent.rglob("*.py")):
        told.update(file.read_bytes())
    return told.hexdigest()


def sweep(project: Project) -> None:
    """Deletes what is kept of shards for one run, and what is too much to be kept for another."""
    shutil.rmtree(project.path / "private" / WORK, ignore_errors=True)
    by_step: dict[str, list[Path]] = {}
    for file in (project.path / "private" / KEPT).glob("*.arrow"):
        by_step.setdefault(file.name.rpartition("-")[0], []).append(file)
    for files in by_step.values():
        if sum(file.stat().st_size for file in files) > MOST_KEPT:
            for file in files:
                file.unlink(missing_ok=True)


def forget_kept(project: Project) -> None:
    """Deletes all that is kept of shards."""
    for name in (WORK, KEPT):
        shutil.rmtree(project.path / "private" / name, ignore_errors=True)


def _bytes(tables: Tables) -> bytes:
    """A checksum, then of each table the length of its name, its name, its length and itself."""
    import pyarrow as pa

    parts = []
    for name, table in tables.items():
        sink = pa.BufferOutputStream()
        with pa.ipc.new_stream(sink, table.schema, options=pa.ipc.IpcWriteOptions(compression="lz4")) as out:
            out.write_table(table)
        data = sink.getvalue()
        parts += [struct.pack("<HQ", len(name), len(data)), name.encode(), data]
    content = b"".join(parts)
    return hashlib.sha256(content).digest() + content


def _tables(data: bytes) -> dict[str, pa.Table] | None:
    import pyarrow as pa

    content = memoryview(data)[_SUM:]
    if hashlib.sha256(content).digest() != data[:_SUM]:
        return None
    tables, at, head = {}, 0, struct.calcsize("<HQ")
    while at < len(content):
        name, size = struct.unpack_from("<HQ", content, at)
        start = at + head + name
        tables[bytes(content[at + head : start]).decode()] = pa.ipc.open_stream(
            content[start : start + size]
        ).read_all()
        at = start + size
    return tables

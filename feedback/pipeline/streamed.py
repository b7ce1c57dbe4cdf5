"""A stage done shard by shard, by whoever works; what an earlier run has done of it is not done again."""

from __future__ import annotations

import hashlib
import json
import shutil
import struct
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from feedback.errors import FeedbackError
from feedback.pipeline.shards import Shard
from feedback.project import Project
from feedback.scale import HERE, Lost, Work

if TYPE_CHECKING:
    import pyarrow as pa

    from feedback.pipeline.stages import Context, Progress

    Tables = Mapping[str, pa.Table]

WORK = "work"
_SUM = 32
_NAMED = 5  # documents in an error


@dataclass(frozen=True)
class Task:
    """The work on one shard; `load` fetches what it is about when its turn comes."""

    shard: Shard
    load: Callable[[], Any]


def by_shard(
    context: Context,
    stage: str,
    work: Work,
    shared: Any,
    tasks: Sequence[Task],
    progress: Progress,
    *,
    originals: bool = False,
) -> dict[str, pa.Table]:
    """The tables that `work(shared, item)` makes of all tasks, each joined in the order of the tasks.

    originals: whether there are words in it that were not pseudonymised; they never leave this machine.
    Of more than one task the results are kept in private/work until the run is over, so that a run that was
    broken off goes on where it was. Raises FeedbackError, when all else is done and kept, for shards whose
    work ended its worker again and again.
    """
    import pyarrow as pa

    kept = Kept(context.project, stage, context.receipts.get(stage))
    keeping = len(tasks) > 1
    found = [kept.find(task.shard) if keeping else None for task in tasks]
    missing = [at for at, tables in enumerate(found) if tables is None]
    workers = context.near if originals else context.workers
    workers = workers if len(missing) > 1 else HERE
    total = sum(task.shard.characters for task in tasks)
    ahead = total - sum(tasks[at].shard.characters for at in missing)
    lost: list[Shard] = []
    with closing(workers.as_done(work, shared, (tasks[at].load() for at in missing))) as results:
        for number, result in results:
            at = missing[number]
            if isinstance(result, Lost):
                lost.append(tasks[at].shard)
            else:
                found[at] = result
                if keeping:
                    kept.keep(tasks[at].shard, result)
            ahead += tasks[at].shard.characters
            progress(ahead, total)
    if lost:
        raise _given_up(stage, lost)
    made = [tables for tables in found if tables is not None]
    return {name: pa.concat_tables([tables[name] for tables in made]) for name in (made[0] if made else ())}


def _given_up(stage: str, lost: Sequence[Shard]) -> FeedbackError:
    ids = list(dict.fromkeys(one.document_id for shard in lost for one in shard.stretches))
    named = ", ".join(ids[:_NAMED]) + (f" and {len(ids) - _NAMED} more" if len(ids) > _NAMED else "")
    return FeedbackError(
        f"'{stage}' ended its process again and again on {named}; the rest of it is done and kept",
        hint="look for something unusual in these documents (`feedback read`), or give it more memory; "
        "`feedback run` goes on from here",
    )


class Kept:
    """Results of shards in private/work: each whole or not there, sealed where the project is locked.

    They are named by what they were made from, the receipt of the stage and the shard. One that is damaged
    counts as absent. Without a receipt nothing is kept.
    """

    def __init__(self, project: Project, stage: str, receipt: Mapping[str, Any] | None) -> None:
        self._keys, self._stage, self._receipt = project.keys, stage, receipt

    def find(self, shard: Shard) -> dict[str, pa.Table] | None:
        """What was kept; None when there is nothing, or nothing whole."""
        if self._receipt is None:
            return None
        # What cannot be opened is made again, which is all that it is good for.
        with suppress(FeedbackError):
            data = self._keys.read(self._name(shard))
            return _tables(data) if data is not None else None
        return None

    def keep(self, shard: Shard, tables: Tables) -> None:
        """Keeps the result."""
        if self._receipt is not None:
            self._keys.write(self._name(shard), _bytes(tables))

    def _name(self, shard: Shard) -> str:
        made_from = json.dumps([version("feedback"), self._receipt, repr(shard)], sort_keys=True)
        return f"{WORK}/{self._stage}-{hashlib.sha256(made_from.encode()).hexdigest()[:32]}.arrow"


def sweep(project: Project) -> None:
    """Deletes what is kept of shards."""
    shutil.rmtree(project.path / "private" / WORK, ignore_errors=True)


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

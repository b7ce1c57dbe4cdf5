"""Work spread over processes: the same results in the same order, however many there are.

Work is a function that can be imported by its name, `work(shared, item)`: `shared` is the same for all items.
What a worker warns of is told where the work was given out.
"""

from __future__ import annotations

import hashlib
import os
import pickle
import signal
import warnings
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from threading import Thread
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

Work = Callable[[Any, Any], Any]
# How often an item may end the process that works on it before it is given up.
DEATHS = 3
_ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


@dataclass(frozen=True, slots=True)
class Lost:
    """What stands in the place of a result when the item's work ended its worker again and again."""

    deaths: int = DEATHS


class Workers(Protocol):
    """Whoever does the work; `jobs` items are in work at once."""

    @property
    def jobs(self) -> int:
        """How many items are worked on at once."""

    def map(self, work: Work, shared: Any, items: Iterable[Any]) -> Iterator[Any]:
        """The results in the order of the items, `Lost` for some. Items are fetched as they are needed."""


class Here:
    """This process, one item after the other."""

    jobs = 1

    def map(self, work: Work, shared: Any, items: Iterable[Any]) -> Iterator[Any]:
        """The results in order."""
        for item in items:
            yield work(shared, item)


HERE = Here()


class Processes:
    """A pool of processes on this machine, started when the first work comes.

    They end with this process, however it ends. Work that ends its process is done again alone.
    """

    def __init__(self, jobs: int) -> None:
        self.jobs = jobs
        self._pool: ProcessPoolExecutor | None = None
        self._leash: Connection | None = None

    def map(self, work: Work, shared: Any, items: Iterable[Any]) -> Iterator[Any]:
        """The results in order; no more than twice as many items as processes are held at once."""
        packed = packed_once(shared)
        flying: deque[tuple[Any, Future[Done] | None]] = deque()
        for item in items:
            flying.append((item, self._given(work, packed, item)))
            if len(flying) >= 2 * self.jobs:
                yield self._landed(work, packed, *flying.popleft())
        while flying:
            yield self._landed(work, packed, *flying.popleft())

    def close(self) -> None:
        """Ends the processes, even those at work."""
        pool, leash = self._pool, self._leash
        self._pool = self._leash = None
        if leash is not None:
            leash.close()
        if pool is not None:
            pool.shutdown(wait=False, cancel_futures=True)

    def _given(self, work: Work, packed: Packed, item: Any) -> Future[Done] | None:
        """The work under way; None when the processes have just ended."""
        if self._pool is None:
            self._pool, self._leash = _started(self.jobs)
        try:
            return self._pool.submit(done, work, packed, item)
        except BrokenExecutor:
            self.close()
            return None

    def _landed(self, work: Work, packed: Packed, item: Any, future: Future[Done] | None) -> Any:
        try:
            if future is not None:
                return told(future.result())
        except BrokenExecutor:
            # Nobody knows whose work it was; all that was under way is done again, each alone.
            self.close()
        return _alone(work, packed, item)


def _alone(work: Work, packed: Packed, item: Any) -> Any:
    """The work of one item in a process of its own."""
    for _ in range(DEATHS):
        pool, leash = _started(1)
        try:
            return told(pool.submit(done, work, packed, item).result())
        except BrokenExecutor:
            continue
        finally:
            leash.close()
            pool.shutdown(wait=False, cancel_futures=True)
    return Lost()


def _started(jobs: int) -> tuple[ProcessPoolExecutor, Connection]:
    """A pool, and what its processes hang on: they end when it is closed, as when this process ends."""
    spawn = get_context("spawn")
    held, leash = spawn.Pipe(duplex=False)
    return ProcessPoolExecutor(jobs, spawn, _begin, (held,)), leash


def _begin(held: Connection) -> None:
    """Makes a process a worker: Ctrl-C is for whoever gave the work out, and one thread is enough."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.environ.update(dict.fromkeys(_ONE_THREAD, "1"))
    Thread(target=_end_with, args=(held,), daemon=True).start()


def _end_with(held: Connection) -> None:
    held.poll(None)
    os._exit(1)


@dataclass(frozen=True, slots=True)
class Packed:
    """What all items share, pickled once, and its digest, by which a worker knows it again."""

    digest: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Done:
    """A result, and the tool's own warnings on the way to it."""

    result: Any
    warned: tuple[Warning, ...] = ()


def packed_once(shared: Any) -> Packed:
    """Ready to be sent to workers."""
    data = pickle.dumps(shared, protocol=pickle.HIGHEST_PROTOCOL)
    return Packed(hashlib.sha256(data).hexdigest(), data)


_HELD: dict[str, Any] = {}


def done(work: Work, packed: Packed, item: Any) -> Done:
    """Does the work of one item in a worker."""
    if packed.digest not in _HELD:
        _HELD.clear()
        _HELD[packed.digest] = pickle.loads(packed.data)
    with warnings.catch_warnings(record=True) as heard:
        warnings.simplefilter("always")
        result = work(_HELD[packed.digest], item)
    own = [one.message for one in heard if one.category.__module__.startswith("feedback.")]
    return Done(result, tuple(one for one in own if isinstance(one, Warning)))


def told(one: Done) -> Any:
    """The result of a worker, after its warnings were told here."""
    for warning in one.warned:
        warnings.warn(warning, stacklevel=2)
    return one.result


@contextmanager
def workers(jobs: int = 1) -> Iterator[Workers]:
    """Within it, workers: this process, or `jobs` processes of this machine, which end with it."""
    if jobs <= 1:
        yield HERE
        return
    pool = Processes(jobs)
    try:
        yield pool
    finally:
        pool.close()

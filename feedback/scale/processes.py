"""A pool of processes on this machine."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Future, ProcessPoolExecutor, wait
from multiprocessing import get_context
from threading import Thread
from typing import TYPE_CHECKING, Any

from feedback.scale.work import DEATHS, Done, Lost, Packed, Work, done, packed_once, told

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

_ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


class Processes:
    """A pool of processes, started when the first work comes.

    They end with this process, however it ends. Work that ends its process is done again alone.
    """

    near = True

    def __init__(self, jobs: int) -> None:
        self.jobs = jobs
        self._pool: ProcessPoolExecutor | None = None
        self._leash: Connection | None = None

    def as_done(self, work: Work, shared: Any, items: Iterable[Any]) -> Iterator[tuple[int, Any]]:
        """The results as they are done; one item more than there are processes is held at once."""
        packed, waiting = packed_once(shared), enumerate(items)
        flying: dict[Future[Done], tuple[int, Any]] = {}
        suspects: list[tuple[int, Any]] = []
        while True:
            while len(flying) <= self.jobs and (one := next(waiting, None)):
                future = self._given(work, packed, one[1])
                flying.update({future: one} if future else {})
                suspects += [] if future else [one]
            if not flying:
                break
            for future in wait(flying, return_when=FIRST_COMPLETED).done:
                one = flying.pop(future)
                try:
                    yield one[0], told(future.result())
                except BrokenExecutor:
                    # Nobody knows whose work it was; all that was under way is done again, each alone.
                    self.close()
                    suspects.append(one)
        for number, item in suspects:
            yield number, _alone(work, packed, item)

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

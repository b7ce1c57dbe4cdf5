"""Processes on this machine."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Future, ProcessPoolExecutor, wait
from dataclasses import replace
from multiprocessing import get_context
from threading import Thread
from typing import TYPE_CHECKING, Any

from feedback.scale.work import DEATHS, Done, Lost, Packed, Results, Work, done, hold, packed_once, told

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

_ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


class Processes:
    """So many processes for each piece of work; they end with it and with this process, however it ends.

    Work that ends its process is done again alone.
    """

    near = True

    def __init__(self, jobs: int) -> None:
        self.jobs = jobs

    def as_done(self, work: Work, shared: Any, items: Iterable[Any]) -> Results:
        """The results as they are done; one item more than there are processes is held at once."""
        packed, waiting = packed_once(shared), enumerate(items)
        suspects: list[tuple[int, Any]] = []
        while (first := next(waiting, None)) is not None:
            with _Pool(self.jobs, packed) as pool:
                yield from pool.as_done(work, first, waiting, suspects)
        for number, item in suspects:
            yield number, _alone(work, packed, item)


class _Pool:
    """Processes that share something, which each is sent once, and end together."""

    def __init__(self, jobs: int, packed: Packed) -> None:
        spawn = get_context("spawn")
        held, self._leash = spawn.Pipe(duplex=False)
        self._jobs, self._packed = jobs, replace(packed, data=b"")
        self._pool = ProcessPoolExecutor(jobs, spawn, _begin, (held, [packed]))

    def __enter__(self) -> _Pool:
        return self

    def __exit__(self, *_: object) -> None:
        self._leash.close()
        self._pool.shutdown(wait=False, cancel_futures=True)

    def given(self, work: Work, item: Any) -> Future[Done]:
        """The work under way."""
        return self._pool.submit(done, work, self._packed, item)

    def as_done(
        self,
        work: Work,
        first: tuple[int, Any],
        waiting: Iterator[tuple[int, Any]],
        suspects: list[tuple[int, Any]],
    ) -> Iterator[tuple[int, Any]]:
        """The results until nothing is left or a process has died; then what was under way is suspect."""
        flying = {self.given(work, first[1]): first}
        following: tuple[int, Any] | None = first
        broken = False
        while flying:
            while not broken and len(flying) <= self._jobs and (following := next(waiting, None)):
                try:
                    flying[self.given(work, following[1])] = following
                except BrokenExecutor:
                    suspects.append(following)
                    broken = True
            for future in wait(flying, return_when=FIRST_COMPLETED).done:
                one = flying.pop(future)
                try:
                    yield one[0], told(future.result())
                except BrokenExecutor:
                    # Nobody knows whose work it was.
                    suspects.append(one)
                    broken = True


def _alone(work: Work, packed: Packed, item: Any) -> Any:
    """The work of one item in a process of its own."""
    for _ in range(DEATHS):
        with _Pool(1, packed) as pool:
            try:
                return told(pool.given(work, item).result())
            except BrokenExecutor:
                continue
    return Lost()


def _begin(held: Connection, packed: list[Packed]) -> None:
    """Makes a process a worker: Ctrl-C is for whoever gave the work out, and one thread is enough.

    packed: one, taken out of the list, since what a process is begun with stays in memory as long as it.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.environ.update(dict.fromkeys(_ONE_THREAD, "1"))
    Thread(target=_end_with, args=(held,), daemon=True).start()
    hold(packed.pop())


def _end_with(held: Connection) -> None:
    held.poll(None)
    os._exit(1)

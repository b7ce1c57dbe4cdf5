"""Work spread over processes and machines: the same results, wherever it is done."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import closing
from typing import Any

from feedback.scale.work import Lost, Results, Work, Workers

__all__ = ["HERE", "Here", "Lost", "Work", "Workers", "in_order", "workers"]


class Here:
    """This process, one item after the other."""

    jobs = 1
    near = True

    def as_done(self, work: Work, shared: Any, items: Iterable[Any]) -> Results:
        """The results in order."""
        for number, item in enumerate(items):
            yield number, work(shared, item)


HERE = Here()


def in_order(found: Results) -> Iterator[Any]:
    """The results of `as_done` in the order of their items; those that are early wait in memory."""
    early: dict[int, Any] = {}
    following = 0
    with closing(found):
        for number, result in found:
            early[number] = result
            while following in early:
                yield early.pop(following)
                following += 1


def workers(jobs: int = 1) -> Workers:
    """This process, or `jobs` processes of this machine."""
    from feedback.scale.processes import Processes

    return HERE if jobs <= 1 else Processes(jobs)

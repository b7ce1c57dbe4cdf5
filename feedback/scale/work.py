"""Work on its way to a worker and back: what it shares, what the worker must be, and what it warned of."""

from __future__ import annotations

import hashlib
import pickle
import warnings
from collections.abc import Callable, Generator, Iterable
from dataclasses import dataclass
from typing import Any, Protocol

from feedback.arrows import give_back
from feedback.errors import FeedbackError
from feedback.scale.versions import Versions, differences

Work = Callable[[Any, Any], Any]
# Item numbers and results; whoever stops halfway closes it, which ends the work.
Results = Generator[tuple[int, Any], None, None]
# How often an item may end the process that works on it before it is given up.
DEATHS = 3


class Workers(Protocol):
    """Whoever does the work. Work is a function that can be imported by its name, `work(shared, item)`."""

    @property
    def jobs(self) -> int:
        """How many items are worked on at once."""

    @property
    def near(self) -> bool:
        """Whether the workers see the same files."""

    def as_done(self, work: Work, shared: Any, items: Iterable[Any]) -> Results:
        """The number and the result of each item, or `Lost`, as they are done.

        Items are fetched as they are needed, few at a time. What a worker warns of is told here.
        """


@dataclass(frozen=True, slots=True)
class Lost:
    """What stands in the place of a result when the item's work ended its worker again and again."""


@dataclass(frozen=True, slots=True)
class Packed:
    """What all items share, pickled once, with its digest; and what a worker must be."""

    digest: str
    data: bytes
    versions: Versions | None = None


@dataclass(frozen=True, slots=True)
class Done:
    """A result, and the tool's own warnings on the way to it."""

    result: Any
    warned: tuple[Warning, ...] = ()


def packed_once(shared: Any, versions: Versions | None = None) -> Packed:
    """Ready to be sent to workers."""
    data = pickle.dumps(shared, protocol=pickle.HIGHEST_PROTOCOL)
    return Packed(hashlib.sha256(data).hexdigest(), data, versions)


_HELD: dict[str, Any] = {}


def hold(packed: Packed) -> Any:
    """What was packed, unpacked once in a process; FeedbackError for a worker with other versions."""
    if packed.digest not in _HELD:
        if packed.versions is not None and (other := differences(packed.versions)):
            raise FeedbackError(f"a worker has another {other[0]}", hint="all need the same versions")
        _HELD.clear()
        _HELD[packed.digest] = pickle.loads(packed.data)
    return _HELD[packed.digest]


def done(work: Work, packed: Packed, item: Any) -> Done:
    """Does the work of one item in a worker."""
    with warnings.catch_warnings(record=True) as heard:
        warnings.simplefilter("always")
        result = work(hold(packed), item)
    give_back()
    own = [one.message for one in heard if one.category.__module__.startswith("feedback.")]
    return Done(result, tuple(one for one in own if isinstance(one, Warning)))


def told(one: Done) -> Any:
    """The result of a worker, after its warnings were told here."""
    for warning in one.warned:
        warnings.warn(warning, stacklevel=2)
    return one.result

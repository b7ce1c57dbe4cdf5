"""Workers of a dask cluster, on this machine or others: lost workers and a lost scheduler are borne with.

What is sent is what the stages give: rendered text, never originals. dask's own settings say where the
certificates are (https://distributed.dask.org, "TLS/SSL").
"""

from __future__ import annotations

import queue
import time
import warnings
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from importlib import import_module
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from feedback.errors import FeedbackError
from feedback.scale.versions import Versions, differences, probe
from feedback.scale.work import DEATHS, Lost, Packed, Results, Work, done, packed_once, told

LOCAL = "local"
PATIENCE_S = 120.0  # how long a cluster without a scheduler or without workers is waited for
_LOOK_S = 0.5
_GO_ON = "what is done is kept: `feedback run` goes on from there, with a cluster or without"


class ClusterNote(UserWarning):
    """What a person should know of the cluster."""


@contextmanager
def opened(
    address: str, *, jobs: int, versions: Versions, insecure: bool = False, patience_s: float = PATIENCE_S
) -> Iterator[Cluster]:
    """Within it, the workers of a cluster.

    address: of its scheduler, or "local" for `jobs` processes of this machine. versions: what every worker
    must have. insecure: whether a cluster may be used whose connections anybody in its network can read and
    use. Raises FeedbackError when dask is not installed, the address is no address or not safe, nobody
    answers, or a worker has other versions.
    """
    _distributed()
    if address != LOCAL:
        refuse_unsafe(address, insecure=insecure)
    with (
        _local(jobs)
        if address == LOCAL
        else _far(address, insecure=insecure, patience_s=patience_s) as connect
    ):
        cluster = Cluster(connect, versions, patience_s)
        try:
            cluster.check()
            yield cluster
        finally:
            cluster.close()


def refuse_unsafe(address: str, *, insecure: bool) -> None:
    """FeedbackError for an address that is none, and for one over which others could read along."""
    parts = urlsplit(address if "://" in address else f"tcp://{address}")
    if parts.scheme not in ("tls", "tcp") or not parts.hostname:
        raise FeedbackError(
            f"'{address}' is not the address of a cluster",
            hint="it looks like tls://scheduler:8786; or `--cluster local` for processes of this machine",
        )
    if parts.scheme == "tcp" and not insecure and not _loopback(parts.hostname):
        raise FeedbackError(
            f"'{address}' is not encrypted: others in the network could read along and take over the workers",
            hint="use tls:// with certificates; `--insecure-cluster` if the network is yours alone",
        )


@dataclass
class _Under:
    """What is under way on the cluster: the futures with what they are of, and those that have come back."""

    way: dict[Any, tuple[int, Any]] = field(default_factory=dict)
    back: queue.SimpleQueue[Any] = field(default_factory=queue.SimpleQueue)


@dataclass
class _Sent:
    """What all items share, and where it is on the cluster: sent once, not with every item."""

    packed: Packed
    to: Any = None
    there: Any = None


class Cluster:
    """A cluster that can be worked on; `connect` gives a client."""

    near = False

    def __init__(self, connect: Callable[[], Any], versions: Versions, patience_s: float) -> None:
        self._connect, self._versions, self._patience = connect, versions, patience_s
        self._client = connect()

    @property
    def jobs(self) -> int:
        """How many items the workers that are there now work on at once."""
        return max(1, sum(map(int, self._client.nthreads().values())))

    def check(self) -> None:
        """FeedbackError when there are no workers, or one that would give other results."""
        with suppress(TimeoutError):
            self._client.wait_for_workers(1, timeout=self._patience)
        if not self._client.nthreads():
            raise FeedbackError("the cluster has no workers", hint="start some with `dask worker ADDRESS`")
        other: dict[str, Any] = self._client.run(_differences, self._versions)
        for worker, found in sorted(other.items()):
            if isinstance(found, str):
                raise FeedbackError(f"the worker {worker} cannot run feedback: {found}", hint=_SAME)
            if found:
                raise FeedbackError(f"the worker {worker} has another {'; '.join(found)}", hint=_SAME)
        wanted = probe(self._versions.embedder, self._versions.root)
        given = set(self._client.run(probe, self._versions.embedder, self._versions.root).values())
        if given != {wanted}:
            warnings.warn(
                "the workers have other processors than this machine, so the last digits of vectors differ, "
                "and a few tags may differ from those without a cluster",
                ClusterNote,
                stacklevel=2,
            )

    def close(self) -> None:
        """Lets go of the cluster."""
        self._client.close()

    def as_done(self, work: Work, shared: Any, items: Iterable[Any]) -> Results:
        """The results as they are done; an item that seems to end its workers is done again, alone."""
        packed, waiting = _Sent(packed_once(shared, self._versions)), enumerate(items)
        again: list[tuple[int, Any]] = []
        suspects: list[tuple[int, Any]] = []
        under = _Under()
        try:
            while True:
                most = 2 * self.jobs
                while len(under.way) < most and (one := again.pop() if again else next(waiting, None)):
                    self._give(work, packed, one, under)
                if not under.way:
                    break
                one, result = self._come_back(under)
                if result is _CANCELLED:
                    again.append(one)
                elif isinstance(result, Lost):
                    suspects.append(one)
                else:
                    yield one[0], told(result)
            for one in suspects:
                yield one[0], self._alone(work, packed, one)
        finally:
            with suppress(Exception):
                self._client.cancel(list(under.way), force=True)

    def _alone(self, work: Work, packed: _Sent, one: tuple[int, Any]) -> Any:
        """One item while nothing else is under way, so that nothing else is to blame."""
        under = _Under()
        result: Any = _CANCELLED
        while result is _CANCELLED:
            self._give(work, packed, one, under)
            _, result = self._come_back(under)
        return result if isinstance(result, Lost) else told(result)

    def _give(self, work: Work, packed: _Sent, one: tuple[int, Any], under: _Under) -> None:
        with warnings.catch_warnings():
            # dask would rather have large things scattered, but what is scattered is lost with its worker.
            warnings.simplefilter("ignore", UserWarning)
            if packed.to is not self._client or packed.there.status == "cancelled":
                packed.to, packed.there = self._client, self._client.submit(_same, packed.packed, pure=False)
            future = self._client.submit(done, work, packed.there, one[1], pure=False)
        under.way[future] = one
        future.add_done_callback(under.back.put)

    def _come_back(self, under: _Under) -> tuple[tuple[int, Any], Any]:
        """The next item that has come back and its result: `Lost`; _CANCELLED when it must be given again."""
        from concurrent.futures import CancelledError

        killed = _distributed().KilledWorker
        future = self._next(under)
        one = under.way.pop(future)
        try:
            return one, future.result()
        except killed:
            return one, Lost()
        except (CancelledError, OSError, TimeoutError):
            self._reach()
            return one, _CANCELLED

    def _next(self, under: _Under) -> Any:
        """The next future that is done, finished or not. FeedbackError when no worker is left to do it."""
        alone_since: float | None = None
        while True:
            with suppress(queue.Empty):
                return under.back.get(timeout=min(_LOOK_S, self._patience))
            if self._client.status == "closed":
                # Nothing will be told of what was under way.
                return next(iter(under.way))
            if self._client.nthreads():
                alone_since = None
            elif alone_since is None:
                alone_since = time.monotonic()
            elif time.monotonic() - alone_since > self._patience:
                raise FeedbackError("the cluster has no workers any more", hint=_GO_ON)

    def _reach(self) -> None:
        """Waits for a scheduler that has gone; FeedbackError when it does not come back."""
        since = time.monotonic()
        while self._client.status != "running":
            if time.monotonic() - since > self._patience:
                raise FeedbackError("the cluster's scheduler cannot be reached any more", hint=_GO_ON)
            if self._client.status == "closed":
                with suppress(FeedbackError):
                    self._client = self._connect()
            time.sleep(0.1)


def _same(packed: Packed) -> Packed:
    return packed


_CANCELLED = object()
_SAME = "install the same versions of feedback and its packages on all machines, with the same model"


def _differences(wanted: Versions) -> list[str] | str:
    """How a worker differs; text when it cannot even say so."""
    try:
        return differences(wanted)
    except Exception as error:
        return f"{type(error).__name__}: {error}"


@contextmanager
def _local(jobs: int) -> Iterator[Callable[[], Any]]:
    """A cluster of processes of this machine, encrypted, since others may have accounts on it."""
    import dask

    distributed = _distributed()
    chosen = {"distributed.scheduler.allowed-failures": DEATHS - 1, "distributed.worker.memory.spill": False}
    with dask.config.set(chosen):
        security = distributed.Security.temporary()
        cluster = distributed.LocalCluster(
            n_workers=max(1, jobs), threads_per_worker=1, processes=True, dashboard_address=None,
            host="tls://127.0.0.1", security=security, silence_logs="CRITICAL", memory_limit=0,
        )  # fmt: skip
        try:
            yield lambda: distributed.Client(cluster, security=security, set_as_default=False)
        finally:
            cluster.close()


@contextmanager
def _far(address: str, *, insecure: bool, patience_s: float) -> Iterator[Callable[[], Any]]:
    def connect() -> Any:
        distributed = _distributed()
        try:
            client = distributed.Client(
                address, security=_security(address), set_as_default=False, timeout=patience_s
            )
        except (OSError, TimeoutError, TypeError, ValueError) as error:
            raise FeedbackError(
                f"the cluster at {address} does not answer ({type(error).__name__})",
                hint="is the scheduler running there, and are dask's certificates set "
                "(DASK_DISTRIBUTED__COMM__TLS__CA_FILE and so on)?",
            ) from error
        for worker in client.scheduler_info(n_workers=-1)["workers"]:
            if not insecure:
                refuse_unsafe(worker, insecure=False)
        return client

    yield connect


def _security(address: str) -> Any:
    made = _distributed().Security
    return made(require_encryption=True) if address.startswith("tls://") else made()


def _distributed() -> Any:
    try:
        return import_module("distributed")
    except ImportError as error:
        raise FeedbackError(
            "working on a cluster needs dask, which is not installed here",
            hint="install it with feedback: `pip install 'feedback[scale]'`",
        ) from error


def _loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"

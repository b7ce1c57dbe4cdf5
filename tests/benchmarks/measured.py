"""A command with its processor seconds, wall seconds and peak memory, child processes counted."""

from __future__ import annotations

import resource
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_EVERY_S = 0.1


@dataclass(frozen=True, slots=True)
class Taken:
    """What a command took. peak_mb: with all its children, where /proc tells; else of the largest one."""

    processor_s: float
    wall_s: float
    peak_mb: float
    out: str
    code: int


def measured(command: Sequence[object], *, stdin: str = "") -> Taken:
    """Runs a command to its end, watching its memory ten times a second."""
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    running = subprocess.Popen(
        [str(word) for word in command], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    peak, over = [0.0], threading.Event()
    watch = threading.Thread(target=_watch, args=(running.pid, peak, over))
    watch.start()
    out = running.communicate(stdin)[0]
    over.set()
    watch.join()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    unit = 1024 * 1024 if sys.platform == "darwin" else 1024
    most = peak[0] or after.ru_maxrss / unit
    return Taken(spent, time.perf_counter() - begun, most, out, running.returncode)


def feedback(*words: object) -> Taken:
    """A command of feedback; SystemExit where it fails."""
    taken = measured([sys.executable, "-m", "feedback", *words])
    if taken.code:
        raise SystemExit(f"feedback {' '.join(map(str, words))} ended with {taken.code}")
    return taken


def _watch(pid: int, peak: list[float], over: threading.Event) -> None:
    while not over.wait(_EVERY_S):
        peak[0] = max(peak[0], sum(map(_megabytes, _family(pid))))


def _family(pid: int) -> list[int]:
    """A process and all that came from it."""
    try:
        tasks = Path(f"/proc/{pid}/task")
        own = [int(child) for task in tasks.iterdir() for child in _read(task / "children").split()]
    except OSError:
        return []
    return [pid, *(one for child in own for one in _family(child))]


def _megabytes(pid: int) -> float:
    """Memory of a process, what it shares with others counted by its share."""
    for line in _read(Path(f"/proc/{pid}/smaps_rollup")).splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) / 1024
    return 0.0


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="ascii")
    except OSError:
        return ""

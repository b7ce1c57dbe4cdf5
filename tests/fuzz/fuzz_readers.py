# ruff: noqa: E402
"""Mutates seed files of every format and reads them; counts tracebacks, hangs, memory and lost characters.

    python tests/fuzz/fuzz_readers.py --count 100000 --seed 1 --workers 2 --keep FOLDER

Not a test that pytest collects. File n of a seed is always the same bytes. Each worker reads one file after
the other; one that takes longer than 10 s, or dies, is a finding, and another worker goes on after it.
`--kinds xlsx,ods` mutates only these. `--only N --seed S --keep FOLDER` writes file N again. Prints one
line a reader and the findings; ends with code 1 when there are any.
The memory of a worker is limited to --megabytes above what it starts with.
"""

from __future__ import annotations

import argparse
import collections
import json
import multiprocessing as mp
import queue
import random
import resource
import sys
import time
import traceback
from collections.abc import Iterable
from pathlib import Path
from typing import Any

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1] / "nasty")]
from mutations import mutated
from nasty_captions import CASES as CAPTIONS
from nasty_open import CASES as OPEN
from nasty_plain import CASES as PLAIN
from nasty_tables import CASES as TABLES
from nasty_word import CASES as WORD

SECONDS = 10.0
MEGABYTE = 1024
# PDF mutants are slower than others and told apart by the same code; they get a smaller share.
SHARES = {"pdf": 2}


def seeds(kinds: str = "") -> dict[str, list[bytes]]:
    """The nasty corpus by suffix: {suffix: files}; `kinds` are the only ones to take, by comma."""
    out: dict[str, list[bytes]] = collections.defaultdict(list)
    for case in [*CAPTIONS, *PLAIN, *WORD, *OPEN, *TABLES]:
        ending = case.name.rsplit(".", 1)[1]
        if not kinds or ending in kinds.split(","):
            out[ending].append(case.make())
    return dict(sorted(out.items()))


def file_of(number: int, seed: int, files: dict[str, list[bytes]]) -> tuple[str, bytes]:
    """The suffix and the bytes of mutant `number`."""
    draw = random.Random(f"{seed}:{number}")
    endings = [ending for ending in files for _ in range(SHARES.get(ending, 5))]
    ending = draw.choice(endings)
    others = files[ending] if draw.random() < 0.8 else [data for some in files.values() for data in some]
    return ending, mutated(draw, ending, draw.choice(files[ending]), others)


def lost(document: Any, dropped: Iterable[Any]) -> str:
    """Characters that lie in no turn and no report, and spans that overlap."""
    spans = [(part.start, part.end) for part in (*document.turns, *dropped) if part.start is not None]
    position, gone = 0, ""
    for start, end in sorted(spans):
        if start < position:
            return f"overlap at {start}"
        gone += "".join(document.text[position:start].split())
        position = end
    return gone + "".join(document.text[position:].split())


def reading(ending: str, data: bytes) -> tuple[str, str]:
    """What reading gives: ("read" | "refused" | "traceback" | "unhelpful" | "lost", detail)."""
    from feedback.errors import FeedbackError
    from feedback.readers import read_bytes

    try:
        document, dropped = read_bytes(data, f"seed.{ending}", document_id="d001")
        document.text.encode()
    except FeedbackError as error:
        named = "seed." in str(error)
        return ("refused", "") if named and error.hint else ("unhelpful", str(error))
    except BaseException:
        return "traceback", traceback.format_exc(limit=-3)
    gone = lost(document, dropped)
    return ("lost", gone[:80]) if gone else ("read", "")


def worker(numbers: list[int], seed: int, out: Any, now: Any, megabytes: int, kinds: str) -> None:
    """Reads mutants one after the other and reports each."""
    import warnings

    import pandas  # noqa: F401

    from feedback.readers import read_bytes  # noqa: F401

    warnings.simplefilter("ignore")
    files = seeds(kinds)
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // MEGABYTE
    limit = (used + megabytes + 1500) * MEGABYTE * 1024
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    for number in numbers:
        ending, data = file_of(number, seed, files)
        now[0], now[1] = number, time.monotonic()
        outcome, detail = reading(ending, data)
        seconds = time.monotonic() - now[1]
        now[1] = 0.0
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // MEGABYTE
        out.put((number, ending, outcome, detail, seconds, peak))
    out.put(None)


class Watched:
    """A worker process, the numbers it still has to read, and the one it reads now."""

    def __init__(self, numbers: list[int], arguments: argparse.Namespace) -> None:
        self.numbers, self.arguments, self.done = numbers, arguments, not numbers
        self.results: list[tuple] = []
        if numbers:
            self.begin()

    def begin(self) -> None:
        """Starts a process on what is left."""
        self.now = mp.Array("d", [-1.0, 0.0], lock=False)
        self.out: Any = mp.Queue()
        arguments = (
            self.numbers,
            self.arguments.seed,
            self.out,
            self.now,
            self.arguments.megabytes,
            self.arguments.kinds,
        )
        self.process = mp.Process(target=worker, args=arguments, daemon=True)
        self.process.start()

    def look(self) -> None:
        """Takes what is ready; ends a process that hangs and goes on after the file it hung on."""
        self.take()
        if self.done:
            return
        since = self.now[1]
        hangs = since > 0 and time.monotonic() - since > SECONDS
        if hangs:
            self.process.kill()
        if hangs or not self.process.is_alive():
            self.process.join()
            self.take()
            self.after_end("hang" if hangs else "died")

    def take(self) -> None:
        """All results in the queue."""
        while True:
            try:
                result = self.out.get(timeout=0.02)
            except queue.Empty:
                return
            if result is None:
                self.done = True
                return
            self.results.append(result)

    def after_end(self, outcome: str) -> None:
        """Notes the file at which the process ended and starts another after it."""
        if self.done:
            return
        number = int(self.now[0])
        if number < 0:
            raise SystemExit("a worker ended before it read anything")
        self.results.append((number, "?", outcome, "", SECONDS, 0))
        self.numbers = [one for one in self.numbers if one > number]
        if self.numbers:
            self.begin()
        else:
            self.done = True


def table(results: list[tuple]) -> str:
    """One line a reader: files, what came of them, slowest, peak of memory."""
    kinds = ("read", "refused", "traceback", "unhelpful", "lost", "hang", "died")
    lines = [
        f"{'reader':7}{'files':>8}"
        + "".join(f"{kind:>11}" for kind in kinds)
        + f"{'slowest s':>11}{'peak MB':>9}"
    ]
    by: dict[str, list[tuple]] = collections.defaultdict(list)
    for result in results:
        by[result[1]].append(result)
    for ending, some in [*sorted(by.items()), ("all", results)]:
        counts = collections.Counter(result[2] for result in some)
        numbers = "".join(f"{counts[kind]:>11}" for kind in kinds)
        lines.append(
            f"{ending:7}{len(some):>8}{numbers}{max(r[4] for r in some):>11.2f}{max(r[5] for r in some):>9}"
        )
    return "\n".join(lines)


def told(results: list[tuple], arguments: argparse.Namespace) -> int:
    """Prints the findings, each kind once, keeps one file of each, and says how many files there were."""
    bad = [result for result in results if result[2] not in ("read", "refused")]
    files, seen = seeds(arguments.kinds), collections.Counter()
    for number, _, outcome, detail, seconds, _ in sorted(bad):
        ending, data = file_of(number, arguments.seed, files)
        last = detail.strip().splitlines()[-1:] if outcome == "traceback" else [detail[:40]]
        key = (outcome, ending, tuple(detail.strip().splitlines()[-3:-1]) if outcome == "traceback" else "")
        seen[key] += 1
        if seen[key] <= arguments.show:
            sys.stdout.write(
                f"\n{outcome} {ending} file {number} ({len(data)} bytes, {seconds:.1f} s) {last}\n{detail}\n"
            )
            if arguments.keep:
                Path(arguments.keep).mkdir(parents=True, exist_ok=True)
                (Path(arguments.keep) / f"{outcome}-{number}.{ending}").write_bytes(data)
    sys.stdout.write(
        "\n" + "\n".join(f"{n:6} {' '.join(map(str, key))}" for key, n in seen.most_common()) + "\n"
    )
    return len(bad)


def main() -> int:
    """Runs, reports, and says by its code whether anything was found."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    for name, default in (
        ("count", 1000),
        ("seed", 1),
        ("workers", 1),
        ("megabytes", 500),
        ("show", 2),
        ("start", 0),
        ("only", -1),
    ):
        parser.add_argument(f"--{name}", type=int, default=default)
    parser.add_argument("--keep", default="")
    parser.add_argument("--kinds", default="")
    arguments = parser.parse_args()
    if arguments.only >= 0:
        ending, data = file_of(arguments.only, arguments.seed, seeds(arguments.kinds))
        sys.stdout.write(f"{ending} {len(data)} bytes: {reading(ending, data)}\n")
        if arguments.keep:
            (Path(arguments.keep) / f"{arguments.only}.{ending}").write_bytes(data)
        return 0
    numbers = range(arguments.start, arguments.start + arguments.count)
    share = [list(numbers[n :: arguments.workers]) for n in range(arguments.workers)]
    began = time.monotonic()
    workers = [Watched(some, arguments) for some in share]
    while not all(one.done for one in workers):
        for one in workers:
            if not one.done:
                one.look()
        time.sleep(0.05)
        done = sum(len(one.results) for one in workers)
        sys.stderr.write(f"\r{done} of {arguments.count}, {done / (time.monotonic() - began):.0f} a second ")
    results = [result for one in workers for result in one.results]
    sys.stdout.write(
        f"seed {arguments.seed}, {len(results)} files in {time.monotonic() - began:.0f} s\n{table(results)}\n"
    )
    found = told(results, arguments)
    sys.stdout.write(json.dumps({"files": len(results), "findings": found}) + "\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())

"""Every stage at every size, in one table: python tests/benchmarks/run_all.py [--from DATA] [options]

Comments of 20 words (1,000, 10,000, 100,000; a million with --largest) and interviews of 8,000 words (10, 60,
300) are made by comments.py from the folder DATA (or FEEDBACK_BENCHMARK_DATA). Per stage, as it is done:
processor seconds, wall seconds and the peak of memory with all child processes, and how processor time grew
from the size before (1 is linear); all of it once more as tables at the end. After the comments: status, warm
`quotes --theme`. After the interviews: one more interview, one theme changed. Beside them, where they can
run, on the same texts, up to 10,000: Presidio (FEEDBACK_PRESIDIO_PYTHON), BERTopic as it comes on our
vectors (FEEDBACK_BERTOPIC_PYTHON). What fails is said in its place, and the rest goes on.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import platform
import re
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from comments import Pool, pool_of, write_interviews, write_survey
from measured import Taken, measured
from peers import PYTHONS

STAGES = ("cases", "deidentify", "segments", "rules", "meaning", "factors", "quotes")
PEER_TEXTS, PEER_UP_TO = 2_000, 10_000
DATA = "FEEDBACK_BENCHMARK_DATA"
Rows = dict[str, dict[int, Taken]]


class Failed(Exception):
    """A step that ended with an error: what, and with which code."""


def comments(pool: Pool, number: int, folder: Path, asked: argparse.Namespace) -> Iterator[tuple[str, Taken]]:
    """All steps on a survey."""
    write_survey(folder / "survey.csv", pool, number)
    project = _new(folder, asked)
    columns = ("--text", "comment", "--case", "id")
    yield "read and add", _feedback("add", folder / "survey.csv", *columns, "-q", "-p", project)
    yield from _stages(project, asked.jobs)
    yield "status", _feedback("status", "-p", project)
    yield "quotes --theme, warm", _feedback("quotes", "--theme", _a_theme(project), "-q", "-p", project)


def interviews(
    pool: Pool, number: int, folder: Path, asked: argparse.Namespace
) -> Iterator[tuple[str, Taken]]:
    """All steps on interviews, and what a small change costs."""
    write_interviews(folder, pool, number, words=asked.words)
    project = _new(folder, asked)
    yield "read and add", _add(folder, project)
    yield from _stages(project, asked.jobs)
    more = folder / "more"
    write_interviews(more, pool, 1, words=asked.words, first=number)
    _add(more, project)
    yield "one more interview", _feedback("run", "-q", "-p", project)
    themes = project / "themes.yaml"
    text = themes.read_text(encoding="utf-8")
    themes.write_text(re.sub(r"phrases: \[", "phrases: [zzyzx, ", text, count=1), encoding="utf-8")
    yield "one theme changed", _feedback("tag", "-q", "-n", "1", "-p", project)
    yield "... and all after it", _feedback("run", "-q", "-p", project)
    yield "quotes --theme, warm", _feedback("quotes", "--theme", _a_theme(project), "-q", "-p", project)


def _feedback(*words: object) -> Taken:
    return _done(f"feedback {words[0]}", measured([sys.executable, "-m", "feedback", *words]))


def _done(what: str, taken: Taken) -> Taken:
    if taken.code:
        raise Failed(f"{what} ended with {taken.code}")
    return taken


def _add(folder: Path, project: Path) -> Taken:
    people = folder / "participants.csv"
    return _feedback("add", folder / "interviews", "--cases", people, "-q", "-p", project)


def _new(folder: Path, asked: argparse.Namespace) -> Path:
    project = folder / "study"
    _feedback("new", project)
    file, ner = project / "feedback.yaml", "true" if asked.ner else "false"
    settings = re.sub("(?m)^consent:.*$", "consent: internal", file.read_text(encoding="utf-8"))
    file.write_text(f"{settings}\ndeidentify:\n  recognise_names: {ner}\n", encoding="utf-8")
    return project


def _stages(project: Path, jobs: int) -> Iterator[tuple[str, Taken]]:
    """Each stage in a process of its own, so that its peak of memory is its own."""
    for stage in STAGES:
        command = [sys.executable, __file__, "--stage", project, stage, jobs]
        yield stage, _done(f"the stage {stage}", measured(command))
    yield "report", _feedback("report", "-q", "-p", project)


def _one_stage(project: str, stage: str, jobs: int) -> None:
    from feedback.pipeline import run
    from feedback.project import Project
    from feedback.scale import workers

    list(run(Project(project), until=stage, workers=workers(jobs)))


def _a_theme(project: Path) -> str:
    from feedback.project import Project

    return str(Project(project).codebook.ids[0])


def _peers(survey: Path, number: int) -> Iterator[str]:
    """A line for each peer that can run here: its processor seconds, ours, and the ratio."""
    script = Path(__file__).with_name("peers.py")
    for peer, python in PYTHONS.items():
        if not os.environ.get(python):
            yield f"{peer}: not run, {python} names no python"
            continue
        done = measured([sys.executable, script, peer, survey, min(number, PEER_TEXTS)])
        for line in done.out.splitlines():
            what, theirs, ours = json.loads(line)
            yield f"{what}: {theirs:.1f} s, ours {ours:.1f} s: {theirs / ours:.1f} times"
        if done.code:
            yield f"{peer}: failed with {done.code}"


def _growth(small: tuple[int, Taken], large: tuple[int, Taken]) -> float:
    """The exponent with which processor time grows."""
    spent = max(large[1].processor_s, 0.01) / max(small[1].processor_s, 0.01)
    return math.log(spent) / math.log(large[0] / small[0])


def _cells(one: Taken) -> str:
    return f"{one.processor_s:.1f} / {one.wall_s:.1f} / {one.peak_mb:.0f}"


def _row(title: str, number: int, name: str, by_size: dict[int, Taken]) -> str:
    """A step as it is done, with its growth from the size before."""
    before = [size for size in by_size if size < number]
    grew = ""
    if before:
        last = max(before)
        grew = f"   growth {_growth((last, by_size[last]), (number, by_size[number])):.2f}"
    return f"{number:>11,} {title}  {name:24}{_cells(by_size[number]):>24}{grew}"


def _table(title: str, rows: Rows, sizes: list[int]) -> str:
    """Processor s / wall s / MB per size, and the exponents of growth."""
    lines = [f"\n{title}: processor s / wall s / peak MB", f"{'':24}" + "".join(f"{n:>24,}" for n in sizes)]
    for name, by_size in rows.items():
        cells = "".join(f"{_cells(by_size[n]) if n in by_size else '-':>24}" for n in sizes)
        known = [n for n in sizes if n in by_size]
        growth = " ".join(f"{_growth((a, by_size[a]), (b, by_size[b])):.2f}" for a, b in pairwise(known))
        lines.append(f"{name:24}{cells}   {growth}")
    return "\n".join(lines)


def _total(taken: list[Taken]) -> Taken:
    """All steps one after the other."""
    return Taken(
        sum(one.processor_s for one in taken), sum(one.wall_s for one in taken),
        max(one.peak_mb for one in taken), "", 0,
    )  # fmt: skip


_ONCE = ("read and add", *STAGES, "report")


def _size(title: str, number: int, pool: Pool, asked: argparse.Namespace, rows: Rows) -> None:
    """All steps at one size, each said as it is done."""
    steps = {"comments": comments, "interviews": interviews}[title]
    with tempfile.TemporaryDirectory() as folder:
        try:
            for name, taken in steps(pool, number, Path(folder), asked):
                rows.setdefault(name, {})[number] = taken
                _say(_row(title, number, name, rows[name]))
            made = [rows[name][number] for name in _ONCE]
            rows.setdefault("all up to the report", {})[number] = _total(made)
            _say(_row(title, number, "all up to the report", rows["all up to the report"]))
        except (Failed, OSError) as error:
            _say(f"{number:>11,} {title}  FAILED: {error}")
        if title == "comments" and number <= PEER_UP_TO and (Path(folder) / "survey.csv").exists():
            for line in _peers(Path(folder) / "survey.csv", number):
                _say(line)


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    there = os.environ.get(DATA)
    parser.add_argument("--from", dest="data", type=Path, default=there, required=not there, metavar="DATA")
    parser.add_argument("--comments", type=int, nargs="*", default=[1_000, 10_000, 100_000])
    parser.add_argument("--largest", action="store_true", help="a million comments, too")
    parser.add_argument("--interviews", type=int, nargs="*", default=[10, 60, 300])
    parser.add_argument("--words", type=int, default=8_000, help="of an interview")
    parser.add_argument("--ner", action="store_true", help="look for names with the language model, too")
    parser.add_argument("--jobs", type=int, default=1)
    return parser.parse_args()


def main() -> None:
    """Prints each step as it is done, then the tables."""
    asked = _asked()
    pool, day = pool_of(Path(asked.data)), time.strftime("%Y-%m-%d")
    machine = f"{platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}"
    _say(f"{day}; {machine}; names by the language model: {asked.ner}; jobs {asked.jobs}")
    sizes = {"comments": [*asked.comments, *([1_000_000] if asked.largest else [])]}
    sizes["interviews"] = asked.interviews
    found: dict[str, Rows] = {title: {} for title in sizes}
    try:
        for title, numbers in sizes.items():
            for number in numbers:
                _size(title, number, pool, asked, found[title])
    finally:
        # What was measured is shown whatever happens, Ctrl-C too.
        for title, rows in found.items():
            if rows:
                _say(_table(title, rows, list(sizes[title])))


if __name__ == "__main__":
    if sys.argv[1:2] == ["--stage"]:
        _one_stage(sys.argv[2], sys.argv[3], int(sys.argv[4]))
    else:
        main()

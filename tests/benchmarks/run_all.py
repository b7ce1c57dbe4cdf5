"""Every stage at every size, in one table: python tests/benchmarks/run_all.py --from DATA [options]

Comments of 20 words (1,000, 10,000, 100,000; a million with --largest) and interviews of 8,000 words (10, 60,
300) are made by comments.py. Per stage: processor seconds, wall seconds and the peak of memory with all child
processes; then how processor time grows from each size to the next (1 is linear). After the interviews: one
more interview, one theme changed, warm `quotes --theme`. Beside them, where they can run, on the same texts:
Presidio (FEEDBACK_PRESIDIO_PYTHON) and BERTopic's default recipe on our vectors (FEEDBACK_BERTOPIC_PYTHON).
"""

from __future__ import annotations

import argparse
import csv
import json
import math
import os
import platform
import re
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from comments import Pool, pool_of, write_interviews, write_survey
from measured import Taken, feedback, measured

ROOT = Path(__file__).resolve().parents[2]
STAGES = ("cases", "deidentify", "segments", "rules", "meaning", "factors", "quotes")
PEER_TEXTS = 2_000
Rows = dict[str, dict[int, Taken]]


def comments(pool: Pool, number: int, folder: Path, asked: argparse.Namespace) -> Iterator[tuple[str, Taken]]:
    """All steps on a survey."""
    write_survey(folder / "survey.csv", pool, number)
    project = _new(folder, asked)
    columns = ("--text", "comment", "--case", "id")
    yield "read and add", feedback("add", folder / "survey.csv", *columns, "-q", "-p", project)
    yield from _stages(project, asked.jobs)
    yield "quotes --theme, warm", feedback("quotes", "--theme", _a_theme(project), "-q", "-p", project)


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
    yield "one more interview", feedback("run", "-q", "-p", project)
    themes = project / "themes.yaml"
    text = themes.read_text(encoding="utf-8")
    themes.write_text(re.sub(r"phrases: \[", "phrases: [zzyzx, ", text, count=1), encoding="utf-8")
    yield "one theme changed", feedback("tag", "-q", "-n", "1", "-p", project)
    yield "... and all after it", feedback("run", "-q", "-p", project)
    yield "quotes --theme, warm", feedback("quotes", "--theme", _a_theme(project), "-q", "-p", project)


def _add(folder: Path, project: Path) -> Taken:
    people = folder / "participants.csv"
    return feedback("add", folder / "interviews", "--cases", people, "-q", "-p", project)


def _new(folder: Path, asked: argparse.Namespace) -> Path:
    project = folder / "study"
    feedback("new", project)
    file, ner = project / "feedback.yaml", "true" if asked.ner else "false"
    settings = re.sub("(?m)^consent:.*$", "consent: internal", file.read_text(encoding="utf-8"))
    file.write_text(f"{settings}\ndeidentify:\n  recognise_names: {ner}\n", encoding="utf-8")
    return project


def _stages(project: Path, jobs: int) -> Iterator[tuple[str, Taken]]:
    """Each stage in a process of its own, so that its peak of memory is its own."""
    for stage in STAGES:
        taken = measured([sys.executable, __file__, "--stage", project, stage, jobs])
        if taken.code:
            raise SystemExit(f"the stage {stage} ended with {taken.code}")
        yield stage, taken
    yield "report", feedback("run", "-q", "-p", project)


def _one_stage(project: str, stage: str, jobs: int) -> None:
    from feedback.pipeline import run
    from feedback.project import Project
    from feedback.scale import workers

    list(run(Project(project), until=stage, workers=workers(jobs)))


def _a_theme(project: Path) -> str:
    from feedback.project import Project

    return str(Project(project).codebook.ids[0])


def peers(folder: Path, number: int) -> Iterator[tuple[str, float, float]]:
    """A peer's name, its processor seconds, and ours for the same texts."""
    from deidentify import presidio, seconds

    from feedback.edits import find_edits
    from feedback.embed import load
    from feedback.factors import find_factors
    from feedback.segments import segments_from

    with (folder / "survey.csv").open(encoding="utf-8") as file:
        texts = [row["comment"] for row in csv.DictReader(file)][: min(number, PEER_TEXTS)]
    if os.environ.get("FEEDBACK_PRESIDIO_PYTHON"):
        import feedback as fb

        documents = fb.read([folder / "survey.csv"], text_columns=["comment"], case_column="id")[0]
        chars = sum(len(one.text) for one in documents)
        ours = seconds(lambda: find_edits(documents), 1) * sum(map(len, texts)) / chars
        for name, taken in presidio(texts).items():
            yield f"{name}, {len(texts)} comments", taken, ours
    if os.environ.get("FEEDBACK_BERTOPIC_PYTHON"):
        vectors = load().encode(texts)
        known = dict(zip(texts, vectors, strict=True))
        side = ROOT / "tests/quality/bertopic_side.py"
        asked = json.dumps({"texts": texts, "vectors": vectors.tolist()})
        said = measured([os.environ["FEEDBACK_BERTOPIC_PYTHON"], side], stdin=asked)
        ours = seconds(lambda: find_factors(segments_from(texts), embed=_from(known)), 1)
        fitting = float(json.loads(said.out)["seconds"])
        yield f"BERTopic, {len(texts)} comments, vectors given", fitting, ours
        yield f"BERTopic, {len(texts)} comments, with loading", said.processor_s, ours


def _from(known: dict[str, Any]) -> Callable[..., Any]:
    """Vectors that were made before, as an embedder gives them; others are made."""
    import numpy as np

    from feedback.embed import load

    def embed(texts: Sequence[str], **options: Any) -> Any:
        new = [one for one in dict.fromkeys(texts) if one not in known]
        known.update(zip(new, load().encode(new), strict=True) if new else ())
        return np.array([known[one] for one in texts])

    return embed


def _table(title: str, rows: Rows, sizes: list[int]) -> str:
    """Processor s / wall s / MB per size, and the exponents of growth."""
    lines = [f"\n{title}: processor s / wall s / peak MB", f"{'':24}" + "".join(f"{n:>24,}" for n in sizes)]
    for name, by_size in rows.items():
        cells = [
            f"{one.processor_s:.1f} / {one.wall_s:.1f} / {one.peak_mb:.0f}"
            for one in (by_size[n] for n in sizes if n in by_size)
        ]
        growth = [
            math.log(max(by_size[b].processor_s, 0.01) / max(by_size[a].processor_s, 0.01)) / math.log(b / a)
            for a, b in pairwise(sizes)
            if a in by_size and b in by_size
        ]
        lines.append(
            f"{name:24}" + "".join(f"{c:>24}" for c in cells) + "   " + " ".join(f"{g:.2f}" for g in growth)
        )
    return "\n".join(lines) + "\n"


def main() -> None:
    """Prints the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--from", dest="data", type=Path, required=True, metavar="DATA")
    parser.add_argument("--comments", type=int, nargs="*", default=[1_000, 10_000, 100_000])
    parser.add_argument("--largest", action="store_true", help="a million comments, too")
    parser.add_argument("--interviews", type=int, nargs="*", default=[10, 60, 300])
    parser.add_argument("--words", type=int, default=8_000, help="of an interview")
    parser.add_argument("--ner", action="store_true", help="look for names with the language model, too")
    parser.add_argument("--jobs", type=int, default=1)
    asked = parser.parse_args()
    pool, day = pool_of(asked.data), time.strftime("%Y-%m-%d")
    machine = f"{platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}"
    sys.stdout.write(f"{day}; {machine}; names by the language model: {asked.ner}; jobs {asked.jobs}\n")
    sizes = [*asked.comments, *([1_000_000] if asked.largest else [])]
    for title, steps, numbers in (
        ("comments", comments, sizes),
        ("interviews", interviews, asked.interviews),
    ):
        rows: Rows = {}
        for number in numbers:
            with tempfile.TemporaryDirectory() as folder:
                for name, taken in steps(pool, number, Path(folder), asked):
                    rows.setdefault(name, {})[number] = taken
                    sys.stderr.write(f"{number:,} {title}, {name}: {taken.processor_s:.1f} s\n")
                if title == "comments":
                    for name, theirs, ours in peers(Path(folder), number):
                        sys.stdout.write(
                            f"{name}: {theirs:.1f} s, ours {ours:.1f} s: {theirs / ours:.1f} times\n"
                        )
        if rows:
            sys.stdout.write(_table(title, rows, list(numbers)))
            sys.stdout.flush()


if __name__ == "__main__":
    if sys.argv[1:2] == ["--stage"]:
        _one_stage(sys.argv[2], sys.argv[3], int(sys.argv[4]))
    else:
        main()

"""How fast de-identifying is: python tests/benchmarks/deidentify.py [FILE...]

On the interviews that ship, or on the files named, in one run: detectors alone, with the language model
asked for the first time and with its answers known, the model alone on all text, and Presidio on the same
turns when FEEDBACK_PRESIDIO_PYTHON names a python that has presidio-analyzer. Then how time grows from 1 to 4
MB of turns drawn from the same documents. Processor seconds of one thread (set OMP_NUM_THREADS=1).
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import feedback as fb
from feedback.edits import deidentify
from feedback.edits.finding.answers import Answers, known_in
from feedback.edits.finding.ner import entities, model_name
from feedback.model import Document, Turn

ROOT = Path(__file__).parents[2]
MEGABYTE = 1_000_000
DOCUMENT = 40_000


def documents(files: Sequence[str]) -> list[Document]:
    """The files named, or the interviews that ship."""
    found, _ = fb.read(list(files) or sorted(map(str, (ROOT / "corpora/leavers/sources").iterdir())))
    return list(found)


def drawn(texts: Sequence[str], size: int) -> list[Document]:
    """Documents of turns drawn by a seed, `size` characters together."""
    rng, made = random.Random(0), []
    while sum(len(one.text) for one in made) < size:
        parts: list[str] = []
        while sum(map(len, parts)) < DOCUMENT:
            parts.append(rng.choice(texts))
        text, turns, at = "\n\n".join(parts), [], 0
        for part in parts:
            turns.append(Turn(at, at + len(part)))
            at += len(part) + 2
        made.append(Document(f"d{len(made):04d}", "interview", "txt", text, tuple(turns)))
    return made


def seconds(act: Callable[[], object], times: int = 3) -> float:
    """Processor seconds, the fewest of so many times."""
    best = float("inf")
    for _ in range(times):
        begun = time.process_time()
        act()
        best = min(best, time.process_time() - begun)
    return best


def ours(chosen: Sequence[Document]) -> dict[str, float]:
    """Seconds of the three ways in which a run meets the language model."""
    deidentify(chosen[:1])  # the lists and the model are loaded
    first = Answers(b"benchmark", model_name())
    deidentify(chosen, ner=first.entities)
    kept = first.to_bytes()
    return {
        "detectors alone": seconds(lambda: deidentify(chosen, ner=False)),
        "model asked anew": seconds(lambda: deidentify(chosen)),
        "model's answers known": seconds(
            lambda: deidentify(chosen, ner=Answers(b"benchmark", model_name(), known_in(kept)).entities)
        ),
    }


def presidio(texts: Sequence[str]) -> dict[str, float]:
    """Presidio's processor seconds as it is installed, and with its UK recognisers."""
    python = os.environ.get("FEEDBACK_PRESIDIO_PYTHON")
    if not python:
        return {}
    asked = {"texts": [], "timed": list(texts), "names": ["Nobody"], "listed": []}
    script = str(ROOT / "tests/quality/presidio_side.py")
    done = subprocess.run(
        [python, script], input=json.dumps(asked), capture_output=True, text=True, check=True
    )
    answer: dict[str, Any] = json.loads(done.stdout)
    return {name: float(taken) for name, taken in answer["processor_seconds"].items()}


def main() -> None:
    """Prints the two tables."""
    chosen = documents(sys.argv[1:])
    texts = [one.text[turn.start : turn.end] for one in chosen for turn in one.turns]
    size = sum(map(len, texts))
    sys.stdout.write(f"{size:,} characters in {len(texts):,} turns of {len(chosen)} documents\n")
    taken = ours(chosen)
    taken["spaCy's names alone"] = seconds(lambda: list(entities(texts)), 1)
    taken |= presidio(texts)
    whole = taken.get("Presidio")
    for name, spent in taken.items():
        ratio = f"{whole / spent:8.1f} times Presidio" if whole else ""
        sys.stdout.write(f"{name:24}{size / spent:12,.0f} characters a second{ratio}\n")
    for megabytes in (1, 2, 4):
        many = drawn(texts, megabytes * MEGABYTE)
        alone = seconds(lambda many=many: deidentify(many, ner=False), 1)
        asked = seconds(lambda many=many: deidentify(many), 1)
        sys.stdout.write(f"{megabytes} MB: detectors {alone:6.1f} s, with the model {asked:6.1f} s\n")


if __name__ == "__main__":
    main()

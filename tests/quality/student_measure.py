"""What a student of the model is worth: python tests/quality/student_measure.py DATA [SEEDS]

DATA is a folder with nhs-comments, aspect-valence and workplace-why (.jsonl with `text` and `labels`). Of
each set a part teaches, a part is held out; on what is held out: the mean cosine with the model's vectors,
the share of the model's ten nearest texts that are the student's, too, and how often the commonest label of
the five nearest texts is one of a text's own, with the student's vectors and with the model's. Texts a second
are of processor time on one thread.
"""

from __future__ import annotations

import json
import sys
import time
import warnings
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from feedback.embed import load
from feedback.embed.student import Student
from feedback.tagging.pieces import statements

TAUGHT, HELD, ASKED = 8_000, 300, 1_000  # texts that teach, that measure the stretch, that are judged
SETS = {
    "patients' comments": "nhs-comments/comments.jsonl",
    "their sentences": "nhs-comments/comments.jsonl",
    "restaurant guests": "aspect-valence/sentences.jsonl",
    "talking of health at work": "workplace-why/answers.jsonl",
}


def texts_of(name: str, folder: Path) -> dict[str, tuple[str, ...]]:
    """Different texts and their labels."""
    found: dict[str, tuple[str, ...]] = {}
    for line in (folder / SETS[name]).read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        text, labels = str(row["text"]), tuple(row["labels"])
        pieces = [text[one.start : one.end] for one in statements(text)] if "sentences" in name else [text]
        for piece in pieces:
            if piece.strip() and labels:
                found.setdefault(piece, labels)
    return found


def nearest(rows: Any, n: int) -> Any:
    near = rows @ rows.T
    np.fill_diagonal(near, -2)
    return np.argsort(-near, axis=1, kind="stable")[:, :n]


def right(rows: Any, labels: Sequence[tuple[str, ...]]) -> float:
    """How often the commonest label of the five nearest is one of the text's own."""
    hits = 0
    for own, places in zip(labels, nearest(rows, 5), strict=True):
        counts = Counter(label for place in places for label in labels[place])
        hits += min(counts, key=lambda label: (-counts[label], label)) in own
    return hits / len(labels)


def timed(encode: Any, texts: Sequence[str]) -> tuple[Any, float]:
    begin = time.process_time()
    rows = encode(texts)
    return rows, len(texts) / (time.process_time() - begin)


def measured(labels: dict[str, tuple[str, ...]], seed: int) -> list[float]:
    texts = sorted(labels)
    np.random.default_rng(seed).shuffle(texts)
    asked = texts[: min(ASKED, len(texts) // 3)]
    taught = texts[len(asked) :][: TAUGHT + HELD]
    model = load(threads=1)
    student = Student(model, taught, learnt_from=len(taught) - HELD, held_out=HELD).fit()
    theirs, slow = timed(model.encode, asked)
    many = [f"{text} {at}" for at in range(1 + 20_000 // len(asked)) for text in asked][:20_000]
    _, quick = timed(student.encode, many)
    ours = student.encode(asked)
    own = [labels[text] for text in asked]
    shared = [len(set(a) & set(b)) / 10 for a, b in zip(nearest(ours, 10), nearest(theirs, 10), strict=True)]
    cosine = float((ours * theirs).sum(axis=1).mean())
    return [
        len(taught) - HELD,
        cosine,
        float(np.mean(shared)),
        right(ours, own),
        right(theirs, own),
        quick,
        slow,
    ]


def main() -> None:
    warnings.simplefilter("ignore")
    folder, seeds = Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 3
    write = sys.stdout.write
    write("| set | taught by | cosine | same neighbours | 5-NN student / model | texts a second | times |\n")
    write("|---|---|---|---|---|---|---|\n")
    for name in SETS:
        labels = texts_of(name, folder)
        n, cosine, same, ours, theirs, quick, slow = np.mean(
            [measured(labels, seed) for seed in range(seeds)], axis=0
        )
        write(
            f"| {name} | {n:.0f} | {cosine:.3f} | {same:.3f} | {ours:.3f} / {theirs:.3f} "
            f"| {quick:,.0f} / {slow:,.0f} | {quick / slow:.0f} |\n"
        )


if __name__ == "__main__":
    main()

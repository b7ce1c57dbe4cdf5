"""Fits the weights of `feedback.tagging.manner` again.

python models/manner/build.py --aspects FILE    (MAMS as JSON lines: text, stance, split)
With --check the files are compared instead of written.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from feedback.embed import load
from feedback.tagging.assertion import ASSERTIONS
from feedback.tagging.manner import around, runs_of_words
from feedback.tagging.valence import PROBE, VALENCES

HERE = Path(__file__).resolve().parent
TESTS = HERE.parents[1] / "tests" / "quality"
WORDS_BESIDE_VECTORS = 3.0
SURE = {
    "anchor": 10.0,
    "frame": 2.0,
    "talk": 2.0,
    "aspects": 1.0,
}  # how much a sentence of each kind counts for valence
NEUTRAL = 5.0
SIDES = VALENCES[:3]

Statement = tuple[str, int, int, str]


def main() -> None:
    """Write or compare assertion.tsv, valence.tsv and vectors.tsv."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--aspects", type=Path, required=True)
    asked.add_argument("--check", action="store_true")
    options = asked.parse_args()
    sentences = read(HERE / "sentences.csv")
    made = {"assertion.tsv": assertion(sentences), **valence(sentences, options.aspects)}
    for name, content in made.items():
        if not options.check:
            (HERE / name).write_text(content, encoding="utf-8")
        elif (HERE / name).read_text(encoding="utf-8") != content:
            sys.exit(f"{name} differs")


def read(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def assertion(sentences: list[dict[str, str]]) -> str:
    given = [(r["sentence"], int(r["start"]), int(r["end"]), r["assertion"]) for r in sentences]
    for name in ("assertion-sentences.csv", "valence-assertion-sentences.csv"):
        given += [placed(row) for row in read(TESTS / name) if row["half"] == "tune"]
    given = with_wholes(given)
    found = TfidfVectorizer(analyzer=lambda one: around(*one[:3]), sublinear_tf=True, min_df=5)
    rows = found.fit_transform(given) * 2
    model = LogisticRegression(C=10, class_weight="balanced", max_iter=3000)
    model.fit(rows, [label for *_, label in given])
    order = [list(model.classes_).index(label) for label in ASSERTIONS]
    return table(found, ASSERTIONS, model.intercept_[order], 2 * model.coef_[order])


def placed(row: dict[str, str]) -> Statement:
    start = row["sentence"].index(row["evidence"])
    return row["sentence"], start, start + len(row["evidence"]), row["assertion"]


def with_wholes(given: list[Statement]) -> list[Statement]:
    """And every sentence of which all parts have one label, as a whole."""
    labels: dict[str, set[str]] = {}
    for text, _, _, label in given:
        labels.setdefault(text, set()).add(label)
    whole = {text for text, start, end, _ in given if start == end}
    return given + [
        (text, 0, 0, *found) for text, found in labels.items() if len(found) == 1 and text not in whole
    ]


def valence(sentences: list[dict[str, str]], aspects: Path) -> dict[str, str]:
    texts, sides, weights = valence_rows(sentences, aspects)
    encode = load("minilm").encode
    vectors = csr_matrix(np.asarray(encode(texts), dtype=np.float64))
    found = TfidfVectorizer(analyzer=runs_of_words, sublinear_tf=True, vocabulary=vocabulary(texts, weights))
    words = found.fit_transform(texts) * WORDS_BESIDE_VECTORS
    alone = LogisticRegression(C=3, class_weight="balanced", max_iter=3000)
    alone.fit(words, sides, sample_weight=weights)
    both = LogisticRegression(C=1, class_weight="balanced", max_iter=3000)
    both.fit(hstack([vectors, words]).tocsr(), sides, sample_weight=weights)
    width = vectors.shape[1]
    coefficients = np.vstack([alone.coef_, both.coef_[:, width:]]) * WORDS_BESIDE_VECTORS
    columns = [f"{model} {side}" for model in ("alone", "beside") for side in SIDES]
    probe = np.asarray(encode([PROBE]))[0]
    rows = zip(*both.coef_[:, :width], probe, strict=True)
    lines = ["\t".join((*SIDES, "probe")), *("\t".join(f"{one:.5f}" for one in row) for row in rows)]
    return {
        "valence.tsv": table(found, columns, [*alone.intercept_, *both.intercept_], coefficients),
        "vectors.tsv": "\n".join(lines) + "\n",
    }


def vocabulary(texts: list[str], weights: Any) -> list[str]:
    """What stands in sentences of ours, or in two of the others'."""
    ours: set[str] = set()
    counts: Counter[str] = Counter()
    for text, weight in zip(texts, weights, strict=True):
        found = set(runs_of_words(text))
        counts.update(found)
        if weight > SURE["aspects"]:
            ours |= found
    return sorted(ours | {run for run, count in counts.items() if count > 1})


def valence_rows(sentences: list[dict[str, str]], aspects: Path) -> tuple[list[str], Any, Any]:
    """Sentences with one side: texts, places in SIDES, how much each counts."""
    sides: dict[str, set[str]] = {}
    for row in sentences:
        sides.setdefault(row["sentence"], set()).add(row["valence"])
    kept: dict[str, tuple[int, float]] = {}
    for row in sentences:
        side, neutral = row["valence"], row["valence"] == "neutral"
        plain = row["assertion"] == "own" or (row["assertion"] != "hypothetical" and not neutral)
        if plain and side in SIDES and len(sides[row["sentence"]]) == 1:
            kept[row["sentence"]] = (SIDES.index(side), NEUTRAL if neutral else SURE[row["of"]])
    for line in aspects.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        found = {one.split("#")[1] for one in row["stance"]} - {"neutral"}
        if row["split"] == "train" and len(found) == 1:
            kept.setdefault(row["text"], (SIDES.index(found.pop()), SURE["aspects"]))
    return list(kept), np.array([side for side, _ in kept.values()]), np.array([w for _, w in kept.values()])


def table(found: Any, classes: Any, intercepts: Any, weights: Any) -> str:
    """Tab-separated: feature, rarity, one weight a class; the intercepts in the second line."""
    lines = ["\t".join(["feature", "rarity", *classes])]
    lines.append("\t".join(["", "", *(f"{value:.4f}" for value in intercepts)]))
    for feature, at in sorted(found.vocabulary_.items()):
        values = "\t".join(f"{row[at]:.3f}" for row in weights)
        lines.append(f"{feature}\t{found.idf_[at]:.3f}\t{values}")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()

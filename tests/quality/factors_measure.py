"""How well reasons are grouped: python tests/quality/factors_measure.py TABLE [OPTION]

planted: B-cubed and counts on planted corpora, held wordings ("tuning" after it: the others; "held far":
without the sentences of the list of usual reasons that are like a held wording). noise: corpora without any
factor, from seed 200 on. order: shuffled input. seeds: 20 seeds. beside: BERTopic as it comes
(FEEDBACK_BERTOPIC names a python that has umap-learn and hdbscan) and k-means on the same texts and vectors.
list: held wordings with the theme list that ships. Real texts for noise are read from FEEDBACK_DATA, a folder
of folders with JSON lines, when it is set.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
from factors_scores import Sets, adjusted_rand, bcubed, interval, people_counted
from planted_factors import Planted, dealt, noise, planted, strangers
from planted_factors import wordings as wordings_of

from feedback.embed import load
from feedback.factors import FactorResult, find_factors, usual
from feedback.factors.background import measure
from feedback.factors.naming import content_words

SIZES = ((20, 5, 20), (40, 5, 12), (80, 5, 8), (1000, 12, 2))  # leavers, factors, corpora
NOISE = (20, 40, 80)
BESIDE = ((8, 2), (12, 3), (20, 5), (40, 5), (80, 5), (1000, 12))


class Kept:
    """An embedder that keeps its vectors, as a project does."""

    def __init__(self) -> None:
        self.model, self.known = load(), dict[str, Any]()

    def encode(self, texts: Any, *, progress: Any = None) -> Any:
        missing = sorted({text for text in texts if text not in self.known})
        if missing:
            self.known.update(zip(missing, self.model.encode(missing), strict=True))
        return np.array([self.known[text] for text in texts]).reshape(len(texts), -1)


KEPT = Kept()


def groups_of(corpus: Planted, result: FactorResult) -> Sets:
    """The factors of each segment."""
    found: dict[str, set[str]] = {}
    shown = result.members.dropna(subset="factor_id")
    for segment_id, factor in zip(shown["segment_id"], shown["factor_id"], strict=True):
        found.setdefault(segment_id, set()).add(factor)
    return [frozenset(found.get(segment_id, ())) for segment_id in corpus.segments["segment_id"]]


def scores(corpus: Planted, groups: Sets) -> dict[str, float]:
    """B-cubed over all sentences, over those that state a factor, and how people are counted."""
    ids, people = list(corpus.segments["segment_id"]), list(corpus.segments["document_id"])
    truth = [corpus.stated[one] for one in ids]
    precision, recall, f1 = bcubed(truth, groups)
    rows = [row for row, one in enumerate(truth) if one]
    stating = bcubed([truth[row] for row in rows], [groups[row] for row in rows])[2]
    found: dict[str, set[str]] = {}
    for who, names in zip(people, groups, strict=True):
        for name in names:
            found.setdefault(name, set()).add(who)
    counted = people_counted(corpus.people, {name: frozenset(who) for name, who in found.items()})
    return {
        "precision": precision,
        "recall": recall,
        "f1": f1,
        "f1_stating": stating,
        "groups": len(found),
        "equal": float(np.mean([planted == one for _, planted, one, _ in counted])),
        "off_by": float(np.mean([abs(planted - one) / planted for _, planted, one, _ in counted])),
        "people_f1": float(np.mean([fit for _, _, _, fit in counted])),
    }


def found_in(corpus: Planted, **options: Any) -> FactorResult:
    return find_factors(corpus.segments, embed=KEPT.encode, **options)


def said(*words: object) -> None:
    sys.stdout.write(" ".join(str(word) for word in words) + "\n")
    sys.stdout.flush()


def unlike(wordings: list[str]) -> tuple[tuple[str, str], ...]:
    """The list of usual reasons without what is like one of the wordings, or shares half of its words.

    Like: nearer than half of the sentences that the same author wrote of the same reasons are to any wording.
    """
    scale, rows = measure(KEPT.encode), usual.listed()
    first = {text for name, texts in wordings_of("tuning").items() if name for text in texts}
    near = scale.centred(KEPT.encode([text for text, _ in rows]), [text for text, _ in rows])
    near = (near @ scale.centred(KEPT.encode(wordings), wordings).T).max(axis=1)
    least = float(np.median([one for one, (text, _) in zip(near, rows, strict=True) if text in first]))
    words = [set(content_words(text)) for text in wordings]
    kept = []
    for one, (text, reason) in zip(near, rows, strict=True):
        own = set(content_words(text))
        same = max(len(own & other) / max(1, len(own | other)) for other in words)
        if text in first or (one <= least and same < 0.5):
            kept.append((text, reason))
    return tuple(kept)


def planted_table(half: str = "held", far: str = "") -> None:
    if far:
        kept = unlike([text for texts in wordings_of("held").values() for text in texts])
        said("list of usual reasons:", len(kept), "of", len(usual.listed()), "sentences")
        usual.listed = lambda: kept
    for leavers, number, corpora in SIZES:
        begin = time.process_time()
        rows = []
        for seed in range(corpora):
            corpus = planted(leavers, number, half=half, seed=seed)
            rows.append(scores(corpus, groups_of(corpus, found_in(corpus))))
        seconds = (time.process_time() - begin) / corpora
        low, high = interval([row["f1"] for row in rows])[1:]
        means = {name: round(float(np.mean([row[name] for row in rows])), 3) for name in rows[0]}
        said(leavers, "x", number, half, f"f1 95 % {low:.3f} to {high:.3f}", means, f"{seconds:.1f} s")


def noises(size: int, seed: int) -> Iterator[tuple[str, list[str]]]:
    """Sets of texts that have nothing to do with each other."""
    yield "reasons nobody shares, chat", strangers(size, seed)
    folder = os.environ.get("FEEDBACK_DATA")
    if folder:
        for file in sorted(Path(folder).glob("*/*.jsonl")):
            with file.open(encoding="utf-8") as lines:
                texts = sorted({json.loads(line)["text"] for line in lines})
            short = [text for text in texts if 4 <= len(text.split()) <= 30]
            if len(short) >= size:
                yield f"words dealt out: {file.parent.name}", dealt(short, size, seed)


def noise_table(corpora: str = "20", first: str = "200") -> None:
    counted: dict[tuple[str, int], list[int]] = {}
    for size in NOISE:
        for seed in range(int(first), int(first) + int(corpora)):
            for kind, texts in noises(size, seed):
                result = found_in(noise(texts))
                counted.setdefault((kind, size), []).append(len(result.factors))
                for label in result.factors["label"]:
                    said("   ", kind, size, seed, label)
    for (kind, size), found in counted.items():
        said(kind, size, "corpora", len(found), "with false factors", sum(one > 0 for one in found))
    every = [one for found in counted.values() for one in found]
    said("all", len(every), "with false factors", sum(one > 0 for one in every))


def order_table(runs: str = "100") -> None:
    """Rows in another order: the same factors and the same sentences in them."""
    for leavers, number, corpora in SIZES[:3]:
        corpus = planted(leavers, number, half="held", seed=corpora)
        expected, other = found_in(corpus), 0
        for seed in range(int(runs)):
            mixed = corpus.segments.sample(frac=1, random_state=seed)
            found = find_factors(mixed, embed=KEPT.encode)
            same = found.factors.equals(expected.factors) and found.members.equals(expected.members)
            other += not same
        said(leavers, "x", number, "runs", runs, "other results", other)


def seeds_table() -> None:
    for leavers, number, _ in SIZES[:3]:
        corpus = planted(leavers, number, half="held", seed=99)
        runs = [
            ["|".join(sorted(one)) for one in groups_of(corpus, found_in(corpus, seed=s))] for s in range(20)
        ]
        pairs = [adjusted_rand(runs[a], runs[b]) for a in range(20) for b in range(a)]
        said(
            leavers,
            "x",
            number,
            "ARI across 20 seeds: mean",
            round(float(np.mean(pairs)), 3),
            "least",
            min(pairs),
        )


def kmeans(vectors: Any, number: int | None, seed: int) -> list[int]:
    from sklearn.cluster import KMeans
    from sklearn.metrics import silhouette_score

    def labels(groups: int) -> Any:
        return KMeans(groups, n_init=10, random_state=seed).fit_predict(vectors)

    tried = [number] if number else range(2, min(24, len(vectors) // 2) + 1)
    best = max(
        tried, key=lambda groups: silhouette_score(vectors, labels(groups), sample_size=2000, random_state=0)
    )
    return [int(label) for label in labels(best)]


def bertopic(texts: list[str], vectors: Any) -> dict[str, Any]:
    python = os.environ["FEEDBACK_BERTOPIC"]
    line = json.dumps({"texts": texts, "vectors": np.asarray(vectors, dtype=float).tolist()})
    side = [python, str(Path(__file__).with_name("bertopic_side.py"))]
    out = subprocess.run(side, input=line + "\n", capture_output=True, text=True, check=True).stdout
    found: dict[str, Any] = json.loads(out.splitlines()[-1])
    return found


def beside_table(runs: str = "2") -> None:
    """Each way on the same sentences; with other seeds and orders, for how far it agrees with itself."""
    for leavers, number in BESIDE:
        corpus = planted(leavers, number, half="held", seed=7)
        for name, way in _ways(corpus, number).items():
            _compare(name, way, corpus, int(runs))


def _ways(corpus: Planted, number: int) -> dict[str, Callable[[int, list[int]], dict[str, Any]]]:
    texts = list(corpus.segments["text"])
    vectors = KEPT.encode(texts)
    ways: dict[str, Callable[[int, list[int]], dict[str, Any]]] = {
        "feedback": lambda seed, order: _ours(corpus, seed),
        "k-means, silhouette": lambda seed, order: _kmeans(vectors, None, seed, order),
        "k-means, true number": lambda seed, order: _kmeans(vectors, number, seed, order),
    }
    if os.environ.get("FEEDBACK_BERTOPIC"):
        ways["BERTopic as it comes"] = lambda seed, order: bertopic(
            [texts[row] for row in order], vectors[order]
        )
    return ways


def _ours(corpus: Planted, seed: int) -> dict[str, Any]:
    begin = time.process_time()
    groups = groups_of(corpus, found_in(corpus, seed=seed))
    return {"groups": groups, "seconds": time.process_time() - begin}


def _kmeans(vectors: Any, number: int | None, seed: int, order: list[int]) -> dict[str, Any]:
    begin = time.process_time()
    labels = kmeans(vectors[order], number, seed)
    return {"labels": labels, "seconds": time.process_time() - begin}


def _compare(name: str, way: Callable[[int, list[int]], dict[str, Any]], corpus: Planted, runs: int) -> None:
    rows, crashes, seconds = [], [], []
    number = len(corpus.segments)
    for seed in range(runs):
        order = random.Random(seed).sample(range(number), number)
        found = way(seed, order)
        seconds.append(found["seconds"])
        if "error" in found:
            crashes.append(found["error"])
            continue
        if "labels" in found:
            back = dict(zip(order, found["labels"], strict=True))
            found["groups"] = [frozenset({str(back[row])} - {"-1"}) for row in range(number)]
        rows.append(found["groups"])
    once = [scores(corpus, groups) for groups in rows]
    as_labels = [["|".join(sorted(one)) for one in groups] for groups in rows]
    pairs = [adjusted_rand(as_labels[a], as_labels[b]) for a in range(len(rows)) for b in range(a)]
    means = {key: round(float(np.mean([one[key] for one in once])), 3) for key in (once[0] if once else ())}
    alike = round(float(np.mean(pairs)), 3) if pairs else "-"
    said(len(corpus.people), "factors", number, "sentences", f"{name:22}", f"{np.mean(seconds):.1f} s")
    said("   ", means, "ARI with itself", alike, "crashes", len(crashes), "of", runs, *crashes[:1])


def list_table() -> None:
    """With the theme list that ships: seven of the twelve planted factors are on it."""
    from feedback import tag
    from feedback.codebook import Codebook

    codebook = Codebook.load(str(Path(__file__).parents[2] / "corpora/leavers/themes.yaml"))
    for leavers, number, corpora in SIZES[:3]:
        rows = []
        for seed in range(corpora // 4):
            corpus = planted(leavers, number, half="held", seed=seed)
            tags = tag(corpus.segments, codebook, by=["rules", "meaning"], embedder=KEPT.model)
            rows.append(scores(corpus, groups_of(corpus, found_in(corpus, tags=tags, codebook=codebook))))
        means = {name: round(float(np.mean([row[name] for row in rows])), 3) for name in rows[0]}
        said(leavers, "x", number, "with the theme list", means)


TABLES: dict[str, Callable[..., None]] = {
    "planted": planted_table,
    "noise": noise_table,
    "order": order_table,
    "seeds": seeds_table,
    "beside": beside_table,
    "list": list_table,
}

if __name__ == "__main__":
    TABLES[sys.argv[1]](*sys.argv[2:])

"""How long tagging takes: python tests/benchmarks/tagging.py [NUMBER OF COMMENTS [NUMBER OF THEMES]]

Comments of two sentences and a bit, put together from the corpus that ships; processor seconds and megabytes,
and beside them scikit-learn's plain pipeline and BERTopic's zero-shot on the same texts and vectors.
"""

from __future__ import annotations

import csv
import random
import resource
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import feedback as fb
from feedback.codebook import Codebook
from feedback.embed import load

CORPUS = Path(__file__).parents[2] / "corpora/leavers"


def comments(number: int) -> list[str]:
    with (CORPUS / "gold/tags.csv").open(encoding="utf-8") as file:
        sentences = sorted({row["sentence"] for row in csv.DictReader(file)})
    draw = random.Random(0)
    return [" ".join([*draw.sample(sentences, 2), f"Week {at}."]) for at in range(number)]


class Kept:
    """An embedder that keeps its vectors, as a project does."""

    def __init__(self) -> None:
        self.model, self.known = load(), {}
        self.fingerprint = self.model.fingerprint
        self.processor_s = 0.0

    def encode(self, texts: Any, *, progress: Any = None) -> Any:
        import numpy as np

        missing = sorted({text for text in texts if text not in self.known})
        if missing:
            begin = time.process_time()
            self.known.update(zip(missing, self.model.encode(missing), strict=True))
            self.processor_s += time.process_time() - begin
        return np.array([self.known[text] for text in texts])


def timed(what: str, act: Callable[[], Any]) -> Any:
    wall, processor = time.perf_counter(), time.process_time()
    found = act()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sys.stdout.write(
        f"{what:48} {time.process_time() - processor:7.1f} s of processor, "
        f"{time.perf_counter() - wall:6.1f} s by the clock, {peak:5.0f} MB at most so far\n"
    )
    return found


def themes(number: int | None) -> Codebook:
    """The starter list; for more themes than it has, some of them once more with half of their sentences."""
    codebook = Codebook.load(CORPUS / "themes.yaml")
    more = [
        replace(theme, id=f"{theme.id}-again", phrases=theme.phrases[::2], examples=theme.examples[::2])
        for theme in codebook
    ]
    return Codebook((*codebook.themes, *more)[: number or len(codebook)])


def plain(texts: list[str], codebook: Codebook) -> Any:
    from sklearn.feature_extraction.text import TfidfVectorizer

    counted = TfidfVectorizer(stop_words="english")
    rows = counted.fit_transform(texts)
    return rows @ counted.transform([f"{theme.label} {theme.means}" for theme in codebook]).T


def zero_shot(texts: list[str], codebook: Codebook, vectors: Any, kept: Kept) -> Any:
    from bertopic import BERTopic
    from bertopic.backend import BaseEmbedder
    from sklearn.cluster import KMeans
    from sklearn.decomposition import PCA

    class Backend(BaseEmbedder):
        def embed(self, documents: Any, verbose: bool = False) -> Any:
            return kept.encode(list(documents))

    model = BERTopic(
        embedding_model=Backend(),
        umap_model=PCA(n_components=20, random_state=0),
        hdbscan_model=KMeans(n_clusters=20, random_state=0, n_init=1),
        zeroshot_topic_list=[f"{theme.label}. {theme.means}" for theme in codebook],
        zeroshot_min_similarity=0.3,
    )
    return model.fit_transform(texts, embeddings=vectors)


def main() -> None:
    texts = comments(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
    codebook, kept = themes(int(sys.argv[2]) if len(sys.argv) > 2 else None), Kept()
    segments = fb.segments_from(texts)
    words = sum(len(text.split()) for text in texts) / len(texts)
    sys.stdout.write(f"{len(texts)} comments of {words:.0f} words, {len(codebook)} themes\n")
    first, *others = codebook.themes
    changed = Codebook((replace(first, means=first.means + " Cases held for colleagues who left."), *others))
    timed("tags, everything new", lambda: fb.tag(segments, codebook, embedder=kept))
    sys.stdout.write(f"    of which vectors {kept.processor_s:.1f} s, {len(kept.known)} texts\n")
    timed("tags, one theme changed", lambda: fb.tag(segments, changed, embedder=kept))
    timed("scores, vectors given", lambda: fb.score(segments, codebook, embedder=kept))
    timed("scikit-learn: TF-IDF and cosine", lambda: plain(texts, codebook))
    vectors = kept.encode(texts)
    timed("BERTopic: zero-shot, vectors given", lambda: zero_shot(texts, codebook, vectors, kept))


if __name__ == "__main__":
    main()

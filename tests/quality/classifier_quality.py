"""How well the classifier does with few labels and with all: classifier_quality.py COMMENTS THEMES

COMMENTS: a .jsonl file with text, labels (names of themes), split (train, validation). THEMES: a .json list
of name, definition, examples. Such data does not ship; the figures are in classifier-experiments.md.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import numpy as np
from sklearn.metrics import f1_score

import feedback as fb
from feedback.codebook import Codebook
from feedback.embed import load
from feedback.embed.cached import CachedEmbedder
from feedback.tables import conform

SEEDS = 5


class Kept:
    """An embedder that encodes no text twice."""

    def __init__(self, embedder):
        self.embedder, self.known = embedder, {}
        self.fingerprint = embedder.fingerprint

    def encode(self, texts, *, progress=None):
        new = [text for text in dict.fromkeys(texts) if text not in self.known]
        if new:
            self.known.update(zip(new, self.embedder.encode(new), strict=True))
        return np.stack([self.known[text] for text in texts])


def slug(name):
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


def material(comments, themes):
    rows = [json.loads(line) for line in Path(comments).read_text(encoding="utf-8").splitlines()]
    used = {slug(name) for row in rows for name in row["labels"]}
    listed = json.loads(Path(themes).read_text(encoding="utf-8"))
    codebook = Codebook.from_dict(
        {
            slug(theme["name"]): {
                "label": theme["name"],
                "means": theme.get("definition") or "",
                "examples": theme.get("examples") or [],
            }
            for theme in listed
            if slug(theme["name"]) in used
        }
    )
    segments = fb.segments_from([row["text"] for row in rows])
    labels = [{slug(name) for name in row["labels"]} for row in rows]
    return segments, labels, np.array([row["split"] == "train" for row in rows]), codebook


def tags_of(segments, labels, rows):
    places = ["segment_id", "document_id", "start", "end"]
    found = [
        {**segments.loc[at, places].to_dict(), "theme_id": theme, "coder": "people", "score": 1.0}
        for at in rows
        for theme in (sorted(labels[at]) or [None])
    ]
    return conform("tags", found)


def few(truth, train, rng, each=8):
    """`each` texts of every theme, or as many as there are."""
    chosen = set()
    for at in range(truth.shape[1]):
        have = train[truth[train, at] > 0]
        chosen |= set(rng.choice(have, min(each, len(have)), replace=False).tolist())
    return sorted(chosen)


def f1s(truth, said):
    """Micro, macro (themes with 3 texts or more), over texts that have a theme."""
    keep = truth.any(axis=1)
    truth, said = truth[keep], said[keep]
    common = truth.sum(axis=0) >= 3
    return np.array(
        [
            f1_score(truth, said, average="micro", zero_division=0),
            f1_score(truth[:, common], said[:, common], average="macro", zero_division=0),
        ]
    )


def main(comments, themes):
    segments, labels, is_train, codebook = material(comments, themes)
    embedder = Kept(CachedEmbedder(load()))
    truth = np.array([[theme in own for theme in codebook.ids] for own in labels], dtype=int)
    train, test = is_train.nonzero()[0], (~is_train).nonzero()[0]
    samples = [few(truth, train, np.random.default_rng(seed)) for seed in range(SEEDS)]
    for name, chosen in (("8 labels a theme", samples), ("all labels", [train])):
        found, said = [], None
        for seed, rows in enumerate(chosen):
            tags = tags_of(segments, labels, rows)
            model = fb.train(segments.iloc[train], tags, codebook, embedder=embedder, seed=seed)
            scores = fb.score(segments.iloc[test], codebook, by=[model], embedder=embedder)
            said = (scores.to_numpy() >= 0.5).astype(int)
            found.append(f1s(truth[test], said))
        rng = np.random.default_rng(0)
        draws = [rng.integers(0, len(test), len(test)) for _ in range(500)]
        spread = np.percentile([f1s(truth[test][d], said[d]) for d in draws], [2.5, 97.5], axis=0)
        sys.stdout.write(
            f"{name}: micro / macro {np.mean(found, axis=0).round(3)}, over seeds ± "
            f"{np.std(found, axis=0).round(3)}, 95 % over texts {spread.round(3).tolist()}\n"
        )


if __name__ == "__main__":
    main(*sys.argv[1:])

"""How well meaning finds themes: each example of the starter list left out in turn and looked for."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from sklearn.metrics import f1_score, label_ranking_average_precision_score

from feedback.codebook import Codebook
from feedback.embed import load
from feedback.tagging.meaning import score_themes

STARTER = Codebook.load(Path(__file__).parents[2] / "corpora/leavers/themes.yaml")


def without(codebook, at, *, phrases):
    """The list without every theme's example number `at`, and without phrases if so asked."""
    themes = [
        replace(
            theme, examples=theme.examples[:at] + theme.examples[at + 1 :], phrases=theme.phrases * phrases
        )
        for theme in codebook
    ]
    return Codebook(tuple(themes))


@pytest.fixture(scope="module", params=[True, False], ids=["phrases", "no phrases"])
def left_out(request):
    encode = load("minilm").encode
    scores, truth = [], []
    for at in range(max(len(theme.examples) for theme in STARTER)):
        asked = [
            (place, theme.examples[at]) for place, theme in enumerate(STARTER) if len(theme.examples) > at
        ]
        codebook = without(STARTER, at, phrases=request.param)
        scores.append(score_themes([text for _, text in asked], codebook, encode))
        truth += [place for place, _ in asked]
    return request.param, np.vstack(scores), np.eye(len(STARTER), dtype=int)[truth]


def test_the_right_theme_ranks_high(left_out):
    phrases, scores, truth = left_out
    assert label_ranking_average_precision_score(truth, scores) >= (0.87 if phrases else 0.64)


def test_tags_at_one_half_are_mostly_right_and_few(left_out):
    phrases, scores, truth = left_out
    said = (scores >= 0.5).astype(int)
    assert f1_score(truth, said, average="micro") >= (0.78 if phrases else 0.5)
    assert 0.8 <= said.sum(axis=1).mean() <= 1.5

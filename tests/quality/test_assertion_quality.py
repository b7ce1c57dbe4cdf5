"""How well the cue rules tell own reasons from denied, imagined and other people's: a half set aside."""

import csv
from pathlib import Path

import pytest
from sklearn.metrics import f1_score

from feedback.tagging.assertion import ASSERTIONS, assertion_at, assertions

SENTENCES = Path(__file__).with_name("assertion-sentences.csv")


def said_of(row):
    """The label of the whole sentence, or of the evidence within it."""
    if not row["evidence"]:
        return assertions([row["sentence"]])[0]
    start = row["sentence"].index(row["evidence"])
    return assertion_at(row["sentence"], start, start + len(row["evidence"]))


@pytest.fixture(scope="module")
def held_out():
    with SENTENCES.open(encoding="utf-8") as file:
        return [row for row in csv.DictReader(file) if row["half"] == "held-out"]


def test_the_half_set_aside_is_large_enough_to_say_something(held_out):
    assert len(held_out) >= 100
    assert {row["assertion"] for row in held_out} == set(ASSERTIONS)


def test_sentences_set_aside_before_tuning_are_told_apart(held_out):
    truth, found = [row["assertion"] for row in held_out], [said_of(row) for row in held_out]
    scores = dict(
        zip(ASSERTIONS, f1_score(truth, found, labels=ASSERTIONS, average=None, zero_division=0), strict=True)
    )
    assert sum(scores.values()) / len(scores) >= 0.86, scores
    assert min(scores.values()) >= 0.8, scores

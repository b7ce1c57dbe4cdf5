"""Complaint, praise, both or neither."""

import pytest

from feedback.embed import load
from feedback.tagging.valence import COMPLAINTS, PRAISE, VALENCES, valence_scores, valences


@pytest.fixture(scope="module")
def embed():
    return load("minilm").encode


def test_complaints_are_negative_and_praise_is_positive(embed):
    complaints = ["I was drowning in court reports.", "My manager shouted at me in front of the team."]
    praise = ["My practice educator was superb.", "I really enjoyed the direct work with families."]
    assert valences(complaints, embed) == ["negative", "negative"]
    assert valences(praise, embed) == ["positive", "positive"]


def test_praise_scores_higher_than_complaint_nearly_always(embed):
    worse = valence_scores(["The rota was dreadful.", "I felt completely alone.", "It was badly run."], embed)
    better = valence_scores(["The rota was generous.", "I felt part of a team.", "It was well run."], embed)
    assert min(better) > max(worse)


def test_both_poles_in_two_clauses_are_mixed(embed):
    text = "The training was wonderful, but the workload was impossible and I was exhausted."
    assert valences([text], embed) == ["mixed"]


def test_a_bare_fact_takes_no_side(embed):
    assert valences(["The meeting is on the second floor."], embed) == ["neutral"]


def test_the_label_of_a_text_does_not_depend_on_the_texts_beside_it(embed):
    texts = ["I loved it there.", "It was awful.", "It was awful, but I loved the children."]
    assert valences(texts, embed) == [valences([text], embed)[0] for text in texts]


def test_nearly_every_anchor_lies_on_its_own_side(embed):
    assert (valence_scores(COMPLAINTS, embed) < 0).mean() > 0.95
    assert (valence_scores(PRAISE, embed) > 0).mean() > 0.95


def test_wishes_and_terse_suggestions_are_complaints(embed):
    assert valences(["More staff.", "Answer the phone quicker."], embed) == ["negative", "negative"]
    assert valences(["Nothing, it was all good."], embed) == ["positive"]


def test_other_vectors_than_the_shipped_leave_the_words_alone_to_vote():
    import numpy as np

    def flat(texts):
        return np.ones((len(texts), 3)) / np.sqrt(3)

    assert valences(["I was bullied and it made me ill.", "Lovely, kind staff."], flat) == [
        "negative",
        "positive",
    ]


def test_no_texts_give_no_labels(embed):
    assert valences([], embed) == []


def test_odd_texts_get_a_label(embed):
    assert set(valences(["", "...", "but", "😀"], embed)) <= set(VALENCES)

"""Tags by meaning, with the model that ships: what stands out, what stays silent, what is evidence."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.codebook import Codebook
from feedback.embed import load
from feedback.segments import sentence_spans
from feedback.tagging.evidence import find_evidence
from feedback.tagging.meaning import score_themes
from feedback.tagging.meaning.theme_texts import prototypes
from feedback.tagging.pieces import clauses, sentences, statements

STARTER = Codebook.load(Path(__file__).parents[2] / "corpora/leavers/themes.yaml")
PAIR = Codebook.from_dict({"pay": "Salary, wages and money.", "sleep": "Lying awake, being tired."})


@cache
def embedder():
    return load("minilm")


@cache
def vector(text):
    return embedder().encode([text])[0]


def embed(texts):
    return np.array([vector(text) for text in texts]).reshape(-1, 384)


def scores(texts, codebook=STARTER, **options):
    return score_themes(texts, codebook, embed, **options)


@pytest.mark.parametrize(
    ("text", "theme_id"),
    [
        ("I had thirty odd kids by the end.", "caseload"),
        ("I'd wake up at four with my heart going.", "wellbeing"),
        ("She never once asked me how I was, my manager.", "management-support"),
        ("It wasn't the money, honestly.", "pay"),
        ("You learn to stop and think what it's like for the mum.", "perspective-taking"),
    ],
)
def test_a_theme_is_found_without_its_words(text, theme_id):
    row = scores([text])[0]
    assert STARTER.ids[int(row.argmax())] == theme_id
    assert row.max() >= 0.5


@pytest.mark.parametrize(
    "text",
    [
        "Nice people, good tea.",
        "Bananas are yellow.",
        "Thanks for doing this, the lift's still broken, sorry.",
        "x",
    ],
)
def test_where_nothing_fits_no_theme_is_given(text):
    assert scores([text]).max() < 0.5


def test_texts_without_words_have_no_score():
    assert not scores(["", " \n", "...", "?!"]).any()


def test_no_texts_and_no_themes_are_no_error():
    assert scores([]).shape == (0, len(STARTER))
    assert scores(["hello"], Codebook(())).shape == (1, 0)


def test_one_theme_and_two_themes_work():
    one = Codebook.from_dict({"pay": "Salary, wages and money."})
    texts = ["The pay was terrible for what we did.", "The cat sat by the river."]
    assert (scores(texts, one) >= 0.5).ravel().tolist() == [True, False]
    assert (scores(texts, PAIR) >= 0.5).tolist() == [[True, False], [False, False]]


def test_a_theme_of_stop_words_and_signs_is_no_error():
    assert scores(["we were there"], Codebook.from_dict({"a": "it is", "b": "..."})).shape == (1, 2)


def test_the_order_of_the_texts_plays_no_part_and_a_few_others_hardly_any():
    texts = [
        "I had thirty odd kids.",
        "It wasn't the money.",
        "I could not sleep. The manager shouted.",
        "Tea.",
    ]
    together = scores(texts)
    assert np.abs(scores(texts[::-1])[::-1] - together).max() <= 1e-5
    assert np.abs(np.vstack([scores([text]) for text in texts]) - together).max() <= 0.01


def test_a_theme_that_many_speak_of_becomes_likelier_and_the_others_less_so():
    unsure = "They never had enough of anything to go round."
    many = [f"The pay was poor, {number} pounds a week less than elsewhere." for number in range(60)]
    alone, among = scores([unsure], STARTER)[0], scores([unsure, *many], STARTER)[0]
    pay = STARTER.ids.index("pay")
    assert among[pay] > alone[pay]
    assert np.delete(among, pay).mean() < np.delete(alone, pay).mean()


def test_scores_are_between_nought_and_one_and_examples_come_first_for_their_theme():
    examples = [(theme.id, example) for theme in STARTER for example in theme.examples]
    found = scores([example for _, example in examples])
    assert found.min() >= 0 and found.max() <= 1
    right = [
        STARTER.ids[int(row.argmax())] == theme_id for row, (theme_id, _) in zip(found, examples, strict=True)
    ]
    assert np.mean(right) > 0.95


def test_a_counter_example_lowers_the_theme_it_was_given_for():
    text = "We were paid attention to."
    plain = {"pay": {"means": "Salary, wages and what people are paid."}, "sleep": "Being tired."}
    warned = {**plain, "pay": {**plain["pay"], "counter_examples": [text]}}
    before, after = (scores([text], Codebook.from_dict(themes))[0, 0] for themes in (plain, warned))
    assert after < before


def test_shared_words_can_be_left_out():
    assert scores(["the salary"], PAIR, lexical=False)[0, 0] < scores(["the salary"], PAIR)[0, 0]


def test_the_evidence_is_the_clause_that_fits_and_the_list_s_own_words():
    text = "The office was on the ring road, above a carpet shop. I'd lie awake till four. The tea was fine."
    (found,) = find_evidence([text], PAIR, embed, [(0, 1)])
    assert text[found.start : found.end] == "I'd lie awake till four."
    assert found.prototype in prototypes(PAIR["sleep"])


def test_evidence_comes_for_every_pair_in_the_order_asked():
    texts = ["I was paid badly. I slept badly.", ""]
    found = find_evidence(texts, PAIR, embed, [(1, 0), (0, 1), (0, 0)])
    assert (found[0].start, found[0].end) == (0, 0)
    assert [texts[0][one.start : one.end] for one in found[1:]] == ["I slept badly.", "I was paid badly."]
    assert find_evidence(texts, PAIR, embed, []) == []


PLAIN = """
yes no. etc. ok. we're don't. Mr. Smith. co. vs. well-known. it's. why? what! really?! a.m. NHS. 5. 10% 3-4
and then wednesday. Wednesday. Messrs. o'clock. x/y kids, hours; (so) £5 too.
"""


@given(st.lists(st.sampled_from(PLAIN.split()), min_size=1, max_size=9).map(" ".join))
def test_plain_text_is_cut_into_sentences_as_any_other(text):
    starts = [span.start for span in sentence_spans(text)]
    assert [span.start for span in sentences(text)][1:] == starts[1:]


@given(st.lists(st.sampled_from([*"ab .,;!?\n—'", " but ", " because "]), max_size=300).map("".join))
def test_pieces_hold_every_word_once_in_order(text):
    for cut in (sentences, statements, clauses):
        spans = cut(text)
        assert all(text[a:b] == text[a:b].strip() != "" for a, b in spans)
        assert all(one.end <= other.start for one, other in pairwise(spans))
        assert "".join("".join(text[a:b].split()) for a, b in spans) == "".join(text.split())

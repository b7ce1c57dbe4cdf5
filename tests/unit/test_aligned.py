"""Where a stretch of one version of a text stands in another, and when that is not sure."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedback.coding.aligned import Aligned, Words, shared

TALK = (
    "I started in the north with eleven others. My manager Dana was kind at first, and then she left; "
    "the second one never asked how I was. I had thirty cases by spring. Nobody said anything. "
    "Nobody said anything. So I went."
)


def moved(one, other, words):
    start = one.index(words)
    span = Aligned(Words(one), Words(other)).span(start, start + len(words))
    return other[span.start : span.end] if span else None


@pytest.mark.parametrize(
    ("other", "words", "found"),
    [
        (TALK, "thirty cases", "thirty cases"),
        (TALK.replace(" ", "\n  "), "thirty cases by", "thirty\n  cases\n  by"),
        (TALK.replace("Dana", "[Person 1]"), "manager Dana was", "manager [Person 1] was"),
        (TALK.replace("Dana", "[Person 1]"), "Dana", "[Person 1]"),
        (TALK.replace("the north", "[Place 2]"), "in the north with", "in [Place 2] with"),
        (TALK.replace("at first, ", ""), "kind at first, and", "kind and"),
        (TALK.upper(), "thirty cases", "THIRTY CASES"),
        ("Before that. " + TALK, "So I went.", "So I went."),
        (TALK.replace("; ", ". "), "she left; the", "she left. the"),
    ],
)
def test_a_stretch_is_found_in_another_version(other, words, found):
    assert moved(TALK, other, words) == found


def test_masks_are_one_word_whatever_they_stand_for():
    one, other = TALK.replace("Dana", "[Person 1]"), TALK.replace("Dana", "[Manager 12]")
    assert moved(one, other, "[Person 1]") == "[Manager 12]"


@pytest.mark.parametrize(
    ("other", "words"),
    [
        (TALK[:60], "So I went"),
        ("Something else altogether was said on that day by somebody.", "thirty cases by spring"),
        (TALK.replace("I had thirty cases by spring.", ""), "I had thirty cases by spring"),
    ],
)
def test_what_is_not_there_has_no_place(other, words):
    assert moved(TALK, other, words) is None


def test_of_two_that_are_alike_each_finds_its_own():
    second = TALK.rindex("Nobody")
    way = Aligned(Words(TALK), Words(TALK.replace("Dana", "[Person 1]")))
    assert way.span(second, second + 21) == (second + 6, second + 27)


def test_how_much_of_a_text_is_in_another():
    assert shared(Words(TALK), Words("Well. " + TALK + " Yes.")) == 1
    assert shared(Words(TALK), Words("Nothing of it is in here, not a single run of words.")) == 0
    assert shared(Words("too short"), Words("too short")) == 0


@settings(max_examples=40)
@given(st.integers(0, 10**6))
def test_words_that_are_in_both_keep_their_place_when_others_come_and_go(seed):
    chance = random.Random(seed)
    words = [f"w{n}" for n in range(300)]
    kept = [chance.random() > 0.1 for _ in words]
    other, places = [], {}
    for number, word in enumerate(words):
        if kept[number]:
            places[number] = len(" ".join(other)) + bool(other)
            other.append(word)
        if chance.random() < 0.1:
            other.append("[Person 1]")
    one, two = Words(" ".join(words)), Words(" ".join(other))
    way = Aligned(one, two)
    for number, place in places.items():
        span = way.span(*one.spans[number])
        assert span == (place, place + len(words[number]))


def test_long_texts_are_aligned_in_a_moment():
    chance = random.Random(1)
    words = [chance.choice(["the", "and", "a", f"w{chance.randrange(3000)}"]) for _ in range(60_000)]
    other = ["[Person 1]" if chance.random() < 0.02 else word for word in words]
    way = Aligned(Words(" ".join(words)), Words(" ".join(other)))
    assert way.span(100_000, 100_040) is not None

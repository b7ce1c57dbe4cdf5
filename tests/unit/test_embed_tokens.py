"""Which words of a text the model reads."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback import embed
from feedback.embed.wordpiece import WordPiece, words


@pytest.fixture(scope="module")
def tokens():
    vocabulary = (embed.shipped_model() / "vocab.txt").read_text(encoding="utf-8").split("\n")
    return WordPiece(vocabulary)


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("", [101, 102]),
        ("Hello, world!", [101, 7592, 1010, 2088, 999, 102]),
        ("caseload", [101, 2553, 11066, 102]),
        ("CAFÉ", [101, 7668, 102]),
        ("日本", [101, 1864, 1876, 102]),
        ("x" * 101, [101, 100, 102]),
    ],
)
def test_known_texts_have_the_token_numbers_of_the_published_tokenizer(tokens, text, ids):
    assert tokens.ids(text) == ids


@given(st.text())
def test_no_text_makes_the_tokenizer_fail_or_give_too_many_tokens(tokens, text):
    ids = tokens.ids(text)
    assert ids[0] == 101
    assert ids[-1] == 102
    assert 2 <= len(ids) <= 256


@given(st.text(st.characters(codec="ascii")))
def test_capitals_do_not_change_the_tokens(tokens, text):
    assert tokens.ids(text.upper()) == tokens.ids(text.lower())


@given(st.text(max_size=40), st.text(max_size=40))
def test_texts_put_together_have_the_words_of_both(left, right):
    assert words(f"{left} {right}") == words(left) + words(right)


@given(st.lists(st.from_regex(r"[a-z]{1,12}|[.,!?]", fullmatch=True), max_size=20))
def test_words_without_their_spaces_are_found_again(tokens, found):
    assert words(" ".join(found)) == found


def test_accents_and_chinese_characters_are_taken_apart():
    assert words("Naïve 中文ok_a") == ["naive", "中", "文", "ok", "_", "a"]


def test_a_long_text_is_cut_and_says_so(tokens):
    assert len(tokens.ids("word " * 254)) == len(tokens.ids("word " * 255)) == 256
    assert not tokens.is_cut("word " * 254)
    assert tokens.is_cut("word " * 255)

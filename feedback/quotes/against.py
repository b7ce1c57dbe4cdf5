"""Who speaks against a theme: denies that it was so, or clearly praises the very thing. Few, but certain."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

DENIES, PRAISES = "says it was not so", "speaks well of it"
COLUMNS = ("segment_id", "theme_id", "person", "note")
_TOLD = ("coder", "score", "assertion", "valence")

# How sure a machine that compares meanings must be for a quote on a theme, for one of a stated reason or of
# praise in so many words, and for a denial. Measured on the hand-coded sentences of the shipped corpus: where
# rules and meaning agree 9 in 10 are on the theme, of phrases alone 8, of meaning alone 8 from 0.9 on and
# fewer than half below.
ON_THEME, AS_REASON, IN_DENIAL = 0.9, 0.7, 0.75
RULES = "rules"
# In longer texts nobody can tell without reading what the praise is about.
_LONGEST = 45

_DENIAL = re.compile(
    r"\b(?:was|is|were|are|[’']s|[’']re)(?:n[’']?t| not| never)\b|^\W*not (?:the|my|for|because|about)\b|"
    r"\bnever (?:minded|bothered by|about)\b|\bnothing to do with\b|\b(?:did|do)(?:n[’']?t| not) mind\b",
    re.I,
)
# Nor is it the speaker's own denial where others are told to say so: "they say it's not about the money".
_NO_DENIAL = re.compile(
    r"\bblam(?:e|ing)\b|\b(?:sure|saying|like that)\b|"
    r"\b(?:they|he|she|people|somebody|someone|everybody|everyone|others?|managers?)(?: \w+)? "
    r"(?:says?|said|tells?|told|claims?|claimed|reckons?|reckoned)\b",
    re.I,
)
_PRAISE = re.compile(
    r"\b(?:best|brilliant|lovely|excellent|fantastic|wonderful|amazing|superb|outstanding|protected|supportive"
    r"|generous|rewarding|first[- ]class|could ?n[’']?t fault|can ?(?:no|[’'])t fault|"
    r"(?:was|were|is|are|been|felt) (?:\w+ )?(?:fine|great|useful|fair|decent)|"
    r"happy with|(?:i|we) (?:\w+ )?(?:like|liked|love|loved|enjoy|enjoyed))\b",
    re.I,
)
_NO_PRAISE = re.compile(
    r"[\"“”?]|^\W*(?:he|she|they|it|that|which|this)\b|"
    r"\b(?:but|although|though|however|until|till|used to|would have|could have|should have|either|"
    r"if only|supposed to|never|than|ever (?:done|been|had|given))\b",
    re.I,
)
# "The caseload was fine": whatever a machine makes of it, nobody left over that.
_FINE = re.compile(
    r"\b(?:was|were|is|are|[’']s) (?:always |all |absolutely |perfectly )?(?:fine|lovely|brilliant|great|"
    r"all right|ok|okay)\b|\bnever minded\b",
    re.I,
)


def sureness(scores: Mapping[str, float]) -> float:
    """How sure it is that a text is on a theme, from 0 to 1. scores: each coder's; a person's is NaN.

    Two coders who agree, or a person, are as sure as can be; phrases alone are surer than any machine alone.
    """
    if len(scores) > 1 or any(math.isnan(score) for score in scores.values()):
        return 1.0
    [(coder, score)] = scores.items() or [("", 0.0)]
    score = min(1.0, max(0.0, score))
    return 0.9 * score if coder == RULES else alone(score)


def alone(score: float) -> float:
    """How sure a theme is that one machine found with this score, and nobody else."""
    return 0.8 * score


def sounds_fine(text: str) -> bool:
    """Whether a text says of something that it was all right, so that it is no complaint."""
    return bool(_FINE.search(text))


def counter_voices(segments: pd.DataFrame, tags: pd.DataFrame) -> pd.DataFrame:
    """The segments that speak against a theme: segment_id, theme_id, person, note; sorted, one row each.

    segments, tags: the tables of those names. A denial is one that a coder found and that the words bear out;
    praise is in plain words, taken for praise by every coder, of the speaker's own experience and surely on
    the theme. Texts of more than 45 words are left out. person: case_id, or document_id where there is none.
    """
    import pandas as pd

    doubted = _doubted(tags) & tags["theme_id"].notna()
    own = segments[segments["segment_id"].isin(tags.loc[doubted, "segment_id"])]
    own = own[(own["role"] == "participant") & own["text"].notna()]
    own = own[own["text"].map(_is_short).astype(bool)]
    said = dict(zip(own["segment_id"], own["text"], strict=True))
    person = own["case_id"].where(own["case_id"].notna(), own["document_id"])
    person_of = dict(zip(own["segment_id"], person, strict=True))
    known = tags[tags["segment_id"].isin(said) & tags["theme_id"].notna()]
    pairs = known.loc[_doubted(known), ["segment_id", "theme_id"]].drop_duplicates()
    rows = []
    told = known.merge(pairs, on=["segment_id", "theme_id"])[["segment_id", "theme_id", *_TOLD]]
    told = told.sort_values(["segment_id", "theme_id"], kind="stable")
    # Row by row: a frame for each of some hundred thousand pairs would take minutes.
    for (segment_id, theme_id), group in groupby(
        told.itertuples(index=False, name=None), key=itemgetter(0, 1)
    ):
        if note := _note(said[segment_id], [row[2:] for row in group]):
            rows.append((str(segment_id), str(theme_id), str(person_of[segment_id]), note))
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _is_short(text: str) -> bool:
    return len(text.split()) <= _LONGEST


def _doubted(tags: pd.DataFrame) -> pd.Series:
    """Which tags could be of words against their theme."""
    return tags["assertion"].isin(["negated", "hypothetical", "other"]) | (tags["valence"] == "positive")


def _note(text: str, tags: Sequence[tuple[Any, ...]]) -> str:
    """What a segment says against a theme, or nothing. tags: those of the theme on the segment (`_TOLD`)."""
    scores = {str(coder): _score(score) for coder, score, *_ in tags}
    assertions = {said if isinstance(said, str) else "own" for *_, said, _ in tags}
    sure = sureness(scores)
    if "negated" in assertions and assertions <= {"negated", "own"}:
        denies = _DENIAL.search(text) and not _NO_DENIAL.search(text)
        return DENIES if denies and sure >= alone(IN_DENIAL) else ""
    praises = assertions == {"own"} and {valence for *_, valence in tags} == {"positive"}
    if not praises or set(scores) == {RULES} or sure < alone(AS_REASON):
        return ""
    return PRAISES if _PRAISE.search(text) and not _NO_PRAISE.search(text) else ""


def _score(score: float | None) -> float:
    return float("nan") if score is None else float(score)

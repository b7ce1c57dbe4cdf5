"""Phrases that a theme could have: what is said where a theme is tagged, and hardly anywhere else."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from feedback.codebook import Codebook, Theme
from feedback.factors.naming import says_much
from feedback.tagging.rules import rule_hits

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = ["theme_id", "phrase", "people", "segments", "inside", "strength", "also", "example"]
_WORDS = re.compile(r"\[[^\[\]]{1,40}\]|[^\W\d_]+(?:['’-][^\W\d_]+)*")
_LONGEST = 3  # words
_PRIOR = 0.1  # of each phrase's own frequency, in the prior of the log odds
_LEAST_Z = 1.64
_LEAST_INSIDE = 0.4  # of the segments a phrase finds, this part must be about the theme
_TRIED = 60  # candidates a theme that are looked up in all texts
_EXAMPLE = 15  # words


def suggest_phrases(
    segments: pd.DataFrame,
    tags: pd.DataFrame,
    codebook: Codebook,
    theme_ids: Sequence[str],
    *,
    fewest_people: int = 2,
    most: int = 8,
) -> pd.DataFrame:
    """Phrases of one to three words for each of the themes, none that a theme's own phrases find already.

    tags: table `tags`; where coders that are not `rules` see a theme, its words are looked for. Columns:
    theme_id, phrase, people and segments that it would add to what the theme's phrases find, inside (the
    part of these segments that somebody tagged with the theme), strength (z of the log odds), also (the
    theme that its segments most often have besides), example (a text it would find). The strongest first, at
    most `most` a theme.
    Source: Monroe, Colaresi and Quinn (2008), Fightin' Words, section 3.5.1 (log odds with a prior).
    """
    import pandas as pd

    said = _Said.of(segments, tags)
    phrases = [_candidates(text) for text in said.texts]
    everywhere = Counter(phrase for several in phrases for phrase in several)
    ranked = {
        theme_id: _ranked(Counter(p for row in said.about(theme_id) for p in phrases[row]), everywhere)
        for theme_id in theme_ids
    }
    found = _found(ranked, said.texts)
    table: list[tuple[object, ...]] = []
    for theme_id in theme_ids:
        known = {hit.row for hit in rule_hits(said.texts, Codebook((codebook[theme_id],)))}
        candidates = [(z, phrase, found.get(phrase, set()) - known) for z, phrase in ranked[theme_id]]
        table += islice(_chosen(theme_id, candidates, said, fewest_people), most)
    return pd.DataFrame(table, columns=COLUMNS)


@dataclass(frozen=True)
class _Said:
    """Participants' texts, whose they are, and which of them somebody tagged with each theme."""

    texts: list[str]
    people: list[str]
    themed: dict[str, set[int]]

    @classmethod
    def of(cls, segments: pd.DataFrame, tags: pd.DataFrame) -> _Said:
        said = segments[segments["role"] == "participant"]
        rows = {segment_id: row for row, segment_id in enumerate(said["segment_id"])}
        themed: dict[str, set[int]] = {}
        pairs = tags[["theme_id", "segment_id"]].astype(str).drop_duplicates()
        for theme_id, segment_id in pairs.itertuples(index=False):
            if segment_id in rows:
                themed.setdefault(theme_id, set()).add(rows[segment_id])
        return cls(list(said["text"]), [str(who) for who in said["case_id"]], themed)

    def about(self, theme_id: str) -> set[int]:
        return self.themed.get(theme_id, set())

    def besides(self, theme_id: str, rows: set[int]) -> str:
        """The other theme that most of these texts have, if a third of them have it."""
        shared = [(len(rows & found), other) for other, found in self.themed.items() if other != theme_id]
        best = max(shared, default=(0, ""))
        return best[1] if 3 * best[0] >= len(rows) else ""


def _chosen(
    theme_id: str, candidates: Sequence[tuple[float, str, set[int]]], said: _Said, fewest_people: int
) -> Iterator[tuple[object, ...]]:
    """Rows for candidates that enough people say, about the theme, and that no better one finds already."""
    taken: set[int] = set()
    for z, phrase, hits in candidates:
        inside = hits & said.about(theme_id)
        people = {said.people[row] for row in hits}
        told_already = 2 * len(hits - taken) < len(hits)
        if len(people) < fewest_people or len(inside) < _LEAST_INSIDE * len(hits) or told_already:
            continue
        taken |= hits
        example = min((said.texts[row] for row in inside), key=_readable)
        share, also = len(inside) / len(hits), said.besides(theme_id, hits)
        yield theme_id, phrase, len(people), len(hits), share, round(z, 2), also, example


def _found(ranked: dict[str, list[tuple[float, str]]], texts: Sequence[str]) -> dict[str, set[int]]:
    """The texts that each candidate stands in, as the phrases of a list do; all looked for in one go."""
    wanted = sorted({phrase for several in ranked.values() for _, phrase in several})
    hits = rule_hits(texts, Codebook(tuple(Theme(phrase, phrase, phrases=(phrase,)) for phrase in wanted)))
    found: dict[str, set[int]] = {}
    for hit in hits:
        found.setdefault(hit.theme_id, set()).add(hit.row)
    return found


def _readable(text: str) -> tuple[int, str]:
    """Examples of some fifteen words first."""
    return abs(len(text.split()) - _EXAMPLE), text


def _candidates(text: str) -> set[str]:
    """The phrases of a text that say something at both ends; masks and what is between them are no words."""
    words = [word.replace("’", "'") for word in _WORDS.findall(text.lower())]
    return {" ".join(part) for part in _runs(words) if says_much(part[0]) and says_much(part[-1])}


def _runs(words: Sequence[str]) -> Iterator[Sequence[str]]:
    for length in range(1, _LONGEST + 1):
        for at in range(len(words) - length + 1):
            run = words[at : at + length]
            if not any(word.startswith("[") for word in run):
                yield run


def _ranked(inside: Counter[str], everywhere: Counter[str]) -> list[tuple[float, str]]:
    """Phrases by how many standard errors their log odds inside are above those elsewhere."""
    total, all_ = sum(inside.values()), sum(everywhere.values())
    ranked = []
    for phrase, count in inside.items():
        prior = _PRIOR * everywhere[phrase]
        outside = everywhere[phrase] - count
        ours = math.log((count + prior) / (total + _PRIOR * all_ - count - prior))
        theirs = math.log((outside + prior) / (all_ - total + _PRIOR * all_ - outside - prior))
        z = (ours - theirs) / math.sqrt(1 / (count + prior) + 1 / (outside + prior))
        if count > 1 and z >= _LEAST_Z:
            ranked.append((z, phrase))
    return sorted(ranked, key=lambda item: (-item[0], item[1]))[:_TRIED]

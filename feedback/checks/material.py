"""What is doubtful in the material, before it is analysed: nothing here changes anything."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from feedback.checks import Concern
from feedback.checks.likeness import nearly_same
from feedback.disclosure.values import band_of, spoilt

if TYPE_CHECKING:
    import pandas as pd

_FEWEST_WORDS = 5
_LONG_TESTIMONY = 20_000  # characters
_SPEAKERS, _TURNS, _RARE = 3, 10, 2
# What UTF-8 read as cp1252 leaves (â€™, Ã©, Â£), and characters that no transcript has.
_MOJIBAKE = re.compile("â€[\x80-\xbf™œ“”˜]|Ã[\x80-\xbf©¨¢ª®´¶¼±§]|Â[\xa0£©®°·»«]|ðŸ")
_WRONG = re.compile("[\ufffd\x80-\x84\x86-\x9f]")


@dataclass(frozen=True)
class Material:
    """The tables that say what was read, and who was said to have said it."""

    documents: pd.DataFrame
    originals: pd.DataFrame
    turns: pd.DataFrame
    links: pd.DataFrame
    people: pd.DataFrame
    cases: pd.DataFrame
    dropped: pd.DataFrame

    def words_of(self, *, role: str = "participant") -> dict[str, int]:
        """How many words of that role each document has."""
        text = dict(zip(self.originals["document_id"], self.originals["text"], strict=True))
        counts = dict.fromkeys(sorted(text), 0)
        for row in self.turns[self.turns["role"] == role].itertuples(index=False):
            counts[row.document_id] += len(text[row.document_id][row.start : row.end].split())
        return counts


def check_material(material: Material) -> list[Concern]:
    """Concerns about documents, encodings, speakers, people and answers, in that order."""
    checks = (
        _blank,
        _encodings,
        _alike,
        _same_answers,
        _unlabelled,
        _rare_speakers,
        _unmatched,
        _repeated_ids,
        _spoilt,
    )
    return [concern for check in checks for concern in check(material)]


def _blank(material: Material) -> Iterator[Concern]:
    empty = tuple(one for one, words in material.words_of().items() if words < _FEWEST_WORDS)
    if empty:
        yield Concern(
            "blank", "error", f"fewer than {_FEWEST_WORDS} words of participants", empty,
            "look at the file with `feedback read FILE`; take it out with `feedback remove DOCUMENT`",
        )  # fmt: skip


def _encodings(material: Material) -> Iterator[Concern]:
    for pattern, what, mend in (
        (_MOJIBAKE, "broken characters such as â€™ (mojibake)",
         "save the file anew as UTF-8 where it came from, then `feedback add --replace FILE`"),
        (_WRONG, "characters that belong to no text: the encoding was guessed wrong",
         "save the file as UTF-8, then `feedback add --replace FILE`"),
    ):  # fmt: skip
        found = material.originals["text"].str.contains(pattern)
        if found.any():
            yield Concern("encoding", "warning", what, tuple(material.originals[found]["document_id"]), mend)


def _alike(material: Material) -> Iterator[Concern]:
    """Two files with the same words, as a transcript and its corrected version."""
    rows = material.originals.reset_index(drop=True)
    for one, other, share in nearly_same(list(rows["text"]), fewest_words=30):
        pair = (rows["document_id"][one], rows["document_id"][other])
        yield Concern(
            "duplicate", "error", f"two documents share {share:.0%} of their words: is one person in twice?",
            pair, f"keep one: `feedback remove {pair[1]}`",
        )  # fmt: skip


def _same_answers(material: Material) -> Iterator[Concern]:
    """Answers of different respondents in the same words: sent twice, or copied."""
    text = dict(zip(material.originals["document_id"], material.originals["text"], strict=True))
    answers = material.turns[material.turns["respondent"].fillna("") != ""].reset_index(drop=True)
    said = [
        text[row.document_id][row.start : row.end]
        for row in answers[["document_id", "start", "end"]].itertuples(index=False)
    ]
    linked = material.links.set_index(["document_id", "turn"])["case_id"]
    pairs: dict[tuple[str, ...], int] = {}
    for one, other, _ in nearly_same(said):
        cases = tuple(
            str(linked.get((answers["document_id"][row], answers["turn"][row]), "")) for row in (one, other)
        )
        if cases[0] != cases[1]:
            pairs[cases] = pairs.get(cases, 0) + 1
    for cases, n in sorted(pairs.items()):
        many = "an answer" if n == 1 else f"{n} answers"
        yield Concern(
            "same answer", "warning", f"two people gave {many} in nearly the same words", cases,
            "see whether one form was sent twice; if so, delete its row and `feedback add --replace FILE`",
        )  # fmt: skip


def _unlabelled(material: Material) -> Iterator[Concern]:
    long = material.documents[
        (material.documents["kind"] == "testimony") & (material.documents["n_chars"] > _LONG_TESTIMONY)
    ]
    if len(long):
        yield Concern(
            "no labels", "warning",
            "no speaker labels in a long text: all of it counts as one participant's words",
            tuple(long["document_id"]),
            "if somebody asks in it, label the turns, or say who asks: `feedback add --interviewer NAME`",
        )  # fmt: skip


def _rare_speakers(material: Material) -> Iterator[Concern]:
    """A label that stands once or twice among many is often a slip."""
    spoken = material.turns[material.turns["speaker"].notna() & material.turns["respondent"].isna()]
    for document_id, group in spoken.groupby("document_id", sort=True, observed=True):
        counts = group["speaker"].value_counts()
        rare = int((counts <= _RARE).sum())
        if len(counts) >= _SPEAKERS and counts.max() >= _TURNS and rare:
            yield Concern(
                "speakers", "warning", f"{rare} of {len(counts)} speaker labels stand only once or twice",
                (str(document_id),), "see whether they are slips: `feedback read FILE`",
            )  # fmt: skip


def _unmatched(material: Material) -> Iterator[Concern]:
    if not len(material.people):
        return
    table = material.people
    given = table[table["survey_document"].isna()] if "survey_document" in table else table
    heard = set(material.links["case_id"])
    silent = tuple(sorted(set(given["case_id"]) - heard))
    unknown = tuple(sorted(set(material.links[material.links["matched_by"] == "none"]["case_id"])))
    if silent and len(given):
        yield Concern(
            "people", "warning", "people of the participants table nobody's words were found for", silent,
            "give the table a column 'file', or the files names with ids; then `feedback add --cases TABLE`",
        )  # fmt: skip
    if unknown and len(given):
        yield Concern(
            "people", "warning", "speakers or respondents who are not in the participants table", unknown,
            "add them to the table, then `feedback add --cases TABLE`",
        )  # fmt: skip


def _spoilt(material: Material) -> Iterator[Concern]:
    """Ranges of which a spreadsheet made days, as 03-Apr of 3-4."""
    for column in map(str, material.cases.columns):
        if days := spoilt(one for one in material.cases[column] if isinstance(one, str)):
            yield Concern(
                "spoilt ranges", "warning",
                f"a spreadsheet seems to have made days of ranges in '{column}' ({days[0]} of "
                f"{band_of(days[0])})", tuple(days),
                "format the column as text, write the ranges anew, then `feedback add --cases TABLE`",
            )  # fmt: skip


def _repeated_ids(material: Material) -> Iterator[Concern]:
    """Ids that differ only in how they are written: P7, p07."""
    forms: dict[str, set[str]] = {}
    for case_id in material.cases["case_id"].astype(str):
        forms.setdefault(re.sub(r"(?<!\d)0+(?=\d)|[^a-z0-9]", "", case_id.lower()), set()).add(case_id)
    for several in (tuple(sorted(found)) for found in forms.values() if len(found) > 1):
        yield Concern(
            "ids", "warning", "ids that differ only in how they are written: one person or several?", several,
            "write the id in one way everywhere, then add the table and files again with --replace",
        )  # fmt: skip

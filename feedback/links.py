"""Which turn is whose: respondents, files and speakers find the people of the participants table."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from feedback.tables import conform

if TYPE_CHECKING:
    import pandas as pd

# Who answers and who asks: more speakers than these are a group.
_ONE_AND_ASKER = 2
# The columns of `private/turns` that say whose a turn is.
LINKING = ["document_id", "turn", "speaker", "role", "respondent"]
# Columns of a participants table that name files.
FILES = ("file", "files", "file_name", "document")
# Where a row of private/people came from, when it came from a survey.
SURVEY = ("survey_document", "survey_respondent")


def survey_case(document_id: str, respondent: str, number: int) -> str:
    """A respondent's case id where no participants table knows them: the survey's id and theirs.

    An id that could be a name or an address is left out; the row's number stands for it. A form that one
    person filled in has no ids: its case is called after the document.
    """
    if not respondent.strip():
        return document_id
    short = respondent.strip().replace(" ", "")
    safe = re.fullmatch(r"(?=.*\d)[A-Za-z0-9_.-]{1,16}", short)
    return f"{document_id}-{short if safe else number}"


def filled(value: object) -> bool:
    """Whether a cell holds words."""
    return isinstance(value, str) and bool(value.strip())


def link_turns(
    turns: pd.DataFrame,
    originals: pd.DataFrame,
    people: pd.DataFrame,
    *,
    fixed: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Which case each participant turn belongs to (table `private/links`).

    A survey answer belongs to the person of that id in the participants table, else to a case of the
    survey's own. An interview belongs to the person whose `file` column names it, whose id stands in its
    file name, or whose name or id is the speaker's label; of several speakers each is looked up, and the
    last one left goes to the last person whose file it is. Without a match a document's only participant is
    a case called after the document, and so is each of several.

    fixed: links that stay as they are, of whole documents, since somebody's turns were taken out of them and
    the others must not be counted anew.
    """
    import pandas as pd

    parts = [] if fixed is None else [fixed]
    settled = set() if fixed is None else set(fixed["document_id"])
    finder = CaseFinder(people)
    names = dict(zip(originals["document_id"], originals["file_name"], strict=True))
    for document_id, group in turns.groupby("document_id", sort=True):
        own = group[group["role"] == "participant"]
        if document_id in settled or not len(own):
            continue
        found = finder.of_document(str(document_id), names.get(document_id) or "", own)
        cases, ways = zip(*found, strict=True)
        columns = {"document_id": document_id, "turn": own["turn"], "case_id": cases, "matched_by": ways}
        parts.append(pd.DataFrame(columns))
    return conform("private/links", pd.concat(parts, ignore_index=True) if parts else [])


Match = tuple[str, str]


class CaseFinder:
    """Looks people of the participants table up by respondent, file name and speaker label."""

    def __init__(self, people: pd.DataFrame) -> None:
        self.ids: dict[str, str] = {}
        self.files: dict[str, list[str]] = {}
        self.names: dict[str, str | None] = {}
        self.surveyed: dict[str, dict[str, str]] = {}
        surveyed = people[SURVEY[0]].map(filled) if SURVEY[0] in people else None
        if surveyed is not None:
            own = people[surveyed]
            for document_id, group in own.groupby(SURVEY[0], sort=False):
                respondents = group[SURVEY[1]].fillna("") if SURVEY[1] in group else [""] * len(group)
                ids = dict(zip(respondents, group["case_id"], strict=True))
                self.surveyed[str(document_id)] = ids
        for record in (people if surveyed is None else people[~surveyed]).to_dict("records"):
            self.ids[plain(record["case_id"])] = record["case_id"]
            for stem in files_of(record):
                self.files.setdefault(stem, []).append(record["case_id"])
            if filled(record.get("name")):
                self._add_name(record["name"], record["case_id"])

    def _add_name(self, name: str, case_id: str) -> None:
        parts = name.split()
        for form in {name, " ".join(reversed(parts)), parts[0]}:
            key = plain(form)
            self.names[key] = case_id if self.names.get(key, case_id) == case_id else None

    def of_document(self, document_id: str, file_name: str, turns: pd.DataFrame) -> list[Match]:
        """The case of each of a document's participant turns, and what it was found by."""
        speakers = sorted(speaker for speaker in turns["speaker"].unique() if filled(speaker))
        whole = self.by_file(file_name) if len(speakers) <= 1 else None
        known = {speaker: self.by_speaker(speaker) for speaker in speakers}
        known.update(self._last_left(file_name, known))
        numbers: dict[str, int] = {}
        found = []
        for speaker, respondent in zip(turns["speaker"], turns["respondent"], strict=True):
            if filled(respondent):
                number = numbers.setdefault(respondent, len(numbers) + 1)
                found.append(self.by_respondent(document_id, respondent, number))
            else:
                own = (_own_case(document_id, speaker, speakers), "none")
                found.append(whole or known.get(speaker) or own)
        return found

    def _last_left(self, file_name: str, known: Mapping[str, Match | None]) -> dict[str, Match]:
        """The only speaker nobody was found for, when the file has only one person left."""
        unknown = [speaker for speaker, match in known.items() if match is None]
        taken = {match[0] for match in known.values() if match}
        left = [case_id for case_id in self.files.get(stem_of(file_name), []) if case_id not in taken]
        return {unknown[0]: (left[0], "file")} if len(unknown) == len(left) == 1 else {}

    def by_respondent(self, document_id: str, respondent: str, number: int) -> Match:
        case_id = self.ids.get(plain(respondent)) if self.ids else None
        if case_id:
            return case_id, "id"
        own = self.surveyed.get(document_id, {}).get(respondent)
        return own or survey_case(document_id, respondent, number), "none"

    def by_file(self, file_name: str) -> Match | None:
        stem = stem_of(file_name)
        if len(self.files.get(stem, [])) == 1:
            return self.files[stem][0], "file"
        pieces = re.split(r"[^A-Za-z0-9]+", stem)
        found = {self.ids[plain(piece)] for piece in pieces if piece and plain(piece) in self.ids}
        if plain(stem) in self.ids:
            found = {self.ids[plain(stem)]}
        return (found.pop(), "file name") if len(found) == 1 else None

    def by_speaker(self, speaker: object) -> Match | None:
        if not filled(speaker):
            return None
        key = plain(re.sub(r"\(.*?\)", "", str(speaker)))
        case_id = self.ids.get(key) or self.names.get(key)
        return (case_id, "speaker") if case_id else None


def _own_case(document_id: object, speaker: object, speakers: list[str]) -> str:
    if len(speakers) <= 1:
        return str(document_id)
    number = speakers.index(str(speaker)) + 1 if filled(speaker) else 0
    return f"{document_id}-{number}"


def files_of(record: Mapping[Any, Any]) -> list[str]:
    cells = [record.get(column) for column in FILES]
    return [
        stem_of(name)
        for cell in cells
        if filled(cell)
        for name in re.split(r"[;,|]", str(cell))
        if name.strip()
    ]


def plain(word: str) -> str:
    return " ".join(re.findall(r"\w+", word.lower()))


def stem_of(file_name: str) -> str:
    base = re.split(r"[\\/]", file_name.strip())[-1]
    return plain(re.sub(r"\.[A-Za-z0-9]{1,5}$", "", base))


def consents_by_file(people: pd.DataFrame, originals: pd.DataFrame) -> dict[str, list[object]]:
    """What the people whose `file` column names a document say of consent, by document."""
    said: dict[str, list[object]] = {}
    columns = [name for name in people if name == "consent" or name in FILES]
    for record in people[columns].dropna(how="all").to_dict("records"):
        for stem in files_of(record):
            said.setdefault(stem, []).append(record.get("consent"))
    names = zip(originals["document_id"], originals["file_name"], strict=True)
    return {
        document_id: said[stem_of(name or "")] for document_id, name in names if stem_of(name or "") in said
    }


def unknown_voices(links: pd.DataFrame, turns: pd.DataFrame) -> dict[str, tuple[str, ...]]:
    """Whose words match nobody in the participants table, by document: survey ids, or speakers of several.

    A document with one speaker is named by its id alone.
    """
    alone = links[links["matched_by"] == "none"].merge(turns, on=["document_id", "turn"])
    found: dict[str, tuple[str, ...]] = {}
    for document_id, own in alone.groupby("document_id", sort=True):
        voices = own["respondent"].where(own["respondent"].map(filled), own["speaker"])
        named = tuple(dict.fromkeys(voice for voice in voices if filled(voice)))
        several = (
            turns.loc[turns["document_id"] == document_id, "speaker"].dropna().nunique() > _ONE_AND_ASKER
        )
        found[str(document_id)] = named if several or own["respondent"].map(filled).any() else ()
    return found


def unmatched(people: pd.DataFrame, links: pd.DataFrame) -> tuple[list[str], list[str]]:
    """Ids of people nobody's words belong to, and of documents that belong to nobody in the table."""
    heard = set(links["case_id"])
    asked = ~people[SURVEY[0]].map(filled) if SURVEY[0] in people else [True] * len(people)
    alone = links[links["matched_by"] == "none"]
    return sorted(set(people.loc[asked, "case_id"]) - heard), sorted(alone["document_id"].unique())

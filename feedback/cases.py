"""Who is who: participants tables and survey attributes as cases, and which turn is whose."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from feedback.tables import conform

if TYPE_CHECKING:
    import pandas as pd

# Columns that single a person out: they stay in private/people and never become attributes.
_IDENTIFYING = re.compile(
    r"(^|_)(name|first_?name|surname|e_?mail|phone|mobile|telephone|tel|address|postcode|dob|date_of_birth"
    r"|nhs(_number)?|ni_number|ip(_?address)?|file|files|file_name|document|latitude|longitude|sw_number"
    r"|locationlatitude|locationlongitude|ipaddress|recipient\w*|user_?id|contact)($|_)"
)
_CONSENT_WORDS = {
    "none": ("none", "no", "withdrawn", "refused", "n", "0", "false"),
    "analysis": ("analysis", "analysis only", "no quotes", "analyse"),
    "internal": ("internal", "internal quotes", "internal only", "report"),
    "publication": ("publication", "publish", "public", "published", "external", "all", "full"),
}
CONSENT_OF = {word: level for level, words in _CONSENT_WORDS.items() for word in words}
NO_CONSENT = "no consent to analysis"


def identifies(column: str) -> bool:
    """Whether a column of a participants table singles a person out, by its name."""
    return bool(_IDENTIFYING.search(column.lower()))


def merge_people(*sources: pd.DataFrame) -> pd.DataFrame:
    """Several people tables as one (table `private/people`); a later row's cells win over earlier ones."""
    import pandas as pd

    rows: dict[str, dict[str, str]] = {}
    for source in sources:
        for record in source.to_dict("records"):
            cells = {str(key): str(value) for key, value in record.items() if _said(value)}
            rows.setdefault(cells["case_id"], {}).update(cells)
    return conform("private/people", pd.DataFrame(list(rows.values())))


def _said(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def people_from_surveys(attributes: Mapping[str, Mapping[str, str]]) -> pd.DataFrame:
    """Respondents' other columns as a people table, headers as snake_case names."""
    import pandas as pd

    rows = [
        {"case_id": respondent, **{_snake(column): value for column, value in cells.items()}}
        for respondent, cells in attributes.items()
    ]
    return conform("private/people", pd.DataFrame(rows))


def _snake(column: str) -> str:
    name = re.sub(r"\W+", "_", column.strip().lower()).strip("_")
    return {"": "column", "case_id": "case_id_in_survey"}.get(name, name)[:60]


def consent_level(said: object, *, default: str) -> str:
    """The consent that a cell of a participants table gives; words that mean nothing here give `analysis`.

    A missing cell gives `default`. Never more than was clearly said: a bare "yes" is not a yes to quotes.
    """
    if not _said(said):
        return default
    return CONSENT_OF.get(str(said).strip().lower(), "analysis")


def unclear_consents(people: pd.DataFrame) -> list[str]:
    """The consent words of a participants table that mean nothing here, sorted."""
    if "consent" not in people:
        return []
    said = {str(value).strip() for value in people["consent"] if _said(value)}
    return sorted(value for value in said if value.lower() not in CONSENT_OF)


def link_turns(turns: pd.DataFrame, originals: pd.DataFrame, people: pd.DataFrame) -> pd.DataFrame:
    """Which case each participant turn belongs to (table `private/links`).

    A survey answer belongs to the case of its respondent; an interview to the case whose `file` column
    names it, whose id stands in its file name, or whose name or id is the speaker's label. Without a
    match a document's only participant is a case of its own, called after the document, and so is each
    of several.
    """
    rows: list[dict[str, object]] = []
    finder = _CaseFinder(people)
    names = dict(zip(originals["document_id"], originals["file_name"], strict=True))
    for document_id, group in turns.groupby("document_id", sort=True):
        said = group[group["role"] == "participant"]
        speakers = sorted({speaker for speaker in said["speaker"] if _said(speaker)})
        whole = finder.by_file(names.get(document_id) or "") if len(speakers) <= 1 else None
        for turn, speaker, respondent in zip(said["turn"], said["speaker"], said["respondent"], strict=True):
            case_id, matched_by = (
                finder.by_respondent(respondent)
                if _said(respondent)
                else whole
                or finder.by_speaker(speaker)
                or (_own_case(document_id, speaker, speakers), "none")
            )
            rows.append(
                {"document_id": document_id, "turn": turn, "case_id": case_id, "matched_by": matched_by}
            )
    return conform("private/links", rows)


def _own_case(document_id: object, speaker: object, speakers: list[str]) -> str:
    if len(speakers) <= 1:
        return str(document_id)
    number = speakers.index(str(speaker)) + 1 if _said(speaker) else 0
    return f"{document_id}-{number}"


class _CaseFinder:
    """Looks cases up by respondent, file name and speaker label."""

    def __init__(self, people: pd.DataFrame) -> None:
        self.ids = {_plain(case_id): case_id for case_id in people["case_id"]}
        self.files: dict[str, str] = {}
        self.names: dict[str, str | None] = {}
        for record in people.to_dict("records"):
            for column in ("file", "files", "file_name", "document"):
                for name in re.split(r"[;,|]", record.get(column) or ""):
                    if name.strip():
                        self.files[_stem(name)] = record["case_id"]
            if _said(record.get("name")):
                self._add_name(record["name"], record["case_id"])

    def _add_name(self, name: str, case_id: str) -> None:
        parts = name.split()
        for form in {name, " ".join(reversed(parts)), parts[0]}:
            key = _plain(form)
            self.names[key] = case_id if self.names.get(key, case_id) == case_id else None

    def by_respondent(self, respondent: str) -> tuple[str, str]:
        case_id = self.ids.get(_plain(respondent))
        return (case_id, "id") if case_id else (respondent, "none")

    def by_file(self, file_name: str) -> tuple[str, str] | None:
        stem = _stem(file_name)
        if stem in self.files:
            return self.files[stem], "file"
        pieces = re.split(r"[^A-Za-z0-9]+", stem)
        found = {self.ids[_plain(piece)] for piece in pieces if piece and _plain(piece) in self.ids}
        if _plain(stem) in self.ids:
            found = {self.ids[_plain(stem)]}
        return (found.pop(), "file name") if len(found) == 1 else None

    def by_speaker(self, speaker: object) -> tuple[str, str] | None:
        if not _said(speaker):
            return None
        key = _plain(re.sub(r"\(.*?\)", "", str(speaker)))
        case_id = self.ids.get(key) or self.names.get(key)
        return (case_id, "speaker") if case_id else None


def _plain(word: str) -> str:
    return " ".join(re.findall(r"\w+", word.lower()))


def _stem(file_name: str) -> str:
    base = re.split(r"[\\/]", file_name.strip())[-1]
    return _plain(re.sub(r"\.[A-Za-z0-9]{1,5}$", "", base))


def make_cases(people: pd.DataFrame, links: pd.DataFrame, *, default_consent: str) -> pd.DataFrame:
    """Table `cases`: everybody in the participants table or heard in a document, without what identifies."""
    kept = [
        column for column in people if column not in ("case_id", "consent") and not identifies(str(column))
    ]
    rows = {
        record["case_id"]: {
            "case_id": record["case_id"],
            "consent": consent_level(record.get("consent"), default=default_consent),
            **{str(column): _tidy(record[column]) for column in kept},
        }
        for record in people.to_dict("records")
    }
    for case_id in sorted(set(links["case_id"]) - set(rows)):
        rows[case_id] = {"case_id": case_id, "consent": default_consent}
    return conform("cases", list(rows.values()))


def _tidy(value: object) -> str | None:
    return " ".join(str(value).split()) if _said(value) else None


def unmatched(people: pd.DataFrame, links: pd.DataFrame) -> tuple[list[str], list[str]]:
    """Ids of people nobody's words belong to, and of documents that belong to nobody in the table."""
    heard = set(links["case_id"])
    alone = links[links["matched_by"] == "none"]
    return sorted(set(people["case_id"]) - heard), sorted(set(alone["document_id"]))


def is_yes(value: object) -> bool:
    """Whether a cell says yes: yes, y, true, 1, left, leaver."""
    return _said(value) and str(value).strip().lower() in ("yes", "y", "true", "1", "left", "leaver", "1.0")


def with_consent(cases: pd.DataFrame, *, least: str, levels: Iterable[str]) -> set[str]:
    """The cases whose consent reaches `least` on the ladder `levels`."""
    ladder = list(levels)
    allowed = set(ladder[ladder.index(least) :])
    return {
        case for case, consent in zip(cases["case_id"], cases["consent"], strict=True) if consent in allowed
    }

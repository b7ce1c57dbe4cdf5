"""Who is who: participants tables and survey attributes as cases, and which turn is whose."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from feedback.links import SURVEY, CaseFinder, files_of, filled, plain, stem_of, survey_case
from feedback.tables import conform

if TYPE_CHECKING:
    import pandas as pd

# Columns that single a person or a workplace out: they stay in private/ and never become attributes,
# unless the user names them under read: attributes:.
_IDENTIFYING = re.compile(
    r"(^|_)(name|first_?name|surname|known_as|nick_?name|alias|e_?mail|phone|mobile|telephone|tel"
    r"|address|postcode|dob|date_of_birth|nhs(_number)?|ni_number|ip(_?address)?|file|files|file_name|document|transcript|latitude|longitude"
    r"|sw_number|locationlatitude|locationlongitude|ipaddress|recipient\w*|user_?id|contact|manager"
    r"|supervisor|mentor|team|council|authority|employer|organisation|school|university|site|office|notes?"
    r"|comments?)($|_)|_private$"
)
# Marks on a scale say nothing about who somebody is, whatever the question names.
_SCALE = re.compile(
    r"(?:(?:strongly|somewhat|slightly|very|fairly|quite|extremely|neither|tend to|not|nor|at all|dis|un) ?)*"
    r"(?:agree|satisfied|happy|likely|good|poor|neutral)(?: (?:n?or )?(?:dis)?(?:agree|satisfied))?"
    r"|yes|no|true|false|n/?a|not (?:applicable|stated|sure)|don['’]?t know|unsure|s?[amd]|n|-|\d{1,2}"
    r"|never|rarely|sometimes|often|always|excellent|average|fair",
    re.IGNORECASE,
)
_LONGEST_VALUE, _MOST_VALUES = 40, 20
_CONSENT_WORDS = {
    "none": ("none", "no", "withdrawn", "refused", "n", "0", "false"),
    "analysis": ("analysis", "analysis only", "no quotes", "analyse"),
    "internal": ("internal", "internal quotes", "internal only", "report"),
    "publication": ("publication", "publish", "public", "published", "external", "all", "full"),
}
CONSENT_OF = {word: level for level, words in _CONSENT_WORDS.items() for word in words}
NO_CONSENT = "no consent to analysis"


def identifies(column: str) -> bool:
    """Whether a column of a participants table singles a person or a workplace out, by its name."""
    from feedback.readers.tables.personal import is_personal

    named = bool(_IDENTIFYING.search(column.lower())) or is_personal([column.replace("_", " ")], [])
    return column in SURVEY or named


def attributes_of(people: pd.DataFrame, *, wanted: Iterable[str] = ()) -> list[str]:
    """The columns of a people table that may be attributes: short values that many share, or numbers.

    Left out are columns whose names single somebody out, names of persons and free text; `wanted` are kept
    whatever they hold.
    """
    chosen = set(wanted)
    return [
        str(column)
        for column in people
        if column not in ("case_id", "consent")
        and (column in chosen or _may_be_attribute(str(column), people[column]))
    ]


def _may_be_attribute(column: str, values: pd.Series) -> bool:
    return _is_scale(column, values) or (not identifies(column) and _may_be_shown(values))


def _is_scale(column: str, values: pd.Series) -> bool:
    """Whether a column holds marks on a scale, and not only numbers, which may be anything."""
    said = {" ".join(str(value).split()) for value in values if filled(value)}
    marks = all(map(_SCALE.fullmatch, said)) and not all(value.isdigit() for value in said)
    return bool(said) and marks and column not in SURVEY and not column.endswith("_private")


def _may_be_shown(values: pd.Series) -> bool:
    from feedback.readers.tables.personal import is_personal

    said = sorted({str(value).strip() for value in values if filled(value)})
    if all(re.fullmatch(r"[-+]?\d+([.,]\d+)?", value) for value in said):
        return True
    if is_personal([], said):
        return False
    named = sum(_is_name(value) for value in said)
    return len(said) <= _MOST_VALUES and max(map(len, said)) <= _LONGEST_VALUE and named * 4 <= len(said)


def _is_name(value: str) -> bool:
    """Whether a value reads like a person: a first name with a second word, both with capitals."""
    from feedback.edits.words import is_first_name

    words = value.split()
    return len(words) in (2, 3) and value.istitle() and is_first_name(words[0].lower())


def merge_people(*sources: pd.DataFrame) -> pd.DataFrame:
    """Several people tables as one (table `private/people`); a later row's cells win over earlier ones.

    Columns stand as in the tables, so that merging with nothing new changes nothing.
    """
    import pandas as pd

    rows: dict[str, dict[str, str]] = {}
    for source in sources:
        for record in source.to_dict("records"):
            cells = {str(key): str(value) for key, value in record.items() if filled(value)}
            rows.setdefault(cells["case_id"], {}).update(cells)
    found = {name for cells in rows.values() for name in cells}
    columns = [name for source in sources for name in map(str, source.columns) if name in found]
    return conform("private/people", pd.DataFrame(list(rows.values()), columns=list(dict.fromkeys(columns))))


def people_from_survey(document_id: str, attributes: Mapping[str, Mapping[str, str]]) -> pd.DataFrame:
    """Respondents' other columns as a people table, headers as snake_case names.

    Their ids are the survey's own, so that respondent 3 of one survey is not respondent 3 of another.
    """
    import pandas as pd

    rows = [
        {
            "case_id": survey_case(document_id, respondent, number),
            **_standard({_snake(column): value for column, value in cells.items()}),
            **dict(zip(SURVEY, (document_id, respondent), strict=True)),
        }
        for number, (respondent, cells) in enumerate(attributes.items(), start=1)
    ]
    return conform("private/people", pd.DataFrame(rows))


def _standard(cells: dict[str, str]) -> dict[str, str]:
    """The cells with `leaver` and `consent` under these names, where the survey asks for them otherwise."""
    from feedback.readers.tables.participants import OTHER_NAMES

    for name in ("leaver", "consent"):
        like = next((other for other in OTHER_NAMES[name] if other in cells), None)
        if like and name not in cells:
            cells[name] = cells.pop(like)
    return cells


def _snake(column: str) -> str:
    name = re.sub(r"\W+", "_", column.strip().lower()).strip("_")
    return {"": "column", "case_id": "case_id_in_survey"}.get(name, name)[:60]


def consent_level(said: object, *, default: str) -> str:
    """The consent that a cell of a participants table gives; words that mean nothing here give `analysis`.

    A missing cell gives `default`. Never more than was clearly said: a bare "yes" is not a yes to quotes.
    """
    if not filled(said):
        return default
    return CONSENT_OF.get(str(said).strip().lower(), "analysis")


def unclear_consents(people: pd.DataFrame) -> list[str]:
    """The consent words of a participants table that mean nothing here, sorted."""
    if "consent" not in people:
        return []
    said = {str(value).strip() for value in people["consent"] if filled(value)}
    return sorted(value for value in said if value.lower() not in CONSENT_OF)


def make_cases(
    people: pd.DataFrame,
    links: pd.DataFrame,
    originals: pd.DataFrame,
    *,
    default_consent: str,
    wanted: Iterable[str] = (),
) -> pd.DataFrame:
    """Table `cases`: everybody in the participants table or heard in a document, without what identifies.

    A respondent whom the participants table knows is one case, the table's cells before the survey's. A
    speaker who could not be told among the people of a file has the strictest consent of these people.
    wanted: columns to keep as attributes whatever they hold.
    """
    kept = attributes_of(people, wanted=wanted)
    found = CaseFinder(people)
    homes = dict(zip(links["document_id"], links["case_id"], strict=True))
    rows: dict[str, dict[str, Any]] = {}
    for record in sorted(people.to_dict("records"), key=lambda one: filled(one.get(SURVEY[0]))):
        # A form without an id is the case of the person whose document it was found to be.
        own = record["case_id"] if filled(record.get(SURVEY[1])) else homes.get(record.get(SURVEY[0]))
        case_id = found.ids.get(plain(record.get(SURVEY[1]) or ""), own or record["case_id"])
        row = rows.setdefault(case_id, {"case_id": case_id})
        for column in ("consent", *kept):
            if not filled(row.get(column)):
                row[column] = _tidy(record.get(column))
    listed = _listed_for(people, originals)
    for case_id, document_id in sorted(set(zip(links["case_id"], links["document_id"], strict=True))):
        if case_id not in rows:
            rows[case_id] = {"case_id": case_id, "consent": _strictest(listed.get(document_id, []))}
    for row in rows.values():
        row["consent"] = consent_level(row.get("consent"), default=default_consent)
    return conform("cases", list(rows.values()))


def _listed_for(people: pd.DataFrame, originals: pd.DataFrame) -> dict[str, list[object]]:
    """What the people whose `file` column names a document say of consent, by document."""
    said: dict[str, list[object]] = {}
    for record in people.to_dict("records"):
        for stem in files_of(record):
            said.setdefault(stem, []).append(record.get("consent"))
    names = zip(originals["document_id"], originals["file_name"], strict=True)
    return {
        document_id: said[stem_of(name or "")] for document_id, name in names if stem_of(name or "") in said
    }


def _strictest(said: list[object]) -> str | None:
    levels = [consent_level(value, default="analysis") for value in said]
    return min(levels, key=list(_CONSENT_WORDS).index) if levels else None


def _tidy(value: object) -> str | None:
    return " ".join(str(value).split()) if filled(value) else None


_YES = ("yes", "y", "true", "1", "1.0", "left", "leaver")
_NO = ("no", "n", "false", "0", "0.0", "stayed", "stayer", "stays", "in post", "still in post")


def is_yes(value: object) -> bool:
    """Whether a cell says yes: yes, y, true, 1, left, leaver."""
    return filled(value) and str(value).strip().lower() in _YES


def is_no(value: object) -> bool:
    """Whether a cell says no: no, n, false, 0, stayed, stayer, in post."""
    return filled(value) and str(value).strip().lower() in _NO


def unclear_answers(people: pd.DataFrame, column: str) -> list[str]:
    """The words of a yes-or-no column that say neither, sorted; blank cells are left out."""
    if column not in people:
        return []
    said = {str(value).strip() for value in people[column] if filled(value)}
    return sorted(value for value in said if not is_yes(value) and not is_no(value))


def with_consent(cases: pd.DataFrame, *, least: str, levels: Iterable[str]) -> set[str]:
    """The cases whose consent reaches `least` on the ladder `levels`."""
    ladder = list(levels)
    allowed = set(ladder[ladder.index(least) :])
    return {
        case for case, consent in zip(cases["case_id"], cases["consent"], strict=True) if consent in allowed
    }

"""Who is who: participants tables and survey attributes as cases, and which turn is whose."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING

from feedback.links import SURVEY, CaseFinder, consents_by_file, filled, plain, survey_case
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
    r"|comments?|id)($|_)|_private$"
)
# Marks on a scale say nothing about who somebody is, whatever the question names.
_SCALE = re.compile(
    r"(?:(?:strongly|somewhat|slightly|very|fairly|quite|extremely|neither|tend to|not|nor|at all|dis|un) ?)*"
    r"(?:agree|satisfied|happy|likely|good|poor|neutral)(?: (?:n?or )?(?:dis)?(?:agree|satisfied))?"
    r"|yes|no|true|false|n/?a|not (?:applicable|stated|sure)|don['’]?t know|unsure|s?[amd]|n|-|\d{1,2}"
    r"|never|rarely|sometimes|often|always|excellent|average|fair",
    re.IGNORECASE,
)
_LONGEST_VALUE, _MOST_VALUES, _BLANK_MARKS = 40, 20, " -–—._/?"
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
        and (
            column in chosen
            or _is_scale(str(column), people[column])
            or _may_be_shown(column, people[column])
        )
    ]


def _is_scale(column: str, values: pd.Series) -> bool:
    """Whether a column holds marks on a scale, and not only numbers, which may be anything."""
    said = {" ".join(str(value).split()) for value in values.unique() if filled(value)}
    marks = all(map(_SCALE.fullmatch, said)) and not all(value.isdigit() for value in said)
    return bool(said) and marks and column not in SURVEY and not column.endswith("_private")


def _may_be_shown(column: object, values: pd.Series) -> bool:
    from feedback.readers.tables.personal import is_personal

    if identifies(str(column)):
        return False
    said = sorted({str(value).strip() for value in values.unique() if filled(value)})
    if all(re.fullmatch(r"[-+]?\d+([.,]\d+)?", value) for value in said):
        return True
    if is_personal([], said):
        return False
    named = sum(_is_name(value) for value in said)
    return len(said) <= _MOST_VALUES and max(map(len, said)) <= _LONGEST_VALUE and named * 4 <= len(said)


def _is_name(value: str) -> bool:
    """Whether a value reads like a person: a first name with a second word, both with capitals."""
    from feedback.edits.text.words import is_first_name

    words = value.split()
    return len(words) in (2, 3) and value.istitle() and is_first_name(words[0].lower())


def merge_people(*sources: pd.DataFrame) -> pd.DataFrame:
    """Several people tables as one (table `private/people`); a later row's cells win over earlier ones.

    Columns stand as in the tables, so that merging with nothing new changes nothing.
    """
    import pandas as pd

    known = [_filled_cells(source) for source in sources if len(source)]
    ids = pd.concat([source["case_id"] for source in known], ignore_index=True) if known else pd.Series()
    if ids.is_unique:
        return conform("private/people", pd.concat(known, ignore_index=True) if known else [])
    rows: dict[str, dict[str, str]] = {}
    for source in known:
        for record in source.to_dict("records"):
            cells = {str(key): str(value) for key, value in record.items() if filled(value)}
            rows.setdefault(cells["case_id"], {}).update(cells)
    found = {name for cells in rows.values() for name in cells}
    columns = [name for source in sources for name in map(str, source.columns) if name in found]
    return conform("private/people", pd.DataFrame(list(rows.values()), columns=list(dict.fromkeys(columns))))


def _filled_cells(source: pd.DataFrame) -> pd.DataFrame:
    """A table's columns that hold words, in their order, blank cells as missing."""
    import pandas as pd

    columns = {}
    for column in source:
        cells = source[column]
        held = cells.map(filled).astype(bool)
        if held.any():
            columns[str(column)] = cells if held.all() else cells.where(held, None)
    return pd.DataFrame(columns)


def people_from_survey(document_id: str, attributes: Mapping[str, Mapping[str, str]]) -> pd.DataFrame:
    """Respondents' other columns as a people table, headers as snake_case names.

    Their ids are the survey's own, so that respondent 3 of one survey is not respondent 3 of another.
    """
    import pandas as pd

    asked = dict.fromkeys(map(tuple, attributes.values()))
    names = {columns: _standard({_snake(column): column for column in columns}) for columns in asked}
    rows = {
        "case_id": [survey_case(document_id, who, number) for number, who in enumerate(attributes, start=1)],
        **_columns(attributes, names),
        SURVEY[0]: document_id,
        SURVEY[1]: list(attributes),
    }
    return pd.DataFrame(rows, dtype=object)


def _columns(
    attributes: Mapping[str, Mapping[str, str]], names: Mapping[tuple[str, ...], Mapping[str, str]]
) -> dict[str, list[str | None]]:
    """The cells by column; `names` says for the columns of a row which of them stands under which name."""
    every = dict.fromkeys(name for own in names.values() for name in own)
    found: dict[str, list[str | None]] = {}
    for name in every:
        of = {columns: own.get(name) for columns, own in names.items()}
        cells = ((row, of[tuple(row)]) for row in attributes.values())
        found[name] = [None if column is None else row[column] for row, column in cells]
    return found


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
    said = {str(value).strip() for value in people["consent"].unique() if filled(value)}
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
    import pandas as pd

    kept = attributes_of(people, wanted=wanted)
    rows = people.assign(case_id=_case_ids(people, links)) if len(people) else people
    if SURVEY[0] in rows:
        rows = rows.loc[rows[SURVEY[0]].map(filled).sort_values(kind="stable").index]
    cells = {name: rows[name] for name in ("consent", *kept) if name in rows}
    tidy = {name: cell.map({one: _tidy(one) for one in cell.unique()}) for name, cell in cells.items()}
    known = {"case_id": rows["case_id"], "consent": None, **tidy}
    # Of several rows of one case the first that says something counts, column by column.
    first = pd.DataFrame(known).groupby("case_id", sort=False, as_index=False).first()
    found = pd.concat([first, _unlisted(set(first["case_id"]), people, links, originals)], ignore_index=True)
    consents = [consent_level(said, default=default_consent) for said in found["consent"]]
    return conform("cases", found.assign(consent=consents))


def count_people(people: pd.DataFrame, links: pd.DataFrame) -> int:
    """How many people a people table tells of: a respondent whom the participants file knows is one."""
    one_source = SURVEY[0] not in people or people[SURVEY[0]].notna().all()
    return len(people) if one_source else len(set(_case_ids(people, links)))


def _case_ids(people: pd.DataFrame, links: pd.DataFrame) -> list[str]:
    """The case of each row of the people table."""
    ids = CaseFinder(people).ids
    homes = dict(zip(links["document_id"], links["case_id"], strict=True))
    surveys, respondents = (people.get(name, [None] * len(people)) for name in SURVEY)
    found = []
    for case_id, survey, respondent in zip(people["case_id"], surveys, respondents, strict=True):
        # A form without an id is the case of the person whose document it was found to be.
        own = case_id if filled(respondent) else homes.get(survey)
        found.append((ids.get(plain(respondent or "")) if ids else None) or own or case_id)
    return found


def _unlisted(
    known: Collection[str], people: pd.DataFrame, links: pd.DataFrame, originals: pd.DataFrame
) -> pd.DataFrame:
    """A case and its consent for each who is heard and not known."""
    import pandas as pd

    heard = links[~links["case_id"].isin(known)]
    listed = consents_by_file(people, originals) if len(heard) else {}
    pairs = sorted(set(zip(heard["case_id"], heard["document_id"], strict=True)))
    consents: dict[str, str | None] = {}
    for case_id, document_id in pairs:
        consents.setdefault(case_id, _strictest(listed.get(document_id, [])))
    return pd.DataFrame({"case_id": list(consents), "consent": list(consents.values())}, dtype=object)


def _strictest(said: list[object]) -> str | None:
    levels = [consent_level(value, default="analysis") for value in said]
    return min(levels, key=list(_CONSENT_WORDS).index) if levels else None


def _tidy(value: object) -> str | None:
    """A cell as it counts; None for a blank and for the dash that stands for one."""
    return " ".join(str(value).split()) if filled(value) and str(value).strip(_BLANK_MARKS) else None


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
    said = {str(value).strip() for value in people[column].unique() if filled(value)}
    return sorted(value for value in said if not is_yes(value) and not is_no(value))


def with_consent(cases: pd.DataFrame, *, least: str, levels: Iterable[str]) -> set[str]:
    """The cases whose consent reaches `least` on the ladder `levels`."""
    ladder = list(levels)
    allowed = set(ladder[ladder.index(least) :])
    return {
        case for case, consent in zip(cases["case_id"], cases["consent"], strict=True) if consent in allowed
    }

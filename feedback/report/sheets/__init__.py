"""A study as sheets: people by theme, framework, tags, quotes, push factors, theme list, columns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from feedback.report.handover import Handover
from feedback.report.heard import Heard, People, Voices, voices_by_theme, who_was_heard
from feedback.report.sheets.dictionary import MEANINGS
from feedback.report.sheets.factors import factor_rows

if TYPE_CHECKING:
    import pandas as pd

ALL_KINDS = ("interview", "survey", "testimony")
NOT_READ, NOTHING_SAID = "not read", "read, nothing said"
MOST = 3  # sentences in a cell of the framework
MAY_BE_QUOTED = {"internal": "inside the organisation", "publication": "in publications"}
TAG_COLUMNS = (
    "tag", "case_id", "document_id", "theme_id", "theme", "words", "sentence", "coder", "score", "rule",
    "valence", "assertion", "counts", "may_be_quoted", "segment_id", "start", "end",
)  # fmt: skip


@dataclass(frozen=True, eq=False)
class Sheet:
    """One sheet: its name, a sentence that says what its rows are, and the rows."""

    name: str
    about: str
    rows: pd.DataFrame


def sheets_of(given: Handover) -> list[Sheet]:
    """The sheets of a study, in order; the same tables give the same sheets.

    All texts are rendered. People are their ids, with attributes only as far as nobody stands alone; who
    did not consent to analysis is in none of them. Tags that count are those that the report counts.
    """
    heard = who_was_heard({name: given.table(name) for name in ("cases", "segments", "documents")})
    own = {theme: voices.own for theme, voices in _voices(given, heard).items()}
    sheets = [
        Sheet(
            "People by theme",
            "One row a person; 1: says so of themselves, 0: read, nothing said, empty: no words of theirs.",
            people_by_theme(given, heard, own),
        ),
        Sheet(
            "Framework",
            f"One row a person, one column a theme: up to {MOST} of the sentences tagged, in the order said.",
            framework(given, heard, own),
        ),
        Sheet("Tags", "One row a tag, of every coder; 'counts' says which the report counts.", _tags(given)),
        Sheet("Quotes", "The quotes that were picked, with the attribution that is safe.", _quotes(given)),
        Sheet(
            "Push factors",
            f"One row a push factor, as in the report; people, not mentions. {given.report.factors_note}",
            factor_rows(given.report.factors),
        ),
        Sheet("Theme list", "What each theme means, as the researchers wrote it.", _themes(given)),
    ]
    return [*sheets, Sheet("Columns", "What every column holds.", _columns(sheets))]


def people_by_theme(given: Handover, heard: Heard, own: dict[str, People]) -> pd.DataFrame:
    """People (rows) by themes (columns): 1, 0, or missing where the person was not read."""
    import pandas as pd

    rows = people_rows(given, heard)
    read = rows["case_id"].isin(who_was_read(heard))
    said = {
        theme: rows["case_id"].isin(own.get(theme, frozenset())).astype("Int64").where(read)
        for theme in given.codebook.ids
    }
    return pd.concat([rows, pd.DataFrame(said, index=rows.index)], axis=1)


def framework(given: Handover, heard: Heard, own: dict[str, People]) -> pd.DataFrame:
    """People by themes; a cell holds the sentences, NOTHING_SAID, or NOT_READ.

    Source: the framework method, Ritchie and Spencer (1994).
    """
    import pandas as pd

    rows = people_rows(given, heard)
    read, cells = who_was_read(heard), _sentences(given, heard, own)
    columns = {
        theme: [
            cells.get((person, theme), NOTHING_SAID) if person in read else NOT_READ
            for person in rows["case_id"]
        ]
        for theme in given.codebook.ids
    }
    return pd.concat([rows[["case_id"]], pd.DataFrame(columns, index=rows.index)], axis=1)


def _sentences(given: Handover, heard: Heard, own: dict[str, People]) -> dict[tuple[str, str], str]:
    """What each person says of each theme of their own, in the order said."""
    found: dict[tuple[str, str], str] = {}
    for cell, said in passages(given, heard).items():
        texts = list(dict.fromkeys(text for _, text in said))
        more = f"\n(and {len(texts) - MOST} more)" if len(texts) > MOST else ""
        found[cell] = "\n".join(texts[:MOST]) + more
    parents = {
        (person, theme): "see the themes under it"
        for theme, people in own.items()
        for person in people
        if (person, theme) not in found
    }
    return {**parents, **found}


def passages(given: Handover, heard: Heard) -> dict[tuple[str, str], list[tuple[str, str]]]:
    """By person and theme: segment_id and text of what they say of it as their own, in the order said."""
    counted = given.counted
    counted = counted[counted["assertion"].isna() | (counted["assertion"] == "own")]
    words = heard.words[["segment_id", "person", "document_id", "start", "text"]]
    joined = counted[["segment_id", "theme_id"]].drop_duplicates().merge(words, on="segment_id")
    joined = joined.sort_values(["document_id", "start"], kind="stable")
    return {
        (str(person), str(theme)): list(zip(group["segment_id"], group["text"], strict=True))
        for (theme, person), group in joined.groupby(["theme_id", "person"], sort=True)
    }


def _voices(given: Handover, heard: Heard) -> dict[str, Voices]:
    return voices_by_theme(heard, given.counted, kinds=ALL_KINDS, themes=given.codebook.ids)


def who_was_read(heard: Heard) -> People:
    """Those with words of their own, in testimonies as well."""
    return heard.people | heard.witnesses


def people_rows(given: Handover, heard: Heard) -> pd.DataFrame:
    """The people of the participants table and those who were heard without being in it, by id."""
    import pandas as pd

    cases = given.cases
    nameless = sorted(who_was_read(heard) - set(cases["case_id"]))
    unheard = given.table("cases")
    unheard = unheard.loc[~unheard["case_id"].isin(cases["case_id"]), ["case_id"]]
    if "consent" in given.table("cases"):
        unheard = unheard[given.table("cases").loc[unheard.index, "consent"] != "none"]
    rows = pd.concat([cases, unheard, pd.DataFrame({"case_id": nameless})], ignore_index=True)
    return rows.sort_values("case_id", kind="stable", ignore_index=True)


def _tags(given: Handover) -> pd.DataFrame:
    tags = given.tags.copy()
    segments = given.table("segments").drop_duplicates("segment_id").set_index("segment_id")["text"]
    counted = set(_keys(given.counted))
    tags["tag"] = [f"t{number:05d}" for number in range(1, len(tags) + 1)]
    tags["theme"] = tags["theme_id"].map(_labels(given))
    tags["sentence"] = tags["segment_id"].map(segments)
    tags["counts"] = ["yes" if key in counted else "no" for key in _keys(tags)]
    tags["may_be_quoted"] = _may_be_quoted(given, tags["case_id"])
    return tags[list(TAG_COLUMNS)]


def _keys(tags: pd.DataFrame) -> list[tuple[object, ...]]:
    columns = ["segment_id", "theme_id", "start", "end", "coder"]
    return list(tags[columns].itertuples(index=False, name=None))


def _may_be_quoted(given: Handover, people: Iterable[Any]) -> list[str]:
    cases = given.table("cases")
    consents = dict(zip(cases["case_id"], cases["consent"], strict=True))
    return [MAY_BE_QUOTED.get(consents.get(person) or "", "no") for person in people]


def _labels(given: Handover) -> dict[str, str]:
    return {theme.id: theme.label for theme in given.codebook}


def _quotes(given: Handover) -> pd.DataFrame:
    quotes = given.table("quotes")
    factors = given.table("factors")
    labels = {**_labels(given), **dict(zip(factors["factor_id"], factors["label"], strict=True))}
    about = quotes["factor_id"].where(quotes["factor_id"].notna(), quotes["theme_id"])
    shown = quotes.assign(about=about.map(labels), may_be_quoted=_may_be_quoted(given, quotes["case_id"]))
    columns = ["quote_id", "about", "text", "attribution", "edited", "may_be_quoted", "why"]
    return shown[columns].reset_index(drop=True)


def _themes(given: Handover) -> pd.DataFrame:
    import pandas as pd

    rows = [
        {
            "theme_id": theme.id,
            "label": theme.label,
            "group": theme.group,
            "under": theme.parent or "",
            "means": theme.means,
            "include": theme.include,
            "exclude": theme.exclude,
            "phrases": "\n".join(theme.phrases),
            "examples": "\n".join(theme.examples),
            "counter_examples": "\n".join(theme.counter_examples),
        }
        for theme in given.codebook
    ]
    return pd.DataFrame(rows)


def _columns(sheets: Sequence[Sheet]) -> pd.DataFrame:
    """The data dictionary: every column of every sheet, those of themes and attributes together."""
    import pandas as pd

    rows = []
    for sheet in sheets:
        for column in map(str, sheet.rows):
            meaning = MEANINGS.get(column)
            if meaning is not None:
                rows.append({"sheet": sheet.name, "column": column, "holds": meaning})
        others = [column for column in map(str, sheet.rows) if column not in MEANINGS]
        if others:
            rows.append({"sheet": sheet.name, "column": ", ".join(others), "holds": MEANINGS["*"]})
    return pd.DataFrame(rows)

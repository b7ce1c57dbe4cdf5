"""What a project can say of its own method, in sentences, by the names that the checklists use."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from feedback.disclosure import suppress
from feedback.model import Report, ThemeRow
from feedback.report import wording

if TYPE_CHECKING:
    import pandas as pd

Tables = Mapping[str, "pd.DataFrame"]
_MACHINES = ("rules", "meaning", "classifier")
_MOST_NAMED = 8
_LEVELS = {
    "none": "no use of their words",
    "analysis": "analysis without quotes",
    "internal": "quotes inside the organisation",
    "publication": "published quotes",
}


def facts_of(
    report: Report, tables: Tables, entries: Sequence[Mapping[str, Any]], *, whole: bool
) -> dict[str, str]:
    """Sentences by key; "" for what is not known. See `checklist.checklists`."""
    return {
        **_about_people(report, tables),
        **_about_material(tables, entries, report.smallest_group),
        **_about_analysis(report, tables),
        **_about_findings(report, tables),
        "kept": _journal(entries, whole=whole),
    }


def _about_people(report: Report, tables: Tables) -> dict[str, str]:
    counts = dict(report.counts)
    read = [f"{words}: {wording.figure(n)}" for words, n in report.counts]
    silent = counts.get("people in the participants table who were not read", 0)
    return {
        "title": report.title,
        "sample": f"What was read: {'; '.join(read)}." if read else "",
        "not_read": f"{wording.plural(silent, 'person', 'people')} of the participants table were not read."
        if silent
        else "",
        "consent": _consent(tables["cases"], report.smallest_group),
        "groups": _groups(report, tables["cases"]),
        "small": f"Groups and counts of fewer than {report.smallest_group} people are hidden in comparisons, "
        "and a line under a quote is had by at least as many.",
    }


def _consent(cases: pd.DataFrame, k: int) -> str:
    """How many people agreed to what, where that is not about a few."""
    if cases.empty:
        return ""
    said = {level: int((cases["consent"] == level).sum()) for level in _LEVELS}
    shown = _shown(said, k)
    parts = [f"{_LEVELS[level]}: {n}" for level, n in shown.items() if n != "0"]
    return f"Consent is recorded per person ({'; '.join(parts)}); quotes only from those who agreed."


def _shown(counts: Mapping[str, int], k: int) -> dict[str, str]:
    """Counts that make up a known whole as words, small ones and what gives them away as "hidden"."""
    import pandas as pd

    row = suppress(pd.DataFrame([list(counts.values())]), k=k, totals=("rows",)).to_numpy(dtype=object)[0]
    return {name: "hidden" if n is pd.NA else str(n) for name, n in zip(counts, row, strict=True)}


def _groups(report: Report, cases: pd.DataFrame) -> str:
    said = [
        f"{table.attribute.replace('_', ' ')} ("
        + ", ".join(
            f"{name} {'hidden' if total is None else total}"
            for name, total in zip(table.columns, table.totals, strict=True)
        )
        + ")"
        for table in report.tables
    ]
    named = {table.attribute for table in report.tables}
    others = [str(one).replace("_", " ") for one in cases if one not in {"case_id", "consent", *named}]
    parts = [f"People by {wording.listed(said)}."] if said else []
    return " ".join([*parts, *([f"Also recorded: {wording.listed(others)}."] if others else [])])


def _about_material(tables: Tables, entries: Sequence[Mapping[str, Any]], k: int) -> dict[str, str]:
    segments, edits = tables["segments"], tables["edits"]
    spoken = segments[segments["role"] == "participant"]
    masks = int((edits["kind"] == "mask").sum())
    tidied = int((edits["kind"] == "clean").sum())
    days = sorted(str(entry["when"])[:10] for entry in entries if entry.get("act") == "add")
    return {
        "questions": _questions(tables["documents"], segments),
        "repeated": _repeated(tables["documents"], spoken, k),
        "length": _length(tables["documents"], spoken, k),
        "added": f"Files were added to the project from {days[0]} to {days[-1]}." if days else "",
        "cleaned": f"{wording.plural(tidied, 'stretch', 'stretches')} of text were tidied (spaces, times, "
        "fillers); the original words are kept unchanged beside them."
        if tidied
        else "The words are as they were in the files.",
        "masking": f"{wording.plural(masks, 'name or number was', 'names and numbers were')} masked, each "
        f"person with one pseudonym throughout. {wording.PSEUDONYMISED}",
    }


def _questions(documents: pd.DataFrame, segments: pd.DataFrame) -> str:
    """The questions of surveys: what interviewers ask may hold what people told them."""
    surveys = documents.loc[documents["kind"] == "survey", "document_id"]
    asked = list(dict.fromkeys(segments.loc[segments["document_id"].isin(surveys), "question"].dropna()))
    if not asked:
        return ""
    more = f" and {len(asked) - _MOST_NAMED} more" if len(asked) > _MOST_NAMED else ""
    said = "; ".join(f"“{question}”" for question in asked[:_MOST_NAMED])
    return f"Survey questions: {said}{more}."


def _interviews(documents: pd.DataFrame, spoken: pd.DataFrame) -> pd.DataFrame:
    kept = documents.loc[documents["kind"] == "interview", "document_id"]
    return spoken[spoken["document_id"].isin(kept)]


def _repeated(documents: pd.DataFrame, spoken: pd.DataFrame, k: int) -> str:
    talks = _interviews(documents, spoken).groupby("case_id")["document_id"].nunique()
    if talks.empty:
        return ""
    again = int((talks > 1).sum())
    if not again:
        return "Nobody was interviewed more than once."
    said = wording.n_of(again, len(talks)) if again >= k else f"Fewer than {k} of {len(talks)}"
    return f"{said} people were interviewed more than once."


def _length(documents: pd.DataFrame, spoken: pd.DataFrame, k: int) -> str:
    """Minutes where the files have times, words of participants in any case; no single interview's."""
    talks = _interviews(documents, spoken)
    if talks["document_id"].nunique() < k:
        return ""
    words = talks["text"].str.split().str.len().groupby(talks["document_id"]).sum()
    low, middle, high = words.quantile([0.25, 0.5, 0.75])
    said = f"Participants say {middle:,.0f} words in an interview (median; half of them {low:,.0f} to "
    said += f"{high:,.0f})."
    ends = talks.groupby("document_id")["end_s"].max().dropna()
    if len(ends) == len(words):
        low, middle, high = (ends / 60).quantile([0.25, 0.5, 0.75])
        said += f" Interviews took {middle:.0f} minutes (median; half of them {low:.0f} to {high:.0f})."
    return said


def _about_analysis(report: Report, tables: Tables) -> dict[str, str]:
    method = dict(report.method)
    coders = sorted({str(coder) for coder in tables["tags"]["coder"].dropna()})
    people = [coder for coder in coders if coder not in _MACHINES]
    machines = [coder for coder in coders if coder in _MACHINES]
    hands = [
        *([wording.plural(len(people), "person", "people")] if people else []),
        *([wording.plural(len(machines), "machine") + " of this program"] if machines else []),
    ]
    return {
        "approach": " ".join(method.get("Approach", ())),
        "coders": f"Coded by {wording.listed(hands)} ({wording.listed(coders)})." if coders else "",
        "analysis": " ".join([*method.get("What counts", ()), *method.get("Who tagged", ())]),
        "software": "; ".join(f"{name} {version}" for name, version in report.versions) + "; offline."
        if report.versions
        else "",
        "limits": " ".join(method.get("What these numbers cannot say", ())),
    }


def _about_findings(report: Report, tables: Tables) -> dict[str, str]:
    summary = dict(line.split(": ", 1) for line in report.summary if ": " in line)
    found = [card.label for card in report.factors if not card.from_list]
    quotes = {quote.segment_id for row in report.themes for quote in row.quotes}
    people = tables["segments"].set_index("segment_id")["case_id"].reindex(sorted(quotes)).dropna().nunique()
    themes = len(tables["themes"])
    who = wording.plural(people, "person", "people")
    return {
        "summary": " ".join(report.summary[:3]),
        "tree": _tree(report.themes),
        "derived": f"{wording.plural(themes, 'theme')} were set beforehand in a written list"
        + (f"; grouped from the data and not on the list: {wording.listed(found)}." if found else ".")
        if themes
        else "",
        "quotes": f"{wording.plural(len(quotes), 'quoted passage')} of {who}"
        ", verbatim, each under a line that says who spoke as closely as fits enough people."
        if quotes
        else "",
        "against": summary.get("Other voices", ""),
        "behind": "Every figure can be traced to the people and words behind it in the project.",
        "major": _spoken_of(report, most=True),
        "minor": _spoken_of(report, most=False),
    }


def _tree(rows: Sequence[ThemeRow]) -> str:
    groups: dict[str, list[str]] = {}
    for row in rows:
        groups.setdefault(row.group or "Themes", []).append(row.label)
    return " ".join(f"{name}: {wording.listed(labels)}." for name, labels in groups.items())


def _spoken_of(report: Report, *, most: bool) -> str:
    """The themes that most, or that few of the people speak of."""
    if report.approach == "reflexive" or not report.themes:
        return ""
    heard = [row for row in report.themes if row.n and not row.parent]
    ordered = sorted(heard, key=lambda row: (-row.n if most else row.n, row.label))
    chosen = [row for row in ordered if most or row.n * 10 < row.of][:_MOST_NAMED]
    if not chosen:
        return ""
    said = [f"{row.label} ({wording.n_of(row.n, row.of)})" for row in chosen]
    lead = "Spoken of by the largest numbers" if most else "Spoken of by fewer than one in ten and reported"
    return f"{lead}: {wording.listed(said)}."


def _journal(entries: Sequence[Mapping[str, Any]], *, whole: bool) -> str:
    if not entries:
        return ""
    chain = "its chain of hashes holds" if whole else "its chain of hashes is broken: see `feedback check`"
    return (
        f"A journal has every step with its date, version, settings and hashes of what went in and came out "
        f"({wording.plural(len(entries), 'entry', 'entries')}; {chain})."
    )

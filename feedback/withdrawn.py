"""Taking a person's words out of tables: theirs go, everybody else's stay where they are.

In a document that others speak in too, the person's turns are blanked character by character, with the labels
before them, so that every other position still fits.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from feedback.edits.finding.names import speaker_names
from feedback.edits.text.words import is_ordinary
from feedback.links import SURVEY, CaseFinder, filled
from feedback.spans import Span

if TYPE_CHECKING:
    import pandas as pd

    Tables = Mapping[str, pd.DataFrame]

FILLER = " "
# Between a case and a theme, where a memo is about what the one says of the other.
OF = " | "
_SEGMENT = re.compile(r"(?P<document>d\d+):(?P<start>\d+)-(?P<end>\d+)")
# A letter or figure on either side makes it another word; file names join words with _ and -.
_ALONE = r"(?<![^\W_]){}(?![^\W_])"


@dataclass(frozen=True)
class Own:
    """Where a person's words stand: documents that are theirs alone, and spans in those of several people.

    `before` has the spans with the labels and times in front of the turns, `turns` their (document, turn),
    `respondents` the ids under which the person answered a survey (document, respondent).
    """

    case_id: str
    whole: frozenset[str]
    spans: Mapping[str, tuple[Span, ...]]
    before: Mapping[str, tuple[Span, ...]]
    turns: frozenset[tuple[str, int]]
    respondents: frozenset[tuple[str, str]]

    def has(self, document_id: str, start: int, end: int) -> bool:
        """Whether some of these characters are the person's."""
        if document_id in self.whole:
            return True
        return any(one.start < end and start < one.end for one in self.spans.get(document_id, ()))


def own_words(case_id: str, tables: Tables, links: pd.DataFrame) -> Own:
    """Where the words of a case stand, by the private tables of what was read and by whose turns are whose.

    A file of theirs in which no participant was heard is theirs as well.
    """
    turns, originals = tables["private/turns"], tables["private/originals"]
    mine = links[links["case_id"] == case_id]
    own = frozenset(zip(mine["document_id"], mine["turn"], strict=True))
    here = links[links["document_id"].isin(set(mine["document_id"]))]
    shared = set(here[here["case_id"] != case_id]["document_id"])
    texts = dict(zip(originals["document_id"], originals["text"], strict=True))
    spans: dict[str, list[Span]] = {}
    before: dict[str, list[Span]] = {}
    respondents, last = set(), Span(0, 0)
    spoken = turns[turns["document_id"].isin(set(mine["document_id"]))]
    document = None
    for row in spoken.sort_values(["document_id", "start"], kind="stable").itertuples(index=False):
        last = last if row.document_id == document else Span(0, 0)
        document = str(row.document_id)
        if (document, row.turn) in own:
            label = _label_start(texts.get(document, ""), last.end, row.start)
            spans.setdefault(document, []).append(Span(row.start, row.end))
            before.setdefault(document, []).append(Span(label, row.end))
            if filled(row.respondent):
                respondents.add((document, str(row.respondent)))
        last = Span(row.start, row.end)
    whole = {*mine["document_id"], *_silent(case_id, tables, links)} - shared
    return Own(
        case_id, frozenset(whole), _of(shared, spans), _of(shared, before), own, frozenset(respondents)
    )


def _silent(case_id: str, tables: Tables, links: pd.DataFrame) -> list[str]:
    """Documents that are the person's by their file, and in which nobody is a participant."""
    originals, heard = tables["private/originals"], set(links["document_id"])
    finder = CaseFinder(tables["private/people"])
    files = zip(originals["document_id"], originals["file_name"], strict=True)
    silent = {document: finder.by_file(name or "") for document, name in files if document not in heard}
    return [document for document, match in silent.items() if match and match[0] == case_id]


def _of(documents: Collection[str], spans: Mapping[str, list[Span]]) -> dict[str, tuple[Span, ...]]:
    return {document: tuple(found) for document, found in spans.items() if document in documents}


def _label_start(text: str, last: int, start: int) -> int:
    """Where the label before a turn begins: after the turn before; before the first, on the line or above."""
    if last:
        return last
    line = text.rfind("\n", 0, start) + 1
    if text[line:start].strip():
        return line
    return text.rfind("\n", 0, max(line - 1, 0)) + 1


def names_of(own: Own, people: pd.DataFrame, turns: pd.DataFrame) -> set[str]:
    """How a person is called: in the participants table, and as a speaker; labels such as P1 are no names."""
    rows = people[people["case_id"] == own.case_id].to_dict("records")
    columns = [c for c in people if any(part in str(c).lower() for part in ("name", "known"))]
    found = {" ".join(str(row[column]).split()) for row in rows for column in columns if filled(row[column])}
    speakers = zip(turns["document_id"], turns["turn"], turns["speaker"], strict=True)
    said = {str(one) for document, turn, one in speakers if filled(one) and (document, turn) in own.turns}
    return found | {" ".join(one.split()) for one in said if speaker_names([one])}


def still_heard(names: Iterable[str], texts: Iterable[str]) -> list[str]:
    """What of some names stands in texts: the whole name, or the words of it that are written like names."""
    text = "\n".join(texts)
    found = set()
    for name in names:
        parts = [part for part in name.split() if len(part) > 2 and part.isalpha()]
        if stands_in(name, text):
            found.add(name)
        found |= {part for part in parts if re.search(_ALONE.format(re.escape(part.title())), text)}
    return sorted(found)


def stands_in(name: str, text: str) -> bool:
    """Whether a name stands in a text, whatever its case and white space; "Will" only with its capital."""
    return bool(name.strip()) and _pattern(name).search(text) is not None


def _pattern(name: str) -> re.Pattern[str]:
    words = name.split()
    written = _ALONE.format(r"[\s_-]+".join(map(re.escape, words)))
    plain = all(is_ordinary(word.casefold()) for word in words)
    return re.compile(written, re.NOFLAG if plain else re.IGNORECASE)


def _blank(match: re.Match[str]) -> str:
    return FILLER * len(match[0])


def originals_left(
    originals: pd.DataFrame, turns: pd.DataFrame, own: Own, names: Iterable[str]
) -> pd.DataFrame:
    """The originals without the person's documents and turns, every other character in its place.

    names: how the person is called; in documents of several people they are blanked wherever nobody else
    speaks, and in the names of these files.
    """
    left = originals[~originals["document_id"].isin(own.whole)].reset_index(drop=True)
    heard: dict[str, list[Span]] = {}
    for row in turns_left(turns, own).itertuples(index=False):
        heard.setdefault(str(row.document_id), []).append(Span(row.start, row.end))
    patterns = [_pattern(name) for name in sorted(set(names), key=len, reverse=True)]
    rows = []
    for row in left.to_dict("records"):
        document = row["document_id"]
        if document in own.spans:
            row["text"] = _blanked(row["text"], own.before[document], heard.get(document, []), patterns)
            for column in ("file_name", "title"):
                for pattern in patterns:
                    row[column] = pattern.sub("withdrawn", row[column] or "")
        rows.append(row)
    for column in ("text", "file_name", "title"):
        left[column] = [row[column] for row in rows]
    return left


def _blanked(
    text: str, own: Iterable[Span], heard: Iterable[Span], patterns: Iterable[re.Pattern[str]]
) -> str:
    for start, end in own:
        text = text[:start] + FILLER * (end - start) + text[end:]
    spoken = sorted(heard)
    for pattern in patterns:
        text = pattern.sub(
            lambda match: (
                match[0]
                if any(one.start < match.end() and match.start() < one.end for one in spoken)
                else _blank(match)
            ),
            text,
        )
    return text


def rows_left(frame: pd.DataFrame, own: Own) -> pd.DataFrame:
    """The rows of a table that are not about the person's words, by their place, segment or case."""
    gone = [_is_own(row, own) for row in frame.to_dict("records")]
    return frame[[not one for one in gone]].reset_index(drop=True)


def _is_own(row: Mapping[Any, Any], own: Own) -> bool:
    if row.get("case_id") == own.case_id or str(row.get("about") or "").startswith(f"{own.case_id}{OF}"):
        return True
    for column in ("segment_id", "about"):
        match = _SEGMENT.search(str(row.get(column) or ""))
        if match and own.has(match["document"], int(match["start"]), int(match["end"])):
            return True
    if not filled(row.get("document_id")):
        return False
    start, end = row.get("start"), row.get("end")
    if start is None or start != start:  # noqa: PLR0124
        return row["document_id"] in own.whole
    return own.has(row["document_id"], int(start), int(end or start))


def turns_left(turns: pd.DataFrame, own: Own) -> pd.DataFrame:
    """Turns or links without the person's; the others keep their numbers."""
    gone = [
        document in own.whole or (document, turn) in own.turns
        for document, turn in zip(turns["document_id"], turns["turn"], strict=True)
    ]
    return turns[[not one for one in gone]].reset_index(drop=True)


def people_left(people: pd.DataFrame, own: Own) -> pd.DataFrame:
    """The people table without the person's rows, those of surveys that the person answered included."""
    gone = [
        row["case_id"] == own.case_id or (row.get(SURVEY[0]), row.get(SURVEY[1])) in own.respondents
        for row in people.to_dict("records")
    ]
    return people[[not one for one in gone]].reset_index(drop=True)


def links_fixed(fixed: pd.DataFrame, links: pd.DataFrame, own: Own) -> pd.DataFrame:
    """The links that stay as they are, with those of the documents that the person shares with others."""
    import pandas as pd

    shared = links[links["document_id"].isin(list(own.spans))]
    both = turns_left(pd.concat([fixed, shared], ignore_index=True), own)
    return both.drop_duplicates(["document_id", "turn"], ignore_index=True)


def read_left(tables: Tables, own: Own, links: pd.DataFrame, names: Iterable[str]) -> dict[str, pd.DataFrame]:
    """The tables of what was read without the person: originals first, whose the words were last."""
    from feedback.tables import conform

    turns, originals = tables["private/turns"], tables["private/originals"]
    documents = tables["documents"]
    found = {
        "private/originals": originals_left(originals, turns, own, names),
        "documents": documents[~documents["document_id"].isin(own.whole)].reset_index(drop=True),
        "dropped/read": rows_left(tables["dropped/read"], own),
        "private/fixed_links": links_fixed(tables["private/fixed_links"], links, own),
        "private/people": people_left(tables["private/people"], own),
        "private/turns": turns_left(turns, own),
    }
    return {name: conform("dropped" if name == "dropped/read" else name, one) for name, one in found.items()}

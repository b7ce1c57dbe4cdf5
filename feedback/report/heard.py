"""Who was heard, and who says what: sets of people, never mentions. Interviewers are in none of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from feedback.cases import is_no, is_yes
from feedback.tables import empty

if TYPE_CHECKING:
    import pandas as pd

People = frozenset[str]
NOBODY: People = frozenset()


@dataclass(frozen=True)
class Heard:
    """The people whose own words were read, by what they were read in and by whether they left.

    `people` spoke in interviews or surveys; they alone make up the N of every count. `witnesses` wrote
    testimonies. `words` are the participants' segments with the columns person and kind.
    """

    words: pd.DataFrame
    interviewed: People
    surveyed: People
    people: People
    witnesses: People
    leavers: People
    stayers: People
    not_read: People
    n_documents: Mapping[str, int]
    marks_leavers: bool


def who_was_heard(tables: Mapping[str, pd.DataFrame], *, leaver: str = "leaver") -> Heard:
    """Everybody with words of their own in the tables documents, cases and segments.

    A segment without a case is its document's own. People whose consent is "none" are left out altogether.
    """
    cases = tables.get("cases", empty("cases"))
    words = _words(tables, withdrawn=set(cases.loc[cases["consent"] == "none", "case_id"]))
    by_kind = {kind: frozenset(group) for kind, group in words.groupby("kind")["person"]}
    interviewed, surveyed = by_kind.get("interview", NOBODY), by_kind.get("survey", NOBODY)
    people, witnesses = interviewed | surveyed, by_kind.get("testimony", NOBODY)
    left, stayed = _who_left(cases, leaver)
    return Heard(
        words=words,
        interviewed=interviewed,
        surveyed=surveyed,
        people=people,
        witnesses=witnesses,
        leavers=people & left,
        stayers=people & stayed,
        not_read=frozenset(cases["case_id"]) - people - witnesses,
        n_documents={str(kind): group.nunique() for kind, group in words.groupby("kind")["document_id"]},
        marks_leavers=bool(left or stayed),
    )


def _who_left(cases: pd.DataFrame, leaver: str) -> tuple[People, People]:
    """Who is marked as having left, and who as having stayed; a case's last row counts."""
    if leaver not in cases:
        return NOBODY, NOBODY
    last = cases.drop_duplicates("case_id", keep="last")
    answers = list(last[leaver].unique())
    left, stayed = ([one for one in answers if says(one)] for says in (is_yes, is_no))
    return _cases_with(last, leaver, left), _cases_with(last, leaver, stayed)


def _cases_with(cases: pd.DataFrame, column: str, values: list[object]) -> People:
    return frozenset(cases.loc[cases[column].isin(values), "case_id"])


def _words(tables: Mapping[str, pd.DataFrame], *, withdrawn: set[str]) -> pd.DataFrame:
    import numpy as np

    segments = tables.get("segments", empty("segments"))
    documents = tables.get("documents", empty("documents"))
    kinds = dict(zip(documents["document_id"], documents["kind"], strict=True))
    told = segments["text"].map(_tells).astype(bool)
    person = segments["case_id"].where(segments["case_id"].notna(), segments["document_id"])
    kind = segments["document_id"].map(lambda document: kinds.get(document) or "interview")
    own = (segments["role"] == "participant") & told & ~person.isin(withdrawn)
    # Whole copies of the largest table are what a report's memory goes to: one, in order, is made.
    rows = np.flatnonzero(own.to_numpy())
    rows = rows[np.argsort(segments["segment_id"].to_numpy()[rows], kind="stable")]
    words = segments.iloc[rows]
    return words.assign(person=person.to_numpy(dtype=object)[rows], kind=kind.to_numpy(dtype=object)[rows])


def _tells(text: object) -> bool:
    return isinstance(text, str) and bool(text) and not text.isspace()


@dataclass(frozen=True)
class Voices:
    """Who says what of one theme, own experience first.

    `negative` and `positive` may overlap; `not_positive` and `not_negative` leave out those who only praise
    or only blame. `other`, `hypothetical` and `negated` hold people whatever else they say.
    """

    own: People = NOBODY
    negative: People = NOBODY
    positive: People = NOBODY
    not_positive: People = NOBODY
    not_negative: People = NOBODY
    other: People = NOBODY
    hypothetical: People = NOBODY
    negated: People = NOBODY
    segments: frozenset[str] = field(default=frozenset(), repr=False)

    @property
    def not_own(self) -> People:
        """Those who only speak of it as somebody else's, as an if, or to say that it was not so."""
        return (self.other | self.hypothetical | self.negated) - self.own


SILENCE = Voices()


def voices_by_theme(
    heard: Heard, tags: pd.DataFrame, *, kinds: Iterable[str], themes: Iterable[str] = ()
) -> dict[str, Voices]:
    """Who says what of each theme in documents of these kinds; a child's tags count for its parent too.

    Several coders' tags of one segment are one: sets of people know no mentions. A tag without an assertion
    (a person's coding, say) counts as the speaker's own. themes: ids that get an entry even if nobody speaks.
    """
    words = heard.words
    tagged = words["kind"].isin(list(kinds)) & words["segment_id"].isin(tags["segment_id"])
    joined = tags[["segment_id", "theme_id", "valence", "assertion"]].merge(
        words.loc[tagged, ["segment_id", "person"]], on="segment_id"
    )
    found = dict.fromkeys(themes, SILENCE)
    for theme_id, group in with_parents(joined).groupby("theme_id", sort=True):
        found[str(theme_id)] = _voices(group)
    return found


def with_parents(tags: pd.DataFrame) -> pd.DataFrame:
    """The tags, and once more for each theme that a tag's theme is inside of."""
    import pandas as pd

    levels = [tags]
    while len(nested := levels[-1][levels[-1]["theme_id"].astype(str).str.contains("/", regex=False)]):
        levels.append(nested.assign(theme_id=nested["theme_id"].astype(str).str.rpartition("/")[0]))
    return pd.concat(levels) if len(levels) > 1 else tags


def _voices(group: pd.DataFrame) -> Voices:
    own = group[group["assertion"].isna() | (group["assertion"] == "own")]
    said, asserted = own["valence"], group["assertion"]
    return Voices(
        own=frozenset(own["person"]),
        negative=frozenset(own.loc[said.isin(["negative", "mixed"]), "person"]),
        positive=frozenset(own.loc[said.isin(["positive", "mixed"]), "person"]),
        not_positive=frozenset(own.loc[said != "positive", "person"]),
        not_negative=frozenset(own.loc[said != "negative", "person"]),
        other=frozenset(group.loc[asserted == "other", "person"]),
        hypothetical=frozenset(group.loc[asserted == "hypothetical", "person"]),
        negated=frozenset(group.loc[asserted == "negated", "person"]),
        segments=frozenset(own["segment_id"]),
    )

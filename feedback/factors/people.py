"""Who was heard: leavers and others, and what each of them said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from .questions import Study, case_of, is_non_answer, not_there, spoken, study_of
from .reasons import leavers_of

if TYPE_CHECKING:
    import pandas as pd

_SPOKEN = ("segment_id", "case_id", "text", "document_id", "turn", "start")


@dataclass(frozen=True)
class Answers:
    """Who was `asked` why they left (document_id, case_id); how many answers are `silent`, by document."""

    asked: frozenset[tuple[str, str]] = frozenset()
    silent: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Heard:
    """`spoken`: participants' segments (segment_id, case_id, text, document_id, turn, start).

    In an order that only the texts decide. `leavers`: case ids of the leavers among them; `named`: how many
    leavers the participants table has; `unknown`: how many people spoke who are not in it; `silent`: leavers'
    non-answers to the question why they left; `interviews`: ids of documents in which somebody asks;
    `asked`: leavers who were asked why they left, or whose texts stand by themselves; `not_there`: questions
    that were named as asking for the main reason, and that nobody answers.
    """

    spoken: pd.DataFrame = field(repr=False)
    leavers: frozenset[str]
    named: int
    unknown: int
    silent: int
    interviews: frozenset[str]
    asked: frozenset[str] = frozenset()
    not_there: tuple[str, ...] = ()

    @cached_property
    def texts(self) -> dict[str, str]:
        """The words of each participants' segment, by segment_id."""
        return dict(zip(self.spoken["segment_id"], self.spoken["text"], strict=True))

    def others(self) -> pd.DataFrame:
        """The segments of those who did not leave."""
        return self.spoken[~self.spoken["case_id"].isin(self.leavers)]


def heard(
    segments: pd.DataFrame,
    cases: pd.DataFrame | None,
    *,
    leaver: str = "leaver",
    main: Sequence[str] = (),
    study: Study | None = None,
    answers: Answers | None = None,
) -> Heard:
    """Everybody whose words are in `segments`; without `cases` all of them count as leavers.

    main, study: questions that ask for the main reason for leaving, and what is asked, as of `spoken`.
    answers: what `answered` gives, where that is known.
    """
    asking = segments["role"] == "interviewer"
    words = segments.loc[~asking, [*_SPOKEN]]
    who = [case_of(*ids) for ids in zip(words["case_id"], words["document_id"], strict=True)]
    words = words.assign(case_id=who, text=words["text"].astype(str))
    # By text before anything else: ids follow the order in which a user happened to give the texts.
    words = words.sort_values(["text", "segment_id"], kind="stable", ignore_index=True)
    people = frozenset(words["case_id"])
    left = people if cases is None else people & leavers_of(cases, leaver=leaver)
    known = people if cases is None else people & frozenset(cases["case_id"].astype(str))
    if answers is None:
        answers = answered(segments, left, main=main, study=study)
    return Heard(
        spoken=words,
        leavers=left,
        named=len(people) if cases is None else len(leavers_of(cases, leaver=leaver)),
        unknown=len(people - known),
        silent=sum(answers.silent.values()),
        interviews=frozenset(segments.loc[asking, "document_id"]),
        asked=frozenset(case_id for _, case_id in answers.asked),
        not_there=tuple(not_there(study or study_of(segments), main)),
    )


def answered(
    segments: pd.DataFrame, people: Collection[str], *, main: Sequence[str], study: Study | None
) -> Answers:
    """Which of these people were asked why they left, and which of their written answers say nothing."""
    asked, answers = set(), dict[tuple[str, int], bool]()
    for row in spoken(segments, main=main, study=study):
        if row.case_id in people and row.context in ("asked", "all"):
            asked.add((row.document_id, row.case_id))
            if not row.interview:
                answer = (row.document_id, row.turn)
                answers[answer] = answers.get(answer, True) and is_non_answer(row.text)
    return Answers(frozenset(asked), Counter(document_id for (document_id, _), no in answers.items() if no))


class Fetched(Mapping[str, str]):
    """The words of all segments, each fetched when it is asked for."""

    def __init__(self, texts_of: Callable[[Sequence[str]], dict[str, str]]) -> None:
        self._texts_of = texts_of

    def __getitem__(self, segment_id: str) -> str:
        return self._texts_of([segment_id])[segment_id]

    def __iter__(self) -> Any:
        raise TypeError("too many to go through")

    def __len__(self) -> int:
        raise TypeError("too many to count")

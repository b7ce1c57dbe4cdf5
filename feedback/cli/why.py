"""`feedback why NUMBER-ID`: the people and words behind a number of the report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from feedback.cli.options import common
from feedback.cli.output import count, give_json, note, say, say_wrapped
from feedback.cli.work import advance

if TYPE_CHECKING:
    from feedback.comparing.basis import Basis
    from feedback.model import Report
    from feedback.outcomes.cohort import Followed
    from feedback.project import Project
    from feedback.report.numbers import Number, Numbers
    from feedback.report.why import Answers
    from feedback.report.why_told import Passage, Sign, Voice, Why

COMPARED = "n-compare-"
_HEARD_AS = {
    "own": "own experience",
    "negated": "says it was not so",
    "hypothetical": "as an if",
    "other": "of others",
}
_SPOKEN = {"negative": "critical", "positive": "favourable", "mixed": "both ways"}


@click.command("why")
@click.argument("ids", nargs=-1, metavar="[NUMBER-ID]...")
@click.option("--about", metavar="WORD", help="Without an id: only numbers whose line holds this word.")
@click.option(
    "-n", "most", default=3, show_default=True, type=click.IntRange(min=0), help="Passages of each person."
)
@click.option(
    "--unquoted", is_flag=True, help="Also the words of people who agreed to analysis only: for your eyes."
)
@common
def command(
    ids: tuple[str, ...], about: str | None, most: int, unquoted: bool, folder: str, as_json: bool
) -> None:
    """Shows who stands behind a number of the report or of `compare`; without an id, lists all numbers.

    In the report a number shows its id when the pointer rests on it; "Behind the numbers" lists them. What
    is shown here is for reading inside, and is not made to be passed on.
    """
    from feedback.leaving.publish import report_of
    from feedback.project import Project
    from feedback.report.numbers import Numbers, find_number

    project = Project(folder)
    advance(project)
    if not ids and about and about.startswith(COMPARED):
        _list_compared(project, about, as_json=as_json)
        return
    report = report_of(project)
    numbers = Numbers(report)
    if not ids:
        _list(numbers, about, as_json=as_json)
        return
    reported = [find_number(numbers, one) for one in ids if not one.startswith(COMPARED)]
    answers = _answers(project, report, reported, unquoted=unquoted) if reported else []
    if compared := [one for one in ids if one.startswith(COMPARED)]:
        answers += _compared(project, compared, unquoted=unquoted)
    if as_json:
        give_json(
            {"why": [{**asdict(one.number), **asdict(one), "number": one.number.id} for one in answers]}
        )
        return
    for one in answers:
        _say_why(one, most)


def _answers(project: Project, report: Report, found: Sequence[Number], *, unquoted: bool) -> list[Why]:
    cohorts = _cohorts(project) if any(one.kind == "outcome" for one in found) else None
    answers = _answers_of(project, report, unquoted=unquoted, cohorts=cohorts)
    return [answers.why(one) for one in found]


def _answers_of(
    project: Project,
    report: Report,
    *,
    unquoted: bool,
    cohorts: Mapping[str, Sequence[Followed]] | None = None,
) -> Answers:
    from feedback.pipeline.trained import tags_that_count
    from feedback.report.why import Answers

    settings = project.settings.factors
    return Answers(
        report,
        {**project.tables(), "tags": tags_that_count(project)},
        leaver=settings.column,
        group=settings.group,
        unquoted=unquoted,
        cohorts=cohorts,
    )


def _cohorts(project: Project) -> dict[str, tuple[Followed, ...]]:
    from feedback.leaving.outcomes import outcomes_of

    found, _ = outcomes_of(project)
    return {one.retention.definition: one.cohort.people for one in found.by_definition} if found else {}


def _compared(project: Project, ids: Sequence[str], *, unquoted: bool) -> list[Why]:
    from feedback.comparing.why import why_compared

    basis = _basis(project)
    answers = _answers_of(project, basis.report, unquoted=unquoted)
    return [why_compared(basis, answers, one) for one in ids]


def _basis(project: Project) -> Basis:
    from feedback.comparing.basis import basis_of
    from feedback.leaving.publish import report_of, summary_options
    from feedback.pipeline.trained import tags_that_count

    tables = {**project.tables(), "tags": tags_that_count(project)}
    return basis_of(tables, report=report_of(project), **summary_options(project))


def _list_compared(project: Project, about: str, *, as_json: bool) -> None:
    from feedback.comparing.why import numbers_like

    _give_list(numbers_like(_basis(project), about.casefold()), about, as_json=as_json)


def _list(numbers: Numbers, about: str | None, *, as_json: bool) -> None:
    wanted = (about or "").casefold()
    rows = [one for one in numbers.all if wanted in f"{one.id} {one.about} {one.words}".casefold()]
    _give_list(rows, about, as_json=as_json)


def _give_list(rows: Sequence[Number], about: str | None, *, as_json: bool) -> None:
    if as_json:
        give_json({"numbers": [asdict(one) for one in rows]})
        return
    from feedback.report.wording import figure, n_of

    for one in rows:
        many = n_of(one.n, one.of) if one.of else figure(one.n)
        say_wrapped(f"{one.id}  {many}: {one.words}", indent="    ")
    say(f"{count(len(rows), 'number')}" + (f" about '{about}'" if about else "") + ".")
    note(
        "`feedback why NUMBER` shows who stands behind one." if rows else "Leave --about out to see them all."
    )


def _say_why(one: Why, most: int) -> None:
    number = one.number
    from feedback.report.wording import figure, n_of

    said = n_of(number.n, number.of) if number.of else figure(number.n)
    say(f"{number.id}: {one.label or number.about}")
    say_wrapped(f"{said}: {number.words}" + (f"; out of {one.among}" if one.among else ""))
    if one.documents:
        say_wrapped(f"Documents: {', '.join(one.documents)}")
    for voice in one.people:
        if voice.passages:
            _say_voice(voice, most)
    mute = [voice.case_id for voice in one.people if not voice.passages]
    others = [(f"Not counted, {other.why}", other.people) for other in one.others]
    for lead, ids in (("Counted", mute), *others):
        if ids:
            say()
            say_wrapped(f"{lead} ({len(ids):,}): {', '.join(ids)}")
    say()


def _say_voice(voice: Voice, most: int) -> None:
    said = f"\n{voice.case_id} ({count(len(voice.passages), 'passage')})"
    open_ = [passage for passage in voice.passages if not passage.withheld]
    reasons = sorted({passage.withheld for passage in voice.passages if passage.withheld})
    hidden = len(voice.passages) - len(open_)
    say(said + (f": {hidden} not shown, {' and '.join(reasons)}" if hidden else ""))
    for passage in open_[:most]:
        _say_passage(passage)
    if len(open_) > most:
        say(f"  and {len(open_) - most:,} more: -n {len(open_)}")


def _say_passage(passage: Passage) -> None:
    asked = f"; asked: {passage.question}" if passage.question else ""
    reasons = f"; taken for a reason: {', '.join(passage.reasons)}" if passage.reasons else ""
    say_wrapped(f"  {passage.segment_id}{reasons}{asked}", indent="    ")
    say_wrapped(f"  “{passage.text}”", indent="   ")
    for sign in passage.signs:
        say_wrapped(f"    {_told(sign)}", indent="      ")


def _told(sign: Sign) -> str:
    by = sign.coder + ("" if sign.score is None else f" {sign.score:.2f}")
    how = ", ".join(
        part for part in (_HEARD_AS.get(sign.assertion, ""), _SPOKEN.get(sign.valence, "")) if part
    )
    rule = f" by “{sign.rule}”" if sign.rule else ""
    return f"{sign.theme}: {by}{rule}, in “{sign.evidence}”" + (f" ({how})" if how else "")

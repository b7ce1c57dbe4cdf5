"""`feedback factors name`, `merge`, `split`, `pin` and `free`: what people decide about push factors."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from feedback.cli.options import common
from feedback.cli.output import count, give_json, note, say
from feedback.errors import FeedbackError, nearest

if TYPE_CHECKING:
    from feedback.factors.kept import Decision
    from feedback.project import Project


@click.command("name")
@click.argument("factor", metavar="ID")
@click.argument("label")
@common
def name(factor: str, label: str, folder: str, as_json: bool) -> None:
    """Names a group of reasons that is not on the theme list: name left-over-1 "The journey to work"."""

    def decide(at: Desk) -> str:
        row = at.row(factor)
        if row.factor_id in at.themes:
            raise FeedbackError(
                f"'{row.factor_id}' is a theme of the list", hint="change its label in themes.yaml"
            )
        own = at.group(row, label)
        at.put(own)
        return f"{row.label} [{row.factor_id}] is {own.id}: {label.strip()}."

    _decide("name", decide, folder, as_json)


@click.command("merge")
@click.argument("into", metavar="ID")
@click.argument("others", metavar="ID...", nargs=-1, required=True)
@common
def merge(into: str, others: tuple[str, ...], folder: str, as_json: bool) -> None:
    """Counts push factors as one: the others go into the first, a theme's or a group's."""

    def decide(at: Desk) -> str:
        target = at.home(at.row(into))
        for other in others:
            row = at.row(other)
            if row.factor_id == target:
                raise FeedbackError(f"'{other}' cannot go into itself")
            one = at.decided(row.factor_id) if row.factor_id in at.themes else at.group(row)
            at.put(replace(one, into=target))
        return f"{count(len(others), 'push factor')} counted with {target} from now on."

    _decide("merge", decide, folder, as_json)


@click.command("split")
@click.argument("factor", metavar="ID")
@click.argument("sentences", nargs=-1, metavar="[SENTENCE...]")
@click.option("--as", "label", metavar="LABEL", help="What the part that goes is called.")
@common
def split(factor: str, sentences: tuple[str, ...], label: str | None, folder: str, as_json: bool) -> None:
    """Takes a push factor apart: into what was merged, into two by meaning, or the sentences that go."""
    from feedback.cli.factors.split import take_apart

    _decide("split", lambda at: take_apart(at, factor, sentences, label), folder, as_json)


@click.command("pin")
@click.argument("factor", metavar="ID")
@click.argument("sentences", nargs=-1, metavar="[SENTENCE...]")
@common
def pin(factor: str, sentences: tuple[str, ...], folder: str, as_json: bool) -> None:
    """Fixes sentences in a push factor, whatever later runs find: those given, or all that it has."""

    def decide(at: Desk) -> str:
        row = at.row(factor)
        fixed = at.checked(sentences) or at.members(row.factor_id)
        own = at.decided(row.factor_id) if row.factor_id in at.themes else at.group(row)
        pinned = tuple(sorted({*own.pinned, *fixed}))
        at.put(replace(own, pinned=pinned, out=tuple(one for one in own.out if one not in fixed)))
        return f"{count(len(fixed), 'sentence')} fixed in {own.id}."

    _decide("pin", decide, folder, as_json)


@click.command("free")
@click.argument("factor", metavar="ID")
@common
def free(factor: str, folder: str, as_json: bool) -> None:
    """Takes back all that was decided about a push factor."""

    def decide(at: Desk) -> str:
        if factor not in at.decisions:
            raise _unknown(factor, list(at.decisions), "nothing is decided about")
        at.put(_nothing(factor))
        leaning = [one for one in at.decisions.values() if one.into == factor]
        for one in leaning:
            at.put(replace(one, into=""))
        return f"Nothing is decided about {factor} any more."

    _decide("free", decide, folder, as_json)


def _decide(verb: str, decide: Callable[[Desk], str], folder: str, as_json: bool) -> None:
    """Does it under the project's lock, and writes it down: ids and numbers only."""
    from feedback.project import Project

    project = Project(folder)
    with project.locked():
        desk = Desk(project)
        said = decide(desk)
        desk.save(verb)
    if as_json:
        give_json({"changed": sorted(desk.changed), "decisions": len(desk.decisions)})
        return
    say(said)
    note("Next: feedback factors" + (f" -p {folder}" if folder != "." else ""))


def known_factor(project: Project, factor: str) -> Any:
    """The row of table `factors` that is meant, by id or label; FeedbackError with the nearest."""
    factors = project.table("factors")
    if factors.empty:
        raise _none_found(project)
    same = factors[factors["factor_id"] == factor]
    if same.empty:
        same = factors[factors["label"].str.casefold() == factor.casefold()]
    if same.empty:
        raise _unknown(factor, list(factors["factor_id"]), "there is no push factor")
    return same.iloc[0]


def _none_found(project: Project) -> FeedbackError:
    from feedback.leaving.publish import report_of

    if not project.receipt("factors"):
        return FeedbackError("no push factors are found yet", hint="run `feedback factors` first")
    report = report_of(project)
    if report.factors:
        return FeedbackError(
            "no leaver gives a reason for leaving that was found, so no push factor has any sentences",
            hint="`feedback quotes --theme ID` shows what is said of a theme",
        )
    return FeedbackError("there are no push factors in this project", hint=report.factors_note)


def _unknown(factor: str, known: list[str], what: str) -> FeedbackError:
    return FeedbackError(f"{what} '{factor}'", hint=nearest(factor, known))


def _nothing(factor: str) -> Decision:
    from feedback.factors.kept import Decision

    return Decision(factor)


class Desk:
    """The decisions of a project while one is made."""

    def __init__(self, project: Project) -> None:
        from feedback.factors.kept import parse_decisions

        self.project, self.text = project, project.decided_text
        self.decisions = {one.id: one for one in parse_decisions(self.text)}
        self.themes = frozenset(project.codebook.ids)
        self.changed: set[str] = set()

    def row(self, factor: str) -> Any:
        """The push factor that is meant, as it stands in the table."""
        return known_factor(self.project, factor)

    def members(self, factor: str) -> tuple[str, ...]:
        """The sentences of a push factor now."""
        members = self.project.table("members")
        return tuple(sorted(members.loc[members["factor_id"] == factor, "segment_id"]))

    def decided(self, factor: str) -> Decision:
        """What is decided about a push factor so far."""
        return self.decisions.get(factor) or _nothing(factor)

    def group(self, row: Any, label: str = "") -> Decision:
        """The decision about a group of reasons as it is now, under a name that lasts."""
        held = self.members(row.factor_id)
        # Since the last run it may have got a name: then nothing has that name yet but the decision.
        same = (one for one in self.decisions.values() if one.members and set(one.members) == set(held))
        own = self.decisions.get(row.factor_id) or next(same, None)
        if own is None:
            own = replace(_nothing(self.free_id(label or "group")), members=held)
        elif own.members:
            own = replace(own, members=held)
        # The machine's label is made of participants' words: it is not written down here.
        return replace(own, label=label.strip()) if label else own

    def home(self, row: Any) -> str:
        """The id under which others can be counted with a push factor: a group gets one that lasts."""
        if row.factor_id in self.themes:
            return str(row.factor_id)
        own = self.group(row)
        self.put(own)
        return own.id

    def free_id(self, label: str) -> str:
        """A name of small letters for a label, which nothing else has."""
        import re

        plain = re.sub(r"[^a-z0-9]+", "-", label.lower()).strip("-") or "group"
        taken = {*self.themes, *self.decisions, *self.project.table("factors")["factor_id"]}
        number, found = 1, plain
        while found in taken:
            number += 1
            found = f"{plain}-{number}"
        return found

    def checked(self, sentences: tuple[str, ...]) -> tuple[str, ...]:
        """The sentences, all of which are there."""
        known = set(self.project.table("segments")["segment_id"])
        for one in sentences:
            if one not in known:
                raise FeedbackError(
                    f"there is no sentence '{one}'", hint="`feedback factors show ID` shows their ids"
                )
        return tuple(sorted(set(sentences)))

    def put(self, decision: Decision) -> None:
        """Puts a decision in the place of what was decided about the same push factor."""
        from feedback.factors.kept import with_decision

        self.text = with_decision(self.text, decision)
        self.decisions[decision.id] = decision
        if decision.is_empty:
            del self.decisions[decision.id]
        self.changed.add(decision.id)

    def save(self, verb: str) -> None:
        """Writes the decisions and notes it in the journal."""
        self.project.save_decided(self.text)
        self.project.note("factors decided", verb=verb, factors=len(self.changed))

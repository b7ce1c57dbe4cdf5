"""Withdrawing: a person's words, and all that was made of them, leave the project for good.

Everything is written in an order in which a stop at any moment leaves nothing that a run could mistake: the
receipt comes first, the words next, and what says whose they were last. The same command then goes on.
"""

from __future__ import annotations

import hashlib
import re
from contextlib import suppress
from dataclasses import replace
from difflib import get_close_matches

from feedback.errors import FeedbackError
from feedback.project import NAMES, Project
from feedback.tables import conform, empty
from feedback.withdrawal.plan import Plan, Withdrawing, parts
from feedback.withdrawals import DONE, Withdrawal, withdrawals, write_receipt
from feedback.withdrawn import rows_left, turns_left

# Findings in which words of several people are joined; a run makes them anew.
_JOINED = ("factors", "members")


def case_of(project: Project, wanted: str) -> str:
    """The case id that somebody means. FeedbackError with the nearest one when there is none."""
    known = {*project.table("cases")["case_id"], *project.table("private/people")["case_id"]}
    known |= set(project.table("private/links")["case_id"].dropna())
    before = {one.case_id: one for one in withdrawals(project)}
    if wanted in known or (wanted in before and before[wanted].state != DONE):
        return wanted
    if wanted in before:
        day = before[wanted].when[:10]
        raise FeedbackError(f"'{wanted}' withdrew already, on {day}", hint="nothing is left to remove")
    same = [one for one in sorted(known) if _loose(one) == _loose(wanted)]
    near = same or get_close_matches(wanted, sorted(known), 1, 0.5)
    raise FeedbackError(
        f"there is no person '{wanted}' in this project",
        hint=f"did you mean '{near[0]}'?" if near else "their ids stand in the participants table",
    )


def _loose(case_id: str) -> str:
    """An id without case and leading zeros: P7 is P07."""
    return re.sub(r"0+(?=\d)", "", case_id.casefold())


def plan_of(project: Project, case_id: str) -> Plan:
    """What withdrawing this case would take away."""
    return Withdrawing(project, case_id).plan


def withdraw(project: Project, case_id: str, *, now: str) -> tuple[Plan, Withdrawal]:
    """Takes a person out of the project; gives what went and the receipt. now: the time, for the receipt."""
    with project.locked():
        one = Withdrawing(project, case_id)
        plan, receipt = one.plan, one.receipt(now=now)
        write_receipt(project, receipt)
        _take_words(one)
        _take_findings(one)
        _take_memory(one)
        _take_ties(one)
        done = replace(receipt, state=DONE)
        digest = hashlib.sha256(write_receipt(project, done)).hexdigest()
        project.note("withdraw", receipt=receipt.number, sha256=digest, removed=receipt.removed)
    return plan, done


def _take_words(one: Withdrawing) -> None:
    """The words and names; all that must be known of them is asked for before."""
    project, names = one.project, {name.casefold() for name in one.names}
    later = {"private/pseudonyms": one.pseudonyms, "private/numbers": one.numbers}
    listed = (project.keys.read(NAMES) or b"").decode("utf-8", "replace").splitlines()
    left = [name for name in listed if " ".join(name.split()).casefold() not in names]
    left += [name for name in one.still if name not in left]
    if left != listed:
        project.keys.write(NAMES, "".join(f"{name}\n" for name in left).encode())
    project.save("private/originals", one.read["private/originals"])
    for name, table in later.items():
        if project.file(name).exists():
            project.save(name, table)
    for file in one.reports:
        file.unlink(missing_ok=True)


def _take_findings(one: Withdrawing) -> None:
    """What was made of the words."""
    project = one.project
    for part in parts(project):
        table = project.table(part)
        left = rows_left(table, one.own)
        if len(left) < len(table):
            project.save(part, left)
    for name in _JOINED:
        if project.file(name).exists():
            project.save(name, empty(name))
    for name in ("documents", "dropped/read"):
        project.save(name, one.read[name])
    _take_places(one)


def _take_places(one: Withdrawing) -> None:
    """The places of their sentences in what people decided about push factors."""
    from feedback.factors.kept import without_places

    text = one.project.decided_text
    with suppress(FeedbackError):  # a file that nobody can read says nothing; it is mended by hand
        if (left := without_places(text, one.own.has)) != text:
            one.project.save_decided(left)


def _take_memory(one: Withdrawing) -> None:
    """Vectors of their words, what tagging found out about these, and a classifier that learned from them."""
    from feedback.pipeline.remembered import forget, forget_other_texts

    project = one.project
    forget(project)
    forget_other_texts(project)
    for name in ("classifier.skops", "card.md", "card.json"):
        (project.path / "models" / name).unlink(missing_ok=True)


def _take_ties(one: Withdrawing) -> None:
    """What says whose the words were; who is left keeps his or her own."""
    project = one.project
    for name in ("private/fixed_links", "private/people", "private/turns"):
        project.save(name, one.read[name])
    links = turns_left(project.table("private/links"), one.own)
    project.save("private/links", conform("private/links", links))

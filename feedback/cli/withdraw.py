"""`feedback withdraw CASE`: takes a person's words out of the project for good."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from feedback.cli.options import common
from feedback.cli.output import count, give_json, note, say
from feedback.errors import FeedbackError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from feedback.exports import Export
    from feedback.withdrawal.plan import Plan

_SHOWN = 10


@click.command("withdraw")
@click.argument("case", metavar="CASE")
@click.option("--yes", is_flag=True, help="Do not ask.")
@common
def command(case: str, yes: bool, folder: str, as_json: bool) -> None:
    """Removes a person's words, tags, quotes, names and vectors for good, and says where they went before.

    CASE is their id in the participants table. Run the analysis again afterwards: feedback run
    """
    from feedback.project import Project
    from feedback.withdrawal import case_of, plan_of, withdraw

    project = Project(folder)
    case_id = case_of(project, case)
    if not yes:
        if as_json or not sys.stdin.isatty():
            raise FeedbackError(
                "nobody is there to say yes to removing somebody's words for good", hint="add --yes"
            )
        _say_plan(plan_of(project, case_id))
        click.confirm(f"Remove all of this of {case_id} for good?", abort=True, err=True)
    plan, receipt = withdraw(project, case_id, now=datetime.now(UTC).isoformat(timespec="seconds"))
    if as_json:
        give_json(
            {
                "case_id": case_id, "receipt": receipt.number, "removed": receipt.removed,
                "exports": [one.file for one in plan.exports], "counted": [one.file for one in plan.counted],
                "deleted": [str(file) for file in plan.reports], "left": list(plan.left),
            }
        )  # fmt: skip
        return
    say(f"{case_id} has withdrawn: {_removed(plan)} removed.")
    say(f"Receipt: private/withdrawals/{receipt.number}.json")
    _say_exports("Files that left earlier with their words", plan.exports)
    _say_exports("Files that left earlier and whose numbers they are in", plan.counted)
    for file in plan.reports:
        say(f"Deleted, since it showed their words: {file}")
    if plan.left:
        say(f"Still to be mended by hand, since it names or quotes them: {', '.join(plan.left)}")
    note("Next: feedback run" + (f" -p {folder}" if folder != "." else ""))


def _say_plan(plan: Plan) -> None:
    say(f"Of {plan.case_id} go: {_removed(plan)}.")
    if plan.whole:
        say(f"  whole documents: {', '.join(plan.whole)}")
    if plan.shared:
        say(f"  only their turns, since others speak there too: {', '.join(plan.shared)}")
    _say_exports("Files that left earlier with their words", plan.exports)


def _removed(plan: Plan) -> str:
    """The counts in words: 1 document, 12 turns, 31 tags."""
    tags = sum(n for name, n in plan.removed.items() if name.startswith("tags/"))
    of = plan.removed.get
    counts = [
        count(of("documents", 0), "document"), count(of("turns", 0), "turn"), count(tags, "tag"),
        count(of("quotes", 0), "quote"), count(of("memos", 0), "memo"),
        count(of("pseudonyms", 0), "entry of the key", "entries of the key"),
    ]  # fmt: skip
    return ", ".join(counts)


def _say_exports(what: str, exports: Sequence[Export]) -> None:
    if exports:
        say(f"{what}:")
    for one in exports[:_SHOWN]:
        say(f"  {one.when[:10]}  {one.what}  {one.file}")
    if len(exports) > _SHOWN:
        say(f"  and {len(exports) - _SHOWN} more in private/exports.jsonl")

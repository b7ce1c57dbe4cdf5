"""`feedback factors show ID`: the sentences that a push factor is counted from, with their ids."""

from __future__ import annotations

import click

from feedback.cli.options import common
from feedback.cli.output import count, give_json, rows_of, say, say_quote
from feedback.errors import FeedbackError


@click.command("show")
@click.argument("factor", metavar="ID")
@click.option("-n", "most", type=click.IntRange(min=1), help="At most so many sentences.")
@common
def show(factor: str, most: int | None, folder: str, as_json: bool) -> None:
    """The sentences of a push factor and their ids, by which they are pinned or split off.

    It stays inside: people appear by their ids, whether they agreed to be quoted or not.
    """
    from feedback.cli.factors.decide import known_factor
    from feedback.factors.kept import parse_decisions
    from feedback.leaving.publish import report_of
    from feedback.project import Project

    project = Project(folder)
    row = known_factor(project, factor)
    if not report_of(project).factors:
        raise FeedbackError("too few leavers were heard to show who gives which reason")
    members, segments = project.table("members"), project.table("segments")
    own = members[members["factor_id"] == row.factor_id][["segment_id", "score"]]
    found = own.merge(segments[["segment_id", "case_id", "text"]], on="segment_id").sort_values("segment_id")
    decided = {one.id: one for one in parse_decisions(project.decided_text)}
    pinned = set(decided[row.factor_id].pinned) if row.factor_id in decided else set()
    found["pinned"] = found["segment_id"].isin(pinned)
    if as_json:
        give_json({"factor_id": row.factor_id, "label": row.label, "sentences": rows_of(found[:most])})
        return
    said = f"{count(len(found), 'sentence')}, leavers' and those of others who say the same"
    say(f"{row.label} [{row.factor_id}]: {said}.")
    for one in found[:most].itertuples(index=False):
        say_quote(
            one.text, f"{one.case_id or 'nobody matched'} [{one.segment_id}{', fixed' if one.pinned else ''}]"
        )

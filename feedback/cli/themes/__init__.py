"""`feedback themes`: lists and checks the themes, tries a phrase; `tuning.py` compares and proposes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from feedback.cli.options import common
from feedback.cli.output import count, give_json, say, say_table
from feedback.cli.themes.tuning import coverage, diff, suggest
from feedback.errors import CheckFailed

if TYPE_CHECKING:
    import pandas as pd

    from feedback.codebook.check import Finding
    from feedback.tagging.rules import Hit

AROUND = 60


@click.group("themes")
def command() -> None:
    """The theme list: list, check, try, diff, suggest, coverage."""


@command.command("list")
@common
def list_(folder: str, as_json: bool) -> None:
    """Shows the themes and what they mean."""
    from feedback.project import Project

    codebook = Project(folder).codebook
    if as_json:
        give_json({"themes": [{"theme_id": t.id, "label": t.label, "means": t.means} for t in codebook]})
        return
    say_table(["theme", "group", "means"], [[t.id, t.group, t.means] for t in codebook])


@command.command("check")
@common
def check(folder: str, as_json: bool) -> None:
    """Checks the list: phrases, definitions, and its own examples and counter-examples like tests."""
    from feedback.codebook.check import check as check_list
    from feedback.project import Project
    from feedback.tagging.rules import check_examples

    codebook = Project(folder).codebook
    findings = check_list(codebook)
    if not any(finding.level == "error" for finding in findings):
        findings = [*findings, *check_examples(codebook)]
    if as_json:
        give_json({"findings": [_row(finding) for finding in findings]})
    else:
        for finding in findings:
            say(f"themes.yaml line {finding.line}: {finding.level}: {finding.message}")
    wrong = sum(finding.level == "error" for finding in findings)
    if wrong:
        raise CheckFailed(f"{count(wrong, 'error')} in the theme list")
    if not as_json:
        say(f"{count(len(codebook), 'theme')}, {count(len(findings), 'warning')}, no errors.")


def _row(finding: Finding) -> dict[str, object]:
    return {
        "theme_id": finding.theme_id,
        "line": finding.line,
        "level": finding.level,
        "message": finding.message,
    }


@command.command("try")
@click.argument("phrase")
@click.option(
    "-n", "most", default=20, show_default=True, type=click.IntRange(min=0), help="How many hits to show."
)
@common
def try_(phrase: str, most: int, folder: str, as_json: bool) -> None:
    """Shows what a phrase would find, in context, before it goes into the list."""
    from feedback.cli.work import advance
    from feedback.project import Project
    from feedback.tagging.rules import try_phrase

    project = Project(folder)
    advance(project, until="segments")
    segments = project.table("segments")
    segments = segments[segments["role"] == "participant"].reset_index(drop=True)
    hits = try_phrase(phrase, list(segments["text"]))
    people = segments["case_id"].iloc[[hit.row for hit in hits]].nunique()
    if as_json:
        give_json({"people": people, "hits": [_hit(segments, hit) for hit in hits]})
        return
    for hit in hits[:most]:
        row = _hit(segments, hit)
        say(f"{row['case_id']:>6}  {row['before']}⟦{row['found']}⟧{row['after']}")
    said = f"{count(len(hits), 'hit')}, {count(people, 'person', 'people')}"
    say(f"{said}." + (f" {len(hits) - most} more: -n {len(hits)}." if len(hits) > most else ""))


def _hit(segments: pd.DataFrame, hit: Hit) -> dict[str, object]:
    row = segments.iloc[hit.row]
    before, after = row["text"][: hit.start], row["text"][hit.end :]
    return {
        "segment_id": row["segment_id"],
        "case_id": row["case_id"],
        "before": ("…" if len(before) > AROUND else "") + before[-AROUND:],
        "found": row["text"][hit.start : hit.end],
        "after": after[:AROUND] + ("…" if len(after) > AROUND else ""),
    }


for verb in (diff, suggest, coverage):
    command.add_command(verb)

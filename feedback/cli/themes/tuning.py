"""`feedback themes diff`, `suggest` and `coverage`: what a change would do, and what the list passes over."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from feedback.cli.options import common
from feedback.cli.output import count, give_json, note, rows_of, say, say_quote, say_table

if TYPE_CHECKING:
    import pandas as pd

    from feedback.project import Project

_MOST = click.IntRange(min=0)


@click.command("diff")
@click.argument("file", metavar="NEW.yaml")
@click.option("--theme", help="Only this theme.")
@click.option(
    "-n", "most", default=3, show_default=True, type=_MOST, help="Sentences to show for each change."
)
@common
def diff(file: str, theme: str | None, most: int, folder: str, as_json: bool) -> None:
    """Shows every tag that another theme list would add and take away. Changes nothing."""
    from feedback.cli.work import advance
    from feedback.codebook import Codebook
    from feedback.codebook.compare import compare
    from feedback.coding import follow
    from feedback.pipeline.retag import tags_with
    from feedback.project import Project
    from feedback.tuning.changes import people_by_theme, tag_changes

    project, new = Project(folder), Codebook.load(file)
    if theme and theme not in new:
        project.codebook[theme]  # names the nearest if there is none
    advance(project, until="meaning")
    segments = project.table("segments")
    before = follow(project.table("tags"), new)
    after = tags_with(project, new)
    changes, people = tag_changes(before, after, segments), people_by_theme(before, after, segments)
    if theme:
        changes, people = changes[changes["theme_id"] == theme], people[people["theme_id"] == theme]
    if as_json:
        give_json({"themes": rows_of(people), "changes": rows_of(changes)})
        return
    for change in compare(project.codebook, new):
        arrow = f": {change.before or '-'} → {change.after or '-'}" if change.before or change.after else ""
        say(f"{change.theme_id}: {change.what}{arrow}")
    _say_changes(changes, people, most)


def _say_changes(changes: pd.DataFrame, people: pd.DataFrame, most: int) -> None:
    if not len(changes):
        say("No tag would change.")
        return
    for row in people[people["theme_id"].isin(changes["theme_id"])].itertuples():
        own = changes[changes["theme_id"] == row.theme_id]
        numbers = {what: own[own["change"] == what]["segment_id"].nunique() for what in ("gained", "lost")}
        say(f"\n{row.theme_id}: +{numbers['gained']} −{numbers['lost']} segments, "
            f"{row.people_before} → {row.people_after} people")  # fmt: skip
        for what, sign in (("gained", "+"), ("lost", "−")):
            shown = own[own["change"] == what].drop_duplicates("segment_id")
            for hit in shown.head(most).itertuples():
                say(f"  {sign} {hit.case_id or '-':>6}  {hit.text}  ({hit.coder}: {hit.rule})")
            if len(shown) > most > 0:
                note(f"    {len(shown) - most} more {what}: -n {len(shown)}")


@click.command("coverage")
@click.option(
    "-n", "most", default=10, show_default=True, type=_MOST, help="Sentences without a theme to show."
)
@common
def coverage(most: int, folder: str, as_json: bool) -> None:
    """Shows how much of what was said has a theme, and the longest sentences that have none."""
    from feedback.cli.work import advance
    from feedback.project import Project
    from feedback.tuning.coverage import FEWEST_WORDS
    from feedback.tuning.coverage import coverage as covered

    project = Project(folder)
    advance(project, until="meaning")
    found = covered(project.table("segments"), project.table("tags"), project.codebook)
    if as_json:
        give_json(
            {
                "segments": found.segments,
                "covered": found.covered,
                "themes": rows_of(found.themes),
                "documents": rows_of(found.documents),
                "passed_over": rows_of(found.passed_over),
            }
        )
        return
    headers = ["theme", "people", "segments", "found by phrases", "with no other theme"]
    rows = [[r.label, r.people, r.segments, r.by_phrases, r.alone] for r in found.themes.itertuples()]
    say_table(headers, rows, right=range(1, 5))
    said = count(found.segments, "segment")
    say(f"{found.covered:,} of {said} of {FEWEST_WORDS} words and more have a theme.")
    least = [f"{r.document_id} ({r.covered} of {r.segments})" for r in found.documents.head(3).itertuples()]
    say(f"Least covered: {', '.join(least)}.")
    for row in found.passed_over.head(most).itertuples():
        say(f"  {row.case_id or '-':>6}  {row.text}")


@click.command("suggest")
@click.argument("theme", required=False)
@click.option("--take", is_flag=True, help="Asks of each suggestion whether it goes into themes.yaml.")
@click.option("-n", "most", default=5, show_default=True, type=_MOST, help="How many for each theme.")
@common
def suggest(theme: str | None, take: bool, most: int, folder: str, as_json: bool) -> None:
    """Proposes phrases for a theme (all, by default), and themes for what the list passes over."""
    from feedback.cli.work import advance
    from feedback.pipeline.stages import Context
    from feedback.project import Project
    from feedback.tuning.coverage import coverage as covered
    from feedback.tuning.phrases import suggest_phrases
    from feedback.tuning.uncovered import suggest_themes

    project = Project(folder)
    codebook = project.codebook
    wanted = [codebook[theme].id] if theme else list(codebook.ids)
    advance(project, until="meaning")
    segments, tags = project.table("segments"), project.table("tags")
    phrases = suggest_phrases(segments, tags, codebook, wanted, most=most)
    passed = covered(segments, tags, codebook).passed_over
    embed = Context(project).embedder.encode
    themes = suggest_themes(passed if not theme else passed.head(0), codebook, embed=embed, most=most)
    if as_json:
        give_json({"phrases": rows_of(phrases), "themes": rows_of(themes)})
    elif take:
        _Taking(project).phrases(phrases).themes(themes)
    else:
        _say_phrases(phrases)
        _say_themes(themes, len(passed), asked=not theme)


def _say_phrases(phrases: pd.DataFrame) -> None:
    if not len(phrases):
        say("No phrase stands out that the list does not have.")
    for theme_id, group in phrases.groupby("theme_id", sort=False, observed=True):
        say(f"\n{theme_id}")
        for row in group.itertuples():
            say(f"  {_phrase(row)}")
            say(f"      {row.example}")


def _phrase(row: Any) -> str:
    """A suggestion in a line: what it would add, and what speaks against it."""
    said = f'"{row.phrase}": {count(row.people, "person", "people")}, {count(row.segments, "segment")} more'
    said += f", {row.inside:.0%} of them about the theme so far"
    also = row.also
    return said + (f"; often also {also}" if also else "")


def _say_themes(themes: pd.DataFrame, passed: int, *, asked: bool) -> None:
    if asked and not len(themes):
        said = count(passed, "sentence")
        say(f"\nAmong {said} without a theme no group of like ones holds, so no new theme is proposed.")
    for row in themes.itertuples():
        _say_theme(row)
    if len(themes):
        note("Nothing is changed. `feedback themes suggest --take` asks of each whether it goes in.")


def _say_theme(row: Any) -> None:
    said = f"{count(row.people, 'person', 'people')}, {count(row.segments, 'segment')}"
    near = f"; close to {row.near}" if row.near else ""
    say(f"\nNew theme? {row.label}: {said}; found again {row.stability:.2f}{near}")
    for example in row.examples:
        say_quote(example)


@dataclass
class _Taking:
    """Asks of each suggestion; what gets a yes is in themes.yaml before the next is shown."""

    project: Project
    taken: int = 0

    def phrases(self, phrases: pd.DataFrame) -> _Taking:
        from feedback.codebook.edit import with_phrase

        for row in phrases.itertuples():
            say(f"\n{row.theme_id}: {_phrase(row)}\n      {row.example}")
            if click.confirm("Add this phrase?", default=False, err=True):
                self._write(with_phrase(self.project.themes_text, str(row.theme_id), str(row.phrase)))
        return self

    def themes(self, themes: pd.DataFrame) -> None:
        from feedback.codebook.edit import with_theme

        for row in themes.itertuples():
            _say_theme(row)
            if click.confirm("Add this theme?", default=False, err=True):
                label = click.prompt("Its name", default=row.words[0].capitalize(), err=True)
                means = click.prompt("What belongs to it, in a sentence", err=True)
                key = re.sub(r"[^a-z0-9]+", "-", label.lower()).strip("-") or "new-theme"
                self._write(with_theme(self.project.themes_text, key, label=label, means=means))
        say(f"{count(self.taken, 'suggestion')} taken." + (" Next: feedback run" if self.taken else ""))

    def _write(self, text: str) -> None:
        self.project.save_themes(text)
        self.taken += 1

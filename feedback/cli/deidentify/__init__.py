"""`feedback deidentify`: tidies, finds and masks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from feedback.cli.options import common
from feedback.cli.output import count, give_json, note, rows_of, say, say_table
from feedback.cli.work import advance
from feedback.errors import FeedbackError

if TYPE_CHECKING:
    import pandas as pd

    from feedback.project import Project

COMMONEST, AT_LEAST = 5, 3
_GIVEN = ("list", "participants", "speaker", "review")
_SHOWN = 12


@click.command("deidentify")
@click.option("--names", "names_file", metavar="FILE", help="Names to mask as well, one a line; remembered.")
@click.option("--residue", "list_", is_flag=True, help="List what may still identify, by risk.")
@click.option("--review", is_flag=True, help="Decide yourself about what is doubtful, the most risky first.")
@click.option("--coder", default="reviewer", show_default=True, metavar="NAME", help="Who reviews.")
@click.option(
    "-n", "most", default=10, show_default=True, type=click.IntRange(min=0), help="How many of each to list."
)
@common
def command(
    names_file: str | None, list_: bool, review: bool, coder: str, most: int, folder: str, as_json: bool
) -> None:
    """Tidies the text and masks what identifies people; the originals stay as they are."""
    from feedback.cli.deidentify.shown import as_json as left_as_json
    from feedback.cli.deidentify.shown import left_of, say_left
    from feedback.project import Project

    if review and as_json:
        raise FeedbackError("a review talks with a person, not in JSON", hint="leave out --json or --review")
    project = Project(folder)
    if names_file:
        _remember(project, names_file)
    done = advance(project, until="deidentify")
    _note_contradictions(project)
    left = left_of(project)
    if review:
        from feedback.cli.deidentify.review import review as ask

        ask(project, left.found, left.documents, coder=coder)
    elif as_json:
        tables = {"edits": rows_of(project.table("edits")), "flags": rows_of(project.table("flags"))}
        give_json({"done": done, **(left_as_json(left) if list_ else tables)})
    elif list_:
        say_left(left, most)
    else:
        _say_masks(project)
        _say_decided(project, left.documents)
        _say_left_in_short(left.found)


def _remember(project: Project, names_file: str) -> None:
    from feedback.readers import read_names

    names = read_names(names_file)
    if not names:
        raise FeedbackError(
            f"'{names_file}' holds no names", hint="write one name a line, or leave out --names"
        )
    with project.locked():
        new = project.remember_names(names)
    note(f"{count(new, 'new name')} to mask.")


def _note_contradictions(project: Project) -> None:
    from feedback.pipeline.masking import kept_and_masked

    for word in kept_and_masked(project):
        note(f"Note: '{word}' is in deidentify: keep: and among the names to mask; names win, it is masked.")


def _say_masks(project: Project) -> None:
    edits = project.table("edits")
    masks = edits[edits["kind"] == "mask"]
    say(f"{count(len(masks), 'mask')} in {count(masks['document_id'].nunique(), 'document')}.")
    shown = masks.groupby("label").agg(n=("start", "size"), documents=("document_id", "nunique"))
    shown = shown.sort_values(["n"], ascending=False, kind="stable")
    say_table(
        ["what", "masks", "documents"],
        [[label, row.n, row.documents] for label, row in shown.iterrows()],
        right=(1, 2),
    )
    _say_commonest(project, masks)


def _say_commonest(project: Project, masks: pd.DataFrame) -> None:
    """The names that the tool found by itself and masked in most documents: where a false one hides most."""
    unseen = ~masks["source"].isin(_GIVEN) & (masks["score"] < 1)
    found = masks[unseen & masks["label"].isin(["person", "place", "organisation"])]
    stand = found.groupby("replacement").agg(n=("start", "size"), documents=("document_id", "nunique"))
    stand = stand.sort_values(["documents", "n"], ascending=False, kind="stable").head(COMMONEST)
    stand = stand[stand["documents"] >= AT_LEAST]
    if not len(stand):
        return
    surfaces = project.table("private/pseudonyms").groupby("pseudonym")["surface"].apply(list)
    say(
        "Found and masked in most documents (what names nobody goes into deidentify: keep: in feedback.yaml):"
    )
    for pseudonym, row in stand.iterrows():
        words = ", ".join(sorted(surfaces.get(pseudonym, []))[:4])
        say(f"  {pseudonym}: {words} ({count(row.n, 'time')} in {count(row.documents, 'document')})")
    say()


def _say_decided(project: Project, documents: Any) -> None:
    """What people said: words that are no names, in feedback.yaml and in reviews, and other decisions."""
    from feedback.pipeline.masking import DECISIONS, kept_in_reviews

    kept = project.settings.deidentify.keep
    if kept:
        say(f"Kept as no names by feedback.yaml: {', '.join(kept[:_SHOWN])}{_more(len(kept))}")
    table = project.table(DECISIONS)
    if not len(table):
        return
    words = kept_in_reviews(project, documents)
    if words:
        say(f"Kept as no names by review: {', '.join(words[:_SHOWN])}{_more(len(words))}")
    acts = table["act"].value_counts().sort_index()
    said = ", ".join(f"{n} {act}" for act, n in acts.items())
    say(f"{count(len(table), 'decision')} from reviews {'holds' if len(table) == 1 else 'hold'}: {said}.\n")


def _more(n: int) -> str:
    return f" and {n - _SHOWN} more" if n > _SHOWN else ""


def _say_left_in_short(found: Any) -> None:
    from feedback.cli.deidentify.shown import in_short

    if found:
        say("What may still identify or be mistaken (--residue lists it, --review goes through it):")
        say(in_short(found))
    say("The text is pseudonymised, not anonymous: read it before you share it.")

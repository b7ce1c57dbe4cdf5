"""Who is who behind the pseudonyms: the names that were taken for one person, place or organisation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from feedback.cli.output import count, give_json, note, say, say_table

if TYPE_CHECKING:
    from feedback.project import Project

_LABELS = ("person", "place", "organisation")


def say_people(project: Project, most: int, *, as_json: bool) -> None:
    """Shows the pseudonyms that stand for several names, those with the most names first."""
    from feedback.pipeline.stages import Context
    from feedback.project import MERGES

    rows = _merged(project)
    unheard = _unheard(project)
    if as_json:
        give_json({"people": rows, "unheard": unheard})
        return
    if rows[:most]:
        shown = [[row["pseudonym"], ", ".join(row["names"]), row["documents"]] for row in rows[:most]]
        say_table(["pseudonym", "names taken for one", "documents"], shown, right=(2,))
    say(f"{count(len(rows), 'pseudonym')} with several names" + ("; more with -n." if rows[most:] else "."))
    for name in unheard:
        note(f"'{name}' of private/{MERGES} stands nowhere.")
    if not Context(project).corrections.written:
        note(f"To correct them write private/{MERGES} (`feedback guide deidentify` shows how) and run again.")


def _merged(project: Project) -> list[dict[str, Any]]:
    """Pseudonyms of two names or more that differ by more than case, with how many documents show them."""
    table, edits = project.table("private/pseudonyms"), project.table("edits")
    documents = edits.groupby("replacement")["document_id"].nunique()
    rows = []
    for pseudonym, own in table[table["label"].isin(_LABELS)].groupby("pseudonym"):
        names = {name.casefold(): name for name in sorted(own["surface"], reverse=True)}
        if len(names) > 1:
            shown = sorted(names.values(), key=lambda name: (-len(name), name))
            rows.append(
                {"pseudonym": pseudonym, "names": shown, "documents": int(documents.get(pseudonym, 0))}
            )
    return sorted(rows, key=lambda row: (-len(row["names"]), row["pseudonym"]))


def _unheard(project: Project) -> list[str]:
    """Names of the corrections that stand in no text: a slip of the pen, most likely."""
    from feedback.pipeline.stages import Context
    from feedback.withdrawn import stands_in

    texts = "\n".join(project.table("private/originals")["text"])
    return [name for name in Context(project).corrections.written.values() if not stands_in(name, texts)]

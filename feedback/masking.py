"""The stage that tidies and masks."""

from __future__ import annotations

from feedback.project import Project
from feedback.stages import Context, Made, Progress, documents_of


def make_edits(context: Context, progress: Progress) -> Made:
    from feedback.edits import deidentify

    project, chosen = context.project, context.settings.deidentify
    found = deidentify(
        documents_of(project),
        names=context.names,
        participants=project.table("private/people"),
        kinds=chosen.clean,
        ner=chosen.recognise_names,
        keep=chosen.keep,
        owners=_owners(project),
        known=project.table("private/pseudonyms"),
        progress=progress,
    )
    return {"edits": found.edits, "private/pseudonyms": found.pseudonyms}


def _owners(project: Project) -> dict[str, set[str]]:
    """Whose words each document is."""
    owners: dict[str, set[str]] = {}
    for row in project.table("private/links").itertuples(index=False):
        owners.setdefault(row.document_id, set()).add(row.case_id)
    return owners

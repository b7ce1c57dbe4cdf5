"""The stage that tidies and masks."""

from __future__ import annotations

import warnings
from collections.abc import Collection, Mapping, Sequence
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from feedback.edits.decided import Decided, mark
from feedback.edits.ner import model_name
from feedback.edits.numbering import Naming
from feedback.errors import FeedbackError
from feedback.model import Document, Turn
from feedback.pipeline.remembered import answering_in
from feedback.pipeline.shards import documents_of
from feedback.pipeline.stages import Context, Made, Progress
from feedback.project import Project
from feedback.tables import conform

if TYPE_CHECKING:
    import pandas as pd

DECISIONS = "private/decisions"
_ASKED = "question "  # in the place of a document's id
_CHECK = "secret"  # of the receipt of the decisions: which secret their hashes were made with


class PseudonymNote(UserWarning):
    """What a person should know of the pseudonyms that a run gave."""


def make_edits(context: Context, progress: Progress) -> Made:
    from feedback.edits import deidentify

    project, chosen = context.project, context.settings.deidentify
    documents = documents_of(project)
    asked = _questions(documents)
    with answering_in(project) as ask:
        found = deidentify(
            [*documents, *asked],
            names=context.names,
            participants=project.table("private/people"),
            kinds=chosen.clean,
            ner=ask if chosen.recognise_names else False,
            keep=chosen.keep,
            owners=_owners(project),
            known=project.table("private/pseudonyms"),
            generalise=chosen.generalise,
            decided=decided(project),
            naming=Naming(
                chosen.pseudonyms,
                project.keys.secret(),
                project.table("private/numbers"),
                context.corrections,
            ),
            progress=progress,
        )
    for note in found.notes:
        warnings.warn(note, PseudonymNote, stacklevel=2)
    ids = {document.document_id for document in documents}
    return {
        "edits": _of(ids, found.edits),
        "private/pseudonyms": found.pseudonyms,
        "private/numbers": found.numbers,
        "private/questions": _shown_questions(asked, found.edits),
        "flags": _of(ids, found.flags),
    }


def _questions(documents: Sequence[Document]) -> list[Document]:
    """The headings that answers stand under, each as a document of its own, since they can name somebody."""
    different = sorted({turn.question for one in documents for turn in one.turns if turn.question})
    return [
        Document(f"{_ASKED}{number}", "survey", "txt", text, (Turn(0, len(text), role="interviewer"),))
        for number, text in enumerate(different)
    ]


def _shown_questions(asked: Sequence[Document], edits: pd.DataFrame) -> pd.DataFrame:
    from feedback.edits import rendered

    own = edits[~edits["document_id"].str.startswith("d")]
    rows = [{"question": one.text, "shown": rendered(one, own)} for one in asked]
    return conform("private/questions", rows)


def _of(ids: Collection[str], table: pd.DataFrame) -> pd.DataFrame:
    return table[table["document_id"].isin(ids)].reset_index(drop=True)


def facts(made: Made) -> Mapping[str, Any]:
    """What the journal says of a run beside the numbers of rows: masks by label and by source, versions."""
    edits = made["edits"]
    masks = edits[edits["kind"] == "mask"]
    return {
        "labels": _counts(masks["label"]),
        "sources": _counts(masks["source"]),
        "flags": _counts(made["flags"]["kind"]),
        "versions": {"feedback": version("feedback"), "model": model_name()},
    }


def _counts(values: pd.Series) -> dict[str, int]:
    return {str(value): int(n) for value, n in values.value_counts().sort_index().items()}


def decided(project: Project) -> Decided:
    """What people decided in reviews of the project's masks.

    Errors: FeedbackError when the project's secret is not the one that the decisions were made with.
    """
    if not project.file(DECISIONS).exists():
        return Decided()
    secret = project.keys.secret()
    table = project.table(DECISIONS)
    if project.receipt(DECISIONS).get(_CHECK) != mark(secret, [_CHECK]):
        raise FeedbackError(
            f"the {len(table)} decisions about masks were made with another secret than the one in private/",
            hint="restore private/secret from a backup; or delete private/decisions.parquet and review again",
        )
    return Decided(table, secret)


def kept_in_reviews(project: Project, documents: Sequence[Document]) -> list[str]:
    """The words that people said are no names wherever they stand, folded."""
    from feedback.edits.replayed import held_everywhere
    from feedback.edits.words import words

    texts = [words(document.text) for document in documents]
    settled = zip(texts, decided(project).settle(texts), strict=True)
    return held_everywhere(
        (one.decision, tuple(word.key for word in ws[one.first : one.last]))
        for ws, found in settled
        for one in found
    ).keep


def kept_and_masked(project: Project) -> list[str]:
    """Words of `deidentify: keep:` that are among the names to mask too; those are masked."""
    from feedback.edits.find import participant_names
    from feedback.edits.names import given_names
    from feedback.edits.words import keys

    listed = [name.words for name in given_names(Context(project).names)]
    people = [name.words for name, _ in participant_names(project.table("private/people"))]
    return [word for word in project.settings.deidentify.keep if keys(word) in {*listed, *people}]


def save_decisions(project: Project, table: pd.DataFrame) -> None:
    """Writes the decisions, whole or not at all, with a sign of the secret behind their hashes."""
    project.save(DECISIONS, table, {_CHECK: mark(project.keys.secret(), [_CHECK])})


def _owners(project: Project) -> dict[str, set[str]]:
    """Whose words each document is."""
    owners: dict[str, set[str]] = {}
    for row in project.table("private/links").itertuples(index=False):
        owners.setdefault(row.document_id, set()).add(row.case_id)
    return owners

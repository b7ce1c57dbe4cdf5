"""The stage that tidies and masks."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from feedback.edits.finding.ner import model_name
from feedback.errors import FeedbackError
from feedback.model import Document
from feedback.pipeline.parts import Parts
from feedback.pipeline.remembered import answering_in, masks_in
from feedback.pipeline.stages import Context, Made, Progress
from feedback.project import Project
from feedback.scale import Lost, Work, in_order
from feedback.spans import Span
from feedback.tables import conform, to_arrow, to_pandas

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

    from feedback.edits.reviewed.decided import Decided
    from feedback.edits.study.parts import Part
    from feedback.edits.study.rounds import Doing

DECISIONS = "private/decisions"
_ASKED = "question "  # in the place of a document's id
_CHECK = "secret"  # of the receipt of the decisions: which secret their hashes were made with


class PseudonymNote(UserWarning):
    """What a person should know of the pseudonyms that a run gave."""


def make_edits(context: Context, progress: Progress) -> Made:
    """Masks all documents; `edits` and `flags` as Arrow tables."""
    from feedback.edits.people.numbering import Naming
    from feedback.edits.study.find import Listed
    from feedback.edits.study.parts import CHARACTERS, Part
    from feedback.edits.study.rounds import By
    from feedback.edits.study.together import Wanted, masked

    project, chosen = context.project, context.settings.deidentify
    turns = project.arrow("private/turns")
    asked = _questions(turns)
    with answering_in(project) as ask, masks_in(project) as memory:
        wanted = Wanted(
            Listed(context.names, _people(project), _different(turns, "speaker"), chosen.keep),
            kinds=chosen.clean,
            ner=ask if chosen.recognise_names else False,
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
        )
        more = [Part(f"{_ASKED}{at}", text, (Span(0, len(text)),), 0, len(text)) for at, text in asked]
        size = min(context.characters, CHARACTERS)
        parts = Parts(project, sorted(more, key=lambda part: part.document_id), characters=size)
        found = masked(parts, wanted, By(_doing(context), size, memory, progress))
    for note in found.notes:
        warnings.warn(note, PseudonymNote, stacklevel=2)
    return {
        "edits": _of_documents(found.edits),
        "private/pseudonyms": found.pseudonyms,
        "private/numbers": found.numbers,
        "private/questions": _shown_questions(more, found.edits),
        "flags": _of_documents(found.flags),
    }


def _doing(context: Context) -> Doing:
    """The project's workers; what costs a worker its life again and again ends the run."""

    def each(work: Work, shared: Any, items: Iterable[Any]) -> Iterator[Any]:
        for found in in_order(context.near.as_done(work, shared, items)):
            if isinstance(found, Lost):
                raise FeedbackError(
                    "masking ended its process again and again",
                    hint="run it without --jobs, or give it more memory",
                )
            yield found

    return each


def _different(turns: pa.Table, column: str) -> list[str]:
    """The different words in a column of `private/turns`, sorted."""
    import pyarrow.compute as pc

    return sorted(one for one in pc.unique(turns.column(column)).to_pylist() if one)


def _questions(turns: pa.Table) -> list[tuple[int, str]]:
    """The headings that answers stand under, by number, since they can name somebody."""
    return list(enumerate(_different(turns, "question")))


def _people(project: Project) -> pd.DataFrame:
    """The columns of the people table that name somebody."""
    from feedback.edits.study.find import NAMING

    people = project.arrow("private/people")
    named = [name for name in people.column_names if any(part in name.lower() for part in NAMING)]
    return to_pandas(people.select(["case_id", *named]) if named else people.slice(0, 0))


def _shown_questions(asked: Sequence[Part], edits: pa.Table) -> pd.DataFrame:
    from feedback.edits import edits_of
    from feedback.spans import render

    own = to_pandas(edits.filter(_is_question(edits)))
    rows = [
        {"question": one.text, "shown": render(one.text, edits_of(own, one.document_id))} for one in asked
    ]
    return conform("private/questions", rows)


def _is_question(table: pa.Table) -> pa.ChunkedArray:
    import pyarrow as pa
    import pyarrow.compute as pc

    return pc.starts_with(table.column("document_id").cast(pa.string()), _ASKED)


def _of_documents(table: pa.Table) -> pa.Table:
    import pyarrow.compute as pc

    return table.filter(pc.invert(_is_question(table)))


def facts(made: Made) -> Mapping[str, Any]:
    """What the journal says of a run beside the numbers of rows: masks by label and by source, versions."""
    edits = to_arrow("edits", made["edits"])
    masks = edits.filter(_equal(edits.column("kind"), "mask"))
    return {
        "labels": _counts(masks.column("label")),
        "sources": _counts(masks.column("source")),
        "flags": _counts(to_arrow("flags", made["flags"]).column("kind")),
        "versions": {"feedback": version("feedback"), "model": model_name()},
    }


def _equal(column: pa.ChunkedArray, word: str) -> pa.ChunkedArray:
    import pyarrow as pa
    import pyarrow.compute as pc

    return pc.equal(column.cast(pa.string()), word)


def _counts(values: pa.ChunkedArray) -> dict[str, int]:
    import pyarrow as pa
    import pyarrow.compute as pc

    found = pc.value_counts(values.cast(pa.string()).drop_null()).to_pylist()
    return {str(one["values"]): int(one["counts"]) for one in sorted(found, key=lambda one: one["values"])}


def decided(project: Project) -> Decided:
    """What people decided in reviews of the project's masks.

    Errors: FeedbackError when the project's secret is not the one that the decisions were made with.
    """
    from feedback.edits.reviewed.decided import Decided, mark

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
    from feedback.edits.reviewed.replayed import held_everywhere
    from feedback.edits.text.words import words

    texts = [words(document.text) for document in documents]
    settled = zip(texts, decided(project).settle(texts), strict=True)
    return held_everywhere(
        (one.decision, tuple(word.key for word in ws[one.first : one.last]))
        for ws, found in settled
        for one in found
    ).keep


def kept_and_masked(project: Project) -> list[str]:
    """Words of `deidentify: keep:` that are among the names to mask too; those are masked."""
    from feedback.edits.finding.names import given_names
    from feedback.edits.study.find import participant_names
    from feedback.edits.text.words import keys

    listed = [name.words for name in given_names(Context(project).names)]
    people = [name.words for name, _ in participant_names(project.table("private/people"))]
    return [word for word in project.settings.deidentify.keep if keys(word) in {*listed, *people}]


def save_decisions(project: Project, table: pd.DataFrame) -> None:
    """Writes the decisions, whole or not at all, with a sign of the secret behind their hashes."""
    from feedback.edits.reviewed.decided import mark

    project.save(DECISIONS, table, {_CHECK: mark(project.keys.secret(), [_CHECK])})


def _owners(project: Project) -> dict[str, set[str]]:
    """Whose words each document is, of those whose names are known."""
    import pyarrow as pa
    import pyarrow.compute as pc

    links, people = project.arrow("private/links"), _people(project)
    of = links.column("case_id").cast(pa.string())
    known = pc.is_in(of, pa.array(sorted(set(people["case_id"])), pa.string()))
    owners: dict[str, set[str]] = {}
    for name, case_id in zip(
        *(_words(links.filter(known), c) for c in ("document_id", "case_id")), strict=True
    ):
        owners.setdefault(name, set()).add(case_id)
    return owners


def _words(table: pa.Table, column: str) -> list[str]:
    import pyarrow as pa

    found: list[str] = table.column(column).cast(pa.string()).to_pylist()
    return found

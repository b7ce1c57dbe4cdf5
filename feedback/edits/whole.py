"""Whole documents: `find_edits` gives the table `edits`, `deidentify` also the key, `rendered` the text."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, cast

from feedback.edits.clean import ALL_KINDS
from feedback.edits.finding.answers import Asked
from feedback.edits.people.numbering import Naming
from feedback.edits.reviewed.decided import Decided
from feedback.edits.study.find import Listed
from feedback.edits.study.parts import parts_of
from feedback.edits.study.rounds import By
from feedback.edits.study.together import Found, Wanted, masked
from feedback.model import Document
from feedback.spans import Edit, Kind, render
from feedback.tables import to_pandas

if TYPE_CHECKING:
    import pandas as pd

_COLUMNS = ("start", "end", "replacement", "kind", "label", "source", "score")


def find_edits(
    documents: Iterable[Document],
    *,
    names: Iterable[str] = (),
    participants: pd.DataFrame | None = None,
    kinds: Collection[str] = ALL_KINDS,
    ner: bool | Asked = True,
    keep: Iterable[str] = (),
    owners: Mapping[str, Collection[str]] | None = None,
    known: pd.DataFrame | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> pd.DataFrame:
    """The table `edits` for all documents: tidying, and masks over whatever identifies somebody.

    `names` are people, staff, teams or councils to mask wherever they stand; `participants` has columns
    `case_id` and `name` (also `first_name`, `known_as`, ...); `kinds` are kinds of cleaning; `ner=False`
    leaves out the language model, a function is asked in its place; `keep` are words that look like names
    and are none (products, methods); `owners` says whose words a document is (document_id to case ids), so
    that a first name somewhere else is not taken for that participant; `known` is the pseudonym table of
    the last run, whose pseudonyms stay; `progress` is called with documents done and all documents. A
    document's edits are sorted and do not overlap.
    """
    return deidentify(
        documents,
        names=names,
        participants=participants,
        kinds=kinds,
        ner=ner,
        keep=keep,
        owners=owners,
        known=known,
        progress=progress,
    ).edits


def deidentify(  # noqa: PLR0913
    documents: Iterable[Document],
    *,
    names: Iterable[str] = (),
    participants: pd.DataFrame | None = None,
    kinds: Collection[str] = ALL_KINDS,
    ner: bool | Asked = True,
    keep: Iterable[str] = (),
    owners: Mapping[str, Collection[str]] | None = None,
    known: pd.DataFrame | None = None,
    generalise: Collection[str] = (),
    decided: Decided | None = None,
    naming: Naming | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Found:
    """As `find_edits`, with the key that says which words each pseudonym stands for, and with flags.

    `generalise` may hold "ages" (an exact age is masked by its band, "[30 to 39]"), "dates" (an exact date
    shows its season, "[spring 2019]") and "places" (a council, school or town whose region is known shows
    type and region, "[council in the North West]"); without it ages are only flagged. `decided` has what
    people decided in reviews; it goes before all that is found. `naming` says how pseudonyms are made.
    """
    ordered = sorted([documents] if isinstance(documents, Document) else documents, key=_by_id)
    speakers = {turn.speaker for one in ordered for turn in one.turns if turn.speaker}
    wanted = Wanted(
        Listed(tuple(names), participants, speakers, tuple(keep)),
        kinds=kinds,
        ner=ner,
        owners=owners,
        known=known,
        generalise=generalise,
        decided=decided or Decided(),
        naming=naming or Naming(),
    )
    found = masked([part for one in ordered for part in parts_of(one)], wanted, By(progress=progress))
    return replace(found, edits=to_pandas(found.edits), flags=to_pandas(found.flags))


def _by_id(document: Document) -> str:
    return document.document_id


def edits_of(frame: pd.DataFrame, document_id: str) -> list[Edit]:
    """The edits of one document in the table `edits`, in order."""
    chosen = frame[frame["document_id"] == document_id].sort_values("start", kind="stable")
    return [
        Edit(int(start), int(end), replacement, cast(Kind, kind), label, source or "", float(score))
        for start, end, replacement, kind, label, source, score in chosen[list(_COLUMNS)].itertuples(
            index=False
        )
    ]


def rendered(document: Document, frame: pd.DataFrame) -> str:
    """The whole text of a document with its edits applied."""
    return render(document.text, edits_of(frame, document.document_id))

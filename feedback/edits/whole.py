"""Whole documents: `find_edits` gives the table `edits`, `deidentify` also the key, `rendered` the text."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, TypedDict, Unpack, cast

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


class Ways(TypedDict, total=False):
    """What is masked, and how.

    `kinds` are kinds of cleaning; `ner=False` leaves out the language model, a function is asked in its
    place; `owners` says whose words a document is (document_id to case ids), so that a first name somewhere
    else is not taken for that participant; `known` is the pseudonym table of the last run, whose pseudonyms
    stay. `generalise` may hold "ages" (an exact age is masked by its band, "[30 to 39]"), "dates" (an exact
    date shows its season, "[spring 2019]") and "places" (a council, school or town whose region is known
    shows type and region, "[council in the North West]"); without it ages are only flagged. `decided` has
    what people decided in reviews; it goes before all that is found. `naming` says how pseudonyms are made.
    """

    kinds: Collection[str]
    ner: bool | Asked
    owners: Mapping[str, Collection[str]] | None
    known: pd.DataFrame | None
    generalise: Collection[str]
    decided: Decided
    naming: Naming


class Options(Ways, total=False):
    """Also what the user says, and who is told how far it is.

    `names` are people, staff, teams or councils to mask wherever they stand; `participants` has columns
    `case_id` and `name` (also `first_name`, `known_as`, ...); `keep` are words that look like names and are
    none (products, methods); `progress` is called with documents done and all documents.
    """

    names: Iterable[str]
    participants: pd.DataFrame | None
    keep: Iterable[str]
    progress: Callable[[int, int], None] | None


def find_edits(documents: Iterable[Document], **options: Unpack[Options]) -> pd.DataFrame:
    """The table `edits` for all documents: tidying, and masks over whatever identifies somebody.

    The options are those of `Options`, all of which may be left out: `names`, `participants`, `keep`,
    `kinds`, `ner`, `owners`, `known`, `generalise`, `decided`, `naming`, `progress`. A document's edits are
    sorted and do not overlap.
    """
    return deidentify(documents, **options).edits


def deidentify(documents: Iterable[Document], **options: Unpack[Options]) -> Found:
    """As `find_edits`, with the key that says which words each pseudonym stands for, and with flags."""
    ordered = sorted([documents] if isinstance(documents, Document) else documents, key=_by_id)
    speakers = {turn.speaker for one in ordered for turn in one.turns if turn.speaker}
    names, keep = tuple(options.pop("names", ())), tuple(options.pop("keep", ()))
    listed = Listed(names, options.pop("participants", None), speakers, keep)
    by = By(progress=options.pop("progress", None))
    wanted = Wanted(listed, **cast(Ways, options))
    found = masked([part for one in ordered for part in parts_of(one)], wanted, by)
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

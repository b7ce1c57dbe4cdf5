"""What may still identify somebody after masking, the most risky first, each with what would be safe.

`kinds` says how risky each is, and why; within the kinds what stands goes before what is doubtful only.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from feedback.edits import edits_of
from feedback.edits.reviewed.decided import AROUND, NAMES, Decided, flag_label, range_of
from feedback.edits.reviewed.replayed import GIVEN, OPEN
from feedback.edits.telling.generalised import AGE, age_shown
from feedback.edits.telling.indirect import Flag
from feedback.edits.text.words import Word, fold, words
from feedback.model import Document
from feedback.residue.attributes import Rare, rare_combinations
from feedback.residue.kinds import KINDS, kind_of
from feedback.residue.standing import standing_names, standing_numbers
from feedback.spans import Edit

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["KINDS", "Place", "Rare", "Residue", "kind_of", "rare_combinations", "residue"]

# Masks below this certainty are worth a look, and those of words that stand in so many documents. What is
# in no list of names (a capital, words, the model alone) is more often none.
_DOUBTFUL, _UNLISTED = 0.75, 0.85
_GUESSED = ("capital", "words", "model")
_SPREAD, _SHARE = 3, 0.3
_SAFE = {"number": ("a number", "[Number]"), "name": ("a pseudonym", "[Person ...]")}


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: original positions in a document."""

    document_id: str
    start: int
    end: int

    def __str__(self) -> str:
        return f"{self.document_id}:{self.start}-{self.end}"


@dataclass(frozen=True, slots=True)
class Residue:
    """One thing that may still identify somebody, at one place or, the same words, at several.

    `label` says what a decision about it would be about (person, number, flag age, ...), `words` are those of
    the original, for the screen of who may see it, `safe` is a wording that would not identify, `shown` what
    would stand in the text, or does for a mask; `source` is the rule that found it.
    """

    kind: str
    risk: float
    label: str
    words: str
    safe: str
    shown: str
    source: str
    places: tuple[Place, ...]

    @property
    def documents(self) -> int:
        return len({place.document_id for place in self.places})


def residue(
    documents: Sequence[Document],
    edits: pd.DataFrame,
    flags: pd.DataFrame,
    *,
    keep: Collection[str] = (),
    decided: Decided | None = None,
) -> list[Residue]:
    """What may still identify, by risk; what people decided about is left out.

    edits, flags: tables of the same documents. keep: words that the user said are no names.
    """
    decided = decided or Decided()
    ordered = sorted(documents, key=lambda document: document.document_id)
    texts = [words(document.text) for document in ordered]
    found: list[tuple[Residue, tuple[str, ...]]] = []
    open_ = {str(name): part for name, part in flags[flags["state"] == OPEN].groupby("document_id")}
    for document, ws, settled in zip(ordered, texts, decided.settle(texts), strict=True):
        done = {(one.first, one.last, one.decision.flag) for one in settled if one.decision.act}
        own = edits_of(edits, document.document_id)
        for one in _of_document(document, ws, own, open_.get(document.document_id), keep):
            place = one.places[0]
            flag = one.kind if one.label == flag_label(one.kind) else ""
            first, last = range_of(ws, place.start, place.end, one.label)
            if (first, last, flag) not in done:
                near = ws[max(0, first - AROUND) : last + AROUND] if flag else []
                found.append((one, tuple(word.key for word in near)))
    return sorted(_together(found, len(ordered)), key=_by_risk)


def _by_risk(one: Residue) -> tuple[float, str, str, int]:
    return (-one.risk, one.kind, one.places[0].document_id, one.places[0].start)


def _of_document(
    document: Document,
    ws: Sequence[Word],
    edits: Sequence[Edit],
    flags: pd.DataFrame | None,
    keep: Collection[str],
) -> Iterator[Residue]:
    def at(start: int, end: int) -> tuple[str, tuple[Place, ...]]:
        return " ".join(document.text[start:end].split()), (Place(document.document_id, start, end),)

    for kind, label, stands in (
        ("number", "number", standing_numbers(document, edits)),
        ("name", "person", standing_names(document, ws, edits, keep)),
    ):
        for one in stands:
            said, places = at(one.start, one.end)
            yield Residue(kind, one.risk, label, said, *_SAFE[kind], "capital", places)
    for row in () if flags is None else flags.itertuples(index=False):
        said, places = at(row.start, row.end)
        risk, shown = kind_of(row.kind).risk, f"[{row.safe}]"
        if row.kind == AGE:
            shown = age_shown(Flag(row.start, row.end, row.kind, row.safe), document.text)
        yield Residue(row.kind, risk, flag_label(row.kind), said, row.safe, shown, "pattern", places)
    for edit in edits:
        if edit.kind == "mask" and edit.label in NAMES and edit.source not in GIVEN and edit.score < 1:
            said, places = at(edit.start, edit.end)
            shown = edit.replacement
            yield Residue("mask", edit.score, edit.label, said, shown, shown, edit.source, places)


def _together(found: Iterable[tuple[Residue, tuple[str, ...]]], n_documents: int) -> Iterator[Residue]:
    """The same words of one kind as one, with all their places; flags only among the same words."""
    groups: dict[tuple[str, str, str, tuple[str, ...]], list[Residue]] = defaultdict(list)
    for one, near in found:
        shown = one.safe if one.kind == "mask" else ""
        groups[one.kind, fold(one.words), shown, near].append(one)
    for (kind, *_), ones in groups.items():
        whole = replace(
            max(ones, key=lambda one: one.risk), places=tuple(place for one in ones for place in one.places)
        )
        if kind != "mask":
            yield whole
            continue
        spread = whole.documents >= max(_SPREAD, _SHARE * n_documents)
        small = whole.words.islower()
        if whole.risk < (_UNLISTED if whole.source in _GUESSED else _DOUBTFUL) or spread or small:
            yield replace(
                whole,
                risk=round(kind_of(kind).risk - 0.25 * (whole.risk - 0.55) + 0.1 * (spread or small), 3),
            )


def one_form(pseudonyms: pd.DataFrame) -> dict[str, str]:
    """People found under a single first or last name only, whose other names nobody looks for: by pseudonym.

    pseudonyms: table `private/pseudonyms`.
    """
    people = pseudonyms[(pseudonyms["label"] == "person") & pseudonyms["case_id"].isna()]
    forms: Mapping[str, list[str]] = people.groupby("pseudonym")["surface"].apply(list).to_dict()
    single = {name: sorted(forms[name], key=len) for name in sorted(forms)}
    return {name: ones[-1] for name, ones in single.items() if all(len(one.split()) == 1 for one in ones)}

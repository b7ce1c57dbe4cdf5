"""Cleaning and pseudonymising: a list of edits over texts that never change.

`find_edits` gives the table `edits`, `deidentify` also the key, `rendered` shows a document with its edits.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, cast

from feedback.edits.answers import Asked
from feedback.edits.clean import ALL_KINDS, check_kinds, clean_edits
from feedback.edits.decided import NAMES, Decided
from feedback.edits.find import Findings, find_names
from feedback.edits.generalised import AGE, age_masks, uncovered, with_region, with_season
from feedback.edits.indirect import Flag, indirect_flags
from feedback.edits.leaks import Leak, find_leaks
from feedback.edits.names import Mention
from feedback.edits.numbering import ROLES, Naming, Numbers, Texts, numbers
from feedback.edits.page import Page
from feedback.edits.pseudonyms import Key, People, identities, people
from feedback.edits.replayed import REVIEW, Replay, held_everywhere, renamed
from feedback.edits.roles import most_said, said_role
from feedback.masks import BRACKET
from feedback.model import Document
from feedback.spans import Edit, Kind, merge_edits, render
from feedback.tables import conform

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "ALL_KINDS",
    "Found",
    "Leak",
    "clean_edits",
    "deidentify",
    "edits_of",
    "find_edits",
    "find_leaks",
    "rendered",
]
_COLUMNS = ("start", "end", "replacement", "kind", "label", "source", "score")


@dataclass(frozen=True)
class Found:
    """What de-identifying gives: the table `edits`, the key (`private/pseudonyms`), and what is only flagged.

    `flags` is the table of that name: kind (age, role, belief, family, inspection), safe, a wording that
    would not identify, and state (open, or kept by a person); what a mask covers whole is not flagged.
    `numbers` is the book of pseudonyms (`private/numbers`), `notes` what a person should know of them.
    """

    edits: pd.DataFrame
    pseudonyms: pd.DataFrame
    flags: pd.DataFrame
    numbers: pd.DataFrame
    notes: tuple[str, ...] = ()


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
    naming = naming or Naming()
    check_kinds(kinds)
    ordered = sorted([documents] if isinstance(documents, Document) else documents, key=_by_id)
    decided = decided or Decided()
    pages = [Page(document.text) for document in ordered]
    texts = [page.words() if decided else [] for page in pages]
    settled = decided.settle(texts)
    held = held_everywhere(texts, settled)
    findings = find_names(
        ordered,
        names=names,
        decided=held.names,
        participants=participants,
        ner=ner,
        keep=[*keep, *held.keep],
        progress=progress,
    )
    who = people(findings.names)
    flags = [indirect_flags(page) for page in pages]
    numbering = numbers(who, findings.case_ids, known, naming=naming, texts=_texts(pages, findings))
    pseudonym = _pseudonym(who, numbering)
    replays = [Replay(ws, found, pseudonym) for ws, found in zip(texts, settled, strict=True)]
    meant, merged = [], []
    for document, found in zip(ordered, findings.documents, strict=True):
        whose = None if owners is None else owners.get(document.document_id, ())
        meant.append(identities(found.mentions, who, whose, naming.corrections))
        clean = (edit for edit in found.clean if edit.label in kinds)
        merged.append(merge_edits([*clean, *found.masks(meant[-1])]))
    _give(numbering, ordered, merged, meant)
    shown = [
        replay.edits(_generalised(_named(edits, means, numbering), own, document.text, generalise), own)
        for document, edits, means, own, replay in zip(ordered, merged, meant, flags, replays, strict=True)
    ]
    return _found(ordered, renamed(shown, texts, settled), (flags, replays), numbering, findings)


def _texts(pages: Sequence[Page], findings: Findings) -> Texts:
    """What stands in the texts and lists already, so that no pseudonym is taken for it."""

    def heard() -> set[str]:
        listed = (word for name in findings.names for word in name.words)
        return set(listed).union(*(page.vocabulary for page in pages))

    masks = {match[0].casefold() for page in pages for match in BRACKET.finditer(page.text)}
    return Texts(masks, heard)


def _give(
    numbering: Numbers,
    documents: Sequence[Document],
    merged: Sequence[Sequence[Edit]],
    meant: Sequence[Sequence[Key]],
) -> None:
    """Gives everybody who is masked a pseudonym, all at once, since their order is the secret's."""
    roles: dict[Key, list[str]] = {}
    for document, edits, means in zip(documents, merged, meant, strict=True):
        for edit in edits:
            if _is_named(edit):
                asked = numbering.naming.style == ROLES and edit.label == "person"
                said = said_role(document.text, edit.start, edit.end) if asked else ""
                roles.setdefault(means[int(edit.replacement[1:])], []).append(said)
    numbering.give(roles, {one: most_said(said) for one, said in roles.items()})


def _generalised(
    edits: list[Edit], flags: Sequence[Flag], text: str, generalise: Collection[str]
) -> list[Edit]:
    if "ages" in generalise:
        edits = merge_edits([*edits, *age_masks(flags, text)])
    if "places" in generalise:
        edits = [with_region(edit, text) for edit in edits]
    return [with_season(edit, text) for edit in edits] if "dates" in generalise else edits


def _pseudonym(who: People, numbering: Numbers) -> Callable[[str, tuple[str, ...]], str]:
    """The pseudonym of a name that a person masks at a place where nothing was found."""

    def of(label: str, words: tuple[str, ...]) -> str:
        if label not in NAMES:
            return f"[{label.title()}]"
        return numbering.of(identities([Mention(0, 1, words, label, REVIEW, 1.0)], who)[0])

    return of


def _found(
    documents: Sequence[Document],
    shown: Sequence[Sequence[Edit]],
    flagged: tuple[Sequence[Sequence[Flag]], Sequence[Replay]],
    numbering: Numbers,
    findings: Findings,
) -> Found:
    rows: list[dict[str, Any]] = []
    open_: list[dict[str, Any]] = []
    key: dict[tuple[str, str, str], None] = {}
    for document, edits, flags, replay in zip(documents, shown, *flagged, strict=True):
        about = {"document_id": document.document_id}
        states = dict(zip(flags, replay.states(flags), strict=True))
        open_ += [{**about, **flag._asdict(), "state": states[flag]} for flag in uncovered(flags, edits)]
        rows += [{**about, **_row(edit)} for edit in edits]
        kinds = {flag.kind for flag in flags}
        for edit in edits:
            # A band in the place of "six" is no pseudonym: the same word elsewhere gives nobody away.
            generalised = edit.label == AGE or (edit.source == REVIEW and edit.label in kinds)
            if edit.kind == "mask" and not generalised:
                surface = " ".join(document.text[edit.start : edit.end].split())
                key[edit.label, surface, edit.replacement] = None
    return Found(
        conform("edits", rows),
        _key_table(key, numbering, findings),
        conform("flags", open_),
        conform("private/numbers", numbering.rows()),
        tuple(numbering.notes),
    )


def _by_id(document: Document) -> str:
    return document.document_id


def _is_named(edit: Edit) -> bool:
    """Whether it masks a name and so far says who is meant instead of the pseudonym."""
    return edit.kind == "mask" and edit.replacement.startswith("\0")


def _named(edits: Iterable[Edit], means: Sequence[Key], numbering: Numbers) -> list[Edit]:
    """The edits with everybody's pseudonym."""
    return [
        replace(edit, replacement=numbering.of(means[int(edit.replacement[1:])])) if _is_named(edit) else edit
        for edit in edits
    ]


def _row(edit: Edit) -> dict[str, Any]:
    return {column: getattr(edit, column) for column in _COLUMNS}


def _key_table(key: Iterable[tuple[str, str, str]], numbering: Numbers, findings: Findings) -> pd.DataFrame:
    cases = {numbering.participant(case): case for case in findings.case_ids}
    rows = [
        {"label": label, "surface": surface, "pseudonym": pseudonym, "case_id": cases.get(pseudonym)}
        for label, surface, pseudonym in key
    ]
    seen = {(surface.casefold(), pseudonym) for _, surface, pseudonym in key}
    for surface, case in findings.participants:
        pseudonym = numbering.participant(case)
        if (surface.casefold(), pseudonym) not in seen:
            rows.append({"label": "person", "surface": surface, "pseudonym": pseudonym, "case_id": case})
    rows.sort(key=lambda row: (row["label"], row["surface"], row["pseudonym"]))
    return conform("private/pseudonyms", rows)


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

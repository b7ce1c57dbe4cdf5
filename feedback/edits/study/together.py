"""All parts of all documents masked: each says what it holds, names are decided over all, each is masked."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from feedback.edits.clean import ALL_KINDS, check_kinds
from feedback.edits.finding.answers import Asked
from feedback.edits.people.numbering import NAMES, ROLES, Naming, Numbers, Texts, numbers
from feedback.edits.people.pseudonyms import people
from feedback.edits.reviewed.decided import Decided
from feedback.edits.reviewed.replayed import held_everywhere
from feedback.edits.study.applied import Applied, Ways
from feedback.edits.study.find import Findings, Listed, find_names
from feedback.edits.study.finished import Finish, give, meant, surfaces, tables
from feedback.edits.study.gathered import Gathered, Search, settled_in
from feedback.edits.study.parts import Part
from feedback.edits.study.rounds import HERE, By, Rounds
from feedback.edits.study.told import everywhere
from feedback.tables import conform

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Wanted:
    """What is to be masked, and how: see `feedback.edits.deidentify`."""

    listed: Listed = field(default_factory=Listed)
    kinds: Collection[str] = ALL_KINDS
    ner: bool | Asked = True
    owners: Mapping[str, Collection[str]] | None = None
    known: pd.DataFrame | None = None
    generalise: Collection[str] = ()
    decided: Decided = field(default_factory=Decided)
    naming: Naming = field(default_factory=Naming)


@dataclass(frozen=True)
class Found:
    """What de-identifying gives: the table `edits`, the key (`private/pseudonyms`), and what is only flagged.

    `flags` is the table of that name: kind (age, role, belief, family, inspection), safe, a wording that
    would not identify, and state (open, or kept by a person); what a mask covers whole is not flagged.
    `numbers` is the book of pseudonyms (`private/numbers`), `notes` what a person should know of them.
    `masked` gives `edits` and `flags` as Arrow tables, `deidentify` as DataFrames.
    """

    edits: Any
    pseudonyms: pd.DataFrame
    flags: Any
    numbers: pd.DataFrame
    notes: tuple[str, ...] = ()


def masked(parts: Sequence[Part], wanted: Wanted, by: By = HERE) -> Found:
    """Masks the parts of documents, which come in the order of their documents and places.

    parts: asked for one by one and several times, so that they need not all be held.
    """
    check_kinds(wanted.kinds)
    rounds = Rounds(parts, by)
    asked = bool(wanted.naming.corrections.call) or wanted.naming.style == NAMES
    evidence = Gathered(rounds.gathered(Search(ask=bool(wanted.ner), heard=asked)))
    holds = settled_in(list(rounds.fits(wanted.decided)))
    findings = find_names(evidence, _with_decided(wanted.listed, holds), ner=wanted.ner)
    ways = Ways(frozenset(wanted.kinds), frozenset(wanted.generalise), wanted.naming.style == ROLES)
    found = everywhere(list(rounds.applied(ways, evidence, findings.hunt)), evidence, parts)
    settled = [[one for one, _ in here] for here in holds]
    return _finished(found, settled, parts, wanted, (evidence, findings))


def _with_decided(listed: Listed, holds: Iterable[Iterable[tuple[Any, tuple[str, ...]]]]) -> Listed:
    """What is listed, with the decisions that hold everywhere."""
    held = held_everywhere((one.decision, words) for here in holds for one, words in here)
    return replace(listed, keep=[*listed.keep, *held.keep], decided=[*listed.decided, *held.names])


def _finished(
    found: Sequence[Applied],
    settled: Sequence[Sequence[Any]],
    parts: Sequence[Part],
    wanted: Wanted,
    known: tuple[Gathered, Findings],
) -> Found:
    """The tables."""
    evidence, findings = known
    who = people(findings.names)
    texts = Texts(evidence.masks, partial(_heard, evidence, findings))
    numbering = numbers(who, findings.case_ids, wanted.known, naming=wanted.naming, texts=texts)
    keys = meant(found, who, wanted.owners, wanted.naming.corrections)
    give(numbering, found, keys)
    finish = Finish(who, numbering)
    shown = [
        finish.shown(one, own, here, partial(parts.__getitem__, at))
        for at, (one, own, here) in enumerate(zip(found, keys, settled, strict=True))
    ]
    edits, flags = tables(shown, finish.becomes)
    return Found(
        edits,
        _key_table(surfaces(shown, finish.becomes), numbering, findings),
        flags,
        conform("private/numbers", numbering.rows()),
        tuple(numbering.notes),
    )


def _heard(evidence: Gathered, findings: Findings) -> set[str]:
    """What stands in the texts and lists already, so that no pseudonym is taken for it."""
    return evidence.heard.union(word for name in findings.names for word in name.words)


def _key_table(key: Sequence[tuple[str, str, str]], numbering: Numbers, findings: Findings) -> pd.DataFrame:
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

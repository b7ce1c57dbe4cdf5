"""From the masks of all parts to the tables: who is whom, their pseudonyms, and what people decided."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, cast

from feedback.edits.finding.names import Mention
from feedback.edits.people.corrections import Corrections
from feedback.edits.people.numbering import Numbers
from feedback.edits.people.pseudonyms import Key, People, identities
from feedback.edits.reviewed.decided import NAMES, Settled
from feedback.edits.reviewed.replayed import OPEN, REVIEW, Replay, chains, same_people_of
from feedback.edits.study.applied import Applied, covered, edit_rows, flag_rows
from feedback.edits.study.parts import Part
from feedback.edits.telling.generalised import AGE
from feedback.edits.telling.indirect import Flag
from feedback.edits.telling.roles import most_said
from feedback.edits.text.page import Page
from feedback.spans import Edit, Kind
from feedback.tables import schema, to_arrow

if TYPE_CHECKING:
    import pyarrow as pa

Owners = Mapping[str, Collection[str]]
_EDIT = ("start", "end", "replacement", "kind", "label", "source", "score")


@dataclass(frozen=True)
class Shown:
    """What is shown of a part: columns of its edits and flags, with pseudonyms and what people decided."""

    document_id: str
    edits: pa.Table
    flags: pa.Table


def meant(
    found: Sequence[Applied], who: People, owners: Owners | None, corrections: Corrections
) -> list[list[Key]]:
    """For each part whom each of its people is; parts of one document know what its other parts say."""
    keys: list[list[Key]] = []
    for document_id, here in groupby(found, key=lambda one: one.document_id):
        own = list(here)
        named = list(dict.fromkeys(person for one in own for person in one.people))
        mentions = [Mention(0, 1, words, label, "", 1.0) for label, words in named]
        whose = None if owners is None else owners.get(document_id, ())
        known = dict(zip(named, identities(mentions, who, whose, corrections), strict=True))
        keys += [[known[person] for person in one.people] for one in own]
    return keys


def give(numbering: Numbers, found: Sequence[Applied], keys: Sequence[Sequence[Key]]) -> None:
    """Gives everybody who is masked a pseudonym, all at once, since their order is the secret's."""
    roles: dict[Key, list[str]] = {}
    for one, own in zip(found, keys, strict=True):
        for person, said in one.given:
            roles.setdefault(own[person], []).extend(said)
    numbering.give(roles, {one: most_said(said) for one, said in roles.items()})


def pseudonym_of(who: People, numbering: Numbers) -> Callable[[str, tuple[str, ...]], str]:
    """The pseudonym of a name that a person masks at a place where nothing was found."""

    def of(label: str, words: tuple[str, ...]) -> str:
        if label not in NAMES:
            return f"[{label.title()}]"
        return numbering.of(identities([Mention(0, 1, words, label, REVIEW, 1.0)], who)[0])

    return of


class Finish:
    """Turns what was found in each part, in order, into what is shown of it."""

    def __init__(self, who: People, numbering: Numbers) -> None:
        self.numbering = numbering
        self.becomes: dict[str, str] = {}
        self._pseudonym = pseudonym_of(who, numbering)

    def shown(
        self, one: Applied, keys: Sequence[Key], settled: Sequence[Settled], part: Callable[[], Part]
    ) -> Shown:
        """A part with its pseudonyms, and with the decisions about it."""
        import pyarrow as pa

        named = _with_names(one, {who: self.numbering.of(keys[who]) for who, _ in one.given})
        if settled:
            return self._replayed(one, named, settled, part())
        states = pa.array([OPEN] * len(one.flags), pa.string())
        return Shown(one.document_id, named, one.flags.append_column("state", states))

    def _replayed(self, one: Applied, named: pa.Table, settled: Sequence[Settled], part: Part) -> Shown:
        """With what people decided about words of the part."""
        import pyarrow as pa

        flags = [
            Flag(row["start"] - part.shift, row["end"] - part.shift, row["kind"], row["safe"])
            for row in one.flags.to_pylist()
        ]
        replay = Replay(Page(part.text).words(), settled, self._pseudonym)
        edits = replay.edits(_edits(named, part.shift), flags)
        self.becomes.update(same_people_of(edits, replay.ws, settled))
        rows = edit_rows(edits, part)
        states = pa.array(replay.states(flags), pa.string())
        marked = flag_rows(flags, covered(flags, edits), part).append_column("state", states)
        return Shown(one.document_id, rows, marked)


def _with_names(one: Applied, pseudonyms: Mapping[int, str]) -> pa.Table:
    """The edits with pseudonyms in the place of who is meant."""
    import pyarrow as pa

    who = one.edits.column("who").to_pylist()
    shown = one.edits.column("replacement").to_pylist()
    named = [shown[at] if person < 0 else pseudonyms[person] for at, person in enumerate(who)]
    at = one.edits.schema.get_field_index("replacement")
    return one.edits.set_column(at, "replacement", pa.array(named, pa.string()))


def _edits(rows: pa.Table, shift: int) -> list[Edit]:
    return [
        Edit(start - shift, end - shift, replacement, cast(Kind, kind), label, source or "", score)
        for start, end, replacement, kind, label, source, score in zip(
            *(rows.column(name).to_pylist() for name in _EDIT), strict=True
        )
    ]


def tables(shown: Sequence[Shown], becomes: Mapping[str, str]) -> tuple[pa.Table, pa.Table]:
    """The tables `edits` and `flags`; `becomes` has pseudonyms that give way to others."""
    import pyarrow as pa
    import pyarrow.compute as pc

    ends = chains(becomes)
    edits, flags = [schema("edits").empty_table()], [schema("flags").empty_table()]
    for one in shown:
        masks = one.edits
        if ends:
            names = [ends.get(name, name) for name in masks.column("replacement").to_pylist()]
            at = masks.schema.get_field_index("replacement")
            masks = masks.set_column(at, "replacement", pa.array(names, pa.string()))
        edits.append(_of("edits", one.document_id, masks))
        flags.append(_of("flags", one.document_id, one.flags.filter(pc.invert(one.flags.column("covered")))))
    return to_arrow("edits", _joined(edits)), to_arrow("flags", _joined(flags))


def _of(name: str, document_id: str, rows: pa.Table) -> pa.Table:
    """Rows of a part in the columns of a table."""
    import pyarrow as pa

    ids = pa.array([document_id], pa.string()).take(pa.array([0] * len(rows), pa.int32()))
    rows = rows.append_column("document_id", ids)
    return rows.select(schema(name).names).cast(schema(name))


def _joined(parts: Sequence[pa.Table]) -> pa.Table:
    import pyarrow as pa

    return pa.concat_tables(parts).unify_dictionaries().combine_chunks()


def surfaces(shown: Sequence[Shown], becomes: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """What each pseudonym or other mask stands for, in order of appearance: label, surface, replacement.

    A band in the place of "six" is no pseudonym: the same word elsewhere gives nobody away.
    """
    import pyarrow.compute as pc

    ends = chains(becomes)
    kinds: dict[str, set[str]] = {}
    for one in shown:
        kinds.setdefault(one.document_id, set()).update(pc.unique(one.flags.column("kind")).to_pylist())
    found: dict[tuple[str, str, str], None] = {}
    for one in shown:
        masks = one.edits.filter(pc.equal(one.edits.column("kind"), "mask"))
        columns = ("label", "surface", "replacement", "source")
        for row in dict.fromkeys(zip(*(masks.column(name).to_pylist() for name in columns), strict=True)):
            label, surface, replacement, source = row
            if label != AGE and not (source == REVIEW and label in kinds[one.document_id]):
                found[label, surface, ends.get(replacement, replacement)] = None
    return list(found)

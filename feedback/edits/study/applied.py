"""Masks and tidying of one part of a document, once it is known what the names are."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from feedback.edits.finding.names import Mention, hunt
from feedback.edits.finding.slips import mended
from feedback.edits.forms.patterns import pattern_edits
from feedback.edits.study.find import Hunt
from feedback.edits.study.gathered import Tidy, tidied
from feedback.edits.study.parts import Part
from feedback.edits.telling.generalised import age_masks, with_region, with_season
from feedback.edits.telling.indirect import Flag, indirect_flags
from feedback.edits.telling.roles import said_role
from feedback.edits.text.page import Page
from feedback.spans import Edit, merge_edits

if TYPE_CHECKING:
    import pyarrow as pa

Who = tuple[str, tuple[str, ...]]  # a label and the folded words of a name
_NAMED = "\0"  # before the number of who is meant, in the place of a pseudonym


@dataclass(frozen=True)
class Ways:
    """How parts are masked: kinds of cleaning, what is generalised, if roles tell."""

    kinds: frozenset[str]
    generalise: frozenset[str] = frozenset()
    roles: bool = False


@dataclass(frozen=True)
class Applied:
    """What is masked and flagged in a part, with places in its document.

    `people` are those who are named in it; a row of `edits` says by their number in `who` whose pseudonym is
    to stand there (-1: what stands in `replacement`). `given` are those masked, in order, each with the roles
    said of them. A flag is `covered` when a mask hides all of it.
    """

    document_id: str
    people: Sequence[Who]
    edits: pa.Table
    flags: pa.Table
    given: Sequence[tuple[int, tuple[str, ...]]]


@dataclass(frozen=True)
class Sought:
    """What is looked for in a part: the names that its words can be, initials of people in its document."""

    hunt: Hunt
    letters: frozenset[str]

    def told(self) -> list[Any]:
        """All of it in lists, sorted, for a digest."""
        hunt = self.hunt
        forms = [
            (form.words, form.whole, name.words, name.label, name.source, name.score, name.given)
            for first in sorted(hunt.forms)
            for form in hunt.forms[first]
            for name in (form.name,)
        ]
        slips = (sorted(hunt.meant.sure.items()), sorted(hunt.meant.doubtful.items()))
        beside = [(word, sorted(others)) for word, others in sorted(hunt.beside.items())]
        return [forms, slips, beside, sorted(self.letters)]


def applied(part: Part, clean: Sequence[Edit], ways: Ways, sought: Sought) -> Applied:
    """The masks of a part, whose tidying is known."""
    tidy = tidied(part, clean)
    people: dict[Who, int] = {}
    found = [
        *(edit for edit in tidy.clean if edit.label in ways.kinds),
        *_patterns(tidy, sought.letters),
        *_named(_mentions(tidy, sought.hunt), people),
    ]
    merged = merge_edits(found)
    flags = indirect_flags(Page(part.text))
    edits = _generalised(merged, flags, part.text, ways.generalise)
    hidden = covered(flags, edits)
    own = [(flag, over) for flag, over in zip(flags, hidden, strict=True) if part.owns(flag.start)]
    return Applied(
        part.document_id,
        list(people),
        edit_rows([edit for edit in edits if part.owns(edit.start)], part),
        flag_rows([flag for flag, _ in own], [over for _, over in own], part),
        _given([edit for edit in merged if part.owns(edit.start)], part.text, roles=ways.roles),
    )


def with_masks(one: Applied, part: Part, masks: Sequence[Edit]) -> Applied:
    """The same part with further masks, of nobody's name, which may overlap those it has."""
    own = [
        Edit(start - part.shift, end - part.shift, f"{_NAMED}{who}" if who >= 0 else shown, *rest)
        for start, end, shown, *rest, who, _ in zip(
            *(one.edits.column(name).to_pylist() for name in _EDITS), strict=True
        )
    ]
    flags = [
        Flag(start - part.shift, end - part.shift, kind, safe)
        for start, end, kind, safe, _ in zip(
            *(one.flags.column(name).to_pylist() for name in _FLAGS), strict=True
        )
    ]
    edits = merge_edits([*own, *masks])
    flagged = flag_rows(flags, covered(flags, edits), part)
    return replace(one, edits=edit_rows(edits, part), flags=flagged)


def _mentions(tidy: Tidy, what: Hunt) -> Iterator[Mention]:
    """Where names stand in the original."""
    for mention in hunt(mended(tidy.page, what.meant, what.beside), what.forms):
        span = tidy.home.to_original(mention.start, mention.end)
        if span.end > span.start:
            yield mention._replace(start=span.start, end=span.end)


def _named(mentions: Iterable[Mention], people: dict[Who, int]) -> Iterator[Edit]:
    for m in mentions:
        number = people.setdefault((m.label, m.words), len(people))
        yield Edit(m.start, m.end, f"{_NAMED}{number}", "mask", m.label, m.source, m.score)


def _patterns(tidy: Tidy, letters: Collection[str]) -> Iterator[Edit]:
    for edit in pattern_edits(tidy.page, letters):
        span = tidy.home.to_original(edit.start, edit.end)
        if span.end > span.start:
            yield Edit(span.start, span.end, edit.replacement, "mask", edit.label, edit.source, edit.score)


def _given(edits: Iterable[Edit], text: str, *, roles: bool) -> list[tuple[int, tuple[str, ...]]]:
    """Who is masked, in order, and what is said there that they are."""
    found: dict[int, list[str]] = {}
    for edit in edits:
        if edit.replacement.startswith(_NAMED):
            said = found.setdefault(int(edit.replacement[1:]), [])
            if roles and edit.label == "person":
                said.append(said_role(text, edit.start, edit.end))
    return [(who, tuple(said)) for who, said in found.items()]


def _generalised(
    edits: list[Edit], flags: Sequence[Flag], text: str, generalise: Collection[str]
) -> list[Edit]:
    if "ages" in generalise:
        edits = merge_edits([*edits, *age_masks(flags, text)])
    if "places" in generalise:
        edits = [with_region(edit, text) for edit in edits]
    return [with_season(edit, text) for edit in edits] if "dates" in generalise else edits


def surface(text: str, edit: Edit) -> str:
    """What a mask hides, with single spaces."""
    return " ".join(text[edit.start : edit.end].split())


_EDITS = ("start", "end", "replacement", "kind", "label", "source", "score", "who", "surface")
_FLAGS = ("start", "end", "kind", "safe", "covered")


def edit_rows(edits: Sequence[Edit], part: Part) -> pa.Table:
    """Edits of a part as columns: those of table `edits`, who is meant, and the surfaces of masks."""
    text, shift = part.text, part.shift
    named = [edit.replacement.startswith(_NAMED) for edit in edits]
    pairs = list(zip(edits, named, strict=True))
    columns = (
        [edit.start + shift for edit in edits],
        [edit.end + shift for edit in edits],
        [None if is_name else edit.replacement for edit, is_name in pairs],
        [edit.kind for edit in edits],
        [edit.label for edit in edits],
        [edit.source for edit in edits],
        [edit.score for edit in edits],
        [int(edit.replacement[1:]) if is_name else -1 for edit, is_name in pairs],
        [surface(text, edit) if edit.kind == "mask" else None for edit in edits],
    )
    return _table(_EDITS, columns)


def flag_rows(flags: Sequence[Flag], hidden: Sequence[bool], part: Part) -> pa.Table:
    """Flags of a part as columns, with whether a mask hides each."""
    shift = part.shift
    columns = (
        [flag.start + shift for flag in flags],
        [flag.end + shift for flag in flags],
        [flag.kind for flag in flags],
        [flag.safe for flag in flags],
        list(hidden),
    )
    return _table(_FLAGS, columns)


def _table(names: Sequence[str], columns: Iterable[Sequence[Any]]) -> pa.Table:
    import pyarrow as pa

    types = {
        "start": pa.int64(),
        "end": pa.int64(),
        "score": pa.float64(),
        "who": pa.int32(),
        "covered": pa.bool_(),
    }
    return pa.table(
        [pa.array(column, types.get(name, pa.string())) for name, column in zip(names, columns, strict=True)],
        names=list(names),
    )


def written_down(one: Applied) -> list[Any]:
    """What was applied, in lists, for `read_again`."""
    edits, flags = ([column.to_pylist() for column in table.columns] for table in (one.edits, one.flags))
    return [one.people, edits, flags, one.given]


def read_again(document_id: str, told: Sequence[Any]) -> Applied:
    """What `written_down` gave."""
    people, edits, flags, given = told
    who = [(label, tuple(words)) for label, words in people]
    said = [(number, tuple(roles)) for number, roles in given]
    return Applied(document_id, who, _table(_EDITS, edits), _table(_FLAGS, flags), said)


def covered(flags: Sequence[Flag], edits: Sequence[Edit]) -> list[bool]:
    """For each flag whether a mask covers it whole; `edits` are sorted and disjoint."""
    masks = [edit for edit in edits if edit.kind == "mask"]
    starts = [mask.start for mask in masks]
    found = []
    for flag in flags:
        at = bisect_right(starts, flag.start) - 1
        found.append(at >= 0 and flag.end <= masks[at].end)
    return found

"""A project coded in another program, as coders' tags on the segments of this one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from unicodedata import combining, normalize

from feedback.codebook import Codebook
from feedback.codebook.compare import successors
from feedback.codebook.names import theme_called
from feedback.codebook.text import guid
from feedback.coding import MACHINES, as_tables, tag_row
from feedback.coding.aligned import Aligned, Words, shared
from feedback.coding.places import Material, Version
from feedback.readers.refi.positions import Counting, SourceText, countings_of, source_text
from feedback.spans import Span

if TYPE_CHECKING:
    import pandas as pd

    from feedback.readers.refi.project import QdaProject, Selection, Source

_SAME_DOCUMENT = 0.5  # of a source's runs of five words must be in a document
_AS_GOOD = 0.9  # another document that has so much of what the best one has leaves it open which is meant


@dataclass(frozen=True)
class Imported:
    """What a coded project gives: table `tags` by coder, and in words what stood in the way or was left out.

    problems: what does not fit, a line each; nothing should be taken in while there are any, unless the user
    says so. notes: what was decided or left aside.
    """

    tags: dict[str, pd.DataFrame]
    problems: tuple[str, ...]
    notes: tuple[str, ...]


@dataclass
class _Taking:
    """An import at work."""

    project: QdaProject
    material: Material
    themes: dict[str, str]
    coders: dict[str, str]
    whole: bool
    rows: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    read: dict[str, dict[str, tuple[Version, Any]]] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    silent: int = 0


def tags_from_project(
    project: QdaProject, material: Material, codebook: Codebook, *, coder: str = "", whole: bool = True
) -> Imported:
    """Each user's codings as a coder's tags.

    A source is looked for by its words among the documents, as they are shown and as they were read; its name
    only decides between documents of the same words. A coding counts for the participants' segments of which
    it covers at least half, and for the one that holds it. coder: the name of whoever coded, where the file
    has one user or none. whole: a coder has read all of a source in which they coded something, so that its
    other segments are rows without a theme. The machine's own tags of an export are left out.
    """
    coders, notes, problems = _coders(project, coder)
    themes, unknown = _themes(project, codebook, coders)
    work = _Taking(project, material, themes, coders, whole, problems=[*problems, *unknown], notes=notes)
    coded = [source for source in project.sources if source.selections]
    work.problems += [f"{_named(source)}: {source.problem}" for source in coded if source.data is None]
    texts = [(source, source_text(source.data)) for source in coded if source.data is not None]
    ways = countings_of([(text, source.selections) for source, text in texts], project.origin)
    work.notes += _about_counting(ways)
    for (source, text), way in zip(texts, ways, strict=True):
        _take(work, source, text, way)
    _add_read(work)
    if work.silent:
        work.notes.append(f"left out, being interviewers' words or nobody's: {work.silent} codings")
    work.notes += [f"not read: {count} {what}" for what, count in project.aside.items()]
    return Imported(as_tables(work.rows), tuple(work.problems), tuple(work.notes))


def _named(source: Source) -> str:
    return source.name or "a text without a name"


def _about_counting(ways: Sequence[Counting]) -> list[str]:
    counts = Counter(way.said() for way in ways)
    return [f"positions of {n} of {len(ways)} texts count {said}" for said, n in counts.items() if said]


def _coders(project: QdaProject, coder: str) -> tuple[dict[str, str], list[str], list[str]]:
    """A coder's name for each user who coded, notes about those who are left out, and problems."""
    used = {user for source in project.sources for one in source.selections for _, user in one.codings}
    # Other programs give them other GUIDs on the way, and keep their names.
    names = {user: plain_name(project.users.get(user, "")) for user in used}
    machines = {user for user, name in names.items() if name in MACHINES}
    notes, problems = [], []
    if machines:
        own = ", ".join(sorted({names[user] for user in machines}))
        notes.append(f"the machine's own tags ({own}) are left out: it makes them anew")
    people = sorted(used - machines)
    if coder and len(people) > 1:
        said = ", ".join(sorted(project.users.get(user) or "somebody" for user in people))
        problems.append(f"several people coded ({said}), so they cannot all be '{coder}'")
    found: dict[str, str] = {}
    for user in sorted(people, key=lambda one: (project.users.get(one, ""), one)):
        said = coder if coder and len(people) == 1 else project.users.get(user, "")
        if not said:
            problems.append("the file does not say who coded: name them with --coder NAME")
        # A name that was given with --coder may be one of the machine's, which would overwrite its tags.
        found[user] = _free(plain_name(said), [*MACHINES, *found.values()])
    return found, notes, problems


def plain_name(coder: str) -> str:
    """A coder's name as a file's name: letters without accents, digits and hyphens."""
    letters = "".join(one for one in normalize("NFKD", coder.lower()) if not combining(one))
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-") or "somebody"


def _free(name: str, taken: Iterable[str]) -> str:
    used, found, number = set(taken), name, 2
    while found in used:
        found, number = f"{name}-{number}", number + 1
    return found


def _themes(
    project: QdaProject, codebook: Codebook, users: Collection[str]
) -> tuple[dict[str, str], list[str]]:
    """The theme of each code that people used, and a line for each code that no theme has."""
    used = Counter(
        code
        for source in project.sources
        for one in source.selections
        for code, user in one.codings
        if user in users
    )
    by_guid = {guid("code", theme.id): theme.id for theme in codebook}
    by_guid |= {guid("code", old): new for old, new in successors(codebook).items() if new}
    found, problems = {}, []
    codes = {code.guid: code for code in project.codes}
    for identity, count in sorted(used.items(), key=lambda item: (-item[1], item[0])):
        theme = by_guid.get(identity) or (
            theme_called(codes[identity].path, codebook) if identity in codes else None
        )
        if theme:
            found[identity] = theme
        else:
            name = " > ".join(codes[identity].path) if identity in codes else "a code that is not defined"
            problems.append(f"no theme of the list is the code '{name}' ({count} codings)")
    return found, problems


def _take(work: _Taking, source: Source, text: SourceText, way: Counting) -> None:
    """The codings of one source, on the document that it is."""
    wanted = [one for one in source.selections if any(user in work.coders for _, user in one.codings)]
    if not wanted:
        return
    words = Words(text.text)
    version, problem = _document_of(source, words, work.material.versions)
    if version is None:
        work.problems.append(f"{_named(source)}: {problem} ({len(wanted)} codings)")
        return
    if not _is_called(version, source.name):
        work.notes.append(f"{_named(source)} is {version.document_id}, by its words")
    aligned = Aligned(words, version.words)
    spans = [text.span(selection, way) for selection in wanted]
    homes = [aligned.span(*span) if span else None for span in spans]
    for selection, home in zip(wanted, homes, strict=True):
        if home is not None:
            _code(work, selection, version, home)
    if lost := [selection for selection, home in zip(wanted, homes, strict=True) if home is None]:
        where = ", ".join(f"{one.start}-{one.end}" for one in lost[:5]) + ", ..." * (len(lost) > 5)
        said = f"{len(lost)} of {len(wanted)} coded passages are not in {version.document_id}"
        work.problems.append(f"{_named(source)}: {said} (positions {where})")
    if work.whole:
        _note_read(work, wanted, version, aligned.reach())


def _note_read(work: _Taking, selections: Sequence[Selection], version: Version, reach: Span | None) -> None:
    """Remembers that whoever coded something in a text has read all of it."""
    said = [piece for piece, _ in version.touched(reach) if piece.role == "participant"] if reach else []
    for user in {user for one in selections for _, user in one.codings if user in work.coders}:
        for piece in said:
            work.read.setdefault(work.coders[user], {})[piece.segment_id] = (version, piece)


def _code(work: _Taking, selection: Selection, version: Version, home: Span) -> None:
    pieces = version.coded(home)
    for code, user in selection.codings:
        if user not in work.coders:
            continue
        work.silent += not pieces
        for piece, span in pieces if code in work.themes else ():
            work.rows.setdefault(work.coders[user], []).append(
                tag_row(piece.segment_id, version.document_id, span, work.themes[code], work.coders[user])
            )


def _add_read(work: _Taking) -> None:
    """Rows without a theme for what a coder read and did not code."""
    for coder, pieces in work.read.items():
        rows = work.rows.setdefault(coder, [])
        said = {row["segment_id"] for row in rows}
        rows += [
            tag_row(segment_id, version.document_id, Span(piece.start, piece.end), None, coder)
            for segment_id, (version, piece) in pieces.items()
            if segment_id not in said
        ]


def _document_of(source: Source, words: Words, versions: Sequence[Version]) -> tuple[Version | None, str]:
    """The version of the document that a source's words are, or why there is none."""
    same = [one for one in versions if one.words.squeezed == words.squeezed]
    scores = {one: 1.0 for one in same} or {one: shared(words, one.words) for one in versions}
    scores = {one: score for one, score in scores.items() if score >= _SAME_DOCUMENT}
    if not scores:
        return None, "its words are in no document of this project"
    best = max(scores.values())
    near = [one for one, score in scores.items() if score >= _AS_GOOD * best]
    named = [one for one in near if _is_called(one, source.name)]
    ids = sorted({one.document_id for one in named or near})
    if len(ids) > 1:
        return None, f"its words are in several documents ({', '.join(ids)})"
    own = [one for one in near if one.document_id == ids[0]]
    # Of two versions that fit alike what is shown comes first: that is what an export gave away.
    return max(own, key=lambda one: (scores[one], not one.original)), ""


def _is_called(version: Version, name: str) -> bool:
    return any(_stem(name) == _stem(own) for own in version.names)


def _stem(name: str) -> str:
    return re.sub(r"\.[A-Za-z0-9]{1,5}$", "", name.strip()).casefold()

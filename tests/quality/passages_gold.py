"""The gold passages for de-identification: how they are read, and how masks over them are counted.

`passages/README.md` says what the marks mean. A system is whatever gives, for a text, spans with labels.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from feedback.edits import deidentify
from feedback.model import Document, Turn

HERE = Path(__file__).parent / "passages"
MARK = re.compile(r"\{\{([a-z]+)(?:#([a-z]+))?:(.*?)\}\}", re.DOTALL)
NUMBERS = frozenset("phone email handle url postcode address nhs ni register caseref plate dob".split())
INDIRECT = frozenset({"age", "date", "role", "belief", "family", "inspection", "health", "event"})
MEASURES = {
    "direct identifiers": NUMBERS | {"person"},
    "people": frozenset({"person"}),
    "numbers, addresses": NUMBERS,
    "organisations, places": frozenset({"org", "place"}),
    "indirect": INDIRECT,
}
# What stands with a name, an age or a date and may be masked with it or left.
_WITH = (
    r"mr|mrs|ms|miss|mister|dr|doctor|prof|professor|sir|sr|sister|reverend|rev|imam|cllr|councillor|alderman|"
    r"venerable|judge|her honour|his honour|district|auntie|aunt|uncle|nan|gran|baby|little|wee|big|old|"
    r"young|red|scouse|the|and|due|aged?|years?|months?|weeks?|olds?|of|no|number|born|on|in"
)
_OPTIONAL = re.compile(rf"\b(?:{_WITH})\b", re.IGNORECASE)
_BEFORE = re.compile(rf"(?:\b(?:{_WITH})\b[\s.,:-]*)+$", re.IGNORECASE)
_AFTER = re.compile(rf"(?:['’]s?\b)?(?:[\s-]*\b(?:{_WITH})\b)*", re.IGNORECASE)
DATED = frozenset({"date", "age", "dob", "DATE", "DATE_TIME"})


@dataclass(frozen=True)
class Mark:
    """What a person marked: text[start:end] is of this kind; `who` says which person, in groups."""

    start: int
    end: int
    kind: str
    who: str | None = None


@dataclass(frozen=True)
class Passage:
    """A gold passage: its id, its kind of document, its text without marks, and the marks."""

    passage_id: str
    kind: str
    text: str
    marks: tuple[Mark, ...]

    @property
    def document(self) -> Document:
        kind = "survey" if "survey" in self.kind else "interview"
        return Document(self.passage_id, kind, "txt", self.text, (Turn(0, len(self.text)),))


@dataclass(frozen=True)
class Mask:
    """What a system hides (or, with label "flag", only points at), and what it puts there, if anything."""

    start: int
    end: int
    label: str
    replacement: str = ""


@dataclass
class Count:
    """Hits and totals of one measure, one entry a passage, for intervals that know passages."""

    hits: list[float]
    totals: list[float]

    @property
    def share(self) -> float:
        return sum(self.hits) / sum(self.totals)


def passages(name: str) -> list[Passage]:
    """The passages of passages/NAME.txt, in order."""
    found = []
    for block in re.split(r"^== ", (HERE / f"{name}.txt").read_text("utf-8"), flags=re.MULTILINE)[1:]:
        head, _, body = block.partition("\n")
        passage_id, _, kind = head.partition(" ")
        text, marks, at, body = "", [], 0, body.strip()
        for mark in MARK.finditer(body):
            text += body[at : mark.start()]
            marks.append(Mark(len(text), len(text) + len(mark[3]), mark[1], mark[2]))
            text += mark[3]
            at = mark.end()
        found.append(Passage(passage_id, kind, text + body[at:], tuple(marks)))
    return found


def groups() -> dict[str, list[Passage]]:
    """The documents of each group in passages/groups.txt."""
    found: dict[str, list[Passage]] = defaultdict(list)
    for passage in passages("groups"):
        found[passage.passage_id.partition(".")[0]].append(passage)
    return dict(found)


def masks_of_feedback(documents: Sequence[Passage], **options: object) -> list[list[Mask]]:
    """What `feedback` masks in passages that are one project, and what it flags where it has flags."""
    found = deidentify([passage.document for passage in documents], **options)  # type: ignore[arg-type]
    by_id: dict[str, list[Mask]] = defaultdict(list)
    masks = found.edits[found.edits["kind"] == "mask"]
    for row in masks.itertuples():
        by_id[str(row.document_id)].append(Mask(row.start, row.end, str(row.label), str(row.replacement)))
    flags = getattr(found, "flags", None)
    if flags is not None:
        for row in flags.itertuples():
            by_id[str(row.document_id)].append(Mask(row.start, row.end, "flag"))
    return [by_id[passage.passage_id] for passage in documents]


def letters(text: str, spans: Iterable[tuple[int, int]]) -> set[int]:
    """The places of the letters and digits in these spans."""
    return {at for start, end in spans for at in range(start, end) if text[at].isalnum()}


def needed(passage: Passage, mark: Mark) -> set[int]:
    """The letters and digits of a mark that must go: all, but in people's names not titles or an 's."""
    surface = passage.text[mark.start : mark.end]
    wanted = letters(passage.text, [(mark.start, mark.end)])
    if mark.kind != "person":
        return wanted
    loose = [m.span() for m in _OPTIONAL.finditer(surface)] + [
        m.span() for m in re.finditer(r"['’]s\b", surface)
    ]
    return wanted - {mark.start + at for start, end in loose for at in range(start, end)} or wanted


def found(passage: Passage, mark: Mark, masks: Sequence[Mask]) -> bool:
    """Whether the masks do with a mark what passages/README.md asks."""
    hidden = letters(passage.text, [(mask.start, mask.end) for mask in masks if mask.label != "flag"])
    wanted = needed(passage, mark)
    if mark.kind == "keep":
        return not wanted & hidden
    if mark.kind in NUMBERS or mark.kind == "person":
        return wanted <= hidden
    flagged = any(m.label == "flag" and m.start < mark.end and mark.start < m.end for m in masks)
    return len(wanted & hidden) * 2 >= len(wanted) or (mark.kind in INDIRECT and flagged)


def wrongly_masked(passage: Passage, masks: Sequence[Mask]) -> list[Mask]:
    """The masks none of whose letters had to go or might go."""
    fine = _fine(passage)[0] | _fine(passage)[1]
    return [m for m in masks if m.label != "flag" and not letters(passage.text, [(m.start, m.end)]) & fine]


def _fine(passage: Passage) -> tuple[set[int], set[int]]:
    """The letters that are rightly masked, and those that are not counted."""
    text = passage.text
    right = letters(text, [(m.start, m.end) for m in passage.marks if m.kind not in ("keep", "either")])
    spans = [(m.start, m.end) for m in passage.marks if m.kind == "either"]
    for mark in passage.marks:
        if mark.kind not in ("keep", "either"):
            before = _BEFORE.search(text, 0, mark.start)
            after = _AFTER.match(text, mark.end)
            spans += [before.span()] if before else []
            spans += [after.span()] if after else []
    return right, letters(text, spans) - right


def precision(passage: Passage, masks: Sequence[Mask]) -> tuple[int, int]:
    """How many masked letters and digits had to go, and how many are masked, the uncounted left out."""
    right, loose = _fine(passage)
    hidden = letters(passage.text, [(m.start, m.end) for m in masks if m.label != "flag"]) - loose
    return len(hidden & right), len(hidden)


def counts(gold: Sequence[Passage], masks: Sequence[Sequence[Mask]]) -> dict[str, Count]:
    """All measures of MEASURES, each kind of mark, must-keep words and precision, by passage."""
    table: dict[str, Count] = defaultdict(lambda: Count([0.0] * len(gold), [0.0] * len(gold)))
    for i, (passage, masked) in enumerate(zip(gold, masks, strict=True)):
        right: Counter[str] = Counter()
        total: Counter[str] = Counter()
        for mark in passage.marks:
            total[mark.kind] += 1
            right[mark.kind] += found(passage, mark, masked)
        for name, kinds in {**MEASURES, **{k: {k} for k in total}, "must keep": {"keep"}}.items():
            table[name].totals[i] = sum(total[kind] for kind in kinds)
            table[name].hits[i] = sum(right[kind] for kind in kinds)
        undated = [mask for mask in masked if mask.label not in DATED]
        for name, chosen in (("precision", masked), ("precision, no dates", undated)):
            table[name].hits[i], table[name].totals[i] = precision(passage, chosen)
    return dict(table)


def b_cubed(
    gold: Sequence[Passage], masks: Sequence[Sequence[Mask]], *, by: str
) -> list[tuple[float, float]]:
    """B-cubed precision and recall of each mention of a person in one group. Bagga and Baldwin (1998).

    `by` is "replacement" (what is put there) or "surface" (the words themselves, for systems that only mark).
    A mention that is not masked whole is in nobody's cluster.
    """
    true, given = [], []
    for passage, masked in zip(gold, masks, strict=True):
        for mark in passage.marks:
            if mark.kind == "person":
                true.append(mark.who)
                given.append(_cluster(passage, mark, masked, by) or ("alone", len(true)))
    pairs = []
    for who, cluster in zip(true, given, strict=True):
        same = sum(w == who and c == cluster for w, c in zip(true, given, strict=True))
        pairs.append((same / given.count(cluster), same / true.count(who)))
    return pairs


def _cluster(passage: Passage, mark: Mark, masks: Sequence[Mask], by: str) -> tuple[str, ...] | None:
    if not found(passage, mark, masks):
        return None
    over = sorted(
        (m for m in masks if m.label != "flag" and m.start < mark.end and mark.start < m.end),
        key=lambda m: m.start,
    )
    if by == "replacement":
        return tuple(dict.fromkeys(m.replacement for m in over))
    return tuple(passage.text[m.start : m.end].casefold() for m in over)

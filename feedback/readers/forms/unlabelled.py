"""Units without speakers -> a reading: a filled-in form, or a conversation whose questions are set apart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from feedback.model import Dropped, Role, Turn
from feedback.readers.forms.asked import Asked, Unit, asks, who_asks
from feedback.readers.forms.filled import BLANK, Kind, Part, field_of, form_reading
from feedback.readers.shapes import Line, Reading, left_out

_HOW = {
    "bold": "in bold", "heading": "as headings", "italic": "in italics", "colour": "in colour",
    "underlined": "underlined", "numbered": "in a numbered list", "typed number": "with numbers",
    "question mark": "by question marks", "prompt": "by their words",
}  # fmt: skip
_SET = frozenset({"question", "answer", "ticked", "empty box", "rating"})


def read_unlabelled(
    units: Sequence[Unit],
    *,
    after: Sequence[Line] = (),
    controls: int = 0,
    labelled: int = 0,
    title: str = "",
) -> Reading | None:
    """The reading of a file in which nobody is labelled but somebody asks; None for all other files.

    `controls` counts boxes and fields to fill in, `labelled` the turns that a reading by labels gives: where
    these are not far fewer than the questions, the file is a transcript.
    """
    fixed = sum(unit.fixed == "question" for unit in units)
    signs = controls + sum(unit.fixed in _SET for unit in units) >= 2
    fields = sum(unit.fixed == "field" for unit in units) >= 2
    asked = who_asks(units, form=signs, fields=fields, title=f"{title} {_top(units)}")
    found = fixed + (len(asked.questions) if asked else 0)
    if (asked is None and fixed < 2) or labelled > 0.5 * found:
        return None
    if asked and asked.talked and not fixed:
        how = _HOW[asked.mark]
        return _talk(units, asked, after, title, f"no labels: what is asked is told {how}")
    how = _HOW[asked.mark] if asked else "by where they stand"
    reason = f"a form: {found} questions, told {how}; each answer has its question"
    reading = form_reading(list(_parts(units, asked)), after=after, title=title, reason=reason)
    if boxes := sum(unit.fixed in {"ticked", "empty box", "untold"} for unit in units):
        reading.dropped.append(left_out(f"the boxes themselves, not their words ({boxes})"))
    return reading


def _top(units: Sequence[Unit]) -> str:
    return " ".join(
        unit.text for unit in [unit for unit in units if unit.text.strip()][:3] if unit.words <= 12
    )


def _parts(units: Sequence[Unit], asked: Asked | None) -> Iterator[Part]:
    """The parts of a form; options that were not ticked stand behind the answer, which is in one piece."""
    questions = asked.questions if asked else frozenset[int]()
    begun = False
    unticked: list[Part] = []
    for index, unit in enumerate(units):
        part = _part(unit, index in questions, begun, asked)
        begun = begun or part.kind == "question"
        if unit.fixed == "empty box":
            unticked.append(part)
            continue
        if part.kind in {"question", "field"}:
            yield from unticked
            unticked = []
        if unit.fixed != "untold":
            yield part
    yield from unticked


_FIXED: dict[str, Kind] = {
    "question": "question", "answer": "answer", "ticked": "answer", "empty box": "aside", "aside": "aside"
}  # fmt: skip


def _part(unit: Unit, is_question: bool, begun: bool, asked: Asked | None) -> Part:
    if unit.fixed == "field" and (field := field_of(unit.text)):
        return field
    if unit.fixed == "rating":
        key, _, value = unit.text.partition("\t")
        return Part("field", unit.text, key, value)
    if unit.fixed == "end":
        return Part("end", "")
    if unit.fixed:
        return Part(_FIXED.get(unit.fixed, "aside"), unit.text, reason=unit.reason or "box not ticked")
    return _free(unit, is_question, begun, asked)


def _free(unit: Unit, is_question: bool, begun: bool, asked: Asked | None) -> Part:
    if is_question:
        return Part("question", unit.text)
    if BLANK.fullmatch(unit.text):
        return Part("aside", unit.text, reason="blank line of a form")
    if not begun or _is_heading(unit, asked):
        return Part("aside", unit.text, reason="heading" if begun else "before the first question")
    return Part("answer", unit.text)


def _is_heading(unit: Unit, asked: Asked | None) -> bool:
    """Whether a line heads a section of a form, where the questions look otherwise."""
    if asked and asked.mark in unit.marks:
        return False
    short = unit.words <= 8 and unit.text.strip()[-1:] not in (".", "!", "…") and not asks(unit.text)
    return "heading" in unit.marks or (short and "bold" in unit.marks)


def _talk(units: Sequence[Unit], asked: Asked, after: Sequence[Line], title: str, reason: str) -> Reading:
    """Turns of an interviewer and a participant, neither with a name."""
    turns: list[Turn] = []
    dropped: list[Dropped] = []
    first, position, fresh = min(asked.questions), 0, True
    for index, unit in enumerate(units):
        start = position + len(unit.text) - len(unit.text.lstrip())
        end = position + len(unit.text.rstrip())
        position += len(unit.text) + 1
        why = _why_not(unit, index < first, index in asked.questions)
        if start >= end:
            continue
        if why:
            dropped.append(left_out(why, start, end))
            fresh = True
            continue
        role: Role = "interviewer" if index in asked.questions else "participant"
        if turns and not fresh and turns[-1].role == role:
            turns[-1] = Turn(turns[-1].start, end, role=role)
        else:
            turns.append(Turn(start, end, role=role))
        fresh = False
    lines = [unit.text for unit in units]
    for line in after:
        if line.text.strip():
            start = position + len(line.text) - len(line.text.lstrip())
            dropped.append(left_out(line.dropped, start, start + len(line.text.strip())))
            position += len(line.text) + 1
            lines.append(line.text)
    return Reading("\n".join(lines), turns, dropped, title=title, reason=reason)


def _why_not(unit: Unit, early: bool, is_question: bool) -> str:
    if unit.reason or early:
        return unit.reason or ("header block" if unit.fixed else "before the first question")
    return "heading" if "heading" in unit.marks and not is_question else ""

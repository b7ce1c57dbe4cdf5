"""What layouts of whole files are made with. None of them is one that the reader was written for first.

A case is (name, suffix, bytes, expected); expected are (who, words), where who is the speaker's label, in a
form the question, and in an interview without labels the role.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

from making import paragraph, run

Case = tuple[str, str, bytes, list[tuple[str | None, str]]]
Layout = Callable[[], Case]
TALK = [
    ("interviewer", "Tell me about the day you decided."),
    ("participant", "It rained. I sat in the car for an hour, you know, and I just could not go in."),
    ("interviewer", "What was in your mind?"),
    ("participant", "My little boy. And the file I had not finished."),
    ("interviewer", "Did you tell your manager?"),
    (
        "participant",
        "No. She would have said take a day off, and then the day would have been on my list as well.",
    ),
]
FORM = [
    ("Why did you apply to us?", "The training."),
    ("Why are you leaving now?", "My commute."),
    ("What would you tell your successor?", "Take lunch."),
]


def onto(layouts: list[Layout]) -> Callable[[Layout], Layout]:
    """Puts a layout on the list."""

    def case(layout: Layout) -> Layout:
        layouts.append(layout)
        return layout

    return case


def adding(layouts: list[Layout]) -> Callable[..., None]:
    """Puts a case that is made already on the list, under its name."""

    def add(name: str, suffix: str, data: bytes, expected: list[tuple[str | None, str]]) -> None:
        def layout() -> Case:
            return name, suffix, data, expected

        layout.__name__ = name
        layouts.append(layout)

    return add


def bold(text: str) -> str:
    return paragraph(run(text, bold=True))


def styled(text: str, properties: str) -> str:
    return f'<w:p><w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def saved(book: object) -> bytes:
    packed = io.BytesIO()
    book.save(packed)  # type: ignore[attr-defined]
    return packed.getvalue()


def drawn(draw: Callable[[Any], None]) -> bytes:
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfgen import canvas

    packed = io.BytesIO()
    paper = canvas.Canvas(packed, pagesize=A4)
    draw(paper)
    paper.save()
    return packed.getvalue()


def down(
    paper: Any,
    left: float,
    top: float,
    lines: list[str],
    font: str = "Times-Roman",
    size: float = 11,
    lead: float = 14,
) -> float:
    paper.setFont(font, size)
    for line in lines:
        paper.drawString(left, top, line)
        top -= lead
    return top

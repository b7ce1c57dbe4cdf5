"""How much of what identifies people is masked, and how much else, on passages written for it.

`tuned.txt` was read while the rules were made, `held.txt` was set aside before. Marks are {{kind:surface}}.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from feedback.edits import deidentify, edits_of
from feedback.model import Document, Turn

HERE = Path(__file__).parent / "masks"
MARK = re.compile(r"\{\{([a-z-]+):(.*?)\}\}", re.DOTALL)
NUMBERS = ("email", "phone", "postcode", "nhs", "ni", "sw", "date")


@dataclass(frozen=True)
class Score:
    """How many marks were masked whole, by kind; what was missed; and what was masked without a mark."""

    marks: dict[str, int]
    missed: list[tuple[str, str]]
    masks: int
    false: list[str]

    @property
    def recall(self) -> float:
        return 1 - len(self.missed) / sum(self.marks.values())

    def recall_of(self, *kinds: str) -> float:
        wanted = sum(self.marks.get(kind, 0) for kind in kinds)
        return 1 - sum(kind in kinds for kind, _ in self.missed) / wanted

    @property
    def precision(self) -> float:
        return 1 - len(self.false) / self.masks


def unmarked(text: str) -> tuple[str, list[tuple[int, int, str]]]:
    """The text without its marks, and where each marked surface stands in it."""
    plain, spans, at = "", [], 0
    for mark in MARK.finditer(text):
        plain += text[at : mark.start()]
        spans.append((len(plain), len(plain) + len(mark[2]), mark[1]))
        plain += mark[2]
        at = mark.end()
    return plain + text[at:], spans


@cache
def score(name: str) -> Score:
    documents, gold = [], {}
    for passage in (HERE / name).read_text("utf-8").split("== ")[1:]:
        document_id, _, marked = passage.partition("\n")
        text, gold[document_id] = unmarked(marked.strip())
        documents.append(Document(document_id, "interview", "txt", text, (Turn(0, len(text)),)))
    edits = deidentify(documents).edits
    marks: dict[str, int] = {}
    missed, false, masks = [], [], 0
    for document in documents:
        hidden = [edit for edit in edits_of(edits, document.document_id) if edit.kind == "mask"]
        masks += len(hidden)
        covered = {i for edit in hidden for i in range(edit.start, edit.end)}
        for start, end, kind in gold[document.document_id]:
            marks[kind] = marks.get(kind, 0) + 1
            if any(document.text[i].isalnum() and i not in covered for i in range(start, end)):
                missed.append((kind, document.text[start:end]))
        for edit in hidden:
            if not any(edit.start < end and start < edit.end for start, end, _ in gold[document.document_id]):
                false.append(document.text[edit.start : edit.end])
    return Score(marks, missed, masks, false)


@pytest.mark.parametrize(
    ("name", "recall", "precision"), [("tuned.txt", 0.95, 0.97), ("held.txt", 0.92, 0.93)]
)
def test_names_are_masked_and_other_words_are_not(name: str, recall: float, precision: float) -> None:
    found = score(name)
    assert found.recall_of("person", "place", "organisation") >= recall, found.missed
    assert found.precision >= precision, found.false


@pytest.mark.parametrize("name", ["tuned.txt", "held.txt"])
def test_numbers_addresses_and_exact_dates_are_all_masked(name: str) -> None:
    found = score(name)
    assert found.recall_of(*NUMBERS) == 1.0, found.missed

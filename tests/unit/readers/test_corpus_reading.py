"""The corpus that ships is read as its manuscripts say: the same turns, by the right people."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from making import accounted

from feedback.readers import read

LEAVERS = Path(__file__).parents[3] / "corpora" / "leavers"
SOURCES = sorted(path for path in (LEAVERS / "sources").iterdir() if path.name != "survey.csv")


def letters(text: str) -> str:
    """Without spaces and hyphens, since a PDF divides words over lines."""
    return re.sub(r"[\s-]+", "", text)


def manuscript(stem: str) -> list[tuple[str, str]]:
    """The turns as written: (I, P or "" in a testimony, words); a paragraph of a testimony is a turn."""
    body = (LEAVERS / "manuscript" / f"{stem}.txt").read_text(encoding="utf-8").partition("\n--\n")[2]
    turns: list[tuple[str, str]] = []
    for line in filter(None, (" ".join(row.split()) for row in body.splitlines())):
        plain = re.sub(r"\{\{\w+:([^{}]+)\}\}", r"\1", line)
        label = re.match(r"([IP]):\s+", plain)
        if label or not turns or not turns[-1][0]:
            turns.append((label[1] if label else "", plain[label.end() if label else 0 :]))
        else:
            turns[-1] = (turns[-1][0], turns[-1][1] + plain)
    return turns


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_a_transcript_of_the_corpus_is_read_as_it_was_written(path: Path) -> None:
    (document,), dropped = read(path)
    accounted(document, dropped)
    written = manuscript(path.stem)
    roles = {"I": "interviewer", "P": "participant", "": "participant"}
    assert [(turn.role, letters(document.words(turn))) for turn in document.turns] == [
        (roles[role], letters(words)) for role, words in written
    ]
    assert document.kind == ("interview" if path.name.startswith("interview") else "testimony")


def test_the_survey_of_the_corpus_gives_every_answer() -> None:
    (document,), _ = read(LEAVERS / "sources" / "survey.csv")
    assert len(document.attributes) == 100
    assert len({turn.question for turn in document.turns}) == 3
    assert set(document.attributes["V001"]) >= {"leaver", "cohort", "programme", "consent"}

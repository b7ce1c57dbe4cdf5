# ruff: noqa: E501
"""Nasty files, each with what must come out of it: every one is read exactly, or listed here with the reason."""

from __future__ import annotations

import pytest
from nasty_captions import CASES as CAPTIONS
from nasty_cases import Case, Said
from nasty_open import CASES as OPEN
from nasty_plain import CASES as PLAIN
from nasty_tables import CASES as TABLES
from nasty_word import CASES as WORD

from feedback.model import Document, Dropped
from feedback.readers import read_bytes

CASES = [*CAPTIONS, *PLAIN, *WORD, *OPEN, *TABLES]


def read(case: Case) -> tuple[Document, list[Dropped]]:
    """The case's file as it is read."""
    return read_bytes(case.make(), case.name, document_id="d001", kind=case.kind or None)  # type: ignore[arg-type]


def collapsed(words: str) -> str:
    """White space does not count, nor what no reader can see: soft and no-break hyphens look like hyphens."""
    return " ".join(words.replace("\u00ad", "").replace("\u2011", "-").split())


def joined(said: list[Said]) -> list[Said]:
    """Neighbouring turns of one speaker as one."""
    out: list[Said] = []
    for speaker, words in said:
        who = speaker and collapsed(speaker).rstrip(":")
        if out and out[-1][0] == who:
            out[-1] = (who, collapsed(f"{out[-1][1]} {words}"))
        else:
            out.append((who, collapsed(words)))
    return out


def answers(document: Document, case: Case) -> list[tuple[str | None, str | None, str]]:
    """The answers that were read, with the respondent and the question only where the case asks for them."""
    ids = any(respondent is not None for respondent, _, _ in case.answers)
    asked = any(question is not None for _, question, _ in case.answers)
    return [
        (
            turn.respondent if ids else None,
            collapsed(turn.question or "") if asked else None,
            collapsed(document.words(turn)),
        )
        for turn in document.turns
    ]


def lost(document: Document, dropped: list[Dropped]) -> str:
    """Characters that lie in no turn and no report, or in two."""
    times = [0] * len(document.text)
    for part in [*document.turns, *dropped]:
        if part.start is not None and part.end is not None:
            for position in range(part.start, part.end):
                times[position] += 1
    return "".join(c for c, n in zip(document.text, times, strict=True) if n != 1 and not c.isspace())


@pytest.mark.parametrize("case", CASES, ids=[case.id for case in CASES])
def test_a_nasty_file_is_read_word_by_word(case: Case) -> None:
    document, _ = read(case)
    if case.answers:
        assert answers(document, case) == [
            (who, asked, collapsed(words)) for who, asked, words in case.answers
        ]
        return
    assert joined([(turn.speaker, document.words(turn)) for turn in document.turns]) == joined(
        list(case.turns)
    )
    if case.starts:
        assert [turn.begin_s for turn in document.turns] == pytest.approx(case.starts, abs=0.01)


@pytest.mark.parametrize("case", CASES, ids=[case.id for case in CASES])
def test_every_character_of_a_nasty_file_is_in_a_turn_or_reported(case: Case) -> None:
    document, dropped = read(case)
    assert lost(document, dropped) == ""
    if case.whole:
        whole = "".join(case.whole.removeprefix("\ufeff").split())
        assert whole == "".join(document.text.split())


def test_the_corpus_is_as_large_as_it_says() -> None:
    assert len(CASES) >= 65
    assert len({case.name for case in CASES}) == len(CASES)

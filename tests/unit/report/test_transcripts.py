"""Transcripts: only those who agreed, only rendered words, and every number with the people behind it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from report_sample import sample_tables
from report_study import person, study

from feedback.errors import FeedbackError
from feedback.leaving.publish import leave_transcripts, refresh_report
from feedback.model import Report
from feedback.project import Project
from feedback.report import summarise
from feedback.report.html import write_transcripts
from feedback.report.numbers import Numbers
from feedback.report.transcripts import NOT_AGREED, OFF, QUESTION, Transcripts, transcripts_of
from feedback.tables import conform


def talks(tables: dict[str, Any]) -> Transcripts:
    return transcripts_of(tables, summarise(tables))


def words(given: Transcripts) -> str:
    """All that can be read, document by document."""
    passages = [one for talk in given.talks for turn in talk.turns for one in turn.passages]
    return " ".join("".join(bit.text for bit in one.bits) for one in passages)


def spoken(*lines: tuple[str, str, str], consents: dict[str, str], kind: str = "interview") -> dict[str, Any]:
    """One talk of lines (case or "" for the interviewer, words, theme or "")."""
    segments, tags, at = [], [], 0
    for turn, (case, text, theme) in enumerate(lines):
        place = {"document_id": "d1", "segment_id": f"d1:{turn}", "start": at, "end": at + len(text)}
        at += len(text) + 1
        role = "participant" if case else "interviewer"
        segments.append({**place, "case_id": case or None, "turn": turn, "role": role, "text": text})
        if theme:
            tags.append({**place, "theme_id": theme, "coder": "rules", "end": place["start"] + 4})
    return {
        "documents": conform("documents", [{"document_id": "d1", "kind": kind}]),
        "segments": conform("segments", segments),
        "tags": conform("tags", tags),
        "cases": conform("cases", [{"case_id": case, "consent": one} for case, one in consents.items()]),
    }


def test_only_people_who_agreed_to_be_quoted_can_be_read() -> None:
    lines = [("A", "I say yes.", ""), ("B", "I say no.", ""), ("C", "I may be printed.", "")]
    given = talks(spoken(*lines, consents={"A": "internal", "B": "analysis", "C": "publication"}))
    assert words(given) == "I say yes. I may be printed."
    assert (given.n_readable, given.n_heard) == (2, 3)
    assert [turn.withheld for turn in given.talks[0].turns] == ["", NOT_AGREED, ""]


def test_questions_are_left_out_where_somebody_did_not_agree_as_they_tell_answers() -> None:
    lines = [("", "So your boss shouted?", ""), ("A", "No.", ""), ("B", "Yes.", "")]
    both = talks(spoken(*lines, consents={"A": "internal", "B": "internal"}))
    assert words(both) == "So your boss shouted? No. Yes."
    one = talks(spoken(*lines, consents={"A": "internal", "B": "none"}))
    assert words(one) == "No."
    assert one.talks[0].turns[0].withheld == QUESTION


def test_what_was_said_off_the_record_stays_there() -> None:
    lines = [("A", "Pay is low.", ""), ("A", "Off the record, he drank.", ""), ("A", "I left.", "")]
    given = talks(spoken(*lines, consents={"A": "publication"}))
    assert words(given) == "Pay is low. I left."
    assert given.talks[0].turns[1].withheld == OFF


def test_without_anybodys_consent_there_is_nothing_to_write() -> None:
    for consents in ({"A": "analysis"}, {}):
        with pytest.raises(FeedbackError, match="agreed to be quoted"):
            talks(spoken(("A", "I left.", ""), consents=consents))


def test_a_survey_is_cut_into_one_persons_answers_each() -> None:
    lines = [("A", "Too much.", ""), ("B", "Too little.", ""), ("C", "Nothing.", "")]
    consents = {"A": "internal", "B": "analysis", "C": "internal"}
    given = talks(spoken(*lines, consents=consents, kind="survey"))
    assert [talk.heading for talk in given.talks] == ["A: survey d1", "C: survey d1"]
    assert words(given) == "Too much. Nothing."


def test_the_words_that_made_a_coder_say_so_are_marked_and_named() -> None:
    given = talks(spoken(("A", "Pay is low here.", "pay"), consents={"A": "internal"}))
    (passage,) = given.talks[0].turns[0].passages
    assert [(bit.text, bit.themes) for bit in passage.bits] == [("Pay ", (0,)), ("is low here.", ())]
    assert passage.labels == ("pay",)


@pytest.fixture(scope="module")
def sample() -> tuple[Report, Transcripts]:
    tables = sample_tables()
    tables["cases"]["consent"] = ["analysis", "internal", "publication", "internal"] * (
        len(tables["cases"]) // 4
    ) + ["none"] * (len(tables["cases"]) % 4)
    report = summarise(tables)
    return report, transcripts_of(tables, report)


def test_every_number_has_as_many_people_behind_it_as_it_says(sample: tuple[Report, Transcripts]) -> None:
    report, given = sample
    said = [one for one in Numbers(report).all if one.kind in ("factor", "theme")]
    assert [one.number for one in given.behind] == [one for one in said if one.measure != "silent"]
    for one in given.behind:
        assert len(one.people) + one.unread == one.number.n
    assert sum(one.unread for one in given.behind) > 0 < sum(len(one.people) for one in given.behind)


def test_every_link_leads_to_a_passage_of_that_person(sample: tuple[Report, Transcripts]) -> None:
    _, given = sample
    speaker = {
        passage.anchor: turn.speaker
        for talk in given.talks
        for turn in talk.turns
        for passage in turn.passages
        if passage.anchor
    }
    for one in given.behind:
        assert all(speaker[person.anchor] == person.case for person in one.people)


def test_the_page_is_the_same_bytes_and_holds_no_markup_of_anybody(
    sample: tuple[Report, Transcripts],
) -> None:
    _, given = sample
    page = write_transcripts(given).decode()
    assert page == write_transcripts(given).decode()
    evil = "<script>alert(1)</script> </style> <b>"
    hostile = talks(spoken(("A", evil, "pay"), consents={"A": "internal"}))
    written = write_transcripts(hostile).decode()
    assert written.count("<script") == written.count("</style") == 1
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(ids)


def test_testimonies_stay_out_of_the_numbers_and_can_be_read() -> None:
    people = [person() for _ in range(5)] + [person("testimony")]
    tables = study(people, [{"person": i, "theme": "pay"} for i in (0, 5)])
    tables["cases"]["consent"] = "internal"
    given = talks(tables)
    assert sum("testimony" in talk.heading for talk in given.talks) == 1
    (spoken_of,) = [one for one in given.behind if one.number.id == "n-theme-pay-any"]
    assert [reader.case for reader in spoken_of.people] == ["P000"]


def test_transcripts_lie_where_nobody_sends_them_and_go_when_nobody_agrees_any_more(tmp_path: Path) -> None:
    project = Project.create(tmp_path / "study", themes="themes: {}\n")
    lines = [("A", "I say yes.", ""), ("B", "I say perhaps.", "")]
    tables = spoken(*lines, consents={"A": "internal", "B": "internal"})
    for name in ("documents", "segments", "cases"):
        project.save(name, tables[name])
    file = leave_transcripts(project)
    assert file == project.path / "private" / "transcripts.html"
    assert file.stat().st_mode & 0o077 == 0
    assert "I say perhaps." in file.read_text("utf-8")
    for left in ("A", ""):
        tables["cases"].loc[~tables["cases"]["case_id"].isin(list(left)), "consent"] = "none"
        project.save("cases", tables["cases"])
        assert refresh_report(project)
        assert file.exists() == bool(left)
        assert not left or "I say perhaps." not in file.read_text("utf-8")


def test_transcripts_are_no_word_document(tmp_path: Path) -> None:
    project = Project.create(tmp_path / "study", themes="themes: {}\n")
    with pytest.raises(FeedbackError, match="html only"):
        leave_transcripts(project, tmp_path / "all.docx")

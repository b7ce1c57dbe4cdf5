"""COREQ and SRQR are filled in from what a project knows, and the rest is visibly left to people."""

from __future__ import annotations

import importlib
import io

import pytest
from docx import Document as Word
from report_sample import sample_tables

from feedback.errors import FeedbackError
from feedback.report.checklist import BLANK, checklists
from feedback.report.checklist.files import write_checklists
from feedback.tables import empty

summarise = importlib.import_module("feedback.report.summary").summarise
ENTRIES = [
    {"when": "2026-11-01T10:00:00+00:00", "act": "add"},
    {"when": "2026-11-03T10:00:00+00:00", "act": "export"},
]


@pytest.fixture(scope="module")
def lists():
    tables = sample_tables()
    tables = {"edits": empty("edits"), **tables}
    report = summarise(tables, title="Why they left", versions=[("feedback", "1.0")])
    return checklists(report, tables, entries=ENTRIES)


def answer(lists, number):
    return next(one for each in lists for one in each.answers if one.item.number == number)


def test_all_items_are_there_in_their_order_with_their_source(lists):
    coreq, srqr = lists
    assert [one.item.number for one in coreq.answers] == [str(n) for n in range(1, 33)]
    assert [one.item.number for one in srqr.answers] == [f"S{n}" for n in range(1, 22)]
    assert "Tong" in coreq.source
    assert "O'Brien" in srqr.source


def test_every_item_is_answered_or_says_what_is_missing(lists):
    for each in lists:
        assert all(one.said or one.missing.startswith(BLANK) for one in each.answers)
        assert sum(each.counts) == len(each.answers)


def test_what_the_project_knows_is_said(lists):
    assert "people heard in interviews" in answer(lists, "12").said[0]
    assert answer(lists, "27").said == ("feedback 1.0; offline.",)
    assert "from 2026-11-01 to 2026-11-01" in answer(lists, "S10").said[1]
    assert "2 entries; its chain of hashes holds" in answer(lists, "S13").said[-1]


def test_what_only_the_researchers_know_is_never_guessed(lists):
    for number in ("1", "4", "6", "8", "10", "14", "19", "22", "28", "S3", "S7", "S20", "S21"):
        assert answer(lists, number).said == ()


def test_questions_of_interviewers_are_no_instrument(lists):
    tables = sample_tables()
    asked = set(tables["segments"]["question"].dropna())
    kinds = dict(zip(tables["documents"]["document_id"], tables["documents"]["kind"], strict=True))
    talk = {
        row.question
        for row in tables["segments"].itertuples()
        if row.question and kinds[row.document_id] != "survey"
    }
    said = " ".join(answer(lists, "17").said)
    assert not [question for question in talk & asked if question in said]


@pytest.mark.parametrize("suffix", [".md", ".html", ".docx"])
def test_a_file_has_every_item_and_every_blank_and_the_same_bytes_again(lists, suffix):
    data = write_checklists(lists, suffix)
    assert data == write_checklists(lists, suffix)
    if suffix == ".docx":
        text = "\n".join(one.text for one in Word(io.BytesIO(data)).paragraphs)
    else:
        text = data.decode()
    blanks = sum(bool(one.missing) for each in lists for one in each.answers)
    assert text.count(BLANK) == blanks
    assert all(one.item.asks.partition(",")[0] in text for each in lists for one in each.answers)


def test_another_suffix_is_refused_with_those_that_are_known(lists):
    with pytest.raises(FeedbackError, match=r"\.pdf"):
        write_checklists(lists, ".pdf")

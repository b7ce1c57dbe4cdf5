"""The table of tags of a study: the same bytes in one piece or in many, and never words that must stay."""

from __future__ import annotations

import csv
import io
import json

import pandas as pd
import pytest

from feedback.checks.contents import Rows, units_of
from feedback.errors import FeedbackError
from feedback.exports import exports_of
from feedback.intake import add
from feedback.journal import read_entries
from feedback.leaving import leave, leave_rows, tags
from feedback.leaving.gate import check_files
from feedback.leaving.publish import handover_of
from feedback.pipeline import run
from feedback.project import Project
from feedback.readers import read_bytes
from feedback.report.handover import written
from feedback.report.limits import cannot_hold

THEMES = """
themes:
  forms:
    means: Forms and rules.
    phrases: ['07700 900124 aloud', forms, paperwork]
  team:
    means: Colleagues and how they get on.
    phrases: [team, colleagues]
"""
TALK = (
    "Interviewer: What made you leave?\nPriya Shah: The forms, and  the  paperwork of Priya Shah's team. My "
    "colleagues were kind.\nInterviewer: And the rules?\nPriya Shah: We read form 3.07700 900124 aloud, all "
    "of us. More paperwork came.\n"
)
ANSWERS = "id,comment\nA1,The team was kind and the forms were not.\nA2,Paperwork.\nA3,My colleagues left.\n"


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    folder = tmp_path_factory.mktemp("tags")
    project = Project.create(folder / "study", themes=THEMES)
    people = pd.DataFrame([{"case_id": "P01", "name": "Priya Shah", "consent": "internal"}])
    add(project, [read_bytes(TALK.encode(), "talk.txt", document_id="d001")[0]], people=people)
    add(project, [read_bytes(ANSWERS.encode(), "answers.csv", document_id="d002")[0]])
    list(run(project, until="meaning"))
    return project


def in_one(project, coders=()):
    given = handover_of(project, coders=coders)
    return written(given, ".csv"), cannot_hold(given, ".csv")


@pytest.mark.parametrize("at_once", [1, 2, 3, 1000])
@pytest.mark.parametrize("coders", [(), ("rules",)])
def test_the_table_is_the_same_however_many_segments_are_taken_at_a_time(
    project, tmp_path, monkeypatch, at_once, coders
):
    monkeypatch.setattr(tags, "_AT_ONCE", at_once)
    left = tags.leave_tags(project, tmp_path / "tags.csv", coders=coders)
    data, not_in_it = in_one(project, coders)
    assert (tmp_path / "tags.csv").read_bytes() == data
    assert left.not_in_it == not_in_it
    assert left.counts["tags"] == data.count(b"\r\n") - 1 > 3
    assert left.counts["documents"] == 2


def test_it_is_written_down_as_a_file_that_left_in_one_piece_is(project, tmp_path):
    data, _ = in_one(project)
    leave(project, data, tmp_path / "one.csv", what="study", counts={"tags": 1})
    counts = tags.leave_tags(project, tmp_path / "many.csv").counts
    one, many = exports_of(project)[-2:]
    assert (one.sha256, one.cases, one.quotes, one.counted) == (
        many.sha256,
        many.cases,
        many.quotes,
        many.counted,
    )
    assert len(one.cases) == 4
    noted = read_entries(project.path / "private" / "journal.jsonl")[-1]
    assert (noted["act"], noted["sha256"], noted["counts"]) == ("export", one.sha256, counts)
    assert "many" not in json.dumps(noted)


def test_a_clause_that_reads_as_a_number_only_when_cut_out_leaves_and_is_checked(project, tmp_path):
    file = tmp_path / "tags.csv"
    tags.leave_tags(project, file)
    rows = list(csv.DictReader(io.StringIO(file.read_text("utf-8-sig"), newline="")))
    assert "07700 900124 aloud" in [row["words"] for row in rows]
    assert list(check_files(project, [file], audience="internal")) == []


def test_what_a_piece_must_not_show_leaves_no_file_and_no_word_on_the_disk(project, tmp_path):
    file = tmp_path / "tags.csv"

    def pieces():
        yield b"coder,words\r\n"
        yield b"ana,fine\r\n"
        yield b"ana,with Priya Shah\r\n"
        (unfinished,) = tmp_path.iterdir()
        assert b"Shah" not in unfinished.read_bytes()
        yield b"ana,Priya Shah once more\r\n"

    before = len(exports_of(project))
    with pytest.raises(FeedbackError, match=r"in 2 places .*\(row 3, column 2: .*; row 4, column 2: "):
        leave_rows(project, pieces(), file, what="study", counts=dict)
    assert list(tmp_path.iterdir()) == []
    assert len(exports_of(project)) == before


def test_a_coder_without_tags_is_named_before_anything_is_written(project, tmp_path):
    with pytest.raises(FeedbackError, match="no tags of a coder 'ana'"):
        tags.leave_tags(project, tmp_path / "tags.csv", coders=["ana"])
    assert list(tmp_path.iterdir()) == []


def test_cells_have_the_places_that_they_have_in_the_whole_file():
    head, rest = "a,b\r\n".encode("utf-8-sig"), b'1,"x\ty, z\r\nw"\r\n'
    rows = Rows()
    units = [unit for piece in (head, rest, rest) for unit in rows.units(piece)]
    assert units == list(units_of(head + rest + rest, ".csv"))
    assert units[-1].place == "row 3, column 2"

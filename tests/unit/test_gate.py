"""The gate: what somebody changed, can read, or never agreed to is told before anything is shared."""

from __future__ import annotations

import json

import pandas as pd
import pytest

from feedback.errors import FeedbackError
from feedback.exports import EXPORTS
from feedback.intake import add
from feedback.journal import read_entries
from feedback.leaving import leave
from feedback.leaving.gate import check_files, check_project
from feedback.pipeline import run
from feedback.project import Project
from feedback.readers import read_bytes

THEMES = "themes:\n  bureaucracy:\n    means: Forms and rules.\n    phrases: [forms]\n"
SAID = "the forms took three evenings every week until nobody in our team had any left for the children"
TALK = f"Interviewer: What made you leave?\nPriya Shah: For me {SAID}.\nInterviewer: Thank you, Priya Shah.\n"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("gate")
    project = Project.create(folder / "study", themes=THEMES)
    documents = [read_bytes(TALK.encode(), "talk.txt", document_id="d001")[0]]
    add(
        project,
        documents,
        people=pd.DataFrame([{"case_id": "P01", "name": "Priya Shah", "consent": "internal"}]),
    )
    list(run(project, until="segments"))
    return project


@pytest.fixture
def project(made, tmp_path):
    import shutil

    shutil.copytree(made.path, tmp_path / "study")
    return Project(tmp_path / "study")


def concerns(project):
    return {(one.check, one.about) for one in check_project(project)}


def test_an_untouched_project_passes(project):
    assert concerns(project) == set()


def test_a_changed_journal_is_named_with_its_entry(project):
    file = project.path / "private" / "journal.jsonl"
    lines = file.read_text().splitlines()
    entry = {**json.loads(lines[1]), "rows": {}}
    file.write_text("\n".join([lines[0], json.dumps(entry), *lines[2:]]) + "\n")
    assert concerns(project) == {("journal", ("entry 2",))}


def test_a_table_that_another_program_wrote_is_named(project):
    table = project.table("segments").assign(text="Something else.")
    table.to_parquet(project.file("segments"))
    assert concerns(project) == {("tables", ("segments",))}


def test_a_table_whose_rows_were_changed_under_its_receipt_is_named(project):
    import pyarrow.parquet as pq

    kept = pq.read_table(project.file("segments"))
    changed = pq.read_table(project.file("segments"))
    changed = changed.slice(0, changed.num_rows - 1).replace_schema_metadata(kept.schema.metadata)
    pq.write_table(changed, project.file("segments"))
    assert concerns(project) == {("tables", ("segments",))}


def test_a_private_folder_that_others_can_open_is_named(project):
    (project.path / "private").chmod(0o755)
    assert ("rights", ("private/",)) in concerns(project)


def test_a_report_with_a_name_or_an_altered_quote_does_not_pass(project):
    page = project.path / "reports" / "report.html"
    page.write_text(f"<html><body><blockquote>{SAID.capitalize()}.</blockquote></body></html>")
    assert concerns(project) == set()
    page.write_text("<html><body><p>Priya Shah said:</p></body></html>")
    assert concerns(project) == {("leak", ("report.html",))}
    altered = SAID.replace("three evenings", "four evenings")
    page.write_text(f"<html><body><blockquote>{altered.capitalize()}.</blockquote></body></html>")
    ((check, _),) = concerns(project)
    assert check == "quotes"


def test_a_quote_above_its_speakers_consent_does_not_pass(project):
    page = project.path / "shared.html"
    page.write_text(f"<html><body><blockquote>{SAID.capitalize()}.</blockquote></body></html>")
    assert list(check_files(project, [page], audience="internal")) == []
    (found,) = check_files(project, [page], audience="publication")
    assert "consent" in found.message


def test_two_files_that_differ_by_a_few_people_are_told(project):
    people = tuple(f"P{n:02d}" for n in range(30))
    lines = [
        {"when": "2026-11-01T10:00:00", "what": "report", "file": "a", "sha256": "1", "counted": people},
        {"when": "2026-11-02T10:00:00", "what": "report", "file": "b", "sha256": "2", "counted": people},
        {"when": "2026-11-03T10:00:00", "what": "report", "file": "c", "sha256": "3", "counted": people[1:]},
    ]
    project.keys.write(EXPORTS, "".join(json.dumps(one) + "\n" for one in lines[:2]).encode())
    assert concerns(project) == set()
    project.keys.write(EXPORTS, "".join(json.dumps(one) + "\n" for one in lines).encode())
    assert concerns(project) == {("difference", ("2026-11-02",))}


def test_a_file_that_is_not_there_is_said(project):
    with pytest.raises(FeedbackError, match=r"missing\.docx"):
        list(check_files(project, [project.path / "missing.docx"], audience="internal"))


def test_what_shows_a_name_is_not_written_and_the_old_file_stands(project, tmp_path):
    file = tmp_path / "out.csv"
    leave(project, b"id,text\n1,fine\n", file)
    with pytest.raises(FeedbackError) as error:
        leave(project, b"id,text\n1,with Priya Shah\n", file)
    assert "row 2, column 2: should be [Participant 1]" in error.value.message
    assert "Shah" not in error.value.message + str(error.value.hint)
    assert file.read_bytes() == b"id,text\n1,fine\n"
    last = read_entries(project.path / "private" / "journal.jsonl")[-1]
    assert (last["act"], last["suffix"], "out" in json.dumps(last)) == ("export", ".csv", False)


def test_nothing_leaves_while_somebody_else_is_at_work_so_no_export_goes_unrecorded(project, tmp_path):
    file = tmp_path / "report.html"
    with Project(project.path).locked(), pytest.raises(FeedbackError, match="another feedback is at work"):
        leave(project, b"<p>nobody</p>", file)
    assert not file.exists()
    assert project.keys.read(EXPORTS) is None
    leave(project, b"<p>nobody</p>", file)
    assert (project.keys.read(EXPORTS) or b"").count(b"\n") == 1


def test_a_word_that_is_kept_may_leave(project, tmp_path):
    settings = project.path / "feedback.yaml"
    settings.write_text(settings.read_text() + "\ndeidentify:\n  keep: [Priya Shah, Priya, Shah]\n")
    leave(project, b"with Priya Shah\n", tmp_path / "out.txt")
    assert (tmp_path / "out.txt").exists()


def test_the_journal_says_what_each_stage_was_made_from(project):
    entries = [one for one in read_entries(project.path / "private" / "journal.jsonl") if "rows" in one]
    made = {one["act"]: one for one in entries}
    assert made["segments"]["inputs"]["edits"] == made["deidentify"]["outputs"]["edits"]
    assert made["segments"]["outputs"]["segments"] == project.content("segments")
    assert made["segments"]["settings"]

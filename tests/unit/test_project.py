"""A project on disk: whole files or none, receipts, one writer, clear words when the disk says no."""

import errno
import os
import stat
from pathlib import Path

import pytest

from feedback.disk import write_bytes
from feedback.errors import FeedbackError
from feedback.journal import first_broken, read_entries, write_entry
from feedback.project import Project
from feedback.tables import conform

THEMES = "themes:\n  pay:\n    means: Money.\n    phrases: [pay]\n"
EDIT = {"document_id": "d001", "start": 1, "end": 2, "replacement": "", "kind": "clean", "label": "spaces"}


@pytest.fixture
def project(tmp_path):
    return Project.create(tmp_path / "study", themes=THEMES)


def test_a_new_project_has_its_two_files_and_a_private_folder(project):
    assert {"feedback.yaml", "themes.yaml", "private", "tables", "reports"} <= {
        file.name for file in project.path.iterdir()
    }
    assert stat.S_IMODE((project.path / "private").stat().st_mode) == 0o700
    assert project.settings.title == "study"
    assert project.codebook.ids == ("pay",)


def test_a_project_is_never_made_over_another(project):
    with pytest.raises(FeedbackError, match="already"):
        Project.create(project.path, themes=THEMES)


def test_a_theme_list_that_is_there_is_kept(tmp_path):
    (tmp_path / "themes.yaml").write_text("themes: {mine: {means: x}}")
    assert Project.create(tmp_path, themes=THEMES).codebook.ids == ("mine",)


def test_a_folder_that_is_no_project_is_named(tmp_path):
    with pytest.raises(FeedbackError, match="not a feedback project") as caught:
        Project(tmp_path)
    assert "feedback new" in caught.value.hint


def test_a_saved_table_comes_back_with_its_receipt(project):
    frame = conform("edits", [EDIT])
    project.save("edits", frame, {"stage": "deidentify"})
    assert project.table("edits").equals(frame)
    assert project.receipt("edits")["stage"] == "deidentify"


def test_the_same_rows_have_the_same_content_whoever_made_them(project):
    frame = conform("edits", [EDIT])
    project.save("edits", frame, {"stage": "one"})
    before = project.content("edits")
    project.save("edits", frame, {"stage": "two"})
    assert project.content("edits") == before != ""


def test_the_same_table_saved_twice_is_the_same_bytes(project):
    frame = conform("edits", [EDIT])
    project.save("edits", frame)
    first = project.file("edits").read_bytes()
    project.save("edits", frame)
    assert project.file("edits").read_bytes() == first


def test_tags_of_all_coders_are_one_table(project):
    tag = {"segment_id": "d001:0-3", "theme_id": "pay", "start": 0, "end": 3}
    project.save("tags/rules", conform("tags", [{**tag, "coder": "rules"}]))
    project.save("tags/ruth", conform("tags", [{**tag, "coder": "ruth"}]))
    assert list(project.table("tags")["coder"]) == ["rules", "ruth"]
    assert project.parts("tags") == ["tags/rules", "tags/ruth"]


def test_a_damaged_table_is_named_with_what_to_do(project):
    project.save("edits", conform("edits", [EDIT]))
    project.file("edits").write_bytes(b"PAR1 and then the lights went out")
    with pytest.raises(FeedbackError, match="damaged") as caught:
        project.table("edits")
    assert "feedback run" in caught.value.hint
    assert project.receipt("edits") == {}


def test_private_files_are_for_their_owner_only(project):
    project.save("private/originals", conform("private/originals", [{"document_id": "d001"}]))
    assert stat.S_IMODE(project.file("private/originals").stat().st_mode) == 0o600


def test_a_full_disk_leaves_the_old_file_whole(tmp_path, monkeypatch):
    file = tmp_path / "table.bin"
    write_bytes(file, b"old")

    def full(descriptor):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(FeedbackError, match="the disk is full"):
        write_bytes(file, b"new and longer")
    assert file.read_bytes() == b"old"
    assert [left.name for left in tmp_path.iterdir()] == ["table.bin"]


def test_a_folder_that_refuses_is_said_in_words(tmp_path, monkeypatch):
    def refuse(*arguments, **options):
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(FeedbackError, match="may not be written") as caught:
        write_bytes(tmp_path / "x", b"x")
    assert "rights" in caught.value.hint


def test_two_writers_at_once_are_kept_apart(project):
    with (
        project.locked(),
        pytest.raises(FeedbackError, match="another feedback is at work"),
        Project(project.path).locked(),
    ):
        pass


def test_leftovers_of_an_interrupted_run_are_swept(project):
    leftover = project.path / "tables" / ".abc.unfinished"
    leftover.write_bytes(b"half a table")
    with project.locked():
        assert not leftover.exists()


def test_names_to_mask_are_remembered_once(project):
    assert project.remember_names(["Priya", "Grace", "Priya"]) == 2
    assert project.remember_names(["Grace"]) == 0


def test_the_journal_notices_a_changed_line(tmp_path):
    file = tmp_path / "journal.jsonl"
    for n in range(3):
        write_entry(file, "add", {"people": n})
    assert first_broken(file) is None
    assert [entry["people"] for entry in read_entries(file)] == [0, 1, 2]
    lines = file.read_text().splitlines()
    file.write_text("\n".join([lines[0], lines[1].replace('"people": 1', '"people": 9'), lines[2]]) + "\n")
    assert first_broken(file) == 2


def test_the_journal_notices_a_line_that_is_gone(tmp_path):
    file = tmp_path / "journal.jsonl"
    for n in range(3):
        write_entry(file, "add", {"people": n})
    lines = file.read_text().splitlines()
    file.write_text("\n".join([lines[0], lines[2]]) + "\n")
    assert first_broken(file) == 2


def test_a_journal_line_torn_by_a_power_cut_is_passed_over(tmp_path):
    file = tmp_path / "journal.jsonl"
    write_entry(file, "add", {"people": 1})
    with Path(file).open("a") as out:
        out.write('{"when": "2026')
    assert len(read_entries(file)) == 1


def test_a_removal_that_was_broken_off_halfway_does_no_harm_and_can_be_done_again(project, tmp_path):
    from feedback.intake import add, remove
    from feedback.pipeline.shards import documents_of
    from feedback.readers import read

    for name, words in (("P01.txt", "I left over the pay."), ("P02.txt", "I stayed for the team.")):
        (tmp_path / name).write_text(words)
    documents, _ = read([tmp_path / "P01.txt", tmp_path / "P02.txt"])
    add(project, documents)
    table = project.table("documents")
    project.save("documents", table[table["document_id"] != "d001"])
    assert [one.document_id for one in documents_of(project)] == ["d002"]
    assert remove(project, ["d001"]) == ("d001",)
    assert list(project.table("private/originals")["document_id"]) == ["d002"]

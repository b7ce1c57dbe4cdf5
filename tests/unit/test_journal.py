"""The journal is appended to and chained; what somebody changes in it shows."""

from __future__ import annotations

import json

import pytest

from feedback import journal
from feedback.project import Project


@pytest.fixture
def file(tmp_path):
    file = tmp_path / "journal.jsonl"
    for n in range(4):
        journal.write_entry(file, "run", {"rows": n})
    return file


def test_an_untouched_journal_holds_and_says_which_version_wrote_it(file):
    assert journal.first_broken(file) is None
    assert [entry["rows"] for entry in journal.read_entries(file)] == [0, 1, 2, 3]
    assert all(entry["feedback"] for entry in journal.read_entries(file))


@pytest.mark.parametrize(
    "spoil, broken",
    [
        (lambda lines: [lines[0], lines[1].replace('"rows": 1', '"rows": 9'), *lines[2:]], 2),
        (lambda lines: [lines[0], *lines[2:]], 2),
        (lambda lines: [lines[0], "{", *lines[2:]], 2),
        (lambda lines: [lines[1], lines[0], *lines[2:]], 1),
    ],
)
def test_an_entry_that_was_changed_taken_out_spoilt_or_moved_is_named(file, spoil, broken):
    lines = file.read_text().splitlines()
    file.write_text("\n".join(spoil(lines)) + "\n")
    assert journal.first_broken(file) == broken


def test_a_line_torn_by_a_power_cut_swallows_no_later_entry(file):
    file.write_text(file.read_text() + '{"when": "2026-')
    journal.write_entry(file, "export", {"suffix": ".html"})
    assert journal.read_entries(file)[-1]["act"] == "export"
    assert journal.first_broken(file) is None


def test_who_worked_is_what_the_settings_say_and_nothing_of_the_machine(tmp_path):
    project = Project.create(tmp_path / "study", themes="themes: {}\n")
    project.note("try", rows=1)
    settings = project.path / "feedback.yaml"
    settings.write_text(settings.read_text() + "\nresearcher: KL\n")
    project.note("try", rows=2)
    first, second = journal.read_entries(project.path / "private" / "journal.jsonl")
    assert "who" not in first
    assert second["who"] == "KL"
    assert set(json.loads(json.dumps(first))) == {"when", "act", "rows", "feedback", "before", "hash"}

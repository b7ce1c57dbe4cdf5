"""Words of somebody who withdrew that come again stay out; the command, and what goes wrong on its way."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from three_and_a_survey import FILES, NOW, THEIRS, again, found_in, read_text

from feedback.cli.withdraw import command
from feedback.errors import FeedbackError
from feedback.exports import exports_of
from feedback.intake import add
from feedback.pipeline import run
from feedback.project import Project
from feedback.readers import read
from feedback.withdrawal import case_of, withdraw
from feedback.withdrawals import withdrawals


@pytest.mark.parametrize("people", [False, True])
def test_the_same_file_added_again_is_left_out_and_told(project, people):
    withdraw(project, "P02", now=NOW)
    added = again(project, "thandiwe-private.txt", people=people)
    assert added.documents == ()
    assert added.withdrawn == ("P02",)
    assert found_in(project.path) == []


def test_a_participants_table_with_their_row_brings_nothing_back(project):
    withdraw(project, "P02", now=NOW)
    assert again(project, people=True).withdrawn == ("P02",)
    list(run(project))
    assert "P02" not in set(project.table("cases")["case_id"])
    assert found_in(project.path) == []


def test_a_changed_survey_with_their_answer_is_taken_in_without_it(project):
    withdraw(project, "P02", now=NOW)
    desk = project.path.parent / "again"
    desk.mkdir()
    (desk / "survey.csv").write_text(FILES["survey.csv"] + "P05,Bo Fry,It was the families again.\n")
    added = add(project, *read(desk / "survey.csv"), replacing=True)
    assert added.withdrawn == ("P02",)
    assert found_in(project.path) == []
    list(run(project))
    assert "It was the families again." in set(project.table("segments")["text"])


def test_an_id_that_they_had_is_given_to_no_other_file(project):
    documents, dropped = read_text(
        project, "lone.txt", "Interviewer: Why?\nSam: A gazebo, that was why I left.\n"
    )
    add(project, documents, dropped)
    list(run(project))
    withdraw(project, "d007", now=NOW)
    added = add(project, *read_text(project, "other.txt", "It was the commute that I left for.\n"))
    assert [one.document_id for one in added.documents] == ["d008"]
    assert added.withdrawn == ()


@pytest.mark.parametrize(
    ("wanted", "hint"),
    [("p2", "did you mean 'P02'"), ("p02", "did you mean 'P02'"), ("Zebedee", "ids stand")],
)
def test_somebody_who_is_not_here_is_said_with_the_nearest(project, wanted, hint):
    with pytest.raises(FeedbackError, match=f"no person '{wanted}'") as told:
        case_of(project, wanted)
    assert hint in told.value.hint


def test_somebody_who_withdrew_already_is_said(project):
    withdraw(project, "P02", now=NOW)
    with pytest.raises(FeedbackError, match="withdrew already, on 2026-11-22"):
        case_of(project, "P02")


@pytest.mark.parametrize("stage", [0, 1, 3, 8, 13, 16, 17, 18])
def test_broken_off_anywhere_no_run_goes_on_and_the_same_command_ends_it(project, stage, monkeypatch):
    saved = []
    save = Project.save

    def torn(self, *arguments, **options):
        if len(saved) == stage:
            raise KeyboardInterrupt
        saved.append(arguments[0])
        save(self, *arguments, **options)

    with monkeypatch.context() as patch:
        patch.setattr(Project, "save", torn)
        try:
            withdraw(project, "P02", now=NOW)
            broken = False
        except KeyboardInterrupt:
            broken = True
    if broken:
        with pytest.raises(FeedbackError, match="broken off"):
            list(run(project))
        assert case_of(project, "P02") == "P02"
        withdraw(project, "P02", now=NOW)
    assert found_in(project.path) == []
    (receipt,) = withdrawals(project)
    assert (receipt.state, receipt.removed["turns"]) == ("done", 5)
    assert set(project.table("private/links")["case_id"]) == {"P01", "P03", "d004-P04"}


def test_a_damaged_receipt_is_said(project):
    withdraw(project, "P02", now=NOW)
    (project.path / "private" / "withdrawals" / "w001.json").write_text("{")
    with pytest.raises(FeedbackError, match=r"w001\.json' is damaged"):
        list(run(project))


def test_it_works_in_a_locked_project(project):
    project.keys.seal_all("four words of mine", project.receipt_in_private)
    locked = Project(project.path, passphrase="four words of mine")
    withdraw(locked, "P02", now=NOW)
    list(run(locked))
    locked.keys.open_all()
    assert found_in(project.path) == []


def test_the_command_asks_for_yes_and_says_what_goes(project):
    refused = CliRunner().invoke(command, ["P02", "-p", str(project.path)])
    assert isinstance(refused.exception, FeedbackError)
    assert "--yes" in refused.exception.hint
    assert found_in(project.path) == sorted(THEIRS)
    ran = CliRunner().invoke(command, ["P02", "--yes", "-p", str(project.path)])
    assert ran.exit_code == 0
    assert "P02 has withdrawn: 2 documents, 5 turns" in ran.output
    assert "quotes-for-board.txt" in ran.output
    assert found_in(project.path) == []


def test_the_command_gives_one_json_object(project):
    told = json.loads(CliRunner().invoke(command, ["P02", "--yes", "--json", "-p", str(project.path)]).stdout)
    assert told["receipt"] == "w001"
    assert len(told["exports"]) == 2


def test_exports_are_written_down_before_they_leave(project):
    assert [Path(one.file).name for one in exports_of(project)] == [
        "quotes.txt", "quotes-for-board.txt", "numbers.txt",
    ]  # fmt: skip

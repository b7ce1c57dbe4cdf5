"""`factors` writes down what people decide, where they can read it, or says what is wrong with it."""

from __future__ import annotations

import json
import shutil

import pytest
from click.testing import CliRunner

from feedback.cli import cli
from feedback.errors import FeedbackError
from feedback.factors.kept import parse_decisions
from feedback.tables import conform

DRIVE = ["d001:0-10", "d002:0-10", "d003:0-10", "d004:0-10"]
PAY = ["d008:0-10", "d009:0-10"]


@pytest.fixture
def project(tmp_path):
    """A project whose push factors are found: a group of reasons and a theme, six leavers."""
    from feedback.project import Project

    themes = "themes:\n  pay:\n    label: Pay\n    means: Money.\n    group: Push factors\n"
    made = Project.create(tmp_path / "study", themes=themes)
    ids = [*DRIVE, *PAY]
    rows = [
        {"segment_id": one, "document_id": one[:4], "case_id": f"P{at}", "turn": 0, "start": 0, "end": 10,
         "role": "participant", "text": "It was far." if one in DRIVE else "It was low."}
        for at, one in enumerate(ids)
    ]  # fmt: skip
    factors = [
        {"factor_id": "left-over-1", "label": "Drive, far", "n_cases": 4, "stability": 0.9},
        {"factor_id": "pay", "label": "Pay", "n_cases": 2},
    ]
    said = [{"segment_id": one, "factor_id": "left-over-1" if one in DRIVE else "pay"} for one in ids]
    cases = [{"case_id": f"P{at}", "consent": "internal", "leaver": "yes"} for at in range(len(ids))]
    documents = [{"document_id": one[:4], "kind": "interview"} for one in ids]
    tables = {"segments": rows, "factors": factors, "members": said, "cases": cases, "documents": documents}
    for name, table in tables.items():
        made.save(name, conform(name, table))
    return made


def run(project, *words):
    return CliRunner().invoke(cli, ["factors", *words, "-p", str(project.path)], catch_exceptions=True)


def decided(project):
    return {one.id: one for one in parse_decisions(project.decided_text)}


def test_a_name_is_written_where_people_can_read_it_and_holds_no_words_of_anybody(project):
    assert run(project, "name", "left-over-1", "The journey to work").exit_code == 0
    assert decided(project)["the-journey-to-work"].members == tuple(DRIVE)
    assert "far" not in project.decided_text
    entry = json.loads((project.path / "private" / "journal.jsonl").read_text().splitlines()[-1])
    assert (entry["act"], entry["verb"], entry["factors"]) == ("factors decided", "name", 1)
    assert "journey" not in json.dumps(entry)


def test_a_second_name_takes_the_place_of_the_first_before_the_next_run_too(project):
    run(project, "name", "left-over-1", "Travel")
    run(project, "name", "left-over-1", "The journey to work")
    run(project, "pin", "left-over-1")
    assert [one.label for one in decided(project).values()] == ["The journey to work"]
    assert decided(project)["travel"].pinned == tuple(DRIVE)


def test_what_was_decided_makes_the_search_for_push_factors_due(project):
    from feedback.pipeline import STAGES, expected_receipt
    from feedback.pipeline.stages import Context

    stage = next(one for one in STAGES if one.name == "factors")
    before = expected_receipt(stage, Context(project))
    run(project, "name", "left-over-1", "Travel")
    assert expected_receipt(stage, Context(project)) != before


def test_a_group_goes_into_a_theme_comes_out_again_and_is_free_again(project):
    assert run(project, "merge", "pay", "left-over-1").exit_code == 0
    assert decided(project)["group"].into == "pay"
    assert run(project, "split", "pay").exit_code == 0
    assert decided(project)["group"].into == ""
    assert run(project, "free", "group").exit_code == 0
    assert decided(project) == {}


def test_sentences_are_sent_off_into_a_group_of_their_own(project):
    assert run(project, "split", "pay", PAY[0], "--as", "Parking costs").exit_code == 0
    assert decided(project)["pay"].out == (PAY[0],)
    assert decided(project)["parking-costs"].pinned == (PAY[0],)


def test_pinning_without_sentences_fixes_all_that_there_are(project):
    assert run(project, "pin", "left-over-1").exit_code == 0
    assert decided(project)["group"].pinned == tuple(DRIVE)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("name", "left-over-2", "Travel"), "did you mean 'left-over-1'?"),
        (("name", "pay", "Money"), "change its label in themes.yaml"),
        (("merge", "pay", "pay"), "cannot go into itself"),
        (("split", "pay"), "make two themes of it"),
        (("split", "pay", PAY[0]), "--as"),
        (("split", "pay", DRIVE[0], "--as", "X"), "is not in pay"),
        (("pin", "pay", "d099:1-2"), "there is no sentence"),
        (("free", "pay"), "nothing is decided"),
    ],
)
def test_a_slip_is_said_with_the_way_out_and_nothing_is_written(project, words, said):
    result = run(project, *words)
    assert isinstance(result.exception, FeedbackError)
    assert said in f"{result.exception.message} {result.exception.hint}"
    assert project.decided_text == ""


def test_the_sentences_of_a_push_factor_are_shown_with_their_ids(project):
    shown = run(project, "show", "pay", "--json")
    found = json.loads(shown.stdout)["sentences"]
    assert [one["segment_id"] for one in found] == PAY


def test_decisions_outlive_tables_that_are_made_anew(project):
    run(project, "name", "left-over-1", "Travel")
    shutil.rmtree(project.path / "tables")
    assert decided(project)["travel"].label == "Travel"

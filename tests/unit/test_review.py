"""A person reviews segment by segment: every decision is on disk before the next is shown."""

import pandas as pd
import pytest
from click.testing import CliRunner

from feedback.cli import cli
from feedback.codebook import Codebook
from feedback.errors import FeedbackError
from feedback.intake import add
from feedback.project import Project
from feedback.readers import read_bytes
from feedback.tuning.reviewing import Proposal, chosen, named

THEMES = """\
themes:
  caseload: {means: Number of cases held at once., phrases: [caseload]}
  pay: {means: What people earn., phrases: [salary]}
  paperwork: {label: Forms and paperwork, means: Forms., phrases: [forms]}
"""
TALK = b"""Interviewer: Why did you leave?
Ann: The caseload was far too high for one person to carry.
Ann: The salary did not pay the rent in the end, and the forms never stopped.
Interviewer: And after?
Ann: I moved to the seaside with my sister and her two dogs.
"""
CODEBOOK = Codebook.from_yaml(THEMES)
PROPOSED = [Proposal("caseload", "Caseload", 0, 5, ("rules 1.00",), "caseload"),
            Proposal("pay", "Pay", 6, 9, ("meaning 0.61",), "earn")]  # fmt: skip


@pytest.fixture
def project(tmp_path):
    made = Project.create(tmp_path / "study", themes=THEMES)
    add(made, [read_bytes(TALK, "a.txt", document_id="d001")[0]])
    return made


def review(project, answers, *more):
    return CliRunner().invoke(
        cli, ["tag", "-p", str(project.path), "--review", "--coder", "ab", *more], input=answers
    )


def decisions(project):
    return project.table("tags/ab").astype({"theme_id": object})


@pytest.mark.parametrize(
    ("answer", "themes"),
    [("", ["caseload", "pay"]), ("0", []), ("2", ["pay"]), ("1 2", ["caseload", "pay"]),
     ("+paper", ["caseload", "pay", "paperwork"]), ("1 +forms", ["caseload", "paperwork"])],
)  # fmt: skip
def test_an_answer_says_which_themes_are_there(answer, themes):
    assert chosen(answer, PROPOSED, CODEBOOK) == themes


def test_a_beginning_that_fits_two_themes_is_not_guessed():
    assert named("case", CODEBOOK) == "caseload"
    with pytest.raises(FeedbackError, match="begins several themes: pay, paperwork"):
        named("pa", CODEBOOK)
    with pytest.raises(FeedbackError, match="no proposal 3"):
        chosen("3", PROPOSED, CODEBOOK)


def test_each_decision_is_kept_before_the_next_is_shown(project):
    result = review(project, "\n0\nq\n")
    assert result.exit_code == 0, result.output
    kept = decisions(project)
    assert kept["segment_id"].nunique() == 2
    assert kept["theme_id"].isna().sum() == 1, "none of them: read, nothing said"


def test_undo_takes_the_last_decision_back(project):
    review(project, "\n\nu\n0\nq\n")
    kept = decisions(project)
    assert kept["segment_id"].nunique() == 2
    assert kept["theme_id"].isna().sum() == 1


def test_what_was_reviewed_is_not_asked_again(project):
    review(project, "0\n0\n0\n")
    result = review(project, "\n")
    assert "nothing left to review" in str(result.exception)
    assert len(decisions(project)) == 3


def test_a_skipped_segment_is_not_decided(project):
    review(project, "s\ns\ns\n")
    assert not len(decisions(project))


def test_an_answer_that_means_nothing_is_asked_again(project):
    result = review(project, "+nonsense\n7\n0\nq\n")
    assert "there is no theme 'nonsense'" in result.output
    assert decisions(project)["segment_id"].nunique() == 1


def test_a_machines_name_is_no_persons(project):
    result = CliRunner().invoke(cli, ["tag", "-p", str(project.path), "--review", "--coder", "rules"])
    assert isinstance(result.exception, FeedbackError)
    assert not project.file("tags/rules").exists() or (project.table("tags/rules")["coder"] == "rules").all()


def test_a_review_of_one_theme_shows_only_what_was_tagged_with_it(project):
    review(project, "\n" * 9, "--theme", "pay")
    texts = project.table("segments").set_index("segment_id")["text"]
    read = pd.unique(decisions(project)["segment_id"])
    assert read.size
    assert all("salary" in texts[segment_id] for segment_id in read)

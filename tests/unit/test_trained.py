"""A classifier in a project: trained by a command, kept beside the tables, done again when it must be."""

import json

import pytest
from click.testing import CliRunner
from taught import SAID

from feedback.cli import cli
from feedback.errors import FeedbackError
from feedback.pipeline import run, stale
from feedback.pipeline.trained import better_themes, load_classifier, model_path, tags_that_count
from feedback.project import Project
from feedback.tables import conform

THEMES = """\
themes:
  caseload: {label: Caseload, means: how many cases or families somebody holds at once}
  pay: {label: Pay, means: "salary, money, what the job pays"}
  supervision: {label: Supervision, means: time with a manager to talk the work through}
"""


def said(person, theme):
    texts = SAID[theme]
    return texts[person % len(texts)].format(n=person + 11)


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """A survey of 24 people with one answer each about everything; anna has coded 20 of them."""
    folder = tmp_path_factory.mktemp("study") / "p"
    project = Project.create(folder, themes=THEMES)
    settings = (folder / "feedback.yaml").read_text().replace("unit: sentence", "unit: answer")
    (folder / "feedback.yaml").write_text(settings + "deidentify: {recognise_names: false}\n")
    lines = ["person,q1,q2,q3,q4"]
    lines += [",".join([f"R{n:02d}", *(f'"{said(n, theme)}"' for theme in SAID)]) for n in range(24)]
    file = folder / "answers.csv"
    file.write_text("\n".join(lines) + "\n")
    columns = [word for at in range(1, 5) for word in ("--text", f"q{at}")]
    done = CliRunner().invoke(cli, ["add", str(file), "-p", str(folder), "--case", "person", *columns])
    assert done.exit_code == 0, done.output
    list(run(project, until="segments"))
    segments = project.table("segments")
    theme_of = {said(n, theme): theme or None for n in range(24) for theme in SAID}
    rows = segments[["segment_id", "document_id", "start", "end"]].assign(
        theme_id=segments["text"].map(theme_of), coder="anna", score=1.0
    )
    first = sorted(set(segments["case_id"]))[:20]
    project.save("tags/anna", conform("tags", rows[segments["case_id"].isin(first)]))
    return project


def invoke(project, *arguments):
    return CliRunner().invoke(cli, [*arguments, "-p", str(project.path)])


def test_a_project_without_a_classifier_has_no_such_tags(project):
    list(run(project))
    assert stale(project) == []
    assert "tags/classifier" not in project.parts("tags")
    with pytest.raises(FeedbackError, match="no tags of a coder"):
        cli.main(["train", "--coder", "bob", "-p", str(project.path)], standalone_mode=False)


def test_train_writes_the_model_and_its_card_and_the_next_run_tags_with_it(project):
    done = invoke(project, "train", "--coder", "anna", "--json")
    assert done.exit_code == 0, done.output
    card = json.loads(done.stdout)["card"]
    assert (card["segments"], card["people"], card["coders"]) == (80, 20, ["anna"])
    assert {file.name for file in model_path(project).parent.iterdir()} == {
        "classifier.skops",
        "card.md",
        "card.json",
    }
    assert "## Limits" in (project.path / "models" / "card.md").read_text()
    assert [stage.name for stage in stale(project)] == ["classifier"]
    assert "classifier" in [stage.name for stage in run(project)]
    assert stale(project) == []
    assert set(project.table("tags/classifier")["theme_id"]) == {"caseload", "pay", "supervision"}


def test_people_decide_where_they_have_read_and_the_classifier_elsewhere(project):
    assert "pay" in better_themes(project)
    counted, read = tags_that_count(project), set(project.table("tags/anna")["segment_id"])
    of_read = counted[counted["segment_id"].isin(read)]
    assert set(of_read["coder"]) == {"anna"}
    others = counted[~counted["segment_id"].isin(read) & (counted["theme_id"] == "pay")]
    assert set(others["coder"]) <= {"classifier", "rules"}
    assert len(others) >= 3


def test_another_theme_list_calls_for_new_tags_and_says_that_the_classifier_is_old(project):
    (project.path / "themes.yaml").write_text(THEMES.replace("what the job pays", "wages"))
    done = invoke(project, "tag")
    assert done.exit_code == 0
    assert "the theme list has changed since the classifier was trained" in done.stderr
    (project.path / "themes.yaml").write_text(THEMES)


def test_a_spoiled_model_is_refused_and_a_deleted_one_takes_its_tags_along(project):
    file = model_path(project)
    good = file.read_bytes()
    file.write_bytes(good[:-50])
    with pytest.raises(FeedbackError, match="damaged"):
        load_classifier(project)
    file.unlink()
    list(run(project))
    assert len(project.table("tags/classifier")) == 0 and better_themes(project) == []
    assert len(project.table("tags/anna")) == 80

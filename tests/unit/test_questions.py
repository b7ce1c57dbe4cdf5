"""The heading over an answer is not in any document's text, and can name somebody all the same."""

from feedback.intake import add
from feedback.pipeline import run
from feedback.project import Project
from feedback.readers import read


def test_a_name_in_a_surveys_heading_is_masked_like_any_other(tmp_path):
    heading = "What would you say to Priyanka Desai about your caseload?"
    (tmp_path / "survey.csv").write_text(
        f'id,"{heading}"\nR1,The caseload was too high by the end.\nR2,Priyanka knew it was too high.\n',
        encoding="utf-8",
    )
    project = Project.create(tmp_path / "study", themes="themes: {}\n")
    add(project, *read(tmp_path / "survey.csv", text_columns=(heading,), case_column="id"))
    list(run(project, until="segments"))
    segments, edits = project.table("segments"), project.table("edits")
    (asked,) = set(segments["question"])
    shown = edits[edits["label"] == "person"]["replacement"].iloc[0]
    assert asked == f"What would you say to {shown} about your caseload?"
    assert set(edits["document_id"]) <= {"d001"}
    assert "Priyanka Desai" in set(project.table("private/pseudonyms")["surface"])


def test_a_column_of_short_names_is_no_attribute(tmp_path):
    from feedback.cases import attributes_of
    from feedback.tables import conform

    rows = [{"case_id": f"P{n}", "known_as": one, "role": "worker"} for n, one in enumerate(("Otti", "Zbig"))]
    assert attributes_of(conform("private/people", rows)) == ["role"]

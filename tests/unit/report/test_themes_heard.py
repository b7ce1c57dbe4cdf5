"""What `tag` says of themes is what the report says, without summing a report up."""

from feedback import Project
from feedback.leaving.heard import heard_in, themes_heard
from feedback.leaving.publish import report_of


def said_of(rows):
    return [(row.theme_id, row.label, row.n, row.of, row.n_segments, row.not_own) for row in rows]


def test_the_themes_stand_with_the_people_and_in_the_order_of_the_report(demo):
    project = Project(demo.folder)
    found = themes_heard(project)
    assert found
    assert said_of(found) == said_of(report_of(project).themes)


def test_nobody_is_heard_before_anything_was_read(tmp_path):
    assert themes_heard(Project.create(tmp_path / "study", themes="themes: {}\n")) == ()


def test_who_was_heard_is_told_by_a_row_each_and_by_those_that_are_asked_for(demo):
    project = Project(demo.folder)
    every, few = project.table("segments"), heard_in(project)
    assert len(few) < len(every)
    own = every[(every["role"] == "participant") & (every["text"].str.strip() != "")]
    pairs = [set(zip(table["document_id"], table["case_id"], strict=True)) for table in (few, own)]
    assert pairs[0] == pairs[1]
    asked = set(own["segment_id"].iloc[::7])
    assert asked <= set(heard_in(project, besides=asked)["segment_id"])

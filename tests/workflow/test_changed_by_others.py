"""What another program does to a project's tables is noticed and said, before anything is counted from it."""

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from feedback.doctoring.records import findings
from feedback.errors import FeedbackError
from feedback.intake import add
from feedback.pipeline import run
from feedback.project import Project
from feedback.readers import read_bytes

THEMES = "themes:\n  pay: {means: Money., phrases: [pay]}\n"
TALK = "Ann: The pay was poor, and nobody heard me.\n"


@pytest.fixture
def project(tmp_path):
    made = Project.create(tmp_path / "study", themes=THEMES)
    (made.path / "feedback.yaml").write_text(
        "deidentify:\n  recognise_names: false\nembedder: lsa\n", encoding="utf-8"
    )
    add(made, [read_bytes(TALK.encode(), "one.txt", document_id="d001")[0]])
    list(run(made))
    return made


def changed_by_hand(project, name, column, *, keeping_our_note):
    """Another word in a table's column, written as R or a notebook would."""
    file = project.file(name)
    table = pq.read_table(file)
    at = table.schema.get_field_index(column)
    words = pc.replace_substring(table.column(column).cast(pa.string()), "poor", "fine")
    table = table.set_column(at, table.schema.field(at), words.cast(table.schema.field(at).type))
    pq.write_table(table if keeping_our_note else table.replace_schema_metadata(), file)


@pytest.mark.parametrize("keeping_our_note", [True, False])
def test_an_original_that_another_program_changed_is_never_analysed(project, keeping_our_note):
    changed_by_hand(project, "private/originals", "text", keeping_our_note=keeping_our_note)
    again = Project(project.path)
    with pytest.raises(
        FeedbackError, match="another program has changed the table 'private/originals'"
    ) as told:
        project.save("edits", project.table("edits").iloc[:0], {})
        list(run(again))
    assert "backup" in told.value.hint


def test_a_made_table_that_another_program_changed_is_not_shown(project):
    changed_by_hand(project, "segments", "text", keeping_our_note=True)
    with pytest.raises(FeedbackError, match="has changed the table 'segments'") as told:
        Project(project.path).table("segments")
    assert "delete the file and run" in told.value.hint
    project.file("segments").unlink()
    list(run(Project(project.path)))
    assert "poor" in Project(project.path).table("segments")["text"].iloc[0]


@pytest.mark.parametrize("name", ["segments", "private/originals"])
def test_check_names_the_changed_table(project, feedback, name):
    changed_by_hand(project, name, "text", keeping_our_note=True)
    ran = feedback("check", "-p", project.path, "--json")
    assert ran.code == 3, ran.err
    assert any(name in finding["about"] for finding in ran.json["findings"])


def test_doctor_names_the_changed_table(project):
    changed_by_hand(project, "segments", "text", keeping_our_note=True)
    (found,) = (one for one in findings(Project(project.path)) if one.check == "tables")
    assert found.state == "mend"
    assert "segments" in found.message


def test_a_table_that_nobody_changed_is_read_as_it_was(project):
    again = Project(project.path)
    for name in ("private/originals", "segments", "edits", "tags/rules", "documents", "cases"):
        assert again.is_intact(name)
        again.table(name)

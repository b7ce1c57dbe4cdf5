"""What tests of withdrawal share: a finished project, made once, and a copy that a test may change."""

import shutil

import pytest
from three_and_a_survey import FILES, PEOPLE, THEMES

from feedback.intake import add
from feedback.leaving import leave
from feedback.pipeline import run
from feedback.project import Project
from feedback.readers import read
from feedback.readers.tables.participants import read_participants
from feedback.tables import conform


@pytest.fixture(scope="session")
def finished(tmp_path_factory):
    """A finished project of three people, a focus group and a survey, with exports, memos and a coder."""
    desk = tmp_path_factory.mktemp("desk")
    for name, text in FILES.items():
        (desk / name).write_text(text, encoding="utf-8")
    (desk / "participants.csv").write_text(PEOPLE, encoding="utf-8")
    project = Project.create(desk / "study", themes=THEMES)
    settings = project.path / "feedback.yaml"
    settings.write_text(
        settings.read_text(encoding="utf-8") + "report: {smallest_group: 1, smallest_group_published: 1}\n"
    )
    documents, dropped = read([desk / name for name in FILES])
    people = read_participants(desk / "participants.csv")
    add(project, documents, dropped, people=people)
    list(run(project))
    _code(project)
    list(run(project))
    quotes = project.table("quotes")
    assert "P02" in set(quotes["case_id"])
    said = " ".join(quotes["text"])
    leave(project, said.encode(), project.path / "reports" / "quotes.txt", what="quotes")
    leave(project, said.encode(), desk / "quotes-for-board.txt", what="quotes")
    leave(project, b"families: 3 of 4", desk / "numbers.txt", what="report")
    return project


def _code(project):
    """A person's tags and memos about everybody's words."""
    tags = project.table("tags/rules")
    project.save("tags/kim", tags.assign(coder="kim", rule=None))
    said = project.table("segments").dropna(subset=["case_id"])
    memos = [
        {"memo_id": f"m{n}", "about": row.segment_id, "coder": "kim", "written": "2026-11-01",
         "text": f"{row.case_id} said so"}
        for n, row in enumerate(said.itertuples())
    ]  # fmt: skip
    project.save("memos", conform("memos", memos))


@pytest.fixture
def project(finished, tmp_path):
    """A copy that a test may change."""
    shutil.copytree(finished.path, tmp_path / "study")
    return Project(tmp_path / "study")

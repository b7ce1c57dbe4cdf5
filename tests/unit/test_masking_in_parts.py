"""A project's long survey is masked in parts made from what Arrow holds, by one process or two alike."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from feedback.intake import add
from feedback.model import Document, Turn
from feedback.pipeline import run
from feedback.pipeline.masking import make_edits
from feedback.pipeline.parts import Parts
from feedback.pipeline.stages import Context, no_progress
from feedback.project import Project
from feedback.scale import HERE, Workers, workers
from feedback.tables import to_arrow, to_pandas

SAID = (
    "Priya Shah, my manager, was kind – 😀 and fair.",
    "Café talk with priya on 12th May 2019.",
    "TJ agreed.",
)


def survey(answers: int) -> Document:
    text, turns = "", []
    for at in range(answers):
        said = f"{SAID[at % len(SAID)]} That was on day {at}."
        turns.append(Turn(len(text), len(text) + len(said), question="Tell Priya why?", respondent=f"r{at}"))
        text += said + "\n\n"
    about = {turn.respondent or "": {"role": "worker"} for turn in turns}
    return Document("d001", "survey", "csv", text, tuple(turns), "s.csv", sha256="1", attributes=about)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    made = Project.create(tmp_path / "p", themes="themes: {}\n")
    (made.path / "feedback.yaml").write_text("deidentify:\n  recognise_names: false\n")
    talk = "I met Priya Shah.\nShe was 34."
    add(
        made,
        [survey(400), Document("d002", "testimony", "txt", talk, (Turn(0, len(talk)),), "t.txt", sha256="2")],
    )
    return made


def tables_of(project: Project, who: Workers, characters: int) -> dict[str, Any]:
    made = make_edits(Context(project, workers=who, characters=characters), no_progress)
    return {name: to_pandas(to_arrow(name, table)) for name, table in made.items()}


def test_the_parts_of_a_project_are_its_texts(project: Project) -> None:
    found = list(Parts(project, characters=2_000))
    texts = project.table("private/originals").set_index("document_id")["text"]
    assert len(found) > 5
    for name in ("d001", "d002"):
        own = [part for part in found if part.document_id == name]
        assert "".join(part.text[part.begin : part.end] for part in own) == texts[name]
        assert all(texts[name][part.shift :].startswith(part.text) for part in own)
    assert found[-1] == Parts(project, characters=2_000)[-1]


def test_masks_do_not_show_where_a_survey_was_cut_nor_who_worked(project: Project) -> None:
    list(run(project, until="cases"))
    whole = tables_of(project, HERE, 10**6)
    for found in (tables_of(project, HERE, 3_000), tables_of(project, workers(2), 6_000)):
        assert all(found[name].equals(table) for name, table in whole.items())
    assert len(whole["edits"]) > 300

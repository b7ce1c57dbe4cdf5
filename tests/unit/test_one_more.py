"""A study that grows or changes costs what depends on it, and has the tables that it has from nothing."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from growing_study import (
    OUTCOME,
    THEMES,
    add_interviews,
    as_from_nothing,
    kept,
    outcome,
    tags,
    tags_from_nothing,
)

from feedback import pipeline
from feedback.embed import student
from feedback.intake import remove
from feedback.pipeline import factored, hearing, run, tagged
from feedback.pipeline.remembered import forget
from feedback.pipeline.stages import Context
from feedback.pipeline.streamed import KEPT
from feedback.project import Project
from feedback.tagging import streaming
from feedback.tagging.meaning import prevalence


@pytest.fixture(scope="module", autouse=True)
def everything_is_large() -> Iterator[None]:
    """A study of ten segments counts as large: each interview is a shard, and the student is thought of."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pipeline, "Context", partial(Context, characters=200))
        patch.setattr(factored, "AS_A_WHOLE", 10)
        patch.setattr(factored, "SAID", 10)
        patch.setattr(streaming, "FIT_ON", 20)
        # A student of a dozen sentences is worth little, and is used all the same.
        patch.setattr(student, "LEAST_COSINE", -1.0)
        patch.setattr(student, "LEAST_NEIGHBOURS", 0.0)
        yield


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = Project.create(tmp_path_factory.mktemp("one") / "study", themes=THEMES)
    (made.path / "feedback.yaml").write_text(
        "consent: internal\nstudent_above: 10\ndeidentify: {recognise_names: false}\n"
    )
    add_interviews(made, range(6))
    with pytest.warns(UserWarning, match="student"):
        list(run(made))
    return made.path


@pytest.fixture
def project(made: Path, tmp_path: Path) -> Project:
    """A study that has been run."""
    return Project(shutil.copytree(made, tmp_path / "study"))


@pytest.mark.filterwarnings("ignore:a student of the model")
def test_one_interview_more_has_the_tables_of_all_at_once_and_costs_its_own_words(project: Project) -> None:
    before, known = outcome(project), kept(project)
    add_interviews(project, range(6, 7))
    list(run(project))
    assert outcome(project) == as_from_nothing(project)
    assert all(outcome(project)[name] != before[name] for name in ("segments", "tags/meaning", "members"))
    cut = {name for name in kept(project) if name.startswith("segments-")}
    assert len(cut - known) == 1
    assert len(cut & known) == 6


@pytest.mark.filterwarnings("ignore:a student of the model")
def test_one_interview_more_leaves_what_is_known_of_each_of_the_others(project: Project) -> None:
    add_interviews(project, range(6, 7))  # of fewer leavers no push factors are found
    list(run(project))
    known = kept(project)
    add_interviews(project, range(7, 8))
    list(run(project))
    for name_of in ("segments", "factors told", "factors"):
        now = {name for name in kept(project) if name.rpartition("-")[0] == name_of}
        assert (len(now & known), len(now - known)) == (7, 1), name_of


@pytest.mark.filterwarnings("ignore:a student of the model")
def test_a_changed_theme_has_the_tables_of_a_run_from_nothing(project: Project) -> None:
    before = outcome(project)
    project.save_themes(THEMES.replace("wages", "flooded"))
    list(run(project))
    assert outcome(project) == as_from_nothing(project)
    assert outcome(project)["tags/rules"] != before["tags/rules"]
    assert outcome(project)["segments"] == before["segments"]


@pytest.mark.filterwarnings("ignore:a student of the model")
@pytest.mark.parametrize(
    "changed",
    [
        THEMES.replace("pay, wages", "pay, nobody listened"),
        THEMES.replace("Time at work.", "I drove two hours to the office."),
        THEMES.replace(
            "  hours: {group: Push factors, means: Time at work., phrases: [hours, shifts]}\n", ""
        ),
        THEMES + "  roads: {group: Push factors, means: The way to work., phrases: [road, drove]}\n",
    ],
    ids=["a phrase", "a meaning that somebody said word for word", "one theme less", "one theme more"],
)
def test_another_theme_list_has_the_tables_of_a_run_from_nothing(project: Project, changed: str) -> None:
    project.save_themes(changed)
    list(run(project))
    assert outcome(project) == as_from_nothing(project)


@pytest.mark.filterwarnings("ignore:a student of the model")
@pytest.mark.parametrize("reader", ["student_above: 10", "student_above: 0"], ids=["a student", "the model"])
def test_themes_are_changed_one_after_the_other_without_going_through_the_study_again(
    project: Project, monkeypatch: pytest.MonkeyPatch, reader: str
) -> None:
    settings = project.path / "feedback.yaml"
    settings.write_text(settings.read_text().replace("student_above: 10", reader))
    monkeypatch.setattr(streaming, "FIT_ON", 1_000 if reader.endswith(" 0") else 20)
    list(run(project))
    themes = [
        THEMES.replace("wages", "flooded"),
        THEMES.replace("Money.,", "Money., counter_examples: [I was paid well.],"),
        THEMES.replace("Time at work.", "Time. The road was flooded."),
        THEMES,
    ]
    for changed in themes:
        project.save_themes(changed)
        with monkeypatch.context() as at_once:
            at_once.setattr(tagged, "by_shard", None)
            list(run(project, until="meaning"))
        assert tags(project) == tags_from_nothing(project)


@pytest.mark.filterwarnings("ignore:a student of the model")
def test_an_interview_more_after_a_changed_theme_is_tagged_alone(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = project.path / "feedback.yaml"
    # Where so few are read by a student, each interview more makes another one of it.
    settings.write_text(settings.read_text().replace("student_above: 10", "student_above: 0"))
    list(run(project))
    project.save_themes(THEMES.replace("wages", "flooded"))
    list(run(project))
    add_interviews(project, range(6, 7))
    asked: list[str] = []

    def tag(tagging: tagged.Tagging, said: tagged.Said) -> dict[str, pa.Table]:
        asked.extend(said.segments["document_id"].unique().to_pylist())
        return own(tagging, said)

    own = tagged.tag
    monkeypatch.setattr(tagged, "tag", tag)
    list(run(project, until="rules"))
    assert asked == ["d007"]
    list(run(project))
    assert tags(project) == tags_from_nothing(project)
    project.save_themes(THEMES)
    list(run(project))
    assert tags(project) == tags_from_nothing(project)


@pytest.mark.filterwarnings("ignore:a student of the model")
def test_vectors_that_are_kept_are_made_once_and_change_no_table(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard = {name for name in kept(project) if name.startswith("meaning heard-")}
    assert len(heard) == 6
    project.save_themes(THEMES.replace("wages", "flooded"))
    list(run(project))
    assert heard <= kept(project)
    monkeypatch.setattr(hearing, "MOST_KEPT", 0)
    assert outcome(project) == as_from_nothing(project)


@pytest.mark.filterwarnings("ignore:a student of the model")
def test_nearness_from_kept_vectors_has_the_bits_of_nearness_made_anew(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[tuple[str, bytes]] = []
    own = prevalence.heard_together

    def heard_together(near: Any, vectors: Any) -> Any:
        heard.append((str(near.dtype), near.tobytes() + vectors.tobytes()))
        return own(near, vectors)

    monkeypatch.setattr(prevalence, "heard_together", heard_together)
    project.save_themes(THEMES.replace("wages", "flooded"))
    list(run(project))
    monkeypatch.setattr(hearing, "MOST_KEPT", 0)
    as_from_nothing(project)
    assert len(heard) == 2
    assert heard[0] == heard[1]


@pytest.mark.filterwarnings("ignore:a student of the model")
def test_an_interview_that_is_taken_out_leaves_nothing_behind(project: Project) -> None:
    known = kept(project)
    remove(project, ["d003"])
    list(run(project))
    assert outcome(project) == as_from_nothing(project)
    assert "d003" not in set(project.table("segments")["document_id"])
    assert len({name for name in kept(project) & known if name.startswith("segments-")}) == 5
    forget(project)
    assert not (project.path / "private" / KEPT).exists()


@pytest.mark.filterwarnings("ignore:a student of the model")
def test_what_is_kept_may_be_damaged_and_is_sealed_in_a_locked_project(project: Project) -> None:
    before = outcome(project)
    for file in (project.path / "private" / KEPT).iterdir():
        file.write_bytes(file.read_bytes()[:-7])
    for name in OUTCOME:
        (project.path / "tables" / f"{name}.parquet").unlink()
    project.keys.seal_all("open sesame", lambda name: {})
    locked = Project(project.path, passphrase="open sesame")
    list(run(locked))
    assert outcome(locked) == before
    assert {f"{KEPT}/{name}" for name in kept(locked)} <= set(locked.keys.files(sealed=True))


def test_another_embedder_makes_the_tags_by_phrases_due_as_well(tmp_path: Path) -> None:
    # Whose reason it is and on which side are read off the vectors, whoever found the words.
    made = Project.create(tmp_path / "study", themes=THEMES)
    settings = made.path / "feedback.yaml"
    settings.write_text("consent: internal\nembedder: lsa\ndeidentify: {recognise_names: false}\n")
    add_interviews(made, range(4))
    list(run(made))
    settings.write_text(settings.read_text().replace("lsa", "minilm"))
    assert "rules" in {stage.name for stage in pipeline.stale(Project(made.path))}

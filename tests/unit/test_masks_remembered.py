"""A project knows what masking found in its documents: sealed where it is locked, gone with the document."""

from __future__ import annotations

from pathlib import Path

import pytest

from feedback.edits.study.together import Found
from feedback.intake import add, remove
from feedback.model import Document, Turn
from feedback.pipeline import run
from feedback.pipeline.remembered import MASKS, Masks
from feedback.project import Project

TEXTS = ("Priya Shah, my manager, was kind.", "I told Zzyrka Tranmer so.", "Nobody asked Mr Lowther.")


def interview(at: int, text: str) -> Document:
    return Document("d001", "interview", "txt", text, (Turn(0, len(text)),), f"{at}.txt", sha256=str(at))


@pytest.fixture
def project(tmp_path: Path) -> Project:
    made = Project.create(tmp_path / "p", themes="themes: {}\n")
    (made.path / "feedback.yaml").write_text("deidentify:\n  recognise_names: false\n")
    for at, text in enumerate(TEXTS[:2]):
        add(made, [interview(at, text)])
    return made


def files(project: Project) -> list[Path]:
    return sorted((project.path / "private" / MASKS).iterdir())


def known(project: Project) -> int:
    return len(Masks(project))


def test_there_is_one_file_and_in_a_locked_project_nobody_can_read_it(project: Project) -> None:
    project.keys.seal_all("open sesame", lambda name: {})
    locked = Project(project.path, passphrase="open sesame")
    list(run(locked, until="deidentify"))
    (one,) = files(locked)
    assert one.stat().st_mode & 0o077 == 0
    assert f"{MASKS}/{one.name}" in locked.keys.files(sealed=True)
    assert known(locked) == 2 * len(TEXTS[:2])


def test_what_was_found_in_a_document_goes_with_it(project: Project) -> None:
    list(run(project, until="deidentify"))
    before = files(project)
    remove(project, ["d002"])
    list(run(project, until="deidentify"))
    assert files(project) != before
    assert len(files(project)) == 1
    assert known(project) == 2


def test_a_damaged_file_is_as_good_as_none(project: Project) -> None:
    list(run(project, until="deidentify"))
    whole = project.table("edits")
    (one,) = files(project)
    one.write_bytes(one.read_bytes()[:-9])
    add(project, [interview(2, TEXTS[2])])
    list(run(project, until="deidentify"))
    assert project.table("edits").iloc[: len(whole)].equals(whole)
    assert files(project) != [one]
    assert known(project) == 2 * len(TEXTS)


def test_what_was_found_before_a_run_was_broken_off_is_known_to_the_next(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("feedback.pipeline.remembered.SAVED_AT_ONCE", 1)
    monkeypatch.setattr("feedback.edits.study.together.find_names", broken_off)
    with pytest.raises(KeyboardInterrupt):
        list(run(project, until="deidentify"))
    assert known(project) == len(TEXTS[:2])


def broken_off(*_: object, **__: object) -> Found:
    raise KeyboardInterrupt

"""A study that grows: its interviews, a run of it from nothing, and its tables to lay beside each other."""

from __future__ import annotations

import shutil
from pathlib import Path

import pandas as pd
import pytest

from feedback.intake import add
from feedback.pipeline import run
from feedback.pipeline.streamed import KEPT
from feedback.project import Project
from feedback.readers import read_bytes

THEMES = (
    "themes:\n  pay: {group: Push factors, means: Money., phrases: [pay, wages]}\n"
    "  hours: {group: Push factors, means: Time at work., phrases: [hours, shifts]}\n"
)
SAID = (
    "The pay was low, and nobody listened.",
    "I drove two hours to the office. The road was flooded each winter.",
    "My supervisor shouted at everybody in the room.",
    "The computer system lost all of my work.",
    "I never saw my children, the shifts were so long.",
)
OUTCOME = ("segments", "tags/rules", "tags/meaning", "factors", "members", "dropped/factors", "quotes")


def talk(at: int) -> str:
    turns = [
        f"Interviewer: Why did you leave?\nP: {SAID[at % 5]} {SAID[(at + 2) % 5]} That was in my year {at}.",
        f"Interviewer: And what else?\nP: Well, {SAID[(3 * at + 1) % 5].lower()} I told number {at} so.",
    ]
    return "\n".join(turns) + "\n"


def add_interviews(project: Project, numbers: range) -> None:
    people = pd.DataFrame(
        {
            "case_id": [f"P{at}" for at in numbers],
            "leaver": ["no" if at % 3 == 2 else "yes" for at in numbers],
            "consent": "internal",
        }
    )
    read = [read_bytes(talk(at).encode(), f"P{at}.txt", document_id="d001")[0] for at in numbers]
    for document in read:
        add(project, [document])
    add(project, [], people=people)


def as_from_nothing(project: Project) -> dict[str, str]:
    """What a run makes of the same study that knows nothing of any run before."""
    folder = project.path.with_name("nothing")
    shutil.copytree(project.path, folder)
    for known in (KEPT, "vectors", "found"):
        shutil.rmtree(folder / "private" / known, ignore_errors=True)
    for name in OUTCOME:
        (folder / "tables" / f"{name}.parquet").unlink()
    with pytest.warns(UserWarning, match="student"):
        list(run(Project(folder)))
    return outcome(Project(folder))


def tags(project: Project) -> list[str]:
    return [project.content(f"tags/{coder}") for coder in ("rules", "meaning")]


def tags_from_nothing(project: Project) -> list[str]:
    """As `as_from_nothing`, tags alone."""
    folder = Path(shutil.copytree(project.path, project.path.with_name("nothing"), dirs_exist_ok=True))
    for known in (KEPT, "vectors", "found"):
        shutil.rmtree(folder / "private" / known, ignore_errors=True)
    for name in ("tags/rules", "tags/meaning"):
        (folder / "tables" / f"{name}.parquet").unlink()
    list(run(Project(folder), until="meaning"))
    return tags(Project(folder))


def outcome(project: Project) -> dict[str, str]:
    return {name: project.content(name) for name in OUTCOME}


def kept(project: Project) -> set[str]:
    return {file.name for file in (project.path / "private" / KEPT).iterdir()}

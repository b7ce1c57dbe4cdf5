"""Killed at any moment, nothing is torn, lost or left over, and the same command ends in the same bytes.

A few kills of each kind here; kill_measure.py makes hundreds.
"""

import os
import shutil

import pytest
from killing import SETTINGS, killed_often, made_of, whole
from killing_jobs import JOBS

from feedback.pipeline import run
from feedback.project import Project

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs processes that can be killed")
SOME = ("add a survey", "run: another theme list", "deidentify --review")


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    return made_of(tmp_path_factory.mktemp("killed"))


@pytest.mark.parametrize("job", [job for job in JOBS if job.name in SOME], ids=lambda job: job.name)
def test_a_command_that_was_killed_ends_the_same_when_it_is_given_again(base, job):
    kept = killed_often(job, base, times=2, seed=1)
    assert not kept.torn
    assert not kept.unequal
    assert not kept.leftovers
    assert not kept.lost


def test_what_is_remembered_between_runs_may_be_torn_or_lost_and_changes_nothing(base, tmp_path):
    study = shutil.copytree(base, tmp_path / "study")
    (study / "feedback.yaml").write_text(SETTINGS % "true", encoding="utf-8")
    list(run(Project(study)))
    wanted, memory = whole(study), sorted((study / "private" / "vectors").glob("*.bin"))
    assert [file.name for file in memory] == ["names.bin", "tags.bin"]
    for spoil in (lambda data: data[: len(data) // 2], lambda data: bytes(len(data))):
        for file in memory:
            file.write_bytes(spoil(file.read_bytes()))
        for name in ("edits", "segments", "tags/rules", "tags/meaning"):
            Project(study).file(name).unlink()
        list(run(Project(study)))
        assert whole(study) == wanted

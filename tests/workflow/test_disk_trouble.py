"""A full disk, a folder that is read-only or goes away, two at once: said clearly, nothing lost."""

import os
import resource
import shutil
import subprocess
import sys

import pytest
from killing import made_of, whole

from feedback.disk import LEFTOVER
from feedback.errors import FeedbackError
from feedback.leaving.publish import refresh_report
from feedback.pipeline import run
from feedback.project import Project

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="made for systems with quotas and mounts")
RUN = f"{sys.executable} -m feedback run -q -p"


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    return made_of(tmp_path_factory.mktemp("disk"))


@pytest.fixture(scope="module")
def finished(base, tmp_path_factory):
    """What a run that nothing disturbed ends in."""
    folder = tmp_path_factory.mktemp("finished") / "study"
    shutil.copytree(base, folder)
    list(run(Project(folder)))
    return tables(folder)


@pytest.fixture
def study(base, tmp_path):
    folder = tmp_path / "study"
    shutil.copytree(base, folder)
    return folder


def tables(folder):
    return {name: state for name, state in whole(folder).items() if not name.startswith("reports/")}


def can_mount():
    if not shutil.which("unshare"):
        return False
    asked = ["unshare", "-rm", "sh", "-c", "mount -t tmpfs none /mnt"]
    return subprocess.run(asked, capture_output=True, check=False).returncode == 0


def in_shell(script):
    """A script in a mount namespace of its own."""
    return subprocess.run(
        ["unshare", "-rm", "sh", "-c", script], capture_output=True, text=True, check=False, timeout=300
    )


@pytest.mark.skipif(not can_mount(), reason="needs a disk of its own")
def test_a_full_disk_is_said_and_the_run_goes_on_once_there_is_room(study, tmp_path, finished):
    disk = tmp_path / "disk"
    disk.mkdir()
    room = sum(one.stat().st_size // 4096 * 4 + 8 for one in study.rglob("*")) + 16
    ran = in_shell(
        f"mount -t tmpfs -o size={room}k none {disk} && cp -r {study} {disk}/study && {RUN} {disk}/study; "
        f"echo first $?; find {disk} -name '*{LEFTOVER}'; mount -o remount,size=50m {disk}; "
        f"{RUN} {disk}/study >/dev/null; echo second $?; rm -r {study}; cp -r {disk}/study {study}"
    )
    assert "the disk is full" in ran.stderr
    assert "goes on from there" in ran.stderr
    assert "Traceback" not in ran.stderr
    assert ran.stdout.split("\n")[:2] == ["first 1", "second 0"]
    assert tables(study) == finished


def test_a_file_larger_than_allowed_is_said(study):
    ran = subprocess.run(
        [*RUN.split(), str(study)], capture_output=True, text=True, check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (3_000, 3_000)),
    )  # fmt: skip
    assert ran.returncode == 1
    assert "takes no file so large" in ran.stderr
    assert "Traceback" not in ran.stderr
    assert not list(study.rglob(f"*{LEFTOVER}"))


@pytest.mark.skipif(not can_mount(), reason="needs a folder that may not be written to")
def test_a_folder_that_may_not_be_written_to_is_said(study):
    ran = in_shell(f"mount --bind {study} {study} && mount -o remount,ro,bind {study} && {RUN} {study}")
    assert ran.returncode == 1
    assert "may not be written" in ran.stderr
    assert "Traceback" not in ran.stderr


@pytest.mark.skipif(not can_mount(), reason="needs a folder that may not be written to")
def test_a_finished_project_that_may_not_be_written_to_shows_what_is_there_and_says_so(study):
    list(run(Project(study)))
    refresh_report(Project(study))
    verbs = ("status", "run", "quotes", "tag", "factors", "themes check")
    each = "; ".join(f"{sys.executable} -m feedback {verb} -p {study}; echo {verb}: $?" for verb in verbs)
    ran = in_shell(f"mount --bind {study} {study} && mount -o remount,ro,bind {study} && {{ {each}; }}")
    assert [f"{verb}: 0" in ran.stdout for verb in verbs] == [True] * len(verbs), ran.stderr
    assert "Nothing to do: everything is up to date." in ran.stdout
    assert "may not be written to; it is up to date" in ran.stderr
    assert "Traceback" not in ran.stderr


def test_a_project_that_goes_away_in_the_middle_is_not_begun_anew_in_its_place(study, finished):
    away = study.with_name("elsewhere")
    going = run(Project(study))
    while next(going).name != "segments":
        pass
    study.rename(away)
    with pytest.raises(FeedbackError, match=r"is not there|cannot be opened: No such file"):
        list(going)
    assert not study.exists()
    away.rename(study)
    list(run(Project(study)))
    assert tables(study) == finished


def test_of_two_at_once_the_second_is_told_to_wait_and_neither_spoils_anything(study, finished):
    first = run(Project(study))
    next(first)
    done = subprocess.run([*RUN.split(), str(study)], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "another feedback is at work" in done.stderr
    assert Project(study).is_in_use()
    list(first)
    assert not Project(study).is_in_use()
    assert tables(study) == finished

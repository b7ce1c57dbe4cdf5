"""A run in several processes gives the same bytes as in one, and one that was broken off goes on."""

import os
import shutil
import signal
import subprocess
import sys
import time

import pytest

from feedback import sealing
from feedback.disk import LEFTOVER
from feedback.intake import add
from feedback.pipeline import streamed
from feedback.pipeline.stretches import Shard
from feedback.project import Project
from feedback.readers import read_bytes

pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs processes that can be killed")
THEMES = "themes:\n  pay: {label: Pay, means: Money and pay., phrases: [pay, salary]}\n"
SHARD = 1_500  # characters
# The command with small shards, so that a small survey has many.
RUN = (
    # Tests that are run in the background hand down a Ctrl-C that is not heard.
    "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); "
    "import feedback.pipeline.stages as stages; stages.CHARACTERS = {size}; "
    "from dataclasses import fields; "
    "stages.Context.__init__.__kwdefaults__['characters'] = {size}; "
    "from feedback.cli import main; main({arguments!r})"
)


def survey(number):
    rows = (
        f'R{n},"The pay in {1900 + n} was low, and nobody listened. {"I left my job. " * (n % 5)}"\n'
        for n in range(number)
    )
    return ("id,Why did you leave?\n" + "".join(rows)).encode()


@pytest.fixture(scope="module")
def begun(tmp_path_factory):
    """A project with a survey in it, not run yet."""
    made = Project.create(tmp_path_factory.mktemp("jobs") / "study", themes=THEMES)
    add(made, [read_bytes(survey(150), "survey.csv", document_id="d001")[0]])
    file = made.path / "feedback.yaml"
    file.write_text(file.read_text() + "deidentify: {recognise_names: false}\n")
    made.keys.secret()
    return made


def copied(project, folder):
    shutil.copytree(project.path, folder)
    return Project(folder)


def started(project, *options):
    arguments = ["run", "-p", str(project.path), *options]
    code = RUN.format(size=SHARD, arguments=arguments)
    return subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        start_new_session=True,
    )  # fmt: skip


def finished(project, *options):
    process = started(project, *options)
    told = process.communicate(timeout=300)
    assert process.returncode == 0, told
    return tables_of(project)


def tables_of(project):
    files = [*(project.path / "tables").rglob("*.parquet"), *(project.path / "private").glob("*.parquet")]
    return {file.relative_to(project.path).as_posix(): file.read_bytes() for file in sorted(files)}


@pytest.fixture(scope="module")
def in_one(begun, tmp_path_factory):
    """What a run in one process makes of it."""
    return finished(copied(begun, tmp_path_factory.mktemp("one") / "study"))


def work_of(project):
    folder = project.path / "private" / streamed.KEPT
    return sorted(folder.glob("*.arrow")) if folder.exists() else []


def wait_for_work(project, process, number=2):
    until = time.monotonic() + 200
    while len(work_of(project)) < number:
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < until
        time.sleep(0.002)


def test_two_processes_make_the_same_bytes_as_one(begun, in_one, tmp_path):
    assert finished(copied(begun, tmp_path / "study"), "--jobs", "2") == in_one


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_run_that_was_killed_goes_on_and_ends_in_the_same_bytes(begun, in_one, tmp_path, jobs):
    project = copied(begun, tmp_path / "study")
    process = started(project, "--jobs", jobs)
    wait_for_work(project, process)
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()
    kept = {file.name: file.stat().st_mtime_ns for file in work_of(project)}
    assert kept
    assert finished(project, "--jobs", jobs) == in_one
    assert not (project.path / "private" / streamed.WORK).exists()
    assert not list(project.path.rglob(f"*{LEFTOVER}"))


def test_a_run_that_is_stopped_says_how_to_go_on_and_leaves_no_process(begun, in_one, tmp_path):
    project = copied(begun, tmp_path / "study")
    process = started(project, "--jobs", "2")
    wait_for_work(project, process)
    os.killpg(process.pid, signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "Stopped." in errors and "Traceback" not in errors
    with pytest.raises(ProcessLookupError):
        while True:
            os.killpg(process.pid, 0)
            time.sleep(0.05)
    assert finished(project) == in_one


@pytest.mark.parametrize(("folder", "content"), [(streamed.KEPT, "of the words"), (streamed.WORK, "")])
def test_what_a_locked_project_keeps_on_the_way_is_sealed(begun, tmp_path, folder, content):
    project = copied(begun, tmp_path / "study")
    Project(project.path).keys.seal_all("open sesame, please", lambda name: {})
    locked = Project(project.path, passphrase="open sesame, please")
    kept = streamed.Kept(locked, "segments", {"made": "from"}, lasting="the rules")
    task = streamed.Task(Shard(()), dict, content)
    import pyarrow as pa

    kept.keep(task, {"segments": pa.table({"text": ["Ann said so"]})})
    (file,) = (project.path / "private" / folder).glob("*.arrow")
    assert file.read_bytes().startswith(sealing.MAGIC)
    assert b"Ann said so" not in file.read_bytes()
    assert kept.find(task)["segments"]["text"].to_pylist() == ["Ann said so"]
    assert streamed.Kept(locked, "segments", {"made": "from else"}, lasting="others").find(task) is None

"""Killed at any moment, de-identifying leaves whole tables, and a review loses no decision that was given."""

import os
import random
import signal
import subprocess
import sys
import time

import pytest

from feedback.disk import LEFTOVER
from feedback.intake import add
from feedback.pipeline import run
from feedback.project import Project
from feedback.readers import read_bytes

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs processes that can be killed")
THEMES = "themes:\n  pay: {means: Money., phrases: [pay]}\n"
ORDINALS = ("first", "second", "third", "fourth", "fifth")
TALK = "".join(
    f"Ann: Somehow Brandreth came to the {word} office.\n"
    f"Ann: In the {word} year I was the only male deputy head in the county, and the {word} to leave.\n"
    for word in ORDINALS
)
TIMES = 30
STAGE = ("private/numbers", "private/pseudonyms", "flags", "edits")


@pytest.fixture
def project(tmp_path):
    made = Project.create(tmp_path / "study", themes=THEMES)
    settings(made, "")
    add(
        made,
        [read_bytes(f"{TALK}Ann: Bye {n}.\n".encode(), f"{n}.txt", document_id="d001")[0] for n in range(4)],
    )
    return made


def settings(project, names):
    (project.path / "feedback.yaml").write_text(
        f"deidentify:\n  recognise_names: false\n  names: [{names}]\n", encoding="utf-8"
    )


def contents(project):
    return {name: project.content(name) for name in STAGE}


def killed(act, after):
    """Runs `act` in a process and kills it `after` so many seconds; whether it was still at work."""
    child = os.fork()
    if child == 0:
        try:
            act()
        finally:
            os._exit(0)
    time.sleep(after)
    os.kill(child, signal.SIGKILL)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


def test_a_stage_killed_at_random_moments_leaves_each_table_whole(project):
    states, took = {}, 0.0
    for names in ("", "Brandreth"):
        settings(project, names)
        begun = time.monotonic()
        list(run(project, until="deidentify"))
        took = time.monotonic() - begun
        states[names] = contents(project)
    assert states[""] != states["Brandreth"]
    moments, broken_off = random.Random(4), 0
    for turn in range(TIMES):
        settings(project, "" if turn % 2 else "Brandreth ")
        broken_off += killed(lambda: list(run(project, until="deidentify")), moments.uniform(0, took))
        for name in STAGE:
            project.table(name)
            assert project.content(name) in {state[name] for state in states.values()}, f"{name}, turn {turn}"
    assert broken_off >= TIMES // 3, "too few were killed at work for this to prove anything"
    settings(project, "Brandreth")
    list(run(project, until="deidentify"))
    assert contents(project) == states["Brandreth"]
    assert not list(project.path.rglob(f"*{LEFTOVER}"))


def test_a_review_killed_between_two_decisions_has_kept_the_first(project):
    list(run(project, until="deidentify"))
    asking = subprocess.Popen(
        [sys.executable, "-m", "feedback", "deidentify", "--review", "-p", str(project.path)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, bufsize=1,
    )  # fmt: skip
    assert asking.stdin
    assert asking.stdout
    for asked in range(3):
        while not asking.stdout.readline().startswith(f"[{asked + 1} of"):
            assert asking.poll() is None
        if asked < 2:
            asking.stdin.write("k\n")
    asking.kill()
    asking.communicate()
    assert list(Project(project.path).table("private/decisions")["act"]) == ["keep", "keep"]

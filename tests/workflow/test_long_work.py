"""Long work shows itself on a terminal, is quiet elsewhere, stops cleanly, and is planned beforehand."""

import contextlib
import os
import pty
import re
import shutil
import signal
import subprocess
import sys
import time

import pytest
from killing import OTHER_THEMES, SETTINGS, made_of, whole

from feedback.cli.output import progress
from feedback.disk import LEFTOVER
from feedback.pipeline import run
from feedback.pipeline.planned import plan
from feedback.project import Project

pytestmark = pytest.mark.skipif(os.name != "posix", reason="needs a pseudo-terminal")


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    study = made_of(tmp_path_factory.mktemp("long"))
    (study / "feedback.yaml").write_text(SETTINGS % "true", encoding="utf-8")
    return study


@pytest.fixture
def study(base, tmp_path):
    return shutil.copytree(base, tmp_path / "study")


def on_terminal(study, *, stop_at=None):
    """Exit code and what a terminal was shown of a run; Ctrl-C is pressed when `stop_at` is on it."""
    child, screen = pty.fork()
    if child == 0:
        os.environ["TERM"] = "xterm"
        # Tests that are run in the background hand down a Ctrl-C that is not heard.
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        os.execv(sys.executable, [sys.executable, "-m", "feedback", "run", "-p", str(study)])
    shown, pressed, begun = "", False, time.monotonic()
    while time.monotonic() - begun < 300:
        try:
            shown += os.read(screen, 4096).decode("utf-8", "replace")
        except OSError:
            break
        if stop_at and not pressed and re.search(stop_at, shown):
            os.write(screen, b"\x03")
            pressed = True
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), shown


# Interrupted while it builds a class, Python ends with the signal itself: a shell shows both as 130.
STOPPED = (130, -signal.SIGINT)


def test_ctrl_c_stops_cleanly_says_how_to_go_on_and_the_same_command_does(study, tmp_path):
    twin = shutil.copytree(study, tmp_path / "twin")
    code, shown = on_terminal(study, stop_at="tidying and masking.*%")
    assert code in STOPPED, shown
    assert "Stopped. What was finished is saved; the same command goes on from there." in shown
    assert "Traceback" not in shown
    assert not list(study.rglob(f"*{LEFTOVER}"))
    assert not Project(study).is_in_use()
    for folder in (study, twin):
        list(run(Project(folder)))
    assert whole(study) == whole(twin)


@pytest.fixture
def ctrl_c_is_python_s():
    """Tests that are run in the background hand down a Ctrl-C that is not heard."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("ctrl_c_is_python_s")
def test_a_ctrl_c_that_a_library_loses_is_heard_at_the_next_step():
    with pytest.raises(KeyboardInterrupt), progress() as bar:
        told = bar("working")
        with contextlib.suppress(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
        told(1, 2)
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


@pytest.mark.usefixtures("ctrl_c_is_python_s")
def test_a_ctrl_c_that_is_lost_in_the_last_step_is_heard_at_the_end():
    with pytest.raises(KeyboardInterrupt), progress(), contextlib.suppress(KeyboardInterrupt):
        signal.raise_signal(signal.SIGINT)


def test_work_is_shown_on_a_terminal_and_nowhere_else(study, tmp_path):
    twin = shutil.copytree(study, tmp_path / "twin")
    quiet = subprocess.run(
        [sys.executable, "-m", "feedback", "run", "-p", str(study)],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "\x1b" not in quiet.stderr + quiet.stdout
    assert "%" not in quiet.stderr
    code, shown = on_terminal(twin)
    assert code == 0
    assert re.search("\x1b.*tidying and masking.*%", shown)


def test_a_plan_says_what_is_stale_and_why(study):
    project = Project(study)
    assert {one.because for one in plan(project) if one.stale} == {("not done yet",)}
    list(run(project))
    assert not any(one.stale or one.seconds for one in plan(Project(study)))
    (study / "themes.yaml").write_text(OTHER_THEMES, encoding="utf-8")
    changed = {one.stage: one for one in plan(Project(study))}
    assert changed["rules"].because == ("the theme list changed",)
    assert changed["rules"].seconds > 0
    assert changed["deidentify"].state == "up to date"
    (study / "themes.yaml").write_text(OTHER_THEMES.replace("Money", "Coins"), encoding="utf-8")
    (study / "feedback.yaml").write_text(SETTINGS % "true" + "unit: turn\n", encoding="utf-8")
    again = {one.stage: one for one in plan(Project(study))}
    assert again["segments"].because == ("the setting unit changed",)
    assert again["quotes"].state in ("to do", "may follow")


def test_a_project_is_found_from_a_folder_inside_it(study, feedback):
    inside = study / "notes" / "of mine"
    inside.mkdir(parents=True)
    assert feedback("status", "--json", cwd=inside).json["counts"]["documents"] == 6
    outside = feedback("status", cwd=study.parent)
    assert outside.code == 1
    assert "is not a feedback project" in outside.err

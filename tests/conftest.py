"""What many tests share: the demo, made once, offline; and a way to run the command line."""

import json
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
OFFLINE = ROOT / "tests" / "offline.py"


@dataclass(frozen=True)
class Ran:
    """What a command did."""

    code: int
    out: str
    err: str

    @property
    def json(self):
        return json.loads(self.out)


def run_feedback(*arguments, cwd=None, cut_off=False) -> Ran:
    """Runs `feedback ARGUMENTS` in a process of its own, where any connection ends it with code 97.

    cut_off: in a network namespace that has no network at all, where the machine lets us make one.
    """
    command = [sys.executable, str(OFFLINE), *map(str, arguments)]
    if cut_off and can_be_cut_off():
        command = ["unshare", "-rn", *command]
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, encoding="utf-8", check=False)
    assert "Traceback" not in done.stderr, done.stderr
    return Ran(done.returncode, done.stdout, done.stderr)


def can_be_cut_off() -> bool:
    """Whether a process without any network can be made here (Linux, user namespaces allowed)."""
    if not shutil.which("unshare"):
        return False
    return subprocess.run(["unshare", "-rn", "true"], capture_output=True, check=False).returncode == 0


@pytest.fixture(scope="session")
def feedback():
    """Runs `feedback ARGUMENTS`: feedback("status", "-p", folder)."""
    return run_feedback


@pytest.fixture(scope="session")
def demo(tmp_path_factory):
    """The demo's project, made once a session, with what the command printed as `.ran`; do not change it."""
    folder = tmp_path_factory.mktemp("demo") / "leavers-demo"
    ran = run_feedback("demo", folder)
    assert ran.code == 0, ran.err
    return Demo(folder, ran)


@dataclass(frozen=True)
class Demo:
    """A finished demo project."""

    folder: Path
    ran: Ran


@pytest.fixture
def demo_copy(demo, tmp_path):
    """A copy of the demo's project that a test may change."""
    folder = tmp_path / "copy"
    shutil.copytree(demo.folder, folder)
    return folder

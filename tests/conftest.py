"""What many tests share: the demo, made once, offline; and a way to run the command line."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).resolve().parents[1]
OFFLINE = ROOT / "tests" / "offline.py"
DEMO = "leavers-demo"
# A file goes to one worker whole, so those that take longest are begun first; the second does not need the
# demo, which the first one makes.
LONG = (
    "test_guide.py", "test_run_jobs.py", "test_run_cluster.py", "test_main_job.py", "test_canaries.py",
    "test_long_work.py", "test_killed.py", "test_disk_trouble.py", "test_deidentify_killed.py",
    "test_hostile.py", "test_doctor.py", "test_verify_command.py", "test_factors_quality.py",
    "test_passages.py",
)  # fmt: skip

# How long an example takes says more about what else the machine does than about the product. The examples
# are the same in every run; `pytest --hypothesis-profile explore` looks at others.
settings.register_profile(
    "same", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("explore", settings.get_profile("same"), derandomize=False)
settings.load_profile("same")


def pytest_collection_modifyitems(items):
    rank = {name: at for at, name in enumerate(LONG)}
    items.sort(key=lambda item: rank.get(item.path.name, len(LONG)))


@dataclass(frozen=True)
class Ran:
    """What a command did."""

    code: int
    out: str
    err: str

    @property
    def json(self):
        return json.loads(self.out)


def run_feedback(*arguments, cwd=None, cut_off=False, alone=False) -> Ran:
    """Runs `feedback ARGUMENTS` in a process of its own, where any connection ends it with code 97.

    The process is forked from one that has loaded the packages already; `alone`: it is begun from nothing.
    cut_off: alone, and in a network namespace that has no network at all, where the machine lets us make one.
    """
    words = [str(word) for word in arguments]
    ran = _begun(words, cwd, cut_off) if alone or cut_off or not hasattr(os, "fork") else _forked(words, cwd)
    assert "Traceback" not in ran.err, ran.err
    return ran


def _begun(words, cwd, cut_off) -> Ran:
    command = [sys.executable, str(OFFLINE), *words]
    if cut_off and can_be_cut_off():
        command = ["unshare", "-rn", *command]
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, encoding="utf-8", check=False)
    return Ran(done.returncode, done.stdout, done.stderr)


def _forked(words, cwd) -> Ran:
    server = _server()
    with tempfile.TemporaryDirectory() as folder:
        told = {name: str(Path(folder) / name) for name in ("out", "err")}
        order = {"words": words, "cwd": str(cwd or Path.cwd()), "environment": dict(os.environ), **told}
        server.stdin.write(json.dumps(order) + "\n")
        server.stdin.flush()
        code = int(server.stdout.readline())
        out, err = (Path(told[name]).read_text(encoding="utf-8") for name in ("out", "err"))
    return Ran(code, out, err)


@cache
def _server() -> subprocess.Popen:
    """The process that children are forked from; it ends with this one, which its orders come from."""
    return subprocess.Popen(
        [sys.executable, str(OFFLINE), "--orders"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8",
    )  # fmt: skip


def can_be_cut_off() -> bool:
    """Whether a process without any network can be made here (Linux, user namespaces allowed)."""
    if not shutil.which("unshare"):
        return False
    return subprocess.run(["unshare", "-rn", "true"], capture_output=True, check=False).returncode == 0


@pytest.fixture(scope="session")
def feedback():
    """Runs `feedback ARGUMENTS`: feedback("status", "-p", folder)."""
    yield run_feedback
    if _server.cache_info().currsize:
        _server().communicate()
        _server.cache_clear()


@pytest.fixture(scope="session")
def demo(tmp_path_factory):
    """The demo's project, made once a session where there is no network at all; do not change it.

    `.ran` is what `feedback demo leavers-demo` printed in the folder above it. Workers share what one of them
    made, each in a copy, since of two at once in a project the second is told to wait.
    """
    folder = tmp_path_factory.getbasetemp()
    shared = folder.parent if os.environ.get("PYTEST_XDIST_WORKER") else folder
    told = shared / "demo" / "ran.json"
    with FileLock(shared / "demo.lock"):
        if not told.exists():
            told.parent.mkdir(exist_ok=True)
            ran = run_feedback("demo", DEMO, cwd=told.parent, cut_off=True)
            assert ran.code == 0, ran.err
            told.write_text(json.dumps(asdict(ran)), encoding="utf-8")
    own = shutil.copytree(told.parent / DEMO, folder / "own" / DEMO)
    return Demo(own, Ran(**json.loads(told.read_text(encoding="utf-8"))))


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

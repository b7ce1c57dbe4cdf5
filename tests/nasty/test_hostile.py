# ruff: noqa: E501
"""Hostile and broken files: read right or refused with a remedy; never a traceback, a hang, much memory, or a file."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from nasty_hostile import HOSTILE, Hostile

from feedback.cli.output import plain

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="each file is read in a forked process")

SECONDS, MEGABYTES = 10, 500
PATIENCE = 60  # seconds that a file may take on a busy machine before it counts as a hang
HARMFUL = {
    *map(chr, range(32)),
    "\x7f",
    *"\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069",
} - {"\n"}
CASES = [
    pytest.param(case, id=case.name.encode("ascii", "backslashreplace").decode()[:60]) for case in HOSTILE
]


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict]:
    """All files read, each in its own process, with an empty folder for temporary files; nothing may appear."""
    folder, scratch = tmp_path_factory.mktemp("hostile"), tmp_path_factory.mktemp("scratch")
    for case in HOSTILE:
        (folder / case.name).write_bytes(case.make())
    before = tree(folder)
    here = Path(__file__).parent
    done = subprocess.run(
        [sys.executable, str(here / "hostile_worker.py"), str(folder), str(PATIENCE)],
        env={**os.environ, "TMPDIR": str(scratch), "PYTHONDONTWRITEBYTECODE": "1"},
        cwd=scratch,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    assert tree(folder) == before, "a file was changed or written beside those that were read"
    assert not list(scratch.iterdir()), "something was written to the disk"
    return {result["name"]: result for result in map(json.loads, done.stdout.splitlines())}


def tree(folder: Path) -> list[tuple[str, int, int]]:
    """Every file with its size and time."""
    return sorted((str(p), p.stat().st_size, p.stat().st_mtime_ns) for p in folder.rglob("*"))


@pytest.mark.parametrize("case", CASES)
def test_a_hostile_file_is_read_or_refused_in_words_that_help(
    case: Hostile, results: dict[str, dict]
) -> None:
    result = results[case.name]
    assert result["outcome"] in ("read", "refused"), result
    assert case.outcome in ("either", result["outcome"]), result
    assert not case.never or case.never not in json.dumps(result, ensure_ascii=False)
    if result["outcome"] == "read":
        assert case.holds in result["words"]
        assert result["lost"] == 0
        return
    assert result["hint"], f"no remedy: {result['message']}"
    shown = plain(result["message"])
    assert not HARMFUL & set(shown + plain(result["hint"])), "control characters would reach the terminal"
    assert plain(case.name)[:40] in shown, f"the file is not named: {shown}"


@pytest.mark.parametrize("case", CASES)
def test_a_hostile_file_costs_little_time_and_memory(case: Hostile, results: dict[str, dict]) -> None:
    result = results[case.name]
    assert result["seconds"] < SECONDS
    assert result["megabytes"] < MEGABYTES

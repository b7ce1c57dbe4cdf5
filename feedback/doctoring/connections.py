"""The proof, on this machine, that no connection is opened: a small study under watch."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from typing import Any

from feedback.doctoring import FINE, MEND, Finding

_SECONDS = 600
_REPORT_IT = (
    "use no network until this is explained: say what `feedback doctor --json` prints to who installed it"
)


def no_connection() -> Finding:
    """Whether a study from files to report reached for a network; takes some ten seconds."""
    alone = _alone()
    with tempfile.TemporaryDirectory(prefix="feedback-doctor-") as folder:
        command = [*alone, sys.executable, "-m", "feedback.doctoring.watched", folder]
        try:
            done = subprocess.run(
                [*command, *(["--cut-off"] if alone else [])],
                capture_output=True, text=True, timeout=_SECONDS, check=False,
            )  # fmt: skip
        except subprocess.TimeoutExpired:
            return Finding("connections", MEND, "the small study took longer than ten minutes", _REPORT_IT)
    if done.returncode:
        why = done.stderr.strip().splitlines()[-1:] or ["without a word"]
        return Finding("connections", MEND, f"the small study failed: {why[0]}", "install feedback again")
    return judged(json.loads(done.stdout.splitlines()[-1]))


def _alone() -> list[str]:
    """The command that cuts a process off from every network, where this machine lets us (Linux)."""
    if not shutil.which("unshare"):
        return []
    made = subprocess.run(["unshare", "-rn", "true"], capture_output=True, check=False)
    return [] if made.returncode else ["unshare", "-rn"]


def judged(told: dict[str, Any]) -> Finding:
    """What the watched study told, as a finding."""
    facts = {name: told[name] for name in ("documents", "tried", "sockets", "packets")}
    tried = {name: number for name, number in told["tried"].items() if number}
    if not told["caught"]:
        return Finding("connections", MEND, "the watch does not work with this Python", _REPORT_IT, facts)
    if tried or told["packets"]:
        said = [f"{number} x {name}" for name, number in sorted(tried.items())]
        said += [f"{told['packets']} packets from native code"] if told["packets"] else []
        return Finding("connections", MEND, f"a connection was tried: {', '.join(said)}", _REPORT_IT, facts)
    kernel = (
        "the kernel counted 0 packets, native code included, in a process without any network"
        if told["packets"] is not None
        else "what native code does cannot be counted on this machine"
    )
    return Finding(
        "connections", FINE,
        f"{told['documents']} files read, masked, tagged, counted, quoted and reported: connections 0, names "
        f"looked up 0, programs started 0 (each try would have been refused); {kernel}",
        facts=facts,
    )  # fmt: skip

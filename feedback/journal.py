"""The project's journal: what was done, when, with which counts. Append-only and hash-chained.

It lives in private/ and holds ids, counts and hashes only: never a word of a participant, never the name of
a file, and nobody's name but what the setting `researcher` says.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

FIRST = "0" * 64


def write_entry(path: Path, act: str, facts: Mapping[str, Any]) -> None:
    """Appends one act with its facts and this program's version; each line has the hash of the one before."""
    line = {
        "when": datetime.now(UTC).isoformat(timespec="seconds"),
        "act": act,
        **facts,
        "feedback": _version(),
        "before": _last_hash(path),
    }
    line["hash"] = _hash(line)
    torn = path.exists() and path.read_bytes()[-1:] not in (b"", b"\n")  # by a power cut: it stays as it is
    with os.fdopen(
        os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "a", encoding="utf-8"
    ) as file:
        file.write(("\n" if torn else "") + json.dumps(line, ensure_ascii=False) + "\n")
        file.flush()
        os.fsync(file.fileno())


def read_entries(path: Path) -> list[dict[str, Any]]:
    """All entries, oldest first; a last line torn by a power cut is left out."""
    if not path.exists():
        return []
    entries = []
    for line in path.read_text(encoding="utf-8").split("\n"):
        try:
            entries.append(json.loads(line))
        except json.JSONDecodeError:
            continue
    return entries


def first_broken(path: Path) -> int | None:
    """The number (from 1) of the first entry that no longer fits the one before; None when all hold."""
    before = FIRST
    for number, entry in enumerate(read_entries(path), 1):
        said = entry.pop("hash", None)
        if entry.get("before") != before or said != _hash(entry):
            return number
        before = said
    return None


@cache
def _version() -> str:
    try:
        return version("feedback")
    except PackageNotFoundError:
        return "unknown"


def _last_hash(path: Path) -> str:
    entries = read_entries(path)
    return str(entries[-1].get("hash", FIRST)) if entries else FIRST


def _hash(entry: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(entry, sort_keys=True, ensure_ascii=False).encode()).hexdigest()

"""The report of a project, kept from one command to the next as long as it would come out the same."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from feedback.disk import write_bytes
from feedback.errors import FeedbackError
from feedback.pipeline.remembered import report_file
from feedback.report.kept import packed, unpacked

if TYPE_CHECKING:
    from feedback.model import Report
    from feedback.project import Project

_DIGEST = 64


def kept(project: Project, made_from: str, make: Callable[[], Report]) -> Report:
    """What `make` gives, or gave when the report was made from the same and by the same rules.

    It says what lies in tables/ and reports/, so it is not sealed. Where the folder cannot be written to, or
    somebody else is at work, nothing is kept, and nothing fails.
    """
    file = report_file(project)
    mark = hashlib.sha256(f"{made_from} {_rules()}".encode()).hexdigest().encode()
    with suppress(OSError, ValueError, KeyError, TypeError):
        held = file.read_bytes()
        if held[:_DIGEST] == mark:
            return unpacked(held[_DIGEST:])
    report = make()
    data = packed(report)
    if unpacked(data) == report:
        with suppress(FeedbackError), project.locked():
            write_bytes(file, mark + data, private=True)
    return report


@cache
def _rules() -> str:
    """Changes with every line of this program."""
    package = Path(__file__).parents[1]
    told = hashlib.sha256()
    for file in sorted(package.rglob("*.py")):
        told.update(file.read_bytes())
    return told.hexdigest()

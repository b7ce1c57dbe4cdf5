"""Writing a project's report: summed up from its tables, made anew only when something it says changed."""

from __future__ import annotations

import hashlib
import json
import os
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from feedback.disk import write_bytes
from feedback.project import Project
from feedback.settings import flat
from feedback.tables import TABLES

if TYPE_CHECKING:
    from feedback.model import Report

STANDARD = "report.html"
_PACKAGES = ("feedback", "spacy", "scikit-learn", "bertopic", "onnxruntime")


def report_of(project: Project) -> Report:
    """The report of a project, from its tables and settings."""
    from feedback.report.summarise import summarise
    from feedback.trained import tags_that_count

    settings = project.settings
    return summarise(
        {**project.tables(), "tags": tags_that_count(project)},
        title=settings.title or project.path.resolve().name,
        approach=settings.approach,
        leaver=settings.factors.leaver,
        group=settings.factors.group,
        attributes=settings.report.attributes,
        smallest_group=settings.report.smallest_group,
        percentages_from=settings.report.percentages_from,
        settings=[(name, value) for name, value in flat(settings) if not name.startswith(_PRIVATE)],
        versions=_versions(),
    )


# Settings that hold names of people or files: never shown.
_PRIVATE = ("deidentify.names", "read.interviewers", "read.files", "title")


def _versions() -> list[tuple[str, str]]:
    found = []
    for package in _PACKAGES:
        try:
            found.append((package, version(package)))
        except PackageNotFoundError:
            continue
    return found


def export(report: Report, file: str | os.PathLike[str]) -> Path:
    """Writes a report in the form that the file's suffix names (.html, .docx, .json), and gives its path.

    Raises FeedbackError for a suffix that no exporter has, and when the file cannot be written.
    """
    from feedback.report import render

    path = Path(file)
    write_bytes(path, render(report, path.suffix.lower()))
    return path


def refresh_report(project: Project) -> Path | None:
    """Writes reports/report.html where it is missing or older than what it is made from; else None."""
    file = project.path / "reports" / STANDARD
    mark = project.path / "private" / "report.json"
    wanted = _made_from(project)
    if file.exists() and _read(mark) == {"made_from": wanted, "sha256": _hash(file.read_bytes())}:
        return None
    export(report_of(project), file)
    done = {"made_from": wanted, "sha256": _hash(file.read_bytes())}
    write_bytes(mark, json.dumps(done).encode(), private=True)
    return file


def _made_from(project: Project) -> str:
    contents = [project.content(name) for name in TABLES if not name.startswith("private/")]
    return _hash(repr((contents, flat(project.settings), _versions())).encode())


def _read(mark: Path) -> Any:
    try:
        return json.loads(mark.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()

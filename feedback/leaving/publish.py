"""Writing a project's report: summed up from its tables, made anew only when something it says changed."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from feedback.disk import write_bytes
from feedback.errors import FeedbackError
from feedback.project import Project
from feedback.registry import names, part
from feedback.settings import flat
from feedback.tables import TABLES

if TYPE_CHECKING:
    import pandas as pd

    from feedback.codebook import Codebook
    from feedback.model import Report
    from feedback.report.bank import Bank
    from feedback.report.handover import Handover

STANDARD, METHOD, TRANSCRIPTS = "report.html", "method.html", "transcripts.html"
PEOPLE_HEARD = "people heard in interviews and surveys"
_PACKAGES = ("feedback", "spacy", "scikit-learn", "bertopic", "onnxruntime")


def report_of(project: Project) -> Report:
    """The report of a project, from its tables and settings; summed up once, as long as these stay."""
    from feedback.leaving.kept import kept

    title = project.settings.title or project.path.resolve().name
    return kept(
        project,
        _hash(repr((_made_from(project), title, project.themes_text)).encode()),
        lambda: _summed_up(project),
    )


def _summed_up(project: Project) -> Report:
    from feedback.leaving.outcomes import reported
    from feedback.report.summary import summarise

    settings = project.settings
    made = summarise(
        _reported(project),
        title=settings.title or project.path.resolve().name,
        settings=[(name, value) for name, value in flat(settings) if not name.startswith(_PRIVATE)],
        versions=_versions(),
        **summary_options(project),
    )
    return reported(project, made)


def _reported(project: Project) -> dict[str, pd.DataFrame]:
    """The tables that are summed up; of segments what counts, since theirs is by far the largest."""
    from feedback.arrows import give_back
    from feedback.pipeline.trained import tags_that_count
    from feedback.report.summary import SEGMENTS, TABLES
    from feedback.tables import to_pandas

    segments = to_pandas(project.arrow("segments").select(SEGMENTS))
    give_back()
    tables = {name: project.table(name) for name in TABLES if name not in ("segments", "tags")}
    tables |= {"segments": segments, "tags": tags_that_count(project)}
    give_back()
    return tables


def summary_options(project: Project) -> dict[str, Any]:
    """The options of `summarise` that say what is counted and hidden, as a project's settings have them."""
    settings = project.settings
    return {
        "approach": settings.approach,
        "leaver": settings.factors.column,
        "group": settings.factors.group,
        "attributes": settings.report.attributes,
        "smallest_group": settings.least_group(),
        "percentages_from": settings.report.percentages_from,
        "broader": settings.report.broader,
        "audience": settings.quotes.audience,
        "pool": settings.factors.pool == "testimonies",
        "main_reason": settings.factors.main_reason,
    }


# Settings that hold names of people or files: never shown.
_PRIVATE = ("researcher", "deidentify.names", "read.interviewers", "read.files", "title")


def _versions() -> list[tuple[str, str]]:
    found = []
    for package in _PACKAGES:
        try:
            found.append((package, version(package)))
        except PackageNotFoundError:
            continue
    return found


def export(
    what: Report | Bank | Mapping[str, pd.DataFrame] | Handover,
    file: str | os.PathLike[str],
    *,
    codebook: Codebook | None = None,
    title: str = "",
) -> Path:
    """Writes a report, a quote bank or a study in the form that the suffix names, and gives its path.

    what: a Report (.html, .docx, .json), a Bank (.html, .docx, .xlsx), or a study's tables (.xlsx, .csv,
    .qdc, .qdpx), such as `project.tables()`. codebook, title: of a study given as tables; without a
    codebook the themes have the labels and meanings of the table `themes` only.
    Raises FeedbackError for a suffix that nothing writes, and when the file cannot be written.
    """
    from feedback.model import Report
    from feedback.report import render
    from feedback.report.bank import Bank
    from feedback.report.handover import Handover, handover, written

    path = Path(file)
    if isinstance(what, Report):
        _check_suffix(
            path, "exporters", "a report", "writers", "give the tables: fb.export(project.tables(), ...)"
        )
        data = render(what, path.suffix)
    elif isinstance(what, Bank):
        data = part("banks", path.suffix.lower())(what)
    else:
        _check_suffix(
            path, "writers", "a study", "exporters", "give a report: fb.export(fb.summarise(tables), ...)"
        )
        given = what if isinstance(what, Handover) else handover(what, codebook, title=title)
        data = written(given, path.suffix)
    write_bytes(path, data)
    return path


def _check_suffix(path: Path, kind: str, what: str, other: str, instead: str) -> None:
    """Refuses a suffix that belongs to the other kind of thing, with the way to it."""
    suffix = path.suffix.lower()
    if suffix not in names(kind) and suffix in names(other):
        raise FeedbackError(f"{what} cannot be written as '{suffix}'", hint=instead)


def handover_of(project: Project, *, coders: Sequence[str] = ()) -> Handover:
    """What other programs may be given of a project, from its tables and settings."""
    from feedback.pipeline.trained import tags_that_count
    from feedback.report.handover import handover

    settings = project.settings
    return handover(
        project.tables(),
        project.codebook,
        title=settings.title or project.path.resolve().name,
        coders=coders,
        smallest_group=settings.least_group(),
        attributes=settings.report.attributes,
        counting=tags_that_count(project),
        reported=lambda: report_of(project),
    )


def leave_report(project: Project, file: str | os.PathLike[str], *, replace: bool = False) -> Path:
    """Writes the project's report in the form that the suffix names, if nothing in it gives anybody away.

    FeedbackError as `leaving.leave` and `export`.
    """
    from feedback.leaving import leave
    from feedback.report import render

    path, report = Path(file), report_of(project)
    counts = {
        "people": next((n for words, n in report.counts if words == PEOPLE_HEARD), 0),
        "quotes": len({quote.text for row in report.themes for quote in row.quotes}),
    }
    return leave(project, render(report, path.suffix.lower()), path, counts=counts, replace=replace)


def leave_method(project: Project, file: str | os.PathLike[str], *, replace: bool = False) -> Path:
    """Writes the reporting checklists (COREQ, SRQR) as .md, .html or .docx, filled in as far as is known."""
    from feedback.journal import first_broken, read_entries
    from feedback.leaving import leave
    from feedback.pipeline.trained import tags_that_count
    from feedback.report.checklist import checklists
    from feedback.report.checklist.files import write_checklists

    path, entries = Path(file), project.path / "private" / "journal.jsonl"
    lists = checklists(
        report_of(project),
        {**project.tables(), "tags": tags_that_count(project)},
        entries=read_entries(entries),
        whole=first_broken(entries) is None,
    )
    data = write_checklists(lists, path.suffix.lower())
    return leave(project, data, path, what="method", replace=replace)


def leave_transcripts(
    project: Project, file: str | os.PathLike[str] | None = None, *, replace: bool = False
) -> Path:
    """Writes what people said, with its tags, as one page: by default inside private/, which nobody sends on.

    Only for people who agreed to be quoted, inside the organisation at least. FeedbackError when there are
    none, when the file is no .html, and, for a file elsewhere, as `leaving.leave`.
    """
    from feedback.leaving import leave
    from feedback.pipeline.trained import tags_that_count
    from feedback.report.html import write_transcripts
    from feedback.report.transcripts import transcripts_of

    path = Path(file) if file else project.path / "private" / TRANSCRIPTS
    if path.suffix.lower() != ".html":
        raise FeedbackError("transcripts are written as .html only", hint="end the name in .html")
    tables = {**project.tables(), "tags": tags_that_count(project)}
    given = transcripts_of(tables, report_of(project), leaver=project.settings.factors.column)
    data = write_transcripts(given)
    if file:
        return leave(
            project, data, path, what="transcripts", counts={"people": given.n_readable}, replace=replace
        )
    with project.locked():
        write_bytes(path, data, private=True)
        project.note("transcripts", people=given.n_readable)
    return path


def _refresh_transcripts(project: Project) -> None:
    """Makes the transcripts inside private/ anew where there are any, so that a withdrawal reaches them."""
    path = project.path / "private" / TRANSCRIPTS
    if not path.exists():
        return
    path.unlink()
    with suppress(FeedbackError):  # nobody agrees any more
        leave_transcripts(project)


def refresh_report(project: Project) -> Path | None:
    """Writes reports/report.html where it is missing or older than what it is made from; else None."""
    file = project.path / "reports" / STANDARD
    mark = project.path / "private" / "report.json"
    wanted = _made_from(project)
    if file.exists() and _read(mark) == {"made_from": wanted, "sha256": _hash(file.read_bytes())}:
        return None
    _refresh_transcripts(project)
    leave_report(project, file)
    done = {"made_from": wanted, "sha256": _hash(file.read_bytes())}
    write_bytes(mark, json.dumps(done).encode(), private=True)
    return file


def _made_from(project: Project) -> str:
    contents = [project.content(name) for name in TABLES if not name.startswith("private/")]
    contents.append(project.content("private/people"))
    return _hash(repr((contents, flat(project.settings), _versions())).encode())


def _read(mark: Path) -> Any:
    try:
        return json.loads(mark.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()

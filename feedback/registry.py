"""Every replaceable part by name: `"name": "module:function"`, and entry points of the same shape.

A package of yours adds a part with an entry point in the group `feedback.<kind>`, for example
`[project.entry-points."feedback.exporters"]` with `".odt" = "my_package:write_odt"`.
"""

from __future__ import annotations

from importlib import import_module
from importlib.metadata import entry_points
from typing import Any

from feedback.errors import FeedbackError, nearest

PARTS: dict[str, dict[str, str]] = {
    "readers": {
        ".txt": "feedback.readers.texts.plain:read_txt",
        ".md": "feedback.readers.texts.markdown:read_md",
        ".docx": "feedback.readers.word.docx:read_docx",
        ".odt": "feedback.readers.markup.odt:read_odt",
        ".rtf": "feedback.readers.markup.rtf:read_rtf",
        ".html": "feedback.readers.markup.web:read_html",
        ".eml": "feedback.readers.markup.mail:read_eml",
        ".vtt": "feedback.readers.texts.captions:read_captions",
        ".srt": "feedback.readers.texts.captions:read_captions",
        ".json": "feedback.readers.texts.recognised:read_json",
        ".pdf": "feedback.readers.pages.pdf:read_pdf",
        ".csv": "feedback.readers.tables.delimited:read_delimited",
        ".tsv": "feedback.readers.tables.delimited:read_delimited",
        ".xlsx": "feedback.readers.tables.sheet:read_workbook",
        ".xls": "feedback.readers.tables.sheet:read_workbook",
        ".ods": "feedback.readers.tables.sheet:read_workbook",
    },
    "embedders": {
        "minilm": "feedback.embed:load_minilm",
        "lsa": "feedback.embed:load_lsa",
    },
    "taggers": {
        "rules": "feedback.tagging.coders:tag_by_rules",
        "meaning": "feedback.tagging.coders:tag_by_meaning",
    },
    "learners": {
        "classifier": "feedback.tagging.classifier.training:train",
    },
    "banks": {
        ".html": "feedback.report.bank.page:bank_html",
        ".docx": "feedback.report.bank.files:bank_docx",
        ".xlsx": "feedback.report.bank.files:bank_xlsx",
    },
    "exporters": {
        ".html": "feedback.report.html:write_html",
        ".docx": "feedback.report.word:write_docx",
        ".json": "feedback.report.data:write_json",
    },
    "writers": {
        ".csv": "feedback.report.tags_csv:write_csv",
        ".qdc": "feedback.report.refi.codes:write_qdc",
        ".xlsx": "feedback.report.sheets.workbook:write_xlsx",
        ".qdpx": "feedback.report.refi.project:write_qdpx",
    },
}


def names(kind: str) -> list[str]:
    """The names of all parts of a kind, the project's own and those of installed packages."""
    return [*PARTS[kind], *(point.name for point in entry_points(group=f"feedback.{kind}"))]


def part(kind: str, name: str) -> Any:
    """The part itself, imported when asked for; an unknown name gets the nearest known one as a hint."""
    where = PARTS[kind].get(name)
    if where is not None:
        module, _, attribute = where.partition(":")
        return getattr(import_module(module), attribute)
    for point in entry_points(group=f"feedback.{kind}"):
        if point.name == name:
            return point.load()
    raise FeedbackError(f"'{name}' is not one of the {kind}", hint=nearest(name, names(kind)))

"""A study as a REFI-QDA project (.qdpx): rendered texts, themes, every coder's tags, people, memos."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from typing import TYPE_CHECKING

from feedback.codebook.text import guid
from feedback.report.refi.codes import add_codes, groups_of
from feedback.report.refi.elements import NO_DATE, ORIGIN, to_bytes
from feedback.report.refi.memos import add_memos, refer_from_codes
from feedback.report.refi.people import add_cases, add_variables
from feedback.report.refi.sources import add_sources
from feedback.report.refi.study import Study

if TYPE_CHECKING:
    from lxml import etree

    from feedback.report.handover import Handover

_FIRST_DAY = (1980, 1, 1, 0, 0, 0)


def write_qdpx(handover: Handover) -> bytes:
    """The study as a .qdpx; the same handover gives the same bytes.

    Texts are the composed ones, in files of UTF-8 with LF and without a byte order mark; positions are code
    points, end exclusive. Every coder is a user, every theme a code, every person a case. The order of the
    parts is the schema's, and none of them is empty.
    """
    study = Study(handover)
    root = study.make.root("Project", name=handover.title, origin=ORIGIN, creationDateTime=NO_DATE)
    _add_users(study, root)
    _add_codebook(study, root)
    add_variables(study, root)
    add_cases(study, root)
    add_sources(study, root)
    add_memos(study, root)
    _add_sets(study, root)
    for note in study.notes_on_the_whole():
        study.make.under(root, "NoteRef", targetGUID=note)
    texts = {f"sources/{name}": text.encode() for name, text in sorted(study.files.items())}
    return _zipped({"project.qde": to_bytes(root), **texts})


def _add_users(study: Study, root: etree._Element) -> None:
    if study.coders:
        users = study.make.under(root, "Users")
        for coder in study.coders:
            study.make.under(users, "User", guid=guid("user", coder), name=coder)


def _add_codebook(study: Study, root: etree._Element) -> None:
    codebook = study.handover.codebook
    gone = tuple(sorted(set(study.handover.tags["theme_id"]) - set(codebook.ids)))
    if len(codebook) or gone:
        book = study.make.under(root, "CodeBook")
        add_codes(study.make, book, codebook, gone)
        refer_from_codes(study, book)


def _add_sets(study: Study, root: etree._Element) -> None:
    if groups := groups_of(study.handover.codebook):
        sets = study.make.under(root, "Sets")
        for name, themes in groups.items():
            group = study.make.under(sets, "Set", guid=guid("set", name), name=name)
            for theme in themes:
                study.make.under(group, "MemberCode", targetGUID=guid("code", theme.id))


def _zipped(members: Mapping[str, bytes]) -> bytes:
    """A zip without dates, so that the same members give the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in members.items():
            entry = zipfile.ZipInfo(name, _FIRST_DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3  # else it would tell the machine
            entry.external_attr = 0o644 << 16
            package.writestr(entry, data)
    return out.getvalue()

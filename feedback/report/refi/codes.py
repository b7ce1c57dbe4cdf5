"""The theme list as codes: a .qdc, and the same tree inside a .qdpx."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feedback.codebook import Codebook, Theme
from feedback.codebook.text import described, guid
from feedback.report.refi.elements import ORIGIN, Elements, to_bytes

if TYPE_CHECKING:
    from lxml import etree

    from feedback.report.handover import Handover

CODEBOOK = "urn:QDA-XML:codebook:1.0"
# Ten colours that stay apart for colour-blind eyes, one for each theme at the top and those under it.
_COLOURS = (
    "#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9",
    "#882255", "#117733", "#AA4499", "#999933",
)  # fmt: skip


def write_qdc(handover: Handover) -> bytes:
    """The theme list as a REFI-QDA codebook (.qdc): nested codes with definitions, headings as sets."""
    make = Elements(CODEBOOK)
    root = make.root("CodeBook", origin=ORIGIN)
    add_codes(make, root, handover.codebook)
    groups = groups_of(handover.codebook)
    if groups:
        sets = make.under(root, "Sets")
        for name, themes in groups.items():
            group = make.under(sets, "Set", guid=guid("set", name), name=name)
            for theme in themes:
                make.under(group, "MemberCode", guid=guid("code", theme.id))
    return to_bytes(root)


def add_codes(
    make: Elements, parent: etree._Element, codebook: Codebook, further: tuple[str, ...] = ()
) -> None:
    """Codes under a parent element; `further` are ids of themes that are no longer on the list."""
    if not len(codebook) and not further:
        return
    codes = make.under(parent, "Codes")
    made: dict[str, etree._Element] = {}
    colour = _COLOURS[0]
    tops = 0
    for theme in codebook:
        if theme.parent is None:
            colour = _COLOURS[tops % len(_COLOURS)]
            tops += 1
        above = codes if theme.parent is None else made[theme.parent]
        made[theme.id] = _code(make, above, theme, colour)
    for theme_id in further:
        gone = Theme(theme_id, theme_id, "No longer on the theme list.")
        _code(make, codes, gone, "#808080")


def _code(make: Elements, parent: etree._Element, theme: Theme, colour: str) -> etree._Element:
    code = make.under(
        parent, "Code", guid=guid("code", theme.id), name=theme.label, isCodable="true", color=colour
    )
    make.described(code, described(theme))
    return code


def groups_of(codebook: Codebook) -> dict[str, list[Theme]]:
    """The headings of the list with their themes, in order."""
    groups: dict[str, list[Theme]] = {}
    for theme in codebook:
        if theme.group:
            groups.setdefault(theme.group, []).append(theme)
    return groups

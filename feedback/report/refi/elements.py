"""The XML of REFI-QDA: elements in one namespace, attributes in order, the same bytes every time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from feedback.coding.composed import allowed

if TYPE_CHECKING:
    from lxml import etree

ORIGIN = "feedback"
# Some readers stop at an element without a date. The machine's clock would change the file at every export.
NO_DATE = "2000-01-01T00:00:00Z"


class Elements:
    """Makes elements of one namespace."""

    def __init__(self, namespace: str) -> None:
        self._namespace = namespace

    def root(self, tag: str, **attributes: str) -> etree._Element:
        """The root element, its namespace the default one."""
        from lxml import etree

        default: dict[Any, str] = {None: self._namespace}
        element = etree.Element(f"{{{self._namespace}}}{tag}", nsmap=default)
        return _with(element, attributes)

    def under(self, parent: etree._Element, tag: str, text: str = "", **attributes: str) -> etree._Element:
        """A child at the end of its parent."""
        from lxml import etree

        element = _with(etree.SubElement(parent, f"{{{self._namespace}}}{tag}"), attributes)
        if text:
            element.text = allowed(text)
        return element

    def described(self, parent: etree._Element, text: str) -> None:
        """A Description, where there is one to give."""
        if text:
            self.under(parent, "Description", text)


def _with(element: etree._Element, attributes: Mapping[str, str]) -> etree._Element:
    for name, value in attributes.items():
        element.set(name, one_line(value))
    return element


def one_line(text: str, *, most: int | None = None) -> str:
    """A text as an attribute can hold it: white space as single spaces, at most so many characters."""
    # A no-break space is white space to Python and a letter to others, so only the plain ones are joined.
    return " ".join(part for part in _spaced(allowed(text)).split(" ") if part)[:most]


def _spaced(text: str) -> str:
    return text.replace("\n", " ").replace("\t", " ")


def to_bytes(root: etree._Element) -> bytes:
    """The document in UTF-8, indented, without a byte order mark."""
    from lxml import etree

    made: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return made

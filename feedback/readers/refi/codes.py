"""Codes of a .qdc or .qdpx, and the theme list that they make."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from feedback.codebook import Codebook
from feedback.codebook.text import parts_from, slug
from feedback.errors import FeedbackError
from feedback.readers.safe import parse_xml

if TYPE_CHECKING:
    from lxml import etree

_SPACES = ("urn:QDA-XML:codebook:1", "urn:QDA-XML:project:1")


@dataclass(frozen=True, slots=True)
class Code:
    """A code: `path` has the names of those above it and its own, `parent` is the GUID of the one above."""

    guid: str
    name: str
    path: tuple[str, ...]
    description: str = ""
    parent: str = ""
    group: str = ""


def read_qdc(data: bytes, file_name: str) -> list[Code]:
    """The codes of a REFI-QDA codebook, parents before children; sets become the headings of their members.

    An empty <Sets/>, as Taguette writes it, says nothing. Errors: FeedbackError when it is no such file.
    """
    root = parse_xml(data, file_name)
    if local(root) != "CodeBook" or not namespace(root).startswith(_SPACES):
        raise FeedbackError(
            f"{file_name} is no REFI-QDA codebook (it begins with <{local(root)}>)",
            hint="export the codebook from the other program as REFI-QDA codebook (.qdc)",
        )
    return codes_in(root, root)


def codes_in(book: etree._Element | None, root: etree._Element) -> list[Code]:
    """The codes under an element CodeBook, with the sets that stand under `root`."""
    if book is None:
        return []
    groups = {
        member: one.get("name", "").strip()
        for sets in children(root, "Sets")
        for one in children(sets, "Set")
        for child in children(one, "MemberCode")
        if (member := same(child.get("guid") or child.get("targetGUID")))
    }
    tops = [code for codes in children(book, "Codes") for code in children(codes, "Code")]
    return [code for top in tops for code in _with_children(top, (), "", groups)]


def _with_children(
    element: etree._Element, above: tuple[str, ...], parent: str, groups: Mapping[str, str]
) -> Iterator[Code]:
    name = " ".join((element.get("name") or "").split()) or "unnamed"
    guid, path = same(element.get("guid")), (*above, name)
    described = next((child.text or "" for child in children(element, "Description")), "")
    yield Code(guid, name, path, described.strip(), parent, groups.get(guid, ""))
    for child in children(element, "Code"):
        yield from _with_children(child, path, guid, groups)


def codebook_of(codes: Sequence[Code], source: str) -> Codebook:
    """The codes as a theme list: names as labels, descriptions taken apart where they are labelled.

    Two codes of one name under the same code get different ids. Errors: FeedbackError without codes.
    """
    if not codes:
        raise FeedbackError(f"{source} has no codes in it", hint="is it the right file?")
    tops: dict[str, Any] = {}
    inside: dict[str, dict[str, Any]] = {}
    for code in codes:
        siblings = inside[code.parent].setdefault("themes", {}) if code.parent in inside else tops
        parts = parts_from(code.description)
        key = _free(_key(parts.pop("id", ""), code.name), siblings)
        entry: dict[str, Any] = {"label": code.name, **({"group": code.group} if code.group else {}), **parts}
        siblings[key] = inside[code.guid] = entry
    return Codebook.from_dict({"themes": tops}, source)


def _key(said: str, name: str) -> str:
    return said if said and "/" not in said else slug(name)


def _free(key: str, taken: Mapping[str, Any]) -> str:
    number = 2
    found = key
    while found in taken:
        found, number = f"{key}-{number}", number + 1
    return found


def children(element: etree._Element, name: str) -> list[etree._Element]:
    """The children of that name, in whichever version of the namespace."""
    return [child for child in element if isinstance(child.tag, str) and local(child) == name]


def local(element: etree._Element) -> str:
    """An element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def namespace(element: etree._Element) -> str:
    """An element's namespace."""
    return str(element.tag).rpartition("}")[0].lstrip("{")


def same(guid: str | None) -> str:
    """A GUID as others write it too: lower case, without braces."""
    return (guid or "").strip().strip("{}").lower()

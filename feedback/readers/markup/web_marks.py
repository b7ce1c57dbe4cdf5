"""What tags, attributes and style sheets of a web page say about the words in them."""

from __future__ import annotations

import re
from collections.abc import Mapping

BLOCKS = frozenset(
    """address article aside blockquote body center dd details dialog div dl dt fieldset figcaption figure
    footer form h1 h2 h3 h4 h5 h6 header hr html legend li main menu nav ol p pre section summary ul tr td th
    table tbody thead tfoot caption""".split()
)
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
BOLD = frozenset({"b", "strong", "dt"})
# Tags whose text nobody reads on the page, and how they are reported; "" for those that hold no words.
UNREAD = {
    **dict.fromkeys(("script", "style", "title", "template", "svg", "math", "head", "colgroup"), ""),
    **dict.fromkeys(
        ("iframe", "object", "audio", "video", "canvas", "noscript", "noframes"), "embedded part"
    ),
    **dict.fromkeys(("select", "button", "datalist"), "button or list to choose from"),
    "del": "tracked deletion",
}
_BOLD_STYLE = re.compile(r"font-weight\s*:\s*(bold|bolder|[6-9]00|normal|[1-5]00)", re.IGNORECASE)
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
_LIST_NUMBER = re.compile(r"mso-list\s*:\s*ignore", re.IGNORECASE)
_ELEMENT = re.compile(r"mso-element\s*:\s*(comment|footnote|endnote|header|footer)", re.IGNORECASE)
# Anchors of notes as Word, LibreOffice and Google Docs write them: at the note, and at its mark in the text.
_NOTE = re.compile(r"#(cmnt_ref|ftnt_ref|_ftnref|_ednref|_msoanchor|sdfootnote\d+anc|sdendnote\d+anc)")
_MARK = re.compile(r"#(?:cmnt|ftnt|_ftn|_edn|_msocom|sdfootnote\d+sym|sdendnote\d+sym)")
_NOTES = {"cm": "comment", "_m": "comment", "ft": "footnote", "_f": "footnote", "_e": "endnote"}
_CITED = re.compile(r"cite|quote|border-left", re.IGNORECASE)
_LONGEST_RULE = 2_000
_CLASS = re.compile(r"(?:[a-z][a-z0-9]*)?\.([\w-]+)", re.IGNORECASE)

Attributes = Mapping[str, str]


class Classes:
    """Which classes of the page's own style sheets make bold or hide (Google Docs says it only there)."""

    def __init__(self) -> None:
        self.bold: set[str] = set()
        self.hidden: set[str] = set()

    def add(self, sheet: str) -> None:
        """Takes in one style sheet; only rules for a single class count."""
        for rule in sheet.split("}"):
            selectors, _, says = rule.rpartition("{") if len(rule) < _LONGEST_RULE else ("", "", "")
            bold, hidden = _bold_in(says), bool(_HIDDEN_STYLE.search(says))
            for selector in selectors.split(",") if bold or hidden else ():
                if found := _CLASS.fullmatch(selector.strip()):
                    (self.bold if bold else self.hidden).add(found[1])

    def is_bold(self, tag: str, attributes: Attributes) -> bool | None:
        """Whether an element makes bold, None where it does not say."""
        own = _bold_in(attributes.get("style", ""))
        if own is None and (tag in BOLD or self.bold & set(attributes.get("class", "").split())):
            return True
        return own

    def why_unread(self, tag: str, attributes: Attributes) -> str | None:
        """Why the words in an element are not read, "" where there is nothing to report; None: they are."""
        if tag in UNREAD or not attributes:
            return UNREAD.get(tag)
        style = attributes.get("style", "")
        if _LIST_NUMBER.search(style):
            return "automatic number, not in the text"
        if tag == "a" and _MARK.match(attributes.get("href", "")):
            if not _NOTE.match(attributes.get("href", "")):
                return ""
        elif "MsoCommentReference" in attributes.get("class", ""):
            return ""
        hidden = self.hidden & set(attributes.get("class", "").split())
        return "hidden text" if hidden or "hidden" in attributes or _HIDDEN_STYLE.search(style) else None


def why_dropped(tag: str, attributes: Attributes, inside: str) -> str:
    """Why what is shown in a part of the page is no speech, "" if it is; `inside` is its parent's tag."""
    if found := _ELEMENT.search(attributes.get("style", "")):
        return found[1].lower()
    if tag == "nav" or attributes.get("role") == "navigation":
        return "navigation"
    if tag in {"header", "footer"} and inside == "body":
        return f"page {tag}"
    if tag == "div" and attributes.get("title") in {"header", "footer"}:
        return attributes["title"]  # LibreOffice
    return ""


def is_citation(tag: str, attributes: Attributes) -> bool:
    """Whether a block quote of an e-mail holds an earlier message, and is not only indented."""
    if tag != "blockquote":
        return False
    marks = attributes.get("class", "") + attributes.get("type", "") + attributes.get("style", "")
    return bool(_CITED.search(marks))


def note_of(tag: str, attributes: Attributes) -> str:
    """What kind of note the paragraph is that begins with this anchor, "" for none."""
    found = _NOTE.match(attributes.get("href", "")) if tag == "a" else None
    if not found:
        return ""
    return _NOTES.get(found[1][:2], "endnote" if "endnote" in found[1] else "footnote")


def _bold_in(style: str) -> bool | None:
    found = _BOLD_STYLE.search(style)
    return found[1].lower() not in {"normal", "100", "200", "300", "400", "500"} if found else None

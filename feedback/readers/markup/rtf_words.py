"""The control words of RTF that matter for its text, and the code pages of its fonts."""

from __future__ import annotations

import codecs

# Groups whose text stands at the end of ours, and why it is dropped.
ASIDES = {
    **dict.fromkeys(("header", "headerl", "headerr", "headerf"), "header"),
    **dict.fromkeys(("footer", "footerl", "footerr", "footerf"), "footer"),
    "footnote": "footnote",
    "annotation": "comment",
}
# Groups without any of the document's words, also where no \* in front says that they may be skipped.
SKIPPED = frozenset(
    """colortbl pict objdata objclass objname fldinst shprslt nonesttables xe tc rxe template ftnsep ftnsepc
    ftncn aftnsep aftnsepc aftncn atnid atnauthor atntime atndate atnicn atnref atnparent revtbl sp sn sv pn
    pnseclvl pntxta pntxtb filetbl listtable listoverridetable ftnsepr do datafield formfield bkmkstart
    bkmkend private passwordhash fontemb fontfile keywords subject doccomm hlinkbase author operator
    category manager company comment generator""".split()
)
NUMBERS = frozenset({"listtext", "pntext"})
CHARACTERS = {
    "tab": "\t", "line": "\n", "lbr": "\n", "emdash": "—", "endash": "–", "emspace": "\u2003",
    "enspace": "\u2002", "qmspace": "\u2005", "bullet": "•",
    "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”",
    "zwj": "\u200d", "zwnj": "\u200c",
}  # fmt: skip
SYMBOLS = {"~": "\xa0", "_": "-", "-": "", "{": "{", "}": "}", "\\": "\\", "\t": "\t"}
PARAGRAPH_ENDS = frozenset({"par", "sect", "page", "column", "\n", "\r"})
_CHARSETS = {
    77: "mac_roman", 128: "cp932", 129: "cp949", 130: "johab", 134: "gbk", 136: "cp950", 161: "cp1253",
    162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874",
    238: "cp1250", 254: "cp437", 255: "cp850", 0: "cp1252", 2: "cp1252",
}  # fmt: skip
_PAGES = {65001: "utf-8", 10000: "mac_roman", 1361: "johab", 936: "gbk"}


def codec_of_charset(number: int) -> str:
    """The codec of a font's character set, "" for the document's own."""
    return _CHARSETS.get(number, "")


def codec_of_page(number: int) -> str:
    """The codec of a Windows code page; Windows-1252 for one that is not known."""
    name = _PAGES.get(number, f"cp{number}")
    try:
        codecs.lookup(name)
    except LookupError:
        return "cp1252"
    return name

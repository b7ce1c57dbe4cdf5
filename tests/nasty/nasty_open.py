# ruff: noqa: E501
"""OpenDocument, RTF and HTML, by hand as the programs write them; PDF by fpdf2."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from xml.sax.saxutils import escape

from fpdf import FPDF
from nasty_cases import TALK, Case, Said, speakers

IP = speakers("I", "P1")
LONG = speakers("Interviewer", "Participant")
SPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (("office", "office"), ("text", "text"), ("table", "table"), ("style", "style"), ("draw", "drawing"))
) + ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"'  # fmt: skip
STYLES = '<office:automatic-styles><style:style style:name="B" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style><style:style style:name="H" style:family="text"><style:text-properties text:display="none"/></style:style></office:automatic-styles>'  # fmt: skip


def odt(
    body: str, *, styles: str = STYLES, mimetype: str = "application/vnd.oasis.opendocument.text"
) -> bytes:
    """A LibreOffice text."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("mimetype", mimetype)
        file.writestr("META-INF/manifest.xml", "<manifest/>", zipfile.ZIP_DEFLATED)
        content = f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {SPACES} office:version="1.3">{styles}<office:body><office:text>{body}</office:text></office:body></office:document-content>'  # fmt: skip
        file.writestr("content.xml", content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def odt_talk(change: dict[int, Callable[[str, str], str]] | None = None, *, bold: bool = True) -> str:
    """The talk, a paragraph a turn."""
    out = ""
    for number, (who, words) in enumerate(IP):
        label = f'<text:span text:style-name="B">{who}:</text:span> ' if bold else f"{who}: "
        own = change.get(number) if change else None
        out += f"<text:p>{own(label, escape(words)) if own else label + escape(words)}</text:p>"
    return out


def said(number: int, words: str) -> tuple[Said, ...]:
    """The talk with other words in one turn."""
    return tuple((who, words if n == number else old) for n, (who, old) in enumerate(IP))


TRACKED = '<text:tracked-changes><text:changed-region text:id="c1"><text:deletion><office:change-info><dc:creator>RE</dc:creator></office:change-info><text:p>Sandra was useless.</text:p></text:deletion></text:changed-region></text:tracked-changes>'  # fmt: skip
NOTES = '<office:annotation><dc:creator>RE</dc:creator><text:p>who is this?</text:p></office:annotation><text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body><text:p>Not said.</text:p></text:note-body></text:note>'  # fmt: skip
ODT_TABLE = "<table:table>" + "".join(f"<table:table-row><table:table-cell><text:p>{who}</text:p></table:table-cell><table:table-cell><text:p>{escape(words)}</text:p></table:table-cell></table:table-row>" for who, words in IP) + "</table:table>"  # fmt: skip
ODT_LIST = "<text:list>" + "".join(f"<text:list-item><text:p>{who}: {escape(words)}</text:p></text:list-item>" for who, words in IP) + "</text:list>"  # fmt: skip


def odd_odt(label: str, words: str) -> str:
    """Spaces, a tab, a line break, a soft page break and a bookmark as elements."""
    a, b, c = words.split(" ", 2)
    spaces = '<text:s text:c="3"/>'
    return f'{label}<text:tab/>{a}{spaces}{b} <text:bookmark text:name="x"/><text:soft-page-break/>{c}<text:line-break/>Yes.'


def rtf_words(words: str, *, fallback: str = "?") -> str:
    """Words as RTF escapes: cp1252 bytes where there are any, else \\u in 16-bit pieces."""
    out = ""
    for letter in words:
        if letter in "\\{}":
            out += "\\" + letter
        elif ord(letter) < 128:
            out += letter
        elif letter in "’–£é":
            out += f"\\'{letter.encode('cp1252').hex()}"
        else:
            units = letter.encode("utf-16-le")
            for low, high in zip(units[::2], units[1::2], strict=True):
                unit = low + 256 * high
                out += f"\\u{unit - 65536 if unit > 32767 else unit}{fallback}"
    return out


RTF_HEAD = "{\\rtf1\\ansi\\ansicpg1252\\deff0\\uc1{\\fonttbl{\\f0\\froman Times New Roman;}}{\\colortbl;\\red0\\green0\\blue0;}{\\stylesheet{\\s0 Normal;}}{\\info{\\title P5}{\\author RE}}{\\*\\generator Msftedit 5.41;}{\\header\\pard CONFIDENTIAL\\par}{\\footer\\pard Page 1\\par}\n"  # fmt: skip


def rtf(between: str = "\\par\n", *, extra: str = "", label: str = "{{\\b {0}:}} ", words: str = "") -> bytes:
    """The talk as Word's RTF; `extra` follows turn 1, `words` replace its words."""
    turns = []
    for number, (who, old) in enumerate(IP):
        text = words if words and number == 1 else rtf_words(old)
        turns.append(f"\\pard\\f0\\fs24 {label.format(who)}{text}{extra if number == 1 else ''}")
    return (RTF_HEAD + between.join(turns) + "\\par}").encode("ascii")


RTF_TABLE = (RTF_HEAD + "".join(f"\\trowd\\cellx2000\\cellx9000\\intbl {who}\\cell {rtf_words(words)}\\cell\\row\n" for who, words in IP) + "\\pard\\par}").encode()  # fmt: skip
PICTURE = "{\\*\\shppict{\\pict\\pngblip\\picw10\\pich10 89504e470d0a1a0a0000}}{\\nonshppict{\\pict\\wmetafile8 0100090000}}"
RTF_NOTE = "{\\super\\chftn}{\\footnote\\pard {\\super\\chftn} Not said.}{\\v hidden remark}{\\*\\annotation not said}"
RTF_LINK = '{\\field{\\*\\fldinst HYPERLINK "http://example.org/"}{\\fldrslt the page}}'


def html(body: str, *, head: str = '<meta charset="utf-8">', encoding: str = "utf-8") -> bytes:
    """A web page."""
    page = f"<!DOCTYPE html><html><head>{head}<title>P5</title><style>p{{x:y}}</style></head><body>{body}</body></html>"
    return page.encode(encoding)


PAGE = "".join(f"<p><b>{who}:</b> {escape(words)}</p>\n" for who, words in IP)
BR = "<div>" + "<br>\n".join(f"{who}:&nbsp;{escape(words)}" for who, words in IP) + "</div>"
HTML_TABLE = "<table>" + "".join(f"<tr><td>{who}<td>{escape(words)}" for who, words in IP) + "</table>"
NOISE = f"<!-- <p>P1: never</p> --><script>document.write('P1: never')</script><nav>Home</nav>{PAGE}<noscript></noscript>"
UNCLOSED = "".join(f"<P><FONT SIZE=2>{who}: {escape(words)}" for who, words in IP)
ENTITIES = PAGE.replace("’", "&rsquo;").replace("–", "&#8211;").replace("£", "&#xA3;")
CP1252_HEAD = '<meta http-equiv=Content-Type content="text/html; charset=windows-1252">'


class Paper(FPDF):
    """A page with a header and a page number."""

    def header(self) -> None:
        self.set_font("Times", size=9)
        self.text(140, 8, "Exit study, confidential")

    def footer(self) -> None:
        self.text(100, 290, f"Page {self.page_no()} of 3")


TOWNS = ["Leeds", "York", "Hull", "Bath", "Ely", "Kendal", "Wells", "Truro", "Derby", "Luton", "Dover", "Stoke", "Bury", "Crewe", "Goole", "Poole", "Rugby", "Wigan", "Ripon", "Otley", "Barnet", "Corby", "Epsom", "Frome", "Hythe", "Ilkley", "Jarrow", "Keswick", "Lewes", "Margate", "Newark", "Oldham", "Penrith", "Redcar", "Stroud", "Thirsk"]  # fmt: skip


def plain_talk(times: int) -> list[tuple[str, str]]:
    """The talk several times over, in Latin-1, each turn with a place of its own."""
    turns = LONG * times
    plain = (words.replace("’", "'").replace("–", "-") for _, words in turns)
    return [
        (who or "", f"{town}, was it. {words}")
        for (who, _), words, town in zip(turns, plain, TOWNS, strict=False)
    ]


def pdf(*, numbers: bool = False, columns: bool = False, hyphens: bool = False, times: int = 2) -> bytes:
    """A transcript printed to PDF, line by line, in one column or two, with line numbers or broken words."""
    page, x, y, count = Paper(), 25.0, 20.0, 0
    page.set_auto_page_break(False)
    page.add_page()
    width, right = (75.0, 115.0) if columns else (110.0, 0.0)
    for who, words in plain_talk(times):
        for line in broken(page, f"{who}: {words}", width, hyphens=hyphens):
            if y > 270:
                if columns and x < right:
                    x, y = right, 20.0
                else:
                    page.add_page()
                    x, y = 25.0, 20.0
            count += 1
            page.set_font("Times", size=12)
            page.text(x, y, line)
            if numbers:
                page.set_font("Times", size=8)
                page.text(12, y, str(count))
            y += 7
    return bytes(page.output())


def broken(page: FPDF, text: str, width: float, *, hyphens: bool) -> list[str]:
    """Lines of a width; with hyphens, a long word is broken where the line ends."""
    page.set_font("Times", size=12)
    lines, line = [], ""
    for word in text.split():
        if page.get_string_width(f"{line} {word}") <= width:
            line = f"{line} {word}".strip()
            continue
        cut = word.index("-") + 1 if "-" in word[1:] else 4
        if hyphens and len(word) > 7:
            lines.append(f"{line} {word[:cut]}{'' if word[cut - 1] == '-' else '-'}")
            line = word[cut:]
        else:
            lines.append(line)
            line = word
    return [*lines, line]


def printed(times: int = 2) -> tuple[Said, ...]:
    """What the PDF says."""
    return tuple(plain_talk(times))


ODD_SAID = said(1, f"{TALK[1][1]} Yes.")
CASES = [
    Case("bold-labels.odt", lambda: odt("<text:h>Interview</text:h>" + odt_talk()), IP),
    Case("plain-labels.odt", lambda: odt(odt_talk(bold=False)), IP),
    Case("odd-spaces.odt", lambda: odt(odt_talk({1: odd_odt})), ODD_SAID),
    Case("tracked-and-notes.odt", lambda: odt(TRACKED + odt_talk({1: lambda label, words: f'{label}{words}<text:change text:change-id="c1"/>{NOTES}'})), IP),
    Case("hidden-words.odt", lambda: odt(odt_talk({1: lambda label, words: f'{label}{words}<text:span text:style-name="H"> check it</text:span>'})), IP),
    Case("table.odt", lambda: odt(ODT_TABLE), IP),
    Case("list.odt", lambda: odt(ODT_LIST), IP),
    Case("section.odt", lambda: odt(f'<text:section text:name="s">{odt_talk()}</text:section>'), IP),
    Case("word.rtf", rtf, IP),
    Case("label-and-tab.rtf", lambda: rtf(label="{{\\b {0}}}\\tab "), IP),
    Case("line-breaks.rtf", lambda: rtf("\\line\n"), IP),
    Case("emoji.rtf", lambda: rtf(words=rtf_words("Fine 👩🏽‍💻 – dziękuję.")), said(1, "Fine 👩🏽‍💻 – dziękuję.")),
    Case("fallback-of-two.rtf", lambda: rtf(words="\\uc2 \\u8217\\'81\\'66\\u233 ?? it's\\uc1 "), said(1, "’é it's")),
    Case("picture-and-notes.rtf", lambda: rtf(extra=PICTURE + RTF_NOTE), IP),
    Case("field.rtf", lambda: rtf(words=f"See {RTF_LINK}."), said(1, "See the page.")),
    Case("smart-quotes.rtf", lambda: rtf(words="\\ldblquote It\\rquote s\\~fine\\rdblquote\\emdash well\\_being"), said(1, "“It’s fine”—well-being")),
    Case("table.rtf", lambda: RTF_TABLE, IP),
    Case("paragraphs.html", lambda: html(PAGE), IP),
    Case("line-breaks.html", lambda: html(BR), IP),
    Case("table.html", lambda: html(HTML_TABLE), IP),
    Case("noise.html", lambda: html(NOISE.replace("<nav>Home</nav>", "")), IP),
    Case("unclosed.htm", lambda: html(UNCLOSED), IP),
    Case("entities.html", lambda: html(ENTITIES, head=""), IP),
    Case("windows-1252.htm", lambda: html(PAGE, head=CP1252_HEAD, encoding="cp1252"), IP),
    Case("one-column.pdf", pdf, printed()),
    Case("long.pdf", lambda: pdf(times=5), printed(5)),
    Case("line-numbers.pdf", lambda: pdf(numbers=True, times=3), printed(3)),
    Case("broken-words.pdf", lambda: pdf(hyphens=True, times=4), printed(4)),
    Case("broken-words-and-numbers.pdf", lambda: pdf(hyphens=True, numbers=True, times=4), printed(4)),
    Case("two-columns.pdf", lambda: pdf(columns=True, times=6), printed(6)),
]  # fmt: skip

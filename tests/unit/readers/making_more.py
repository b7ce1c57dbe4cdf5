"""OpenDocument, RTF and e-mail files, made by hand."""

from __future__ import annotations

from making import zipped

_SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{urn}:1.0"'
    for name, urn in {
        "office": "office", "text": "text", "table": "table", "style": "style", "draw": "drawing",
        "fo": "xsl-fo-compatible",
    }.items()
) + ' xmlns:dc="http://purl.org/dc/elements/1.1/"'  # fmt: skip
_BOLD, _GONE = 'fo:font-weight="bold"', 'text:display="none"'
_STYLE = '<style:style style:name="{}" style:family="{}"><style:text-properties {}/></style:style>'
_LOOKS = [("B", "text", _BOLD), ("Gone", "text", _GONE), ("PB", "paragraph", _BOLD)]
_NUMBERED = '<text:list-style style:name="Num"><text:list-level-style-number style:num-format="1"/>'
_STYLES = "".join(_STYLE.format(*look) for look in _LOOKS) + _NUMBERED + "</text:list-style>"


def part(inner: str, name: str = "document-content") -> str:
    """An XML part of an OpenDocument file."""
    return f'<?xml version="1.0" encoding="UTF-8"?><office:{name} {_SPACES}>{inner}</office:{name}>'


def odt(*body: str, **parts: str) -> bytes:
    """An OpenDocument text; `parts` are further parts such as `styles="..."`, `meta="..."`."""
    content = f"<office:automatic-styles>{_STYLES}</office:automatic-styles>"
    content += f"<office:body><office:text>{''.join(body)}</office:text></office:body>"
    members: dict[str, str | bytes] = {
        "mimetype": "application/vnd.oasis.opendocument.text",
        "content.xml": part(content),
    }
    return zipped(members | {f"{name}.xml": part(inner, f"document-{name}") for name, inner in parts.items()})


def p(inner: str, style: str = "") -> str:
    """An OpenDocument paragraph."""
    return f'<text:p text:style-name="{style}">{inner}</text:p>'


def bold(words: str) -> str:
    """A bold stretch."""
    return f'<text:span text:style-name="B">{words}</text:span>'


def rtf(body: str) -> bytes:
    """An RTF file."""
    return (
        r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fcharset0 Arial;}{\f1\fcharset238 Arial CE;}}"
        + body
        + "}"
    ).encode("latin-1")


def eml(body: str, subject: str = "My story", **headers: str) -> bytes:
    """A plain e-mail from Ann Lee."""
    lines = ["From: Ann Lee <ann.lee@example.org>", "To: sam@example.org", f"Subject: {subject}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return ("\n".join(lines) + "\n\n" + body).encode()

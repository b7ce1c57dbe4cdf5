# ruff: noqa: E501, PLW0108
"""Hostile text files: what breaks readers of text, tables, captions, HTML, RTF and mail; and names of files."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from nasty_cases import labelled
from nasty_open import RTF_HEAD, html, rtf

LIKE_THIS = "I left because of the hours and nobody asked me why."
MEGA = 1_000_000


DEEP = 20_000
XXE = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
LAUGHS = '<!DOCTYPE x [<!ENTITY a0 "ha">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12)) + '<!ENTITY e "&a11;">]>'  # fmt: skip
QUADRATIC = f'<!DOCTYPE x [<!ENTITY q "{"q" * 50_000}"><!ENTITY e "{"&q;" * 9}">]>'


@dataclass(frozen=True)
class Hostile:
    """A file, and whether it must be refused, must be read, or may be either.

    `holds` is what must be in the words that were read; `never` what must not come out at all, read or refused.
    """

    name: str
    make: Callable[[], bytes]
    outcome: str = "either"
    holds: str = ""
    never: str = ""


def texts() -> Iterator[Hostile]:
    """Text that breaks readers of text."""
    said = labelled("I", "P1").encode()
    yield Hostile("nul-bytes.txt", lambda: said.replace(b"team", b"te\0am"))
    yield Hostile("all-nul.txt", lambda: bytes(MEGA), "refused")
    yield Hostile(
        "nul-bytes.csv",
        lambda: f'id,Why did you leave?\nL1,"{LIKE_THIS}"\nL2,"{LIKE_THIS} Nor me."\n'.encode().replace(
            b"hours", b"ho\0urs"
        ),
    )
    yield Hostile("million-columns.csv", lambda: b"id" + b",x" * MEGA + b"\nL1" + b"," * MEGA + b"\n")
    yield Hostile(
        "million-column-row.csv",
        lambda: b"id,Why did you leave?\nL1," + LIKE_THIS.encode() + b"," * MEGA + b"\n",
    )
    yield Hostile(
        "huge-cell.csv", lambda: b'id,Why did you leave?\nL1,"' + LIKE_THIS.encode() * 40_000 + b'"\n'
    )
    yield Hostile("open-quote.csv", lambda: b'id,Why did you leave?\nL1,"' + b"nobody asked\n" * 60_000)
    yield Hostile(
        "thirty-thousand-rows.csv",
        lambda: (
            b"id,Why did you leave?\n"
            + b"".join(b"L%d,%s %d\n" % (n, LIKE_THIS.encode(), n) for n in range(30_000))
        ),
        "read",
        holds=LIKE_THIS,
    )
    yield Hostile("one-line.txt", lambda: LIKE_THIS.encode() * 200_000, "read", holds=LIKE_THIS)
    yield Hostile("one-line.md", lambda: (LIKE_THIS + " *a _b ").encode() * 30_000)
    yield Hostile(
        "one-line.vtt", lambda: b"WEBVTT\n\n00:01.000 --> 00:02.000\n" + b"<v Ruth>word</v> " * 60_000
    )
    yield Hostile("open-tags.vtt", lambda: b"WEBVTT\n\n00:01.000 --> 00:02.000\n" + b"<v " * 200_000)
    yield Hostile("colons.txt", lambda: b"a: " * 300_000)
    yield Hostile("many-labels.txt", lambda: b"".join(b"N%d: word\n" % n for n in range(10_000)))
    yield Hostile("brackets.txt", lambda: b"[" * 300_000 + b"(" * 300_000)
    yield Hostile(
        "absurd-times.vtt",
        lambda: b"WEBVTT\n\n" + b"9" * 400 + b":00:00.000 --> 99999999999999999999:00:00.000\nHello.\n",
    )
    yield Hostile(
        "lone-surrogates.txt",
        lambda: "I: Why?\nP1: Odd \ud83d here.\nI: So?\nP1: So \udc00.\n".encode(
            "utf-16-le", "surrogatepass"
        ),
    )
    yield Hostile("surrogates-in-utf8.txt", lambda: b"I: Why?\nP1: Odd \xed\xa0\xbd here.\nI: So?\nP1: So.\n")
    yield Hostile("lone-surrogate.rtf", lambda: rtf(words="Odd \\u-10179? here"))
    yield Hostile(
        "bidi.txt",
        lambda: "I: Why?\nP1: I \u202eleft\u202c in \u2066May\u2069.\nI: So?\nP1: So.\n".encode(),
        "read",
        holds="May",
    )
    yield Hostile("escapes.txt", lambda: b"I: Why?\nP1: \x1b[31mred\x1b[0m \x07 bell.\nI: So?\nP1: So.\n")
    yield Hostile("deep.html", lambda: html("<div>" * DEEP + LIKE_THIS + "</div>" * DEEP))
    yield Hostile("very-deep.html", lambda: html("<div><b>" * 50_000 + LIKE_THIS))
    yield Hostile("many-attributes.html", lambda: html("<p " + "a=1 " * 300_000 + f">{LIKE_THIS}</p>"))
    yield Hostile("laughs.html", lambda: LAUGHS.encode() + html(f"<p>&e; {LIKE_THIS}</p>"))
    yield Hostile("open-tags.html", lambda: b"<html><body>" + b"<a " * 300_000)
    yield Hostile("deep.rtf", lambda: (RTF_HEAD + "{" * DEEP + LIKE_THIS + "}" * DEEP + "}").encode())
    yield Hostile("never-closed.rtf", lambda: (RTF_HEAD + "{\\b " * 300_000 + LIKE_THIS).encode())
    yield Hostile("long-binary.rtf", lambda: (RTF_HEAD + "\\bin2147483647 " + LIKE_THIS + "}").encode())
    yield Hostile("long-number.rtf", lambda: (RTF_HEAD + "\\fs" + "9" * 50_000 + f" {LIKE_THIS}}}").encode())
    yield Hostile("parts-in-parts.eml", deep_mail)
    yield Hostile(
        "long-head.eml", lambda: b"Subject: " + b"=?utf-8?q?a?= " * 300_000 + b"\n\n" + LIKE_THIS.encode()
    )


def deep_mail() -> bytes:
    """A mail in a mail in a mail ..."""
    body = f"Content-Type: text/plain\n\n{LIKE_THIS}\n"
    for n in range(400):
        body = f'Content-Type: multipart/mixed; boundary="b{n}"\n\n--b{n}\n{body}\n--b{n}--\n'
    return ("From: a@example.org\nMIME-Version: 1.0\n" + body).encode()


def names() -> Iterator[Hostile]:
    """Names of files that would colour a terminal, turn its line round or break it."""
    for name in ("\x1b[31mred.doc", "turned\u202ecod.txt", "two\nlines.docx", "\u2066x\u2069.odt", "[bold]markup[bold].pdf", "x" * 240 + ".docx", "név–ő.docx"):  # fmt: skip
        yield Hostile(name, lambda: b"PK\x03\x04 not a file" + bytes(90), "refused")


CASES = [*texts(), *names()]

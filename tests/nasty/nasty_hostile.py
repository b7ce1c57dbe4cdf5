# ruff: noqa: E501, PLW0108
"""Hostile and broken files: each must be read right or refused in words that help, soon and in little memory."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable, Iterator

import xlsxwriter
from fpdf import FPDF
from nasty_cases import labelled
from nasty_hostile_texts import CASES as TEXTS
from nasty_hostile_texts import DEEP, LAUGHS, LIKE_THIS, MEGA, QUADRATIC, XXE, Hostile
from nasty_open import IP as OPEN_IP
from nasty_open import html, odt, odt_talk, pdf, rtf
from nasty_plain import mail
from nasty_tables import ms_forms
from nasty_word import REL, W, talk, word
from PIL import Image


def zipped(members: list[tuple[str, bytes]], *, level: int = 6) -> bytes:
    """A zip of these members."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as file:
        for name, data in members:
            file.writestr(name, data)
    return out.getvalue()


def changed(data: bytes, part: str, change: Callable[[bytes], bytes], *more: tuple[str, bytes]) -> bytes:
    """A zip with one member changed and others added."""
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        members = [
            (name, change(file.read(name)) if name == part else file.read(name)) for name in file.namelist()
        ]
    return zipped([*members, *more], level=1)


def bomb(data: bytes, part: str, megabytes: int = 60) -> bytes:
    """A small file whose part unpacks to many megabytes."""
    return changed(data, part, lambda xml: xml.replace(b">", b">" + b" " * megabytes * MEGA, 1))


def with_link(data: bytes, part: str) -> bytes:
    """A zip in which the part is a symbolic link to a file of the machine."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            info = zipfile.ZipInfo(name)
            if name == part:
                info.create_system, info.external_attr = 3, 0o120777 << 16
            new.writestr(info, b"/etc/passwd" if name == part else old.read(name))
    return out.getvalue()


def flagged(data: bytes) -> bytes:
    """A zip that says of every member that it is encrypted."""
    out = bytearray(data)
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = out.find(mark)
        while place >= 0:
            out[place + offset] |= 1
            place = out.find(mark, place + 4)
    return bytes(out)


def lying(data: bytes) -> bytes:
    """A zip whose directory says that every member is ten bytes long."""
    out = bytearray(data)
    for mark, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        place = out.find(mark)
        while place >= 0:
            out[place + offset : place + offset + 4] = struct.pack("<I", 10)
            place = out.find(mark, place + 4)
    return bytes(out)


def with_doctype(data: bytes, part: str, doctype: str) -> bytes:
    """A zip whose part declares entities and uses one in its first words."""

    def declare(xml: bytes) -> bytes:
        text = xml.decode()
        start = text.index("?>") + 2 if text.startswith("<?xml") else 0
        body = text[start:].replace("Could", "&e;Could", 1).replace("caseload", "&e;caseload", 1)
        return (text[:start] + doctype + body).encode()

    return changed(data, part, declare)


DOC, ODT, XLSX = "word/document.xml", "content.xml", "xl/sharedStrings.xml"


def docx_file() -> bytes:
    """A good one."""
    return word(talk())


def odt_file() -> bytes:
    """A good one."""
    return odt(odt_talk())


def far_cell() -> bytes:
    """A workbook with a word in the first cell and one in the very last."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["id", "Why did you leave?"])
    sheet.write_row(1, 0, ["L1", LIKE_THIS])
    sheet.write(1_048_575, 16_383, "far")
    book.close()
    return out.getvalue()


def ole(*streams: str) -> bytes:
    """The old Office container as Word 97 or a password leaves it: its directory names the streams."""
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 62, 3, 0xFFFE, 9, 6)
    head += bytes(6) + struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    head = (head + struct.pack("<I", 0) + b"\xff" * 436).ljust(512, b"\xff")
    fat = struct.pack("<III", 0xFFFFFFFD, 0xFFFFFFFE, 0xFFFFFFFE).ljust(512, b"\xff")
    directory = b""
    for number, name in enumerate(("Root Entry", *streams)):
        utf16 = name.encode("utf-16-le") + b"\0\0"
        directory += (
            utf16.ljust(64, b"\0") + struct.pack("<HB", len(utf16), 5 if not number else 2) + bytes(61)
        )
    return head + fat + directory.ljust(512, b"\0") + LIKE_THIS.encode() * 40


def locked_pdf(*, to_open: bool) -> bytes:
    """A PDF that needs a password to be opened, or only to be changed."""
    page = FPDF()
    page.add_page()
    page.set_font("Times", size=12)
    page.multi_cell(0, 8, LIKE_THIS)
    page.set_encryption(owner_password="owner", user_password="secret" if to_open else "")
    return bytes(page.output())


def scanned_pdf() -> bytes:
    """Pages that are pictures."""
    page = FPDF()
    for grey in (40, 90):
        page.add_page()
        page.image(Image.new("L", (300, 400), grey), 0, 0, 210)
    return bytes(page.output())


LOOP = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[2 0 R 2 0 R]/Count 99999999>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
WHOLE = {
    "docx": docx_file, "odt": odt_file, "xlsx": ms_forms, "pdf": lambda: pdf(times=2), "rtf": rtf, "eml": mail,
    "html": lambda: html("".join(f"<p>{who}: {words}</p>" for who, words in OPEN_IP)),
    "vtt": lambda: b"WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ruth>" + LIKE_THIS.encode() + b"</v>\n",
    "csv": lambda: f'id,Why did you leave?\nL1,"{LIKE_THIS}"\nL2,"{LIKE_THIS} Nor me."\n'.encode(),
    "txt": lambda: labelled("I", "P1").encode(), "md": lambda: labelled("**I**", "**P1**").encode(),
    "srt": lambda: f"1\n00:00:01,000 --> 00:00:02,000\n{LIKE_THIS}\n".encode(), "tsv": lambda: b"id\tWhy\nL1\tA\n",
}  # fmt: skip


def cut_short() -> Iterator[Hostile]:
    """Each kind of file, cut in the middle and just before its end; containers must be refused."""
    for ending, make in WHOLE.items():
        outcome = "refused" if ending in ("docx", "odt", "xlsx") else "either"
        yield Hostile(f"cut-in-half.{ending}", lambda make=make: make()[: len(make()) // 2], outcome)  # type: ignore[misc]
        yield Hostile(f"cut-at-the-end.{ending}", lambda make=make: make()[:-9])  # type: ignore[misc]


def empty() -> Iterator[Hostile]:
    """Nothing, a mark and nothing, white space."""
    for ending in WHOLE:
        yield Hostile(f"empty.{ending}", lambda: b"", "refused")
    for ending in ("txt", "csv", "vtt", "md", "html", "srt", "tsv"):
        yield Hostile(f"only-a-mark.{ending}", lambda: b"\xef\xbb\xbf", "refused")
    yield Hostile("only-a-mark-16.txt", lambda: b"\xff\xfe", "refused")
    yield Hostile("only-spaces.txt", lambda: b" \n\t\r\n" * 500, "refused")


def wrong_endings() -> Iterator[Hostile]:
    """Files that say they are something else."""
    for real, said in (("pdf", "docx"), ("pdf", "txt"), ("docx", "txt"), ("docx", "pdf"), ("xlsx", "csv"), ("odt", "docx"), ("docx", "odt"), ("txt", "pdf"), ("txt", "docx"), ("txt", "xlsx"), ("html", "docx"), ("rtf", "docx"), ("xlsx", "docx"), ("docx", "xlsx"), ("csv", "xlsx"), ("docx", "doc"), ("rtf", "doc"), ("docx", "vtt"), ("docx", "rtf"), ("pdf", "eml"), ("docx", "html")):  # fmt: skip
        yield Hostile(f"really-{real}.{said}", WHOLE[real], never="\x00")
    yield Hostile("picture.txt", lambda: b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40, "refused")
    yield Hostile("program.csv", lambda: b"MZ\x90\x00" + bytes(range(256)) * 40, "refused")
    yield Hostile("old-word.doc", lambda: ole("WordDocument", "1Table"), "refused")
    yield Hostile("old-excel.xls", lambda: ole("Workbook"), "refused")
    yield Hostile("old-word.docx", lambda: ole("WordDocument", "1Table"), "refused")
    yield Hostile("password.docx", lambda: ole("EncryptionInfo", "EncryptedPackage"), "refused")
    yield Hostile("password.xlsx", lambda: ole("EncryptionInfo", "EncryptedPackage"), "refused")
    yield Hostile("password.pdf", lambda: locked_pdf(to_open=True), "refused")
    yield Hostile(
        "may-not-be-changed.pdf", lambda: locked_pdf(to_open=False), "read", holds="nobody asked me why"
    )
    yield Hostile("scanned.pdf", scanned_pdf, "refused")
    yield Hostile("pages-in-a-loop.pdf", lambda: LOOP, "refused")


def containers() -> Iterator[Hostile]:
    """Zips that would fill the memory or the disk, or reach for other files."""
    for ending, make, part in (("docx", docx_file, DOC), ("odt", odt_file, ODT), ("xlsx", ms_forms, XLSX)):
        yield Hostile(f"bomb.{ending}", lambda make=make, part=part: bomb(make(), part), "refused")  # type: ignore[misc]
        yield Hostile(
            f"link.{ending}", lambda make=make, part=part: with_link(make(), part), "refused", never="root:"
        )  # type: ignore[misc]
        yield Hostile(
            f"outside.{ending}",
            lambda make=make, part=part: with_doctype(make(), part, XXE),
            "refused",
            never="root:",
        )  # type: ignore[misc]
        yield Hostile(
            f"laughs.{ending}", lambda make=make, part=part: with_doctype(make(), part, LAUGHS), "refused"
        )  # type: ignore[misc]
        yield Hostile(
            f"quadratic.{ending}",
            lambda make=make, part=part: with_doctype(make(), part, QUADRATIC),
            "refused",
        )  # type: ignore[misc]
        yield Hostile(
            f"climbing.{ending}",
            lambda make=make, part=part: changed(
                make(), part, bytes, ("../../evil.txt", b"x"), ("/tmp/evil.txt", b"x"), ("C:\\evil.txt", b"x")
            ),
        )  # type: ignore[misc]
        yield Hostile(f"encrypted-members.{ending}", lambda make=make: flagged(make()), "refused")  # type: ignore[misc]
        yield Hostile(f"lying-sizes.{ending}", lambda make=make: lying(make()))  # type: ignore[misc]
        yield Hostile(
            f"many-members.{ending}",
            lambda make=make, part=part: changed(
                make(), part, bytes, *((f"x/{n}", b"") for n in range(6_000))
            ),
            "refused",
        )  # type: ignore[misc]
    yield Hostile("large-bomb.docx", lambda: bomb(docx_file(), DOC, 210), "refused")
    yield Hostile(
        "zips-in-zips.docx",
        lambda: zipped([(f"{n}.zip", zipped([("a.zip", bytes(MEGA))])) for n in range(20)]),
        "refused",
    )
    yield Hostile(
        "deep.docx", lambda: word(talk() + "<w:sdt><w:sdtContent>" * DEEP + "</w:sdtContent></w:sdt>" * DEEP)
    )
    yield Hostile("deep.odt", lambda: odt(odt_talk() + "<text:section>" * DEEP + "</text:section>" * DEEP))
    yield Hostile(
        "deep-tables.docx",
        lambda: word("<w:tbl><w:tr><w:tc>" * DEEP + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * DEEP),
    )
    yield Hostile("far-cell.xlsx", far_cell)
    yield Hostile(
        "no-such-character.docx",
        lambda: changed(docx_file(), DOC, lambda x: x.replace(b"Could", b"&#xD800;Could")),
        "refused",
    )
    yield Hostile("no-main-part.docx", lambda: zipped([("a.txt", b"x")]), "refused")
    link = f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" Type="{REL}/officeDocument" Target="../../../etc/passwd" TargetMode="External"/></Relationships>'  # fmt: skip
    yield Hostile(
        "main-part-elsewhere.docx",
        lambda: changed(docx_file(), "_rels/.rels", lambda _: link.encode()),
        never="root:",
    )
    yield Hostile("many-paragraphs.docx", lambda: word(f'<w:p xmlns:w="{W}"/>' * 20_000 + talk()))


HOSTILE = [*cut_short(), *empty(), *wrong_endings(), *containers(), *TEXTS]

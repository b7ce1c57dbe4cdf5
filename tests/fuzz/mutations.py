# ruff: noqa: E501
"""Ways to break a file: blind ones, and ones that know zips, XML and tables."""

from __future__ import annotations

import io
import random
import re
import zipfile
import zlib
from collections.abc import Callable, Sequence

Mutation = Callable[[random.Random, bytes, Sequence[bytes]], bytes]
ODD = (
    b"\x00", b"\xff", b"\xef\xbb\xbf", b"\xff\xfe", b"\xed\xa0\x80", b"\x85", b"\r", b"\n\n", b"\t", b'"', b"'", b",", b";", b"=", b"<", b">", b"&", b"&#0;", b"&#xD800;", b"&amp",
    b"]]>", b"<!--", b"-->", b"{", b"}", b"\\", b"\\'", b"\\u-1?", b"\\bin9999 ", b":", b": ", b"-->", b"00:00", b"99:99:99.999", b"-1", b"9" * 40, b"1e999", b"\xe2\x80\xae", b"\xf0\x9f\x98\x80", b"\x1b[0m",
    b"<v ", b"WEBVTT", b"P1: ", b"Q: ", b"%PDF", b"endobj", b"stream", b"/Length -5", b"PK\x03\x04", b"<w:p>", b"</w:p>", b"<w:tbl>", b"<text:p>", b"<div>", b"</table>", b"=?utf-8?b?", b"--b",
)  # fmt: skip
XML = re.compile(rb"<[^>]*>")
ATTRIBUTE = re.compile(rb'="[^"]*"')


def flip(draw: random.Random, data: bytes, _: Sequence[bytes]) -> bytes:
    """A few bits turned."""
    out = bytearray(data)
    for _ in range(draw.choice((1, 1, 2, 5, 20))):
        out[draw.randrange(len(out))] ^= 1 << draw.randrange(8)
    return bytes(out)


def cut(draw: random.Random, data: bytes, _: Sequence[bytes]) -> bytes:
    """The end, the beginning or a piece of the middle taken away."""
    a, b = place(draw, data), place(draw, data)
    return draw.choice((data[:a], data[a:], data[: min(a, b)] + data[max(a, b) :]))


def repeat(draw: random.Random, data: bytes, _: Sequence[bytes]) -> bytes:
    """A piece said again, now and then very often."""
    a, b = piece(draw, data)
    times = draw.choice((2, 2, 3, 10, 200))
    return data[:a] + data[a:b] * min(times, 1 + 100_000 // max(1, b - a)) + data[b:]


def insert(draw: random.Random, data: bytes, _: Sequence[bytes]) -> bytes:
    """Something odd put in."""
    for _ in range(draw.choice((1, 1, 3))):
        at = place(draw, data)
        data = data[:at] + draw.choice(ODD) * draw.choice((1, 1, 1, 50)) + data[at:]
    return data


def splice(draw: random.Random, data: bytes, others: Sequence[bytes]) -> bytes:
    """A piece of another file put in the place of one of this."""
    other = draw.choice(others)
    a, b = piece(draw, data)
    c, d = piece(draw, other)
    return data[:a] + other[c:d] + data[b:]


def swap_lines(draw: random.Random, data: bytes, _: Sequence[bytes]) -> bytes:
    """Lines lost, said twice or in another order."""
    lines = data.split(b"\n")
    a, b = draw.randrange(len(lines)), draw.randrange(len(lines))
    kind = draw.randrange(4)
    if kind == 0:
        lines[a], lines[b] = lines[b], lines[a]
    elif kind == 1:
        del lines[a]
    elif kind == 2:
        lines.insert(a, lines[b])
    else:
        lines = [line.rstrip(b"\r") + draw.choice((b"", b"\r", b"  ", b"\t")) for line in lines]
    return b"\n".join(lines)


def recode(draw: random.Random, data: bytes, _: Sequence[bytes]) -> bytes:
    """The same text in another encoding, or in one that it is not."""
    text = data.decode(draw.choice(("utf-8", "cp1252", "latin-1")), "replace")
    return text.encode(
        draw.choice(("utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "utf-7")), "replace"
    )


def markup(draw: random.Random, data: bytes, _: Sequence[bytes]) -> bytes:  # noqa: PLR0911
    """XML that stays mostly well-formed: elements doubled, emptied, wrapped; attributes and texts changed."""
    tags = list(XML.finditer(data))
    if not tags:
        return insert(draw, data, ())
    kind, tag = draw.randrange(6), draw.choice(tags)
    a, b = tag.span()
    if kind == 1:
        return data[:b] + tag.group() * draw.choice((1, 3, 300)) + data[b:]
    if kind == 2:
        end = draw.choice(tags).end()
        return data[: max(b, end)] + data[min(a, end) : max(b, end)] + data[max(b, end) :]
    if kind == 3 and (found := list(ATTRIBUTE.finditer(data))):
        one = draw.choice(found)
        value = draw.choice((b"", b"-1", b"0", b"99999999999", b"x", b"&lt;", b"\xef\xbf\xbd", b"../../x"))
        return data[: one.start()] + b'="' + value + b'"' + data[one.end() :]
    if kind == 4:
        return (
            data[:b]
            + draw.choice((b"text", b"P1: ", b" ", b"&#160;", b"&#8232;", b"&lt;", b"\xf0\x9f\x98\x80"))
            + data[b:]
        )
    names = [re.match(rb"</?([\w:.-]+)", one.group()) for one in (tag, draw.choice(tags))]
    if kind == 5 and names[0] and names[1]:
        return data.replace(names[0].group(1), names[1].group(1))
    return data[:a] + data[b:]


def fields(draw: random.Random, data: bytes, _: Sequence[bytes]) -> bytes:
    """Tables: separators changed, quotes opened, columns added, rows of other lengths."""
    kind = draw.randrange(6)
    if kind == 0:
        return data.replace(b",", draw.choice((b";", b"\t", b"|", b",,")))
    if kind == 1:
        return data.replace(b'"', draw.choice((b"", b'""', b"'", b'"""')), draw.choice((1, -1)))
    rows = data.split(b"\n")
    at = draw.randrange(len(rows))
    if kind == 2:
        rows[at] += b"," * draw.choice((1, 5, 3000))
    elif kind == 3:
        rows[at] = b",".join(draw.sample(parts := rows[at].split(b","), len(parts)))
    elif kind == 4:
        rows[0] = rows[draw.randrange(len(rows))]
    else:
        rows[at] = draw.choice((b"", b",", b'"', b"=1+1,@x,+y", b"sep=;", b"NA,None,null", b"\xa0,\xa0"))
    return b"\n".join(rows)


BLIND: tuple[Mutation, ...] = (flip, cut, repeat, insert, splice, swap_lines, recode)


def inside(draw: random.Random, data: bytes, others: Sequence[bytes]) -> bytes:
    """A zip with one of its members broken, lost, renamed, doubled or stored under another's name."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as old:
            members = [(info.filename, old.read(info)) for info in old.infolist()]
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, RuntimeError, NotImplementedError, EOFError):
        return flip(draw, data, others)
    if not members:
        return flip(draw, data, others)
    large = [n for n, (_, content) in enumerate(members) if len(content) > 200] or [0]
    at = draw.choice(large) if draw.random() < 0.9 else draw.randrange(len(members))
    name, content = members[at]
    kind = draw.random()
    if kind < 0.55:
        members[at] = (name, markup(draw, content or b"<x/>", others))
    elif kind < 0.85:
        members[at] = (
            name,
            draw.choice(BLIND)(draw, content or b"x", [c for _, c in members if c] or [b"x"]),
        )
    elif kind < 0.9:
        del members[at]
    elif kind < 0.95:
        members[at] = (draw.choice(members)[0] + draw.choice(("", "x")), content)
    else:
        members.append((draw.choice(("../x", "/etc/x", name.upper(), "word/x.xml")), content))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new:
        seen = set()
        for name, content in members:
            if name not in seen:
                seen.add(name)
                new.writestr(name, content)
    return out.getvalue()


def mutated(draw: random.Random, ending: str, data: bytes, others: Sequence[bytes]) -> bytes:
    """The file broken in one to four ways that fit its kind."""
    for _ in range(draw.choice((1, 1, 1, 2, 2, 4))):
        kinds: list[Mutation] = list(BLIND)
        if ending in ("docx", "odt", "xlsx", "ods"):
            kinds = [inside] * 18 + [flip, cut, splice]
        elif ending in ("html", "htm", "vtt"):
            kinds += [markup] * 4
        elif ending in ("csv", "tsv"):
            kinds += [fields] * 6
        data = draw.choice(kinds)(draw, data or b"x", others) or b"x"
    return data[: 3 * 1024 * 1024]


def place(draw: random.Random, data: bytes) -> int:
    """A position."""
    return draw.randrange(len(data) + 1)


def piece(draw: random.Random, data: bytes) -> tuple[int, int]:
    """A stretch, mostly short."""
    a = place(draw, data)
    return a, min(len(data), a + draw.choice((1, 4, 16, 64, 300, 2000)))

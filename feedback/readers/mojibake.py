"""UTF-8 that was once read as another encoding (`donâ€™t`, `Â£20`): put right, and each repair told."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from functools import lru_cache

from feedback.model import Dropped
from feedback.readers.shapes import left_out

_MOST = 2_000_000  # characters of spoiled lines; more is no transcript, and would take minutes
_WINDOW = 400  # characters that are repaired together; longer lines are cut at a space
_LONG, _SHOWN = 100, 20  # characters
_PLACES = 5
_CONTROL = re.compile(r"[\x80-\x9f]")


def repaired(text: str) -> tuple[str, list[Dropped]]:
    """The text with mojibake put right, and one note for each sequence that was replaced, with its lines.

    Only spoiled encodings are repaired (ftfy 6, Speer 2019): quotes, spaces, ligatures and everything else
    that is merely unusual stay as they are. Text that is right ("Âge", "São", "Łódź") is not touched.
    """
    changed, notes = repairs_in([text])
    return changed.get(0, text), notes


def repairs_in(pieces: Iterable[str]) -> tuple[dict[int, str], list[Dropped]]:
    """The pieces of a text (whole lines each) that have to be repaired, by number, and the same notes."""
    bad: list[tuple[int, int]] = []
    lines: dict[int, list[str]] = {}
    before = [0]
    for at, piece in enumerate(pieces):
        before.append(before[-1] + piece.count("\n"))
        if found := _bad_lines(piece):
            bad += [(at, line) for line in found]
            lines[at] = piece.split("\n")
    if sum(len(lines[at][line]) for at, line in bad) > _MOST:
        return {}, [left_out(f"wrong letters (mojibake) in {len(bad)} lines, too many to repair")]
    places: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    repaired_there: set[int] = set()
    for at, line in bad:
        windows = [(window, _fixed(window)) for window in _windows(lines[at][line])]
        for change in (change for old, new in windows for change in _changes(old, new)):
            places[change].append(before[at] + line + 1)
        whole = "".join(new for _, new in windows)
        if whole != lines[at][line]:
            lines[at][line] = whole
            repaired_there.add(at)
    notes = [
        left_out(f"wrong letters repaired (mojibake): {_shown(old)} to {_shown(new)}, {_where(at)}")
        for (old, new), at in sorted(places.items())
    ]
    return {at: "\n".join(lines[at]) for at in repaired_there}, notes


def _bad_lines(text: str) -> list[int]:
    """The numbers of the lines that are spoiled."""
    if text.isascii() or not _spoiled(text):
        return []
    return [number for number, line in enumerate(text.split("\n")) if not line.isascii() and _spoiled(line)]


def _spoiled(text: str) -> bool:
    from ftfy.badness import is_bad

    return bool(is_bad(text)) or "\xa0" in text or _CONTROL.search(text) is not None


@lru_cache(maxsize=4096)
def _fixed(text: str) -> str:
    from ftfy import TextFixerConfig, fix_encoding

    only_encoding = TextFixerConfig(
        unescape_html=False,
        remove_terminal_escapes=False,
        fix_latin_ligatures=False,
        fix_character_width=False,
        uncurl_quotes=False,
        fix_line_breaks=False,
        fix_surrogates=False,
        remove_control_chars=False,
        normalization=None,
        replace_lossy_sequences=False,
    )
    return fix_encoding(text, only_encoding)


def _windows(line: str) -> Iterator[str]:
    while len(line) > _WINDOW:
        cut = line.rfind(" ", 1, _WINDOW) + 1 or _WINDOW
        yield line[:cut]
        line = line[cut:]
    yield line


def _changes(old: str, new: str) -> Iterator[tuple[str, str]]:
    """What was replaced by what, in the order of the line; word by word, where there are as many before."""
    before, after = old.split(" "), new.split(" ")
    if max(map(len, before + after)) > _LONG:  # no words; to compare them would take long
        if old != new:
            yield _odd(old), _odd(new)
        return
    if len(before) != len(after):
        before, after = [old], [new]
    for one, other in zip(before, after, strict=True):
        if one != other:
            matcher = SequenceMatcher(None, one, other, autojunk=False)
            parts = (part for part in matcher.get_opcodes() if part[0] != "equal")
            yield from ((one[i:j], other[k:m]) for _, i, j, k, m in parts)


def _odd(text: str) -> str:
    """The first letters of a text that are not plain ones."""
    return "".join(letter for letter in text if not letter.isascii())[:_SHOWN]


def _shown(letters: str) -> str:
    """Letters between quotes; those that cannot be seen as their code points."""
    seen = "".join(
        one if one.isprintable() and not one.isspace() else f"<U+{ord(one):04X}>" for one in letters
    )
    return f"'{seen}'"


def _where(lines: list[int]) -> str:
    counted = Counter(lines)
    shown = ", ".join(str(line) for line in list(counted)[:_PLACES])
    more = ", ..." if len(counted) > _PLACES else ""
    places = "1 place" if len(lines) == 1 else f"{len(lines)} places"
    return f"{places} (line {shown}{more})" if len(counted) == 1 else f"{places} (lines {shown}{more})"

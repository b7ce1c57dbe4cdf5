"""Numbers of cars, cards, accounts and machines: each by its form, with its check digit or a word near it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import regex

from feedback.edits.text.near import finditer
from feedback.edits.text.page import Page

Found = Iterator[tuple[int, int, float]]

_PLATE_NOW = regex.compile(r"(?<!\w)[A-HJ-PR-Y][A-Y][0-9]{2}\s?[A-HJ-PR-Z]{3}(?!\w)")
_PLATE_OLD = regex.compile(
    r"(?<!\w)(?!NHS\b)(?:[A-Z]\d{1,3}\s?[A-Z]{3}|[A-Z]{3}\s?\d{1,3}[A-Z]|[A-Z]{1,3}\s?\d{1,4})(?!\w)"
)
_CAR_WORD = regex.compile(r"(?i)\b(?:reg|registration|number ?plates?|plates?(?! of\b))\b")
_CARD = re.compile(r"\d(?<![\w.£-]\d)(?:[ -]?\d){12,18}(?![\w-])")
_IBAN = re.compile(r"(?<!\w)[A-Z]{2}\d{2}(?: ?[A-Z0-9]){11,30}(?![A-Za-z0-9])")
_SORT_CODE = re.compile(r"\d(?<![\w/-]\d)\d-\d{2}-\d{2}(?![\w/-])([ ,]{1,3}\d{8}(?!\w))?")
_BANK_WORD = regex.compile(r"(?i)\b(?:sort code|bank|account)\b")
_BYTE = r"(?:25[0-5]|2[0-4]\d|1?\d?\d)"
_IP = re.compile(rf"(?=\d)(?<![\w.]){_BYTE}(?:\.{_BYTE}){{3}}(?![\w]|\.\d)")


def near_word(text: str, match: Any, word: Any, reach: int = 60) -> bool:
    """Whether a word stands, whole, within so many characters of a match."""
    start, end = match.span()
    last = min(len(text), end + reach)
    found = word.search(text, max(0, start - reach), last)
    return found is not None and (found.end() < last or not text[last : last + 1].isalnum())


def said_before(text: str, match: Any, word: Any, reach: int) -> bool:
    """Whether a word stands, whole, within so many characters before a match."""
    return word.search(text, max(0, match.start() - reach), match.start()) is not None


def vehicles(page: Page) -> Found:
    """Number plates: those of today by their form, older ones beside a word for one."""
    for match in finditer(_PLATE_NOW, page):
        yield match.start(), match.end(), 0.9
    if _CAR_WORD.search(page.text):
        for match in finditer(_PLATE_OLD, page):
            if near_word(page.text, match, _CAR_WORD, 40):
                yield match.start(), match.end(), 0.7


def accounts(page: Page) -> Found:
    """Cards and bank accounts, by their check digits or a word beside them."""
    for match in finditer(_CARD, page):
        if _luhn(regex.sub(r"\D", "", match[0])):
            yield match.start(), match.end(), 1.0
    for match in finditer(_IBAN, page):
        letters = regex.sub(r"\s", "", match[0])
        if int("".join(str(int(c, 36)) for c in letters[4:] + letters[:4])) % 97 == 1:
            yield match.start(), match.end(), 1.0
    for match in finditer(_SORT_CODE, page):
        if match[1] or near_word(page.text, match, _BANK_WORD):
            yield match.start(), match.end(), 0.9


def _luhn(digits: str) -> bool:
    """Whether a card number carries its check digit (ISO/IEC 7812)."""
    doubled = [int(d) * 2 - 9 * (int(d) > 4) for d in digits[-2::-2]]
    return sum(doubled) % 10 == -sum(map(int, digits[-1::-2])) % 10


def ip_addresses(page: Page) -> Found:
    """Addresses of machines."""
    for match in finditer(_IP, page):
        yield match.start(), match.end(), 1.0

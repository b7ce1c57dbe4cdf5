"""Exact dates: a day with its month. A month, a season or a year alone says too little to hide."""

from __future__ import annotations

import re
from collections.abc import Iterator

import regex

from feedback.edits.text.near import finditer
from feedback.edits.text.page import Page
from feedback.spans import Edit

_MONTHS = (
    r"(?:(?i:january|february|april|june|july|august|september|october|november|december)|March|MARCH|"
    r"May|MAY"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
)
_WEEKDAY = (
    r"(?:(?i:(?:mon|tues|wednes|thurs|fri|satur|sun)day|mon|tues?|weds?|thurs?|fri|sat|sun)\b"
    r"\.?,?\s+(?:the\s+)?)?"
)
_DAY = r"(?:3[01]|[12]\d|0?[1-9])"
_NTH = (
    r"(?i:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth|"
    r"fourteenth"
    r"|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth"
    r"|twenty[- ](?:first|second|third|fourth|fifth"
    r"|sixth|seventh|eighth|ninth)|thirtieth|thirty[- ]first)"
)
_YEAR = r"(?P<year>(?:19|20)\d{2}|['’]\d{2})(?!\d)"
_OTHER_DAY = rf"(?i:the\s+)?(?:{_DAY}(?:st|nd|rd|th)?\s*(?:-|–|to|and|or|&)\s*)?"

_DAY_MONTH = regex.compile(
    rf"(?<![\w.,:/£-]){_WEEKDAY}{_OTHER_DAY}(?:{_DAY}\s?(?:st|nd|rd|th)?(?:\s+(?:day\s+)?of)?\s*[-/\s]?|"
    rf"{_NTH}\s+(?:day\s+)?of)\s*{_MONTHS}(?!\p{{L}})(?:[\s,/-]+(?:of\s+)?{_YEAR})?"
)
_MONTH_DAY = regex.compile(
    rf"(?<!\w){_WEEKDAY}{_MONTHS}\s+(?:the\s+)?"
    rf"(?:(?:{_DAY}(?:st|nd|rd|th)|{_NTH})(?!\w)(?:,?\s+{_YEAR})?|{_DAY},?\s+{_YEAR}|"
    rf"{_DAY}(?=\s*(?:[,;)?!]|\.(?!\d)|\n|\Z)))"
)
_NUMERIC = regex.compile(
    rf"(?<![\w/.£-])(?:(?:(?P<d>{_DAY})(?P<s>[/.-])(?P<m>1[0-2]|0?[1-9])(?P=s)|(?:1[0-2]|0?[1-9])/{_DAY}/)"
    rf"(?P<year>(?:19|20)?\d{{2}})"
    rf"|(?P<year>(?:19|20)\d{{2}})-(?:1[0-2]|0[1-9])-(?:3[01]|[12]\d|0[1-9]))(?![\w/-]|\.\d)"
)
# A day with its weekday, or day and month in figures after a word that wants a day.
_WEEKDAY_DAY = regex.compile(
    r"(?i)(?<!\w)(?:mon|tues?|wed(?:nes|s)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s(?:the\s)?"
    rf"(?:{_DAY}(?:st|nd|rd|th)|{_DAY}/(?:1[0-2]|0?[1-9])(?:/(?P<year>(?:19|20)?\d{{2}}))?)(?![\w/])"
    rf"|(?<=\b(?:on|by|since|until|dated|due|from|born|group|meeting|review|conference|visit|hearing|"
    rf"court|contact|next|seen)\s){_DAY}/(?:1[0-2]|0?[1-9])(?![\w/.-]|\s(?:of|days|people))"
)
# "on the 11th", "12th oct" as phones write it.
_DAY_ALONE = regex.compile(
    rf"(?:\b(?:on|by|until|till|since|from|before|after|is|was|for)\s|(?<=[.!?:]\s)|^)"
    rf"(?P<day>[Tt]he\s{_DAY}(?:st|nd|rd|th))"
    r"(?=[.,;:!?)]|$|\s(?:and|but|we|i|I|he|she|they|at|when|with|my|her|his|so)\b)"
)
_SMALL_MONTH = regex.compile(
    rf"(?<![\w.,:/£-])(?P<day>{_DAY}(?:\s?(?:st|nd|rd|th))?\s(?:of\s)?(?:jan|feb|mar|apr|jun|jul|aug|"
    rf"sept?|oct|nov|dec)"
    rf"(?:\s{_YEAR})?|(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\s{_DAY}(?:st|nd|rd|th))(?!\w)"
)
_BORN = regex.compile(r"(?i)\bd\.?o\.?b\.?[\s:,]{1,3}(?:is\s|was\s)?(?P<day>\d{6}(?P<year>\d{2})?)(?!\d)")
# "may" and "march" without a capital are words.
_ANY_MONTH = re.compile(
    r"\b(?:[JFASOND][A-Za-z]{2,8}|M(?:ar|arch|ay|AR|ARCH|AY)|january|february|april|june|july|august|"
    r"september"
    r"|october|november|december)\b"
)
_MONTH_BEGINS = frozenset(
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
)
_DAY_SIGN = re.compile(r"(?i)\d|first|second|third|th\b")


def date_edits(page: Page) -> list[Edit]:
    """Masks over exact dates, label "date": "[date in 2019]" where the year is said, else "[Date]"."""
    found = [*_spelt(page.text), *finditer(_NUMERIC, page), *finditer(_WEEKDAY_DAY, page)]
    edits = [
        Edit(match.start(), match.end(), _shown(match["year"]), "mask", "date", "pattern") for match in found
    ]
    born = [*finditer(_BORN, page), *finditer(_DAY_ALONE, page), *finditer(_SMALL_MONTH, page)]
    return edits + [
        Edit(match.start("day"), match.end("day"), "[Date]", "mask", "date", "pattern") for match in born
    ]


def _spelt(text: str) -> Iterator[regex.Match[str]]:
    # Months are rare, so only their surroundings are searched.
    at = 0
    for month in _ANY_MONTH.finditer(text):
        start, end = max(at, month.start() - 45), min(len(text), month.end() + 30)
        if month[0][:3].lower() not in _MONTH_BEGINS or not _DAY_SIGN.search(text, start, end):
            continue
        for pattern in (_DAY_MONTH, _MONTH_DAY):
            match = pattern.search(text, start, end)
            if match and match.start() <= month.start() < match.end():
                at = match.end()
                yield match
                break


def _shown(year: str | None) -> str:
    if not year:
        return "[Date]"
    digits = year.strip("'’")
    if len(digits) == 2:
        digits = ("20" if int(digits) <= 30 else "19") + digits
    return f"[date in {digits}]"

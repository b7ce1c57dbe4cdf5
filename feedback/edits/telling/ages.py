"""Exact ages in figures and words, however they are said, each with its band."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from feedback.edits.telling import indirect_words as said
from feedback.edits.text.near import finditer
from feedback.edits.text.page import Page

_NUMBER = rf"(?:{said.NUMBER_WORD}|\d{{1,2}})"
_ENDS = (
    r"(?!\w|[.:/]\d|\s?%|-|\s(?:of|to|per|out|hundred|thousand|percent|o['’]clock|am|pm|years?(?!\sold)|"
    r"social|foster|"
    r"foot|feet|ft|stone|past|different|other|in the|at night|or more|[\w'’-]+s)\b)"
)
_TEEN_ON = (
    r"(?:1[3-9]|[2-9]\d|(?:thir|four|fif|six|seven|eigh|nine)teen"
    r"|(?:twen|thir|for|fif|six|seven|eigh|nine)ty(?:[\s-](?!\w+teen|twenty)\w+)?)"
)
_KIN = (
    r"(?:baby|boy|girl|son|daughter|child|mother|father|sister|brother|gran|nan|grandad|husband|wife|lad|"
    r"lass|partner|twin|"
    r"eldest|oldest|youngest|middle one|little one|woman|man|mum|dad|mam|niece|nephew|cousin)"
)
_MAYBE = (
    r"(?:(?:only|just|about|nearly|almost|barely|all of|still|maybe|probably|like|um|er|then|now|"
    r"coming up to|going on|not quite|not yet|not even|no more than|more than|at least|all but|newly|"
    r"what|well|"
    r"pushing|around|rising)\s)*"
)
_AGES = tuple(
    regex.compile(pattern)
    for pattern in (
        rf"(?i)\b(?:ages?|aged|age of|turn(?:ed|ing))[\s:]\s?(?P<n>{_NUMBER}(?:(?:,\s|\sand\s|"
        rf"\sto\s){_NUMBER})*)(?!\w)",
        rf"(?i)(?<!\w)(?P<n>(?:{_TEEN_ON}|fir|third|four|fif|six|seven|eigh|nin|ten|eleven|twelf|"
        rf"\d{{1,2}})(?:th|st|nd|rd)?)\sbirthday",
        rf"(?i)\b(?:at|from|since|until|before)\s(?P<n>{_TEEN_ON})(?=\s*[.,;!?)]|\s(?:and|when|i|s?he|"
        rf"you|they|with)\b)",
        rf"(?i)\b{_KIN}\s(?:was|is|were|['’]s)\s{_MAYBE}(?P<n>{_NUMBER}){_ENDS}",
        rf"(?i)[\p{{L}}],\s(?P<n>{_NUMBER})(?=,\s(?!\d))",
        rf"(?i)\b{_KIN}\s\((?P<n>{_NUMBER})\)",
        rf"(?i)\b(?P<n>{_NUMBER})[\s-](?P<unit>year|month|week|day)s?[\s-]olds?\b",
        rf"(?i)\b(?P<n>{_NUMBER})\s?(?:yo|y/o|yrs?(?:\sold)?)\b",
        rf"(?i)\b(?:s?he|they|i|who|mum|dad|mam)(?:['’](?:s|m|re)|['’](?:d|ll)\sbe(?:en)?|\s(?:was|is|"
        rf"were|am|be|turns))"
        rf"\s{_MAYBE}(?P<n>{_NUMBER}){_ENDS}",
        rf"(?<=\b\p{{Lu}}[\p{{L}}'’-]+)\s\((?P<n>{_NUMBER})\)",
        rf"(?<=\b\p{{Lu}}[\p{{L}}'’-]+|est|one|baby|boy|girl|son|daughter|sister|brother|gran|mum),\s"
        rf"(?P<n>(?i:{_NUMBER}))(?:\s(?P<unit>month|week|day)s)?(?=[,;)]|\.\s|\.$)",
        rf"(?<=\b\p{{Lu}}[\p{{L}}'’-]+\s(?:was|is))\s(?P<n>(?i:{_NUMBER})){_ENDS}",
        rf"(?i)(?:\b(?:her|him|them|one|out|me|married|qualified|pregnant|died|care|us)\sat|\bto us from|"
        rf"\bin care from)\s(?P<n>{_NUMBER})(?!\w|:|\s(?:at|o['’]clock|am|pm|in the)\b)",
        rf"(?i)\b(?:mother|father|woman|man|girl|boy|lad|baby)\sof\s(?P<n>{_NUMBER})\b(?!\s(?:child|kid))",
        rf"(?i)(?:^|[.!?]\s)(?P<n>{_NUMBER})\syears\sold\b",
        # "He will be sixteen", "she must have been about seven", "I'd have been 23".
        rf"(?i)\b(?:will|would|['’]d|['’]ll|must|might|may|could|can['’]t|couldn['’]t)\s(?:only\s)?(?:be|"
        rf"have been)\s{_MAYBE}"
        rf"(?P<n>{_NUMBER})(?=[.,;!?)]|$|\s(?:on|in|next|this|when|at|by|now|and|but|soon|if|then)\b)",
        rf"(?i)\b(?:turn(?:s|ed|ing)?|reach(?:ed)?|hit)\s(?P<n>{_NUMBER}){_ENDS}",
        rf"(?i)\b(?P<n>{_NUMBER})\s(?P<unit>year|month|week)s?\sof\sage\b|\b(?:made|makes|making)"
        rf"\s(?:him|her|me|them)\s(?P<n>{_NUMBER}){_ENDS}",
        rf"(?i)[\p{{L}}],\s(?:who\s)?(?:was|is|were)\s{_MAYBE}(?P<n>{_NUMBER})(?=[.,;!?)]|$)",
        rf"(?i)\b(?:says|said|claims|claiming|claimed to be|believed to be|thought to be|assessed as|"
        rf"recorded as)\s"
        rf"(?P<n>{_TEEN_ON})(?=[.,;)]|\s*$|\s*\n)",
        # "Denisa and Larisa, one eleven, one not quite thirteen", "one of fifteen".
        rf"(?i)\b(?:one|the other|another)\s(?:is\s|was\s|of\s|aged\s)?{_MAYBE}(?P<n>{_NUMBER})(?=[.,;!?)"
        rf"]|\sand\s(?:one|the other)\b|$)",
        # Notes: (7y), 11m, 15F, M/43, 6/12.
        r"(?<![\w.:/£-])\(?(?P<n>\d{1,2})\s?(?P<unit>y|yr|yrs|m|mo|mth|mths|w|wk|wks|/12|/52|/7)(?=\)|"
        r"[,;]|\.\s)",
        r"(?<![\w.:/£-])\((?P<n>\d{1,2})\s?[fMF]\)|(?<![\w.:/£-])(?P<n>\d{1,2})[MF](?=[\s,;.)])|"
        r"\b[MF][/ ,]{1,2}(?P<n>\d{1,2})(?=[,;.)])",
        # A number that is a sentence or opens one: "Sixty-three, thirty-nine years in."
        rf"(?:(?<=[.!?]['\"’”]?\s)|(?<=^))(?P<n>(?i:{_TEEN_ON}|eleven|twelve))(?=[.,]\s|[.]$)(?!,?\s\d)",
        rf"(?i)\bbirthday,\s(?P<n>{_NUMBER})(?!\w)",
        # Decades and parts of them, babies.
        r"(?i)\b(?:early|mid|middle|late)[- ](?:to[- ](?:mid|late)[- ])?(?P<n>teens|twenties|thirties|"
        r"forties|fifties|sixties|seventies|eighties)\b",
        rf"(?i)\b(?:at|aged|was|is|only|just|now|barely)\s(?P<n>{_NUMBER})\s(?P<unit>month|week|day)"
        rf"s?(?=\s(?:old|pregnant|gone|early|premature|gestation)|[.,;)]|$)",
        rf"(?i)\((?P<n>{_NUMBER})\s(?P<unit>month|week|day|year)s?\)",
        rf"(?i)\bages?\s{_NUMBER}(?:,\s{_NUMBER})*\s(?:to|and|&|-)\s(?P<n>{_NUMBER})\b",
        rf"(?i)\b(?:a|the|this|that|his|her|my)\s(?P<n>{_NUMBER})[\s-]year[\s-](?:old)\b",
    )
)
_UNITS = dict.fromkeys(("y", "yr", "yrs"), "year") | dict.fromkeys(
    ("m", "mo", "mth", "mths", "w", "wk", "wks", "/12", "/52", "/7"), "month"
)
_SEVERAL = regex.compile(
    rf"(?i)\b(?:boys|girls|children|kids|siblings|twins|brothers|sisters|daughters|"
    rf"sons)\b[^.!?\n]{{0,60}}?,\s"
    rf"(?P<n>{_NUMBER}(?:,\s{_NUMBER})*\s(?:and|&)\s{_NUMBER})(?=[.,;!?)]|$)"
)


def ages(page: Page) -> Iterator[tuple[int, int, str]]:
    """All exact ages of a text: start, end and the band that would be safe."""
    for pattern in _AGES:
        for match in finditer(pattern, page):
            unit = (match.groupdict().get("unit") or "year").lower()
            yield match.start("n"), match.end("n"), _bands(match["n"], _UNITS.get(unit, unit))
    for match in finditer(_SEVERAL, page):
        yield match.start("n"), match.end("n"), _bands(match["n"], "year")


def _bands(written: str, unit: str) -> str:
    """The bands of one age or several: "eight and five"."""
    found = regex.findall(rf"\b{_NUMBER}\b", written, flags=regex.IGNORECASE)
    return " and ".join(dict.fromkeys(age_band(n, unit) for n in found)) or "in a band of ages"


def age_band(written: str, unit: str = "year") -> str:
    """The band of an age in figures or words: "a baby", "of primary school age", "in their thirties"."""
    years = said.number_of(written) if unit.lower() == "year" else 0
    for below, band in said.BANDS:
        if years < below:
            return band
    return f"in their {said.DECADES[years // 10]}" if years < said.OLDEST else "over eighty"

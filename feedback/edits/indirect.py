"""What identifies together with other things: exact ages, rare roles, beliefs, families, inspections.

Nothing here is masked by itself. Each find is a flag with the wording that would be safe. After the UK Data
Service's guidance on qualitative data and the ICO's on the motivated intruder.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

import regex

from feedback.edits import indirect_words as said


class Flag(NamedTuple):
    """text[start:end] may identify; `kind` is age, role, belief, family or inspection; `safe` a wording."""

    start: int
    end: int
    kind: str
    safe: str


_NUMBER = rf"(?:{said.NUMBER_WORD}|\d{{1,2}})"
_ENDS = (
    r"(?!\w|[.:/]\d|\s?%|-|\s(?:of|to|per|out|hundred|thousand|percent|o['’]clock|am|pm|years?(?!\sold)|"
    r"social|foster|"
    r"foot|feet|ft|stone|past|different|other|in the|at night|or more|[\w'’-]+s)\b)"
)
_TEEN_ON = (
    r"(?:1[3-9]|[2-9]\d|(?:thir|four|fif|six|seven|eigh|nine)teen"
    r"|(?:twen|thir|for|fif|six|seven|eigh|nine)ty(?:[\s-]\w+)?)"
)
_KIN = (
    r"(?:baby|boy|girl|son|daughter|child|mother|father|sister|brother|gran|nan|grandad|husband|wife|lad|"
    r"lass|partner|twin|"
    r"eldest|oldest|youngest|middle one|little one|woman|man|mum|dad|mam|niece|nephew|cousin)"
)
_MAYBE = (
    r"(?:(?:only|just|about|nearly|almost|barely|all of|still|maybe|probably|like|um|er|then|now|"
    r"coming up to|going on|"
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
    )
)
_SEVERAL = regex.compile(
    rf"(?i)\b(?:boys|girls|children|kids|siblings|twins|brothers|sisters|daughters|"
    rf"sons)\b[^.!?\n]{{0,60}}?,\s"
    rf"(?P<n>{_NUMBER}(?:,\s{_NUMBER})*\s(?:and|&)\s{_NUMBER})(?=[.,;!?)]|$)"
)
_PLACE = (
    r"(?:county|council|city|town|borough|team|office|region|country|village|school|island|service|"
    r"authority|unit|"
    r"building|district|department|area|north|south|east|west|rota|cohort|programme|year|panel|world)"
)
_CLAUSE = r"[^.!?;:\n,]{0,120}"
_RARE = regex.compile(
    rf"(?i)\b(?:the|its|their|our)\s(?:only|sole|one and only|first(?:\sever)?|youngest|oldest|"
    rf"longest[- ]serving)\s"
    rf"(?!(?:time|thing|way|week|day|month|year|reason|place|visit|placement|job|person|part|question|"
    rf"one\b(?!\sin))\b)"
    rf"(?=[^.!?\n]{{0,140}}?(?:{said.ROLES}|\bwho\b|\bunder\s|\b(?:in|on|at|of)\s(?:the|our|any|this|"
    rf"that)\s(?:\w+\s){{0,4}}?{_PLACE}|\bin town\b))"
    rf"{_CLAUSE}"
)
_ONE_OF = regex.compile(
    rf"(?i)\b(?:one of (?:only |just )?(?:the )?(?:only )?(?:two|three)|"
    rf"the one)\s(?=[^.!?\n]{{0,80}}?(?:{said.ROLES}|speaker)){_CLAUSE}"
)
_POST = regex.compile(
    rf"(?i)(?:\b(?:am|is|was|were|been|be|becomes?|became|as)|['’](?:s|m|re|d been))\s(?:(?:the|a|an|now|"
    rf"also|my|our|your|their|head)\s)*"
    rf"(?:[\w'’-]+\s){{0,4}}?(?:{said.RARE_ROLES})s?\b{_CLAUSE}"
)
_BELIEF = regex.compile(
    rf"(?i)\b(?:(?:a|an|the|one|only|devout|practising|openly|lapsed|strict|wears?|wore|wearing|as|"
    rf"being)\s)?"
    rf"(?:{said.BELIEFS})\b{_CLAUSE}"
    r"|\b(?:first language|mother tongue|prayer (?:room|mat)|sabbath|shabbat|fasting|church (?:elder|"
    r"warden|choir|organ)|"
    rf"sunday school|openly (?:gay|lesbian|trans)|out as (?:gay|lesbian|trans)|pray(?:s|ed)? (?:five|"
    rf"with|before)){_CLAUSE}"
)
_CHURCH = regex.compile(rf"\b(?:{said.CHURCHES})\b{_CLAUSE}")
_LANGUAGE = regex.compile(
    rf"(?i)\b(?:(?:i|s?he|they|who|we|and|only)\s(?:had|speaks?|spoke|speaking|signs?|"
    rf"signed)\s(?:[\w'’-]+\s){{0,3}}?(?:{said.LANGUAGES})"
    rf"|(?:{said.LANGUAGES})[\s-](?:speakers?|speaking|interpreter|church|chapel|accent|mass)|(?:prayed?|"
    rf"grace|sang|read|lesson)\sin\s(?:{said.LANGUAGES}))\b{_CLAUSE}"
)
_CAREER = regex.compile(
    r"(?i)\b(?:(?<!what\s)used to be|(?<!there\s)had (?:once )?been|(?<!there|it)['’]d been|was once|"
    r"formerly|previously|before (?:that|this) I was|worked as|"
    rf"trained as|career as|years as)\s(?:a|an)\s{_CLAUSE}"
)
_KNOWN = regex.compile(
    r"(?i)\bthe (?:village|town|local|island|school|county|city|parish)(?:['’]s)? (?:\w+ )?(?:doctor|gp|"
    r"vicar|policeman|"
    rf"bobby|teacher|baker|butcher|shop|pub|landlord|landlady|nurse|midwife|dentist|vet|postman|"
    rf"undertaker|priest){_CLAUSE}"
    rf"|\b(?:played|plays|boxed|swam|rowed|ran|cycled|capped)\sfor\s(?:the|his|her|their|my|"
    rf"\p{{Lu}}){_CLAUSE}"
    rf"|\bon (?:the )?(?:telly|tv|television|national news){_CLAUSE}"
)
_FAMILY = tuple(
    regex.compile(pattern)
    for pattern in (
        rf"(?i)\b(?:identical\s)?(?:triplets|quadruplets|quintuplets|twins)\b{_CLAUSE}",
        rf"(?i)\b(?:two|three|four|five|six|seven|eight|nine|ten)\sof\s(?:(?:her|his|their|"
        rf"my)\s(?:own\s)?\w+|them)\b"
        rf"(?=[^.!?\n]{{0,60}}\b(?:all|both|removed|adopted|same|care|each|married|fostered)\b){_CLAUSE}",
        r"(?i)\b(?:six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|[6-9]|"
        r"1\d)\s(?:children|kids|siblings|brothers|"
        r"sisters|sons|daughters|half[- ]\w+)\b(?=[^.!?\n]{0,60}\b(?:mother|father|parents?|same|all|"
        r"family|between)\b)",
        rf"(?i)\b(?:both|all\s\w+|{_NUMBER})\s(?:of\s)?(?:my|her|his|their|the)\s(?:parents|brothers|"
        rf"sisters|sons|daughters|"
        rf"siblings|grandparents)\b{_CLAUSE}",
        rf"(?i)\b(?:{_NUMBER}\s(?:children|kids|babies)\s(?:by|with)\s(?:{_NUMBER}|different)|"
        rf"{_NUMBER}\s(?:sets of twins|fathers|mothers|"
        rf"generations|husbands|wives|marriages))\b{_CLAUSE}",
        rf"(?i)\b(?:my|her|his|their)\s(?:identical\s)?twin\b{_CLAUSE}|\b(?:youngest|oldest|eldest|"
        rf"one)\sof\s{_NUMBER}\b(?!\s\w+s\b)",
        rf"(?i)\b(?:my|her|his|their)\s(?:husband|wife|brother|sister|mum|dad|mother|father|son|daughter|"
        rf"cousin|aunt|uncle|"
        rf"partner|gran|grandfather|grandmother)(?:['’]s|\s(?:is|was))\s(?:the|also|one of|on the|"
        rf"in the)\b{_CLAUSE}",
        rf"(?i)\b(?:family|household)\sof\s{_NUMBER}\b|\b(?:only|one such|such a)\sfamily\b{_CLAUSE}",
        rf"(?i)\b(?:their|her|his|my)\sown\s{_NUMBER}(?!\w){_CLAUSE}",
        rf"(?i)\b(?:mother|father|mum|dad|parents?|husband|wife|partner|brother|sister|twin|son|daughter|"
        rf"aunt|uncle|gran)\b[^.!?\n]{{0,40}}"
        rf"\b(?:all|both|also)\s(?:\w+\s){{0,4}}?(?:managers?|{said.ROLES}|adopted|removed|in care|"
        rf"prison|died){_CLAUSE}",
        rf"(?i)\b(?:all|both)\s(?:of them\s)?(?:removed|adopted|fostered|taken)\b{_CLAUSE}",
        rf"(?i)\bmarried\s(?:to\s)?(?:the|my|our|her|his|a)\s(?:\w+['’]?s?\s){{0,3}}?(?:{said.ROLES}|"
        rf"brother|sister|cousin){_CLAUSE}",
    )
)
_VERDICT = r"(?:inadequate|outstanding|requir(?:es|ing) improvement|special measures|RI\b|failing)"
_INSPECTION = (
    regex.compile(
        rf"(?i)\b(?:been\s|just\s|was\s|were\s|had\s)*(?:rated|judged|graded|found|went|gone|go|dropped|"
        rf"fell|slid|moved|got|came out|put|placed|called)\b"
        rf"[^.!?\n]{{0,50}}?\b{_VERDICT}{_CLAUSE}"
    ),
    regex.compile(
        rf"(?i)\b(?:ofsted|ilacs|inspect(?:ion|ors?|ed)|care inspectorate|estyn|CIW|"
        rf"CQC)\b[^.!?\n]{{0,60}}?\b{_VERDICT}"
    ),
    regex.compile(
        rf"(?i)\b{_VERDICT}[^.!?\n]{{0,40}}?\b(?:ofsted|ilacs|inspect(?:ion|ors?)|rating|judge?ment|"
        rf"authority|council)\b"
    ),
)
_SAFE = {
    "role": "in an unusual role",
    "belief": "of a minority faith or language",
    "family": "in an unusual family",
    "inspection": "after an inspection",
}


def indirect_flags(text: str) -> list[Flag]:
    """All flags of a text, sorted; of two that overlap and are of one kind the longer stays."""
    found = sorted({*_ages(text), *_others(text)}, key=lambda flag: (flag.start, -flag.end, flag.kind))
    kept: list[Flag] = []
    for flag in found:
        if not any(flag.kind == other.kind and flag.start < other.end for other in kept[-4:]):
            kept.append(flag)
    return kept


def _others(text: str) -> Iterator[Flag]:
    patterns = [("role", _RARE), ("role", _ONE_OF), ("role", _POST), ("role", _CAREER), ("role", _KNOWN)]
    patterns += [("belief", pattern) for pattern in (_BELIEF, _CHURCH, _LANGUAGE)]
    patterns += [("family", pattern) for pattern in _FAMILY]
    patterns += [("inspection", pattern) for pattern in _INSPECTION]
    for kind, pattern in patterns:
        for match in pattern.finditer(text):
            yield Flag(match.start(), match.start() + len(match[0].rstrip()), kind, _SAFE[kind])


def _ages(text: str) -> Iterator[Flag]:
    for pattern in _AGES:
        for match in pattern.finditer(text):
            unit = match.groupdict().get("unit") or "year"
            yield Flag(match.start("n"), match.end("n"), "age", _bands(match["n"], unit))
    for match in _SEVERAL.finditer(text):
        yield Flag(match.start("n"), match.end("n"), "age", _bands(match["n"], "year"))


def _bands(written: str, unit: str) -> str:
    """The bands of one age or several: "eight and five"."""
    ages = regex.findall(rf"\b{_NUMBER}\b", written, flags=regex.IGNORECASE)
    return " and ".join(dict.fromkeys(age_band(n, unit) for n in ages)) or "in a band of ages"


def age_band(written: str, unit: str = "year") -> str:
    """The band of an age in figures or words: "a baby", "of primary school age", "in their thirties"."""
    years = said.number_of(written) if unit.lower() == "year" else 0
    for below, band in said.BANDS:
        if years < below:
            return band
    return f"in their {said.DECADES[years // 10]}" if years < said.OLDEST else "over eighty"


def season_of(date: str) -> str | None:
    """ "spring 2019" for an exact date, "spring" where no year is said; None where no month can be read."""
    spelt = re.search(said.MONTH, date.lower())
    figures = re.search(r"\d{1,4}[/.-](\d{1,2})", date)
    if spelt:
        month = said.MONTHS.index(spelt[0]) + 1
    elif figures and 1 <= int(figures[1]) <= len(said.MONTHS):
        month = int(figures[1])
    else:
        return None
    year = re.search(r"(?:19|20)\d{2}", date)
    return said.SEASONS[month % 12 // 3] + (f" {year[0]}" if year else "")

"""What identifies together with other things: exact ages, rare roles, beliefs, families, inspections.

Nothing here is masked by itself. Each find is a flag with the wording that would be safe. After the UK Data
Service's guidance on qualitative data and the ICO's on the motivated intruder.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

import regex

from feedback.edits.telling import indirect_words as said
from feedback.edits.telling.ages import ages
from feedback.edits.telling.circumstances import RULES
from feedback.edits.text.near import finditer
from feedback.edits.text.page import Page, page_of


class Flag(NamedTuple):
    """text[start:end] may identify; `kind` is age, date, role, belief, family, health, event or
    inspection; `safe` a wording."""

    start: int
    end: int
    kind: str
    safe: str


_PLACE = (
    r"(?:county|council|city|town|borough|team|office|region|country|village|school|island|service|"
    r"authority|unit|"
    r"building|district|department|area|north|south|east|west|rota|cohort|programme|year|panel|world)"
)
_CLAUSE = r"[^.!?;:\n,]{0,120}"
_RARE = regex.compile(
    rf"(?i)\b(?:the|its|their|our|\p{{L}}+[’']s)\s(?:only|sole|one and only|first(?:\sever)?|youngest|"
    rf"oldest|"
    rf"longest[- ]serving)\s"
    rf"(?!(?:time|thing|way|case|user|step|stage|steps|few|two|three|problem|issue|downside|difference|"
    rf"complaint|negative|"
    rf"criticism|improvement|option|advice|help|support|people|other|week|day|month|year|reason|place|"
    rf"visit|placement|job|person|part|question|"
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
_ONLY_ORIGIN = regex.compile(
    rf"(?i)\b(?:only|sole|one|first|token|lone|all the|our one|their one|single)"
    rf"\s(?:other\s)?(?P<o>{said.ORIGINS})\b(?:[\s-](?!and\b|or\b)[\p{{L}}'’-]+){{0,4}}"
)
_I_AM = regex.compile(
    rf"(?i)\b(?:i['’]m|i am|im|i was|as|being|s?he['’]s|s?he (?:is|was)|(?-i:\p{{Lu}}\p{{Ll}}+)(?:['’]s|"
    rf"\s(?:is|was)))\s(?:an?\s|the\s)?"
    rf"(?:[\p{{Ll}}-]+\s)?(?P<o>{said.ORIGINS})\b(?!['’])(?:\s(?:woman|man|girl|lad|bloke|lady|mum|dad|"
    rf"social worker|worker|manager|person|practitioner|team manager|christian|muslim))?"
)
_EX = regex.compile(
    r"(?i)\b(?:an?\s)?(?:ex-|ex\s|former\s|retired\s|one-time\s|sometime\s)"
    r"(?!(?:partner|husband|wife|colleague|manager|boyfriend|girlfriend|social|team|director|employer|"
    r"student|service|foster|council|worker|director|member|staff|boss|supervisor|head of)\b)[\p{L}'’-]+"
    r"(?=[.,;!?)]|\s(?:and|who|from|with|in|of|turned|at)\b|$)"
)
_WITH = regex.compile(
    rf"(?i)\b(?:the|that)\s(?:one|woman|man|bloke|lad|lass|girl|lady|(?:\w+\s)?{said.ROLES}|(?-i:AMHP|"
    rf"IRO|SSW|PSW|AYSE|IDVA))\swith\s(?:the|an?|one|no|two|three)\s[^.!?;:\n,]{{2,50}}"
)
_ONE_WHO = regex.compile(
    r"(?i)\b(?:i['’]m|i am|i was|im|she['’]s|he['’]s|she was|he was)\s(?:the|that)\s(?:one|person|woman|"
    r"man|lad|girl|social worker|manager)\s(?:who|that|what)\s[^.!?;:\n,]{4,60}"
    r"|\b(?:whistle[- ]?bl(?:ower|ew|owing)|blew the whistle|took (?:them|the council|her|him)"
    r" to (?:court|tribunal)|sued (?:the|them))\b[^.!?;:\n,]{0,40}"
)
_ONLY = regex.compile(
    r"(?i)\b(?:the|their|our|its)\s(?:only|sole|one)\s(?!(?:thing|way|time|reason|place|day|part|"
    r"question|problem|issue|option|"
    r"difference|downside|complaint|negative|point|answer|job|case|one|bit|choice|good|other|criticism|"
    r"improvement|people|person)s?\b)"
    r"(?:[\p{L}'’-]+\s){1,3}?(?:on the (?:staff|team|panel|course|rota|board)|in (?:town|the (?:village|"
    r"town|city|county|area|borough|office|"
    r"team|building|school|service|department|world))|left (?:in|on|at)|under (?:thirty|forty|\d\d)|"
    r"over (?:fifty|sixty|\d\d))\b[^.!?;:\n,]{0,60}"
)
_SPEAKING = regex.compile(
    rf"(?i)\b(?:speak(?:s|ing)?|spoke|fluent in|interpret(?:s|ed|ing) (?:in|from)|translat(?:es|ed|ing)"
    rf" from)\s(?:\w+\s){{0,2}}?(?:{said.LANGUAGES})\b[^.!?;:\n,]{{0,40}}"
)
_WE_ARE = regex.compile(
    rf"(?i)\b(?:we['’]re|we are|we were|they['’]re|they (?:are|were)|(?:my|her|his|their|the) (?:family|"
    rf"parents|mum|dad|mother|father)(?:['’]s|\s(?:is|was|are|were)))\s"
    rf"(?:{said.ORIGINS})s?\b(?:\s(?:travellers?|family|people|muslims?|catholics?|christians?))?"
)
_SAFE = {"role": "in an unusual role", "belief": "of a minority faith or language"}
_ROLE = (_RARE, _ONE_OF, _POST, _CAREER, _KNOWN, _EX, _WITH, _ONE_WHO, _ONLY)
_FAITH = (_BELIEF, _CHURCH, _LANGUAGE, _ONLY_ORIGIN, _I_AM, _SPEAKING, _WE_ARE)


def indirect_flags(text: str | Page) -> list[Flag]:
    """All flags of a text, sorted; of two that overlap and are of one kind the longer stays."""
    page = page_of(text)
    found = sorted({*_exact_ages(page), *_others(page)}, key=lambda flag: (flag.start, -flag.end, flag.kind))
    kept: list[Flag] = []
    for flag in found:
        if not any(flag.kind == other.kind and flag.start < other.end for other in kept[-4:]):
            kept.append(flag)
    return kept


def _exact_ages(page: Page) -> Iterator[Flag]:
    return (Flag(start, end, "age", band) for start, end, band in ages(page))


def _others(page: Page) -> Iterator[Flag]:
    for kind, patterns in (("role", _ROLE), ("belief", _FAITH)):
        for pattern in patterns:
            for match in finditer(pattern, page):
                yield Flag(match.start(), match.start() + len(match[0].rstrip()), kind, _SAFE[kind])
    for rule in RULES:
        for match in finditer(rule.pattern, page):
            start, end = match.span("it") if "it" in match.groupdict() and match["it"] else match.span()
            written = page.text[start:end]
            yield Flag(
                start + len(written) - len(written.lstrip(" ,:(")),
                start + len(written.rstrip()),
                rule.kind,
                rule.safe,
            )


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

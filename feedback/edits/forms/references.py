"""Numbers and lines that a word beside them gives away: case references, registers, addresses, user names."""

from __future__ import annotations

import re
from collections.abc import Iterator

import regex

from feedback.edits.text.near import finditer
from feedback.edits.text.page import Page
from feedback.edits.text.words import fold, is_word

Found = Iterator[tuple[int, int, float]]

# The forms of the family court (ZW21C00476) and of case systems (LCS 2044817, CSC-2019-12345, PX-30518).
_COURT = re.compile(r"(?<![\w/-])[A-Z]{2}\d{2}[A-Z]\d{5}(?!\w)")
_SYSTEM = re.compile(
    r"(?<![\w/-])(?:(?:LCS|ICS|CSC|CMS|URN|UPN|CRN|ICN|FD|CF|CP)[ #:-]{0,2}\d{5,10}"
    r"|[A-Z]{2,5}[-/](?:19|20)\d{2}[-/]\d{1,6}|[A-Z]{1,4}-\d{5,9}|\d{5}/\d{2}"
    # an early help case, a pupil's number, a driving licence
    r"|[A-Z]{2,5}[-/]\d{2,4}[-/]\d{3,6}|[A-Z]\d{11}[\dA-Z]|[A-Z]{2,5}9*\d{6}[A-Z9]{2}\d[A-Z]{2})(?![\w/-])"
)
_POLICE = re.compile(r"(?<![\w/.-])\d{1,5}\sof\s\d{1,2}[/.]\d{1,2}[/.]\d{2,4}(?![\w/])")
_NUMBERED_BY = regex.compile(
    r"(?i)\b(?:mosaic|liquid ?logic|lcs|ehm|eha|ehcp|carefirst|framework-?i|pnc|nrm|upn|uln|payroll|"
    r"staff|employee|client|"
    r"service user|pupil|student|patient|hospital|passport|licence|badge|invoice|contract|booking|"
    r"home office|police|log|"
    r"custody|tribunal|membership|member|arc)(?:\s(?:no|number|ref|reference|id|log|card|record)"
    r")*\.?(?:\s(?:is|was|still|says|shows))?"
    r"[\s,:#(]{1,3}(?P<value>(?-i:[A-Z]{1,4}[ /-]?)?\d(?:[ /-]?\d){4,11}(?-i:[A-Z])?)(?![\w/-])"
)
_CUE = regex.compile(
    r"(?i)\b(?:case|file|ref|reference|logged(?=\s(?:as|under))|complaint|incident|claim|docket|ticket|"
    r"datix|crime|order)\b"
    r"(?:\s?(?:no|number|ref|reference|id|file)\b)?\.?(?:\s(?:is|was|as|under|called))?[\s,:#(]{1,3}"
    r"(?P<value>(?-i:[A-Z]{1,6}[ /-]?)?(?=[\w/-]*\d[\w/-]*\d)[\w]+(?:[/-]\w+){0,4})(?!\w)"
)
_DISTRICT = regex.compile(
    r"\b(?i:in|to|from|around|near|me|of|across|round)\s(?P<value>(?:E|EC|N|NW|SE|SW|W|WC)[1-9]\d?[A-Z]?|"
    r"(?:B|BD|BS|CF|CV|DE|DN|DY|G|HD|HU|L|LE|LS|NE|NG|OL|S|SK|SR|ST|TS|WA|WF|WN|WV)\d{1,2})(?![\w/-])"
)
_YEARS = re.compile(r"(?:19|20)\d{2}(?:[/-]\d{2,4})?\Z")

_REGISTERED = regex.compile(
    r"(?i)\b(?:SSSC|NISCC|HCPC|HPC|NMC|SCW|GSCC|CCW|Social Work England|Social Care Wales"
    r"|regist(?:ration|ered|er)|registrant)\b[^\d\n.!?]{0,30}?"
    r"(?P<value>(?:(?-i:[A-Z]{1,2})[ /-]?)?\d(?:[ -]?\d){4,8})(?![\w/-])"
)
_WALES = re.compile(r"(?<![\w/])W/\d{5,8}(?!\w)")
_SW_SPACED = re.compile(r"(?<!\w)(?i:SWE?)[\s#:/-]{0,2}\d{2,3}(?:[ -]\d{2,3}){1,2}(?![\w-])")

_HEADS = (
    "Road|Street|Avenue|Lane|Close|Drive|Crescent|Court|Gardens|Terrace|Grove|Way|Place|Mews|Rise|Walk|"
    "Row|Wynd|"
    "Gate|Hill|Square|Parade|Green|View|Brae|Loan|Path|Quay|Wharf|Rd|St|Ave|Park|Vale|Fold|Croft|Bank|"
    "Broadway|"
    "House|Buildings|Mansions|Towers?|Heights|Villas|Estate|Heol|Ffordd|Stryd"
)
_NAME = r"(?:[A-Z][\p{L}'’.-]*\s){1,4}"
_STREET = (
    rf"(?:{_NAME}(?:{_HEADS})\b|(?:Heol|Ffordd|Stryd|Lon|Maes)(?:\s[A-Z][\p{{L}}'’-]+){{1,3}}"
    r"|The\s[A-Z]\p{L}+)"
)
_PART = (
    r"(?:(?i:flat|unit|apartment|apt|room|rm|block|plot|caravan|pitch)\s\w{1,4}|\d{1,2}/\d{1,2}"
    r"|(?:The\s)?[A-Z][\p{L}'’-]+(?:\s[A-Z][\p{L}'’-]+)?)"
)
_NUMBER = r"(?:\d{1,4}[A-Za-z]?(?:\s?[-/]\s?\d{1,4}[a-z]?)?|(?i:number\s(?:\d+|\p{L}+)))"
_ADDRESS = regex.compile(rf"(?<![\w£.,/-])(?:{_PART},?\s)?{_NUMBER},? {_STREET}(?!\w)")
# Without a number before the name of a street there is no address; this is seen in a tenth of the time.
_NUMBERED = regex.compile(rf"{_NUMBER},? {_STREET}(?!\w)")
_FLAT = regex.compile(
    rf"\b(?i:flat|apartment|apt|room|rm|caravan|pitch|plot)\.?\s\d{{1,4}}[A-Za-z]?,?\s(?:{_STREET}|"
    rf"{_NAME}(?:Hotel|Hostel|Lodge|Cottage|Farm))(?!\w)"
)
_HOME = regex.compile(
    r"(?:(?i:\baddress(?:\sis|\swas)?:?|\blive[sd]?\sat|\bliving\sat|\bstay(?:s|ing|ed)?\sat|\b(?:post|"
    r"send)\s(?:it\s)?to|\bhome\sis))\s"
    rf"(?P<value>(?:{_PART},\s){{0,2}}(?:{_NUMBER},?\s)?{_NAME}(?:{_HEADS}|Cottage|Lodge|Farm|Barn|Hall)\b)"
)
_SMALL = regex.compile(
    r"(?<![\w£.,/-])(?:flat\s\w+\s)?\d{1,3}[a-z]?\s(?!way\s|lane\s)\p{Ll}{3,}(?:\s\p{Ll}{3,})?\s"
    r"(?:road|street|avenue|crescent|terrace|drive|close|lane|gardens|grove|mews|wynd)(?!\w)"
)
_NAMED_HOUSE = regex.compile(
    rf"\b(?:at|to|from|c/o)\s(?P<value>(?:The\s)?[A-Z][\p{{L}}'’-]+(?:\s[A-Z][\p{{L}}'’-]+){{0,2}},\s{_NAME}(?:{_HEADS}))(?!\w)"
)
_PROFILE = regex.compile(
    r"(?i)\b(?:insta|instagram|tik\s?tok|twitter|snap|snapchat|facebook|discord|telegram|roblox|xbox|psn|"
    r"playstation|"
    r"handle|username|user\sname|gamertag|profile|screen\sname)(?:['’]s|\s(?:handle|name|account|user|"
    r"profile))*"
    r"(?:\s(?:is|was|as|under|called|at|on|name))*[\s,:]{1,2}[\"'“‘(]?(?P<value>[\p{L}\d][\w.-]{2,}\w)"
)


def case_references(page: Page) -> Found:
    """Case, file and incident numbers by form, or by the word before them."""
    for match in (*finditer(_COURT, page), *finditer(_SYSTEM, page), *finditer(_POLICE, page)):
        yield match.start(), match.end(), 0.9
    for match in (*finditer(_CUE, page), *finditer(_NUMBERED_BY, page)):
        if not _YEARS.match(match["value"]) and sum(c.isdigit() for c in match["value"]) > 2:
            yield *match.span("value"), 0.8


def postal_districts(page: Page) -> Found:
    """The first half of a postcode where a place stands: "moved to SE15"."""
    for match in finditer(_DISTRICT, page):
        yield *match.span("value"), 0.6


def registers(page: Page) -> Found:
    """Numbers with the regulators of social workers in England, Wales, Scotland and Northern Ireland."""
    for match in (*finditer(_WALES, page), *finditer(_SW_SPACED, page)):
        if sum(c.isdigit() for c in match[0]) > 4:
            yield match.start(), match.end(), 1.0
    for match in finditer(_REGISTERED, page):
        yield *match.span("value"), 0.8


def addresses(page: Page) -> Found:
    """A house and its street, also in small letters, and what follows "lives at"."""
    numbered = any(finditer(_NUMBERED, page))
    for pattern in (*((_ADDRESS,) if numbered else ()), _FLAT, _SMALL):
        for match in finditer(pattern, page):
            yield match.start(), match.end(), 0.9
    for match in (*finditer(_HOME, page), *finditer(_NAMED_HOUSE, page)):
        yield *match.span("value"), 0.8


def user_names(page: Page) -> Found:
    """Names on social networks without an @, after the network's."""
    for match in finditer(_PROFILE, page):
        value = match["value"]
        if any(c.isdigit() or c in "_." for c in value[1:-1]) and any(c.isalpha() for c in value):
            yield *match.span("value"), 0.9
        elif "handle" in match[0].lower() and not is_word(fold(value)):
            yield *match.span("value"), 0.6

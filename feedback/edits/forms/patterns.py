"""What can be recognised by its form: addresses on the net, telephone and register numbers, postcodes.

Numbers that could be anything need a check digit, a context word or their usual spacing."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from functools import lru_cache
from typing import Any

import regex

from feedback.edits.forms.bearers import accounts, ip_addresses, near_word, said_before, vehicles
from feedback.edits.forms.dates import date_edits
from feedback.edits.forms.references import (
    addresses,
    case_references,
    postal_districts,
    registers,
    user_names,
)
from feedback.edits.forms.short_forms import initials, letters_in
from feedback.edits.text.near import finditer
from feedback.edits.text.page import Page, page_of
from feedback.edits.text.words import word_set
from feedback.spans import Edit

SHOWN = {
    "email": "[Email]",
    "phone": "[Phone]",
    "postcode": "[Postcode]",
    "nhs-number": "[NHS number]",
    "ni-number": "[National Insurance number]",
    "sw-number": "[SW number]",
    "url": "[Link]",
    "vehicle": "[Vehicle]",
    "account": "[Account number]",
    "ip-address": "[IP address]",
    "case-reference": "[Case reference]",
    "address": "[Address]",
    "initials": "[Initials]",
}
Found = Iterator[tuple[int, int, float]]

_TLD = r"(?:com|org|net|uk|gov|edu|info|io|eu|ie|me|tv|biz|nhs|ac|co)"
_EMAIL = regex.compile(
    r"(?i)[\w.+%'’-]*+(?<=[\w+-])\s?(?:@|\[at\]|\(at\))\s?(?:[\p{L}\p{M}\d-]+(?:\.|\s?\[dot\]\s?|\s?\(dot\)\s?))+[\p{L}\p{M}\d-]+"
)
_AT_SIGN = re.compile(r"(?i)@|\[at\]|\(at\)")
_OF_MAILBOX = regex.compile(r"[\w.+%'’-]")
_SPOKEN_EMAIL = regex.compile(
    rf"(?i)(?<![\w.-])(?P<name>[\w.-]+(?:\s(?:dot|underscore|dash|hyphen)\s[\w.-]+)*)\sat\s"
    rf"(?:[\w-]+(?:\s(?:dash|hyphen)\s[\w-]+)*(?:\sdot\s|\.))+{_TLD}\b(?:(?:\sdot\s|\.){_TLD}\b)*"
)
_AT = re.compile(r"\s[Aa][Tt]\s(?=[^\n]{1,60}?(?:\s[Dd][Oo][Tt]\s|\.[a-z]))")
_NOT_A_MAILBOX = word_set(
    "look looking go going was is me us it available work working worked based here there found are be "
    "them online read book register apply details see up see site"
)
_URL = regex.compile(r"(?i)(?:https?://|www\.)[^\s<>\"”’)\]]*[^\s<>\"”’)\].,;:?!]")
_ENDS_IN_TLD = re.compile(rf"(?i)\.{_TLD}\b")
_DOMAIN = regex.compile(
    rf"(?i)(?<![\w@.-])(?:[a-z0-9-]{{2,}}\.)+{_TLD}(?:/[\w./?=&%#~-]*[\w/])?(?![\w@-]|\.\w)"
)
_PUBLIC_SITES = frozenset({"gov.uk", "www.gov.uk", "nhs.uk", "www.nhs.uk", "google.com", "google.co.uk"})
_HANDLE = regex.compile(r"(?<![\w@.])@[A-Za-z_]\w+(?:\.\w+)*")

_DIGITS = regex.compile(r"(?<![\w£$€.])(?:\+|\(?0)[\d\s().,–-]{7,28}\d(?![\w%])")
_LOCAL = regex.compile(r"(?<![\w£$€./-])(?:\+|\()?\d[\d ().-]{4,20}\d(?:x\d{1,5})?(?![\w%/-])")
# As it is written in North America; with spaces it is an NHS number or a reference as well.
_ABROAD = regex.compile(r"(?<![\w.£$€+/-])(?:1[-.])?\d{3}([-.])\d{3}\1\d{4}(?![\w%/-]|\.\d)")
_DATE = regex.compile(r"(?:19|20)?\d{2}-\d{1,2}-(?:19|20)?\d{2}\Z|\d{1,2}\.\d{1,2}\.\d{2,4}\Z")
_CALLED = regex.compile(
    r"(?i)\b(?:phone|ring|rang|call|text|mobile|tel|telephone|whatsapp|landline|fax|desk|reach|answering)\b"
)
_NUMBER_WORD = (
    r"(?:oh|o|zero|nought|nil|one|two|three|four|five|six|seven|eight|nine|hundred|double|triple|treble|\d+)"
)
_SPOKEN_PHONE = regex.compile(rf"(?i)(?<!\w)(?:oh|o|zero|nought|0)(?:[\s,-]+{_NUMBER_WORD}){{5,14}}(?!\w)")
# Ofcom's numbers for drama, which the library's metadata does not count as valid.
_DRAMA = regex.compile(
    r"0(?:7700900|1632960|2079460|1(?:13|14|15|16|17|18|21|31|41|51|61)496|1914980|2890180|2920180|3069990|8081570|909879)"
)
_AREAS = word_set(
    "AB AL B BA BB BD BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E EC EH "
    "EN EX FK FY G GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL LN LS LU M "
    "ME MK ML N NE NG NN NP NR NW OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM SN SO SP SR SS ST "
    "SW SY TA TD TF TN TQ TR TS TW UB W WA WC WD WF WN WR WS WV YO ZE"
)
_POSTCODE = re.compile(
    r"(?<![\w-])([A-Z]{1,2}|[a-z]{1,2})\d[A-Za-z\d]?(\s?)\d(?!st\b|nd\b|th\b)([A-Za-z]{2})(?![\w-])"
)
_INWARD = frozenset("ABDEFGHJLNPQRSTUWXYZ")
_TEN = regex.compile(r"(?<![\w.£+-])\d{3}([ -]?)\d{3}\1\d{4}(?![\w%]|\.\d)")
_NHS_WORD = regex.compile(r"(?i)\b(?:NHS|patient|hospital|twins?|siblings?|child|baby|dob|born|CIN|LAC)\b")
_NHS_SAID = regex.compile(r"(?i)\bNHS\s+(?:number|no\.?|num)\b[^\d\n]{0,20}\Z")
_NI = re.compile(
    r"(?<!\w)(?=[A-Z]{2}[\s-]{0,2}\d)(?!BG|GB|NK|KN|TN|NT|ZZ)(?:[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]|QQ)\s?-?(?:\d{2}[\s-]?){3}[A-D](?!\w)",
    re.IGNORECASE,
)
_NI_SAID = regex.compile(r"(?i)\b(?:national insurance|NI)\b[^\d\n]{0,30}\Z")
_SW = regex.compile(r"(?<!\w)(?i:S\.?\s?W\.?E?)[\s#:-]{0,2}(?:\d{3,8}|\d(?:[ -]\d){3,7})(?![\w])")


def pattern_edits(text: str | Page, letters: Collection[str] | None = None) -> list[Edit]:
    """Masks for what its form gives away: see `SHOWN` for the labels, and "date" for exact dates.

    `letters` are initials of people in the document; those that the text itself gives away, if not given.
    Masks may overlap, `merge_edits` unites them.
    """
    page = page_of(text)
    found = [
        Edit(start, end, SHOWN[label], "mask", label, "pattern", score)
        for label, finder in _FINDERS
        for start, end, score in finder(page)
    ]
    who = letters_in(page) if letters is None else letters
    found += [
        Edit(start, end, SHOWN["initials"], "mask", "initials", "pattern", score)
        for start, end, score in initials(page, who)
    ]
    return sorted([*found, *date_edits(page)], key=lambda edit: (edit.start, -edit.end, edit.label))


def _emails(page: Page) -> Found:
    text, done = page.text, 0
    for sign in _AT_SIGN.finditer(text):
        # Mailboxes are rare, so only what stands around the sign is looked at.
        match = _EMAIL.match(text, max(done, _mailbox(text, sign.start()))) if sign.start() >= done else None
        if match and match.end() > sign.start():
            done = match.end()
            yield match.start(), match.end(), 1.0
    for match in _spoken_emails(text):
        name = match["name"].lower()
        spoken = " dot " in match[0].lower() or "." in name
        if name not in _NOT_A_MAILBOX and (
            spoken or "mail" in text[max(0, match.start() - 40) : match.start()]
        ):
            yield match.start(), match.end(), 0.9


def _mailbox(text: str, at: int) -> int:
    """Where the name begins that stands before a sign, with or without a space between."""
    if at and text[at - 1].isspace():
        at -= 1
    while at and _OF_MAILBOX.match(text[at - 1]):
        at -= 1
    return at


def _spoken_emails(text: str) -> Iterator[Any]:
    # "at" is everywhere, so only what stands around an "at" before a dot is looked at.
    done = 0
    for at in _AT.finditer(text):
        match = _SPOKEN_EMAIL.search(text, max(done, at.start() - 80), at.end() + 100)
        if match and match.start() <= at.start() < match.end():
            done = match.end()
            yield match


def _urls(page: Page) -> Found:
    text = page.text
    bare = _DOMAIN.finditer(text) if _ENDS_IN_TLD.search(text) else ()
    full = _URL.finditer(text) if "://" in text or "www." in text.lower() else ()
    for match in (*full, *bare):
        if match[0].lower().rstrip("/") not in _PUBLIC_SITES:
            yield match.start(), match.end(), 1.0
    for match in _HANDLE.finditer(text) if "@" in text else ():
        yield match.start(), match.end(), 0.9


def _phones(page: Page) -> Found:
    text = page.text
    at = 0
    while match := _DIGITS.search(text, at):
        end = _phone_end(match[0])
        if end:
            yield match.start(), match.start() + end, 1.0
        at = match.start() + max(end, 1)
    for match in finditer(_LOCAL, page):
        digits = regex.sub(r"\D", "", match[0])
        years = len(digits) == 8 and digits[:2] in ("19", "20") and digits[4:6] in ("19", "20")
        called = 6 <= len(digits) <= 16 and said_before(text, match, _CALLED, 30)
        if called and not years and not _DATE.match(match[0]):
            yield match.start(), match.end(), 0.7
    for match in finditer(_ABROAD, page):
        yield match.start(), match.end(), 0.7
    for match in finditer(_SPOKEN_PHONE, page):
        said = regex.findall(r"[^\W\d]+|\d", match[0].lower())
        if sum(1 + (word == "double") + 2 * (word in ("triple", "treble")) for word in said) >= 9:
            yield match.start(), match.end(), 0.8


def _phone_end(written: str) -> int:
    """How much of a run of digits and separators is a telephone number; 0: none of it."""
    written = written.partition("\n\n")[0]
    at = [i for i, c in enumerate(written) if c.isdigit()]
    digits = "".join(written[i] for i in at)
    foreign = written.startswith("+")
    if foreign and "(0)" in written:
        zero = written.index("(0)") + 1
        digits = "".join(written[i] for i in at if i != zero)
        at.remove(zero)
    sizes = range(10, 16) if foreign or digits.startswith("00") else (10, 11)
    ends = (size for size in sizes if size <= len(at) and not written[at[size - 1] + 1 :][:1].isdigit())
    best = max((size for size in ends if _is_phone(digits[:size], foreign)), default=0)
    return at[best - 1] + 1 if best else 0


@lru_cache(maxsize=4096)
def _is_phone(digits: str, foreign: bool) -> bool:
    if not foreign and len(digits) <= 11 and _DRAMA.match(digits):
        return True
    # Eleven digits after a 0 are hardly anything else; ten could be a reference or a date with a time.
    if not foreign and len(digits) == 11 and regex.match(r"0[1-35789]", digits):
        return True
    import phonenumbers

    try:
        number = phonenumbers.parse(f"+{digits}" if foreign else digits, "GB")
    except phonenumbers.NumberParseException:
        return False
    return phonenumbers.is_valid_number(number) or (
        foreign and regex.match(r"44\d{9,10}\Z", digits) is not None
    )


def _postcodes(page: Page) -> Found:
    for match in finditer(_POSTCODE, page):
        inward = match[3]
        same_case = (match[1] + inward).isupper() or (match[1] + inward).islower()
        if same_case and match[1].upper() in _AREAS and set(inward.upper()) <= _INWARD:
            yield match.start(), match.end(), 1.0
    yield from postal_districts(page)


def is_nhs_number(digits: str) -> bool:
    """Whether ten digits carry the NHS number's check digit (modulus 11; NHS Data Dictionary)."""
    check = 11 - sum(int(digit) * (10 - i) for i, digit in enumerate(digits[:9])) % 11
    return check != 10 and int(digits[9]) == check % 11


def _nhs_numbers(page: Page) -> Found:
    for match in finditer(_TEN, page):
        valid = is_nhs_number(regex.sub(r"\D", "", match[0]))
        if valid and (match[1] or near_word(page.text, match, _NHS_WORD)):
            yield match.start(), match.end(), 1.0
        elif said_before(page.text, match, _NHS_SAID, 40):
            # Called an NHS number, though misheard or mistyped.
            yield match.start(), match.end(), 0.8


def _ni_numbers(page: Page) -> Found:
    for match in finditer(_NI, page):
        tight = match[0].isupper() or match[0].islower()
        if tight or said_before(page.text, match, _NI_SAID, 50):
            yield match.start(), match.end(), 1.0


def _sw_numbers(page: Page) -> Found:
    for match in finditer(_SW, page):
        yield match.start(), match.end(), 1.0


_FINDERS: tuple[tuple[str, Callable[[Page], Found]], ...] = (
    ("email", _emails),
    ("url", _urls),
    ("phone", _phones),
    ("postcode", _postcodes),
    ("nhs-number", _nhs_numbers),
    ("ni-number", _ni_numbers),
    ("sw-number", _sw_numbers),
    ("vehicle", vehicles),
    ("account", accounts),
    ("ip-address", ip_addresses),
    ("case-reference", case_references),
    ("sw-number", registers),
    ("address", addresses),
    ("url", user_names),
)

"""Whether a label can be a speaker's: kinds of speaker, names, user names, and what stands in brackets."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from functools import lru_cache

from feedback.readers.talk.words import KINDS, LETTERS, NO_SPEAKER, NO_START, PARTICLES

_KNOWN = re.compile(
    rf"(?:(?:{'|'.join(sorted(word.replace('_', '[ _]') for word in KINDS))})s?[ _.#-]*(?:\d{{1,3}}|[a-z])?"
    rf"|[{''.join(sorted(LETTERS))}][ .]?\d{{0,3}}|(?:fg|s)\d+[ _-]?p\d+"
    r"|[a-z]{1,2}\d{1,3}(?: ?(?:[/&+,]|and) ?[a-z]{1,2}\d{1,3})+)"
    r"(?:[ ,]*[(\[][^()\[\]]{1,40}[)\]])?",
    re.IGNORECASE,
)
# What people put behind a name: (she/her), [ASYE, Leeds], they/them.
_ASIDE = re.compile(
    r"\([^()]{0,50}\)|\[[^\[\]]{0,50}\]|\b(?:she|he|they|ze|xe|any|all|her|him|them)(?:/[a-z]{2,9}){1,3}\b",
    re.IGNORECASE,
)
# How somebody spoke, noted behind the name: it makes nobody else of the speaker.
_MANNER = re.compile(
    r"[ \t]*[(\[](?:\w+ly |still |both )?(?:laugh\w*|cr(?:ies|ying)|sigh\w*|whisper\w*|interrupt\w*|cough\w*"
    r"|smil\w+|shout\w*|paus\w+|nod\w*|cont(?:inued|inues|inuing|'?d|\.)?|overlapping|off mic|on phone"
    r"|over phone|by phone|via chat|in chat|softly|quietly|sarcastically|emotional|upset)[)\]]",
    re.IGNORECASE,
)
_KEPT = 8192  # labels whose looks are remembered; the same few come again and again
_UNSEEN = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_KIND_WORDS = sorted(word for word in KINDS if len(word) >= 8 and "_" not in word)
_USER = re.compile(r"[^\W\d_]{2,}\d*(?:[._-][^\W_]+)*(?:@[a-z0-9.-]+)?")
_QUOTED = re.compile(r"[\"“'‘]([^\"“”]+)[\"”'’]")
_ID = re.compile(r"#?\d{1,4}")
# Q1. Interviewer, and what the chat of Zoom writes around a name: From Ann Lee to Everyone.
_AROUND = re.compile(r"Q\d{1,3}[.)]\s+(\S.*)|From\s+(\S.*\S)\s+to\s+(?:Everyone|All|Host)\b.*", re.DOTALL)
_LONGEST = 90  # characters of a label with all that is around it
_INITIAL = re.compile(r"\s[^\W\d_]\.$")
_BRACKETS = re.compile(r"[\[\]<>{}]")
_MARK = re.compile(r"[._@0-9]")
TIDY = " \t.:?`´'*_"


@lru_cache(maxsize=_KEPT)
def clean(label: str) -> str:
    """The label as it stands, without brackets around it and punctuation at its ends."""
    label = _MANNER.sub("", _UNSEEN.sub("", label)).strip(" \t:")
    if len(label) <= _LONGEST and (around := _AROUND.fullmatch(label)):
        label = next(part for part in around.groups() if part)
    # A full stop behind an initial is part of the name (Ola N.), behind a word it is none (Int.).
    label = _QUOTED.sub(r"\1", label)
    label = label.lstrip(TIDY) if _INITIAL.search(label) else label.strip(TIDY)
    if label[:1] in "[<{" and label[-1:] in "]>}" and not _BRACKETS.search(label[1:-1]):
        label = label[1:-1].strip(TIDY)
    return " ".join(label.split())


@lru_cache(maxsize=_KEPT)
def bare(label: str) -> str:
    """The label without pronouns, roles and places in brackets: `Aisha Rahman (she/her)` -> Aisha Rahman."""
    return " ".join(_ASIDE.sub(" ", label).split())


@lru_cache(maxsize=_KEPT)
def plausible(label: str) -> bool:
    """Whether this could be somebody's label at all: short, begins with a letter, no sentence in it."""
    label = clean(label)
    if is_number(label) or _KNOWN.fullmatch(label):
        return label.casefold() not in NO_SPEAKER
    name = bare(label)
    if not label or len(label) > 60 or len(name.split()) > 7:
        return False
    if not (label[0].isalpha() or label[0] == "(") or re.search(r"[?!;\"“”=/\\]|\.\s+[a-z]", name):
        return False
    if any(label.count(left) != label.count(right) for left, right in ("()", "[]", "{}", "<>")):
        return False
    # "RE" is the researcher; "Re:" is about something.
    nobody = label != "RE" and {label.casefold(), name.casefold()} & NO_SPEAKER
    if nobody or re.search(r"[?!\"“”=\\]", label):
        return False
    return label.casefold().split()[0] not in {"http", "https"}


def is_number(label: str) -> bool:
    """Whether a label is only a number (`017`, `#17`), as some studies write their participants."""
    return bool(_ID.fullmatch(label))


def known(label: str) -> bool:
    """Whether the label is of a kind that transcripts use (Interviewer, P1, Q, Speaker 2, ...)."""
    return _known(clean(label))


@lru_cache(maxsize=_KEPT)
def _known(label: str) -> bool:
    return bool(_KNOWN.fullmatch(label)) or well_spelled(label) != label


@lru_cache(maxsize=_KEPT)
def well_spelled(label: str) -> str:
    """The label with a slip in a word such as Interviewer put right: PARTTICIPANT 18 -> PARTICIPANT 18."""
    word, gap, rest = label.partition(" ")
    small = word.casefold()
    if len(small) < 7 or not small.isalpha() or _KNOWN.fullmatch(word):
        return label
    far = {kind: distance(small, kind) for kind in _KIND_WORDS}
    least = min(far.values())
    near = [kind for kind, steps in far.items() if steps == least <= (1 if len(kind) < 9 else 2)]
    if len(near) != 1 or not _KNOWN.fullmatch(near[0] + gap + rest):
        return label
    cased = near[0].upper() if word.isupper() else near[0].capitalize() if word[0].isupper() else near[0]
    return cased + gap + rest


def distance(one: str, other: str, most: int = 2) -> int:
    """How many letters must be changed, added, left out or swapped, counted up to `most` + 1.

    Optimal string alignment (Damerau 1964; Levenshtein 1966).
    """
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        older, before, row = before, row, [i]
        for j, wanted in enumerate(other, start=1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != wanted))
            if i > 1 and j > 1 and letter == other[j - 2] and wanted == one[i - 2]:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
    return min(row[-1], most + 1)


def nearly_same(rare: str, usual: str) -> bool:
    """Whether two labels (keys) differ by one letter, or two in a long one, and by no digit.

    Kinds of speaker that are spelled right (P1, P2; Interviewer, Interviewee) are never nearly the same.
    """
    if (
        rare == usual
        or min(len(rare), len(usual)) < 4
        or (_KNOWN.fullmatch(rare) and _KNOWN.fullmatch(usual))
    ):
        return False
    if re.findall(r"\d+", rare) != re.findall(r"\d+", usual):
        return False
    most = 1 if min(len(rare), len(usual)) < 7 else 2
    return distance(rare, usual, most) <= most


@lru_cache(maxsize=_KEPT)
def name_like(label: str) -> bool:
    """Whether every word begins with a capital or digit, as in a name: `van der Berg, Ann (Student)`."""
    name, comma, role = bare(label).partition(",")
    if comma and len(role.split()) <= 3 and role.strip().islower() and role.split()[0] not in NO_START:
        # Ruth Adams, social worker: what follows the comma is what she does.
        return name_like(name) and name.casefold().strip() not in NO_SPEAKER
    words = bare(label).replace(",", " ").split()
    if not words or (words[0].casefold() in NO_START and len(words) > 1):
        return False
    return all(
        word[0].isupper() or word[0].isdigit() or word.casefold() in PARTICLES
        or word.startswith(("iPhone", "iPad", "&", "-")) or (not word[0].isalpha() and len(word) < 3)
        or not (word[0].isupper() or word[0].islower())
        for word in words
    )  # fmt: skip


def user_name(label: str) -> bool:
    """Whether this is one or two words in small letters that may be somebody's: aisha, aisha.rahman2."""
    name = bare(label)
    words = name.split()
    small = name == name.lower() and 1 <= len(words) <= 2
    return small and words[0] not in NO_START and all(map(_USER.fullmatch, words))


def marked(label: str) -> bool:
    """Whether a user name is such by its marks, as no word of a sentence is: aisha.rahman, arahman2."""
    name = bare(label)
    return " " not in name and len(name) > 3 and bool(_MARK.search(name))


def is_named(label: str, names: Collection[str]) -> bool:
    """Whether a label is one of the names (casefolded), or holds every word of one."""
    key = key_of(label)
    words = set(re.findall(r"\w+", key))
    return any(key == name or ((parts := set(re.findall(r"\w+", name))) and parts <= words) for name in names)


@lru_cache(maxsize=_KEPT)
def key_of(label: str) -> str:
    """A label without regard to case and spaces, to know a speaker again."""
    return " ".join(label.casefold().split())


def same_speakers(labels: Iterable[str]) -> dict[str, str]:
    """For each label's key the key of its speaker: `aisha (asye, leeds)` is aisha where she is called both.

    Two different brackets behind one name may be two people, and so may `Participant` and `Participant (P2)`.
    """
    forms: dict[str, set[str]] = {}
    for label in labels:
        if not known(label):
            forms.setdefault(key_of(bare(label)), set()).add(key_of(label))
    return {key: name for name, keys in forms.items() for key in keys if name in keys and len(keys) <= 2}

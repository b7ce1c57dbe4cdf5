"""Whether a label can be a speaker's: kinds of speaker, names, user names, and what stands in brackets."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from feedback.readers.words import KINDS, LETTERS, NO_SPEAKER, NO_START, PARTICLES

_KNOWN = re.compile(
    rf"(?:(?:{'|'.join(sorted(word.replace('_', '[ _]') for word in KINDS))})s?[ _.#-]*(?:\d{{1,3}}|[a-z])?"
    rf"|[{''.join(sorted(LETTERS))}][ .]?\d{{0,3}}|(?:fg|s)\d+[ _-]?p\d+)"
    r"(?:[ ,]*[(\[][^()\[\]]{1,40}[)\]])?",
    re.IGNORECASE,
)
# What people put behind a name: (she/her), [ASYE, Leeds], they/them.
_ASIDE = re.compile(
    r"\([^()]{0,50}\)|\[[^\[\]]{0,50}\]|\b(?:she|he|they|ze|xe|any|all|her|him|them)(?:/[a-z]{2,9}){1,3}\b",
    re.IGNORECASE,
)
_USER = re.compile(r"[^\W\d_]{2,}\d*(?:[._-][^\W_]+)*(?:@[a-z0-9.-]+)?")
_MARK = re.compile(r"[._@0-9]")
TIDY = " \t.:?`´'*_"


def clean(label: str) -> str:
    """The label as it stands, without brackets around it and punctuation at its ends."""
    label = label.strip().strip(TIDY)
    if label.startswith("[") and label.find("]") == len(label) - 1:
        label = label[1:-1]
    return " ".join(label.split())


def bare(label: str) -> str:
    """The label without pronouns, roles and places in brackets: `Aisha Rahman (she/her)` -> Aisha Rahman."""
    return " ".join(_ASIDE.sub(" ", label).split())


def plausible(label: str) -> bool:
    """Whether this could be somebody's label at all: short, begins with a letter, no sentence in it."""
    label = clean(label)
    name = bare(label)
    if not label or len(label) > 60 or len(name.split()) > 7:
        return False
    if not (label[0].isalpha() or label[0] == "(") or re.search(r"[?!;\"“”=/\\]|\.\s+[a-z]", name):
        return False
    if re.search(r"[?!\"“”=\\]", label) or {label.casefold(), name.casefold()} & NO_SPEAKER:
        return False
    return label.casefold().split()[0] not in {"http", "https"}


def known(label: str) -> bool:
    """Whether the label is of a kind that transcripts use (Interviewer, P1, Q, Speaker 2, ...)."""
    return bool(_KNOWN.fullmatch(clean(label)))


def name_like(label: str) -> bool:
    """Whether every word begins with a capital or digit, as in a name: `van der Berg, Ann (Student)`."""
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

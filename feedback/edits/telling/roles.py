"""What a name stands for, as far as the words around it or the shipped lists say: a manager, a council.

The titles are those of `feedback.masks`: they say no gender and are common enough to single nobody out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from feedback.edits.text.words import keys, listed
from feedback.masks import PLAIN

Key = tuple[str, ...]

# What people say somebody is, by title. A longer wording comes before one that is part of it.
_SAID = {
    "Senior manager": "senior manager|assistant director|director|head of \\w+(?: \\w+)?|service manager|"
    "deputy|chief",
    "Manager": "(?:line |team |practice |assistant |deputy )?manager|supervisor|boss|team lead(?:er)?",
    "Educator": "practice educator|educator|personal tutor|tutor|mentor|lecturer|coach|practice assessor",
    "Professional": "(?:child )?psychologist|doctor|gp|nurse|midwife|health visitor|judge|solicitor|"
    "barrister|advocate|guardian|therapist|counsellor|psychiatrist|(?:head ?)?teacher|police officer|"
    "paediatrician",
    "Councillor": "councillor",
    "Worker": "social worker|key ?worker|support worker|family worker|youth worker|practitioner|case ?worker",
    "Colleague": "colleague|co-?worker|team ?mate|workmate",
    "Friend": "best friend|friend|best mate|mate|flat ?mate|house ?mate",
    "Relative": "mother|mum|mam|mom|father|dad|sister|brother|sibling|twin|husband|wife|partner|boyfriend|"
    "girlfriend|fianc[eé]e?|aunt(?:ie|y)?|uncle|cousin|niece|nephew|nan|gran|grand(?:mother|father|ma|dad|parent)|"
    "son|daughter",
    "Child": "(?:little |young |foster )?(?:boy|girl|child|kid|baby|toddler|teenager|lad)",
}  # fmt: skip
_WHAT = "|".join(f"(?P<r{i}>{words})" for i, words in enumerate(_SAID.values()))
_WHOSE = r"(?:my|our|his|her|their|your|the|a|an|this|that|another|one)"
# "my manager Priya", "a lad called Kian", "our team manager, Priya"
_BEFORE = re.compile(rf"\b{_WHOSE} (?:\w+ ){{0,2}}?(?:{_WHAT})(?:,? (?:called|named))?,? ?\Z", re.IGNORECASE)
# "Priya, my manager", "Priya was our team leader", "Priya who is my tutor"
_AFTER = re.compile(
    rf"\A(?:,|,? who (?:is|was|were)| (?:is|was|became|as)|['’]s) {_WHOSE} (?:\w+ ){{0,2}}?(?:{_WHAT})\b",
    re.IGNORECASE,
)
_REACH = 60
_ROLES = tuple(_SAID)
_COUNCIL_TITLES = frozenset(("cllr", "councillor"))
_PROFESSIONS = frozenset(("dr", "doctor", "judge", "prof", "professor"))

# The words of a name that say what kind of place or organisation it is; the last of them counts.
_KINDS = (
    ("University", "university college"),
    ("School", "school academy primary infants juniors infant junior nursery high federation"),
    ("Hospital", "hospital infirmary hospice surgery clinic"),
    ("Court", "court"),
    ("Prison", "prison"),
    ("Council", "council borough authority"),
    ("Charity", "charity foundation refuge"),
    ("Company", "ltd limited plc llp"),
    ("Team", "team hub locality"),
    ("Street", "road street avenue lane drive crescent terrace close walk mews"),
)
_KIND_OF = {word: title for title, words in _KINDS for word in words.split()}


def said_role(text: str, start: int, end: int) -> str:
    """The title of the person named at text[start:end] by the words beside it; "" where none is said."""
    shown = keys(text[start:end])
    if shown and shown[0] in _COUNCIL_TITLES:
        return "Councillor"
    if shown and shown[0] in _PROFESSIONS:
        return "Professional"
    before = _BEFORE.search(text[max(0, start - _REACH) : start])
    match = before or _AFTER.search(text[end : end + _REACH])
    return _ROLES[_which(match)] if match else ""


def _which(match: re.Match[str]) -> int:
    return next(i for i in range(len(_ROLES)) if match[f"r{i}"])


def most_said(titles: Sequence[str]) -> str:
    """The title that most mentions of a person give; "" where there is none or two are as frequent."""
    counts = {title: titles.count(title) for title in set(titles) if title}
    best = [title for title, n in counts.items() if n == max(counts.values())]
    return best[0] if len(best) == 1 else ""


def kind_of(identity: Key) -> str:
    """The title of a place or organisation (label, word, ...) by its own words and the shipped lists."""
    label, words = identity[0], identity[1:]
    said = [_KIND_OF[word] for word in words if word in _KIND_OF]
    if said and len(words) > 1:
        return said[-1]
    if words in listed("places"):
        return "Town"
    if words in listed("councils"):
        return "Area" if label == "place" else "Council"
    return PLAIN[label]

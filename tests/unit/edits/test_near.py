"""Patterns are found where they are found without looking only near the words they need."""

from __future__ import annotations

from itertools import chain
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedback.edits.forms import dates, patterns, references
from feedback.edits.telling import indirect
from feedback.edits.text.near import finditer
from feedback.edits.text.needs import needs
from feedback.edits.text.page import Page
from feedback.edits.text.words import words


def _patterns() -> list[Any]:
    named = (vars(module).values() for module in (dates, indirect, patterns, references))
    several = (value if isinstance(value, tuple) else (value,) for value in chain(*named))
    return [one for one in chain(*several) if type(one).__name__ == "Pattern"]


PATTERNS = _patterns()
# Words of what the patterns look for, and words that only hold them.
_JOINED = (
    "She was 34 at the time. |the only social worker in our team, |aged seven|someone, |money |"
    "thirty-one |her twin brother |Flat 3, 14 Oakfield Road|lives at |ref CSC-2019-12345 |"
    "3rd of May 2019|on 4/5|Tues 14th|dob 010299 |SW 123 456|call me on 0113 496 0123|@name |"
    "a.b@c.org |a dot b at council dot gov dot uk |rated inadequate by Ofsted. |"
    "a Methodist preacher |in the packages of wages |sort code 20-00-00 12345678|QQ 12 34 56 C |"
    "oh seven seven double three one |zero four nine|M14 5TQ |reg AB12 CDE |Present: AB, CD. |"
    "2. TJ: |insta is jo_smith99|œuf |two of her children were both removed |"
    "I used to be a police officer |on the telly |and so |\n\n|NHS number 943 476 5919 |"
    "We were all in. |’|it’s |a social worker who only |of five |(6) |Welsh speaker |"
    "prayed in Polish |married to the deputy’s brother |family of nine |turning 40, "
)
PIECES = _JOINED.split("|")


@settings(max_examples=60)
@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=60))
def test_nothing_is_missed_and_nothing_added_by_looking_near_the_needed_words(pieces: list[str]) -> None:
    page = Page("".join(pieces))
    for pattern in PATTERNS:
        near = [match.span() for match in finditer(pattern, page)]
        assert near == [match.span() for match in pattern.finditer(page.text)], pattern.pattern[:60]


@pytest.mark.parametrize(
    ("pattern", "whole", "parts"),
    [
        (r"(?i)\b(?:the|our)\s(?:only|sole) (?:vicar|dean)\b", {"dean", "vicar", "sole"}, set()),
        (r"\bturn(?:ed|ing)\s(?:\w+\s)*", {"turned", "turning"}, set()),
        (r"[A-Z]{2}\d{2}\b", set(), {"0"}),
        (r"(?<!\w)bah[áa]", set(), {"bah", "baha"}),
        (r"cat(?=s?\b)|dog", set(), {"cat", "dog"}),
    ],
)
def test_the_words_a_pattern_needs_are_read_from_it(pattern: str, whole: set[str], parts: set[str]) -> None:
    found = needs(pattern)
    assert any(need.whole == whole and need.parts == parts for need in found), found


@pytest.mark.parametrize("pattern", [r"\w+", r"a?b*", r"(?:cat)?", r"cat|\w", r"(?|cat)", r"[^a-z]", r"\b"])
def test_what_may_match_anything_needs_nothing(pattern: str) -> None:
    assert needs(pattern) == ()


def test_a_match_longer_than_expected_is_found_whole() -> None:
    text = "so. " * 50 + "see https://" + "a" * 500 + " there"
    assert [m[0] for m in finditer(patterns._URL, text)] == ["https://" + "a" * 500]


def test_a_page_has_the_words_of_its_text() -> None:
    text = "Éa O’Neil’s 12th, naïve\u0301 co\u00adworker 3½ x"
    page = Page(text)
    assert page.words() == words(text)
    assert [text[a:b] for a, b in zip(page.starts, page.ends, strict=True)] == page.written

"""Numbers and addresses that identify are masked; other numbers stay."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.edits.forms.patterns import is_nhs_number, pattern_edits
from feedback.spans import render


def shown(text: str) -> str:
    return render(text, pattern_edits(text))


@pytest.mark.parametrize(
    ("said", "masked"),
    [
        ("write to p.shah@example.org.", "write to [Email]."),
        ("priya dot shah at example dot org dot uk", "[Email]"),
        ("jo [at] example [dot] org, thanks", "[Email], thanks"),
        ("ring 07700 900123 or +44 7700 900456", "ring [Phone] or [Phone]"),
        ("on (0161) 496 0123.", "on [Phone]."),
        ("0 7 7 0 0, 9 0 0, 1 2 3", "[Phone]"),
        ("oh seven seven double oh nine double oh one two three", "[Phone]"),
        ("call me on 496 0123", "call me on [Phone]"),
        ("at SE15 4QX and m14 5aa", "at [Postcode] and [Postcode]"),
        ("NHS number 943 476 5919", "NHS number [NHS number]"),
        ("her patient number, 9434765919", "her patient number, [NHS number]"),
        ("QQ 12 34 56 C", "[National Insurance number]"),
        ("SW12345 and SW 123456", "[SW number] and [SW number]"),
        ("https://example.org/a?b=1. www.example.org", "[Link]. [Link]"),
        ("I'm @priya_s there", "I'm [Link] there"),
        ("my car is AB12 CDE", "my car is [Vehicle]"),
        ("registration A123 BCD", "registration [Vehicle]"),
        ("his plate was ABC 123", "his plate was [Vehicle]"),
        ("it is ABC 123 on the plate", "it is [Vehicle] on the plate"),
        ("on 3 March 2019,", "on [date in 2019],"),
        ("since the 3rd of March.", "since [Date]."),
        ("born 3/3/88", "born [date in 1988]"),
        ("2019-03-04", "[date in 2019]"),
        ("case number CSC-2019-12345 went", "case number [Case reference] went"),
        ("ZW21C00476, under ref 31204/21", "[Case reference], under ref [Case reference]"),
        ("SW 105 882 and W/4027715", "[SW number] and [SW number]"),
        ("my SSSC number is 3024417", "my SSSC number is [SW number]"),
        ("at Flat 3, 140 Corporation Road.", "at [Address]."),
        ("we went to 14 oakfield road", "we went to [Address]"),
        ("They live at Pike View, Tansley Hill.", "They live at [Address]."),
        ("His TikTok was kyronbeatz09.", "His TikTok was [Link]."),
        ("seen on Thursday 14th", "seen on [Date]"),
        ("March 3rd, 2020 and Friday 12th May", "[date in 2020] and [Date]"),
    ],
)
def test_what_identifies_by_its_form_is_masked(said: str, masked: str) -> None:
    assert shown(said) == masked


@pytest.mark.parametrize(
    "said",
    [
        "we were ordering glasses and my Gillespie 3747 3911",
        "I rang NHS 111 and he whisked plates of soup across, number plates or not",
        "ABC 123 and then there was some more to say regularly, or so they told us of registration",
        "34 children, 0-19 team, section 47, S17, in 2019 and 2020-21",
        "24/7 at 10.30, 9/10, 12:30, £1,200,000, 0.123456789",
        "March 2019, in March 12 people left, I may 3 times",
        "call 999 or 111, call the 2019 2020 cohort",
        "SW1 and SW11, the e1 2nd floor, gov.uk",
        "1234567890 of them",
        "Look at google dot com, look at me",
        "case 3, file 12, in case 2019 comes, reference group of 12, the 2015-16 case",
        "my 3 Ofsted visits, 2 way street, 12 Social Workers, Level 3 House",
        "It ended.So I left. A&E, level 3, P12, ASYE",
    ],
)
def test_other_numbers_and_words_stay(said: str) -> None:
    assert shown(said) == said


def test_the_check_digit_of_an_nhs_number() -> None:
    assert is_nhs_number("9434765919")
    assert not is_nhs_number("9434765918")
    assert not is_nhs_number("1234567890")


def test_a_telephone_number_of_north_america_is_masked_without_a_word_for_it() -> None:
    assert shown("on my registered 905-674-3793.") == "on my registered [Phone]."
    assert shown("905.674.3793 or 1-905-674-3793") == "[Phone] or [Phone]"
    assert shown("the 2019-20-2021 plan, 905-674") == "the 2019-20-2021 plan, 905-674"


@given(
    st.integers(0, 999), st.text(alphabet="ab \n👩é\u0301,.", max_size=12), st.text("xy \n👩.,", max_size=12)
)
def test_a_phone_number_never_shows_whatever_stands_around_it(n: int, before: str, after: str) -> None:
    number = f"07700 900{n:03d}"
    assert number not in shown(f"{before} {number} {after}")


@given(st.text(max_size=80))
def test_any_text_can_be_searched_and_gives_the_same_each_time(text: str) -> None:
    assert pattern_edits(text) == pattern_edits(text)

"""What a push-factor card says: shares with intervals, stayers, groups, links; clear words for little."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import openpyxl
import pytest
from docx import Document as Word
from lxml import html
from report_study import person, study

from feedback.factors.notes import UNFIT
from feedback.model import FactorCard, Report, Split
from feedback.report import render, summarise
from feedback.report.cards import words as card_words
from feedback.report.handover import handover, written
from feedback.tables import conform


def asked(
    reasons: dict[int, str | None], *, leavers: int = 30, stayers: int = 0, tags: Any = (), **more: Any
) -> dict[str, Any]:
    """A study of leavers and stayers; reasons: the push factor that each (by number) gives, None: another."""
    everybody = [person() for _ in range(leavers)] + [person(leaver="no") for _ in range(stayers)]
    said = [{"person": one, "theme": theme} for one, theme in reasons.items() if theme]
    tables = study(everybody, [*said, *tags])
    rows = [{"segment_id": f"d{one:03d}:1", "factor_id": theme} for one, theme in reasons.items()]
    return {**tables, "members": conform("members", rows), **more}


def card_of(report: Report, factor: str = "pay") -> FactorCard:
    return next(card for card in report.factors if card.factor_id == factor)


def test_a_share_stands_with_its_interval_and_only_where_enough_people_left() -> None:
    card = card_of(summarise(asked(dict.fromkeys(range(6), "pay"))))
    assert card.interval == pytest.approx((0.0951, 0.3731), abs=0.001)  # Wilson, 6 of 30
    assert card_words.share(card) == "20% (95% interval 10 to 37%)"
    few = card_of(summarise(asked(dict.fromkeys(range(6), "pay"), leavers=19)))
    assert (few.n, few.of, few.interval, card_words.share(few)) == (6, 19, None, "")
    assert "%" not in few.summary


def test_the_difference_to_those_who_stayed_has_an_interval_and_says_when_it_may_be_chance() -> None:
    spoken = [{"person": 30 + one, "theme": "pay"} for one in range(6)]
    alike = card_of(summarise(asked(dict.fromkeys(range(6), "pay"), stayers=30, tags=spoken)))
    assert alike.gap is not None
    assert alike.gap[0] == 0
    assert "it may be chance" in card_words.difference(alike)
    assert "cannot be told from chance" in alike.summary
    apart = card_of(summarise(asked(dict.fromkeys(range(20), "pay"), stayers=30, tags=spoken[:1])))
    assert apart.gap is not None
    assert 0 < apart.gap[1] < apart.gap[0] < apart.gap[2]
    assert "Leavers speak of it more often" in apart.summary
    few = card_of(summarise(asked(dict.fromkeys(range(6), "pay"), stayers=8)))
    assert few.gap is None
    assert "Too few" in card_words.difference(few)


def test_a_list_that_hardly_fits_is_told_of_above_the_cards() -> None:
    tables = asked(dict.fromkeys(range(6), "pay"))
    assert "hardly fits" not in summarise(tables).factors_note
    noted = conform("dropped", [{"stage": "factors", "reason": UNFIT}])
    assert UNFIT in summarise({**tables, "dropped": noted}).factors_note


def test_without_stayers_nothing_is_said_of_them() -> None:
    card = card_of(summarise(asked(dict.fromkeys(range(6), "pay"), stayers=4)))
    assert (card.of_stayers, card_words.difference(card)) == (0, "")
    assert "stayed" not in card.summary


def test_a_card_splits_by_attribute_and_shows_no_group_below_five() -> None:
    tables = asked(dict.fromkeys([*range(7), *range(12, 15), *range(21, 27)], "pay"))
    tables["cases"]["region"] = ["North"] * 12 + ["South"] * 9 + ["East"] * 9
    card = card_of(summarise(tables))
    assert card.splits
    for split in card.splits:
        assert all(n is None or n == 0 or n >= 5 for _, n, _ in split.groups)
        assert dict((value, n) for value, n, _ in split.groups)["South"] is None
        assert sum(n is None for _, n, _ in split.groups) > 1
    assert "North: 7 of 12" in " ".join(card_words.splits(card))
    assert "hidden" in " ".join(card_words.splits(card))


def test_themes_that_come_up_in_the_same_answers_are_named_and_its_own_are_not() -> None:
    beside = [{"person": one, "theme": "confidence"} for one in range(4)]
    alone = [{"person": 5, "theme": "caseload"}]
    card = card_of(summarise(asked(dict.fromkeys(range(6), "pay"), tags=[*beside, *alone])))
    assert card.links == ("Confidence",)
    tables = asked(dict.fromkeys(range(6), "caseload"), tags=[
        {"person": one, "theme": "caseload/allocation"} for one in range(6)
    ])  # fmt: skip
    assert card_of(summarise(tables), "caseload").links == ()


def test_a_group_that_was_found_says_how_steady_it_is_and_what_was_done_by_hand() -> None:
    rows = [{"segment_id": f"d{one:03d}:1", "factor_id": "travel"} for one in range(6)]
    tables = asked({}) | {"members": conform("members", rows)}
    row = {"factor_id": "travel", "label": "Travel", "words": "drive", "n_cases": 6, "stability": 0.83}
    tables["factors"] = conform("factors", [{**row, "decided": "named"}])
    card = card_of(summarise(tables), "travel")
    assert card.steady.startswith("Steady: when people were drawn anew, 83% of it came back")
    shaky = replace(card, stability=0.55)
    assert card_words.steady(shaky).startswith("Hardly steady, for reading only")
    assert card_words.found_how(card).startswith("Not on the theme list. By hand: named.")
    assert "in words such as “drive”" in card.summary
    tables["factors"] = conform("factors", [{**row, "stability": None, "decided": "named"}])
    assert "As people put it together" in card_of(summarise(tables), "travel").steady


def test_a_reflexive_report_has_no_shares_on_its_cards() -> None:
    report = summarise(asked(dict.fromkeys(range(6), "pay"), stayers=30), approach="reflexive")
    told = html.fromstring(render(report, ".html")).get_element_by_id("factors").text_content()
    assert "%" not in told
    assert "percentage points" not in told


def test_every_format_says_the_same_of_a_card() -> None:
    tables = asked(dict.fromkeys(range(3), "pay"), stayers=30)
    report = summarise(tables)
    card = card_of(report)
    page = html.fromstring(render(report, ".html")).text_content()
    paper = " ".join(one.text for one in Word(io.BytesIO(render(report, ".docx"))).paragraphs)
    book = openpyxl.load_workbook(io.BytesIO(written(handover(tables), ".xlsx")))
    sheet = [row for row in book["Push factors"].iter_rows(values_only=True)]
    row = dict(zip(sheet[0], sheet[1], strict=True))
    for told in (page, paper, str(row["summary"])):
        assert card.summary in told
    assert (row["people"], row["of"]) == (card.n, card.of) == (3, 30)
    assert row["share_low"] == pytest.approx(card.interval[0], abs=0.001)  # type: ignore[index]
    assert "3 of 30" in page
    assert "3 of 30" in paper


def told(report: Report) -> str:
    """All that a page and a document say of push factors; they can be made whatever is missing."""
    page = html.fromstring(render(report, ".html")).get_element_by_id("factors").text_content()
    assert len(render(report, ".docx")) > 1000
    assert report.factors_note in page
    return " ".join(page.split())


def test_without_leavers_it_is_said_and_themes_are_shown_still() -> None:
    report = summarise(asked({}, leavers=0, stayers=8, tags=[{"person": 1, "theme": "pay"}]))
    assert "Nobody who was heard is marked as having left" in told(report)
    assert next(row for row in report.themes if row.theme_id == "pay").n == 1


def test_one_leaver_is_not_counted_and_not_quoted() -> None:
    report = summarise(asked({0: "pay"}, leavers=1, stayers=8))
    assert report.factors == ()
    assert "Fewer than 5 people who left" in told(report)


def test_where_nobody_gives_a_reason_complaints_are_not_called_reasons() -> None:
    report = summarise(asked({}, leavers=8, tags=[{"person": 1, "theme": "pay"}]))
    said = told(report)
    assert "No leaver gives a reason for leaving that was found" in said
    assert "a reason for leaving:" not in card_of(report).summary
    assert "complains of it" in card_of(report).summary


def test_reasons_that_fit_no_push_factor_are_said_and_nothing_is_made_of_them() -> None:
    report = summarise(asked(dict.fromkeys(range(4)), leavers=8))
    assert report.factors == ()
    assert (
        "4 of 8 give a reason for leaving that was found; the reasons of 4 of them fit no push factor"
        in told(report)
    )


def test_attributes_that_some_people_lack_are_a_group_of_their_own() -> None:
    tables = asked(dict.fromkeys([*range(6), *range(20, 26)], "pay"))
    tables["cases"]["region"] = [None] * 10 + ["North"] * 10 + ["South"] * 10
    split = card_of(summarise(tables)).splits[0]
    assert ("not recorded", 6, 10) in split.groups


def test_an_attribute_that_nobody_has_splits_nothing() -> None:
    tables = asked(dict.fromkeys(range(6), "pay"))
    tables["cases"]["region"] = None
    assert card_of(summarise(tables)).splits == ()


def pooled_study(told: int) -> dict[str, Any]:
    """Eight leavers of whom three name pay, and leavers heard in testimonies only, who all do."""
    everybody = [person() for _ in range(8)] + [person("testimony") for _ in range(told)]
    naming = [*range(3), *range(8, 8 + told)]
    tables = study(everybody, [{"person": one, "theme": "pay"} for one in naming])
    rows = [{"segment_id": f"d{one:03d}:1", "factor_id": "pay"} for one in naming]
    return {**tables, "members": conform("members", rows)}


def test_testimonies_count_for_push_factors_only_when_asked_and_the_report_says_so() -> None:
    tables = pooled_study(6)
    apart, together = summarise(tables), summarise(tables, pool=True)
    assert (card_of(apart).n, card_of(apart).of, apart.factors_pooled) == (3, 8, 0)
    assert (card_of(together).n, card_of(together).of, together.factors_pooled) == (9, 14, 6)
    assert "Pooled" not in told(apart)
    assert "6 of them were heard only in testimonies" in told(together)
    assert apart.themes == together.themes


def test_too_few_testimonies_are_not_pooled_since_the_rest_would_bare_them() -> None:
    report = summarise(pooled_study(2), pool=True)
    assert (card_of(report).n, card_of(report).of) == (3, 8)
    assert "Testimonies are not pooled" in told(report)


def test_a_hidden_group_is_in_no_format() -> None:
    report = summarise(asked(dict.fromkeys(range(6), "pay")))
    split = Split("region", (("North", 6, 17), ("South", None, None)))
    report = replace(report, factors=(replace(report.factors[0], splits=(split,)),))
    said = told(report)
    assert "North: 6 of 17; the others are hidden" in said
    assert "South" not in said


def test_why_there_are_fewer_than_three_quotes_is_said() -> None:
    card = FactorCard("pay", "Pay", (), 6, 30)
    assert card_words.few_quotes(card).startswith("No quote:")

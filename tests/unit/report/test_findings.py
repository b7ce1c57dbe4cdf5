"""What a card may say: its own reasons, its own counter-voices, in whole sentences, and nothing cut."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from typing import Any

import pytest
from report_sample import sample_tables
from report_study import person, study

from feedback.model import FactorCard, Report
from feedback.report import arrange, render, summarise
from feedback.report.cards import words as card_words
from feedback.segments import segments_from
from feedback.tables import conform


@pytest.fixture(scope="module")
def report() -> Report:
    return summarise(sample_tables())


def quote(number: int, text: str, why: str = "", **more: Any) -> dict[str, Any]:
    place = {"segment_id": f"d00{number}:1", "document_id": f"d00{number}", "case_id": f"P00{number}"}
    said = {"text": text, "attribution": "a participant", "why": why}
    return {"quote_id": f"q{number}", "rank": number, **place, **said, **more}


def told(*quotes: dict[str, Any], denial: str = "It was not the pay.") -> dict[str, Any]:
    """Six leavers, of whom the first gives pay as a reason and the third denies it; a quote of each."""
    tags = [{"person": i, "theme": "pay"} for i in (0, 1)]
    tags += [{"person": 2, "theme": "pay", "assertion": "negated"}]
    tables = study([person() for _ in range(6)], tags)
    tables["segments"].loc[tables["segments"]["segment_id"] == "d002:1", "text"] = denial
    tables["members"] = conform("members", [{"segment_id": "d000:1", "factor_id": "pay"}])
    return {**tables, "quotes": conform("quotes", list(quotes))}


def test_a_card_shows_reasons_and_not_what_else_is_said_of_the_theme() -> None:
    card = summarise(told(quote(1, "Pay is low.", theme_id="pay"))).factors[0]
    assert (card.n, card.quotes) == (1, ())
    card = summarise(told(quote(0, "I left for the pay.", factor_id="pay"))).factors[0]
    assert [one.text for one in card.quotes] == ["I left for the pay."]


def test_the_counter_voices_shown_are_among_those_counted() -> None:
    against = quote(2, "It was not the pay.", "counter-voice: says it was not so", factor_id="pay")
    card = summarise(told(against)).factors[0]
    assert (card.n_counter, len(card.counter)) == (1, 1)
    card = summarise(told(against, denial="I left.")).factors[0]
    assert (card.n_counter, len(card.counter)) == (0, 0)


def test_the_summary_counts_the_push_factors_that_have_counter_voices() -> None:
    assert "nobody clearly speaks well of the push factor on the theme list" in " ".join(
        summarise(told(denial="I left.")).summary
    )
    assert "For 1 of 1 push factors" in " ".join(summarise(told()).summary)


def test_counter_voices_that_cannot_be_quoted_are_counted_and_said_to_be() -> None:
    assert "1 of 9 people read clearly speaks well" in arrange.about_counter_voices(1, 9, 1)
    assert arrange.about_counter_voices(2, 9, 0).endswith("nothing of it can be quoted")


def test_what_is_not_counted_is_told_in_whole_sentences() -> None:
    card = FactorCard("pay", "Pay", (), 1, 9, n_other=1, n_denied=2)
    said = card_words.not_counted(card)
    assert said == "Among the other leavers: 1 who tells it of others and 2 who say it was not so."
    assert arrange.main_reason(FactorCard("pay", "Pay", (), 3, 9, n_main=1)).startswith(
        "1 of the 3 leavers who give it says more"
    )
    assert arrange.main_reason(card) == ""


def test_the_method_promises_only_what_there_is(report: Report) -> None:
    assert "verify" not in repr(report.method)
    unread = sample_tables()
    unread["quotes"]["approved"] = False
    assert "approved" not in repr(summarise(unread).method)


def test_a_table_that_shows_nothing_is_left_out_and_named() -> None:
    people = [{**person(), "region": region} for region in ("North", "South") for _ in range(6)]
    report = summarise(study(people, [{"person": i, "theme": "pay"} for i in (0, 6)]))
    assert report.tables == ()
    assert "most of their numbers would be hidden: region" in report.tables_note


def test_people_without_a_value_are_no_group_to_compare() -> None:
    regions = ["North"] * 6 + ["South"] * 4 + [None] * 6
    people = [{**person(), "region": region} for region in regions]
    report = summarise(study(people, [{"person": i, "theme": "pay"} for i in range(16)]))
    assert report.tables == ()
    assert "fewer than two groups" in report.tables_note


def test_long_labels_are_whole_in_the_charts(report: Report) -> None:
    label = "Gap between training and practice"
    card, row = replace(report.factors[0], label=label), replace(report.themes[0], label=label)
    page = render(replace(report, factors=(card,), themes=(row,)), ".html").decode()
    charts = re.findall(r"<svg class=\"chart.*?</svg>", page, re.S)
    assert len(charts) == 4
    for chart in charts:
        assert label in " ".join(re.findall(r"<text[^>]*>([^<]*)</text>", chart))


def test_a_narrow_screen_gets_charts_of_its_own(report: Report) -> None:
    page = render(report, ".html").decode()
    assert page.count('class="chart narrow"') == 3
    assert page.count('role="img"') == 3


def test_captions_in_word_have_their_numbers_stored(report: Report) -> None:
    from docx import Document

    document = Document(io.BytesIO(render(report, ".docx")))
    captions = [paragraph.text for paragraph in document.paragraphs if paragraph.style.name == "Caption"]
    numbers = [caption.split(".")[0] for caption in captions]
    assert numbers == [f"Table {number}" for number in range(1, len(captions) + 1)]


def test_a_study_that_does_not_ask_why_people_left_says_nothing_of_it():
    themes = conform("themes", [{"theme_id": "quality", "label": "Quality", "group": "", "position": 0}])
    segments = segments_from(["We test everything.", "Quality first."])
    tags = conform(
        "tags", [{"segment_id": segments.at[1, "segment_id"], "theme_id": "quality", "coder": "rules"}]
    )
    documents = conform(
        "documents", [{"document_id": one, "kind": "interview"} for one in segments["document_id"]]
    )
    report = summarise({"documents": documents, "segments": segments, "themes": themes, "tags": tags})
    leads = [line.split(":")[0] for line in report.summary]
    assert leads == ["What was read", "How far to trust it", "What the words mean"]
    assert report.factors_note == ""
    assert "Push factors</h2>" not in render(report, ".html").decode()

"""The quote bank: consented quotes with attribution and surroundings, and who is quoted of who was heard."""

from __future__ import annotations

import io
from dataclasses import replace

import openpyxl
import pytest
from docx import Document as Word
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from feedback.errors import FeedbackError
from feedback.report.bank import Wanted, quote_bank
from feedback.report.bank.files import bank_docx, bank_xlsx
from feedback.report.bank.page import bank_html
from feedback.report.bank.words import fairness_said, how_many
from feedback.settings import CONSENTS
from feedback.tables import conform

WORDS = ("It was fine at first.", "=Then my caseload doubled.", "I left in the end.")


def study(consents=("publication",) * 12):
    """Twelve invented people: three sentences each, the middle one quoted, critical for the first six."""
    starts = (0, 30, 60)
    cases = [
        {"case_id": f"P{n:02d}", "consent": consent, "leaver": "yes" if n < 6 else "no"}
        for n, consent in enumerate(consents)
    ]
    segments = [
        {"segment_id": f"d{n:03d}:{at}", "document_id": f"d{n:03d}", "case_id": f"P{n:02d}", "turn": 0,
         "start": at, "end": at + len(text), "speaker": "P", "role": "participant", "text": text}
        for n in range(12)
        for at, text in zip(starts, WORDS, strict=True)
    ]  # fmt: skip
    quotes = [
        {"quote_id": f"q{n:03d}", "segment_id": f"d{n:03d}:30", "document_id": f"d{n:03d}",
         "case_id": f"P{n:02d}", "theme_id": "caseload", "start": 30, "end": 30 + len(WORDS[1]),
         "text": WORDS[1], "attribution": "a social worker who left" if n < 6 else "a social worker",
         "rank": n, "approved": False}
        for n in range(12)
    ]  # fmt: skip
    tags = [
        {"segment_id": f"d{n:03d}:30", "document_id": f"d{n:03d}", "theme_id": "caseload", "start": 30,
         "end": 56, "score": 1.0, "coder": "rules", "valence": "negative" if n < 6 else "positive"}
        for n in range(12)
    ]  # fmt: skip
    documents = [{"document_id": f"d{n:03d}", "kind": "interview"} for n in range(12)]
    themes = [{"theme_id": "caseload", "label": "Caseload", "position": 0}]
    rows = {"cases": cases, "segments": segments, "quotes": quotes, "tags": tags, "documents": documents,
            "themes": themes}  # fmt: skip
    return {name: conform(name, table) for name, table in rows.items()}


def ids(bank):
    return [one.quote_id for one in bank.quotes]


def test_a_quote_has_its_neighbours_for_judging_and_its_valence():
    first = quote_bank(study()).quotes[0]
    assert (first.before, first.text, first.after) == WORDS
    assert (first.about, first.valence, first.may_be_used) == ("Caseload", "critical", "in publications")


def test_quotes_are_chosen_by_theme_by_valence_and_by_what_their_attribution_says():
    assert len(quote_bank(study(), Wanted(about="caseload")).quotes) == 12
    assert not quote_bank(study(), Wanted(about="pay")).quotes
    assert ids(quote_bank(study(), Wanted(valence="positive"))) == [f"q{n:03d}" for n in range(6, 12)]
    assert ids(quote_bank(study(), Wanted(who=("Who left",)))) == [f"q{n:03d}" for n in range(6)]


def test_choosing_by_more_than_attributions_say_is_refused_with_what_they_say():
    with pytest.raises(FeedbackError, match="no quote's attribution says 'North West'") as refused:
        quote_bank(study(), Wanted(who=("North West",)))
    assert refused.value.hint == "they say: social worker, who left"


@settings(max_examples=40)
@given(st.lists(st.sampled_from(CONSENTS), min_size=12, max_size=12), st.sampled_from(CONSENTS[2:]))
def test_no_quote_stands_above_its_speakers_consent_whatever_the_table_of_quotes_holds(consents, audience):
    bank = quote_bank(study(consents), audience=audience)
    allowed = {f"q{n:03d}" for n, consent in enumerate(consents)
               if CONSENTS.index(consent) >= CONSENTS.index(audience)}  # fmt: skip
    assert set(ids(bank)) == allowed
    assert all(one.may_be_used == "in publications" for one in bank.quotes if audience == "publication")


def test_a_quote_whose_consent_has_ended_is_left_out_and_counted():
    bank = quote_bank(study(), until={"P00": "2026-11-21", "P01": "2026-11-22"}, today="2026-11-22")
    assert ids(bank)[0] == "q001"
    assert bank.quotes[0].until == "2026-11-22"
    assert bank.expired == 1
    assert "1 quote left out" in how_many(bank)


def test_the_bank_says_who_is_quoted_of_who_was_heard_and_hides_small_groups():
    assert list(fairness_said(quote_bank(study()))) == [
        "Quoted of those heard, by leaver: no 6 of 6, yes 6 of 6."
    ]
    few = study(("publication",) * 2 + ("analysis",) * 10)
    assert list(fairness_said(quote_bank(few))) == []


def test_the_workbook_has_every_quote_as_text_and_never_as_a_formula():
    book = openpyxl.load_workbook(io.BytesIO(bank_xlsx(quote_bank(study(), title="A study"))))
    cells = [row[3] for row in book["Quotes"].iter_rows(min_row=2)]
    assert [cell.value for cell in cells] == [WORDS[1]] * 12
    assert {cell.data_type for cell in cells} == {"s"}
    assert book["Who is quoted"]["A2"].value == "leaver"


def test_the_word_document_has_quotes_and_attributions_in_their_styles():
    word = Word(io.BytesIO(bank_docx(quote_bank(study(), title="A study"))))
    styles = [(one.style.name, one.text) for one in word.paragraphs]
    assert ("Quote", WORDS[1]) in styles
    assert ("Attribution", "a social worker who left") in styles
    assert ("Heading 1", "Caseload") in styles


def test_the_page_shows_words_as_words_and_needs_nothing_from_anywhere():
    hostile = "<script>alert(1)</script> & </style>"
    bank = quote_bank(study(), title="A study")
    bank = replace(bank, quotes=(replace(bank.quotes[0], text=hostile, before=hostile), *bank.quotes[1:]))
    page = html.fromstring(bank_html(bank))
    assert page.xpath("//blockquote/p")[0].text_content() == hostile
    assert len(page.xpath("//script")) == 1
    assert not page.xpath("//@src | //link | //img | //a[not(starts-with(@href, '#'))]")


def test_the_page_shows_each_quote_with_what_may_be_copied_and_what_to_know():
    page = html.fromstring(bank_html(quote_bank(study(), title="A study")))
    figures = page.xpath("//figure[contains(@class, 'quote')]")
    assert len(figures) == 12
    assert figures[0].xpath(".//*[@class='by']")[0].text == "a social worker who left"
    assert f"before it: “{WORDS[0]}”" in figures[0].text_content()
    assert [one.text for one in page.xpath("//select[@id='filter-speaker']/option")] == [
        "Everybody", "social worker (12)", "who left (6)"]  # fmt: skip


@pytest.mark.parametrize("write", [bank_xlsx, bank_docx, bank_html])
def test_the_same_bank_gives_the_same_bytes(write):
    bank = quote_bank(study(), title="A study")
    assert write(bank) == write(replace(bank))

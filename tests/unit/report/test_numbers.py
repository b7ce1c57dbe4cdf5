"""Numbers have ids: the same from run to run, no two alike, and each leads to what it counts."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from report_sample import sample_tables

from feedback.model import Report
from feedback.report import render, summarise
from feedback.report.html import leading
from feedback.report.numbers import Numbers
from feedback.report.quoted import described_as
from feedback.report.shelves import shelves_of


@pytest.fixture(scope="module")
def report() -> Report:
    return summarise(sample_tables(), title="Why people left")


def test_every_number_has_an_id_of_its_own_made_from_what_it_counts(report: Report) -> None:
    numbers = Numbers(report)
    ids = [one.id for one in numbers.all]
    assert len(ids) == len(set(ids)) > 300
    card, row = report.factors[0], report.themes[0]
    assert numbers.by_id[f"n-factor-{card.factor_id}-any"].n == card.n
    assert numbers.by_id[f"n-theme-{row.theme_id}-critical"].n == row.negative
    assert all(re.fullmatch(r"n-[a-z0-9-]+", one) for one in ids)


def test_an_id_does_not_depend_on_the_rank_of_what_it_counts(report: Report) -> None:
    turned = replace(report, factors=report.factors[::-1], themes=report.themes[::-1])
    assert set(Numbers(turned).by_id) == set(Numbers(report).by_id)


def test_themes_whose_names_differ_in_signs_only_keep_ids_apart(report: Report) -> None:
    rows = tuple(replace(report.themes[0], theme_id=one) for one in ("pay/low", "pay low", "Pay: low"))
    ids = [one.id for one in Numbers(replace(report, factors=(), themes=rows)).all]
    assert len(ids) == len(set(ids))


def test_hidden_cells_have_no_number_to_ask_about(report: Report) -> None:
    table = report.tables[0]
    label, cells = table.rows[0]
    hidden = replace(table, rows=((label, (None, *cells[1:])), *table.rows[1:]))
    before = Numbers(replace(report, tables=(table,))).by_id.keys()
    after = Numbers(replace(report, tables=(hidden,))).by_id.keys()
    (gone,) = before - after
    assert gone.startswith(f"n-group-{table.attribute}-")


def test_numbers_in_sentences_lead_to_what_they_count(report: Report) -> None:
    page = render(report, ".html").decode()
    summary = page[page.index('<section id="summary">') : page.index('<section id="factors">')]
    assert re.search(r'\(<a class="number" href="#n-theme-[a-z-]+-gained"[^>]*>\d+ of 88</a> people', summary)
    assert leading("1 <b> of 9", "1 of 9", "n-x") == "1 &lt;b&gt; of 9"
    assert 'data-number="n-x" title="n-x">3 of 9</a> (some)' in leading("Pay: 3 of 9 (some)", "3 of 9", "n-x")


def test_every_quote_stands_once_among_all_quotes_and_knows_what_it_is_for(report: Report) -> None:
    shelves = shelves_of(report, Numbers(report))
    placed = [one for shelf in shelves.all for one in shelf.quotes]
    cards = {(one.segment_id, one.text) for card in report.factors for one in (*card.quotes, *card.counter)}
    rows = {(one.segment_id, one.text) for row in report.themes for one in row.quotes}
    assert sorted((one.quote.segment_id, one.quote.text) for one in placed) == sorted(cards | rows)
    assert {(one.quote.segment_id, one.quote.text) for one in placed if one.again} == cards
    assert sum(choice.n for choice in shelves.topics) == sum(len(one.topics) for one in placed)


def test_who_speaks_is_told_by_the_line_under_the_quote_and_by_nothing_else() -> None:
    assert described_as("a social worker who left, 2018 cohort, North West") == (
        "social worker", "who left", "2018 cohort", "North West",
    )  # fmt: skip
    assert described_as("a participant") == ("participant",)
    assert described_as("an educator who left (fillers left out)") == ("educator", "who left")


def test_every_number_of_the_page_shows_its_id_when_the_pointer_rests_on_it(report: Report) -> None:
    page = render(report, ".html").decode()
    shown = re.findall(r'data-number="(n-[a-z0-9-]+)" title="(n-[a-z0-9-]+)"', page)
    assert len(shown) == len(re.findall(r'data-number="n-', page)) > 100
    assert all(one == title and one in Numbers(report).by_id for one, title in shown)

"""Transcripts in a browser: a theme's passages with their questions, and the people behind a number."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from chromium import Browser, Page
from looks import weak_texts
from report_sample import sample_tables

from feedback.report import summarise
from feedback.report.html import write_transcripts
from feedback.report.transcripts import transcripts_of


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    tables = sample_tables()
    tables["cases"]["consent"] = "internal"
    file = tmp_path_factory.mktemp("transcripts") / "transcripts.html"
    file.write_bytes(write_transcripts(transcripts_of(tables, summarise(tables, title="Why people left"))))
    return file


@pytest.fixture
def talks(browser: Browser, written: Path) -> Iterator[Page]:
    page = browser.open(written)
    yield page
    assert page.complaints() == []
    assert {address.partition("#")[0] for address in page.requests()} == {written.as_uri()}
    page.close()


def test_a_theme_shows_its_passages_with_the_question_before_each(talks: Page) -> None:
    every = talks.run("document.querySelectorAll('.turn').length")
    number = talks.run(
        "[...document.querySelectorAll('#filter-topic option')].find(e => e.textContent === 'Pay').value"
    )
    talks.choose("#filter-topic", number)
    shown = talks.run(
        "[...document.querySelectorAll('.turn:not([hidden]):not(.asks)')]"
        ".map(e => [...e.querySelectorAll('mark:not(.other)')].map(m => m.dataset.on.split(' ')))"
    )
    assert 0 < len(shown) < every
    assert all(any(number in on for on in marks) for marks in shown)
    assert talks.run("document.querySelectorAll('.turn.asks:not([hidden])').length") > 0
    assert talks.run("document.querySelector('#filter output').textContent").startswith(
        f"{len(shown)} turns in"
    )
    talks.click("#filter-clear")
    assert talks.run("document.querySelectorAll('.turn:not([hidden])').length") == every


def test_a_person_behind_a_number_is_one_click_away_even_when_filters_hide_the_words(talks: Page) -> None:
    talks.choose(
        "#filter-topic", talks.run("document.querySelector('#filter-topic option:last-child').value")
    )
    talks.click(".behind summary")
    talks.click(".people a")
    assert talks.run("document.querySelector(':target').checkVisibility()")
    assert talks.run("document.querySelector(':target mark') !== null")


def test_transcripts_can_be_read_without_scripts_and_say_that_they_are_not_for_passing_on(
    browser: Browser, written: Path
) -> None:
    page = browser.open(written, scripts=False)
    body = page.read()
    assert "Not for passing on." in body
    assert "There was a list on the wall with everybody's overdue visits on it" in body
    assert page.visible("#filter") == 0
    page.close()


@pytest.mark.parametrize("width", [400, 1280])
def test_transcripts_stand_out_and_fit_the_screen(talks: Page, width: int) -> None:
    talks.resize(width, 900)
    assert weak_texts(talks) == {}
    assert talks.run("document.scrollingElement.scrollWidth") <= width

"""The report on paper, and in the hands of somebody who writes markup into an interview."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from chromium import Browser, Page

from feedback.model import Quote, Report
from feedback.report import render

HOSTILE = (
    "<script>document.title='taken'</script>",
    "</style></script></title><img src=x onerror=alert(1)>",
    "{{ 7 * 7 }} ${7*7} &lt;b&gt; \"' onload='x' `",
    "\u202egnirts desrever\u202c and \u2067isolated",
    "]]> --> </figure></section>",
)


@pytest.fixture(scope="module")
def paper(browser: Browser, file: Path) -> Iterator[pypdfium2.PdfDocument]:
    page = browser.open(file)
    document = pypdfium2.PdfDocument(page.printed())
    page.close()
    yield document
    document.close()


def words_of(document: pypdfium2.PdfDocument) -> list[str]:
    """The letters and figures of each page: lines are broken and hyphenated as it fits the paper."""
    found = []
    for number in range(len(document)):
        leaf = document[number]
        text = leaf.get_textpage()
        found.append(letters(text.get_text_range()))
        text.close()
        leaf.close()
    return found


def letters(text: str) -> str:
    return "".join(re.findall(r"\w", text))


def test_all_that_is_said_is_on_paper(paper: pypdfium2.PdfDocument, report: Report) -> None:
    pages = words_of(paper)
    printed = "".join(pages)
    assert 5 < len(pages) < 60
    for card in report.factors:
        assert letters(card.label) in printed
        for quote in (*card.quotes, *card.counter):
            assert letters(quote.text) in printed
    for row in report.themes:
        for quote in row.quotes:
            assert letters(quote.text) in printed
    for line in report.summary[:1]:
        assert letters(line.partition(": ")[2]) in printed


def test_paper_has_no_controls_and_says_what_is_folded_on_the_screen(paper: pypdfium2.PdfDocument) -> None:
    printed = "".join(words_of(paper))
    assert letters("Clear the filters") not in printed
    assert letters("leavers who give it as a reason") in printed
    assert letters("n-factor-caseload-any") in printed
    assert letters("How many cases, children or families somebody held at once.") in printed


def test_nothing_runs_off_the_paper(paper: pypdfium2.PdfDocument) -> None:
    for number in range(len(paper)):
        leaf = paper[number]
        width, height = leaf.get_size()
        for thing in leaf.get_objects(max_depth=1):
            left, bottom, right, top = thing.get_bounds()
            if right - left < width * 0.99:  # not the white of the page itself
                assert -1 <= left <= right <= width + 1
                assert -1 <= bottom <= top <= height + 1
        leaf.close()


def test_a_push_factor_begins_on_the_page_of_its_bars(paper: pypdfium2.PdfDocument, report: Report) -> None:
    pages = words_of(paper)
    for card in report.factors[1:]:
        bars = letters(f"{card.n} of {card.of} leavers: a reason")
        assert any(letters(card.label) in leaf and bars in leaf for leaf in pages)


@pytest.fixture
def hostile(browser: Browser, report: Report, tmp_path: Path) -> Iterator[tuple[Page, Path]]:
    quotes = tuple(Quote(one, one, f"d1:{place}") for place, one in enumerate(HOSTILE))
    card = replace(
        report.factors[0], label=HOSTILE[1], definition=HOSTILE[1], words=HOSTILE, quotes=quotes, counter=()
    )
    row = replace(report.themes[0], label=HOSTILE[0], group=HOSTILE[1], quotes=quotes)
    file = tmp_path / "hostile.html"
    evil = replace(report, title=HOSTILE[1], factors=(card,), themes=(row,), testimonies=(row,))
    file.write_bytes(render(evil, ".html"))
    page = browser.open(file)
    yield page, file
    page.close()


def test_what_people_say_stays_text_whatever_they_say(hostile: tuple[Page, Path]) -> None:
    page, file = hostile
    assert page.run("document.title") == HOSTILE[1]
    assert page.run("document.querySelectorAll('img, script').length") == 1
    said = page.run("[...document.querySelectorAll('#quotes blockquote p')].map(e => e.textContent)")
    assert said == list(HOSTILE)
    assert page.complaints() == []
    assert {address.partition("#")[0] for address in page.requests()} == {file.as_uri()}


def test_words_that_run_from_right_to_left_turn_nothing_else_round(hostile: tuple[Page, Path]) -> None:
    page, _ = hostile
    isolated = page.run(
        "[...document.querySelectorAll('blockquote p, .by')]"
        ".every(e => e.dir === 'auto' && ['isolate', 'plaintext'].includes(getComputedStyle(e).unicodeBidi) "
        "|| getComputedStyle(e).display === 'block')"
    )
    assert isolated

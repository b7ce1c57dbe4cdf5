"""The quote bank in a browser: it can be filtered, searched and copied from, and asks for nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from chromium import Browser, Page
from looks import weak_texts
from report_sample import sample_tables

from feedback.report.bank import quote_bank
from feedback.report.bank.page import bank_html

SHOWN = "[...document.querySelectorAll('#quotes figure')].filter(e => e.checkVisibility()).length"


@pytest.fixture
def bank(browser: Browser, tmp_path: Path) -> Iterator[Page]:
    tables = sample_tables()
    tables["cases"]["consent"] = "publication"
    file = tmp_path / "quotes.html"
    file.write_bytes(bank_html(quote_bank(tables, title="Why people left")))
    page = browser.open(file)
    yield page
    assert page.complaints() == []
    assert {address.partition("#")[0] for address in page.requests()} == {file.as_uri()}
    page.close()


def test_the_bank_is_searched_and_shows_all_again(bank: Page) -> None:
    every = bank.run(SHOWN)
    bank.click("#filter-words")
    bank.write("thirty-one children")
    assert 0 < bank.run(SHOWN) < every
    bank.click("#filter-clear")
    assert bank.run(SHOWN) == every


def test_a_quote_of_the_bank_is_copied_with_its_attribution_and_nothing_else(
    browser: Browser, bank: Page
) -> None:
    browser.ask("Browser.grantPermissions", permissions=["clipboardReadWrite", "clipboardSanitizedWrite"])
    words, who = bank.run(
        "['blockquote', '.by'].map(one => document.querySelector('figure ' + one).textContent.trim())"
    )
    bank.click("figure .copy")
    assert bank.run("navigator.clipboard.readText()") == f"“{words}” — {who}"


@pytest.mark.parametrize("width", [400, 1280])
def test_the_bank_stands_out_and_fits_the_screen(bank: Page, width: int) -> None:
    bank.resize(width, 900)
    assert weak_texts(bank) == {}
    assert bank.run("document.scrollingElement.scrollWidth") <= width

"""What people do with the report in a browser: filter, copy, follow a number, press Tab, print."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from chromium import Browser, Page

from feedback.model import Quote, Report
from feedback.report.quoted import described_as

SHOWN = "[...document.querySelectorAll('#quotes figure')].filter(e => e.checkVisibility())"
TEXTS = f"{SHOWN}.map(e => e.querySelector('blockquote').textContent.trim())"
SAID = "document.querySelector('#filter output').textContent"


def quoted(report: Report) -> Iterator[tuple[str, str, Quote]]:
    """Every quote of the report with the kind and the id of what it stands for."""
    for card in report.factors:
        yield from (("factor", card.factor_id, quote) for quote in (*card.quotes, *card.counter))
    for row in report.themes:
        yield from (("theme", row.theme_id, quote) for quote in row.quotes)


def texts(report: Report, fits) -> list[str]:
    """The texts of the passages of which at least one use fits, each passage once."""
    found = {}
    for kind, subject, quote in quoted(report):
        if fits(kind, subject, quote):
            found[quote.segment_id, quote.text] = quote.text
    return sorted(found.values())


def shown(page: Page) -> list[str]:
    return sorted(page.run(TEXTS))


def test_all_quotes_are_there_once_before_anything_is_filtered(page: Page, report: Report) -> None:
    every = texts(report, lambda *_: True)
    assert shown(page) == every
    assert page.run(SAID) == f"{len(every)} quotes"


def test_quotes_are_filtered_by_push_factor_and_by_theme(page: Page, report: Report) -> None:
    every = len(texts(report, lambda *_: True))
    for wanted in ("factor", "theme"):
        subject = next(about for kind, about, _ in quoted(report) if kind == wanted)
        page.choose("#filter-topic", f"{wanted}-{subject}")
        expected = texts(report, lambda k, s, _, use=(wanted, subject): (k, s) == use)
        assert 0 < len(expected) < every
        assert shown(page) == expected
        assert page.run(SAID) == f"{len(expected)} of {every} quotes"


def test_quotes_are_filtered_by_how_people_speak_and_by_who_speaks(page: Page, report: Report) -> None:
    page.choose("#filter-stance", "critical")
    assert shown(page) == texts(report, lambda k, s, quote: quote.stance == "critical") != []
    who = "North West"
    place = page.run(
        "[...document.querySelectorAll('#filter-speaker option')]"
        f".find(e => e.textContent.startsWith('{who} (')).value"
    )
    page.choose("#filter-speaker", place)
    both = texts(
        report, lambda k, s, quote: quote.stance == "critical" and who in described_as(quote.attribution)
    )
    assert shown(page) == both != []


def test_typed_words_find_the_quotes_that_have_them_all_whatever_the_marks(
    page: Page, report: Report
) -> None:
    page.click("#filter-words")
    page.write("YOU’D visit")
    expected = texts(
        report, lambda k, s, quote: "you'd" in quote.text.lower() and "visit" in quote.text.lower()
    )
    assert expected
    assert shown(page) == expected


def test_when_nothing_fits_the_page_says_so_and_one_click_shows_all_again(page: Page, report: Report) -> None:
    page.click("#filter-words")
    page.write("xylophone")
    assert shown(page) == []
    assert page.run(SAID).startswith("No quote fits")
    page.click("#filter-clear")
    assert shown(page) == texts(report, lambda *_: True)
    assert page.run("document.getElementById('filter-words').value") == ""


def test_copying_puts_the_words_and_who_said_them_on_the_clipboard(browser: Browser, page: Page) -> None:
    browser.ask("Browser.grantPermissions", permissions=["clipboardReadWrite", "clipboardSanitizedWrite"])
    words, who = page.run(
        "(() => { const e = document.querySelector('#quote-3'); return "
        "[e.querySelector('blockquote').textContent.trim(), e.querySelector('.by').textContent.trim()]; })()"
    )
    page.click("#quote-3 .copy")
    assert page.run("navigator.clipboard.readText()") == f"“{words}” — {who}"
    assert page.run("document.getElementById('told').textContent") == "Quote copied"


def test_copying_works_where_the_browser_has_no_clipboard_for_pages(browser: Browser, page: Page) -> None:
    browser.ask("Browser.grantPermissions", permissions=["clipboardReadWrite", "clipboardSanitizedWrite"])
    page.run(
        "window.kept = navigator.clipboard; Object.defineProperty(navigator, 'clipboard', {value: null})"
    )
    page.click("#factors figure .copy")
    copied = page.run("window.kept.readText()")
    assert copied.startswith(
        "“" + page.run("document.querySelector('#factors blockquote').textContent.trim()")
    )
    assert page.run("document.activeElement.className") == "copy"


def test_a_number_leads_to_what_it_counts_and_to_the_quotes_that_stand_for_it(page: Page) -> None:
    page.click("#factors .card a.number")
    assert page.run("location.hash").startswith("#n-factor-")
    row = page.run(
        "(() => { const e = document.querySelector(':target'), r = e.getBoundingClientRect(); "
        "return [e.checkVisibility(), r.top >= 0 && r.bottom <= innerHeight, e.textContent]; })()"
    )
    assert row[:2] == [True, True]
    assert "leavers who give it as a reason" in row[2]
    page.choose("#filter-topic", page.run("document.querySelector('#filter-topic option:last-child').value"))
    page.click("details[open].behind .heard a")
    assert page.run("document.querySelector(':target').checkVisibility()")


def test_every_link_leads_to_something_and_every_number_has_an_id(page: Page) -> None:
    links = page.run("[...document.querySelectorAll('a')].map(e => e.getAttribute('href'))")
    missing = page.run(
        "[...document.querySelectorAll('a')].filter(e => !document.getElementById(e.hash.slice(1))).length"
    )
    assert all(link.startswith("#") for link in links)
    assert missing == 0
    cells = "[...document.querySelectorAll('#themes td.num, #groups td.num:not(.hid)')]"
    assert (
        page.run(f"{cells}.filter(e => !e.querySelector('[data-number]') && !e.dataset.number).length") == 0
    )


def test_all_can_be_reached_and_used_with_the_keyboard_and_the_focus_is_seen(page: Page) -> None:
    page.run(
        "window.due = [...document.querySelectorAll('a, button:not([disabled]), input:not([type=hidden]), "
        "select, summary, [tabindex]')].filter(e => e.checkVisibility())"
    )
    due = page.run("window.due.length")
    unseen = 0
    for _ in range(due):
        page.press("Tab")
        unseen += page.run(
            "(() => { const e = document.activeElement, s = getComputedStyle(e); "
            "window.due = window.due.filter(one => one !== e); "
            "return s.outlineStyle === 'none' || parseFloat(s.outlineWidth) < 2 ? 1 : 0; })()"
        )
    assert due > 100
    assert page.run("window.due.map(e => e.outerHTML)") == []
    assert unseen == 0
    page.run("document.querySelector('.behind summary').focus()")
    page.press("Enter")
    assert page.run("document.querySelector('.behind').open")


def test_without_scripts_all_can_be_read_and_no_dead_button_stands_about(
    browser: Browser, file: Path, report: Report
) -> None:
    page = browser.open(file, scripts=False)
    body = page.read()
    for _, _, quote in quoted(report):
        assert " ".join(quote.text.split()) in body
    for card in report.factors:
        assert card.label in body
    assert page.visible("#filter") == page.visible("button") == 0
    assert page.complaints() == []
    page.close()


@pytest.mark.parametrize("width", [320, 400, 768, 1280])
def test_no_screen_needs_to_be_scrolled_sideways(page: Page, width: int) -> None:
    page.resize(width, 800)
    assert page.run("document.scrollingElement.scrollWidth") <= width

"""Can everybody read it: contrast, names for pictures and fields, headings in order, in both widths."""

from __future__ import annotations

from itertools import pairwise

import pytest
from chromium import Page
from looks import contrast, weak_texts

_NAMELESS = """
[...document.querySelectorAll('input:not([type=hidden]), select, button, a, summary, [role=region], nav')]
  .filter(e => !(e.getAttribute('aria-label')
    || (e.labels && e.labels.length && e.labels[0].textContent.trim())
    || (e.matches('a, button, summary') && e.textContent.trim())))
  .map(e => e.outerHTML.slice(0, 80))
"""
_PICTURES = """
[...document.querySelectorAll('svg, img')].filter(e => e.getAttribute('aria-hidden') !== 'true')
  .map(e => (e.getAttribute('aria-labelledby') || '').split(' ')
    .map(id => (document.getElementById(id) || {textContent: ''}).textContent.trim()))
"""


def test_contrast_is_reckoned_as_the_guidelines_do() -> None:
    assert contrast("rgb(0, 0, 0)", "rgb(255, 255, 255)") == pytest.approx(21)
    assert contrast("rgb(118, 118, 118)", "rgb(255, 255, 255)") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("width", [400, 1280])
def test_all_text_stands_out_from_what_it_stands_on(page: Page, width: int) -> None:
    page.resize(width, 900)
    assert weak_texts(page) == {}


def test_the_edges_of_fields_and_the_ring_of_focus_stand_out(page: Page) -> None:
    edges = page.run(
        "[...document.querySelectorAll('#filter input, #filter select')]"
        ".map(e => getComputedStyle(e).borderTopColor)"
    )
    page.press("Tab")
    edges.append(page.run("getComputedStyle(document.activeElement).outlineColor"))
    assert len(edges) == 5
    assert all(contrast(edge, "rgb(255, 255, 255)") >= 3 for edge in edges)


def test_every_picture_says_in_words_what_it_shows(page: Page) -> None:
    pictures = page.run(_PICTURES)
    assert len(pictures) == 3
    for title, told in pictures:
        assert title
        assert " of " in told


def test_every_field_button_link_and_region_has_a_name(page: Page) -> None:
    assert page.run(_NAMELESS) == []


def test_headings_come_in_order_under_one_title_and_tables_have_headers(page: Page) -> None:
    levels = page.run("[...document.querySelectorAll('h1, h2, h3, h4')].map(e => Number(e.tagName[1]))")
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert page.run("[...document.querySelectorAll('table')].filter(e => !e.querySelector('th')).length") == 0
    assert page.run("document.documentElement.lang") == "en-GB"


def test_the_first_thing_that_tab_reaches_skips_to_the_summary(page: Page) -> None:
    page.press("Tab")
    assert page.run("document.activeElement.className") == "skip"
    page.press("Enter")
    assert page.run("location.hash") == "#summary"


def test_what_changes_is_told_to_screen_readers(page: Page) -> None:
    assert page.run("document.querySelector('#filter output').getAttribute('aria-live')") == "polite"
    assert page.run("document.getElementById('told').getAttribute('role')") == "status"
    tree = page.ask("Accessibility.getFullAXTree")["nodes"]
    names = {node["name"]["value"] for node in tree if node.get("role", {}).get("value") == "combobox"}
    assert names == {"Push factor or theme", "How they speak of it", "Said by"}

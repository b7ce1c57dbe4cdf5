"""Reports as files: nothing leaves them, nobody's words are markup, and the same report is the same bytes."""

from __future__ import annotations

import hashlib
import io
import json
import re
import zipfile
from base64 import b64encode
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from report_sample import sample_tables, without

from feedback.errors import FeedbackError
from feedback.model import Quote, Report
from feedback.report import render, summarise
from feedback.settings import Settings, flat

EVIL = "<script>alert('x')</script> & [Person 1] said \x00\x0b\ufffe\"so\" <b>"


def made() -> Report:
    return summarise(
        sample_tables(), title="Why people left", settings=flat(Settings()), versions=[("feedback", "0")]
    )


@pytest.fixture(scope="module")
def report() -> Report:
    return made()


@pytest.fixture(scope="module")
def word(report: Report) -> bytes:
    return render(report, ".docx")


@pytest.fixture(scope="module")
def page(report: Report) -> str:
    return render(report, ".html").decode()


class Outline(HTMLParser):
    """The headings, ids, links and texts of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.levels: list[int] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.loads: list[str] = []
        self.named: list[str] = []
        self.open: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if re.fullmatch(r"h[1-6]", tag):
            self.levels.append(int(tag[1]))
        self.ids += [found["id"]] if "id" in found else []
        self.links += [found["href"]] if "href" in found else []
        self.named += found.get("aria-labelledby", "").split()
        self.loads += [value for name, value in found.items() if name in ("src", "srcset", "data", "action")]


@pytest.mark.parametrize("suffix", [".html", ".docx", ".json"])
def test_the_same_report_is_the_same_bytes(report: Report, suffix: str) -> None:
    assert render(report, suffix) == render(report, suffix) == render(made(), suffix)


def test_a_file_type_that_nobody_writes_gets_a_hint(report: Report) -> None:
    with pytest.raises(FeedbackError) as error:
        render(report, ".htm")
    assert ".html" in (error.value.hint or "")


def test_the_page_may_load_nothing_and_run_one_known_script_in_one_known_style(page: str) -> None:
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', page)
    assert policy
    rules = dict(rule.strip().split(" ", 1) for rule in policy[1].split(";"))
    assert rules["default-src"] == rules["base-uri"] == rules["form-action"] == "'none'"
    for tag, rule in (("script", "script-src"), ("style", "style-src")):
        (content,) = re.findall(rf"<{tag}>(.*?)</{tag}>", page, re.S)
        known = "sha256-" + b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert rules[rule] == f"'{known}'"
    assert len(rules) == 5
    assert not re.search(r'\s(style|on[a-z]+)="', page)


def test_nothing_in_the_page_points_outside_it(page: str) -> None:
    outline = Outline(page)
    assert outline.loads == []
    assert all(link.startswith("#") and link[1:] in outline.ids for link in outline.links)
    assert "http:" not in page
    assert "https:" not in page
    assert "url(" not in page
    assert "@import" not in page


def test_headings_come_in_order_and_names_are_there(page: str) -> None:
    outline = Outline(page)
    assert outline.levels[0] == 1
    assert outline.levels.count(1) == 1
    assert all(after <= before + 1 for before, after in zip(outline.levels, outline.levels[1:], strict=False))
    assert len(outline.ids) == len(set(outline.ids))
    assert set(outline.named) <= set(outline.ids)
    assert page.count('role="img"') == page.count("<title id=") == 3


def test_words_on_the_page_can_be_told_from_the_paper() -> None:
    css = (Path(__file__).parents[3] / "feedback/report/templates/report.css").read_text("utf-8")
    colours = dict(re.findall(r"--(\w+): (#\w{6})", css))
    for name in ("ink", "grey", "accent"):
        assert _contrast(colours[name], colours["paper"]) >= 4.5


def _contrast(one: str, other: str) -> float:
    lights = sorted((_light(one), _light(other)))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def _light(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def with_evil_words(report: Report) -> Report:
    quote = Quote(EVIL, EVIL, segment_id="d1:0-1", why="counter-voice")
    card = replace(
        report.factors[0], label=EVIL, definition=EVIL, words=(EVIL,), quotes=(quote,), counter=(quote,)
    )
    row = replace(report.themes[0], label=EVIL, group=EVIL, definition=EVIL, quotes=(quote,))
    table = replace(report.tables[0], attribute=EVIL, note=EVIL)
    return replace(
        report, title=EVIL, factors=(card,), themes=(row,), tables=(table,), testimonies=(row,),
        dropped=((EVIL, EVIL, 1),), settings=((EVIL, EVIL),), summary=(f"What: {EVIL}",),
    )  # fmt: skip


def test_what_people_say_is_never_markup(report: Report) -> None:
    page = render(with_evil_words(report), ".html").decode()
    assert "alert" in page
    assert "<script>alert" not in page
    assert "<b>" not in page
    assert page.count("<script") == 1
    assert not re.search("[\x00\x0b\ufffe]", page)


def test_masks_are_set_lightly(report: Report) -> None:
    page = render(with_evil_words(report), ".html").decode()
    assert '<span class="mask">[Person 1]</span>' in page


def test_every_push_factor_has_a_counter_voice_or_says_how_many_were_read_without_one(report: Report) -> None:
    card = replace(report.factors[0], counter=(), n_counter=0, read_for_counter=88)
    page = render(replace(report, factors=(card,)), ".html").decode()
    assert "Other voices: none found in 88 people read" in page


def test_hidden_cells_are_hidden_and_said_to_be() -> None:
    report = summarise(sample_tables(), smallest_group=3)
    assert any(None in cells for table in report.tables for _, cells in table.rows)
    page = render(report, ".html").decode()
    hidden = sum(cells.count(None) for table in report.tables for _, cells in table.rows)
    assert page.count('<span class="sr">hidden</span>') == hidden
    found = json.loads(render(report, ".json"))
    assert sum(cells.count(None) for table in found["tables"] for _, cells in table["rows"]) == hidden


def test_the_page_says_why_a_part_is_empty() -> None:
    tables = without(sample_tables(), "quotes")
    tables["cases"] = tables["cases"].drop(columns="leaver")
    page = render(summarise(tables), ".html").decode()
    assert "not recorded who left" in page
    assert "consent" in page
    assert "Pseudonymised, not anonymous" in page


def test_a_reflexive_report_draws_no_charts_of_frequencies() -> None:
    page = render(summarise(sample_tables(), approach="reflexive"), ".html").decode()
    assert "<svg" not in page


def test_an_empty_report_can_be_written_in_every_format() -> None:
    report = summarise({})
    assert all(render(report, suffix) for suffix in (".html", ".docx", ".json"))


def test_the_word_document_opens_with_headings_captions_and_tables(report: Report, word: bytes) -> None:
    from docx import Document

    document = Document(io.BytesIO(word))
    styles = [(paragraph.style.name, paragraph.text) for paragraph in document.paragraphs]
    first = [text for style, text in styles if style == "Heading 1"]
    assert first == [
        "Summary",
        "Push factors",
        "Themes",
        "Themes by group",
        "Testimonies",
        "Quotes",
        "Method",
    ]
    assert ("Heading 2", "Caseload") in styles
    assert sum(style == "Caption" for style, _ in styles) == len(document.tables)
    assert document.tables[0].rows[1].cells[0].text == report.factors[0].label


def test_the_word_document_holds_no_date_and_no_author(word: bytes) -> None:
    parts = zipfile.ZipFile(io.BytesIO(word))
    core = parts.read("docProps/core.xml").decode()
    assert "Why people left" in core
    assert not re.search(r"\d{4}-\d\d-\d\d|python-docx", core)
    assert {info.date_time for info in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_the_word_document_keeps_words_as_text_and_drops_what_xml_cannot_hold(report: Report) -> None:
    from docx import Document

    document = Document(io.BytesIO(render(with_evil_words(report), ".docx")))
    said = [paragraph.text for paragraph in document.paragraphs if paragraph.style.name == "Quote"]
    assert said[0] == "<script>alert('x')</script> & [Person 1] said \"so\" <b>"


def test_json_names_its_version_and_every_part(report: Report) -> None:
    found = json.loads(render(report, ".json"))
    assert found["feedback"] == 1
    assert found["factors"][0]["label"] == report.factors[0].label
    assert found["factors"][0]["of"] == 56

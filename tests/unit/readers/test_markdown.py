from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import accounted, reading, said

from feedback.errors import FeedbackError
from feedback.readers import read_bytes

TWO = [("Interviewer", "Why did you leave?"), ("P07", "The caseload.")]


@pytest.mark.parametrize(
    "line",
    ["**{}:** {}\n\n", "**{}**: {}\n\n", "- **{}:** {}\n", "> **{}:** {}\n>\n", "### {}\n\n{}\n\n"],
)  # fmt: skip
def test_labels_are_read_however_they_are_marked(line: str) -> None:
    text = "".join(line.format(*turn) for turn in TWO * 2)
    assert said(reading(text, "a.md")[0]) == TWO * 2


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("I *really* left ~~then~~ **now**.", "I really left then now."),
        ("A `word` and \\*stars\\*.", "A word and *stars*."),
        ("[here](https://example.org 'x') and [laughs](quietly) and [pause][laughs]", None),
        ("See [my note](https://example.org).", "See my note."),
        ("5 * 3 * 2 and snake_case_word", "5 * 3 * 2 and snake_case_word"),
        ("One.<br>Two.", "One.\nTwo."),
        ("```\nas *it* is\n```", "as *it* is"),
        ("- First.\n- Second.", "First.\nSecond."),
        ("1. First.\n2. Second.", "1. First.\n2. Second."),
        ("Said.[^1]", "Said."),
    ],
)
def test_marks_are_no_text_and_notes_on_speech_stay(written: str, meant: str | None) -> None:
    text = reading(written, "a.md")[0].text
    if meant is None:
        assert "[laughs](quietly) and [pause][laughs]" in text
    else:
        assert text.strip() == meant


def test_front_matter_comments_footnotes_and_where_links_lead_are_dropped() -> None:
    text = "---\ntitle: Exit talk\n---\nP: Pay.[^1] <!-- check -->\n\n[^1]: The grade.\n[1]: https://example.org\n"
    document, dropped = reading(text, "a.md")
    assert said(document) == [("P", "Pay.")] and document.title == "Exit talk"
    told = [(drop.reason, document.text[drop.start : drop.end]) for drop in dropped]
    assert ("comment", "check") in told and ("footnote", "The grade.") in told
    assert ("where a link leads", "[1]: https://example.org") in told
    assert [reason for reason, _ in told].count("front matter") == 3


def test_a_label_in_brackets_is_no_link() -> None:
    text = "[Interviewer]: Why did you leave?\n\n[P07]: The caseload.\n\n[P07]: The caseload.\n"
    assert said(reading(text, "a.md")[0]) == [*TWO, TWO[1]]


def test_a_line_over_a_rule_is_a_heading_and_speech_over_a_rule_is_none() -> None:
    document, dropped = reading("My story\n========\n\nI left in May.\n---\nThen I slept.\n", "a.md")
    assert document.title == "My story"
    assert "I left in May." in said(document)[0][1]
    assert [drop.reason for drop in dropped] == ["heading"]


def test_a_table_is_a_transcript() -> None:
    rows = "".join(f"| {name} | {words} |\n" for name, words in [*TWO, TWO[1]])
    assert said(reading(f"| Speaker | Text |\n|---|:--|\n{rows}", "a.md")[0]) == [*TWO, TWO[1]]


PIECES = st.sampled_from(
    [
        "**", "*", "_", "`", "```\n", "> ", "- ", "# ", "\n", "\n\n", "| a ", "|\n", "|---|\n", "[^1]",
        "[^1]: ", "---\n", "===\n", "<!--", "-->", "\\", "[a](", ")", "P: ", "words ", "<br>", "~~",
        "\U0010ff2a",
    ]
)  # fmt: skip


@given(st.lists(PIECES, max_size=40))
def test_whatever_stands_in_it_every_character_is_accounted_for(pieces: list[str]) -> None:
    try:
        document, dropped = read_bytes("".join(pieces).encode(), "a.md", document_id="d001")
    except FeedbackError:
        return
    accounted(document, dropped)

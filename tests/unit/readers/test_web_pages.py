from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import accounted, reading, said

from feedback.errors import FeedbackError
from feedback.readers import read_bytes

TWO = [("Interviewer", "Why did you leave?"), ("Ann Lee", "The caseload.")]


@pytest.mark.parametrize(
    "line",
    [
        "<p><b>{}:</b> {}</p>",
        "<p>{}: {}",
        "<div><strong>{}</strong>&nbsp;&nbsp;{}</div>",
        "<p style='margin:0'><span style='font-weight:700'>{}</span>\t{}</p>",
        "<p><span class=c3>{}</span><span class=c1>\n  {}</span></p>",
        "{}:<br>{}<br>",
        "<dt>{}</dt><dd>{}</dd>",
        "<tr><td><p>{}</p></td><td><p>{}</p></td></tr>",
    ],
)
def test_labels_are_read_however_they_are_set(line: str) -> None:
    body = "".join(line.format(*turn) for turn in [*TWO, ("Ann Lee", "Yes.")])
    style = "<style>.c3,.c4{font-weight:700}.c1{color:red}</style>"
    html = f"<!DOCTYPE html><html><head><title>Talk 3</title>{style}</head><body>"
    html += f"<table>{body}</table>" if "<td>" in line else body
    document, _ = reading(html, "a.html")
    assert said(document) == [*TWO, ("Ann Lee", "Yes.")]
    assert document.title == "Talk 3" and document.format == "html"


def test_white_space_of_the_source_is_one_space_and_breaks_are_line_ends() -> None:
    html = "<p>  I <b> left</b>\n\n in  May. <br>\n And&nbsp;&amp; then<wbr>.</p><pre>as  it\n is</pre>"
    assert reading(html, "a.html")[0].text == "I left in May.\nAnd\xa0& then.\nas  it\n is"


def test_what_nobody_sees_is_not_read_and_is_counted() -> None:
    html = (
        "<style>.h{display:none}</style><script>var a = '<p>no</p>';</script><!-- a note to myself -->"
        "<p>I left.<span style='display: none'>one</span><span class=h>two</span><i hidden>three</i>"
        "<span style='mso-list:Ignore'>1.</span><del>gone</del></p><template><p>no</p></template>"
        "<select><option>no</option></select>"
    )
    document, dropped = reading(html, "a.html")
    assert document.text == "I left."
    assert {drop.reason for drop in dropped} == {
        "hidden text (3)", "tracked deletion (1)", "automatic number, not in the text (1)",
        "comment in the page (1)", "button or list to choose from (1)",
    }  # fmt: skip


def test_notes_comments_and_the_furniture_of_a_page_are_dropped_where_they_stand() -> None:
    html = (
        "<html><body><header>Study</header><nav><a href=/>Home</a></nav>"
        "<p>I left.<a href='#_ftn1'>[1]</a><a href='#cmnt1'>[a]</a></p>"
        "<div id=ftn1><p><a href='#_ftnref1'>[1]</a> The grade.</p></div>"
        "<div><p><a href='#cmnt_ref1'>[a]</a>Check this.</p></div>"
        "<div style='mso-element:comment-list'><p>Another.</p></div>"
        "<div title=footer><p>Page 1</p></div><footer>Imprint</footer></body></html>"
    )
    document, dropped = reading(html, "a.html")
    assert said(document) == [(None, "I left.")]
    assert [(drop.reason, document.text[drop.start : drop.end]) for drop in dropped] == [
        ("page header", "Study"), ("navigation", "Home"), ("footnote", "[1] The grade."),
        ("comment", "[a]Check this."), ("comment", "Another."), ("footer", "Page 1"),
        ("page footer", "Imprint"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "data",
    [
        "<meta charset=windows-1252><p>café – £5</p>".encode("cp1252"),
        "<meta charset=iso-8859-1><p>café – £5</p>".encode("cp1252"),
        "<p>café – £5</p>".encode("cp1252"),
        "<meta charset=windows-1252><p>café – £5</p>".encode(),
        "<p>café – £5</p>".encode("utf-8-sig"),
        "<html><p>café – £5</p>".encode("utf-16"),
        b"<?xml version='1.0' encoding='mac-roman'?><html><p>caf\x8e \xd0 \xa35</p></html>",
        b"<p>caf&eacute; &#8211; &pound;5</p>",
    ],
)
def test_characters_are_what_they_are_in_every_encoding(data: bytes) -> None:
    assert reading(data, "a.html")[0].text == "café – £5"


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("<div>" * 20_000 + "deep" + "</div>" * 20_000 + "after", "deep\nafter"),
        ("<table><tr><td>" * 20_000 + "deep", "deep"),
        ("<b>" * 100_000 + "deep", "deep"),
        ("<!DOCTYPE html [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><p>&a; deep", "&a; deep"),
        ("<style>" + "a," * 500_000 + "{}</style>deep", "deep"),
    ],
)
def test_a_hostile_page_is_read_flat_in_seconds(html: str, words: str) -> None:
    began = time.process_time()
    assert reading(html, "a.html")[0].text.endswith(words)
    assert time.process_time() - began < 10


@pytest.mark.parametrize(
    ("html", "words"),
    [("<p></p>", "no words"), ("<!-- " * 1000, "no words"), ("<i>x</i>" * 400_000, "too large")],
)
def test_a_page_without_words_or_end_is_refused_in_words(html: str, words: str) -> None:
    with pytest.raises(FeedbackError, match=words) as caught:
        reading(html, "a.html")
    assert "a.html" in caught.value.message and caught.value.hint


PIECES = st.sampled_from(
    [
        "<p>", "</p>", "<table>", "</table>", "<tr>", "<td>", "</td>", "<b>", "</b>", "<br>",
        "words ", "P: ", "&",
        "&lt;", "<", "<pre>", "</pre>", "\n\n", "<li>", "<del>", "</del>", "<h1>", "</h1>", "<span hidden>",
        "</span>", "<!--", "-->", "<a href='#_ftnref1'>", "</a>", "<nav>", "</nav>", "\xa0",
        "<style>", "</style>",
    ]
)  # fmt: skip


@given(st.lists(PIECES, max_size=40))
def test_whatever_stands_in_it_every_character_is_accounted_for(pieces: list[str]) -> None:
    try:
        document, dropped = read_bytes("".join(pieces).encode(), "a.html", document_id="d001")
    except FeedbackError:
        return
    accounted(document, dropped)

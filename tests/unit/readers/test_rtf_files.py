from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import accounted, reading, said
from making_more import rtf

from feedback.errors import FeedbackError
from feedback.readers import read_bytes

TWO = [("Interviewer", "Why did you leave?"), ("Ann Lee", "The caseload.")]


@pytest.mark.parametrize(
    "line",
    [
        r"{\b %s:} %s\par",
        r"\b %s\b0\tab %s\par",
        r"\pard %s:\tab %s\par ",
        r"{\b %s}\line %s\par",
        "%s: %s\\\n",
    ],
)
def test_labels_are_read_however_they_are_set(line: str) -> None:
    body = "".join(line % turn for turn in [*TWO, ("Ann Lee", "Yes.")])
    assert said(reading(rtf(body), "a.rtf")[0]) == [*TWO, ("Ann Lee", "Yes.")]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (r"caf\'e9 \'80\'93", "café €“"),
        (r"\u8217 xy", "’y"),
        (r"\u8217?\u-10179?\u-8704?", "’😀"),
        (r"{\uc0\u8217 x}{\uc2\u8217\'92\'92x}", "’x’x"),
        (r"\ldblquote so\rdblquote \endash \~no\_one\-s", "“so”–\xa0no-ones"),
        (r"{\f1 \'b3}", "ł"),
        (r"a\{b\}\\c", "a{b}\\c"),
        (r"\u-10179? alone", "\ufffd alone"),
        ("a\nb\r\nc", "abc"),
        (r"{\*\unknown not this}seen", "seen"),
        (r"{\field{\*\fldinst HYPERLINK x}{\fldrslt link}}", "link"),
        (r"{\pict\bin5 }}{{x}after", "after"),
    ],
)
def test_every_way_to_write_a_character_gives_that_character(written: str, meant: str) -> None:
    document, _ = reading(rtf(written), "a.rtf")
    assert document.text == meant
    document.text.encode()


def test_hidden_and_deleted_words_and_numbers_are_counted_and_never_read() -> None:
    body = r"P: The {\v secret }{\deleted tiny }{\revised huge }caseload.{\listtext 1.\tab}{\pntext 2.}"
    document, dropped = reading(rtf(body), "a.rtf")
    assert said(document) == [("P", "The huge caseload.")]
    assert {"hidden text (1)", "tracked deletion (1)", "automatic number, not in the text (2)"} <= {
        drop.reason for drop in dropped
    }


def test_notes_comments_headers_and_footers_stand_dropped_at_the_end() -> None:
    body = (
        r"{\info{\title Exit talk}{\author Zed}}{\header Study\par}{\footerf Page 1}"
        r"P: Pay{\footnote {\super\chftn} The grade.}{\*\atnauthor Zed}{\*\annotation Check this.}, yes."
        r"{\footnote\ftnalt Late.}\par"
    )
    document, dropped = reading(rtf(body), "a.rtf")
    assert said(document) == [("P", "Pay, yes.")] and document.title == "Exit talk"
    told = [
        (drop.reason, document.text[drop.start : drop.end])
        for drop in dropped
        if drop.reason != "speaker label"
    ]
    assert told == [
        ("header", "Study"), ("footer", "Page 1"), ("footnote", "The grade."), ("comment", "Check this."),
        ("endnote", "Late."),
    ]  # fmt: skip
    assert "Zed" not in document.text


def test_a_table_is_a_transcript_and_a_heading_is_none() -> None:
    cell = r"\pard\intbl %s\cell"
    rows = "".join(
        r"\trowd" + cell % name + cell % words + r"\row"
        for name, words in [*TWO, ("Ann Lee", r"Yes.\par Oh.")]
    )
    styles = r"{\stylesheet{\s0 Normal;}{\s1 heading 1;}}"
    document, _ = reading(rtf(styles + r"\pard\s1 My talk\par" + rows + r"\pard Bye.\par"), "a.rtf")
    assert said(document) == [*TWO, ("Ann Lee", "Yes.\nOh.\nBye.")]


def test_a_text_box_stands_once_after_its_paragraph() -> None:
    box = r"{\shp{\*\shpinst{\sp{\sn a}}{\shptxt In a box.\par}}{\shprslt{\*\do{\dptxbxtext In a box.}}}}"
    assert reading(rtf(rf"P: Pay{box} now.\par More."), "a.rtf")[0].text == "P: Pay now.\nIn a box.\nMore."


def test_a_file_that_breaks_off_is_read_and_says_so() -> None:
    document, dropped = reading(rtf(r"P: Pay.\par And the hours")[:-1], "a.rtf")
    assert said(document) == [("P", "Pay.\nAnd the hours")]
    assert any("breaks off" in drop.reason for drop in dropped)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (rtf(""), "no words"),
        (rtf("{" * 20_000 + "x" + "}" * 20_000), "nests too deep"),
        (rtf(r"\b x" * 350_000), "too large"),
        (rtf(r"{\v only hidden}"), "no words"),
    ],
)
def test_a_bad_or_dangerous_file_is_refused_in_words(data: bytes, words: str) -> None:
    began = time.process_time()
    with pytest.raises(FeedbackError, match=words) as caught:
        reading(data, "a.rtf")
    assert "a.rtf" in caught.value.message and caught.value.hint
    assert time.process_time() - began < 10


PIECES = st.sampled_from(
    [
        r"\b ", r"\b0 ", r"\v ", r"\v0 ", "{", "}", r"\par ", r"\u-10179?", r"\u-8704?", r"\u955?", r"\'e9",
        r"\'", "\\", r"\cell ", r"\row ", r"\intbl ", r"\pard ", r"{\footnote ", r"{\header ", r"\uc3 ",
        r"{\*\x ", r"\bin3 ", "P: ", "words ", "\n", r"\line ", r"{\shptxt ", r"\deleted ", r"\f1 ",
        r"\ansicpg932 ", r"\u99999 ", r"{\listtext 1}",
    ]
)  # fmt: skip


@given(st.lists(PIECES, max_size=40))
def test_whatever_stands_in_it_every_character_is_accounted_for(pieces: list[str]) -> None:
    try:
        document, dropped = read_bytes(rtf("".join(pieces)), "a.rtf", document_id="d001")
    except FeedbackError:
        return
    accounted(document, dropped)
    document.text.encode()

from __future__ import annotations

import pytest
from making import reading, said, zipped
from making_more import bold, odt, p, part

from feedback.errors import FeedbackError

TWO = [("Interviewer", "Why did you leave?"), ("Ann Lee", "The caseload.")]


@pytest.mark.parametrize(
    "between", ["<text:tab/>", ": ", ":<text:s/>", '<text:s text:c="3"/>', ":<text:line-break/>"]
)
def test_a_bold_label_begins_a_turn_whatever_stands_behind_it(between: str) -> None:
    body = [
        p(bold("Inter") + bold("viewer") + between + "Why did you leave?"),
        p(bold("Ann Lee") + between + "The caseload."),
        p(bold("Ann Lee") + between + "Yes."),
    ]
    assert said(reading(odt(*body), "a.odt")[0]) == [*TWO, ("Ann Lee", "Yes.")]


def test_white_space_of_the_file_is_one_space_and_what_was_typed_stays() -> None:
    body = p('P:\n   I  left<text:s text:c="2"/>in\n May,<text:tab/>well<text:line-break/>  in June.')
    assert said(reading(odt(body), "a.odt")[0]) == [("P", "I left  in May,\twell\nin June.")]


def test_deleted_and_hidden_words_are_counted_and_inserted_ones_are_read() -> None:
    changes = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>tiny</text:p></text:deletion>"
        "</text:changed-region></text:tracked-changes>"
    )
    hidden = '<text:span text:style-name="Gone">secret</text:span><text:hidden-text>more</text:hidden-text>'
    body = p(f"P: The <text:change-start/>huge <text:change-end/><text:change/>caseload.{hidden}")
    section = f'<text:section text:display="none">{p("not shown")}</text:section>'
    document, dropped = reading(odt(changes, body, section), "a.odt")
    assert document.text.rstrip() == "P: The huge caseload."
    assert {"tracked deletion (1)", "hidden text (3)"} <= {drop.reason for drop in dropped}


def test_notes_comments_headers_and_footers_stand_dropped_at_the_end() -> None:
    note = (
        '<text:note text:note-class="{}"><text:note-citation>1</text:note-citation>'
        "<text:note-body>{}</text:note-body></text:note>"
    )
    comment = (
        "<office:annotation><dc:creator>Zed</dc:creator><text:p>Check this.</text:p></office:annotation>"
    )
    body = p(
        f"P: Pay{note.format('footnote', p('The grade.'))}{comment}, yes.{note.format('endnote', p('Late.'))}"
    )
    styles = (
        "<office:master-styles><style:master-page>"
        f"<style:header>{p('Study')}</style:header><style:header-first>{p('Study')}</style:header-first>"
        f"<style:footer>{p('Page 1')}</style:footer></style:master-page></office:master-styles>"
    )
    document, dropped = reading(odt(body, styles=styles), "a.odt")
    assert said(document) == [("P", "Pay, yes.")]
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


def test_tables_lists_and_text_boxes_are_read() -> None:
    def row(*cells: str) -> str:
        return (
            "<table:table-row>"
            + "".join(f"<table:table-cell>{p(c)}</table:table-cell>" for c in cells)
            + "</table:table-row>"
        )

    rows = [("Interviewer", "Why did you leave?"), ("Ann Lee", "The caseload."), ("Ann Lee", "Yes.")]
    table = "<table:table>" + "".join(row(*cells) for cells in rows) + "</table:table>"
    items = "".join(f"<text:list-item>{p(item)}</text:list-item>" for item in ("First.", "Second."))
    box = f"<draw:frame><draw:text-box>{p('In a box.')}</draw:text-box></draw:frame>"
    document, dropped = reading(
        odt(table, f'<text:list text:style-name="Num">{items}</text:list>', p(f"Anchor.{box}")), "a.odt"
    )
    assert said(document) == [*TWO, ("Ann Lee", "Yes.\nFirst.\nSecond.\nAnchor.\nIn a box.")]
    assert "automatic number, not in the text (2)" in {drop.reason for drop in dropped}


def test_a_heading_is_no_speech_and_the_title_is_the_documents() -> None:
    meta = "<office:meta><dc:title>Exit talk</dc:title></office:meta>"
    document, dropped = reading(odt("<text:h>My story</text:h>", p("I left."), meta=meta), "a.odt")
    assert said(document) == [(None, "I left.")] and document.title == "Exit talk"
    assert [drop.reason for drop in dropped] == ["heading"]


DEEP = "<text:section>" * 300 + p("x") + "</text:section>" * 300
BOMB = (
    '<!DOCTYPE x [<!ENTITY a "aaaa">]><office:document-content xmlns:office="x">&a;</office:document-content>'
)
XXE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (odt(p("P: Pay. " * 200))[:300], "damaged"),
        (odt(p("")), "no words"),
        (odt(DEEP), "nests too deep"),
        (zipped({"content.xml": BOMB}), "not safe"),
        (zipped({"content.xml": BOMB.encode("utf-16")}), "not safe"),
        (zipped({"content.xml": XXE}), "not safe"),
        (zipped({"content.xml": part("<office:body><office:spreadsheet/></office:body>")}), "a spreadsheet"),
        (zipped({"content.xml": "<x/>", "../../evil": "x"}), "not safe"),
        (zipped({"content.xml": b"<x>" + b" " * 250_000_000 + b"</x>"}), "not safe"),
        (zipped({"content.xml": "<x " + "a='' " * 2_000_000 + "/>"}), "too large|not safe"),
        (zipped({"content.xml": "\x00", "META-INF/manifest.xml": "<encryption-data/>"}), "password"),
        (b"just words", "damaged"),
    ],
)  # fmt: skip
def test_a_bad_or_dangerous_file_is_refused_in_words(data: bytes, words: str) -> None:
    with pytest.raises(FeedbackError, match=words) as caught:
        reading(data, "a.odt")
    assert "a.odt" in caught.value.message and caught.value.hint

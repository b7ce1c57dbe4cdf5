from __future__ import annotations

import time
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import accounted, reading, said
from making_more import eml

from feedback.errors import FeedbackError
from feedback.readers import read_bytes


def test_a_mail_is_a_testimony_without_its_senders_name_or_address() -> None:
    document, dropped = reading(
        eml("I left in May.\n\nNobody asked why.\n", "=?utf-8?q?My_caf=C3=A9?="), "a.eml"
    )
    assert document.kind == "testimony" and document.title == "My café"
    assert said(document) == [(None, "I left in May."), (None, "Nobody asked why.")]
    assert "Ann" not in document.text
    assert [drop.reason for drop in dropped] == ["e-mail headers, not in the text: From, To, Subject"]


def test_a_mail_with_labels_is_an_interview() -> None:
    document, _ = reading(eml("Interviewer: Why did you leave?\nP07: The caseload.\n"), "a.eml")
    assert document.kind == "interview"
    assert said(document) == [("Interviewer", "Why did you leave?"), ("P07", "The caseload.")]


@pytest.mark.parametrize(
    "earlier",
    [
        "> Why did you leave?\n>> Dear Ann,\n",
        "On Mon, 3 Jun 2024 at 10:00, Sam Jones\n<sam@example.org> wrote:\n\n> Why did you leave?\n",
        "On 3 Jun 2024, Sam wrote:\n\nWhy did you leave?\n",
        "-----Original Message-----\nFrom: Sam\nSent: Monday\nTo: Ann\n\nWhy did you leave?\n",
        "From: Sam Jones <sam@example.org>\nSent: 03 June 2024 10:00\nTo: Ann\nSubject: RE: talk\n\nWhy?\n",
        "________________________________\nFrom: Sam\nDate: Monday\nTo: Ann\n\nWhy did you leave?\n",
    ],
)
def test_earlier_mails_are_dropped(earlier: str) -> None:
    document, dropped = reading(eml(f"The caseload.\n\n{earlier}", "RE: talk"), "a.eml")
    assert [words.strip("_\n") for _, words in said(document)] in (["The caseload."], ["The caseload.", ""])
    assert "quoted earlier e-mail" in {drop.reason for drop in dropped}


def test_answers_between_quoted_questions_are_read() -> None:
    body = "> Why did you leave?\nThe caseload.\n\n> Was that all?\nThe hours, too.\n"
    assert said(reading(eml(body), "a.eml")[0]) == [(None, "The caseload."), (None, "The hours, too.")]


@pytest.mark.parametrize(
    ("below", "reason"),
    [
        ("-- \nAnn Lee\n07700 900123\n", "signature"),
        ("--\nAnn Lee\n", "signature"),
        ("Sent from my iPhone\n", "signature"),
        ("This email and any attachments are confidential\nand intended for Ann Lee.\n", "disclaimer"),
    ],
)
def test_signatures_and_disclaimers_are_dropped(below: str, reason: str) -> None:
    document, dropped = reading(eml(f"I left in May.\n\n{below}"), "a.eml")
    assert said(document) == [(None, "I left in May.")]
    assert reason in {drop.reason for drop in dropped}


@pytest.mark.parametrize("above", ["", "Sam, see below.\n\n"])
def test_a_forwarded_mail_is_what_counts(above: str) -> None:
    forwarded = (
        "---------- Forwarded message ---------\nFrom: Ann Lee <ann@example.org>\nDate: Mon\nSubject: story\n"
        "To: <boss@example.org>, Jo\n <jo@example.org>\n\n"
        "I left because nobody listened to me.\n\n> tell us\n"
    )
    document, dropped = reading(eml(above + forwarded, "Fwd: story"), "a.eml")
    assert said(document) == [(None, "I left because nobody listened to me.")]
    assert {"header of a forwarded e-mail", "quoted earlier e-mail"} <= {drop.reason for drop in dropped}


def test_of_plain_text_and_page_one_is_read_and_attachments_are_told_by_kind() -> None:
    mail = EmailMessage()
    mail["From"], mail["Subject"] = "Ann Lee <ann@example.org>", "My story"
    mail.set_content("I left – in May.\n")
    mail.add_alternative("<p>I left – in <b>May</b>.</p>", subtype="html")
    mail.add_attachment(b"%PDF-", maintype="application", subtype="pdf", filename="Ann Lee.pdf")
    mail.add_attachment(b"x", maintype="application", subtype="octet-stream", filename="Ann Lee.docx")
    document, dropped = reading(mail.as_bytes(), "a.eml")
    assert said(document) == [(None, "I left – in May.")]
    told = {drop.reason for drop in dropped}
    assert {"attachment, not read: a PDF (1)", "attachment, not read: a Word document (1)"} <= told
    assert not any("Ann" in reason for reason in told)


def test_a_mail_that_is_only_a_page_is_read_without_what_it_quotes() -> None:
    html = (
        "<div>I left in May.<br><br>Really.</div><div class=gmail_quote><div>On Mon, 3 Jun 2024, Sam &lt;"
        "<a href=x>s@x.org</a>&gt; wrote:<br></div>"
        "<blockquote class=gmail_quote><p>Why?</p></blockquote></div>"
    )
    mail = eml(html, Content_Type="text/html; charset=utf-8")
    assert said(reading(mail, "a.eml")[0]) == [(None, "I left in May.\n\nReally.")]


def test_softly_wrapped_lines_are_one_line() -> None:
    mail = eml("I left \nin May.\n> two \n> rows\n", Content_Type="text/plain; format=flowed")
    document, _ = reading(mail, "a.eml")
    assert said(document) == [(None, "I left in May.")] and "> two rows" in document.text


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        ({"Content_Type": "text/plain; charset=nonsense"}, "I left – in May."),
        ({"Content_Transfer_Encoding": "base64"}, "SSBsZWZ0IOKAkyBpbiBNYXku"),
        ({"Content_Transfer_Encoding": "quoted-printable"}, "I left =E2=80=93 =\nin May."),
        ({"Content_Type": "multipart/mixed; boundary=b"}, "--b\n\nI left – in May."),
        ({"Content_Type": "message/rfc822"}, "Subject: x\n\nI left – in May."),
        ({"From": "(" * 50_000, "Date": "=?x?q?" * 5_000}, "I left – in May."),
    ],
)  # fmt: skip
def test_a_broken_mail_is_read_as_far_as_it_goes(headers: dict[str, str], body: str) -> None:
    began = time.process_time()
    assert said(reading(eml(body, **headers), "a.eml")[0]) == [(None, "I left – in May.")]
    assert time.process_time() - began < 5


DEEP = "".join(f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(3000))


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (eml(""), "no words"),
        (DEEP.encode(), "nests too deep"),
        (eml("a\n" * 120_000), "too large"),
        (eml("-- \nAnn Lee"), "no words"),
    ],
)
def test_a_mail_without_words_or_beyond_measure_is_refused_in_words(data: bytes, words: str) -> None:
    with pytest.raises(FeedbackError, match=words) as caught:
        reading(data, "a.eml")
    assert "a.eml" in caught.value.message and caught.value.hint


PIECES = st.sampled_from(
    [
        "From: x\n", "Sent: y\n", "To: z@x\n", "Subject: s\n", "\n", "> ", "On Monday, Sam wrote:\n", "-- \n",
        "--b\n", "--b--\n", "Content-Type: multipart/mixed; boundary=b\n", "Content-Type: text/html\n",
        "<p>words</p>\n", "words\n", "Content-Transfer-Encoding: base64\n", "-----Original Message-----\n",
        "=?utf-8?b?x?=", "é", "Content-Type: message/rfc822\n", "format=flowed", "--\n", "P: words \n",
        "Begin forwarded message:\n",
    ]
)  # fmt: skip


@given(st.lists(PIECES, max_size=40))
def test_whatever_stands_in_it_every_character_is_accounted_for(pieces: list[str]) -> None:
    try:
        document, dropped = read_bytes("".join(pieces).encode(), "a.eml", document_id="d001")
    except FeedbackError:
        return
    accounted(document, dropped)

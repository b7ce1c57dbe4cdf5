# ruff: noqa: E501
"""Plain text, Markdown and mail in the encodings and habits that people have."""

from __future__ import annotations

from email.message import EmailMessage

from nasty_cases import ALL_WORDS, TALK, Case, Said, alone, labelled, speakers, text_case

IP = speakers("I", "P1")
LONG = speakers("Interviewer", "Participant 5")
STRAIGHT = tuple((who, words.replace("’", "'").replace("–", "-").replace("£", "GBP ")) for who, words in TALK)


def wrapped(width: int = 44) -> str:
    """Turns broken into short lines that hang under their label."""
    lines: list[str] = []
    for who, words in LONG:
        line = f"{who}: "
        for word in words.split():
            if len(line) + len(word) > width:
                lines.append(line.rstrip())
                line = " " * 15
            line += word + " "
        lines += [line.rstrip(), ""]
    return "\n".join(lines)


HEAD = "INTERVIEW 5\n\nDate: 3 June 2025\nLength: 43 minutes\n\n"
NAME_LINES = "\n\n".join(f"{who.upper()}\n{words}" for who, words in LONG)
TIMED = "\n".join(f"[00:0{n}:10] {who}: {words}" for n, (who, words) in enumerate(LONG))
TIMED_AFTER = "\n".join(f"{who} (00:0{n}:10): {words}" for n, (who, words) in enumerate(LONG))
TIMED_TABS = "\n".join(f"00:0{n}:10\t{who}\t{words}" for n, (who, words) in enumerate(LONG))
TIMED_STARTS = (10, 70, 130, 190, 250, 310)
NOT_LABELS = (
    "Int: Why did you go?\nResp: Three reasons: pay, hours, parking.\nNB: I wrote that down.\n"
    "Int: And?\nResp: My words were: I'm done.\nhttp://example.org told me so.\nInt: Right.\nResp: 9:30 it was.\n"
)
NOT_LABELS_SAID: tuple[Said, ...] = (
    ("Int", "Why did you go?"),
    ("Resp", "Three reasons: pay, hours, parking. NB: I wrote that down."),
    ("Int", "And?"),
    ("Resp", "My words were: I'm done. http://example.org told me so."),
    ("Int", "Right."),
    ("Resp", "9:30 it was."),
)
GROUP = (
    "Moderator: What made you stay?\nP1: The team.\nP2: [overlapping] The pay, ha.\nP3: Neither.\n"
    "Moderator: P3, say more?\nP3: I'm going.\nP1: Are you? [laughter]\nP2: Blimey.\n"
)
GROUP_SAID = tuple((line.split(": ", 1)[0], line.split(": ", 1)[1]) for line in GROUP.strip().split("\n"))
MARKDOWN = "---\nparticipant: P22\n---\n\n# Interview 22\n\n" + "\n\n".join(f"**{w}:** {t}" for w, t in LONG)
EMPHASIS = (
    "## Transcript\n\n**I**: Was it *really* the `pay`?\n\n**P1**: No. It was **never** the pay & I said so:\n\n"
    "> it's the hours\n\n**I**: Just that?\n\n**P1**: Two things\n\n- the hours\n- the car\n"
)


def mail(*, html_only: bool = False, attachment: bool = False) -> bytes:
    """A testimony by mail: quoted-printable, an odd subject, the question it answers, a signature."""
    message = EmailMessage()
    message["From"] = "Helen Marsh <helen@example.org>"
    message["To"] = "exit@example.org"
    message["Subject"] = "Re: Why I left – £ & more"
    said = "It was £400 a month – that’s all.\n\nAnd nobody asked me to stay, not once."
    quoted = "\n\nOn Mon, 9 Jun 2025 at 09:02, Exit study <exit@example.org> wrote:\n> Why did you leave?\n> Ruth\n"
    if html_only:
        message.set_content(
            "<html><head><style>p {color: red}</style></head><body><p>It was &pound;400 a month &ndash; that&rsquo;s all.</p>"
            "<p>And nobody asked me to stay, not once.</p></body></html>",
            subtype="html",
            cte="base64",
        )
    else:
        message.set_content(said + quoted, cte="quoted-printable")
    if attachment:
        message.add_attachment(
            b"%PDF-1.4 not read", maintype="application", subtype="pdf", filename="scan.pdf"
        )
    return message.as_bytes()


MAILED = alone("It was £400 a month – that’s all. And nobody asked me to stay, not once.")
BROKEN_BYTE = (
    labelled("I", "P1").encode().replace(b"two of us", b"two of us").replace(b"phone ", b"ph\xffone ")
)
CASES = [
    text_case("utf8-bom.txt", "\ufeff" + labelled("I", "P1"), IP),
    text_case("utf16-bom.txt", labelled("I", "P1"), IP, encoding="utf-16"),
    text_case("utf16le-without-bom.txt", labelled("I", "P1"), IP, encoding="utf-16-le"),
    text_case("utf16be-without-bom.txt", labelled("I", "P1"), IP, encoding="utf-16-be"),
    text_case("utf32.txt", labelled("I", "P1"), IP, encoding="utf-32"),
    text_case("cp1252.txt", labelled("I", "P1"), IP, encoding="cp1252"),
    text_case("mac-line-ends.txt", labelled("I", "P1", between="\r"), IP),
    text_case("windows-line-ends.txt", labelled("I", "P1", between="\r\n\r\n"), IP),
    text_case("line-separators.txt", labelled("I", "P1", between="\u2028"), IP),
    text_case("form-feeds.txt", labelled("I", "P1", between="\n\f"), IP),
    text_case("no-break-spaces.txt", labelled("I", "P1", after=":\u00a0"), IP),
    text_case("space-before-colon.txt", labelled("I", "P1", after=" : "), IP),
    text_case("tabs.txt", labelled("I", "P1", after="\t"), IP),
    text_case("label-tab-after-colon.txt", labelled("I", "P1", after=":\t\t"), IP),
    text_case("time-tab-label-tab.txt", TIMED_TABS, LONG, starts=TIMED_STARTS),
    text_case("dashes.txt", labelled("Interviewer", "Participant 5", after=" - "), LONG),
    text_case("brackets.txt", labelled("[Interviewer]", "[Participant 5]", after=" "), LONG),
    text_case("capitals.txt", labelled("INTERVIEWER", "RESPONDENT"), speakers("INTERVIEWER", "RESPONDENT")),
    text_case("names-on-their-own-line.txt", NAME_LINES, speakers("INTERVIEWER", "PARTICIPANT 5")),
    text_case("times-before.txt", TIMED, LONG, starts=TIMED_STARTS),
    text_case("times-after.txt", TIMED_AFTER, LONG, starts=TIMED_STARTS),
    text_case("hard-wrapped.txt", wrapped(), LONG),
    text_case("with-a-head.txt", HEAD + labelled("Interviewer", "Participant 5", between="\n\n"), LONG),
    text_case("end-mark.txt", labelled("I", "P1") + "\n\n[End of recording]\n", IP),
    text_case("not-every-colon.txt", NOT_LABELS, NOT_LABELS_SAID),
    text_case("focus-group.txt", GROUP, GROUP_SAID),
    text_case("accented.txt", labelled("Büşra Yıldız", "Seán O’Hara-Ní"), speakers("Büşra Yıldız", "Seán O’Hara-Ní")),
    text_case("decomposed.txt", labelled("Bu\u0308s\u0327ra", "Se\u0301an"), speakers("Bu\u0308s\u0327ra", "Se\u0301an")),
    text_case("emoji.txt", labelled("I", "P1") + "\nI: And now? 🎉\nP1: Fine 👩🏽‍💻, ta.\n", (*IP, ("I", "And now? 🎉"), ("P1", "Fine 👩🏽‍💻, ta."))),
    text_case("testimony.txt", "\n\n".join(words for _, words in TALK), ALL_WORDS),
    text_case("nul-at-the-end.txt", labelled("I", "P1") + "\n", IP),
    text_case("bold-labels.md", MARKDOWN, LONG),
    text_case("emphasis.md", EMPHASIS, (("I", "Was it really the pay?"), ("P1", "No. It was never the pay & I said so: it's the hours"), ("I", "Just that?"), ("P1", "Two things the hours the car"))),
    Case("reply.eml", mail, MAILED),
    Case("html-mail.eml", lambda: mail(html_only=True), MAILED),
    Case("attachment.eml", lambda: mail(attachment=True), MAILED),
]  # fmt: skip

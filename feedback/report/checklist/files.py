"""The filled checklists as Markdown, as a web page and as a Word document."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape

from feedback.errors import FeedbackError
from feedback.report.checklist import Answer, Checklist

_TITLE = "How this study was done: reporting checklists"
_LEAD = (
    "Filled in from the project as far as it knows. What only the researchers know is left for them: "
    "look for the marked lines."
)
_STYLE = (
    "body{font:16px/1.5 Cambria,Georgia,serif;color:#1d2226;max-width:54rem;margin:2rem auto;padding:0 1rem}"
    "table{border-collapse:collapse;width:100%}"
    "th,td{border-bottom:1px solid #c9cdd1;padding:.5rem;text-align:left;vertical-align:top}"
    "th[colspan]{color:#0f4c5c;padding-top:1.2rem}p{margin:.2rem 0}@media print{tr{break-inside:avoid}}"
    ".blank{border:2px dashed #8a5a00;padding:.3rem .5rem;color:#6b4600;background:#fff8ea}"
)
_HEAD = f"""<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{_TITLE}</title>
<style>{_STYLE}</style>
</head>
<body>
<h1>{_TITLE}</h1>
<p>{_LEAD}</p>
"""


def write_checklists(lists: Sequence[Checklist], suffix: str) -> bytes:
    """The checklists as .md, .html or .docx; the same lists give the same bytes. FeedbackError for others."""
    if suffix not in WRITERS:
        raise FeedbackError(
            f"a checklist cannot be written as '{suffix}'",
            hint="end the name in one of: " + ", ".join(WRITERS),
        )
    return WRITERS[suffix](lists)


def _counted(one: Checklist) -> str:
    whole, partly, blank = one.counts
    return f"{len(one.answers)} items: {whole} answered, {partly} in part, {blank} blank."


def _markdown(lists: Sequence[Checklist]) -> bytes:
    lines = [f"# {_TITLE}", "", _LEAD]
    for one in lists:
        lines += ["", f"## {one.name}", "", f"{_counted(one)} Source: {one.source}."]
        group = ""
        for answer in one.answers:
            if answer.item.group != group:
                group = answer.item.group
                lines += ["", f"### {group}"]
            lines += ["", f"**{answer.item.number}. {answer.item.asks}**", ""]
            lines += [f"{_plain(said)}\n" for said in answer.said]
            lines += [f"> [ ] {answer.missing}\n"] if answer.missing else []
    return ("\n".join(line.rstrip() for line in lines).rstrip() + "\n").encode()


def _plain(text: str) -> str:
    """Text in which Markdown sees no marks."""
    return "".join(f"\\{c}" if c in "\\`*_<>#|[]" else c for c in text)


def _html(lists: Sequence[Checklist]) -> bytes:
    parts = [_HEAD]
    for one in lists:
        parts.append(f"<h2>{one.name}</h2>\n<p>{_counted(one)} Source: {escape(one.source)}.</p>\n<table>\n")
        group = ""
        for answer in one.answers:
            if answer.item.group != group:
                group = answer.item.group
                parts.append(f'<tr><th colspan="3" scope="colgroup">{escape(group)}</th></tr>\n')
            parts.append(_html_row(answer))
        parts.append("</table>\n")
    return ("".join(parts) + "</body>\n</html>\n").encode()


def _html_row(answer: Answer) -> str:
    said = "".join(f"<p>{escape(one)}</p>" for one in answer.said)
    blank = f'<p class="blank">{escape(answer.missing)}</p>' if answer.missing else ""
    asks = f'<th scope="row">{escape(answer.item.asks)}</th>'
    return f"<tr><td>{answer.item.number}</td>{asks}<td>{said}{blank}</td></tr>\n"


def _docx(lists: Sequence[Checklist]) -> bytes:
    from feedback.report.word.page import Page

    page = Page(_TITLE)
    page.text(_TITLE, "Title")
    page.text(_LEAD, "Subtitle")
    for one in lists:
        page.heading(one.name, new_page=one is not lists[0])
        page.text(f"{_counted(one)} Source: {one.source}.", "Note")
        group = ""
        for answer in one.answers:
            if answer.item.group != group:
                group = answer.item.group
                page.heading(group, 2)
            page.text("", bold=f"{answer.item.number}. {answer.item.asks}", keep=True)
            for said in answer.said:
                page.text(said)
            if answer.missing:
                page.text("____________________", bold=f"{answer.missing}: ")
    return page.to_bytes()


WRITERS: dict[str, Callable[[Sequence[Checklist]], bytes]] = {
    ".md": _markdown,
    ".html": _html,
    ".docx": _docx,
}

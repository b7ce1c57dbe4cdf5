"""PDF files -> paragraphs; headers, footers and page numbers are left out, so that quotes run over pages."""

from __future__ import annotations

from feedback.readers.published.shapes import Paragraph


def paragraphs_of(data: bytes, file_name: str) -> tuple[list[Paragraph], list[str]]:
    """The paragraphs of a PDF's pages; block quotes cannot be told by style, only by quotation marks.

    Errors: FeedbackError for passwords, damaged files, and pages that are only pictures.
    """
    from feedback.errors import FeedbackError
    from feedback.readers.pages.furniture import marked, with_paragraphs
    from feedback.readers.pages.lines import rows_of
    from feedback.readers.pages.margins import without_line_numbers
    from feedback.readers.pages.words import read_pages

    pages, _ = read_pages(data, file_name)
    layout, _ = without_line_numbers([rows_of(number, page.words) for number, page in enumerate(pages)])
    rows = marked([row for page in layout for row in page], pages)
    body = with_paragraphs([row for row in rows if not row.dropped])
    if not body:
        raise FeedbackError(
            f"{file_name} has no text in it: its pages are pictures",
            hint="check the Word file or the presentation that it was made from",
        )
    notes = [row for row in rows if row.dropped == "footnote"]
    found: list[Paragraph] = []
    for row in [*body, *notes]:
        if row.paragraph or not found or row.dropped:
            found.append(Paragraph(row.text, "", f"page {row.page + 1}", len(found)))
        else:
            last = found[-1]
            found[-1] = Paragraph(f"{last.text}\n{row.text}", "", last.where, last.group)
    return found, [
        "in a PDF only quotation marks show what is a quote; block quotes without them are not seen"
    ]

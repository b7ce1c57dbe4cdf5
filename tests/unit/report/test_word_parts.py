"""What a report in Word is made of."""

import io
import zipfile

from report_study import person, study

from feedback.report import render
from feedback.report.summary import summarise


def test_a_report_in_word_holds_no_picture_of_another_document() -> None:
    # A thumbnail's bytes can happen to read like a name, and the report is then refused.
    paper = render(summarise(study([person() for _ in range(6)], [])), ".docx")
    with zipfile.ZipFile(io.BytesIO(paper)) as parts:
        names = parts.namelist()
        assert not [name for name in names if name.endswith((".jpeg", ".jpg", ".png"))]
        assert "thumbnail" not in parts.read("_rels/.rels").decode()
    assert "word/document.xml" in names

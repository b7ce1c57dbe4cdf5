from __future__ import annotations

from pathlib import Path

import pytest

from feedback.errors import FeedbackError
from feedback.readers import read_names


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_list_of_names_is_read_in_every_usual_encoding(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "names.txt"
    path.write_bytes("# staff\r\nZoë Müller\r\n\r\n  Siân   Rhys \r\nJo\r\nMay\r\n".encode(encoding))
    assert read_names(path) == ["Zoë Müller", "Siân Rhys", "Jo", "May"]


def test_a_list_without_names_is_empty(tmp_path: Path) -> None:
    path = tmp_path / "names.txt"
    for text in ("", "\n \n", "# nobody yet\n", "\ufeff\n"):
        path.write_text(text, encoding="utf-8")
        assert read_names(path) == []


@pytest.mark.parametrize("entry", ["I", "a", "the", "The", "of", "we", "J.", "-"])
def test_an_entry_that_would_mask_half_the_text_is_refused_by_its_line(tmp_path: Path, entry: str) -> None:
    path = tmp_path / "names.txt"
    path.write_text(f"Ann Lee\n\n{entry}\n", encoding="utf-8")
    with pytest.raises(FeedbackError, match=r"names\.txt line 3: ") as caught:
        read_names(path)
    assert caught.value.hint


def test_a_missing_list_of_names_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(FeedbackError, match="there is no file"):
        read_names(tmp_path / "names.txt")

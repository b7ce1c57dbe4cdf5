"""Finished documents (reports, slides, pages) -> the passages in them that claim to be somebody's words."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from feedback.errors import FeedbackError
from feedback.readers.published.passages import passages_of
from feedback.readers.published.shapes import Paragraph, Passage, Published

__all__ = ["FORMATS", "Passage", "Published", "quoted_in", "quoted_in_bytes"]

_Reader = Callable[[bytes, str], tuple[list[Paragraph], list[str]]]
FORMATS = ("docx", "html", "pdf", "pptx", "md", "txt")
_ALSO = {"htm": "html", "xhtml": "html", "markdown": "md", "text": "txt", "docm": "docx", "dotx": "docx",
         "pptm": "pptx", "ppsx": "pptx", "potx": "pptx"}  # fmt: skip
_MOST_BYTES = 200 * 1024 * 1024


def quoted_in(file: str | Path) -> Published:
    """What a finished document (.docx .html .pdf .pptx .md .txt) has in quotation marks or quote styles.

    Errors: FeedbackError for a file that is not there, of another kind, damaged or not safe to open.
    """
    path = Path(file)
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise FeedbackError(f"{path.name} is larger than 200 MB", hint="save it without its pictures")
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise FeedbackError(f"there is no file {path}", hint="check the spelling and the folder") from error
    except OSError as error:
        raise FeedbackError(f"{path.name} cannot be opened", hint="check that you may read it") from error
    return quoted_in_bytes(data, path.name)


def quoted_in_bytes(data: bytes, file_name: str) -> Published:
    """The same from a file's bytes; the suffix of `file_name` says the format, where its content agrees."""
    if not data.strip():
        raise FeedbackError(f"{file_name} is empty", hint="check that it was copied completely")
    paragraphs, notes = _reader(_format(data, file_name))(data, file_name)
    return Published(tuple(passages_of(paragraphs)), tuple(notes), len(paragraphs))


def _format(data: bytes, file_name: str) -> str:
    suffix = Path(file_name).suffix.lower().lstrip(".")
    suffix = _ALSO.get(suffix, suffix)
    if data.startswith(b"%PDF"):
        return "pdf"
    if data.startswith(b"PK\x03\x04"):
        from feedback.readers.safe import Package

        names = Package(data, file_name).names
        inside = {"docx": "word/", "pptx": "ppt/"}
        return next((kind for kind, part in inside.items() if any(n.startswith(part) for n in names)), suffix)
    if suffix not in FORMATS:
        raise FeedbackError(
            f"{file_name}: quotes are not looked for in .{suffix} files" if suffix else
            f"{file_name} has no suffix, so what it is cannot be told",
            hint="save it as " + ", ".join(f".{one}" for one in FORMATS),
        )  # fmt: skip
    if suffix in ("docx", "pptx", "pdf"):
        raise FeedbackError(
            f"{file_name} is damaged or no .{suffix} file", hint="copy it again, or save it again"
        )
    return suffix


def _reader(kind: str) -> _Reader:
    from feedback.readers.published import pages, slides, text, web, word

    readers: dict[str, _Reader] = {
        "docx": word.paragraphs_of,
        "pptx": slides.paragraphs_of,
        "pdf": pages.paragraphs_of,
        "html": web.paragraphs_of,
        "md": text.markdown_paragraphs,
        "txt": text.plain_paragraphs,
    }
    if kind not in readers:
        raise FeedbackError(
            "this zip file is neither a Word document nor a presentation",
            hint="save it as " + ", ".join(f".{one}" for one in FORMATS),
        )
    return readers[kind]

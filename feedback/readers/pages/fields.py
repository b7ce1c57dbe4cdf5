"""What was filled into a PDF's form fields, which is not among the words of its pages."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from feedback.readers.encodings import tidy
from feedback.readers.pages.shapes import Field

if TYPE_CHECKING:
    import pypdfium2

_MOST_LETTERS = 1_000_000


def fields_of(
    book: pypdfium2.PdfDocument, page: pypdfium2.PdfPage, left: float, top: float
) -> Iterator[Field]:
    """A page's text fields, lists and boxes; places are from the corner (left, top) of the page."""
    from pypdfium2 import raw

    kinds = {
        raw.FPDF_FORMFIELD_TEXTFIELD: "text",
        raw.FPDF_FORMFIELD_COMBOBOX: "text",
        raw.FPDF_FORMFIELD_LISTBOX: "text",
        raw.FPDF_FORMFIELD_CHECKBOX: "box",
        raw.FPDF_FORMFIELD_RADIOBUTTON: "box",
    }
    for index in range(raw.FPDFPage_GetAnnotCount(page)):
        note = raw.FPDFPage_GetAnnot(page, index)
        if not note:
            continue
        try:
            kind = kinds.get(raw.FPDFAnnot_GetFormFieldType(book.formenv, note), "")
            if kind:
                yield _field(book, note, kind, left, top)
        finally:
            raw.FPDFPage_CloseAnnot(note)


def _field(book: pypdfium2.PdfDocument, note: object, kind: str, left: float, top: float) -> Field:
    import pypdfium2.raw as pdfium

    def said(ask: Callable[..., int]) -> str:
        return _text(lambda letters, size: ask(book.formenv, note, letters, size))

    box = pdfium.FS_RECTF()
    pdfium.FPDFAnnot_GetRect(note, box)
    if kind == "box":
        value = "on" if pdfium.FPDFAnnot_IsChecked(book.formenv, note) else ""
    else:
        value = said(pdfium.FPDFAnnot_GetFormFieldValue)
    name = said(pdfium.FPDFAnnot_GetFormFieldAlternateName) or said(pdfium.FPDFAnnot_GetFormFieldName)
    tops, bottoms = sorted((top - box.top, top - box.bottom))
    lefts, rights = sorted((box.left - left, box.right - left))
    return Field(kind, name, value, lefts, rights, tops, bottoms)


def _text(ask: Callable[[object, int], int]) -> str:
    """A text that pdfium writes as UTF-16 into a buffer whose size it tells first."""
    size = ask(None, 0)
    if not 2 < size <= _MOST_LETTERS:
        return ""
    letters = ctypes.create_string_buffer(size)
    ask(ctypes.cast(letters, ctypes.POINTER(ctypes.c_ushort)), size)
    return tidy(letters.raw[: size - 2].decode("utf-16-le", "replace"))[0].strip()

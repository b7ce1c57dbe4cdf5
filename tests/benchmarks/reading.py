"""How fast files are read, beside python-docx, pdfplumber and openpyxl on the same files in one run.

`python tests/benchmarks/reading.py [FOLDER]` takes the PDFs, Word files and workbooks of a folder; without
one it makes some. Each time is the best of three, in seconds of the processor; ours is up to the turns with
their speakers, the peers' is up to the bare text.
"""

from __future__ import annotations

import io
import sys
import time
from collections.abc import Callable
from pathlib import Path

from feedback.errors import FeedbackError
from feedback.readers import read_bytes

Files = dict[str, bytes]
RUNS = 3
WORDS = ("caseload", "nobody", "who", "would", "hear", "of", "it", "court", "home", "night", "families")


def made() -> Files:
    """A Word transcript of 2,000 paragraphs, a PDF of 60 pages, a workbook of 3,000 answers."""
    return {"made.docx": _word(), "made.pdf": _pdf(), "made.xlsx": _workbook()}


def _talk(number: int) -> str:
    """The turn of this number: a question, or an answer of some sixty words that no other turn has."""
    if number % 2 == 0:
        return f"Interviewer: What happened in month {number}?"
    said = (WORDS[(number * (place + 3) + place * place) % len(WORDS)] for place in range(60))
    return f"Ann Lee: In month {number} {' '.join(said)}."


def _word() -> bytes:
    import docx

    book = docx.Document()
    for number in range(2_000):
        label, _, words = _talk(number).partition(":")
        paragraph = book.add_paragraph()
        paragraph.add_run(f"{label}:").bold = True
        paragraph.add_run(words)
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


def _pdf() -> bytes:
    from fpdf import FPDF

    book = FPDF(format="A4")
    book.set_font("Times", "", 11)
    for page in range(60):
        book.add_page()
        for number in range(16):
            book.multi_cell(0, 5, _talk(16 * page + number), new_x="LMARGIN", new_y="NEXT")
    return bytes(book.output())


def _workbook() -> bytes:
    import xlsxwriter

    packed = io.BytesIO()
    with xlsxwriter.Workbook(packed, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["id", "role", "Why did you leave?", "What would you change?"])
        for row in range(1, 3_001):
            sheet.write_row(row, 0, [row, "worker", _talk(2 * row + 1), _talk(4 * row + 1)])
    return packed.getvalue()


def by_python_docx(data: bytes) -> int:
    import docx

    book = docx.Document(io.BytesIO(data))
    cells = (cell.text for table in book.tables for row in table.rows for cell in row.cells)
    return sum(map(len, (*(paragraph.text for paragraph in book.paragraphs), *cells)))


def by_pdfplumber(data: bytes) -> int:
    import pdfplumber

    with pdfplumber.open(io.BytesIO(data)) as book:
        return sum(len(page.extract_text() or "") for page in book.pages)


def by_openpyxl(data: bytes) -> int:
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True)
    rows = (row for sheet in book for row in sheet.iter_rows(values_only=True))
    return sum(len(str(cell)) for row in rows for cell in row if cell is not None)


PEERS: dict[str, tuple[str, Callable[[bytes], int]]] = {
    ".docx": ("python-docx", by_python_docx),
    ".pdf": ("pdfplumber", by_pdfplumber),
    ".xlsx": ("openpyxl", by_openpyxl),
}


def by_feedback(data: bytes, name: str) -> int:
    try:
        return len(read_bytes(data, name, document_id="d001")[0].text)
    except FeedbackError:
        return 0


def timed(read: Callable[[], int]) -> tuple[float, int]:
    """The best time of several, and the characters that were read."""
    best, characters = float("inf"), 0
    for _ in range(RUNS):
        start = time.process_time()
        characters = read()
        best = min(best, time.process_time() - start)
    return best, characters


def compared(files: Files, suffix: str) -> str:
    """One line of the table."""
    own = {name: data for name, data in files.items() if name.lower().endswith(suffix)}
    peer, read = PEERS[suffix]
    size = f"{len(own):>5} {suffix:<6}"
    if not own:
        return f"{size} none among the files"
    ours, characters = timed(lambda: sum(by_feedback(data, name) for name, data in own.items()))
    try:
        theirs, more = timed(lambda: sum(map(read, own.values())))
    except ImportError as error:
        return f"{size} {ours:8.2f} s {characters:>10,}   {peer} is not installed ({error.name})"
    own_part = f"{size} {ours:8.2f} s {characters:>10,}"
    return f"{own_part}   {peer:<12}{theirs:8.2f} s {more:>10,} {theirs / ours:6.1f} x"


def main(folder: str | None) -> None:
    found = sorted(path for path in Path(folder).rglob("*") if path.suffix.lower() in PEERS) if folder else []
    files = {path.name: path.read_bytes() for path in found} if folder else made()
    by_feedback(b"A: b\nB: c", "a.txt")  # imports are not timed
    lines = ["files           feedback  characters   peer              time  characters  faster"]
    sys.stdout.write("\n".join([*lines, *(compared(files, suffix) for suffix in PEERS)]) + "\n")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else None)

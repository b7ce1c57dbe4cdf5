"""Tables inside of documents: whether they are a transcript, and their lines row by row."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from feedback.readers.shapes import Line
from feedback.readers.talk.speakers import known, plausible
from feedback.readers.talk.times import STAMP
from feedback.readers.talk.words import TABLE_HEADS

_STAMP = re.compile(STAMP)

Cell = Sequence[Line]


def table_lines(rows: Sequence[Sequence[Cell]]) -> Iterator[Line]:
    """A table's lines, row by row and cell by cell; a cell is the lines that stand in it.

    Where the columns are time, speaker and words, each row is one line whose spans say so.
    """
    full = [row for row in rows if any(line.text.strip() for cell in row for line in cell)]
    texts = [[_text(cell) for cell in row] for row in full]
    if heads := _speakers_in_header(texts):
        yield Line("\t".join(map(flat, texts[0])), paragraph=True, dropped="table header")
        yield from _side_by_side(texts[1:], heads)
        return
    columns = columns_of(texts)
    if columns and (counting := _counting_column(texts, columns)) is not None:
        yield Line(
            " ".join(flat(row[counting]) for row in texts if counting < len(row)), dropped="line number"
        )
        texts = [[*row[:counting], "", *row[counting + 1 :]] for row in texts]
    for cells, row in zip(full, texts, strict=True):
        if not columns:
            for cell in cells:
                yield from cell
        elif _is_header(row):
            yield Line("\t".join(flat(cell) for cell in row), paragraph=True, dropped="table header")
        elif _across(row):
            yield Line(flat(row[0]), paragraph=True, dropped="heading")
        else:
            yield from _row(row, columns)


def flat(text: str) -> str:
    """A text on one line, its white space as single spaces."""
    return " ".join(text.split())


def _text(cell: Cell) -> str:
    return "\n".join(line.text for line in cell).strip()


def columns_of(rows: Sequence[Sequence[str]]) -> dict[str, int] | None:
    """Which column holds "time", "label" and "words"; None when the table is no transcript."""
    width = Counter(len(row) for row in rows).most_common(1)[0][0] if rows else 0
    if width < 2 or len(rows) < 2:
        return None
    body = [row for row in rows if len(row) == width and not _is_header(row) and not _across(row)]
    cells = [[row[index] for row in body if row[index].strip()] for index in range(width)]
    lengths = [sum(map(len, column)) for column in cells]
    words = lengths.index(max(lengths))
    times = [index for index in range(width) if index != words and _mostly(cells[index], _is_time)]
    labels = [index for index in range(width) if index not in {words, *times} and _are_labels(cells[index])]
    if not labels and not times:
        return None
    found = {"words": words}
    if labels:
        found["label"] = max(labels, key=lambda index: len(cells[index]))
    if times:
        found["time"] = times[0]
    return found


def _is_time(cell: str) -> bool:
    return bool(_STAMP.fullmatch(cell))


def _mostly(cells: Sequence[str], test: Callable[[str], bool]) -> bool:
    return bool(cells) and sum(test(cell.strip()) for cell in cells) >= 0.8 * len(cells)


def _are_labels(cells: Sequence[str]) -> bool:
    """Short cells with letters that come again and again, or are of a known kind."""
    labels = [flat(cell).rstrip(":") for cell in cells]
    if not _mostly(labels, plausible):
        return False
    repeated = Counter(label.casefold() for label in labels)
    return _mostly(labels, lambda label: known(label) or repeated[label.casefold()] >= 2)


def _is_header(row: Sequence[str]) -> bool:
    cells = [flat(cell).casefold().strip(":.") for cell in row if cell.strip()]
    return bool(cells) and all(set(cell.split()) <= TABLE_HEADS for cell in cells)


def _counting_column(rows: Sequence[Sequence[str]], columns: dict[str, int]) -> int | None:
    """The column that only numbers the rows, under its head or none."""
    width = min(map(len, rows))
    for index in set(range(width)) - set(columns.values()):
        cells = [row[index].strip(" .") for row in rows if row[index].strip() and not _is_header(row)]
        numbers = [int(cell) for cell in cells if cell.isdecimal() and len(cell) < 6]
        if len(numbers) == len(cells) >= 3 and numbers == sorted(set(numbers)):
            return index
    return None


def _across(row: Sequence[str]) -> bool:
    """Whether a row is one heading over all columns."""
    alone = len(row) > 1 and bool(row[0].strip()) and not any(cell.strip() for cell in row[1:])
    return alone and not known(row[0]) and row[0].strip()[-1] not in ".?!…:"


def _speakers_in_header(rows: Sequence[Sequence[str]]) -> list[str]:
    """The speakers whose columns stand side by side (Interviewer | Participant), [] for other tables."""
    heads = [flat(cell).strip(" :") for cell in rows[0]] if rows else []
    if len(rows) < 2 or len(heads) < 2 or not all(len(head) > 2 and known(head) for head in heads):
        return []
    if len({head.casefold() for head in heads} - {"question", "answer", *TABLE_HEADS}) < 2:
        return []
    filled = [any(row[index].strip() for row in rows[1:] if index < len(row)) for index in range(len(heads))]
    wordy = sum(len(cell.split()) for row in rows[1:] for cell in row) > 3 * len(rows)
    return heads if wordy and all(filled) and columns_of(rows[1:]) is None else []


def _side_by_side(rows: Sequence[Sequence[str]], heads: Sequence[str]) -> Iterator[Line]:
    """Each cell as its column's turn, with the column's head in front of it."""
    for row in rows:
        for head, cell in zip(heads, row, strict=False):
            if cell.strip():
                first, *more = cell.split("\n")
                yield Line(f"{head}\t{first}", paragraph=True, label=(0, len(head)))
                yield from (Line(part) for part in more)


def _row(row: Sequence[str], columns: dict[str, int]) -> Iterator[Line]:
    """One row of a transcript table: other cells, time, speaker, words; later paragraphs as own lines."""
    first = [index for index in range(len(row)) if index not in columns.values()]
    order = [*first, *(columns[name] for name in ("time", "label") if name in columns)]
    text = ""
    spans: dict[int, tuple[int, int]] = {}
    for index in order:
        cell = flat(row[index]) if index < len(row) else ""
        spans[index] = (len(text), len(text) + len(cell))
        text += cell + "\t"
    said = row[columns["words"]] if columns["words"] < len(row) else ""
    head, *more = said.split("\n")
    label = spans.get(columns.get("label", -1))
    time = spans.get(columns.get("time", -1))
    marked = [span if span and span[1] > span[0] else None for span in (label, time)]
    yield Line(text + head, paragraph=True, label=marked[0], time=marked[1])
    yield from (Line(part) for part in more)

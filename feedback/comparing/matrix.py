"""The framework matrix: people by themes, each cell with links to the words and people's summaries of them.

Source: the framework method, Ritchie and Spencer (1994); Gale et al. (2013), BMC Med. Res. Methodology 13.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from feedback.comparing.summaries import Summary, summaries_of
from feedback.report.handover import Handover
from feedback.report.heard import who_was_heard
from feedback.report.sheets import MOST, NOT_READ, NOTHING_SAID, Sheet, passages, people_rows, who_was_read
from feedback.report.sheets.workbook import SUMMARY

if TYPE_CHECKING:
    import pandas as pd

MATRIX, MARKS = "Matrix", "Marks"
MARK_COLUMNS = ("case_id", "theme_id", "words", "sent")
CHANGED = "(the words changed since this was written)"
Place = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Cell:
    """What a person says of a theme: segments with their texts, or none; whether they were read at all.

    `words` stands for exactly these words: it is another when one of them changes, comes or goes.
    """

    case_id: str
    theme_id: str
    said: tuple[Place, ...]
    read: bool
    summaries: tuple[Summary, ...] = ()

    @property
    def words(self) -> str:
        if not self.said:
            return NOTHING_SAID if self.read else NOT_READ
        return mark_of("\n".join(f"{segment} {text}" for segment, text in self.said))

    @property
    def shown(self) -> str:
        """The words with their segments' ids, at most three in full; or that there are none."""
        if not self.said:
            return self.words
        lines = [f"{text} [{segment}]" for segment, text in self.said[:MOST]]
        more = " ".join(f"[{segment}]" for segment, _ in self.said[MOST:])
        return "\n".join([*lines, *([f"and {len(self.said) - MOST} more: {more}"] if more else [])])

    @property
    def written(self) -> str:
        """The summaries, each behind its writer's name, those on other words than these with a mark."""
        return "\n\n".join(
            f"[{one.coder}] {one.text}" + (f"\n{CHANGED}" if one.words != self.words else "")
            for one in self.summaries
        )


def mark_of(text: str) -> str:
    """Letters that stand for a text, whatever its white space; digits could look like somebody's number."""
    digest = hashlib.sha256(" ".join(text.split()).encode()).hexdigest()[:16]
    return digest.translate(str.maketrans("0123456789", "ghijklmnop"))


def cells_of(given: Handover) -> list[Cell]:
    """Every person by every theme, with the summaries in table `memos`; sorted by person, then theme."""
    heard = who_was_heard({name: given.table(name) for name in ("cases", "segments", "documents")})
    said, read = passages(given, heard), who_was_read(heard)
    summaries = summaries_of(given.table("memos"), given.codebook)
    return [
        Cell(case, theme, tuple(said.get((case, theme), ())), case in read, summaries.get((case, theme), ()))
        for case in people_rows(given, heard)["case_id"]
        for theme in given.codebook.ids
    ]


def matrix_sheets(cells: Sequence[Cell]) -> list[Sheet]:
    """The matrix as sheets: Matrix, Words (every passage), Summaries, and Marks, to read it again by."""
    return [
        Sheet(
            MATRIX,
            "One row a person, two columns a theme: what they say, with the places of the words in brackets, "
            "and a summary. Write summaries into the columns that end in ': summary'; then "
            "`feedback import` this file. A '-' takes your own summary away.",
            _matrix(cells),
        ),
        Sheet("Words", "Every passage behind the matrix, by the place that stands there.", _words(cells)),
        Sheet("Summaries", "Every summary with who wrote it and when.", _summaries(cells)),
        Sheet(
            MARKS,
            "For the program: which words each summary was written on. Leave it as it is.",
            _marks(cells),
        ),
    ]


def _matrix(cells: Sequence[Cell]) -> pd.DataFrame:
    import pandas as pd

    rows: dict[str, dict[str, str]] = {}
    for cell in cells:
        row = rows.setdefault(cell.case_id, {"case_id": cell.case_id})
        row[cell.theme_id] = cell.shown
        row[cell.theme_id + SUMMARY] = cell.written
    return pd.DataFrame(list(rows.values()))


def _words(cells: Sequence[Cell]) -> pd.DataFrame:
    return _frame(
        ("segment_id", "case_id", "theme_id", "text"),
        [(segment, cell.case_id, cell.theme_id, text) for cell in cells for segment, text in cell.said],
    )


def _summaries(cells: Sequence[Cell]) -> pd.DataFrame:
    return _frame(
        ("case_id", "theme_id", "coder", "written", "text", "words"),
        [
            (
                cell.case_id, cell.theme_id, one.coder, one.written, one.text,
                "as they were" if one.words == cell.words else "changed since",
            )
            for cell in cells
            for one in cell.summaries
        ],
    )  # fmt: skip


def _marks(cells: Sequence[Cell]) -> pd.DataFrame:
    """One row a cell of which there is something to remember: words, or a summary that was sent along."""
    return _frame(
        MARK_COLUMNS,
        [
            (cell.case_id, cell.theme_id, cell.words, mark_of(cell.written) if cell.written else "")
            for cell in cells
        ],
    )


def _frame(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame(rows, columns=list(columns))


def counts_of(cells: Sequence[Cell]) -> Mapping[str, int]:
    """How many people, themes and cells of each kind, and summaries, those on changed words too."""
    summaries = [(one, cell) for cell in cells for one in cell.summaries]
    return {
        "people": len({cell.case_id for cell in cells}),
        "themes": len({cell.theme_id for cell in cells}),
        "said": sum(bool(cell.said) for cell in cells),
        "nothing_said": sum(cell.read and not cell.said for cell in cells),
        "not_read": sum(not cell.read for cell in cells),
        "summaries": len(summaries),
        "words_changed": sum(one.words != cell.words for one, cell in summaries),
    }

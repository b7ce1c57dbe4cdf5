"""The tags as one long table in a .csv, which `feedback import` reads back."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

    from feedback.codebook import Codebook
    from feedback.report.handover import Handover

COLUMNS = (
    "coder", "document", "case", "segment_id", "theme", "label", "words", "begin", "stop", "score", "valence",
    "assertion", "rule",
)  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write_csv(handover: Handover) -> bytes:
    """The tags of a study as a .csv: see `csv_pieces`."""
    return b"".join(csv_pieces([handover.tags], handover.codebook))


def csv_pieces(stretches: Iterable[pd.DataFrame], codebook: Codebook) -> Iterator[bytes]:
    """The tags, a row each, as UTF-8 with a byte order mark (else Excel breaks its letters) and CRLF.

    stretches: `placed` tags in order; of each comes a piece of whole rows, and before them the first row.

    Columns: coder, document, case, segment_id, theme (its id), label, words (the evidence as rendered), begin
    and stop (where it stands in the document's composed text), score, valence, assertion, rule. A cell that a
    spreadsheet would take for a formula begins with an apostrophe.
    """
    labels = {theme.id: theme.label for theme in codebook}
    head = io.StringIO()
    csv.writer(head).writerow(COLUMNS)
    yield head.getvalue().encode("utf-8-sig")
    for tags in stretches:
        yield _rows(tags, labels).encode()


def _rows(tags: pd.DataFrame, labels: Mapping[str, str]) -> str:
    out = io.StringIO()
    rows = csv.writer(out)
    for row in tags.itertuples(index=False):
        rows.writerow(
            map(
                as_text,
                (row.coder, row.document_id, row.case_id, row.segment_id, row.theme_id,
                 labels.get(row.theme_id, ""), row.words.strip(), row.begin, row.stop, row.score, row.valence,
                 row.assertion, row.rule),
            )
        )  # fmt: skip
    return out.getvalue()


def as_text(value: Any) -> str:
    """A value as a cell that no spreadsheet takes for a formula; nothing where it is missing."""
    if value is None or value != value:  # noqa: PLR0124
        return ""
    if isinstance(value, float):
        return f"{value:.4f}".rstrip("0").rstrip(".")
    text = str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text

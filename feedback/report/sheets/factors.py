"""Push factors as a sheet: the numbers of the cards, the same as in the report."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from feedback.model import FactorCard
from feedback.report.cards import words as card_words

if TYPE_CHECKING:
    import pandas as pd

_COLUMNS = (
    "factor_id", "label", "summary", "people", "of", "share", "share_low", "share_high", "main",
    "say_main", "speak", "told_of_others", "as_an_if", "denied", "stayed", "of_stayed", "gap", "gap_low",
    "gap_high", "against", "read", "by_group", "same_answers", "words", "stability", "steady", "by_hand",
)  # fmt: skip


def factor_rows(cards: Sequence[FactorCard]) -> pd.DataFrame:
    """One row a push factor; what may not be said, or was not looked for, is missing."""
    import pandas as pd

    return pd.DataFrame([_row(card) for card in cards], columns=list(_COLUMNS))


def _row(card: FactorCard) -> dict[str, Any]:
    low, high = card.interval or (None, None)
    gap, least, most = card.gap or (None, None, None)
    compared, searched = bool(card.of_stayers), bool(card.read_for_counter)
    return {
        "factor_id": card.factor_id,
        "label": card.label,
        "summary": card.summary,
        "people": card.n,
        "of": card.of,
        "share": card.n / card.of if card.interval else None,
        "share_low": low,
        "share_high": high,
        "main": card.n_main,
        "say_main": card.n_own_main,
        "speak": card.n_speak,
        "told_of_others": card.n_other,
        "as_an_if": card.n_hypothetical,
        "denied": card.n_denied,
        "stayed": card.stayers if compared else None,
        "of_stayed": card.of_stayers if compared else None,
        "gap": gap,
        "gap_low": least,
        "gap_high": most,
        "against": card.n_counter if searched else None,
        "read": card.read_for_counter if searched else None,
        "by_group": "\n".join(card_words.splits(card)),
        "same_answers": ", ".join(card.links),
        "words": ", ".join(card.words),
        "stability": card.stability,
        "steady": card.steady,
        "by_hand": card.decided,
    }

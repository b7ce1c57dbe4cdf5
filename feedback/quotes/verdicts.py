"""Table `choices`: which quotes people pinned and banned. Apart from picking, so that it is quickly there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

PINNED, BANNED = "pinned", "banned"


def with_choice(choices: pd.DataFrame, quote: Any, verdict: str | None) -> pd.DataFrame:
    """Table `choices` with another verdict about a quote (a row of `quotes`); None takes it back.

    A pin is for its heading; a ban, and taking back, for the words wherever they stand.
    """
    import pandas as pd

    from feedback.tables import conform

    same = (choices["document_id"] == quote.document_id) & (choices["start"] < quote.end)
    same &= choices["end"] > quote.start
    if verdict == PINNED:
        heading = (choices["theme_id"].fillna("") == (quote.theme_id or "")) & (
            choices["factor_id"].fillna("") == (quote.factor_id or "")
        )
        same &= heading | (choices["verdict"] == BANNED)
    rows = [
        {"document_id": quote.document_id, "start": quote.start, "end": quote.end, "verdict": verdict,
         "theme_id": quote.theme_id if verdict == PINNED else None,
         "factor_id": quote.factor_id if verdict == PINNED else None}
    ] if verdict else []  # fmt: skip
    kept = choices[~same]
    return conform("choices", pd.concat([kept, conform("choices", rows)]) if len(kept) else rows)


def lost_pins(choices: pd.DataFrame, quotes: pd.DataFrame) -> int:
    """How many pinned quotes could not be shown: no longer tagged so, or without consent by now."""
    columns = ["document_id", "start", "end", "theme_id", "factor_id"]
    pinned = choices[choices["verdict"] == PINNED]
    here = set(quotes[columns].fillna("").itertuples(index=False, name=None))
    return sum(row not in here for row in pinned[columns].fillna("").itertuples(index=False, name=None))

"""Whether every quote that a project holds is within what its speaker agreed to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from feedback.cases import with_consent
from feedback.checks import Concern
from feedback.settings import CONSENTS

if TYPE_CHECKING:
    import pandas as pd


def check_consents(quotes: pd.DataFrame, cases: pd.DataFrame, *, audience: str) -> Iterator[Concern]:
    """Quotes of people who did not agree to the audience; quotes, cases: the tables."""
    allowed = with_consent(cases, least=audience, levels=CONSENTS)
    above = quotes[quotes["case_id"].notna() & ~quotes["case_id"].isin(allowed)]
    if len(above):
        yield Concern(
            "consent", "error", f"quotes of people who did not agree to {audience} quotes",
            tuple(above["quote_id"]), "pick them anew with `feedback run`, and write every report anew",
        )  # fmt: skip

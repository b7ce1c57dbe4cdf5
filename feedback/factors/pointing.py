"""Sentences that only say that the one before was the reason: "So I left."."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from .people import Heard
from .wording import points_back

if TYPE_CHECKING:
    import pandas as pd


def pointing_back(own: pd.DataFrame, who: Heard) -> dict[str, str]:
    """The segment that each such sentence among the reasons `own` (segment_id) speaks of, by segment_id.

    It is the reason said last before it in the same answer; without one the sentence is left out.
    """
    told = who.spoken[who.spoken["segment_id"].isin(own["segment_id"])]
    found: dict[str, str] = {}
    ordered = told.sort_values(["document_id", "turn", "start", "segment_id"], kind="stable")
    for _, answer in ordered.groupby(["document_id", "turn"], sort=False, observed=True):
        before = ""
        for segment_id, text in zip(answer["segment_id"], answer["text"], strict=True):
            if not points_back(text):
                before = segment_id
            elif before:
                found[segment_id] = before
    return found


def with_pointing(members: pd.DataFrame, matched: pd.DataFrame, pointing: Mapping[str, str]) -> pd.DataFrame:
    """The groups' `members` with the rows that such sentences have by what they speak of.

    matched: the members of themes; both have segment_id, case_id, factor_id and score.
    """
    import pandas as pd

    further = {one: before for one, before in pointing.items() if one not in set(matched["segment_id"])}
    known = pd.concat([part for part in (matched, members) if len(part)] or [members])
    told = pd.DataFrame({"pointing": list(further), "segment_id": list(further.values())}, dtype=object)
    also = told.merge(known[list(members.columns)].astype(object), on="segment_id")
    also = also.drop(columns="segment_id").rename(columns={"pointing": "segment_id"})
    parts = [part for part in (members, also[list(members.columns)]) if len(part)]
    return pd.concat(parts, ignore_index=True) if parts else members

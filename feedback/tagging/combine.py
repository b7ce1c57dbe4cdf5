"""Whose word counts where several coders spoke about a segment; the one place that decides it.

1. A person who read the segment: machines' tags of it do not count, whether the person agrees or not.
2. A classifier that was judged better than meaning on a theme: meaning's tags of the theme do not count.
   Where it was not, its own do not.
3. Phrases of the theme list always count where nobody has read: the researchers wrote them down themselves.

What each rule gains is measured in tests/quality/classifier-experiments.md. No table is changed.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from feedback.coding import MACHINES
from feedback.tables import conform, empty

if TYPE_CHECKING:
    import pandas as pd

READ = "a person read the segment"
BETTER = "the classifier is better than meaning at this theme"
NOT_BETTER = "the classifier was not found better than meaning at this theme"


@dataclass(frozen=True, eq=False)
class Combined:
    """tags: table `tags`, those that count. aside: coder, theme_id, reason, n (tags set aside)."""

    tags: pd.DataFrame
    aside: pd.DataFrame


def combine(by_coder: Mapping[str, pd.DataFrame], *, better: Collection[str] = ()) -> Combined:
    """The tags that count, of all coders' tables `tags` by name.

    People's rows without a theme say "read, nothing said". better: ids of the themes at which the classifier
    was judged better than meaning (`feedback.tagging.classifier.card.better_than_meaning`).
    """
    import pandas as pd

    people = [table for coder, table in by_coder.items() if coder not in MACHINES]
    read = {segment_id for table in people for segment_id in table["segment_id"]}
    kept, aside = [table.dropna(subset=["theme_id"]) for table in people], []
    for coder in MACHINES:
        if coder in by_coder and len(by_coder[coder]):
            reasons = _reasons(coder, by_coder[coder], read, set(better), learnt="classifier" in by_coder)
            kept.append(by_coder[coder][reasons == ""])
            aside.append(by_coder[coder].assign(reason=reasons)[reasons != ""])
    kept = [table for table in kept if len(table)]
    tags = conform("tags", pd.concat(kept, ignore_index=True)) if kept else empty("tags")
    columns = ["coder", "theme_id", "reason"]
    lost = pd.concat([table[columns].astype(str) for table in aside]) if aside else None
    if lost is None or lost.empty:
        return Combined(tags, pd.DataFrame(columns=[*columns, "n"]))
    return Combined(tags, lost.groupby(columns).size().rename("n").reset_index())


def _reasons(coder: str, tags: pd.DataFrame, read: set[str], better: set[str], *, learnt: bool) -> pd.Series:
    """Why each tag does not count; "" where it does."""
    is_better = tags["theme_id"].isin(better)
    reasons = is_better.map(lambda _: "").astype(object)
    if coder == "meaning" and learnt:
        reasons = reasons.mask(is_better, BETTER)
    if coder == "classifier":
        reasons = reasons.mask(~is_better, NOT_BETTER)
    return reasons.mask(tags["segment_id"].isin(read), READ)


def who_agreed(tags: pd.DataFrame) -> pd.DataFrame:
    """For each segment and theme of table `tags` the coders that gave it: segment_id, theme_id, coders, n."""
    import pandas as pd

    key = ["segment_id", "theme_id"]
    pairs = tags[[*key, "coder"]].astype(str).drop_duplicates().sort_values([*key, "coder"])
    # Most were given by one coder alone: only the others are put together, which takes long.
    several = pairs.duplicated(key, keep=False)
    alone = pairs[~several].rename(columns={"coder": "coders"}).assign(n=1)
    if not several.any():
        return alone.reset_index(drop=True)
    found = pairs[several].groupby(key)["coder"].agg([", ".join, "size"]).reset_index()
    joined = found.set_axis([*key, "coders", "n"], axis=1)
    return pd.concat([alone, joined]).sort_values(key, ignore_index=True)

"""What another theme list would change: every tag that comes and goes, before anything is changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

GAINED, LOST = "gained", "lost"
COLUMNS = ["theme_id", "change", "coder", "segment_id", "case_id", "score", "rule", "text"]
_KEY = ["theme_id", "segment_id", "coder"]


def tag_changes(before: pd.DataFrame, after: pd.DataFrame, segments: pd.DataFrame) -> pd.DataFrame:
    """The segments that coders tag differently in two tables `tags`: a row a theme, segment and coder.

    Columns: theme_id, change (gained, lost), coder, segment_id, case_id, score and rule of the tag, text. A
    segment that keeps a theme is no change, even if other words of it are the evidence now. Sorted by theme,
    gained first, surest first.
    """
    import pandas as pd

    old, new = _best(before), _best(after)
    both = old.merge(new, on=_KEY, how="outer", suffixes=("", "_new"), indicator=True)
    gone = both[both["_merge"] == "left_only"].assign(change=LOST)
    came = both[both["_merge"] == "right_only"].assign(change=GAINED)
    came = came.assign(score=came["score_new"], rule=came["rule_new"])
    rows = pd.concat([came, gone]).merge(segments[["segment_id", "case_id", "text"]], on="segment_id")
    rows = rows.sort_values(
        ["theme_id", "change", "score", "segment_id", "coder"], ascending=[True, True, False, True, True]
    )
    return rows[COLUMNS].reset_index(drop=True)


def people_by_theme(before: pd.DataFrame, after: pd.DataFrame, segments: pd.DataFrame) -> pd.DataFrame:
    """How many people and segments each theme has in two tables `tags`.

    Columns: theme_id, people_before, people_after, segments_before, segments_after; sorted by theme_id.
    """
    import pandas as pd

    counts = {}
    for when, tags in (("before", before), ("after", after)):
        whose = tags[["theme_id", "segment_id"]].astype(str)
        whose = whose.merge(segments[["segment_id", "case_id"]].astype(str), on="segment_id")
        by = whose.groupby("theme_id")
        counts[f"people_{when}"] = by["case_id"].nunique()
        counts[f"segments_{when}"] = by["segment_id"].nunique()
    order = ["people_before", "people_after", "segments_before", "segments_after"]
    table = pd.DataFrame(counts)[order].fillna(0).astype(int)
    return table.rename_axis("theme_id").sort_index().reset_index()


def _best(tags: pd.DataFrame) -> pd.DataFrame:
    """One row a theme, segment and coder: the surest evidence."""
    plain = tags[[*_KEY, "score", "rule"]].astype(dict.fromkeys(_KEY, str))
    ordered = plain.sort_values([*_KEY, "score", "rule"], ascending=[True, True, True, False, True])
    return ordered.drop_duplicates(_KEY, ignore_index=True)

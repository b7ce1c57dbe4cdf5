"""Tags as a test wants them: the same for each of some segments, which are their evidence from end to end."""

from __future__ import annotations

from typing import Any

import pandas as pd

from feedback.tables import conform


def tags_on(segments: pd.DataFrame, **tag: Any) -> pd.DataFrame:
    """Table `tags`: a tag with these values on each segment; theme_id and coder must be among them."""
    return conform("tags", segments[["segment_id", "document_id", "start", "end"]].assign(**tag))

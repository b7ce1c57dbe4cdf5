"""Who was heard in a project, and how many speak of each theme, without the words of all that was said."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from feedback.project import Project

if TYPE_CHECKING:
    import pandas as pd

    from feedback.model import ThemeRow

_COLUMNS = ("segment_id", "document_id", "case_id", "role", "text")


def heard_in(project: Project, *, besides: Collection[str] = ()) -> pd.DataFrame:
    """Some columns of table `segments`: one row of each person and document of which something was heard.

    besides: ids of further segments of participants, which are in it too.
    """
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    from feedback.parquet import columns_in
    from feedback.tables import empty, to_pandas

    file = project.file("segments")
    if not file.exists():
        return empty("segments")
    said = columns_in(file, list(_COLUMNS))
    told = pc.not_equal(pc.utf8_trim_whitespace(pc.fill_null(said["text"], "")), "")
    said = said.filter(pc.and_kleene(told, pc.equal(said["role"].cast(pa.string()), "participant")))
    whose = to_pandas(said.select(["document_id", "case_id"])).drop_duplicates().index.to_numpy()
    if besides:
        wanted = pc.is_in(said["segment_id"], pa.array(sorted(besides), pa.string()))
        whose = np.union1d(whose, np.flatnonzero(wanted))
    return to_pandas(said.take(pa.array(whose)))


def themes_heard(project: Project) -> tuple[ThemeRow, ...]:
    """The themes of a project's report with the people who speak of each, in its order, without quotes."""
    from feedback.pipeline.trained import tags_that_count
    from feedback.report.cards.part import SPOKEN
    from feedback.report.heard import voices_by_theme, who_was_heard
    from feedback.report.quoted import Quotes
    from feedback.report.voices import by_people, list_themes, theme_rows
    from feedback.tables import empty

    settings, tags = project.settings, tags_that_count(project)
    tables = {name: project.table(name) for name in ("documents", "cases")}
    tables["segments"] = heard_in(project, besides=set(tags["segment_id"]))
    heard = who_was_heard(tables, leaver=settings.factors.column)
    if not heard.people:
        return ()
    themes = list_themes(project.table("themes"), tags)
    voices = voices_by_theme(heard, tags, kinds=SPOKEN)
    quotes = Quotes(empty("quotes"), heard, empty("tags"))
    rows = theme_rows(themes, voices, quotes, of=len(heard.people), kinds=SPOKEN)
    return rows if settings.approach == "reflexive" else by_people(rows)

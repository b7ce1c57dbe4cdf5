"""A part of a large study as it is looked at for push factors, by itself and before any groups are made."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from .counted import own_reasons
from .matched import FLAGS, touched
from .people import Answers, answered, heard
from .questions import Study
from .reasons import find_reasons, leavers_of

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

NOBODY = ""  # a leaver who says nothing, since a part may be without leavers


@dataclass(frozen=True)
class Asked:
    """What holds for all parts. themes: ids of those that may be factors (none: all of them)."""

    themes: tuple[str, ...]
    study: Study
    main: tuple[str, ...] = ()


@dataclass(frozen=True)
class Part:
    """Whole documents, or whole respondents of a survey: tables `segments` and `tags` (those that count).

    cases: case_id and left ("yes", "no") of the people in it whom the participants table knows. reasons: as
    `tell` gave them, where that was asked before; then `look` tells of themes alone.
    """

    segments: pd.DataFrame = field(repr=False)
    tags: pd.DataFrame = field(repr=False)
    cases: pd.DataFrame = field(repr=False)
    reasons: pd.DataFrame | None = field(default=None, repr=False)


def look(asked: Asked, part: Part) -> dict[str, pa.Table]:
    """What is said of themes in a part (as `Touched`), and what `tell` gives, where it is not known."""
    import pandas as pd

    from feedback.tables import to_pandas

    told = tell(asked, part) if part.reasons is None else {}
    reasons = to_pandas(told["reasons"]) if part.reasons is None else part.reasons
    who = heard(part.segments, _cases(part), leaver="left", study=asked.study, answers=Answers())
    about = touched(own_reasons(reasons), who, tags=part.tags, themes=asked.themes)
    columns = ["segment_id", "case_id", "factor_id", "score"]
    return {
        **told,
        "stated": as_table(about.stated[columns]),
        "talk": as_table(about.talk[[*columns, *FLAGS]]),
        "same": as_table(about.same[columns]),
        "story": as_table(pd.DataFrame({"segment_id": sorted(about.story)})),
    }


def tell(asked: Asked, part: Part) -> dict[str, pa.Table]:
    """The `reasons` in a part, who is `asked`, how many are `silent`: on that its tags have no bearing."""
    import pandas as pd

    cases, left = _cases(part), "left"
    reasons = find_reasons(part.segments, cases, leaver=left, main=asked.main, study=asked.study)
    leavers = leavers_of(cases, leaver=left)
    answers = answered(part.segments, leavers, main=asked.main, study=asked.study)
    return {
        "reasons": as_table(reasons),
        "asked": as_table(pd.DataFrame(sorted(answers.asked), columns=["document_id", "case_id"])),
        "silent": as_table(pd.DataFrame(sorted(answers.silent.items()), columns=["document_id", "n"])),
    }


def _cases(part: Part) -> pd.DataFrame:
    import pandas as pd

    return pd.concat([part.cases, pd.DataFrame({"case_id": [NOBODY], "left": ["yes"]})])


def as_table(frame: pd.DataFrame) -> pa.Table:
    """A frame as Arrow, an empty column of words as words."""
    import pyarrow as pa

    kinds = {"score": pa.float64(), "n": pa.int64()} | dict.fromkeys(FLAGS, pa.bool_())
    fields = [pa.field(str(name), kinds.get(str(name), pa.string())) for name in frame.columns]
    return pa.Table.from_pandas(frame, pa.schema(fields), preserve_index=False).replace_schema_metadata()

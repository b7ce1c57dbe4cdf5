"""A person's decisions about segments, one after another, with the machine's proposals beside them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from feedback.codebook import Codebook
from feedback.errors import FeedbackError
from feedback.tables import conform

if TYPE_CHECKING:
    import pandas as pd

NONE = "0"


@dataclass(frozen=True, slots=True)
class Proposal:
    """A theme that one or more of the machine's coders, or another person, see in a segment.

    start, end: the evidence in the original. `by` names the coders with their scores, `rule` what made the
    surest one say so.
    """

    theme_id: str
    label: str
    start: int
    end: int
    by: tuple[str, ...]
    rule: str


def proposals(segment_id: str, tags: pd.DataFrame, codebook: Codebook, *, coder: str) -> list[Proposal]:
    """What everybody but the person who reviews sees in a segment, the surest theme first."""
    own = tags[(tags["segment_id"] == segment_id) & (tags["coder"] != coder)]
    own = own.sort_values(["score", "theme_id", "coder"], ascending=[False, True, True])
    found: dict[str, Proposal] = {}
    for row in own.itertuples(index=False):
        by = f"{row.coder} {row.score:.2f}"
        known = found.get(row.theme_id)
        if known is None:
            label = codebook[row.theme_id].label if row.theme_id in codebook else f"{row.theme_id} (gone)"
            known = Proposal(row.theme_id, label, row.start, row.end, (), row.rule or "")
        found[row.theme_id] = Proposal(
            known.theme_id, known.label, known.start, known.end, (*known.by, by), known.rule
        )
    return list(found.values())


def chosen(answer: str, proposed: Sequence[Proposal], codebook: Codebook) -> list[str]:
    """The themes that an answer means: "" all proposed, "0" none, "1 3" these, "+pay" one more.

    Raises FeedbackError for a number or a theme that there is none of.
    """
    words = answer.split()
    if not words:
        return [one.theme_id for one in proposed if one.theme_id in codebook]
    only_more = all(word.startswith("+") for word in words)
    kept = chosen("", proposed, codebook) if only_more else []
    for word in words:
        if word == NONE:
            continue
        if word.isdigit():
            if int(word) > len(proposed):
                raise FeedbackError(f"there is no proposal {word}", hint=f"1 to {len(proposed)}, or +theme")
            kept.append(proposed[int(word) - 1].theme_id)
        else:
            kept.append(named(word.removeprefix("+"), codebook))
    return list(dict.fromkeys(kept))


def named(word: str, codebook: Codebook) -> str:
    """The theme that a word means: an id, the beginning of one or of a label. FeedbackError for none."""
    if word in codebook:
        return word
    begins = [
        theme.id
        for theme in codebook
        if theme.id.startswith(word) or theme.key.startswith(word) or _plain(theme.label).startswith(word)
    ]
    if len(begins) == 1:
        return begins[0]
    if begins:
        raise FeedbackError(f"'{word}' begins several themes: {', '.join(begins)}")
    return codebook[word].id  # says which is near


def _plain(label: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", label.lower()).strip("-")


def decided(
    tags: pd.DataFrame, segment: Any, theme_ids: Sequence[str], proposed: Sequence[Proposal], *, coder: str
) -> pd.DataFrame:
    """The coder's table `tags` with this decision in the place of an earlier one about the segment.

    segment: a row of table `segments`. Without a theme there is one row whose theme_id is missing: "read,
    nothing said". The evidence is what was proposed, or else the whole segment.
    """
    import pandas as pd

    spans = {one.theme_id: (one.start, one.end) for one in proposed}
    rows = [
        {
            "segment_id": segment.segment_id,
            "theme_id": theme_id,
            "document_id": segment.document_id,
            "start": spans.get(theme_id or "", (segment.start, segment.end))[0],
            "end": spans.get(theme_id or "", (segment.start, segment.end))[1],
            "score": 1.0,
            "coder": coder,
            "rule": None,
            "valence": None,
            "assertion": None,
        }
        for theme_id in (*theme_ids,) or (None,)
    ]
    kept = tags[tags["segment_id"] != segment.segment_id]
    new = conform("tags", rows)
    return conform("tags", pd.concat([kept, new], ignore_index=True)) if len(kept) else new


def kept_of(decisions: Sequence[tuple[str, Sequence[Proposal], Sequence[str]]]) -> pd.DataFrame:
    """What became of proposals: theme_id, proposed, kept, added (themes that only the person saw).

    decisions: (segment_id, what was proposed, what was chosen).
    """
    import pandas as pd

    counts: dict[str, list[int]] = {}
    for _, proposed, themes in decisions:
        ids = {one.theme_id for one in proposed}
        for theme_id in sorted(ids | set(themes)):
            row = counts.setdefault(theme_id, [0, 0, 0])
            row[0] += theme_id in ids
            row[1] += theme_id in ids and theme_id in themes
            row[2] += theme_id not in ids
    table = [(theme_id, *row) for theme_id, row in sorted(counts.items())]
    return pd.DataFrame(table, columns=["theme_id", "proposed", "kept", "added"])

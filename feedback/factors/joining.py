"""Groups of reasons that further words can be put into: others' words, and reasons beyond a sample."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from feedback.tagging.assertion import assertions

from .background import IN_A_JOB, Measure, read_in, shortness
from .claims import claims
from .grouping import Claims, Groups
from .naming import content_words, says_much
from .questions import is_non_answer
from .small import centres
from .usual import Likely
from .wording import bare

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    import pyarrow as pa

    Vectors = np.ndarray[Any, Any]
    Labels = np.ndarray[Any, Any]
    Embed = Callable[[Sequence[str]], Vectors]

# segment_id, case_id, factor_id, score
Row = tuple[str, str, str, float]
_AT_ONCE = 20_000  # rows
_OTHERS = 1.8  # times chance: from here on others say the same


@dataclass(frozen=True)
class Fitted:
    """The middles of all groups, the factor of each that is shown, and from which nearness on words join it.

    own: for leavers' claims; others: for the words of those who were not asked why they left. `started`,
    `likely`: as of `Groups`.
    """

    middles: Vectors = field(repr=False)
    factors: Mapping[int, str]
    scale: Measure
    own: Mapping[int, float]
    others: Mapping[int, float]
    started: Mapping[int, int]
    likely: Likely = field(repr=False)


def fit(groups: Groups, factors: Mapping[int, str], scale: Measure) -> tuple[Fitted, list[Row]]:
    """The groups as they can be joined, and the rows of those that made them: each segment once a factor."""
    middles = centres(groups.claims.vectors, groups.labels)
    near = groups.claims.vectors @ middles.T
    told = groups.claims
    rows = _best(
        (segment_id, case_id, factors[group], float(vector @ middles[group]))
        for segment_id, case_id, group, vector in zip(
            told.segments, told.people, groups.labels.tolist(), told.vectors, strict=True
        )
        if group in factors
    )
    own = {group: _as_many(near, groups.labels, group, scale) for group in factors}
    others = {group: _as_near(rows, name, scale) for group, name in factors.items()}
    return Fitted(middles, factors, scale, own, others, groups.started, groups.likely), rows


def join_own(fitted: Fitted, spoken: pd.DataFrame, embed: Embed) -> list[Row]:
    """The groups of leavers' reasons (segment_id, case_id, text), claim by claim, each once a factor."""
    told = claims_of(spoken, embed, fitted.scale)
    usual, near = _usual(fitted, told), _joined(fitted, told, fitted.own)
    return _best([*usual.values(), *(found for row, found in near if row not in usual)])


def _usual(fitted: Fitted, told: Claims) -> dict[int, Row]:
    """The claims that give a usual reason which became a factor, as where the groups were made."""
    reasons = fitted.likely.reasons(told.vectors).tolist() if told.texts else []
    groups = {row: fitted.started.get(reason, -1) for row, reason in enumerate(reasons)}
    return {
        row: (
            told.segments[row],
            told.people[row],
            fitted.factors[group],
            float((told.vectors[row] * fitted.middles[group]).sum()),
        )
        for row, group in groups.items()
        if group in fitted.factors
    }


def join_others(fitted: Fitted, others: pd.DataFrame, embed: Embed) -> list[Row]:
    """The groups of what others say (segment_id, case_id, text): whole texts, of their own experience."""
    if not fitted.factors:
        return []
    return join_overheard(fitted, overheard(others, others_own(others), embed))


def others_own(others: pd.DataFrame) -> Labels:
    """Whether what others say (text) tells of their own experience, for each row."""
    import numpy as np

    return np.array([said == "own" for said in assertions(others["text"].tolist())], dtype=bool)


def overheard(others: pd.DataFrame, own: Labels, embed: Embed) -> pa.Table:
    """What others say as it may join groups: segment_id, case_id, short, vector (float32, as bytes).

    others: segment_id, case_id, text; own: of `others_own`. It depends on no group, so it can be kept.
    """
    import numpy as np
    import pyarrow as pa

    telling = [says_much(text) > 0 and not is_non_answer(text) for text in others["text"]]
    told = others.loc[own & np.array(telling, dtype=bool)]
    texts = [bare(text) for text in told["text"]]
    different = sorted(set(texts))
    rows = read_in(IN_A_JOB, different, embed).astype("<f4") if different else ()
    of = {text: row.tobytes() for text, row in zip(different, rows, strict=True)}
    return pa.table(
        {
            "segment_id": pa.array(told["segment_id"], pa.string()),
            "case_id": pa.array(told["case_id"], pa.string()),
            "short": pa.array(shortness(texts), pa.bool_()),
            "vector": pa.array([of[text] for text in texts], pa.binary()),
        }
    )


def join_overheard(fitted: Fitted, said: pa.Table) -> list[Row]:
    """The groups of what was `overheard`."""
    import numpy as np

    if not fitted.factors or not len(said):
        return []
    rows: list[Row] = []
    for batch in said.combine_chunks().to_batches(max_chunksize=_AT_ONCE):
        vectors = np.frombuffer(b"".join(batch["vector"].to_pylist()), "<f4").reshape(len(batch), -1)
        short = np.asarray(batch["short"].to_numpy(zero_copy_only=False), dtype=bool)
        own = fitted.scale.without_common(vectors.astype(np.float64), short)
        told = Claims([], batch["segment_id"].to_pylist(), batch["case_id"].to_pylist(), own)
        rows += [found for _, found in _joined(fitted, told, fitted.others)]
    return rows


def _joined(fitted: Fitted, told: Claims, least: Mapping[int, float]) -> Any:
    """The claims that are near enough to the group whose middle is nearest: their place, and their row."""
    import numpy as np

    # Not by matrix product, whose last digits depend on how many rows there are.
    near = np.einsum("ij,kj->ik", told.vectors, fitted.middles)
    for row, (segment_id, case_id, scores) in enumerate(zip(told.segments, told.people, near, strict=True)):
        best = int(scores.argmax()) if len(scores) else -1
        if best in fitted.factors and scores[best] >= least[best]:
            yield row, (segment_id, case_id, fitted.factors[best], float(scores[best]))


def _best(rows: Any) -> list[Row]:
    """Each segment once for each factor, with the nearness of the claim that is nearest."""
    best: dict[tuple[str, str, str], float] = {}
    for *key, score in rows:
        best[tuple(key)] = max(best.get(tuple(key), -1.0), score)
    return [(*key, score) for key, score in best.items()]


def claims_of(spoken: pd.DataFrame, embed: Embed, scale: Measure) -> Claims:
    """What each segment claims, in an order that the words decide; every text is embedded once."""
    rows = sorted(
        (text, segment_id, case_id)
        for segment_id, case_id, said in zip(
            spoken["segment_id"], spoken["case_id"], spoken["text"], strict=True
        )
        for text in claims(said)
        if content_words(text)
    )
    texts = [row[0] for row in rows]
    return Claims(texts, [row[1] for row in rows], [row[2] for row in rows], vectors_of(texts, embed, scale))


def vectors_of(texts: list[str], embed: Embed, scale: Measure) -> Vectors:
    """A centred row for each text; every text is embedded once, in an order that only the texts decide."""
    different = sorted(set(texts))
    at = {text: row for row, text in enumerate(different)}
    rows = scale.of(different, embed)
    return rows[[at[text] for text in texts]]


def _as_many(near: Vectors, labels: Any, group: int, scale: Measure) -> float:
    """The nearness from which on as many of the claims go to a group as are in it; above chance.

    So a group has the same share of the reasons beyond a sample as of those in it.
    """
    import numpy as np

    scores = np.sort(near[near.argmax(axis=1) == group, group])[::-1]
    number = int((labels == group).sum())
    return max(scale.alike, float(scores[min(number, len(scores)) - 1]) if len(scores) else 1.0)


def _as_near(rows: Sequence[Row], factor: str, scale: Measure) -> float:
    """How near others' words must be: they were not asked why they left, so nearly as near as leavers'.

    Four fifths, since a leaver's own words are part of the centre that they are compared with.
    """
    import numpy as np

    scores = [score for _, _, found, score in rows if found == factor]
    return max(_OTHERS * scale.alike, 0.8 * float(np.quantile(scores, 0.25)))

"""Push factors of a study of any size: looked at part by part, groups made from a sample, the rest joined.

What is said is read in parts (`look`), each by itself. Groups, their stability and their names come from at
most FIT_ON reasons that no theme covers, chosen by a hash of their ids, so that neither order nor parts play
a role; further reasons join the group whose middle they are near enough to (`join`). Everybody is counted.
A study without more reasons than that, and with no more than SAID segments, has the factors that
`find_factors` finds.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from feedback.codebook import Codebook
from feedback.embed import Embedder
from feedback.tagging.streaming import cut_of, in_sample

from .carried import nearest_by
from .counted import FactorResult, Found, Marks, own_reasons, result_of, uncovered
from .joining import Fitted, join_others, join_overheard, join_own, others_own, overheard
from .kept import Decision
from .leftover import LeftOver, group_left_over
from .looking import NOBODY, Asked, Part, as_table, look
from .matched import FLAGS, Touched, factors_of, matched, own_experience
from .people import Fetched, Heard
from .questions import not_there

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    import pyarrow as pa

    Tables = Mapping[str, pa.Table]
    Embed = Callable[[Sequence[str]], np.ndarray[Any, Any]]

FIT_ON = 20_000  # reasons that no theme covers
SAID = 50_000  # segments that say how people talk here: which words set a factor apart, what chance is
_NAMED_BY = 5_000  # segments of a factor whose words are looked at

__all__ = ["Asked", "Part", "find_in_parts", "join", "join_heard", "look", "overhear"]


@dataclass(frozen=True)
class Joining:
    """What puts further words into groups; fitted: None where there are no groups."""

    fitted: Fitted | None
    embedder: Embedder


@dataclass(frozen=True)
class Further:
    """Segments (segment_id, case_id, text): leavers' reasons beyond the sample, all that others say, and
    what others say of themes that are factors.
    """

    own: pd.DataFrame = field(repr=False)
    others: pd.DataFrame = field(repr=False)
    same: pd.DataFrame = field(repr=False)


@dataclass(frozen=True)
class Wish:
    """How the factors are wanted: as of `find_factors`."""

    codebook: Codebook | None
    smallest: int = 3
    groups: int = 0
    seed: int = 0
    kept: tuple[Decision, ...] = ()
    fit_on: int = FIT_ON
    said: int = SAID


@dataclass(frozen=True)
class Everybody:
    """The whole study: who left (named: how many of the participants table did), what participants said.

    ids: segment_id and case_id of all that participants said. leading: the segment ids of those documents by
    which it is told how people talk here. texts_of: segment ids to their words. unknown:
    how many people spoke who are in no participants table.
    """

    leavers: frozenset[str]
    named: int
    unknown: int
    ids: pa.Table
    leading: Sequence[str]
    texts_of: Callable[[Sequence[str]], dict[str, str]]


def join(joining: Joining, further: Further) -> dict[str, pa.Table]:
    """Which groups further words join (`members`), and which are of the speaker's own experience (`own`)."""
    rows: list[Any] = []
    embed = joining.embedder.encode
    if joining.fitted is not None:
        rows = join_own(joining.fitted, further.own, embed)
        rows += join_others(joining.fitted, further.others, embed)
    texts = dict(zip(further.same["segment_id"], further.same["text"], strict=True))
    own = own_experience(further.same[["segment_id"]], texts)
    return {"members": _members(rows), "own": as_table(own)}


def overhear(embedder: Embedder, others: pd.DataFrame) -> dict[str, pa.Table]:
    """What others say (segment_id, case_id, text) as it may join groups, and which is their own experience.

    What `join` does of it, but for the groups: it stays while the words do.
    """
    own = others_own(others)
    return {
        "overheard": overheard(others, own, embedder.encode),
        "own": as_table(others.loc[own, ["segment_id"]]),
    }


def join_heard(fitted: Fitted | None, heard: Tables) -> dict[str, pa.Table]:
    """As `join`, for others' words alone, of what `overhear` gives of them."""
    rows = [] if fitted is None else join_overheard(fitted, heard["overheard"])
    return {"members": _members(rows), "own": heard["own"]}


def _members(rows: Sequence[Any]) -> pa.Table:
    import pandas as pd

    return as_table(pd.DataFrame(rows, columns=["segment_id", "case_id", "factor_id", "score"]))


def find_in_parts(
    asked: Asked,
    everybody: Everybody,
    wish: Wish,
    embed: Embed,
    *,
    looked: Tables,
    joined: Callable[[Fitted | None, Sequence[str], Sequence[str]], Tables],
) -> FactorResult:
    """The factors of a study whose parts were looked at, as `find_factors` gives them.

    looked: the tables of `look` of all parts, joined. joined: does `join` over all parts, given the groups,
    the ids of leavers' reasons that may join them, and of others' segments that may speak of the same factor.
    """
    reasons = _frame(looked["reasons"]).sort_values("segment_id", kind="stable", ignore_index=True)
    why = frozenset(looked["asked"]["case_id"].to_pylist())
    about = Touched(
        _frame(looked["stated"]),
        _frame(looked["talk"]).astype(dict.fromkeys(FLAGS, bool)),
        _frame(looked["same"]),
        frozenset(looked["story"]["segment_id"].to_pylist()),
        # Over all parts: somebody may be asked in one of them and dwell on something in another.
        why,
    )
    theirs = matched(replace(about, same=about.same.head(0)), wish.codebook)
    rest = uncovered(own_reasons(reasons), theirs)
    said = _said(everybody, wish.said)
    left_over, beyond = _grouped(rest, everybody, wish, embed, said)
    same = about.same[about.same["factor_id"].isin(factors_of(about))]
    more = joined(left_over.fitted, beyond, sorted(set(same["segment_id"])))
    same = same[same["segment_id"].isin(more["own"]["segment_id"].to_pylist())]
    who = _who(asked, everybody, wish, why, silent=sum(looked["silent"]["n"].to_pylist()))
    return result_of(
        Found(
            reasons,
            matched(replace(about, same=same), wish.codebook),
            rest,
            replace(left_over, members=_with(left_over.members, more["members"])),
        ),
        who,
        codebook=wish.codebook,
        kept=wish.kept,
        nearest=nearest_by(embed, Fetched(everybody.texts_of)),
        marking=_marking(everybody, said),
    )


def _said(everybody: Everybody, most: int) -> dict[str, str]:
    """The words of at most so many segments, chosen by a hash of their ids."""
    return everybody.texts_of(_some(everybody.leading, most))


def _some(ids: Sequence[str], most: int) -> list[str]:
    import numpy as np

    chosen = np.flatnonzero(in_sample(ids, cut_of(ids, most=most))).tolist()
    return [ids[at] for at in chosen]


def _grouped(
    rest: pd.DataFrame, everybody: Everybody, wish: Wish, embed: Embed, said: Mapping[str, str]
) -> tuple[LeftOver, list[str]]:
    """The groups among the reasons of a sample, and the ids of the reasons that are not in it."""
    import pandas as pd

    ids = rest["segment_id"].tolist()
    chosen = set(_some(ids, wish.fit_on))
    sample = rest[rest["segment_id"].isin(chosen)]
    left = set(ids)
    # What leavers gave as reasons is no chat, in the sample or not.
    chat = {one: text for one, text in said.items() if one not in left}
    texts = chat | everybody.texts_of(sorted(chosen))
    case_of = dict(zip(sample["segment_id"], sample["case_id"], strict=True))
    rows = [(one, case_of.get(one, NOBODY), text) for one, text in texts.items()]
    spoken = pd.DataFrame(rows, columns=["segment_id", "case_id", "text"])
    spoken = spoken.sort_values(["text", "segment_id"], kind="stable", ignore_index=True)
    heard_here = Heard(spoken, frozenset(spoken["case_id"]), 0, 0, 0, frozenset())
    left_over = group_left_over(
        sample,
        heard_here,
        embed=embed,
        codebook=wish.codebook,
        smallest=wish.smallest,
        number=wish.groups,
        seed=wish.seed,
    )
    return left_over, [one for one in ids if one not in chosen]


def _who(asked: Asked, everybody: Everybody, wish: Wish, why: frozenset[str], *, silent: int) -> Heard:
    import pandas as pd

    spoken = _frame(everybody.ids) if wish.kept else pd.DataFrame(columns=["segment_id", "case_id"])
    return Heard(
        spoken,
        everybody.leavers,
        everybody.named,
        everybody.unknown,
        silent,
        frozenset(),
        why,
        tuple(not_there(asked.study, asked.main)),
    )


def _marking(everybody: Everybody, said: Mapping[str, str]) -> Marks:
    """The words that mark what some segments say, by those of them that a hash chooses."""
    return Marks(lambda ids: everybody.texts_of(_some(sorted(ids), _NAMED_BY)), said)


def _with(members: pd.DataFrame, more: pa.Table) -> pd.DataFrame:
    import pandas as pd

    parts = [part for part in (members, _frame(more)) if len(part)]
    return pd.concat(parts, ignore_index=True) if parts else members


def _frame(table: pa.Table) -> pd.DataFrame:
    from feedback.tables import to_pandas

    return to_pandas(table)

"""People's tags as something to learn from: which segments were read, by whom said, and with which themes."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from feedback.codebook import Codebook
from feedback.errors import FeedbackError

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

    Array = np.ndarray[Any, Any]

FEWEST_SEGMENTS, FEWEST_PEOPLE = 3, 2
_REVIEW = "code some with `feedback tag --review`, or take codings in with `feedback import`"


class TagsLeftOut(UserWarning):
    """Some of the people's tags could not be learnt from; they stay where they are."""


@dataclass(frozen=True, eq=False)
class Labels:
    """What people said of the segments that they read.

    places: rows of the segments given, sorted. truth: 0 or 1, (read segments, themes). people: who spoke
    each, as numbers from 0. theme_ids: those that can be learnt; not_learnt: the others that people used,
    with segments and people. coders: whose tags these are.
    """

    places: Array
    truth: Array
    people: Array
    theme_ids: tuple[str, ...]
    not_learnt: tuple[tuple[str, int, int], ...]
    coders: tuple[str, ...]

    @property
    def n_people(self) -> int:
        return int(self.people.max()) + 1 if len(self.people) else 0


def labels_of(segments: pd.DataFrame, human_tags: pd.DataFrame, codebook: Codebook) -> Labels:
    """What can be learnt from `human_tags` (table `tags`, of one or several people) about `segments`.

    A segment is read by those who have a row for it; a row without a theme says "read, nothing said". Of
    several who read a segment, half must have given it the theme. Warns TagsLeftOut of tags on segments that
    are gone and of themes that the list does not have. Errors: FeedbackError when nothing was read, when all
    that was read is of one person, and when no theme was given to 3 segments of 2 people.
    """
    own = segments.reset_index(drop=True)
    own = own[own["role"] != "interviewer"].drop_duplicates("segment_id")
    tags = _known(human_tags, own, codebook)
    read = own[own["segment_id"].isin(tags["segment_id"])]
    if not len(read):
        raise FeedbackError("there are no tags of people to learn from", hint=_REVIEW)
    people = _numbered(read)
    if people.max() < 1:
        raise FeedbackError(
            "all that people coded was said by one person, so nothing can be learnt of others",
            hint="code words of other people, too; " + _REVIEW,
        )
    truth = _truth(tags, read, codebook)
    support = truth.sum(axis=0)
    heard = [len(set(people[truth[:, at] > 0])) for at in range(len(codebook))]
    fit = (support >= FEWEST_SEGMENTS) & (support < len(read)) & ([n >= FEWEST_PEOPLE for n in heard])
    if not fit.any():
        raise FeedbackError(
            f"no theme was given to {FEWEST_SEGMENTS} segments of {FEWEST_PEOPLE} people and not to others",
            hint=_REVIEW,
        )
    ids = codebook.ids
    return Labels(
        places=read.index.to_numpy(),
        truth=truth[:, fit],
        people=people,
        theme_ids=tuple(theme for theme, one in zip(ids, fit, strict=True) if one),
        not_learnt=tuple(
            (theme, int(support[at]), heard[at])
            for at, theme in enumerate(ids)
            if support[at] and not fit[at]
        ),
        coders=tuple(sorted({str(coder) for coder in tags["coder"].dropna()})),
    )


def _known(human_tags: pd.DataFrame, own: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    here = human_tags["segment_id"].isin(own["segment_id"])
    if not here.all():
        message = (
            f"{int((~here).sum())} of {len(here)} tags are on segments that are gone and were left out; "
            "they are kept, and codings taken in again are put in their new places"
        )
        warnings.warn(message, TagsLeftOut, stacklevel=4)
    tags = human_tags[here]
    foreign = tags["theme_id"].notna() & ~tags["theme_id"].isin(codebook.ids)
    if foreign.any():
        names = ", ".join(sorted(set(tags.loc[foreign, "theme_id"].astype(str)))[:5])
        message = f"{int(foreign.sum())} tags are of themes that the theme list does not have ({names})"
        warnings.warn(message, TagsLeftOut, stacklevel=4)
    # The segment was read, whatever has become of the theme.
    return tags.assign(theme_id=tags["theme_id"].astype(object).mask(foreign, None))


def _numbered(read: pd.DataFrame) -> Array:
    import numpy as np

    people = read["case_id"].astype(object).where(read["case_id"].notna(), read["document_id"]).astype(str)
    return np.unique(people.to_numpy(dtype=str), return_inverse=True)[1].ravel()


def _truth(tags: pd.DataFrame, read: pd.DataFrame, codebook: Codebook) -> Array:
    import numpy as np

    place = {segment_id: at for at, segment_id in enumerate(read["segment_id"])}
    column = {theme_id: at for at, theme_id in enumerate(codebook.ids)}
    readers = tags.groupby("segment_id", observed=True)["coder"].nunique()
    given = tags.dropna(subset=["theme_id"]).groupby(["segment_id", "theme_id"], observed=True)["coder"]
    truth = np.zeros((len(read), len(codebook)), dtype=np.int8)
    for (segment_id, theme_id), times in given.nunique().items():
        truth[place[segment_id], column[theme_id]] = 2 * times >= readers[segment_id]
    return truth


def folds_of(labels: Labels, *, at_most: int = 5, seed: int = 0) -> Array:
    """A fold for each read segment: people stay whole, and rare themes are spread over the folds."""
    import numpy as np

    n_folds = min(at_most, labels.n_people)
    rarity = labels.truth.sum(axis=0).argsort(kind="stable").argsort(kind="stable")
    chance = np.random.default_rng(seed).permutation(labels.n_people)
    rarest = np.full(labels.n_people, len(rarity))
    rows, themes = labels.truth.nonzero()
    np.minimum.at(rarest, labels.people[rows], rarity[themes])
    order = np.lexsort((chance, rarest))
    fold = np.empty(labels.n_people, dtype=int)
    fold[order] = np.arange(labels.n_people) % n_folds
    return fold[labels.people]

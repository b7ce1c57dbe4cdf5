"""Groups among few texts: what is alike is put together, what is not stays by itself.

Average-linkage clustering on cosines, cut where pairs are no more alike than chance; nothing is forced
into a group, and a group needs several people.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

    Vectors = np.ndarray[Any, Any]
    Labels = np.ndarray[Any, Any]

# Times the cosine that unrelated texts reach by chance (see background.py): to be linked, to stay in a
# group, to join one. Chosen on planted sets of 20 to 80 reasons with a fifth of chat among them.
_LINK, _STAY, _JOIN = 1.05, 1.3, 1.5
_LUCK = 3.5
_ROUNDS = 2
NONE = -1


def group_few(vectors: Vectors, *, alike: float) -> Labels:
    """A group number for each row of `vectors` (centred, length 1); NONE for a text by itself."""
    import numpy as np
    from sklearn.cluster import AgglomerativeClustering

    if len(vectors) < 2:
        return np.full(len(vectors), NONE)
    apart = np.clip(1 - vectors @ vectors.T, 0, 2)
    np.fill_diagonal(apart, 0)
    model = AgglomerativeClustering(
        n_clusters=None, distance_threshold=1 - _LINK * alike, metric="precomputed", linkage="average"
    )
    labels = model.fit_predict(apart)
    return np.where(np.bincount(labels)[labels] > 1, labels, NONE)


def settle(
    vectors: Vectors,
    labels: Labels,
    people: Sequence[Any],
    *,
    alike: float,
    smallest: int = 3,
    tight: bool = True,
) -> Labels:
    """The groups after each text went where it is nearest, or nowhere; numbered by size, NONE elsewhere.

    A text stays in its group, or joins another, only when it is near enough to the group's centre (its own
    part left out). Groups of fewer than `smallest` people are dissolved, and with `tight` so is a small
    group that is no closer than the best of many chance meetings.
    """
    labels = _with_people(labels, people, smallest)
    for _ in range(_ROUNDS):
        kept = sorted(set(labels.tolist()) - {NONE})
        if not kept:
            return labels
        moved = _nearest(vectors, labels, kept, alike)
        labels = _with_people(moved, people, smallest)
    return by_size(_tight(vectors, labels, people, alike) if tight else labels, people)[0]


def _nearest(vectors: Vectors, labels: Labels, kept: list[int], alike: float) -> Labels:
    """The group of `kept` that each row is nearest to, its own part left out; NONE where it is not near."""
    import numpy as np

    sums = np.stack([vectors[labels == group].sum(axis=0) for group in kept])
    rows = np.flatnonzero(np.isin(labels, kept))
    own = np.searchsorted(kept, labels[rows])
    to, length = vectors @ sums.T, np.tile((sums**2).sum(axis=1), (len(vectors), 1))
    itself = (vectors[rows] ** 2).sum(axis=1)
    length[rows, own] += itself - 2 * to[rows, own]
    to[rows, own] -= itself
    near = to / np.maximum(np.sqrt(np.maximum(length, 0)), 1e-9)
    best = near.argmax(axis=1)
    stays = labels == np.array(kept)[best]
    enough = near.max(axis=1) >= alike * np.where(stays, _STAY, _JOIN)
    return np.where(enough, np.array(kept)[best], NONE)


def centres(vectors: Vectors, labels: Labels) -> Vectors:
    """One row of length 1 for each group 0, 1, ...: the middle of its texts."""
    import numpy as np

    groups = range(int(labels.max(initial=NONE)) + 1)
    sums = np.array([vectors[labels == group].sum(axis=0) for group in groups]).reshape(-1, vectors.shape[1])
    length = np.linalg.norm(sums, axis=1, keepdims=True)
    return sums / np.where(length > 1e-9, length, 1.0)


def _tight(vectors: Vectors, labels: Labels, people: Sequence[Any], alike: float) -> Labels:
    """The groups whose people are close enough for their number.

    Among fifty unrelated texts some three are always rather close, but hardly ever eight: the mean cosine
    between different people's texts must reach `alike` times 1 + 3.5 / people, more among more texts.
    """
    import numpy as np

    who, kept = np.asarray(people, dtype=object), labels.copy()
    luck = _LUCK * np.log(max(len(labels), 20)) / np.log(50)
    for group in set(labels.tolist()) - {NONE}:
        own = labels == group
        if likeness(vectors[own], who[own]) < alike * (1 + luck / len(set(who[own].tolist()))):
            kept[own] = NONE
    return kept


def likeness(vectors: Vectors, people: Sequence[Any]) -> float:
    """The mean cosine between different people's texts; 0 where all are one person's."""
    import numpy as np

    _, whose, number = np.unique(
        np.asarray(people, dtype=object).astype(str), return_inverse=True, return_counts=True
    )
    pairs = len(vectors) ** 2 - (number**2).sum()
    if not pairs:
        return 0.0
    sums = np.zeros((len(number), vectors.shape[1]))
    np.add.at(sums, whose, vectors)
    return float(((sums.sum(axis=0) ** 2).sum() - (sums**2).sum()) / pairs)


def _people_in(labels: Labels, people: Sequence[Any]) -> dict[int, int]:
    found: dict[int, set[Any]] = {}
    for group, person in zip(labels.tolist(), people, strict=True):
        if group != NONE:
            found.setdefault(group, set()).add(person)
    return {group: len(members) for group, members in found.items()}


def _with_people(labels: Labels, people: Sequence[Any], smallest: int) -> Labels:
    import numpy as np

    enough = {group for group, count in _people_in(labels, people).items() if count >= smallest}
    return np.array([group if group in enough else NONE for group in labels.tolist()], dtype=int)


def by_size(labels: Labels, people: Sequence[Any]) -> tuple[Labels, list[int]]:
    """The groups numbered anew, most people first, and the number that each had before."""
    import numpy as np

    first = {group: labels.tolist().index(group) for group in set(labels.tolist())}
    ordered = sorted(_people_in(labels, people).items(), key=lambda item: (-item[1], first[item[0]]))
    before = [group for group, _ in ordered]
    number = {group: at for at, group in enumerate(before)}
    return np.array([number.get(group, NONE) for group in labels.tolist()], dtype=int), before

"""Tagging a study of any size in parts: what is learnt from the whole is learnt first, from a sample.

`fit` looks at no more than FIT_ON segments, chosen by a hash of their ids, so that neither order nor parts
play a role; `tag_shard` then needs a part's own rows and nothing else. A study that is small enough is fitted
on all of its segments, and has the same tags in one part and in many.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, partial
from typing import TYPE_CHECKING, Any

from feedback.codebook import Codebook
from feedback.errors import FeedbackError
from feedback.registry import part
from feedback.tables import conform, empty

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

    from feedback.embed import Embedder
    from feedback.tagging.classifier import Classifier
    from feedback.tagging.coders import Meaning

    Embed = Callable[[Sequence[str]], np.ndarray[Any, Any]]

FIT_ON = 50_000  # segments
MASKED = "["  # in a text that is left out where documents to learn from are chosen
SHARD = 20_000  # segments that `tag` takes at a time where there are more


@dataclass(frozen=True)
class Choice:
    """Who tags, with which list, and from which score on (0 to 1) meaning does; `thresholds`: by theme."""

    codebook: Codebook
    by: tuple[str | Classifier, ...]
    threshold: float
    thresholds: Mapping[str, float] = field(default_factory=dict)

    @property
    def limits(self) -> dict[str, float]:
        """The least score of each theme, by id."""
        return {theme.id: self.thresholds.get(theme.id, self.threshold) for theme in self.codebook}

    @property
    def hears(self) -> bool:
        """Whether a coder needs to know what the segments say together."""
        return any(coder != "rules" for coder in self.by)


@dataclass(frozen=True, eq=False)
class Fitted:
    """What tagging must know before it can tag a part of a study: some megabytes that can be pickled.

    meaning: None where the one part is the whole study. cut: of the hashes of the ids of the segments that
    were fitted on; None when all were. documents: those from whose texts without masks they are; None for all
    texts of all.
    """

    choice: Choice
    meaning: Meaning | None = None
    cut: int | None = None
    documents: frozenset[str] | None = None

    def among(self, said: pd.DataFrame) -> np.ndarray[Any, Any] | None:
        """Whether each of some segments was fitted on; None when all were."""
        if self.cut is None and self.documents is None:
            return None
        chosen = in_sample(list(said["segment_id"]), self.cut)
        if self.documents is not None:
            chosen &= said["document_id"].isin(self.documents).to_numpy()
            chosen &= ~said["text"].str.contains(MASKED, regex=False).to_numpy(dtype=bool)
        return chosen


def cut_of(segment_ids: Sequence[str], *, most: int = FIT_ON) -> int | None:
    """Below which hash an id belongs to the sample of `most` segments; None when there are no more of them.

    segment_ids: of all that participants said, in any order.
    """
    import numpy as np

    if len(segment_ids) <= most:
        return None
    return int(np.partition(_hashes(segment_ids), most)[most])


def in_sample(segment_ids: Sequence[str], cut: int | None) -> np.ndarray[Any, Any]:
    """Whether each segment is in the sample: bool (len(segment_ids),)."""
    import numpy as np

    if cut is None:
        return np.ones(len(segment_ids), dtype=bool)
    found: np.ndarray[Any, Any] = _hashes(segment_ids) < np.uint64(cut)
    return found


def fit(
    segments: pd.DataFrame,
    choice: Choice,
    *,
    embedder: Embedder | None = None,
    cut: int | None = None,
    most: int = FIT_ON,
) -> Fitted:
    """What `tag_shard` must know of a study: how common each theme is, and what the theme list measures.

    segments: table `segments`, of which no more than `most` are looked at; with a `cut` (of `cut_of`) they
    are the sample already. embedder: the shipped model by default.
    """
    from feedback.tagging.coders import learn_meaning

    if not choice.hears or not len(choice.codebook):
        return Fitted(choice)
    said = _said(segments)
    if cut is None:
        cut = cut_of(list(said["segment_id"]), most=most)
        said = said[in_sample(list(said["segment_id"]), cut)]
    meaning = learn_meaning(list(said["text"]), choice.codebook, embed_once(embedder))
    return Fitted(choice, meaning, cut)


def tag_shard(
    fitted: Fitted,
    segments: pd.DataFrame,
    edits: pd.DataFrame | None = None,
    *,
    embedder: Embedder | None = None,
    seen: tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]] | None = None,
) -> pd.DataFrame:
    """Table `tags` of a part of a study: whole documents, or a survey's rows of whole respondents.

    edits: table `edits`, of these documents at least. embedder: the one that it was fitted with. seen: what
    the ruler says of what participants say in it, in order, where that is known. Nothing but the arguments
    plays a part, so it may run anywhere and in any order.
    """
    import pandas as pd

    from feedback.tagging.replies import places_of
    from feedback.tagging.table import as_tags

    said, choice = _said(segments), fitted.choice
    if not len(said) or not len(choice.codebook):
        return empty("tags")
    texts = list(said["text"])
    known = dict(zip(texts, seen[1], strict=True)) if seen else {}
    embed, places = embed_once(embedder, known), places_of(segments, of=said)
    meaning = fitted.meaning
    if meaning:
        meaning = replace(meaning, among=fitted.among(said), seen=seen)
    parts = []
    for coder in choice.by:
        name, find = coder_named(coder, choice.codebook, embedder)
        if coder == "meaning" or not isinstance(coder, str):
            find = partial(find, meaning=meaning)
        rows = find(texts, choice.codebook, embed, choice.limits, places)
        parts.append(as_tags(rows, name, said, edits, embed))
    return conform("tags", pd.concat(parts, ignore_index=True))


def shards(segments: pd.DataFrame, *, rows: int = SHARD) -> Iterator[pd.DataFrame]:
    """The segments in parts of some `rows` rows: whole documents, surveys cut between their turns.

    A document in which somebody asks is never cut.
    """
    ordered = segments.sort_values(["document_id", "start", "end"], kind="stable")
    asked = set(ordered.loc[ordered["role"] == "interviewer", "document_id"])
    start = 0
    units = list(zip(ordered["document_id"], ordered["turn"], strict=True))
    for at in range(1, len(units) + 1):
        if at == len(units):
            yield ordered.iloc[start:]
        elif at - start >= rows:
            document, turn = units[at]
            same = units[at - 1][0] == document and (document in asked or units[at - 1][1] == turn)
            if not same:
                yield ordered.iloc[start:at]
                start = at


def coder_named(
    coder: str | Classifier, codebook: Codebook, embedder: Embedder | None
) -> tuple[str, Callable[..., Sequence[Any]]]:
    """The coder's name and what finds; a classifier is asked whether it fits."""
    if coder == "classifier":
        raise FeedbackError(
            "a classifier has to learn before it can tag",
            hint="`feedback train`, or in Python by=[fb.train(segments, human_tags, codebook)]",
        )
    if isinstance(coder, str):
        return coder, part("taggers", coder)
    from feedback.embed import load

    coder.check(codebook, (embedder or load()).fingerprint)
    return coder.name, coder


def embed_once(embedder: Embedder | None, known: Mapping[str, np.ndarray[Any, Any]] | None = None) -> Embed:
    """Texts to vectors, each text once; the shipped model is read when the first is asked for."""
    from feedback.embed import load
    from feedback.tagging.vectors import Once

    if embedder is not None:
        return Once(embedder.encode, known, getattr(embedder, "fixed", None))
    shipped = cache(load)
    return Once(lambda texts: shipped().encode(texts), known)


def _said(segments: pd.DataFrame) -> pd.DataFrame:
    """What participants said, in the order of the documents."""
    said = segments[segments["role"] != "interviewer"]
    return said.sort_values(["document_id", "start", "end"], kind="stable").reset_index(drop=True)


def _hashes(segment_ids: Sequence[str]) -> np.ndarray[Any, Any]:
    import numpy as np

    told = bytearray()
    for one in segment_ids:
        told += hashlib.blake2b(one.encode(), digest_size=8).digest()
    return np.frombuffer(told, dtype="<u8")

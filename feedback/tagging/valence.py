"""How a text speaks of its matter: negative, positive, neutral or mixed.

Two readers whose votes are added: the words, alone and in pairs, and the sentence vector, each weighed by
a logistic regression that was fitted on complaints and praise written for this purpose and on sentences of
restaurant guests (`models/manner`). With vectors other than the shipped ones the words vote alone.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from feedback.shipped import shipped
from feedback.spans import Span
from feedback.tagging.blocks import product
from feedback.tagging.manner import runs_of_words, weights
from feedback.tagging.pieces import cut, sentences, trimmed
from feedback.tagging.vectors import fixed_by

if TYPE_CHECKING:
    import numpy as np

    Vectors = np.ndarray[Any, Any]
    Embed = Callable[[Sequence[str]], Vectors]

VALENCES = ("negative", "positive", "neutral", "mixed")
PROBE = "The staff were rude and the wait was long."
_SAME = 0.97  # cosine at which the vectors are those that the weights were fitted with
_NEUTRAL = 0.35  # log odds between -0.35 and 0.35 take no side
_FACTS = -0.5  # log odds against a bare fact: rare where people are asked what they think
_SIDE = 0.9  # in mixed texts one part lies beyond this on each side
_FEWEST_WORDS = 3
_BUT = (
    r"(?<=;)\s+|,?\s+\b(?:but|although|though|however|whereas|while|yet|except(?: that)?|"
    r"on the other hand|mind you)\b,?\s+"
)
_TURN = re.compile(_BUT, re.IGNORECASE)
# What is said of one thing often ends where the next has words of its own.
_NEXT = re.compile(rf"{_BUT}|,\s+(?=(?:and )?(?:the|it|they|we|i|my|our)\b)", re.IGNORECASE)


def valences(texts: Sequence[str], embed: Embed) -> list[str]:
    """One of "negative", "positive", "neutral", "mixed" for each text.

    embed: texts -> rows of length 1. "mixed" when parts of the text (sentences, and what stands on either
    side of "but" or "although") lie clearly on both sides.
    """
    if not texts:
        return []
    parts = [_parts(text) for text in texts]
    every = sorted({*texts, *(part for found in parts if len(found) > 1 for part in found)})
    votes = dict(zip(every, _votes(every, embed), strict=True))
    return [
        _verdict(votes[text], [votes[part] for part in found] if len(found) > 1 else [])
        for text, found in zip(texts, parts, strict=True)
    ]


def valences_at(places: Sequence[tuple[str, int, int]], embed: Embed) -> list[str]:
    """The same for pieces of evidence (text, start, end): how the clauses around each speak.

    In "The team was lovely but the pay was awful" team is positive and pay negative.
    """
    return valences([statement_at(*place) for place in places], embed)


def print_of(embed: Embed) -> str:
    """16 letters and figures that tell vectors from other vectors that would change a valence.

    A student reads the tool's own sentences as its teacher does, and a study's otherwise.
    """
    import numpy as np

    both = [np.asarray(read([PROBE]), dtype=np.float32) for read in (fixed_by(embed), embed)]
    return hashlib.sha256(np.concatenate(both).tobytes()).hexdigest()[:16]


def statement_at(text: str, start: int, end: int) -> str:
    """The part of the text that speaks of text[start:end]: the clauses that it stands in."""
    pieces = [piece for span in sentences(text) for piece in _joined(text, cut(text, span, _NEXT))]
    touched = [piece for piece in pieces if piece.start < end and piece.end > start]
    return text[touched[0].start : touched[-1].end].strip() if touched else text


def valence_scores(texts: Sequence[str], embed: Embed) -> Vectors:
    """The log odds of praise against complaint for each text, mostly within -4 and 4."""
    votes = _votes(texts, embed)
    scores: Vectors = votes[:, 1] - votes[:, 0]
    return scores


def _votes(texts: Sequence[str], embed: Embed) -> Vectors:
    """What speaks for complaint, praise and neither: a row for each text."""
    import numpy as np

    said = weights("valence").logits([runs_of_words(text) for text in texts])
    alone, beside = said[:, :3], said[:, 3:]
    columns, probe = _vector_weights()
    here = np.asarray(fixed_by(embed)([PROBE]), dtype=np.float64)[0]
    if here.shape != probe.shape or here @ probe < _SAME:
        return alone
    vectors = np.asarray(embed(list(texts)), dtype=np.float64).reshape(len(texts), -1)
    votes: Vectors = beside + product(vectors, columns)
    return votes


@cache
def _vector_weights() -> tuple[Vectors, Vectors]:
    """What each number of a shipped vector adds to the three votes, and the vector of PROBE."""
    import numpy as np

    lines = shipped("models", "manner", "vectors.tsv").read_text(encoding="utf-8").splitlines()[1:]
    rows = np.array([[float(value) for value in line.split("\t")] for line in lines])
    return rows[:, :3], rows[:, 3]


def _verdict(whole: Vectors, parts: list[Vectors]) -> str:
    """The side of a text from its votes and those of its parts."""
    odds = [float(part[1] - part[0]) for part in parts]
    if odds and min(odds) < -_SIDE and max(odds) > _SIDE:
        return "mixed"
    votes = (whole + sum(parts) / len(parts)) / 2 if parts else whole
    negative, positive, neutral = map(float, votes)
    if abs(positive - negative) < _NEUTRAL or neutral + _FACTS > max(negative, positive):
        return "neutral"
    return "positive" if positive > negative else "negative"


def _parts(text: str) -> list[str]:
    spans = trimmed(text, [part for span in sentences(text) for part in cut(text, span, _TURN)])
    return [part for part in (text[span.start : span.end] for span in spans) if len(part.split()) > 1]


def _joined(text: str, spans: Any) -> list[Span]:
    """The spans, those of one or two words with the one before."""
    kept: list[Span] = []
    for span in spans:
        if kept and len(text[span.start : span.end].split()) < _FEWEST_WORDS:
            kept[-1] = Span(kept[-1].start, span.end)
        else:
            kept.append(span)
    return kept


COMPLAINTS: tuple[str, ...] = (
    "I was exhausted all the time.",
    "I had far too many cases and no time to do any of them properly.",
    "Nobody listened to us.",
    "My supervision was cancelled again and again.",
    "The system is slow, clumsy and full of errors.",
    "I felt let down by the managers.",
    "We were blamed for everything that went wrong.",
    "I was frightened and nobody came to help.",
    "The pay is too low for what we do.",
    "It was chaotic and badly organised.",
    "The training was a waste of time.",
    "I spent my evenings filling in forms.",
    "There was no support at all.",
    "Waiting weeks for an answer is unacceptable.",
    "The staff were rude and dismissive.",
    "The communication was terrible.",
    "I was left on my own without any guidance.",
    "It made me ill.",
    "I dreaded going in on Monday mornings.",
    "There were never enough people.",
    "They kept changing everything without telling us.",
    "The room was dirty and noisy.",
    "I could not get through to anyone on the phone.",
    "It is a disgrace how people are treated.",
    "I lost all confidence in myself.",
    "The workload was impossible.",
    "My manager was a bully.",
    "I never got any feedback.",
    "The course was nothing like the real job.",
    "I cried in the car before work.",
    "There is no chance of promotion.",
    "We spent more time on paperwork than with families.",
    "It was too much, too soon.",
    "The placement was a disaster.",
    "I felt stupid and unwelcome.",
    "They did not care about us.",
    "The food was cold and tasteless.",
    "I had to wait for hours in pain.",
    "It was disappointing and overpriced.",
    "Everything took far too long.",
    "I was sworn at and threatened.",
    "They promised help that never came.",
    "The building was falling apart.",
    "I hated it.",
    "Nothing ever changed, however often we complained.",
    "I was worn down by the constant pressure.",
    "The rules make no sense and get in the way.",
    "Could be better, more staff needed.",
    "Poor service.",
    "I would not recommend it to anyone.",
)

PRAISE: tuple[str, ...] = (
    "I was full of energy.",
    "I had a manageable number of cases and time to do them well.",
    "People really listened to us.",
    "My supervision was regular and it helped me think.",
    "The system is quick and easy to use.",
    "I felt backed by my managers.",
    "When something went wrong we learnt from it together.",
    "I felt safe because someone always came to help.",
    "The pay is good for what we do.",
    "It was calm and well organised.",
    "The training was excellent and really useful.",
    "I had plenty of time with families.",
    "There was great support from everyone.",
    "I got an answer straight away.",
    "The staff were friendly and kind.",
    "The communication was clear and quick.",
    "Somebody was always there to guide me.",
    "It did me good.",
    "I looked forward to going in every morning.",
    "There were always enough people.",
    "They kept us informed about everything.",
    "The room was clean and quiet.",
    "It was easy to get through on the phone.",
    "Everyone was treated with respect.",
    "I became much more confident.",
    "The workload was fair.",
    "My manager was wonderful.",
    "I got thoughtful feedback.",
    "The course prepared me really well for the job.",
    "I came home happy.",
    "There were real chances to progress.",
    "I loved the time I spent with the children.",
    "It was the right pace for me.",
    "The placement was brilliant.",
    "I felt welcome and valued.",
    "They really cared about us.",
    "The food was delicious.",
    "I was seen immediately and looked after very well.",
    "It was a pleasure and good value.",
    "Everything went smoothly.",
    "My colleagues were always there for each other.",
    "They kept every promise they made.",
    "The building was lovely.",
    "I loved it.",
    "Things improved every time we raised something.",
    "I felt relaxed and supported.",
    "The procedures are clear and helpful.",
    "Nothing to improve, very satisfied.",
    "Excellent service.",
    "I would recommend it to anyone.",
)

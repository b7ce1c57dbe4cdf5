"""How a text speaks of its matter: negative, positive, neutral or mixed, by nearness to anchor sentences.

No list of words: a text is compared with complaints and praise written for this purpose, about work and
training and about services in general, along the direction that tells the two apart best (a ridge
regression on some hundred anchors).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from .pieces import cut, sentences, trimmed

if TYPE_CHECKING:
    import numpy as np

    Vectors = np.ndarray[Any, Any]
    Embed = Callable[[Sequence[str]], Vectors]

VALENCES = ("negative", "positive", "neutral", "mixed")
_NEUTRAL = 0.06  # scores between -0.06 and 0.06 take no side
_SIDE = 0.08  # in mixed texts one part lies beyond this on each side
_PENALTY = 3.0
_TURN = re.compile(
    r"(?<=;)\s+|,?\s+\b(?:but|although|though|however|whereas|yet|except(?: that)?|"
    r"on the other hand)\b,?\s+",
    re.IGNORECASE,
)


def valences(texts: Sequence[str], embed: Embed) -> list[str]:
    """One of "negative", "positive", "neutral", "mixed" for each text.

    embed: texts -> rows of length 1. "mixed" when parts of the text (sentences, and what stands on either
    side of "but" or "although") lie clearly on both sides.
    """
    if not texts:
        return []
    whole = valence_scores(texts, embed)
    parts = [_parts(text) for text in texts]
    several = sorted({part for found in parts if len(found) > 1 for part in found})
    score = dict(zip(several, valence_scores(several, embed), strict=True)) if several else {}
    return [
        _verdict(float(one), [float(score[part]) for part in found] if len(found) > 1 else [])
        for one, found in zip(whole, parts, strict=True)
    ]


def valence_scores(texts: Sequence[str], embed: Embed) -> Vectors:
    """A number for each text, mostly within -1 (complaint) and 1 (praise)."""
    import numpy as np

    anchors = np.asarray(embed([*COMPLAINTS, *PRAISE]), dtype=np.float64)
    side = np.array([-1.0] * len(COMPLAINTS) + [1.0] * len(PRAISE))
    middle = anchors.mean(axis=0)
    rows = anchors - middle
    # Ridge regression in its dual form: as many unknowns as anchors.
    weights = rows.T @ np.linalg.solve(rows @ rows.T + _PENALTY * np.eye(len(rows)), side - side.mean())
    scores: Vectors = (np.asarray(embed(list(texts)), dtype=np.float64) - middle) @ weights + side.mean()
    return scores


def _verdict(whole: float, parts: list[float]) -> str:
    if parts and min(parts) < -_SIDE and max(parts) > _SIDE:
        return "mixed"
    if abs(whole) < _NEUTRAL:
        return "neutral"
    return "positive" if whole > 0 else "negative"


def _parts(text: str) -> list[str]:
    spans = trimmed(text, [part for span in sentences(text) for part in cut(text, span, _TURN)])
    return [part for part in (text[span.start : span.end] for span in spans) if len(part.split()) > 1]


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

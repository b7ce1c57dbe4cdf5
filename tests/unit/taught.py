"""A made-up study with tags by people, which a classifier can be taught from."""

from __future__ import annotations

import pandas as pd
from tags_by_hand import tags_on

import feedback as fb
from feedback.codebook import Codebook
from feedback.tables import conform

BOOK = Codebook.from_dict(
    {
        "caseload": {"means": "how many cases or families somebody holds at once"},
        "pay": {"means": "salary, money, what the job pays"},
        "supervision": {"means": "time with a manager to talk the work through"},
    }
)
SAID = {
    "caseload": (
        "I had {n} families and no time for any of them.",
        "They gave me {n} cases in my first month.",
        "With {n} children on my list I could not keep up.",
        "Another {n} cases came when she left.",
    ),
    "pay": (
        "The salary was {n} pounds less than in the next borough.",
        "I could not live on {n} pounds a month.",
        "Money was short, {n} pounds after rent.",
        "A shop would have paid me {n} pounds more.",
    ),
    "supervision": (
        "My manager cancelled our hour {n} times.",
        "In {n} weeks nobody sat down with me to talk it through.",
        "Supervision was ten minutes every {n} weeks.",
        "She was off for {n} weeks and nobody else heard me out.",
    ),
    "": (
        "I cycled {n} miles to the office.",
        "We moved house {n} years ago.",
        "There were {n} of us in the room.",
        "I have {n} brothers.",
    ),
}


def study(people=24):
    """Segments of so many people, who speak of everything once, and what coder a found in them."""
    rows = [
        (f"P{person:02d}", theme, said[person % len(said)].format(n=person + 11))
        for person in range(people)
        for theme, said in SAID.items()
    ]
    segments = fb.segments_from([text for _, _, text in rows], [case for case, _, _ in rows])
    parts = [
        tags_on(segments[[theme == one for _, theme, _ in rows]], theme_id=one or None, coder="a")
        for one in SAID
    ]
    return segments, conform("tags", pd.concat(parts, ignore_index=True))

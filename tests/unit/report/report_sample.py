"""Invented tables of a realistic size: 40 interviews, 48 survey answers, 8 testimonies."""

from __future__ import annotations

import random
from collections.abc import Mapping
from typing import Any

import pandas as pd

from feedback.tables import conform

PUSH = {
    "caseload": ("Caseload", "How many cases, children or families somebody held at once."),
    "bureaucracy": ("Bureaucracy", "Procedures, forms, panels and sign-offs, and serving them."),
    "recording": ("Recording and case systems", "Time that went into case notes and the system."),
    "management-support": ("Support from managers", "Whether one's own manager had one's back."),
    "supervision": ("Supervision", "Whether booked sessions took place, with room to think."),
    "authority-support": ("Support from the local authority", "How the employer treated its staff."),
    "job-satisfaction": ("Job satisfaction", "Whether the work itself felt worthwhile."),
    "direct-work": ("Direct work with families", "Time and room to be with children and families."),
    "pay": ("Pay", "Salary, allowances and what the money was worth."),
    "progression": ("Progression and career", "Chances to move on, up or sideways."),
    "work-life-balance": ("Work-life balance", "Hours, evenings, weekends, duty and on-call."),
    "wellbeing": ("Stress and wellbeing", "What the work did to body and mind."),
    "blame": ("Blame culture", "Fear of being blamed or investigated."),
    "turnover": ("Turnover and vacancies", "Colleagues and managers coming and going."),
    "safety": ("Personal safety", "Violence, threats or harassment met at work."),
    "values": ("Values and moral distress", "Having to do what one did not believe was right."),
}
IMPACT = {
    "reflexivity": ("Reflexivity", "Noticing and questioning oneself."),
    "perspective": ("Perspective taking", "Putting oneself in another's place."),
    "reframing": ("Reframing", "Giving an issue another meaning."),
    "confidence": ("Confidence", "Trusting oneself to decide and speak."),
    "leadership": ("Leadership", "Leading and developing others."),
    "mindfulness": ("Mindfulness", "Being present and keeping calm under pressure."),
}
CRITICISM = {
    "elitism": ("Elitism", "The programme seen as privileged or set apart."),
    "intensity": ("Intensity of the programme", "Too much, too fast."),
    "placements": ("Placements", "Practice placements during training."),
}
WORDS = (
    "There was a list on the wall with everybody's overdue visits on it, and mine was in red for eleven "
    "weeks. Nobody was nasty about it. They just stood in front of it with their tea.",
    "I had thirty-one children by Christmas, and [Person 4] came round with another file and said it was "
    "only until the new year. It was the third new year she had said that about.",
    "You'd do the visit in an hour and then it was four hours of typing. I did a tally once on a Post-it "
    "and it came to four hours and ten minutes with actual families, in a whole week, and one of the ten "
    "minutes was me and a mum looking for her other shoe.",
    "It wasn't the money.",
    "My manager was the reason I lasted as long as I did, to be fair to her. She would sit on the edge "
    "of the desk at five o'clock and say, go home, [Person 2], it will all still be terrible tomorrow.",
    "Supervision was every month on the dot, I know people who'd kill for that. It's just that it was "
    "mostly the list. She did once say, forget the list, tell me about one of them, and it was the best "
    "hour I had in that building.",
    "I used to think a hostile parent was a hostile parent. Now I sit in the car for five minutes and "
    "ask what I brought into that kitchen with me.",
    "If they'd moved me to the team at [Place 1] I would probably still be there, honestly.",
)  # fmt: skip
ROLES = ("newly qualified social worker", "social worker", "senior social worker", "team manager")
REGIONS = ("London", "North East", "North West", "South East", "Yorkshire")


def sample_tables(*, seed: int = 1) -> dict[str, pd.DataFrame]:
    """All tables that a report is made from; the same seed gives the same tables."""
    dice = random.Random(seed)
    cases = _cases(dice)
    segments, documents = _segments(dice)
    themes = _themes()
    tags = _tags(dice, segments, cases)
    return {
        "documents": conform("documents", documents),
        "cases": conform("cases", cases),
        "segments": conform("segments", segments),
        "themes": conform("themes", themes),
        "tags": conform("tags", tags),
        "factors": conform("factors", _factors()),
        "members": conform("members", _members(dice, segments, tags, cases)),
        "quotes": conform("quotes", _quotes(dice, segments, tags, cases)),
        "dropped": conform("dropped", _dropped()),
    }


def _cases(dice: random.Random) -> list[dict[str, Any]]:
    rows = []
    for number in range(1, 101):
        leaver = "yes" if number % 11 not in (0, 3, 5, 8) else "no"
        rows.append(
            {
                "case_id": f"P{number:03d}",
                "consent": dice.choice(["analysis", "internal", "publication", "publication"]),
                "leaver": leaver,
                "programme": "graduate route" if number % 3 else "university MA",
                "cohort": str(2017 + number % 6),
                "role": dice.choices(ROLES, weights=[3, 6, 3, 1])[0],
                "region": dice.choices(REGIONS, weights=[5, 1, 4, 3, 2])[0] if number % 17 else None,
                "months_qualified": str(6 + number % 50),
            }
        )
    return rows


def _segments(dice: random.Random) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    segments: list[dict[str, Any]] = []
    documents = []
    for number in range(1, 97):
        kind = "interview" if number <= 40 else "survey" if number <= 88 else "testimony"
        document_id = f"d{number:03d}"
        documents.append({"document_id": document_id, "kind": kind, "format": ".docx"})
        for turn in range(24 if kind == "interview" else 4):
            asks = kind == "interview" and turn % 4 == 0
            start = turn * 400
            segments.append(
                {
                    "segment_id": f"{document_id}:{start}-{start + 300}",
                    "document_id": document_id,
                    "case_id": None if asks else f"P{number:03d}",
                    "turn": turn,
                    "start": start,
                    "end": start + 300,
                    "role": "interviewer" if asks else "participant",
                    "text": "Was it the caseload?" if asks else dice.choice(WORDS),
                }
            )
    return segments, documents


def _themes() -> list[dict[str, Any]]:
    groups = {"Push factors": PUSH, "Programme impact": IMPACT, "Criticism": CRITICISM}
    rows = [
        {"theme_id": theme_id, "label": label, "group": group, "parent": None, "means": means}
        for group, themes in groups.items()
        for theme_id, (label, means) in themes.items()
    ]
    return [{**row, "position": place} for place, row in enumerate(rows)]


def _tags(
    dice: random.Random, segments: list[dict[str, Any]], cases: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    left = {row["case_id"]: row["leaver"] == "yes" for row in cases}
    weights = {theme: 1 / (1 + place) for place, theme in enumerate(PUSH)}
    weights |= {theme: 0.25 / (1 + place / 2) for place, theme in enumerate(IMPACT)}
    weights |= {theme: 0.04 for theme in CRITICISM}
    rows = []
    for segment in segments:
        for coder in ("rules", "meaning"):
            if dice.random() < 0.55:
                theme = dice.choices(list(weights), weights=list(weights.values()))[0]
                good = theme in IMPACT or not left.get(segment["case_id"] or "", False)
                rows.append(
                    {
                        "segment_id": segment["segment_id"],
                        "theme_id": theme,
                        "document_id": segment["document_id"],
                        "start": segment["start"],
                        "end": segment["start"] + 40,
                        "score": 0.8,
                        "coder": coder,
                        "rule": "caseload",
                        "valence": dice.choices(
                            ["negative", "positive", "neutral", "mixed"],
                            [1, 4, 1, 1] if good else [6, 1, 1, 1],
                        )[0],
                        "assertion": dice.choices(["own", "negated", "hypothetical", "other"], [12, 2, 1, 2])[
                            0
                        ],
                    }
                )
    return rows


def _factors() -> list[dict[str, Any]]:
    rows = [
        {"factor_id": theme_id, "label": label, "words": "list, visits, typing", "stability": None}
        for theme_id, (label, _) in PUSH.items()
    ]
    rows.append(
        {
            "factor_id": "other-1",
            "label": "Commute and parking",
            "words": "parking, drive, bus",
            "stability": 0.83,
        }
    )
    rows.append(
        {
            "factor_id": "other-2",
            "label": "Childcare",
            "words": "nursery, pick-up, school run",
            "stability": 0.78,
        }
    )
    return rows


def _members(
    dice: random.Random,
    segments: list[dict[str, Any]],
    tags: list[dict[str, Any]],
    cases: list[dict[str, Any]],
) -> list[dict[str, Any]]:
    """Most leavers' complaints as reasons, what stayers say of the same, and two groups of the rest."""
    left = {row["case_id"] for row in cases if row["leaver"] == "yes"}
    own = {segment["segment_id"]: segment["case_id"] for segment in segments if segment["case_id"]}
    found = {
        (tag["segment_id"], tag["theme_id"])
        for tag in tags
        if tag["segment_id"] in own and tag["theme_id"] in PUSH
        if tag["assertion"] == "own" and tag["valence"] != "positive"
        if own[tag["segment_id"]] not in left or dice.random() < 0.6
    }
    found |= {(segment, f"other-{1 + place % 2}") for place, segment in enumerate(list(own)[::37])}
    return [{"segment_id": one, "factor_id": factor, "score": 0.7} for one, factor in sorted(found)]


def _quotes(
    dice: random.Random,
    segments: list[dict[str, Any]],
    tags: list[dict[str, Any]],
    cases: list[dict[str, Any]],
) -> list[dict[str, Any]]:
    by_id = {segment["segment_id"]: segment for segment in segments}
    case_of = {row["case_id"]: row for row in cases}
    rows: list[dict[str, Any]] = []
    for theme in [*PUSH, *IMPACT, *CRITICISM]:
        told = [
            tag
            for tag in tags
            if tag["theme_id"] == theme and by_id[tag["segment_id"]]["role"] == "participant"
        ]
        dice.shuffle(told)
        for rank, tag in enumerate(told[:5], start=1):
            segment = by_id[tag["segment_id"]]
            case = case_of[segment["case_id"]]
            against = rank == 5 and theme != "recording"
            rows.append(
                {
                    "quote_id": f"q{len(rows) + 1:03d}",
                    "segment_id": segment["segment_id"],
                    "document_id": segment["document_id"],
                    "case_id": segment["case_id"],
                    "theme_id": theme,
                    "factor_id": theme if theme in PUSH else None,
                    "start": segment["start"],
                    "end": segment["end"],
                    "text": segment["text"],
                    "attribution": f"a {case['role']}, {case['region'] or 'England'}",
                    "rank": rank,
                    "score": 0.9,
                    "why": "counter-voice: says it was not so" if against else "near the middle of the theme",
                    "approved": rank == 1,
                }
            )
    return rows


def _dropped() -> list[dict[str, Any]]:
    rows = [{"stage": "read", "document_id": "d001", "reason": "page number"}] * 41
    rows += [{"stage": "read", "document_id": "d002", "reason": "header of a transcription service"}] * 12
    rows += [{"stage": "segments", "document_id": "d003", "reason": "no consent to analysis"}] * 3
    return [*rows, {"stage": "factors", "document_id": None, "reason": "9 reasons fit no group"}]


def without(tables: Mapping[str, pd.DataFrame], *names: str) -> dict[str, pd.DataFrame]:
    """The tables but for those named."""
    return {name: table for name, table in tables.items() if name not in names}

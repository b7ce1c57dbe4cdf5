"""Tables of people who said things, made from sets: who says what, and who was asked."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import pandas as pd

from feedback.tables import conform

Attributes = Mapping[str, Mapping[str, str]]


def ticked_tables(
    attributes: Attributes,
    said: Mapping[str, Collection[str]],
    *,
    asked: Collection[str] | None = None,
    factors: Collection[str] = (),
) -> dict[str, pd.DataFrame]:
    """The tables of a survey with one respondent a person, whose reasons were ticked.

    attributes: by person, their values. said: by theme, who says it. asked: who answered the question that
    gives room to say it; everybody else answered another. factors: themes that are push factors too.
    """
    people = sorted(attributes)
    documents = {person: f"d{at:04d}" for at, person in enumerate(people, 1)}
    segments, tags, members = [], [], []
    for person in people:
        own = [theme for theme in said if person in said[theme]]
        question = "Why?" if asked is None or person in asked else "Anything else?"
        for at, theme in enumerate(own or ["nothing"]):
            start = at * 100
            place = f"{documents[person]}:{start}-{start + 50}"
            segments.append(
                {
                    "segment_id": place, "document_id": documents[person], "case_id": person, "turn": at,
                    "start": start, "end": start + 50, "role": "participant", "question": question,
                    "text": f"I would say that it was {theme}.",
                }
            )  # fmt: skip
            if theme in said:
                tags.append(
                    {
                        "segment_id": place, "theme_id": theme, "document_id": documents[person],
                        "start": start, "end": start + 50, "score": 1.0, "coder": "ticks",
                        "assertion": "own",
                    }
                )  # fmt: skip
            if theme in factors:
                members.append({"segment_id": place, "factor_id": theme, "score": 1.0})
    cases = [{"case_id": one, "consent": "analysis", **attributes[one]} for one in people]
    return {
        "documents": conform(
            "documents", [{"document_id": one, "kind": "survey"} for one in documents.values()]
        ),
        "cases": conform("cases", cases),
        "segments": conform("segments", segments),
        "themes": conform(
            "themes",
            [
                {"theme_id": theme, "label": theme.capitalize(), "group": "Push factors", "position": at}
                for at, theme in enumerate(said)
            ],
        ),
        "tags": conform("tags", tags),
        "factors": conform(
            "factors",
            [{"factor_id": one, "label": one.capitalize(), "n_cases": len(said[one])} for one in factors],
        ),
        "members": conform("members", members),
    }  # fmt: skip

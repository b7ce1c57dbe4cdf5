"""Small invented studies: who was heard, and what each was tagged with."""

from __future__ import annotations

from typing import Any

from feedback.tables import conform

THEMES = ("pay", "caseload", "caseload/allocation", "confidence")


def study(people: list[dict[str, Any]], tags: list[dict[str, Any]]) -> dict[str, Any]:
    """Tables of a small study. people: kind, leaver, region; tags: person (its number), theme and so on."""
    documents, segments, rows = [], [], []
    for number, person in enumerate(people):
        document = f"d{number:03d}"
        documents.append({"document_id": document, "kind": person["kind"], "format": ".txt"})
        for place, role in enumerate(("interviewer", "participant", "participant")):
            case = None if role == "interviewer" else f"P{number:03d}"
            segments.append(
                {
                    "segment_id": f"{document}:{place}",
                    "document_id": document,
                    "case_id": case,
                    "turn": place,
                    "start": 10 * place,
                    "end": 10 * place + 7,
                    "role": role,
                    "text": "Why did you leave?" if role == "interviewer" else "I left.",
                }
            )
    for tag in tags:
        document = f"d{tag['person'] % max(len(people), 1):03d}"
        rows.append(
            {
                "segment_id": f"{document}:{tag.get('place', 1)}",
                "theme_id": tag["theme"],
                "document_id": document,
                "start": 0,
                "end": 2,
                "coder": tag.get("coder", "rules"),
                "valence": tag.get("valence"),
                "assertion": tag.get("assertion", "own"),
            }
        )
    themes = [
        {
            "theme_id": theme,
            "label": theme.title(),
            "group": "Programme impact" if theme == "confidence" else "Push factors",
            "parent": theme.rpartition("/")[0] or None,
            "position": place,
        }
        for place, theme in enumerate(THEMES)
    ]
    cases = [
        {"case_id": f"P{number:03d}", "consent": "internal", "leaver": one["leaver"], "region": one["region"]}
        for number, one in enumerate(people)
    ]
    return {
        "documents": conform("documents", documents),
        "cases": conform("cases", cases),
        "segments": conform("segments", segments),
        "themes": conform("themes", themes),
        "tags": conform("tags", rows),
    }


def person(kind: str = "interview", leaver: str | None = "yes") -> dict[str, Any]:
    return {"kind": kind, "leaver": leaver, "region": "North"}

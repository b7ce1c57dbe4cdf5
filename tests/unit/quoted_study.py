"""Made-up people who say whole sentences, tagged with themes, for tests of what is quoted of them."""

from __future__ import annotations

from tags_by_hand import tags_on

from feedback.tables import conform

GOOD = (
    "My caseload doubled in the spring and nobody said a word about it.",
    "The forms took three evenings of every week I worked there.",
    "Our team lost four social workers before the summer came.",
    "I never once had a supervision that lasted the whole hour.",
    "The director promised new laptops and we got a poster instead.",
    "Families waited months for a service that had already closed.",
)


def said(*turns, document="d001", case="A"):
    """Segments of one document: each turn a tuple of sentences; "?text" is the interviewer's."""
    return conform("segments", spoken(*turns, document=document, case=case))


def spoken(*turns, document, case):
    rows, at = [], 0
    for number, turn in enumerate(turns):
        for sentence in turn:
            asked = sentence.startswith("?")
            text = sentence.removeprefix("?")
            rows.append(
                {
                    "segment_id": f"{document}:{at}-{at + len(text)}",
                    "document_id": document,
                    "case_id": None if asked else case,
                    "turn": number,
                    "start": at,
                    "end": at + len(text),
                    "speaker": "Interviewer" if asked else "Participant",
                    "role": "interviewer" if asked else "participant",
                    "text": text,
                }
            )
            at += len(text) + 1
    return rows


def tagged(segments, *fragments, theme="caseload", **more):
    """A tag for every segment that holds one of the fragments."""
    found = [any(fragment in text for fragment in fragments) for text in segments["text"]]
    usual = {"score": 0.9, "coder": "rules", "assertion": "own"}
    return tags_on(segments[found], theme_id=theme, **{**usual, **more})


def people(**consents):
    return conform("cases", [{"case_id": case, "consent": consent} for case, consent in consents.items()])


def study(*people_turns):
    """Several people, a document each: (case, turn, turn, ...)."""
    rows = [
        row
        for number, (case, *turns) in enumerate(people_turns, start=1)
        for row in spoken(*turns, document=f"d{number:03d}", case=case)
    ]
    return conform("segments", rows)


def texts(quotes):
    return quotes["text"].tolist()

"""What COREQ and SRQR ask of a report of qualitative research, in our own words, and what we can answer.

Sources: Tong, Sainsbury and Craig (2007), Consolidated criteria for reporting qualitative research (COREQ): a
32-item checklist, International Journal for Quality in Health Care 19(6), 349-357. O'Brien, Harris, Beckman,
Reed and Cook (2014), Standards for reporting qualitative research, Academic Medicine 89(9), 1245-1251.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to report. keys: what a project knows of it (see `facts_of`); rest: what it does not."""

    number: str
    group: str
    asks: str
    keys: tuple[str, ...] = ()
    rest: str = ""


def _items(group: str, *rows: tuple[str, str, str, str]) -> list[Item]:
    return [Item(number, group, asks, tuple(keys.split()), rest) for number, asks, keys, rest in rows]


COREQ: tuple[Item, ...] = (
    *_items(
        "Research team and reflexivity",
        ("1", "Who led the interviews or groups", "", "the interviewers, by role"),
        ("2", "Their qualifications", "", "degrees and training"),
        ("3", "Their occupation at the time", "", "posts held during the study"),
        ("4", "Their gender", "", "as they describe it"),
        ("5", "Their experience and training in this kind of work", "", "years, courses, supervision"),
        ("6", "Whether they knew participants beforehand", "", "any relationship before the study"),
        ("7", "What participants knew of them", "", "what was said of aims and interests"),
        ("8", "What they brought along: assumptions, interests", "", "stated for each interviewer"),
    ),
    *_items(
        "Study design",
        ("9", "The methodological orientation", "approach", "theory behind it, if any"),
        ("10", "How participants were chosen", "", "purposive, everybody, volunteers"),
        ("11", "How they were approached", "", "letter, telephone, manager"),
        ("12", "How many took part", "sample", ""),
        ("13", "How many refused or dropped out, and why", "not_read consent", "who was asked and said no"),
        ("14", "Where the data were collected", "", "workplace, home, online"),
        ("15", "Whether anybody else was present", "", "colleagues, managers, children"),
        ("16", "The main characteristics of the sample", "groups", "period in which the data were collected"),
        ("17", "The questions asked, and whether they were tried out", "questions", "prompts, guide, pilot"),
        ("18", "Whether interviews were repeated", "repeated", ""),
        ("19", "Whether sound or pictures were recorded", "", "recording, and who wrote it out"),
        ("20", "Whether notes were made in the field", "", "during or after"),
        ("21", "How long interviews took", "length", ""),
        ("22", "Whether saturation was discussed", "", "and what was meant by it"),
        ("23", "Whether transcripts went back to participants", "", "for comment or correction"),
    ),
    *_items(
        "Analysis and findings",
        ("24", "How many coded the data", "coders", "roles of the people among them"),
        ("25", "The coding tree", "tree", ""),
        (
            "26",
            "Whether themes were set beforehand or came from the data",
            "derived",
            "how the list came about",
        ),
        ("27", "The software used", "software", ""),
        ("28", "Whether participants commented on the findings", "", "who, and what changed"),
        ("29", "Whether quotations are shown and each speaker identified", "quotes", ""),
        ("30", "Whether data and findings fit together", "against behind", ""),
        ("31", "Whether major themes are clear", "major", ""),
        ("32", "Whether minor themes and other voices are told", "minor against", ""),
    ),
)

SRQR: tuple[Item, ...] = (
    *_items(
        "Title and abstract",
        ("S1", "A title that names topic and approach", "title", "check that it names the approach"),
        ("S2", "A summary of background, purpose, methods, results, conclusions", "summary", "background"),
    ),
    *_items(
        "Introduction",
        ("S3", "The problem, and what is known of it", "", "earlier work and its gap"),
        ("S4", "The purpose or question", "", "in one sentence"),
    ),
    *_items(
        "Methods",
        ("S5", "The qualitative approach and its paradigm", "approach", "why this one"),
        ("S6", "The researchers, and how they may have shaped it", "", "characteristics, reflexivity"),
        ("S7", "The setting and its context", "", "what was going on there"),
        ("S8", "How people and material were sampled, and when that ended", "sample", "strategy, stopping"),
        ("S9", "Ethics: approval, consent, confidentiality", "consent masking small", "ethics approval"),
        ("S10", "How and when data were collected", "sample added", "procedure, changes on the way"),
        ("S11", "Instruments: guides, questionnaires, recorders", "questions", "guides, devices"),
        ("S12", "The units studied: people, documents, events", "sample groups", ""),
        ("S13", "How data were processed before the analysis", "cleaned masking kept", "transcription"),
        ("S14", "How the analysis was done, and by whom", "analysis coders software", "who read what"),
        (
            "S15",
            "What was done to make it trustworthy",
            "coders against kept",
            "member checks, audit, others",
        ),
    ),
    *_items(
        "Results",
        ("S16", "The main findings", "major derived", "interpretation, theory"),
        ("S17", "The evidence for them: quotes, extracts", "quotes behind", ""),
    ),
    *_items(
        "Discussion",
        ("S18", "What it means: earlier work, use, transfer", "", "contribution, implications"),
        ("S19", "Limits", "limits", "limits of the study itself"),
    ),
    *_items(
        "Other",
        ("S20", "Conflicts of interest", "", "and how they were handled"),
        ("S21", "Funding", "", "who paid, and their part in it"),
    ),
)

"""Leavers who say why they left: interviews, answers, their tags, and what is found in them."""

from feedback.codebook import Codebook
from feedback.factors import find_factors, find_reasons
from feedback.model import Document, Turn
from feedback.segments import segment
from feedback.tables import conform

DRIVE = [
    "The drive was ninety minutes each way.",
    "I was driving three hours every day on the motorway.",
    "The commute was too long, the drive wore me out.",
    "I couldn't do the drive any more, the traffic was dreadful.",
    "Too many miles in the car, the motorway every morning.",
]
NURSERY = [
    "Nursery cost more than I earned.",
    "I couldn't find a nursery place for my daughter.",
    "Childcare fell through, the nursery closed at five.",
    "With two small children the nursery fees were impossible.",
    "My children were always the last ones at nursery.",
]
UNUSUAL = [
    "The choir sang out of tune.",
    "Our choir lost its conductor.",
    "Nobody in the choir could read music.",
    "The choir stopped rehearsing.",
    "Tomatoes would not grow there.",
    "My tomatoes were eaten by slugs.",
    "The tomatoes never ripened.",
    "There was blight on the tomatoes.",
]
CHAT = ["The lift was broken again.", "We had a quiz on Fridays.", "My brother plays the trombone."]


def interview(*turns):
    """An interview of (role, words), each turn in sentences."""
    text, spans = "", []
    for role, words in turns:
        spans.append(Turn(len(text), len(text) + len(words), role=role))
        text += words + "\n"
    return segment(Document("d001", "interview", "txt", text, tuple(spans)))


def survey(*answers):
    """The written answers of one leaver, (question, words), each in sentences."""
    text, spans = "", []
    for question, words in answers:
        spans.append(Turn(len(text), len(text) + len(words), question=question))
        text += words + "\n"
    return segment(Document("d001", "survey", "csv", text, tuple(spans)))


def people(**leaver):
    return conform("cases", [{"case_id": case, "leaver": said} for case, said in leaver.items()])


def tag(segments, row, theme, **other):
    start = {"start": 0, "end": 5, "score": 1.0, "coder": "rules", "assertion": "own", "valence": "negative"}
    ids = {"segment_id": segments["segment_id"][row], "document_id": segments["document_id"][row]}
    return {**start, **ids, "theme_id": theme, **other}


def groups_by_text(result, segments):
    text = dict(zip(segments["segment_id"], segments["text"], strict=True))
    found = result.members.dropna(subset="factor_id").groupby("factor_id", observed=True)["segment_id"]
    return {factor: frozenset(text[segment_id] for segment_id in ids) for factor, ids in found}


def kinds(segments, cases=None):
    found = find_reasons(segments, cases).merge(segments[["segment_id", "text"]])
    return dict(zip(found["text"], found["kind"], strict=True))


WHY = ("interviewer", "Why did you leave?")


def told(answer, *tagged, elsewhere=""):
    """The factors of a leaver who answers so in an interview; tagged: (words of a sentence, theme)."""
    said = interview(
        WHY, ("participant", answer), ("interviewer", "What was a day like?"), ("participant", elsewhere)
    )
    rows = {text: row for row, text in enumerate(said["text"])}
    found = [
        (row, theme, more) for words, theme, more in tagged for text, row in rows.items() if words in text
    ]
    tags = conform("tags", [tag(said, row, theme, **more) for row, theme, more in found])
    codebook = Codebook.from_dict(
        {"themes": {one: {"means": one, "group": "Push factors"} for _, one, _ in tagged}}
    )
    return list(find_factors(said, tags=tags, codebook=codebook).factors["factor_id"])

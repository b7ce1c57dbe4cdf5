"""What somebody keeps coming back to where leaving is spoken of is a reason, though they never say so."""

import pytest
from leavers import WHY, groups_by_text, interview, people, tag

from feedback.codebook import Codebook
from feedback.factors import find_factors
from feedback.tables import conform


@pytest.mark.parametrize(("times", "others", "counts"), [(4, 3, True), (3, 0, False), (4, 13, False)])
def test_what_an_interview_keeps_coming_back_to_counts_and_the_notes_say_so(times, others, counts):
    themes = {"hours": {"means": "Hours", "group": "Push factors"}}
    themes |= {f"t{n}": {"means": "Other", "group": "Push factors"} for n in range(others)}
    words = " ".join(f"We worked until ten on day {n}." for n in range(times + others))
    said = interview(
        ("interviewer", "Why did you leave?"), ("participant", "It is a long story."),
        ("interviewer", "What was it like there?"), ("participant", words),
    )  # fmt: skip
    spoken = [row for row, role in enumerate(said["role"]) if role == "participant"]
    given = ["hours"] * times + [f"t{n}" for n in range(others)]
    tags = conform("tags", [tag(said, row, theme) for row, theme in zip(spoken[1:], given, strict=True)])
    codebook = Codebook.from_dict({"themes": themes})
    result = find_factors(said, tags=tags, cases=people(d001="yes"), codebook=codebook)
    assert list(result.factors["factor_id"]) == ["hours"] * counts
    assert any("keeps coming back" in note for note in result.notes) == counts


@pytest.mark.parametrize(
    ("question", "answer", "counts"),
    [
        ("What was it like there?", "It was a large office.", False),
        ("Why did you leave?", "That is a long story.", True),
        # Nobody is asked, so nobody evades the question.
        ("What was it like there?", "I left because of the drive.", False),
    ],
)
def test_what_somebody_keeps_coming_back_to_is_a_reason_only_where_leaving_is_spoken_of(
    question, answer, counts
):
    days = " ".join(f"We worked until ten on day {n}." for n in range(6))
    said = interview(
        ("interviewer", question), ("participant", answer), ("interviewer", "What was a day like?"),
        ("participant", days),
    )  # fmt: skip
    rows = [row for row, text in enumerate(said["text"]) if text.startswith("We worked")]
    tags = conform("tags", [tag(said, row, "hours") for row in rows])
    codebook = Codebook.from_dict({"themes": {"hours": {"means": "Hours", "group": "Push factors"}}})
    result = find_factors(said, tags=tags, codebook=codebook)
    assert list(result.factors["factor_id"]) == ["hours"] * counts


def test_empty_words_of_somebody_who_comes_back_to_a_theme_do_not_stand_for_it():
    days = " ".join(f"We worked until ten on day {n}." for n in range(4))
    said = interview(
        ("interviewer", "Why did you leave?"), ("participant", "It is a long story."),
        ("interviewer", "What was a day like?"), ("participant", f"Okay then. {days}"),
    )  # fmt: skip
    rows = [row for row, text in enumerate(said["text"]) if text.startswith(("We worked", "Okay"))]
    tags = conform("tags", [tag(said, row, "hours") for row in rows])
    codebook = Codebook.from_dict({"themes": {"hours": {"means": "Hours", "group": "Push factors"}}})
    members = find_factors(said, tags=tags, codebook=codebook).members.dropna(subset="factor_id")
    assert len(members) == 4 and said["segment_id"][rows[0]] not in set(members["segment_id"])


def test_only_sentences_that_show_a_theme_as_a_complaint_stand_for_what_somebody_comes_back_to():
    days = (
        "We worked until ten. We worked until nine. And she asked, were the hours long? The hours were set."
    )
    said = interview(
        WHY, ("participant", "That is long to tell."), ("interviewer", "And a day?"), ("participant", days)
    )
    rows = {text: row for row, text in enumerate(said["text"])}
    unsure, plain = {"coder": "meaning", "score": 0.7}, {"valence": "neutral"}
    manner = {"We worked until ten.": {}, "We worked until nine.": unsure, "The hours were set.": plain}
    theirs = [text for text in rows if text in manner or "asked" in text]
    tags = conform("tags", [tag(said, rows[text], "hours", **manner.get(text, {})) for text in theirs])
    codebook = Codebook.from_dict({"themes": {"hours": {"means": "Hours", "group": "Push factors"}}})
    result = find_factors(said, tags=tags, codebook=codebook)
    assert groups_by_text(result, said) == {"hours": frozenset({"We worked until ten."})}

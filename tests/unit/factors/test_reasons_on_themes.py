"""Which themes of the list are push factors, and who is counted under them."""

import numpy as np
import pytest
from leavers import people, survey, tag, told

from feedback.codebook import Codebook
from feedback.factors import find_factors
from feedback.factors.naming import Spoken, marking_words
from feedback.segments import segments_from
from feedback.tables import conform


def test_an_answer_opens_with_the_reason_and_its_story_adds_none():
    said = survey(("What was your main reason for leaving?", "Blame. They asked who had recorded what."))
    tags = conform("tags", [tag(said, 0, "blame"), tag(said, 1, "recording", score=0.7)])
    result = find_factors(said, tags=tags)
    assert list(result.factors["factor_id"]) == ["blame"]
    assert result.members["factor_id"].tolist() == ["blame", None]
    assert not any("fit no theme" in note for note in result.notes)


def test_what_a_story_is_sure_of_is_a_reason_too():
    said = survey(("What was your main reason for leaving?", "Blame. And the recording."))
    tags = conform("tags", [tag(said, 0, "blame"), tag(said, 1, "recording")])
    assert list(find_factors(said, tags=tags).factors["factor_id"]) == ["blame", "recording"]


def test_an_answer_that_comes_to_the_reason_late_has_one():
    said = survey(("Why did you leave?", "It took me a while to see it. They asked who had recorded what."))
    tags = conform("tags", [tag(said, 1, "recording", score=0.6)])
    assert list(find_factors(said, tags=tags).factors["factor_id"]) == ["recording"]


def test_a_reason_named_in_words_that_sound_like_praise_is_a_reason_when_nothing_else_is_named():
    def found(*other):
        said = survey(("What was your main reason for leaving?", "Work-life balance. The pay."))
        tags = conform(
            "tags", [tag(said, 0, "balance", valence="positive"), *(tag(said, 1, t) for t in other)]
        )
        return list(find_factors(said, tags=tags).factors["factor_id"])

    assert found() == ["balance"]
    assert found("pay") == ["pay"]


@pytest.mark.parametrize(
    ("answer", "manner", "elsewhere", "counts"),
    [
        (
            "I drove a lad to see his mother. I carried him on my caseload since March.",
            {},
            "It was a large office.",
            False,
        ),
        (
            "I drove a lad to see his mother. I carried him on my caseload since March.",
            {},
            "The caseload was thirty.",
            True,
        ),
        (
            "I drove a lad to see his mother. I carried him on my caseload since March.",
            {"valence": "neutral"},
            "The caseload.",
            False,
        ),
        ("It was the caseload. I drove a lad to see his mother.", {}, "It was a large office.", True),
        (
            "I drove a lad to see his mother. I left because of the caseload.",
            {},
            "It was a large office.",
            True,
        ),
    ],
)
def test_what_a_told_story_touches_is_a_reason_where_it_comes_back_as_a_complaint(
    answer, manner, elsewhere, counts
):
    assert told(answer, ("caseload", "caseload", manner), elsewhere=elsewhere) == ["caseload"] * counts


@pytest.mark.parametrize(
    ("answer", "counts"),
    [
        ("He tilts his head and he goes, it's the caseload, isn't it.", False),
        ("And she asked across the table, was it the caseload.", False),
        ("My manager said the caseload of [Town I] was low.", False),
        ("My manager said I should have had half of that caseload.", True),
        ("She went home and I had her caseload.", True),
    ],
)
def test_what_somebody_else_said_the_reason_was_is_not_the_speakers(answer, counts):
    assert told(answer, ("caseload", "caseload", {})) == ["caseload"] * counts


def test_one_word_names_the_theme_that_it_is_nearest_to():
    meaning = {"coder": "meaning", "score": 0.7}
    nearest = {"coder": "meaning", "score": 0.95}
    assert told("Money.", ("Money", "pay", nearest), ("Money", "resources", meaning)) == ["pay"]
    assert told("No money for beds.", ("money", "pay", nearest), ("money", "resources", meaning)) == [
        "pay", "resources",
    ]  # fmt: skip


def test_the_words_of_a_theme_come_from_several_people_and_mark_it():
    texts = ["The motorway and the manager.", "The motorway again.", "A lorry on the bridge."]
    others = Spoken.of(["The manager was kind.", "The bridge is old.", "The tea was cold."])
    assert marking_words(texts, ["A", "B", "B"], others) == ("motorway",)
    assert marking_words(texts, ["A", "A", "A"], others) == ()


@pytest.mark.parametrize(
    ("people_who_gave", "surely", "warns"), [(21, 6, True), (21, 7, False), (19, 0, False), (21, 21, False)]
)
def test_a_theme_list_that_hardly_fits_what_was_said_is_told_of(people_who_gave, surely, warns):
    said = segments_from([f"The hours were long in week {n}." for n in range(people_who_gave)])
    score = [1.0 if n < surely else 0.8 for n in range(people_who_gave)]
    tags = conform("tags", [tag(said, n, "hours", coder="meaning", score=one) for n, one in enumerate(score)])
    codebook = Codebook.from_dict({"themes": {"hours": {"means": "Hours", "group": "Push factors"}}})
    notes = find_factors(said, tags=tags, codebook=codebook).notes
    assert any("hardly fits" in note and "`feedback themes suggest`" in note for note in notes) == warns
    assert not any("hardly fits" in note for note in find_factors(said, tags=tags).notes)


def test_people_are_counted_not_mentions():
    texts = ["Too much recording.", "Recording again.", "Recording, recording.", "The recording."]
    segments = segments_from(texts, ["A", "A", "A", "B"])
    tags = conform("tags", [tag(segments, row, "recording") for row in range(4)])
    factor = find_factors(segments, tags=tags).factors.iloc[0]
    assert (factor["n_cases"], factor["n_segments"]) == (2, 4)


def test_a_reason_with_two_themes_is_in_two_factors():
    segments = segments_from(["The pay and the hours."])
    tags = conform("tags", [tag(segments, 0, "pay"), tag(segments, 0, "hours")])
    result = find_factors(segments, tags=tags)
    assert list(result.factors["factor_id"]) == ["hours", "pay"]
    assert list(result.members["factor_id"]) == ["hours", "pay"]


def test_only_themes_of_the_group_are_push_factors():
    themes = {
        "pay": {"means": "Money", "group": "Push factors"},
        "peers": {"means": "The peer group", "group": "What the programme changed"},
    }
    segments = segments_from(["The pay was low.", "My peers were lovely."])
    tags = conform("tags", [tag(segments, 0, "pay"), tag(segments, 1, "peers")])
    result = find_factors(segments, tags=tags, codebook=Codebook.from_dict({"themes": themes}))
    assert list(result.factors["factor_id"]) == ["pay"]
    assert list(result.factors["label"]) == ["Pay"]


@pytest.mark.parametrize(
    "not_a_reason", [{"assertion": "negated"}, {"assertion": "other"}, {"valence": "positive"}]
)
def test_denials_praise_and_other_peoples_reasons_do_not_count_towards_a_theme(not_a_reason):
    segments = segments_from(["My caseload was eleven, the manager was the trouble."])
    tags = conform("tags", [tag(segments, 0, "caseload", **not_a_reason), tag(segments, 0, "manager")])
    assert list(find_factors(segments, tags=tags).factors["factor_id"]) == ["manager"]


def test_stayers_who_say_the_same_are_members_but_are_not_counted():
    segments = segments_from(["I was drowning in forms.", "The forms never stopped."], ["L", "S"])
    tags = conform("tags", [tag(segments, 0, "forms"), tag(segments, 1, "forms")])
    result = find_factors(segments, tags=tags, cases=people(L="yes", S="no"))
    assert list(result.members["segment_id"]) == sorted(segments["segment_id"])
    assert list(result.factors["n_cases"]) == [1]


def test_a_share_is_given_from_twenty_leavers_on():
    def share(number):
        segments = segments_from(["The pay was low."] * number)
        tags = conform("tags", [tag(segments, row, "pay") for row in range(0, number, 2)])
        return find_factors(segments, tags=tags).factors["share"][0]

    assert np.isnan(share(18))
    assert share(20) == 0.5

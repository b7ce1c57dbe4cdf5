"""Push factors: reasons, counting, groups, and results that do not depend on order."""

import random
import subprocess
import sys

import numpy as np
import pandas as pd
import pytest

from feedback.codebook import Codebook
from feedback.errors import FeedbackError
from feedback.factors import find_factors, find_reasons
from feedback.factors.background import measure
from feedback.factors.claims import claims
from feedback.factors.naming import Spoken, content_words, frequent_first, label, marking_words
from feedback.factors.questions import is_non_answer
from feedback.factors.small import NONE, group_few, settle
from feedback.factors.stability import stability
from feedback.factors.topics import group_many
from feedback.factors.usual import without_strays
from feedback.model import Document, Turn
from feedback.segments import segment, segments_from
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


@pytest.fixture(scope="module")
def embed():
    """The model that ships; a text that it has seen is not worked out again."""
    from feedback.embed import load

    encode, known = load("minilm").encode, {}

    def remembered(texts):
        new = [text for text in dict.fromkeys(texts) if text not in known]
        known.update(zip(new, encode(new), strict=True))
        return np.array([known[text] for text in texts]).reshape(len(texts), -1)

    return remembered


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


# Reasons


def test_chat_about_the_lift_is_no_reason_for_leaving():
    said = interview(
        ("interviewer", "What was the building like?"),
        ("participant", "The lift was broken all spring. There was a fox in the car park."),
        ("interviewer", "Why did you leave?"),
        ("participant", "I never once saw my own children in daylight."),
    )
    assert list(kinds(said)) == ["I never once saw my own children in daylight."]


def test_the_whole_answer_counts_after_a_question_about_leaving_but_not_its_fillers():
    said = interview(
        ("interviewer", "So what made you decide to leave?"),
        (
            "participant",
            "Um, well. There were four managers in two years. Yeah. The rota changed every week.",
        ),
    )
    assert set(kinds(said)) == {"There were four managers in two years.", "The rota changed every week."}


def test_a_nod_of_the_interviewer_does_not_end_the_answer():
    said = interview(
        ("interviewer", "Why did you leave?"),
        ("participant", "The hours were long."),
        ("interviewer", "Okay. Go on."),
        ("participant", "My supervision was cancelled seven times."),
        ("interviewer", "Did you have a nice room?"),
        ("participant", "The curtains matched the carpet."),
    )
    assert set(kinds(said)) == {"The hours were long.", "My supervision was cancelled seven times."}


def test_a_new_question_ends_the_answer_however_short_it_is():
    said = interview(
        ("interviewer", "Why did you leave?"),
        ("participant", "The hours were long."),
        ("interviewer", "Why was that?"),
        ("participant", "Half of the posts were empty."),
        ("interviewer", "And since then?"),
        ("participant", "I walk the neighbours' greyhound."),
    )
    assert set(kinds(said)) == {"The hours were long.", "Half of the posts were empty."}


def test_a_question_of_several_sentences_stands_over_the_whole_answer():
    said = interview(
        ("interviewer", "So why did you leave? If I made you choose. I won't tell."),
        ("participant", "Yeah. It's the numbers. Nobody can visit thirty children."),
    )
    assert set(kinds(said)) == {"It's the numbers.", "Nobody can visit thirty children."}


def test_a_sentence_that_says_it_is_the_reason_needs_no_question():
    said = interview(
        ("interviewer", "Tell me about the team."),
        ("participant", "They were kind people. The reason I left was the blame. We had cake on Fridays."),
    )
    assert kinds(said) == {"The reason I left was the blame.": "main"}


def test_what_was_said_just_before_deciding_is_a_reason():
    said = interview(
        ("interviewer", "And then?"),
        ("participant", "A father followed me to my car. That's when I knew I was finished."),
    )
    assert kinds(said)["A father followed me to my car."] == "any"


def test_denied_imagined_and_other_peoples_reasons_are_told_apart():
    said = interview(
        ("interviewer", "Why did you leave?"),
        ("participant", "It wasn't the money. Most of the others went for the pay. It was the night calls."),
        ("interviewer", "Would you have stayed for a different rota?"),
        ("participant", "If they'd changed the rota I would have stayed."),
    )
    assert kinds(said) == {
        "It wasn't the money.": "negated",
        "Most of the others went for the pay.": "other",
        "It was the night calls.": "any",
        "If they'd changed the rota I would have stayed.": "any",
    }


def test_only_leavers_have_reasons_for_leaving():
    segments = segments_from(["I was exhausted.", "I was bored."], ["A", "B"])
    assert set(find_reasons(segments, people(A="yes", B="no"))["case_id"]) == {"A"}


@pytest.mark.parametrize("said", ["N/A", "n/a.", "None", "see above", "-", "...", "idk", "No", "  "])
def test_a_non_answer_is_no_reason(said):
    assert is_non_answer(said)


def test_non_answers_are_left_out_and_counted():
    result = find_factors(segments_from(["N/A", "see above", "The pay was poor."]))
    assert len(result.members) == 1
    assert any("2 non-answers" in note for note in result.notes)


def test_non_answers_to_other_questions_are_not_counted():
    said = survey(("Why did you leave?", "The pay was poor."), ("Anything else?", "N/A"))
    assert not any("non-answer" in note for note in find_factors(said).notes)


# Themes of the list


def test_an_answer_opens_with_the_reason_and_its_story_adds_none():
    said = survey(("What was your main reason for leaving?", "Blame. They asked who had recorded what."))
    tags = conform("tags", [tag(said, 0, "blame"), tag(said, 1, "recording", score=0.7)])
    result = find_factors(said, tags=tags)
    assert list(result.factors["factor_id"]) == ["blame"]
    assert result.members["factor_id"].tolist() == ["blame", None]
    assert not any("fit no theme" in note for note in result.notes)


def test_the_head_of_a_form_that_stands_in_its_cells_is_no_reason():
    said = survey(
        ("Main reason for leaving", "Pay."),
        ("Contributing Factors. Ill Health", "Contributing Factors. Ill Health"),
    )
    assert set(kinds(said)) == {"Pay.", "Ill Health"}


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


def test_interviews_about_something_else_have_no_reasons_for_leaving_and_the_notes_say_so():
    said = interview(
        ("interviewer", "What organisational factors make it go bad?"),
        ("participant", "Teams in two countries never talked. It became a big ball of dirt."),
        ("interviewer", "They have different reasons why, and then they're going to say three or five."),
        ("participant", "We used a burn-down chart. The story points were never finished."),
        ("interviewer", "What did you study?"),
        (
            "participant",
            "I had errors, so that was the major reason for me going into testing. I went all over the "
            "world to explain it. The only reason being that one feature was done.",
        ),
    )
    result = find_factors(said)
    assert len(result.members) == 0
    assert any("Nobody here is asked why they left" in note for note in result.notes)


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


# Groups of what no theme covers


def test_eight_leavers_are_enough_to_find_two_groups(embed):
    segments = segments_from(DRIVE[:4] + NURSERY[:4])
    result = find_factors(segments, embed=embed)
    assert set(groups_by_text(result, segments).values()) == {frozenset(DRIVE[:4]), frozenset(NURSERY[:4])}


def test_answers_on_another_subject_are_not_put_under_usual_reasons_for_leaving(embed):
    unwanted = [
        "I would not get the post.", "They would pick somebody else.", "It would cost me the offer.",
        "Nobody hires a person who says that.", "My chances would be gone.", "They would turn me down.",
        "It lowers the chance of an offer.", "I would be out before I began.",
    ]  # fmt: skip
    private = [
        "It is private.", "That is nobody's affair but mine.", "It is my own business.",
        "I keep such things to myself.", "They have no right to know.", "Strangers need not know it.",
        "That is between me and my doctor.", "I do not share what is private.",
    ]  # fmt: skip
    judged = [
        "People think you are weak.", "They would see me as unreliable.", "I would be called crazy.",
        "They look down on it.", "People judge you for it.", "It is seen as a weakness.",
        "They would think less of me.", "You are labelled for good.",
    ]  # fmt: skip
    segments = segments_from(unwanted + private + judged)
    groups = groups_by_text(find_factors(segments, embed=embed), segments).values()
    assert [group <= set(private) for group in groups if "It is private." in group] == [True]


def test_shuffled_input_gives_the_same_factors(embed):
    texts = DRIVE + NURSERY + CHAT
    expected = find_factors(segments_from(texts), embed=embed)
    for seed in range(3):
        mixed = random.Random(seed).sample(texts, len(texts))
        segments = segments_from(mixed)
        found = find_factors(segments, embed=embed)
        pd.testing.assert_frame_equal(found.factors, expected.factors)
        assert groups_by_text(found, segments) == groups_by_text(expected, segments_from(texts))
        rows = find_factors(segments.sample(frac=1, random_state=seed), embed=embed)
        pd.testing.assert_frame_equal(rows.members, found.members)


def test_chat_stays_outside_the_groups(embed):
    segments = segments_from(DRIVE + NURSERY + CHAT)
    result = find_factors(segments, embed=embed)
    alone = result.members[result.members["factor_id"].isna()].merge(segments)["text"]
    assert set(CHAT) <= set(alone)


def test_single_words_are_not_alike_for_being_single_words(embed):
    answers = [
        "Visa.",
        "Parking.",
        "Values.",
        "Rent.",
        "Curiosity.",
        "Coaching.",
        "Thresholds.",
        "Recruitment.",
    ]
    assert len(find_factors(segments_from(answers), embed=embed).factors) == 0


def test_people_who_answer_with_the_same_word_form_a_group(embed):
    answers = ["Commute.", "Commute", "commute!", "The commute.", "Curiosity.", "Thresholds.", "A new baby."]
    result = find_factors(segments_from(answers), embed=embed)
    assert list(result.factors["n_cases"]) == [4]
    assert list(result.factors["label"]) == ["Travel to work: commute"]


def test_what_one_person_says_five_times_is_no_group(embed):
    segments = segments_from(DRIVE + NURSERY, ["A"] * 5 + list("BCDEF"))
    result = find_factors(segments, embed=embed)
    assert set(groups_by_text(result, segments).values()) == {frozenset(NURSERY)}


def test_a_group_needs_as_many_people_as_are_asked_for(embed):
    assert len(find_factors(segments_from(DRIVE + NURSERY), embed=embed, smallest=6).factors) == 0


def test_a_stayer_who_says_the_same_is_found_by_meaning(embed):
    stayer = "The drive on the motorway is dreadful, ninety minutes of traffic."
    segments = segments_from([*DRIVE, *NURSERY, stayer], [*"ABCDEFGHIJ", "S"])
    cases = people(**dict.fromkeys("ABCDEFGHIJ", "yes"), S="no")
    result = find_factors(segments, cases=cases, embed=embed)
    groups = groups_by_text(result, segments)
    factor = next(factor for factor, texts in groups.items() if stayer in texts)
    assert groups[factor] == {*DRIVE, stayer}
    assert result.factors.set_index("factor_id").loc[factor, "n_cases"] == 5


def test_a_sentence_with_two_reasons_is_in_both_groups(embed):
    both = "The drive was two hours each way, and the nursery closed at five."
    segments = segments_from([*DRIVE, *NURSERY, both])
    groups = groups_by_text(find_factors(segments, embed=embed), segments)
    assert {frozenset([*DRIVE, both]), frozenset([*NURSERY, both])} == set(groups.values())


def test_reasons_that_are_on_no_list_form_groups_as_well(embed):
    segments = segments_from(UNUSUAL)
    found = set(groups_by_text(find_factors(segments, embed=embed), segments).values())
    assert found == {frozenset(UNUSUAL[:4]), frozenset(UNUSUAL[4:])}


def test_a_group_has_the_name_of_a_usual_reason_only_where_it_fits(embed):
    labels = set(find_factors(segments_from(DRIVE + UNUSUAL), embed=embed).factors["label"])
    assert sum(label.startswith("Travel to work") for label in labels) == 1
    assert all(label.startswith(("Travel to work", "Choir", "Tomatoes")) for label in labels), labels


def test_as_many_groups_are_looked_for_as_are_asked_for(embed):
    segments = segments_from(DRIVE + NURSERY + UNUSUAL)
    assert len(find_factors(segments, embed=embed, groups=4).factors) == 4


@pytest.mark.parametrize(
    ("said", "parts"),
    [
        ("I left because the pay was low, and I never saw my children.", 2),
        ("The pay was low; also the drive was too long", 2),
        ("Pay, and the drive.", 2),
        ("Low pay and no career development", 2),
        ("Poor management/bullying.", 2),
        ("Pay, pay and pay.", 1),
        ("The pay, pure and simple.", 1),
        ("Two buses and a train, every single day.", 1),
        ("Hardly any pay and nobody listened.", 1),
        ("To be fair they tried, but the pay was low.", 1),
        ("I loved the children, but I was never home.", 1),
        ("My manager left and nobody came.", 1),
    ],
)
def test_a_sentence_is_cut_only_where_each_part_says_something(said, parts):
    assert len(claims(said)) == parts


def test_an_embedder_that_sees_only_letters_can_be_used():
    from sklearn.feature_extraction.text import HashingVectorizer

    vectors = HashingVectorizer(n_features=512, alternate_sign=False)
    segments = segments_from(DRIVE + NURSERY + CHAT)
    result = find_factors(segments, embed=lambda texts: vectors.transform(texts).toarray())
    assert set(result.members["segment_id"]) == set(segments["segment_id"])


def test_groups_have_readable_names_without_masks_or_fillers():
    texts = ["Um, the commute from [Place 2] was long.", "The commute, you know, and the miles."]
    words = frequent_first(["commute", "miles"], texts)
    assert label(words) == "Commute"
    assert label(["commute", "miles"], near="Travel") == "Commute, miles (close to Travel)"
    assert content_words("Um, [Person 3] couldn't do the commute") == ["commute"]


def test_stability_is_one_for_groups_that_cannot_be_missed_and_low_for_made_up_ones(embed):
    vectors = measure(embed).centred(embed(DRIVE + NURSERY), DRIVE + NURSERY)
    alike = measure(embed).alike
    truth = settle(vectors, group_few(vectors, alike=alike), range(10), alike=alike)
    made_up = np.array([0, 1] * 5)

    def again(rows, who, seed):
        return settle(rows, group_few(rows, alike=alike), who, alike=alike, smallest=1, tight=False)

    assert min(stability(vectors, range(10), truth, again).values()) > 0.7
    assert max(stability(vectors, range(10), made_up, again).values()) < 0.6


def test_few_texts_never_fail(embed):
    alike = measure(embed).alike
    for number in range(4):
        vectors = (
            measure(embed).centred(embed(DRIVE[:number]), DRIVE[:number]) if number else np.zeros((0, 3))
        )
        labels = settle(vectors, group_few(vectors, alike=alike), range(number), alike=alike)
        assert len(labels) == number
        assert number == 3 or set(labels.tolist()) <= {NONE}


# BERTopic


def test_bertopic_groups_many_texts_and_names_their_words(embed):
    texts = sorted(DRIVE * 6 + NURSERY * 6)
    topics = group_many(texts, measure(embed).centred(embed(texts), texts), groups=2)
    by_topic = {frozenset(t for t, at in zip(texts, topics.labels, strict=True) if at == n) for n in (0, 1)}
    assert by_topic == {frozenset(DRIVE), frozenset(NURSERY)}
    assert {"nursery"} <= set(topics.words[topics.labels[texts.index(NURSERY[0])]][:2])


def test_bertopic_is_used_without_the_packages_that_compile_or_download():
    code = (
        "import sys; from feedback.factors import find_factors; from feedback.segments import segments_from; "
        f"find_factors(segments_from([f'{{t}} {{n}}' for n in range(9) for t in {UNUSUAL!r}])); "
        "assert 'bertopic' in sys.modules; "
        "assert not {'umap', 'hdbscan', 'sentence_transformers', 'torch', 'numba'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-W", "error", "-c", code], check=True, timeout=300)


def test_nothing_heavy_is_imported_for_few_texts():
    code = (
        "import sys; from feedback.factors import find_factors; from feedback.segments import segments_from; "
        "find_factors(segments_from(['The pay was low.', 'The hours were long.'])); "
        "assert 'bertopic' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=300)


# Nobody there


def test_a_participants_table_without_the_column_is_an_error_that_says_so():
    with pytest.raises(FeedbackError, match="no column 'leaver'") as error:
        find_factors(
            segments_from(["The pay."]), cases=conform("cases", [{"case_id": "d001", "cohort": "1"}])
        )
    assert "cohort" in error.value.hint


def test_a_table_in_which_nobody_left_is_an_error_that_says_so():
    with pytest.raises(FeedbackError, match="nobody left"):
        find_factors(segments_from(["The pay."]), cases=people(d001="no"))


def test_one_leaver_is_no_finding_and_the_notes_say_so():
    result = find_factors(segments_from(["The pay.", "The hours."], ["A", "A"]))
    assert len(result.factors) == 0
    assert any("Only one leaver" in note for note in result.notes)


def test_leavers_without_a_reason_give_empty_tables_and_a_note():
    said = interview(("interviewer", "Was the room nice?"), ("participant", "The carpet was green."))
    result = find_factors(said, cases=people(d001="yes"))
    assert len(result.factors) == len(result.members) == 0
    assert any("No reason for leaving was found" in note for note in result.notes)


def test_no_segments_at_all_give_empty_tables():
    result = find_factors(segments_from([]))
    assert len(result.factors) == len(result.members) == len(result.stability) == 0


def test_the_input_is_left_as_it_was():
    segments = segments_from(DRIVE + NURSERY)
    before = segments.copy(deep=True)
    find_factors(segments)
    pd.testing.assert_frame_equal(segments, before)


def test_what_fits_a_usual_reason_least_badly_and_has_nothing_in_common_is_no_group():
    strays, alike = np.eye(4), np.array([[1.0, 0.1 * at, 0, 0] for at in range(4)])
    vectors = np.vstack([strays, alike / np.linalg.norm(alike, axis=1, keepdims=True)])
    labels, people = np.array([0] * 4 + [1] * 4), ["a", "b", "c", "d"] * 2
    assert without_strays(labels, vectors, people, alike=0.3).tolist() == [NONE] * 4 + [1] * 4

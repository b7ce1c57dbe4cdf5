"""Quotes that are on their theme, counter-voices that are some, lines that fit enough people."""

from __future__ import annotations

import pandas as pd
import pytest
from quoted_study import GOOD, people, said, study, tagged, texts

from feedback.quotes import pick_quotes
from feedback.quotes.against import counter_voices
from feedback.tables import conform

DENIAL = "The caseload was never the reason that I handed my notice in."
PRAISE = "I had the best manager in the world and she rang me every Friday."


def members(segments, *fragments, factor="caseload"):
    found = segments[[any(one in text for one in fragments) for text in segments["text"]]]
    return conform("members", [{"segment_id": one, "factor_id": factor} for one in found["segment_id"]])


def against(quotes):
    return texts(quotes[quotes["why"].str.startswith("counter-voice")])


@pytest.mark.parametrize("score, quoted", [(0.7, []), (0.92, [GOOD[0]])])
def test_what_is_only_a_little_like_the_theme_is_not_quoted(score, quoted):
    segments = said(GOOD[:1])
    assert texts(pick_quotes(segments, tagged(segments, "caseload", coder="meaning", score=score))) == quoted


def test_a_sentence_that_rules_and_meaning_agree_on_comes_first():
    segments = study(("A", GOOD[0:1]), ("B", GOOD[1:2]), ("C", GOOD[2:3]))
    tags = pd.concat(
        [
            tagged(segments, *GOOD[:3], coder="meaning", score=0.95),
            tagged(segments, GOOD[1], coder="rules", score=1.0),
        ]
    )
    assert texts(pick_quotes(segments, tags, per_theme=1)) == [GOOD[1]]


def test_what_a_person_tagged_needs_no_score():
    segments = said(GOOD[:1])
    assert texts(pick_quotes(segments, tagged(segments, "caseload", coder="anna", score=None))) == [GOOD[0]]


def test_a_passage_stands_under_one_theme_where_there_is_another_to_show():
    segments = study(("A", GOOD[0:1]), ("B", GOOD[1:2]))
    tags = pd.concat([tagged(segments, GOOD[0]), tagged(segments, *GOOD[:2], theme="forms")])
    quotes = pick_quotes(segments, tags, per_theme=3)
    assert texts(quotes) == list(GOOD[:2])


def test_a_passage_stands_under_a_second_theme_where_nothing_else_is_there():
    segments = said(GOOD[:1])
    tags = pd.concat([tagged(segments, GOOD[0]), tagged(segments, GOOD[0], theme="forms")])
    assert texts(pick_quotes(segments, tags)) == [GOOD[0], GOOD[0]]


NO_COUNTER_VOICE = [
    ("I had a year or two left in me for the team at that time.", {"valence": "positive"}),
    ("The form has a box for the lessons that were learned by us.", {"valence": "positive"}),
    ("I don't blame anybody for that, they all had rent to pay.", {"assertion": "negated"}),
    ("They were lovely people, all of them, and it was a joy to go in.", {"valence": "positive"}),
    ("I was a good manager for them, I think, in the early years.", {"valence": "positive"}),
    ("My last manager was lovely but she left us after the summer.", {"valence": "positive"}),
    (PRAISE, {"valence": "negative"}),
    (PRAISE, {"valence": "positive", "score": 0.55}),
    (PRAISE, {"valence": "positive", "assertion": "other"}),
]


@pytest.mark.parametrize("sentence, how", NO_COUNTER_VOICE)
def test_a_counter_voice_is_clear_praise_or_a_denial_or_nothing(sentence, how):
    segments = study(("A", GOOD[0:1]), ("B", (sentence,)))
    tags = pd.concat(
        [tagged(segments, "My caseload"), tagged(segments, sentence, **{"coder": "meaning", **how})]
    )
    assert counter_voices(segments, tags).empty
    assert against(pick_quotes(segments, tags, members=members(segments, "My caseload"))) == []


@pytest.mark.parametrize(
    "sentence, how",
    [
        (PRAISE, {"valence": "positive", "coder": "meaning"}),
        (PRAISE, {"valence": "positive", "coder": "anna", "score": None}),
        (DENIAL, {"assertion": "negated"}),
        ("It wasn't the caseload that made me hand in my notice.", {"assertion": "negated"}),
    ],
)
def test_clear_praise_and_denials_are_counter_voices(sentence, how):
    segments = study(("A", GOOD[0:1]), ("B", (sentence,)))
    tags = pd.concat([tagged(segments, "My caseload"), tagged(segments, sentence, **how)])
    assert counter_voices(segments, tags)["person"].tolist() == ["B"]
    assert against(pick_quotes(segments, tags, members=members(segments, "My caseload"))) == [sentence]


def test_who_left_over_something_is_no_counter_voice_to_it():
    segments = study(("A", GOOD[0:1], (PRAISE,)))
    tags = pd.concat(
        [tagged(segments, "My caseload"), tagged(segments, PRAISE, coder="meaning", valence="positive")]
    )
    assert against(pick_quotes(segments, tags, members=members(segments, "My caseload"))) == []


def test_who_denies_a_reason_is_not_quoted_as_giving_it():
    segments = study(("A", GOOD[0:1], (DENIAL,)), ("B", (GOOD[0].replace("spring", "winter"),)))
    tags = pd.concat(
        [tagged(segments, "My caseload"), tagged(segments, "never the reason", assertion="negated")]
    )
    quotes = pick_quotes(segments, tags, members=members(segments, "My caseload"))
    assert quotes.loc[quotes["factor_id"].notna(), "case_id"].tolist() == ["B", "A"]
    assert against(quotes) == [DENIAL]


def test_he_is_not_the_place_that_was_masked():
    segments = said(
        ("Right.", "In the office in [Place 34] he tilted his head at me and said it was the caseload.")
    )
    assert pick_quotes(segments, tagged(segments, "caseload")).empty


def test_who_says_that_it_was_fine_is_not_quoted_as_having_left_over_it():
    segments = study(("A", ("The caseload was fine, and so were the people I worked with.",)))
    tags = tagged(segments, "caseload", valence="negative")
    quotes = pick_quotes(segments, tags, members=members(segments, "caseload"))
    assert quotes["factor_id"].isna().all()


def test_a_phrase_in_words_about_somebody_else_is_nobodys_reason():
    other = "Someone with a big caseload had gone off sick before the summer."
    segments = study(("A", (other,)), ("B", GOOD[0:1]))
    quotes = pick_quotes(segments, tagged(segments, "caseload"), members=members(segments, "caseload"))
    assert texts(quotes[quotes["factor_id"].notna()]) == [GOOD[0]]


def test_testimonies_give_no_counter_voice():
    segments = study(("A", GOOD[0:1]), ("B", (DENIAL,)))
    tags = pd.concat(
        [tagged(segments, "My caseload"), tagged(segments, "never the reason", assertion="negated")]
    )
    documents = conform(
        "documents",
        [{"document_id": "d001", "kind": "interview"}, {"document_id": "d002", "kind": "testimony"}],
    )
    quotes = pick_quotes(segments, tags, members=members(segments, "My caseload"), documents=documents)
    assert against(quotes) == []


def team(n, *, left, heard=None, withdrawn=0):
    """n people of one role and a sentence each; the first `left` left, the last `withdrawn` said no."""
    names = [f"P{number:02d}" for number in range(n)]
    cases = people(**{name: "internal" for name in names}).assign(role="team manager")
    cases["leaver"] = ["yes"] * left + ["no"] * (n - left)
    cases.loc[n - withdrawn :, "consent"] = "none"
    segments = study(*[(name, GOOD[at % 6 : at % 6 + 1]) for at, name in enumerate(names[:heard])])
    return cases, segments, tagged(segments, *GOOD)


@pytest.mark.parametrize("unheard", [{"heard": 4}, {"withdrawn": 1}])
def test_a_line_must_fit_people_who_were_heard_and_have_not_withdrawn(unheard):
    cases, segments, tags = team(5, left=0)
    assert set(pick_quotes(segments, tags, cases=cases)["attribution"]) == {"a team manager"}
    cases, segments, tags = team(5, left=0, **unheard)
    assert set(pick_quotes(segments, tags, cases=cases)["attribution"]) == {"a participant"}


def test_a_person_has_one_line_wherever_the_quote_stands():
    cases, segments, tags = team(12, left=6)
    reasons = members(segments, *GOOD)
    as_reason = pick_quotes(segments, tags, cases=cases, members=reasons, per_theme=9)
    as_theme = pick_quotes(segments, tags, cases=cases, per_theme=9)
    lines = pd.concat([as_reason, as_theme]).groupby("case_id")["attribution"].agg(set)
    assert all(len(found) == 1 for found in lines)
    assert set().union(*lines) == {"a team manager who left", "a team manager"}


def test_fewer_leavers_than_the_smallest_group_are_not_quoted_on_why_they_left():
    cases, segments, tags = team(10, left=3)
    quotes = pick_quotes(segments, tags, cases=cases, members=members(segments, *GOOD))
    assert len(quotes)
    assert quotes["factor_id"].isna().all()


SHORT = "Too many cases and not enough time for any"


def test_a_short_written_answer_is_whole_as_it_stands():
    segments = said((SHORT,)).assign(question="Why did you leave?")
    assert texts(pick_quotes(segments, tagged(segments, "cases"))) == [SHORT]
    within = said((SHORT, "That was in the first year, when I had no idea what was coming."))
    assert SHORT not in texts(pick_quotes(within, tagged(within, "cases")))


def test_under_a_push_factor_nobody_is_quoted_twice():
    segments = study(("A", *(tuple([one]) for (one,) in (GOOD[0:1], GOOD[1:2], GOOD[2:3]))))
    tags = tagged(segments, *GOOD[:3])
    quotes = pick_quotes(segments, tags, members=members(segments, *GOOD[:3]))
    assert len(quotes[quotes["factor_id"].notna()]) == 1
    assert len(quotes[quotes["theme_id"].notna()]) > 1


def on_pay(*people_turns, sure):
    """Quotes under the push factor pay. sure: words of its sentences and the scores of their meaning."""
    segments = study(*people_turns)
    tags = pd.concat(
        [tagged(segments, words, theme="pay", score=score, coder="meaning") for words, score in sure]
    )
    rows = [
        {"segment_id": one, "factor_id": "pay", "score": 1.0} for one in dict.fromkeys(tags["segment_id"])
    ]
    return pick_quotes(segments, tags, members=conform("members", rows)).query("factor_id == 'pay'")


BAG = "I packed the whole wardrobe of a small boy into a bag that evening."
MONEY = "I could not pay the rent on the money that we were given there."


def test_a_push_factor_is_quoted_in_words_that_name_it():
    quotes = on_pay(("A", (BAG,)), ("B", (MONEY,)), sure=[("packed", 0.75), ("pay the rent", 0.95)])
    assert texts(quotes) == [MONEY]
    assert texts(on_pay(("A", (BAG,)), sure=[("packed", 0.75)])) == []


def test_the_quote_that_stays_with_its_factor_stands_first():
    short = "There was money for a new bag of course, I was told."
    quotes = on_pay(
        ("A", (BAG, short)),
        ("B", (MONEY,)),
        sure=[("packed", 0.75), ("a new bag", 0.95), ("pay the rent", 0.95)],
    )
    assert texts(quotes)[0] == MONEY
    assert BAG not in texts(quotes)


def test_what_follows_a_first_sentence_that_names_the_reason_tells_of_it():
    story = "Every month I worked out what was left and it was never enough."
    sure = [("The pay", 0.95), ("worked out", 0.75)]
    assert story in texts(on_pay(("A", ("The pay.", story)), sure=sure))[0]
    assert texts(on_pay(("A", (story,)), sure=sure[1:])) == []


def test_whoever_tells_that_others_deny_a_reason_does_not_deny_it():
    said_by_others = "I love it when they say that it was never the caseload."
    segments = study(("A", (GOOD[0], said_by_others)))
    tags = pd.concat(
        [tagged(segments, "My caseload"), tagged(segments, "they say that", assertion="negated")]
    )
    members = conform("members", [{"segment_id": tags.iloc[0].segment_id, "factor_id": "caseload"}])
    quotes = pick_quotes(segments, tags, members=members).query("factor_id == 'caseload'")
    assert texts(quotes) == [GOOD[0]]

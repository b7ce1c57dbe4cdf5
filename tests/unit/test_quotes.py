"""Quotes: whole, self-contained, consented, and fair to who said them."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tags_by_hand import tags_on

from feedback.edits import find_edits
from feedback.errors import FeedbackError
from feedback.quotes import pick_quotes
from feedback.quotes.edited import left_out
from feedback.readers import read_bytes
from feedback.settings import CONSENTS, Quotes
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


def test_a_sentence_that_leans_on_the_one_before_takes_it_along():
    segments = said(("The panel met once a month in another town.", "That was why I stopped asking them."))
    quotes = pick_quotes(segments, tagged(segments, "stopped asking"))
    assert texts(quotes) == [
        "The panel met once a month in another town. That was why I stopped asking them."
    ]
    assert quotes.loc[0, ["start", "end"]].tolist() == [0, segments["end"].max()]


@pytest.mark.parametrize(
    "opening", ["That", "It", "Which", "And it", "So they", "They", "This", "And that", "But she", "He"]
)
def test_no_quote_starts_in_mid_air(opening):
    segments = said(("Yeah.", f"{opening} made me leave the office in the end, every week of it."))
    assert pick_quotes(segments, tagged(segments, "made me leave")).empty


@pytest.mark.parametrize(
    "sentence",
    [
        "Why would anybody hold thirty families at the same time as court work?",
        "Thirty families on a list in a drawer, no names.",
        "I was holding thirty families by the spring and then they ...",
        "I was holding thirty families by the spring and the",
        "As I said before, I was holding thirty families by the spring.",
        "I was holding thirty families by [inaudible] and nobody had noticed.",
        "Families.",
        "My number was [NI number] when I was holding thirty families.",
    ],
)
def test_what_would_embarrass_is_left_out(sentence):
    segments = said((sentence, "Right, okay."))
    assert pick_quotes(segments, tagged(segments, sentence)).empty


def test_words_said_off_the_record_stay_in_the_room():
    segments = said((GOOD[0], "Don't quote me on any of this please."))
    assert pick_quotes(segments, tagged(segments, "caseload")).empty


def test_interviewers_are_never_quoted_nor_repeated():
    segments = said((f"?{GOOD[0]}",), (GOOD[0],))
    segments["question"] = [None, GOOD[0]]
    assert pick_quotes(segments, tagged(segments, "caseload")).empty


def test_a_sentence_cut_inside_brackets_or_speech_is_whole_again():
    segments = said(
        (
            'My manager came in and said, "Nobody move!',
            'The auditors have found the forms," and left the room.',
        )
    )
    quotes = pick_quotes(segments, tagged(segments, "Nobody move"))
    assert texts(quotes) == [" ".join(segments["text"])]


def test_words_left_out_between_two_sentences_keep_them_apart():
    segments = said((GOOD[0], GOOD[1]))
    later = segments["start"] > 0
    segments.loc[later, ["start", "end"]] += 40
    quotes = pick_quotes(segments, tagged(segments, "caseload", "forms"), per_theme=5)
    assert sorted(texts(quotes)) == sorted(GOOD[:2])


def test_without_cases_everybody_is_a_participant_and_may_be_quoted():
    segments = said(GOOD[:1])
    quotes = pick_quotes(segments, tagged(segments, "caseload"), per_theme=3)
    assert quotes[["quote_id", "theme_id", "attribution", "rank"]].to_numpy().tolist() == [
        ["q001", "caseload", "a participant", 1]
    ]
    assert not quotes["approved"].any()


def test_an_answer_of_many_sentences_gives_the_ones_about_the_theme():
    answer = f"{GOOD[2]} {GOOD[0]} {GOOD[4]} {GOOD[5]} {GOOD[3]}"
    segments = said((answer,))
    tags = tagged(segments, "caseload")
    start = answer.index(GOOD[0])
    tags["start"], tags["end"] = start + 3, start + 11
    [quote] = pick_quotes(segments, tags).itertuples()
    assert GOOD[0] in quote.text
    assert answer[quote.start : quote.end] == quote.text
    assert len(quote.text) < len(answer)


def test_offsets_point_into_the_original_where_words_are_masked():
    original = f"Priya Shah said little. {GOOD[0]}"
    shown = original.replace("Priya Shah", "[Person 1]")
    segments = said((shown,))
    segments["end"] = len(original)
    edits = conform(
        "edits",
        [{"document_id": "d001", "start": 0, "end": 10, "replacement": "[Person 1]", "kind": "mask"}],
    )
    tags = tagged(segments, "caseload").assign(start=30, end=38)
    [quote] = pick_quotes(segments, tags, edits=edits).itertuples()
    assert original[quote.start : quote.end].replace("Priya Shah", "[Person 1]") == quote.text


def test_nobody_speaks_twice_while_somebody_else_is_unheard():
    segments = study(("A", GOOD[0:1], GOOD[1:2], GOOD[2:3]), ("B", GOOD[3:4]), ("C", GOOD[4:5]))
    quotes = pick_quotes(segments, tagged(segments, *GOOD), per_theme=3)
    assert sorted(quotes["case_id"]) == ["A", "B", "C"]


def test_one_person_gives_no_more_passages_than_the_limit_to_the_whole_set():
    segments = study(("A", *[(sentence,) for sentence in GOOD]))
    tags = pd.concat([tagged(segments, s, theme=f"theme-{n}") for n, s in enumerate(GOOD)])
    quotes = pick_quotes(segments, tags, limits=Quotes(per_person=2))
    assert len(quotes) == 2


def test_what_somebody_denies_is_not_quoted_as_a_reason_but_as_a_counter_voice():
    denial = "The caseload was never the reason that I handed my notice in."
    segments = study(("A", GOOD[0:1]), ("B", (denial,)))
    tags = pd.concat(
        [tagged(segments, "My caseload"), tagged(segments, "never the reason", assertion="negated")]
    )
    members = conform(
        "members", [{"segment_id": tags.iloc[0].segment_id, "factor_id": "caseload", "score": 1.0}]
    )
    quotes = pick_quotes(segments, tags, members=members)
    factor = quotes[quotes["factor_id"] == "caseload"]
    assert texts(factor) == [GOOD[0], denial]
    assert factor["why"].str.startswith("counter-voice").tolist() == [False, True]
    assert texts(quotes[quotes["theme_id"] == "caseload"]) == [GOOD[0]]


def test_a_push_factor_is_told_by_leavers_and_no_line_shows_who_is_one_of_few():
    segments = study(*[(case, GOOD[at % 6 : at % 6 + 1]) for at, case in enumerate("ABCDEFGHIJ")])
    cases = people(**dict.fromkeys("ABCDEFGHIJ", "internal"))
    cases["role"] = ["social worker"] * 3 + ["team manager"] * 2 + ["social worker"] * 5
    cases["leaver"] = ["yes"] * 5 + ["no"] * 5
    tags = tagged(segments, *GOOD)
    members = conform("members", [{"segment_id": i, "factor_id": "f1"} for i in tags["segment_id"]])
    quotes = pick_quotes(segments, tags, cases=cases, members=members, per_theme=9, smallest_group=5)
    reasons = quotes[quotes["factor_id"] == "f1"]
    assert set(reasons["case_id"]) == set("ABCDE")
    assert set(reasons["attribution"]) == {"a participant who left"}
    assert set(quotes.loc[quotes["case_id"] > "E", "attribution"]) == {"a social worker"}


def test_a_denial_speaks_before_praise_that_is_hardly_about_the_theme():
    denial = "The caseload was never the reason that I handed my notice in."
    praise = "My first visits with the older children were a joy every time."
    segments = study(("A", GOOD[0:1]), ("B", (denial,)), ("C", (praise,)))
    tags = pd.concat(
        [
            tagged(segments, "My caseload"),
            tagged(segments, "never the reason", assertion="negated"),
            tagged(segments, "were a joy", valence="positive", score=0.5),
        ]
    )
    members = conform("members", [{"segment_id": tags.iloc[0].segment_id, "factor_id": "caseload"}])
    quotes = pick_quotes(segments, tags, members=members)
    assert texts(quotes[quotes["why"].str.startswith("counter-voice")]) == [denial]


def test_a_factor_that_nobody_may_be_quoted_on_has_no_counter_voice_alone():
    segments = study(("A", GOOD[0:1]), ("B", ("The caseload was never the reason that I left.",)))
    tags = pd.concat(
        [tagged(segments, "My caseload"), tagged(segments, "never the reason", assertion="negated")]
    )
    members = conform("members", [{"segment_id": tags.iloc[0].segment_id, "factor_id": "caseload"}])
    quotes = pick_quotes(segments, tags, cases=people(A="analysis", B="internal"), members=members)
    assert quotes["factor_id"].isna().all()


def test_an_unknown_audience_is_refused():
    segments = said(GOOD[:1])
    with pytest.raises(FeedbackError, match="not an audience"):
        pick_quotes(segments, tagged(segments, "caseload"), audience="analysis")


def test_no_tags_no_quotes():
    segments = said(GOOD[:1])
    assert list(pick_quotes(segments, conform("tags", [])).columns) == list(conform("quotes", []).columns)


def test_many_thousand_answers_are_picked_from_fairly(monkeypatch):
    monkeypatch.setattr("feedback.quotes.surest.MOST", 4)
    loud = [("A", *[(sentence,) for sentence in GOOD])]
    segments = study(*loud, ("B", GOOD[3:4]), ("C", GOOD[4:5]))
    quotes = pick_quotes(segments, tagged(segments, *GOOD), per_theme=3)
    assert sorted(quotes["case_id"]) == ["A", "B", "C"]


STUDIES = st.lists(
    st.tuples(
        st.sampled_from("ABCDE"),
        st.sampled_from([*CONSENTS, None]),
        st.lists(
            st.lists(
                st.sampled_from([*GOOD, "Yeah.", "That was it.", "So. Um.", "Was it?"]),
                min_size=1,
                max_size=5,
            ),
            min_size=1,
            max_size=3,
        ),
    ),
    min_size=1,
    max_size=5,
    unique_by=lambda person: person[0],
)
THEMES = ("caseload", "forms")


def made(drawn):
    segments = study(*[(case, *map(tuple, turns)) for case, _, turns in drawn])
    tags = pd.concat([tagged(segments, *GOOD[:3]), tagged(segments, *GOOD[2:], theme="forms")])
    return segments, tags, people(**{case: consent for case, consent, _ in drawn})


@settings(max_examples=15)
@given(drawn=STUDIES, audience=st.sampled_from(CONSENTS[2:]))
def test_no_quote_goes_beyond_its_consent(drawn, audience):
    segments, tags, cases = made(drawn)
    quotes = pick_quotes(segments, tags, cases=cases, audience=audience, per_theme=4)
    given_by = dict(zip(cases["case_id"], cases["consent"], strict=True))
    reached = [CONSENTS.index(given_by[case]) for case in quotes["case_id"]]
    assert all(level >= CONSENTS.index(audience) for level in reached)


@settings(max_examples=15)
@given(drawn=STUDIES)
def test_every_quote_stands_in_its_segments_and_leaves_them_unchanged(drawn):
    segments, tags, _ = made(drawn)
    before = segments.copy()
    quotes = pick_quotes(segments, tags, per_theme=4, limits=Quotes(per_person=4))
    for quote in quotes.itertuples():
        own = segments[(segments["document_id"] == quote.document_id) & (segments["role"] == "participant")]
        inside = own[(own["start"] >= quote.start) & (own["end"] <= quote.end)].sort_values("start")
        assert " ".join(inside["text"]) == quote.text
        assert inside["turn"].nunique() == 1
        assert quote.segment_id in set(inside["segment_id"])
        assert 8 <= len(quote.text.split()) <= 70
    pd.testing.assert_frame_equal(segments, before)


@settings(max_examples=15)
@given(drawn=STUDIES, per_theme=st.integers(1, 4))
def test_fairness_holds_for_every_study(drawn, per_theme):
    segments, tags, _ = made(drawn)
    limits = Quotes(per_person=3)
    quotes = pick_quotes(segments, tags, per_theme=per_theme, limits=limits)
    passages = quotes.drop_duplicates(["document_id", "start", "end"])
    assert passages["case_id"].value_counts().le(limits.per_person).all()
    assert quotes["theme_id"].value_counts().le(per_theme).all()
    assert quotes.groupby(["document_id", "start", "end"]).size().le(3).all()
    everybody = pick_quotes(segments, tags, per_theme=99, limits=Quotes(per_person=99))
    for theme in THEMES:
        heard = quotes.loc[quotes["theme_id"] == theme, "case_id"]
        could = set(everybody.loc[everybody["theme_id"] == theme, "case_id"])
        used_up = set(passages["case_id"].value_counts().loc[lambda n: n >= limits.per_person].index)
        if heard.duplicated().any():
            assert could <= set(heard) | used_up


@settings(max_examples=10)
@given(drawn=STUDIES, seed=st.integers(0, 9))
def test_the_order_of_the_rows_changes_nothing(drawn, seed):
    segments, tags, _ = made(drawn)
    shuffled = pick_quotes(segments.sample(frac=1, random_state=seed), tags.sample(frac=1, random_state=seed))
    pd.testing.assert_frame_equal(pick_quotes(segments, tags), shuffled)


def test_a_quote_says_when_fillers_were_left_out_of_it():
    documents = [
        read_bytes(
            b"Interviewer: Why?\nAnn: Um, it was the caseload, uh, that was far too big for one person.\n"
            b"Interviewer: And?\nAnn: The caseload was bigger than anybody could have carried alone.\n",
            "a.txt",
            document_id="d001",
        )[0]
    ]
    edits = find_edits(documents, ner=False)
    said = [(turn.start, turn.end) for turn in documents[0].turns if turn.role == "participant"]
    table = pd.DataFrame(said, columns=["start", "end"]).assign(document_id="d001")
    assert left_out(table, edits) == ["fillers", ""]
    assert left_out(table, None) == ["", ""]

"""Quotes: whole, self-contained, consented, and fair to who said them."""

from __future__ import annotations

import pandas as pd
import pytest
from quoted_study import GOOD, people, said, study, tagged, texts

from feedback.edits import find_edits
from feedback.errors import FeedbackError
from feedback.quotes import pick_quotes
from feedback.quotes.edited import left_out
from feedback.readers import read_bytes
from feedback.settings import Quotes
from feedback.tables import conform


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

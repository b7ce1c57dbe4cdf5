"""How evidence is said, as it stands in the table of tags and in what is counted from it."""

import pytest

import feedback as fb
from feedback.embed import load
from feedback.factors.evidence import tagged
from feedback.report.heard import _voices
from feedback.tagging.said import how_said
from feedback.tagging.valence import statement_at


@pytest.fixture(scope="module")
def embed():
    return load("minilm").encode


def said(sentence, evidence, embed):
    start = sentence.index(evidence)
    return how_said([(sentence, start, start + len(evidence))], embed)[0]


def test_two_themes_of_one_sentence_are_said_in_their_own_way(embed):
    sentence = "The team was lovely but the pay was awful."
    assert said(sentence, "team", embed) == ("own", "positive")
    assert said(sentence, "pay", embed) == ("own", "negative")


def test_a_denied_complaint_is_no_complaint(embed):
    assert said("I did not leave because of the terrible caseload.", "caseload", embed) == (
        "negated",
        "neutral",
    )


def test_praise_in_the_negative_is_praise(embed):
    assert said("I've no complaints about my manager.", "manager", embed)[1] == "positive"


def test_an_imagined_reason_is_no_complaint(embed):
    assert said("If the pay were worse I would have gone.", "pay", embed) == ("hypothetical", "neutral")


def test_what_would_have_kept_somebody_is_their_own_complaint(embed):
    for sentence in (
        "I would have stayed if the caseload had been lower.",
        "A lower caseload would have kept me.",
    ):
        assert said(sentence, "caseload", embed)[0] == "own"


def test_the_statement_of_evidence_ends_where_the_next_has_words_of_its_own():
    text = "It was late. The room was cold, the trainer was kind."
    assert statement_at(text, text.index("room"), text.index("room") + 4) == "The room was cold"
    assert statement_at(text, text.index("trainer"), text.index("trainer") + 7) == "the trainer was kind."


def test_no_places_are_said_in_no_way(embed):
    assert how_said([], embed) == []


# What is not the speaker's own is not counted

TEXTS = [
    "I left because of the caseload.",
    "I did not leave because of the caseload.",
    "If the caseload goes up again I will leave.",
    "My friend left because of the caseload.",
]
WHOSE = ["own", "negated", "hypothetical", "other"]


@pytest.fixture(scope="module")
def told():
    segments = fb.segments_from(TEXTS, case_ids=["p1", "p2", "p3", "p4"])
    codebook = fb.Codebook.from_dict({"caseload": {"label": "Caseload", "phrases": ["caseload"]}})
    return segments, fb.tag(segments, codebook, by=["rules"])


def test_each_tag_says_whose_reason_it_is(told):
    segments, tags = told
    place = dict(zip(segments["segment_id"], WHOSE, strict=True))
    assert dict(zip(tags["segment_id"], tags["assertion"], strict=True)) == place


def test_only_the_speakers_own_reasons_count_in_how_common_a_theme_is(told):
    segments, tags = told
    people = dict(zip(segments["segment_id"], segments["case_id"], strict=True))
    voices = _voices(tags.assign(person=tags["segment_id"].map(people)))
    assert voices.own == {"p1"}
    assert (voices.negated, voices.hypothetical, voices.other) == ({"p2"}, {"p3"}, {"p4"})
    assert len(voices.segments) == 1


class Everybody:
    """As `factors` knows who spoke, with nobody left out."""

    def __init__(self, segments):
        self.spoken = segments[["segment_id", "case_id", "document_id"]]


def test_only_the_speakers_own_reasons_become_push_factors(told):
    segments, tags = told
    assert list(tagged(tags, Everybody(segments), [])["case_id"]) == ["p1"]

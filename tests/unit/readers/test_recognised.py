from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from making import accounted, reading, said

from feedback.errors import FeedbackError
from feedback.readers import read_bytes

SEGMENTS = [
    {"id": 0, "start": 0.0, "end": 1.5, "text": " Why did you go?", "tokens": [1, 2]},
    {"id": 1, "start": 1.5, "end": 3.25, "text": " The pay,"},
    {"id": 2, "start": 3.25, "end": 5, "text": " mostly."},
]


def test_whispers_json_is_read_with_its_times() -> None:
    whole = {"text": "all", "segments": SEGMENTS, "language": "en"}
    document, dropped = reading(json.dumps(whole), "a.json")
    assert document.text == "Why did you go?\nThe pay,\nmostly."
    assert (document.turns[0].begin_s, document.turns[-1].end_s) == (0.0, 5.0)
    assert [drop.reason for drop in dropped] == ["other parts of the file: language"]
    assert document.kind == "testimony"


def test_speakers_of_whisperx_are_turns() -> None:
    voices = ["SPEAKER_00", "SPEAKER_01", "SPEAKER_01"]
    spoken = [{**one, "speaker": voice} for one, voice in zip(SEGMENTS, voices, strict=True)]
    document, _ = reading(json.dumps({"segments": spoken}), "a.json")
    assert said(document) == [("SPEAKER_00", "Why did you go?"), ("SPEAKER_01", "The pay,\nmostly.")]
    assert document.turns[0].role == "interviewer"


@pytest.mark.parametrize(
    "whole",
    [
        [{"speaker": "Ann", "text": "Why?"}, {"speaker": "Ben", "text": "Pay."}],
        {"results": [{"speaker_name": "Ann", "transcript": "Why?"}, {"speaker": "Ben", "text": "Pay."}]},
        {"transcript": {"utterances": [{"speaker": "Ann", "text": "Why?"}, {"name": "Ben", "text": "Pay."}]}},
        [{"text": "Ann: Why?"}, {"text": "Ben: Pay."}, {"text": "Ann:"}, {"text": "Ben:"}],
    ],
)
def test_the_list_of_segments_is_found_wherever_it_stands(whole: Any) -> None:
    assert said(reading(json.dumps(whole), "a.json")[0]) == [("Ann", "Why?"), ("Ben", "Pay.")]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ("{", "damaged or no JSON"),
        ("[" * 100_000, "nested too deeply"),
        ('{"a": 1}', "no segments"),
        ('{"segments": [{"start": 1}]}', "no segments"),
        ('["a", "b"]', "no segments"),
    ],
)
def test_json_that_is_no_transcript_is_refused_in_words(data: str, words: str) -> None:
    with pytest.raises(FeedbackError, match=words):
        reading(data, "a.json")


def test_whispers_table_has_milliseconds() -> None:
    table = "start\tend\ttext\n0\t2500\tI came in May.\n12000\t15000\tI left in June.\n"
    document, _ = reading(table, "a.tsv")
    assert [(turn.begin_s, turn.end_s) for turn in document.turns] == [(0.0, 2.5), (12.0, 15.0)]


ANY = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=9) | st.sampled_from(["Ann: Why?", "a b."]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["segments", "text", "start", "end", "speaker", "timestamp", "x"]),
            inner,
            max_size=5,
        )
    ),
    max_leaves=20,
)


@settings(max_examples=40)
@given(ANY)
def test_no_json_raises_anything_but_our_error(whole: Any) -> None:
    with suppress(FeedbackError):
        accounted(*read_bytes(json.dumps(whole).encode(), "a.json", document_id="d001"))

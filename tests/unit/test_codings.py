"""People's codings find their segments again, or are refused with the lines that do not fit."""

import pandas as pd
import pytest

from feedback.codebook import Codebook
from feedback.coding import Coding, tags_of
from feedback.errors import FeedbackError
from feedback.model import Document, Turn
from feedback.segments import segment
from feedback.tables import conform

TEXT = "Why did you go? I left over the\npay. The team was lovely. I left over the pay."
BOOK = Codebook.from_dict({"pay": "money", "team": "colleagues"})


@pytest.fixture
def study():
    turns = (Turn(0, 15, "I", "interviewer"), Turn(16, len(TEXT), "P"))
    document = Document("d001", "interview", "txt", TEXT, turns)
    originals = conform("private/originals", [{"document_id": "d001", "file_name": "one.txt", "text": TEXT}])
    clean = [
        {"document_id": "d001", "start": 31, "end": 32, "replacement": " ", "kind": "clean", "label": "lines"}
    ]
    return segment(document, conform("edits", clean)), originals


def coded(study, *codings):
    tags, _ = tags_of([Coding(n, *one) for n, one in enumerate(codings, 2)], *study, BOOK)
    return tags


def test_words_are_found_wherever_they_were_said_white_space_aside(study):
    tags = coded(study, ("ana", "one.txt", "I left over the pay.", ("pay",)))["ana"]
    assert list(tags["theme_id"]) == ["pay", "pay"]
    assert [TEXT[row.start : row.end].split() for row in tags.itertuples()] == [
        ["I", "left", "over", "the", "pay."]] * 2  # fmt: skip


def test_a_segment_that_was_read_without_a_theme_is_kept_as_read(study):
    tags = coded(study, ("ana", "d001", "The team was lovely.", ()))["ana"]
    assert list(tags["theme_id"]) == [None]


def test_each_coder_has_a_table_of_their_own(study):
    tags = coded(
        study, ("ana", "one.txt", "The team was lovely.", ("team",)), ("ben", "one.txt", "The team", ())
    )
    assert set(tags) == {"ana"} | {"ben"}


def test_a_passage_over_two_sentences_counts_for_both(study):
    tags = coded(study, ("ana", "one.txt", "The team was lovely. I left over the pay.", ("team",)))["ana"]
    assert len(tags) == 2


def test_interviewers_words_are_never_coded(study):
    assert tags_of([Coding(2, "ana", "one.txt", "Why did you go?", ("pay",))], *study, BOOK) == ({}, [2])


@pytest.mark.parametrize(
    ("coding", "said"),
    [
        (("ana", "one.txt", "I never said this.", ("pay",)), "1 of 1 codings are not in the documents"),
        (("ana", "two.txt", "The team was lovely.", ("team",)), "1 of 1 codings are not in the documents"),
        (("ana", "one.txt", "The team was lovely.", ("teem",)), "line 2: there is no theme 'teem'"),
        (("rules", "one.txt", "The team was lovely.", ("team",)), "'rules' is a coder of the machine"),
    ],
)
def test_what_does_not_fit_is_refused_without_showing_the_words(study, coding, said):
    with pytest.raises(FeedbackError, match=said) as caught:
        coded(study, coding)
    assert "never said" not in caught.value.message


def two_of_one_name():
    rows = [("d001", "Same words."), ("d002", "Same words. And others.")]
    segments = [
        segment(Document(one, "interview", "txt", text, (Turn(0, len(text), "P"),)), unit="turn")
        for one, text in rows
    ]
    originals = [{"document_id": one, "file_name": "talk.txt", "text": text} for one, text in rows]
    return pd.concat(segments, ignore_index=True), conform("private/originals", originals)


def test_words_in_two_documents_of_one_name_are_named_and_not_guessed():
    study = two_of_one_name()
    assert len(coded(study, ("ana", "talk.txt", "And others.", ("pay",)))["ana"]) == 1
    assert len(coded(study, ("ana", "d002", "Same words.", ("pay",)))["ana"]) == 1
    with pytest.raises(FeedbackError, match=r"line 2: .* several documents of that name .d001 and d002"):
        coded(study, ("ana", "talk.txt", "Same words.", ("pay",)))


def test_words_are_found_by_the_person_or_the_segment_that_said_them(study):
    segments, _ = study
    said = segments[segments["role"] == "participant"]["segment_id"].iloc[1]
    for source in (said, "d001"):
        tags = coded(study, ("ana", source, "the team was lovely", ("team",)))["ana"]
        assert list(tags["segment_id"]) == [said]


def test_words_that_were_coded_as_they_are_shown_are_found_in_what_is_shown(study):
    segments, originals = study
    masked = segments.assign(text=segments["text"].str.replace("pay", "[Amount]"))
    edits = conform("edits", [
        {"document_id": "d001", "start": at, "end": at + 3, "replacement": "[Amount]", "kind": "mask"}
        for at in (TEXT.index("pay"), TEXT.rindex("pay"))
    ])  # fmt: skip
    coding = Coding(2, "ana", "d001", "over the [Amount].", ("pay",))
    tags, _ = tags_of([coding], masked, originals, BOOK, edits=edits)
    said = [TEXT[row.start : row.end] for row in tags["ana"].itertuples()]
    assert [words.split() for words in said] == [["over", "the", "pay."]] * 2

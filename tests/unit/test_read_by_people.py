"""What people read and tagged: what a classifier learns from it, and what stays theirs to say."""

from __future__ import annotations

import pandas as pd
import pytest
from tags_by_hand import tags_on
from taught import BOOK, study

import feedback as fb
from feedback.codebook import Codebook
from feedback.errors import FeedbackError
from feedback.tables import conform
from feedback.tagging.classifier.labels import TagsLeftOut, folds_of, labels_of
from feedback.tagging.combine import BETTER, NOT_BETTER, READ, combine, who_agreed


def test_segments_that_nobody_read_are_no_negatives():
    segments, tags = study()
    read = tags[tags["segment_id"].isin(segments["segment_id"][:48])]
    labels = labels_of(segments, read, BOOK)
    assert len(labels.truth) == 48 and labels.truth.sum() == 36
    assert labels.coders == ("a",)


def test_of_several_readers_half_must_agree():
    segments, tags = study()
    others = [conform("tags", tags.assign(theme_id=None, coder=coder)) for coder in ("b", "c")]
    two = labels_of(segments, pd.concat([tags, others[0]]), BOOK)
    assert two.truth.sum() == 72
    with pytest.raises(FeedbackError, match="no theme was given"):
        labels_of(segments, pd.concat([tags, *others]), BOOK)


def test_tags_that_cannot_be_learnt_from_are_told():
    segments, tags = study()
    with pytest.warns(TagsLeftOut, match="4 of 96 tags are on segments that are gone"):
        labels_of(segments.iloc[4:], tags, BOOK)
    smaller = Codebook(BOOK.themes[:2])
    with pytest.warns(TagsLeftOut, match="24 tags are of themes that the theme list does not have"):
        labels = labels_of(segments, tags, smaller)
    assert len(labels.truth) == 96


@pytest.mark.parametrize(
    ("chosen", "message"),
    [
        (lambda segments, tags: tags[:0], "no tags of people"),
        (lambda segments, tags: tags[tags["theme_id"].isna()], "no theme was given"),
        (lambda segments, tags: tags[tags["segment_id"].isin(segments["segment_id"][:4])], "by one person"),
        (lambda segments, tags: tags[tags["theme_id"] == "pay"], "no theme was given"),
    ],
    ids=["nothing", "nothing said", "one person", "one theme everywhere"],
)
def test_too_little_to_learn_from_is_said(chosen, message):
    segments, tags = study()
    with pytest.raises(FeedbackError, match=message) as caught:
        fb.train(segments, chosen(segments, tags), BOOK)
    assert "feedback tag --review" in caught.value.hint


def test_no_person_is_in_two_folds_and_every_fold_has_every_theme():
    segments, tags = study()
    labels = labels_of(segments, tags, BOOK)
    fold = folds_of(labels)
    assert set(fold) == {0, 1, 2, 3, 4}
    assert all(len(set(fold[labels.people == person])) == 1 for person in range(labels.n_people))
    assert all((labels.truth[fold == number].sum(axis=0) > 0).all() for number in range(5))


def hand(segments, theme, coder):
    return tags_on(segments, theme_id=theme, coder=coder)


def test_what_a_person_read_is_theirs_to_say():
    segments = fb.segments_from(["one", "two", "three"])
    said = {
        "anna": conform("tags", [*hand(segments[:1], "pay", "anna").to_dict("records"),
                                 *hand(segments[1:2], None, "anna").to_dict("records")]),
        "meaning": hand(segments, "caseload", "meaning"),
        "rules": hand(segments, "caseload", "rules"),
    }  # fmt: skip
    found = combine(said)
    kept = sorted(zip(found.tags["document_id"], found.tags["theme_id"], found.tags["coder"], strict=True))
    assert kept == [("d001", "pay", "anna"), ("d003", "caseload", "meaning"), ("d003", "caseload", "rules")]
    assert found.aside.to_dict("records") == [
        {"coder": "meaning", "theme_id": "caseload", "reason": READ, "n": 2},
        {"coder": "rules", "theme_id": "caseload", "reason": READ, "n": 2},
    ]


def test_the_classifier_counts_over_meaning_where_it_was_found_better():
    segments = fb.segments_from(["one"])
    said = {
        coder: conform("tags", pd.concat([hand(segments, theme, coder) for theme in ("pay", "caseload")]))
        for coder in ("meaning", "classifier")
    }
    found = combine(said, better=["pay"])
    assert dict(zip(found.tags["theme_id"], found.tags["coder"], strict=True)) == {
        "pay": "classifier",
        "caseload": "meaning",
    }
    assert set(zip(found.aside["coder"], found.aside["reason"], strict=True)) == {
        ("meaning", BETTER),
        ("classifier", NOT_BETTER),
    }
    both = combine({"rules": hand(segments, "pay", "rules"), **said}, better=["pay"])
    agreed = who_agreed(both.tags).set_index("theme_id")
    assert agreed.loc["pay", "coders"] == "classifier, rules"

"""The classifier: what it learns from, what it says of itself, and what it refuses."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from tags_by_hand import tags_on

import feedback as fb
from feedback.codebook import Codebook
from feedback.embed import load
from feedback.errors import FeedbackError
from feedback.tables import conform
from feedback.tagging.classifier import AnotherThemeList
from feedback.tagging.classifier.card import markdown
from feedback.tagging.classifier.labels import TagsLeftOut, folds_of, labels_of
from feedback.tagging.classifier.model_file import model_bytes, model_from
from feedback.tagging.classifier.thresholds import learn_cut
from feedback.tagging.combine import BETTER, NOT_BETTER, READ, combine, who_agreed

BOOK = Codebook.from_dict(
    {
        "caseload": {"means": "how many cases or families somebody holds at once"},
        "pay": {"means": "salary, money, what the job pays"},
        "supervision": {"means": "time with a manager to talk the work through"},
    }
)
SAID = {
    "caseload": (
        "I had {n} families and no time for any of them.",
        "They gave me {n} cases in my first month.",
        "With {n} children on my list I could not keep up.",
        "Another {n} cases came when she left.",
    ),
    "pay": (
        "The salary was {n} pounds less than in the next borough.",
        "I could not live on {n} pounds a month.",
        "Money was short, {n} pounds after rent.",
        "A shop would have paid me {n} pounds more.",
    ),
    "supervision": (
        "My manager cancelled our hour {n} times.",
        "In {n} weeks nobody sat down with me to talk it through.",
        "Supervision was ten minutes every {n} weeks.",
        "She was off for {n} weeks and nobody else heard me out.",
    ),
    "": (
        "I cycled {n} miles to the office.",
        "We moved house {n} years ago.",
        "There were {n} of us in the room.",
        "I have {n} brothers.",
    ),
}


def study(people=24):
    """Segments of so many people, who speak of everything once, and what coder a found in them."""
    rows = [
        (f"P{person:02d}", theme, said[person % len(said)].format(n=person + 11))
        for person in range(people)
        for theme, said in SAID.items()
    ]
    segments = fb.segments_from([text for _, _, text in rows], [case for case, _, _ in rows])
    parts = [
        tags_on(segments[[theme == one for _, theme, _ in rows]], theme_id=one or None, coder="a")
        for one in SAID
    ]
    return segments, conform("tags", pd.concat(parts, ignore_index=True))


class Kept:
    """The shipped embedder, each text encoded once."""

    def __init__(self):
        self.embedder, self.known = load(), {}
        self.fingerprint = self.embedder.fingerprint

    def encode(self, texts, *, progress=None):
        new = [text for text in dict.fromkeys(texts) if text not in self.known]
        if new:
            self.known.update(zip(new, self.embedder.encode(new), strict=True))
        return np.stack([self.known[text] for text in texts]) if len(texts) else self.embedder.encode([])


@pytest.fixture(scope="module")
def embedder():
    return Kept()


@pytest.fixture(scope="module")
def model(embedder):
    segments, tags = study()
    return fb.train(segments, tags, BOOK, embedder=embedder, when="2026-11-21")


NEW = [
    "Nineteen families were mine alone.",
    "They paid me less than a shop would.",
    "We moved house when I was ten.",
]


def test_it_finds_in_new_words_what_it_was_taught(model, embedder):
    tags = fb.tag(fb.segments_from(NEW), BOOK, by=[model], embedder=embedder)
    assert list(zip(tags["document_id"], tags["theme_id"], strict=True)) == [
        ("d001", "caseload"),
        ("d002", "pay"),
    ]
    assert set(tags["coder"]) == {"classifier"}
    assert tags["score"].between(0.5, 1).all()
    assert tags["rule"].str.startswith("learnt from a").all()
    scores = fb.score(fb.segments_from(NEW), BOOK, by=[model], embedder=embedder)
    assert scores.iloc[0].idxmax() == "caseload" and (scores.iloc[2] < 0.5).all()


def test_the_card_tells_figures_of_people_it_did_not_learn_from(model):
    card = model.card
    assert (card["segments"], card["people"], card["nothing_said"], card["folds"]) == (96, 24, 24, 5)
    assert [row["theme_id"] for row in card["themes"]] == list(BOOK.ids)
    for row in card["themes"]:
        assert (row["support"], row["n_people"], row["note"]) == (24, 24, "")
        assert 0.7 < row["f1_low"] <= row["f1"] <= row["f1_high"] <= 1
    text = markdown(card)
    assert "Learnt from coder a: 96 segments of 24 people" in text and "2026-11-21" in text


def test_the_same_tables_in_any_order_give_the_same_bytes(model, embedder):
    segments, tags = study()
    shuffled = fb.train(
        segments.sample(frac=1, random_state=1),
        tags.sample(frac=1, random_state=2),
        BOOK,
        embedder=embedder,
        when="2026-11-21",
    )
    assert model_bytes(shuffled) == model_bytes(model)


def test_what_is_read_back_says_the_same(model, embedder):
    data = model_bytes(model)
    again = model_from(data)
    assert model_bytes(again) == data
    places = range(len(NEW))
    assert np.allclose(
        again.scores(NEW, BOOK, embedder.encode, places), model.scores(NEW, BOOK, embedder.encode, places)
    )


def with_schema(data, change):
    sink = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(sink, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, change(content) if name == "schema.json" else content)
    return sink.getvalue()


def test_a_file_that_is_not_ours_is_refused(model):
    from sklearn.linear_model import LogisticRegression
    from skops import io as skops

    data = model_bytes(model)
    foreign = [
        b"",
        b"PK\x03\x04 torn",
        data[:-100],
        skops.dumps({"kind": "something else"}),
        skops.dumps(LogisticRegression()),
        with_schema(data, lambda schema: schema.replace(b'"JsonNode"', b'"FunctionNode"', 1)),
        with_schema(data, lambda schema: schema.replace(b"feedback classifier", b"feedback clissafier")),
        with_schema(data, lambda schema: schema.replace(b"theme_ids", b"themes_id")),
    ]
    for bad in foreign:
        with pytest.raises(FeedbackError) as caught:
            model_from(bad)
        assert "feedback train" in caught.value.hint


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


def test_a_classifier_of_other_vectors_or_another_list_does_not_tag(model, embedder):
    segments = fb.segments_from(NEW)
    with pytest.raises(FeedbackError, match="another embedder"):
        fb.tag(segments, BOOK, by=[replace(model, embedder="other")], embedder=embedder)
    other = Codebook.from_dict({"training": {"means": "the course"}})
    with pytest.raises(FeedbackError, match="another theme list"):
        fb.tag(segments, other, by=[model], embedder=embedder)
    smaller = Codebook(BOOK.themes[:2])
    with pytest.warns(AnotherThemeList, match="without supervision"):
        tags = fb.tag(segments, smaller, by=[model], embedder=embedder)
    assert "supervision" not in set(tags["theme_id"])
    with pytest.raises(FeedbackError, match="has to learn") as caught:
        fb.tag(segments, BOOK, by=["classifier"], embedder=embedder)
    assert "feedback train" in caught.value.hint


def test_limits_are_moved_to_how_common_themes_are_where_they_are_used():
    rng = np.random.default_rng(0)
    truth = np.repeat([[1], [0]], 100, axis=0)
    logits = rng.normal(2 * truth - 1.0, 1.0)
    rare = rng.normal(-2.0, 1.0, size=(2000, 1))
    fair = learn_cut(logits, truth, logits)
    moved = learn_cut(logits, truth, rare)
    assert abs(fair.shift[0]) < 0.5 and moved.shift[0] < -1
    assert (moved.above(rare) >= 0).mean() < (fair.above(rare) >= 0).mean()


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

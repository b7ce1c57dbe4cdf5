"""The classifier: what it says of itself and of new words, and what it refuses."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import numpy as np
import pytest
from taught import BOOK, study

import feedback as fb
from feedback.codebook import Codebook
from feedback.embed import load
from feedback.errors import FeedbackError
from feedback.tagging.classifier import AnotherThemeList
from feedback.tagging.classifier.card import markdown
from feedback.tagging.classifier.model_file import model_bytes, model_from
from feedback.tagging.classifier.thresholds import learn_cut


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

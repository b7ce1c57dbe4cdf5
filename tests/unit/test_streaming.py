"""Tagging in parts: the same tags for any parts in any order, and no more looked at than is said."""

import pickle
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

import feedback as fb
from feedback.codebook import Codebook
from feedback.embed import load
from feedback.tables import conform
from feedback.tagging import streaming

_ALL = Codebook.load(Path(__file__).parents[2] / "corpora/leavers/themes.yaml")
STARTER = Codebook(_ALL.themes[:6])
SAID = [
    "I left because of the caseload.",
    "Thirty families, and no cover for any of them.",
    "It wasn't the money, the pay was fine.",
    "If the caseload goes up again I will leave.",
    "Definitely.",
    "My manager was lovely but supervision was always cancelled.",
    "I'd lie awake till four, exhausted and ill.",
    "The drive was an hour each way; nobody else would do it.",
    "N/A",
    "No support, no supervision, nothing.",
    "My colleagues went over the paperwork, forms until ten at night.",
    "The training was a waste of time.",
]
ASKED = ["Was the caseload an issue?", "How did you get on with your manager?", "And the paperwork?"]


@cache
def model():
    return load("minilm")


@cache
def vector(text):
    return model().encode([text])[0]


class Remembering:
    """The shipped embedder, asked once for each text in all tests."""

    fingerprint = "shipped"

    def encode(self, texts, *, progress=None):
        return np.array([vector(text) for text in texts], dtype=np.float32).reshape(-1, 384)


def segments(documents):
    """A table of interviews: each a list of turns, each turn places in SAID; every second is asked for."""
    rows = []
    for number, turns in enumerate(documents, 1):
        at = 0
        for turn, said in enumerate(turns):
            question = ASKED[turn % len(ASKED)]
            texts = [SAID[place] for place in said]
            for text, role in [(question, "interviewer"), *((text, "participant") for text in texts)]:
                name = f"d{number:03d}"
                rows.append(
                    {
                        "segment_id": f"{name}:{at}-{at + len(text)}",
                        "document_id": name,
                        "case_id": name,
                        "turn": 2 * turn + (role == "participant"),
                        "start": at,
                        "end": at + len(text),
                        "role": role,
                        "question": question if role == "participant" else None,
                        "text": text,
                    }
                )
                at += len(text) + 1
    return conform("segments", rows)


CHOICE = streaming.Choice(STARTER, ("rules", "meaning"), 0.3)
turns = st.lists(st.lists(st.integers(0, len(SAID) - 1), min_size=1, max_size=3), min_size=1, max_size=4)
studies = st.lists(turns, min_size=2, max_size=8).map(segments)


def joined(parts):
    return conform("tags", pd.concat([part for part in parts if len(part)] or parts[:1], ignore_index=True))


@settings(max_examples=4)
@given(studies, st.randoms(use_true_random=False))
def test_a_study_has_the_same_tags_in_one_part_and_in_any_parts(study, draw):
    names = sorted(set(study["document_id"]))
    draw.shuffle(names)
    cuts = sorted(draw.sample(range(1, len(names)), draw.randint(1, len(names) - 1)))
    groups = [names[start:end] for start, end in zip([0, *cuts], [*cuts, len(names)], strict=True)]
    fitted = pickle.loads(pickle.dumps(streaming.fit(study, CHOICE, embedder=Remembering())))
    parts = [
        streaming.tag_shard(fitted, study[study["document_id"].isin(group)], embedder=Remembering())
        for group in groups
    ]
    whole = fb.tag(study, STARTER, embedder=Remembering(), threshold=0.3)
    assert len(whole)
    pd.testing.assert_frame_equal(joined(parts), whole, check_exact=True)


def test_a_large_study_is_fitted_on_a_sample_that_ids_alone_decide():
    study = segments([[[at % len(SAID)], [(at * 5 + 1) % len(SAID)]] for at in range(60)])
    said = study[study["role"] == "participant"]
    cut = streaming.cut_of(list(said["segment_id"]), most=40)
    chosen = said[streaming.in_sample(list(said["segment_id"]), cut)]
    assert len(chosen) == 40
    one = streaming.fit(study, CHOICE, embedder=Remembering(), most=40)
    other = streaming.fit(chosen.iloc[::-1], CHOICE, embedder=Remembering(), cut=cut)
    first, second = (streaming.tag_shard(fitted, study, embedder=Remembering()) for fitted in (one, other))
    pd.testing.assert_frame_equal(first, second, check_exact=True)
    whole = fb.tag(study, STARTER, embedder=Remembering(), threshold=0.3)
    keys = ["segment_id", "theme_id", "coder"]
    same = len(whole[keys].merge(first[keys]))
    assert same > 0.8 * max(len(whole), len(first))


def test_tag_cuts_a_large_study_by_itself_and_says_the_same(monkeypatch):
    study = segments([[[at % len(SAID)], [(at * 5 + 1) % len(SAID)]] for at in range(30)])
    fitted = streaming.fit(study, CHOICE, embedder=Remembering(), most=25)
    whole = streaming.tag_shard(fitted, study, embedder=Remembering())
    monkeypatch.setattr(streaming, "FIT_ON", 25)
    monkeypatch.setattr(streaming, "SHARD", 20)
    parts = list(streaming.shards(study, rows=20))
    assert len(parts) > 2
    assert sorted(pd.concat(parts)["segment_id"]) == sorted(study["segment_id"])
    tags = fb.tag(study, STARTER, embedder=Remembering(), threshold=0.3)
    pd.testing.assert_frame_equal(tags, whole, check_exact=True)


def test_a_survey_in_one_document_is_cut_between_its_turns():
    rows = segments([[[0, 1]] * 30])
    survey = rows[rows["role"] == "participant"]
    parts = list(streaming.shards(survey, rows=7))
    assert len(parts) > 4
    assert all(len(part) <= 8 for part in parts)
    seen = [set(part["turn"]) for part in parts]
    assert sum(len(one) for one in seen) == survey["turn"].nunique()

"""What holds for the quotes of every study: consent, fairness, true places, and no matter of order."""

from __future__ import annotations

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st
from quoted_study import GOOD, people, study, tagged

from feedback.quotes import pick_quotes
from feedback.settings import CONSENTS, Quotes

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

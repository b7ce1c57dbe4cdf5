"""What people decided about push factors holds: names, merges, splits and fixed sentences outlive a run."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from leavers import DRIVE as TRAVEL

from feedback.codebook import Codebook
from feedback.errors import FeedbackError
from feedback.factors import find_factors
from feedback.factors.carried import as_decided
from feedback.factors.kept import Decision, parse_decisions, two_parts, with_decision, without_places
from feedback.segments import segments_from

DRIVE = ["d001:0-10", "d002:0-10", "d003:0-10", "d004:0-10"]
NURSERY = ["d005:0-10", "d006:0-10", "d007:0-10"]
PAY = ["d008:0-10", "d009:0-10"]
THEMES = ("pay", "stress")


def members(**factors):
    """Table `members` with a case for each document; "none" are reasons in no factor."""
    names = {name: None if name == "none" else name.replace("_", "-") for name in factors}
    rows = [(one, one[:4], names[name], 0.7) for name, ids in factors.items() for one in ids]
    return pd.DataFrame(rows, columns=["segment_id", "case_id", "factor_id", "score"])


def carried(found, *decisions, nearest=None, gone=()):
    everybody = [one for one in [*DRIVE, *NURSERY, *PAY, "d010:0-10", "d011:0-10"] if one not in gone]
    spoken = pd.DataFrame({"segment_id": everybody, "case_id": [one[:4] for one in everybody]})
    groups = {one for one in found["factor_id"].dropna() if one.startswith("left-over")}
    return as_decided(
        found, decisions, spoken, reasons=set(everybody), groups=groups, themes=THEMES, nearest=nearest
    )


def people(result):
    known = result.members.dropna(subset=["factor_id"])
    return {name: set(rows["segment_id"]) for name, rows in known.groupby("factor_id")}


def test_a_named_group_keeps_its_name_when_its_number_and_its_people_change():
    travel = Decision("travel", label="The journey to work", members=tuple(DRIVE))
    again = members(left_over_1=NURSERY, left_over_2=[*DRIVE[:3], "d010:0-10"])
    result = carried(again, travel)
    assert people(result) == {"left-over-1": set(NURSERY), "travel": {*DRIVE[:3], "d010:0-10"}}
    assert result.labels == {"travel": "The journey to work"}
    assert not result.notes


def test_a_named_group_is_found_again_when_the_texts_were_cut_anew():
    travel = Decision("travel", members=("d001:2-9", "d002:0-25", "d003:0-11", "d004:500-600"))
    assert people(carried(members(left_over_1=DRIVE), travel)) == {"travel": set(DRIVE)}


def test_a_group_that_is_not_found_again_is_said_and_its_decision_kept():
    travel = Decision("travel", label="The journey to work", members=tuple(DRIVE))
    result = carried(members(left_over_1=NURSERY, none=DRIVE), travel)
    assert people(result) == {"left-over-1": set(NURSERY)}
    assert result.notes == (
        "'The journey to work', which a person named, was not found again, or is not stable any more; "
        "the decision is kept.",
    )


def test_fixed_sentences_stay_in_a_group_that_no_machine_finds():
    travel = Decision("travel", label="Travel", members=tuple(DRIVE), pinned=tuple(DRIVE[:2]))
    result = carried(members(none=DRIVE), travel)
    assert people(result) == {"travel": set(DRIVE[:2])}
    assert "only its 2 fixed sentences count" in result.notes[0]
    none = result.members[result.members["factor_id"].isna()]
    assert set(none["segment_id"]) >= set(DRIVE[2:])


def test_sentences_of_people_who_withdrew_hold_nothing_together():
    travel = Decision("travel", members=tuple(DRIVE), pinned=(DRIVE[0],))
    result = carried(members(left_over_1=DRIVE[1:]), travel, gone=DRIVE[:1])
    assert people(result) == {"travel": set(DRIVE[1:])}


def test_merged_groups_count_each_person_once_and_go_into_a_theme_too():
    travel = Decision("travel", into="stress", members=tuple(DRIVE))
    found = members(left_over_1=DRIVE, stress=[DRIVE[0], *PAY])
    result = carried(found, travel)
    assert people(result) == {"stress": {*DRIVE, *PAY}}
    assert not result.members.duplicated(["segment_id", "factor_id"]).any()
    assert result.decided == {"stress": "1 other put in"}


def test_two_themes_can_be_one_push_factor():
    result = carried(members(pay=PAY, stress=NURSERY), Decision("stress", into="pay"))
    assert people(result) == {"pay": {*PAY, *NURSERY}}


def test_what_was_split_stays_split_when_the_machine_finds_it_whole_again():
    near, far = Decision("near", members=tuple(DRIVE[:2])), Decision("far", members=tuple(DRIVE[2:]))
    whole = members(left_over_1=[*DRIVE, "d010:0-10"])
    result = carried(whole, near, far, nearest=lambda segment, sets: 1)
    assert people(result) == {"near": set(DRIVE[:2]), "far": {*DRIVE[2:], "d010:0-10"}}


def test_sentences_that_were_taken_out_of_a_theme_stay_out_and_are_reasons_still():
    result = carried(members(pay=PAY), Decision("pay", out=(PAY[0],)))
    assert people(result) == {"pay": {PAY[1]}}
    lost = result.members[result.members["segment_id"] == PAY[0]]
    assert lost["factor_id"].isna().tolist() == [True]


def test_without_decisions_nothing_changes():
    found = members(left_over_1=DRIVE, none=PAY)
    assert carried(found).members is found


IDS = st.sampled_from([*DRIVE, *NURSERY, *PAY])
DECISIONS = st.builds(
    Decision,
    st.sampled_from(["travel", "pay", "care"]),
    label=st.sampled_from(["", "Über: a label", "no", "it's # one", 'say "this"']),
    into=st.sampled_from(["", "stress"]),
    members=st.lists(IDS, unique=True, max_size=9).map(tuple),
    pinned=st.lists(IDS, unique=True, max_size=3).map(tuple),
    out=st.lists(IDS, unique=True, max_size=3).map(tuple),
)


@given(st.lists(DECISIONS, max_size=4))
def test_what_is_written_is_what_is_read_and_the_last_word_counts(decisions):
    text, wanted = "", {}
    for one in decisions:
        text, wanted = with_decision(text, one), {**wanted, one.id: one}
    assert {one.id: one for one in parse_decisions(text)} == {
        name: one for name, one in wanted.items() if not one.is_empty
    }


@given(st.lists(DECISIONS, min_size=1, max_size=3), st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(decisions, dice):
    decisions = list({one.id: one for one in decisions}.values())
    found = members(left_over_1=DRIVE, left_over_2=NURSERY, pay=PAY)
    mixed = found.sample(frac=1, random_state=dice.randrange(100))
    one, two = carried(found, *decisions), carried(mixed, *decisions)
    pd.testing.assert_frame_equal(one.members, two.members)
    assert one.notes == two.notes


def test_comments_that_people_wrote_stay():
    text = "# Ours.\n\ntravel:\n  label: Travel  # as the board says\n\n# Later:\ncare:\n  label: Care\n"
    changed = with_decision(text, Decision("care", label="Looking after children"))
    assert changed.startswith(text[: text.index("care:")])
    assert with_decision(changed, Decision("care")).count("label") == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("travel:\n  lable: Travel\n", "line 2: 'lable' is nothing that can be decided"),
        ("travel:\n  pinned: [the drive was long]\n", "line 2: 'pinned' should be a list of sentences"),
        ("- travel\n", "should hold push factors by id"),
        ("travel: Travel\n", "'travel' should hold what was decided"),
        ("a:\n  into: b\nb:\n  into: a\n", "counted with itself"),
    ],
)
def test_a_slip_in_the_file_is_said_with_its_line(text, said):
    with pytest.raises(FeedbackError, match=said):
        parse_decisions(text)


def test_places_of_somebody_who_withdrew_leave_the_file():
    text = with_decision("", Decision("travel", label="Travel", members=tuple(DRIVE), pinned=(DRIVE[0],)))
    left = without_places(text, lambda document, start, end: document == "d001")
    assert "d001" not in left
    assert parse_decisions(left)[0].members == tuple(DRIVE[1:])


def test_a_group_falls_into_two_parts_only_with_enough_people_in_each():
    vectors = {"The drive.": [1.0, 0.1], "A long drive.": [1.0, 0.0], "Nursery.": [0.0, 1.0]}

    def embed(texts):
        return np.array([vectors[text.rstrip(".") + "."] for text in texts])

    texts = ["The drive.", "A long drive.", "Nursery.", "Nursery."]
    assert two_parts(texts, ["A", "B", "C", "D"], embed, smallest=2, seed=0) == [0, 0, 1, 1]
    assert two_parts(texts, ["A", "B", "C", "C"], embed, smallest=2, seed=0) is None


def test_a_name_outlives_new_people_and_a_merge_makes_one_factor_of_two(embed):
    theme = Codebook.from_dict(
        {"themes": {"hours": {"label": "Hours", "means": "Long days.", "group": "Push factors"}}}
    )
    before = find_factors(segments_from(TRAVEL), embed=embed, codebook=theme)
    group = before.factors["factor_id"][0]
    held = before.members.loc[before.members["factor_id"] == group, "segment_id"]
    named = Decision("travel", label="The journey to work", members=tuple(held))
    more = segments_from([*TRAVEL, "The drive on the motorway took three hours of traffic."])
    after = find_factors(more, embed=embed, codebook=theme, kept=[named])
    assert list(after.factors[["factor_id", "label", "n_cases"]].iloc[0]) == [
        "travel",
        "The journey to work",
        6,
    ]
    assert after.factors["decided"][0] == "named"
    assert after.factors["stability"][0] == pytest.approx(before.factors["stability"][0], abs=0.3)
    merged = find_factors(more, embed=embed, codebook=theme, kept=[replace(named, into="hours")])
    assert list(merged.factors[["factor_id", "label", "n_cases"]].iloc[0]) == ["hours", "Hours", 6]

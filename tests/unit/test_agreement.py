"""Agreement and accuracy: the published examples, the counting, and what cannot be judged."""

from __future__ import annotations

import math

import krippendorff
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tags_by_hand import tags_on

from feedback.agreeing.agreement import agreement, cohen_kappa
from feedback.agreeing.decisions import by_turn
from feedback.agreeing.disagreement import disagreements
from feedback.agreeing.evaluate import TOO_FEW, evaluate
from feedback.errors import FeedbackError
from feedback.intervals import wilson
from feedback.segments import segments_from
from feedback.tables import conform


def tags(segments, yes, theme="caseload", coder="a"):
    return tags_on(segments[[bool(said) for said in yes]], theme_id=theme, coder=coder)


def answers(n, people=5):
    return segments_from([f"Answer {i}." for i in range(n)], [f"P{i % people}" for i in range(n)])


def row_of(table, theme):
    return table.set_index("theme_id").loc[theme]


def test_kappa_is_that_of_cohens_own_example():
    table = [[88, 14, 18], [10, 40, 10], [2, 6, 12]]
    assert cohen_kappa(table) == pytest.approx((0.70 - 0.41) / (1 - 0.41), abs=1e-6)
    assert round(cohen_kappa(table), 3) == 0.492


def test_alpha_is_that_of_krippendorffs_own_binary_example():
    segments = answers(10)
    meg, owen = (0, 1, 0, 0, 0, 0, 0, 0, 1, 0), (1, 1, 1, 0, 0, 1, 0, 0, 0, 0)
    found = row_of(agreement(tags(segments, meg), tags(segments, owen), segments), "caseload")
    assert found["alpha"] == pytest.approx(1 - 19 * 4 / (14 * 6), abs=1e-6)
    assert round(found["alpha"], 3) == 0.095
    assert found[["n", "both", "only_a", "only_b", "neither"]].tolist() == [10, 1, 1, 3, 5]


def test_the_library_gives_krippendorffs_four_observers_their_alpha():
    data = [
        "1 2 3 3 2 1 4 1 2 * * *",
        "1 2 3 3 2 2 4 1 2 5 * 3",
        "* 3 3 3 2 3 4 2 2 5 1 *",
        "1 2 3 3 2 4 4 1 2 5 1 *",
    ]
    values = [[np.nan if v == "*" else float(v) for v in line.split()] for line in data]
    assert krippendorff.alpha(values, level_of_measurement="nominal") == pytest.approx(0.743421, abs=1e-6)


def test_kappa_and_pabak_are_those_of_the_published_paradox():
    """Feinstein and Cicchetti (1990), High agreement but low kappa: 85 of 100 agree in both tables."""
    for (both, only_a, only_b, neither), kappa in (((40, 9, 6, 45), 0.70), ((80, 10, 5, 5), 0.32)):
        segments = answers(100)
        one = [1] * (both + only_a) + [0] * (only_b + neither)
        other = [1] * both + [0] * only_a + [1] * only_b + [0] * neither
        found = row_of(agreement(tags(segments, one), tags(segments, other), segments), "caseload")
        assert round(found["kappa"], 2) == kappa
        assert found["pabak"] == pytest.approx(0.70, abs=1e-6)


def test_a_disagreement_that_changes_a_number_of_people_comes_first():
    segments = answers(6, people=3)  # P0: 0 and 3, P1: 1 and 4, P2: 2 and 5
    one, other = tags(segments, (1, 1, 0, 0, 0, 0)), tags(segments, (1, 0, 0, 1, 0, 0), coder="b")
    found = disagreements(one, other, segments, names=("meg", "owen"))
    assert list(found["case_id"]) == ["P1", "P0"], "P0 counts either way"
    assert list(found["said_by"]) == ["meg", "owen"]
    assert found["cost"].tolist() == pytest.approx([1 / 2, 0.1 / 2])


def test_in_whole_turns_people_agree_who_marked_different_sentences():
    segments = answers(2).assign(document_id="d001", turn=0)
    one, other = tags(segments, (1, 0)), tags(segments, (0, 1), coder="b")
    units = by_turn(one, segments)[1]
    found = row_of(agreement(by_turn(one, segments)[0], by_turn(other, segments)[0], units), "caseload")
    assert (found["n"], found["both"]) == (1, 1)


YES = st.lists(st.tuples(st.booleans(), st.booleans()), min_size=4, max_size=40)


@settings(max_examples=20)
@given(said=YES)
def test_figures_are_those_of_the_libraries_and_intervals_hold_them(said):
    from sklearn.metrics import cohen_kappa_score

    segments = answers(len(said))
    one, other = ([pair[i] for pair in said] for i in (0, 1))
    found = row_of(
        agreement(tags(segments, one), tags(segments, other), segments, themes=["caseload"]), "caseload"
    )
    assert found["n"] == len(said) == found[["both", "only_a", "only_b", "neither"]].sum()
    assert found["percent"] == pytest.approx(100 * np.mean(np.equal(one, other)))
    if len({*one, *other}) == 1:
        assert math.isnan(found["kappa"]) and math.isnan(found["alpha"])
    else:
        assert found["kappa"] == pytest.approx(cohen_kappa_score(one, other), abs=1e-9)
        wanted = krippendorff.alpha(
            [np.array(one, float), np.array(other, float)], level_of_measurement="nominal"
        )
        assert found["alpha"] == pytest.approx(wanted, abs=1e-9)
        decisive = {at % 5 for at, pair in enumerate(said) if any(pair)}
        assert math.isnan(found["low"]) == (len(decisive) < 2)
        assert math.isnan(found["low"]) or found["low"] <= found["kappa"] <= found["high"]


def test_interviewers_and_unread_interviews_do_not_count():
    rows = [
        {
            "segment_id": f"{document}:{n}-{n + 1}",
            "document_id": document,
            "case_id": document,
            "turn": n,
            "start": n,
            "end": n + 1,
            "role": "participant" if n else "interviewer",
            "text": "words",
        }
        for document in ("d001", "d002", "d003")
        for n in range(4)
    ]
    segments = conform("segments", rows)
    one = tags(segments, [row["document_id"] != "d003" and row["turn"] == 1 for row in rows])
    other = tags(segments, [row["document_id"] != "d002" and row["turn"] == 1 for row in rows])
    assert row_of(agreement(one, other, segments), "caseload")["n"] == 3
    assert row_of(agreement(one, other, segments, read=["d001", "d002"]), "caseload")["n"] == 6
    with pytest.raises(FeedbackError, match="nothing that both"):
        agreement(one, tags(segments, [False] * 12), segments)


def test_overall_pools_the_themes():
    segments = answers(20)
    one = pd.concat([tags(segments, [1, 0] * 10), tags(segments, [1] * 20, theme="pay")])
    other = pd.concat([tags(segments, [1, 0] * 10), tags(segments, [1, 1, 1, 0] * 5, theme="pay")])
    table = agreement(one, other, segments)
    assert table["theme_id"].tolist() == ["caseload", "pay", "overall"]
    pooled = table.iloc[:2][["n", "both", "only_a", "only_b", "neither"]].sum()
    assert table.iloc[2][["n", "both", "only_a", "only_b", "neither"]].tolist() == pooled.tolist()


def test_the_same_tags_give_the_same_table_in_any_order():
    segments = answers(30)
    one, other = tags(segments, [1, 0, 0] * 10), tags(segments, [1, 1, 0] * 10)
    shuffled = agreement(one.sample(frac=1, random_state=1), other, segments.sample(frac=1, random_state=2))
    pd.testing.assert_frame_equal(agreement(one, other, segments), shuffled)


def test_wilson_is_that_of_the_textbook():
    # Newcombe (1998), Statistics in Medicine 17, table I: 81 of 263 and 15 of 148, score method.
    assert wilson(81, 263) == pytest.approx((0.2553, 0.3662), abs=5e-5)
    assert wilson(15, 148) == pytest.approx((0.0624, 0.1605), abs=5e-5)


def test_precision_recall_and_f1_against_people():
    segments = answers(40, people=40)
    people_said = [1] * 20 + [0] * 20
    machine = [1] * 15 + [0] * 5 + [1] * 5 + [0] * 15
    found = row_of(evaluate(tags(segments, machine), tags(segments, people_said), segments), "caseload")
    assert (found["precision"], found["recall"], found["f1"]) == (0.75, 0.75, 0.75)
    assert found["support"] == 20 and found["n_people"] == 20 and found["note"] == ""
    assert found["f1_low"] <= 0.75 <= found["f1_high"]
    assert (found["precision_low"], found["precision_high"]) == pytest.approx(wilson(15, 20))


def test_what_few_people_say_often_makes_wide_intervals():
    people_said, machine = [1] * 20 + [0] * 20, [1] * 15 + [0] * 5 + [1] * 5 + [0] * 15
    widths = []
    for people in (40, 8):
        segments = answers(40, people=people)
        found = row_of(evaluate(tags(segments, machine), tags(segments, people_said), segments), "caseload")
        widths.append(found["f1_high"] - found["f1_low"])
    assert widths[1] > widths[0]


def test_full_agreement_of_a_few_is_not_certain():
    segments = answers(40, people=10)
    table = agreement(tags(segments, [1, 0] * 20), tags(segments, [1, 0] * 20), segments)
    found = row_of(table, "caseload")
    assert found["kappa"] == found["high"] == 1 and 0.2 < found["low"] < 0.8


def test_a_theme_that_people_hardly_used_is_not_judged():
    segments = answers(40)
    found = evaluate(tags(segments, [1] * 40), tags(segments, [1] * 14 + [0] * 26), segments)
    assert row_of(found, "caseload")["note"] == TOO_FEW


def test_a_theme_that_only_the_machine_uses_has_no_recall():
    segments = answers(10)
    human = tags(segments, [1] * 10, theme="pay")
    found = row_of(evaluate(tags(segments, [1] * 10), human, segments, themes=["caseload"]), "caseload")
    assert found["precision"] == 0 and math.isnan(found["recall"]) and found["f1"] == 0

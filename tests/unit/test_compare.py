"""Themes and push factors by attribute: people, honest denominators, corrected tests, nothing given away."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy import stats
from ticked_tables import ticked_tables

from feedback.comparing import compare
from feedback.comparing.drawn import Margins
from feedback.comparing.effects import corrected, p_of_shown
from feedback.errors import FeedbackError
from feedback.report import summarise

PEOPLE = [f"P{at:02d}" for at in range(80)]


def study(**more):
    """80 people on two routes in four regions; half left. Caseload is the graduates', pay everybody's."""
    attributes = {
        one: {
            "route": "graduate" if at % 2 else "university",
            "region": "NESW"[at % 4] if at % 10 else "",
            "leaver": "yes" if at % 3 else "no",
            "months": str(at),
            **({"started": f"{2019 + at % 3}-09-{1 + at % 28:02d}"}),
        }
        for at, one in enumerate(PEOPLE)
    }
    said = {
        "caseload": {one for at, one in enumerate(PEOPLE) if at % 2 and at % 5},
        "pay": set(PEOPLE[::3]),
        "safety": set(PEOPLE[:3]),
    }
    return ticked_tables(attributes, said, **more)


def line_of(found, theme):
    return next(line for line in found.lines if line.id == theme)


def test_counts_are_people_of_those_heard_in_each_group():
    found = compare(study(), by=["route"])
    groups = {one.name: (one.n, one.of) for one in line_of(found, "pay").groups}
    assert groups == {"graduate": (13, 40), "university": (14, 40)}


def test_a_share_has_wilsons_interval_and_only_from_twenty_people_on():
    (graduate, _) = line_of(compare(study(), by=["route"]), "pay").groups
    low, high = stats.binomtest(13, 40).proportion_ci(method="wilson")
    assert graduate.limits == pytest.approx((low, high))
    west = line_of(compare(study(), by=["region"]), "pay").groups
    assert all(one.share is None for one in west if one.of is not None and one.of < 20)


def halves(first, second):
    """40 and 40 people on two routes, of whom so many speak of pay."""
    attributes = {one: {"route": "graduate" if at < 40 else "university"} for at, one in enumerate(PEOPLE)}
    return ticked_tables(attributes, {"pay": {*PEOPLE[:first], *PEOPLE[40 : 40 + second]}})


def test_a_true_difference_is_found_with_its_size():
    line = compare(halves(30, 10), by=["route"]).lines[0]
    assert line.differs
    graduate = line.groups[0]
    assert graduate.difference == pytest.approx(0.5)
    low, high = graduate.difference_limits
    assert 0.25 < low < 0.5 < high < 0.7


def test_like_groups_do_not_differ():
    assert compare(halves(20, 18), by=["route"]).lines[0].differs is False


def test_two_groups_are_compared_by_fishers_exact_test_corrected_for_all_themes():
    found = compare(study(), by=["route"])
    line = line_of(found, "pay")
    assert line.p == pytest.approx(stats.fisher_exact([[13, 14], [27, 26]]).pvalue)
    assert found.n_comparisons == 2  # too few people speak of safety
    assert line_of(found, "safety").why_not.startswith("said, or not said, by too few")


def test_one_theme_alone_is_corrected_as_among_all():
    alone = line_of(compare(study(), by=["route"], theme="pay"), "pay")
    assert alone == line_of(compare(study(), by=["route"]), "pay")


def test_more_groups_are_compared_by_permutation_and_the_seed_decides():
    groups = [(12, 40), (30, 60), (8, 50), (25, 45)]
    right = stats.chi2_contingency(np.array([[n, of - n] for n, of in groups]).T, correction=False).pvalue
    margins = Margins((40, 60, 50, 45), 0, 75, k=1)
    found = p_of_shown(groups, margins, seed=3)
    assert found == p_of_shown(groups, margins, seed=3) == pytest.approx(right, abs=0.003)
    assert found != p_of_shown(groups, margins, seed=4)


def test_three_groups_of_which_one_is_shown_are_no_exact_test():
    people = [f"p{at}" for at in range(170)]
    route = ["graduate"] * 100 + ["university"] * 60 + ["apprentice"] * 10
    attributes = {one: {"route": own} for one, own in zip(people, route, strict=True)}
    said = {*people[:20], *people[100:104], people[160]}
    line = line_of(compare(ticked_tables(attributes, {"pay": said}), by=["route"]), "pay")
    assert [one.n for one in line.groups] == [None, 20, None]
    assert (line.compared, line.test) == (2, "permutation test of 2 groups")


def test_holm_counts_comparisons_that_could_not_be_shown_too():
    assert corrected([0.04, 0.001], comparisons=10) == pytest.approx([0.36, 0.01])
    assert corrected([], comparisons=3) == []


def test_people_without_a_value_stand_apart_and_in_no_test():
    tables = halves(30, 10)
    route = [None if at % 4 == 0 else one for at, one in enumerate(tables["cases"]["route"])]
    tables["cases"] = tables["cases"].assign(route=route)
    found = compare(tables, by=["route"])
    line = found.lines[0]
    assert {one.name: one.of for one in line.groups} == {"graduate": 30, "university": 30, "not recorded": 20}
    assert line.compared == 2
    assert line.groups[-1].difference is None
    assert any("'route' is not recorded for 20 people" in note for note in found.notes)


def test_who_was_not_asked_is_not_counted_as_silent():
    asked = set(PEOPLE[:60]) | set(PEOPLE[::3])
    line = line_of(compare(study(asked=asked), by=["route"]), "pay")
    assert (line.n, line.of, line.not_asked) == (27, len(asked), 80 - len(asked))
    assert sum(one.of or 0 for one in line.groups) == len(asked)


def test_read_and_nothing_said_counts():
    assert line_of(compare(study(), by=["route"]), "pay").of == 80


def test_push_factors_are_counted_among_those_who_left():
    found = compare(study(factors=["caseload"]), by=["route"], factors=True)
    line = line_of(found, "caseload")
    left = [one for at, one in enumerate(PEOPLE) if at % 3]
    assert line.of == len(left)
    assert line.n == len([one for at, one in enumerate(PEOPLE) if at % 2 and at % 5 and at % 3])


def test_a_reflexive_study_gets_no_tests_and_no_corrections():
    found = compare(study(), by=["route"], approach="reflexive")
    assert all(line.p is None and line.corrected is None for line in found.lines)
    assert all(one.difference is None for line in found.lines for one in line.groups)
    assert any("reflexive" in note for note in found.notes)


def test_it_shows_what_the_report_shows_and_hides_what_the_report_hides():
    tables = study()
    for table in summarise(tables).tables:
        found = {line.label: line for line in compare(tables, by=[table.attribute]).lines}
        for label, cells in table.rows:
            assert tuple(one.n for one in found[label].groups) == cells


def test_what_is_shown_does_not_depend_on_what_else_is_asked():
    alone = compare(study(), by=["months:quartiles"])
    beside = compare(study(), by=["region", "months:quartiles", "leaver"])
    own = [line.groups for line in beside.lines if line.attribute == "months:quartiles"]
    assert [[(one.n, one.of) for one in groups] for groups in own] == [
        [(one.n, one.of) for one in line.groups] for line in alone.lines
    ]


def test_figures_beside_the_counts_come_from_shown_counts_alone():
    """Moving people between hidden groups changes nothing that is shown."""
    attributes = {one: {"route": "abcd"[min(at // 25, 3)]} for at, one in enumerate(PEOPLE)}
    attributes |= {f"Q{at}": {"route": "dcc"[at]} for at in range(3)}
    said = {"pay": {*PEOPLE[:10], *PEOPLE[25:26], *PEOPLE[50:53], *PEOPLE[75:79]}}
    first = compare(ticked_tables(attributes, said), by=["route"])
    said = {"pay": {*PEOPLE[:10], *PEOPLE[25:27], *PEOPLE[50:52], *PEOPLE[75:79]}}
    second = compare(ticked_tables(attributes, said), by=["route"])
    assert any(one.n is None for one in first.lines[0].groups)
    assert first.lines == second.lines


def test_the_same_tables_in_any_order_give_the_same_comparison():
    tables = study()
    mixed = {name: frame.sample(frac=1, random_state=1) for name, frame in tables.items()}
    assert compare(tables, by=["region"]).groups.equals(compare(mixed, by=["region"]).groups)


def test_an_unknown_attribute_is_answered_with_the_nearest():
    with pytest.raises(FeedbackError) as told:
        compare(study(), by=["rout"])
    assert told.value.hint == "did you mean 'route'?"


def test_numbers_with_many_values_are_banded_only_when_that_is_asked():
    with pytest.raises(FeedbackError) as told:
        compare(study(), by=["months"])
    assert "months:quartiles" in (told.value.hint or "")
    found = compare(study(), by=["months:quartiles"])
    assert list(found.heard["months:quartiles"]) == ["up to 19", "over 19 to 39", "over 39 to 59", "over 59"]


def test_dates_are_compared_by_their_years_whatever_way_they_are_written():
    tables = study()
    cases = tables["cases"]
    cases["started"] = [
        value if at % 2 else "/".join(reversed(value.split("-"))) for at, value in enumerate(cases["started"])
    ]
    found = compare(tables, by=["started:years"])
    assert found.heard["started:years"] == {"2019": 27, "2020": 27, "2021": 26}
    with pytest.raises(FeedbackError) as told:
        compare(tables, by=["started"])
    assert "dates" in told.value.message
    assert "started:years" in (told.value.hint or "")


def test_one_group_is_nothing_to_compare():
    tables = study()
    tables["cases"] = tables["cases"].assign(route="graduate")
    with pytest.raises(FeedbackError, match="nothing to compare"):
        compare(tables, by=["route"])


def test_one_word_in_two_spellings_is_pointed_out():
    tables = study()
    route = tables["cases"]["route"]
    tables["cases"] = tables["cases"].assign(
        route=["Graduate" if at % 8 == 1 else one for at, one in enumerate(route)]
    )
    assert any("mend the participants table" in note for note in compare(tables, by=["route"]).notes)


def test_groups_heard_in_different_ways_are_pointed_out():
    tables = study()
    documents = tables["documents"]
    kind = ["interview" if at % 2 else "survey" for at in range(len(documents))]
    tables["documents"] = documents.assign(kind=kind)
    assert any("heard in different ways" in note for note in compare(tables, by=["route"]).notes)


def test_push_factors_by_leaver_are_refused_in_words():
    with pytest.raises(FeedbackError, match="one group only"):
        compare(study(factors=["pay"]), by=["leaver"], factors=True)


def test_the_figures_are_tables_too():
    found = compare(study(), by=["route"])
    assert isinstance(found.groups, pd.DataFrame)
    assert set(found.tests["id"]) == {"caseload", "pay", "safety"}

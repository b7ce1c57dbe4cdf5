"""An attacker with everything that is published gets no hidden figure out, nor anybody with two tables."""

from __future__ import annotations

import pytest
from disclosure_attacker import ATTRIBUTES, attack, invented, published

from feedback.disclosure import linked
from feedback.report.crosstabs import crosstab
from feedback.report.hiding import Known, shown_tables

# Cohorts in which figures come out when each table is hidden by itself.
BARE = (0, 7, 13, 20, 33)


@pytest.mark.parametrize("seed", BARE)
def test_everything_published_of_a_cohort_gives_no_hidden_figure_and_no_rare_line_away(seed):
    found = attack(invented(seed), k=5)
    assert found.hidden and found.shown
    assert (found.recovered, found.lines_below_k) == (0, 0)


def test_the_attacker_finds_what_is_hidden_table_by_table_only(monkeypatch):
    monkeypatch.setattr(linked.Family, "hide", lambda family: None)
    assert attack(invented(0), k=5).recovered > 0


def test_ten_people_make_a_group_when_it_is_published():
    found = attack(invented(7), k=10)
    assert (found.recovered, found.lines_below_k) == (0, 0)


def people(*numbers):
    return frozenset(f"P{number:02d}" for number in numbers)


def test_a_region_bares_no_team_that_lies_in_it():
    """Teams A and B make up the north: what is hidden of B must not follow from the north less A."""
    teams = {"A": people(*range(10)), "B": people(*range(10, 20)), "C": people(*range(20, 30))}
    parts = {"north": teams["A"] | teams["B"], "south": teams["C"]}
    theme = people(*range(8), *range(10, 13), *range(20, 29))
    alone = crosstab("team", teams, [("caseload", theme)], k=5).rows[0][1]
    assert alone.count(None) == 2
    team, part = shown_tables({"team": teams, "part": parts}, [theme], k=5)
    north = part.cells[0][0]
    assert None in team.cells[0]
    assert north is None or team.cells[0][0] is None


def test_quotes_under_a_line_bare_no_hidden_cell():
    """Both of whom a hidden cell must hold are quoted from there: then a third cell is hidden as well."""
    regions = {"north": people(*range(10)), "south": people(*range(10, 20)), "isles": people(*range(20, 30))}
    theme = people(0, 1, *range(10, 16), 20, 21, 22, 23, 24, 25)
    lines = {case: f"a social worker, {name}" for name, group in regions.items() for case in group}
    quoted = {case: lines[case] for case in people(0, 1)}
    without = shown_tables({"region": regions}, [theme], k=5)[0].cells[0]
    known = Known([quoted], [None], lines)
    with_quotes = shown_tables({"region": regions}, [theme], k=5, known=known)[0].cells[0]
    assert without.count(None) <= with_quotes.count(None)
    assert with_quotes[0] is None


def test_what_everybody_of_a_group_says_is_hidden():
    cohort = invented(0)
    tables, _ = published(cohort, k=5)
    assert {table.attribute for table in tables} <= set(ATTRIBUTES)
    assert all(
        cell != total or not cell
        for table in tables
        for _, cells in table.rows
        for cell, total in zip(cells, table.totals, strict=True)
    )

"""Retention in the report: each definition under its own label, and a table beside each curve."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any
from xml.etree import ElementTree

import pytest
from report_sample import sample_tables

from feedback.errors import FeedbackError
from feedback.leaving.outcomes import outcomes_of
from feedback.leaving.publish import report_of
from feedback.model import Outcome, OutcomePoint, Report
from feedback.outcomes import Asked, outcomes
from feedback.outcomes.cohort import EVERYBODY
from feedback.project import Project
from feedback.report import render, summarise
from feedback.report.charts.curves import curve_chart, narrow_curve_chart
from feedback.report.numbers import Numbers
from feedback.report.retention import told_points, with_outcomes
from feedback.report.why import Answers
from feedback.settings.outcomes import Outcomes

DEFINITIONS = ("left-first-employer", "left-profession")
COLUMNS = Outcomes(
    start="start_date",
    until="2024-09-01",
    left_first_employer="left_employer",
    left_profession="left_profession",
    status="status",
)


def people(n: int = 200) -> Any:
    """Three in four left the first employer by 30 months, a quarter of those the profession; some unknown."""
    import pandas as pd

    rows = []
    for at in range(n):
        left = f"{2019 + at % 2}-{1 + at % 12:02d}-15" if at % 4 else ""
        rows.append(
            {
                "case_id": f"P{at:03d}",
                "cohort": "early" if at % 2 else "late",
                "start_date": "2018-09-01",
                "left_employer": left,
                "left_profession": left if at % 16 == 1 else "",
                "status": "unknown" if at % 20 == 0 else "",
            }
        )
    return pd.DataFrame(rows)


@pytest.fixture(scope="module")
def found() -> Any:
    asked = Asked(DEFINITIONS, at=(12, 18, 24, 36), by="cohort", side_by_side=True)
    return outcomes(people(), asked, columns=COLUMNS)


@pytest.fixture(scope="module")
def report(found: Any) -> Report:
    return with_outcomes(summarise(sample_tables(), title="Why people left"), found)


def test_each_definition_has_a_figure_of_its_own_and_they_are_not_compared(report: Report) -> None:
    page = render(report, ".html").decode()
    for label in ("left the first employer", "left the profession"):
        assert f"People who {label}" in page
    assert "they are not compared" in page
    assert any("These are different figures." in line for line in report.summary)


def test_a_curve_says_in_words_what_it_draws_and_is_the_same_bytes(report: Report) -> None:
    drawn = curve_chart(report.outcomes[0], name="curve")
    assert drawn == curve_chart(report.outcomes[0], name="curve")
    svg = ElementTree.fromstring(drawn)
    assert svg.attrib["role"] == "img"
    described = {part.attrib["id"]: part.text or "" for part in svg if "id" in part.attrib}
    assert set(svg.attrib["aria-labelledby"].split()) == set(described)
    for group in (EVERYBODY, "early", "late"):
        assert re.search(rf"{group}: after \d+ months \d+% \(95%", described["curve-desc"])


def test_curves_differ_by_more_than_colour(report: Report) -> None:
    drawn = curve_chart(report.outcomes[0], name="curve")
    lines = re.findall(r'<path d="M[^"]*L[^"]*" stroke="#0f4c5c"[^>]*>', drawn)
    assert len({re.sub(r' d="[^"]*"', "", line) for line in lines}) == len(lines) == 3
    for group in (EVERYBODY, "early", "late"):
        assert f">{group}</text>" in drawn


def test_a_curve_passes_through_shown_figures_only(report: Report) -> None:
    outcome = report.outcomes[0]
    hidden = tuple(
        OutcomePoint(one.group, one.months, hidden=True) if one.months == 24 else one
        for one in outcome.points
    )
    drawn = curve_chart(replace(outcome, points=hidden), name="curve")
    assert "after 24 months" not in drawn
    assert ">24</text>" not in drawn
    alone = Outcome("left-profession", "left the profession", (outcome.points[-1],))
    assert curve_chart(alone, name="curve") == narrow_curve_chart(alone) == ""


def test_what_a_curve_shows_stands_in_a_table_beside_it(report: Report) -> None:
    page = render(report, ".html").decode()
    section = page[page.index('<section id="outcomes">') : page.index('<section id="themes">')]
    for point in told_points(report.outcomes[0]):
        assert point.hidden or f">{point.left}</td>" in section
    word = render(report, ".docx")
    assert len(word) > len(render(replace(report, outcomes=()), ".docx"))


def test_retention_figures_have_the_people_behind_them(report: Report, found: Any) -> None:
    cohorts = {one.retention.definition: one.cohort.people for one in found.by_definition}
    answers = Answers(report, sample_tables(), cohorts=cohorts)
    numbers = [one for one in Numbers(report).all if one.kind == "outcome"]
    assert len(numbers) > 10
    for number in numbers:
        why = answers.why(number)
        assert len(why.people) == number.n, number
        others = sum(len(other.people) for other in why.others if other.why != "not followed so long")
        assert number.of == 0 or number.n + others == number.of, number


def test_a_definition_whose_column_cannot_be_read_is_named_and_the_others_are_shown(tmp_path: Any) -> None:
    table = people().assign(left_profession="at some point")
    project = Project.create(tmp_path / "study", themes="themes: {}\n")
    with (project.path / "feedback.yaml").open("a") as file:
        file.write(
            "outcomes:\n  start: start_date\n  until: 2024-09-01\n  status: status\n"
            "  left_first_employer: left_employer\n  left_profession: left_profession\n"
        )
    project.save("private/people", table)
    shown, note = outcomes_of(project)
    assert shown is not None
    assert [one.retention.definition for one in shown.by_definition] == ["left-first-employer"]
    assert "Who left the profession is not shown" in note
    assert "P0" not in note
    report = report_of(project)
    assert [one.definition for one in report.outcomes] == ["left-first-employer"]
    assert report.outcomes_note == note


def test_without_columns_there_is_no_section(tmp_path: Any) -> None:
    project = Project.create(tmp_path / "study", themes="themes: {}\n")
    assert 'id="outcomes"' not in render(report_of(project), ".html").decode()


def test_months_in_the_settings_must_be_numbers(tmp_path: Any) -> None:
    project = Project.create(tmp_path / "study", themes="themes: {}\n")
    with (project.path / "feedback.yaml").open("a") as file:
        file.write("outcomes:\n  left_profession: left\n  at: [two years]\n")
    with pytest.raises(FeedbackError, match="should hold months"):
        report_of(project)

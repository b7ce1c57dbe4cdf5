"""Every number of a comparison has an id that says who stands behind it; what is hidden has none."""

from __future__ import annotations

import io

import openpyxl
import pytest
from ticked_tables import ticked_tables

from feedback.comparing import Asked, compare, comparison
from feedback.comparing.basis import basis_of
from feedback.comparing.groups import TESTIMONIES
from feedback.comparing.sheets import comparison_sheets
from feedback.comparing.why import numbers_like, why_compared
from feedback.errors import FeedbackError
from feedback.report.sheets.workbook import workbook_bytes
from feedback.report.why import OTHERWISE, SILENT, Answers
from feedback.tables import conform

PEOPLE = [f"P{at:02d}" for at in range(60)]
PAY = set(PEOPLE[:40:2])


def study(*, asked=None, witnesses=0, telling=7):
    """60 people on two routes, of whom 45 left; most who speak of pay are graduates; witnesses only wrote."""
    attributes = {
        one: {"route": "graduate" if at < 40 else "university", "leaver": "yes" if at % 4 else "no"}
        for at, one in enumerate([*PEOPLE, *(f"W{at}" for at in range(witnesses))])
    }
    telling = min(telling, witnesses)
    said = {"pay": {*PAY, *PEOPLE[50:57], *(f"W{at}" for at in range(telling))}, "travel": set(PEOPLE[:2])}
    tables = ticked_tables(attributes, said, asked=asked, factors=["pay"])
    documents, segments = tables["documents"], tables["segments"]
    written = set(segments.loc[segments["case_id"].str.startswith("W"), "document_id"])
    kind = ["testimony" if one in written else "survey" for one in documents["document_id"]]
    return {**tables, "documents": conform("documents", documents.assign(kind=kind))}


def why(tables, wanted, **options):
    basis = basis_of(tables, **options)
    return why_compared(basis, Answers(basis.report, tables, unquoted=True), wanted)


def test_every_number_shown_has_an_id_and_what_is_hidden_has_none():
    tables = study()
    found = compare(tables, by=["route", "leaver"])
    ids = []
    for line in found.lines:
        assert line.number
        assert line.n_number
        for one in line.groups:
            assert bool(one.number) == (one.n is not None)
            ids += [one.number] * bool(one.number)
    assert len(ids) == len(set(ids)) > 3
    for one in (group for line in found.lines for group in line.groups if group.number):
        told = why(tables, one.number)
        assert (len(told.people), told.number.n, told.number.of) == (one.n, one.n, one.of)


def test_behind_a_count_stand_its_people_with_their_words_and_the_others_with_why_not():
    told = why(study(), "n-compare-route-graduate-pay")
    assert {voice.case_id for voice in told.people} == PAY
    assert told.people[0].passages[0].text == "I would say that it was pay."
    assert told.among == "the people heard whose route is graduate"
    (others,) = told.others
    assert (others.why, len(others.people)) == (SILENT, 20)
    assert OTHERWISE not in {one.why for one in told.others}


def test_behind_a_test_stand_its_counts_with_their_ids():
    told = why(study(), "n-compare-route-pay")
    assert "graduate 20 of 40 [n-compare-route-graduate-pay]" in told.number.words
    line = next(one for one in compare(study(), by=["route"]).lines if one.id == "pay")
    assert f"{line.corrected:.3g}" in told.number.words


def test_who_was_not_asked_is_named_and_so_is_who_is_in_a_group():
    tables = study(asked={*PEOPLE[:40], *PEOPLE[50:57]})
    line = next(one for one in compare(tables, by=["route"]).lines if one.id == "pay")
    told = why(tables, line.not_asked_number)
    assert [voice.case_id for voice in told.people] == [*PEOPLE[40:50], *PEOPLE[57:]]
    group = why(study(), "n-compare-route-university")
    assert [voice.case_id for voice in group.people] == PEOPLE[40:]


def test_what_is_hidden_is_refused_and_a_slip_is_answered_with_the_nearest():
    with pytest.raises(FeedbackError, match="hidden"):
        why(study(), "n-compare-route-graduate-travel")
    with pytest.raises(FeedbackError) as told:
        why(study(), "n-compare-route-graduat-pay")
    assert "n-compare-route-graduate-pay" in (told.value.hint or "")


def test_the_numbers_of_a_column_can_be_listed():
    found = {one.id: (one.n, one.of) for one in numbers_like(basis_of(study()), "n-compare-route")}
    assert found["n-compare-route-graduate-pay"] == (20, 40)
    assert "n-compare-route-graduate-travel" not in found


def test_ids_do_not_depend_on_what_is_asked():
    one = compare(study(), by=["route"]).lines[0].groups[0].number
    other = compare(study(), by=["leaver", "route"]).lines
    assert one in {group.number for line in other for group in line.groups}


def test_the_workbook_has_the_numbers_with_their_ids():
    found = compare(study(), by=["route"])
    book = openpyxl.load_workbook(io.BytesIO(workbook_bytes("A study", comparison_sheets(found))))
    rows = [dict(zip([c.value for c in book["Groups"][1]], [c.value for c in row], strict=True))
            for row in list(book["Groups"])[1:]]  # fmt: skip
    pay = next(row for row in rows if row["id"] == "pay" and row["group"] == "graduate")
    assert (pay["n"], pay["of"], pay["number"]) == (20, 40, "n-compare-route-graduate-pay")
    assert [row[0].value for row in list(book["Notes"])[1:]] == list(found.notes)


# Testimonies that were written for publicity


def test_testimonies_are_in_no_comparison_unless_asked_and_the_notes_say_how_to_ask():
    found = compare(study(witnesses=12), by=["route"], factors=True)
    assert all(TESTIMONIES not in [one.name for one in line.groups] for line in found.lines)
    assert found.lines[0].of == 45
    assert any("factors: pool: testimonies" in note for note in found.notes)


def test_pooled_testimonies_stand_in_a_group_of_their_own_in_no_test_and_are_told():
    alone = compare(study(), by=["route"], factors=True).lines[0]
    found = compare(study(witnesses=12), by=["route"], factors=True, pool=True)
    line = found.lines[0]
    assert (line.n, line.of) == (alone.n + 5, alone.of + 9)  # three of the twelve stayed
    apart = {one.name: (one.n, one.of, one.difference) for one in line.groups}
    assert apart.pop(TESTIMONIES) == (5, 9, None)
    before = {one.name: (one.n, one.of) for one in alone.groups}
    assert {name: figures[:2] for name, figures in apart.items()} == before
    assert (line.p, line.compared) == (alone.p, alone.compared)
    assert any(note.startswith("Pooled, as was asked: 9 of these leavers") for note in found.notes)


def test_where_few_testimonies_give_a_reason_no_group_is_shown_that_would_tell_them():
    found = compare(study(witnesses=12, telling=3), by=["route"], factors=True, pool=True).lines[0]
    assert [one.n for one in found.groups] == [None, None, None]
    assert found.p is None


def test_pooled_testimonies_are_in_no_comparison_of_themes():
    tables = study(witnesses=12)
    pooled, apart = (compare(tables, by=["route"], pool=one) for one in (True, False))
    assert pooled.lines == apart.lines
    assert pooled.heard == apart.heard


def test_behind_a_pooled_number_stand_those_who_wrote_testimonies_too():
    tables = study(witnesses=12)
    basis = basis_of(tables, pool=True)
    line = comparison(basis, Asked(("route",), factors=True)).lines[0]
    told = why_compared(basis, Answers(basis.report, tables, unquoted=True), line.n_number)
    assert {"W1", "W2", "W3", "W5", "W6"} <= {voice.case_id for voice in told.people}
    assert all(voice.passages for voice in told.people)

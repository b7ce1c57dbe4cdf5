"""The framework matrix: what people say, by theme; summaries by hand that nothing loses."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from ticked_tables import ticked_tables

from feedback.comparing.matrix import CHANGED, cells_of, counts_of, matrix_sheets
from feedback.comparing.summaries import summaries_of, with_summaries
from feedback.comparing.taking import check_leaks, is_matrix, returned, take
from feedback.edits.leaks import Watch
from feedback.errors import FeedbackError
from feedback.report.handover import handover
from feedback.report.sheets import NOT_READ, NOTHING_SAID
from feedback.report.sheets.workbook import workbook_bytes
from feedback.tables import conform, empty
from feedback.withdrawn import Own, rows_left

SAID = {"pay": {"P1", "P2"}, "caseload": {"P1"}}
PEOPLE = {"P1": {"route": "a"}, "P2": {"route": "a"}, "P3": {"route": "b"}}


def study(said=None, memos=None):
    tables = ticked_tables(PEOPLE, said or SAID)
    tables["cases"] = conform(
        "cases", [*tables["cases"].to_dict("records"), {"case_id": "P4", "consent": "analysis"}]
    )
    if memos is not None:
        tables["memos"] = memos
    return handover(tables, title="A study")


def cell_of(given, case, theme):
    return next(one for one in cells_of(given) if (one.case_id, one.theme_id) == (case, theme))


def sent(given, **written):
    """The matrix as a file, with summaries written into cells, as P1_pay="..."."""
    sheets = matrix_sheets(cells_of(given))
    rows = sheets[0].rows.set_index("case_id")
    for place, text in written.items():
        case, theme = place.split("_")
        rows.loc[case, f"{theme}: summary"] = text
    sheets[0] = replace(sheets[0], rows=rows.reset_index())
    return workbook_bytes("A study", sheets)


def taken(given, data, coder="Anna", memos=None):
    return take(
        returned(data, "matrix.xlsx"), empty("memos") if memos is None else memos, given.codebook,
        coder=coder, written="2026-01-01", people=list(given.table("cases")["case_id"]),
    )  # fmt: skip


def kept(given, memos, **written):
    """The memos after somebody (coder=) wrote into the matrix that these memos make."""
    coder = written.pop("coder", "Anna")
    now = study(memos=memos)
    return with_summaries(memos, taken(now, sent(now, **written), coder, memos).new)


def test_a_cell_says_what_was_said_and_where():
    cell = cell_of(study(), "P1", "caseload")
    ((place, text),) = cell.said
    assert cell.shown == f"{text} [{place}]"


def test_read_and_nothing_said_differs_from_not_read():
    assert cell_of(study(), "P3", "pay").shown == NOTHING_SAID
    assert cell_of(study(), "P4", "pay").shown == NOT_READ
    counts = counts_of(cells_of(study()))
    assert (counts["said"], counts["nothing_said"], counts["not_read"]) == (3, 3, 2)


def test_a_summary_comes_back_and_stands_in_the_next_matrix():
    given = study()
    memos = kept(given, empty("memos"), P1_pay="Too little.", P3_pay="Silent on it.")
    assert cell_of(study(memos=memos), "P1", "pay").written == "[Anna] Too little."
    assert cell_of(study(memos=memos), "P3", "pay").written == "[Anna] Silent on it."


def test_a_matrix_that_comes_back_twice_says_nothing_new():
    given = study()
    data = sent(given, P1_pay="Too little.")
    memos = with_summaries(empty("memos"), taken(given, data).new)
    assert not taken(given, data, memos=memos).new


def test_a_summary_on_words_that_changed_since_is_marked():
    memos = kept(study(), empty("memos"), P1_pay="Too little.", P2_pay="Enough.")
    later = study({**SAID, "pay": {"P1"}}, memos)
    assert CHANGED in cell_of(later, "P2", "pay").written
    assert CHANGED not in cell_of(later, "P1", "pay").written
    assert counts_of(cells_of(later))["words_changed"] == 1


def test_taking_the_mark_away_says_that_it_still_holds():
    memos = kept(study(), empty("memos"), P2_pay="Enough.")
    later = study({**SAID, "pay": {"P1"}}, memos)
    memos = with_summaries(memos, taken(later, sent(later, P2_pay="[Anna] Enough."), memos=memos).new)
    assert cell_of(study({**SAID, "pay": {"P1"}}, memos), "P2", "pay").written == "[Anna] Enough."


def test_two_peoples_summaries_are_both_kept():
    given = study()
    first, second = sent(given, P1_pay="Too little."), sent(given, P1_pay="Fair, on the whole.")
    memos = with_summaries(empty("memos"), taken(given, first, "Anna").new)
    memos = with_summaries(memos, taken(given, second, "Ben", memos).new)
    assert (
        cell_of(study(memos=memos), "P1", "pay").written == "[Anna] Too little.\n\n[Ben] Fair, on the whole."
    )


def test_who_changes_anothers_summary_writes_their_own():
    memos = kept(study(), empty("memos"), P1_pay="Too little.")
    memos = kept(study(), memos, P1_pay="[Anna] Plenty.", coder="Ben")
    assert cell_of(study(memos=memos), "P1", "pay").written == "[Anna] Too little.\n\n[Ben] Plenty."


def test_who_goes_on_behind_anothers_summary_takes_none_of_it():
    memos = kept(study(), empty("memos"), P1_pay="Too little.")
    memos = kept(study(), memos, P1_pay="[Anna] Too little.\n\nBut it was not why.", coder="Ben")
    assert cell_of(study(memos=memos), "P1", "pay").written.endswith("[Ben] But it was not why.")


def test_a_cell_that_was_emptied_keeps_its_summary_and_a_dash_takes_ones_own_away():
    memos = kept(study(), empty("memos"), P1_pay="Too little.")
    given = study(memos=memos)
    found = taken(given, sent(given, P1_pay=""), memos=memos)
    assert (found.emptied, dict(found.new)) == (1, {})
    memos = kept(study(), memos, P1_pay="-")
    assert cell_of(study(memos=memos), "P1", "pay").written == ""
    assert len(memos) == 2  # what was written once is still there


def test_an_old_file_does_not_bring_an_old_version_back():
    given = study()
    old = sent(given, P1_pay="First thoughts.")
    memos = with_summaries(empty("memos"), taken(given, old).new)
    memos = kept(study(), memos, P1_pay="[Anna] Second thoughts.")
    assert not taken(given, old, memos=memos).new


def test_rows_and_columns_in_another_order_are_read_all_the_same():
    given = study()
    sheets = matrix_sheets(cells_of(given))
    rows = sheets[0].rows.copy()
    rows.loc[rows["case_id"] == "P2", "pay: summary"] = "Enough."
    sheets[0] = replace(sheets[0], rows=rows.iloc[::-1][sorted(rows.columns)])
    assert list(taken(given, workbook_bytes("A study", sheets)).new) == [("P2", "pay")]


def test_a_person_or_theme_that_is_not_there_is_told():
    given = study()
    data = sent(given, P1_pay="Too little.")
    found = take(
        returned(data, "m.xlsx"), empty("memos"), given.codebook, coder="A", written="", people=["P2"]
    )
    assert found.problems == ("there is no person 'P1': a summary of P1, pay",)


def test_a_summary_with_a_name_of_the_study_is_refused_without_the_name():
    given = study()
    watch = Watch(empty("private/pseudonyms"), ["Hannah Ode"])
    new = taken(given, sent(given, P1_pay="Hannah Ode says it was too little.")).new
    with pytest.raises(FeedbackError) as told:
        check_leaks(new, lambda texts: [list(found) for found in watch.find_all(texts)])
    assert "P1, pay" in told.value.message
    assert "Hannah" not in told.value.message


def test_who_withdraws_takes_the_summaries_about_them_along():
    memos = kept(study(), empty("memos"), P1_pay="Too little.", P2_pay="Enough.")
    own = Own("P1", frozenset({"d0001"}), {}, {}, frozenset(), frozenset())
    assert list(rows_left(memos, own)["about"]) == ["P2 | pay"]


def test_a_renamed_theme_keeps_its_summaries():
    from feedback.codebook import Codebook

    memos = kept(study(), empty("memos"), P1_pay="Too little.")
    book = Codebook.from_dict({"themes": {"salary": {"label": "Salary", "means": "x", "formerly": ["pay"]}}})
    assert list(summaries_of(memos, book)) == [("P1", "salary")]


def test_the_same_matrix_is_the_same_bytes_and_is_known_again():
    data = sent(study())
    assert data == sent(study())
    assert is_matrix(data, "matrix.xlsx")
    assert not is_matrix(workbook_bytes("Other", matrix_sheets(cells_of(study()))[1:]), "other.xlsx")


def test_a_matrix_without_its_marks_is_refused_with_the_way_out():
    sheets = matrix_sheets(cells_of(study()))[:1]
    with pytest.raises(FeedbackError, match="is no matrix any more"):
        returned(workbook_bytes("A study", sheets), "matrix.xlsx")


def test_every_cell_of_the_file_is_text():
    from zipfile import ZipFile

    memos = kept(study(), empty("memos"), P1_pay="=HYPERLINK(1)")
    with ZipFile(io.BytesIO(sent(study(memos=memos)))) as package:
        assert not any(b"<f>" in package.read(name) for name in package.namelist())

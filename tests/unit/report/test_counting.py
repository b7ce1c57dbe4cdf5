"""People, not mentions: what every number in a report must keep to."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from report_sample import sample_tables
from report_study import THEMES, person, study

from feedback.errors import FeedbackError
from feedback.model import Report
from feedback.report import summarise
from feedback.report.wording import how_many, percent
from feedback.tables import conform


def n_of(report: Report, theme: str) -> tuple[int, int]:
    row = next(row for row in report.themes if row.theme_id == theme)
    return row.n, row.of


PEOPLE = st.lists(
    st.fixed_dictionaries(
        {
            "kind": st.sampled_from(["interview", "survey", "testimony"]),
            "leaver": st.sampled_from(["yes", "no", None]),
            "region": st.sampled_from(["North", "South", "East", None]),
        }
    ),
    min_size=1,
    max_size=20,
)
TAGS = st.lists(
    st.fixed_dictionaries(
        {
            "person": st.integers(0, 19),
            "theme": st.sampled_from(THEMES),
            "place": st.integers(0, 2),
            "coder": st.sampled_from(["rules", "meaning", "anna"]),
            "valence": st.sampled_from(["negative", "positive", "mixed", "neutral", None]),
            "assertion": st.sampled_from(["own", "negated", "hypothetical", "other", None]),
        }
    ),
    max_size=50,
)
SLOW = settings(max_examples=15)  # an example makes two reports


@SLOW
@given(PEOPLE, TAGS)
def test_no_count_is_greater_than_what_it_is_out_of(people: list[Any], tags: list[Any]) -> None:
    report = summarise(study(people, tags), smallest_group=1)
    heard = sum(one["kind"] != "testimony" for one in people)
    leavers = sum(one["kind"] != "testimony" and one["leaver"] == "yes" for one in people)
    for row in report.themes:
        parts = (row.negative, row.positive, row.not_positive, row.not_negative)
        assert 0 <= max(parts) <= row.n <= row.of == heard
        assert row.n + row.not_own <= row.of
    for card in report.factors:
        assert 0 < card.n <= card.of == leavers
        assert card.n <= card.n_speak <= card.of
        assert card.stayers <= card.of_stayers
        assert card.n + max(card.n_other, card.n_hypothetical, card.n_denied) <= card.of
        assert card.n_main <= card.n
        assert card.n_counter <= card.read_for_counter == heard


@SLOW
@given(PEOPLE, TAGS)
def test_neither_a_second_mention_nor_a_second_coder_nor_the_order_of_tags_changes_a_report(
    people: list[Any], tags: list[Any]
) -> None:
    again = [{**tag, "coder": "second"} for tag in reversed(tags)] + tags
    one, two = summarise(study(people, tags)), summarise(study(people, again))
    assert [row for row in one.themes] == [row for row in two.themes]
    assert one.factors == two.factors
    assert one.tables == two.tables


@SLOW
@given(PEOPLE, TAGS)
def test_what_interviewers_say_and_what_testimonies_say_is_in_no_count_of_interviews(
    people: list[Any], tags: list[Any]
) -> None:
    kinds = [one["kind"] for one in people]
    spoken = [tag for tag in tags if tag["place"] > 0 and kinds[tag["person"] % len(people)] != "testimony"]
    one, two = summarise(study(people, tags)), summarise(study(people, spoken))
    assert one.themes == two.themes
    assert one.factors == two.factors
    assert one.tables == two.tables


def test_only_what_people_say_of_themselves_counts_as_theirs() -> None:
    people = [person() for _ in range(6)]
    said = ["own", "negated", "hypothetical", "other", None]
    tags = [{"person": i, "theme": "pay", "assertion": how} for i, how in enumerate(said)]
    report = summarise(study(people, tags))
    assert n_of(report, "pay") == (2, 6)  # "own", and a person's coding that does not say
    card = report.factors[0]
    assert (card.n_denied, card.n_hypothetical, card.n_other) == (1, 1, 1)


def test_whoever_only_speaks_well_of_pay_did_not_leave_over_it() -> None:
    tags = [{"person": 0, "theme": "pay", "valence": "positive", "coder": "meaning"}]
    tags += [{"person": 1, "theme": "pay", "valence": "negative"}]
    tables = study([person() for _ in range(6)], tags)
    card = summarise(tables).factors[0]
    assert (card.n, card.n_counter, card.read_for_counter) == (1, 0, 6)
    spoken = tables["segments"]["role"] == "participant"
    tables["segments"].loc[spoken, "text"] = "The pay was great."
    assert summarise(tables).factors[0].n_counter == 1


def test_a_complaint_is_a_push_factor_only_for_those_who_give_it_as_a_reason() -> None:
    people = [person() for _ in range(6)] + [person(leaver="no") for _ in range(6)]
    tables = study(people, [{"person": i, "theme": "pay"} for i in (0, 1, 2, 7)])
    reasons = [{"segment_id": f"d00{i}:1", "factor_id": factor} for i, factor in ((0, "pay"), (4, None))]
    report = summarise({**tables, "members": conform("members", reasons)})
    card = report.factors[0]
    assert (card.n, card.n_speak, card.of, card.stayers, card.of_stayers) == (1, 3, 6, 1, 6)
    assert report.factors_are_reasons
    assert "2 of 6 give a reason" in report.factors_note
    assert "the reasons of 1 of them fit no push factor" in report.factors_note


def test_push_factors_agree_with_the_table_of_factors() -> None:
    tables = sample_tables()
    members, words = tables["members"], tables["segments"].set_index("segment_id")["case_id"]
    left = set(tables["cases"].loc[tables["cases"]["leaver"] == "yes", "case_id"])
    heard = set(tables["documents"].loc[tables["documents"]["kind"] != "testimony", "document_id"])
    for card in summarise(tables).factors:
        own = members.loc[members["factor_id"] == card.factor_id, "segment_id"]
        own = own[own.str.partition(":")[0].isin(heard)]
        assert card.n == len(set(own.map(words)) & left)


def test_a_theme_inside_another_counts_for_both_and_once_a_person() -> None:
    tags = [{"person": 0, "theme": theme} for theme in ("caseload", "caseload/allocation")]
    report = summarise(study([person()] * 5, tags))
    assert n_of(report, "caseload") == n_of(report, "caseload/allocation") == (1, 5)
    assert [card.factor_id for card in report.factors] == ["caseload"]


def test_read_and_nothing_said_differs_from_not_read() -> None:
    tables = study([person() for _ in range(5)], [{"person": 0, "theme": "pay"}])
    tables["cases"] = conform(
        "cases",
        [*tables["cases"].to_dict("records"), {"case_id": "P9", "consent": "analysis", "leaver": "yes"}],
    )
    report = summarise(tables)
    counts = dict(report.counts)
    assert counts["people read who speak of no theme of the list"] == 4
    assert counts["people in the participants table who were not read"] == 1
    assert n_of(report, "pay") == (1, 5)
    assert report.factors[0].of == 5


def test_testimonies_have_their_own_rows_and_their_own_n() -> None:
    people = [person() for _ in range(5)] + [person("testimony") for _ in range(6)]
    report = summarise(study(people, [{"person": i, "theme": "confidence"} for i in (0, 6, 7)]))
    assert n_of(report, "confidence") == (1, 5)
    told = report.testimonies[0]
    assert (told.theme_id, told.n, told.of) == ("confidence", 2, 6)


def test_somebody_who_was_interviewed_and_surveyed_is_one_person() -> None:
    tables = study([person(), person("survey")], [{"person": i, "theme": "pay"} for i in (0, 1)])
    tables["segments"]["case_id"] = tables["segments"]["case_id"].where(
        tables["segments"]["case_id"].isna(), "P000"
    )
    assert n_of(summarise(tables), "pay") == (1, 1)


def test_words_of_people_whose_consent_is_none_are_in_no_number() -> None:
    tables = study([person() for _ in range(6)], [{"person": 0, "theme": "pay"}])
    tables["cases"].loc[0, "consent"] = "none"
    assert n_of(summarise(tables), "pay") == (0, 5)


def test_fewer_leavers_than_the_smallest_group_are_not_counted() -> None:
    people = [person()] * 4 + [person(leaver="no")] * 8
    report = summarise(study(people, [{"person": 0, "theme": "pay"}]))
    assert report.factors == ()
    assert "Fewer than 5 people who left" in report.factors_note
    assert "of them left" not in dict(report.counts)


def test_a_few_stayers_are_not_set_beside_leavers() -> None:
    people = [person()] * 8 + [person(leaver="no")] * 3
    report = summarise(study(people, [{"person": 0, "theme": "pay"}, {"person": 9, "theme": "pay"}]))
    assert (report.factors[0].of_stayers, report.factors[0].stayers) == (0, 0)
    assert "fewer than 5" in report.factors_note


@pytest.mark.parametrize("leaver", [None, "unknown", ""])
def test_without_a_word_on_who_left_the_report_says_why_there_are_no_push_factors(leaver: str | None) -> None:
    report = summarise(study([person(leaver=leaver)] * 8, [{"person": 0, "theme": "pay"}]))
    assert report.factors == ()
    assert "not recorded who left" in report.factors_note
    assert "'leaver' column" in report.factors_note


def test_a_report_of_nothing_says_of_every_part_why_it_is_empty() -> None:
    report = summarise({})
    assert report.factors == report.themes == report.tables == report.testimonies == ()
    notes = (report.factors_note, report.themes_note, report.tables_note, report.testimonies_note)
    assert all(notes)
    assert "consent" in report.quotes_note


def test_a_reflexive_report_keeps_the_order_of_the_theme_list_and_ranks_nothing() -> None:
    tags = [{"person": i, "theme": "caseload"} for i in range(6)] + [{"person": 0, "theme": "pay"}]
    tables = study([person() for _ in range(6)], tags)
    ranked, reflexive = summarise(tables), summarise(tables, approach="reflexive")
    assert [card.factor_id for card in ranked.factors] == ["caseload", "pay"]
    assert [card.factor_id for card in reflexive.factors] == ["pay", "caseload"]
    assert [row.theme_id for row in reflexive.themes] == list(THEMES)
    assert "does not rank" in " ".join(reflexive.summary)
    assert "largest" not in " ".join(reflexive.summary)


def test_attributes_are_chosen_by_their_number_of_values() -> None:
    tables = sample_tables()
    chosen = [table.attribute for table in summarise(tables).tables]
    assert chosen == ["programme"]
    everything = summarise(tables, smallest_group=1)
    assert [table.attribute for table in everything.tables] == ["programme", "role", "region", "cohort"]
    asked = summarise(tables, attributes=["role"], smallest_group=2)
    assert [table.attribute for table in asked.tables] == ["role"]
    with pytest.raises(FeedbackError, match="no column 'rolle'") as error:
        summarise(tables, attributes=["rolle"])
    assert "region" in (error.value.hint or "")


def test_the_same_tables_give_the_same_report_whatever_the_order_of_their_rows() -> None:
    tables = sample_tables()
    shuffled = {name: table.sample(frac=1, random_state=3) for name, table in tables.items()}
    shuffled["cases"] = tables["cases"]
    assert summarise(shuffled) == summarise(tables)


def test_tables_are_not_changed() -> None:
    tables = sample_tables()
    before = {name: table.copy(deep=True) for name, table in tables.items()}
    summarise(tables)
    assert all(tables[name].equals(before[name]) for name in tables)


def test_words_for_shares_keep_their_printed_meanings() -> None:
    said = [how_many(n, 8) for n in range(9)]
    assert said == ["nobody", "one person", "some", "some", "some", "most", "most", "most", "all"]
    assert how_many(2, 9) == "a few"


def test_percentages_stand_only_where_enough_people_were_read() -> None:
    assert percent(5, 19, least=20) == ""
    assert percent(11, 88, least=20) == "13%"
    assert percent(0, 0, least=0) == ""

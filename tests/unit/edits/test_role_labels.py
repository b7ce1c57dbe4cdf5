"""What a name stands for: a title that says no gender and names nobody."""

from __future__ import annotations

import pytest

from feedback.edits.telling.roles import kind_of, most_said, said_role


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("So my manager *Priya* said no.", "Manager"),
        ("our new line manager, *Priya Shah*, left", "Manager"),
        ("*Priya*, my team leader, was off", "Manager"),
        ("*Priya* was our practice educator", "Educator"),
        ("a little lad called *Kian*", "Child"),
        ("my sister *Ann* told me", "Relative"),
        ("my brother *Al* told me", "Relative"),
        ("the assistant director, *Jo Ek*", "Senior manager"),
        ("the head of service *Jo*", "Senior manager"),
        ("*Dr Okafor* wrote", "Professional"),
        ("*Cllr Reed* rang", "Councillor"),
        ("a social worker called *Jo*", "Worker"),
        ("I went with *Jo*. My manager was off.", ""),
        ("My manager was off. *Jo* came.", ""),
        ("I told my manager about *Jo*", ""),
        ("*Jo* said my manager was off", ""),
    ],
)
def test_a_role_is_read_where_it_is_said_of_the_name(text: str, role: str) -> None:
    start, end = text.index("*"), text.rindex("*") - 1
    assert said_role(text.replace("*", ""), start, end) == role


def test_the_role_that_most_say_counts_and_a_draw_says_none() -> None:
    assert most_said(["Manager", "", "Manager", "Colleague"]) == "Manager"
    assert most_said(["Manager", "Colleague"]) == ""
    assert most_said([""]) == ""


@pytest.mark.parametrize(
    ("label", "name", "kind"),
    [
        ("organisation", "leeds city council", "Council"),
        ("place", "leeds", "Town"),
        ("place", "kirklees", "Area"),
        ("organisation", "kirklees", "Council"),
        ("place", "oak tree road", "Street"),
        ("organisation", "oak tree primary school", "School"),
        ("organisation", "university of leeds", "University"),
        ("organisation", "leeds university hospital", "Hospital"),
        ("organisation", "harbour", "Organisation"),
        ("place", "nowhere", "Place"),
    ],
)
def test_a_place_or_organisation_is_what_its_name_or_a_list_says(label: str, name: str, kind: str) -> None:
    assert kind_of((label, *name.split())) == kind

"""A changed theme list is looked at before it is used; what it passes over can be seen."""

import pandas as pd
import pytest

from feedback.codebook import Codebook
from feedback.codebook.compare import compare, successors
from feedback.coding import follow
from feedback.segments import segments_from
from feedback.tables import conform
from feedback.tagging import tag
from feedback.tuning.changes import people_by_theme, tag_changes
from feedback.tuning.coverage import coverage
from feedback.tuning.phrases import suggest_phrases

THEMES = {
    "caseload": {"means": "Number of cases held at once.", "phrases": ["caseload"]},
    "pay": {"means": "What people earn.", "phrases": ["pay", "salary"]},
}
TEXTS = [
    "My caseload was thirty families by the spring.",
    "The salary was never going to cover the rent.",
    "Thirty families at once is too many for anybody.",
    "Nobody should have to hold forty families alone.",
    "The building had a nice garden at the back of it.",
    "Yes.",
]


@pytest.fixture(scope="module")
def segments():
    return segments_from(TEXTS, case_ids=["P1", "P2", "P3", "P4", "P5", "P6"])


def tags_of(segments, pairs, coder="a"):
    rows = [
        {"segment_id": segments["segment_id"].iloc[row], "theme_id": theme, "document_id": f"d{row:03d}",
         "start": 0, "end": 5, "score": 1.0, "coder": coder, "rule": "x", "valence": None, "assertion": None}
        for row, theme in pairs
    ]  # fmt: skip
    return conform("tags", rows)


def test_the_changes_are_those_between_two_runs(segments):
    old, new = Codebook.from_dict(THEMES), Codebook.from_dict({
        "caseload": {"means": "Number of cases.", "phrases": ["caseload", "(thirty|forty) families"]},
        "pay": {"means": "What people earn.", "phrases": ["pay"]},
    })  # fmt: skip
    before, after = (tag(segments, codebook, by=["rules"]) for codebook in (old, new))
    changes = tag_changes(before, after, segments)
    gained = changes[changes["change"] == "gained"]
    assert list(gained["case_id"]) == ["P3", "P4"]
    assert list(changes[changes["change"] == "lost"]["theme_id"]) == ["pay"]
    people = people_by_theme(before, after, segments).set_index("theme_id")
    assert tuple(people.loc["caseload"]) == (1, 3, 1, 3)
    assert tuple(people.loc["pay"]) == (1, 0, 1, 0)


def test_the_same_list_changes_nothing(segments):
    tags = tag(segments, Codebook.from_dict(THEMES), by=["rules"])
    assert not len(tag_changes(tags, tags, segments))


def test_a_theme_that_was_renamed_keeps_its_codings(segments):
    coded = tags_of(segments, [(0, "caseload"), (1, "pay")])
    renamed = Codebook.from_dict(
        {"workload": {"means": "Cases.", "formerly": ["caseload"]}, "pay": "Earnings."}
    )
    assert list(follow(coded, renamed)["theme_id"]) == ["workload", "pay"]
    assert compare(Codebook.from_dict(THEMES), renamed)[0].what == "renamed"


def test_themes_that_were_merged_keep_their_codings_once(segments):
    coded = tags_of(segments, [(0, "caseload"), (0, "pay"), (1, "pay")])
    merged = Codebook.from_dict({"conditions": {"means": "Cases and pay.", "formerly": ["caseload", "pay"]}})
    assert list(follow(coded, merged)["theme_id"]) == ["conditions", "conditions"]
    assert compare(Codebook.from_dict(THEMES), merged)[0].what == "merged"


def test_a_theme_that_was_split_leaves_its_codings_for_a_person_to_sort(segments):
    coded = tags_of(segments, [(0, "caseload")])
    split = Codebook.from_dict({
        "number": {"means": "How many.", "formerly": ["caseload"]},
        "weight": {"means": "How hard.", "formerly": ["caseload"]},
    })  # fmt: skip
    assert successors(split) == {"caseload": None}
    assert list(follow(coded, split)["theme_id"]) == ["caseload"]
    assert {change.what for change in compare(Codebook.from_dict(THEMES), split)} == {"split", "removed"}


def test_coverage_counts_what_has_a_theme_and_shows_the_rest(segments):
    codebook = Codebook.from_dict(THEMES)
    found = coverage(segments, tag(segments, codebook, by=["rules"]), codebook)
    assert (found.covered, found.segments) == (2, 5), "a yes is too short to be about anything"
    assert TEXTS[4] in list(found.passed_over["text"])
    assert found.themes.set_index("theme_id").at["pay", "by_phrases"] == 1


def test_a_phrase_is_proposed_that_people_say_where_a_person_sees_the_theme(segments):
    codebook = Codebook.from_dict(THEMES)
    many = segments_from(TEXTS[:5] * 4 + [f"Nothing to do with it, number {n}." for n in range(20)],
                         case_ids=[f"P{n}" for n in range(40)])  # fmt: skip
    coded = tags_of(many, [(row, "caseload") for row in range(20) if row % 5 in (0, 2, 3)])
    found = suggest_phrases(many, coded, codebook, ["caseload"])
    assert "families" in found["phrase"].iloc[0]
    assert found["inside"].iloc[0] == 1.0
    assert found["people"].iloc[0] == 8, "those whom the list's own phrases find are no news"


def test_a_phrase_of_one_person_is_not_proposed(segments):
    coded = tags_of(segments, [(0, "caseload")])
    assert not len(suggest_phrases(segments, coded, Codebook.from_dict(THEMES), ["caseload"]))


def test_nothing_tagged_gives_no_phrases_and_no_error(segments):
    found = suggest_phrases(segments, conform("tags", []), Codebook.from_dict(THEMES), ["caseload", "pay"])
    assert isinstance(found, pd.DataFrame)
    assert not len(found)

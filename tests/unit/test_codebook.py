"""The theme list: what can be read, what is refused and with which words."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from feedback.codebook import Codebook
from feedback.codebook.check import check
from feedback.codebook.compare import compare
from feedback.errors import FeedbackError

LIST = """\
themes:
  caseload:
    label: Caseload
    means: Number or weight of cases held at once.
    phrases: [caseload, "too many (cases|families)"]
    not: ["caseload weighting tool"]
    group: Push factors
    themes:
      allocation:
        means: How cases are handed out.
        phrases: [no, 24, 12:30]
  pay:
    means: Money.
    phrases:
      - salary
"""
STARTER = Path(__file__).parents[2] / "corpora/leavers/themes.yaml"


def refused(text: str) -> FeedbackError:
    with pytest.raises(FeedbackError) as caught:
        Codebook.from_yaml(text)
    return caught.value


def test_themes_come_depth_first_with_paths_lines_and_the_group_of_the_theme_above():
    codebook = Codebook.from_yaml(LIST)
    assert codebook.ids == ("caseload", "caseload/allocation", "pay")
    child = codebook["caseload/allocation"]
    assert (child.parent, child.group, child.label, child.line) == (
        "caseload",
        "Push factors",
        "Allocation",
        9,
    )
    assert codebook["pay"].group == ""


def test_words_stay_as_they_were_written():
    assert Codebook.from_yaml(LIST)["caseload/allocation"].phrases == ("no", "24", "12:30")


@pytest.mark.parametrize(
    ("key", "meant"), [("phrase", "phrases"), ("Means", "means"), ("definition", "means"), ("nots", "not")]
)
def test_an_unknown_key_is_refused_with_its_line_and_the_key_that_was_meant(key, meant):
    error = refused(f"themes:\n  pay:\n    means: Money.\n    {key}: [x]\n")
    assert error.message == f"themes.yaml line 4: '{key}' is not something a theme has"
    assert error.hint == f"did you mean '{meant}'?"


@pytest.mark.parametrize(
    ("text", "place", "word"),
    [
        ("", "themes.yaml", "empty"),
        ("\n  \n", "themes.yaml", "empty"),
        ("# nothing yet\n", "line 1", "themes:"),
        ("themes:\n", "line 1", "no themes"),
        ("themes: {}\n", "line 1", "no themes"),
        ("theme:\n  pay: Money\n", "line 1", "theme"),
        ("- pay\n- caseload\n", "line 1", "themes:"),
        ("themes:\n  - pay\n  - caseload\n", "line 1", "names"),
        ("themes:\n  pay:\n    phrases: salary\n", "line 3", "list"),
        ("themes:\n  pay:\n    phrases:\n      - salary\n      - grand: less\n", "line 5", "text"),
        ("themes:\n  pay:\n    label: {a: b}\n", "line 3", "text"),
        ("themes:\n  pay: [salary, wages]\n", "line 2", "list"),
        ("themes:\n  pay: Money\n  hours: Time\n  pay: Wages\n", "line 4", "twice"),
        ("themes:\n  a/b: One\n  a:\n    themes:\n      b: Two\n", "line 5", "twice"),
        ("themes:\n\tpay: Money\n", "line 2", "tab"),
        ("themes:\n  pay:\n    means: Money: and more\n", "line 3, column 17", "mapping"),
        ("themes:\n  pay:\n    phrases: [salary, wages\n", "line 3, column 14", "never closed"),
        ('themes:\n  pay:\n    means: "Money\n', "line 3, column 12", "never closed"),
        ("themes:\n  pay:\n    phrases: [*ing]\n", "line 3", "*ing"),
        ("themes:\n  a: &x\n    means: One\n  b: *x\n", "line 2", "&x"),
        ("themes:\n  pay: !!python/object:os.system x\n", "line 2", "not understood"),
        ("themes:\n  pay: Money\n---\nthemes: {}\n", "line 3", "second document"),
        ("themes:\n  pay: Mo\x00ney\n", "line 2", "character"),
        ("[" * 5000, "line 1", "deep"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_place(text, place, word):
    error = refused(text)
    assert place in error.message
    assert word in error.message


def test_a_file_that_is_not_utf8_or_not_there_is_told_by_name(tmp_path):
    path = tmp_path / "themes.yaml"
    with pytest.raises(FeedbackError, match=r"themes\.yaml cannot be opened"):
        Codebook.load(path)
    path.write_bytes("themes:\n  pay: Café\n".encode("latin-1"))
    with pytest.raises(FeedbackError, match=r"themes\.yaml line 2: this is not UTF-8"):
        Codebook.load(path)


def test_a_byte_order_mark_does_not_matter(tmp_path):
    path = tmp_path / "themes.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + LIST.encode())
    assert Codebook.load(path) == Codebook.from_yaml(LIST)


def test_a_dict_may_be_as_short_as_names_and_definitions():
    short = Codebook.from_dict({"Transport to/ from services": "Getting there.", "Pay": "Money."})
    assert short.ids == ("Transport to/ from services", "Pay")
    assert short == Codebook.from_dict({"themes": {theme.id: theme.means for theme in short}})


def test_a_theme_may_be_called_themes_when_it_is_a_definition():
    assert Codebook.from_dict({"themes": "What the list is about."}).ids == ("themes",)


@pytest.mark.parametrize(
    "wrong", [{}, {"pay": 3}, {"pay": {"phrases": [3]}}, {3: "x"}, ["pay"], {"pay": {"nmae": "x"}}]
)
def test_a_wrong_dict_is_refused(wrong):
    with pytest.raises(FeedbackError):
        Codebook.from_dict(wrong)


def test_a_theme_that_is_not_there_is_refused_with_the_nearest():
    with pytest.raises(FeedbackError) as caught:
        Codebook.from_yaml(LIST)["caseloads"]
    assert caught.value.hint == "did you mean 'caseload'?"


words = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zs", "Zl", "Zp")), min_size=1, max_size=12
)
names = words.filter(lambda name: "/" not in name)


def themes(depth: int) -> st.SearchStrategy[dict[str, object]]:
    parts: dict[str, st.SearchStrategy[object]] = {
        "label": words, "means": words, "include": words, "exclude": words, "group": words,
        "phrases": st.lists(words, max_size=3), "not": st.lists(words, max_size=3),
        "examples": st.lists(words, max_size=3), "counter_examples": st.lists(words, max_size=3),
    }  # fmt: skip
    if depth:
        parts["themes"] = themes(depth - 1)
    return st.dictionaries(names, words | st.fixed_dictionaries({}, optional=parts), min_size=1, max_size=3)


@given(themes(2))
def test_a_codebook_survives_to_dict_and_back(content):
    codebook = Codebook.from_dict({"themes": content})
    again = Codebook.from_dict(codebook.to_dict())
    assert again == codebook
    assert again.fingerprint() == codebook.fingerprint()
    assert compare(codebook, again) == []


@given(st.text(st.sampled_from("themspay:[]{}-'\"*&!|>%@`#\t \n/"), max_size=60))
@example("{}")
def test_any_text_is_a_codebook_or_a_clear_refusal(text):
    try:
        assert len(Codebook.from_yaml(text)) > 0
    except FeedbackError as error:
        assert "themes.yaml" in error.message


def test_a_fingerprint_follows_the_words_and_not_the_line():
    one = Codebook.from_yaml(LIST)
    moved = Codebook.from_yaml("# a remark\n\n" + LIST)
    other = Codebook.from_yaml(LIST.replace("salary", "wages"))
    assert one.fingerprint() == moved.fingerprint() != other.fingerprint()
    assert one["caseload"].fingerprint() == other["caseload"].fingerprint()
    assert one["pay"].fingerprint() != other["pay"].fingerprint()


def test_two_lists_are_compared_by_what_came_went_and_changed():
    old = Codebook.from_dict(
        {"pay": {"means": "Money.", "phrases": ["salary", "wages"]}, "hours": "Time.", "stress": "Strain."}
    )
    new = Codebook.from_dict(
        {"pay": {"means": "Money.", "phrases": ["salary", "rent"]}, "time": "Time.", "safety": "Threats."}
    )
    changes = [(c.theme_id, c.what, c.before, c.after) for c in compare(old, new)]
    assert changes == [
        ("pay", "phrases", "wages", "rent"),
        ("time", "renamed", "hours", "time"),
        ("safety", "added", "", "Safety"),
        ("stress", "removed", "Stress", ""),
    ]


@pytest.mark.parametrize(
    ("themes", "level", "word"),
    [
        (
            {"a": {"means": "x", "phrases": ["pay"]}, "b": {"means": "y", "phrases": ["Pay"]}},
            "warning",
            "'a' and in 'b'",
        ),
        ({"a": {"label": "A"}}, "error", "neither"),
        ({"a": {"phrases": ["salary"]}}, "warning", "no definition"),
        ({"a": "x"}, "warning", "no phrases"),
        ({"a": {"means": "x", "phrases": ["pay"], "not": ["PAY"]}}, "error", "never counts"),
        ({"a": {"means": "x", "phrases": ["pay", "it"]}}, "warning", "short"),
        ({"a": {"means": "x", "phrases": ["pay", "a*"]}}, "warning", "short"),
        ({"a": {"means": "x", "phrases": ["(pay"]}}, "error", "not closed"),
        ({"a": {"means": "x", "phrases": ["[pay"]}}, "error", "wrong"),
        ({"a": {"means": "x", "phrases": ["/(a+)+$/"]}}, "error", "for ever"),
        ({"a": {"means": "x", "phrases": ["(a|aa)+$"]}}, "error", "for ever"),
        ({"a": {"means": "x", "phrases": ["pay"], "not": [r"x\y["]}}, "error", "wrong"),
        (
            {"Pay": {"means": "x", "phrases": ["pay"]}, "pay": {"means": "x", "phrases": ["wage"]}},
            "warning",
            "capitals",
        ),
    ],
)
def test_what_is_doubtful_is_found_before_it_is_used(themes, level, word):
    findings = check(Codebook.from_dict(themes))
    assert [finding.level for finding in findings if word in finding.message] == [level]


def test_a_theme_may_share_a_phrase_with_the_theme_above_it():
    inner = {"means": "y", "phrases": ["pay"]}
    assert check(Codebook.from_dict({"a": {"means": "x", "phrases": ["pay"], "themes": {"b": inner}}})) == []


def test_a_finding_names_the_line_of_its_theme():
    (finding,) = check(Codebook.from_yaml("themes:\n  pay:\n    means: Money.\n    phrases: [(salary]\n"))
    assert finding.line == 2


def test_the_starter_list_is_free_of_findings_and_complete():
    codebook = Codebook.load(STARTER)
    assert check(codebook) == []
    assert len(codebook) == 28
    assert {theme.group for theme in codebook} == {"Push factors", "Programme impact", "Criticism"}
    for theme in codebook:
        assert theme.means and theme.include and theme.exclude
        assert 8 <= len(theme.phrases) <= 20, theme.id
        assert len(theme.examples) >= 3 and len(theme.counter_examples) == 2


def test_every_see_in_the_starter_list_points_to_a_theme():
    codebook = Codebook.load(STARTER)
    for theme in codebook:
        pointers = re.findall(r"see ([\w, -]+)\)", theme.exclude)
        for other in [name.strip() for pointer in pointers for name in pointer.split(",")]:
            assert other in codebook and other != theme.id, (theme.id, other)


def test_a_group_that_is_nearly_another_is_pointed_out():
    themes = {
        name: {"means": name, "phrases": [name * 3], "group": "Push factors"} for name in ("one", "two")
    }
    themes["three"] = {"means": "x", "phrases": ["threefold"], "group": "Push factor"}
    (finding,) = check(Codebook.from_dict({"themes": themes}))
    assert finding.theme_id == "three"
    assert "is 'Push factors' meant?" in finding.message


def test_former_themes_are_looked_after():
    codebook = Codebook.from_dict(
        {
            "pay": {"means": "Pay.", "phrases": ["salary"]},
            "number": {"means": "How many.", "phrases": ["too many"], "formerly": ["caseload", "pay"]},
            "weight": {"means": "How hard.", "phrases": ["too heavy"], "formerly": ["caseload"]},
        }
    )
    said = [finding.message for finding in check(codebook)]
    assert "'number' was formerly 'pay', which is still in the list" in said
    assert any("'caseload' was split into number, weight" in message for message in said)


def test_a_name_with_several_hyphens_has_a_label_with_single_spaces():
    codebook = Codebook.from_dict({"work__life--balance": "Time."})
    assert codebook.themes[0].label == "Work life balance"
    assert Codebook.from_dict(codebook.to_dict()) == codebook

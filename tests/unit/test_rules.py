"""Tags by phrases: what a phrase finds, what it does not, and that it can never hang."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.codebook import Codebook
from feedback.codebook.phrases import PhraseError, anchors, pattern, plain
from feedback.errors import FeedbackError
from feedback.tagging.rules import SlowPhrase, check_examples, rule_hits, try_phrase

STARTER = Path(__file__).parents[2] / "corpora/leavers/themes.yaml"


def found(phrase: str, text: str) -> list[str]:
    return [text[hit.start : hit.end] for hit in try_phrase(phrase, [text])]


@pytest.mark.parametrize(
    ("phrase", "text", "expected"),
    [
        ("caseload", "Caseload, caseloads and the caseload's size", ["Caseload", "caseloads", "caseload's"]),
        ("caseload", "supercaseload caseloading", []),
        ("duty", "Duty and duties, not dutiful", ["Duty", "duties"]),
        ("boss", "bosses", ["bosses"]),
        ("pay", "spray paying", []),
        ("case load", "case-load, case\nload, caseload", ["case-load", "case\nload"]),
        ("burn-out", "burnout, burn out and burn-out", ["burnout", "burn out", "burn-out"]),
        ("burn* out", "I burned out, she is burning out", ["burned out", "burning out"]),
        ("too many (cases|families)", "Too many families; too many casework forms", ["Too many families"]),
        ("(very)? tired of it", "very tired of it, tired of it", ["very tired of it", "tired of it"]),
        ("sign* (me )?off", "signed off, signed me off", ["signed off", "signed me off"]),
        ("off sick( again)?", "off sick again", ["off sick again"]),
        ("didn't sleep", "didn’t sleep, didnt sleep", ["didn’t sleep", "didnt sleep"]),
        ("we'll leave", "we’ll leave, well leave", ["we’ll leave"]),
        (
            "manager ... support",
            "my manager just never gave any support",
            ["manager just never gave any support"],
        ),
        ("manager...support", "the manager was new. Support was not", []),
        ("manager … support", "manager one two three four five six support", []),
        ("24/7", "working 24/7 now", ["24/7"]),
        ("stat(utory)? visits?", "stat visit, statutory visits", ["stat visit", "statutory visits"]),
        (r"\d+ (families|cases)", "had 31 families", ["31 families"]),
        ("/case ?load/", "supercaseloads", ["caseload"]),
        ("élite", "ÉLITE", ["ÉLITE"]),
    ],
)
def test_a_phrase_finds_what_people_mean_by_it(phrase, text, expected):
    assert found(phrase, text) == expected


@pytest.mark.parametrize("phrase", ["(pay", "pay)", "()", "(a|)", "...", " ", "[pay", r"pay\\("])
def test_a_phrase_that_cannot_be_read_is_refused_with_its_theme_and_line(phrase):
    codebook = Codebook.from_yaml(f"themes:\n  pay:\n    means: Money.\n    phrases: ['{phrase}']\n")
    if not codebook["pay"].phrases:
        return
    with pytest.raises(FeedbackError, match=r"'pay' \(line 2\) cannot be used"):
        rule_hits(["pay"], codebook)


def test_the_longest_phrase_of_a_theme_counts_and_hits_do_not_overlap():
    codebook = Codebook.from_dict(
        {"a": {"phrases": ["pay", "pay rise", "rise in pay"]}, "b": {"phrases": ["rise"]}}
    )
    hits = rule_hits(["no pay rise in pay"], codebook)
    assert [(hit.theme_id, hit.start, hit.end, hit.phrase) for hit in hits] == [
        ("a", 3, 6, "pay"),
        ("a", 7, 18, "rise in pay"),
        ("b", 7, 11, "rise"),
    ]


def test_a_hit_that_overlaps_an_exclusion_does_not_count_and_others_do():
    codebook = Codebook.from_dict({"pay": {"phrases": ["pay"], "not": ["pay attention"]}})
    assert [hit.start for hit in rule_hits(["pay attention to the pay"], codebook)] == [21]


def test_a_catastrophic_phrase_ends_in_a_warning_and_the_others_still_count():
    codebook = Codebook.from_dict(
        {"a": {"phrases": ["(a|aa)+$", "salary"]}, "b": {"not": ["(b|bb)+$"], "phrases": ["wages"]}}
    )
    texts = ["a" * 60 + "! salary", "aaa", "b" * 60 + "! wages"] * 50
    begin = time.perf_counter()
    with pytest.warns(SlowPhrase) as warned:
        hits = rule_hits(texts, codebook, timeout_s=0.2)
    assert time.perf_counter() - begin < 5
    assert sorted(str(warning.message).split("'")[1] for warning in warned) == ["(a|aa)+$", "(b|bb)+$"]
    assert {hit.phrase for hit in hits} == {"salary", "wages"}
    assert len(hits) == 100


def test_no_texts_and_empty_texts_have_no_hits():
    codebook = Codebook.load(STARTER)
    assert rule_hits([], codebook) == rule_hits(["", " \n"], codebook) == []


def test_many_short_texts_are_quick():
    codebook = Codebook.load(STARTER)
    kinds = [
        *(e for theme in codebook for e in theme.examples),
        "The bus was late again.",
        "Nice people, good tea.",
    ]
    texts = [f"{kinds[i % len(kinds)]} {i}" for i in range(20_000)]
    rule_hits(texts[:200], codebook)
    begin = time.perf_counter()
    assert rule_hits(texts, codebook)
    assert time.perf_counter() - begin < 12


word = st.sampled_from(
    ["pay", "duty", "case", "load", "visit", "stress", "didn't", "cry", "team", "on", "o'clock"]
)
phrases = st.lists(word, min_size=1, max_size=4).map(" ".join)


@given(
    phrases,
    st.lists(word, max_size=8),
    st.lists(word, max_size=8),
    st.sampled_from(["upper", "lower", "title"]),
)
def test_a_hit_holds_the_words_of_its_phrase(phrase, before, after, case):
    text = getattr(" ".join([*before, phrase, *after]), case)()
    hits = try_phrase(phrase, [text])
    assert hits
    for hit in hits:
        assert phrase in text[hit.start : hit.end].lower()


@given(
    st.text(st.sampled_from("ab c()|*?.-'…"), max_size=14), st.text(st.sampled_from("ab c-'."), max_size=30)
)
def test_the_word_index_never_hides_a_hit(phrase, text):
    import regex

    try:
        expression = pattern(phrase)
    except PhraseError:
        return
    try:
        anyhow = [
            m.span() for m in regex.finditer(expression, text, regex.IGNORECASE, timeout=2) if m.group()
        ]
    except (regex.error, TimeoutError):
        return
    hits = [(hit.start, hit.end) for hit in try_phrase(phrase, [text])]
    assert hits == anyhow, anchors(phrase)


@given(phrases, st.lists(st.lists(word | st.sampled_from("İ\nA-"), max_size=6).map(" ".join), max_size=6))
def test_texts_searched_together_have_the_hits_of_each_by_itself(phrase, texts):
    alone = [replace(hit, row=row) for row, text in enumerate(texts) for hit in try_phrase(phrase, [text])]
    assert try_phrase(phrase, texts) == sorted(alone)


def test_a_phrase_is_spelled_out_as_people_write_it():
    assert plain("too many (cases|families)") == ("too many cases", "too many families")
    assert plain("burn* (me )?out") == ("burn me out", "burn out")
    assert plain("manager ... support") == ("manager support",)


def test_examples_that_are_missed_and_counter_examples_that_are_hit_are_told():
    theme = {"phrases": ["pay"], "examples": ["The money."], "counter_examples": ["Pay attention."]}
    findings = check_examples(Codebook.from_dict({"pay": theme, "none": "No phrases."}))
    assert [(finding.level, finding.message.split("'")[-2]) for finding in findings] == [
        ("warning", "The money."),
        ("error", "Pay attention."),
    ]


def test_an_example_may_be_found_by_a_theme_below():
    inner = {"phrases": ["salary"]}
    assert (
        check_examples(Codebook.from_dict({"a": {"examples": ["My salary."], "themes": {"b": inner}}})) == []
    )


def test_the_starter_list_finds_its_examples_and_leaves_its_counter_examples():
    assert check_examples(Codebook.load(STARTER)) == []


@pytest.mark.parametrize(
    "ordinary",
    [
        "She needs support with the baby.",
        "We went for a walk and the system of canals was lovely.",
        "I may be free in May, will you mark it?",
        "He was an officer in the police and a good father.",
        "The train was late and I read my book.",
        "It hit me that the lift was broken.",
        "I had twenty minutes and a sandwich.",
        "They came from the north in the end.",
        "Mum was depressed and the little one had nightmares.",
    ],
)
def test_ordinary_talk_has_no_theme_of_the_starter_list(ordinary):
    assert rule_hits([ordinary], Codebook.load(STARTER)) == []


def test_a_mask_says_nothing_for_a_theme():
    codebook = Codebook.from_dict({"themes": {"managers": {"label": "Managers", "phrases": ["manager"]}}})
    texts = ["So [Manager 3] left.", "My manager left.", "The manager of [Manager 3] left."]
    assert [(hit.row, hit.start) for hit in rule_hits(texts, codebook)] == [(1, 3), (2, 4)]

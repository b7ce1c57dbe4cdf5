"""`quotes verify`: no word of a quote may change unseen, nobody is quoted against their will."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from verified_study import FIRST, NEVER, PEOPLE, SECOND

from feedback.edits import find_edits
from feedback.quotes.verify import Rules, verify_quotes
from feedback.readers import read_bytes
from feedback.readers.published import Passage
from feedback.tables import conform


@pytest.fixture(scope="module")
def study():
    sources = {"d001": FIRST, "d002": SECOND, "d003": NEVER}
    documents = [
        read_bytes(text.encode(), f"{name}.txt", document_id=name)[0] for name, text in sources.items()
    ]
    edits = find_edits(documents, names=["Moira Tench"])
    people = pd.DataFrame(PEOPLE)
    people.loc[people["case_id"] == "P03", "consent"] = "analysis"
    people.loc[people["case_id"] == "P02", "consent"] = "internal"
    rows = [
        {"document_id": f"d{n:03d}", "turn": turn, "case_id": f"P{n:02d}", "matched_by": "file"}
        for n, document in enumerate(documents, start=1)
        for turn, one in enumerate(document.turns)
        if one.role == "participant"
    ]
    # The others were heard elsewhere: their documents say nothing that matters here.
    for n in range(4, 17):
        more = read_bytes(
            b"Participant: Yes, it was fine.\n\nInterviewer: Good.\n", "a.txt", document_id=f"d{n:03d}"
        )
        documents.append(more[0])
        rows.append({"document_id": f"d{n:03d}", "turn": 0, "case_id": f"P{n:02d}", "matched_by": "file"})
    return documents, edits, conform("private/links", rows), conform("cases", people)


@pytest.fixture(scope="module")
def check(study):
    documents, edits, links, cases = study

    def one(text, attribution="", *, kind="block", audience="internal", lead="", **rules):
        passage = Passage(text, kind, attribution=attribution, lead=lead)
        (found,) = verify_quotes(
            [passage],
            documents,
            edits=edits,
            links=links,
            cases=cases,
            rules=Rules(audience=audience, **rules),
        )
        return found

    return one


@pytest.mark.parametrize(
    "text",
    [
        "I left because I was holding thirty-one families.",
        "nobody ever asked me how it was",
        "Um, nobody ever asked me how it was.",
        "My manager [Person 1] said it was a well-being matter.",
        "I  left because\nI was holding\u00a0thirty-one families.",
        "Would I go back? Not to that team.",
    ],
)
def test_words_as_they_were_said_or_rendered_are_verified(check, text):
    found = check(text)
    assert (found.verdict, found.document_id, found.case_id) == ("verified", "d001", "P01")


@pytest.mark.parametrize(
    ("text", "edit"),
    [
        (
            "I left because I was holding thirty-one families. [...] I wasn't sleeping very well.",
            "words left out",
        ),
        ("I left because I was holding … families.", "words left out"),
        ("My manager [a colleague] said it was a well-being matter.", "in brackets"),
        ("[They] never asked me how it was.", ""),
        ("Holding thirty-one families.", "at the start"),
        ("I wasn’t sleeping very well.", "quotation marks"),
        ("[H]olding thirty-one families.", "at the start"),
        ("a wellbeing matter. I wasn't sleeping", "hyphen"),
        ("I wasn't sleeping very well. And then I handed in my notice on a Monday", "“mm”"),
        ("on a Monday; with 14 reports still open", "punctuation"),
    ],
)
def test_fair_edits_are_told_and_raise_no_alarm(check, text, edit):
    found = check(text)
    if edit:
        assert found.verdict == "edited within policy"
        assert any(edit in one for one in found.edits)
    else:
        assert found.fails  # "ever asked" became "never asked": a bracket is no licence


@pytest.mark.parametrize(
    ("text", "said", "quoted"),
    [
        ("I did leave because of the money, I left because", "did not leave", "did leave"),
        ("I was sleeping very well.", "I wasn't sleeping", "I was sleeping"),
        ("The families were the hard part of the job", "were never the", "were the"),
        ("I left because I was holding thirty-two families", "thirty-one families", "thirty two families"),
        ("with 15 reports still open on my desk", "with 14 reports", "with 15 reports"),
        ("I wasn't sleeping well.", "sleeping very well", "sleeping well"),
        ("I left because I were holding thirty-one families", "I was holding", "I were holding"),
        ("Supervision was cancelled five week running", "five weeks running", "five week running"),
        ("and I stopped putting in it the diary", "", ""),
    ],
)
def test_a_changed_word_is_altered_and_the_difference_is_shown(check, text, said, quoted):
    found = check(text)
    assert found.verdict == "altered"
    if said:
        assert (said.replace("-", " "), quoted) in [(a.replace("-", " "), b) for a, b in found.difference]


@pytest.mark.parametrize(
    "text",
    [
        "I did [...] leave because of the money, I left because I was holding",
        "I did [actually] leave because of the money, I left",
        "The families were [...] the hard part of the job for me.",
        "I loved the work and I would [not] do it again tomorrow.",
        "Leave because of the money, I left because I was holding thirty-one families",
        "with [15] reports still open on my desk",
        "My manager [Person 7] said it was a well-being matter.",
        "My manager [Person 1] it was a well-being matter.",
        "Would I go back. Not to that team.",
    ],
)
def test_marks_of_omission_and_brackets_hide_no_change_of_meaning(check, text):
    assert check(text).verdict == "altered"


def test_an_emoji_may_go_but_not_come():
    (document, _) = read_bytes(
        "Participant: They ask about it twice a month 🙂 and again.\n".encode(), "a.txt", document_id="d001"
    )
    said = ["They ask about it twice a month and again", "They ask about it twice a month 🙂 and again"]
    never = [
        "They ask about it twice a 🙂",
        "They ask about it twice 🙂 a month",
        "twice a month 🙁 and again",
    ]
    found = verify_quotes([Passage(text, "block") for text in (*said, *never)], [document])
    assert [one.fails for one in found] == [False, False, True, True, True]


def test_two_places_without_a_sign_are_joined(check):
    found = check("I was holding thirty-one families and I stopped putting it in the diary.")
    assert found.verdict == "joined from two places"
    assert any("d001" in note and "d002" in note for note in found.notes)
    apart = check("I left because I was holding thirty-one families the hard part of the job for me.")
    assert apart.verdict == "joined from two places"


def test_what_nobody_said_is_not_found(check):
    assert check("The lizards of the moon have taken over the department.").verdict == "not found"


def test_short_phrases_in_quotation_marks_are_no_quotes_unless_somebody_is_named(check):
    assert check("burnt out", kind="marks").verdict == "too short to check"
    assert check("burnt out", "P01", kind="marks").verdict == "not found"
    assert check("burnt out").verdict == "not found"
    assert check("in our coats", kind="marks").verdict != "not found"


@pytest.mark.parametrize(
    "line", ["P02", "participant P02", "P02, social worker", "a social worker, North West"]
)
def test_words_under_another_persons_line_are_told(check, line):
    assert (
        check("I left because I was holding thirty-one families.", line).verdict == "another speaker's words"
    )


def test_an_id_in_the_words_before_a_quote_counts(check):
    text = "I left because I was holding thirty-one families"
    assert check(text, lead="As P02 put it,").verdict == "another speaker's words"
    assert check(text, lead="As P01 put it,").verdict == "verified"


def test_the_line_that_disclosure_allows_is_right(check):
    assert (
        check("Supervision was cancelled five weeks running", "a social worker, 2018 cohort").verdict
        != "verified"
    )
    assert (
        check("Supervision was cancelled five weeks running", "a social worker, North West").verdict
        == "verified"
    )
    assert check("Supervision was cancelled five weeks running", "P02").verdict == "verified"


def test_a_line_that_names_too_much_is_told_with_what_may_stand(check):
    found = check("I left because I was holding thirty-one families.", "a social worker, London")
    assert found.verdict == "attribution too narrow"
    assert "London" not in found.advice


def test_the_interviewers_words_are_no_quote(check):
    found = check("Would you come back to it if the caseload was smaller than that?", "a participant")
    assert found.verdict == "the interviewer's words"
    honest = check("Would you come back to it if the caseload was smaller than that?", "Interviewer")
    assert honest.verdict == "verified"


def test_consent_is_for_an_audience(check):
    assert check("I loved the work and I would do it again tomorrow.").verdict == "verified"
    wider = check("I loved the work and I would do it again tomorrow.", audience="publication")
    assert wider.verdict == "no consent"
    assert check("The office flooded twice and we sat in our coats").verdict == "no consent"


def test_a_masked_name_that_is_typed_out_is_told_and_never_shown(check):
    found = check("My manager Moira Tench said it was a well-being matter.")
    assert found.verdict == "masked in the project"
    shown = repr((found.said, found.notes, found.advice, found.difference, found.edits))
    assert "Moira" not in shown and "Tench" not in shown
    altered = check("My manager Moira Tench said it was a wonderful well-being matter.")
    assert altered.fails
    assert "Moira" not in repr((altered.said, altered.notes, altered.advice))


def test_a_quote_that_begins_after_a_not_is_to_be_looked_at(check):
    found = check("leave because of the money, I left because")
    assert found.verdict == "verified"
    assert any("not" in note for note in found.notes)


def test_questions_and_definitions_of_the_study_are_no_quotes(check):
    found = check(
        "Number of families held at once by one person",
        kind="marks",
        own_words=("Number of families held at once by one person.",),
    )
    assert found.verdict == "not a quote of a person"


def test_of_several_places_the_one_that_speaks_for_the_quote_counts(check):
    assert check("Yes, it was fine.", "P07").verdict == "verified"
    assert check("Yes, it was fine.", "P07").case_id == "P07"


WORDS = FIRST.split("Participant: ")[1].split("Interviewer", maxsplit=1)[0].split()


@settings(max_examples=60)
@given(st.integers(0, len(WORDS) - 9), st.integers(5, 9), st.data())
def test_any_stretch_is_found_and_any_changed_word_in_it_is_caught(check, start, length, data):
    stretch = WORDS[start : start + length]
    at = data.draw(st.integers(0, len(stretch) - 1))
    found = check(" ".join(stretch))
    assert not found.fails or "Moira" in stretch or "Tench" in stretch
    changed = [*stretch[:at], "zebra", *stretch[at + 1 :]]
    assert check(" ".join(changed)).fails


def test_a_quote_whose_words_many_said_of_others_is_found_by_whom_it_names():
    names = [f"{first} {last}" for first in ("Priya", "Moira", "Owen", "Grace", "Idris", "Nadia")
             for last in ("Tench", "Okonkwo", "Shah", "Quill", "Farrow")]  # fmt: skip
    documents = [
        read_bytes(
            f"Participant: I had a word with {name} every month.".encode(), "a.txt", document_id=f"d{n:03d}"
        )[0]
        for n, name in enumerate(names, start=1)
    ]
    edits = find_edits(documents, names=names)
    masks = sorted({row.replacement for row in edits.itertuples() if row.kind == "mask"})
    assert len(masks) == len(names)
    passages = [Passage(f"I had a word with {mask} every month.", "", "block", "p") for mask in masks]
    assert {one.verdict for one in verify_quotes(passages, documents, edits=edits)} == {"verified"}

"""What people decide about finds holds in every later run, wherever the words went, without the words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.edits import deidentify, edits_of, rendered
from feedback.edits.reviewed.decided import Decided, anchor, mark
from feedback.edits.text.words import words
from feedback.model import Document, Turn
from feedback.tables import conform

SECRET = b"s" * 32
TEXT = (
    "I worked with Brody for a year. My manager Elspeth Crane was kind. I was the only male deputy head in "
    "the county. We used Kestrel every day, and Kestrel was slow. She was 14."
)


def document(text: str = TEXT, document_id: str = "d001") -> Document:
    return Document(document_id, "interview", "txt", text, (Turn(0, len(text)),))


def decision(said: str, act: str, label: str, text: str = TEXT, *, here: bool = False, **more: str):
    start = text.index(said)
    at = anchor(words(text), start, start + len(said), label, SECRET)
    place = {"before": at.before, "after": at.after} if here else {"before": "", "after": ""}
    return {"what": at.what, "size": at.size, **place, "label": label, "act": act, **more}


def shown(rows, *documents: Document, **more) -> str:
    decided = Decided(conform("private/decisions", rows), SECRET)
    documents = documents or (document(),)
    done = deidentify(documents, ner=False, decided=decided, **more)
    return " / ".join(rendered(one, done.edits) for one in documents)


def test_without_decisions_nothing_is_different():
    assert shown([]) == rendered(document(), deidentify([document()], ner=False).edits)


def test_what_is_kept_stands_everywhere_and_what_is_masked_nowhere():
    text = shown([decision("Brody", "keep", "person"), decision("Kestrel", "mask", "organisation")])
    assert "with Brody for" in text
    assert "Kestrel" not in text
    assert text.count("[Organisation 1]") == 2


def test_a_name_that_nothing_finds_is_masked_everywhere_once_somebody_says_so():
    text = "then zorvik came and zorvik left, and Zorvik's mum too"
    row = decision("zorvik", "mask", "person", text)
    assert shown([], document(text)) != shown([row], document(text))
    everywhere = "then [Person 1] came and [Person 1] left, and [Person 1]'s mum too"
    assert shown([row], document(text)) == everywhere


def test_a_name_masked_at_one_place_where_nothing_was_found_gets_a_pseudonym():
    text = "then may came to us, as it may be, and it may not"
    row = decision("may", "mask", "person", text, here=True)
    assert shown([row], document(text)) == "then [Person 1] came to us, as it may be, and it may not"


def test_a_name_kept_at_one_place_is_masked_at_the_others():
    text = "I asked Elspeth about it. Then Elspeth left the team for good."
    kept = [decision("Elspeth", "keep", "person", text, here=True)]
    assert shown(kept, document(text)) == "I asked Elspeth about it. Then [Person 1] left the team for good."


def test_names_that_somebody_gave_are_masked_although_a_review_kept_them_everywhere():
    kept = [decision("Brody", "keep", "person")]
    assert "Brody" not in shown(kept, names=["Brody"])
    here = [decision("Brody", "keep", "person", here=True)]
    assert "with Brody for" in shown(here, names=["Brody"]), "about this one place somebody has decided"


def test_another_wording_shows_wherever_the_words_are_masked():
    changed = decision("Kestrel", "change", "organisation", wording="[a system]")
    assert shown([changed]).count("[a system]") == 2


def test_two_people_said_to_be_one_have_one_pseudonym_in_all_documents_and_forms():
    first = document("My manager Elspeth Crane was kind. Elspeth stayed.")
    second = document("My manager Lottie said so. Lottie left.", "d002")
    before = shown([], first, second)
    assert "[Person 2]" in before
    row = decision("Lottie", "same", "person", second.text, wording="[Person 1]", was="[Person 2]")
    assert shown([row], first, second) == before.replace("[Person 2]", "[Person 1]")


def test_people_said_to_be_each_other_in_a_circle_stay_two():
    text = "My manager Elspeth was kind. My friend Lottie said so."
    rows = [
        decision("Elspeth", "same", "person", text, wording="[Person 2]", was="[Person 1]"),
        decision("Lottie", "same", "person", text, wording="[Person 1]", was="[Person 2]"),
    ]
    assert shown(rows, document(text)) == shown([], document(text))


def test_a_flag_may_be_kept_or_take_the_safe_wording_at_its_place():
    done = deidentify([document()], ner=False)
    ages = done.flags[done.flags["kind"] == "age"]
    assert list(ages["state"]) == ["open"]
    kept = Decided(conform("private/decisions", [decision("14", "keep", "flag age", here=True)]), SECRET)
    flags = deidentify([document()], ner=False, decided=kept).flags
    assert list(flags[flags["kind"] == "age"]["state"]) == ["kept"]
    hidden = [decision("14", "generalise", "flag age", here=True, wording="[11 to 15]")]
    assert "She was [11 to 15]." in shown(hidden)


def test_a_band_in_the_place_of_an_age_is_no_entry_of_the_key():
    hidden = [decision("14", "generalise", "flag age", here=True, wording="[11 to 15]")]
    decided = Decided(conform("private/decisions", hidden), SECRET)
    assert "14" not in set(deidentify([document()], ner=False, decided=decided).pseudonyms["surface"])


@pytest.mark.parametrize(
    "corrected",
    [
        "Preface, new. " + TEXT,
        TEXT.replace("My manager", "My old manager"),
        TEXT.replace("for a year", "for nine long years"),
        TEXT.replace("I worked with", "I have been working closely with"),
    ],
)
def test_a_decision_about_a_place_survives_a_corrected_file(corrected):
    kept = [decision("Brody", "keep", "person", here=True)]
    assert "with Brody for" in shown(kept, document(corrected, "d007"))


def test_a_place_that_is_gone_takes_its_decision_along():
    kept = [decision("Brody", "keep", "person", here=True)]
    other = "Nobody ever told me that Brody would come back to the office so soon after all that."
    assert "Brody" not in shown(kept, document(other))


def test_a_place_half_of_whose_words_changed_in_two_files_is_asked_about_again():
    kept = [decision("Brody", "keep", "person", here=True)]
    half = TEXT.replace("for a year", "for nine long years")
    assert "Brody" not in shown(kept, document(half), document(half.replace("nine", "ten"), "d002"))


def test_decisions_hold_not_a_word_of_what_they_are_about():
    names = ("Brody", "Elspeth Crane")
    rows = [decision(said, "keep", "person", here=here) for said in names for here in (False, True)]
    cells = {str(cell).lower() for row in rows for cell in row.values()}
    assert not any(word.key in cell for word in words(TEXT) if len(word.key) > 4 for cell in cells)
    assert rows[0]["what"] != anchor(words("Brody"), 0, 5, "person", b"t" * 32).what


def test_another_secret_finds_nothing_again():
    kept = Decided(conform("private/decisions", [decision("Brody", "keep", "person")]), b"t" * 32)
    assert "Brody" not in rendered(document(), deidentify([document()], ner=False, decided=kept).edits)
    assert mark(SECRET, ["brody"]) != mark(b"t" * 32, ["brody"])


def test_what_a_person_has_seen_is_sure():
    decided = Decided(conform("private/decisions", [decision("Brody", "mask", "person")]), SECRET)
    edits = edits_of(deidentify([document()], ner=False, decided=decided).edits, "d001")
    assert next(edit.score for edit in edits if TEXT[edit.start : edit.end] == "Brody") == 1


@given(
    before=st.lists(st.sampled_from(["alpha", "beta", "gamma", "delta"]), max_size=8),
    after=st.lists(st.sampled_from(["one", "two", "three", "four"]), max_size=8),
    added=st.lists(st.sampled_from(["new", "words", "here"]), max_size=5),
)
def test_a_place_is_found_again_whatever_is_put_before_it_all(before, after, added):
    text = " ".join([*before, "Brody", *after])
    start = text.index("Brody")
    at = anchor(words(text), start, start + 5, "person", SECRET)
    row = {**at._asdict(), "label": "person", "act": "keep"}
    decided = Decided(conform("private/decisions", [row]), SECRET)
    (same,) = decided.settle([words(text)])
    assert [(one.first, one.last) for one in same] == [(len(before), len(before) + 1)]
    (moved,) = decided.settle([words(" ".join([*added, text]))])
    if len(before) >= 4 or len(after) >= 2:
        assert [one.first for one in moved] == [len(added) + len(before)]

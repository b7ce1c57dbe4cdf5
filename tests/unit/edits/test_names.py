"""Names are found in all their forms, and words that only look like names stay."""

from __future__ import annotations

import itertools
import unicodedata

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedback.edits import deidentify, edits_of, find_edits, rendered
from feedback.edits.text.words import words
from feedback.errors import FeedbackError
from feedback.model import Document, Turn


def document(text: str, document_id: str = "d001", speaker: str | None = None) -> Document:
    return Document(document_id, "interview", "txt", text, (Turn(0, len(text), speaker),))


def shown(
    *texts: str, names: tuple[str, ...] = (), people: pd.DataFrame | None = None, ner: bool = False
) -> str:
    documents = [document(text, f"d{i:03d}") for i, text in enumerate(texts)]
    edits = find_edits(documents, names=names, participants=people, ner=ner)
    return "|".join(rendered(one, edits) for one in documents)


@pytest.mark.parametrize(
    ("said", "masked"),
    [
        ("I met Priya Shah. Priya's boss, P. Shah!", "I met [Person 1]. [Person 1]'s boss, [Person 1]!"),
        ("It was priya, PRIYA and Priya\nShah", "It was [Person 1], [Person 1] and [Person 1]"),
        ("Shah, Priya and Ms Shah and Priya S. too", "[Person 1] and [Person 1] and [Person 1]. too"),
        (
            "um, Pri-\nya rang Zoë and Zoe\u0308 and Zoe",
            "[Person 1] rang [Person 2] and [Person 2] and [Person 2]",
        ),
    ],
)
def test_a_listed_name_is_masked_in_every_form(said: str, masked: str) -> None:
    assert shown(said, names=("Priya Shah", "Zoë")) == masked


@pytest.mark.parametrize(
    "said",
    [
        "Will you mark it? I hope so. May I? It rose, in May. Mark my words.",
        "I was reading in the bath. We were barking mad.",
        "The manager, the Director and the Team Manager left. Social Worker of the Year.",
        "Ofsted, Cafcass, the NHS, Teams, Excel, Covid and Christmas in England. ASYE and SEND. A&E.",
        "On Monday I did a section 47 with a Polish family. They don't. I can't. I'll go.",
        "The Family Court, the High Street and Children's Services. Early Help. Universal Credit.",
        "Oh. Honestly? Absolutely. Gosh, no. Because Ofsted came. But I'd stay.",
    ],
)
@pytest.mark.parametrize("ner", [False, True])
def test_words_that_must_stay_stay(said: str, ner: bool) -> None:
    assert shown(said, ner=ner) == said


@pytest.mark.parametrize(
    ("said", "masked"),
    [
        ("My manager Grace said no. I need grace.", "My manager [Person 1] said no. I need grace."),
        ("Then Will left. Will you?", "Then [Person 1] left. Will you?"),
        ("So Mark marked it in March.", "So [Person 1] marked it in March."),
        ("We lived in Reading, reading.", "We lived in [Place 1], reading."),
        ("They asked Rose. It rose.", "They asked [Person 1]. It rose."),
    ],
)
def test_a_name_that_is_also_a_word_needs_a_capital_in_mid_sentence(said: str, masked: str) -> None:
    assert shown(said) == masked


@pytest.mark.parametrize(
    ("said", "masked"),
    [
        ("I rang Mr Tadesse and Dr. Wu-Lin.", "I rang [Person 1] and [Person 2]."),
        ("I went with Yewande and Olumide Bakare.", "I went with [Person 1] and [Person 2]."),
        ("My nan is Auntie Carol to you.", "My nan is [Person 1] to you."),
        ("at Wexbourne County Council in Gorton", "at [Organisation 1] in [Place 1]"),
        ("the University of Lanchester", "the [Organisation 1]"),
        ("near Oak Tree Primary School", "near [Organisation 1]"),
        ("from Tower Hamlets to Newcastle upon Tyne", "from [Place 1] to [Place 2]"),
        ("everyone called her Bim.", "everyone called her [Person 1]."),
        ("at 14 Oakfield Road", "at [Address]"),
        ("with Voices for Families", "with [Organisation 1]"),
        ("the Minister for Children, Teams for work", "the Minister for Children, Teams for work"),
        ("Hi Blessing, thanks", "Hi [Person 1], thanks"),
    ],
)
def test_unlisted_names_are_found_by_titles_heads_cues_and_capitals(said: str, masked: str) -> None:
    assert shown(said) == masked


def test_a_name_found_in_one_document_is_hunted_in_all() -> None:
    assert shown("my manager Grace left", "Now Grace is back. Grace said so. Grace is a gift.") == (
        "my manager [Person 1] left|Now [Person 1] is back. [Person 1] said so. [Person 1] is a gift."
    )


def test_a_speaker_label_that_is_a_name_is_hunted_and_other_labels_are_not() -> None:
    documents = [
        document("It was me, Hannah, and Interviewer 2 asked.", speaker="Ode, Hannah (Ashmere)"),
        document("Ms Ode. The interviewer asked p1.", "d002", speaker="Interviewer"),
    ]
    edits = find_edits(documents, ner=False)
    assert rendered(documents[0], edits) == "It was me, [Person 1], and Interviewer 2 asked."
    assert rendered(documents[1], edits) == "[Person 1]. The interviewer asked p1."


@pytest.mark.parametrize(
    "speaker", ["Social worker", "P1", "Speaker 2", "KM", "Mum", "Team manager", "Interviewer 1"]
)
def test_a_speaker_label_that_is_a_role_masks_nothing(speaker: str) -> None:
    said = "The social worker drove 3 km. p1, mum and the team manager, KM."
    one = document(said, speaker=speaker)
    assert rendered(one, find_edits([one], ner=False)) == said


def test_a_short_name_of_a_participant_is_masked_as_a_name_only() -> None:
    people = pd.DataFrame({"case_id": ["P01", "P02"], "name": ["Jo", "Man Host"]})
    assert shown("So jo and Jo met Man Host.", people=people) == (
        "So [Participant 1] and [Participant 1] met [Participant 2]."
    )


def test_participants_are_numbered_by_case_id_whatever_the_order() -> None:
    people = pd.DataFrame({"case_id": ["P02", "P01"], "name": ["Ada Bell", "Zed Mole"]})
    assert shown("Ada met Zed Mole.", people=people) == "[Participant 2] met [Participant 1]."
    apart = pd.DataFrame(
        {"case_id": ["P01"], "first_name": ["Ada"], "surname": ["Bello"], "known_as": ["Addy"]}
    )
    assert shown("Addy is Ada Bello.", people=apart) == "[Participant 1] is [Participant 1]."


def test_participants_without_case_ids_are_refused() -> None:
    with pytest.raises(FeedbackError, match="case_id"):
        shown("a", people=pd.DataFrame({"name": ["Ada"]}))


def test_the_model_finds_what_no_list_knows() -> None:
    text = "Then Bronagh Twomey-Achterberg moved us into Fennimore."
    assert "Bronagh" not in shown(text, ner=True)


def test_edits_of_a_document_are_sorted_and_do_not_overlap() -> None:
    text = "Um,  I I met Priya Shah of Priya Shah Council on 3 March 2019, p.shah@example.org."
    edits = edits_of(find_edits([document(text)], ner=False), "d001")
    assert all(a.end <= b.start for a, b in itertools.pairwise(edits))


def test_the_same_documents_give_the_same_bytes_in_any_order() -> None:
    documents = [document("Priya met Grace.", "d001"), document("Then Grace met Olu in Leeds.", "d002")]
    one, other = deidentify(documents), deidentify(documents[::-1])
    pd.testing.assert_frame_equal(one.edits, other.edits)
    pd.testing.assert_frame_equal(one.pseudonyms, other.pseudonyms)


def test_progress_counts_documents() -> None:
    seen: list[tuple[int, int]] = []
    find_edits([document("I met Priya.")], progress=lambda done, of: seen.append((done, of)))
    assert seen[-1] == (1, 1)


NAMES = st.sampled_from(
    [
        "Priya",
        "Priya Shah",
        "Siân",
        "Zoe\u0308",
        "Olumide",
        "Anne-Marie",
        "O'Rourke",
        "Łukasz",
        "Will Marsh",
        "Şebnem",
    ]
)
AROUND = st.text(alphabet=st.sampled_from(list(" .,\n\t'’\"-–()!?:;/@#_*\u00a0\u200b0 ab👩é🏽")), max_size=15)


@settings(max_examples=150)
@given(NAMES, AROUND, AROUND, st.sampled_from([str, str.upper, str.lower]), st.booleans())
def test_a_masked_character_never_shows(
    name: str, before: str, after: str, style: object, crlf: bool
) -> None:
    assert callable(style)
    text = f"x {before} {style(name)} {after} y"
    if crlf:
        text = text.replace("\n", "\r\n")
    left = [word.key for word in words(shown(text, names=(name,)))]
    wanted = [word.key for word in words(unicodedata.normalize("NFC", name))]
    pairs = [left[i : i + len(wanted)] for i in range(len(left))]
    assert wanted not in pairs


@settings(max_examples=100)
@given(st.text(max_size=120), st.lists(st.integers(0, 120), min_size=2, max_size=2))
def test_any_text_can_be_de_identified(text: str, ends: list[int]) -> None:
    start, end = sorted(min(len(text), at) for at in ends)
    one = Document("d001", "interview", "txt", text, (Turn(start, end),))
    edits = edits_of(find_edits([one], ner=False), "d001")
    assert all(0 <= edit.start < edit.end <= len(text) for edit in edits)


@settings(max_examples=60)
@given(
    st.lists(
        st.sampled_from(["Grace", "Hope", "hope", "Priya", ".", ",", "is", "said", "\n", "👩‍👧"]), max_size=15
    )
)
def test_a_key_surface_is_masked_wherever_it_was_found(pieces: list[str]) -> None:
    text = " ".join(pieces)
    one = document(text)
    found = deidentify([one], names=["Priya"], ner=False)
    for edit in edits_of(found.edits, "d001"):
        if edit.kind == "mask":
            surface = " ".join(text[edit.start : edit.end].split())
            assert surface in set(found.pseudonyms["surface"])
    assert "Priya" not in rendered(one, found.edits)


def test_contractions_typed_without_an_apostrophe_are_nobody():
    text = "Thats why Im staying, Ive said so and Weve tried."
    document = Document("d001", "testimony", "txt", text, (Turn(0, len(text)),))
    assert rendered(document, find_edits([document], ner=False)) == text

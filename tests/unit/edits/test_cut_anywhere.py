"""A long survey is masked in parts, and nobody can tell from the masks where it was cut."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedback.edits.people.numbering import Naming
from feedback.edits.reviewed.decided import Decided, anchor
from feedback.edits.study.find import Listed
from feedback.edits.study.parts import Part, parts_of
from feedback.edits.study.together import Found, Wanted, masked
from feedback.edits.text.page import Page
from feedback.model import Document, Turn
from feedback.tables import to_pandas

SAID = (
    "My manager Priya Shah was kind.",
    "Ring me on",
    "0161 496 0123 please.",
    "I left on the 12th of",
    "May 2019, when she was six.",
    "priya said no",
    "Um, we had, you know, nobody",
    "Grace and I went to Leeds.",
    "TJ agreed.",
    "I told TJ so.",
    "She is the only midwife in town",
    "Shah is in Oak House",
    "in warrington",
    "my email is jo dot bloggs at",
    "example dot com",
    "Number plate",
    "A12 was seen",
    "mrs",
    "qureshi came",
    "n/a",
    "The the workload [inaudible] was too much [Person 1]",
    "I have four children, aged three and",
    "nine",
    "WE NEVER MET BHOGAL AGAIN",
    "Zzyrka helped.",
    "Ask Zzyrka",
    "lives at 14 Oakfield",
    "Road, Hull.",
)


def survey(answers: list[str], respondents: int = 1) -> Document:
    text, turns = "", []
    for number, answer in enumerate(answers):
        turns.append(Turn(len(text), len(text) + len(answer), respondent=f"r{number // respondents}"))
        text += answer + "\n\n"
    return Document("d001", "survey", "csv", text, tuple(turns))


def masks_of(document: Document, characters: int, wanted: Wanted) -> tuple[Found, list[Part]]:
    parts = list(parts_of(document, characters=characters))
    return masked(parts, wanted), parts


WANTED = Wanted(
    Listed(names=("Meera Das", "Oakfield")), ner=False, generalise=("ages", "dates"),
    naming=Naming("roles", b"secret" * 6),
)  # fmt: skip


@settings(max_examples=60)
@given(st.lists(st.sampled_from(SAID), min_size=30, max_size=140), st.integers(200, 3000))
def test_any_cut_between_respondents_gives_the_same_tables(answers: list[str], characters: int) -> None:
    document = survey(answers)
    whole, one = masks_of(document, 10**6, WANTED)
    cut, parts = masks_of(document, characters, WANTED)
    assert len(one) == 1
    assert "".join(part.text[part.begin : part.end] for part in parts) == document.text
    assert to_pandas(cut.edits).equals(to_pandas(whole.edits))
    assert to_pandas(cut.flags).equals(to_pandas(whole.flags))
    pd.testing.assert_frame_equal(cut.pseudonyms, whole.pseudonyms)
    pd.testing.assert_frame_equal(cut.numbers, whole.numbers)


def test_the_answers_of_one_respondent_stay_together() -> None:
    document = survey(["We had nobody to ask about it at all."] * 90, respondents=3)
    parts = list(parts_of(document, characters=500))
    firsts = [part.shift + part.begin for part in parts]
    assert len(parts) > 3
    assert all(any(turn.start == at for turn in document.turns[::3]) for at in firsts)


@pytest.mark.parametrize("act", ["keep", "change", "mask"])
def test_decisions_hold_on_both_sides_of_a_cut(act: str) -> None:
    document = survey([f"{said} On day {day}." for day in range(9) for said in SAID])
    page = Page(document.text)
    first = document.text.index("Zzyrka")
    about = anchor(page.words(), first, first + 6, "person", b"secret")
    assert about is not None
    row = {"what": about.what, "size": about.size, "before": "", "after": "", "label": "person", "act": act}
    decided = Decided(pd.DataFrame([{**row, "wording": "[a colleague]", "was": ""}]), b"secret")
    wanted = Wanted(ner=False, decided=decided, naming=Naming("labels", b"secret" * 6))
    whole, _ = masks_of(document, 10**6, wanted)
    cut, parts = masks_of(document, 700, wanted)
    assert len(parts) > 5
    assert to_pandas(cut.edits).equals(to_pandas(whole.edits))

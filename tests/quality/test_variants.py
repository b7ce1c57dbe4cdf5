"""Forms of one name, planted in documents by a seeded generator: the same person, the same pseudonym."""

from __future__ import annotations

import random
import re

import pytest

from feedback.edits import deidentify
from feedback.edits.people.numbering import Naming
from feedback.edits.text.words import word_set
from feedback.model import Document, Turn

FIRST = sorted(
    word_set(
        "Priya Yewande Kofi Siobhan Tomasz Farah Nikhil Bronwyn Chidi Aoife Zainab Dewi Oluwaseun Marta "
        "Imran Ngozi Rhiannon Piotr Shanice Faisal"
    )
)
LAST = sorted(
    word_set(
        "Shah Akande Mensah Gallagher Kowalczyk Rahimi Bhatt Pritchard Okonkwo Brennan Hussain Llewellyn "
        "Adebayo Nowak Siddiqui Eze Griffiths Wisniewski Campbell Malik"
    )
)
SENTENCES = (
    "So {} said we should close it.", "Then I rang {} about the visit.", "It was {}'s idea, not mine.",
    "Nobody told {} about the rota.", "I went with {} to the family.", "And {} never came back.",
)  # fmt: skip


def forms(first: str, last: str) -> list[str]:
    """The ways in which people name somebody, the whole name first."""
    return [
        f"{first} {last}",
        first,
        f"{first[0]}. {last}",
        f"Ms {last}",
        f"{last}, {first}",
        f"{first} {last}",
    ]


def planted(seed: int) -> tuple[list[Document], dict[str, list[tuple[int, int, str]]]]:
    """40 documents with four people each in several forms, and where each stands; eight first names recur."""
    rng = random.Random(seed)
    pairs = [*zip(FIRST, LAST, strict=True), *zip(FIRST[:8], LAST[10:18], strict=True)]
    documents, gold = [], {}
    for number in range(40):
        people = rng.sample(pairs, 4)
        while len({first for first, _ in people}) < 4 or len({last for _, last in people}) < 4:
            people = rng.sample(pairs, 4)
        said = [
            (f"{a} {b}", form) for a, b in people for form in (forms(a, b)[0], *rng.sample(forms(a, b), 3))
        ]
        rng.shuffle(said)
        text, spans = "", []
        for who, form in said:
            before, after = rng.choice(SENTENCES).split("{}")
            start = len(text) + len(before)
            text += f"{before}{form}{after} "
            spans.append((start, start + len(form), who))
        documents.append(Document(f"d{number:03d}", "interview", "txt", text, (Turn(0, len(text)),)))
        gold[f"d{number:03d}"] = spans
    return documents, gold


def b_cubed(pairs: list[tuple[str, str]]) -> tuple[float, float]:
    """Precision and recall of (person, pseudonym) over all mentions (Bagga and Baldwin 1998)."""
    precision = recall = 0.0
    for who, shown in pairs:
        both = sum(pair == (who, shown) for pair in pairs)
        precision += both / sum(other == shown for _, other in pairs)
        recall += both / sum(other == who for other, _ in pairs)
    return precision / len(pairs), recall / len(pairs)


@pytest.mark.parametrize("style", ["labels", "roles", "names"])
def test_the_forms_of_a_name_share_one_pseudonym_over_forty_documents(style):
    documents, gold = planted(seed=4)
    found = deidentify(documents, ner=False, naming=Naming(style, bytes(range(32))))
    pairs = []
    for document_id, spans in gold.items():
        own = found.edits[found.edits["document_id"] == document_id]
        for start, end, who in spans:
            over = own[(own["start"] < end) & (own["end"] > start) & (own["kind"] == "mask")]
            assert len(over), f"{who} is not masked"
            pairs.append((who, over.iloc[0]["replacement"]))
    precision, recall = b_cubed(pairs)
    f1 = 2 * precision * recall / (precision + recall)
    assert f1 > 0.95, (precision, recall, f1)


def test_the_numbers_do_not_tell_the_order_in_which_people_appear():
    documents, _ = planted(seed=4)
    found = deidentify(documents, ner=False, naming=Naming("labels", bytes(range(32))))
    shown = [int(n) for n in re.findall(r"\[Person (\d+)\]", " ".join(found.edits["replacement"]))]
    first_seen = list(dict.fromkeys(shown))
    assert sorted(first_seen) == list(range(1, len(first_seen) + 1))
    assert first_seen != sorted(first_seen)

"""What the model answered is kept without words, asked for once, and gone when its text is gone."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.edits import deidentify
from feedback.edits.finding.answers import Answers, known_in
from feedback.edits.finding.ner import Entity
from feedback.model import Document, Turn
from feedback.pipeline.remembered import NAMES, answering_in, forget
from feedback.project import Project

TEXTS = ["we saw Zzyrka there", "and Ombersley too", "and nobody"]


class Model:
    """Answers with the first word that has a capital, and remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def __call__(self, texts: list[str]) -> list[list[Entity]]:
        self.asked += texts
        return [
            [(t.index(w), t.index(w) + len(w), "place") for w in t.split() if w[0].isupper()] for t in texts
        ]


def answers(model: Model, data: bytes = b"", *, name: str = "small-1", secret: bytes = b"s") -> Answers:
    return Answers(secret, name, known_in(data), ask=model)


def test_equal_texts_are_asked_about_once_and_known_ones_not_at_all() -> None:
    first, second = Model(), Model()
    before = answers(first)
    found = before.entities([*TEXTS, *TEXTS])
    assert first.asked == TEXTS
    assert found[:3] == found[3:] == [[(7, 13, "place")], [(4, 13, "place")], []]
    assert answers(second, before.to_bytes()).entities([*TEXTS, "Then Xanthe"])[:3] == found[:3]
    assert second.asked == ["Then Xanthe"]


def test_another_model_or_another_project_is_asked_anew() -> None:
    before = answers(Model())
    before.entities(TEXTS)
    for options in ({"name": "small-2"}, {"secret": b"t"}):
        model = Model()
        answers(model, before.to_bytes(), **options).entities(TEXTS)  # type: ignore[arg-type]
        assert model.asked == TEXTS


def test_what_a_run_did_not_ask_is_not_kept() -> None:
    before = answers(Model())
    before.entities(TEXTS)
    after = answers(Model(), before.to_bytes())
    after.entities(TEXTS[:1])
    assert len(known_in(after.to_bytes())) == 1
    assert known_in(answers(Model()).to_bytes()) == {}


def test_no_word_is_kept() -> None:
    kept = answers(Model())
    kept.entities(TEXTS)
    data = kept.to_bytes()
    assert not any(word.encode() in data for text in TEXTS for word in text.split())


@given(st.binary(max_size=200), st.integers(0, 400))
def test_a_damaged_file_counts_as_none(garbage: bytes, cut: int) -> None:
    whole = answers(Model())
    whole.entities(TEXTS)
    data = whole.to_bytes()
    assert known_in(garbage) == {}
    assert known_in(data[: min(cut, len(data) - 1)]) == {}
    assert known_in(data[:40] + bytes([data[40] ^ 1]) + data[41:]) == {}


def test_masks_are_the_same_with_answers_as_they_are_with_the_model() -> None:
    text = "We all liked Zzyrka best. Then Ombersley closed."
    document = Document("d001", "interview", "txt", text, (Turn(0, len(text)),))
    model = Model()
    cold = answers(model)
    one = deidentify([document], ner=cold.entities)
    asked = len(model.asked)
    other = deidentify([document], ner=answers(model, cold.to_bytes()).entities)
    assert asked
    assert len(model.asked) == asked
    assert one.edits.equals(other.edits)


def test_a_run_that_breaks_off_leaves_the_answers_of_the_last_and_withdrawing_leaves_none(
    tmp_path: Path,
) -> None:
    project = Project.create(tmp_path / "study", themes="themes: {}\n")
    file = project.path / "private" / "vectors" / NAMES
    with answering_in(project) as ask:
        ask(["nobody was there"])
    before = file.read_bytes()
    with pytest.raises(KeyboardInterrupt), answering_in(project) as ask:
        ask(["somebody was there"])
        raise KeyboardInterrupt
    assert file.read_bytes() == before
    assert file.stat().st_mode & 0o777 == 0o600
    forget(project)
    assert not file.exists()

"""Names written in many ways, in eight documents written before any rule was made for them."""

from __future__ import annotations

import pytest
from passages_gold import b_cubed, masks_of_feedback, passages

LISTED = (
    "Abena Osei-Bonsu", "Rachel Pemberton", "Rachel Lowther", "Siddharth Dasgupta", "Catriona MacAskill",
    "Agnieszka Wieczorek", "Benedict Trevanion", "Folasade Adeniyi", "Megan Pugh", "Rafiq Chowdhury",
    "Imogen Fitzsimmons", "Christopher Dorrington",
)  # fmt: skip


@pytest.mark.parametrize(("names", "floor"), [((), 0.85), (LISTED, 0.93)])
def test_most_ways_to_write_a_name_share_its_pseudonym_and_nobody_gets_anothers(
    names: tuple[str, ...], floor: float
) -> None:
    documents = passages("variants")
    pairs = b_cubed(documents, masks_of_feedback(documents, names=names), by="replacement")
    assert sum(p for p, _ in pairs) / len(pairs) >= 0.99
    assert sum(r for _, r in pairs) / len(pairs) >= floor


def test_twelve_people_are_written_in_up_to_seven_ways() -> None:
    ways: dict[str, set[str]] = {}
    for passage in passages("variants"):
        for mark in passage.marks:
            assert mark.who
            ways.setdefault(mark.who, set()).add(passage.text[mark.start : mark.end])
    assert len(ways) == len(LISTED) == 12
    assert all(len(surfaces) >= 4 for surfaces in ways.values()), ways

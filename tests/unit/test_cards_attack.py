"""With a report's tables, lines under quotes and cards nobody works out a hidden number of leavers."""

from __future__ import annotations

import pytest
from cards_attacker import attack_cards, invented_study, sizes_recovered, totals

from feedback.disclosure import linked

# Studies whose cards show something, and from which figures come out when each row is hidden by itself.
SHOWING = (9, 10)


@pytest.mark.parametrize("seed", SHOWING)
def test_cards_give_no_hidden_number_of_leavers_and_no_small_group_away(seed):
    study = invented_study(seed)
    found = attack_cards(study, k=5)
    assert found.hidden and found.shown
    assert (found.recovered, found.small, sizes_recovered(study, k=5)) == (0, 0, 0)


def test_the_attacker_finds_what_is_hidden_row_by_row_only(monkeypatch):
    monkeypatch.setattr(linked.Family, "hide", lambda family: None)
    assert totals([attack_cards(invented_study(seed), k=5) for seed in SHOWING]).recovered > 0

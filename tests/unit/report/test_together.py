"""Pairs of push factors: only where nobody can be singled out, dark only where chance is no explanation."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import hypergeom

from feedback.model import FactorCard, Together
from feedback.report.together import _by_chance, pairs_of


def pairs(first: range, second: range, *, of: int = 60) -> tuple[Together, ...]:
    cards = [FactorCard(name, name.title(), (), n=9, of=of) for name in ("pay", "caseload")]
    people = {
        name: {"spoken": frozenset(map(str, own))} for name, own in (("pay", first), ("caseload", second))
    }
    return pairs_of(cards, people, k=5)


def test_a_pair_far_beyond_chance_is_marked_and_one_as_chance_has_it_is_not() -> None:
    assert pairs(range(25), range(5, 30)) == (Together("pay", "caseload", 20, 60, True),)
    assert pairs(range(30), range(15, 45)) == (Together("pay", "caseload", 15, 60, False),)


def test_a_pair_from_which_a_few_could_be_told_is_left_out() -> None:
    assert pairs(range(12), range(8, 24)) == ()  # 4 speak of both
    assert pairs(range(24), range(4, 40)) == ()  # 4 of the one only
    assert pairs(range(30), range(15, 57)) == ()  # 3 of neither


@given(st.data(), st.sampled_from([12, 60, 300, 20_000]))
def test_chance_is_that_of_the_hypergeometric_distribution(data, of) -> None:
    first, second = (data.draw(st.integers(0, of)) for _ in range(2))
    both = data.draw(st.integers(max(0, first + second - of), min(first, second)))

    assert _by_chance(both, first, second, of) == pytest.approx(
        float(hypergeom.sf(both - 1, of, first, second)), rel=1e-8, abs=1e-12
    )

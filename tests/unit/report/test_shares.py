"""Shares in whole percent, of few people and of very many."""

from feedback.model import FactorCard
from feedback.outcomes.told import share_of
from feedback.report.cards import words
from feedback.report.wording import percent


def test_a_few_of_very_many_are_under_one_percent_and_nobody_is_none() -> None:
    assert [percent(n, 10_000, least=20) for n in (0, 1, 49, 50, 4_120)] == [
        "0%", "under 1%", "under 1%", "1%", "41%",
    ]  # fmt: skip
    assert percent(3, 12, least=20) == ""


def test_a_range_within_nothing_is_under_one() -> None:
    assert [share_of(0.0, 0.0), share_of(0.0002, 0.0002), share_of(0.001, 0.02)] == ["0", "under 1", "0 to 2"]


def card(n: int, of: int, low: float, high: float) -> FactorCard:
    return FactorCard("pay", "Pay", (), n=n, of=of, interval=(low, high))


def test_an_interval_within_nothing_is_not_shown_as_nought_to_nought() -> None:
    assert words.share(card(128, 666_576, 0.00016, 0.00023)) == "under 1%"
    assert words.share(card(4, 900, 0.0017, 0.0114)) == "under 1% (95% interval 0 to 1%)"
    assert words.share(card(6, 30, 0.095, 0.373), short=True) == "20% (10 to 37%)"

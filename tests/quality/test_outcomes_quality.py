"""How often the 95 % intervals of retention hold the truth, in made-up studies whose truth is known."""

import math
import random

import pytest

from feedback.outcomes.cohort import Followed
from feedback.outcomes.shares import share_at
from feedback.outcomes.survival import survival

STUDIES = 600


def leaving_times(rng, people, *, half_gone_after):
    return [rng.expovariate(math.log(2) / half_gone_after) for _ in range(people)]


@pytest.mark.parametrize(("people", "half_gone_after"), [(25, 30), (60, 30), (60, 150), (200, 60)])
def test_wilsons_interval_holds_the_true_share_in_93_to_98_of_100_studies(people, half_gone_after):
    rng = random.Random(people + half_gone_after)
    truth, held = 1 - 0.5 ** (36 / half_gone_after), 0
    for _ in range(STUDIES):
        times = leaving_times(rng, people, half_gone_after=half_gone_after)
        followed = [Followed("P", "", 36, 36, (time, time) if time <= 36 else None) for time in times]
        low, high = share_at(followed, 36, one_day=True).interval()
        held += low <= truth <= high
    assert 0.93 <= held / STUDIES <= 0.98, held / STUDIES


@pytest.mark.parametrize(("people", "half_gone_after"), [(25, 30), (60, 30), (60, 150), (200, 60)])
def test_greenwoods_interval_holds_the_truth_where_people_are_followed_for_different_times(
    people, half_gone_after
):
    rng = random.Random(people * half_gone_after)
    truth, held, shown = 1 - 0.5 ** (24 / half_gone_after), 0, 0
    for _ in range(STUDIES):
        times = leaving_times(rng, people, half_gone_after=half_gone_after)
        ends = [rng.uniform(10, 60) for _ in range(people)]
        pairs = [(min(time, end), time <= end) for time, end in zip(times, ends, strict=True)]
        (one,) = survival(*zip(*pairs, strict=True), [24])
        if one.at_risk >= 5:
            shown += 1
            held += one.low <= truth <= one.high
    assert 0.93 <= held / shown <= 0.98, held / shown


@pytest.mark.parametrize("who_is_lost", ["those who stayed", "those who left", "anybody"])
def test_the_range_by_the_unknown_holds_the_truth_whoever_is_lost(who_is_lost):
    rng = random.Random(who_is_lost)
    truth, held = 1 - 0.5 ** (36 / 60), 0
    for _ in range(STUDIES):
        times = leaving_times(rng, 80, half_gone_after=60)
        lost = {
            at
            for at, time in enumerate(times)
            if rng.random() < 0.15 and (who_is_lost == "anybody" or (time <= 36) == ("left" in who_is_lost))
        }
        followed = [
            Followed("P", "", 0, 36, unknown=True)
            if at in lost
            else Followed("P", "", 36, 36, (time, time) if time <= 36 else None)
            for at, time in enumerate(times)
        ]
        low, high = share_at(followed, 36, one_day=True).interval()
        held += low <= truth <= high
    assert held / STUDIES >= 0.95


def test_counting_those_followed_too_short_as_stayed_would_be_far_from_the_truth():
    """The mistake that is refused: in nearly every study the share comes out too small."""
    rng = random.Random(7)
    truth, wrong = 1 - 0.5 ** (36 / 60), []
    for _ in range(STUDIES):
        times = leaving_times(rng, 150, half_gone_after=60)
        ends = [rng.uniform(6, 60) for _ in times]
        seen = sum(time <= min(end, 36) for time, end in zip(times, ends, strict=True))
        wrong.append(seen / len(times))
    assert sum(share < truth for share in wrong) / STUDIES > 0.9
    assert truth - sum(wrong) / STUDIES > 0.05

"""A large study's way, groups from a sample and the rest joined, finds the factors that the whole shows."""

from factors_in_parts import in_parts
from planted_factors import planted


def test_factors_of_a_sample_are_nearly_as_good_as_those_of_the_whole(tmp_path):
    found = in_parts(planted(100, 5, half="held", seed=0), tmp_path / "study", 80)
    assert found["sample"]["f1"] >= found["whole"]["f1"] - 0.05
    assert found["sample"]["people_f1"] >= found["whole"]["people_f1"] - 0.05

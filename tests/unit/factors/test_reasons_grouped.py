"""Groups of reasons that no theme covers: their people, their names, and the same ones in any order."""

import random
import subprocess
import sys

import numpy as np
import pandas as pd
import pytest
from leavers import CHAT, DRIVE, NURSERY, UNUSUAL, groups_by_text, people

from feedback.factors import find_factors
from feedback.factors.background import measure
from feedback.factors.claims import claims
from feedback.factors.naming import content_words, frequent_first, label
from feedback.factors.small import NONE, group_few, settle
from feedback.factors.stability import stability
from feedback.factors.topics import group_many
from feedback.factors.usual import without_strays
from feedback.segments import segments_from


def test_eight_leavers_are_enough_to_find_two_groups(embed):
    segments = segments_from(DRIVE[:4] + NURSERY[:4])
    result = find_factors(segments, embed=embed)
    assert set(groups_by_text(result, segments).values()) == {frozenset(DRIVE[:4]), frozenset(NURSERY[:4])}


def test_answers_on_another_subject_are_not_put_under_usual_reasons_for_leaving(embed):
    unwanted = [
        "I would not get the post.", "They would pick somebody else.", "It would cost me the offer.",
        "Nobody hires a person who says that.", "My chances would be gone.", "They would turn me down.",
        "It lowers the chance of an offer.", "I would be out before I began.",
    ]  # fmt: skip
    private = [
        "It is private.", "That is nobody's affair but mine.", "It is my own business.",
        "I keep such things to myself.", "They have no right to know.", "Strangers need not know it.",
        "That is between me and my doctor.", "I do not share what is private.",
    ]  # fmt: skip
    judged = [
        "People think you are weak.", "They would see me as unreliable.", "I would be called crazy.",
        "They look down on it.", "People judge you for it.", "It is seen as a weakness.",
        "They would think less of me.", "You are labelled for good.",
    ]  # fmt: skip
    segments = segments_from(unwanted + private + judged)
    groups = groups_by_text(find_factors(segments, embed=embed), segments).values()
    assert [group <= set(private) for group in groups if "It is private." in group] == [True]


def test_shuffled_input_gives_the_same_factors(embed):
    texts = DRIVE + NURSERY + CHAT
    expected = find_factors(segments_from(texts), embed=embed)
    for seed in range(3):
        mixed = random.Random(seed).sample(texts, len(texts))
        segments = segments_from(mixed)
        found = find_factors(segments, embed=embed)
        pd.testing.assert_frame_equal(found.factors, expected.factors)
        assert groups_by_text(found, segments) == groups_by_text(expected, segments_from(texts))
        rows = find_factors(segments.sample(frac=1, random_state=seed), embed=embed)
        pd.testing.assert_frame_equal(rows.members, found.members)


def test_chat_stays_outside_the_groups(embed):
    segments = segments_from(DRIVE + NURSERY + CHAT)
    result = find_factors(segments, embed=embed)
    alone = result.members[result.members["factor_id"].isna()].merge(segments)["text"]
    assert set(CHAT) <= set(alone)


def test_single_words_are_not_alike_for_being_single_words(embed):
    answers = [
        "Visa.",
        "Parking.",
        "Values.",
        "Rent.",
        "Curiosity.",
        "Coaching.",
        "Thresholds.",
        "Recruitment.",
    ]
    assert len(find_factors(segments_from(answers), embed=embed).factors) == 0


def test_people_who_answer_with_the_same_word_form_a_group(embed):
    answers = ["Commute.", "Commute", "commute!", "The commute.", "Curiosity.", "Thresholds.", "A new baby."]
    result = find_factors(segments_from(answers), embed=embed)
    assert list(result.factors["n_cases"]) == [4]
    assert list(result.factors["label"]) == ["Travel to work: commute"]


def test_what_one_person_says_five_times_is_no_group(embed):
    segments = segments_from(DRIVE + NURSERY, ["A"] * 5 + list("BCDEF"))
    result = find_factors(segments, embed=embed)
    assert set(groups_by_text(result, segments).values()) == {frozenset(NURSERY)}


def test_a_group_needs_as_many_people_as_are_asked_for(embed):
    assert len(find_factors(segments_from(DRIVE + NURSERY), embed=embed, smallest=6).factors) == 0


def test_a_stayer_who_says_the_same_is_found_by_meaning(embed):
    stayer = "The drive on the motorway is dreadful, ninety minutes of traffic."
    segments = segments_from([*DRIVE, *NURSERY, stayer], [*"ABCDEFGHIJ", "S"])
    cases = people(**dict.fromkeys("ABCDEFGHIJ", "yes"), S="no")
    result = find_factors(segments, cases=cases, embed=embed)
    groups = groups_by_text(result, segments)
    factor = next(factor for factor, texts in groups.items() if stayer in texts)
    assert groups[factor] == {*DRIVE, stayer}
    assert result.factors.set_index("factor_id").loc[factor, "n_cases"] == 5


def test_a_sentence_with_two_reasons_is_in_both_groups(embed):
    both = "The drive was two hours each way, and the nursery closed at five."
    segments = segments_from([*DRIVE, *NURSERY, both])
    groups = groups_by_text(find_factors(segments, embed=embed), segments)
    assert {frozenset([*DRIVE, both]), frozenset([*NURSERY, both])} == set(groups.values())


def test_reasons_that_are_on_no_list_form_groups_as_well(embed):
    segments = segments_from(UNUSUAL)
    found = set(groups_by_text(find_factors(segments, embed=embed), segments).values())
    assert found == {frozenset(UNUSUAL[:4]), frozenset(UNUSUAL[4:])}


def test_a_group_has_the_name_of_a_usual_reason_only_where_it_fits(embed):
    labels = set(find_factors(segments_from(DRIVE + UNUSUAL), embed=embed).factors["label"])
    assert sum(label.startswith("Travel to work") for label in labels) == 1
    assert all(label.startswith(("Travel to work", "Choir", "Tomatoes")) for label in labels), labels


def test_as_many_groups_are_looked_for_as_are_asked_for(embed):
    segments = segments_from(DRIVE + NURSERY + UNUSUAL)
    assert len(find_factors(segments, embed=embed, groups=4).factors) == 4


def test_an_embedder_that_sees_only_letters_can_be_used():
    from sklearn.feature_extraction.text import HashingVectorizer

    vectors = HashingVectorizer(n_features=512, alternate_sign=False)
    segments = segments_from(DRIVE + NURSERY + CHAT)
    result = find_factors(segments, embed=lambda texts: vectors.transform(texts).toarray())
    assert set(result.members["segment_id"]) == set(segments["segment_id"])


def test_groups_have_readable_names_without_masks_or_fillers():
    texts = ["Um, the commute from [Place 2] was long.", "The commute, you know, and the miles."]
    words = frequent_first(["commute", "miles"], texts)
    assert label(words) == "Commute"
    assert label(["commute", "miles"], near="Travel") == "Commute, miles (close to Travel)"
    assert content_words("Um, [Person 3] couldn't do the commute") == ["commute"]


def test_stability_is_one_for_groups_that_cannot_be_missed_and_low_for_made_up_ones(embed):
    vectors = measure(embed).centred(embed(DRIVE + NURSERY), DRIVE + NURSERY)
    alike = measure(embed).alike
    truth = settle(vectors, group_few(vectors, alike=alike), range(10), alike=alike)
    made_up = np.array([0, 1] * 5)

    def again(rows, who, seed):
        return settle(rows, group_few(rows, alike=alike), who, alike=alike, smallest=1, tight=False)

    assert min(stability(vectors, range(10), truth, again).values()) > 0.7
    assert max(stability(vectors, range(10), made_up, again).values()) < 0.6


def test_few_texts_never_fail(embed):
    alike = measure(embed).alike
    for number in range(4):
        vectors = (
            measure(embed).centred(embed(DRIVE[:number]), DRIVE[:number]) if number else np.zeros((0, 3))
        )
        labels = settle(vectors, group_few(vectors, alike=alike), range(number), alike=alike)
        assert len(labels) == number
        assert number == 3 or set(labels.tolist()) <= {NONE}


def test_what_fits_a_usual_reason_least_badly_and_has_nothing_in_common_is_no_group():
    strays, alike = np.eye(4), np.array([[1.0, 0.1 * at, 0, 0] for at in range(4)])
    vectors = np.vstack([strays, alike / np.linalg.norm(alike, axis=1, keepdims=True)])
    labels, people = np.array([0] * 4 + [1] * 4), ["a", "b", "c", "d"] * 2
    assert without_strays(labels, vectors, people, alike=0.3).tolist() == [NONE] * 4 + [1] * 4


@pytest.mark.parametrize(
    ("said", "parts"),
    [
        ("I left because the pay was low, and I never saw my children.", 2),
        ("The pay was low; also the drive was too long", 2),
        ("Pay, and the drive.", 2),
        ("Low pay and no career development", 2),
        ("Poor management/bullying.", 2),
        ("Pay, pay and pay.", 1),
        ("The pay, pure and simple.", 1),
        ("Two buses and a train, every single day.", 1),
        ("Hardly any pay and nobody listened.", 1),
        ("To be fair they tried, but the pay was low.", 1),
        ("I loved the children, but I was never home.", 1),
        ("My manager left and nobody came.", 1),
    ],
)
def test_a_sentence_is_cut_only_where_each_part_says_something(said, parts):
    assert len(claims(said)) == parts


def test_bertopic_groups_many_texts_and_names_their_words(embed):
    texts = sorted(DRIVE * 6 + NURSERY * 6)
    topics = group_many(texts, measure(embed).centred(embed(texts), texts), groups=2)
    by_topic = {frozenset(t for t, at in zip(texts, topics.labels, strict=True) if at == n) for n in (0, 1)}
    assert by_topic == {frozenset(DRIVE), frozenset(NURSERY)}
    assert {"nursery"} <= set(topics.words[topics.labels[texts.index(NURSERY[0])]][:2])


def test_bertopic_is_used_without_the_packages_that_compile_or_download():
    code = (
        "import sys; from feedback.factors import find_factors; from feedback.segments import segments_from; "
        f"find_factors(segments_from([f'{{t}} {{n}}' for n in range(9) for t in {UNUSUAL!r}])); "
        "assert 'bertopic' in sys.modules; "
        "assert not {'umap', 'hdbscan', 'sentence_transformers', 'torch', 'numba'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-W", "error", "-c", code], check=True, timeout=300)


def test_nothing_heavy_is_imported_for_few_texts():
    code = (
        "import sys; from feedback.factors import find_factors; from feedback.segments import segments_from; "
        "find_factors(segments_from(['The pay was low.', 'The hours were long.'])); "
        "assert 'bertopic' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=300)

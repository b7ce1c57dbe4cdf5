"""Reasons found are those a reader finds; planted ones come back as groups, and nothing makes no group."""

import csv
import random
from pathlib import Path

import pytest

from feedback import Project
from feedback.embed import load
from feedback.factors import find_factors
from feedback.factors.background import SENTENCES
from feedback.segments import segments_from

REASONS = Path(__file__).with_name("planted-reasons.csv")
GOLD = Path(__file__).resolve().parents[2] / "corpora/leavers/gold/reasons.csv"
FORMS = ("{}", "I left because {}", "The main reason I left was that {}", "{} So I left.", "In the end, {}")


@pytest.fixture(scope="module")
def embed():
    return load("minilm").encode


@pytest.fixture(scope="module")
def planted():
    """Sentences by factor; "" are sentences that have nothing to do with each other."""
    found = {}
    with REASONS.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            found.setdefault(row["factor"], []).append(row["sentence"])
    return found


def bcubed(truth, found):
    """B-cubed F1 (Bagga and Baldwin 1998); what has no group ("") is a group by itself."""

    def share(these, those):
        same = [
            [other for other in range(len(these)) if these[other] == these[one]] for one in range(len(these))
        ]
        hits = [sum(those[other] == those[one] for other in group) for one, group in enumerate(same)]
        return sum(hit / len(group) for hit, group in zip(hits, same, strict=True)) / len(these)

    truth = [name or f"alone {at}" for at, name in enumerate(truth)]
    found = [name or f"alone {at}" for at, name in enumerate(found)]
    recall, precision = share(truth, found), share(found, truth)
    return 2 * precision * recall / (precision + recall)


def score(truth, texts, embed):
    segments = segments_from(texts)
    members = find_factors(segments, embed=embed).members
    factor = dict(zip(members["segment_id"], members["factor_id"], strict=True))
    return bcubed(truth, [factor.get(segment_id) or "" for segment_id in segments["segment_id"]])


def drawn(planted, leavers, strangers, seed):
    draw = random.Random(seed)
    factors = [name for name in planted if name]
    rows = [
        (name, text) for name in factors for text in draw.sample(planted[name], leavers // len(factors))
    ] + [("", text) for text in draw.sample(planted[""], strangers)]
    draw.shuffle(rows)
    return [name for name, _ in rows], [text for _, text in rows]


@pytest.mark.parametrize(("leavers", "least"), [(20, 0.55), (40, 0.65), (80, 0.75)])
def test_planted_reasons_come_back_as_groups(planted, embed, leavers, least):
    seeds = range(3 if leavers < 80 else 1)
    scores = [score(*drawn(planted, leavers, leavers // 4, seed), embed) for seed in seeds]
    assert sum(scores) / len(scores) >= least, scores


def test_the_words_that_say_it_is_a_reason_do_not_hide_what_the_reason_is(planted, embed):
    truth, texts = drawn(planted, 40, 0, 5)
    draw = random.Random(5)
    worded = [draw.choice(FORMS).format(text[0].lower() + text[1:]) for text in texts]
    assert score(truth, worded, embed) >= 0.6


@pytest.mark.parametrize("seed", range(3))
def test_sentences_that_have_nothing_in_common_form_no_factors(planted, embed, seed):
    texts = random.Random(seed).sample([*planted[""], *SENTENCES], 40 + 30 * (seed == 2))
    assert len(find_factors(segments_from(texts), embed=embed).factors) == 0


@pytest.mark.parametrize("number", [40, 100])
def test_words_thrown_together_form_no_factors(planted, embed, number):
    draw = random.Random(number)
    words = [word for text in planted[""] for word in text.lower().rstrip(".").split()]
    texts = [" ".join(draw.sample(words, 9)) for _ in range(number)]
    assert len(find_factors(segments_from(texts), embed=embed).factors) == 0


@pytest.fixture(scope="module")
def reasons_read(demo):
    """For each leaver whom somebody read: the themes read, main first unless no theme is, and those found."""
    project = Project(demo.folder)
    segments, members = project.table("segments"), project.table("members").dropna(subset="factor_id")
    case_of = dict(zip(segments["segment_id"], segments["case_id"], strict=True))
    found = {}
    for segment_id, factor in zip(members["segment_id"], members["factor_id"], strict=True):
        found.setdefault(case_of[segment_id], set()).add(factor)
    heard = set(segments.loc[segments["role"] == "participant", "case_id"])
    with GOLD.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["case_id"] in heard]
    return [
        (
            [theme for theme in row["theme_ids"].split(";") if theme],
            found.get(row["case_id"], set()),
            "(main)" in row["other"],
        )
        for row in rows
    ]


# Measured: precision .60, recall .56, F1 .58. The limits in the code were chosen on half of these people.
def test_most_reasons_found_are_the_ones_a_reader_finds_and_most_of_those_are_found(reasons_read):
    both = sum(len(found & set(read)) for read, found, _ in reasons_read)
    assert both / sum(len(found) for _, found, _ in reasons_read) >= 0.57
    assert both / sum(len(read) for read, _, _ in reasons_read) >= 0.55


def test_the_main_reason_is_among_those_found_for_three_people_in_five(reasons_read):
    main = [read[0] in found for read, found, other in reasons_read if read and not other]
    assert sum(main) / len(main) >= 0.6

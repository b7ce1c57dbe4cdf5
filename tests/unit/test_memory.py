"""What tagging remembers: it saves time, never changes a tag, and holds no words."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import feedback as fb
from feedback.embed import load
from feedback.tagging.memory import Memory, digest_of, remembered, remembering
from feedback.tagging.rules import SlowPhrase, rule_hits

TEXTS = [
    "I left because of the caseload. Thirty families, and no cover.",
    "It wasn't the money. The pay was fine, but nobody backed me up.",
    "If the caseload goes up again I will leave.",
    "My colleagues went over the paperwork; forms until ten at night.",
    "My manager was lovely. Supervision every month, never cancelled.",
    "I'd lie awake till four. I was exhausted all the time, and ill.",
    "The drive was an hour each way.",
    "No support. No supervision. Nothing.",
]
CODEBOOK = fb.Codebook.from_dict(
    {
        "caseload": {"means": "Number of families held at once.", "phrases": ["caseload", "families"]},
        "pay": {"means": "Salary, wages and money.", "phrases": ["pay", "money"]},
        "support": {"means": "Help from managers and supervision.", "phrases": ["supervision", "backed"]},
        "paperwork": {"means": "Forms and recording.", "phrases": ["paperwork", "forms"]},
        "health": {"means": "Sleep, illness, being worn out.", "phrases": ["exhausted", "ill"]},
    }
)
CHANGES = {
    "means": ["What it was like at home.", "Travel by car, an hour's drive.", ""],
    "phrases": [("cover",), ("no *", "lovely"), ()],
    "not_": [("no cover",), ("the pay was fine",)],
    "examples": [("I was signed off sick.",), ("Nobody asked me how I was.",)],
    "counter_examples": [("The pay was fine.",), ("My caseload was protected.",)],
}
CHANGE = st.sampled_from([(field, value) for field, values in CHANGES.items() for value in values])
SEGMENTS = fb.segments_from(TEXTS)


EMBEDDER = load("minilm")


@cache
def vector(text):
    return EMBEDDER.encode([text])[0]


class Remembering:
    """The shipped embedder, asked once for each text in all tests."""

    fingerprint = "shipped"

    def encode(self, texts, *, progress=None):
        return np.array([vector(text) for text in texts]).reshape(-1, 384)


def tagged(codebook, memory):
    with remembering(memory):
        return fb.tag(SEGMENTS, codebook, embedder=Remembering(), threshold=0.3)


@settings(max_examples=6)
@given(st.lists(st.tuples(st.sampled_from(CODEBOOK.ids), CHANGE | st.none()), min_size=1, max_size=3))
def test_tags_after_any_changes_are_those_of_a_first_run(changes):
    memory, codebook = Memory(), CODEBOOK
    for theme_id, change in changes:
        themes = [
            replace(theme, **{change[0]: change[1]}) if change and theme.id == theme_id else theme
            for theme in codebook
            if change or theme.id != theme_id
        ]
        codebook = fb.Codebook(tuple(themes))
        after = tagged(codebook, memory)
        memory = Memory.from_bytes(memory.to_bytes())
    assert after.equals(tagged(codebook, Memory()))


def test_after_a_change_of_one_theme_only_its_own_is_made_anew():
    memory = Memory()
    tagged(CODEBOOK, memory)
    before = len(memory)
    first, *others = CODEBOOK.themes
    tagged(fb.Codebook((replace(first, phrases=("thirty",)), *others)), memory)
    assert before > 10
    assert len(memory) - before <= 3  # its phrases' hits, and how the one new hit is said


def test_nothing_that_was_said_stands_in_the_memory():
    memory = Memory()
    tagged(CODEBOOK, memory)
    kept = memory.to_bytes().lower()
    for word in {word.strip(".,;'") for text in TEXTS for word in text.lower().split() if len(word) > 4}:
        assert word.encode() not in kept


def test_a_memory_that_was_written_to_by_others_is_empty():
    memory = Memory()
    memory.keep(digest_of("a"), b"1")
    data = memory.to_bytes()
    assert len(Memory.from_bytes(data)) == 1
    for damaged in (data[:-1], data + b"x", b"", data[:40], bytes(80)):
        assert len(Memory.from_bytes(damaged)) == 0


def test_a_full_memory_forgets_what_was_longest_unused():
    memory = Memory(most_bytes=3 * 17)
    keys = [digest_of(at) for at in range(4)]
    for key in keys[:3]:
        memory.keep(key, b"x")
    assert memory.find(keys[0])
    memory.keep(keys[3], b"x")
    assert [memory.find(key) is not None for key in keys] == [True, False, True, True]


def test_what_is_known_is_not_asked_for_again():
    asked = []

    def make(places):
        asked.append(places)
        return [b"%d" % at for at in places]

    with remembering(Memory()):
        keys = [digest_of("one"), digest_of("two")]
        assert remembered(keys[:1], make) == [b"0"]
        assert remembered(keys, make) == [b"0", b"1"]
        assert remembered(keys, make) == [b"0", b"1"]
    assert asked == [[0], [1]]


def test_parts_of_a_digest_do_not_run_together():
    assert digest_of("ab", "c") != digest_of("a", "bc") != digest_of("abc")
    assert digest_of("1:a", "b") != digest_of("1", "a1:b")


def test_a_phrase_that_was_slow_once_is_tried_again():
    codebook = fb.Codebook.from_dict({"slow": {"phrases": ["(a|aa)+$"]}, "quick": {"phrases": ["aaa*"]}})
    texts = ["a" * 60 + "!"]
    memory = Memory()
    for timeout_s in (0.01, 0.01):
        with remembering(memory), pytest.warns(SlowPhrase, match="slow"):
            assert {hit.theme_id for hit in rule_hits(texts, codebook, timeout_s=timeout_s)} == {"quick"}
    assert len(memory) == 1


def test_no_text_is_asked_a_vector_for_twice_in_a_call():
    asked = []

    class Asked(Remembering):
        def encode(self, texts, *, progress=None):
            asked.extend(texts)
            return super().encode(texts)

    with remembering(Memory()):
        fb.tag(SEGMENTS, CODEBOOK, embedder=Asked(), threshold=0.3)
    assert len(asked) == len(set(asked)) > len(TEXTS)

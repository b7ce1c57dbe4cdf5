"""What masking found before saves work and changes nothing: not a row, whatever else of the study changes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Any

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from feedback.edits.people.numbering import Naming
from feedback.edits.reviewed.decided import Decided, anchor
from feedback.edits.study.find import Listed
from feedback.edits.study.parts import Part, parts_of
from feedback.edits.study.rounds import HERE, By
from feedback.edits.study.together import Found, Wanted, masked
from feedback.edits.text.words import words
from feedback.model import Document, Turn
from feedback.tables import to_pandas

SAID = (
    "My manager Priya Shah was kind.",
    "I left on the 12th of May 2019, when she was six.",
    "priya said no, and so did Mrs Shaw",
    "Um, we had, you know, nobody",
    "Grace and I went to Leeds.",
    "Present: TJ, Lottie B and Grace Oyelaran.",
    "I told TJ so, at Kestrel.",
    "She is the only midwife in town, at Oak House",
    "mrs qureshi came",
    "The the workload [inaudible] was too much [Person 1]",
    "Ask Zzyrka. Zzyrka helped, Preya too.",
    "Kestrel has us do Scrum, and scrum is all we did in Kestrel.",
    "Shah lives at 14 Oakfield Road, Hull, M14 5TP.",
    "Call Shah on 3747 3911.",
    "Then 3747 3911 was engaged.",
)
NAMING = Naming("roles", b"secret" * 6)


class Kept(dict[bytes, bytes]):
    """A memory in a dict."""

    def find(self, digest: bytes) -> bytes | None:
        return self.get(digest)

    def keep(self, digest: bytes, value: bytes) -> None:
        self[digest] = value


def study(answers: Iterable[Iterable[str]]) -> list[Part]:
    named = [document(f"d{at:03d}", said) for at, said in enumerate(answers)]
    return [part for one in named for part in parts_of(one, characters=700)]


def document(name: str, said: Iterable[str]) -> Document:
    text, turns = "", []
    for one in said:
        turns.append(Turn(len(text), len(text) + len(one), respondent=f"r{len(turns)}"))
        text += one + "\n\n"
    return Document(name, "survey", "csv", text, tuple(turns))


def same(one: Found, other: Found) -> None:
    for name in ("edits", "flags"):
        pd.testing.assert_frame_equal(to_pandas(getattr(one, name)), to_pandas(getattr(other, name)))
    pd.testing.assert_frame_equal(one.pseudonyms, other.pseudonyms)
    pd.testing.assert_frame_equal(one.numbers, other.numbers)


def about(act: str) -> Decided:
    found = words(SAID[10])
    place = next(at for at, one in enumerate(found) if one.written == "Zzyrka")
    one = anchor(found, found[place].start, found[place].end, "person", b"secret")
    assert one is not None
    row = {"what": one.what, "size": one.size, "before": "", "after": "", "label": "person", "act": act}
    return Decided(pd.DataFrame([{**row, "wording": "[a colleague]", "was": ""}]), b"secret")


LISTED = st.sets(st.sampled_from(["Meera Das", "Oakfield", "Priya Shah", "Leeds"])).map(sorted)
WANTED = st.builds(
    Wanted,
    st.builds(Listed, LISTED, keep=st.just(())),
    ner=st.just(False),
    generalise=st.sampled_from([(), ("ages", "dates", "places")]),
    decided=st.just(Decided()) | st.sampled_from(["keep", "mask", "change"]).map(about),
    naming=st.sampled_from([NAMING, replace(NAMING, style="labels"), replace(NAMING, style="names")]),
)  # fmt: skip
STUDIES = st.lists(st.lists(st.sampled_from(SAID), min_size=1, max_size=9), min_size=1, max_size=3)


@settings(max_examples=25)
@given(STUDIES, STUDIES, WANTED, WANTED)
def test_no_row_depends_on_what_is_remembered(
    before: list[list[str]], after: list[list[str]], once: Wanted, now: Wanted
) -> None:
    memory = Kept()
    masked(study(before), once, By(memory=memory))
    plain = masked(study([*before[1:], *after]), now)
    same(masked(study([*before[1:], *after]), now, By(memory=memory)), plain)
    same(masked(study([*before[1:], *after]), now, By(memory=memory)), plain)


def test_of_a_study_that_is_known_only_a_new_document_is_looked_at() -> None:
    old = [[said, f"That was it, said Mr Tranmer{at}."] for at, said in enumerate(SAID)]
    memory, seen = Kept(), []

    def counting(work: Callable[[Any, Any], Any], shared: Any, items: Iterable[Any]) -> Iterator[Any]:
        for batch in items:
            seen.extend(one[0] if isinstance(one, tuple) else one for one in batch)
            yield work(shared, batch)

    wanted = Wanted(ner=False, naming=NAMING)
    masked(study(old), wanted, replace(HERE, memory=memory))
    masked(study([*old, ["Nobody asked, said Mr Lowther."]]), wanted, By(counting, memory=memory))
    assert {part.document_id for part in seen} == {f"d{len(old):03d}"}
    assert len(seen) == 2


def test_initials_that_another_part_of_a_survey_gives_away_are_masked_in_one_that_is_known() -> None:
    rest = [f"There was nothing on day {at}." for at in range(90)] + ["I told TJ so."]
    wanted, memory = Wanted(ner=False, naming=NAMING), Kept()
    masked(study([["Nobody was there.", *rest]]), wanted, By(memory=memory))
    told = study([["TJ informed us.  ", *rest]])
    found = masked(told, wanted, By(memory=memory))
    same(found, masked(told, wanted))
    assert len(told) > 2
    assert list(to_pandas(found.edits)["label"]) == ["initials", "spaces", "initials"]

"""A turn that is passed over as dull has no candidate for a name in it."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from feedback.edits.finding.candidates import votes
from feedback.edits.finding.dull import Dull
from feedback.edits.text.page import Page

WORDS = (
    "I The the We my manager worker told asked called named her me Hi Dear thanks and for of the team family "
    "children Will will may May Grace grace Priya priya Rose rose said was is in at from Leeds leeds rye Mr "
    "cash Oak House Road school Zzyrka zzyrka s t 12 NHS QAs present cc minutes known as Trust Health mrs "
    "lot baby pre Newcastle upon Tyne council warrington Cox sister boy NOBODY HEARD ANYTHING THERE Reading"
)
GAPS = (" ", " ", " ", ". ", ", ", "\n", "-", "'", ": ", ' "', "\n\n", "  ", "? ")


@settings(max_examples=1000)
@given(
    st.lists(
        st.tuples(st.sampled_from(sorted(set(WORDS.split()))), st.sampled_from(GAPS)), min_size=1, max_size=9
    )
)
def test_what_is_dull_has_no_votes(said: list[tuple[str, str]]) -> None:
    text = "".join(word + gap for word, gap in said)
    page = Page(text)
    assert not Dull(page).is_dull(0, len(page.keys)) or list(votes(text)) == []


def test_plain_sentences_are_dull_and_names_are_not() -> None:
    for text, dull in (
        ("The work was hard. I think that we had nobody to ask.", True),
        ("My manager was kind and there was nobody else.", True),
        ("I told priya", False),
        ("We met Zzyrka", False),
        ("WE WERE ALONE THERE", False),
        ("it was in leeds", False),
    ):
        page = Page(text)
        assert Dull(page).is_dull(0, len(page.keys)) is dull, text

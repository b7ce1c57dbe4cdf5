"""What identifies together with other things is flagged, with a wording that would be safe."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.edits import deidentify, rendered
from feedback.edits.telling.ages import age_band
from feedback.edits.telling.indirect import indirect_flags, season_of
from feedback.model import Document, Turn


def flagged(text: str) -> list[tuple[str, str]]:
    return [(flag.kind, text[flag.start : flag.end]) for flag in indirect_flags(text)]


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("She was 14.", "age"),
        ("he's fifty-two, my husband", "age"),
        ("a nine-year-old boy", "age"),
        ("with Tom (6) and his mum", "age"),
        ("I was the only male deputy head in the county.", "role"),
        ("Her mother is the lollipop lady there.", "role"),
        ("I'm a Quaker and I sat in silence.", "belief"),
        ("I was the one Welsh speaker on the duty rota", "belief"),
        ("Three of her sisters were all adopted together.", "family"),
        ("We'd been rated inadequate by Ofsted in 2018", "inspection"),
    ],
)
def test_what_identifies_indirectly_is_flagged(said: str, kind: str) -> None:
    assert kind in {found for found, _ in flagged(said)}


@pytest.mark.parametrize(
    "said",
    [
        "I had thirty-one children by Christmas. She was 14 minutes late.",
        "The first time I went, the only thing was the car. I left at three.",
        "It was in year 11, at 12 o'clock, 61% of us.",
    ],
)
def test_numbers_of_other_things_are_not_flagged(said: str) -> None:
    assert flagged(said) == []


def test_an_age_has_its_band_and_a_date_its_season() -> None:
    bands = ["a young child", "of primary school age", "a young teenager", "in their late teens"]
    assert [age_band(n) for n in ("two", "9", "fourteen", "17")] == bands
    assert (age_band("thirty-one"), age_band("84"), age_band("five", "week")) == (
        "in their thirties",
        "over eighty",
        "a baby",
    )
    assert (season_of("3 March 2019"), season_of("12/07/2020")) == ("spring 2019", "summer 2020")
    assert (season_of("the 3rd of December"), season_of("Thursday 14th")) == ("winter", None)


def test_ages_and_dates_are_masked_when_asked_for() -> None:
    text = "She was 14. On 3 March 2019 it ended."
    document = Document("d001", "interview", "txt", text, (Turn(0, len(text)),))
    left = deidentify([document], ner=False)
    assert rendered(document, left.edits) == "She was 14. On [date in 2019] it ended."
    assert left.flags.to_dict("records") == [
        {
            "document_id": "d001",
            "start": 8,
            "end": 10,
            "kind": "age",
            "safe": "a young teenager",
            "state": "open",
        }
    ]
    done = deidentify([document], ner=False, generalise=["ages", "dates"])
    assert rendered(document, done.edits) == "She was [11 to 15]. On [spring 2019] it ended."
    assert done.flags.empty


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("She came from Oldham Council last year.", "She came from [council in the North West] last year."),
        ("We lived in Leeds then.", "We lived in [town in Yorkshire] then."),
        ("I was at Merthyr Tydfil for years.", "I was at [town in Wales] for years."),
    ],
)
def test_places_show_type_and_region_when_asked_for(said: str, shown: str) -> None:
    document = Document("d001", "interview", "txt", said, (Turn(0, len(said)),))
    done = deidentify(
        [document], ner=False, names=["Oldham Council", "Merthyr Tydfil"], generalise=["places"]
    )
    assert rendered(document, done.edits) == shown


def test_a_place_whose_region_nobody_can_tell_keeps_its_pseudonym() -> None:
    said = "I worked at Zorvik Council then."
    document = Document("d001", "interview", "txt", said, (Turn(0, len(said)),))
    done = deidentify([document], ner=False, names=["Zorvik Council"], generalise=["places"])
    assert "[Organisation" in rendered(document, done.edits)


def test_a_day_of_birth_shows_no_season() -> None:
    said = "She was born on 3 March 1984. It ended on 3 March 2019."
    document = Document("d001", "interview", "txt", said, (Turn(0, len(said)),))
    done = deidentify([document], ner=False, generalise=["dates"])
    assert rendered(document, done.edits).endswith("born on [date in 1984]. It ended on [spring 2019].")


@given(st.text(max_size=200))
def test_flags_stand_in_the_text(text: str) -> None:
    assert all(0 <= flag.start < flag.end <= len(text) for flag in indirect_flags(text))

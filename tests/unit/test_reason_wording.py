"""What a reason is once the words around it are off, and what is no reason though it sounds like one."""

import pytest

from feedback.factors import find_factors, find_reasons
from feedback.factors.claims import claims
from feedback.factors.wording import points_back
from feedback.model import Document, Turn
from feedback.segments import segment

QUESTION = "Why did you leave?"


def answered(*texts):
    """One leaver for each text, asked why they left."""
    import pandas as pd

    tables = [
        segment(
            Document(f"d{at:03d}", "survey", "csv", text, (Turn(0, len(text), question=QUESTION),)),
            unit="sentence",
        )
        for at, text in enumerate(texts)
    ]
    return pd.concat(tables, ignore_index=True)


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("I left because, to be fair they tried, but it was too far.", "It was too far."),
        ("Don't get me wrong, I liked the children, but I was never home.", "I was never home."),
        ("The caseload was fine, but nobody ever asked how I was.", "Nobody ever asked how I was."),
        ("The main thing was that my visa ran out.", "My visa ran out."),
        ("Dissatisfaction with %[Institute]Q25LBL%", "Dissatisfaction"),
        ("I left because ${q://QID3/ChoiceText} never listened.", "Never listened."),
        ("Pay went up 5% in May and 3% in June.", "Pay went up 5% in May and 3% in June."),
        ("Mostly it was this: my tyres were slashed.", "My tyres were slashed."),
        ("The salary, frankly.", "The salary"),
    ],
)
def test_what_is_granted_before_a_reason_is_no_reason(said, reason):
    assert claims(said) == [reason]


@pytest.mark.parametrize("said", ["So I left.", "And that's when I knew.", "In the end I resigned."])
def test_a_sentence_may_only_say_that_the_one_before_was_the_reason(said):
    assert points_back(said)


@pytest.mark.parametrize("said", ["I went to Spain.", "So I left the council because of pay.", "They left."])
def test_a_sentence_with_a_reason_of_its_own_does_not(said):
    assert not points_back(said)


def test_so_i_left_is_counted_with_the_reason_before_it():
    far = ["The drive was too long.", "It was two hours on the motorway.", "The commute was too far."]
    segments = answered(*(f"{text} So I left." for text in far), *(f"{text}" for text in far))
    members = find_factors(segments).members
    texts = members.merge(segments, on="segment_id")
    (factor,) = set(texts["factor_id"].dropna())
    assert set(texts.loc[texts["text"] == "So I left.", "factor_id"]) == {factor}


@pytest.mark.parametrize(
    "said",
    [
        "If it had only been the drive, I would have carried on.",
        "If it was just the money I could have lived with it.",
    ],
)
def test_what_alone_would_not_have_made_anybody_leave_is_no_reason(said):
    assert list(find_reasons(answered(said))["kind"]) == ["negated"]


def test_what_would_have_made_somebody_stay_is_one():
    kinds = list(find_reasons(answered("If it had been nearer I would have stayed."))["kind"])
    assert kinds != ["negated"]


@pytest.mark.parametrize(
    "said",
    [
        "Only left the council not social work!",
        "I left the authority, not the profession.",
        "I haven't left social work, I left the council.",
    ],
)
def test_what_was_left_is_not_why(said):
    assert find_reasons(answered(said)).empty


@pytest.mark.parametrize(
    "said", ["I left the council not because of pay but the drive.", "I left the council over pay."]
)
def test_what_was_left_and_why_is(said):
    assert len(find_reasons(answered(said))) == 1


def tagged(segments, said, theme, score):
    """The table `tags` with one tag, on the segment that says this."""
    from feedback.tables import conform

    row = segments[segments["text"] == said].iloc[0]
    place = {name: row[name] for name in ("segment_id", "document_id", "start", "end")}
    also = {"theme_id": theme, "score": score, "coder": "meaning", "valence": "negative", "assertion": "own"}
    return conform("tags", [place | also])


@pytest.mark.parametrize(
    ("said", "theme"),
    [
        ("The caseload was fine, the team was lovely, the manager was fine.", "caseload"),
        ("We could have said.", "caseload"),
    ],
)
def test_what_was_fine_and_what_says_nothing_give_no_theme_as_a_reason(said, theme):
    segments = answered(f"I stopped being able to sleep. {said}")
    found = find_factors(segments, tags=tagged(segments, said, theme, 0.9))
    assert theme not in set(found.factors["factor_id"])


@pytest.mark.parametrize("said", ["The caseload was not fine.", "The caseload was fine until it doubled."])
def test_what_was_not_fine_does(said):
    segments = answered(said)
    found = find_factors(segments, tags=tagged(segments, said, "caseload", 0.9))
    assert set(found.factors["factor_id"]) == {"caseload"}


def test_a_group_without_a_common_word_is_not_named_by_single_peoples_words():
    from types import SimpleNamespace

    from feedback.factors.leftover import _name

    said = ["Ashamed of it.", "Not attractive.", "Employers avoid trouble."]
    group = SimpleNamespace(
        texts_of=lambda _: said, reasons={}, words={0: ("ashamed", "attractive", "avoid")}
    )
    assert _name(group, 0, None) == "In different words: ashamed"


def test_an_option_that_many_tick_is_called_what_the_form_calls_it():
    from types import SimpleNamespace

    from feedback.factors.leftover import _name

    def named(*said):
        words = tuple(dict.fromkeys(word.lower() for one in said for word in one.split()))
        group = SimpleNamespace(texts_of=lambda _: list(said), reasons={0: "Pay"}, words={0: words})
        return _name(group, 0, None)

    assert named(*["Interpersonal Conflict"] * 9, "A conflict.") == "Interpersonal Conflict"
    assert named("Pay.", "The wages.", "Low wages.", "My salary.").startswith("Pay")


def test_a_group_is_named_as_a_usual_reason_only_where_its_people_use_words_of_it():
    from feedback.factors.usual import shares_words

    assert shares_words("Pay", ["The wages were poor.", "My salary never rose.", "The pay."]) == 1
    assert shares_words("Pay", ["It would weigh against me.", "I would rather try first."]) == 0


def test_a_number_that_may_be_somebodys_is_no_name_of_a_group() -> None:
    from feedback.factors.leftover import _option

    assert _option(["Maternity/Family"] * 4) == "Maternity/Family"
    assert _option(["Call me on 905 674"] * 4) == ""

"""Numbers and letters of pseudonyms: stable, dense, not to be guessed, and given to nobody twice."""

from __future__ import annotations

import random

import pandas as pd
import pytest

from feedback.edits.finding.names import Name, given_names
from feedback.edits.people.corrections import read_corrections
from feedback.edits.people.numbering import GONE, Naming, Numbers, Texts, numbers
from feedback.edits.people.pseudonyms import Key, people
from feedback.errors import FeedbackError
from feedback.masks import MASK, PSEUDONYM

SECRET = bytes(range(32))
PEOPLE = [("person", first, last) for first in ("ada", "bo", "cem", "di") for last in ("ek", "fry")]


def numbering(
    *names: str,
    style: str = "labels",
    secret: bytes = SECRET,
    book: pd.DataFrame | None = None,
    merges: str = "",
    cases: tuple[str, ...] = (),
    masks: tuple[str, ...] = (),
    words: frozenset[str] = frozenset(),
    known: pd.DataFrame | None = None,
) -> Numbers:
    naming = Naming(style, secret, book, read_corrections(merges))
    who = people(given_names(names))
    return numbers(who, cases, known, naming=naming, texts=Texts(masks, lambda: words))


def book_of(result: Numbers) -> pd.DataFrame:
    return pd.DataFrame(result.rows())


def shown(result: Numbers, identities: list[Key]) -> dict[Key, str]:
    result.give(identities)
    return {one: result.of(one) for one in identities}


def test_numbers_are_dense_and_do_not_depend_on_the_order_of_documents() -> None:
    found = shown(numbering(), PEOPLE)
    assert sorted(found.values()) == [f"[Person {n}]" for n in range(1, 9)]
    mixed = random.Random(1).sample(PEOPLE, len(PEOPLE))
    assert shown(numbering(), mixed) == found


def test_another_secret_gives_another_order_and_none_follows_the_alphabet() -> None:
    orders = {tuple(shown(numbering(secret=bytes([n]) * 32), PEOPLE).values()) for n in range(5)}
    assert len(orders) == 5
    assert tuple(f"[Person {n}]" for n in range(1, 9)) not in orders


def test_participants_are_not_numbered_in_the_order_of_their_list() -> None:
    cases = tuple(f"P{n:02d}" for n in range(1, 13))
    found = numbering(cases=cases)
    given = [found.participant(case) for case in cases]
    assert sorted(given, key=len) != given
    assert set(given) == {f"[Participant {n}]" for n in range(1, 13)}


def test_a_later_run_keeps_what_was_given_and_goes_on_after_it() -> None:
    first = numbering()
    before = shown(first, PEOPLE[:5])
    after = shown(numbering(book=book_of(first)), PEOPLE)
    assert {one: after[one] for one in before} == before
    assert set(after.values()) == {f"[Person {n}]" for n in range(1, 9)}


def test_a_pseudonym_is_never_given_again_when_its_owner_is_gone() -> None:
    first = numbering()
    before = shown(first, PEOPLE[:3])
    later = numbering(book=book_of(first))
    new = shown(later, PEOPLE[5:7])
    assert set(new.values()).isdisjoint(before.values())
    assert shown(numbering(book=book_of(later)), PEOPLE[:3]) == before


def test_the_book_names_nobody() -> None:
    first = numbering(cases=("P01",))
    shown(first, PEOPLE)
    assert not any(part in str(first.rows()) for _, *words in PEOPLE for part in words if len(part) > 2)
    assert "P01" not in str(first.rows())


def test_a_book_with_another_secret_is_refused() -> None:
    first = numbering()
    shown(first, PEOPLE)
    with pytest.raises(FeedbackError, match="not the secret"):
        numbering(book=book_of(first), secret=bytes(32))


def test_people_have_numbers_and_things_letters_in_roles() -> None:
    result = numbering(style="roles")
    things: list[Key] = [
        ("organisation", "leeds", "city", "council"), ("place", "leeds"), ("place", "oak", "road"),
        ("organisation", "hill", "primary", "school"), ("organisation", "mid", "yorks", "hospital"),
    ]  # fmt: skip
    result.give([PEOPLE[0], PEOPLE[1], *things], {PEOPLE[0]: "Manager"})
    assert [result.of(one) for one in (*PEOPLE[:2], *things)] == [
        "[Manager 1]", "[Person 1]", "[Council A]", "[Town A]", "[Street A]", "[School A]", "[Hospital A]",
    ]  # fmt: skip


def test_every_pseudonym_looks_like_a_mask() -> None:
    for style in ("labels", "roles"):
        result = numbering(style=style)
        result.give(PEOPLE, {PEOPLE[0]: "Senior manager"})
        assert all(PSEUDONYM.fullmatch(result.of(one)) for one in PEOPLE)
    names = numbering(style="names")
    assert all(MASK.fullmatch(names.of(one)) for one in PEOPLE)


def test_thirty_towns_have_thirty_letters() -> None:
    result = numbering(style="roles")
    places: list[Key] = [("place", f"x{n}") for n in range(30)]
    result.give(places)
    assert {result.of(one) for one in places} >= {"[Place A]", "[Place Z]", "[Place AA]", "[Place AD]"}


def test_another_style_gives_other_pseudonyms_and_the_first_comes_back_with_it() -> None:
    first = numbering()
    before = shown(first, PEOPLE)
    second = numbering(style="names", book=book_of(first))
    shown(second, PEOPLE)
    assert shown(numbering(book=book_of(second)), PEOPLE) == before


def test_participants_keep_their_numbers_between_labels_and_roles() -> None:
    first = numbering(cases=("P1", "P2", "P3"))
    second = numbering(style="roles", cases=("P1", "P2", "P3"), book=book_of(first))
    assert [second.participant(c) for c in ("P1", "P2", "P3")] == [
        first.participant(c) for c in ("P1", "P2", "P3")
    ]


def test_invented_names_stand_in_no_text() -> None:
    everything = numbering(style="names", words=frozenset(("rowan", "sage", "wren")))
    many: list[Key] = [("person", f"x{n}", "y") for n in range(400)]
    found = shown(everything, many)
    assert len(set(found.values())) == 400
    assert not {"[Rowan]", "[Sage]", "[Wren]"} & set(found.values())


def test_a_label_that_stands_in_the_texts_is_passed_over_and_said() -> None:
    result = numbering(masks=("[person 2]",))
    assert "[Person 2]" not in shown(result, PEOPLE).values()
    assert result.notes == ["[Person 2] stands in the texts themselves, so nobody else is called that"]


# What people say


def test_a_chosen_pseudonym_goes_before_all_and_after_it_the_old_one_comes_back() -> None:
    first = numbering("Ada Ek")
    before = shown(first, PEOPLE)
    called = numbering("Ada Ek", book=book_of(first), merges="call:\n  Ada Ek: Manager 1")
    found = shown(called, PEOPLE)
    assert found[PEOPLE[0]] == "[Manager 1]"
    assert {one: found[one] for one in PEOPLE[1:]} == {one: before[one] for one in PEOPLE[1:]}
    assert shown(numbering("Ada Ek", book=book_of(called)), PEOPLE) == before


@pytest.mark.parametrize(
    ("chosen", "why"),
    [
        ("Person 3", "merges.yaml line 2: '.Person 3.' is somebody else's already"),
        ("Kestrel", "merges.yaml line 2: 'kestrel' stands in the texts"),
        ("Person 88", "merges.yaml line 2: '.Person 88.' stands in the texts"),
    ],
)
def test_a_chosen_pseudonym_that_collides_is_refused_with_its_line(chosen: str, why: str) -> None:
    first = numbering("Ada Ek")
    before = shown(first, PEOPLE)
    name = next(" ".join(one[1:]) for one in PEOPLE if before[one] != "[Person 3]")
    with pytest.raises(FeedbackError, match=why):
        numbering(
            book=book_of(first),
            merges=f"call:\n  {name}: {chosen}",
            words=frozenset(("kestrel",)),
            masks=("[person 88]",),
        )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("same:\n  - [Priya Shah]", "line 2: a group needs two names or more"),
        ("same:\n  - Priya Shah", "line 2: a group needs two names or more"),
        ("smae:\n  - [Priya, Pri]", "line 1: 'smae' is no part of this file"),
        ("same:\n  - [Priya, Pri]\n  - [Pri, Prim]", "line 3: 'Pri' stands in two groups"),
        ("same:\n  - [Priya, Pri]\napart:\n  - [Pri, Priya]", "line 4: .* one person under 'same'"),
        ("call:\n  Priya: manager one", "line 2: 'Priya' cannot be called that"),
        ("call:\n  Priya: Fox\n  Ada: Fox", "line 3: 'Fox' is given to two people, 'Priya' and 'Ada'"),
        ("- Priya", "line 1: the file should hold"),
        ("same:\n  - [Priya, '7']", "line 2: this should be a name"),
    ],
)
def test_what_is_no_correction_is_said_with_its_line(text: str, message: str) -> None:
    with pytest.raises(FeedbackError, match=message):
        read_corrections(text)


def test_an_empty_file_corrects_nothing() -> None:
    assert read_corrections("# nothing yet\n").same == {}


def test_those_whose_owner_withdrew_stay_used() -> None:
    book = pd.DataFrame(
        [*numbering().rows(), {"mark": GONE + "[Person 1]", "style": "", "pseudonym": "[Person 1]"}]
    )
    assert "[Person 1]" not in shown(numbering(book=book), PEOPLE).values()


def test_a_person_who_was_known_by_one_name_keeps_the_pseudonym_with_both() -> None:
    known = pd.DataFrame(
        {"label": ["person"], "surface": ["Ada"], "pseudonym": ["[Person 1]"], "case_id": [None]}
    )
    first = numbering("Ada Ek")
    first.give([("person", "ada")])
    book = book_of(first)
    later = numbering("Ada Ek", book=book, known=known)
    assert later.of(("person", "ada", "ek")) == "[Person 1]"
    assert later.who.whole == people([Name(("ada", "ek"), "person", "list")]).whole

"""What people decide about quotes holds in every later run: pinned ones stand first, banned words nowhere."""

from __future__ import annotations

from quoted_study import GOOD, people, study, tagged, texts

from feedback.quotes import pick_quotes
from feedback.quotes.verdicts import BANNED, PINNED, lost_pins, with_choice
from feedback.tables import empty

SEGMENTS = study(*((case, (sentence,)) for case, sentence in zip("ABCDEF", GOOD, strict=True)))
TAGS = tagged(SEGMENTS, *GOOD)


def pick(choices=None, **more):
    return pick_quotes(SEGMENTS, TAGS, per_theme=2, choices=choices, **more)


def quote_of(sentence):
    quotes = pick_quotes(SEGMENTS, TAGS, per_theme=6)
    return quotes[quotes["text"] == sentence].iloc[0]


def unpicked():
    return next(sentence for sentence in GOOD if sentence not in texts(pick()))


def test_a_pinned_quote_stands_first_under_its_heading_and_counts_among_the_quotes():
    chosen = unpicked()
    quotes = pick(with_choice(empty("choices"), quote_of(chosen), PINNED))
    assert texts(quotes)[0] == chosen
    assert len(quotes) == 2
    assert list(quotes["approved"]) == [True, False]
    assert quotes.loc[0, "why"] == "pinned"


def test_banned_words_are_not_picked_again_and_somebody_else_speaks():
    first = texts(pick())[0]
    quotes = pick(with_choice(empty("choices"), quote_of(first), BANNED))
    assert first not in texts(quotes)
    assert len(quotes) == 2


def test_what_was_banned_can_be_taken_back_and_a_ban_ends_a_pin():
    quote = quote_of(unpicked())
    banned = with_choice(with_choice(empty("choices"), quote, PINNED), quote, BANNED)
    assert list(banned["verdict"]) == [BANNED]
    assert with_choice(banned, quote, None).empty


def test_a_pin_never_reaches_further_than_consent():
    chosen = unpicked()
    choices = with_choice(empty("choices"), quote_of(chosen), PINNED)
    silent = "ABCDEF"[GOOD.index(chosen)]
    cases = people(**{case: "analysis" if case == silent else "publication" for case in "ABCDEF"})
    quotes = pick(choices, cases=cases)
    assert chosen not in texts(quotes)
    assert lost_pins(choices, quotes) == 1


def test_a_pin_is_kept_over_runs_in_any_order_of_the_rows():
    choices = with_choice(empty("choices"), quote_of(unpicked()), PINNED)
    shuffled = pick_quotes(SEGMENTS.sample(frac=1, random_state=1), TAGS, per_theme=2, choices=choices)
    assert texts(shuffled) == texts(pick(choices))

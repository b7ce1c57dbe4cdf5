"""What a push-factor card says in fixed words."""

from __future__ import annotations

from feedback.model import FactorCard
from feedback.report import wording

_MOST_WORDS, _QUOTES = 4, 3
_STEADY, _FAIR, _BARELY = 0.75, 0.6, "Hardly steady, for reading only"


def summary(card: FactorCard, *, reasons: bool, ranked: bool) -> str:
    """One or two sentences: how many give it, in which words, and what those who stayed say."""
    what = "give it as a reason for leaving" if reasons else "complain of it"
    who = "One leaver" if card.n == 1 else f"{wording.how_many(card.n, card.of).capitalize()} leavers"
    if card.n == 1:
        what = what.replace("give ", "gives ").replace("complain ", "complains ")
    said = f"{who} ({wording.n_of(card.n, card.of)}) {what}{_in_words(card)}."
    return f"{said} {_beside(card)}".strip() if ranked else said


def _in_words(card: FactorCard) -> str:
    if not card.words:
        return ""
    words = [f"“{word}”" for word in card.words[:_MOST_WORDS]]
    return f", in words such as {wording.listed(words)}"


def _beside(card: FactorCard) -> str:
    """How leavers and those who stayed differ, as far as can be said."""
    if not card.of_stayers:
        return ""
    if card.gap is None:
        return "Too few were heard to say whether leavers speak of it more often than people who stayed."
    _, low, high = card.gap
    if low > 0:
        return "Leavers speak of it more often than people who stayed."
    if high < 0:
        return "People who stayed speak of it more often than leavers."
    return "Whether leavers speak of it more often than people who stayed cannot be told from chance."


def facts(card: FactorCard, ranked: bool) -> list[str]:
    """What a card says besides its numbers, a sentence each: the difference to those who stayed first."""
    said = [
        difference(card) if ranked else "",
        not_counted(card),
        links(card),
        found_how(card),
    ]
    return [line for line in said if line]


def not_counted(card: FactorCard) -> str:
    """What leavers say of a push factor without naming it as their own, or nothing."""
    said = [
        (card.n_other, "tells it of others", "tell it of others"),
        (card.n_hypothetical, "speaks of it as an if", "speak of it as an if"),
        (card.n_denied, "says it was not so", "say it was not so"),
    ]
    told = [f"{wording.figure(n)} who {one if n == 1 else many}" for n, one, many in said if n]
    return f"Among the other leavers: {wording.listed(told)}." if told else ""


def found_how(card: FactorCard) -> str:
    """That a push factor is not on the theme list, what people did with it, and how steady it is."""
    said = [
        "" if card.from_list else "Not on the theme list.",
        f"By hand: {card.decided}." if card.decided else "",
        card.steady,
    ]
    return " ".join(part for part in said if part)


def share(card: FactorCard, *, short: bool = False) -> str:
    """The share of leavers with its interval ("16% (95% interval 9 to 27%)"); nothing for few leavers."""
    if card.interval is None:
        return ""
    low, high = (int(100 * end + 0.5) for end in card.interval)
    found = wording.percent(card.n, card.of, least=1)
    return f"{found} ({'' if short else '95% interval '}{low} to {high}%)" if high else found


def difference(card: FactorCard) -> str:
    """How far leavers and stayers who speak of it are apart, or why that is not said; "" without stayers."""
    if not card.of_stayers:
        return ""
    if card.gap is None:
        return "Too few people were heard to say how far leavers and stayers are apart."
    gap, low, high = card.gap
    points = round(100 * gap)
    more = "more" if points >= 0 else "fewer"
    apart = f"{abs(points)} percentage points {more} leavers than stayers speak of it"
    doubt = "" if low > 0 or high < 0 else "; it may be chance"
    return f"{apart} (95% interval {_signed(low)} to {_signed(high)}{doubt})."


def _signed(share: float) -> str:
    points = round(100 * share)
    return f"−{-points}" if points < 0 else str(points)


def _percent(share: float) -> str:
    return f"{int(100 * share + 0.5)}%"


def steady(card: FactorCard) -> str:
    """How far a group that was found is found again when other people are drawn; "" for themes.

    From 0.75 on it is called steady, below 0.6 fit for reading only: Hennig (2007), Cluster-wise assessment
    of cluster stability.
    """
    if card.from_list:
        return ""
    if card.stability is None:
        return "As people put it together, it was not tried with other people."
    how = "Steady" if card.stability >= _STEADY else "Fairly steady" if card.stability >= _FAIR else _BARELY
    return (
        f"{how}: when people were drawn anew, {_percent(card.stability)} of it came back together on average."
    )


def few_quotes(card: FactorCard) -> str:
    """Why a card has fewer quotes than three people's, or nothing."""
    if not card.quotes:
        return "No quote: what is said of it is too short, not surely about it, or may not be quoted."
    if len(card.quotes) >= min(_QUOTES, card.n):
        return ""
    return "No more quotes: what others say is too short, not surely about it, or may not be quoted."


def splits(card: FactorCard) -> list[str]:
    """Who gives it by attribute, a line each: "By cohort: 2019: 6 of 14; the others are hidden."."""
    return [f"{by}: {told}." for by, told in by_attribute(card)]


def by_attribute(card: FactorCard) -> list[tuple[str, str]]:
    """The same in two parts: "By cohort", "2019: 6 of 14; 2020: 5 of 12; the others are hidden"."""
    lines = []
    for split in card.splits:
        told = [
            f"{value}: {wording.n_of(n, of)}"
            for value, n, of in split.groups
            if n is not None and of is not None
        ]
        hidden = "; the others are hidden" if len(told) < len(split.groups) else ""
        lines.append((f"By {split.attribute.replace('_', ' ')}", f"{'; '.join(told)}{hidden}"))
    return lines


def links(card: FactorCard) -> str:
    """The themes that come up in the same answers, or nothing."""
    return f"In the same answers: {wording.listed(card.links)}." if card.links else ""

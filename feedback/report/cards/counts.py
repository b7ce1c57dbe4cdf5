"""Push-factor cards, and the people behind each of their numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from feedback.model import FactorCard, Quote
from feedback.report.cards.main_reasons import said_most
from feedback.report.heard import NOBODY, SILENCE, People
from feedback.report.voices import Evidence, Reason

OWN_MAIN = "own-main"


def factor_cards(reasons: Sequence[Reason], evidence: Evidence, *, ranked: bool) -> tuple[FactorCard, ...]:
    """A card for each push factor that at least one leaver gives, most given first unless not ranked."""
    people = people_of(reasons, evidence)
    cards = [(reason, _card(reason, evidence, people[reason.id])) for reason in reasons]
    cards = [(reason, card) for reason, card in cards if card.n]
    cards.sort(key=lambda pair: (-pair[1].n if ranked else 0, pair[0].position, pair[0].id))
    return tuple(card for _, card in cards)


def people_of(reasons: Sequence[Reason], evidence: Evidence) -> dict[str, dict[str, People]]:
    """Who stands behind each push factor's numbers: by factor, and by the measures of `Numbers`."""
    # What leavers complain of most is no reason of theirs, so no main one either.
    most = said_most(reasons, evidence) if evidence.has_reasons else {}
    return {reason.id: _people(reason, evidence, most.get(reason.id, NOBODY)) for reason in reasons}


def _people(reason: Reason, evidence: Evidence, most: People) -> dict[str, People]:
    heard, said = evidence.heard, evidence.voices.get(reason.id, SILENCE)
    named, speaking = evidence.naming(reason), evidence.speaking(reason)
    own = frozenset(one for one, factor in evidence.own_main.items() if factor == reason.id)
    silent = heard.leavers - named - speaking
    return {
        "any": named,
        "main": (own | (most - evidence.own_main.keys())) & named,
        OWN_MAIN: own & named,
        "spoken": speaking & heard.leavers,
        "stayed": speaking & heard.stayers if len(heard.stayers) >= evidence.k else NOBODY,
        "others": said.other & silent,
        "if": said.hypothetical & silent,
        "denied": said.negated & silent,
        "against": evidence.speaking_against(reason),
    }


def _card(reason: Reason, evidence: Evidence, people: Mapping[str, People]) -> FactorCard:
    heard = evidence.heard
    counted = len(heard.stayers) >= evidence.k
    return FactorCard(
        reason.id, reason.label, reason.words,
        n=len(people["any"]), of=len(heard.leavers), n_speak=len(people["spoken"]),
        n_main=len(people["main"]), n_own_main=len(people[OWN_MAIN]),
        n_other=len(people["others"]), n_hypothetical=len(people["if"]), n_denied=len(people["denied"]),
        stayers=len(people["stayed"]), of_stayers=len(heard.stayers) if counted else 0,
        stability=reason.stability, from_list=reason.from_list, definition=reason.definition,
        quotes=_card_quotes(evidence, reason, counter=False, among=people["any"])[:3],
        counter=_card_quotes(evidence, reason, counter=True, among=people["against"])[:2],
        n_counter=len(people["against"]), read_for_counter=len(heard.people) if reason.from_list else 0,
    )  # fmt: skip


def _card_quotes(evidence: Evidence, reason: Reason, *, counter: bool, among: People) -> tuple[Quote, ...]:
    """Quotes picked for the factor; where no reasons were looked for, its theme's own will do."""
    for column in ("factor_id",) if evidence.has_reasons else ("factor_id", "theme_id"):
        kinds = ("interview", "survey")
        found = evidence.quotes.pick(column, reason.id, counter=counter, kinds=kinds, among=among)
        if found:
            return found
    return ()

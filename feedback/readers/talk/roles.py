"""Who asks and who answers: by the names the user gave, by the label's words, else by the questions."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from feedback.errors import FeedbackError
from feedback.model import Document, Turn
from feedback.readers.talk.speakers import is_named, key_of, known

_ASKS = re.compile(
    r"(?:interviewer|researcher|facilitator|moderator|host|question|int|fac|mod|i|q)s?[ _.#-]*\d{0,3}[a-z]?"
    r"(?:[ ,]*[(\[].*[)\]])?|.*[(\[](?:co-?)?(?:interviewer|researcher|facilitator|moderator)[)\]]"
    r"|.*[,/|–-] *(?:co-?)?(?:interviewer|researcher|facilitator|moderator)|interviewer\b.*",
    re.IGNORECASE,
)
_R = re.compile(r"r\d{0,2}", re.IGNORECASE)
_ANSWERS = re.compile(
    r"(?:p|participant|interviewee|respondent)[ _.#-]*\d{0,3}"
    r"|.*[(\[](?:participant|interviewee|respondent)[)\]]",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[^.!?…\n]+")
_ASKING = re.compile(
    r"\W*(?:(?:so|and|but|ok|okay|right|well|yeah|um|er|now|then|great|thanks)\W+)*(?:what|how|why|when|where|who"
    r"|which|did you|do you|does|have you|has|are you|were you|was it|is it|can you|could you|would you"
    r"|will you|tell (?:me|us)|describe|talk (?:me|us) through|anything else)\b",
    re.IGNORECASE,
)
# One who asks must ask clearly more questions for each word than the other.
_CLEARLY = 1.5
_LEAST = 0.2  # of the words: who speaks less in a talk of two listens to the other
_CLEARLY_LESS = 0.35  # of the words: then even half of the questions are telling


@dataclass(frozen=True, slots=True)
class _Share:
    """One speaker's share of all questions and of all words, 0 to 1."""

    questions: float
    words: float

    @property
    def rate(self) -> float:
        return self.questions / max(self.words, 0.001)


def give_roles(
    text: str, turns: Sequence[Turn], names: Collection[str] = (), *, participants: Collection[str] = ()
) -> tuple[list[Turn], str]:
    """Turns with role "interviewer" where somebody asks, and one sentence that says how that was told.

    The names that the user gave come first (`names` ask, `participants` do not), then labels; else, of two
    speakers, the one who speaks less (or asks nearly all) and asks clearly more for each word, or who says
    next to nothing, and of several those who ask most questions and speak less than an equal share.
    """
    speakers = sorted({turn.speaker for turn in turns if turn.speaker})
    if not speakers and any(turn.role == "interviewer" for turn in turns):
        return list(turns), ""  # the reader told them apart, and says how
    if not speakers:
        return list(turns), "no speaker labels: all is taken as one participant's words"
    answering = _fitting(speakers, participants)
    asking = _fitting(speakers, names) - (answering if participants else set())
    shares = _shares(text, turns)
    asking, unclear = _one_of_each(asking, names, shares)
    reason = "you named the interviewer"
    if asking:
        reason += "; no other speaker was found" if len(asking) == len(speakers) else ""
    else:
        asking, reason = _guessed(speakers, shares, answering)
    roles = {name: "interviewer" for name in asking}
    given = [replace(turn, role="interviewer") if turn.speaker in roles else turn for turn in turns]
    return given, reason + unclear


def check_named(names: Collection[str], documents: Sequence[Document]) -> None:
    """FeedbackError for a name that belongs to no speaker of these documents, with the speakers there are."""
    speakers = sorted({turn.speaker for document in documents for turn in document.turns if turn.speaker})
    for name in names:
        if not any(is_named(speaker, {name.casefold()}) for speaker in speakers):
            where = documents[0].file_name if len(documents) == 1 else f"these {len(documents)} files"
            shown = ", ".join(speakers[:20]) + (", ..." if len(speakers) > 20 else "")
            raise FeedbackError(
                f"nobody in {where} is called {name!r}",
                hint=f"the speakers found are: {shown}" if speakers else "there are no speaker labels in it",
            )


def _fitting(speakers: Sequence[str], names: Collection[str]) -> set[str]:
    """The speakers who are called so; a label that is the very name comes before those that only hold it."""
    found: set[str] = set()
    for name in names:
        exact = {speaker for speaker in speakers if key_of(speaker) == key_of(name)}
        found |= exact or {speaker for speaker in speakers if is_named(speaker, {name.casefold()})}
    return found


def _one_of_each(asking: set[str], names: Collection[str], shares: dict[str, _Share]) -> tuple[set[str], str]:
    """Where one name fits several people (Jo Adams, Jo Brown), the one who asks more; and a word about it."""
    kept, unclear = set(asking), ""
    for name in names:
        fitting = sorted(one for one in asking if is_named(one, {name.casefold()}) and not known(one))
        if len(fitting) > 1 and key_of(name) not in map(key_of, fitting):
            best = max(fitting, key=lambda one: shares[one].rate)
            kept -= set(fitting) - {best}
            unclear += f"; {name} fits {' and '.join(fitting)}: taken as {best}, who asks more"
    return kept, unclear


def _guessed(
    speakers: Sequence[str], shares: dict[str, _Share], answering: Collection[str]
) -> tuple[set[str], str]:
    asking, reason = _by_label(speakers)
    asking -= set(answering)
    if asking:
        return asking, reason
    open_to = {name: share for name, share in shares.items() if name not in answering}
    if answering and len(open_to) == 1 and len(speakers) == 2:
        return set(open_to), "you named the participant"
    if len(speakers) == 1:
        return set(), "one speaker: all is taken as one participant's words"
    if not open_to:
        return set(), "you named all as participants"
    found, reason = _by_questions(shares)
    return found - set(answering), reason


def _by_label(speakers: Sequence[str]) -> tuple[set[str], str]:
    asking = {speaker for speaker in speakers if _ASKS.fullmatch(speaker) and not _ANSWERS.fullmatch(speaker)}
    if not asking and any(_ANSWERS.fullmatch(speaker) for speaker in speakers):
        asking = {speaker for speaker in speakers if _R.fullmatch(speaker)}
    if len(asking) == len(speakers) > 1:
        return set(), ""
    return asking, "label says interviewer"


def _shares(text: str, turns: Sequence[Turn]) -> dict[str, _Share]:
    questions: Counter[str] = Counter()
    words: Counter[str] = Counter()
    marked = "?" in text
    for turn in turns:
        if turn.speaker:
            said = text[turn.start : turn.end]
            questions[turn.speaker] += said.count("?") if marked else _unmarked(said)
            words[turn.speaker] += len(said.split())
    asked, spoken = questions.total(), max(words.total(), 1)
    return {name: _Share(questions[name] / max(asked, 1), words[name] / spoken) for name in words}


def _unmarked(said: str) -> int:
    """Questions in a text that has no question marks at all, by how their sentences begin."""
    return sum(bool(_ASKING.match(sentence)) for sentence in _SENTENCE.findall(said))


def _by_questions(shares: dict[str, _Share]) -> tuple[set[str], str]:
    """The one who asks; of two also who asks clearly more for his words, as people quote questions too."""
    found = _of_two(shares) if len(shares) == 2 else _of_several(shares)
    if found:
        asked = round(100 * sum(shares[name].questions for name in found))
        spoken = round(100 * sum(shares[name].words for name in found))
        ask, speak = ("asks", "speaks") if len(found) == 1 else ("ask", "speak")
        return found, f"{ask} {asked} % of the questions, {speak} {spoken} % of the words"
    quiet = min(sorted(shares), key=lambda name: shares[name].words)
    if len(shares) == 2 and shares[quiet].words < _LEAST:
        return {quiet}, f"says least ({round(100 * shares[quiet].words)} % of the words); nobody clearly asks"
    return set(), "nobody clearly asks: all are taken as participants; name the interviewers"


def _of_two(shares: dict[str, _Share]) -> set[str]:
    name = max(sorted(shares), key=lambda speaker: shares[speaker].rate)
    other = min(shares[speaker].rate for speaker in shares if speaker != name)
    words, questions = shares[name].words, shares[name].questions
    asks = (questions > 0.75 and words < 1 - _LEAST) or words < _CLEARLY_LESS or (words < 0.5 < questions)
    return {name} if asks and shares[name].rate > _CLEARLY * other else set()


def _of_several(shares: dict[str, _Share]) -> set[str]:
    """The one who asks most questions; or two who together ask nearly all, each more than they speak."""
    ranked = sorted(shares, key=lambda name: (-shares[name].questions, name))
    equal = 1 / len(shares)
    first, second = shares[ranked[0]], shares[ranked[1]]
    both = min(first.questions, second.questions) > 0.25 and first.questions + second.questions > 0.75
    if both and all(one.rate > _CLEARLY and one.words < equal for one in (first, second)):
        return set(ranked[:2])
    return {ranked[0]} if first.questions > 0.5 and first.words < equal else set()

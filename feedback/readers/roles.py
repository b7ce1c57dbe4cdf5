"""Who asks and who answers: by the label's words, by the names the user gave, else by the questions."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from feedback.errors import FeedbackError
from feedback.model import Document, Turn
from feedback.readers.speakers import is_named

_ASKS = re.compile(
    r"(?:interviewer|researcher|facilitator|moderator|host|question|int|fac|mod|i|q)s?[ _.#-]*\d{0,3}[a-z]?"
    r"(?:[ ,]*[(\[].*[)\]])?|.*[(\[](?:interviewer|researcher|facilitator|moderator)[)\]]|interviewer\b.*",
    re.IGNORECASE,
)
_R = re.compile(r"r\d{0,2}", re.IGNORECASE)
_ANSWERS = re.compile(r"(?:p|participant|interviewee|respondent)[ _.#-]*\d{0,3}", re.IGNORECASE)
# One who asks must ask clearly more questions for each word than the other.
_CLEARLY = 1.5


@dataclass(frozen=True, slots=True)
class _Share:
    """One speaker's share of all questions and of all words, 0 to 1."""

    questions: float
    words: float

    @property
    def rate(self) -> float:
        return self.questions / max(self.words, 0.001)


def give_roles(text: str, turns: Sequence[Turn], names: Collection[str] = ()) -> tuple[list[Turn], str]:
    """Turns with role "interviewer" where somebody asks, and one sentence that says how that was told.

    Labels and the names that the user gave come first; else, of two speakers, the one who speaks less (or
    asks nearly all) and asks clearly more for each word, and of several the one who asks most questions and
    speaks less than an equal share.
    """
    speakers = sorted({turn.speaker for turn in turns if turn.speaker})
    if not speakers and any(turn.role == "interviewer" for turn in turns):
        return list(turns), ""  # the reader told them apart, and says how
    if not speakers:
        return list(turns), "no speaker labels: all is taken as one participant's words"
    asking, reason = _by_name(speakers, names)
    if not asking:
        asking, reason = _by_label(speakers)
    if not asking and len(speakers) > 1:
        asking, reason = _by_questions(_shares(text, turns))
    if not asking and len(speakers) == 1:
        reason = "one speaker: all is taken as one participant's words"
    return [replace(turn, role="interviewer") if turn.speaker in asking else turn for turn in turns], reason


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


def _by_name(speakers: Sequence[str], names: Collection[str]) -> tuple[set[str], str]:
    wanted = {name.casefold() for name in names}
    asking = {speaker for speaker in speakers if is_named(speaker, wanted)}
    alone = "; no other speaker was found" if len(asking) == len(speakers) else ""
    return asking, "you named the interviewer" + alone


def _by_label(speakers: Sequence[str]) -> tuple[set[str], str]:
    asking = {speaker for speaker in speakers if _ASKS.fullmatch(speaker)}
    if not asking and any(_ANSWERS.fullmatch(speaker) for speaker in speakers):
        asking = {speaker for speaker in speakers if _R.fullmatch(speaker)}
    if len(asking) == len(speakers) > 1:
        return set(), ""
    return asking, "label says interviewer"


def _shares(text: str, turns: Sequence[Turn]) -> dict[str, _Share]:
    questions: Counter[str] = Counter()
    words: Counter[str] = Counter()
    for turn in turns:
        if turn.speaker:
            said = text[turn.start : turn.end]
            questions[turn.speaker] += said.count("?")
            words[turn.speaker] += len(said.split())
    asked, spoken = max(questions.total(), 1), max(words.total(), 1)
    return {name: _Share(questions[name] / asked, words[name] / spoken) for name in words}


def _by_questions(shares: dict[str, _Share]) -> tuple[set[str], str]:
    """The one who asks; of two also who asks clearly more for his words, as people quote questions too."""
    if len(shares) == 2:
        name = max(sorted(shares), key=lambda speaker: shares[speaker].rate)
        other = min(shares[speaker].rate for speaker in shares if speaker != name)
        asks = shares[name].words < 0.5 or shares[name].questions > 0.75
        found = asks and shares[name].rate > _CLEARLY * other
    else:
        name = max(sorted(shares), key=lambda speaker: shares[speaker].questions)
        found = shares[name].questions > 0.5 and shares[name].words < 1 / len(shares)
    if not found:
        return (
            set(),
            "nobody clearly asks: all are taken as participants; name the interviewers",
        )
    asked, spoken = round(100 * shares[name].questions), round(100 * shares[name].words)
    return {name}, f"asks {asked} % of the questions, speaks {spoken} % of the words"

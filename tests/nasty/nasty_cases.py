"""What a nasty file is: its bytes, and what must come out of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

Said = tuple[str | None, str]

# Who says what in most of the files: (I for the interviewer or P for the participant, words).
TALK: tuple[tuple[str, str], ...] = (
    ("I", "Could you tell me how you came to leave?"),
    ("P", "I’d been on duty for a year. Two of us, one phone – and £0 for parking."),
    ("I", "What did your manager say?"),
    ("P", "She said: stay until Easter. I said no."),
    ("I", "Was anything good about it?"),
    ("P", "The team. My well-being wasn't the team's fault."),
)


@dataclass(frozen=True)
class Case:
    """A file and what a reader must make of it: turns, or answers.

    `turns` are (speaker or None, words), neighbours of one speaker joined; white space does not count.
    `answers` are (respondent or None, question or None, words); None: whatever the reader calls it.
    `starts`: the seconds at which the turns begin. `whole`: what the decoded text file says, all of which
    must be in the document's text. `kind` is what the user says that it is.
    """

    name: str
    make: Callable[[], bytes]
    turns: tuple[Said, ...] = ()
    answers: tuple[tuple[str | None, str | None, str], ...] = ()
    starts: tuple[float, ...] = ()
    whole: str = ""
    kind: str = ""

    @property
    def id(self) -> str:
        """A short name that a list of tests can show."""
        return self.name.encode("ascii", "backslashreplace").decode()


def speakers(
    interviewer: str | None, participant: str | None, talk: Sequence[tuple[str, str]] = TALK
) -> tuple[Said, ...]:
    """The talk with these labels."""
    return tuple((interviewer if who == "I" else participant, words) for who, words in talk)


def labelled(interviewer: str, participant: str, *, after: str = ": ", between: str = "\n") -> str:
    """The talk as plain text, a label before each turn."""
    return between.join(f"{who}{after}{words}" for who, words in speakers(interviewer, participant))


def alone(*words: str) -> tuple[Said, ...]:
    """Words that nobody is named for."""
    return ((None, " ".join(words)),)


ALL_WORDS = alone(*(words for _, words in TALK))


def text_case(
    name: str, text: str, turns: tuple[Said, ...], *, encoding: str = "utf-8", **more: object
) -> Case:
    """A plain text file; all of it must be accounted for."""
    whole = text if name.endswith(".txt") else ""
    return Case(name, lambda: text.encode(encoding), turns, whole=whole, **more)  # type: ignore[arg-type]


def seconds(time: str) -> float:
    """00:01:02.500 in seconds."""
    total = 0.0
    for part in time.replace(",", ".").split(":"):
        total = total * 60 + float(part)
    return total

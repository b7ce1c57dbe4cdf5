"""What passes between an adapter and the room: lines on the way in, a reading on the way out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from feedback.model import DocumentKind, Dropped, Turn
from feedback.settings import FileRead


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a text-like file, with what its container says about it.

    `bold` counts the leading characters that are bold; `label` and `time` are spans (end exclusive, within
    the line) that the container marks as speaker and time, such as cells of a table. `dropped` is the reason
    why the whole line is not speech; a `heading` is kept only if it turns out to be a speaker.
    """

    text: str
    paragraph: bool = False
    bold: int = 0
    heading: bool = False
    label: tuple[int, int] | None = None
    time: tuple[int, int] | None = None
    dropped: str = ""


@dataclass(frozen=True, slots=True)
class Options:
    """What the user said about a file: who asks, who answers, which columns of a survey to take, its kind.

    `same_header` has what was saved for tables with the same column names, by what stands for these; `told`
    says where the named columns come from.
    """

    interviewers: tuple[str, ...] = ()
    text_columns: tuple[str, ...] = ()
    case_column: str | None = None
    participants: tuple[str, ...] = ()
    kind: DocumentKind | None = None
    same_header: Mapping[str, FileRead] = field(default_factory=dict)
    told: str = "you named it"


@dataclass(frozen=True, slots=True)
class Reading:
    """What an adapter found in a file; positions in `turns` and `dropped` point into `text`.

    `reason` says how speakers or columns were told apart, where that was a guess.
    """

    text: str
    turns: list[Turn]
    dropped: list[Dropped] = field(default_factory=list)
    title: str = ""
    reason: str = ""
    survey: bool = False
    attributes: dict[str, dict[str, str]] = field(default_factory=dict)
    private: dict[str, dict[str, str]] = field(default_factory=dict)
    header: str = ""


def left_out(reason: str, start: int | None = None, end: int | None = None) -> Dropped:
    """A `Dropped` of stage "read"; the document's id is added by `read_bytes`."""
    return Dropped("read", reason, start=start, end=end)

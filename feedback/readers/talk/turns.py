"""Lines -> the document's text, its turns, and what was left out with the reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from feedback.model import Dropped, Turn
from feedback.readers.shapes import Line, Reading, left_out
from feedback.readers.talk.closing import closing_times
from feedback.readers.talk.cues import Cue
from feedback.readers.talk.labels import find_cues, header_lines, without_header
from feedback.readers.talk.notes import is_note
from feedback.readers.talk.spelling import one_spelling, settled
from feedback.readers.talk.times import span_of

_UNNAMED = "\0"


@dataclass(slots=True)
class _Open:
    """The turn that is being put together: where its words begin, and whose they are."""

    cue: Cue | None = None
    start: int | None = None
    end: int = 0


def turns_from_lines(
    lines: Sequence[Line],
    *,
    interviewers: Collection[str] = (),
    participants: Collection[str] = (),
    after: Sequence[Line] = (),
) -> Reading:
    """The reading of a text-like file.

    `lines` are joined by LF to the text. `after` are lines that were taken out of the flow (page headers,
    footnotes), each with its reason; they stand at the end of the text, so that a sentence that runs over a
    page stays in one piece. Without any label each paragraph is a turn.
    """
    lines = [_marked(line) for line in lines]
    cues = without_header(lines, find_cues(lines, interviewers, participants))
    spoken = any(cue and (cue.label or cue.how == "prose") for cue in cues)
    walk = _Walk(labelled=spoken, steady=_steady(cues), header=header_lines(lines))
    for line, cue, closing in zip(lines, cues, closing_times(lines, cues), strict=True):
        walk.take(line, cue, closing)
    walk.close()
    text = "\n".join(line.text for line in lines)
    extra, more = _appended(after, len(text))
    turns, reason = _name_the_unnamed(one_spelling(walk.turns))
    turns, reasons = settled(turns, [*interviewers, *participants])
    why = "; ".join([*([reason] if reason else []), *reasons])
    return Reading(text + extra, turns, walk.dropped + more, reason=why)


class _Walk:
    """Goes down the lines once and keeps what it has found."""

    def __init__(self, *, labelled: bool, steady: bool, header: int) -> None:
        self.turns: list[Turn] = []
        self.dropped: list[Dropped] = []
        self._labelled, self._steady, self._header = labelled, steady, header
        self._position = self._row = 0
        self._open = _Open()

    def take(self, line: Line, cue: Cue | None, closing: int | None = None) -> None:
        """One line further; from `closing` on it holds only the time at which its words end."""
        start = self._position
        self._position += len(line.text) + 1
        self._row += 1
        if not line.text.strip():
            return
        if not cue and (why := self._why_not(line)):
            self.close()
            self._drop(why, start, line.text)
        elif closing is not None:
            self._until(line, cue, start, closing)
        elif cue:
            self._begin(line, cue, start)
        else:
            self._add(line, start, 0)

    def _until(self, line: Line, cue: Cue | None, start: int, closing: int) -> None:
        """A line that ends with a time: its words, and with that time the end of a turn."""
        words, stamp = replace(line, text=line.text[:closing]), line.text[closing:]
        if cue:
            self._begin(words, cue, start)
        else:
            self._add(words, start, 0)
        end, _ = span_of(stamp)
        if self._open.cue is None:
            self._open.cue = Cue("", 0, "time")
        self._open.cue = replace(self._open.cue, end_s=end)
        self.close()
        self._drop("timestamp", start + closing, stamp)
        self._open.cue = replace(self._open.cue, begin_s=end)

    def close(self) -> None:
        """Ends the open turn; its speaker goes on speaking if no label follows."""
        now = self._open
        if now.start is not None:
            cue = now.cue
            speaker = cue.label if cue else ""
            self.turns.append(
                Turn(
                    now.start,
                    now.end,
                    speaker or None,
                    begin_s=cue.begin_s if cue else None,
                    end_s=cue.end_s if cue else None,
                )
            )
            now.cue = replace(cue, begin_s=None, end_s=None) if cue else None
        now.start = None

    def _why_not(self, line: Line) -> str:
        if line.dropped:
            return line.dropped
        if self._row <= self._header:
            return "before the first speaker" if self._labelled else "header block"
        if self._labelled and self._open.cue is None:
            return "before the first speaker"
        return "heading" if line.heading else ""

    def _begin(self, line: Line, cue: Cue, start: int) -> None:
        self.close()
        reason = "timestamp" if not cue.label else "speaker label"
        self._drop(reason, start, line.text[: cue.body])
        self._open.cue = self._speaker_of(cue)
        self._add(line, start, cue.body)

    def _speaker_of(self, cue: Cue) -> Cue:
        """A time without a label: the speaker goes on, or, where every turn has a time, is not named."""
        before = self._open.cue
        if cue.label or not self._labelled:
            return cue
        if self._steady:
            return replace(cue, label=_UNNAMED)
        return replace(cue, label=before.label if before else "")

    def _add(self, line: Line, start: int, skip: int) -> None:
        words = line.text[skip:]
        if not words.strip():
            return
        if not self._labelled and line.paragraph and not skip:
            self.close()
        first = start + skip + len(words) - len(words.lstrip())
        if self._open.start is None:
            self._open.start = first
        self._open.end = start + len(line.text.rstrip())

    def _drop(self, reason: str, start: int, text: str) -> None:
        if text.strip():
            first = start + len(text) - len(text.lstrip())
            self.dropped.append(left_out(reason, first, start + len(text.rstrip())))


def _marked(line: Line) -> Line:
    if not line.dropped and is_note(line.text):
        return replace(line, dropped="file note")
    return line


def _steady(cues: Sequence[Cue | None]) -> bool:
    """Whether turns are timed as a rule, so that a lone time begins a turn and does not stand inside one."""
    labelled = [cue for cue in cues if cue and cue.label]
    timed = sum(cue.begin_s is not None for cue in labelled)
    lone = sum(1 for cue in cues if cue and not cue.label)
    return timed >= 4 and timed >= 0.8 * len(labelled) and lone <= 0.2 * timed


def _appended(after: Sequence[Line], position: int) -> tuple[str, list[Dropped]]:
    text, dropped = "", []
    for line in after:
        if line.text.strip():
            start = position + len(text) + 1
            text += "\n" + line.text
            dropped.append(left_out(line.dropped, start, start + len(line.text)))
    return text, dropped


def _name_the_unnamed(turns: list[Turn]) -> tuple[list[Turn], str]:
    """Turns with a time but no label: between two turns of one speaker of two it is the other one's."""
    names = Counter(turn.speaker for turn in turns if turn.speaker and turn.speaker != _UNNAMED)
    main = [name for name, n in names.most_common() if n >= 2 or len(names) <= 2]
    given = 0
    for index, turn in enumerate(turns):
        if turn.speaker != _UNNAMED:
            continue
        given += 1
        before = turns[index - 1].speaker if index else None
        after = next((later.speaker for later in turns[index + 1 :] if later.speaker != _UNNAMED), None)
        turns[index] = replace(turn, speaker=_whose(before, after, main))
    reason = (
        f"{given} timed turns without a label were given to a speaker by their neighbours" if given else ""
    )
    return turns, reason


def _whose(before: str | None, after: str | None, speakers: Sequence[str]) -> str | None:
    if before != after:
        return before or after
    others = [name for name in speakers if name != before]
    return others[0] if len(others) == 1 else None

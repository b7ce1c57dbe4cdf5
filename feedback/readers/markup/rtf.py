"""Rich Text Format: our own walk, as libraries lose what is bold, hidden, deleted or a note."""

from __future__ import annotations

from feedback.errors import FeedbackError
from feedback.readers.markup.grid import flat
from feedback.readers.markup.rtf_text import Walk
from feedback.readers.markup.runs import reading_of
from feedback.readers.shapes import Options, Reading, left_out


def read_rtf(data: bytes, file_name: str, options: Options) -> Reading:
    """A transcript or testimony in RTF (WordPad, TextEdit, Word, NVivo and MAXQDA exports).

    Tables, text boxes and tracked insertions are read; tracked deletions, hidden text and automatic numbers
    are not, and are counted; headers, footers, notes and comments stand, dropped, at the end of the text.

    Errors: FeedbackError when it is no RTF, has no words, or nests or counts beyond what programs write.
    """
    start = data[:256].find(b"{\\rtf")
    if start < 0:
        raise FeedbackError(f"{file_name} is damaged or no RTF", hint="open it in Word and save it as .docx")
    walk = Walk(file_name)
    ended = walk.take(data, start)
    reading = reading_of(
        walk.lines,
        file_name=file_name,
        options=options,
        after=walk.asides,
        lost=walk.lost,
        title=flat(walk.title),
    )
    if not ended:
        reading.dropped.append(left_out("the file breaks off before its end: it may be incomplete"))
    return reading

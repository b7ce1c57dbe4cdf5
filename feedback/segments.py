"""Documents and their edits as segments: what everything after de-identification works on.

A segment's `text` is rendered; its `start` and `end` point into the original.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

from feedback.errors import FeedbackError
from feedback.model import Document, Turn
from feedback.spans import Alignment, Edit, Span, render
from feedback.tables import conform

if TYPE_CHECKING:
    import pandas as pd

UNITS = ("sentence", "turn", "answer")


def segment(
    documents: Document | Sequence[Document],
    edits: pd.DataFrame | None = None,
    *,
    unit: str = "sentence",
    links: pd.DataFrame | None = None,
    pseudonyms: pd.DataFrame | None = None,
    questions: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Table `segments`: every participant's and interviewer's words, cut into units.

    documents: one or more Documents. edits: table `edits`; without it the text is taken as it stands.
    unit: "sentence", "turn", or "answer" (a survey's word for the same: all of one answer). links: table
    `private/links`, gives each turn its case; without it each document is its own case. pseudonyms: table
    `private/pseudonyms`, gives speakers their shown names. questions: table `private/questions`, gives the
    headings of answers as they are shown. Rows keep document order by id.
    """
    if unit not in UNITS:
        raise FeedbackError(f"'{unit}' is not a unit", hint="one of: " + ", ".join(UNITS))
    documents = [documents] if isinstance(documents, Document) else documents
    case_of = _case_lookup(links)
    shown = _shown_names(pseudonyms)
    by_document = _edits_by_document(edits)
    rows: list[dict[str, Any]] = []
    for document in documents:
        own = by_document.get(document.document_id, [])
        rows += _segments_of(document, own, unit, case_of, shown)
    found = conform("segments", rows)
    if questions is not None and len(questions):
        masked = dict(zip(questions["question"], questions["shown"], strict=True))
        found["question"] = [masked.get(one, one) for one in found["question"]]
    return found


def segments_from(texts: Iterable[str], case_ids: Iterable[str] | None = None) -> pd.DataFrame:
    """Plain texts (survey answers, say) as table `segments`, one segment a text, in the order given.

    case_ids: who wrote each; without them each text is its own case. Blank texts give no segment.
    """
    texts = list(texts)
    width = max(3, len(str(len(texts))))
    ids = [f"d{number:0{width}d}" for number in range(1, len(texts) + 1)]
    cases = list(case_ids) if case_ids is not None else ids
    if len(cases) != len(texts):
        raise FeedbackError(f"{len(texts)} texts, but {len(cases)} case ids", hint="give one case id a text")
    rows = [
        {
            "segment_id": f"{document_id}:0-{len(text)}",
            "document_id": document_id,
            "case_id": str(case),
            "turn": 0,
            "start": 0,
            "end": len(text),
            "role": "participant",
            "text": text,
        }
        for document_id, case, text in zip(ids, cases, texts, strict=True)
        if isinstance(text, str) and text.strip()
    ]
    return conform("segments", rows)


def _case_lookup(links: pd.DataFrame | None) -> dict[tuple[str, int], str] | None:
    if links is None:
        return None
    return dict(zip(zip(links["document_id"], links["turn"], strict=True), links["case_id"], strict=True))


def _shown_names(pseudonyms: pd.DataFrame | None) -> dict[str, str]:
    """Pseudonyms of the study's own participants by case id."""
    if pseudonyms is None:
        return {}
    rows = zip(pseudonyms["case_id"], pseudonyms["pseudonym"], strict=True)
    return {case_id: pseudonym for case_id, pseudonym in rows if case_id}


def _edits_by_document(edits: pd.DataFrame | None) -> dict[str, list[Edit]]:
    found: dict[str, list[Edit]] = {}
    if edits is None:
        return found
    for row in edits.itertuples(index=False):
        edit = Edit(row.start, row.end, row.replacement or "", row.kind, row.label or "")
        found.setdefault(row.document_id, []).append(edit)
    return found


def _segments_of(
    document: Document,
    edits: list[Edit],
    unit: str,
    case_of: dict[tuple[str, int], str] | None,
    shown: dict[str, str],
) -> Iterator[dict[str, Any]]:
    question = None
    for number, turn, text, alignment in _rendered_turns(document, edits):
        if turn.role == "interviewer":
            question = _question(text) or question
            speaker, case_id = "Interviewer", None
        else:
            case_id = case_of.get((document.document_id, number)) if case_of else document.document_id
            speaker = shown.get(case_id or "", "Participant")
        for start, end in _units(text, unit):
            home = alignment.to_original(start, end)
            begin, stop = turn.start + home.start, turn.start + home.end
            yield {
                "segment_id": f"{document.document_id}:{begin}-{stop}",
                "document_id": document.document_id,
                "case_id": case_id,
                "turn": number,
                "start": begin,
                "end": stop,
                "speaker": speaker,
                "role": turn.role,
                "question": turn.question or (question if turn.role == "participant" else None),
                "begin_s": turn.begin_s,
                "end_s": turn.end_s,
                "text": text[start:end],
            }


def _rendered_turns(document: Document, edits: list[Edit]) -> Iterator[tuple[int, Turn, str, Alignment]]:
    """Each turn with its rendered words and the way from them to positions within the turn."""
    ordered = sorted(edits, key=lambda edit: edit.start)
    first = 0
    for number, turn in enumerate(document.turns):
        while first < len(ordered) and ordered[first].end <= turn.start:
            first += 1
        inside, at = [], first
        while at < len(ordered) and ordered[at].start < turn.end:
            inside.append(_clip(ordered[at], turn))
            at += 1
        words = document.words(turn)
        yield number, turn, render(words, inside), Alignment(inside)


def _clip(edit: Edit, turn: Turn) -> Edit:
    start, end = max(edit.start, turn.start), min(edit.end, turn.end)
    return replace(edit, start=start - turn.start, end=end - turn.start)


def _question(text: str) -> str | None:
    """The question in an interviewer's turn: its last sentence with a question mark, or all of it."""
    sentences = [text[span.start : span.end] for span in sentence_spans(text)]
    asked = [sentence for sentence in sentences if sentence.endswith("?")]
    return (asked[-1] if asked else text.strip()) or None


def _units(text: str, unit: str) -> list[Span]:
    if unit == "sentence":
        return sentence_spans(text)
    stripped = text.strip()
    start = text.find(stripped)
    return [Span(start, start + len(stripped))] if stripped else []


def sentence_spans(text: str) -> list[Span]:
    """Where the sentences of a text stand, without the white space around them."""
    spans = []
    for line_start, line in _lines(text):
        starts = [_opened(line, sentence.start_char) for sentence in _sentencizer()(line).sents]
        for start, end in zip(starts, [*starts[1:], len(line)], strict=True):
            words = line[start:end].strip()
            if any(letter.isalnum() for letter in words):
                at = line_start + line.index(words, start)
                spans.append(Span(at, at + len(words)))
    return spans


def _opened(line: str, start: int) -> int:
    """Where a sentence begins, with the bracket or quotation mark that opens it."""
    while start and (line[start - 1] in "[(“‘" or _opens_speech(line, start - 1)):
        start -= 1
    return start


def _opens_speech(line: str, at: int) -> bool:
    return line[at] in "\"'" and (at == 0 or line[at - 1].isspace())


def _lines(text: str) -> Iterator[tuple[int, str]]:
    at = 0
    for line in text.split("\n"):
        if line.strip():
            yield at, line
        at += len(line) + 1


@cache
def _sentencizer() -> Any:
    import spacy

    pipeline = spacy.blank("en")
    pipeline.add_pipe("sentencizer")
    pipeline.max_length = 10_000_000
    return pipeline

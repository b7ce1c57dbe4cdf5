"""The stage that cuts documents into segments, shard by shard."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from feedback.pipeline.shards import Piece, Pieces, Rows, Shard, Stretch, moved_back, moved_in
from feedback.pipeline.stages import Context, Made, Progress
from feedback.pipeline.streamed import Task, by_shard
from feedback.settings import CONSENTS
from feedback.tables import decoded, schema, to_arrow, to_pandas

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    import pyarrow as pa

    from feedback.model import Document


@dataclass(frozen=True)
class Rules:
    """What holds for all shards: the unit, and table `private/questions`."""

    unit: str
    questions: pa.Table


@dataclass(frozen=True)
class Words:
    """The pieces of a shard, and the rows about them of tables `edits` and private `links`, `pseudonyms`."""

    pieces: tuple[Piece, ...]
    edits: pa.Table
    links: pa.Table
    pseudonyms: pa.Table


def make_segments(context: Context, progress: Progress) -> Made:
    """Tables `segments` and `dropped/segments`, as Arrow."""
    project = context.project
    pieces = Pieces(project, characters=context.characters)
    edits = Rows(project.arrow("edits"), by="start")
    links = Rows(project.arrow("private/links"), by="turn")
    pseudonyms = decoded(project.arrow("private/pseudonyms"))

    def words(shard: Shard) -> Words:
        own = links.of(shard.stretches)
        return Words(tuple(pieces.of(shard)), edits.of(shard.stretches), own, _of_people(pseudonyms, own))

    rules = Rules(context.settings.unit, project.arrow("private/questions"))
    tasks = [Task(shard, partial(words, shard)) for shard in pieces.shards]
    found = by_shard(context, "segments", cut, rules, tasks, progress, originals=True)
    return _allowed(project.table("cases"), found.get("segments", schema("segments").empty_table()))


def cut(rules: Rules, words: Words) -> dict[str, pa.Table]:
    """Table `segments` of a shard."""
    import pandas as pd

    from feedback.segments import segment

    edits, links, pseudonyms = map(to_pandas, (words.edits, words.links, words.pseudonyms))
    questions = to_pandas(rules.questions)

    def segments(documents: Sequence[Document], edits: pd.DataFrame, links: pd.DataFrame) -> pd.DataFrame:
        return segment(
            documents, edits, unit=rules.unit, links=links, pseudonyms=pseudonyms, questions=questions
        )

    whole = [piece.document for piece in words.pieces if not piece.stretch.start]
    parts = [segments(whole, edits, links)]
    for piece in words.pieces:
        if own := piece.stretch.start and piece.stretch:
            found = segments([piece.document], *(moved_in(_of(table, own), own) for table in (edits, links)))
            parts.append(_named(moved_back(found, own)))
    return {"segments": to_arrow("segments", pd.concat(parts, ignore_index=True))}


def _of(table: pd.DataFrame, stretch: Stretch) -> pd.DataFrame:
    return table[table["document_id"] == stretch.document_id]


def _named(segments: pd.DataFrame) -> pd.DataFrame:
    """The segments with the ids of their places."""
    places = zip(segments["document_id"], segments["start"], segments["end"], strict=True)
    return segments.assign(segment_id=[f"{name}:{start}-{end}" for name, start, end in places])


def _of_people(pseudonyms: pa.Table, links: pa.Table) -> pa.Table:
    """The pseudonyms of the people who speak."""
    import pyarrow.compute as pc

    return pseudonyms.filter(pc.is_in(pseudonyms["case_id"], links["case_id"].combine_chunks()))


def _allowed(cases: pd.DataFrame, segments: pa.Table) -> dict[str, pa.Table]:
    """The segments of people who agreed to be analysed, and a row for each that is left out."""
    import pyarrow as pa
    import pyarrow.compute as pc

    from feedback.cases import NO_CONSENT, with_consent

    allowed = with_consent(cases, least="analysis", levels=CONSENTS)
    of = segments["case_id"].cast(pa.string())
    barred = pc.and_(pc.is_valid(of), pc.invert(pc.is_in(of, pa.array(sorted(allowed), pa.string()))))
    lost = segments.filter(barred)
    reason = pa.array([NO_CONSENT] * len(lost), pa.string())
    return {
        "segments": segments.filter(pc.invert(barred)),
        "dropped/segments": pa.table(
            {
                "stage": pa.array(["segments"] * len(lost), pa.string()),
                "document_id": lost["document_id"].cast(pa.string()),
                "start": lost["start"],
                "end": lost["end"],
                "reason": reason,
            }
        ),
    }

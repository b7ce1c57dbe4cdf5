"""The stage that cuts documents into segments, shard by shard."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from feedback.pipeline.contents import content_of
from feedback.pipeline.shards import Piece, Pieces, Rows, edits_of
from feedback.pipeline.stages import Context, Made, Progress
from feedback.pipeline.streamed import Task, by_shard
from feedback.pipeline.stretches import Shard, Stretch, moved_back, moved_in
from feedback.settings import CONSENTS
from feedback.tables import decoded, schema, to_arrow, to_pandas

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    import pyarrow as pa

    from feedback.model import Document


@dataclass(frozen=True)
class Rules:
    """What holds for all shards: the unit."""

    unit: str


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
    edits = edits_of(project)
    links = Rows(project.arrow("private/links"), by="turn")
    pseudonyms = decoded(project.arrow("private/pseudonyms"))

    def words(shard: Shard) -> Words:
        own = links.of(shard.stretches)
        return Words(tuple(pieces.of(shard)), edits.of(shard.stretches), own, _of_people(pseudonyms, own))

    def content(shard: Shard) -> str:
        named = content_of(_of_people(pseudonyms, links.of(shard.stretches)))
        told = [rows.content(shard.stretches) for rows in (edits, links)]
        return " ".join([repr(shard), pieces.content(shard), *told, named])

    unit = context.settings.unit
    tasks = [Task(shard, words, content(shard)) for shard in pieces.shards]
    found = by_shard(
        context,
        "segments",
        cut,
        lambda: Rules(unit),
        tasks,
        progress,
        originals=True,
        joint=True,
        lasting=f"unit {unit}",
    )
    made = found.get("segments", schema("segments").empty_table())
    return _allowed(project.table("cases"), _shown(made, project.arrow("private/questions")))


def cut(rules: Rules, words: Words) -> dict[str, pa.Table]:
    """Table `segments` of a shard."""
    import pandas as pd

    from feedback.segments import segment

    edits, links, pseudonyms = map(to_pandas, (words.edits, words.links, words.pseudonyms))

    def segments(documents: Sequence[Document], edits: pd.DataFrame, links: pd.DataFrame) -> pd.DataFrame:
        return segment(documents, edits, unit=rules.unit, links=links, pseudonyms=pseudonyms)

    whole = [piece.document for piece in words.pieces if not piece.stretch.start]
    parts = [segments(whole, edits, links)]
    for piece in words.pieces:
        if own := piece.stretch.start and piece.stretch:
            found = segments([piece.document], *(moved_in(_of(table, own), own) for table in (edits, links)))
            parts.append(_named(moved_back(found, own)))
    return {"segments": to_arrow("segments", pd.concat(parts, ignore_index=True))}


def _shown(segments: pa.Table, questions: pa.Table) -> pa.Table:
    """The segments with the headings of their answers as they are shown."""
    import pyarrow as pa
    import pyarrow.compute as pc

    asked = segments["question"].cast(pa.string())
    which = pc.index_in(asked, questions["question"].combine_chunks())
    shown = pc.coalesce(pc.take(questions["shown"].combine_chunks(), which), asked)
    return segments.set_column(segments.schema.get_field_index("question"), "question", shown)


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

"""What each stage makes: tables of the project in, tables of the project out."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from feedback.errors import FeedbackError
from feedback.pipeline.leading import different_of_leading
from feedback.pipeline.stretches import CHARACTERS
from feedback.project import MERGES, NAMES, Project
from feedback.scale import HERE, Workers
from feedback.settings import Settings

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

    from feedback.codebook import Codebook
    from feedback.edits.people.corrections import Corrections
    from feedback.embed import Embedder
    from feedback.embed.cached import CachedEmbedder
    from feedback.embed.student import Student
    from feedback.factors.kept import Decision


@runtime_checkable
class Fitted(Protocol):
    """An embedder that learns from the texts at hand."""

    def fit(self, texts: Sequence[str]) -> Any:
        """Learns."""


Progress = Callable[[int, int], None]
Made = Mapping[str, "pd.DataFrame | pa.Table"]


def no_progress(done: int, total: int) -> None:
    """Says nothing."""


@dataclass(frozen=True)
class Context:
    """What a stage may look at: the project, its settings and theme list as they stand, and who works.

    receipts: of the stages under way, by name; without its receipt a stage keeps nothing by the way.
    characters: the size of a shard, which changes no result.
    """

    project: Project
    workers: Workers = field(default=HERE, kw_only=True)
    receipts: dict[str, Mapping[str, Any]] = field(default_factory=dict, kw_only=True)
    characters: int = field(default=CHARACTERS, kw_only=True)

    @cached_property
    def settings(self) -> Settings:
        return self.project.settings

    @cached_property
    def codebook(self) -> Codebook:
        return self.project.codebook

    @cached_property
    def named(self) -> Embedder:
        """The embedder that the settings name."""
        from feedback.embed import load

        return load(self.settings.embedder, root=self.project.path)

    @cached_property
    def embedder(self) -> CachedEmbedder:
        from feedback.embed.cache import VectorCache
        from feedback.embed.cached import CachedEmbedder

        embedder = self.named
        if isinstance(embedder, Fitted):
            # Its vectors change with the texts, so keeping them would only pile up old ones.
            embedder.fit(list(self.project.table("segments")["text"]))
            return CachedEmbedder(embedder)
        cached = CachedEmbedder(embedder, VectorCache(self.vectors))
        student = self._student_of(cached)
        return CachedEmbedder(student) if student is not None else cached

    def _student_of(self, teacher: CachedEmbedder) -> Student | None:
        """Who reads a large study instead of the model; its vectors are made quicker than kept."""
        from feedback.arrows import Words
        from feedback.embed import TAUGHT_BY
        from feedback.embed.student import Student
        from feedback.parquet import different_in, rows_in
        from feedback.pipeline.reader import known_fingerprint
        from feedback.tagging.meaning import fixed_texts

        above = self.settings.student_above
        if not above or not self.project.file("segments").exists():
            return None
        segments = self.project.file("segments")
        if rows_in(segments) <= above or len(different_in(segments, "text")) <= above:
            return None
        known = known_fingerprint(self)
        return Student(
            teacher,
            lambda: Words(different_of_leading(segments, least=above)),
            known=fixed_texts(self.codebook),
            cache=teacher.cache,
            fingerprint=known if known.endswith(f"{TAUGHT_BY}{teacher.fingerprint}") else "",
        )

    @cached_property
    def kept(self) -> tuple[Decision, ...]:
        """What people decided about push factors, in factors.yaml."""
        text = self.project.decided_text
        if not text:
            return ()
        from feedback.factors.kept import parse_decisions

        return parse_decisions(text)

    @property
    def near(self) -> Workers:
        """Who may work on original words: the workers of this machine."""
        return self.workers if self.workers.near else HERE

    @property
    def vectors(self) -> Path:
        """Where vectors are kept."""
        return self.project.path / "private" / "vectors"

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The names to mask: in feedback.yaml, its names_files and private/merges.yaml, and from --names."""
        chosen, held = self.settings.deidentify, self.project.keys.read(NAMES)
        listed: list[str] = []
        if chosen.names_files or held:
            from feedback.readers import names_in, read_names

            listed = [name for file in chosen.names_files for name in read_names(self.project.path / file)]
            listed += names_in(held or b"", NAMES)
        return tuple(dict.fromkeys([*chosen.names, *listed, *self.corrections.written.values()]))

    @cached_property
    def corrections(self) -> Corrections:
        """What people say in private/merges.yaml about who is who."""
        from feedback.edits.people.corrections import read_corrections

        written = self.project.keys.read(MERGES)
        try:
            return read_corrections((written or b"").decode("utf-8-sig"), source=f"private/{MERGES}")
        except UnicodeDecodeError as error:
            raise FeedbackError(f"private/{MERGES} is not UTF-8 text", hint="save it as UTF-8") from error


def make_cases(context: Context, progress: Progress) -> Made:
    from feedback.cases import make_cases as table
    from feedback.links import LINKING, link_turns
    from feedback.tables import conform, to_pandas
    from feedback.taken import files_of_documents

    project, people = context.project, context.project.table("private/people")
    originals = files_of_documents(project.arrow("private/originals"))
    turns = to_pandas(project.arrow("private/turns").select(LINKING))
    links = link_turns(turns, originals, people, fixed=project.table("private/fixed_links"))
    cases = table(
        people,
        links,
        originals,
        default_consent=context.settings.consent,
        wanted=context.settings.read.attributes,
    )
    if context.settings.factors.everybody:
        cases = conform("cases", cases.assign(**{context.settings.factors.column: "yes"}))
    return {"private/links": links, "cases": cases}


def make_factors(context: Context, progress: Progress) -> Made:
    from feedback.factors import find_factors
    from feedback.factors.large import Wish
    from feedback.pipeline.factored import factors_in_shards, is_large, read_for_factors
    from feedback.pipeline.roster import roster
    from feedback.pipeline.trained import tags_that_count
    from feedback.tables import conform, empty, to_pandas

    project, chosen = context.project, context.settings.factors
    spoken = read_for_factors(project, chosen.pool)
    try:
        people = roster(project, spoken, leaver=chosen.column, least=context.settings.least_group())
    except FeedbackError as error:
        why = conform("dropped", [{"stage": "factors", "reason": error.message}])
        return {"factors": empty("factors"), "members": empty("members"), "dropped/factors": why}
    if is_large(spoken):
        wish = Wish(context.codebook, chosen.smallest, chosen.groups, context.settings.seed, context.kept)
        found = factors_in_shards(context, spoken, people, progress, wish=wish)
    else:
        found = find_factors(
            to_pandas(spoken),
            tags=tags_that_count(project),
            cases=project.table("cases"),
            codebook=context.codebook,
            embed=context.embedder.encode,
            group=chosen.group,
            leaver=chosen.column,
            smallest=chosen.smallest,
            seed=context.settings.seed,
            groups=chosen.groups,
            kept=context.kept,
            main=chosen.main_reason,
        )
    notes = conform("dropped", [{"stage": "factors", "reason": note} for note in found.notes])
    return {"factors": found.factors, "members": found.members, "dropped/factors": notes}


def make_quotes(context: Context, progress: Progress) -> Made:
    from feedback.pipeline.quoted import material
    from feedback.pipeline.remembered import reading_aloud_in
    from feedback.quotes import pick_quotes

    project, chosen = context.project, context.settings.quotes
    cases = project.table("cases")
    read = material(project, cases, audience=chosen.audience)
    with reading_aloud_in(project):
        quotes = pick_quotes(
            read.segments,
            read.tags,
            cases=cases,
            members=read.members,
            edits=project.table("edits"),
            audience=chosen.audience,
            per_theme=chosen.per_theme,
            limits=chosen,
            smallest_group=context.settings.least_group(),
            broader=context.settings.report.broader,
            leaver=context.settings.factors.column,
            choices=project.table("choices"),
            documents=project.table("documents"),
            embed=context.embedder.encode,
            heard=read.heard,
        )
    return {"quotes": quotes}


def digest(text: str) -> str:
    """A short hash for receipts."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]

"""What other programs are given: tables outside private/, the theme list, and texts composed of segments."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from feedback.codebook import Codebook
from feedback.coding.composed import Composed, Piece, compose
from feedback.errors import FeedbackError
from feedback.model import Report
from feedback.registry import part
from feedback.report.shown_cases import shown_cases
from feedback.tables import TABLES, empty

if TYPE_CHECKING:
    import pandas as pd

_WITHOUT_WORDS = (".qdc",)


@dataclass(frozen=True, eq=False)
class Handover:
    """A study as a writer of .xlsx, .qdc, .qdpx or .csv may show it. Holds no table of private/.

    `tables` are those of `feedback.tables` by name; one that is missing counts as empty. `smallest_group`
    and `attributes` (the order in which to keep them) rule which attributes of people are shown.
    """

    title: str
    tables: Mapping[str, pd.DataFrame]
    codebook: Codebook
    smallest_group: int = 5
    attributes: tuple[str, ...] = ()
    counting: pd.DataFrame | None = None
    reported: Callable[[], Report] | None = None

    @cached_property
    def report(self) -> Report:
        """The report of the same study: as its maker makes it, or with the usual settings."""
        from feedback.report.summary import summarise

        if self.reported is not None:
            return self.reported()
        tables = {**self.tables, "tags": self.counted}
        return summarise(tables, smallest_group=self.smallest_group)

    @cached_property
    def counted(self) -> pd.DataFrame:
        """The tags that a report counts: as given, or people's before machines'."""
        from feedback.tagging.combine import combine

        if self.counting is not None:
            return self.counting
        return combine(dict(iter(self.table("tags").groupby("coder")))).tags

    def table(self, name: str) -> pd.DataFrame:
        """A table, empty where there is none. FeedbackError for one of private/."""
        if name.startswith("private/"):
            raise FeedbackError(f"the table '{name}' never leaves the project")
        found = self.tables.get(name)
        return empty(name) if found is None else found

    @cached_property
    def documents(self) -> list[Composed]:
        """Every document's rendered text, composed of its segments, in the order of the ids."""
        return compose(self.table("segments"), self.table("edits"), self.table("documents"))

    @cached_property
    def tags(self) -> pd.DataFrame:
        """The tags with their words, as `placed` gives them.

        Tags of segments that are gone are left out; `lost_tags` counts them.
        """
        tags = self.table("tags")
        about = set(tags["segment_id"])
        return placed(
            tags,
            {
                piece.segment_id: (document.text[piece.begin : piece.stop], piece)
                for document in self.documents
                for piece in document.pieces
                if piece.segment_id in about
            },
        )

    @property
    def lost_tags(self) -> int:
        """How many tags belong to no segment any more."""
        return int(self.table("tags")["theme_id"].notna().sum()) - len(self.tags)

    @cached_property
    def cases(self) -> pd.DataFrame:
        """The people heard: case_id, consent, and attributes; None where a value could single somebody out.

        At least `smallest_group` people have the same values shown, so that nobody stands alone.
        """
        heard = self.table("segments")["case_id"].dropna().unique()
        cases = self.table("cases")
        known = cases[cases["case_id"].isin(heard)].reset_index(drop=True)
        return shown_cases(known, k=self.smallest_group, order=self.attributes)


def placed(tags: pd.DataFrame, pieces: Mapping[str, tuple[str, Piece]]) -> pd.DataFrame:
    """Table `tags` with the columns case_id, begin, stop and words, of the segments given by their ids.

    pieces: words and place of each segment in its document's composed text. begin, stop: where the evidence
    stands in that, end exclusive. words: what stands there. Sorted by document, begin, stop, theme and coder.
    """
    import pandas as pd

    tags = tags[tags["theme_id"].notna() & tags["segment_id"].isin(pieces.keys())]
    places = []
    for row in tags[["segment_id", "start", "end"]].itertuples(index=False):
        words, piece = pieces[row.segment_id]
        begin, stop = piece.shown(int(row.start), int(row.end))
        places.append((piece.case_id, begin, stop, words[begin - piece.begin : stop - piece.begin]))
    added = pd.DataFrame(places, columns=["case_id", "begin", "stop", "words"], index=tags.index)
    order = ["document_id", "begin", "stop", "theme_id", "coder"]
    return pd.concat([tags, added], axis=1).sort_values(order, kind="stable", ignore_index=True)


def handover(
    tables: Mapping[str, pd.DataFrame],
    codebook: Codebook | None = None,
    *,
    title: str = "",
    coders: Sequence[str] = (),
    smallest_group: int = 5,
    attributes: Sequence[str] = (),
    counting: pd.DataFrame | None = None,
    reported: Callable[[], Report] | None = None,
) -> Handover:
    """A Handover of a project's tables (`project.tables()`): what is private or unknown is left behind.

    codebook: without it the themes come from the table `themes`, which has their labels and meanings only.
    coders: whose tags; everybody's by default. attributes: columns of `cases` to show first.
    counting: the tags that count (`feedback.tagging.combine`), where the coders' rows are at hand. reported:
    makes the report of the same study, for what both show.
    Errors: FeedbackError for a coder who has no tags.
    """
    kept = {
        name: table for name, table in tables.items() if name in TABLES and not name.startswith("private/")
    }
    if coders:
        kept["tags"] = _tags_by(coders, kept.get("tags", empty("tags")))
    book = codebook if codebook is not None else codebook_from(kept.get("themes", empty("themes")))
    return Handover(title or "Study", kept, book, smallest_group, tuple(attributes), counting, reported)


def written(given: Handover, suffix: str) -> bytes:
    """The handover as the bytes of a file, by suffix (.csv, .qdc, .qdpx, .xlsx, or one a package adds).

    The same handover gives the same bytes. Raises FeedbackError for a suffix that nothing writes, and when
    there are no segments, unless only the theme list is written.
    """
    if suffix.lower() not in _WITHOUT_WORDS:
        check_segments(len(given.table("segments")))
    made: bytes = part("writers", suffix.lower())(given)
    return made


def check_segments(n: int) -> None:
    """FeedbackError where there are none."""
    if not n:
        raise FeedbackError(
            "there is nothing to hand over yet: no segments", hint="add files and `feedback run`"
        )


def _tags_by(coders: Sequence[str], tags: pd.DataFrame) -> pd.DataFrame:
    check_coders(coders, sorted(tags["coder"].dropna().unique()))
    return tags[tags["coder"].isin(coders)].reset_index(drop=True)


def check_coders(coders: Sequence[str], known: Sequence[str]) -> None:
    """FeedbackError for a coder who has no tags; known: those who have some, sorted."""
    for coder in coders:
        if coder not in known:
            raise FeedbackError(
                f"there are no tags of a coder '{coder}'", hint=f"coders here: {', '.join(known) or 'none'}"
            )


def codebook_from(themes: pd.DataFrame) -> Codebook:
    """The theme list as far as table `themes` has it: ids, labels, groups, meanings, in order."""
    from feedback.codebook import Theme

    ordered = themes.sort_values(["position", "theme_id"], kind="stable")
    return Codebook(
        tuple(
            Theme(
                row.theme_id, row.label or row.theme_id, row.means or "", group=row.group or "",
                parent=row.parent or None,
            )
            for row in ordered.itertuples(index=False)
        ),
        "the table of themes",
    )  # fmt: skip

"""`feedback tag --review`: a person decides, segment by segment, what the machine learns most from first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from feedback.cli.asking import answer_to, go_through, say_error, short
from feedback.cli.output import count, note, plain, say, say_table
from feedback.errors import FeedbackError

if TYPE_CHECKING:
    import pandas as pd

    from feedback.project import Project
    from feedback.tuning.reviewing import Proposal

_HELP = (
    "Enter: as proposed   1 3: only these   +pay: one more   0: none of them\n"
    "s: skip   u: undo the last   ?: the themes   q: stop (all is saved)"
)


@dataclass
class Review:
    """Asks about one segment after another; each decision is on disk before the next is shown."""

    project: Project
    coder: str
    segments: pd.DataFrame
    tags: pd.DataFrame
    own: pd.DataFrame
    done: list[tuple[str, Sequence[Proposal], Sequence[str]]] = field(default_factory=list)
    before: list[pd.DataFrame] = field(default_factory=list)
    seen: str = ""

    def go(self, queue: Sequence[str], most: int) -> None:
        """Goes through the segments of `queue` until `most` are decided or the person stops."""
        say(_HELP)
        of = min(most, len(queue))
        go_through(lambda: len(queue) if len(self.done) < most else 0, lambda at: self._ask(queue[at], of))
        self._sum_up()

    def _ask(self, segment_id: str, of: int) -> int | None:
        """How many places to go on in the queue; None to stop."""
        from feedback.tuning.reviewing import chosen, proposals

        codebook = self.project.codebook
        proposed = proposals(segment_id, self.tags, codebook, coder=self.coder)
        segment = self._show(segment_id, proposed, of)
        while True:
            answer = answer_to("themes")
            if answer is None or answer in ("q", "s"):
                return 1 if answer == "s" else None
            if answer == "u":
                if self._undo():
                    return -1
                continue
            if answer == "?":
                say_table(["theme", "means"], [[theme.id, theme.means] for theme in codebook])
                continue
            try:
                themes = chosen(answer, proposed, codebook)
            except FeedbackError as error:
                say_error(error)
                continue
            self._decide(segment, themes, proposed)
            return 1

    def _show(self, segment_id: str, proposed: Sequence[Proposal], of: int) -> Any:
        at = int((self.segments["segment_id"] == segment_id).to_numpy().argmax())
        segment = next(self.segments.iloc[[at]].itertuples(index=False))
        say(f"\n[{len(self.done) + 1} of {of}] {segment.case_id or segment.document_id}")
        if segment.question:
            say(f"  asked: {short(segment.question)}")
        for step, sign in ((-1, "  before: "), (0, "▸ "), (1, "  after: ")):
            near = self._neighbour(at, step, segment)
            if near:
                say(sign + (plain(near) if step == 0 else short(near)))
        for number, one in enumerate(proposed, start=1):
            say(f"  {number} {one.label}  ({', '.join(one.by)}: {one.rule})")
        if not proposed:
            say("  nobody has proposed a theme")
        return segment

    def _neighbour(self, at: int, step: int, segment: Any) -> str:
        if not 0 <= at + step < len(self.segments):
            return ""
        row = self.segments.iloc[at + step]
        return str(row["text"]) if row["document_id"] == segment.document_id else ""

    def _decide(self, segment: Any, themes: Sequence[str], proposed: Sequence[Proposal]) -> None:
        from feedback.tuning.reviewing import decided

        new = decided(self.own, segment, themes, proposed, coder=self.coder)
        self.before.append(self.own)
        self._save(new)
        self.done.append((segment.segment_id, proposed, themes))

    def _undo(self) -> bool:
        if not self.done:
            note("There is nothing to undo.")
            return False
        self.done.pop()
        self._save(self.before.pop())
        return True

    def _save(self, own: pd.DataFrame) -> None:
        name = f"tags/{self.coder}"
        with self.project.locked():
            # Somebody who decides under the same name elsewhere would be overwritten.
            if self.project.content(name) != self.seen:
                raise FeedbackError(
                    f"somebody else has decided as '{self.coder}' meanwhile: the last answer was not kept",
                    hint="start the review again, each person with an own name: --coder AB",
                )
            self.project.save(name, own)
            self.seen = self.project.content(name)
        self.own = own

    def _sum_up(self) -> None:
        from feedback.tuning.reviewing import kept_of

        if not self.done:
            say("Nothing was decided.")
            return
        with self.project.locked():
            self.project.note("review", coder=self.coder, segments=len(self.done))
        rows = [[row.theme_id, row.proposed, row.kept, row.added] for row in kept_of(self.done).itertuples()]
        say_table(["theme", "proposed", "kept", "only you saw"], rows, right=(1, 2, 3))
        read = self.own["segment_id"].nunique()
        say(f"{count(len(self.done), 'segment')} decided by '{self.coder}', {read} in all.")


def review(project: Project, *, coder: str, theme: str | None, most: int) -> None:
    """Reviews with what the machine's coders say now; FeedbackError for a machine's name and no segments."""
    from feedback.coding import MACHINES

    if coder in MACHINES:
        raise FeedbackError(
            f"'{coder}' is a coder of the machine", hint="give your own name or initials: --coder AB"
        )
    segments = project.table("segments")
    said = segments[segments["role"] == "participant"].reset_index(drop=True)
    tags, own = project.table("tags"), project.table(f"tags/{coder}")
    queue = _queue(project, said, tags, set(own["segment_id"]), theme)
    if not queue:
        raise FeedbackError("there is nothing left to review", hint="another --theme, or another --coder")
    review = Review(project, coder, segments, tags, own, seen=project.content(f"tags/{coder}"))
    was = _people(project)
    review.go(queue, most)
    if review.done:
        _say_difference(was, project)


def _queue(
    project: Project, said: pd.DataFrame, tags: pd.DataFrame, read: set[str], theme: str | None
) -> list[str]:
    """The segments not read yet, what teaches most first; of one theme, those that somebody gave it."""
    from feedback.pipeline.stages import Context
    from feedback.pipeline.trained import load_classifier
    from feedback.tagging.classifier.teach import next_to_review

    if theme:
        tagged = tags[tags["theme_id"] == project.codebook[theme].id]["segment_id"]
        said = said[said["segment_id"].isin(tagged)]
    rest = said[~said["segment_id"].isin(read)].reset_index(drop=True)
    return next_to_review(
        rest, tags, project.codebook, embed=Context(project).embedder.encode, model=load_classifier(project)
    )


def _people(project: Project) -> dict[str, tuple[str, int]]:
    from feedback.leaving.publish import report_of

    return {theme.theme_id: (theme.label, theme.n) for theme in report_of(project).themes}


def _say_difference(was: dict[str, tuple[str, int]], project: Project) -> None:
    """What the decisions did to the numbers of people."""
    now = _people(project)
    changed = [
        [label, was.get(theme_id, ("", 0))[1], n]
        for theme_id, (label, n) in now.items()
        if was.get(theme_id, ("", 0))[1] != n
    ]
    if changed:
        say("What this did to the numbers of people:")
        say_table(["theme", "before", "now"], changed, right=(1, 2))

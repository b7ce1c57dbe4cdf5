"""`feedback deidentify --review`: a person decides about what is doubtful, the most risky first."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from feedback.cli.asking import answer_to, go_through, say_error
from feedback.cli.output import count, note, plain, say
from feedback.cli.work import advance
from feedback.errors import FeedbackError

if TYPE_CHECKING:
    from feedback.model import Document
    from feedback.project import Project
    from feedback.residue import Place, Residue
    from feedback.residue.deciding import Answer, Made

_HELP = """\
Enter      hide it as shown              k           keep it: it may stand
c WORDS    other words: c a colleague    = Person 3  it is the same as
m place    it names a place (person, organisation)
s  skip    b  back    u  undo    ?  help    q  quit (all is saved)
An answer holds wherever the words stand; with 'here' behind it (k here) at this place only."""
_AROUND = 48


@dataclass
class Review:
    """Asks about one find after another; each decision is on disk before the next is shown."""

    project: Project
    coder: str
    documents: dict[str, Document]
    queue: list[Residue]
    others: dict[str, list[str]]
    done: list[tuple[int, Residue, Answer, Made]] = field(default_factory=list)

    def go(self) -> None:
        say(_HELP)
        go_through(lambda: len(self.queue), self._ask)
        self._sum_up()

    def _ask(self, at: int) -> int | None:
        """How many places to go on in the queue; None to stop."""
        about = self.queue[at]
        self._show(at, about)
        while True:
            said = answer_to("decide")
            if said in (None, "q", "s"):
                return 1 if said == "s" else None
            if said == "b":
                return -1
            if said == "u":
                if self.done:
                    return self._undo() - at
                note("There is nothing to undo.")
            elif said == "?":
                say(_HELP)
            elif said is not None:
                step = self._answer(at, about, said)
                if step is not None:
                    return step

    def _show(self, at: int, about: Residue) -> None:
        from feedback.residue import kind_of

        place = about.places[0]
        say(f"\n[{at + 1} of {len(self.queue)}] {place}  {kind_of(about.kind).one}")
        say(f"  {in_context(self.documents[place.document_id].text, place)}")
        if about.kind == "mask":
            more = [one for one in self.others.get(about.shown, []) if one != about.words][:3]
            also = f", which also hides: {', '.join(more)}" if more else ""
            say(f"  masked as {about.shown}{also}")
        else:
            say(f"  stands; hidden it would be {about.shown}")
        if len(about.places) > 1:
            say(f"  in {count(len(about.places), 'place')} of {count(about.documents, 'document')}")

    def _answer(self, at: int, about: Residue, said: str) -> int | None:
        """Keeps what the answer means; how many places to go on, None where it means nothing."""
        from feedback.edits.reviewed.decided import kind_of_flag
        from feedback.residue.deciding import answer_of

        try:
            answer = answer_of(said, about, list(self.others))
            made = self._keep(about, answer)
        except FeedbackError as error:
            say_error(error)
            return None
        self.done.append((at, about, answer, made))
        if answer.here and len(about.places) > 1 and not kind_of_flag(about.label):
            self.queue[at] = replace(about, places=about.places[1:])
            return 0
        return 1

    def _keep(self, about: Residue, answer: Answer) -> Made:
        from feedback.pipeline.masking import DECISIONS, save_decisions
        from feedback.residue.deciding import anchor_of, with_decision

        place = about.places[0]
        label = about.label if about.kind == "mask" else answer.label
        at = anchor_of(self.documents[place.document_id], place, label, self.project.keys.secret())
        if at is None:
            raise FeedbackError("there is no word here to remember it by", hint="s skips it")
        now = datetime.now(UTC).isoformat(timespec="seconds")
        with self.project.locked():
            before = self.project.table(DECISIONS)
            table, made = with_decision(before, at, answer, about, coder=self.coder, decided=now)
            save_decisions(self.project, table)
            self._note("decide", about, answer)
        return made

    def _undo(self) -> int:
        """Takes the last decision back; where in the queue it was made."""
        from feedback.pipeline.masking import DECISIONS, save_decisions
        from feedback.residue.deciding import taken_back

        at, about, answer, made = self.done.pop()
        with self.project.locked():
            save_decisions(self.project, taken_back(self.project.table(DECISIONS), made))
            self._note("undo", about, answer)
        self.queue[at] = about
        return at

    def _note(self, act: str, about: Residue, answer: Answer) -> None:
        """What the journal keeps: rule, coder and kind of decision, not a word of what it is about."""
        self.project.note(
            act, decision=answer.act, label=answer.label, rule=about.source,
            scope="here" if answer.here else "everywhere", coder=self.coder,
        )  # fmt: skip

    def _sum_up(self) -> None:
        from feedback.residue.deciding import KEY

        if not self.done:
            say("Nothing was decided.")
            return
        last = {tuple(made.row.iloc[0][list(KEY)]): answer.act for _, _, answer, made in self.done}
        acts = Counter(last.values())
        said = ", ".join(f"{acts[act]} {act}" for act in sorted(acts))
        say(f"{count(len(last), 'decision')} by '{self.coder}' kept ({said}).")


def in_context(text: str, place: Place, around: int = _AROUND) -> str:
    """The words at a place, marked, with those around them, on one line."""
    before = " ".join(text[max(0, place.start - around) : place.start].split(" "))
    after = text[place.end : place.end + around]
    if place.start > around:
        before = "…" + before.partition(" ")[2]
    if place.end + around < len(text):
        after = after.rpartition(" ")[0] + "…"
    return plain(" ".join(f"{before}▸{text[place.start : place.end]}◂{after}".split()))


def review(project: Project, queue: Sequence[Residue], documents: Sequence[Document], *, coder: str) -> None:
    """Goes through the queue, then masks anew as decided.

    Errors: FeedbackError when nothing is left, and when nobody is there to answer.
    """
    if not queue:
        raise FeedbackError(
            "there is nothing left to review", hint="`feedback deidentify --residue` lists the rest"
        )
    key = project.table("private/pseudonyms").sort_values("surface", kind="stable")
    others = {str(name): list(part["surface"]) for name, part in key.groupby("pseudonym")}
    asked = Review(project, coder, {one.document_id: one for one in documents}, list(queue), others)
    asked.go()
    if asked.done:
        advance(project, until="deidentify")
        masks = project.table("edits").query("kind == 'mask'")
        say(f"The texts are masked as decided: {count(len(masks), 'mask')}.")
    elif not sys.stdin.isatty():
        raise FeedbackError(
            "nobody answered: a review needs a terminal", hint="run `feedback deidentify --review` in one"
        )

"""How well `quotes verify` tells what was said from what was nearly said: mutated quotes, and fair edits.

    python tests/quality/verify_measure.py PROJECT [--each 10] [--seed 7] [--show]

PROJECT is a finished project (`feedback demo`, or your own). Quotes are drawn from it with the seed, changed
in the ways named below, written into a document as somebody would, and checked like any document. Printed:
the share of harmful changes that were caught, kind by kind, the share of fair edits that raised an alarm,
and the time.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from verify_fair import FAIR
from verify_mutations import HARMFUL
from verify_written import Quote

from feedback.pipeline.shards import documents_of
from feedback.project import Project
from feedback.quotes.verify import Rules, verify_quotes
from feedback.readers.published import quoted_in_bytes


def say(text: str) -> None:
    """A line of the result."""
    sys.stdout.write(text + "\n")


@dataclass
class Study:
    """A project's tables, read once."""

    project: Project

    def __post_init__(self) -> None:
        project = self.project
        self.documents = documents_of(project)
        self.edits = project.table("edits")
        self.links = project.table("private/links")
        self.cases = project.table("cases")
        self.pseudonyms = project.table("private/pseudonyms")
        self.segments = project.table("segments")
        if self.segments.empty:
            from feedback.segments import segment

            self.segments = segment(self.documents, self.edits, links=self.links, pseudonyms=self.pseudonyms)

    def verify(self, text: str) -> list[tuple[str, object]]:
        passages = quoted_in_bytes(text.encode(), "a.md").passages
        settings = self.project.settings
        rules = Rules(
            audience="internal",
            smallest_group=settings.report.smallest_group,
            leaver=settings.factors.leaver,
        )
        return [
            (one.verdict, one)
            for one in verify_quotes(
                passages, self.documents, edits=self.edits, links=self.links, cases=self.cases,
                pseudonyms=self.pseudonyms, rules=rules,
            )
        ]  # fmt: skip


def quotes_of(study: Study) -> dict[str, list[Quote]]:
    """What could be quoted: one to three whole sentences of a turn, by role."""
    found: dict[str, list[Quote]] = {"participant": [], "interviewer": [], "silent": []}
    agreed = set(study.cases.loc[study.cases["consent"].isin(["internal", "publication"]), "case_id"])
    lines = allowed_lines(study)
    raw = {one.document_id: one.text for one in study.documents}
    grouped = study.segments.groupby(["document_id", "turn"], sort=True)
    for (document_id, turn), rows in grouped:
        records = rows.to_dict("records")
        for at in range(len(records)):
            several = records[at : at + 1 + at % 3]
            text = " ".join(row["text"] for row in several)
            if "\n" in text or not 9 <= len(text.split()) <= 50:
                continue
            first, last = several[0], several[-1]
            case = first["case_id"]
            role = first["role"]
            kind = "interviewer" if role == "interviewer" else "participant" if case in agreed else "silent"
            if kind == "silent" and case is None:
                continue
            found[kind].append(
                Quote(
                    text, str(document_id), int(turn), case, lines.get(case or "", "a participant"),
                    raw[str(document_id)][first["start"] : last["end"]],
                    before=[row["text"] for row in records[:at]],
                    after=[row["text"] for row in records[at + len(several) :]],
                )
            )  # fmt: skip
    return found


def allowed_lines(study: Study) -> dict[str, str]:
    """The attribution that each person may have."""
    from feedback.quotes.verify.people import People, shown_names

    heard = set(study.links["case_id"].dropna())
    people = People(
        study.cases, heard, audience="internal", k=5, leaver="leaver", names=shown_names(study.pseudonyms)
    )
    return people.allowed


def drawn(
    changes: dict[str, Callable[..., str | None]], pool: dict[str, list[Quote]], each: int, seed: int
) -> Iterator[tuple[str, Quote, str]]:
    """For each kind of change up to `each` quotes to which it can be done, with the document's lines."""
    for name in sorted(changes):
        chance = random.Random(f"{seed} {name}")
        kind = {"interviewer's words": "interviewer", "no consent": "silent"}.get(name, "participant")
        quotes = pool[kind][:]
        chance.shuffle(quotes)
        done = 0
        for quote in quotes:
            if done == each:
                break
            written = changes[name](quote, pool, chance)
            if written is not None:
                done += 1
                yield name, quote, written


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("project")
    options.add_argument("--each", type=int, default=10)
    options.add_argument("--seed", type=int, default=7)
    options.add_argument("--show", action="store_true", help="print what was missed and false alarms")
    given = options.parse_args()
    begun = time.perf_counter()
    study = Study(Project(given.project))
    words = sum(len(one.text.split()) for one in study.documents)
    say(f"{len(study.documents)} documents, {words:,} words, read in {time.perf_counter() - begun:.1f} s")
    pool = quotes_of(study)
    for title, changes, should_fail in (("harmful changes", HARMFUL, True), ("fair edits", FAIR, False)):
        found = list(drawn(changes, pool, given.each, given.seed))
        begun = time.perf_counter()
        # A heading before each, so that no quote takes the next one's line for its own.
        verdicts = study.verify("\n\n".join(f"# {n}\n\n{text}" for n, (_, _, text) in enumerate(found)))
        took = time.perf_counter() - begun
        assert len(verdicts) >= len(found), (len(verdicts), len(found))
        worst: dict[int, list] = defaultdict(list)
        for verdict, one in verdicts:
            worst[int(re.match(r"line (\d+)", one.passage.where)[1])].append((verdict, one))
        lines = {}
        at = 1
        for n, (_, _, text) in enumerate(found):
            lines[n] = range(at, at + 3 + text.count("\n"))
            at += 4 + text.count("\n")
        right: Counter[str] = Counter()
        total: Counter[str] = Counter()
        named: dict[str, Counter[str]] = defaultdict(Counter)
        for n, (name, _quote, text) in enumerate(found):
            own = [entry for line in lines[n] for entry in worst.get(line, [])]
            fails = any(one.fails for _, one in own)
            total[name] += 1
            right[name] += bool(own) and fails == should_fail
            named[name].update(verdict for verdict, _ in own)
            if given.show and (not own or fails != should_fail):
                say(f"  [{name}] {text!r}")
                for verdict, one in own:
                    say(f"      {verdict}: {one.difference} {one.notes} {one.advice}")
        done, of = sum(right.values()), sum(total.values())
        what = "caught" if should_fail else "without alarm"
        say(f"\n{of} {title}, {len(total)} kinds: {done} {what} ({100 * done / of:.1f} %), {took:.1f} s")
        for name in sorted(total):
            called = ", ".join(f"{count} {verdict}" for verdict, count in named[name].most_common(4))
            say(f"  {name:34} {right[name]:3} of {total[name]:3}   {called}")


if __name__ == "__main__":
    main()

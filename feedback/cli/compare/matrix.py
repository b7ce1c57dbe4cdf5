"""The framework matrix on its way out and back: `compare --matrix -o FILE`, `import FILE`."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from feedback.cli.compare import check_workbook
from feedback.cli.output import count, give_json, note, say
from feedback.cli.work import advance
from feedback.errors import FeedbackError

if TYPE_CHECKING:
    from feedback.comparing.taking import Taken
    from feedback.project import Project


def give_matrix(project: Project, output: str | None, *, replace: bool, as_json: bool) -> None:
    """Writes the matrix, with the summaries there are; without a file says what would be in it."""
    from feedback.comparing.matrix import cells_of, counts_of, matrix_sheets
    from feedback.leaving import check_own, leave
    from feedback.leaving.publish import handover_of
    from feedback.report.sheets.workbook import workbook_bytes

    path = Path(output) if output else None
    if path is not None:
        check_workbook(path, "matrix")
        if not replace:
            check_own(project, path)
    done = advance(project)
    given = handover_of(project)
    if given.table("segments").empty:
        raise FeedbackError("there is nothing for a matrix yet: no segments", hint="`feedback add` files")
    cells = cells_of(given)
    counts = counts_of(cells)
    if path is not None:
        data = workbook_bytes(given.title, matrix_sheets(cells))
        leave(project, data, path, what="matrix", counts=counts, replace=replace)
    if as_json:
        give_json({"done": done, "file": str(path) if path else None, **counts})
        return
    say(f"{count(counts['people'], 'person', 'people')} by {count(counts['themes'], 'theme')}:")
    say(f"  {counts['said']:>6,} say something of it")
    say(f"  {counts['nothing_said']:>6,} read, nothing said")
    say(f"  {counts['not_read']:>6,} not read")
    changed = f", {counts['words_changed']} on words that changed since" if counts["words_changed"] else ""
    say(f"  {counts['summaries']:>6,} summaries{changed}")
    if path is None:
        note("Write it with -o matrix.xlsx; people's summaries come back with `feedback import matrix.xlsx`.")
    else:
        say(f"Written: {path}")
        note(
            f"Write summaries into its columns ': summary', then `feedback import {path.name} --coder NAME`."
        )


def is_matrix_file(path: Path) -> bool:
    """Whether a file is a matrix that came back."""
    from feedback.comparing.taking import is_matrix
    from feedback.readers.files import bytes_of

    return path.suffix.lower() == ".xlsx" and is_matrix(bytes_of(path), path.name)


def take_matrix(project: Project, path: Path, *, coder: str, what_fits: bool, as_json: bool) -> None:
    """Keeps the summaries that somebody wrote into a matrix, as memos."""
    from feedback.comparing.summaries import with_summaries
    from feedback.comparing.taking import check_leaks, returned, take
    from feedback.leaving import watch_of
    from feedback.readers.files import bytes_of

    who = " ".join((coder or project.settings.researcher).replace("]", " ").replace("[", " ").split())
    if not who:
        raise FeedbackError(
            "whose summaries are these?", hint="say --coder NAME, or put `researcher:` into feedback.yaml"
        )
    cells = returned(bytes_of(path), path.name)
    with project.locked():
        memos = project.table("memos")
        now = datetime.now(UTC).isoformat(timespec="seconds")
        people = list(project.table("cases")["case_id"])
        taken = take(cells, memos, project.codebook, coder=who, written=now, people=people)
        if taken.problems and not what_fits:
            raise FeedbackError(
                f"{path.name} does not fit this project, so nothing was taken in: "
                + "; ".join(taken.problems[:5]),
                hint="mend that, or take in what fits with --what-fits",
            )
        watch = watch_of(project)
        check_leaks(taken.new, lambda texts: [list(found) for found in watch.find_all(texts)])
        if taken.new:
            project.save("memos", with_summaries(memos, taken.new))
            project.note("summaries", coder=who, new=len(taken.new))
    _tell(taken, who, as_json=as_json)


def _tell(taken: Taken, who: str, *, as_json: bool) -> None:
    if as_json:
        facts = {"coder": who, "summaries": len(taken.new), "untouched": taken.untouched}
        give_json({**facts, "emptied": taken.emptied, "left_out": list(taken.problems)})
        return
    for problem in taken.problems:
        note(f"Left out: {problem}.")
    if taken.emptied:
        note(f"Emptied in the file, and kept here: {taken.emptied}. A '-' takes your own summary away.")
    new = len(taken.new)
    say(f"{who}: {count(new, 'new or changed summary', 'new or changed summaries')}.")

"""The one door out of a project: whatever leaves is looked through first, and written into the journal."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from feedback.arrows import Words, give_back
from feedback.disk import write_bytes, writing
from feedback.errors import FeedbackError
from feedback.exports import Shown, exports_of, record_export, record_shown
from feedback.journal import read_entries
from feedback.pipeline.stages import Context
from feedback.project import Project

if TYPE_CHECKING:
    from feedback.checks.leaks import Place, Said
    from feedback.edits.leaks import Watch

_SHOWN = 5


def leave(
    project: Project,
    data: bytes,
    file: str | os.PathLike[str],
    *,
    what: str = "report",
    counts: Mapping[str, int] | None = None,
    watch: Watch | None = None,
    replace: bool = False,
) -> Path:
    """Writes a finished file outside tables/ and private/, unless it still shows what the project masks.

    file: its suffix says how `data` is read. what: report, quotes, method, ...: for the journal, which also
    gets the suffix, the sha256 and `counts` (people, quotes), and no name of a file. watch: `watch_of` the
    project, where several files leave at once. replace: write over a file that somebody changed.
    Errors: FeedbackError that names every place (sheet and cell, paragraph, line) and what should stand
    there, for a file that somebody changed, or while somebody else is at work; then nothing is written.
    """
    path = Path(file)
    if not replace:
        check_own(project, path)
    look(project, data, path, watch=watch)
    with project.locked():  # of two at once neither loses what the other writes down
        record_export(project, data, path, what=what)
        write_bytes(path, data)
        _note(project, path, what, hashlib.sha256(data).hexdigest(), counts)
    return path


def leave_rows(
    project: Project,
    pieces: Iterable[bytes],
    file: str | os.PathLike[str],
    *,
    what: str,
    counts: Callable[[], Mapping[str, int]],
    replace: bool = False,
) -> Path:
    """As `leave`, for a .csv that comes in pieces of whole rows and is never in memory whole.

    A piece is looked at as it is read back from its bytes, before it is written even to the unfinished file;
    from the first place on that must not leave nothing more is written, and then there is no file. counts:
    asked for at the end.
    """
    from feedback.checks.contents import Rows
    from feedback.checks.leaks import places_in

    path = Path(file)
    if not replace:
        check_own(project, path)
    watch, said = watch_of(project), said_in(project)
    rows, shown, digest = Rows(), Shown(), hashlib.sha256()
    places: dict[Place, None] = {}
    with project.locked():
        with writing(path) as out:
            for piece in pieces:
                units = list(rows.units(piece))
                places.update(dict.fromkeys(places_in(units, watch, said)))
                if not places:
                    shown.add({unit.text for unit in units})
                    digest.update(piece)
                    out.write(piece)
            if places:
                raise _refused(path, list(places))
            del watch
            give_back()
            record_shown(project, shown, digest.hexdigest(), path, what=what)
        _note(project, path, what, digest.hexdigest(), counts())
    return path


def _note(project: Project, path: Path, what: str, sha256: str, counts: Mapping[str, int] | None) -> None:
    facts = {"what": what, "suffix": path.suffix.lower(), "sha256": sha256}
    project.note("export", **facts, **({"counts": dict(counts)} if counts else {}))


def check_own(project: Project, file: Path) -> None:
    """FeedbackError where a file is there that this project did not write as it is now."""
    if not file.exists():
        return
    from feedback.readers.files import bytes_of

    there = hashlib.sha256(bytes_of(file)).hexdigest()
    noted = (entry.get("sha256") for entry in read_entries(project.path / "private" / "journal.jsonl"))
    # What was killed after writing the file stands in the list of exports alone.
    if there not in noted and there not in (one.sha256 for one in exports_of(project)):
        raise FeedbackError(
            f"'{file}' is there already, and somebody else wrote or changed it",
            hint="choose another name with -o, rename yours, or write over it with --replace",
        )


def look(project: Project, data: bytes, file: Path, *, watch: Watch | None = None) -> None:
    """The look alone: FeedbackError where the bytes still show what the project masks."""
    from feedback.checks.leaks import scan

    places = scan(data, file.suffix, watch or watch_of(project), said_in(project))
    if places:
        raise _refused(file, places)


def said_in(project: Project) -> Said:
    """The texts of a project's segments as it shows them, by their ids."""

    def said(ids: Collection[str]) -> dict[str, str]:
        import pyarrow as pa
        import pyarrow.compute as pc

        segments = project.arrow("segments").select(["segment_id", "text"])
        found = segments.filter(pc.is_in(segments["segment_id"], pa.array(sorted(ids), pa.string())))
        return dict(zip(found["segment_id"].to_pylist(), found["text"].to_pylist(), strict=True))

    return said


def watch_of(project: Project) -> Watch:
    """What must not leave this project: its key, its lists of names, the names of the files that it read."""
    from feedback.edits.leaks import Watch

    return Watch(
        project.table("private/pseudonyms"),
        Context(project).names,
        keep=[*project.settings.deidentify.keep, *_numbered(project)],
        standing=_standing(project),
        files=[str(one) for one in project.arrow("private/originals")["file_name"].to_pylist() if one],
    )


def _numbered(project: Project) -> list[str]:
    """The ids of people that are numbers, as P07: no number plates, whatever stands beside them."""
    return [one for one in project.arrow("cases")["case_id"].to_pylist() if any(map(str.isdigit, one))]


def _standing(project: Project) -> Iterator[str]:
    """What the project shows."""
    return iter(Words(project.arrow("segments")["text"].drop_null()))


def told(places: Sequence[Place]) -> str:
    """The first places in words, and how many more there are."""
    said = "; ".join(place.said() for place in places[:_SHOWN])
    more = len(places) - _SHOWN
    return said + (f"; and {more} more" if more > 0 else "")


def _refused(file: Path, places: Sequence[Place]) -> FeedbackError:
    many = "one place" if len(places) == 1 else f"{len(places)} places"
    return FeedbackError(
        f"'{file}' was not written: in {many} it shows what this project masks ({told(places)})",
        hint=(
            "take it out where it comes from (the theme list, the title, a memo), or mask it with "
            "`feedback deidentify --names FILE`; a word that is nobody's name goes into `deidentify: keep:`"
        ),
    )

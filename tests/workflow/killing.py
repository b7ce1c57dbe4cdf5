"""Killing feedback at a random moment, and looking at what it left: for test_killed and kill_measure.

A command runs in a child of this process (forked, so that packages are loaded once) and is ended with
SIGKILL, either after a random time or at a random one of the moments at which it opens, renames or removes a
file of the project. Then every file must be whole, every decision that was confirmed must be there, and the
same command, given once more, must end in the same bytes as one that nobody killed.
"""

from __future__ import annotations

import io
import json
import os
import random
import shutil
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from feedback import journal
from feedback.cli import main
from feedback.disk import LEFTOVER
from feedback.leaving.publish import refresh_report
from feedback.pipeline import run
from feedback.project import Project
from feedback.tables import IN_PARTS, TABLES

PASSPHRASE = "four words remembered well"
THEMES = """\
themes:
  caseload: {label: Caseload, means: Number of families held at once., phrases: [caseload, families]}
  pay: {label: Pay, means: Money for the work., phrases: [pay, salary]}
  manager: {label: Manager, means: Support by the manager., phrases: [manager, supervision]}
"""
OTHER_THEMES = THEMES.replace("[pay, salary]", "[pay, salary, money]")
SETTINGS = "embedder: lsa\nconsent: internal\nfactors: {smallest: 2}\ndeidentify: {recognise_names: %s}\n"
_MOMENTS = frozenset(("open", "os.rename", "os.remove", "os.mkdir"))
_SECONDS = 180
# What tells when something was done, or is made for speed alone.
_PASSING = ("private/journal.jsonl", "private/exports.jsonl", "private/.lock", "private/report.json")
_FOR_SPEED = ("private/vectors/", "private/found/")


@dataclass(frozen=True)
class Job:
    """A command that is killed: what stands before it, its words, what a person answers, what may be told."""

    name: str
    command: tuple[str, ...]
    before: Callable[[Path], None] = lambda folder: None
    answers: str = ""
    decided: Callable[[Project], int] | None = None
    fine: tuple[int, ...] = (0,)


@dataclass
class Kept:
    """What many kills of one job left behind."""

    name: str
    kills: int = 0
    at_work: int = 0
    torn: list[str] = field(default_factory=list)
    unequal: list[str] = field(default_factory=list)
    leftovers: int = 0
    lost: int = 0


def made_of(folder: Path) -> Path:
    """Material and a project that has been run: a survey of 24 and six interviews, some of whom left."""
    draw = random.Random(1)
    said = ("The pay was poor.", "My manager never came to supervision.", "I held forty families.",
            "Nobody heard Brandreth.", "We were a good team.", "The caseload doubled in March.")  # fmt: skip
    files = folder / "files"
    files.mkdir(parents=True)
    people = ["case_id,name,file,leaver,role,consent"]
    for at in range(6):
        turns = "".join(f"Ann: {draw.choice(said)} {draw.choice(said)}\nInt: And then?\n" for _ in range(4))
        (files / f"talk{at}.txt").write_text(f"{turns}Ann: Bye {at}.\n", encoding="utf-8")
        people.append(f"P{at},Tess Lowther{at},talk{at}.txt,{'yes' if at else 'no'},worker,internal")
    (folder / "people.csv").write_text("\n".join(people) + "\n", encoding="utf-8")
    rows = [f"S{at},yes,worker,{draw.choice(said)} {draw.choice(said)} {at}" for at in range(24)]
    (folder / "survey.csv").write_text("id,leaver,role,comment\n" + "\n".join(rows) + "\n", encoding="utf-8")
    study = folder / "study"
    Project.create(study, themes=THEMES)
    (study / "feedback.yaml").write_text(SETTINGS % "false", encoding="utf-8")
    Project(study).keys.write("secret", bytes(32).hex().encode())
    done("add", folder / "files", "--cases", folder / "people.csv", "-p", study)
    _load_all(study)
    return study


def _load_all(study: Path) -> None:
    """Loads what commands need, and the language model, so that no child has to: on a copy."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(shutil.copytree(study, Path(folder) / "study"))
        (copy / "feedback.yaml").write_text(SETTINGS % "true", encoding="utf-8")
        list(run(Project(copy)))
        refresh_report(Project(copy))


def done(*command: object) -> None:
    """Runs a command to its end; AssertionError where it fails."""
    code, said = in_child([str(word) for word in command])
    assert code == 0, f"{command}: {code}\n{said}"


def in_child(
    command: Sequence[str], *, answers: str = "", after: float | None = None, moment: int | None = None,
    folder: Path | None = None,
) -> tuple[int | None, str]:  # fmt: skip
    """Exit code (None: killed) and what was said of a command in a forked child.

    after: killed so many seconds after it began. moment: killed at this one of its touches of `folder`.
    """
    heard, telling = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(heard)
        _be_child(command, answers, telling, moment, folder)
    os.close(telling)
    if after is not None:
        time.sleep(after)
        os.kill(child, signal.SIGKILL)
    with os.fdopen(heard, encoding="utf-8", errors="replace") as pipe:
        said = pipe.read()
    status = os.waitpid(child, 0)[1]
    return (None if os.WIFSIGNALED(status) else os.WEXITSTATUS(status)), said


def _be_child(
    command: Sequence[str], answers: str, telling: int, moment: int | None, folder: Path | None
) -> None:
    """What the child does; never comes back."""
    code = 70
    try:
        signal.alarm(_SECONDS)
        os.environ["FEEDBACK_PASSPHRASE"] = PASSPHRASE
        os.dup2(telling, 1)
        os.dup2(telling, 2)
        sys.stdout = io.TextIOWrapper(os.fdopen(1, "wb", 0), write_through=True)
        sys.stderr = io.TextIOWrapper(os.fdopen(2, "wb", 0), write_through=True)
        sys.stdin = io.StringIO(answers)
        if folder is not None:
            sys.addaudithook(_Moments(folder, moment))
        main(list(command))
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 0
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(code)


class _Moments:
    """Ends the process at one of the moments at which it touches a file of a folder; tells their number."""

    def __init__(self, folder: Path, moment: int | None) -> None:
        self.folder, self.moment, self.count = str(folder), moment, 0

    def __call__(self, event: str, arguments: tuple[object, ...]) -> None:
        if event not in _MOMENTS or not str(arguments[0]).startswith(self.folder):
            return
        self.count += 1
        if self.count == self.moment:
            os.kill(os.getpid(), signal.SIGKILL)
        if self.moment is None:
            (Path(self.folder).parent / "moments").write_text(str(self.count), encoding="ascii")


def whole(study: Path) -> dict[str, str]:
    """What a project holds, by name; a file that is not whole holds "torn"."""
    project = Project(study, passphrase=PASSPHRASE)
    held = {}
    names = [part for name in IN_PARTS for part in project.parts(name)]
    names += [name for name in TABLES if name not in IN_PARTS and project.file(name).exists()]
    for name in names:
        try:
            table = project.table(name)
            held[name] = project.content(name)
            if "decided" in table:  # the moment of a decision is another each time
                held[name] = table.drop(columns="decided").to_json()
        except Exception as error:  # whatever it is, the file is not whole
            held[name] = f"torn: {error}"
    for file in sorted(one for one in study.rglob("*") if one.is_file()):
        name = file.relative_to(study).as_posix()
        if file.suffix in (".parquet", LEFTOVER):  # what was being written; nothing reads it, a run sweeps it
            continue
        if name not in _PASSING and not name.startswith(_FOR_SPEED):
            held[name] = _content(project, file, name)
    broken = journal.first_broken(study / "private" / "journal.jsonl")
    return held | ({"journal": f"torn at {broken}"} if broken else {})


def _content(project: Project, file: Path, name: str) -> str:
    try:
        data = project.keys.read(name.removeprefix("private/")) if name.startswith("private/") else None
        data = file.read_bytes() if data is None else data
        if name == "private/lock.json":
            return "lock"
        if "withdrawals/" in name:
            return str({**json.loads(data), "when": ""})
        return data.hex()
    except Exception as error:
        return f"torn: {error}"


def killed_often(job: Job, base: Path, *, times: int, seed: int) -> Kept:
    """Kills a job so many times, each on a copy of `base`, and counts what it left. Half by time."""
    desk = base.parent / "desk"
    kept, draw = Kept(job.name), random.Random(f"{seed} {job.name}")
    ready = base.parent / "ready"
    shutil.rmtree(ready, ignore_errors=True)
    shutil.copytree(base, ready)
    job.before(ready)
    shutil.copytree(ready, desk)
    begun = time.monotonic()
    code, said = in_child(_words(job, desk), answers=job.answers, folder=desk)
    took, wanted = time.monotonic() - begun, whole(desk)
    assert code in job.fine, f"{job.name}: {code}\n{said}"
    moments = int((desk.parent / "moments").read_text(encoding="ascii"))
    shutil.rmtree(desk)
    for turn in range(times):
        shutil.copytree(ready, desk)
        after = draw.uniform(0, took) if turn % 2 else None
        moment = None if turn % 2 else draw.randint(1, moments)
        _one(job, desk, kept, wanted, after, moment)
        shutil.rmtree(desk)
    shutil.rmtree(ready)
    return kept


def _words(job: Job, study: Path) -> list[str]:
    quotes = (
        Project(study, passphrase=PASSPHRASE).table("quotes")["quote_id"] if "QUOTE" in job.command else ()
    )
    known = {"QUOTE": next(iter(quotes), "")}
    said = [known.get(word, word).replace("DESK", str(study.parent)) for word in job.command]
    return [*said, "-p", str(study)]


def _one(
    job: Job, desk: Path, kept: Kept, wanted: dict[str, str], after: float | None, moment: int | None
) -> None:
    where = f"{job.name}, {f'after {after:.3f} s' if after is not None else f'moment {moment}'}"
    held = desk if moment is not None else None
    code, said = in_child(_words(job, desk), answers=job.answers, after=after, moment=moment, folder=held)
    kept.kills += 1
    kept.at_work += code is None
    kept.torn += [f"{where}: {name}: {state}" for name, state in whole(desk).items() if state[:4] == "torn"]
    if job.decided:
        confirmed = max(0, said.count("\n[") - 1)
        kept.lost += max(0, confirmed - job.decided(Project(desk, passphrase=PASSPHRASE)))
    code, said = in_child(_words(job, desk), answers=job.answers)
    if code not in (*job.fine, *((1,) if "withdrew already" in said else ())):
        kept.unequal.append(f"{where}: the same command again ended with {code}: {said[-300:]}")
        return
    found = whole(desk)
    different = sorted(name for name in wanted.keys() | found.keys() if wanted.get(name) != found.get(name))
    if different:
        kept.unequal.append(f"{where}: {', '.join(different)}")
    kept.leftovers += len(list(desk.rglob(f"*{LEFTOVER}")))

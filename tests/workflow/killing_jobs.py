"""The commands that are killed: every stage, adding, locking, withdrawing, importing, choosing, reviewing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from killing import OTHER_THEMES, SETTINGS, Job, done

from feedback.project import Project
from feedback.tables import conform

CODINGS = "document,words,theme,coder\nd001,The pay was poor.,pay,CD\nd002,pay,pay,CD\n"


def _settings(study: Path, more: str) -> None:
    (study / "feedback.yaml").write_text(SETTINGS % "false" + more, encoding="utf-8")


def _run(study: Path) -> None:
    done("run", "-p", study)


def _run_then(more: str = "", *, themes: str = "", merges: str = "") -> Callable[[Path], None]:
    """What stands before: a whole run, and then another setting, theme list or correction."""

    def before(study: Path) -> None:
        _run(study)
        if more:
            _settings(study, more)
        if themes:
            (study / "themes.yaml").write_text(themes, encoding="utf-8")
        if merges:
            Project(study).keys.write("merges.yaml", merges.encode())

    return before


def _names(study: Path) -> None:
    _run(study)
    (study.parent / "names.txt").write_text("Brandreth\n", encoding="utf-8")


def _codings(study: Path) -> None:
    _run(study)
    (study.parent / "codings.csv").write_text(CODINGS, encoding="utf-8")


def _more_files(study: Path) -> None:
    folder = study.parent / "more"
    folder.mkdir(exist_ok=True)
    for at in range(3):
        said = f"Ann: The pay was poor in year {at}.\nInt: And then?\nAnn: Nobody listened.\n"
        (folder / f"late{at}.txt").write_text(said, encoding="utf-8")


def _tagged(study: Path) -> None:
    """Somebody has read everything, and says what the rules say."""
    _run(study)
    project = Project(study)
    rules, segments = project.table("tags/rules"), project.table("segments")
    own = rules.assign(coder="AB", score=None, rule=None)
    others = segments[~segments["segment_id"].isin(own["segment_id"])]
    nothing = others[["segment_id", "document_id", "start", "end"]].assign(coder="AB")
    project.save("tags/AB", conform("tags", [*own.to_dict("records"), *nothing.to_dict("records")]))


def _trained(study: Path) -> None:
    _tagged(study)
    done("train", "-p", study)


def _locked(study: Path) -> None:
    _run(study)
    done("key", "lock", "-p", study)


def _locked_then_changed(study: Path) -> None:
    _locked(study)
    (study / "themes.yaml").write_text(OTHER_THEMES, encoding="utf-8")


def _names_recognised(study: Path) -> None:
    """The language model is asked, and keeps what it said in names.bin; there is tags.bin, too."""
    (study / "feedback.yaml").write_text(SETTINGS % "true", encoding="utf-8")


def _tags_of(coder: str) -> Callable[[Project], int]:
    return lambda project: project.table(f"tags/{coder}")["segment_id"].nunique()


def _decisions(project: Project) -> int:
    return len(project.table("private/decisions"))


RUN = ("run",)
JOBS = (
    Job("add a survey", ("add", "DESK/survey.csv", "--text", "comment", "--case", "id")),
    Job("add --jobs 2", ("add", "DESK/more", "--jobs", "2"), _more_files),
    Job("run: from nothing", RUN),
    Job("run --jobs 2", ("run", "--jobs", "2")),
    Job("run: names, memory files", RUN, _names_recognised),
    Job("run: another unit", RUN, _run_then("unit: turn\n")),
    Job("run: another theme list", RUN, _run_then(themes=OTHER_THEMES)),
    Job("deidentify --names", ("deidentify", "--names", "DESK/names.txt"), _names),
    Job("deidentify: merges", ("deidentify",), _run_then(merges="same:\n- [Brandreth, Tess Lowther2]\n")),
    Job("deidentify --review", ("deidentify", "--review"), _run, "k\n" * 999, _decisions, (0, 1)),
    Job(
        "tag --review",
        ("tag", "--review", "--coder", "AB", "-n", "999"),
        _run,
        "\n" * 999,
        _tags_of("AB"),
        (0, 1),
    ),
    Job("train", ("train",), _tagged),
    Job("run: trained", RUN, _trained),
    Job("import codings", ("import", "DESK/codings.csv", "--what-fits"), _codings),
    Job("quotes pin", ("quotes", "pin", "QUOTE"), _run),
    Job("key lock", ("key", "lock"), _run),
    Job("key unlock", ("key", "unlock"), _locked),
    Job("run: locked", RUN, _locked_then_changed),
    Job("withdraw", ("withdraw", "P1", "--yes"), _run),
    Job("remove", ("remove", "talk2.txt"), _run, fine=(0, 1)),
    Job("report", ("report", "-o", "DESK/desk/reports/report.docx"), _run),
)

"""Names planted wherever a file can hold one are found nowhere outside private/, whatever runs or fails."""

import os
import re
import threading
import time
import zipfile
from pathlib import Path

import docx
import pytest
import xlsxwriter

from feedback import Project
from feedback.checks.contents import units_of
from feedback.registry import PARTS

# No shipped list has them, so nothing finds them but the tool's own care.
SPOKEN = ("Ottoline", "Featherstonehaugh", "Wojciechowski", "Zbigniew", "Threlkeld")
NUMBERS = ("07700 900821", "zbig@example.org", "943 476 5919", "QQ 12 34 56 C")
HIDDEN = ("Cholmondeley", "Marjoribanks", "Wriothesley")  # in metadata, comments, headings and the key
FILE = "Quilliam"  # in the names of files, which errors and notes to the user may name
PEOPLE = f"""\
case_id,name,known_as,e-mail,consent,leaver,role,Notes on Marjoribanks,file
C1,Ottoline Featherstonehaugh,Otti,otti@example.org,publication,yes,social worker,Marjoribanks,{FILE} one.docx
C2,Zbigniew Wojciechowski,Zbig,zbig@example.org,publication,yes,social worker,-,{FILE}-two.txt
C3,Ada Threlkeld,Ada,ada@example.org,publication,no,manager,-,three-{FILE}.vtt
"""
SETTINGS = "report: {smallest_group: 1, smallest_group_published: 1}\nquotes: {audience: publication}\n"
THEMES = """\
themes:
  caseload:
    label: Caseload
    means: Number or weight of families held at once.
    group: Push factors
    phrases: [caseload, families]
  pay:
    label: Pay
    means: What the job pays.
    group: Push factors
    phrases: [pay, salary]
"""


def _word_file(file: Path) -> None:
    document = docx.Document()
    document.core_properties.author = "Cholmondeley"
    document.core_properties.title = "Interview with Cholmondeley"
    document.core_properties.keywords = "Wriothesley"
    for speaker, words in (
        ("Interviewer", "Why did you leave, Ottoline?"),
        ("Ottoline", "My caseload was forty families, and Zbigniew Wojciechowski had thirty of his own."),
        ("Interviewer", "Who helped?"),
        ("Ottoline", "Nobody but Otti herself. Ring 07700 900821 or write to zbig@example.org, he knows."),
        ("Interviewer", "And pay?"),
        ("Ottoline", "Pay was not why I left, the caseload was, as Mrs Threlkeld said in the meeting."),
    ):
        document.add_paragraph(f"{speaker}: {words}")
    paragraph = document.add_paragraph("")
    document.add_comment(paragraph.add_run(" "), text="Wriothesley said so", author="Marjoribanks")
    document.save(file)


def _workbook(file: Path) -> None:
    book = xlsxwriter.Workbook(str(file))
    book.set_properties({"author": "Cholmondeley", "comments": "for Wriothesley"})
    sheet = book.add_worksheet("Wriothesley")
    rows = [
        ["Respondent", "Full name", "What would you tell Marjoribanks about your caseload?"],
        [
            "R1",
            "Ottoline Featherstonehaugh",
            "The caseload was too high for us and Zbigniew knew it too.",
        ],
        [
            "R2",
            "Wriothesley",
            "NHS 943 476 5919 and QQ 12 34 56 C are mine, the pay was poor for families.",
        ],
    ]
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row)
    sheet.write_comment("A2", "seen by Marjoribanks")
    book.close()


def _captions(file: Path) -> None:
    file.write_text(
        "WEBVTT\n\nNOTE made by Cholmondeley\n\n"
        + "".join(
            f"00:00:{n:02d}.000 --> 00:00:{n + 2:02d}.000\n<v {who}>{words}</v>\n\n"
            for n, (who, words) in enumerate(
                [
                    ("Interviewer", "Why did you stay?"),
                    ("Threlkeld, Ada (Wriothesley Ltd)", "My caseload was fine and Ottoline was my friend."),
                    ("Interviewer", "And the pay?"),
                    (
                        "Threlkeld, Ada (Wriothesley Ltd)",
                        "The pay was good enough for the Threlkelds.",
                    ),
                ]
            )
        ),
        encoding="utf-8",
    )


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """The files that are read, and files that cannot be."""
    folder = tmp_path_factory.mktemp("desk")
    _word_file(folder / f"{FILE} one.docx")
    (folder / f"{FILE}-two.txt").write_text(
        "Interviewer: Why did you leave?\nZbigniew: The caseload, the pay, and Featherstonehaugh had gone.\n"
        "Interviewer: What then?\nZbigniew: Then ZBIGNIEW WOJCIECHOWSKI had thirty families, that was me.\n",
        encoding="utf-8",
    )
    _captions(folder / f"three-{FILE}.vtt")
    _workbook(folder / f"{FILE} survey.xlsx")
    (folder / "people.csv").write_text(PEOPLE, encoding="utf-8")
    (folder / "torn.docx").write_bytes(b"PK\x03\x04 Cholmondeley Ottoline")
    (folder / "wrong.pdf").write_bytes(b"%PDF-1.4 Ottoline Featherstonehaugh")
    (folder / "names.txt").write_bytes(b"Ottoline\nThe\n")
    (folder / "codings.csv").write_text(
        "coder,file,words,theme\nkim,d001,Ottoline Featherstonehaugh said this,caseload\n", encoding="utf-8"
    )
    (folder / "draft.txt").write_text("“My caseload was four hundred families, and Zbigniew had none.”\n")
    return folder


class Watcher(threading.Thread):
    """Looks at the names of all files in folders while something runs: temporary ones come and go."""

    def __init__(self, *folders):
        super().__init__(daemon=True)
        self.folders, self.seen, self.over = folders, set(), threading.Event()

    def run(self):
        while not self.over.is_set():
            for folder in self.folders:
                for place, folders, files in os.walk(folder):
                    self.seen.update([place, *folders, *files])
            time.sleep(0.002)


@pytest.fixture(scope="module")
def ran(desk, tmp_path_factory, feedback):
    """Every verb over the planted files, with what went wrong on purpose; gives folder and what was said."""
    folder, out = desk.parent / "work" / "study", tmp_path_factory.mktemp("out")
    temporary = tmp_path_factory.mktemp("temporary")
    folder.parent.mkdir()
    watcher = Watcher(folder, out, temporary)
    watcher.start()
    before = os.environ.get("TMPDIR")
    os.environ["TMPDIR"] = str(temporary)
    try:
        said = list(_all_verbs(desk, folder, out, feedback))
    finally:
        os.environ.pop("TMPDIR") if before is None else os.environ.update(TMPDIR=before)
        watcher.over.set()
        watcher.join()
    return folder, out, said, watcher.seen


def _all_verbs(desk, folder, out, feedback):
    def do(*arguments, code=0):
        done = feedback(*arguments, "-p", folder, cwd=out)
        assert done.code == code, (arguments, done.out, done.err)
        return arguments, done

    yield (), feedback("new", folder)
    (folder / "themes.yaml").write_text(THEMES, encoding="utf-8")
    with (folder / "feedback.yaml").open("a") as settings:
        settings.write(SETTINGS)
    yield do("run", code=1)
    yield do("add", desk / "torn.docx", code=1)
    yield do("add", desk / "wrong.pdf", code=1)
    yield do("add", desk / "absent.txt", code=1)
    sources = [desk / f"{FILE} one.docx", desk / f"{FILE}-two.txt", desk / f"three-{FILE}.vtt"]
    survey = "What would you tell Marjoribanks about your caseload?"
    yield do("add", *sources, "--cases", desk / "people.csv")
    yield do("add", desk / f"{FILE} survey.xlsx", "--text", survey, "--case", "Respondent")
    yield do("deidentify", "--names", desk / "names.txt", code=1)
    yield do("run")
    for verb in (
        ("status",), ("tag",), ("factors",), ("quotes",), ("outcomes",), ("themes", "check"),
        ("themes", "list"), ("themes", "try", "caseload"), ("agree", "rules", "meaning"), ("check",),
    ):  # fmt: skip
        done = feedback(*verb, "-p", folder, cwd=out)
        assert done.code in (0, 1, 3), (verb, done.err)
        yield verb, done
    yield do("quotes", "--json")
    yield do("tag", "--json")
    for suffix in PARTS["exporters"]:
        yield do("report", "-o", out / f"report{suffix}")
    for suffix in PARTS["writers"]:
        yield do("export", out / f"study{suffix}")
    for suffix in PARTS["banks"]:
        yield do("quotes", "-o", out / f"quotes{suffix}")
    yield do("import", desk / "codings.csv", code=1)
    yield do("tag", "Ottoline", code=2)
    yield do("withdraw", "C9", "--yes", code=1)
    (folder / "tables" / "segments.parquet").write_bytes(b"torn")
    yield do("quotes")


def shown(data: bytes, suffix: str) -> str:
    """All that stands in a file's bytes: its text, its parts' names and bytes, and the bytes themselves."""
    texts = [data.decode("latin-1"), *(unit.text for unit in units_of(data, suffix))]
    if data[:2] == b"PK":
        import io

        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            texts += [packed.read(name).decode("utf-8", "replace") for name in packed.namelist()]
    return "\n".join(texts)


def found(text: str, words: tuple[str, ...]) -> list[str]:
    return [word for word in words if re.search(re.escape(word).replace(r"\ ", r"\s*"), text, re.IGNORECASE)]


EVERYTHING = (*SPOKEN, *NUMBERS, *HIDDEN, FILE)


def test_the_planted_words_are_in_the_originals(ran):
    folder = ran[0]
    private = Project(folder)
    kept = "\n".join(private.table("private/originals")["text"])
    assert found(kept, (*SPOKEN, *NUMBERS)) == [*SPOKEN, *NUMBERS]


def test_no_table_outside_private_holds_one(ran):
    project = Project(ran[0])
    for file in sorted((ran[0] / "tables").rglob("*.parquet")):
        name = file.relative_to(ran[0] / "tables").with_suffix("").as_posix()
        assert found(project.table(name).to_csv() + str(project.receipt(name)), EVERYTHING) == [], name
        assert found(file.read_bytes().decode("latin-1"), EVERYTHING) == [], name


def test_no_export_in_any_form_holds_one(ran):
    files = [file for place in (ran[1], ran[0] / "reports") for file in place.rglob("*") if file.is_file()]
    suffixes = {file.suffix for file in files}
    assert suffixes >= {*PARTS["exporters"], *PARTS["writers"], *PARTS["banks"]}
    for file in files:
        assert found(shown(file.read_bytes(), file.suffix), EVERYTHING) == [], file.name


def test_the_journal_and_other_open_files_of_private_hold_none(ran):
    private = ran[0] / "private"
    for file in (
        private / "journal.jsonl",
        private / "report.json",
        *sorted((private / "vectors").glob("*")),
    ):
        assert found(file.read_bytes().decode("latin-1"), EVERYTHING) == [], file.name
    assert found((private / "numbers.parquet").read_bytes().decode("latin-1"), EVERYTHING) == []


def test_no_message_holds_one_not_even_of_what_failed(ran):
    """What the user typed, and headings of an added table, may be said again; names in cells may not."""
    for arguments, done in ran[2]:
        typed = " ".join(map(str, arguments)) + ("Marjoribanks" if arguments[:1] == ("add",) else "")
        words = [word for word in (*SPOKEN, *NUMBERS, *HIDDEN) if word.casefold() not in typed.casefold()]
        assert found(done.out + done.err, tuple(words)) == [], arguments


def test_no_file_name_ever_holds_one(ran):
    assert len(ran[3]) > 20
    assert found("\n".join(sorted(ran[3])), EVERYTHING) == []


def test_nothing_is_left_of_what_was_temporary(ran):
    leftovers = [name for name in ran[0].rglob("*") if name.name.endswith(".unfinished")]
    assert leftovers == []

"""Files of three people, a focus group and a survey, and where words of theirs still stand."""

import zipfile
from pathlib import Path

import pyarrow.parquet as pq

from feedback.intake import add
from feedback.readers import read
from feedback.readers.tables.participants import read_participants

NOW = "2026-11-22T03:00:00+00:00"

# Words of P02 that nobody else says, in every kind of file.
THEIRS = (
    "Thandiwe", "Quillfeather", "zanzibar", "wrenchlight", "marmalade", "snowdrift", "thandiwe-private",
    "lighthouse", "peppercorn", "gazebo",
)  # fmt: skip
THEMES = """\
themes:
  caseload:
    label: Caseload
    means: Number of families held at once.
    phrases: [caseload, families]
    examples: ["I had forty families by Christmas."]
"""
PEOPLE = """\
case_id,name,consent,leaver,role,file
P01,Moira Tench,publication,yes,social worker,moira.txt
P02,Thandiwe Quillfeather,publication,yes,social worker,thandiwe-private.txt; thandiwe-private-2.txt
P03,Ansel Brody,publication,no,manager,ansel.txt
"""
FILES = {
    "moira.txt": (
        "Interviewer: Why did you go?\nMoira: My caseload was forty families when I left the council.\n"
        "Interviewer: And then?\nMoira: Then I was off for a month.\n"
    ),
    "thandiwe-private.txt": (
        "Interviewer: Why did you leave, Thandiwe?\nThandiwe: The zanzibar of it was that my caseload had "
        "wrenchlight written all over it, forty families and nobody else.\n"
        "Interviewer: And then?\nThandiwe: I went to another town.\n"
    ),
    "ansel.txt": (
        "Interviewer: And you?\nAnsel: My caseload was fine and Moira helped me with the families.\n"
        "Interviewer: What else?\nAnsel: Nothing else, I would stay.\n"
    ),
    "group.txt": (
        "Moira: We had too many families in that team every single week.\n"
        "Thandiwe: The marmalade of my caseload was snowdrift, honestly, every single week of it.\n"
        "Ansel: I agree with Moira that the caseload was too high for us all.\n"
        "Thandiwe: And the snowdrift came back.\n"
        "Moira: It did not stop until I left the team for good.\n"
        "Ansel: It went on for the rest of us.\n"
    ),
    "survey.csv": (
        "id,Name,Why did you leave the service?\n"
        "P01,Moira Tench,The caseload was too much for me in the end I think.\n"
        "P02,Thandiwe Quillfeather,A lighthouse of a caseload and a peppercorn of pay was what I had there.\n"
        "P04,Ada Ek,There were too many families for one worker in that team.\n"
    ),
    "thandiwe-private-2.txt": "Interviewer: A gazebo, we said.\n",
}


def everything(folder: Path):
    """What stands in a folder, file by file: names, raw bytes, and what is packed in tables and zips."""
    for file in sorted(folder.rglob("*")):
        yield str(file.relative_to(folder))
        if not file.is_file():
            continue
        data = file.read_bytes()
        yield data.decode("latin-1")
        yield data.decode("utf-16", "ignore")
        if file.suffix == ".parquet":
            table = pq.read_table(file)
            yield table.to_pandas().to_csv() + str(table.schema) + str(table.schema.metadata)
            yield " ".join(
                str(chunk.dictionary.to_pylist())
                for column in table.columns
                for chunk in column.chunks
                if hasattr(chunk, "dictionary")
            )
        if zipfile.is_zipfile(file):
            with zipfile.ZipFile(file) as packed:
                yield " ".join(packed.read(name).decode("utf-8", "ignore") for name in packed.namelist())


def found_in(folder, words=THEIRS):
    text = "\0".join(everything(folder)).casefold()
    return sorted(word for word in words if word.casefold() in text)


def again(project, *names, people=False):
    desk = project.path.parent / "again"
    desk.mkdir(exist_ok=True)
    for name in names:
        (desk / name).write_text(FILES[name], encoding="utf-8")
    (desk / "participants.csv").write_text(PEOPLE, encoding="utf-8")
    documents, dropped = read([desk / name for name in names]) if names else ([], [])
    given = read_participants(desk / "participants.csv") if people else None
    return add(project, documents, dropped, people=given)


def read_text(project, name, text):
    (project.path.parent / name).write_text(text, encoding="utf-8")
    return read(project.path.parent / name)

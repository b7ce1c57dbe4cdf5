"""The corpus that ships is what its datasheet says it is."""

from __future__ import annotations

import csv
import html
import io
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import docx
import pypdfium2
import pytest

LEAVERS = Path(__file__).parents[2] / "corpora" / "leavers"
MANUSCRIPTS = sorted((LEAVERS / "manuscript").glob("*-[0-9][0-9].txt"))
SOURCES = sorted(p for p in (LEAVERS / "sources").iterdir() if p.name != "survey.csv")
MARK = re.compile(r"\{\{(\w+):([^{}]+)\}\}")
LABEL = re.compile(
    r"^(\[\d\d:\d\d:\d\d\] )?(INT|RES|Interviewer|Participant|Ruth|Gareth|OP|CI): |^\w+ [\w-]+  \d+:\d\d$"
)
NUMBERS = {
    "phone": re.compile(r"(?<!\d)(?:\+44 ?|0)\d[\d ]{7,10}\d(?!\d)"),
    "email": re.compile(r"\S+@\S+\w"),
    "ni": re.compile(r"\b[A-Z]{2} ?\d\d ?\d\d ?\d\d ?[A-D]\b"),
    "sw": re.compile(r"\bSW ?\d{4,}\b"),
    "nhs": re.compile(r"(?<!\d)\d{3} ?\d{3} ?\d{4}(?!\d)"),
    "postcode": re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}\b"),
}


def rows(path: Path) -> list[dict[str, str]]:
    text = path.read_bytes().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def body(path: Path) -> str:
    """Return what a manuscript says, marks still in, speakers' letters taken out."""
    said = path.read_text(encoding="utf-8").partition("\n--\n")[2]
    return " ".join(re.sub(r"^[IP]:\s", "", said, flags=re.MULTILINE).split())


def marked_texts() -> dict[str, str]:
    """Return everything that is said in each source, by file name, with its marks."""
    files = {row["case_id"]: row["file"] for row in rows(LEAVERS / "participants.csv")}
    texts = {}
    for path in MANUSCRIPTS:
        found = re.search(r"^case: (\S+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
        assert found, f"{path.name} names no case"
        texts[files[found[1]]] = body(path)
    survey = rows(LEAVERS / "manuscript" / "survey.csv")
    answers = [value for row in survey for column, value in row.items() if column.endswith("?")]
    texts["survey.csv"] = "\n".join(" ".join(answer.split()) for answer in answers)
    return texts


def plain(text: str) -> str:
    return MARK.sub(r"\2", text)


def squeezed(text: str) -> str:
    """Leave out what line breaks change: space, and hyphens, which end lines too."""
    return re.sub(r"[\s\ufffe-]", "", text)


def said_in(path: Path) -> str:
    """Read a source with other people's readers and leave out labels, times and running heads."""
    if path.suffix == ".docx":
        return said_in_word(path)
    if path.suffix == ".vtt":
        cues = re.findall(r"<v [^>]+>(.*?)(?:</v>)?$", path.read_text(encoding="utf-8"), re.MULTILINE)
        return html.unescape(" ".join(cues))
    if path.suffix == ".pdf":
        document = pypdfium2.PdfDocument(path)
        lines = [line for page in document for line in page.get_textpage().get_text_range().splitlines()]
        document.close()
        heads = re.compile(r"Page \d+$|Leavers study, transcript \d\d, confidential$")
        lines = [line for line in lines if not heads.match(line)]
    else:
        lines = path.read_text(encoding="utf-8").splitlines()
        around = re.compile(r"\[End of recording\]$|Interview \d\d - verbatim$")
        lines = [line for line in lines if not around.match(line)]
    return "\n".join(LABEL.sub("", line) for line in lines)


def said_in_word(path: Path) -> str:
    document = docx.Document(str(path))
    shown = [p for p in document.paragraphs if p.style is not None and p.style.name == "Normal"]
    for table in document.tables:
        columns = [[p for cell in column.cells for p in cell.paragraphs] for column in table.columns]
        shown += max(columns, key=lambda column: sum(len(p.text) for p in column))
    return "\n".join("".join(run.text for run in p.runs if not run.bold) for p in shown)


def datasheet(heading: str) -> dict[str, str]:
    """Return the first table under a heading of the datasheet, first column to second."""
    section = (LEAVERS / "README.md").read_text(encoding="utf-8").split(f"\n## {heading}\n")[1]
    table = section[section.index("|---") :].split("\n\n")[0]
    return dict(re.findall(r"^\| (.+?) \| (.+?) \|", table, re.MULTILINE))


@pytest.fixture(scope="module")
def rebuilt(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the corpus again, in a new process, into an empty folder."""
    target = tmp_path_factory.mktemp("leavers")
    command = [sys.executable, str(LEAVERS / "build.py"), "--to", str(target)]
    subprocess.run(command, check=True, capture_output=True)
    return target


def test_building_again_gives_the_same_bytes(rebuilt: Path) -> None:
    made = {p.relative_to(rebuilt): p.read_bytes() for p in rebuilt.rglob("*") if p.is_file()}
    kept = {path: (LEAVERS / path).read_bytes() for path in made}
    assert [str(path) for path in made if made[path] != kept[path]] == []
    assert {path.name for path in made if path.parts[0] == "sources"} == {
        p.name for p in (LEAVERS / "sources").iterdir()
    }


def test_the_datasheet_counts_what_is_there() -> None:
    cases = rows(LEAVERS / "participants.csv")
    kinds = {"interview": "interviews", "testimony": "testimonies", "survey": "survey respondents"}
    words = Counter({kind: 0 for kind in kinds})
    for source, text in marked_texts().items():
        words[re.split(r"[-.]", source)[0]] += len(plain(text).split())
    measured = {}
    for kind, shown in kinds.items():
        chosen = [row for row in cases if row["file"].startswith(kind)]
        measured[shown] = str(len(chosen))
        measured[f"leavers among {shown}"] = str(sum(row["leaver"] == "yes" for row in chosen))
        measured[f"words of {shown}"] = f"{words[kind]:,}"
    for consent in ("publication", "internal", "analysis", "none"):
        measured[f"consent: {consent}"] = str(sum(row["consent"] == consent for row in cases))
    assert datasheet("What is in it") == measured


def test_the_datasheet_counts_the_formats() -> None:
    formats = Counter(
        re.findall(r"^format: (\S+)$", p.read_text(encoding="utf-8"), re.M)[0] for p in MANUSCRIPTS
    )
    assert {k.strip("`"): int(v) for k, v in datasheet("Formats").items()} == {**formats, "csv": 1}


def test_the_datasheet_counts_the_planted_identifiers() -> None:
    kinds = Counter(row["kind"] for row in rows(LEAVERS / "gold" / "masks.csv"))
    assert {k: int(v) for k, v in datasheet("What was planted").items()} == kinds


def test_interviews_are_as_long_as_people_talk() -> None:
    lengths = {p.name: len(plain(body(p)).split()) for p in MANUSCRIPTS if p.name.startswith("interview")}
    assert {name: n for name, n in lengths.items() if not 800 <= n <= 2000} == {}


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: p.name)
def test_a_source_says_word_for_word_what_its_manuscript_says(path: Path) -> None:
    assert squeezed(said_in(path)) == squeezed(plain(marked_texts()[path.name]))


def test_the_survey_says_what_its_manuscript_says_and_keeps_odd_answers() -> None:
    manuscript, source = (rows(LEAVERS / folder / "survey.csv") for folder in ("manuscript", "sources"))
    assert source == [{key: plain(value) for key, value in row.items()} for row in manuscript]
    answers = {value for row in source for value in row.values()}
    assert {"N/A", "None", "NA", "n/a", "Pay.", "=not applicable", "-", ".", ""} <= answers


def test_every_gold_mask_is_where_the_manuscript_has_it() -> None:
    gold = rows(LEAVERS / "gold" / "masks.csv")
    for source, text in marked_texts().items():
        expected = []
        for found in MARK.finditer(text):
            before = plain(text[: found.start()])
            expected.append((found[2], found[1], before.count(found[2]) + 1))
        listed = [(r["surface"], r["kind"], int(r["occurrence"])) for r in gold if r["source"] == source]
        assert listed == expected, source


def test_every_gold_mask_can_be_found_in_the_file_that_ships() -> None:
    said = {path.name: re.sub(r"\s+", " ", said_in(path)) for path in SOURCES}
    survey = rows(LEAVERS / "sources" / "survey.csv")
    answers = {(row["respondent"], column): value for row in survey for column, value in row.items()}
    for row in rows(LEAVERS / "gold" / "masks.csv"):
        if row["source"] == "survey.csv":
            count = answers[row["case_id"], row["question"]].count(row["surface"])
            assert count >= int(row["occurrence_in_turn"]), row
        else:
            assert said[row["source"]].count(row["surface"]) >= int(row["occurrence"]), row


def test_no_mark_is_left_in_a_source() -> None:
    assert [path.name for path in SOURCES if re.search(r"\{\{|\}\}", said_in(path))] == []


def test_every_case_has_its_file_and_every_file_a_case() -> None:
    cases = rows(LEAVERS / "participants.csv")
    assert len({row["case_id"] for row in cases}) == len(cases) == 134
    assert {row["file"] for row in cases} == {p.name for p in (LEAVERS / "sources").iterdir()}
    assert Counter(Counter(row["file"] for row in cases).values()) == {1: 34, 100: 1}


def test_survey_respondents_and_file_names_have_no_person_in_them() -> None:
    cases = rows(LEAVERS / "participants.csv")
    assert {row["name"] for row in cases if row["file"] == "survey.csv"} == {""}
    names = {part.lower() for row in cases for part in re.findall(r"\w{3,}", row["name"])}
    assert len(names) > 60
    assert not [p.name for p in (LEAVERS / "sources").iterdir() if names & set(re.findall(r"\w+", p.name))]


def test_the_survey_uses_the_words_of_the_interviews_for_an_attribute() -> None:
    cases = rows(LEAVERS / "participants.csv")
    others = [row for row in cases if row["file"] != "survey.csv"]
    for column in ("leaver", "cohort", "programme", "role", "region", "destination", "consent"):
        assert {row[column] for row in cases} == {row[column] for row in others}, column
    assert all(row["months_qualified"].isdigit() for row in cases)
    assert not [r["case_id"] for r in cases if (r["leaver"] == "yes") != bool(r["destination"])]


def test_planted_numbers_belong_to_nobody() -> None:
    marks = [(kind, words) for text in marked_texts().values() for kind, words in MARK.findall(text)]
    allowed = {
        "phone": re.compile(r"07700 900 ?\d{3}|020 7946 0\d{3}|0161 496 0\d{3}"),
        "email": re.compile(r"[\w.]+@example\.(org|com|net)"),
        "ni": re.compile(r"(?!BG|GB|NK|KN|TN|NT|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] \d\d \d\d \d\d [A-D]"),
        "sw": re.compile(r"SW\d{4,6}"),
        "nhs": re.compile(r"999 \d{3} \d{4}|943 476 5919"),
        "postcode": NUMBERS["postcode"],
    }
    wrong = [mark for mark in marks if mark[0] in allowed and not allowed[mark[0]].fullmatch(mark[1])]
    assert wrong == []


def test_planted_nhs_numbers_pass_the_check_digit() -> None:
    numbers = [
        words for text in marked_texts().values() for kind, words in MARK.findall(text) if kind == "nhs"
    ]
    assert numbers
    for number in numbers:
        *digits, check = (int(c) for c in number if c.isdigit())
        total = 11 - sum(d * (10 - i) for i, d in enumerate(digits)) % 11
        assert check == total % 11, number


@pytest.mark.parametrize("kind", sorted(NUMBERS))
def test_no_number_or_address_stands_unmarked(kind: str) -> None:
    left = {name: NUMBERS[kind].findall(MARK.sub(" # ", text)) for name, text in marked_texts().items()}
    assert {name: found for name, found in left.items() if found} == {}


def test_a_name_marked_once_in_a_source_is_marked_everywhere_in_it() -> None:
    ordinary = {"Will", "Mark"}  # "Will do again", "Mark my words"
    for source, text in marked_texts().items():
        names = " ".join(words for kind, words in MARK.findall(text) if kind in ("person", "place"))
        unmarked = set(re.findall(r"\b[A-Z]\w{2,}", MARK.sub(" # ", text)))
        assert unmarked & set(re.findall(r"\b[A-Z]\w{2,}", names)) <= ordinary, source

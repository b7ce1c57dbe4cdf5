"""Make sources/, participants.csv and gold/masks.csv from manuscript/, the same bytes on every run.

Run `uv run python corpora/leavers/build.py` after a change to a manuscript, and commit what it wrote.
`--to DIR` writes somewhere else. Needs the development dependencies; the wheel ships only what this writes.
"""

from __future__ import annotations

import argparse
import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import written_office
import written_text
from manuscripts import Manuscript, Turn, read_manuscript, read_rows, turn
from written_text import Labels

HERE = Path(__file__).parent
HEAD = "Leavers study, transcript {number}, confidential"

# Transcribers never agree on labels, so hardly any two files of one format do.
LABELS = {
    "interview-01": Labels("Interviewer:", "Participant:"),
    "interview-02": Labels("{interviewer} (Evaluation)", "{participant} (Guest)"),
    "interview-03": Labels("INT:", "RES:"),
    "interview-04": Labels("I:", "P:", layout="tab"),
    "interview-05": Labels("Interviewer:", "Participant:", title=HEAD),
    "interview-06": Labels("{interviewer} (Evaluation)", "{participant} (Children's Services)"),
    "interview-07": Labels("{interviewer}", "{participant}", layout="+Time,Speaker,Text"),
    "interview-08": Labels("{interviewer}", "{participant}", layout="time-above"),
    "interview-09": Labels("{first_i}:", "{first_p}:"),
    "interview-10": Labels("{interviewer} (Evaluation)", "{participant}", layout="unclosed"),
    "interview-11": Labels("{first_i}:", "{first_p}:", title=HEAD),
    "interview-12": Labels("Interviewer", "Participant 12", layout="tab", title="Transcript of interview 12"),
    "interview-13": Labels("Interviewer", "Participant", layout="Speaker,Text"),
    "interview-14": Labels("Interviewer:", "Participant:", layout="windows", title="Interview 14 - verbatim"),
    "interview-15": Labels("{interviewer} (Evaluation)", "{participant} (Guest)"),
    "interview-16": Labels("Interviewer:", "Respondent:"),
    "interview-17": Labels("{interviewer}:", "{participant}:", layout="split"),
    "interview-18": Labels("{interviewer} (Evaluation)", "{participant} (Guest)", layout="old"),
    "interview-19": Labels("Interviewer:", "Participant:", layout="time-before"),
    "interview-20": Labels("{initials_i}:", "{initials_p}:", title=HEAD),
    "interview-21": Labels("I:", "R:"),
    "interview-22": Labels("Q", "A", layout="+Speaker,Time,Text", title="Exit interview 22"),
    "interview-23": Labels("{interviewer}", "{participant}"),
    "interview-24": Labels("Interviewer:", "P24:", title="Interview 24"),
}
ROLLS = ["cast.csv", "testimonies.csv"]
TRAITS = ["leaver", "months_qualified", "cohort", "programme", "role", "region", "destination", "consent"]
ROLL_COLUMNS = ["case_id", "name", "file", *TRAITS]
MASK_COLUMNS = ["source", "case_id", "question", "surface", "kind", "occurrence", "occurrence_in_turn"]


def source_file(manuscript: Manuscript) -> tuple[str, bytes]:
    """Return name and bytes of the file that a manuscript becomes."""
    kind = manuscript.format.partition("-")[0]
    if manuscript.stem not in LABELS:
        plain = written_office.plain_word if kind == "docx" else written_text.plain_text
        return f"{manuscript.stem}.{kind}", plain(manuscript)
    labels = LABELS[manuscript.stem]
    if kind == "pdf":
        number = manuscript.stem.rpartition("-")[2]
        headed = Labels(labels.interviewer, labels.participant, title=labels.title.format(number=number))
        return f"{manuscript.stem}.pdf", written_office.labelled_pdf(manuscript, headed)
    write = {
        "docx-labels": written_office.labelled_word,
        "docx-table": written_office.table_word,
        "txt-labels": written_text.labelled_text,
        "vtt-teams": written_text.teams_captions,
    }[manuscript.format]
    return f"{manuscript.stem}.{kind}", write(manuscript, labels)


def masks(source: str, turns: list[tuple[str, str, Turn]]) -> Iterator[dict[str, str]]:
    """Yield one row for each planted identifier of one source.

    `turns` holds (case, question, turn). Occurrences are counted from 1, as plain text, capitals
    mattering, in everything that is said or answered in the source (`occurrence`) and in the one turn
    or answer (`occurrence_in_turn`): labels, times and running heads are not counted.
    """
    said = ""
    for case, question, each in turns:
        text = each.text.replace("\n", " ")
        for mark in each.marks:
            inside = text.count(mark.surface, 0, mark.start) + 1
            place = {"source": source, "case_id": case, "question": question}
            yield place | {
                "surface": mark.surface,
                "kind": mark.kind,
                "occurrence": str(said.count(mark.surface) + inside),
                "occurrence_in_turn": str(inside),
            }
        said += text + "\n"


def read_survey(path: Path) -> tuple[list[dict[str, str]], list[tuple[str, str, Turn]]]:
    """Read the survey manuscript; return its rows without marks, and its answers as turns."""
    plain, answers = [], []
    for row in read_rows(path):
        shown = dict(row)
        for question in [name for name in row if name.endswith("?")]:
            answer = turn("", row[question])
            shown[question] = answer.text
            answers.append((row["respondent"], question, answer))
        plain.append(shown)
    return plain, answers


def csv_bytes(rows: list[dict[str, str]], columns: list[str], *, excel: bool = False) -> bytes:
    """Write rows as CSV; `excel` as a survey tool exports them: a mark at the start, CRLF, all in quotes."""
    text = io.StringIO(newline="")
    dialect: dict[str, Any] = {"quoting": csv.QUOTE_ALL if excel else csv.QUOTE_MINIMAL}
    dialect["lineterminator"] = "\r\n" if excel else "\n"
    writer = csv.DictWriter(text, columns, extrasaction="ignore", **dialect)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode("utf-8-sig" if excel else "utf-8")


def corpus_files(folder: Path) -> dict[str, bytes]:
    """Return every file of the corpus that is made, by its path, from the manuscripts in `folder`."""
    people = {row["case"]: row for name in ROLLS for row in read_rows(folder / name)}
    files: dict[str, bytes] = {}
    cases: list[dict[str, str]] = []
    planted: list[dict[str, str]] = []
    for path in sorted(folder.glob("*-[0-9][0-9].txt")):
        manuscript = read_manuscript(path)
        name, written = source_file(manuscript)
        files[f"sources/{name}"] = written
        cases.append(people[manuscript.case] | {"case_id": manuscript.case, "file": name})
        planted += masks(name, [(manuscript.case, "", each) for each in manuscript.turns])
    survey, answers = read_survey(folder / "survey.csv")
    files["sources/survey.csv"] = csv_bytes(survey, list(survey[0]), excel=True)
    cases += [row | {"case_id": row["respondent"], "name": "", "file": "survey.csv"} for row in survey]
    planted += masks("survey.csv", answers)
    files["participants.csv"] = csv_bytes(sorted(cases, key=lambda row: row["case_id"]), ROLL_COLUMNS)
    files["gold/masks.csv"] = csv_bytes(planted, MASK_COLUMNS)
    return files


def main() -> None:
    """Write the corpus and say how much it is."""
    parser = argparse.ArgumentParser(description="Make the corpus from its manuscripts.")
    parser.add_argument("--to", type=Path, default=HERE, help="write into this folder (default: here)")
    target = parser.parse_args().to
    files = corpus_files(HERE / "manuscript")
    for name, written in files.items():
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        (target / name).write_bytes(written)
    stale = {p for p in (target / "sources").iterdir() if f"sources/{p.name}" not in files}
    for path in sorted(stale):
        path.unlink()
    print(f"{len(files)} files, {sum(map(len, files.values())):,} bytes, in {target}")


if __name__ == "__main__":
    main()

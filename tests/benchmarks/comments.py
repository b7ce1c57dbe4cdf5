"""Makes surveys and interviews of any size by recombining public text: no two answers alike, for benchmarks.

python tests/benchmarks/comments.py survey 100000 --from DATA -o survey.csv
python tests/benchmarks/comments.py interviews 60 --words 8000 --from DATA -o FOLDER [--format docx]

DATA is a folder with .jsonl files (field `text`). Sentences are cut before and, but, because, ... and the
opening of one is put before the close of another, so that new sentences keep the words, lengths and turns of
phrase of written answers. Some answers are the same two words, as in real surveys (--repeated), and some
name somebody.
The same arguments make the same bytes.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

WORDS = 20
_NAMING = 1 / 60  # of sentences
_END = re.compile(r"(?<=[.!?])\s+")
_JOINT = re.compile(r"[,;]?\s+(?=(?:and|but|because|so|which|when|if|as|although|while|since|who|where)\s)")
_SHORT = (
    "None",
    "Nothing",
    "No comment",
    "Staff",
    "n/a",
    "No",
    "The workload",
    "Management",
    "Pay",
    "Good team",
)
_FIRST = (
    "Priya",
    "Moira",
    "Gareth",
    "Aisha",
    "Colin",
    "Hannah",
    "Imran",
    "Beth",
    "Tomasz",
    "Yvonne",
    "Kofi",
    "Siobhan",
)
_LAST = (
    "Okafor",
    "Tench",
    "Brandreth",
    "Hussain",
    "Lowther",
    "Nkemelu",
    "Pargeter",
    "Rowntree",
    "Szabo",
    "Whitlow",
)
_NAMED = (
    "{} was my manager then",
    "I had supervision with {} every month",
    "Nobody but {} ever asked how I was",
)
_ROLES = (
    "social worker",
    "senior social worker",
    "team manager",
    "practice educator",
    "advanced practitioner",
)
_REGIONS = ("North East", "North West", "Midlands", "London", "South East", "South West", "Yorkshire")
_COHORTS = tuple(str(year) for year in range(2016, 2024))
_QUESTIONS = (
    "What was it like when you started?", "Can you tell me more about that?", "Why did you leave?",
    "What would have kept you?", "How was the support from your manager?", "And how did that feel?",
    "What did the programme change in how you work?", "Could you give me an example?",
    "What happened next?", "Is there anything that I have not asked?", "How did you find the workload?",
)  # fmt: skip


@dataclass(frozen=True)
class Pool:
    """Openings and closes of sentences, to be put together."""

    openings: tuple[str, ...]
    closes: tuple[str, ...]

    def sentence(self, draw: random.Random) -> str:
        return f"{draw.choice(self.openings)} {draw.choice(self.closes)}"


def pool_of(folder: Path) -> Pool:
    """What the folder's written answers are made of; SystemExit where there are too few."""
    openings: set[str] = set()
    closes: set[str] = set()
    for file in sorted(folder.rglob("*.jsonl")):
        for line in file.read_text(encoding="utf-8").splitlines():
            for sentence in _END.split(str(json.loads(line).get("text", ""))):
                parts = [part.strip(" ,;") for part in _JOINT.split(" ".join(sentence.split()))]
                if len(parts) < 2:
                    continue
                openings.add(parts[0])
                closes.update(parts[1:])
    chosen = Pool(_fitting(openings, fewest=3), _fitting(closes, fewest=3))
    if min(len(chosen.openings), len(chosen.closes)) < 100:
        raise SystemExit(f"'{folder}' has too little text: .jsonl files with a field \"text\" are wanted")
    return chosen


def _fitting(parts: set[str], *, fewest: int) -> tuple[str, ...]:
    return tuple(sorted(part for part in parts if fewest <= len(part.split()) <= 14 and '"' not in part))


def answer(pool: Pool, draw: random.Random, *, words: int) -> str:
    """So many words on average: sentences until a drawn length is reached."""
    wanted = draw.lognormvariate(0, 0.6) * words * 0.55
    said, count = [], 0
    while not said or count < wanted:
        sentence = pool.sentence(draw) if draw.random() > _NAMING else _naming(draw)
        said.append(f"{sentence[0].upper()}{sentence[1:].rstrip('.!?')}.")
        count += len(sentence.split())
    return " ".join(said)


def _naming(draw: random.Random) -> str:
    """A sentence with an invented person in it."""
    name = draw.choice(_FIRST)
    return draw.choice(_NAMED).format(name if draw.random() < 0.5 else f"{name} {draw.choice(_LAST)}")


def rows(pool: Pool, number: int, *, words: int, repeated: float, seed: int) -> Iterator[list[str]]:
    """A respondent each: id, leaver, role, region, cohort, comment."""
    draw = random.Random(seed)
    for at in range(number):
        short = draw.random() < repeated
        yield [
            f"R{at:07d}", draw.choice(("yes", "yes", "no")), draw.choice(_ROLES), draw.choice(_REGIONS),
            draw.choice(_COHORTS),
            draw.choice(_SHORT) if short else answer(pool, draw, words=words),
        ]  # fmt: skip


def write_survey(
    file: Path, pool: Pool, number: int, *, words: int = WORDS, repeated: float = 0.03, seed: int = 0
) -> None:
    """A .csv of so many comments."""
    with file.open("w", encoding="utf-8", newline="") as out:
        sheet = csv.writer(out)
        sheet.writerow(["id", "leaver", "role", "region", "cohort", "comment"])
        sheet.writerows(rows(pool, number, words=words, repeated=repeated, seed=seed))


def talk(pool: Pool, words: int, *, draw: random.Random, person: str) -> list[tuple[str, str]]:
    """Questions and answers, speaker and words, of so many words together."""
    said: list[tuple[str, str]] = []
    count = 0
    while count < words:
        for speaker, text in (
            ("Interviewer", draw.choice(_QUESTIONS)),
            (person, answer(pool, draw, words=70)),
        ):
            said.append((speaker, text))
            count += len(text.split())
    return said


def write_interviews(
    folder: Path,
    pool: Pool,
    number: int,
    *,
    words: int = 8_000,
    kind: str = "txt",
    seed: int = 0,
    first: int = 0,
) -> None:
    """So many transcripts with speaker labels, P0000 from `first` on, and their participants.csv."""
    sources = folder / "interviews"
    sources.mkdir(parents=True, exist_ok=True)
    people = []
    for at in range(first, first + number):
        # Each from a seed of its own: one interview more leaves the others as they are.
        draw, person = random.Random(f"{seed} {at}"), f"P{at:04d}"
        said, name = talk(pool, words, draw=draw, person=person), f"{person}.{kind}"
        if kind == "docx":
            _write_docx(sources / name, said)
        else:
            text = "\n\n".join(f"{speaker}: {words}" for speaker, words in said)
            (sources / name).write_text(text, encoding="utf-8")
        people.append(
            [person, name, draw.choice(("yes", "yes", "no")), draw.choice(_ROLES), draw.choice(_REGIONS),
             draw.choice(_COHORTS), "internal"]
        )  # fmt: skip
    with (folder / "participants.csv").open("w", encoding="utf-8", newline="") as out:
        sheet = csv.writer(out)
        sheet.writerow(["case_id", "file", "leaver", "role", "region", "cohort", "consent"])
        sheet.writerows(people)


def _write_docx(file: Path, said: Sequence[tuple[str, str]]) -> None:
    import docx

    book = docx.Document()
    for speaker, words in said:
        book.add_paragraph(f"{speaker}: {words}")
    book.save(str(file))


def main() -> None:
    """Writes what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("what", choices=["survey", "interviews"])
    parser.add_argument("number", type=int)
    parser.add_argument("--from", dest="data", type=Path, required=True, metavar="DATA")
    parser.add_argument("-o", dest="out", type=Path, required=True)
    parser.add_argument("--words", type=int, help="a comment's on average (20), an interview's (8000)")
    parser.add_argument("--repeated", type=float, default=0.03, help="share of answers that are two words")
    parser.add_argument("--format", dest="kind", choices=["txt", "docx"], default="txt")
    parser.add_argument("--first", type=int, default=0, help="number of the first interview")
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args()
    pool = pool_of(asked.data)
    if asked.what == "survey":
        write_survey(
            asked.out,
            pool,
            asked.number,
            words=asked.words or WORDS,
            repeated=asked.repeated,
            seed=asked.seed,
        )
    else:
        write_interviews(
            asked.out, pool, asked.number, words=asked.words or 8_000, kind=asked.kind, seed=asked.seed,
            first=asked.first,
        )  # fmt: skip


if __name__ == "__main__":
    main()

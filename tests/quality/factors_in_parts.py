"""How well a large study's way does: factors of a planted survey found as a whole, and from a sample.

python tests/quality/factors_in_parts.py [LEAVERS FACTORS SAMPLE]
"""

from __future__ import annotations

import csv
import io
import sys
import tempfile
import time
from functools import partial
from pathlib import Path
from unittest import mock

from factors_measure import said, scores
from planted_factors import Planted, planted

from feedback.factors import large
from feedback.intake import add
from feedback.pipeline import factored, run
from feedback.pipeline.stages import Context, make_factors, no_progress
from feedback.project import Project
from feedback.readers import read_bytes

QUESTION = "Why did you leave?"
_SETTINGS = (
    "factors: {leaver: everybody}\ntag: {by: [rules]}\ndeidentify: {clean: [], recognise_names: false}\n"
)
_THEMES = "themes:\n  none: {means: What nobody says., phrases: [zyzzyva]}\n"


def in_parts(corpus: Planted, folder: Path, sample: int) -> dict[str, dict[str, float]]:
    """The scores of the factors of a corpus as a survey, whole and with groups made from `sample` reasons."""
    project = _project(corpus, folder)
    found = {}
    for name, most, fit_on in (("whole", len(corpus.segments) + 1, large.FIT_ON), ("sample", 0, sample)):
        wish = partial(large.Wish, fit_on=fit_on)
        with mock.patch.object(factored, "AS_A_WHOLE", most), mock.patch.object(large, "Wish", wish):
            begin = time.process_time()
            made = make_factors(Context(project, characters=20_000), no_progress)
        found[name] = {**_scored(corpus, project, made), "seconds": round(time.process_time() - begin, 1)}
    return found


def _project(corpus: Planted, folder: Path) -> Project:
    """A project whose survey has an answer of each leaver's sentences."""
    project = Project.create(folder, themes=_THEMES)
    (folder / "feedback.yaml").write_text(_SETTINGS, encoding="utf-8")
    rows = io.StringIO()
    sheet = csv.writer(rows)
    sheet.writerow(["id", QUESTION])
    for who, own in corpus.segments.groupby("document_id", sort=True):
        sheet.writerow([who, " ".join(own.sort_values("start")["text"])])
    read = read_bytes(
        rows.getvalue().encode(), "survey.csv", document_id="d1", text_columns=[QUESTION], case_column="id"
    )
    add(project, [read[0]])
    list(run(project, until="meaning"))
    return project


def _scored(corpus: Planted, project: Project, made) -> dict[str, float]:
    """The scores of members, each planted sentence being found again by its person and words."""
    segments = project.table("segments")
    place = {
        (case.rsplit("-", 1)[-1], text): one
        for case, text, one in zip(segments["case_id"], segments["text"], segments["segment_id"], strict=True)
    }
    factors: dict[str, set[str]] = {}
    for one, factor in made["members"][["segment_id", "factor_id"]].dropna().itertuples(index=False):
        factors.setdefault(one, set()).add(factor)
    planted_ones = zip(corpus.segments["document_id"], corpus.segments["text"], strict=True)
    groups = [frozenset(factors.get(place.get(key, ""), ())) for key in planted_ones]
    return scores(corpus, groups)


def main(leavers: int = 2000, number: int = 12, sample: int = 700) -> None:
    with tempfile.TemporaryDirectory() as folder:
        found = in_parts(planted(leavers, number, half="held", seed=0), Path(folder) / "study", sample)
    for name, one in found.items():
        said(leavers, "x", number, name, {key: round(value, 3) for key, value in one.items()})


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))

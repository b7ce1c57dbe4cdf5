"""One peer beside us on the same comments: python tests/benchmarks/peers.py PEER SURVEY NUMBER

PEER is presidio (FEEDBACK_PRESIDIO_PYTHON names its python) or bertopic (FEEDBACK_BERTOPIC_PYTHON). SURVEY is
a .csv with a column `comment`, of which the first NUMBER are taken. A line of JSON comes out for each way of
counting: what is compared, their processor seconds, ours. A process of its own, so that what ends it ends
nothing else.
"""

from __future__ import annotations

import csv
import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from deidentify import presidio, seconds
from measured import measured

ROOT = Path(__file__).resolve().parents[2]
PYTHONS = {"presidio": "FEEDBACK_PRESIDIO_PYTHON", "bertopic": "FEEDBACK_BERTOPIC_PYTHON"}
Compared = tuple[str, float, float]


def beside_presidio(survey: Path, texts: Sequence[str]) -> Iterator[Compared]:
    """Masking with the language model, by Presidio as it comes and with its UK recognisers, and by us."""
    import feedback as fb
    from feedback.edits import find_edits
    from feedback.model import Document, Turn

    documents = fb.read([survey], text_columns=["comment"], case_column="id")[0]
    part = sum(map(len, texts)) / sum(len(one.text) for one in documents)
    find_edits([Document("d001", "survey", "csv", texts[0], (Turn(0, len(texts[0])),))])  # lists, the model
    ours = seconds(lambda: find_edits(documents), 1) * part
    for name, taken in presidio(texts).items():
        yield f"masking, {name}", taken, ours


def beside_bertopic(survey: Path, texts: Sequence[str]) -> Iterator[Compared]:
    """Groups of comments by BERTopic's default recipe, and push factors by us, both from our vectors."""
    from feedback.embed import load
    from feedback.factors import find_factors
    from feedback.segments import segments_from

    vectors = load().encode(texts)
    known = dict(zip(texts, vectors, strict=True))
    asked = json.dumps({"texts": list(texts), "vectors": vectors.tolist()})
    side = ROOT / "tests/quality/bertopic_side.py"
    said = measured([os.environ[PYTHONS["bertopic"]], side], stdin=asked)
    ours = seconds(lambda: find_factors(segments_from(texts), embed=_from(known)), 1)
    yield "groups, BERTopic, vectors given", float(json.loads(said.out)["seconds"]), ours
    yield "groups, BERTopic, with loading", said.processor_s, ours


def _from(known: dict[str, Any]) -> Callable[..., Any]:
    """Vectors that were made before, as an embedder gives them; others are made."""
    import numpy as np

    from feedback.embed import load

    def embed(texts: Sequence[str], **options: Any) -> Any:
        new = [one for one in dict.fromkeys(texts) if one not in known]
        known.update(zip(new, load().encode(new), strict=True) if new else ())
        return np.array([known[one] for one in texts])

    return embed


def main() -> None:
    """Prints a line for each comparison."""
    peer, survey, number = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
    with survey.open(encoding="utf-8") as file:
        texts = [row["comment"] for row, _ in zip(csv.DictReader(file), range(number), strict=False)]
    beside = {"presidio": beside_presidio, "bertopic": beside_bertopic}[peer]
    for what, theirs, ours in beside(survey, texts):
        sys.stdout.write(json.dumps([f"{what}, {len(texts)} comments", theirs, ours]) + "\n")


if __name__ == "__main__":
    main()

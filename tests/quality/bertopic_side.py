"""Groups that BERTopic makes as it comes, for `factors_measure.py`; its python has umap-learn and hdbscan.

JSON comes in on standard input ({"texts": [...], "vectors": [[...]]}, one set a line) and goes out, a line
for each: {"labels": [...], "seconds": ...} or {"error": "..."}. Nothing is set but the vectors.
"""

from __future__ import annotations

import json
import sys
import time
import warnings

import numpy as np
from bertopic import BERTopic
from bertopic.backend import BaseEmbedder


def groups(texts: list[str], vectors: list[list[float]]) -> dict[str, object]:
    begin = time.process_time()
    try:
        labels, _ = BERTopic(embedding_model=BaseEmbedder()).fit_transform(texts, np.array(vectors))
    except Exception as error:
        return {"error": type(error).__name__, "seconds": time.process_time() - begin}
    return {"labels": [int(label) for label in labels], "seconds": time.process_time() - begin}


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    for line in sys.stdin:
        sys.stdout.write(json.dumps(groups(**json.loads(line))) + "\n")
        sys.stdout.flush()

"""How fast texts become vectors: python tests/benchmarks/embedding.py [NUMBER OF COMMENTS]

The model that ships alone and on all processors, its vectors read again from the cache, its student, and
beside them scikit-learn's TF-IDF with a singular value decomposition on the same texts in the same run.
Seconds of processor and by the clock; the model reads 2,000 of the texts, the others all.
"""

from __future__ import annotations

import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from tagging import comments

from feedback.embed import load
from feedback.embed.cache import VectorCache
from feedback.embed.cached import CachedEmbedder
from feedback.embed.student import Student

READ = 2_000


def timed(what: str, act: Callable[[Sequence[str]], Any], texts: Sequence[str]) -> None:
    wall, processor = time.perf_counter(), time.process_time()
    act(texts)
    spent, waited = time.process_time() - processor, time.perf_counter() - wall
    sys.stdout.write(
        f"{what:44} {len(texts):8,} texts {spent:7.2f} s of processor {waited:7.2f} s by the clock "
        f"{len(texts) / spent:9,.0f} texts a second of processor\n"
    )


def decomposed(texts: Sequence[str]) -> Any:
    from sklearn.decomposition import TruncatedSVD
    from sklearn.feature_extraction.text import TfidfVectorizer

    return TruncatedSVD(100, random_state=0).fit_transform(TfidfVectorizer().fit_transform(texts))


def main() -> None:
    warnings.simplefilter("ignore")
    texts = comments(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000)
    some = texts[:READ]
    one, every = load(threads=1), load()
    one.encode(some[:10])
    every.encode(some[:10])
    timed("the model, one thread", one.encode, some)
    timed("the model, every processor", every.encode, some)
    with tempfile.TemporaryDirectory() as folder:
        CachedEmbedder(one, VectorCache(Path(folder))).encode(some)
        timed("read from the cache", CachedEmbedder(one, VectorCache(Path(folder))).encode, some)
        student = Student(CachedEmbedder(every, VectorCache(Path(folder))), texts)
        timed("a student learns (from 8,000 at most)", lambda _: student.fit(), texts)
    sys.stdout.write(f"    {student.worth.told()}\n")
    timed("its vectors", student.encode, texts)
    timed("scikit-learn: TF-IDF and SVD", decomposed, texts)


if __name__ == "__main__":
    main()

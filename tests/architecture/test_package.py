"""What travels in the wheel, and what stays out of the installation."""

import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCK = tomllib.loads((ROOT / "uv.lock").read_text(encoding="utf-8"))
TRAVELS = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]


@pytest.mark.parametrize("source", TRAVELS)
def test_what_the_wheel_takes_along_is_here_and_lands_where_it_is_looked_for(source):
    assert (ROOT / source).exists()
    assert TRAVELS[source] == f"feedback/{source}"


@pytest.mark.parametrize(
    "needed",
    ["corpora/leavers/sources", "corpora/leavers/participants.csv", "corpora/leavers/themes.yaml",
     "models/minilm-l6-int8/model.onnx", "models/minilm-l6-int8/vocab.txt", "models/minilm-l6-int8/card.md",
     "models/manner/valence.tsv", "models/manner/assertion.tsv", "models/manner/vectors.tsv"],
)  # fmt: skip
def test_the_demo_finds_all_it_needs_in_the_wheel(needed):
    assert any(needed == source or needed.startswith(f"{source}/") for source in TRAVELS)


@pytest.mark.parametrize(
    "heavy",
    ["torch", "umap-learn", "hdbscan", "numba", "llvmlite", "transformers", "sentence-transformers",
     "huggingface-hub", "tokenizers"],
)  # fmt: skip
def test_nothing_heavy_is_installed(heavy):
    assert heavy not in {package["name"] for package in LOCK["package"]}


def test_the_five_packages_that_were_asked_for_are_dependencies():
    names = {line.split(">")[0] for line in PROJECT["project"]["dependencies"]}
    assert {"spacy", "scikit-learn", "bertopic", "pandas", "rich"} <= names

"""The codings that come with the corpus say what its datasheet says."""

import csv
from pathlib import Path

import pytest

from feedback.codebook import Codebook
from feedback.readers import read

CORPUS = Path(__file__).resolve().parents[2] / "corpora" / "leavers"


@pytest.fixture(scope="module")
def codings():
    with (CORPUS / "gold" / "tags.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def read_by(codings, coder):
    return {(row["source"], row["sentence"]) for row in codings if row["coder"] == coder}


def test_at_least_400_sentences_are_coded_and_120_of_them_twice(codings):
    assert sum(row["coder"] == "a" for row in codings) == 428
    assert sum(row["coder"] == "b" for row in codings) == 124
    assert len(read_by(codings, "a") & read_by(codings, "b")) >= 120


def test_every_coded_sentence_stands_in_its_source(codings):
    documents, _ = read(CORPUS / "sources")
    texts = {document.file_name: "".join(document.text.split()) for document in documents}
    lost = [
        row["sentence"] for row in codings if "".join(row["sentence"].split()) not in texts[row["source"]]
    ]
    assert lost == []


def test_every_theme_given_is_in_the_list(codings):
    known = set(Codebook.load(CORPUS / "themes.yaml").ids)
    given = {theme for row in codings for theme in row["theme_ids"].split(";") if theme}
    assert given <= known
    assert len(given) >= 25

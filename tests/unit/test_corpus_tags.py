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


@pytest.fixture(scope="module")
def reasons():
    with (CORPUS / "gold" / "reasons.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def people():
    with (CORPUS / "participants.csv").open(encoding="utf-8", newline="") as file:
        return {row["case_id"]: row for row in csv.DictReader(file)}


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


def test_the_reasons_of_59_leavers_are_coded_with_push_factors_of_the_list(reasons, people):
    push = {theme.id for theme in Codebook.load(CORPUS / "themes.yaml") if theme.group == "Push factors"}
    given = [row["theme_ids"].split(";") for row in reasons if row["theme_ids"]]
    assert len({row["case_id"] for row in reasons}) == len(reasons) == 59
    assert {people[row["case_id"]]["leaver"] for row in reasons} == {"yes"}
    assert {theme for themes in given for theme in themes} <= push
    assert all(len(set(themes)) == len(themes) for themes in given)


def test_a_reason_is_told_by_a_theme_by_something_else_or_not_at_all(reasons):
    assert {row["kind"] for row in reasons} == {"reason", "evasive", "non-answer"}
    assert all(bool(row["theme_ids"] or row["other"]) == (row["kind"] != "non-answer") for row in reasons)


def test_evidence_of_reasons_stands_in_the_sources_and_never_where_words_may_only_be_counted(reasons, people):
    documents, _ = read(CORPUS / "sources")
    said = "".join("".join(document.text.split()) for document in documents)
    for row in reasons:
        if people[row["case_id"]]["consent"] in ("analysis", "none"):
            assert row["evidence"] == "", row["case_id"]
        assert "".join(row["evidence"].split()) in said, row["case_id"]

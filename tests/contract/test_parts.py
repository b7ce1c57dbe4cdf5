"""What every registered part keeps to, whoever wrote it."""

import numpy as np
import pytest

from feedback.codebook import Codebook
from feedback.embed import load
from feedback.errors import FeedbackError
from feedback.model import Report
from feedback.readers import read_bytes
from feedback.registry import PARTS, names, part
from feedback.report import render

TEXTS = ["Too many cases, always.", "My manager never rang.", "", "The pay 👩‍👧 was fine."]
BOOK = Codebook.from_dict(
    {"caseload": {"means": "how many cases", "phrases": ["too many cases"]}, "pay": "money"}
)


@pytest.mark.parametrize(("kind", "name"), [(kind, name) for kind in PARTS for name in PARTS[kind]])
def test_every_part_can_be_loaded(kind, name):
    assert callable(part(kind, name))


@pytest.mark.parametrize("kind", PARTS)
def test_an_unknown_part_gets_the_nearest_one_or_all(kind):
    with pytest.raises(FeedbackError) as caught:
        part(kind, names(kind)[0] + "x")
    assert names(kind)[0] in caught.value.hint


@pytest.mark.parametrize("name", PARTS["embedders"])
def test_an_embedder_gives_rows_of_length_one_and_the_same_every_time(name):
    embedder = load(name)
    if hasattr(embedder, "fit"):
        embedder.fit(TEXTS)
    rows = embedder.encode(TEXTS)
    assert rows.dtype == np.float32
    assert np.allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)
    assert embedder.encode(TEXTS[::-1])[::-1].tobytes() == rows.tobytes()
    assert embedder.encode([]).shape[0] == 0
    assert embedder.fingerprint


@pytest.mark.parametrize("name", PARTS["taggers"])
def test_a_tagger_points_into_the_text_and_says_why(name):
    finds = part("taggers", name)(
        TEXTS, BOOK, load().encode, {"caseload": 0.5, "pay": 0.5}, range(len(TEXTS))
    )
    assert (0, "caseload") in {(find.row, find.theme_id) for find in finds}
    for find in finds:
        assert 0 <= find.start < find.end <= len(TEXTS[find.row])
        assert 0 <= find.score <= 1
        assert find.rule


@pytest.mark.parametrize("suffix", PARTS["exporters"])
def test_an_exporter_gives_the_same_bytes_for_the_same_report_even_an_empty_one(suffix):
    report = Report("A study", "codebook", (("people", 0),))
    assert render(report, suffix) == render(report, suffix) != b""


@pytest.mark.parametrize("suffix", PARTS["readers"])
@pytest.mark.parametrize(
    "data", [b"", b"\x00\x01\x02", b"PK\x03\x04 torn", b"%PDF-1.7 torn", "é".encode("utf-16")]
)
def test_a_reader_reads_or_says_what_is_wrong(suffix, data):
    try:
        document, _ = read_bytes(data, f"file{suffix}", document_id="d001")
    except FeedbackError as error:
        assert f"file{suffix}" in error.message
        assert error.hint
    else:
        assert document.document_id == "d001"

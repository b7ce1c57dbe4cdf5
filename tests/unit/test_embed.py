"""The vectors of the model that ships: that a text's vector is its own, and that it is made once."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from short_texts import TEXTS

from feedback import embed
from feedback.embed.cache import MOST_FILES, VectorCache, encode_cached
from feedback.errors import FeedbackError


@pytest.fixture(scope="module")
def model():
    return embed.load("minilm")


class Counting:
    """The real model, with a list of what it was asked to encode."""

    def __init__(self, model, fingerprint="counting"):
        self.model, self.fingerprint, self.asked = model, fingerprint, []

    def encode(self, texts, *, progress=None):
        self.asked.extend(texts)
        return self.model.encode(texts, progress=progress)


# the model that ships
def test_vectors_are_rows_of_length_one(model):
    rows = model.encode(TEXTS)
    assert rows.shape == (len(TEXTS), 384)
    assert rows.dtype == np.float32
    assert np.allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)
    assert model.encode([]).shape == (0, 384)


@settings(max_examples=15)
@given(st.lists(st.sampled_from(TEXTS) | st.text(max_size=60), max_size=80), st.integers(1, 4))
def test_a_text_has_the_same_bytes_alone_and_in_any_company(model, company, threads):
    rows = embed.load("minilm", threads=threads).encode([*company, TEXTS[0]])
    assert rows[-1].tobytes() == model.encode([TEXTS[0]])[0].tobytes()
    if company:
        assert rows[0].tobytes() == model.encode(company[:1])[0].tobytes()


def test_a_text_without_words_has_the_vector_of_the_empty_text(model):
    empty, blank, unseen = model.encode(["", " \n\t", "\u200b"])
    assert empty.tobytes() == blank.tobytes() == unseen.tobytes()


def test_progress_ends_with_the_number_of_texts(model):
    told: list[int] = []
    model.encode(TEXTS * 20, progress=told.append)
    assert told == sorted(told)
    assert told[-1] == len(TEXTS) * 20


def test_only_the_end_of_a_long_text_is_not_read(model):
    long = "My caseload was too high. " * 60
    assert model.is_cut(long)
    first, second = model.encode([long, long + "Pay."])
    assert first.tobytes() == second.tobytes()


def test_the_library_that_runs_the_model_is_not_loaded_before_it_is_needed():
    code = "import sys; from feedback import embed; embed.load(); print('onnxruntime' in sys.modules)"
    environment = {**os.environ, "PYTHONPATH": str(Path(embed.__file__).parents[2])}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment
    )
    assert done.stdout.strip() == "False"


# where the model lies
@pytest.mark.parametrize("name", ["model.onnx", "vocab.txt"])
def test_a_missing_or_altered_model_file_is_named(tmp_path, name):
    folder = shutil.copytree(embed.shipped_model(), tmp_path / "model")
    assert embed.checked(folder)
    content = bytearray((folder / name).read_bytes())
    content[1000] ^= 1
    altered = shutil.copytree(folder, tmp_path / "altered")
    (altered / name).write_bytes(content)
    with pytest.raises(FeedbackError, match=name) as met:
        embed.checked(altered)
    assert met.value.hint
    (folder / name).unlink()
    with pytest.raises(FeedbackError, match="missing"):
        embed.checked(folder)


def test_unknown_names_are_refused_with_the_known_ones():
    with pytest.raises(FeedbackError) as met:
        embed.load("minilm-xl")
    assert "minilm" in (met.value.hint or "")
    with pytest.raises(FeedbackError):
        embed.shipped_model("minilm-xl")


# the cache
def test_what_was_encoded_once_is_read_again(model, tmp_path):
    first, second = Counting(model), Counting(model)
    rows = encode_cached(first, [*TEXTS, *TEXTS], VectorCache(tmp_path))
    again = encode_cached(second, TEXTS, VectorCache(tmp_path))
    assert sorted(first.asked) == sorted(TEXTS)
    assert second.asked == []
    assert rows.tobytes() == model.encode([*TEXTS, *TEXTS]).tobytes()
    assert again.tobytes() == rows[: len(TEXTS)].tobytes()


def test_only_new_texts_are_encoded(model, tmp_path):
    encode_cached(model, TEXTS[:3], VectorCache(tmp_path))
    counting = Counting(model, model.fingerprint)
    told: list[int] = []
    encode_cached(counting, TEXTS, VectorCache(tmp_path), progress=told.append)
    assert sorted(counting.asked) == sorted(TEXTS[3:])
    assert told[-1] == len(TEXTS)


def test_another_embedder_does_not_get_the_vectors_of_the_first(model, tmp_path):
    encode_cached(model, TEXTS, VectorCache(tmp_path))
    other = Counting(model, "another")
    encode_cached(other, TEXTS, VectorCache(tmp_path))
    assert len(other.asked) == len(TEXTS)


def test_equal_texts_are_encoded_once_without_a_cache_too(model):
    counting = Counting(model)
    assert encode_cached(counting, ["pay", "pay", "pay"], None).shape == (3, 384)
    assert counting.asked == ["pay"]
    assert encode_cached(counting, [], None).shape == (0, 384)


@pytest.mark.parametrize("damage", ["cut", "emptied", "one bit", "foreign"])
def test_a_damaged_cache_file_is_ignored_and_made_again(model, tmp_path, damage):
    rows = encode_cached(model, TEXTS, VectorCache(tmp_path))
    (file,) = tmp_path.iterdir()
    whole = file.read_bytes()
    flipped = whole[:500] + bytes([whole[500] ^ 1]) + whole[501:]
    contents = {"cut": whole[:-7], "emptied": b"", "one bit": flipped, "foreign": b"PK\x03\x04 not ours"}
    file.write_bytes(contents[damage])
    again = encode_cached(model, TEXTS, VectorCache(tmp_path))
    assert again.tobytes() == rows.tobytes()
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [whole]


def test_files_of_others_in_the_cache_folder_stay(model, tmp_path):
    (tmp_path / "notes.npy").write_text("mine")
    (tmp_path / "vectors-old.parquet").write_text("mine too")
    encode_cached(model, TEXTS, VectorCache(tmp_path))
    assert (tmp_path / "notes.npy").read_text() == "mine"
    assert (tmp_path / "vectors-old.parquet").exists()


def test_a_cache_that_cannot_be_written_to_stops_nothing(model, tmp_path):
    (tmp_path / "file").write_text("not a folder")
    rows = encode_cached(model, TEXTS, VectorCache(tmp_path / "file"))
    assert rows.tobytes() == model.encode(TEXTS).tobytes()


def test_many_small_files_are_joined_and_nothing_is_lost(tmp_path):
    texts = [f"text {number}" for number in range(MOST_FILES + 3)]
    rows = np.eye(len(texts), 4, dtype=np.float32)
    cache = VectorCache(tmp_path)
    for text, row in zip(texts, rows, strict=True):
        cache.add("some", [text, texts[0]], np.stack([row, rows[0]]))
    broken = sorted(tmp_path.iterdir())[0]
    cache.tidy("some")
    assert not broken.exists()
    assert len(list(tmp_path.iterdir())) == 1
    found = cache.find("some", [*texts, "unknown"])
    assert np.array_equal(np.stack([found[text] for text in texts]), rows)
    assert "unknown" not in found


def test_no_word_of_a_text_is_in_the_cache(model, tmp_path):
    encode_cached(model, ["Priya left in March"], VectorCache(tmp_path))
    for path in tmp_path.iterdir():
        assert b"Priya" not in path.read_bytes()
        assert "Priya" not in path.name

"""Models that people bring: a folder with ONNX, read as its own configuration says."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

import numpy as np
import pytest

from feedback import embed
from feedback.embed.folder import load_folder
from feedback.errors import FeedbackError

TEXTS = ["My caseload was too high.", "Caseload!", "", "Lunch was cold, every day."]
PIECES = ["<s>", "<pad>", "</s>", "[UNK]", "pay", "was", "low", "[CLS]", "[SEP]"]
CONFIG = {"cls_token": "<s>", "sep_token": {"content": "</s>"}, "unk_token": "[UNK]", "do_lower_case": True}


@pytest.fixture
def shipped(tmp_path):
    """The model that ships, as somebody would bring it."""
    folder = tmp_path / "brought"
    folder.mkdir()
    for name in ("model.onnx", "vocab.txt"):
        shutil.copy(embed.shipped_model() / name, folder)
    return folder


@pytest.fixture
def tiny(tmp_path):
    """A model whose token vectors are rows of a table: what comes out can be worked out by hand."""
    onnx = pytest.importorskip("onnx")
    table = np.eye(len(PIECES), dtype=np.float32)
    helper, kind = onnx.helper, onnx.TensorProto
    inputs = [
        helper.make_tensor_value_info(name, kind.INT64, ["batch", "tokens"])
        for name in ("input_ids", "attention_mask")
    ]
    output = helper.make_tensor_value_info("last_hidden_state", kind.FLOAT, None)
    nodes = [helper.make_node("Gather", ["table", "input_ids"], ["last_hidden_state"])]
    weights = [onnx.numpy_helper.from_array(table, "table")]
    graph = helper.make_graph(nodes, "tiny", inputs, [output], weights)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
    folder = tmp_path / "tiny"
    (folder / "1_Pooling").mkdir(parents=True)
    onnx.save(model, str(folder / "model.onnx"))
    (folder / "vocab.txt").write_text("\n".join(PIECES), encoding="utf-8")
    write(folder, "tokenizer_config.json", CONFIG)
    return folder


def write(folder: Path, name: str, content: object) -> None:
    (folder / name).write_text(json.dumps(content), encoding="utf-8")


def pooled_by(folder: Path, mode: str) -> Path:
    write(folder, "1_Pooling/config.json", {"word_embedding_dimension": 9, f"pooling_mode_{mode}": True})
    return folder


def test_the_model_that_ships_gives_the_same_vectors_from_a_folder(shipped):
    brought = embed.load(str(shipped))
    assert np.allclose(brought.encode(TEXTS), embed.load().encode(TEXTS), atol=1e-6)
    assert brought.encode([]).shape == (0, 384)


def test_a_folder_is_found_beside_the_settings(shipped):
    assert embed.load("brought", root=shipped.parent).fingerprint == load_folder(shipped).fingerprint
    assert embed.load("./brought", root=shipped.parent).fingerprint.startswith("onnx-")


def test_tokens_are_pooled_as_the_folder_says(tiny):
    mean = load_folder(pooled_by(tiny, "mean_tokens")).encode(["Pay was low"])[0]
    assert np.allclose(mean[[0, 2, 4, 5, 6]], 1 / np.sqrt(5), atol=1e-6)
    first = load_folder(pooled_by(tiny, "cls_token")).encode(["Pay was low"])[0]
    assert first.argmax() == 0
    assert np.isclose(first[0], 1)


def test_a_text_is_cut_at_what_the_model_reads(tiny):
    write(tiny, "sentence_bert_config.json", {"max_seq_length": 8})
    rows = load_folder(tiny).encode(["pay " * 6, "pay " * 60])
    assert np.allclose(rows[0], rows[1])


def test_what_the_model_wants_before_a_text_is_put_there(tiny):
    plain = load_folder(tiny).encode(["pay was"])
    write(
        tiny,
        "config_sentence_transformers.json",
        {"prompts": {"query": "pay "}, "default_prompt_name": "query"},
    )
    assert np.allclose(load_folder(tiny).encode(["was"]), plain)


@pytest.mark.parametrize("name", ["model.onnx", "vocab.txt", "tokenizer_config.json"])
def test_the_fingerprint_follows_every_file_of_the_model(tiny, name):
    before = load_folder(tiny).fingerprint
    (tiny / name).write_bytes((tiny / name).read_bytes() + b" ")
    assert load_folder(tiny).fingerprint != before


def test_a_folder_that_is_not_there_or_empty_says_what_belongs_in_it(tmp_path):
    with pytest.raises(FeedbackError, match="no model folder") as met:
        embed.load("models/mine", root=tmp_path)
    assert "model.onnx" in (met.value.hint or "")
    with pytest.raises(FeedbackError, match="holds no model"):
        load_folder(tmp_path)


def test_a_broken_model_is_an_error_and_no_traceback(shipped):
    (shipped / "model.onnx").write_bytes(b"not a model")
    with pytest.raises(FeedbackError, match="cannot be loaded"):
        load_folder(shipped).encode(["pay"])


def test_a_model_without_its_words_says_so(tiny):
    (tiny / "vocab.txt").unlink()
    with pytest.raises(FeedbackError, match="no tokenizer"):
        load_folder(tiny).encode(["pay"])


def test_pooling_and_steps_that_are_not_known_are_refused(tiny):
    with pytest.raises(FeedbackError, match="pooling_mode_max_tokens"):
        load_folder(pooled_by(tiny, "max_tokens"))
    write(pooled_by(tiny, "mean_tokens"), "modules.json", [{"type": "sentence_transformers.models.Dense"}])
    with pytest.raises(FeedbackError, match="Dense"):
        load_folder(tiny)


def test_broken_settings_of_a_model_are_an_error(tiny):
    (tiny / "1_Pooling/config.json").write_text("{", encoding="utf-8")
    with pytest.raises(FeedbackError, match="cannot be read"):
        load_folder(tiny)


def test_a_sentence_transformers_folder_without_the_package_says_how_to_go_on(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)  # as if it were not installed
    (tmp_path / "model.safetensors").write_bytes(b"weights")
    with pytest.raises(FeedbackError, match="not installed") as met:
        load_folder(tmp_path)
    assert "ONNX" in (met.value.hint or "")

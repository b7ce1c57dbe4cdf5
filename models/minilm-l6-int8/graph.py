"""The MiniLM encoder as an ONNX graph: one text in, one vector of length 1 out.

The graph takes the tokens of a single text, so it needs no padding and no attention mask, and a text's
vector cannot depend on its neighbours in a batch (int8 activations take their scale from the whole input).
Architecture: Devlin et al. 2019 (BERT), Wang et al. 2020 (MiniLM), Reimers and Gurevych 2019 (mean pooling).
Smoothing of outlier channels: Xiao et al. 2023 (SmoothQuant).
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

LAYERS, HEADS, WIDTH, LONGEST = 6, 12, 384, 256
INPUTS = ("qkv", "out", "up", "down")  # the four matrix products of a layer
WEIGHT_TOP = 63  # 7 bits: on processors without VNNI the sums of 8-bit products overflow 16 bits

Weights = Mapping[str, np.ndarray]
Smoothing = Mapping[str, np.ndarray]


class Encoder:
    """Writes the nodes. Without a `smoothing` the model is fp32 and gives out every product's input too."""

    def __init__(self, weights: Weights, smoothing: Smoothing | None) -> None:
        self.weights = weights
        self.smoothing = smoothing
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []
        self.taps: list[str] = []

    def constant(self, value: np.ndarray) -> str:
        name = f"c{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def node(self, kind: str, *inputs: str, outputs: tuple[str, ...] = (), **attributes: object) -> str:
        outputs = outputs or (f"{kind}{len(self.nodes)}",)
        self.nodes.append(helper.make_node(kind, list(inputs), list(outputs), **attributes))
        return outputs[0]

    def product(self, x: str, name: str, weight: np.ndarray, bias: np.ndarray) -> str:
        """x @ weight + bias, with weight (in, out); in int8 when there is a smoothing."""
        if self.smoothing is None:
            self.taps.append(self.node("Identity", x, outputs=(name,)))
            return self.node("Add", self.node("MatMul", x, self.constant(weight)), self.constant(bias))
        smooth = self.smoothing[name]
        whole, scale = rounded(weight * smooth[:, None], axis=0, top=WEIGHT_TOP)
        x = self.node("Mul", x, self.constant(1 / smooth))
        quantised = tuple(f"{name}.{part}" for part in ("values", "scale", "zero"))
        self.node("DynamicQuantizeLinear", x, outputs=quantised)
        zero = self.constant(np.zeros(len(scale), np.int8))
        sums = self.node("MatMulInteger", quantised[0], self.constant(whole), quantised[2], zero)
        scales = self.node("Mul", quantised[1], self.constant(scale))
        scaled = self.node("Mul", self.node("Cast", sums, to=TensorProto.FLOAT), scales)
        return self.node("Add", scaled, self.constant(bias))

    def dense(self, x: str, name: str, *parts: str) -> str:
        """The product with one or more dense layers of the published model, side by side."""
        weight = np.concatenate([self.weights[f"{part}.weight"].T for part in parts], axis=1)
        bias = np.concatenate([self.weights[f"{part}.bias"] for part in parts])
        return self.product(x, name, weight, bias)

    def norm(self, x: str, part: str) -> str:
        gain, bias = (self.constant(self.weights[f"{part}.{end}"]) for end in ("weight", "bias"))
        return self.node("LayerNormalization", x, gain, bias, axis=-1, epsilon=1e-12)

    def embeddings(self) -> str:
        words = self.weights["embeddings.word_embeddings.weight"]
        places = self.weights["embeddings.position_embeddings.weight"][:LONGEST]
        places = places + self.weights["embeddings.token_type_embeddings.weight"][0]
        if self.smoothing is None:
            word = self.node("Gather", self.constant(words), "input_ids")
        else:
            whole, scale = rounded(words, axis=1, top=127)
            taken = self.node("Gather", self.constant(whole), "input_ids")
            scales = self.node("Gather", self.constant(scale[:, None]), "input_ids")
            word = self.node("Mul", self.node("Cast", taken, to=TensorProto.FLOAT), scales)
        length = self.node("Shape", "input_ids")
        zero = self.constant(np.array([0]))
        place = self.node("Slice", self.constant(places), zero, length, zero)
        return self.norm(self.node("Add", word, place), "embeddings.LayerNorm")

    def attention(self, x: str, layer: int) -> str:
        part = f"encoder.layer.{layer}.attention.self"
        joined = self.dense(x, f"{layer}.qkv", *(f"{part}.{one}" for one in ("query", "key", "value")))
        heads = self.node("Reshape", joined, self.constant(np.array([0, 3, HEADS, WIDTH // HEADS])))
        heads = self.node("Transpose", heads, perm=[1, 2, 0, 3])
        split = tuple(f"{layer}.{one}" for one in ("query", "key", "value"))
        self.node("Split", heads, outputs=split, axis=0, num_outputs=3)
        first = self.constant(np.array([0]))
        query, key, value = (self.node("Squeeze", one, first) for one in split)
        query = self.node("Mul", query, self.constant(np.float32((WIDTH // HEADS) ** -0.5)))
        scores = self.node("MatMul", query, self.node("Transpose", key, perm=[0, 2, 1]))
        mixed = self.node("MatMul", self.node("Softmax", scores, axis=-1), value)
        mixed = self.node("Transpose", mixed, perm=[1, 0, 2])
        return self.node("Reshape", mixed, self.constant(np.array([0, WIDTH])))

    def layer(self, x: str, layer: int) -> str:
        part = f"encoder.layer.{layer}"
        mixed = self.dense(self.attention(x, layer), f"{layer}.out", f"{part}.attention.output.dense")
        x = self.norm(self.node("Add", mixed, x), f"{part}.attention.output.LayerNorm")
        wide = self.node("Gelu", self.dense(x, f"{layer}.up", f"{part}.intermediate.dense"))
        narrow = self.dense(wide, f"{layer}.down", f"{part}.output.dense")
        return self.norm(self.node("Add", narrow, x), f"{part}.output.LayerNorm")

    def model(self) -> bytes:
        x = self.embeddings()
        for layer in range(LAYERS):
            x = self.layer(x, layer)
        first = self.constant(np.array([0]))
        mean = self.node("ReduceMean", x, first, keepdims=0)
        length = self.node("ReduceL2", mean, first, keepdims=1)
        self.node("Div", mean, length, outputs=("vector",))
        outputs = [helper.make_tensor_value_info("vector", TensorProto.FLOAT, [WIDTH])]
        outputs += [helper.make_tensor_value_info(tap, TensorProto.FLOAT, None) for tap in self.taps]
        tokens = helper.make_tensor_value_info("input_ids", TensorProto.INT64, ["tokens"])
        graph = helper.make_graph(self.nodes, "minilm-l6", [tokens], outputs, self.constants)
        opset = [helper.make_opsetid("", 20)]
        made = helper.make_model(graph, opset_imports=opset, ir_version=9, producer_name="feedback")
        return made.SerializeToString(deterministic=True)


def rounded(values: np.ndarray, *, axis: int, top: int) -> tuple[np.ndarray, np.ndarray]:
    """Whole numbers from -top to top (int8), and the scale of each row or column to multiply them by."""
    scale = (np.abs(values).max(axis, keepdims=True) / np.float32(top)).astype(np.float32)
    whole = np.clip(np.rint(values / scale), -top, top).astype(np.int8)
    return whole, scale.squeeze(axis)

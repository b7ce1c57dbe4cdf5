"""Matrix products: the same to the last bit in every company, order and on every processor."""

import os
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedback.tagging.blocks import ROWS, product

_DIGEST = """
import hashlib
import numpy as np
from feedback.tagging.blocks import product
draw = np.random.default_rng(7)
rows, columns = (draw.normal(size=(n, 384)).astype(np.float32) for n in (700, 61))
print(hashlib.sha256(product(rows, columns.T).tobytes()).hexdigest())
"""


def drawn(n, m, seed, *, width=384, kind=np.float32):
    draw = np.random.default_rng(seed)
    return draw.normal(size=(n, width)).astype(kind), draw.normal(size=(m, width)).astype(kind).T


@settings(max_examples=20)
@given(st.integers(1, 3 * ROWS), st.integers(1, 60), st.integers(0, 3))
def test_a_row_has_the_same_bits_in_any_company(n, m, seed):
    rows, columns = drawn(n, m, seed)
    whole, order = product(rows, columns), np.random.default_rng(seed).permutation(n)
    assert product(rows[order[:1]], columns).tobytes() == whole[order[:1]].tobytes()
    assert product(rows[order], columns).tobytes() == whole[order].tobytes()


@settings(max_examples=20)
@given(st.integers(1, 300), st.integers(1, 60), st.integers(0, 3))
def test_a_column_has_the_same_bits_in_any_company(n, m, seed):
    rows, columns = drawn(n, m, seed)
    whole, order = product(rows, columns), np.random.default_rng(seed).permutation(m)
    assert product(rows, columns[:, order[:1]]).tobytes() == whole[:, order[:1]].tobytes()
    assert product(rows, np.ascontiguousarray(columns[:, order])).tobytes() == whole[:, order].tobytes()


@given(st.integers(1, 700), st.sampled_from([np.float32, np.float64]), st.integers(-60, 60))
def test_a_product_is_as_near_to_the_truth_as_a_product_of_float32(width, kind, size):
    rows, columns = drawn(9, 5, width, width=width, kind=kind)
    rows, exact = rows * kind(2.0**size), np.float64(rows * kind(2.0**size)) @ np.float64(columns)
    lengths = np.linalg.norm(rows, axis=1)[:, None] * np.linalg.norm(columns, axis=0)
    found = product(rows, columns)
    assert found.dtype == kind
    assert (np.abs(found - exact) <= 1e-6 * lengths).all()


def test_rows_of_zeros_and_no_rows_have_their_product():
    rows, columns = drawn(3, 4, 0)
    assert not product(rows * 0, columns).any()
    assert product(rows[:0], columns).shape == (0, 4)


@pytest.mark.skipif(
    "OPENBLAS" not in str(np.show_config("dicts")).upper(), reason="numpy has another library"
)
def test_another_processor_gives_the_same_bits():
    found = set()
    for kind in ("", "Sandybridge", "Nehalem"):
        environment = {**os.environ, "OPENBLAS_CORETYPE": kind}
        done = subprocess.run(
            [sys.executable, "-c", _DIGEST], env=environment, capture_output=True, text=True, check=True
        )
        found.add(done.stdout)
    assert len(found) == 1

"""Matrix products whose rows are the same to the last bit whatever stands beside them.

A library of linear algebra takes other paths for other sizes, and rounds differently on each. In blocks of
one size there is one path, so a text has the same figures in every company: in one piece or in many.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, Any]

ROWS = 512
_SMALL = 1_100_000  # multiplications below which OpenBLAS takes the path for small matrices


def product(rows: Array, columns: Array) -> Array:
    """rows @ columns, (n, width) by (width, m), in blocks of at least ROWS rows; zeros fill up the last."""
    import numpy as np

    found = np.empty((len(rows), columns.shape[1]), dtype=np.result_type(rows, columns))
    size = ROWS * (1 + _SMALL // (ROWS * max(1, columns.size)))
    with one_thread():
        for start in range(0, len(rows), size):
            block = rows[start : start + size]
            missing = size - len(block)
            if missing:
                block = np.concatenate([block, np.zeros((missing, rows.shape[1]), dtype=rows.dtype)])
            found[start : start + size] = (block @ columns)[: len(found) - start]
    return found


def one_thread() -> AbstractContextManager[Any]:
    """Within it linear algebra runs on one thread: the same bits anywhere, and quicker for small blocks."""
    limit: AbstractContextManager[Any] = _libraries().limit(limits=1)
    return limit


@cache
def _libraries() -> Any:
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController().select(user_api="blas")

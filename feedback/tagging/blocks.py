"""Matrix products whose figures are the same to the last bit in every company, order and machine.

A library of linear algebra adds up in another order for other sizes, on other processors and even for other
places in one block, and rounds differently in each. Whole numbers of a few digits have no such trouble: their
products and all sums of them fit into a float64, so that every order gives the same (the splitting of Ozaki,
Ogita, Oishi and Rump, Numerical Algorithms 59, 2012, with one part each).
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, Any]

ROWS = 512
_BITS = 53  # of a float64's whole numbers


def product(rows: Array, columns: Array) -> Array:
    """rows @ columns, (n, width) by (width, m), of numbers to 22 bits of the largest in their row or column.

    So many for a width of up to 512: about what a product of float32 is worth.
    """
    import numpy as np

    bits = (_BITS - max(1, columns.shape[0] - 1).bit_length()) // 2
    found = np.empty((len(rows), columns.shape[1]), dtype=np.result_type(rows, columns))
    whole, sizes = _whole(columns.T, bits)
    with one_thread():
        for start in range(0, len(rows), ROWS):
            here = slice(start, start + ROWS)
            block, heights = _whole(rows[here], bits)
            found[here] = block @ whole.T * np.ldexp(1.0, heights + sizes.T)
    return found


def _whole(rows: Array, bits: int) -> tuple[Array, Array]:
    """Each row as whole numbers of so many bits, and the power of two, (n, 1), that they stand for."""
    import numpy as np

    least, most = (getattr(rows, which)(axis=1, keepdims=True, initial=0) for which in ("min", "max"))
    powers = np.frexp(np.maximum(-least, most))[1] - bits
    found: Array = np.multiply(rows, np.ldexp(1.0, -powers), dtype=np.float64)
    return np.rint(found, out=found), powers


def one_thread() -> AbstractContextManager[Any]:
    """Within it linear algebra runs on one thread: the same bits anywhere, and quicker for small blocks."""
    limit: AbstractContextManager[Any] = _libraries().limit(limits=1)
    return limit


@cache
def _libraries() -> Any:
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController().select(user_api="blas")

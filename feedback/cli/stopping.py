"""Ctrl-C, heard wherever it comes."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType


@contextmanager
def hearing_ctrl_c() -> Iterator[Callable[[], None]]:
    """Within it Ctrl-C is remembered as well as raised; what it gives raises it again.

    A library at work in its own machine code can lose the KeyboardInterrupt that Python raises there, so
    long work asks between two steps, and is asked once more at its end.
    """
    if threading.current_thread() is not threading.main_thread():
        yield lambda: None
        return
    pressed = threading.Event()

    def press(number: int, frame: FrameType | None) -> None:
        pressed.set()
        raise KeyboardInterrupt

    def check() -> None:
        if pressed.is_set():
            raise KeyboardInterrupt

    before = signal.getsignal(signal.SIGINT)
    if before is not signal.default_int_handler:  # somebody else decides what it means here
        yield check
        return
    signal.signal(signal.SIGINT, press)
    try:
        yield check
        check()
    finally:
        signal.signal(signal.SIGINT, before)

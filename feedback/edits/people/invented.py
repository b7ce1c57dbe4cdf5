"""Invented names for people, from a shipped list in which no gender is heard."""

from __future__ import annotations

import hmac
from collections.abc import Collection, Iterator
from functools import cache
from importlib import resources

from feedback.edits.text.words import keys


def names_apart_from(heard: Collection[str], *, secret: bytes) -> Iterator[str]:
    """Names in brackets without end, in the secret's order, none of which is among the folded words `heard`.

    When the list is used up they go on with numbers: [Rowan 2].
    """
    free = [name for name in _shipped() if not set(keys(name)) & set(heard)]
    free.sort(key=lambda name: hmac.digest(secret, f"name\0{name}".encode(), "sha256"))
    yield from (f"[{name}]" for name in free)
    number = 2
    while True:
        yield from (f"[{name} {number}]" for name in free or ["Somebody"])
        number += 1


@cache
def _shipped() -> tuple[str, ...]:
    text = resources.files("feedback.edits").joinpath("lists", "neutral.txt").read_text("utf-8")
    lines = (line.partition("#")[0] for line in text.splitlines())
    return tuple(sorted({name.strip() for line in lines for name in line.split(",")} - {""}))

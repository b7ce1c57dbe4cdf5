"""A Report as bytes and back again, so that what was summed up once need not be summed up each time."""

from __future__ import annotations

import json
from dataclasses import asdict, fields, is_dataclass
from functools import cache
from typing import Any, get_args, get_origin, get_type_hints

from feedback.model import Report


def packed(report: Report) -> bytes:
    """All fields of a Report as JSON in UTF-8, for `unpacked`."""
    return json.dumps(asdict(report), ensure_ascii=False).encode()


def unpacked(data: bytes) -> Report:
    """The Report that was packed; ValueError, KeyError or TypeError where the bytes are none."""
    found: Report = _as_typed(Report, json.loads(data))
    return found


def _as_typed(kind: Any, value: Any) -> Any:
    """What JSON holds, as the types of a field say: lists are tuples, objects are frozen things."""
    if isinstance(kind, type) and is_dataclass(kind):
        made = {field.name: _as_typed(_types(kind)[field.name], value[field.name]) for field in fields(kind)}
        return kind(**made)
    if isinstance(value, list):
        kinds = get_args(kind) if get_origin(kind) is tuple else _tuple_in(kind)
        of_each = kinds[:1] * len(value) if kinds[1:] == (...,) else kinds
        return tuple(_as_typed(one, item) for one, item in zip(of_each, value, strict=True))
    return value


def _tuple_in(kind: Any) -> tuple[Any, ...]:
    """What the tuple in `tuple[...] | None` is made of; of anything where the type does not say."""
    return next((get_args(one) for one in get_args(kind) if get_origin(one) is tuple), (Any, ...))


@cache
def _types(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)

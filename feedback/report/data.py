"""The report as JSON, for other programs."""

from __future__ import annotations

import json
from dataclasses import asdict

from feedback.model import Report


def write_json(report: Report) -> bytes:
    """The Report's fields as UTF-8 JSON with `"feedback": 1`; hidden cells are null. Ends in a line end."""
    found = {"feedback": 1, **asdict(report)}
    return (json.dumps(found, ensure_ascii=False, indent=2, allow_nan=False) + "\n").encode()

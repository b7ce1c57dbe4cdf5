"""Qualitative feedback analysis, offline. The command line and this module do the same things.

    import feedback as fb
    documents, dropped = fb.read("interview-07.vtt")
    segments = fb.segment(documents, fb.find_edits(documents, names=["Priya"]))
    tags = fb.tag(segments, fb.Codebook.load("themes.yaml"))

Tables are plain pandas DataFrames; `feedback.tables` says which columns they have.
"""

from __future__ import annotations

import os
from importlib import import_module
from typing import Any

# From 1.29 on onnxruntime reports its use to its makers from native code, ten seconds after it was imported.
# Only this, set before it is imported, keeps it from starting; a call that switches it off comes too late.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"

_WHERE = {
    "Codebook": "codebook",
    "FeedbackError": "errors",
    "Project": "project",
    "agreement": "agreeing.agreement",
    "compare": "comparing",
    "evaluate": "agreeing.evaluate",
    "export": "leaving.publish",
    "find_edits": "edits",
    "find_factors": "factors",
    "pick_quotes": "quotes",
    "quote_bank": "report.bank",
    "quoted_in": "readers.published",
    "read": "readers",
    "score": "tagging",
    "segment": "segments",
    "segments_from": "segments",
    "summarise": "report",
    "tag": "tagging",
    "tags_from": "coding.files",
    "train": "tagging.classifier.training",
    "verify_quotes": "quotes.verify",
}
__all__ = list(_WHERE)


def __getattr__(name: str) -> Any:
    """Imports a public name when it is first used, so that importing feedback costs nothing."""
    if name not in _WHERE:
        raise AttributeError(f"module 'feedback' has no attribute '{name}'")
    value = getattr(import_module(f"feedback.{_WHERE[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)

"""Who reads a project's texts: the fingerprint of its embedder, known from before while the texts stay.

To tell it of a student, or of an embedder that learns from the texts, all of them must be gone through; every
command asks for it, since what is stale depends on it.
"""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from typing import TYPE_CHECKING

from feedback.disk import write_bytes
from feedback.errors import FeedbackError
from feedback.pipeline.streamed import made_by

if TYPE_CHECKING:
    from feedback.pipeline.stages import Context

_FILE = "reader.json"


def fingerprint_of(context: Context) -> str:
    """The fingerprint of the project's embedder; of one that has nothing to read yet its name.

    What is kept is a digest of what it follows from, and the fingerprint, which stands in tables as well.
    """
    if not context.project.file("segments").exists():
        return context.settings.embedder
    if known := known_fingerprint(context):
        return known
    found = context.embedder.fingerprint
    told = json.dumps({"made_from": _made_from(context), "fingerprint": found})
    with suppress(FeedbackError):
        write_bytes(context.vectors / _FILE, told.encode(), private=True)
    return found


def known_fingerprint(context: Context) -> str:
    """The fingerprint of the embedder of these very texts, where an earlier command told it; else ""."""
    with suppress(OSError, ValueError, KeyError, TypeError):
        known = json.loads((context.vectors / _FILE).read_bytes())
        if known["made_from"] == _made_from(context):
            return str(known["fingerprint"])
    return ""


def _made_from(context: Context) -> str:
    from feedback.pipeline.stages import Fitted

    settings, embedder = context.settings, context.named
    teacher = "" if isinstance(embedder, Fitted) else embedder.fingerprint
    told = [
        made_by(),
        context.project.content("segments"),
        settings.embedder,
        settings.student_above,
        teacher,
    ]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()

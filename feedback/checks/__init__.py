"""What should be looked at before words are analysed or leave the project, each with its remedy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Concern:
    """Something to look at: an "error" makes figures wrong or gives somebody away, a "warning" may.

    about: ids of documents, people or quotes, names of tables, places in files; never names or words of
    people. `mend` is what to do, with the command if there is one.
    """

    check: str
    level: Literal["error", "warning"]
    message: str
    about: tuple[str, ...]
    mend: str

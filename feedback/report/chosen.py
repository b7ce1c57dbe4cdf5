"""How a report is made, as its maker chose."""

from __future__ import annotations

from dataclasses import dataclass

from feedback.disclosure import Broader


@dataclass(frozen=True)
class Choices:
    """How a report is made; the meanings are those of `summarise`."""

    approach: str
    leaver: str
    group: str
    attributes: tuple[str, ...]
    k: int
    percentages_from: int
    broader: Broader
    pool: bool = False
    main_reason: tuple[str, ...] = ()

    @property
    def ranked(self) -> bool:
        """Whether themes and push factors may be ranked."""
        return self.approach != "reflexive"

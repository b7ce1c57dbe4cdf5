"""Whether machine, installation and project are as they should be: findings with their remedies."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Literal

if TYPE_CHECKING:
    from feedback.project import Project

FINE: Final = "fine"
LOOK: Final = "look"
MEND: Final = "mend"


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found: "fine", something to "look" at, or something to "mend".

    `message` says what is so, `remedy` what to do ("" where nothing is), `facts` the figures behind it.
    """

    check: str
    state: Literal["fine", "look", "mend"]
    message: str
    remedy: str = ""
    facts: dict[str, Any] = field(default_factory=dict)


def of_installation() -> list[Finding]:
    """What holds without any project: packages, models, and that no connection is opened (some seconds)."""
    from feedback.doctoring.connections import no_connection
    from feedback.doctoring.installed import models, packages

    return [no_connection(), *models(), *packages()]


def of_project(project: Project) -> list[Finding]:
    """What holds in a project and where it lies; nothing is changed, and no word of anybody is shown."""
    from feedback.doctoring import places, records

    return [*places.findings(project), *records.findings(project)]

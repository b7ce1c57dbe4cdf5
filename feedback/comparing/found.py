"""What a comparison gives back: groups, lines, and what was done to compare them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

Limits = tuple[float, float]
GROUPS = (
    "attribute", "kind", "id", "label", "group", "n", "of", "share", "low", "high", "difference",
    "difference_low", "difference_high", "number",
)  # fmt: skip
LINES = (
    "attribute", "kind", "id", "label", "n", "of", "not_asked", "compared", "test", "p", "corrected",
    "differs", "why_not", "number", "n_number", "not_asked_number",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Group:
    """A group's people who say it: n of `of`, both None where hidden.

    `share` with its 95 % limits stands only where `of` is large enough. `difference` is that from all other
    people who are compared, with its limits. `number` is the id by which `feedback why` knows it.
    """

    name: str
    n: int | None = None
    of: int | None = None
    share: float | None = None
    limits: Limits | None = None
    difference: float | None = None
    difference_limits: Limits | None = None
    number: str = ""


@dataclass(frozen=True)
class Compared:
    """A theme or push factor by an attribute. `n` of `of` people say it, `not_asked` more were not asked.

    `compared`: how many groups the test is about, 0 without one; `test` its name. `p` is chance alone,
    `corrected` the same for all comparisons of the run; `differs` says whether that is below 0.05. `why_not`:
    why there is none.
    `number`, `n_number`, `not_asked_number`: the ids of the test, of `n` and of `not_asked`.
    """

    attribute: str
    kind: str
    id: str
    label: str
    groups: tuple[Group, ...]
    n: int
    of: int
    not_asked: int = 0
    compared: int = 0
    test: str = ""
    p: float | None = None
    corrected: float | None = None
    why_not: str = ""
    number: str = ""
    n_number: str = ""
    not_asked_number: str = ""

    @property
    def differs(self) -> bool | None:
        return None if self.corrected is None else self.corrected < 0.05


@dataclass(frozen=True)
class Comparison:
    """All lines by all attributes asked for, in order; `n_comparisons` were made or could not be shown.

    `heard`: by attribute, how many people are in each group, None where that is hidden; `heard_numbers` their
    ids. `notes` say how it was counted, compared and hidden, and what it does not show.
    """

    lines: tuple[Compared, ...]
    heard: dict[str, dict[str, int | None]]
    n_comparisons: int
    notes: tuple[str, ...] = field(default=())
    heard_numbers: dict[str, dict[str, str]] = field(default_factory=dict)

    @property
    def groups(self) -> pd.DataFrame:
        """Every group's figures as a table with the columns GROUPS; what is hidden is missing."""
        import pandas as pd

        rows = [
            (
                line.attribute, line.kind, line.id, line.label, one.name, one.n, one.of, one.share,
                *(one.limits or (None, None)), one.difference, *(one.difference_limits or (None, None)),
                one.number,
            )
            for line in self.lines
            for one in line.groups
        ]  # fmt: skip
        return pd.DataFrame(rows, columns=list(GROUPS), dtype=object)

    @property
    def tests(self) -> pd.DataFrame:
        """Every line's comparison as a table with the columns LINES."""
        import pandas as pd

        rows = [tuple(getattr(line, name) for name in LINES) for line in self.lines]
        return pd.DataFrame(rows, columns=list(LINES), dtype=object)

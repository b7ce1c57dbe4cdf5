"""A comparison as sheets of a workbook."""

from __future__ import annotations

from feedback.comparing.found import Comparison
from feedback.report.sheets import Sheet

FOR_WHOM = (
    "Counts of groups of people, hidden where few could be traced. The ids in 'number' are for those who "
    "have the project: `feedback why` shows them who is behind."
)


def comparison_sheets(found: Comparison) -> list[Sheet]:
    """Groups (a row for each group of each line), Tests (one for each line), and Notes."""
    import pandas as pd

    notes = pd.DataFrame({"note": [*found.notes]})
    tests = found.tests
    tests["differs"] = tests["differs"].map({True: "yes", False: "no"})
    return [
        Sheet(
            "Groups",
            "How many people of each group say it: n of so many. What is empty is hidden, or too few for a "
            "share. 'difference' is that of the share from all others who are compared. Low and high are "
            "95 % limits. `feedback why` with the id in 'number' shows who stands behind a number.",
            found.groups,
        ),
        Sheet(
            "Tests",
            f"How often chance alone would part the groups as far (p), and the same corrected for all "
            f"{found.n_comparisons} comparisons of this run.",
            tests,
        ),
        Sheet("Notes", "How it was counted, compared and hidden, and what it does not show.", notes),
    ]

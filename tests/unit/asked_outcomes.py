"""What tests of retention ask of a made-up cohort, and where the answer stands."""

from feedback.outcomes import Asked, outcomes
from feedback.outcomes.cohort import EVERYBODY
from feedback.settings.outcomes import Outcomes
from tests.unit.cohorts import LAST_DAY

COLUMNS = Outcomes(
    start="start_date",
    left_first_employer="left_employer",
    left_profession="left_profession",
    status="status",
    until=LAST_DAY.isoformat(),
)
PROFESSION = Asked(("left-profession",), (36,))


def found(people, *definitions, columns=COLUMNS, **asked):
    wanted = {"at": (36,), **asked}
    return outcomes(people, Asked(definitions or ("left-profession",), **wanted), columns=columns)


def row_of(answer, group=EVERYBODY, months=36, at=0):
    rows = answer.by_definition[at].retention.rows
    (row,) = rows[(rows["group"] == group) & (rows["months"] == months)].to_dict("records")
    return row


def reasons(answer, at=0):
    return {why.what: why for why in answer.by_definition[at].refused}

"""Reading the daily counts of a period: by department, measure and label, and over time."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from connectors.console.dashboard.periods import Period, Step
from connectors.database import Connection

EVERYONE, OWN = "all", "own"  # scopes: the whole installation; one's own structure
ALL = "*"  # every department, or every label of a measure
UNKNOWN = ""  # the department of conversations in which no place was told

# (scope, measure, label, department)
Key = tuple[str, str, str, str]

TOTALS = """
SELECT structure_id IS NULL AS everyone, department, measure, label, sum(number)::int AS number
FROM people.daily_counts
WHERE (structure_id IS NULL OR structure_id = %(structure)s) AND day BETWEEN %(first)s AND %(last)s
    AND measure <> 'alarm'
GROUP BY 1, 2, 3, 4 HAVING sum(number) > 0
"""
OVER_TIME = """
SELECT structure_id IS NULL AS everyone, department, measure, label, date_trunc(%(step)s, day)::date AS begins,
    sum(number)::int AS number
FROM people.daily_counts
WHERE (structure_id IS NULL OR structure_id = %(structure)s) AND day BETWEEN %(first)s AND %(last)s
    AND measure IN ('spoke', 'silent', 'alarm')
GROUP BY 1, 2, 3, 4, 5 HAVING sum(number) > 0
"""
# Every alarm ever raised, those of conversations erased at once among them; of no department.
ALARMS = """
SELECT danger, date_trunc(%(step)s, day)::date AS begins, sum(number)::int AS number FROM people.alarm_counts
WHERE day BETWEEN %(first)s AND %(last)s GROUP BY 1, 2
"""


@dataclass
class Figures:
    """Numbers as they are, not to be shown: `numbers` by key, `waits` as {seconds: calls} by (scope, department)."""

    numbers: dict[Key, int] = field(default_factory=dict)
    waits: defaultdict[tuple[str, str], dict[float, int]] = field(default_factory=lambda: defaultdict(dict))

    def add(self, scope: str, measure: str, label: str, department: str, number: int) -> None:
        """Count more of something."""
        key = (scope, measure, label, department)
        self.numbers[key] = self.numbers.get(key, 0) + number


async def read(connection: Connection, period: Period, step: Step, structure: UUID | None) -> Figures:
    """Return the figures of the whole installation, and those of a structure beside."""
    asked = {"structure": structure, "first": period.first, "last": period.last, "step": step}
    figures = Figures()
    for row in await (await connection.execute(TOTALS, asked)).fetchall():
        scope = EVERYONE if row["everyone"] else OWN
        if row["measure"] == "answer_time":
            figures.waits[scope, row["department"]][float(row["label"])] = row["number"]
        elif row["measure"] in ("spoke", "silent"):
            figures.add(scope, "heard", row["measure"], row["department"], row["number"])
        else:
            figures.add(scope, row["measure"], row["label"], row["department"], row["number"])
    await _add_over_time(connection, figures, asked)
    return figures


async def _add_over_time(connection: Connection, figures: Figures, asked: Mapping[str, Any]) -> None:
    raised: defaultdict[tuple[str, str], int] = defaultdict(int)
    for row in await (await connection.execute(OVER_TIME, asked)).fetchall():
        scope, begins = EVERYONE if row["everyone"] else OWN, row["begins"].isoformat()
        if row["measure"] != "alarm":
            figures.add(scope, "opened_on", begins, row["department"], row["number"])
            continue
        figures.add(scope, "alarm", row["label"], row["department"], row["number"])
        figures.add(scope, "alarm_on", begins, row["department"], row["number"])
        if scope == EVERYONE:
            raised[row["label"], begins] += row["number"]
    for row in await (await connection.execute(ALARMS, asked)).fetchall():
        begins = row["begins"].isoformat()
        erased = row["number"] - raised[row["danger"], begins]
        if erased > 0:
            figures.add(EVERYONE, "alarm", row["danger"], UNKNOWN, erased)
            figures.add(EVERYONE, "alarm_on", begins, UNKNOWN, erased)

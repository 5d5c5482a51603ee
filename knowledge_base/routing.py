"""Which service is for whom: rules as data (`routing.yml`), read once."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

PATH = Path(__file__).with_name("routing.yml")
NAMED = 2  # services proposed


@dataclass(frozen=True)
class Rule:
    """A service and the cases that it is for."""

    service: str
    age: tuple[int, int] | None
    situations: frozenset[str]
    excluded: frozenset[str]

    def fits(self, age: int | None, situations: Collection[str]) -> bool:
        """Say whether somebody is such a case; an age that is not known fits no rule about age."""
        if self.age is not None and (age is None or not self.age[0] <= age <= self.age[1]):
            return False
        return self.situations <= set(situations) and not self.excluded & set(situations)


@cache
def rules(path: Path = PATH) -> tuple[Rule, ...]:
    """Read the rules, in order."""
    return tuple(
        Rule(
            row["service"],
            tuple(row["age"]) if "age" in row else None,
            frozenset(row.get("situations", ())),
            frozenset(row.get("not", ())),
        )
        for row in yaml.safe_load(path.read_text())
    )


def services_for(age: int | None, situations: Collection[str]) -> list[str]:
    """Return the services for a case, best first; none when too little is known."""
    fitting = [rule.service for rule in rules() if rule.fits(age, situations)]
    return list(dict.fromkeys(fitting))[:NAMED]

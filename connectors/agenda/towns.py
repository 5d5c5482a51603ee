"""Towns of the gazetteer: the one that somebody names, and those that a map without tiles shows."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Any

from connectors.database import Connection

SHORT = {"st": "saint", "ste": "sainte"}
POSTCODE = re.compile(r"\b\d{5}\b")
NAMESAKES = 4
MOST_SHOWN = 60  # towns on a map; it leaves out those whose names would touch

# A code that no commune holds is a CEDEX: of a town whose codes begin alike, else of the largest of the department.
BY_POSTCODE = """
SELECT * FROM knowledge.gazetteer WHERE %(code)s = ANY (postcodes) OR department = %(department)s
ORDER BY %(code)s = ANY (postcodes) DESC,
         EXISTS (SELECT FROM unnest(postcodes) one WHERE one LIKE %(like)s) DESC, population DESC LIMIT 1
"""
BY_NAME = """
SELECT * FROM knowledge.gazetteer
WHERE folded = %(folded)s AND (%(department)s::text IS NULL OR department = %(department)s)
ORDER BY population DESC LIMIT %(most)s
"""
IN_A_BOX = """
SELECT * FROM knowledge.gazetteer
WHERE latitude BETWEEN %(south)s AND %(north)s AND longitude BETWEEN %(west)s AND %(east)s
ORDER BY population DESC, id LIMIT %(most)s
"""


@dataclass(frozen=True)
class Town:
    """A place of the gazetteer; `commune` is its own name, or that of the town it is a part of."""

    name: str
    commune: str
    department: str | None
    latitude: float
    longitude: float
    population: int

    @property
    def label(self) -> str:
        """Return the name as it is read, and as it can be asked for again."""
        return f"{self.name} ({self.department})" if self.department else self.name


def fold(name: str) -> str:
    """Fold a name as the gazetteer's column is: « St-Denis » and « SAINT DENIS » are one."""
    bare = "".join(c for c in unicodedata.normalize("NFD", name.lower().replace("œ", "oe"))
                   if unicodedata.category(c) != "Mn")  # fmt: skip
    return " ".join(SHORT.get(word, word) for word in re.sub(r"[\s\-'’_.]+", " ", bare).split())


def department_of(postcode: str) -> str:
    """Return the department of a postcode; Corsica is told apart by its third digit."""
    if postcode.startswith(("97", "98")):
        return postcode[:3]
    if postcode.startswith("20"):
        return "2A" if postcode[2] in "01" else "2B"
    return postcode[:2]


async def find_towns(connection: Connection, said: str) -> list[Town]:
    """Return the towns that a name or a postcode may mean, the largest first; « Saint-Denis (974) » means one."""
    if code := POSTCODE.search(said):
        parameters = {"code": code[0], "department": department_of(code[0]), "like": f"{code[0][:3]}%"}
        cursor = await connection.execute(BY_POSTCODE, parameters)
    else:
        name, _, rest = said.partition("(")
        department = rest.strip(" )").upper() or None
        cursor = await connection.execute(BY_NAME, {"folded": fold(name), "department": department, "most": NAMESAKES})
    return [town_of(row) for row in await cursor.fetchall()]


async def towns_in(connection: Connection, box: dict[str, float]) -> list[Town]:
    """Return the most populated towns of a box (`south`, `north`, `west`, `east`)."""
    cursor = await connection.execute(IN_A_BOX, box | {"most": MOST_SHOWN})
    return [town_of(row) for row in await cursor.fetchall()]


def town_of(row: dict[str, Any]) -> Town:
    """Read a row of the gazetteer."""
    return Town(**{name: row[name] for name in Town.__dataclass_fields__})

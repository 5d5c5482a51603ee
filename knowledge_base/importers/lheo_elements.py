"""The elements of LHEO: their texts, and their official schema.

The schema is not ours to publish; where a file `lheo*.xsd` stands beside the one imported, formations are held to it.
"""

import re
from dataclasses import dataclass
from typing import Any, NamedTuple

from lxml import etree

from knowledge_base.errors import BadFile
from knowledge_base.importers.source import Member, Source


class Fault(NamedTuple):
    """What is wrong with an element, and where."""

    line: int
    message: str


@dataclass(frozen=True)
class Schema:
    """A schema, and the namespace that it describes."""

    rules: Any
    namespace: str

    def fault(self, element: etree._Element) -> Fault | None:
        """Return the first error of an element, or None.

        Files say http://www.lheo.org/2.2 where the schema says http://lheo.gouv.fr/2.3: its namespace is given to the
        elements where they stand, because those of a copy do not know their lines.
        """
        for inside in element.iter(etree.Element):
            inside.tag = f"{{{self.namespace}}}{etree.QName(inside).localname}"
        if self.rules.validate(element):
            return None
        first = self.rules.error_log[0]
        return Fault(first.line, re.sub(r"\{[^}]*\}", "", first.message).removesuffix("."))


def schema_of(source: Source) -> Schema | None:
    """Read the file `lheo*.xsd` of the source, or of the folder of its file: the latest, if there are several."""
    beside = [] if source.path.is_dir() else sorted(source.path.parent.glob("lheo*.xsd"))
    found = source.matching("lheo*.xsd") or [Member(one.name, one) for one in beside]
    if not found:
        return None
    with source.bytes_of(found[-1]) as handle:
        try:
            tree = etree.parse(handle, etree.XMLParser(resolve_entities=False, no_network=True))
            return Schema(etree.XMLSchema(tree), tree.getroot().get("targetNamespace", ""))
        except (etree.XMLSyntaxError, etree.XMLSchemaParseError) as error:
            reason = str(error).partition("\n")[0][:120]
            remedy = "Remedy: get it again, or move it away"
            raise BadFile(found[-1].name, 0, f"is no XML schema ({reason}). {remedy}") from error


def line_of(element: Any) -> int:
    """Return the line that an element begins at, 0 if it is not known."""
    line: int | None = element.sourceline
    return line or 0


def children(element: etree._Element, *path: str) -> list[etree._Element]:
    """Return the descendants along a path of local names, whatever the namespace."""
    found = [element]
    for name in path:
        found = [child for one in found for child in one.iterchildren(f"{{*}}{name}")]
    return found


def text_of(element: etree._Element, *path: str) -> str:
    """Return the text of the first element at the path, stripped; empty where it is missing or « - »."""
    found = children(element, *path)
    return bare(found[0].text) if found else ""


def bare(text: str | None) -> str:
    """Strip a text; the « - » that stands for nothing is nothing."""
    stripped = (text or "").strip()
    return "" if stripped == "-" else stripped

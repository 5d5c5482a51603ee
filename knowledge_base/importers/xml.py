"""Elements of an XML file, one at a time: no entities, no external files, bounded text, depth and size."""

from collections.abc import Iterator
from typing import Any

from lxml import etree

from knowledge_base.errors import BadFile
from knowledge_base.importers.source import MEGABYTE, Member, Source

LARGEST_ELEMENT = 2 * MEGABYTE  # a training of LHEO takes 20 kB


def elements(source: Source, member: Member, name: str) -> Iterator[etree._Element]:
    """Yield each element of that local name, whole, then forget it. `sourceline` tells where it stands."""
    with source.bytes_of(member) as handle:
        bounded = _Bounded(handle, member.name)
        parsing = etree.iterparse(
            bounded,
            events=("start", "end"),
            resolve_entities=False,
            load_dtd=False,
            no_network=True,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
        try:
            yield from _wanted(parsing, bounded, name)
        except etree.XMLSyntaxError as error:
            line = error.lineno or 0
            raise BadFile(
                member.name, line, f"is not well-formed XML ({error.msg}). Remedy: download it again"
            ) from error


def _wanted(parsing: Any, bounded: "_Bounded", name: str) -> Iterator[etree._Element]:
    inside, checked, qualified = 0, False, f"}}{name}"
    for event, element in parsing:
        if not checked:
            _refuse_doctype(element, bounded.name)
            checked = True
        wanted = element.tag == name or element.tag.endswith(qualified)
        if event == "start":
            inside += wanted
            continue
        if wanted:
            yield element
            inside -= 1
        if not inside:  # what stands outside is of no use either
            _forget(element)
            bounded.size = 0


def _refuse_doctype(element: Any, name: str) -> None:
    if element.getroottree().docinfo.doctype:
        raise BadFile(name, 1, "declares a DOCTYPE, which may hide entities. Remedy: remove the declaration")


def _forget(element: Any) -> None:
    """Free an element and those before it, so that memory does not grow with the file."""
    element.clear(keep_tail=False)
    parent = element.getparent()
    while parent is not None and (before := element.getprevious()) is not None:
        parent.remove(before)


class _Bounded:
    """A file that stops when one element takes too much of it."""

    def __init__(self, handle: Any, name: str) -> None:
        self.size = 0
        self.name = name
        self._handle = handle

    def read(self, size: int) -> bytes:
        """Read a piece, unless what was read since the last element ended is too long."""
        data: bytes = self._handle.read(size)
        self.size += len(data)
        if self.size > LARGEST_ELEMENT:
            raise BadFile(
                self.name, 0, f"one element of more than {LARGEST_ELEMENT:,} bytes. Remedy: is it the right file?"
            )
        return data

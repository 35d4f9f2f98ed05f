"""XML to a tree of plain values. Runs in the child only.

No entity is resolved and nothing is loaded; a file with a document type is refused, because that is where entities come
from. Depth and number of elements are bounded. Comments and instructions are left out.
"""

from __future__ import annotations

from lxml import etree

from cairn.decode.refusal import Refused
from cairn.errors import InputError
from cairn.forms.markup import MAX_DEPTH, Document, Mark, measure

MAX_XML = 24 << 20
"""Longest XML file, in bytes."""


class Malformed(Exception):
    """Not well-formed, at a line: what a person can put right. `line` counts from 1, 0 where it is not known."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


def document(data: bytes) -> Document:
    """The tree of an XML file. Raises Malformed; Refused `too-big`, `damaged` (it has a document type)."""
    if len(data) > MAX_XML:
        raise Refused("too-big")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False,
        remove_comments=True, remove_pis=True, strip_cdata=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Malformed(getattr(error, "lineno", 0) or 0) from error
    if root.getroottree().docinfo.doctype:
        raise Refused("damaged")
    used: dict[str, str] = {}
    declared: dict[str, str] = {}
    try:
        # Of two prefixes for one namespace the one that is used comes first: it is what names are written with.
        found = Document(
            _mark(root, used, declared, 1), used | {k: v for k, v in declared.items() if k not in used}
        )
        measure(found.root)
    except InputError as error:
        raise Refused("too-big") from error
    return found


def _mark(element: etree._Element, used: dict[str, str], declared: dict[str, str], depth: int) -> Mark:
    if depth > MAX_DEPTH:
        raise Refused("too-big")
    for prefix, space in element.nsmap.items():
        if prefix is not None:
            declared.setdefault(prefix, space)
    if element.prefix is not None:
        used.setdefault(element.prefix, element.nsmap[element.prefix])
    name = etree.QName(element)
    parts: list[Mark | str] = []
    if element.text:
        parts.append(element.text)
    for inner in element:
        if not isinstance(inner.tag, str):
            # An entity that was not resolved: only one that a document type defines, so never here.
            raise Refused("damaged")
        parts.append(_mark(inner, used, declared, depth + 1))
        if inner.tail:
            parts.append(inner.tail)
    return Mark(
        name.localname, name.namespace or "", {str(k): str(v) for k, v in element.attrib.items()}, parts
    )

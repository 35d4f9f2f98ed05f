"""Answers as ODK hands them in: XML of what is relevant, with an id of its own and, after a change, that of the one before.

Source: OpenRosa metadata schema and ODK XForms specification, "Submission". Files stand by their names. Questions that
were left out say so in an attribute of Cairn's own namespace, which other programs pass over.
"""

from __future__ import annotations

from unicodedata import normalize

from cairn.forms import preload
from cairn.forms.markup import CAIRN, escape, quoteattr
from cairn.forms.session import Session
from cairn.forms.tree import Node


def submission(session: Session) -> str:
    """The XML. An id is made where there is none yet."""
    node = preload.instance_id(session)
    if node is not None and not node.text:
        node.text = preload.new_id(session)
    root = session.root
    spaces: dict[str, str] = {}
    for each in root.inner():
        if each.namespace and each.prefix:
            spaces[each.prefix] = each.namespace
    if session.skipped:
        spaces["cairn"] = CAIRN
    head = "".join(f" xmlns:{prefix}={quoteattr(space)}" for prefix, space in sorted(spaces.items()))
    pieces: list[str] = []
    _write(session, root, head, pieces)
    return "".join(pieces)


def edit(session: Session) -> None:
    """Begin to change answers that were handed in: a new id, and the old one as `deprecatedID`."""
    node = preload.instance_id(session)
    if node is None or node.parent is None:
        return
    old, meta = node.text, node.parent
    found = meta.every("deprecatedID")
    before = found[0] if found else Node("deprecatedID", namespace=node.namespace, prefix=node.prefix)
    if not found:
        before.path = f"{meta.path}/{before.qname}"
        meta.insert(meta.all_children.index(node) + 1, before)
    session.worker.write(before, old, "edit")
    session.worker.write(node, preload.new_id(session), "edit")
    session.settle()


def named_media(session: Session) -> list[str]:
    """The names of the files that belong to what is handed in, each once."""
    found = []
    for node in session.root.walk():
        if node.relevant and node.text and node.control is not None and node.control.kind == "upload":
            found.append(node.text)
    return list(dict.fromkeys(found))


def _write(session: Session, node: Node, head: str, into: list[str]) -> None:
    into.append(f"<{node.qname}{head}")
    for attribute in node.attributes:
        if attribute.relevant:
            into.append(f" {attribute.qname}={quoteattr(attribute.text)}")
    skip = session.skipped.get(node)
    if skip:
        into.append(f' cairn:skip="{skip}"')
    if not node.all_children:
        into.append(f">{escape(normalize('NFC', node.text))}</{node.qname}>" if node.text else "/>")
        return
    into.append(">")
    for child in node.all_children:
        if child.relevant:
            _write(session, child, "", into)
    into.append(f"</{node.qname}>")

"""The whole state of a session as plain values: what a headless run prints, and what tests compare.

Of each element in the order of the form: where it stands, what it is, whether it is relevant, read-only, required, what
it holds, what is wrong with that, what is offered, what it is called.
"""

from __future__ import annotations

from typing import Any

from cairn.forms.definition import Control
from cairn.forms.session import Session
from cairn.forms.tree import Node


def state(session: Session) -> list[dict[str, Any]]:
    """Everything, from the root down."""
    found: list[dict[str, Any]] = []
    _walk(session, session.root, found)
    return found


def _walk(session: Session, node: Node, into: list[dict[str, Any]]) -> None:
    into.append(of(session, node))
    seen = set()
    order = list(session.form.order.get(node.path, ()))
    present = {each.path for each in node.all_children}
    waiting = [path for path in order if path in session.form.repeats and path not in present]
    for child in node.all_children:
        # A repeat without instances stands where its template stood.
        while waiting and order.index(waiting[0]) < (
            order.index(child.path) if child.path in order else len(order)
        ):
            into.append(_range(session, node, waiting.pop(0)))
        if child.path in session.form.repeats and child.path not in seen:
            seen.add(child.path)
            into.append(_range(session, node, child.path))
        _walk(session, child, into)
    into.extend(_range(session, node, path) for path in waiting)


def _range(session: Session, parent: Node, path: str) -> dict[str, Any]:
    control = session.form.repeats[path]
    there = session.below(parent, path)
    relevant = parent.relevant and (not there or any(each.relevant for each in there))
    return {
        "ref": f"{session.ref(parent)}/{path.rpartition('/')[2]}",
        "type": "repeat-counted" if control.count is not None or control.fixed else "repeat",
        "relevant": relevant,
        "readonly": any(session.readonly(each) for each in there[:1]),
        "required": False,
        "instances": len(there),
    }


def of(session: Session, node: Node) -> dict[str, Any]:
    """One element."""
    control = session.form.controls.get(node.path)
    made: dict[str, Any] = {
        "ref": session.ref(node),
        "type": kind_of(session, node, control),
        "relevant": node.relevant,
        "readonly": session.readonly(node),
        "required": session.required(node),
    }
    if node.all_children or made["type"] in ("root", "group", "repeat-instance"):
        return made
    made["value"] = node.value
    made["wrong"] = session.wrong(node) or None
    if made["type"] in ("select", "select1", "rank"):
        made["choices"] = [each.value for each in session.choices.of(node)]
    made["label"] = session.showing.text(control.label, node) if control is not None else None
    if node in session.skipped:
        made["skipped"] = session.skipped[node]
    return made


def kind_of(session: Session, node: Node, control: Control | None) -> str:
    """What an element is: `root`, `group`, `repeat-instance`, `model-value`, `note`, or as its control is called."""
    if node is session.root:
        return "root"
    if node.path in session.form.repeats:
        return "repeat-instance"
    if node.all_children or (control is not None and control.kind == "group"):
        return "group"
    if control is None:
        return "model-value"
    if control.kind == "input" and is_note(node):
        return "note"
    return control.kind


def is_note(node: Node) -> bool:
    """Whether a question only says something: always read-only, and nothing works out its value."""
    bind = node.bind
    if bind is None or bind.readonly is None or bind.calculate is not None:
        return False
    return bind.readonly.text.replace(" ", "") in ("true()", "true", "1")

"""The body of a form: its questions in the order in which they are asked, groups and repeats among them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cairn.forms import wordings
from cairn.forms.definition import Control, Itemset, Option
from cairn.forms.findings import Grade
from cairn.forms.markup import JAVAROSA, Mark
from cairn.forms.values import plain

if TYPE_CHECKING:
    from cairn.forms.reading import Reader
    from cairn.forms.tree import Node

QUESTIONS = frozenset({"input", "select", "select1", "rank", "upload", "trigger", "range", "secret"})
MAX_REPEATS_WITHIN = 8
"""Most repeats within one another."""


def read(reader: Reader, body: Mark, controls: dict[str, Control], document: Node) -> list[Control]:
    """The controls of the body; each that has a place in the instance also stands in `controls`."""
    known = {node.path for node in document.inner()}
    return _inside(reader, body, "/" + document.all_children[0].qname, None, controls, known, 0)


def _inside(
    reader: Reader, mark: Mark, top: str, parent: Control | None, controls: dict[str, Control], known: set[str],
    depth: int,
) -> list[Control]:  # fmt: skip
    found: list[Control] = []
    for inner in mark.marks():
        if inner.name not in QUESTIONS and inner.name not in ("group", "repeat"):
            continue
        ref = inner.get("ref") or inner.get("nodeset")
        bound = inner.get("bind")
        if ref is None and bound is not None:
            ref = bound
        path = reader.path(top, ref) if ref else ""
        if path and path not in known:
            reader.tell("form.no-place", Grade.WARNING, path, path=path)
            continue
        control = _control(reader, inner, path, parent)
        if inner.name == "repeat":
            depth += 1
            if depth > MAX_REPEATS_WITHIN:
                reader.tell("form.repeats-deep", Grade.BROKEN, path, limit=MAX_REPEATS_WITHIN)
                return found
        if path and (path not in controls or inner.name in ("repeat", *QUESTIONS)):
            # Of a group and its repeat at one path, the repeat is what the engine asks for.
            controls[path] = control
        control.children = _inside(reader, inner, path or top, control, controls, known, depth)
        if inner.name == "repeat":
            depth -= 1
        found.append(control)
    return found


def _control(reader: Reader, mark: Mark, path: str, parent: Control | None) -> Control:
    kind = mark.name
    control = Control(
        kind,
        path,
        tuple((mark.get("appearance") or "").split()),
        wordings.of_mark(reader, mark.first("label"), path),
        wordings.of_mark(reader, mark.first("hint"), path),
        {
            key: value
            for key, value in mark.attributes.items()
            if key not in ("ref", "nodeset", "appearance", "bind")
        },
        parent=parent,
    )
    if kind == "repeat":
        count = mark.get("count", JAVAROSA)
        control.count = reader.expression(count, path, "repeat_count")
        control.fixed = (mark.get("noAddRemove", JAVAROSA) or "").strip() in ("true()", "true", "1")
        if parent is not None and parent.kind == "group" and parent.path == path and control.label is None:
            control.label = parent.label
    if kind in ("select", "select1", "rank", "range"):
        _choices(reader, mark, path, control)
    if kind == "range":
        _range(reader, mark, path)
    return control


def _choices(reader: Reader, mark: Mark, path: str, control: Control) -> None:
    for item in mark.marks("item"):
        value = item.first("value")
        control.items.append(
            Option(value.text().strip() if value else "", wordings.of_mark(reader, item.first("label"), path))
        )
    itemset = mark.first("itemset")
    if itemset is None:
        return
    nodeset = itemset.get("nodeset") or ""
    value, label = itemset.first("value"), itemset.first("label")
    nodes = reader.expression(nodeset, path, "choices")
    reads = reader.expression((value.get("ref") if value else None) or ".", path, "choices")
    if nodes is not None and reads is not None:
        said = wordings.of_mark(reader, label, path) if label is not None else None
        control.itemset = Itemset(nodes, reads, said, nodeset.lstrip().startswith("randomize("))


def _range(reader: Reader, mark: Mark, path: str) -> None:
    for name in ("start", "end", "step"):
        text = mark.get(name)
        try:
            plain(float(text if text is not None else "1"))
        except ValueError:
            reader.tell("form.range", Grade.BROKEN, path, parameter=name, value=text or "")

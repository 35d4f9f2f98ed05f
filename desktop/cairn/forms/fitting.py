"""Old answers in a new version of a form: what finds its place, what moved, what has none. Shown before anything is done."""

from __future__ import annotations

import re
from collections.abc import Mapping

import msgspec

from cairn.forms.answers import Answers, leaves, restore
from cairn.forms.definition import Form
from cairn.forms.session import Device
from cairn.forms.tree import Node

_NUMBER = re.compile(r"\[\d+\]")


class Fitting(msgspec.Struct, frozen=True):
    """What becomes of answers in another version of their form. Places are paths with numbers."""

    kept: list[str]
    """Answers that stand where they stood."""
    moved: list[tuple[str, str]]
    """Answers whose question stands elsewhere now, by its name: from, to."""
    left: dict[str, str]
    """Answers without a place: kept beside the others, and shown."""
    asked_anew: list[str]
    """Questions, without numbers, that the earlier version didn't have."""

    @property
    def whole(self) -> bool:
        """Whether every answer has its place."""
        return not self.left


def moved(form: Form, answers: Answers) -> Answers:
    """The answers with those put elsewhere whose question moved: one of that name then, and one now."""
    plan = dict(_moves(form, answers))
    if not plan:
        return answers
    values: dict[str, object] = {}
    for ref, text in leaves(answers.values, f"/{form.root.all_children[0].qname}"):
        _set(values, plan.get(ref, ref).split("/")[2:], text)
    return msgspec.structs.replace(answers, values=values)


def fitting(
    form: Form, answers: Answers, tables: Mapping[str, Node] | None = None, device: Device | None = None
) -> Fitting:
    """What would become of `answers` in `form`. Nothing is changed. Raises InputError."""
    moves = _moves(form, answers)
    session = restore(form, moved(form, answers), tables, device)
    left = {ref: text for ref, text in session.left.items() if ref not in answers.left}
    gone = set(left)
    known = {_NUMBER.sub("", ref) for ref, _ in leaves(answers.values, f"/{session.root.qname}")}
    return Fitting(
        [ref for ref, text in leaves(answers.values, f"/{session.root.qname}") if text and ref not in gone and ref not in dict(moves)],
        moves,
        left,
        sorted(path for path, control in form.controls.items() if control.kind not in ("group", "repeat") and path not in known)
        if answers.version != form.version else [],
    )  # fmt: skip


def _moves(form: Form, answers: Answers) -> list[tuple[str, str]]:
    """Answers whose path is gone, and the one path that has its name now, outside repeats on both sides."""
    root = form.root.all_children[0]
    paths = {node.path for node in root.walk() if not node.all_children}
    for template in form.templates.values():
        paths |= {node.path for node in template.walk() if not node.all_children}
    by_name: dict[str, list[str]] = {}
    for path in paths:
        by_name.setdefault(path.rpartition("/")[2], []).append(path)
    found = []
    old = list(leaves(answers.values, f"/{root.qname}"))
    times: dict[str, int] = {}
    for ref, _ in old:
        name = _NUMBER.sub("", ref).rpartition("/")[2]
        times[name] = times.get(name, 0) + 1
    for ref, text in old:
        path = _NUMBER.sub("", ref)
        name = path.rpartition("/")[2]
        there = by_name.get(name, [])
        if path in paths or not text or len(there) != 1 or times[name] != 1 or "[" in ref:
            continue
        if any(there[0].startswith(repeat + "/") for repeat in form.repeats):
            continue
        found.append((ref, there[0]))
    return found


def _set(values: dict[str, object], steps: list[str], text: str) -> None:
    """Put one value at its place in a tree of values."""
    here: dict[str, object] = values
    for at, raw in enumerate(steps):
        name, _, number = raw.rstrip("]").partition("[")
        last = at == len(steps) - 1
        if number:
            some = here.setdefault(name, [])
            if not isinstance(some, list):
                return
            while len(some) < int(number):
                some.append({})
            here = some[int(number) - 1]
        elif last:
            there = here.get(name)
            if isinstance(there, dict):
                there[""] = text
            else:
                here[name] = text
        else:
            inner = here.setdefault(name, {})
            if isinstance(inner, str):
                inner = here[name] = {"": inner}
            if not isinstance(inner, dict):
                return
            here = inner

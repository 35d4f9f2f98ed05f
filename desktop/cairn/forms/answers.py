"""Answers as one plain value: what a draft keeps with every keystroke, and a record for good.

The value is JSON of one shape (`Answers`). Going on with it gives the same tree, value by value: what was worked out is
taken as it was, random and timely things too. Where the form has changed meanwhile, `fitting` says first what finds its
place, and nothing is dropped: what has no place stays in `left` and is kept with every later draft.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from cairn.errors import InputError
from cairn.forms import limits
from cairn.forms.definition import Form
from cairn.forms.session import SKIPS, Device, Session
from cairn.forms.tree import Node
from cairn.forms.values import cast

MAX_BYTES = 16 << 20
"""Longest answers, as JSON."""
MAX_DEPTH = 40
OWN = ""
"""In a question that has attributes: the key of its own value."""


class Answers(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What somebody answered. `values` holds what lies in the instance's root; see FORMAT.md."""

    form: str
    version: str
    values: dict[str, Any]
    skips: dict[str, str] = {}
    """Questions left out, by where they stand, and why."""
    held: dict[str, str] = {}
    """What was chosen of choices that are not offered at the moment."""
    left: dict[str, str] = {}
    """What an earlier version of the form asked and this one has no place for."""
    language: str = ""


def taken(session: Session) -> Answers:
    """The answers of a session."""
    held = {
        session.ref(node): text
        for node, text in session.held.items()
        if text != node.text and _is_there(session, node)
    }
    return Answers(
        session.form.id,
        session.form.version,
        _group(session.root, session.form),
        {session.ref(node): code for node, code in session.skipped.items()},
        held,
        dict(session.left),
        session.showing.language,
    )


def dumps(answers: Answers) -> bytes:
    """The value as JSON."""
    return msgspec.json.encode(answers)


def loads(data: bytes) -> Answers:
    """The value of `dumps`. Raises InputError `form.answers-damaged`, `form.answers-too-big`."""
    if len(data) > MAX_BYTES:
        raise InputError("form.answers-too-big")
    try:
        found = msgspec.json.decode(data, type=Answers)
    except (msgspec.DecodeError, RecursionError, ValueError) as error:
        raise InputError("form.answers-damaged") from error
    if not all(code in SKIPS for code in found.skips.values()):
        raise InputError("form.answers-damaged")
    for _ in leaves(found.values):
        pass
    return found


def restore(
    form: Form, answers: Answers, tables: Mapping[str, Node] | None = None, device: Device | None = None
) -> Session:
    """A session that goes on where `answers` stopped. Raises InputError.

    Of the same version of the form, everything stands as it stood. Of another, everything is worked out anew, and what
    has no place is in `left`.
    """
    same = answers.form == form.id and answers.version == form.version
    session = Session(form, tables, device)
    session.beginning = session.restoring = True
    session.left = dict(answers.left)
    _fill(session, session.root, answers.values, f"/{session.root.qname}", [0])
    if answers.language in form.languages:
        session.showing.language = answers.language
    for ref, code in answers.skips.items():
        if (skipped := session.find(ref)) is not None:
            session.skipped[skipped] = code
        else:
            session.left[f"{ref}#skip"] = code
    for node in session.document.walk():
        if node.control is not None and node.text:
            session.held[node] = node.text
    for ref, text in answers.held.items():
        if (chosen := session.find(ref)) is not None:
            session.held[chosen] = text
    session.worker.all(session.document, calculate=False)
    session.worker.run()
    session.restoring = False
    if not same:
        session.keep_unoffered()
        session.worker.all(session.document)
        session.settle()
    session.beginning = False
    session.changes.clear()
    return session


def leaves(values: Mapping[str, Any], above: str = "", depth: int = 0) -> Iterator[tuple[str, str]]:
    """Every value and where it stands, with numbers. Raises InputError where it is no tree of texts."""
    if depth > MAX_DEPTH:
        raise InputError("form.answers-damaged")
    for name, value in values.items():
        if isinstance(value, str):
            yield (above if name == OWN else f"{above}/{name}"), value
        elif isinstance(value, dict):
            yield from leaves(value, f"{above}/{name}", depth + 1)
        elif isinstance(value, list) and len(value) <= limits.REPEATS:
            for number, each in enumerate(value, 1):
                if not isinstance(each, dict):
                    raise InputError("form.answers-damaged")
                yield from leaves(each, f"{above}/{name}[{number}]", depth + 1)
        else:
            raise InputError("form.answers-damaged")


def _group(node: Node, form: Form) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for attribute in node.attributes:
        if attribute.bind is not None and attribute.text:
            found[f"@{attribute.qname}"] = attribute.text
    for child in node.all_children:
        value: Any
        if child.all_children or child.repeated:
            value = _group(child, form)
        elif any(each.bind is not None for each in child.attributes):
            value = {OWN: child.text, **_group(child, form)}
        elif child.text or child.path in form.filled:
            value = child.text
        else:
            continue
        if child.repeated:
            found.setdefault(child.qname, []).append(value)
        elif value or isinstance(value, str):
            found[child.qname] = value
    return found


def _is_there(session: Session, node: Node) -> bool:
    return list(node.up())[-1] is session.document


def _fill(session: Session, node: Node, values: Mapping[str, Any], above: str, count: list[int]) -> None:
    """Put values into the tree below `node`; what has no place goes to `left`."""
    for path in session.form.order.get(node.path, ()):
        if path in session.form.repeats:
            _instances(session, node, path, values.get(path.rpartition("/")[2]))
    for name, value in values.items():
        count[0] += 1
        if count[0] > limits.NODES:
            raise InputError("form.answers-too-big")
        if name == OWN:
            _put(session, node, value, above)
        elif name.startswith("@"):
            found = [each for each in node.attributes if each.qname == name[1:]]
            _put(session, found[0] if found else None, value, f"{above}/{name}")
        else:
            there = [each for each in node.every(name.rpartition(":")[2]) if each.qname == name]
            _several(session, there, value, f"{above}/{name}", count)


def _several(session: Session, there: list[Node], value: Any, ref: str, count: list[int]) -> None:
    repeated = bool(there) and there[0].repeated
    given = value if isinstance(value, list) else [value]
    for number, each in enumerate(given, 1):
        at = f"{ref}[{number}]" if isinstance(value, list) else ref
        target = there[number - 1] if number <= len(there) else None
        if target is not None and repeated != isinstance(value, list):
            # A group that became a repeat, or the other way round: the first of it is the one.
            at = f"{ref}[1]" if repeated else ref
        if (
            isinstance(each, Mapping)
            and target is not None
            and (target.all_children or target.repeated or OWN in each)
        ):
            _fill(session, target, each, at, count)
        elif isinstance(each, Mapping):
            session.left.update(leaves(each, at))
        else:
            _put(session, target, each, at)


def _put(session: Session, node: Node | None, value: Any, ref: str) -> None:
    if not isinstance(value, str):
        raise InputError("form.answers-damaged")
    text = cast(node.bind.type, value) if node is not None and node.bind is not None else value
    if node is None or node.all_children or (value and not text):
        if value:
            session.left[ref] = value
        return
    node.text, node.writer = text, "restored"


def _instances(session: Session, parent: Node, path: str, value: Any) -> None:
    wanted = len(value) if isinstance(value, list) else 1 if isinstance(value, Mapping) else 0
    if wanted > limits.REPEATS:
        raise InputError("form.too-many-repeats", limit=limits.REPEATS)
    there = session.below(parent, path)
    for node in reversed(there[wanted:]):
        parent.remove(node)
    for _ in range(wanted - len(there)):
        session.repeats.bare(parent, path)

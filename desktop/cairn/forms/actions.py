"""What a form does by itself: `setvalue` and `setgeopoint`, in the model or in a question.

Source: ODK XForms specification, "Actions and Events". A place is not taken from the device: `setgeopoint` and
`recordaudio` set nothing, and that is told.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from cairn.forms.definition import Action
from cairn.forms.findings import Grade
from cairn.forms.markup import EVENTS, Mark

if TYPE_CHECKING:
    from cairn.forms.reading import Reader

FIRST_LOAD = "odk-instance-first-load"
LOAD = "odk-instance-load"
NEW_REPEAT = "odk-new-repeat"
CHANGED = "xforms-value-changed"
_SAME = {"xforms-ready": FIRST_LOAD, "jr-insert": NEW_REPEAT}
"""Older names of the same."""
_HOLDERS = frozenset(
    {"group", "repeat", "input", "select", "select1", "rank", "upload", "trigger", "range", "secret"}
)
_REFUSED = frozenset({"recordaudio", "setgeopoint"})


def read(reader: Reader, model: Mark, body: Mark) -> list[Action]:
    """All actions, in the order in which they stand."""
    found = [_action(reader, mark, "", "") for mark in model.marks("setvalue")]
    inside = list(_within(reader, body, "", ""))
    for mark in [*model.marks(), *(each for each, _, _ in inside)]:
        if mark.name in _REFUSED:
            reader.tell("form.action-refused", Grade.REFUSED, "", action=mark.name)
    found += [_action(reader, mark, at, repeat) for mark, at, repeat in inside if mark.name == "setvalue"]
    return [each for each in found if each is not None]


def _within(reader: Reader, mark: Mark, at: str, repeat: str) -> Iterator[tuple[Mark, str, str]]:
    """The actions of the body, with the path of the question and of the repeat that each lies in."""
    for inner in mark.marks():
        if inner.name == "setvalue" or inner.name in _REFUSED:
            yield inner, at, repeat
        elif inner.name in _HOLDERS:
            ref = inner.get("ref") or inner.get("nodeset")
            here = reader.path(at, ref) if ref is not None else at
            yield from _within(reader, inner, here, here if inner.name == "repeat" else repeat)


def _action(reader: Reader, mark: Mark, at: str, repeat: str) -> Action | None:
    ref = mark.get("ref") or mark.get("bind")
    if not ref:
        return None
    events = frozenset(
        _SAME.get(event, event) for event in (mark.get("event") or mark.get("event", EVENTS) or "").split()
    )
    target = reader.path(at, ref)
    exactly = reader.expression(ref, target, "setvalue") if "[" in ref else None
    return Action(
        events,
        target,
        exactly,
        reader.expression(mark.get("value"), target, "setvalue"),
        mark.text(),
        at,
        repeat,
    )

"""The reader of a screen: tells what can be read and heard in a program's window, over AT-SPI.

Runs with the system's own Python, where the GObject bindings are, and knows nothing of the program. One JSON
object a line comes in, one goes out:

    {"do": "read", "program": "cairn"}   everything that shows now, topmost window last
    {"do": "focus", "item": 12}          give an item of the last reading the keyboard
    {"do": "act", "item": 12}            do what a screen reader does to press it
"""

from __future__ import annotations

import json
import sys
from typing import Any

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # the version must be said first

STATES = {
    "showing": Atspi.StateType.SHOWING,
    "enabled": Atspi.StateType.ENABLED,
    "sensitive": Atspi.StateType.SENSITIVE,
    "focusable": Atspi.StateType.FOCUSABLE,
    "focused": Atspi.StateType.FOCUSED,
    "editable": Atspi.StateType.EDITABLE,
    "checkable": Atspi.StateType.CHECKABLE,
    "checked": Atspi.StateType.CHECKED,
    "selected": Atspi.StateType.SELECTED,
    "active": Atspi.StateType.ACTIVE,
    "modal": Atspi.StateType.MODAL,
}
WRITTEN = ("text", "entry", "password text", "paragraph")
DEEPEST = 60


class Reader:
    """The items of the last reading, in the order in which they were read."""

    def __init__(self) -> None:
        self._items: list[Any] = []

    def read(self, program: str) -> list[dict[str, Any]]:
        """Everything that shows of the programs with this name."""
        self._items = []
        rows: list[dict[str, Any]] = []
        # Programs come and go, which the library would only notice in a loop of events.
        context = GLib.MainContext.default()
        while context.iteration(False):
            pass
        desktop = Atspi.get_desktop(0)
        for number in range(desktop.get_child_count()):
            one = desktop.get_child_at_index(number)
            if one is not None and one.get_name().lower() == program:
                one.clear_cache()
                for child in range(one.get_child_count()):
                    self._walk(one.get_child_at_index(child), rows, child, 0)
        return rows

    def _walk(self, item: Any, rows: list[dict[str, Any]], window: int, depth: int) -> None:
        if item is None or depth > DEEPEST:
            return
        try:
            held = item.get_state_set()
            if not held.contains(Atspi.StateType.SHOWING):
                return
            role, name = item.get_role_name(), item.get_name() or ""
            place = Atspi.Component.get_extents(item, Atspi.CoordType.SCREEN)
            row = {
                "item": len(self._items),
                "window": window,
                "depth": depth,
                "role": role,
                "name": name,
                "box": [place.x, place.y, place.width, place.height],
                "states": [word for word, state in STATES.items() if held.contains(state)],
            }
            if role in WRITTEN:
                row["text"] = Atspi.Text.get_text(item, 0, -1)
            self._items.append(item)
            rows.append(row)
            for number in range(item.get_child_count()):
                self._walk(item.get_child_at_index(number), rows, window, depth + 1)
        except GLib.Error:
            # It was there and is gone: the window changed while it was read.
            return

    def focus(self, item: int) -> bool:
        """Give it the keyboard."""
        return bool(Atspi.Component.grab_focus(self._items[item]))

    def act(self, item: int) -> bool:
        """What Enter or a screen reader does."""
        return bool(Atspi.Action.do_action(self._items[item], 0))


def main() -> None:
    """Answer until nothing is asked any more."""
    Atspi.init()
    reader = Reader()
    for line in sys.stdin:
        asked = json.loads(line)
        try:
            if asked["do"] == "read":
                answer: Any = reader.read(asked["program"])
            else:
                answer = getattr(reader, asked["do"])(asked["item"])
            said = {"answer": answer}
        except GLib.Error as error:
            said = {"failed": str(error)}
        print(json.dumps(said), flush=True)


if __name__ == "__main__":
    main()

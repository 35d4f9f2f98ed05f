"""The tab People: a family, names shut and open, the forms, nobody yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.people.sample import fill
from cairn.qt.base.theme import theme

if TYPE_CHECKING:
    from drive.scenes import Scenes


LARGEST_FORM = 150
"""Per cent up to which the two forms have room in a small window; in larger text they scroll sideways."""


def play(scenes: Scenes) -> None:
    """In the vault that is open, with an interview of its own."""
    screen = scenes.screen("interviews")
    session = scenes.window.desk.session
    made = fill(session)
    screen.enter()
    scenes.person.settle()
    screen.show_item(f"{made}#people")
    scenes.person.settle()
    people = screen.workspace.people
    child = next(row for row in people.list.rows.rows if row.title.startswith("P4"))
    people.list.choose(child.id, tell=True)
    scenes.take("people")
    people.panes.go("panel")
    scenes.take("people-details")
    people.panes.go("list")
    scenes.take("people-list")
    people.panes.go("picture")
    scenes.click(people._names_button)
    scenes.take("people-names-open")
    people._edit_names("P4")
    scenes.take("people-names")
    people._closed()
    scenes.click(people._names_button)
    if theme().scale > LARGEST_FORM:
        return
    people._edit(child.id)
    scenes.take("people-person")
    people._closed()
    scenes.person.settle()
    people._edit_relation(people.member(child.id).apart[0].relation)
    scenes.take("people-relation")
    people._closed()
    scenes.person.settle()

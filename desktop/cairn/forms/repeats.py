"""The instances of repeats: how many there are, where a new one stands, what it looks like, what goes with one.

A counted repeat follows its number from the end. What stood in an instance that goes is told to `changes`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cairn.errors import InputError
from cairn.forms import limits
from cairn.forms.changes import Change
from cairn.forms.tree import Node

if TYPE_CHECKING:
    from cairn.forms.session import Session


class Repeats:
    """The repeats of one session."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.new: list[Node] = []
        """Instances whose actions wait."""
        self._nodes = sum(1 for _ in session.document.walk())
        self._sizes: dict[str, int] = {}

    def phantom(self, parent: Node, path: str) -> Node:
        """An instance of the repeat under `parent`; where there is none, one that is not in the tree."""
        there = self._session.below(parent, path)
        if there:
            return there[0]
        made = self._session.form.templates[path].copy()
        made.parent = parent
        return made

    def fits(self, path: str) -> bool:
        """Whether one more instance may be: of all together there are `limits.NODES` elements at most."""
        size = self._sizes.get(path)
        if size is None:
            size = self._sizes[path] = sum(1 for _ in self._session.form.templates[path].walk())
        return self._nodes + size <= limits.NODES

    def bare(self, parent: Node, path: str) -> Node:
        """A new last instance of a repeat under `parent`, and nothing else."""
        there = self._session.below(parent, path)
        defaults = self._session.form.defaults.get(path, ())
        counted = self._session.form.repeats[path].count is not None
        made = (
            defaults[len(there)]
            if counted and len(there) < len(defaults)
            else self._session.form.templates[path]
        ).copy()
        parent.insert(self._place(parent, path, there), made)
        for node in made.inner():
            node.relevant = node.own_relevant and (node.parent is None or node.parent.relevant)
        self._nodes += sum(1 for _ in made.walk())
        return made

    def insert(self, parent: Node, path: str) -> Node:
        """A new last instance of a repeat under `parent`, its rules and its actions waiting."""
        if len(self._session.below(parent, path)) >= limits.REPEATS:
            raise InputError("form.too-many-repeats", limit=limits.REPEATS)
        if not self.fits(path):
            raise InputError("form.answers-too-big")
        made = self.bare(parent, path)
        self._session.worker.all(made)
        self._session.worker.touch(made)
        self._session.worker.placed(path)
        self.new.append(made)
        return made

    def _place(self, parent: Node, path: str, there: list[Node]) -> int:
        """After the last instance; where there is none, where the template stood among its siblings."""
        if there:
            return parent.all_children.index(there[-1]) + 1
        order = self._order(parent.path)
        mine = order.get(path, len(order))
        for at, each in enumerate(parent.all_children):
            if order.get(each.path, len(order)) > mine:
                return at
        return len(parent.all_children)

    def _order(self, path: str) -> dict[str, int]:
        return {each: number for number, each in enumerate(self._session.form.order.get(path, ()))}

    def resize(self, parent: Node, path: str, wanted: int) -> None:
        """Bring a counted repeat to its number: from the end, as the reference implementations do."""
        there = self._session.below(parent, path)
        for node in reversed(there[wanted:]):
            self.take_out(node)
        for _ in range(wanted - len(there)):
            if not self.fits(path):
                self._session.troubled(path, "count", "form.answers-too-big")
                return
            self.insert(parent, path)

    def take_out(self, node: Node) -> None:
        """Take an instance out."""
        parent = node.parent
        if parent is None:
            return
        for each in node.walk():
            if each.text and not each.all_children:
                self._session.note(Change(self._session.ref(each), each.text, "", "removed"))
            if each.text:
                self._session.worker.written -= len(each.text)
            self._session.skipped.pop(each, None)
            self._session.held.pop(each, None)
            self._session.choices.forget(each)
        parent.remove(node)
        self._nodes -= sum(1 for _ in node.walk())
        self._session.worker.touch(parent, node.path)
        self._session.worker.placed(node.path)

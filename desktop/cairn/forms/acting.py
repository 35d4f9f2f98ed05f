"""Carries out what a form does by itself (`actions`): at its first load, for a new repeat, when a value changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cairn.forms import actions, limits
from cairn.forms.definition import Action
from cairn.forms.tree import Node
from cairn.forms.values import cast
from cairn.forms.worker import as_text
from cairn.forms.xpath.context import Context
from cairn.forms.xpath.errors import XPathError

if TYPE_CHECKING:
    from cairn.forms.session import Session


class Actor:
    """The actions of one session."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._sources = {action.source for action in session.form.actions if actions.CHANGED in action.events}
        self.triggered: list[Node] = []
        """Nodes whose change sets something off."""

    def changed(self, node: Node) -> None:
        """A value has changed."""
        if node.path in self._sources:
            self.triggered.append(node)

    def changed_values(self, nodes: list[Node]) -> None:
        """Carry out what the change of these sets off."""
        for node in dict.fromkeys(nodes):
            for action in self._session.form.actions:
                if actions.CHANGED in action.events and action.source == node.path:
                    for target in self._targets(action, node):
                        self._set(action, target)

    def act(self, event: str, top: Node) -> None:
        """Carry out the actions of `event` for what lies in `top`."""
        for action in self._session.form.actions:
            if event not in action.events:
                continue
            if event == actions.NEW_REPEAT and action.repeat != top.path:
                continue
            for target in self._targets(action, top):
                if target.relevant:
                    self._set(action, target)

    def _targets(self, action: Action, top: Node) -> list[Node]:
        """The nodes that an action of `top` is meant for: those in the same instances of repeats."""
        path = action.target
        if action.exactly is not None:
            try:
                found = action.exactly.nodes(Context(self._session.environment, top)) or []
            except XPathError as error:
                self._session.troubled(path, "setvalue", error.code)
                return []
            return [each for each in found if isinstance(each, Node)]
        node: Node | None = top
        while node is not None and node.path and not (path + "/").startswith(node.path + "/"):
            node = node.parent
        return self._session.below(node or self._session.document, path)

    def _set(self, action: Action, target: Node) -> None:
        value, literal = action.value, action.literal
        kind = target.bind.type if target.bind else "string"
        if value is None:
            self._session.worker.write(target, cast(kind, literal), "action")
            return
        try:
            found = value.evaluate(Context(self._session.environment, target))
        except XPathError as error:
            self._session.troubled(target.path, "setvalue", error.code)
            return
        text = as_text(found, kind)
        if len(text) > limits.TEXT:
            self._session.troubled(target.path, "setvalue", "form.answer-too-long")
            return
        self._session.worker.write(target, text, "action")

"""What a question offers: written out in the form, or found by an expression; and what of an answer stays.

Several choices are kept in the order in which they are offered, parted by spaces; a ranking in the order that it has.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cairn.errors import InputError
from cairn.forms import limits, paths
from cairn.forms.definition import Control
from cairn.forms.tree import Node
from cairn.forms.wordings import ABSENT
from cairn.forms.xpath.context import Context
from cairn.forms.xpath.errors import XPathError

if TYPE_CHECKING:
    from cairn.forms.definition import Wording
    from cairn.forms.session import Session

DONE = "OK"
"""What an acknowledgement holds once it is given."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice: what is kept, what says it, and the node whose words they are."""

    value: str
    label: Wording | None
    node: Node


class Choices:
    """The choices of one session's questions."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._known: dict[Node, list[Choice]] = {}

    def forget(self, node: Node) -> None:
        """What is offered for `node` may have changed."""
        self._known.pop(node, None)

    def of(self, node: Node) -> list[Choice]:
        """What is offered for `node` now."""
        control = node.control
        if control is None:
            return []
        if control.itemset is None:
            return [Choice(item.value, item.label, node) for item in control.items]
        found = self._known.get(node)
        if found is None:
            found = self._known[node] = self._found(control, node)
        return found

    def _found(self, control: Control, node: Node) -> list[Choice]:
        itemset = control.itemset
        if itemset is None:
            return []
        environment = self._session.environment
        try:
            nodes = itemset.nodes.nodes(Context(environment, node)) or []
            if len(nodes) > limits.CHOICES:
                raise InputError("form.too-many-choices", limit=limits.CHOICES)
            found = []
            for each in nodes:
                if not isinstance(each, Node):
                    continue
                context = Context(environment, each)
                context.here = node
                found.append(Choice(itemset.value.string(context), itemset.label, each))
        except XPathError as error:
            self._session.troubled(node.path, "choices", error.code)
            return []
        return found

    def label(self, choice: Choice, form: str = "") -> str | None:
        """What a choice says, or beside it (`image`, `audio`)."""
        return self._session.showing.text(choice.label, choice.node, form)

    def label_of(self, value: str, path: str, here: Node) -> str | None:
        """`jr:choice-name`: the label of a value of the question at `path`, as seen from `here`."""
        whole = paths.joined(here.path, path)
        node = self._nearest(whole, here)
        if node is None or node.control is None or not (node.control.items or node.control.itemset):
            raise XPathError("form.no-choices", 0, ref=path[:200])
        said = next((self.label(each) for each in self.of(node) if each.value == value), None)
        return "" if said is None or said == ABSENT else said

    def _nearest(self, path: str, here: Node) -> Node | None:
        for each in here.up():
            found = (
                self._session.below(each, path)
                if each.path == "" or (path + "/").startswith(each.path + "/")
                else []
            )
            if found:
                return found[0]
        return None

    def taken(self, node: Node, text: str) -> str:
        """Of what was typed or ticked, what is kept."""
        control = node.control
        if control is None or control.kind == "range":
            return text if control is None else _in_range(control, text)
        if control.kind == "trigger":
            return "" if text.strip().lower() in ("", "false", "0") else DONE
        if (
            control.kind == "rank"
            and text.strip()
            and set(text.split()) != {each.value for each in self.of(node)}
        ):
            raise InputError("form.rank-incomplete")
        return self._among(node, text)

    def kept(self, node: Node) -> str:
        """Of what stands there, what is still offered."""
        return self._among(node, self._session.held.get(node, node.text))

    def _among(self, node: Node, text: str) -> str:
        control = node.control
        offered = [each.value for each in self.of(node)]
        if control is not None and control.kind == "select1":
            bare = text.strip()
            return bare if bare in offered else ""
        wanted = text.split()
        if control is not None and control.kind == "rank":
            ranked = [each for each in dict.fromkeys(wanted) if each in offered]
            # A ranking is of all that there is: what was not placed comes last, as it is offered.
            return " ".join([*ranked, *(each for each in offered if each not in ranked)]) if wanted else ""
        chosen = set(wanted)
        return " ".join(each for each in dict.fromkeys(offered) if each in chosen)


def _in_range(control: Control, text: str) -> str:
    try:
        start, end = float(control.attributes.get("start", "1")), float(control.attributes.get("end", "10"))
        value = float(text)
    except ValueError:
        return ""
    return text if min(start, end) <= value <= max(start, end) else ""

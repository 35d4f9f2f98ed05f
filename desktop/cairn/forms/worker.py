"""Keeps a session's tree up to date: relevance, calculations, numbers of repeats, choices, until nothing changes.

After a change only the rules that read what changed are worked out, in the order of the graph, for the nodes that it
can concern. A rule that is in a cycle is worked out `limits.ROUNDS` times at most; what it gave last then stands, and the
session says so.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Callable
from time import monotonic
from typing import TYPE_CHECKING

from cairn.errors import InputError
from cairn.forms import limits
from cairn.forms.graph import Rule
from cairn.forms.tree import Node
from cairn.forms.values import cast
from cairn.forms.xpath.context import Context
from cairn.forms.xpath.errors import XPathError
from cairn.forms.xpath.values import to_string

if TYPE_CHECKING:
    from cairn.forms.session import Session


class Worker:
    """The work that waits, for one session."""

    def __init__(self, session: Session, changed: Callable[[Node, str, str], None]) -> None:
        self._session = session
        self._graph = session.graph
        self._changed = changed
        """Told of each value that changed: node, what stood there, who wrote."""
        self._heap: list[tuple[int, int, Rule, Node]] = []
        self._waiting: set[tuple[int, int]] = set()
        self._times: dict[tuple[int, int], int] = {}
        self._number = 0
        self.troubles: dict[tuple[str, str], str] = {}
        """What could not be worked out: (path, kind) and the code of why."""
        self._spent = 0
        self.written = 0
        """Characters that were written and stand."""

    def all(self, top: Node, *, calculate: bool = True) -> None:
        """Everything of `top` and below waits; without `calculate` only relevance and choices."""
        for node in top.inner():
            for rule in self._graph.on_path.get(node.path, ()):
                if rule.kind == "count" or (rule.kind == "calculate" and not calculate):
                    continue
                self._put(rule, node)
        if not calculate:
            return
        for path in self._session.form.repeats:
            for rule in self._graph.on_path.get(path, ()):
                if rule.kind == "count":
                    for parent in self._session.below(top, path.rpartition("/")[0]):
                        self._put(rule, parent)

    def touch(self, node: Node, path: str = "") -> None:
        """What `node` (or something at `path` in it) holds has changed: its readers wait."""
        for rule, shared in self._graph.readers(path or node.path):
            if self._session.restoring and rule.kind in ("calculate", "count"):
                continue
            self._concern(rule, node, shared)

    def placed(self, path: str) -> None:
        """The number of instances of the repeat at `path` has changed: so have their positions."""
        for rule in self._graph.placed:
            if self._session.restoring and rule.kind in ("calculate", "count"):
                continue
            if rule.path.startswith(path + "/") or rule.path == path:
                self._concern(rule, self._session.document, 0)

    def spoken(self, top: Node) -> None:
        """The language has changed: so has what is worked out from the form's own words."""
        for rule in self._graph.spoken:
            self._concern(rule, top, 0)

    def _concern(self, rule: Rule, node: Node, shared: int) -> None:
        where = rule.path.rpartition("/")[0] if rule.kind == "count" else rule.path
        only = self._session.single(where)
        if only is not None:
            self._put(rule, only)
            return
        top = node
        chain = list(node.up())
        if rule.kind == "count":
            shared = min(shared, rule.path.count("/") - 1)
        if shared < len(chain) - 1:
            top = chain[len(chain) - 1 - shared]
        for each in self._session.below(top, where):
            self._put(rule, each)

    def _put(self, rule: Rule, node: Node) -> None:
        key = (id(rule), id(node))
        if key not in self._waiting:
            self._waiting.add(key)
            self._number += 1
            heapq.heappush(self._heap, (rule.rank, self._number, rule, node))

    def run(self) -> None:
        """Until nothing waits. Raises InputError `form.too-much-work`."""
        self._times.clear()
        self._spent = 0
        until = monotonic() + limits.SECONDS
        try:
            while self._heap:
                _, _, rule, node = heapq.heappop(self._heap)
                key = (id(rule), id(node))
                self._waiting.discard(key)
                times = self._times.get(key, 0) + 1
                self._times[key] = times
                if times > limits.ROUNDS:
                    self.troubles[rule.path, rule.kind] = "form.cycle"
                    continue
                self._spent += 1
                if self._spent > limits.EVALUATIONS or monotonic() > until:
                    raise InputError("form.too-much-work", limit=limits.EVALUATIONS)
                self._work(rule, node)
        finally:
            self._heap.clear()
            self._waiting.clear()

    def _work(self, rule: Rule, node: Node) -> None:
        if rule.kind == "relevant":
            self._relevant(rule, node)
        elif rule.kind == "calculate":
            self._calculate(rule, node)
        elif rule.kind == "choices":
            self._session.narrow(node)
        else:
            self._count(rule, node)

    def _relevant(self, rule: Rule, node: Node) -> None:
        try:
            own = rule.expression.boolean(Context(self._session.environment, node))
        except XPathError as error:
            self.troubles[rule.path, rule.kind] = error.code
            return
        if own is not node.own_relevant:
            node.own_relevant = own
            self.relevance(node)

    def relevance(self, node: Node) -> None:
        """Hand the relevance of `node` down; what came or went is told to who reads it."""
        waiting = [node]
        changed = []
        while waiting:
            each = waiting.pop()
            now = each.own_relevant and (each.parent is None or each.parent.relevant)
            if now is each.relevant:
                continue
            each.relevant = now
            changed.append(each)
            waiting.extend(each.all_children)
            waiting.extend(each.attributes)
        for each in changed:
            self.touch(each)
            if each.relevant and not self._session.restoring:
                for rule in self._graph.on_path.get(each.path, ()):
                    if rule.kind in ("calculate", "choices"):
                        self._put(rule, each)
        if changed and self._session.in_repeat(node):
            self.placed(node.path)

    def _calculate(self, rule: Rule, node: Node) -> None:
        if not node.relevant:
            return
        try:
            value = rule.expression.evaluate(Context(self._session.environment, node))
        except XPathError as error:
            self.troubles[rule.path, rule.kind] = error.code
            return
        text = as_text(value, rule.bind.type if rule.bind else "string")
        if len(text) > limits.TEXT:
            self.troubles[rule.path, rule.kind] = "form.answer-too-long"
            return
        if not self._has_room(node, text):
            self.troubles[rule.path, rule.kind] = "form.answers-too-big"
            return
        self.troubles.pop((rule.path, rule.kind), None)
        self.write(node, text, "calculate")

    def _has_room(self, node: Node, text: str) -> bool:
        return len(text) <= len(node.text) or self.written + len(text) - len(node.text) <= limits.ALL_TEXT

    def write(self, node: Node, text: str, writer: str) -> bool:
        """Put a value in its kept form into `node`, and let its readers wait. Whether it is another than before."""
        if len(text) > limits.TEXT:
            raise InputError("form.answer-too-long", limit=limits.TEXT)
        if not self._has_room(node, text):
            raise InputError("form.answers-too-big")
        node.writer = writer
        if node.text == text:
            return False
        before, node.text = node.text, text
        self.written += len(text) - len(before)
        self._changed(node, before, writer)
        self.touch(node)
        return True

    def _count(self, rule: Rule, parent: Node) -> None:
        try:
            # Where there is no instance yet, one that isn't in the tree stands for it.
            number = rule.expression.number(
                Context(self._session.environment, self._session.repeats.phantom(parent, rule.path))
            )
        except XPathError as error:
            self.troubles[rule.path, rule.kind] = error.code
            return
        if math.isnan(number) and not self._session.beginning:
            return  # nothing is said: what is there stays
        number = 0.0 if math.isnan(number) else number
        wanted = max(0, int(min(number, limits.REPEATS + 1)))
        if wanted > limits.REPEATS:
            self.troubles[rule.path, rule.kind] = "form.too-many-repeats"
            wanted = limits.REPEATS
        self._session.repeats.resize(parent, rule.path, wanted)


def as_text(value: object, kind: str) -> str:
    """What an expression gave, in the form in which a value of this type is kept; NaN is nothing."""
    text = to_string(value)  # type: ignore[arg-type]
    if text == "NaN" and isinstance(value, float):
        return ""
    return cast(kind, text)

"""One person's answers to one form: what a screen asks, and what it may do. No I/O, no clock but the one it is given.

Whatever is done leaves the tree consistent: relevance, calculations, numbers of repeats and choices are brought up to
date before a call returns. Each change of a value is told to `changed` (the audit, the draft).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from cairn.errors import InputError
from cairn.forms import actions, limits, paths, preload
from cairn.forms.acting import Actor
from cairn.forms.changes import Change
from cairn.forms.choices import Choices
from cairn.forms.definition import Form
from cairn.forms.graph import Graph
from cairn.forms.repeats import Repeats
from cairn.forms.showing import Showing
from cairn.forms.tree import Node
from cairn.forms.values import cast
from cairn.forms.worker import Worker
from cairn.forms.xpath.context import Context, Environment
from cairn.forms.xpath.errors import XPathError
from cairn.forms.xpath.nodes import Node as Seen

SKIPS = ("refused", "unknown", "not_asked", "distress")
"""Why a question may be left out; each is as good as another."""


@dataclass(slots=True)
class Device:
    """What a form may be told of where it is filled in: the time, and nothing unless it is given."""

    now: Callable[[], datetime] | None = None
    properties: Mapping[str, str] = field(default_factory=dict)
    """For `jr:preload="property"`; what is not in it stays empty: no device's number, no telephone."""
    entropy: Callable[[int], bytes] | None = None


class Session:
    """A form that is being answered. Begin one with `begin`; `answers.restore` goes on with an earlier one."""

    def __init__(
        self, form: Form, tables: Mapping[str, Node] | None = None, device: Device | None = None
    ) -> None:
        self.form = form
        self.device = device or Device()
        self.graph = _graph(form)
        self.document = form.root.copy()
        self.changes: list[Change] = []
        """What changed since this list was last emptied."""
        self.forgotten = 0
        """How many changes went because nobody emptied it."""
        self.skipped: dict[Node, str] = {}
        self.problems: dict[tuple[str, str], str] = {}
        self.environment = Environment(
            self.document,
            {**form.instances, **(tables or {})},
            form.prefixes,
            choice_label=self._choice_label,
            translation=self._translation,
            version=form.version,
        )
        if self.device.now is not None:
            self.environment.now = self.device.now
        if self.device.entropy is not None:
            self.environment.entropy = self.device.entropy
        self.showing = Showing(self)
        self.choices = Choices(self)
        self.worker = Worker(self, self._note)
        self._single = _single(self.document)
        self.repeats = Repeats(self)
        self.actor = Actor(self)
        self.held: dict[Node, str] = {}
        """What a person chose, also what is no choice at the moment: it comes back together with the choice."""
        self.left: dict[str, str] = {}
        """Answers to what this version of the form doesn't ask: they are kept."""
        self.beginning = False
        self.restoring = False
        """Earlier answers are put back: nothing that was worked out is worked out again."""

    @property
    def root(self) -> Node:
        """The instance's root element."""
        return self.document.all_children[0]

    def begin(self) -> None:
        """First load: what the device gives, all rules, then the actions of the first load."""
        self.beginning = True
        preload.begin(self)
        for path, control in self.form.repeats.items():
            if control.fixed and control.count is None:
                for parent in self.below(self.document, paths.above(path)):
                    if not self.below(parent, path):
                        self.repeats.insert(parent, path)
        self.worker.all(self.document)
        self.settle()
        self.beginning = False
        for event in (actions.FIRST_LOAD, actions.LOAD):
            self.actor.act(event, self.document)
        self.settle()

    # ---- what a screen asks

    def node(self, ref: str) -> Node:
        """The node at `/data/person[2]/name`. Raises InputError `form.no-such-question`."""
        found = self.find(ref)
        if found is None:
            raise InputError("form.no-such-question", ref=ref[:200])
        return found

    def find(self, ref: str) -> Node | None:
        """The node at a path with numbers; None where there is none."""
        try:
            steps = paths.numbered(ref)
        except ValueError:
            return None
        node = self.document
        for raw, number in steps:
            name = self.form.name_of(raw)
            if name.startswith("@"):
                return next((each for each in node.attributes if each.qname == name[1:]), None)
            same = [each for each in node.every(name.rpartition(":")[2]) if each.qname == name]
            if not 1 <= number <= len(same):
                return None
            node = same[number - 1]
        return node

    def ref(self, node: Node) -> str:
        """Where `node` stands, with the numbers of the repeats that it lies in."""
        steps: list[str] = []
        for each in node.up():
            if each.kind == "document":
                break
            name = f"@{each.qname}" if each.kind == "attribute" else each.qname
            steps.append(f"{name}[{each.ordinal}]" if each.path in self.form.repeats else name)
        return "/" + "/".join(reversed(steps))

    def single(self, path: str) -> Node | None:
        """The one node of this path, where it lies in no repeat; None where there may be several."""
        return self._single.get(path)

    def below(self, top: Node, path: str) -> list[Node]:
        """All nodes of this path at or below `top`."""
        if top.path == path:
            return [top]
        if top.path and not path.startswith(top.path + "/"):
            return []
        found = [top]
        for step in path[len(top.path) + 1 :].split("/"):
            if step.startswith("@"):
                return [each for node in found for each in node.attributes if each.qname == step[1:]]
            name = step.rpartition(":")[2]
            found = [each for node in found for each in node.every(name)]
        return [node for node in found if node.path == path]

    def in_repeat(self, node: Node) -> bool:
        """Whether `node` is an instance of a repeat, or lies in one."""
        return any(each.path in self.form.repeats for each in node.up())

    def required(self, node: Node) -> bool:
        """Whether an answer must be given."""
        return self._truth(node, "required")

    def readonly(self, node: Node) -> bool:
        """Whether nobody may change it, here or in what it lies in."""
        return any(self._truth(each, "readonly") for each in node.up())

    def wrong(self, node: Node, text: str | None = None) -> str:
        """Why a value is not accepted: `required`, `constraint`; empty where it is. `text` instead of what stands there."""
        if node in self.skipped and text is None:
            return ""
        held = node.text if text is None else text
        if not node.relevant and text is None:
            return ""
        if not held:
            return "required" if self.required(node) else ""
        if node.bind is None or node.bind.constraint is None:
            return ""
        stands, node.text = node.text, held
        try:
            return "" if node.bind.constraint.boolean(Context(self.environment, node)) else "constraint"
        except XPathError as error:
            self.troubled(node.path, "constraint", error.code)
            return ""
        finally:
            node.text = stands

    def message(self, node: Node) -> str | None:
        """The form's own words for why a value is not accepted; None where it has none."""
        why = self.wrong(node)
        if not why or node.bind is None:
            return None
        wording = node.bind.constraint_wording if why == "constraint" else node.bind.required_wording
        return self.showing.text(wording, node)

    def unanswered(self) -> Iterable[Node]:
        """Every relevant question that still has something wrong, in the order of the instance."""
        return (
            node
            for node in self.document.inner()
            if not node.all_children and node.relevant and self.wrong(node)
        )

    # ---- what a screen may do

    def answer(self, ref: str, text: str) -> Node:
        """Put an answer, in whatever form it was typed. What doesn't fit its type is nothing.

        Raises InputError `form.no-such-question`, `form.read-only`, `form.answer-too-long`, `form.too-much-work`.
        """
        node = self.node(ref)
        if node.all_children or node.control is None and node.bind is None and node.kind == "document":
            raise InputError("form.no-such-question", ref=ref[:200])
        if self.readonly(node):
            raise InputError("form.read-only", ref=ref[:200])
        kind = node.bind.type if node.bind else "string"
        if node.control is not None and node.control.kind in (
            "select",
            "select1",
            "rank",
            "trigger",
            "range",
        ):
            text = self.choices.taken(node, text)
        self.skipped.pop(node, None)
        self.held[node] = text
        self.worker.write(node, cast(kind, text), "person")
        self.settle()
        return node

    def skip(self, ref: str, code: str) -> None:
        """Leave a question out, and say why: one of `SKIPS`; empty takes it back. Its answer is emptied.

        Raises InputError as `answer`, and `form.no-such-skip`.
        """
        if code and code not in SKIPS:
            raise InputError("form.no-such-skip", skip=code[:40])
        node = self.answer(ref, "")
        if code:
            self.skipped[node] = code
            self._note(node, "", f"skip:{code}")

    def add(self, ref: str) -> Node:
        """A new instance at the end of the repeat at `/data/person` (or of any instance of it).

        Raises InputError `form.no-such-repeat`, `form.repeat-fixed`, `form.too-many-repeats`.
        """
        parent, path = self._range(ref)
        if self.form.repeats[path].count is not None or self.form.repeats[path].fixed:
            raise InputError("form.repeat-fixed", ref=ref[:200])
        made = self.repeats.insert(parent, path)
        self.settle()
        return made

    def remove(self, ref: str) -> None:
        """Take an instance of a repeat out, with its answers: each is told to `changes`. Raises as `add`."""
        node = self.node(ref)
        if node.path not in self.form.repeats or node.parent is None:
            raise InputError("form.no-such-repeat", ref=ref[:200])
        if self.form.repeats[node.path].count is not None or self.form.repeats[node.path].fixed:
            raise InputError("form.repeat-fixed", ref=ref[:200])
        self.repeats.take_out(node)
        self.settle()

    def instances(self, ref: str) -> list[Node]:
        """All instances of the repeat at `/data/person`. Raises InputError `form.no-such-repeat`."""
        parent, path = self._range(ref)
        return self.below(parent, path)

    def _range(self, ref: str) -> tuple[Node, str]:
        """The node that a repeat's instances lie in, and the repeat's path."""
        bare = paths.joined("", ref)
        if bare not in self.form.repeats:
            raise InputError("form.no-such-repeat", ref=ref[:200])
        parent = self.node(ref.strip().rpartition("/")[0])
        return parent, bare

    def speak(self, language: str) -> None:
        """Show another language. Raises InputError `form.no-such-language`."""
        if language not in self.form.languages:
            raise InputError("form.no-such-language", language=language[:80])
        self.showing.language = language
        self.worker.spoken(self.document)
        self.settle()

    # ---- for the other parts of the engine

    def keep_unoffered(self) -> None:
        """Choices that a changed form offers no more go to `left` before they are taken back."""
        for node, text in self.held.items():
            if node.control is not None and node.control.kind in ("select", "select1", "rank"):
                offered = {choice.value for choice in self.choices.of(node)}
                gone = [
                    each
                    for each in ([text] if node.control.kind == "select1" else text.split())
                    if each not in offered
                ]
                if gone:
                    self.left[self.ref(node)] = " ".join(gone)

    def narrow(self, node: Node) -> None:
        """Take back what is no choice any more."""
        self.choices.forget(node)
        if self.restoring:
            return
        if node.relevant and (node.text or self.held.get(node)):
            kept = self.choices.kept(node)
            if kept != node.text:
                self.worker.write(node, kept, "choices")

    def settle(self) -> None:
        """Run what waits and the actions that changes set off, until both are done."""
        for _ in range(limits.ROUNDS):
            self.worker.run()
            new, self.repeats.new = self.repeats.new, []
            triggered, self.actor.triggered = self.actor.triggered, []
            if not triggered and not new:
                return
            for made in new:
                if made.parent is not None:
                    self.actor.act(actions.NEW_REPEAT, made)
            self.actor.changed_values(triggered)
        self.worker.run()
        if self.actor.triggered:
            self.actor.triggered = []
            self.troubled("", "setvalue", "form.cycle")

    def _note(self, node: Node, before: str, writer: str) -> None:
        if not self.beginning:
            self.note(Change(self.ref(node), before, node.text, writer))
            self.actor.changed(node)

    def note(self, change: Change) -> None:
        """Add to the changes; where nobody takes them, the oldest go and are counted."""
        if len(self.changes) >= limits.AUDIT:
            half = limits.AUDIT // 2
            del self.changes[:half]
            self.forgotten += half
        self.changes.append(change)

    def _truth(self, node: Node, kind: str) -> bool:
        expression = getattr(node.bind, kind) if node.bind else None
        if expression is None:
            return False
        try:
            return bool(expression.boolean(Context(self.environment, node)))
        except XPathError as error:
            self.troubled(node.path, kind, error.code)
            return False

    def troubled(self, path: str, kind: str, code: str) -> None:
        """Note what could not be worked out."""
        self.worker.troubles[path, kind] = code

    def _choice_label(self, value: str, path: str, here: Seen) -> str | None:
        return self.choices.label_of(value, path, here if isinstance(here, Node) else self.root)

    def _translation(self, name: str) -> str | None:
        return self.showing.of_id(name, self.root)


def _single(document: Node) -> dict[str, Node]:
    """The nodes that lie in no repeat, by their path; where two share one, neither."""
    found: dict[str, Node | None] = {}
    waiting = [document]
    while waiting:
        node = waiting.pop()
        if node.repeated:
            continue
        for each in (node, *node.attributes):
            found[each.path] = None if each.path in found else each
        waiting.extend(node.all_children)
    return {path: node for path, node in found.items() if node is not None}


def _graph(form: Form) -> Graph:
    """The graph of a form is made once."""
    if form.graph is None:
        form.graph = Graph(form)
    return form.graph

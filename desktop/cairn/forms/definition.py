"""A form as the engine has it: binds, controls, lists, texts, actions. Made by `reading`, changed by nobody."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cairn.forms import paths

if TYPE_CHECKING:
    from cairn.forms.findings import Finding
    from cairn.forms.graph import Graph
    from cairn.forms.tree import Node
    from cairn.forms.xpath.expression import Expression


@dataclass(slots=True)
class Wording:
    """What is said somewhere: by an id, by an expression, or by pieces of text and expressions (`<output>`)."""

    id: str = ""
    """`jr:itext('…')`: the text of this id."""
    id_of: Expression | None = None
    """`jr:itext(…)`: the text whose id this gives."""
    ref: Expression | None = None
    """Any other expression: what it gives."""
    pieces: list[str | Expression] = field(default_factory=list)


@dataclass(slots=True)
class Bind:
    """What holds for the nodes of one path. The expressions are None where nothing is said."""

    path: str
    type: str = "string"
    """One of `values.TYPES`, or as the form says where it is none of them."""
    relevant: Expression | None = None
    calculate: Expression | None = None
    required: Expression | None = None
    readonly: Expression | None = None
    constraint: Expression | None = None
    constraint_wording: Wording | None = None
    required_wording: Wording | None = None
    preload: str = ""
    preload_what: str = ""
    extra: dict[str, str] = field(default_factory=dict)
    """Attributes of other programs and of Cairn's own (`{namespace}name`), as they stand."""


@dataclass(slots=True)
class Option:
    """A choice that is written out in the form."""

    value: str
    label: Wording | None


@dataclass(slots=True)
class Itemset:
    """Choices that an expression gives."""

    nodes: Expression
    value: Expression
    label: Wording | None
    randomized: bool = False


@dataclass(slots=True)
class Action:
    """`setvalue`: on one of `events`, the node of `target` gets a value."""

    events: frozenset[str]
    target: str
    """The path, without numbers."""
    exactly: Expression | None
    """Where the target has predicates: what gives its nodes."""
    value: Expression | None
    literal: str
    source: str
    """The path of the control that it stands in, whose change triggers it; empty in the model."""
    repeat: str = ""
    """The path of the repeat that it stands in (new-repeat)."""


@dataclass(slots=True)
class Control:
    """What stands in the body: a question, a group or a repeat."""

    kind: str
    """`input`, `select`, `select1`, `rank`, `upload`, `trigger`, `range`, `group`, `repeat`, `secret`."""
    path: str
    """Of a group without a place in the instance, empty."""
    appearance: tuple[str, ...] = ()
    label: Wording | None = None
    hint: Wording | None = None
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Control] = field(default_factory=list)
    items: list[Option] = field(default_factory=list)
    itemset: Itemset | None = None
    parent: Control | None = None
    count: Expression | None = None
    """Of a repeat: how many there are to be."""
    fixed: bool = False
    """Of a repeat: people may neither add nor remove (`jr:noAddRemove`)."""


@dataclass(slots=True)
class Form:
    """One questionnaire."""

    id: str
    version: str
    title: str
    root: Node
    """The primary instance as it begins, templates taken out."""
    templates: dict[str, Node]
    """Of each repeat, what a new one looks like."""
    explicit: frozenset[str]
    """The repeats whose template is marked as one."""
    defaults: dict[str, list[Node]]
    """Of these: the instances that the form has from the beginning, by their place."""
    binds: dict[str, Bind]
    controls: dict[str, Control]
    """By path; a group that only gathers is in `body` alone."""
    body: list[Control]
    repeats: dict[str, Control]
    actions: list[Action]
    instances: dict[str, Node]
    """Secondary instances, read."""
    external: dict[str, str]
    """Secondary instances that lie beside the form: id and address (`jr://file/…`)."""
    texts: dict[str, dict[str, dict[str, Wording]]]
    """By language, id, and form (empty, `image`, `audio`, `video`, `guidance`)."""
    languages: tuple[str, ...]
    prefixes: dict[str, str]
    findings: list[Finding] = field(default_factory=list)
    order: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Of each path: the paths right in it, templates among them, as the form has them."""
    filled: frozenset[str] = frozenset()
    """The paths that hold something from the beginning: empty answers to them are kept as such."""
    graph: Graph | None = None
    """Made when the first session begins."""
    _by_space: dict[str, str] | None = None

    def name_of(self, step: str) -> str:
        """A step with the prefix that names are written with here."""
        if ":" not in step:
            return step
        if self._by_space is None:
            self._by_space = {}
            for prefix, space in self.prefixes.items():
                self._by_space.setdefault(space, prefix)
        return paths.respelled(step, self.prefixes, self._by_space)

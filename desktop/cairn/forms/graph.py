"""What has to be worked out again when an answer changes: a form's expressions, ordered by what they read.

For each path of the instance the graph knows the rules that read it, and how far: a rule that reads `../age` concerns
the same person of a repeat alone, one that sums up `/data/person/age` from outside concerns all of them. What can't be
told from the expression concerns everything.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from cairn.errors import InputError
from cairn.forms import limits, paths
from cairn.forms.definition import Bind, Control, Form
from cairn.forms.xpath.expression import Expression
from cairn.forms.xpath.parts import parts
from cairn.forms.xpath.references import ANY, DEEP, functions_of
from cairn.forms.xpath.syntax import Call, Expr, Filter, Named, Negation, Operation, Path

_PLACED = frozenset(
    {"position", "last", "count", "indexed-repeat", "count-non-empty", "sum", "max", "min", "join"}
)
"""Functions whose value may change with the number of instances alone."""

_SPOKEN = frozenset({"jr:choice-name", "jr:itext"})


@dataclass(slots=True, eq=False)
class Rule:
    """One expression of one path that has to be kept up to date: `count`, `relevant`, `calculate` or `choices`."""

    kind: str
    path: str
    expression: Expression
    bind: Bind | None = None
    control: Control | None = None
    reads: list[tuple[tuple[str, ...], int]] = field(default_factory=list)
    """Steps that are read (names alone), and how many steps from the root the reader shares with what it reads."""
    counts: list[tuple[tuple[str, ...], int]] = field(default_factory=list)
    """The same of what is only counted or found: answers in it change nothing."""
    placed: bool = False
    rank: int = 0
    cyclic: bool = False


class Graph:
    """The rules of a form."""

    def __init__(self, form: Form) -> None:
        self.rules = list(_rules(form))
        self.on_path: dict[str, list[Rule]] = {}
        self.everything: list[Rule] = []
        """Rules that read what can't be told."""
        self._by_read: dict[tuple[str, ...], list[tuple[Rule, int]]] = {}
        self._by_count: dict[tuple[str, ...], list[tuple[Rule, int]]] = {}
        self._under: dict[tuple[str, ...], list[tuple[Rule, int]]] = {}
        """Rules that read something below a path."""
        self._inside: dict[str, list[Rule]] = {}
        """Calculations below a path."""
        self._wild: list[tuple[Rule, tuple[str, ...], int]] = []
        self.spoken = [rule for rule in self.rules if functions_of(rule.expression.tree) & _SPOKEN]
        self.placed = [rule for rule in self.rules if rule.placed]
        for rule in self.rules:
            self.on_path.setdefault(rule.path, []).append(rule)
            if rule.kind == "calculate":
                for path in paths.prefixes(rule.path)[:-1]:
                    self._inside.setdefault(path, []).append(rule)
            for steps, shared in rule.counts:
                self._by_count.setdefault(steps, []).append((rule, shared))
                for length in range(1, len(steps)):
                    self._under.setdefault(steps[:length], []).append((rule, shared))
            for steps, shared in rule.reads:
                if DEEP in steps[:1]:
                    self.everything.append(rule)
                elif ANY in steps or DEEP in steps:
                    self._wild.append((rule, steps, shared))
                else:
                    self._by_read.setdefault(steps, []).append((rule, shared))
                    for length in range(1, len(steps)):
                        self._under.setdefault(steps[:length], []).append((rule, shared))
        self._known: dict[str, list[tuple[Rule, int]]] = {}
        self._edges = 0
        self.cycles = _ranked(self)

    def readers(self, path: str) -> list[tuple[Rule, int]]:
        """The rules that read the node at `path` or what it lies in, and how much of the way they share with it.

        Raises InputError `form.too-big`.
        """
        found = self._known.get(path)
        if found is None:
            steps = tuple(_bare(each) for each in path.split("/")[1:])
            found = [(rule, 0) for rule in self.everything]
            for length in range(1, len(steps) + 1):
                found += self._by_read.get(steps[:length], ())
            found += self._by_count.get(steps, ())
            found += [(rule, shared) for rule, read, shared in self._wild if _matches(read, steps)]
            found += self._under.get(steps, ())
            self._edges += len(found)
            if self._edges > limits.EDGES:
                raise InputError("form.too-big")
            self._known[path] = found
        return found

    def inside(self, path: str) -> list[Rule]:
        """The calculations of what lies in `path`."""
        return self._inside.get(path, [])


def _bare(step: str) -> str:
    return step.rpartition(":")[2].lstrip("@")


def _matches(read: tuple[str, ...], steps: tuple[str, ...]) -> bool:
    for ours, theirs in zip(read, steps, strict=False):
        if ours == DEEP:
            return True
        if ours not in (ANY, theirs):
            return False
    return True


def _rules(form: Form) -> Iterator[Rule]:
    for path, bind in form.binds.items():
        for kind in ("relevant", "calculate"):
            expression = getattr(bind, kind)
            if expression is not None:
                yield _rule(kind, path, expression, bind=bind)
    for path, control in form.controls.items():
        if control.kind == "repeat" and control.count is not None:
            yield _rule("count", path, control.count, control=control)
        if control.itemset is not None:
            yield _rule("choices", path, control.itemset.nodes, control=control)


def _rule(
    kind: str, path: str, expression: Expression, *, bind: Bind | None = None, control: Control | None = None
) -> Rule:
    steps = tuple(_bare(each) for each in path.split("/")[1:])
    known = _shared(expression.tree, steps)
    reads: list[tuple[tuple[str, ...], int]] = []
    counts: list[tuple[tuple[str, ...], int]] = []
    for reference in expression.references(steps):
        if reference.instance is not None and reference.instance != ANY:
            continue
        if reference.instance == ANY:
            reads.append(((DEEP,), 0))
            continue
        # What reads itself only to see its own value (`once`) doesn't depend on it.
        if reference.steps == steps and kind == "calculate" and functions_of(expression.tree) & {"once"}:
            continue
        told = not {ANY, DEEP} & set(reference.steps)
        (counts if told and not reference.valued else reads).append(
            (reference.steps, known.get(reference.steps, 0))
        )
    placed = bool(functions_of(expression.tree) & _PLACED)
    return Rule(kind, path, expression, bind, control, reads, counts, placed)


def _shared(tree: Expr, at: tuple[str, ...]) -> dict[tuple[str, ...], int]:
    """Of each path that is read: how many steps from the root it surely shares with `at`, in the same instances."""
    found: dict[tuple[str, ...], int] = {}
    if not _picks(tree):
        _look(tree, at, True, found)
    return found


def _picks(tree: Expr) -> bool:
    """Whether predicates choose among the answers: then what is read there may lie in any instance of a repeat."""
    for each in parts(tree):
        if isinstance(each, Path) and any(step.predicates for step in each.steps):
            if not (isinstance(each.start, Call) and each.start.name == "instance"):
                return True
        elif isinstance(each, Filter) and not (isinstance(each.of, Call) and each.of.name == "instance"):
            return True
    return False


def _look(tree: Expr, at: tuple[str, ...], here: bool, found: dict[tuple[str, ...], int]) -> None:
    """`here` says whether what is gone through is the node itself, and not something in a predicate."""
    if isinstance(tree, Path):
        start = tree.start
        if isinstance(start, Call) and start.name == "current" and not start.arguments:
            _way(tree, at, found)
        elif start is None:
            # In a predicate a path begins wherever that stands: what it shares is not known.
            if here:
                _way(tree, at, found)
        elif start == "/":
            _from_top(tree, at, found)
        elif not isinstance(start, str):
            _look(start, at, here, found)
        for step in tree.steps:
            for predicate in step.predicates:
                _look(predicate, at, False, found)
    elif isinstance(tree, Call):
        for each in tree.arguments:
            _look(each, at, here, found)
        if tree.name == "indexed-repeat":
            # Its paths go through all instances: none is shared with where it stands.
            for each in tree.arguments:
                if isinstance(each, Path) and each.start == "/":
                    _from_top(each, (), found)
    elif isinstance(tree, Operation):
        for each in tree.operands:
            _look(each, at, here, found)
    elif isinstance(tree, Negation):
        _look(tree.of, at, here, found)
    elif isinstance(tree, Filter):
        _look(tree.of, at, here, found)
        for each in tree.predicates:
            _look(each, at, False, found)


def _way(tree: Path, at: tuple[str, ...], found: dict[tuple[str, ...], int]) -> None:
    steps, least = list(at), len(at)
    for step in tree.steps:
        if step.axis == "parent":
            steps = steps[:-1]
            least = min(least, len(steps))
        elif step.axis == "child" and isinstance(step.test, Named) and step.test.name != ANY:
            steps.append(step.test.name)
        elif step.axis in ("self", "attribute"):
            continue
        else:
            return
    _note(tuple(steps), least, found)


def _from_top(tree: Path, at: tuple[str, ...], found: dict[tuple[str, ...], int]) -> None:
    """An absolute path means the instance that the reader stands in, but at its last step and after a predicate."""
    steps, least, same = [], 0, True
    for number, step in enumerate(tree.steps):
        if step.axis == "attribute":
            continue
        if step.axis != "child" or not isinstance(step.test, Named) or step.test.name == ANY:
            return
        steps.append(step.test.name)
        same = same and not step.predicates and number < len(tree.steps) - 1
        same = same and len(steps) <= len(at) and at[len(steps) - 1] == step.test.name
        if same:
            least = len(steps)
    _note(tuple(steps), least, found)


def _note(steps: tuple[str, ...], shared: int, found: dict[tuple[str, ...], int]) -> None:
    found[steps] = min(shared, found.get(steps, shared))


def _ranked(graph: Graph) -> list[list[Rule]]:
    """Give each rule a number after those that it depends on; the cycles, each as its rules (Tarjan 1972)."""
    follow: dict[Rule, list[Rule]] = {rule: [] for rule in graph.rules}
    for rule in graph.rules:
        if rule.kind == "choices":
            continue
        follow[rule] = [
            reader for reader, _ in _touched(graph, rule) if reader.kind != "choices" or reader is not rule
        ]
    number: dict[Rule, int] = {}
    low: dict[Rule, int] = {}
    stack: list[Rule] = []
    on_stack: set[Rule] = set()
    done: list[list[Rule]] = []
    for root in graph.rules:
        if root in number:
            continue
        work: list[tuple[Rule, Iterator[Rule]]] = [(root, iter(follow[root]))]
        number[root] = low[root] = len(number)
        stack.append(root)
        on_stack.add(root)
        while work:
            rule, rest = work[-1]
            for following in rest:
                if following not in number:
                    number[following] = low[following] = len(number)
                    stack.append(following)
                    on_stack.add(following)
                    work.append((following, iter(follow[following])))
                    break
                if following in on_stack:
                    low[rule] = min(low[rule], number[following])
            else:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[rule])
                if low[rule] == number[rule]:
                    part: list[Rule] = []
                    while True:
                        each = stack.pop()
                        on_stack.discard(each)
                        part.append(each)
                        if each is rule:
                            break
                    done.append(part)
    cycles = []
    for rank, part in enumerate(reversed(done)):
        cyclic = len(part) > 1 or part[0] in follow[part[0]]
        for rule in part:
            rule.rank, rule.cyclic = rank, cyclic
        if cyclic:
            cycles.append(part)
    return cycles


def _touched(graph: Graph, rule: Rule) -> list[tuple[Rule, int]]:
    """The rules that read what `rule` sets."""
    found = list(graph.readers(rule.path))
    if rule.kind == "relevant" or rule.kind == "count":
        # All that lies in it comes and goes with it.
        found += [(each, 0) for each in graph.inside(rule.path)]
    return found

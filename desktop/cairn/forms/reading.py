"""An XForm's tree to a form: instances, binds, body. What the engine can't use is a finding, and the rest runs.

Sources: ODK XForms specification (https://getodk.github.io/xforms-spec/), sections "Structure", "Bind attributes",
"Body elements", "Secondary instances", "Actions and events".
"""

from __future__ import annotations

from cairn.errors import InputError
from cairn.forms import actions, body, paths, wordings
from cairn.forms.definition import Bind, Control, Form
from cairn.forms.findings import Finding, Grade, of_values
from cairn.forms.markup import JAVAROSA, OPENROSA, XFORMS, Document, Mark
from cairn.forms.tree import Node
from cairn.forms.values import cast, type_of
from cairn.forms.xpath.errors import XPathError
from cairn.forms.xpath.expression import Expression, compile

MAX_EXPRESSIONS = 40_000
"""Most expressions of one form."""


class Reader:
    """Reads one document; what is found wrong gathers in `findings`."""

    def __init__(self, document: Document) -> None:
        self.prefixes = dict(document.prefixes)
        self.findings: list[Finding] = []
        self._expressions: dict[str, Expression | None] = {}
        self._by_space: dict[str, str] = {}
        for prefix, space in document.prefixes.items():
            self._by_space.setdefault(space, prefix)
        self.root = document.root

    def expression(self, text: str | None, path: str, where: str) -> Expression | None:
        """An expression compiled; None where there is none, or where it can't be read (then it is told)."""
        if text is None or not text.strip():
            return None
        if text in self._expressions:
            return self._expressions[text]
        if len(self._expressions) > MAX_EXPRESSIONS:
            raise InputError("form.too-big")
        made: Expression | None = None
        try:
            made = compile(text.strip())
        except XPathError as error:
            self.tell(
                "form.expression", Grade.BROKEN, path, where=where, expression=text.strip(), reason=error.code,
                place=error.offset + 1,
            )  # fmt: skip
        self._expressions[text] = made
        return made

    def tell(self, code: str, grade: Grade, at: str, **values: str | int) -> None:
        """Note a finding about the question at this path."""
        self.findings.append(of_values(code, grade, values, name=at.rpartition("/")[2]))

    def path(self, above: str, ref: str) -> str:
        """The path that `ref` means at `above`, its prefixes those that names are written with here."""
        return paths.respelled(paths.joined(above, ref), self.prefixes, self._by_space)

    def qname(self, name: str, space: str, default: str) -> tuple[str, str]:
        """The prefix that a name is written with in paths, and its namespace; none where it is the instance's own."""
        if not space or space == default:
            return "", ""
        return self._by_space.get(space, ""), space

    def read(self) -> Form:
        """The form. Raises InputError `form.no-model`, `form.no-instance`, `form.too-big`."""
        head = self.root.first("head")
        model = (head.first("model") if head else None) or self.root.first("model")
        body_mark = self.root.first("body")
        if model is None or body_mark is None:
            raise InputError("form.no-model")
        primary = next(
            (mark for mark in model.marks("instance") if next(mark.marks(), None) is not None), None
        )
        if primary is None:
            raise InputError("form.no-instance")
        top = next(primary.marks())
        node = self._primary(top)
        title = head.first("title") if head else None
        texts, languages = wordings.read(self, model)
        binds = self._binds(model)
        controls: dict[str, Control] = {}
        whole = body.read(self, body_mark, controls, node)
        repeats = {control.path: control for control in _controls(whole) if control.kind == "repeat"}
        order = {
            each.path: tuple(dict.fromkeys(child.path for child in each.all_children)) for each in node.walk()
        }
        templates, explicit, defaults = _templates(node, set(repeats))
        form = Form(
            id=top.get("id") or top.get("id", OPENROSA) or top.space,
            version=top.get("version") or top.get("version", OPENROSA) or "",
            title=title.text().strip() if title else "",
            root=node,
            templates=templates,
            explicit=explicit,
            defaults=defaults,
            binds=binds,
            controls=controls,
            body=whole,
            repeats=repeats,
            actions=actions.read(self, model, body_mark),
            instances={},
            external={},
            texts=texts,
            languages=languages,
            prefixes=self.prefixes,
            order=order,
        )
        self._secondary(model, primary, form)
        _attach(form)
        trees = [form.root, *templates.values(), *(each for some in defaults.values() for each in some)]
        form.filled = frozenset(node.path for tree in trees for node in tree.walk() if node.text)
        form.findings = self.findings
        return form

    def _primary(self, top: Mark) -> Node:
        """The instance's document, with an id of its own where it lacks one."""
        document = Node("", "document")
        default = top.space
        root = self._node(top, default, "")
        document.append(root)
        meta = next((each for each in root.all_children if each.name == "meta"), None)
        if meta is None:
            known = self._by_space.get(OPENROSA, "")
            meta = Node("meta", namespace=OPENROSA if known else "", prefix=known)
            meta.path = f"{root.path}/{meta.qname}"
            root.append(meta)
        if not meta.every("instanceID"):
            own = Node("instanceID", namespace=meta.namespace, prefix=meta.prefix)
            own.path, own.writer = f"{meta.path}/{own.qname}", "added"
            meta.append(own)
        return document

    def _node(self, mark: Mark, default: str, above: str) -> Node:
        prefix, space = self.qname(mark.name, mark.space, default)
        node = Node(mark.name, namespace=space, prefix=prefix)
        node.path = f"{above}/{node.qname}"
        for key, value in mark.attributes.items():
            at, _, name = key.rpartition("}")
            attribute_space = at[1:] if at else ""
            attribute = node.set_attribute(
                name,
                value,
                attribute_space,
                self._by_space.get(attribute_space, "") if attribute_space else "",
            )
            attribute.path = f"{node.path}/@{attribute.qname}"
        for inner in mark.marks():
            node.append(self._node(inner, default, node.path))
        if not node.all_children:
            node.text = mark.text()
            node.writer = "default"
        return node

    def _secondary(self, model: Mark, primary: Mark, form: Form) -> None:
        for mark in model.marks("instance"):
            name = mark.get("id")
            if mark is primary or not name:
                continue
            source, top = mark.get("src"), next(mark.marks(), None)
            if name in form.instances or name in form.external:
                self.tell("form.instance-twice", Grade.WARNING, "", instance=name)
            elif top is not None:
                form.instances[name] = instance_of(top)
            elif source:
                form.external[name] = source

    def _binds(self, model: Mark) -> dict[str, Bind]:
        found: dict[str, Bind] = {}
        for mark in model.marks("bind"):
            nodeset = mark.get("nodeset") or mark.get("ref")
            if not nodeset:
                continue
            path = self.path("", nodeset)
            bind = found.get(path) or Bind(path)
            if mark.get("type"):
                bind.type = type_of(mark.get("type") or "")
            for name in ("relevant", "calculate", "required", "readonly", "constraint"):
                if mark.get(name) is not None:
                    setattr(bind, name, self.expression(mark.get(name), path, name))
            for name, attribute in (
                ("constraint_wording", "constraintMsg"),
                ("required_wording", "requiredMsg"),
            ):
                if (said := mark.get(attribute, JAVAROSA)) is not None:
                    setattr(bind, name, wordings.of_attribute(self, said, path))
            bind.preload = mark.get("preload", JAVAROSA) or bind.preload
            bind.preload_what = mark.get("preloadParams", JAVAROSA) or bind.preload_what
            for key, value in mark.attributes.items():
                space = key.rpartition("}")[0][1:]
                if space and space not in (JAVAROSA, XFORMS):
                    bind.extra[key] = value
            found[path] = bind
        return found


def instance_of(top: Mark) -> Node:
    """A secondary instance's document."""
    document = Node("", "document")
    _fill(top, document)
    return document


def _fill(mark: Mark, parent: Node) -> None:
    node = Node(mark.name, namespace=mark.space if mark.space != XFORMS else "")
    for key, value in mark.attributes.items():
        space, _, name = key.rpartition("}")
        node.set_attribute(name, value, space[1:] if space else "")
    node.parent = parent
    parent.all_children.append(node)
    inner = list(mark.marks())
    if not inner:
        node.text = mark.text()
    for each in inner:
        _fill(each, node)


def _controls(whole: list[Control]) -> list[Control]:
    found, waiting = [], list(whole)
    while waiting:
        each = waiting.pop()
        found.append(each)
        waiting.extend(each.children)
    return found


def _templates(
    document: Node, repeats: set[str]
) -> tuple[dict[str, Node], frozenset[str], dict[str, list[Node]]]:
    """What a new instance of each repeat looks like; templates that are marked as such leave the instance.

    Where there are a template and instances, the instances are what the first few look like.
    """
    found: dict[str, Node] = {}
    explicit = set()
    defaults: dict[str, list[Node]] = {}
    # A template inside a template is found before the outer one is copied.
    for node in list(document.walk()):
        if node.path not in repeats or node.parent is None:
            continue
        node.repeated = True
        marked = next(
            (each for each in node.attributes if each.name == "template" and each.namespace == JAVAROSA), None
        )
        if marked is not None:
            node.attributes.remove(marked)
            if node.path not in explicit:
                explicit.add(node.path)
                found[node.path] = node
            node.parent.remove(node)
        elif node.path not in explicit:
            found.setdefault(node.path, node)
    for node in document.walk():
        if node.path in explicit:
            defaults.setdefault(node.path, []).append(node.copy())
    return {path: template.copy() for path, template in found.items()}, frozenset(explicit), defaults


def _attach(form: Form) -> None:
    """Each node knows its bind and its control."""
    for tree in (
        form.root,
        *form.templates.values(),
        *(each for some in form.defaults.values() for each in some),
    ):
        for node in tree.inner():
            node.bind = form.binds.get(node.path)
            node.control = form.controls.get(node.path)
            if node.bind is not None and node.text and not node.all_children:
                node.text = cast(node.bind.type, node.text)


def read(document: Document) -> Form:
    """The form that a document is. Raises InputError `form.no-model`, `form.no-instance`, `form.too-big`."""
    return Reader(document).read()

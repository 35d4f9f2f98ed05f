"""Everything that can be said about a form before anybody answers it: what the engine can't use, and what looks wrong.

Pure. The rows are those of the sheet that the child read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet

import msgspec

from cairn.errors import CairnError
from cairn.forms.definition import Bind, Control, Form, Wording
from cairn.forms.findings import MAX_FINDINGS, Finding, Grade, finding, of_values
from cairn.forms.graph import Graph
from cairn.forms.imported import Imported
from cairn.forms.reading import read
from cairn.forms.wordings import ABSENT
from cairn.forms.xpath.expression import Expression
from cairn.forms.xpath.references import ANY, DEEP

NATIVE = frozenset({"last-saved"})
"""Secondary instances that no file stands for."""
_DRAWN = frozenset({"geotrace", "geoshape", "barcode"})
_ADDRESSES = ("jr://file/", "jr://file-csv/", "jr://images/", "jr://audio/", "jr://video/")


def check(imported: Imported, files: AbstractSet[str] | None = None) -> tuple[Form | None, list[Finding]]:
    """The form, where it can be read, and what is to be said: the child's findings and our own.

    `files` are the names of what lies beside it; None where that is not known.
    """
    found = list(imported.findings)
    if imported.document is None:
        return None, found
    try:
        form = read(imported.document)
        looked = list(_looked_at(form, files))
    except CairnError as error:
        return None, [*found, of_values(error.code, Grade.BROKEN, error.values)]
    found += form.findings
    found += looked
    placed = [_with_row(each, imported.rows) for each in found]
    unique = list({msgspec.json.encode(each): each for each in placed}.values())
    order = {Grade.BROKEN: 0, Grade.REFUSED: 1, Grade.WARNING: 2, Grade.NOTE: 3}
    return form, sorted(unique, key=lambda each: order[each.grade])[:MAX_FINDINGS]


def _with_row(each: Finding, rows: Mapping[str, int]) -> Finding:
    if each.row or not each.name or each.name not in rows:
        return each
    return msgspec.structs.replace(each, row=rows[each.name], sheet="survey")


def _looked_at(form: Form, files: AbstractSet[str] | None) -> Iterator[Finding]:
    graph = form.graph = Graph(form)
    known = _steps(form)
    for path, kind, expression in expressions(form):
        yield from _expression(path, kind, expression, known)
    for cycle in graph.cycles:
        names = ", ".join(dict.fromkeys(rule.path.rpartition("/")[2] for rule in cycle))
        yield finding("form.cycle", Grade.WARNING, name=cycle[0].path.rpartition("/")[2], names=names)
    for bind in form.binds.values():
        yield from _kinds(bind, form)
    yield from _beside(form, files)
    yield from _untranslated(form)


def _kinds(bind: Bind, form: Form) -> Iterator[Finding]:
    if bind.type in _DRAWN and bind.path in form.controls:
        yield finding("form.type-refused", Grade.REFUSED, name=bind.path.rpartition("/")[2], type=bind.type)


def expressions(form: Form) -> Iterator[tuple[str, str, Expression]]:
    """Every expression that works something out: where it stands, for what, and itself."""
    for path, bind in form.binds.items():
        for kind in ("relevant", "calculate", "required", "readonly", "constraint"):
            if (expression := getattr(bind, kind)) is not None:
                yield path, kind, expression
    for path, control in form.controls.items():
        if control.count is not None:
            yield path, "repeat_count", control.count
        if control.itemset is not None:
            yield path, "choices", control.itemset.nodes
    for action in form.actions:
        if action.value is not None:
            yield action.target, "setvalue", action.value


def _expression(
    path: str, kind: str, expression: Expression, known: AbstractSet[tuple[str, ...]]
) -> Iterator[Finding]:
    name = path.rpartition("/")[2]
    for problem in expression.problems:
        yield finding("form.function", Grade.WARNING, name=name, where=kind, reason=problem.code, place=problem.offset + 1,
                      expression=expression.text)  # fmt: skip
    at = tuple(step.rpartition(":")[2].lstrip("@") for step in path.split("/")[1:])
    for reference in expression.references(at):
        if (
            reference.instance is None
            and not {ANY, DEEP} & set(reference.steps)
            and reference.steps not in known
        ):
            yield finding("form.reads-nothing", Grade.WARNING, name=name, where=kind, path=str(reference))


def _steps(form: Form) -> set[tuple[str, ...]]:
    found: set[tuple[str, ...]] = {()}
    for tree in (form.root, *form.templates.values()):
        for node in tree.inner():
            if node.path:
                found.add(tuple(step.rpartition(":")[2].lstrip("@") for step in node.path.split("/")[1:]))
    return found


def _beside(form: Form, files: AbstractSet[str] | None) -> Iterator[Finding]:
    if files is None:
        return
    for name in named_files(form):
        if name not in files:
            yield finding("form.file-missing", Grade.WARNING, file=name)


def named_files(form: Form) -> list[str]:
    """The names of the files that the form expects beside it: lists, pictures, sounds."""
    found = [file_of(address) for name, address in form.external.items() if name not in NATIVE]
    for texts in form.texts.values():
        for forms in texts.values():
            for kind, wording in forms.items():
                if kind in ("image", "big-image", "audio", "video"):
                    found += [
                        file_of(piece)
                        for piece in wording.pieces
                        if isinstance(piece, str) and "jr://" in piece
                    ]
    return sorted({name for name in found if name})


def file_of(address: str) -> str:
    """The name in `jr://file/name.csv`; empty where the address is of another sort."""
    bare = address.strip()
    for start in _ADDRESSES:
        if bare.startswith(start):
            name = bare[len(start) :]
            return "" if "/" in name or name in ("", ".", "..") else name
    return ""


def _untranslated(form: Form) -> Iterator[Finding]:
    if len(form.languages) < 2:
        return
    names = {name for texts in form.texts.values() for name, forms in texts.items() if _says(forms.get(""))}
    for language in form.languages:
        here = form.texts.get(language, {})
        missing = [name for name in names if not _says(here.get(name, {}).get(""))]
        if missing:
            yield finding("form.untranslated", Grade.NOTE, language=language, count=len(missing))


def _says(wording: Wording | None) -> bool:
    return wording is not None and wording.pieces not in ([], [ABSENT])


def questions(form: Form) -> list[Control]:
    """The questions in the order in which they are asked."""
    found, waiting = [], list(reversed(form.body))
    while waiting:
        each = waiting.pop()
        if each.kind not in ("group", "repeat"):
            found.append(each)
        waiting.extend(reversed(each.children))
    return found

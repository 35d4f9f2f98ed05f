"""Every expression of whole forms is read, says what it reads, and is worked out at every node that it belongs to."""

from __future__ import annotations

import gzip
import json
import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree

from cairn.forms.xpath.context import Context, Environment
from cairn.forms.xpath.errors import XPathError
from cairn.forms.xpath.expression import compile
from cairn.forms.xpath.parser import parse
from cairn.forms.xpath.printer import printed
from forms.xpath.trees import Leaf, from_xml

VECTORS = Path(os.environ.get("CAIRN_VECTORS") or "/nonexistent") / "forms" / "scenarios.jsonl.gz"
FORMS = "{http://www.w3.org/2002/xforms}"
OF_A_BIND = ("relevant", "calculate", "constraint", "readonly", "required", "count", "value")
NOT_HERE = {
    "xpath.no-such-instance": "lists that lie beside the form, or none at all: what these recordings are about",
}
"""What may be wrong with a form whose lists are not at hand."""


def forms() -> Iterator[tuple[str, str]]:
    """(name, XForm) of every recording."""
    with gzip.open(VECTORS, "rt", encoding="utf-8") as lines:
        for line in lines:
            test = json.loads(line)
            for step in test["ops"]:
                if str(step.get("form", "")).lstrip().startswith("<"):
                    yield test["name"], step["form"]


def wrapped(element: etree._Element) -> Leaf:
    """A document of its own for what is in an instance."""
    return from_xml(etree.tostring(element, with_tail=False).decode())


def each_expression(root: etree._Element) -> Iterator[tuple[str, str]]:
    """(path it belongs to, expression); the path of a control or an item, where there is no bind."""
    for element in root.iter(
        f"{FORMS}bind", f"{FORMS}setvalue", f"{FORMS}itemset", f"{FORMS}output", f"{FORMS}repeat"
    ):
        where = element.get("nodeset") if element.tag != f"{FORMS}itemset" else element.getparent().get("ref")
        where = where or element.get("ref") or ""
        for name in (*OF_A_BIND, *(["nodeset"] if element.tag == f"{FORMS}itemset" else [])):
            for key, text in element.attrib.items():
                if etree.QName(key).localname == name and text.strip():
                    yield where, text
        if element.tag == f"{FORMS}output" and element.get("value"):
            yield "", element.get("value", "")


def at_every_node(document: Leaf, path: str) -> list[Leaf]:
    found = [document]
    for name in [
        each.rpartition(":")[2].partition("[")[0] for each in path.split("/") if each and each[0] not in "@."
    ]:
        found = [child for node in found for child in node.named(name)]
    return found or [document.children[-1]]


def worked_out(form: str, codes: Counter[str]) -> Iterator[str]:
    """What can't be read or worked out, and isn't explained."""
    root = etree.fromstring(form.encode(), etree.XMLParser(resolve_entities=False, huge_tree=True))
    instances = root.findall(f".//{FORMS}model/{FORMS}instance")
    first = next((each for each in instances if len(each)), None)
    if first is None:
        return
    lists = {each.get("id", ""): wrapped(each[0]) for each in instances if len(each) and each is not first}
    document = wrapped(first[0])
    env = Environment(document, instances=lists, namespaces={k: v for k, v in root.nsmap.items() if k})
    known: set[tuple[str, str]] = set()
    for where, text in each_expression(root):
        if (where, text) in known:
            continue
        known.add((where, text))
        try:
            expression = compile(text)
        except XPathError as error:
            yield f"{error.code}: {text}"
            continue
        codes["compiled"] += 1
        if parse(printed(expression.tree)) != expression.tree:
            yield f"printed otherwise: {text}"
        if expression.problems:
            yield f"{expression.problems[0].code}: {text}"
        names = tuple(each for each in where.split("/") if each)
        assert all(reference.steps is not None for reference in expression.references(names))
        for node in at_every_node(document, where)[:3]:
            codes["worked out"] += 1
            try:
                expression.string(Context(env, node))
            except XPathError as error:
                codes[error.code] += 1
                if error.code not in NOT_HERE:
                    yield f"{error.code} at {where}: {text}"


@pytest.mark.skipif(
    not VECTORS.exists(), reason="recordings of somebody else's suite: CAIRN_VECTORS names their folder"
)
def test_every_expression_of_recorded_forms() -> None:
    codes: Counter[str] = Counter()
    seen: set[str] = set()
    wrong: list[str] = []
    for name, form in forms():
        if form in seen:
            continue
        seen.add(form)
        wrong += [f"{name}: {each}" for each in worked_out(form, codes)]
    print(len(seen), dict(codes))
    assert not wrong, wrong[:40]


def test_a_form_in_which_everything_is_said() -> None:
    form = f"""<h xmlns="{FORMS[1:-1]}"><model>
      <instance><d><r><a>1</a></r><b/></d></instance><instance id="l"><root><item><name>x</name></item></root></instance>
      <bind nodeset="/d/b" calculate="/d/r/a + 1" relevant="nope()"/><bind nodeset="/d/r/a" constraint=". &gt;"/></model>
      <select1 ref="/d/b"><itemset nodeset="instance('l')/root/item[name = /d/b]"><value ref="name"/></itemset></select1>
      <label><output value="instance('gone')/root"/></label></h>"""
    codes: Counter[str] = Counter()
    assert sorted(worked_out(form, codes)) == [
        "xpath.ends-early: . >",
        "xpath.no-such-function at /d/b: nope()",
        "xpath.no-such-function: nope()",
    ]
    assert codes["xpath.no-such-instance"] == 1 and codes["compiled"] == 4

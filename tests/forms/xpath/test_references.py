"""What an expression reads is known without working it out."""

from __future__ import annotations

import pytest

from cairn.forms.xpath.expression import compile
from cairn.forms.xpath.references import Reference, functions_of

HERE = ("data", "person", "age")


def read(expression: str) -> set[str]:
    return {str(each) for each in compile(expression).references(HERE)}


@pytest.mark.parametrize(
    ("expression", "found"),
    [
        ("1 + 2", set()),
        ("/data/name", {"/data/name"}),
        (". > 3 and . < ../size", {"/data/person/age", "/data/person/size"}),
        ("../../total", {"/data/total"}),
        ("/data/person[name = 'A']/age", {"/data/person/name", "/data/person/age"}),
        ("/data/person[name = current()/../name]/age", {"/data/person/name", "/data/person/age"}),
        ("current()", {"/data/person/age"}),
        ("concat(string(), ../name)", {"/data/person/age", "/data/person/name"}),
        ("once(/data/size)", {"/data/person/age", "/data/size"}),
        ("-(../a)", {"/data/person/a"}),
        ("//name", {"/**"}),
        ("../*", {"/data/person/*"}),
        ("../node()", {"/data/person/*"}),
        ("../name/text()", {"/data/person/name"}),
        ("@id", {"/data/person/age"}),
        ("following-sibling::b", {"/data/person/b"}),
        ("preceding::b", {"/**"}),
        ("descendant::b", {"/data/person/age/**"}),
        (
            "instance('l')/root/item[in = ../../x]/name",
            {"instance('l')/root/item/in", "instance('l')/root/item/name", "instance('l')/x"},
        ),
        (
            "instance('l')/root/item[in = /data/x]/name",
            {"instance('l')/root/item/in", "instance('l')/root/item/name", "/data/x"},
        ),
        ("instance(/data/which)/root", {"instance('*')/root", "/data/which", "instance('*')/"}),
        ("pulldata('t', 'a', 'b', ../k)", {"instance('t')/", "/data/person/k"}),
        ("(/data/a | /data/b)[1]/c", {"/data/a", "/data/b", "/**"}),
        ("(/data/a)[x]/c", {"/data/a/x", "/data/a/c"}),
        ("randomize(/data/a)/b", {"/data/a/b"}),
        ("(/data/a)[b]", {"/data/a", "/data/a/b"}),
    ],
)
def test_what_is_read(expression: str, found: set[str]) -> None:
    assert read(expression) - {"instance('l')/", "instance('*')/"} == found - {"instance('*')/"}


def test_nodes_that_are_counted_are_not_read() -> None:
    """How many instances there are does not hang on what is answered in them."""
    (counted,) = compile("count(/data/person)").references(HERE)
    assert (
        not counted.valued
        and counted.reads(("data", "person"))
        and not counted.reads(("data", "person", "age"))
    )
    (asked,) = compile("position(..)").references(HERE)
    assert not asked.valued and asked.steps == ("data", "person")
    found = {
        (str(each), each.valued)
        for each in compile("indexed-repeat(/data/p/n, /data/p, ../i)").references(HERE)
    }
    assert found == {("/data/p/n", True), ("/data/p", False), ("/data/person/i", True)}


def test_what_a_reference_reads() -> None:
    group = Reference(("data", "person"))
    assert (
        group.reads(("data", "person", "age"))
        and group.reads(("data",))
        and not group.reads(("data", "name"))
    )
    assert Reference(("data", "*", "age")).reads(HERE)
    assert Reference(("data", "**")).reads(HERE) and not Reference(("other", "**")).reads(HERE)


def test_which_functions_are_called() -> None:
    assert functions_of(compile("if(a[position() = 1], today(), f())").tree) == {
        "if",
        "position",
        "today",
        "f",
    }

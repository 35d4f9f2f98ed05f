"""Paths: axes, predicates, document order, and what an absolute path means inside a repeat."""

from __future__ import annotations

import pytest

from cairn.forms.xpath import nodes
from cairn.forms.xpath.context import Context
from cairn.forms.xpath.errors import XPathError
from cairn.forms.xpath.expression import compile
from cairn.forms.xpath.nodes import Text
from forms.xpath.evaluating import environment, form, names, value, values
from forms.xpath.trees import at, from_xml

PERSON = "1.7"  # the second person
CHILD = "1.6.4.1"  # the name of the first person's second child


@pytest.mark.parametrize(
    ("expression", "where", "found"),
    [
        ("/data/name", "1", ["Ahn"]),
        ("/data/person/name", "1", ["A", "B", "C"]),
        ("/data/person/child/name", "1", ["a1", "a2", "b1"]),
        ("/data/nothing/name", "1", []),
        ("/data/person/nothing", "1", []),
        ("name", "1.7", ["B"]),
        ("../name", "1.7", ["Ahn"]),
        ("./child/name", "1.6", ["a1", "a2"]),
        ("//name", "1", ["Ahn", "A", "a1", "a2", "B", "b1", "C"]),
        ("//child/name", "1", ["a1", "a2", "b1"]),
        ("//child[1]/name", "1", ["a1", "b1"]),
        ("/data/person[2]/name", "1", ["B"]),
        ("/data/person[last()]/name", "1", ["C"]),
        ("/data/person[position() > 1]/name", "1", ["B", "C"]),
        ("/data/person[age > 4]/name", "1", ["A", "B"]),
        ("/data/person[child[2]]/name", "1", ["A"]),
        ("/data/person[child][2]/name", "1", ["B"]),
        ("/data/person[1.5]/name", "1", []),
        ("/data/person[0]/name", "1", []),
        ("(//name)[3]", "1", ["a1"]),
        ("(//name)[last()]/..//age", "1", [""]),
        ("person[2]/preceding-sibling::person/name", "1", ["A"]),
        ("person[1]/following-sibling::person[1]/name", "1", ["B"]),
        ("person[3]/preceding-sibling::person[1]/name", "1", ["B"]),
        ("ancestor::person/name", CHILD, ["A"]),
        ("ancestor-or-self::*[1]", CHILD, ["a2"]),
        ("ancestor::*[1]/name", CHILD, ["a2"]),
        ("following::name", "1.6.4", ["B", "b1", "C"]),
        ("preceding::name", "1.7.1", ["Ahn", "A", "a1", "a2"]),
        ("descendant-or-self::name", "1.6.1", ["A"]),
        ("name | person/name | name", "1", ["Ahn", "A", "B", "C"]),
        ("(person/name | person/child/name)/..", "1", ["A31a1a2", "a1", "a2", "B5b1", "b1", "C"]),
        ("@id", "1", ["household"]),
        ("@id/following-sibling::node()", "1", []),
        ("@id/following::name[1]", "1", ["Ahn"]),
        ("name/@x | @id/preceding::node()", "1", []),
        ("/data/@*", "1", ["household", "3"]),
        ("@id/../name", "1", ["Ahn"]),
        ("name/text()", "1", ["Ahn"]),
        ("empty/text()", "1", []),
        ("self::person", "1", []),
        ("/", "1", ["Ahn31987-05-04ko enA31a1a2B5b1C"]),
        ("instance('places')/root/item[in = 'y']/label", "1", ["South"]),
        ("instance('places')/root/item[name = 'p1']/label/text()", "1", ["North"]),
    ],
)
def test_paths(expression: str, where: str, found: list[str]) -> None:
    assert values(value(expression, where)) == found


@pytest.mark.parametrize(
    ("expression", "where", "found"),
    [
        ("/data/person/name", "1.7.2", ["B"]),
        ("/data/person/child/name", "1.6.4.1", ["a2"]),
        ("/data/person/child/name", "1.6.2", ["a1", "a2"]),
        ("/data/person/child/name", "1.8.2", []),
        # The last step names all of them: how many there are is asked this way.
        ("/data/person", "1.7.2", ["A31a1a2", "B5b1", "C"]),
        ("/data/person[name = 'A']/age", "1.7.2", ["31"]),
        ("/data/person/child[name = 'a1']/name", "1.6.2", ["a1"]),
        ("instance('places')/root/item[/data/person/name = 'B']/name", "1.7.2", ["p1", "p2"]),
        ("/data/person[name = current()/../name]/age", "1.7.2", ["5"]),
        ("/data/person[/data/person/name = 'A']/name", "1.7.2", ["A"]),
    ],
)
def test_an_absolute_path_in_a_repeat_means_the_same_instance(
    expression: str, where: str, found: list[str]
) -> None:
    assert values(value(expression, where)) == found


@pytest.mark.parametrize(
    ("expression", "where", "found"),
    [
        ("position(..)", "1.7.1", 2.0),
        ("position(../..)", CHILD, 1.0),
        ("position(/data/nothing)", "1", 0.0),
        ("count(/data/person)", "1.7.1", 3.0),
        ("sum(/data/person/age)", "1.7.1", 5.0),
        ("indexed-repeat(/data/person/name, /data/person, 3)", "1.7.1", ["C"]),
        ("indexed-repeat(/data/person/name, /data/person, position(..) - 1)", "1.7.1", ["A"]),
        ("indexed-repeat(/data/person/child/name, /data/person, 1, /data/person/child, 2)", "1.9", ["a2"]),
        ("indexed-repeat(/data/person/name, /data/person, 9)", "1.9", []),
        ("indexed-repeat(../../person/name, ../../person, 1)", "1.7.1", ["A"]),
        ("pulldata('places', 'label', 'name', 'p2')", "1", "South"),
        ("pulldata('places', 'label', 'name', 'p9')", "1", ""),
        ("pulldata('places', 'nothing', 'name', 'p2')", "1", ""),
        ("count(/data/person[1]/following::*)", "1", 9.0),
    ],
)
def test_repeats_and_tables(expression: str, where: str, found: object) -> None:
    got = value(expression, where)
    assert (values(got) if isinstance(got, list) else got) == found


def test_a_prefix_means_its_address_or_itself() -> None:
    text = '<d xmlns:a="urn:a" xmlns:b="urn:b"><a:x>1</a:x><b:x>2</b:x><x>3</x><e b:k="4" k="5"/></d>'
    env = environment(form(text), namespaces={"z": "urn:b"})
    assert values(value("/d/x", env=env)) == ["1", "2", "3"]
    assert values(value("/d/z:x", env=env)) == ["2"]
    assert values(value("/d/a:x", env=env)) == ["1"]
    assert values(value("/d/z:*", env=env)) == ["2"]
    assert values(value("z:x", env=env)) == ["2"]
    assert values(value("/d/z:x/text()", env=env)) == ["2"]
    assert values(value("e/@k", env=env)) == ["5"]
    assert values(value("e/@z:k", env=env)) == ["4"]
    assert values(value("//z:x | //a:x", env=env)) == ["1", "2"]


def test_of_several_repeats_a_prefix_chooses() -> None:
    text = '<d xmlns:a="urn:a"><a:r><x>1</x></a:r><a:r><x>2</x></a:r><r><a:x>3</a:x></r></d>'
    env = environment(form(text))
    assert values(value("/d/a:r/x", env=env)) == ["1", "2"]
    assert values(value("/d/a:r/x", "1.2.1", env=env)) == ["2"]
    assert values(value("/d/r/a:x", "1", env=env)) == ["3"]


def test_kinds_of_nodes() -> None:
    env = environment(from_xml("<d>one<!--two--><?three 3?><e>four</e>five</d>"))
    assert values(value("/d/text()", env=env)) == ["one", "five"]
    assert values(value("/d/comment()", env=env)) == ["two"]
    assert values(value("/d/processing-instruction()", env=env)) == ["3"]
    assert values(value("/d/processing-instruction('three')", env=env)) == ["3"]
    assert values(value("/d/processing-instruction('four')", env=env)) == []
    assert values(value("/d/node()", env=env)) == ["one", "two", "3", "four", "five"]
    assert values(value("/d/*", env=env)) == ["four"]
    assert value("string(/d)", env=env) == "onefourfive"
    assert values(value("/d/e/preceding-sibling::text()", env=env)) == ["one"]


def test_the_text_of_a_leaf_is_one_node() -> None:
    """A tree that keeps no nodes for texts is asked for them."""
    document = form()
    leaf = at(document, "1.1")
    assert isinstance(leaf, type(document))
    leaf.text, leaf.children = "Ahn", []
    env = environment(document)
    assert values(value("name/text() | name/text()", env=env)) == ["Ahn"]
    (text,) = nodes.inside(leaf)
    assert isinstance(text, Text) and text == Text(leaf) and hash(text) == hash(Text(leaf)) and text != leaf
    assert text.named("x") == () and nodes.root(text) is document
    assert nodes.joined(leaf) == "Ahn"


def test_document_order_over_attributes_and_trees() -> None:
    env = environment()
    document = env.root
    name, ident, version = at(document, "1.1"), *document.children[0].attributes  # type: ignore[arg-type]
    other = env.instances["places"]
    assert names(nodes.in_order([name, version, ident, name])) == ["id", "version", "name"]
    assert nodes.in_order([other, name, document]) == [other, document, name]


def test_what_is_no_node() -> None:
    for expression in ("'a'/b", "count('a')", "(1)[1]", "1 | name", "sum(2)", "name(1)", "randomize(1, 2)"):
        with pytest.raises(XPathError) as error:
            value(expression)
        assert error.value.code == "xpath.no-nodes", expression


def test_an_instance_that_is_not_there() -> None:
    for expression in ("instance('x')/root", "pulldata('x', 'a', 'b', 'c')"):
        with pytest.raises(XPathError) as error:
            value(expression)
        assert error.value.code == "xpath.no-such-instance" and error.value.values["name"] == "x"


def test_values_as_one_likes_them() -> None:
    expression = compile("/data/size")
    context = Context(environment(), at(form(), "1"))
    assert (
        expression.string(context) == "3"
        and expression.number(context) == 3.0
        and expression.boolean(context)
    )
    assert [node.name for node in expression.nodes(context) or []] == ["size"]
    assert compile("1").nodes(context) is None

"""Texts to trees and back: every tree that is printed parses to itself, and what is none is told with its place."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cairn.forms.xpath import limits
from cairn.forms.xpath.context import Context
from cairn.forms.xpath.errors import XPathError, shown
from cairn.forms.xpath.expression import compile
from cairn.forms.xpath.functions.table import FUNCTIONS
from cairn.forms.xpath.parser import parse
from cairn.forms.xpath.printer import printed
from cairn.forms.xpath.problems import problems
from cairn.forms.xpath.syntax import (
    AXES,
    DOWN,
    LEVELS,
    TYPES,
    Call,
    Expr,
    Filter,
    Named,
    Negation,
    Number,
    Operation,
    Path,
    Quoted,
    Step,
    Typed,
)
from forms.xpath.evaluating import environment

pytestmark = pytest.mark.filterwarnings(
    "ignore:Generating overly large repr"
)  # of a tree, for a report that nobody asked for
NAMES = st.sampled_from(["a", "b-c", "d.e", "or", "div", "node", "이름", "p"])
TESTS = st.one_of(
    st.builds(Named, st.one_of(NAMES, st.just("*")), st.sampled_from(["", "", "p", "jr"])),
    st.builds(Typed, st.sampled_from(sorted(TYPES - {"processing-instruction"}))),
    st.builds(Typed, st.just("processing-instruction"), st.one_of(st.none(), st.just("t"))),
)


def steps(inner: st.SearchStrategy[Expr]) -> st.SearchStrategy[Step]:
    return st.one_of(
        st.just(DOWN),
        st.builds(
            Step,
            st.sampled_from(sorted(AXES)),  # type: ignore[arg-type]
            TESTS,
            st.lists(inner, max_size=1).map(tuple),
        ),
    )


def operations(inner: st.SearchStrategy[Expr]) -> st.SearchStrategy[Expr]:
    def of_level(level: tuple[str, ...]) -> st.SearchStrategy[Expr]:
        return st.lists(st.tuples(st.sampled_from(level), inner), min_size=1, max_size=2).flatmap(
            lambda rest: inner.map(
                lambda first: Operation(tuple(r[0] for r in rest), (first, *(r[1] for r in rest)))
            )
        )

    return st.sampled_from([*LEVELS, ("|",)]).flatmap(of_level)


def deeper(inner: st.SearchStrategy[Expr]) -> st.SearchStrategy[Expr]:
    some_steps = st.lists(steps(inner), min_size=1, max_size=2).map(tuple)
    predicates = st.lists(inner, min_size=1, max_size=2).map(tuple)
    # A path on a path, and a predicate on a predicate, are one: no text parses to two.
    primary = inner.filter(lambda tree: not isinstance(tree, Filter))
    begun = inner.filter(lambda tree: not isinstance(tree, Path))
    return st.one_of(
        st.builds(
            Call, st.sampled_from([*sorted(FUNCTIONS), "unknown"]), st.lists(inner, max_size=3).map(tuple)
        ),
        st.builds(Negation, inner),
        operations(inner),
        st.builds(Path, st.one_of(st.just("/"), st.none()), some_steps),
        st.builds(Path, begun, some_steps),
        st.builds(Filter, primary, predicates),
    )


TREES: st.SearchStrategy[Expr] = st.recursive(
    st.one_of(
        st.builds(Number, st.floats(min_value=0, allow_nan=False, allow_infinity=False).map(abs)),
        st.builds(Quoted, st.text().filter(lambda text: not ("'" in text and '"' in text))),
        st.just(Path("/", ())),
        st.builds(Path, st.none(), st.just((Step("self", Typed("node")),))),
    ),
    deeper,
    max_leaves=8,
)
PIECES = st.lists(
    st.sampled_from(
        [
            "(",
            ")",
            "[",
            "]",
            ",",
            ".",
            "..",
            "/",
            "//",
            "@",
            "::",
            "*",
            "+",
            "-",
            "=",
            "!=",
            "<",
            "<=",
            ">",
            ">=",
            "|",
            "and",
            "or",
            "mod",
            "div",
            "1",
            "2.5",
            "'a'",
            '"b"',
            "/data",
            "name",
            "person",
            "age",
            "child::",
            "ancestor::",
            "preceding::",
            "node()",
            "text()",
            "not(",
            "count(",
            "concat(",
            "if(",
            "string(",
            "date(",
            "regex(",
            "position(",
            "last()",
            "today()",
            "'2020-01-01'",
            "randomize(",
            "substr(",
            "round(",
            "instance('places')",
            "jr:itext(",
            "current()",
            "'",
            '"',
            "$",
            "{",
            "이",
        ]
    ),
    max_size=14,
)


@given(TREES)
@settings(max_examples=150)
def test_a_printed_tree_parses_to_itself(tree: Expr) -> None:
    assert parse(printed(tree)) == tree


@given(TREES)
@settings(max_examples=100, deadline=None)
def test_a_tree_gives_a_value_or_an_error_of_ours(tree: Expr) -> None:
    _either(printed(tree))


@given(PIECES, st.sampled_from([" ", ""]))
@settings(max_examples=250, deadline=None)
def test_any_pieces_give_a_value_or_an_error_of_ours(pieces: list[str], between: str) -> None:
    _either(between.join(pieces))


@given(st.text(max_size=40))
@settings(max_examples=100, deadline=None)
def test_any_text_gives_a_value_or_an_error_of_ours(text: str) -> None:
    _either(text)


def _either(text: str) -> None:
    env = environment()
    try:
        expression = compile(text)
    except XPathError as error:
        assert 0 <= error.offset <= len(text)
        return
    expression.references(("data", "person", "age"))
    for node in (env.root, env.root.children[0].children[5].children[0]):
        try:
            context = Context(env, node)
            expression.string(context), expression.number(context), expression.boolean(context)
        except XPathError as error:
            assert 0 <= error.offset <= len(text)


@pytest.mark.parametrize(
    ("text", "as_if"),
    [
        ("1or 2", "1 or 2"),
        ("1 or2", "1 or 2"),
        ("1and1", "1 and 1"),
        ("5mod2", "5 mod 2"),
        ("'5'div'2'", "'5' div '2'"),
        ("a-b", "a-b"),
        ("a -b", "a - b"),
        ("* * *", "* * *"),
        ("or or or", "or or or"),
        ("div div div", "div div div"),
        ("a/div", "a/div"),
        ("@mod", "@mod"),
        ("child::a", "a"),
        ("parent::node()", ".."),
        ("self::node()", "."),
        ("descendant-or-self::node()/a", "descendant-or-self::node()/a"),
        ("/descendant-or-self::node()/a", "//a"),
        ("--1", "--1"),
        ("-(1 + 2)", "-(1 + 2)"),
        ("(1 + 2) * 3", "(1 + 2) * 3"),
        ("1 + (2 * 3)", "1 + 2 * 3"),
        ("1 - (2 - 3)", "1 - (2 - 3)"),
        ("(/)*2", "(/) * 2"),
        ("concat(\"it's\",'\"')", "concat(\"it's\", '\"')"),
        ("\n a\t/ b\r", "a/b"),
        ("a\u00a0= 1", "a = 1"),
        ("jr:choice-name( a , 'b')", "jr:choice-name(a, 'b')"),
        ("text", "text"),
        (".5 + 5.", "0.5 + 5"),
    ],
)
def test_what_is_written_another_way(text: str, as_if: str) -> None:
    assert printed(parse(text)) == as_if


@pytest.mark.parametrize(
    ("text", "code", "at"),
    [
        ("", "xpath.empty", 0),
        ("  ", "xpath.empty", 0),
        ("1 +", "xpath.ends-early", 3),
        ("(1", "xpath.ends-early", 2),
        ("a[1", "xpath.ends-early", 3),
        ("f(1,", "xpath.ends-early", 4),
        ("f(1,)", "xpath.unexpected", 4),
        ("f(1 2)", "xpath.unexpected", 4),
        ("1 2", "xpath.unexpected", 2),
        ("a b", "xpath.unexpected", 2),
        ("a//", "xpath.ends-early", 3),
        ("//", "xpath.ends-early", 2),
        ("/ = 1 )", "xpath.unexpected", 6),
        ("a/1", "xpath.unexpected", 2),
        ("node(1)", "xpath.unexpected", 5),
        ("= 1", "xpath.unexpected", 0),
        ("'abc", "xpath.open-quote", 0),
        ('a = "b', "xpath.open-quote", 4),
        ("${age} > 1", "xpath.no-variables", 0),
        ("$x", "xpath.no-variables", 0),
        ("a # b", "xpath.stray", 2),
        ("a & b", "xpath.stray", 2),
        ("namespace::a", "xpath.no-such-axis", 0),
        ("x/up::a", "xpath.no-such-axis", 2),
    ],
)
def test_what_is_no_expression(text: str, code: str, at: int) -> None:
    with pytest.raises(XPathError) as error:
        parse(text)
    assert (error.value.code, error.value.offset, error.value.values["place"]) == (code, at, at + 1)


def test_depth_and_length_have_an_end() -> None:
    for opened, closed in (
        ("(", ")"),
        ("a[", "]"),
        ("not(", ")"),
        ("-", ""),
        ("1*(1+", ")"),
        ("a/b[c[", "]]"),
    ):
        with pytest.raises(XPathError) as error:
            parse(opened * 5000 + "1" + closed * 5000)
        assert error.value.code == "xpath.too-deep"
    with pytest.raises(XPathError) as error:
        parse("1 + " * limits.LENGTH + "1")
    assert error.value.code == "xpath.too-long" and error.value.offset == limits.LENGTH


def test_what_is_as_deep_as_it_may_be_works() -> None:
    """Without the interpreter's stack running out anywhere on the way."""
    deepest = limits.DEPTH - 1
    context = Context(environment(), environment().root)
    for text, found in (
        ("(" * deepest + "1" + ")" * deepest, "1"),
        ("not(" * deepest + "1" + ")" * deepest, "false"),
        ("if(0, 1, " * deepest + "2" + ")" * deepest, "2"),
        ("-" * deepest + "1", "-1"),
        ("1*(1+" * (deepest // 3) + "1" + ")" * (deepest // 3), str(deepest // 3 + 1)),
        ("*[" * (deepest // 2) + "1" + "]" * (deepest // 2), ""),
    ):
        expression = compile(text)
        assert expression.string(context) == found
        assert parse(printed(expression.tree)) == expression.tree
        expression.references(("data",))
        hash(expression.tree)


def test_a_chain_of_any_length_is_flat() -> None:
    context = Context(environment(), environment().root)
    assert compile("+".join(["1"] * 20_000)).number(context) == 20_000
    assert compile(" or ".join(["0"] * 10_000) + " or 1").boolean(context)
    assert compile("/data/name" + "[1]" * 5_000).string(context) == "Ahn"


def test_calls_that_can_t_work_are_listed_and_raise_only_where_they_are_reached() -> None:
    text = (
        "if(true(), 1, nope(substr('a')) + round(1, 2, 3) + indexed-repeat(a, b, 1, c) + extract-signed(1))"
    )
    expression = compile(text)
    assert [(each.code, text[each.offset :].split("(")[0]) for each in expression.problems] == [
        ("xpath.no-such-function", "nope"),
        ("xpath.too-few", "substr"),
        ("xpath.too-many", "round"),
        ("xpath.no-pairs", "indexed-repeat"),
        ("xpath.foreign-seal", "extract-signed"),
    ]
    context = Context(environment(), environment().root)
    assert expression.number(context) == 1
    with pytest.raises(XPathError) as error:
        compile("1 + " + text.replace("true()", "false()")).evaluate(context)
    assert error.value.code == "xpath.no-such-function" and error.value.values["name"] == "nope"
    assert problems(parse("-a[f()]/b[1]")) != []


def test_what_is_shown_of_a_text_is_short() -> None:
    assert shown("a" * 10) == "a" * 10
    assert len(shown("a" * 1000)) == 60

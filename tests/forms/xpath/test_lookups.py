"""Rows are looked up, and are the same rows that going through all of them finds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cairn.forms.xpath.expression import compile
from cairn.forms.xpath.lookups import lookup
from cairn.forms.xpath.parser import parse
from cairn.forms.xpath.syntax import Path
from forms.xpath.evaluating import environment, form, value, values
from forms.xpath.trees import Leaf

ROWS = """<root><item><k>a</k><v>1</v></item><item><k>b</k><v>2</v></item><item><k>a</k><k>b</k><v>3</v></item>
<item><v>4</v></item><item><k>2020-01-02</k><v>5</v></item><item><k>7.0</k><v>6</v></item><item><k/><v>7</v></item></root>"""
FORM = """<data><want>a</want><other>b</other><none/><day>2020-1-2</day><n>7</n>
<rep><want>a</want><x/></rep><rep><want>b</want><x/></rep></data>"""


def looked(predicate: str, where: str = "1", then: str = "/v") -> list[str]:
    env = environment(form(FORM), instances={"l": form(ROWS)})
    return values(value(f"instance('l')/root/item[{predicate}]{then}", where, env))


@pytest.mark.parametrize(
    ("predicate", "where", "found"),
    [
        ("k = 'a'", "1", ["1", "3"]),
        ("'b' = k", "1", ["2", "3"]),
        ("k = /data/want", "1", ["1", "3"]),
        ("k = /data/none", "1", ["7"]),
        ("k = /data/gone", "1", []),
        ("k = ''", "1", ["7"]),
        ("k = 'zz'", "1", []),
        ("gone = 'a'", "1", []),
        ("k = '2020-1-2'", "1", ["5"]),
        ("k = /data/day", "1", ["5"]),
        ("k = /data/n", "1", []),
        ("k = number(/data/n)", "1", ["6"]),
        ("k = concat(/data/want, '')", "1", ["1", "3"]),
        ("k = if(/data/gone, 'a', 'b')", "1", ["2", "3"]),
        ("k = current()/../want", "1.7.2", ["2", "3"]),
        ("k = /data/rep/want", "1.7.2", ["2", "3"]),
        ("k = /data/rep/want", "1.6.2", ["1", "3"]),
        ("k = /data/rep/want", "1", ["1", "2", "3"]),
        ("k = 'a' and v = 3", "1", ["3"]),
        ("v = 3 and k = /data/want", "1", ["3"]),
        ("k = 'a' and position() = 3", "1", ["3"]),
        ("k = 'a' and k = 'b'", "1", ["3"]),
        ("k = 'a'][2", "1", ["3"]),
        ("k = 'a'][v = '1'", "1", ["1"]),
        ("k = v", "1", []),
        ("*  = 'a'", "1", ["1", "3"]),
        ("k != 'a'", "1", ["2", "3", "5", "6", "7"]),
    ],
)
def test_rows(predicate: str, where: str, found: list[str]) -> None:
    assert looked(predicate, where) == found


@given(
    st.lists(st.sampled_from(["a", "b", "", "x", "2020-01-02", "2020-1-2", "1"]), max_size=8),
    st.sampled_from(["a", "", "2020-1-2", "1"]),
)
def test_as_when_all_are_gone_through(keys: list[str], wanted: str) -> None:
    rows = "".join(f"<item><k>{key}</k><v>{number}</v></item>" for number, key in enumerate(keys))
    env = environment(
        form(f"<data><want>{wanted}</want></data>"), instances={"l": form(f"<root>{rows}</root>")}
    )
    slow = values(value("instance('l')/root/item[string(k) = string(/data/want)]/v", "1", env))
    assert values(value("instance('l')/root/item[k = /data/want]/v", "1", env)) == slow
    assert values(value("instance('l')/root/item[k = /data/want]/v", "1", env)) == slow


def test_the_rows_are_gone_through_once(monkeypatch: pytest.MonkeyPatch) -> None:
    env = environment(form(FORM), instances={"l": form(ROWS)})
    asked = []
    there = Leaf.named

    def named(self: Leaf, name: str, /) -> list[Leaf]:
        asked.append(name)
        return list(there(self, name))

    monkeypatch.setattr(Leaf, "named", named)
    expression = "instance('l')/root/item[k = /data/want]"
    value(expression, "1", env)
    assert asked.count("k") == 7
    value(expression, "1", env)
    assert asked.count("k") == 7


def test_answers_change_and_are_never_looked_up() -> None:
    document = form(FORM)
    env = environment(document)
    expression = "/data/rep[want = 'b']/x"
    assert len(values(value(expression, "1", env))) == 1
    document.children[0].children[5].children[0].children[0].text = "b"
    assert len(values(value(expression, "1", env))) == 2
    assert not env.rows


def test_what_is_looked_up_and_what_is_not() -> None:
    def is_looked_up(text: str) -> bool:
        tree = parse(text)
        assert isinstance(tree, Path)
        return lookup(tree.steps[-1], lambda each: compile("1").evaluate) is not None

    assert is_looked_up("item[k = 'a']") and is_looked_up("item[k = /a/b and position(..) > 0 or 1]") is False
    for text in (
        "item",
        "@k[a = 'b']",
        "*[a = 'b']",
        "p:item[a = 'b']",
        "item[a/b = 'c']",
        "item[a = b]",
        "item[a = f(b)]",
    ):
        assert not is_looked_up(text), text
    for text in (
        "item[a = uuid()]",
        "item[a = concat()]",
        "item[a = concat(b)]",
        "item[a < 'b']",
        "item[a = 'b' = 'c']",
        "item[p:a = 'b']",
    ):
        assert not is_looked_up(text), text

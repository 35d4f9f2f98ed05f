"""Forms that mean harm cost little, end, and are told."""

from __future__ import annotations

import pytest

from cairn.errors import InputError
from cairn.forms import limits
from cairn.forms.graph import Graph
from cairn.forms.session import Session
from forms.making import begun, values, xform


def of_binds(binds: str, instance: str = "<a/><b/><c/>") -> Session:
    session = Session(xform(instance, binds, '<input ref="/data/a"/>'))
    session.begin()
    return session


@pytest.mark.parametrize(
    "expression",
    [
        "uuid(1000000000)",
        "regex('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!', '(a+)+$')",
        "concat(" + ", ".join(["/data/a"] * 3) + ", instance('none')/root/item)",
        "/data//*[//*[//*]]",
        "regex('a', 'a{4000000000}')",
        "regex('a', '(?:(?:a{1000}){1000}){1000}')",
        "regex('a', '(?x)a{4 000 000 000}')",
    ],
)
def test_an_expression_that_costs_too_much_ends(expression: str) -> None:
    session = of_binds(f'<bind nodeset="/data/b" calculate="{expression.replace(chr(34), "")}"/>')
    session.answer("/data/a", "x")
    assert values(session)["/data/a"] == "x"


def test_an_expression_and_all_of_them_have_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    session = of_binds('<bind nodeset="/data/b" calculate="count(/data/*[string-length(.) &gt; 0])"/>')
    monkeypatch.setattr("cairn.forms.xpath.limits.SECONDS", -1.0)
    session.answer("/data/a", "x")
    assert session.worker.troubles["/data/b", "calculate"] == "xpath.too-much-work"
    monkeypatch.setattr(limits, "SECONDS", -1.0)
    with pytest.raises(InputError, match="form.too-much-work"):
        session.answer("/data/a", "y")


def test_many_long_texts_together_have_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "ALL_TEXT", 25)
    session = of_binds(
        '<bind nodeset="/data/b" calculate="/data/a"/><bind nodeset="/data/c" calculate="/data/a"/>'
    )
    session.answer("/data/a", "x" * 10)
    assert set(session.worker.troubles.values()) == {"form.answers-too-big"}
    found = values(session)
    assert sorted((found["/data/b"], found["/data/c"])) == ["", "x" * 10]
    with pytest.raises(InputError, match="form.answers-too-big"):
        session.answer("/data/a", "x" * 26)
    session.answer("/data/a", "x")
    assert values(session)["/data/b"] == values(session)["/data/c"] == "x"
    assert not session.worker.troubles


def test_rules_that_all_read_everything_are_too_much(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "EDGES", 1000)
    some = range(40)
    binds = "".join(f'<bind nodeset="/data/a{n}" calculate="count(/data/*)"/>' for n in some)
    form = xform("".join(f"<a{n}/>" for n in some), binds, '<input ref="/data/a0"/>')
    with pytest.raises(InputError, match="form.too-big"):
        Graph(form)


def test_repeats_in_repeats_do_not_multiply_without_end() -> None:
    session = begun("""type | name | label | repeat_count
        begin repeat | r | R | 900
        begin repeat | q | Q | 900
        text | a | A |
        end repeat | | |
        end repeat | | |""")
    assert sum(1 for _ in session.document.walk()) <= limits.NODES
    assert (
        "form.answers-too-big" in session.worker.troubles.values()
        or "form.too-much-work" in session.worker.troubles.values()
    )


def test_a_long_answer_is_refused_and_a_long_calculation_is_told() -> None:
    session = of_binds('<bind nodeset="/data/b" calculate="concat(/data/a, /data/a)"/>')
    with pytest.raises(InputError, match="form.answer-too-long"):
        session.answer("/data/a", "x" * (limits.TEXT + 1))
    session.answer("/data/a", "x" * limits.TEXT)
    assert session.worker.troubles["/data/b", "calculate"] == "form.answer-too-long"
    assert values(session)["/data/b"] == ""


def test_what_sets_itself_off_again_ends() -> None:
    session = Session(
        xform(
            "<a/><b/>",
            "",
            '<input ref="/data/a"><setvalue event="xforms-value-changed" ref="/data/b" value="/data/b + 1"/></input>'
            '<input ref="/data/b"><setvalue event="xforms-value-changed" ref="/data/a" value="concat(/data/a, 1)"/></input>',
        )
    )
    session.begin()
    session.answer("/data/b", "1")
    assert "form.cycle" in session.worker.troubles.values()


def test_changes_that_nobody_takes_do_not_fill_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "AUDIT", 10)
    session = of_binds("")
    for number in range(25):
        session.answer("/data/a", str(number))
    assert len(session.changes) <= 10
    assert session.forgotten + len(session.changes) == 25


def test_a_session_in_which_much_comes_and_goes_stays_as_large_as_it_was() -> None:
    session = begun("""type | name | label
        begin repeat | r | R
        text | a | A
        end repeat | |""")
    for _ in range(50):
        session.add("/data/r")
        session.answer("/data/r[2]/a", "x")
        session.skip("/data/r[2]/a", "refused")
        session.remove("/data/r[2]")
        session.changes.clear()
    assert not session.held.keys() - set(session.document.walk())
    assert not session.skipped
    assert session.repeats._nodes == sum(1 for _ in session.document.walk())

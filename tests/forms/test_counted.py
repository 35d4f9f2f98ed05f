"""How many instances there are hangs on none of the answers in them: no circle, and nothing is worked out for nothing."""

from __future__ import annotations

from cairn.forms.graph import Graph
from cairn.forms.session import Session
from forms.making import xform

INSTANCE = "<rep><pos/><many/><first/><a/></rep><all/>"
BINDS = """<bind nodeset="/data/rep/pos" calculate="position(..)"/>
<bind nodeset="/data/rep/many" calculate="count(/data/rep)"/>
<bind nodeset="/data/rep/first" calculate="indexed-repeat(/data/rep/a, /data/rep, 1)"/>
<bind nodeset="/data/all" calculate="count(/data/rep[a = 'x'])"/>"""
BODY = '<repeat nodeset="/data/rep"><input ref="/data/rep/a"/></repeat>'


def test_counting_is_no_circle() -> None:
    graph = Graph(xform(INSTANCE, BINDS, BODY))
    assert graph.cycles == []
    readers = {rule.path for rule, _ in graph.readers("/data/rep/a")}
    assert readers == {"/data/rep/first", "/data/all"}
    assert {rule.path for rule, _ in graph.readers("/data/rep")} >= {
        "/data/rep/pos",
        "/data/rep/many",
        "/data/all",
    }


def test_what_is_counted_follows_instances_and_predicates() -> None:
    session = Session(xform(INSTANCE, BINDS, BODY))
    session.begin()
    session.add("/data/rep")
    session.answer("/data/rep[1]/a", "x")
    held = [
        session.node(f"/data/rep[{number}]/{name}").text
        for number in (1, 2)
        for name in ("pos", "many", "first")
    ]
    assert held == ["1", "2", "x", "2", "2", "x"] and session.node("/data/all").text == "1"
    session.remove("/data/rep[1]")
    assert session.node("/data/rep[1]/pos").text == "1" and session.node("/data/rep[1]/many").text == "1"
    assert session.node("/data/all").text == "0"

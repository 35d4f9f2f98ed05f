"""Sessions that were recorded of another program (ODK Web Forms, with JavaRosa's tests) come out the same here.

Compared after each operation: value, relevance, read-only, required, what is wrong, and the choices of every element.
What differs on purpose, or can't be repeated because the recording lacks it, is in `WAIVED` with its reason.
"""

from __future__ import annotations

import gzip
import json
import os
import re
from pathlib import Path
from typing import Any

import pytest

from cairn.app.answers.steps import Run, plain
from cairn.decode.form_xml import document
from cairn.errors import CairnError, InputError
from cairn.forms.reading import read
from cairn.forms.session import Device
from cairn.forms.tree import Node

VECTORS = Path(os.environ.get("CAIRN_VECTORS") or "/nonexistent") / "forms" / "scenarios.jsonl.gz"
LEAST = 0.95

WAIVED: tuple[tuple[str, str], ...] = (
    ("(absolute path, from JavaRosa)", "an absolute path means the same instance of a repeat, as in JavaRosa and here; not in the peer"),
    ("outer sum > updates", "the sum of nothing is 0 (XPath 1.0, 4.4); the peer leaves it empty"),
    ("primary instance id: false", "the peer refuses a form without an id; it runs here"),
    ("include common namespaces: false", "the peer refuses a form without these namespaces; it runs here"),
    ("explicit repeat creation: false", "the recording answers in an instance that the peer lacks"),
    ("CSV parsing", "the file beside the form was not recorded"),
    ("GeoJSON", "the file beside the form was not recorded"),
    ("getChild", "the file beside the form was not recorded"),
    ("pulldata", "the file beside the form was not recorded"),
    ("SameRefDifferentInstances", "the earlier answers were not recorded"),
    ("editing an existing instance", "the answers that are edited were not recorded"),
    ("from instance data when editing", "the answers that are edited were not recorded"),
    ("> editing instance", "the answers that are edited were not recorded"),
    ("omits a non-relevant upload", "what is not relevant is empty here; the peer shows the file's name still"),
    ("produces an error when the string value is not a valid point", "a distance to no place is no number, and the form goes on"),
    ("produces an error for a non-geopoint value", "a distance to no place is no number, and the form goes on"),
)  # fmt: skip
"""A part of the name, and why it is not compared."""

_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_STAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+(?:[+-]\d\d:\d\d|Z)")
_DAY = re.compile(r"\b20\d\d-\d\d-\d\d\b")
GIVEN = {"deviceid": "123456", "email": "my@email", "username": "mukesh", "phonenumber": "+15551234"}


class Differs(Exception):
    """Something came out otherwise."""


def test_recorded_sessions_come_out_the_same() -> None:
    if not VECTORS.is_file():
        pytest.skip("CAIRN_VECTORS names no folder with recorded sessions")
    with gzip.open(VECTORS, "rt", encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    different = {}
    for row in rows:
        try:
            replay(row)
        except (Differs, CairnError) as error:
            different[row["name"]] = f"{type(error).__name__}: {error}"
    unexplained = {
        name: why for name, why in different.items() if not any(part in name for part, _ in WAIVED)
    }
    whole = len(rows) - len(different)
    print(
        f"{whole} of {len(rows)} whole; waived {len(different) - len(unexplained)}; not explained {len(unexplained)}"
    )
    for name, why in unexplained.items():
        print(f"  {name[-120:]}: {why[:200]}")
    assert whole >= LEAST * len(rows), unexplained


def replay(row: dict[str, Any]) -> None:
    """One recording. Raises Differs."""
    run: Run | None = None
    text = ""
    for number, op in enumerate(row["ops"]):
        if str(op.get("form") or "").lstrip().startswith("<"):
            text = op["form"]
        failed = False
        try:
            if op["op"] in ("init", "newInstance"):
                run = begun(text, row, op)
            elif run is not None:
                carry_out(run, op)
        except InputError:
            failed = True
        if "error" in op:
            # The peer stops where we go on and tell what could not be worked out.
            if not failed and (run is None or not run.session.worker.troubles):
                raise Differs(f"{number} {op['op']}: no error")
        elif failed:
            raise Differs(f"{number} {op['op']}: refused")
        elif run is not None and op.get("state"):
            compare(run, op["state"], f"{number} {op['op']}")


def begun(text: str, row: dict[str, Any], op: dict[str, Any]) -> Run:
    made = read(document(text.lstrip().encode()))
    if "error" in op and any(each.stops for each in made.findings):
        raise InputError("form.cant-run")
    given = GIVEN if "bound from given" in row["name"] else {}
    return Run(made, beside(made, op), Device(properties=given))


def beside(made: Any, op: dict[str, Any]) -> dict[str, Node]:
    """Files beside a form were not recorded; the names of their rows were, as what is offered."""
    found: dict[str, Node] = {}
    for state in op.get("state") or []:
        control = made.controls.get(re.sub(r"\[\d+\]", "", state["r"]))
        if control is None or control.itemset is None or not state.get("opts"):
            continue
        for name in made.external:
            if f"'{name}'" in control.itemset.nodes.text:
                top = Node("", "document")
                root = Node("root")
                top.append(root)
                for value in state["opts"]:
                    item, leaf = Node("item"), Node(control.itemset.value.text.strip())
                    leaf.text = value
                    item.append(leaf)
                    root.append(item)
                found[name] = top
    return found


def carry_out(run: Run, op: dict[str, Any]) -> None:
    if edited(run, op):
        run.step("edit")
    if op["op"] != "answer":
        run.step(json.dumps({key: op[key] for key in ("op", "ref", "args")}))
        return
    args = list(op["args"])
    if args and args[0] == op["ref"]:
        args = args[1:]
    said = [typed(each) for each in args]
    if args == ["{}"]:
        # Of a file only that there was one was recorded; its name stands in what came out.
        said = [next((each["v"] for each in op.get("state") or [] if each["r"] == op["ref"]), "file")]
    run.step(json.dumps({"op": "set", "ref": op["ref"], "args": said}))


def edited(run: Run, op: dict[str, Any]) -> bool:
    """Whether the recording begins to edit here, which is no operation in it."""
    there = any(each["r"].endswith("deprecatedID") for each in op.get("state") or [])
    return there and run.session.find(f"/{run.session.root.qname}/meta/deprecatedID") is None


def typed(value: Any) -> str:
    if isinstance(value, str) and value.startswith('{"latitude"'):
        place = json.loads(value)
        numbers = [place["latitude"], place["longitude"]]
        if "altitude" in place or "accuracy" in place:
            numbers.append(place.get("altitude", 0))
        if "accuracy" in place:
            numbers.append(place["accuracy"])
        return " ".join(map(str, numbers))
    if isinstance(value, str) and value[:1] == '"':
        return str(json.loads(value))
    return plain(value)


def compare(run: Run, wanted: list[dict[str, Any]], where: str) -> None:
    got = {each["ref"]: each for each in run.state()}
    for want in wanted:
        here = got.get(want["r"])
        if here is None:
            raise Differs(f"{where}: {want['r']} is missing")
        found = {"rel": here["relevant"], "ro": here["readonly"], "req": here["required"]}
        expected = {key: want[key] for key in found}
        if "v" in want:
            found |= {"v": timeless(here.get("value")), "bad": here.get("wrong")}
            expected |= {"v": timeless(want["v"]), "bad": want["bad"]}
        if "opts" in want:
            found["opts"], expected["opts"] = here.get("choices"), want["opts"]
        if found != expected:
            raise Differs(f"{where}: {want['r']}: {found} instead of {expected}")
    if len(got) != len(wanted):
        raise Differs(f"{where}: {sorted(got.keys() - {each['r'] for each in wanted})} should not be there")


def timeless(value: str | None) -> str | None:
    """A value without what differs from run to run."""
    if value is None:
        return None
    return _DAY.sub("DAY", _STAMP.sub("TIME", _ID.sub("ID", value)))

"""What an independent implementation answered to its own suite: nearly all of it, and the rest with reasons."""

from __future__ import annotations

import gzip
import json
import math
import os
import re
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from cairn.forms.xpath.context import Context, Environment
from cairn.forms.xpath.errors import XPathError
from cairn.forms.xpath.expression import compile
from forms.xpath.trees import Leaf, at, from_xml, path_of
from forms.xpath.waivers import BY_FORM, NOT_COMPARED, WAIVERS, Case

VECTORS = Path(os.environ.get("CAIRN_VECTORS") or "/nonexistent") / "forms" / "xpath.jsonl.gz"
RECORDED = datetime(2026, 11, 22, 3, 51, 23, 494000, tzinfo=UTC)
"""When: `today()` is compared with dates that the suite worked out."""
NAMESPACES = {"xhtml": "http://www.w3.org/1999/xhtml", "jr": "http://openrosa.org/javarosa"}
WANTED = 0.98
NUMBER, TEXT, TRUTH = 1, 2, 3


def recorded() -> Iterator[tuple[Case, Case]]:
    with gzip.open(VECTORS, "rt", encoding="utf-8") as lines:
        for line in lines:
            test = json.loads(line)
            for case in test["calls"]:
                yield test, case


def document(case: Case) -> Leaf:
    """The document of a case; an empty one where the recording notes that there was none."""
    text = str(case.get("xml") or "")
    return from_xml(text) if text and "<parsererror" not in text else Leaf("document")


def answer(case: Case) -> Any:
    """What this program says, in the form of the recording; of an error, its code in a tuple."""
    root = document(case)
    env = Environment(root, namespaces=NAMESPACES, now=lambda: RECORDED, zone=UTC)
    context = Context(env, at(root, str(case["ctx"])))
    try:
        expression = compile(case["expr"])
        if case.get("rt") == NUMBER:
            value: Any = expression.number(context)
        elif case.get("rt") == TEXT:
            value = expression.string(context)
        elif case.get("rt") == TRUTH:
            value = expression.boolean(context)
        else:
            value = expression.evaluate(context)
    except XPathError as error:
        return (error.code,)
    if "nodes" in case:
        return [path_of(node) for node in value]
    if isinstance(value, float) and not math.isfinite(value):
        return {"nan": "NaN", "inf": "Infinity", "-inf": "-Infinity"}[str(float(value))]
    return value


def agrees(case: Case, got: Any) -> bool:
    if "error" in case:
        return isinstance(got, tuple)
    wanted = case.get("nodes", case.get("val"))
    if wanted is None:
        return not isinstance(got, tuple)
    if got == wanted and isinstance(got, bool) is isinstance(wanted, bool):
        return True
    for expression, form in BY_FORM.items():
        if re.search(expression, case["expr"]):
            same_length = not isinstance(wanted, str) or len(wanted) == len(str(got))
            return re.fullmatch(form, str(got)) is not None and same_length
    if isinstance(wanted, int | float) and not isinstance(wanted, bool) and isinstance(got, float):
        return math.isclose(got, wanted, rel_tol=1e-9)
    return False


@pytest.mark.skipif(
    not VECTORS.exists(), reason="recordings of somebody else's suite: CAIRN_VECTORS names their folder"
)
def test_recorded_expressions() -> None:
    counts: Counter[str] = Counter()
    wrong: list[str] = []
    for test, case in recorded():
        if (passed := next((w for w in NOT_COMPARED if w.holds(test, case)), None)) is not None:
            counts[passed.reason] += 1
            continue
        counts["compared"] += 1
        got = answer(case)
        if agrees(case, got):
            counts["agree"] += 1
            continue
        reasons = [w.reason for w in WAIVERS if w.holds(test, case)]
        counts[reasons[0] if reasons else "unexplained"] += 1
        if not reasons:
            wrong.append(f"{test['file']}: {case['expr']!r} at {case['ctx']}: {got!r}, not {case!r:.300}")
    print(dict(counts), *wrong, sep="\n")
    assert counts["agree"] >= WANTED * counts["compared"], (counts, wrong)
    assert len(wrong) <= (1 - WANTED) * counts["compared"], wrong


def test_a_recording_without_a_document() -> None:
    case = {"expr": "count(//*)", "ctx": "/", "rt": NUMBER, "xml": "<parsererror/>", "val": 0}
    assert agrees(case, answer(case))


def test_an_answer_that_differs_is_seen() -> None:
    case = {"expr": "1 + 1", "ctx": "/", "rt": NUMBER, "xml": "<a/>", "val": 3}
    assert not agrees(case, answer(case))
    assert agrees(case | {"val": 2}, answer(case))
    assert agrees(
        {"expr": "substring()", "ctx": "/", "error": "x"}, answer({"expr": "substring()", "ctx": "/"})
    )

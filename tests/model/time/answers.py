"""Answers of the program to a set of phrases, in the form that such a set's scorer reads.

`python answers.py VECTORS.jsonl > ANSWERS.jsonl`; the form of both stands beside the vectors.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from cairn.model.time.told import Told
from cairn.model.time.understanding import understood
from cairn.model.time.words.context import Context, Event

KINDS = {
    "sure": "date",
    "choose": "ambiguous",
    "impossible": "impossible",
    "relative": "relative",
    "unknown": "not_a_date",
}


def context(given: Mapping[str, Any]) -> Context:
    """What a row says beside its phrase."""
    event = given.get("event")
    school = re.match(r"(.+?) began (\d{4}-\d\d-\d\d)", given.get("school", ""))
    return Context(
        interview=date.fromisoformat(given["interview"]) if given.get("interview") else None,
        birth=given.get("birth", ""),
        asks_birth=given.get("asks") == "birth",
        events=(Event(event[0], event[1] or ""),) if event else (),
        school=(school[1], date.fromisoformat(school[2])) if school else None,
    )


def _time(told: Told) -> dict[str, Any]:
    first, last = told.bounds
    return {
        "edtf": told.edtf,
        "earliest": first.isoformat() if first else None,
        "latest": last.isoformat() if last else None,
        "calendar": told.calendar,
        "reckoning": told.reckoning or None,
        "anchor": told.anchor.ref if told.anchor else None,
        "words": told.words,
    }


def answer(row: Mapping[str, Any]) -> dict[str, Any]:
    """The answer to one row."""
    found = understood(row["text"], context(row["context"]))
    made: dict[str, Any] = {"id": row["id"], "kind": KINDS[found.kind], "words": found.words}
    if found.kind == "sure":
        made |= _time(found.readings[0])
    elif found.kind == "choose":
        made["readings"] = [_time(each) for each in found.readings]
    elif found.kind == "relative":
        made["anchor"] = (found.anchor.ref or found.anchor.kind) if found.anchor else None
    return made


if __name__ == "__main__":
    for line in Path(sys.argv[1]).read_text("utf-8").splitlines():
        print(json.dumps(answer(json.loads(line)), ensure_ascii=False))

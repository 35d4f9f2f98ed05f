"""Where this program's answer to a recorded expression differs from the peer's, and why.

Rules, not a list of cases: so they hold for recordings that are not here as well.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Case = dict[str, Any]
"""`expr`, `ctx`, `rt`, `val` or `nodes` or `error`."""


@dataclass(frozen=True)
class Waiver:
    reason: str
    holds: Callable[[Case, Case], bool]
    """Of the test (`file`, `title`, `state`) and the case in it."""


def _says(pattern: str) -> Callable[[Case, Case], bool]:
    return lambda _test, case: re.search(pattern, str(case.get("expr"))) is not None


NOT_COMPARED = (
    Waiver(
        "the peer's own suite calls the recorded answer wrong",
        lambda test, _case: test["state"] != "passed",
    ),
    Waiver(
        "the recording does not say at which node it was worked out (text, comment, instruction)",
        lambda _test, case: "ctx" not in case or case["ctx"] is None,
    ),
)
"""Recordings that say nothing about what is right."""

WAIVERS = (
    Waiver(
        "regex() asks for the whole text, as JavaRosa and ODK's documentation have it; this peer is content with a part",
        _says(r"\bregex\("),
    ),
    Waiver(
        "a seed that is a text is hashed, as JavaRosa and ODK Web Forms do; this peer refuses it",
        lambda _test, case: "randomize(" in str(case.get("expr")) and "seed" in str(case.get("error")),
    ),
)
"""Where peers differ among themselves, and another one is followed."""

BY_FORM = {
    r"^random\(\)$": r"0(\.\d+)?",
    r"^uuid\(\)$": r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}",
    r"uuid\(": r"(uuid:)?[0-9A-Za-z-]*",
    r"\bnow\(\)": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}[+-]\d\d:\d\d",
}
"""Of what is another each time: the form that it must have. Where lengths are asked for, they are compared as well."""

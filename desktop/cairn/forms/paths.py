"""Paths of a form without numbers, such as `/data/person/name` or `/data/a/@b`, and with them, such as `/data/person[2]`."""

from __future__ import annotations

import re
from collections.abc import Mapping

_NUMBERED = re.compile(r"([^\[\]]+)(?:\[(\d+)\])?\Z")


def joined(start: str, ref: str) -> str:
    """The path that `ref` means at `start`: absolute, or relative with `.` and `..`. Predicates are left out."""
    ref = re.sub(r"\[[^\]]*\]", "", ref).strip()
    ref = ref.removeprefix("current()/")
    steps = [] if ref.startswith("/") else [each for each in start.split("/") if each]
    for raw in ref.split("/"):
        step = raw.strip().removeprefix("child::")
        if step == "..":
            steps = steps[:-1]
        elif step and step != ".":
            steps.append(step)
    return "/" + "/".join(steps)


def respelled(path: str, prefixes: Mapping[str, str], by_space: Mapping[str, str]) -> str:
    """`path` with the one prefix of each namespace that is used for names."""
    if ":" not in path:
        return path
    steps = []
    for step in path.split("/"):
        prefix, colon, name = step.lstrip("@").partition(":")
        if colon and prefix in prefixes:
            step = ("@" if step.startswith("@") else "") + f"{by_space.get(prefixes[prefix], prefix)}:{name}"
        steps.append(step)
    return "/".join(steps)


def above(path: str) -> str:
    """The path of what it lies in; empty at the top."""
    return path.rpartition("/")[0]


def prefixes(path: str) -> list[str]:
    """Of `/a/b/c`: `/a`, `/a/b`, `/a/b/c`."""
    steps = path.split("/")[1:]
    return ["/" + "/".join(steps[: number + 1]) for number in range(len(steps))]


def numbered(path: str) -> list[tuple[str, int]]:
    """The steps of `/data/person[2]/name` with their numbers, 1 where none stands. Raises ValueError."""
    steps = []
    for raw in path.strip().split("/")[1:]:
        found = _NUMBERED.match(raw)
        if found is None:
            raise ValueError(path)
        steps.append((found[1], int(found[2] or 1)))
    if not steps:
        raise ValueError(path)
    return steps

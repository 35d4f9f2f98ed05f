"""Shared libraries: which ones a set of files needs, read from the files themselves."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterable
from functools import cache
from pathlib import Path

_NEEDED = re.compile(r"^\s+NEEDED\s+(\S+)", re.MULTILINE)


def key(name: str) -> str:
    """What libraries are compared by: the name of the file, without case where the system sees none."""
    return Path(name).name if sys.platform == "linux" else Path(name).name.lower()


def needed(file: Path) -> set[str]:
    """The names of the libraries that this one is linked with, as `key` has them."""
    if sys.platform == "linux":
        return {key(name) for name in _NEEDED.findall(_headers(file))}
    from PyInstaller.depend.bindepend import get_imports  # only where the packager runs

    return {key(name) for name, _ in get_imports(str(file))}


def reachable(roots: Iterable[Path], by_name: dict[str, Path]) -> set[str]:
    """The names out of `by_name` that `roots` need, over any number of steps."""
    have: set[str] = set()
    todo = list(roots)
    while todo:
        for name in (needed(todo.pop()) & by_name.keys()) - have:
            have.add(name)
            todo.append(by_name[name])
    return have


def strip(source: Path, into: Path) -> None:
    """A copy without debug information."""
    subprocess.run(["strip", "--strip-unneeded", "-o", str(into), str(source)], check=True)


@cache
def _headers(file: Path) -> str:
    return subprocess.run(["objdump", "-p", str(file)], capture_output=True, text=True, check=True).stdout

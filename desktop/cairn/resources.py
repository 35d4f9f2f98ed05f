"""The only way to `resources/`: data that ships with the program.

Serves the source tree, an installed wheel and a frozen build. The live tree is preferred over a
copy beside the package, because an editable install can leave a stale copy behind.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from cairn.errors import MachineError

_PACKAGE = Path(__file__).resolve().parent


@cache
def root() -> Path:
    """The folder that holds the resources.

    Raises MachineError `machine.resources-missing` when the installation is incomplete.
    """
    tree = _PACKAGE.parent.parent / "resources"
    if tree.is_dir() and (_PACKAGE.parent.parent / "pyproject.toml").is_file():
        return tree
    packed = _PACKAGE / "_resources"
    if packed.is_dir():
        return packed
    raise MachineError("machine.resources-missing")


def path(name: str) -> Path:
    """The path of the resource `name` (slashes part folders), for libraries that open files themselves."""
    return root().joinpath(*name.split("/"))


def read_bytes(name: str) -> bytes:
    """The bytes of a resource. Raises MachineError when it is missing."""
    try:
        return path(name).read_bytes()
    except OSError as error:
        raise MachineError("machine.resources-missing") from error


def read_text(name: str) -> str:
    """The text (UTF-8) of a resource. Raises MachineError when it is missing."""
    return read_bytes(name).decode("utf-8")


def names(folder: str, suffix: str = "") -> list[str]:
    """Names of the files in a resource folder that end in `suffix`, sorted."""
    where = path(folder)
    return sorted(p.name for p in where.iterdir() if p.is_file() and p.name.endswith(suffix))


@cache
def table(folder: str, language: str) -> dict[str, str]:
    """The words for the codes of one vocabulary, `FOLDER/LANGUAGE.json`; in English where it has no such language.

    Raises MachineError when it is missing.
    """
    known = f"{language}.json" in names(folder, ".json")
    found: dict[str, str] = json.loads(read_text(f"{folder}/{language if known else 'en'}.json"))
    return found

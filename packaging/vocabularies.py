"""The linter of vocabularies and places: `check` prints what is wrong, with file and line, and fails where something is."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "desktop"))
FOLDER = ROOT / "resources" / "vocabularies"


def faults() -> list[str]:
    """What is wrong, in sentences."""
    from cairn.app.kernel.sentences import sentence
    from cairn.vocab import checking, places

    files = {path.name: path.read_bytes() for path in FOLDER.glob("*.toml")}
    return [sentence(each) for each in (*checking.faults(files), *places.shipped()[1])]


def main(arguments: list[str]) -> int:
    """The exit code."""
    if arguments != ["check"]:
        print("usage: vocabularies.py check", file=sys.stderr)
        return 2
    found = faults()
    for each in found:
        print(each)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

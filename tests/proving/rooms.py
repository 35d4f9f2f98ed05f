"""The modules that are looked at, and the tests that must notice."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "desktop" / "cairn"
TESTS = ROOT / "tests"


class Room(NamedTuple):
    """Modules, and tests that are about them; both relative to their folders."""

    modules: tuple[str, ...]
    """Files, or folders with all modules below."""
    tests: tuple[str, ...]


ROOMS: dict[str, Room] = {
    "crypto": Room(("crypto",), ("crypto",)),
    "custody": Room(("custody",), ("custody", "intake/test_arrival.py", "bundle/test_vectors.py")),
    "bundle": Room(("bundle",), ("bundle",)),
    "header": Room(
        ("vault/header.py",), ("vault/test_header.py", "vault/test_format.py", "vault/test_keys.py")
    ),
    "gate": Room(
        ("app/consent/gate.py", "model/consent.py", "model/agreement.py"),
        ("app/test_gate.py", "model/test_consent.py", "model/test_agreement.py"),
    ),
    "question": Room(
        ("app/consent/items.py", "app/consent/question.py"),
        ("app/test_question.py", "app/test_nothing_of_what_stays.py", "app/test_kinds.py", "app/coding"),
    ),
    "passages": Room(("model/passages",), ("model/passages",)),
    "merge": Room(("intake/merge.py",), ("intake",)),
    "revisions": Room(
        ("storage/revisions.py", "storage/roots.py"),
        ("storage/test_revisions.py", "storage/test_altered.py", "storage/test_roots.py"),
    ),
}


def modules(room: Room) -> list[Path]:
    """The files of a room's modules, in order."""
    found: list[Path] = []
    for name in room.modules:
        place = SOURCE / name
        found += sorted(place.rglob("*.py")) if place.is_dir() else [place]
    return found


def short(path: Path) -> str:
    """A module's name as it is printed and listed: from `desktop/cairn/`."""
    return path.relative_to(SOURCE).as_posix()

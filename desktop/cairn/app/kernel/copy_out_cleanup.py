"""Plain parts that a killed program may leave outside the vault: noted before, removed at the next opening."""

from __future__ import annotations

import re
import secrets
from pathlib import Path

from cairn import paths
from cairn.storage import settings
from cairn.storage.store import Store
from cairn.storage.work import Work

_NOTED = "copy-out.parts"
_NAME = re.compile(r"\.[0-9a-f]{16}\.part", re.ASCII)


def part_of(work: Work, target: Path) -> Path:
    """The name under which a plain copy grows beside `target`, noted in the vault before the file exists."""
    part = name_of_part(target)
    settings.put(work, _NOTED, [*settings.get(work, _NOTED, []), _noted(part)])
    return part


def name_of_part(target: Path) -> Path:
    """Such a name, noted nowhere."""
    return target.absolute().with_name(f".{secrets.token_hex(8)}.part")


def done(store: Store, part: Path) -> None:
    """The part has become the copy, or is gone."""
    with store.write() as work:
        _forget(work, [_noted(part)])


def sweep(store: Store) -> int:
    """Remove what was noted and is still there; returns how many. What can't be reached now stays noted."""
    with store.read() as reader:
        noted = [str(each) for each in settings.get(reader, _NOTED, [])]
    removed, settled = 0, []
    for each in noted:
        path = Path(paths.local_path(each) or each)
        if not _NAME.fullmatch(path.name):
            settled.append(each)
            continue
        try:
            if path.parent.is_dir():
                there = path.is_file()
                path.unlink(missing_ok=True)
                removed += there
                settled.append(each)
        except OSError:
            continue
    if settled:
        with store.write() as work:
            _forget(work, settled)
    return removed


def _noted(part: Path) -> str:
    """A path as text: as an address where its bytes are no UTF-8 and so can't be written down."""
    return paths.local_address(str(part)) if paths.raw_name(str(part)) else str(part)


def _forget(work: Work, parts: list[str]) -> None:
    left = [each for each in settings.get(work, _NOTED, []) if each not in parts]
    settings.put(work, _NOTED, left or None)

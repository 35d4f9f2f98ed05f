"""What a disk or stick can hold."""

from __future__ import annotations

import os
from pathlib import Path

from cairn.errors import MachineError
from cairn.paths.system import machine_errors
from cairn.paths.volumes import is_fat

_FAT_LARGEST = (1 << 32) - 1


def largest_file(folder: Path) -> int | None:
    """Bytes of the largest file that can lie in `folder`; None when no such limit is known.

    FAT holds one byte less than 4 GiB: most sticks that anybody hands you are formatted with it.
    """
    return _FAT_LARGEST if is_fat(folder) else None


def require_file_size(folder: Path, octets: int) -> None:
    """Refuse in time what can't lie in `folder`. Raises MachineError `machine.file-too-big`."""
    largest = largest_file(folder)
    if largest is not None and octets > largest:
        raise MachineError("machine.file-too-big")


def free_bytes(folder: Path) -> int:
    """Bytes that this user can still write where `folder` lies. Raises MachineError when it is gone."""
    if os.name == "nt":
        import shutil

        with machine_errors():
            return shutil.disk_usage(folder).free
    with machine_errors():
        stat = os.statvfs(folder)
    return stat.f_bavail * stat.f_frsize

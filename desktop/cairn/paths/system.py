"""What the operating system says, as Cairn's own errors."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from cairn.errors import from_os


@contextmanager
def machine_errors() -> Iterator[None]:
    """Turn the operating system's errors into MachineError at the border where they arise."""
    try:
        yield
    except OSError as error:
        raise from_os(error) from error


def windows_library(name: str) -> Any:
    """A library of Windows, such as `kernel32`, found in the system's own folder and nowhere else.

    Raises OSError where there is none, as on every other system.
    """
    from_system_folder = 0x0800
    loader = getattr(ctypes, "WinDLL", None)
    if loader is None:
        raise OSError(name)
    return loader(f"{name}.dll", use_last_error=True, winmode=from_system_folder)

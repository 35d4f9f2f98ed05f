"""What the operating system says, as Cairn's own errors."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from cairn.errors import from_os


@contextmanager
def machine_errors() -> Iterator[None]:
    """Turn the operating system's errors into MachineError at the border where they arise."""
    try:
        yield
    except OSError as error:
        raise from_os(error) from error

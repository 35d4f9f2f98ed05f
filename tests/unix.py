"""What only Unix has, or does in its own way: marks that say why a test is none for Windows, and tools of Unix."""

from __future__ import annotations

import shutil
import sys

import pytest

WINDOWS = sys.platform == "win32"

modes = pytest.mark.skipif(WINDOWS, reason="Windows has access lists, no modes")
open_files = pytest.mark.skipif(WINDOWS, reason="Windows removes, renames and replaces no file that is open")
links = pytest.mark.skipif(WINDOWS, reason="on Windows links take a right that people don't have")
names = pytest.mark.skipif(WINDOWS, reason="Windows has no files of such names")
signals = pytest.mark.skipif(WINDOWS, reason="Windows has no signals")
devices = pytest.mark.skipif(WINDOWS, reason="Windows has no pipes and devices among its files")
terminal = pytest.mark.skipif(WINDOWS, reason="a terminal of Unix")
only = pytest.mark.skipif(WINDOWS, reason="asks for what Unix alone has")


def tool(name: str) -> str:
    """Where a program lies that every Linux has, or that the tests install there; on Windows the test is skipped."""
    found = shutil.which(name)
    if found is None and WINDOWS:
        pytest.skip(f"{name} is not on Windows")
    assert found is not None, name
    return found

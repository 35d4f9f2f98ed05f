"""A fresh store for each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from cairn.storage.store import Store
from storage import kit


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A store in a new vault."""
    opened = kit.Open(tmp_path / "vault")
    yield opened.store
    opened.close()

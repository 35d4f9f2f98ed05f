"""Real vaults for the tests of the use cases, at the lowest cost that the product reads."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.forging import Forger, stranger
from app.shared import Make, Moulds, moulds
from cairn import paths
from cairn.app.kernel import contacts, session
from cairn.app.kernel.session import Session

__all__ = ["moulds"]


@pytest.fixture(autouse=True)
def settings(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings outside the vault, apart for each test."""
    folder = tmp_path_factory.mktemp("settings")
    monkeypatch.setattr(paths, "settings_folder", lambda: folder)
    # The reserve takes real space: tests take little of it.
    monkeypatch.setattr(session, "RESERVE", 64 * 1024)


@pytest.fixture
def make(tmp_path: Path, moulds: Moulds) -> Iterator[Make]:
    """Makes vaults and closes them afterwards."""
    opened: list[Session] = []

    def create(name: str, role: str = "field") -> Session:
        made = moulds.vault(tmp_path / name, name, role)
        opened.append(made)
        return made

    yield create
    for each in opened:
        each.close()


@pytest.fixture
def field(make: Make) -> Session:
    return make("Field 7")


@pytest.fixture
def office(make: Make) -> Session:
    return make("Office North", "office")


@pytest.fixture
def forger(office: Session) -> Forger:
    """A contact that the office has verified, and that lies from now on."""
    made = stranger("Field 9")
    contacts.add(office, made.card, made.keys.words)
    return made

"""What tests of the use cases share: the lowest cost, a passphrase, introductions, expected errors."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from cairn.app.kernel import contacts, session
from cairn.app.kernel.session import Session
from cairn.crypto.passphrase import Argon2Cost
from cairn.errors import CairnError

FLOOR = Argon2Cost(m_kib=65536, t=1, p=4)
PASSPHRASE = "six calm words for the tests"

Make = Callable[..., Session]


class Moulds:
    """New vaults as copies of vaults that were made once, one for each name and role: quicker than making them.

    Two copies of the same one are the same vault.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._made: dict[tuple[str, str], Path] = {}

    def vault(self, folder: Path, name: str, role: str) -> Session:
        """A new vault in `folder`, open."""
        mould = self._made.get((name, role))
        if mould is None:
            mould = self._folder / f"{len(self._made)}"
            made, _ = session.create_vault(mould, label=name, role=role, passphrase=PASSPHRASE, cost=FLOOR)
            made.close()
            self._made[name, role] = mould
        shutil.copytree(mould, folder)
        return session.open_vault(folder, PASSPHRASE)


@pytest.fixture(scope="session")
def moulds(tmp_path_factory: pytest.TempPathFactory) -> Moulds:
    return Moulds(tmp_path_factory.mktemp("moulds"))


def introduce(one: Session, other: Session) -> None:
    """Exchange cards, words compared on both sides."""
    contacts.add(one, contacts.own_card(other), contacts.own_words(other))
    contacts.add(other, contacts.own_card(one), contacts.own_words(one))


def refused(code: str) -> pytest.RaisesExc[CairnError]:
    """Expects the error with this code."""
    return pytest.raises(CairnError, check=lambda error: error.code == code)

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from cairn.crypto import passphrase
from cairn.crypto.hashes import sha256
from vault.kit import Sample, make_sample


@pytest.fixture(scope="session")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    """A locked vault that no test changes."""
    return make_sample(tmp_path_factory.mktemp("pristine") / "vault")


@pytest.fixture
def sample(pristine: Sample, tmp_path: Path) -> Sample:
    """A locked vault of the test's own."""
    return pristine.copy_to(tmp_path / "vault")


@pytest.fixture
def quick_kdf(monkeypatch: pytest.MonkeyPatch) -> Callable[..., bytes]:
    """Passphrases cost nothing: for tests of crashes, which are about files and open vaults by the hundred."""

    def derive(phrase: str, salt: bytes, cost: object) -> bytes:
        return sha256(salt + phrase.encode())

    monkeypatch.setattr(passphrase, "derive", derive)
    return derive

"""What tests of the use cases share: the lowest cost, a passphrase, introductions, expected errors."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from cairn.app import contacts
from cairn.app.session import Session
from cairn.crypto.passphrase import Argon2Cost
from cairn.errors import CairnError

FLOOR = Argon2Cost(m_kib=65536, t=1, p=4)
PASSPHRASE = "six calm words for the tests"

Make = Callable[..., Session]


def introduce(one: Session, other: Session) -> None:
    """Exchange cards, words compared on both sides."""
    contacts.add(one, contacts.own_card(other), contacts.own_words(other))
    contacts.add(other, contacts.own_card(one), contacts.own_words(one))


def refused(code: str) -> pytest.RaisesExc[CairnError]:
    """Expects the error with this code."""
    return pytest.raises(CairnError, check=lambda error: error.code == code)

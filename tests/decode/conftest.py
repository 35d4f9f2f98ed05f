"""One host for the tests of this room, as a session of the program has one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from cairn.decode.host import DecodeHost


@pytest.fixture
def host() -> Iterator[DecodeHost]:
    with DecodeHost() as made:
        yield made

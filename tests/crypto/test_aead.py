"""What was wrapped comes back under the same key, nonce and context, and under no other."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cairn.crypto.aead import open_small, seal_small
from cairn.errors import IntegrityError

KEY = bytes(range(32))


@given(st.binary(max_size=100), st.binary(max_size=50))
def test_it_comes_back(plain: bytes, aad: bytes) -> None:
    nonce, sealed = seal_small(bytearray(KEY), plain, aad)
    assert open_small(KEY, nonce, sealed, aad) == plain


@given(st.data())
def test_any_change_is_refused(data: st.DataObject) -> None:
    parts = [KEY, *seal_small(KEY, b"the vault key", b"slot"), b"slot"]
    which = data.draw(st.integers(0, 3))
    changed = bytearray(parts[which])
    changed[data.draw(st.integers(0, len(changed) - 1))] ^= data.draw(st.integers(1, 255))
    parts[which] = bytes(changed)
    with pytest.raises(IntegrityError, match=r"^crypto\.not-authentic$"):
        open_small(*parts)


@pytest.mark.parametrize(
    ("nonce", "sealed"), [(b"", b"x" * 40), (b"n" * 13, b"x" * 40), (b"n" * 12, b"x" * 15), (b"n" * 12, b"")]
)
def test_wrong_lengths_are_refused_like_any_other_change(nonce: bytes, sealed: bytes) -> None:
    with pytest.raises(IntegrityError, match=r"^crypto\.not-authentic$"):
        open_small(KEY, nonce, sealed, b"")


def test_two_wraps_of_one_thing_differ() -> None:
    assert seal_small(KEY, b"x", b"") != seal_small(KEY, b"x", b"")

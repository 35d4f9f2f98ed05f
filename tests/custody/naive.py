"""RFC 9162, section 2.1, word for word: slow, recursive, over all leaves. What the real tree is held against."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence


def hashed(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def root(leaves: Sequence[bytes]) -> bytes:
    """MTH(D_n), 2.1.1."""
    n = len(leaves)
    if n == 0:
        return hashed(b"")
    if n == 1:
        return hashed(b"\x00" + leaves[0])
    k = split(n)
    return hashed(b"\x01" + root(leaves[:k]) + root(leaves[k:]))


def split(n: int) -> int:
    """The largest power of two smaller than n."""
    k = 1
    while k * 2 < n:
        k *= 2
    return k


def path(m: int, leaves: Sequence[bytes]) -> list[bytes]:
    """PATH(m, D_n), 2.1.3.1."""
    n = len(leaves)
    if n == 1:
        return []
    k = split(n)
    if m < k:
        return [*path(m, leaves[:k]), root(leaves[k:])]
    return [*path(m - k, leaves[k:]), root(leaves[:k])]


def consistency(m: int, leaves: Sequence[bytes]) -> list[bytes]:
    """PROOF(m, D_n), 2.1.4.1."""
    return _subproof(m, leaves, True)


def _subproof(m: int, leaves: Sequence[bytes], whole: bool) -> list[bytes]:
    n = len(leaves)
    if m == n:
        return [] if whole else [root(leaves)]
    k = split(n)
    if m <= k:
        return [*_subproof(m, leaves[:k], whole), root(leaves[k:])]
    return [*_subproof(m - k, leaves[k:], False), root(leaves[:k])]

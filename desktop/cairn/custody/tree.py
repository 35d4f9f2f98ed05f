"""The Merkle tree over the log's lines (RFC 9162, section 2.1). Pure; see FORMAT.md, section 4.

A *perfect node* covers 2^level leaves, of which the first is number place * 2^level, counted from 0; a leaf is a
perfect node of level 0. A tree of any size is a few perfect nodes side by side, its *peaks*, as many as the size
has binary ones. Perfect nodes never change once they are there, so they are kept, and every root is made of at most
40 of them.
"""

from __future__ import annotations

from collections.abc import Callable

from cairn.crypto.hashes import sha256

HASH_BYTES = 32
EMPTY_ROOT = sha256(b"")
"""The root of a log without lines (RFC 9162: the hash of an empty string)."""

Node = tuple[int, int]
"""(level, place) of a perfect node."""
NodeOf = Callable[[int, int], bytes]
"""Gives the hash of the perfect node with this level and place."""


def leaf_hash(line: bytes) -> bytes:
    """The hash of a leaf: a line's exact bytes, without its newline."""
    return sha256(b"\x00" + line)


def join(left: bytes, right: bytes) -> bytes:
    """The hash of the node over two others. The first byte keeps a node from being taken for a leaf."""
    return sha256(b"\x01" + left + right)


def peaks(size: int) -> list[Node]:
    """The perfect nodes that a tree of `size` leaves consists of, from the left: the largest first."""
    found: list[Node] = []
    first = 0
    for level in reversed(range(size.bit_length())):
        if size >> level & 1:
            found.append((level, first >> level))
            first += 1 << level
    return found


def root(size: int, node: NodeOf) -> bytes:
    """The root of the tree of the first `size` leaves."""
    return root_of([node(*peak) for peak in peaks(size)])


def root_of(hashes: list[bytes]) -> bytes:
    """The root over the hashes of a tree's peaks, from the left."""
    if not hashes:
        return EMPTY_ROOT
    found = hashes[-1]
    for left in reversed(hashes[:-1]):
        found = join(left, found)
    return found


def completed(size: int, leaf: bytes, node: NodeOf) -> list[tuple[int, int, bytes]]:
    """What leaf number `size` (from 0) completes: (level, place, hash) of each new node above it, lowest first.

    One on average, at most 40. `node` gives the perfect nodes of the tree before it.
    """
    found: list[tuple[int, int, bytes]] = []
    level, place = 0, size
    while place & 1:
        leaf = join(node(level, place - 1), leaf)
        level, place = level + 1, place >> 1
        found.append((level, place, leaf))
    return found

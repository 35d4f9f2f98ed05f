"""Proofs that lines are in the tree, and that earlier trees are its beginnings. Pure; see FORMAT.md, section 6.

One set of nodes proves everything at once: that each line that is shown stands at its place (inclusion), and that
each earlier size had the root that follows (consistency). Both sides know the size, the numbers of the lines and the
earlier sizes; from these alone follows which nodes are *given* and in which order, so a proof is nothing but the
32-byte hashes of the given nodes, from the left. Together with the lines that are shown they cover the whole tree,
each leaf exactly once: there is nothing that could be taken in two ways, and no node is sent that can be computed.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterator, Mapping
from typing import Literal, NamedTuple

from cairn.custody import tree
from cairn.custody.tree import HASH_BYTES, Node, NodeOf
from cairn.errors import IntegrityError

_Kind = Literal["give", "leaf", "join"]


class Proven(NamedTuple):
    """What a proof shows, once its root is known to be the right one."""

    root: bytes
    """Of the tree of the whole size: compare it with the one that was signed."""
    heads: dict[int, bytes]
    """Earlier size → root at that size."""


def make(size: int, leaves: Collection[int], heads: Collection[int], node: NodeOf) -> bytes:
    """The proof for the tree of `size` leaves: that those numbered `leaves` (from 0) are in it, and each earlier
    size in `heads`. `node` gives perfect nodes; it is asked for about log2(size) of them for each leaf and head."""
    steps = _steps(size, leaves, heads)
    return b"".join(node(level, place) for kind, level, place in steps if kind == "give")


def given(size: int, leaves: Collection[int], heads: Collection[int]) -> list[Node]:
    """The nodes of the proof, in their order. They cover, with the leaves, the whole tree without overlap."""
    return [(level, place) for kind, level, place in _steps(size, leaves, heads) if kind == "give"]


def check(size: int, leaves: Mapping[int, bytes], heads: Collection[int], proof: bytes) -> Proven:
    """Compute the roots that a proof leads to. `leaves` are number (from 0) → hash of the leaf.

    It proves something only if the returned `root` is the one that the device signed. Raises IntegrityError
    `custody.proof-wrong` when the proof has not the nodes that these leaves and heads ask for, or when a leaf or
    head lies outside of the tree.
    """
    if any(not 0 <= leaf < size for leaf in leaves) or any(not 0 < head < size for head in heads):
        raise IntegrityError("custody.proof-wrong")
    wanted = {peak for head in heads for peak in tree.peaks(head)}
    kept: dict[Node, bytes] = {}
    stack: list[bytes] = []
    offset = 0
    for kind, level, place in _steps(size, leaves, heads):
        if kind == "give":
            found = proof[offset : offset + HASH_BYTES]
            offset += HASH_BYTES
        elif kind == "leaf":
            found = leaves[place]
        else:
            right = stack.pop()
            found = tree.join(stack.pop(), right)
        stack.append(found)
        if (level, place) in wanted:
            kept[level, place] = found
    # Too short or too long: whatever was computed of pieces that aren't there is not handed on.
    if offset != len(proof):
        raise IntegrityError("custody.proof-wrong")
    roots = {head: tree.root_of([kept[peak] for peak in tree.peaks(head)]) for head in heads}
    return Proven(tree.root_of(stack), roots)


def _steps(size: int, leaves: Collection[int], heads: Collection[int]) -> Iterator[tuple[_Kind, int, int]]:
    """How the peaks of the tree come about, as a program for a stack: give a node, take a leaf's own hash, join two.

    A node is given when nothing inside of it is marked; a leaf that is shown is marked, and each peak of an
    earlier size, because its hash has to come out.
    """
    shown = frozenset(leaves)
    lowest: dict[int, int] = dict.fromkeys(shown, 0)
    for head in heads:
        for level, place in tree.peaks(head):
            first = place << level
            lowest[first] = min(level, lowest.get(first, level))
    firsts = sorted(lowest)
    for peak in tree.peaks(size):
        waiting: list[tuple[int, int, bool]] = [(*peak, False)]
        while waiting:
            level, place, both = waiting.pop()
            if both:
                yield "join", level, place
                continue
            first = place << level
            here = bisect_left(firsts, first)
            inside = bisect_left(firsts, first + (1 << level), here) - here
            alone = inside == 1 and firsts[here] == first and lowest[first] >= level
            if inside and not alone:
                waiting += [
                    (level, place, True),
                    (level - 1, 2 * place + 1, False),
                    (level - 1, 2 * place, False),
                ]
            elif level == 0 and first in shown:
                yield "leaf", level, place
            else:
                yield "give", level, place

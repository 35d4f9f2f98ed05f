"""The tree and its proofs, against a naive reading of RFC 9162 and against published vectors."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cairn.crypto.hashes import sha256
from cairn.custody import proof, tree
from cairn.errors import IntegrityError
from custody import naive

# Inputs and roots of the tests of certificate-transparency (merkletree), which every implementation shares.
INPUTS = [
    bytes.fromhex(text)
    for text in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


class Grown:
    """A tree that is grown line by line and keeps its nodes, as the vault does."""

    def __init__(self, lines: list[bytes]) -> None:
        self.nodes: dict[tuple[int, int], bytes] = {}
        for number, line in enumerate(lines):
            leaf = tree.leaf_hash(line)
            new = tree.completed(number, leaf, self.node)
            self.nodes[0, number] = leaf
            for level, place, found in new:
                assert (level, place) not in self.nodes
                self.nodes[level, place] = found

    def node(self, level: int, place: int) -> bytes:
        return self.nodes[level, place]


def lines(count: int) -> list[bytes]:
    return [b"line %d" % number for number in range(count)]


@pytest.mark.parametrize("size", range(9))
def test_published_roots(size: int) -> None:
    grown = Grown(INPUTS)
    assert tree.root(size, grown.node).hex() == ROOTS[size]
    assert naive.root(INPUTS[:size]).hex() == ROOTS[size]


def test_the_empty_tree() -> None:
    assert tree.EMPTY_ROOT == tree.root(0, Grown([]).node) == tree.root_of([]) == sha256(b"")
    assert proof.make(0, (), (), Grown([]).node) == b""
    assert proof.check(0, {}, (), b"") == proof.Proven(tree.EMPTY_ROOT, {})


@pytest.mark.parametrize("size", [*range(40), 63, 64, 65, 200])
def test_roots_and_nodes_are_the_naive_ones(size: int) -> None:
    leaves = lines(size)
    grown = Grown(leaves)
    for at in {size, size // 2, size // 3}:
        assert tree.root(at, grown.node) == naive.root(leaves[:at])
    for (level, place), found in grown.nodes.items():
        assert found == naive.root(leaves[place << level : (place + 1) << level])
    assert len(grown.nodes) == sum(size >> level for level in range(max(1, size.bit_length())))


def test_peaks_cover_the_tree_once() -> None:
    for size in range(300):
        at = 0
        for level, place in tree.peaks(size):
            assert place << level == at
            at += 1 << level
        assert at == size and len(tree.peaks(size)) == size.bit_count()


@st.composite
def questions(draw: st.DrawFn) -> tuple[int, list[int], list[int]]:
    """A size, numbers of lines that are shown and earlier sizes."""
    size = draw(st.integers(1, 130))
    shown = draw(st.lists(st.integers(0, size - 1), unique=True, max_size=12))
    heads = draw(st.lists(st.integers(1, size - 1), unique=True, max_size=6)) if size > 1 else []
    return size, sorted(shown), sorted(heads)


@settings(deadline=None)
@given(questions())
def test_a_proof_leads_to_the_naive_roots(question: tuple[int, list[int], list[int]]) -> None:
    size, shown, heads = question
    leaves = lines(size)
    made = proof.make(size, shown, heads, Grown(leaves).node)
    found = proof.check(size, {n: tree.leaf_hash(leaves[n]) for n in shown}, heads, made)
    assert found.root == naive.root(leaves)
    assert found.heads == {head: naive.root(leaves[:head]) for head in heads}
    given_ = proof.given(size, shown, heads)
    assert len(made) == 32 * len(given_) and len(set(given_)) == len(given_)
    covered = sorted([(place << level, 1 << level) for level, place in given_] + [(n, 1) for n in shown])
    at = 0
    for first, width in covered:
        assert first == at
        at += width
    assert at == size
    assert [place << level for level, place in given_] == sorted(place << level for level, place in given_)


@settings(deadline=None)
@given(questions(), st.data())
def test_any_change_of_a_proof_changes_the_root_or_is_refused(
    question: tuple[int, list[int], list[int]], data: st.DataObject
) -> None:
    size, shown, heads = question
    leaves = lines(size)
    made = proof.make(size, shown, heads, Grown(leaves).node)
    hashes = {n: tree.leaf_hash(leaves[n]) for n in shown}
    changes = ["short", "long"] + (["node"] if made else []) + (["leaf"] if shown else [])
    change = data.draw(st.sampled_from(changes))
    bad = bytearray(made)
    if change == "node":
        bad[data.draw(st.integers(0, len(made) - 1))] ^= 1
    elif change == "leaf":
        hashes[shown[0]] = tree.leaf_hash(b"another line")
    elif change == "long":
        bad += bytes(data.draw(st.integers(1, 64)))
    elif made:
        del bad[-data.draw(st.integers(1, len(made))) :]
    else:
        hashes[size] = bytes(32)
    try:
        assert proof.check(size, hashes, heads, bytes(bad)).root != naive.root(leaves)
    except IntegrityError as error:
        assert error.code == "custody.proof-wrong"


@settings(deadline=None)
@given(st.integers(1, 90), st.data())
def test_one_line_alone_is_the_audit_path_of_the_rfc(size: int, data: st.DataObject) -> None:
    """For one line the given nodes are PATH's, where only what lies right of the last peak is in finer pieces."""
    number = data.draw(st.integers(0, size - 1))
    leaves = lines(size)
    made = proof.make(size, [number], [], Grown(leaves).node)
    nodes = {made[at : at + 32] for at in range(0, len(made), 32)}
    perfect = {h for h in naive.path(number, leaves) if h in Grown(leaves).nodes.values()}
    assert perfect <= nodes
    assert len(nodes) <= 2 * max(1, size.bit_length())


@settings(deadline=None)
@given(st.integers(2, 90), st.data())
def test_another_history_has_another_root(size: int, data: st.DataObject) -> None:
    """A log in which a line before the earlier size was changed can't be proven to go on from it."""
    head = data.draw(st.integers(1, size - 1))
    changed = data.draw(st.integers(0, head - 1))
    before, after = lines(size), lines(size)
    after[changed] = b"rewritten"
    made = proof.make(size, [], [head], Grown(after).node)
    found = proof.check(size, {}, [head], made)
    assert found.root == naive.root(after)
    assert found.heads[head] != naive.root(before[:head])


@pytest.mark.parametrize(("shown", "heads"), [([7], []), ([-1], []), ([], [0]), ([], [7]), ([], [8])])
def test_outside_of_the_tree(shown: list[int], heads: list[int]) -> None:
    with pytest.raises(IntegrityError, match=r"custody\.proof-wrong"):
        proof.check(7, dict.fromkeys(shown, bytes(32)), heads, b"")


def test_two_hundred_entries_of_a_million_fit_64_kib() -> None:
    """What one interview's entries ask for: some sittings of a few dozen lines, and 64 earlier sizes."""
    size = 1_000_000
    heads = {size - 2**k for k in range(20)} | {size - 7919 * k for k in range(1, 45)}
    for sittings in (1, 4, 20):
        each = 200 // sittings
        shown = [start * 48_611 + k for start in range(sittings) for k in range(each)]
        assert len(shown) == 200
        assert 32 * len(proof.given(size, shown, sorted(heads)[-64:])) <= 64 * 1024

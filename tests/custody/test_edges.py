"""Ways through the custody room that no ordinary log takes."""

from __future__ import annotations

import pytest

from cairn.crypto.device import DeviceKeys
from cairn.custody import checkpoint, excerpt, payload, tree
from cairn.custody.memory import MemoryRows
from cairn.errors import InputError, IntegrityError
from custody.test_walk import KEYS, build, verify

AT = "2026-11-22T03:00:00Z"


def signed(rows: MemoryRows, keys: DeviceKeys = KEYS) -> checkpoint.Checkpoint:
    return checkpoint.sign(keys, rows.size(), tree.root(rows.size(), rows.node).hex(), AT)


def test_a_root_is_written_in_one_way() -> None:
    text = signed(build(3)).text
    lines = text.split(b"\n")
    assert checkpoint.serialise(checkpoint.parse(text)) == text
    alphabet = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    last = lines[2][-2:-1]
    # The letter before the = has spare bits: the next one says the same bytes.
    other = alphabet[alphabet.index(last) + 1 : alphabet.index(last) + 2]
    lines[2] = lines[2][:-2] + other + b"="
    with pytest.raises(InputError) as caught:
        checkpoint.parse(b"\n".join(lines))
    assert caught.value.code == "custody.checkpoint-malformed"


def test_a_proof_of_another_log_is_refused() -> None:
    mine, other = build(5), MemoryRows([raw for _, raw in build(5).lines()][::-1])
    told = [(2, *(mine.payload(2) or (b"", b"")))]
    good = excerpt.take(mine, signed(mine), told, [1, 4])
    assert excerpt.check(good, KEYS.public).size == 5
    for wrong in (signed(other), signed(build(5))):
        with pytest.raises(IntegrityError) as caught:
            excerpt.check(
                excerpt.Excerpt(wrong, good.lines, good.payloads, good.heads, good.proof), KEYS.public
            )
        assert caught.value.code == "custody.excerpt-wrong"


def test_what_is_not_in_memory() -> None:
    rows = build(3)
    assert [seq for seq, _ in rows.lines(2)] == [2, 3] and rows.line(3) == list(rows.lines())[2][1]
    for seq in (0, 4):
        with pytest.raises(IntegrityError) as caught:
            rows.line(seq)
        assert caught.value.code == "custody.line-missing"
    for level, place in ((0, 3), (9, 0)):
        with pytest.raises(IntegrityError) as caught:
            rows.node(level, place)
        assert caught.value.code == "custody.node-altered"


def test_a_payload_has_a_longest() -> None:
    made = payload.serialise(
        payload.Payload(act="x", obj="", root="", at=AT, author="", device="", detail={})
    )
    longest = made + b" " * (payload.MAX_PAYLOAD_BYTES - len(made))
    assert payload.parse(longest).act == "x"
    with pytest.raises(InputError) as caught:
        payload.parse(longest + b" ")
    assert caught.value.code == "custody.not-a-payload"


def test_in_a_log_that_travelled_an_erasure_excuses_nothing() -> None:
    rows = build(4, erased=frozenset({2, 3}))
    assert verify(rows).whole
    assert not verify(rows, complete=True).whole

"""JSON from outside: what costs too much or means two things is refused before anything is made of it."""

from __future__ import annotations

import json
import time
import tracemalloc
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cairn.bundle import manifest
from cairn.custody import payload
from cairn.errors import CairnError, InputError
from cairn.model import limits, strict_json
from cairn.model.kinds import envelope

ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=30,
)


@pytest.mark.parametrize("unit", [b'\\"', b'"\\', b'""\\"', b"\\"])
def test_a_text_of_quotes_that_close_nothing_is_refused_at_once(unit: bytes) -> None:
    # Where each quote begins a new search to the end, this takes hours.
    with pytest.raises(ValueError):
        strict_json.require(b'{"a":"' + unit * (4_000_000 // len(unit)))


@given(ANY, st.booleans())
def test_whatever_is_one_text_is_let_through(value: object, ascii_only: bool) -> None:
    try:
        data = json.dumps(value, ensure_ascii=ascii_only).encode()
    except UnicodeEncodeError:
        return
    strict_json.require(data)


@pytest.mark.parametrize(
    "data",
    [
        b'{"a":1,"a":1}',
        b'{"a":1,"\\u0061":2}',
        b'{"x":{"b":[{"a":1,"a":null}]}}',
        b'{"unknown":"\xff"}',
        b'{"unknown":"\xed\xa0\x80"}',
        b'\xef\xbb\xbf{"a":1}',
        '{"a":1}'.encode("utf-16"),
        b'{"a":NaN}',
        b'{"a":1} {"b":2}',
        b'{"a":"open',
        b"",
        b"[" * 65 + b"]" * 65,
        b'{"a":' * 65 + b"1" + b"}" * 65,
        b"[" + b"[]," * limits.JSON_VALUES.most + b"[]]",
        b"[" + b"1," * limits.JSON_VALUES.most + b"1]",
    ],
)
def test_what_means_two_things_or_costs_too_much_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError):
        strict_json.require(data)


def test_the_bounds_themselves_are_allowed() -> None:
    strict_json.require(b"[" * 64 + b"]" * 64)
    strict_json.require(b"[" + b"1," * (limits.JSON_VALUES.most - 3) + b"1]")
    # What stands inside a string is no value, whatever it looks like.
    strict_json.require(json.dumps({"account": '[{,"\\' * 1_000_000}).encode())


READERS: dict[str, Callable[[bytes], object]] = {
    "bundle.json": manifest.read_head,
    "a revision": envelope.decode,
    "a custody payload": payload.parse,
}


@pytest.mark.parametrize("read", READERS.values(), ids=list(READERS))
@pytest.mark.parametrize("many", [b"[],", b"{},", b'"a",', b"0,"])
def test_millions_of_values_in_a_field_that_nobody_reads_cost_next_to_nothing(
    read: Callable[[bytes], object], many: bytes
) -> None:
    size = 15 * limits.MIB if read is manifest.read_head else 3 * limits.MIB
    data = b'{"format":"cairn-bundle/1","unknown":[' + many * (size // len(many)) + b"0]}"
    tracemalloc.start()
    began = time.process_time()
    try:
        with pytest.raises(CairnError):
            read(data)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    # A few copies of the text at most, where five million lists took 480 MiB and 18 s.
    assert peak < 4 * len(data) and time.process_time() - began < 5


def test_the_code_says_that_it_is_malformed() -> None:
    with pytest.raises(InputError, match=r"bundle\.malformed"):
        manifest.read_head(b'{"format":"\xff"}')

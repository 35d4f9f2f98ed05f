"""`data/identity/`: what the index may say, how long its files may be, and that only identity keys open them."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

import msgspec
import pytest

from bundle.making import encrypted, entries, office, opened, plaintext, plan, repacked, resigned, sealed
from cairn.bundle import bag, identity_files
from cairn.bundle.identity_files import BundleOpening
from cairn.crypto import openings
from cairn.crypto.age import PQIdentity, PQRecipient
from cairn.errors import CairnError

RECORD, ROOT = "00000000-0000-8000-8000-000000000001", "00000000-0000-8000-8000-000000000002"
MADE = openings.make(b'{"person":"P1"}')
IDENTITY = PQIdentity.generate()
TO = [PQRecipient.from_text(IDENTITY.recipient)]


class Memory:
    def __init__(self, data: bytes) -> None:
        self.data = data
        self.size = len(data)

    def chunks(self) -> Iterator[bytes]:
        yield self.data[:5]
        yield self.data[5:]


def travelling(count: int = 2) -> list[BundleOpening]:
    return [BundleOpening(RECORD, ROOT, f"{number:064x}", MADE) for number in range(count)]


def listed(names: list[str]) -> list[tuple[bag.Listed, int]]:
    return [(bag.Listed(name, "0" * 64), 1) for name in names]


def test_written_and_read() -> None:
    (index_name, index), *files = identity_files.write(travelling(), TO)
    assert index_name == bag.OPENINGS
    assert [name for name, _ in files] == [bag.opening_name(1), bag.opening_name(2)]
    found = identity_files.read_index(Memory(index), listed([bag.README, *(name for name, _ in files)]))
    assert [(each.file, each.revision) for each in found] == [
        (bag.opening_name(1), "0" * 64),
        (bag.opening_name(2), f"{1:064x}"),
    ]
    assert {(each.record, each.root) for each in found} == {(RECORD, ROOT)}
    for _, data in files:
        assert openings.from_file(identity_files.read_file(Memory(data)), [IDENTITY]) == MADE
    assert identity_files.write([], TO) == [(bag.OPENINGS, b"")]
    assert identity_files.read_index(Memory(b""), listed([bag.README])) == []


LINE = b'{"file":"data/identity/000001.age","record":"%s","root":"%s","revision":"%s"}\n' % (
    RECORD.encode(),
    ROOT.encode(),
    b"a" * 64,
)


@pytest.mark.parametrize(
    "line",
    [
        b"",
        LINE[:-1],
        LINE + LINE.replace(b"/000001", b"/000002"),
        LINE.replace(b"/000001", b"/000002"),
        LINE.replace(RECORD.encode(), b"x"),
        LINE.replace(ROOT.encode(), b"../../x"),
        LINE.replace(b"a" * 64, b"a" * 63),
        LINE.replace(b"a" * 64, b"A" * 64),
        LINE.replace(b'"file"', b'"file":"","file"'),
        LINE.replace(b'"root"', b'"interview"'),
        LINE.replace(b"}", b',"more":1}'),
    ],
)
def test_an_index_that_says_anything_else_is_malformed(line: bytes) -> None:
    names = [bag.opening_name(1)]
    assert identity_files.read_index(Memory(LINE), listed(names))
    if b"/000002.age" in line and b"/000001.age" in line:
        names.append(bag.opening_name(2))
    with pytest.raises(CairnError, match=r"^bundle\.malformed$"):
        identity_files.read_index(Memory(line), listed(names))


def test_files_that_are_too_long_are_neither_written_nor_read() -> None:
    long = BundleOpening(RECORD, ROOT, "0" * 64, bytes(300 * 1024))
    with pytest.raises(CairnError, match=r"^bundle\.too-big$"):
        identity_files.write([long], TO)
    with pytest.raises(CairnError, match=r"^bundle\.too-big$"):
        identity_files.read_file(Memory(bytes(256 * 1024 + 1)))
    many = [(bag.Listed(bag.opening_name(number), "0" * 64), 256 * 1024) for number in range(1, 1026)]
    with pytest.raises(CairnError, match=r"^bundle\.too-big$"):
        identity_files.read_index(Memory(b""), many)


def test_a_bundle_carries_them_and_what_opens_it_does_not_open_them() -> None:
    made = dataclasses.replace(plan({}), openings=travelling())
    data, _ = sealed(made)
    found = opened(data).files
    index = [msgspec.json.decode(line) for line in found[bag.OPENINGS].splitlines()]
    assert [each["file"] for each in index] == [bag.opening_name(1), bag.opening_name(2)]
    for number in (1, 2):
        file = found[bag.opening_name(number)]
        assert MADE not in file
        with pytest.raises(CairnError, match=r"^age\.no-match$"):
            openings.from_file(file, [office().age_identity])
    names = list(found)
    assert names.index(bag.records_name(1)) < names.index(bag.OPENINGS) < names.index(bag.MEDIA_INDEX)


def test_a_payload_without_the_index_is_malformed() -> None:
    files = dict(entries(plaintext(sealed(plan({}))[0])))
    del files[bag.ROOT + bag.OPENINGS]
    with pytest.raises(CairnError, match=r"^bundle\.malformed$"):
        opened(encrypted(repacked(resigned(files))))

"""The 143 public test vectors of the age format (C2SP/CCTV), and samples that ship with the tests.

The vectors come from the npm package `cctv-age`, made by the author of age, in the tests' own lock
(`tests/interop`). A vector says which class of error is expected, and the hash of all plaintext that may be
given out, also when the file turns out to be damaged later.
"""

from __future__ import annotations

import base64
import io
import re
import zlib
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, NamedTuple

import pytest

from cairn.crypto import age
from cairn.crypto.age.format import read_header
from cairn.crypto.hashes import sha256_hex
from cairn.errors import CairnError, IntegrityError

PACKAGE = Path(__file__).resolve().parents[1] / "interop" / "node_modules" / "cctv-age" / "index.js"
COUNT = 143
ENTRY = re.compile(r'^// \.\./testdata/(\w+)\nvar \w+ = __toBinary\("([A-Za-z0-9+/=]*)"\);$', re.MULTILINE)
"""A file of the package: its name in a comment, its bytes in Base64. Read as text: no script is run for it."""


def packed() -> dict[str, bytes]:
    """All vectors by name; empty where the package is not installed."""
    if not PACKAGE.is_file():
        return {}
    found = ENTRY.findall(PACKAGE.read_text(encoding="ascii"))
    return {name: base64.b64decode(text, validate=True) for name, text in sorted(found)}


FILES = packed()
NAMES = list(FILES)
needs_vectors = pytest.mark.skipif(not PACKAGE.is_file(), reason="no age test vectors here: ./dev setup")

CLASS = {
    "age.not-age": "header failure",
    "age.header-malformed": "header failure",
    "age.work-factor": "header failure",
    "age.no-match": "no match",
    "age.header-mac": "HMAC failure",
    "age.payload-altered": "payload failure",
    "age.payload-truncated": "payload failure",
    "age.armor-malformed": "armor failure",
}


class Vector(NamedTuple):
    expect: str
    payload: str
    armored: bool
    identities: list[age.Identity]
    file: bytes


def load(name: str) -> Vector:
    head, file = FILES[name].split(b"\n\n", 1)
    fields: dict[str, list[str]] = defaultdict(list)
    for line in head.decode().splitlines():
        key, value = line.split(": ", 1)
        fields[key].append(value)
    if fields["compressed"]:
        assert fields["compressed"] == ["zlib"]
        file = zlib.decompress(file)
    identities: list[age.Identity] = [age.parse_identity(text) for text in fields["identity"]]
    identities += [age.ScryptIdentity(words) for words in fields["passphrase"]]
    return Vector(
        fields["expect"][0], (fields["payload"] or [""])[0], bool(fields["armored"]), identities, file
    )


def opened(vector: Vector, take: Callable[[age.AgeReader], bytes]) -> tuple[str, bytes]:
    """What came of it, and all plaintext that was given out."""
    source: BinaryIO = io.BytesIO(vector.file)
    given = bytearray()
    try:
        reader = age.AgeReader(age.ArmorReader(source) if vector.armored else source, vector.identities)
        while piece := take(reader):
            given += piece
    except CairnError as error:
        return CLASS[error.code], bytes(given)
    return "success", bytes(given)


def by_reading(size: int) -> Callable[[age.AgeReader], bytes]:
    return lambda reader: reader.read(size)


def by_filling(reader: age.AgeReader) -> bytes:
    buffer = bytearray(65_000)
    return bytes(buffer[: reader.readinto(buffer)])


@needs_vectors
def test_all_vectors_are_there() -> None:
    assert len(NAMES) == COUNT


@needs_vectors
@pytest.mark.parametrize(
    "take", [by_reading(70_000), by_reading(3 << 20), by_filling], ids=["read", "big", "into"]
)
@pytest.mark.parametrize("name", NAMES)
def test_vector(name: str, take: Callable[[age.AgeReader], bytes]) -> None:
    vector = load(name)
    outcome, given = opened(vector, take)
    assert outcome == vector.expect
    if vector.payload:
        assert sha256_hex(given) == vector.payload
    else:
        assert given == b""


@needs_vectors
@pytest.mark.parametrize("name", NAMES)
def test_a_header_that_is_accepted_is_written_the_same(name: str) -> None:
    vector = load(name)
    if vector.armored or vector.expect in ("header failure", "armor failure"):
        return
    header = read_header(io.BytesIO(vector.file))
    assert vector.file.startswith(header.serialise())


@needs_vectors
@pytest.mark.parametrize("name", NAMES)
def test_armor_that_is_accepted_is_written_the_same(name: str) -> None:
    vector = load(name)
    if not vector.armored or vector.expect == "armor failure":
        return
    out = io.BytesIO()
    writer = age.ArmorWriter(out)
    writer.write(age.ArmorReader(io.BytesIO(vector.file)).readall())
    writer.finish()
    assert out.getvalue().strip() == vector.file.replace(b"\r\n", b"\n").strip()


@pytest.mark.parametrize(
    "name", ["x25519.age", "pq-typage.age", "pq-age.age", "scrypt.age", "pq-armored.age"]
)
def test_files_of_other_programs_open(name: str, sample: Callable[[str], bytes]) -> None:
    identities = [
        *age.parse_identities(sample("pq.identity").decode()),
        *age.parse_identities("# made for this test\n\n" + sample("x25519.identity").decode()),
        age.ScryptIdentity("a cairn of seven stones"),
    ]
    source: BinaryIO = io.BytesIO(sample(name))
    if name == "pq-armored.age":
        source = age.ArmorReader(source)  # type: ignore[assignment]
    assert age.AgeReader(source, identities).read() == sample("plain.txt")


def test_the_recipient_of_an_identity_is_the_one_other_programs_find(sample: Callable[[str], bytes]) -> None:
    identity = age.PQIdentity.from_text(sample("pq.identity").decode().strip())
    assert identity.recipient == sample("pq.recipient").decode().strip()
    assert str(age.parse_recipient(identity.recipient)) == identity.recipient


@pytest.mark.parametrize("name", ["pq-typage.age", "pq-age.age"])
def test_every_byte_of_a_file_matters(name: str, sample: Callable[[str], bytes]) -> None:
    file, identity = sample(name), age.PQIdentity.from_text(sample("pq.identity").decode().strip())
    for place in range(0, len(file), 3):
        changed = bytearray(file)
        changed[place] ^= 1
        with pytest.raises(CairnError) as caught:
            age.AgeReader(io.BytesIO(bytes(changed)), [identity]).read()
        assert caught.value.code in CLASS
    with pytest.raises(IntegrityError):
        age.AgeReader(io.BytesIO(file[:-1]), [identity]).read()

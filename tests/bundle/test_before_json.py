"""Nothing that a stranger wrote is parsed as JSON before both signatures say whose it is, and whoever takes in is asked."""

from __future__ import annotations

import io

import pytest

from bundle.making import (
    encrypted,
    entries,
    office,
    opened,
    repacked,
    sample,
    sample_tar,
    sender,
    signed_anew,
)
from cairn.bundle import bag
from cairn.bundle.reader import BundleReader
from cairn.crypto.hashes import sha256_hex
from cairn.errors import CairnError, InputError
from cairn.model import limits, strict_json
from cairn.model.contacts import Card
from cairn.model.ids import Sha256

HEAD = bag.ROOT + bag.HEAD
UNKNOWN = b',"unknown":[%s0]}\n'


def files() -> dict[str, bytes]:
    return dict(entries(sample_tar()))


def packed(found: dict[str, bytes]) -> bytes:
    return encrypted(repacked(list(found.items())))


def code_of(bundle: bytes) -> str:
    try:
        opened(bundle)
    except CairnError as error:
        return error.code
    return ""


@pytest.fixture
def unparsed(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise AssertionError("parsed")

    monkeypatch.setattr(strict_json, "require", fail)


@pytest.mark.usefixtures("unparsed")
@pytest.mark.parametrize("name", [bag.SIGNATURE, bag.SIGNATURE_PQ, bag.TAGMANIFEST, bag.SENDER])
def test_a_signature_that_is_not_good_comes_first(name: str) -> None:
    found = files()
    data = bytearray(found[bag.ROOT + name])
    data[len(data) // 2] ^= 1
    found[bag.ROOT + name] = bytes(data)
    assert code_of(packed(found)) in ("bundle.signature-bad", "bundle.malformed")


@pytest.mark.usefixtures("unparsed")
def test_a_newer_format_is_named_without_parsing() -> None:
    found = files()
    found[HEAD] = found[HEAD].replace(b"cairn-bundle/1", b"cairn-bundle/2")
    assert code_of(packed(found)) == "bundle.newer"


@pytest.mark.usefixtures("unparsed")
def test_whoever_takes_in_is_asked_first() -> None:
    asked: list[tuple[str, str]] = []

    def admit(card: Card, tagmanifest: Sha256) -> None:
        asked.append((card.fingerprint, tagmanifest))
        raise InputError("taking.sender-unknown")

    found = files()
    with pytest.raises(InputError, match=r"taking\.sender-unknown"):
        BundleReader(io.BytesIO(packed(found)), office().age_identity, admit=admit)
    assert asked == [(sender().fingerprint, sha256_hex(found[bag.ROOT + bag.TAGMANIFEST]))]
    # Asked about a signer only, never about a card that signed nothing.
    found[bag.ROOT + bag.TAGMANIFEST] += b"\n"
    with pytest.raises(CairnError, match=r"bundle\.signature-bad"):
        BundleReader(io.BytesIO(packed(found)), office().age_identity, admit=admit)
    assert len(asked) == 1


def test_admitted_it_is_read() -> None:
    asked: list[str] = []
    with BundleReader(
        io.BytesIO(sample()), office().age_identity, admit=lambda card, _: asked.append(card.label)
    ) as reader:
        assert asked == [reader.head.sender.label]


@pytest.mark.parametrize(("more", "code"), [(-1, ""), (0, "bundle.too-big")])
def test_the_head_has_few_values_beside_those_of_its_files(more: int, code: str) -> None:
    found = files()
    data = found[HEAD].rstrip(b"\n")
    # As the page counts: commas and brackets that open, and one; no string of this one has any.
    held = data.count(b",") + data.count(b"{") + data.count(b"[") + 1
    listed = found[bag.ROOT + bag.MANIFEST].count(b"\n")
    room = limits.HEAD_VALUES.most + listed - held - 2
    found[HEAD] = data[:-1] + UNKNOWN % (b"0," * (room + 1 + more))
    assert code_of(packed(signed_anew(found))) == code

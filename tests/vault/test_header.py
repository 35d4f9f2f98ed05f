"""The header's parser: one byte form, all else refused with one typed error."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cairn import vault as vaults
from cairn.errors import CairnError, InputError, IntegrityError
from cairn.vault import header as hdr
from cairn.vault import identity_key, keyslots
from cairn.vault.header import Header
from vault.kit import COST, PHRASE, Sample

VAULT = "3f2b8a10-0000-4000-8000-000000000001"
VMK = bytearray(range(32))


def example() -> Header:
    recovery, words = keyslots.make_recovery(VMK, VAULT)
    slots: list[hdr.Slot] = [keyslots.make_passphrase(VMK, VAULT, PHRASE, COST, label="mine"), recovery]
    identity = identity_key.make_slots(identity_key.generate(), VMK, VAULT, words)
    return keyslots.with_mac(
        Header(hdr.FORMAT, VAULT, "vault.db", ["vault-00000000.db"], identity, [], slots, bytes(32)), VMK
    )


DATA = hdr.serialise(example())


def refused(data: bytes, code: str = "vault.header-altered") -> None:
    with pytest.raises(CairnError) as error:
        hdr.parse(data)
    assert error.value.code == code


def changed(**values: Any) -> bytes:
    return json.dumps(json.loads(DATA) | values, sort_keys=True, separators=(",", ":")).encode() + b"\n"


def test_parse_then_serialise_gives_the_same_bytes() -> None:
    assert hdr.parse(DATA) == example_of(DATA)
    assert hdr.serialise(hdr.parse(DATA)) == DATA


def example_of(data: bytes) -> Header:
    return msgspec.json.decode(data, type=Header)


def test_changed_without_a_change_is_accepted() -> None:
    # So that the refusals below are refusals of the change and not of how `changed` writes.
    assert changed() == DATA


def b64(size: int, letter: str = "A") -> str:
    full, rest = divmod(size, 3)
    return letter * 4 * full + {0: "", 1: "AA==", 2: "AAA="}[rest]


def slot(place: int = 0, **values: Any) -> bytes:
    slots = json.loads(DATA)["slots"]
    for name, value in values.items():
        outer, _, inner = name.partition("__")
        if inner:
            slots[place][outer][inner] = value
        else:
            slots[place][outer] = value
    return changed(slots=slots)


IDENTITY: list[dict[str, Any]] = json.loads(DATA)["identity"]
BY_VAULT, BY_WORDS = IDENTITY


MALFORMED = [
    b"",
    b"{}",
    b"[]",
    b"null",
    b"\xff\xfe",
    b"[" * 100_000,
    DATA[:-1],
    DATA + b"\n",
    DATA[: len(DATA) // 2],
    b" " + DATA,
    b"\xef\xbb\xbf" + DATA,
    DATA.replace(b'"database":', b'"database":"vault.db","database":'),
    DATA.replace(b'"t":1', b'"t":1.0'),
    DATA.replace(b'"t":1', b'"t":true'),
    DATA.replace(b'"t":1', b'"t":"1"'),
    DATA.replace(b'"vault.db"', b'"\\u0076ault.db"'),
    DATA.replace(b'"retired":', b'"unknown":1,"retired":'),
    changed(format="cairn-vault/0"),
    changed(format="cairn-vault/01"),
    changed(format=7),
    changed(vault="../../etc"),
    changed(database="../vault.db"),
    changed(database="vault.db/../x.db"),
    changed(database="/etc/passwd"),
    changed(database="vault.db\n"),
    changed(retired=["vault.db"]),
    changed(retired=["vault.hdr"]),
    changed(retired=["vault-00000000.db"] * 2),
    changed(retired=[f"vault-0000000{n}.db" for n in range(4)]),
    changed(retired="vault-00000000.db"),
    changed(slots=[]),
    changed(slots={}),
    changed(slots=None),
    changed(mac=b64(31)),
    changed(mac="!" * 44),
    slot(id="0" * 15),
    slot(id="G" * 16),
    slot(kind="fido2"),
    slot(kind="recovery"),
    slot(kind=3),
    slot(kdf__salt=b64(15)),
    slot(kdf__alg="argon2i"),
    slot(kdf__v=16),
    slot(wrap__ct=b64(47)),
    slot(wrap__nonce=b64(13)),
    slot(note__ct=b64(5000)),
    slot(1, id=json.loads(DATA)["slots"][0]["id"]),
    changed(slots=[json.loads(DATA)["slots"][1] | {"id": f"{n:016x}"} for n in range(33)]),
    changed(slots=[json.loads(DATA)["slots"][0] | {"id": f"{n:016x}"} for n in range(9)]),
    changed(slots=[json.loads(DATA)["slots"][1] | {"id": f"{n:016x}"} for n in range(100_000)]),
    changed(identity=[]),
    changed(identity=None),
    changed(identity={}),
    changed(identity=[BY_WORDS]),
    changed(identity=[BY_WORDS, BY_VAULT]),
    changed(identity=[BY_VAULT, BY_VAULT | {"id": "0" * 16}]),
    changed(identity=[BY_VAULT, BY_WORDS, BY_WORDS | {"id": "0" * 16}]),
    changed(identity=[BY_VAULT, BY_WORDS | {"id": BY_VAULT["id"]}]),
    changed(identity=[BY_VAULT | {"id": json.loads(DATA)["slots"][0]["id"]}]),
    changed(identity=[BY_VAULT | {"id": "G" * 16}]),
    changed(identity=[BY_VAULT | {"kind": "passphrase"}]),
    changed(identity=[BY_VAULT | {"kdf": BY_WORDS["kdf"]}]),
    changed(identity=[BY_VAULT | {"wrap": BY_VAULT["wrap"] | {"ct": b64(47)}}]),
    changed(identity=[BY_VAULT | {"wrap": BY_VAULT["wrap"] | {"nonce": b64(13)}}]),
    changed(identity=[BY_VAULT, BY_WORDS | {"kdf": {"alg": "argon2id", "salt": b64(16)}}]),
    changed(identity=[BY_VAULT, BY_WORDS | {"recipient": BY_WORDS["recipient"] + "\n"}]),
    changed(identity=[BY_VAULT, BY_WORDS | {"recipient": BY_WORDS["recipient"][:100]}]),
    changed(identity=[BY_VAULT, BY_WORDS | {"recipient": BY_WORDS["recipient"].upper()}]),
    changed(identity=[BY_VAULT, BY_WORDS | {"wrap": BY_VAULT["wrap"]}]),
    changed(identity=[BY_VAULT, BY_WORDS | {"wrap": {"alg": "age", "file": b64(4098)}}]),
    changed(identity_next=None),
    changed(identity_next=[BY_WORDS | {"id": "0" * 16}]),
    changed(identity_next=[BY_VAULT]),
    changed(identity_next=[BY_VAULT | {"id": "0" * 16}, BY_VAULT | {"id": "1" * 16}]),
    changed(identity=[BY_VAULT | {"note": {"ct": b64(16), "nonce": b64(12)}}]),
    b" " * (hdr.MAX_BYTES + 1),
]


# Numbered, since what is random in the data may not be in the names of tests.
@pytest.mark.parametrize("data", MALFORMED, ids=range(len(MALFORMED)))
def test_malformed(data: bytes) -> None:
    refused(data)


@pytest.mark.parametrize("version", ["2", "10", "999999"])
def test_newer(version: str) -> None:
    refused(changed(format=f"cairn-vault/{version}"), "vault.newer")
    refused(f'{{"format":"cairn-vault/{version}","whatever":[]}}'.encode(), "vault.newer")


@pytest.mark.parametrize(
    "cost",
    [
        {"m_kib": 65535},
        {"m_kib": 4 * 1024 * 1024 + 1},
        {"m_kib": 2**62},
        {"m_kib": -1},
        {"t": 0},
        {"t": 17},
        {"t": 10**23},
        {"p": 0},
        {"p": 9},
    ],
    ids=str,
)
def test_cost_that_is_too_high_or_too_low(cost: dict[str, int]) -> None:
    refused(slot(**{f"kdf__{name}": value for name, value in cost.items()}), "vault.cost-refused")


def test_a_cost_that_is_refused_is_refused_before_it_is_run(sample: Sample) -> None:
    path = sample.folder / "vault.hdr"
    (sample.folder / "vault.hdr.bak").unlink()
    path.write_bytes(path.read_bytes().replace(b'"m_kib":65536', b'"m_kib":4194305'))
    with pytest.raises(InputError, match=r"^vault\.cost-refused$"):
        vaults.unlock(sample.folder, PHRASE)


@given(st.binary(max_size=300))
def test_random_bytes_are_refused(data: bytes) -> None:
    refused(data)


@given(
    place=st.integers(0, len(DATA) - 1),
    piece=st.binary(max_size=4),
    cut=st.integers(0, 4),
)
@settings(max_examples=600)
def test_mutations_parse_to_themselves_or_are_refused(place: int, piece: bytes, cut: int) -> None:
    data = DATA[:place] + piece + DATA[place + cut :]
    try:
        header = hdr.parse(data)
    except (InputError, IntegrityError) as error:
        assert error.code in ("vault.header-altered", "vault.newer", "vault.cost-refused")
        return
    assert hdr.serialise(header) == data
    if data != DATA:
        with pytest.raises(IntegrityError, match=r"^vault\.header-altered$"):
            keyslots.check_mac(header, VMK)


@given(st.integers(0, len(DATA) * 8 - 1))
@settings(max_examples=400)
def test_no_flipped_bit_is_overlooked(bit: int) -> None:
    data = bytearray(DATA)
    data[bit // 8] ^= 1 << bit % 8
    with pytest.raises((InputError, IntegrityError)):
        keyslots.check_mac(hdr.parse(bytes(data)), VMK)


def test_any_well_formed_header_round_trips() -> None:
    escrow = hdr.EscrowSlot("0" * 16, hdr.Sealed(bytes(12), bytes(16)), hdr.AgeWrap("age", b"age"))
    header = msgspec.structs.replace(example(), slots=[escrow], retired=[], database="vault-0123abcd.db")
    assert hdr.parse(hdr.serialise(header)) == header
    first, second = example().identity
    for fresh in ([first], [first, second]):
        header = msgspec.structs.replace(header, identity_next=fresh)
        assert hdr.parse(hdr.serialise(header)) == header


def filled(size: int) -> bytes:
    """A header of `size` bytes: slots of offices with the longest notes, and what fits beside them."""
    first, words = example_of(DATA).identity
    assert isinstance(words, hdr.IdentityRecoverySlot)

    def made(note: int, recipient: int) -> bytes:
        slots: list[hdr.Slot] = [
            hdr.EscrowSlot(
                f"{n:016x}",
                hdr.Sealed(bytes(12), bytes(4096 + 16 if n else note)),
                hdr.AgeWrap("age", bytes(4096 if n else 1)),
            )
            for n in range(24)
        ]
        recovery = msgspec.structs.replace(words, recipient="age1pq1" + "a" * recipient)
        return hdr.serialise(
            msgspec.structs.replace(example_of(DATA), slots=slots, identity=[first, recovery])
        )

    for recipient in range(1900, 1904):
        # Four letters for each three bytes.
        fours, rest = divmod(size - len(made(18, recipient)), 4)
        if rest == 0:
            return made(18 + 3 * fours, recipient)
    raise AssertionError(size)


def test_a_header_has_a_longest() -> None:
    longest = filled(hdr.MAX_BYTES)
    assert len(longest) == hdr.MAX_BYTES and hdr.serialise(hdr.parse(longest)) == longest
    longer = filled(hdr.MAX_BYTES + 1)
    assert len(longer) == hdr.MAX_BYTES + 1 and hdr.serialise(example_of(longer)) == longer
    refused(longer)


def test_as_many_as_there_may_be_are_read() -> None:
    slots = json.loads(DATA)["slots"]
    by_words = [slots[1] | {"id": f"{n:016x}"} for n in range(hdr.MAX_SLOTS)]
    by_phrase = [slots[0] | {"id": f"{n:016x}"} for n in range(hdr.MAX_PASSPHRASE_SLOTS)]
    assert len(hdr.parse(changed(slots=by_words)).slots) == 32
    assert len(hdr.parse(changed(slots=by_phrase)).slots) == 8
    retired = [f"vault-0000000{n}.db" for n in range(3)]
    assert hdr.parse(changed(retired=retired)).retired == retired


def test_associated_data_is_what_the_format_page_says() -> None:
    kdf = hdr.HkdfKdf("hkdf-sha256", bytes(16))
    wrap = hdr.Wrap("chacha20poly1305", bytes(48), bytes(12))
    recovery = hdr.RecoverySlot("00112233445566ff", kdf, hdr.Sealed(bytes(12), bytes(16)), wrap)
    assert hdr.slot_aad(VAULT, recovery) == (
        b'{"id":"00112233445566ff","kdf":{"alg":"hkdf-sha256","salt":"AAAAAAAAAAAAAAAAAAAAAA=="},'
        b'"kind":"recovery","vault":"3f2b8a10-0000-4000-8000-000000000001"}'
    )
    assert hdr.note_aad(VAULT, "00112233445566ff") == (
        b'{"id":"00112233445566ff","note":1,"vault":"3f2b8a10-0000-4000-8000-000000000001"}'
    )
    assert hdr.identity_aad(VAULT, hdr.IdentityVaultSlot("00112233445566ff", wrap)) == (
        b'{"id":"00112233445566ff","identity":1,'
        b'"kind":"vault","vault":"3f2b8a10-0000-4000-8000-000000000001"}'
    )
    assert hdr.slot_aad(VAULT, example().slots[0]).startswith(b'{"id":"')  # type: ignore[arg-type]
    assert hdr.signed_bytes(example_of(DATA)) == DATA[:-1].replace(
        b'"mac":"' + json.loads(DATA)["mac"].encode() + b'",', b""
    )


def test_a_wrap_moved_to_another_slot_or_vault_does_not_open() -> None:
    header = example()
    first = header.slots[0]
    assert keyslots.open_with_passphrase(header, PHRASE)[0] == VMK
    for other in (
        msgspec.structs.replace(header, vault="3f2b8a10-0000-4000-8000-000000000002"),
        msgspec.structs.replace(header, slots=[msgspec.structs.replace(first, id="0" * 16)]),
    ):
        with pytest.raises(InputError, match=r"^vault\.wrong-passphrase$"):
            keyslots.open_with_passphrase(other, PHRASE)


def test_a_database_name_is_never_a_path() -> None:
    assert hdr.is_database_name("vault.db")
    assert hdr.is_database_name("vault-0123abcd.db")
    for name in (
        "",
        "vault.hdr",
        "a/vault.db",
        "vault-0123ABCD.db",
        "vault-٠١٢٣٤٥٦٧.db",
        "vault.db ",
        "vault.db\n",
    ):
        assert not hdr.is_database_name(name)


def test_the_real_file_is_the_one_byte_form(pristine: Sample) -> None:
    data = Path(pristine.folder / "vault.hdr").read_bytes()
    assert hdr.serialise(hdr.parse(data)) == data
    assert b"Office" not in data
    assert pristine.identity.recipient.encode() not in data

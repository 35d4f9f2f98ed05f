"""Bundles that someone spoilt or forged: each is refused with its own code, before anything is handed on."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bundle.making import (
    Opened,
    card,
    encrypted,
    entries,
    office,
    opened,
    repacked,
    resigned,
    sample,
    sample_tar,
    sender,
    signed_anew,
    stranger,
)
from cairn.bundle import bag, outside, tar
from cairn.bundle.reader import BundleReader
from cairn.crypto.age import AgeWriter
from cairn.crypto.device import DeviceKeys
from cairn.crypto.hashes import sha256_hex
from cairn.errors import CairnError, InputError, IntegrityError

Files = list[tuple[str, bytes]]
PAYLOAD = "bundle/data/media/000001"
KNOWN_CODES = [
    "altered",
    "encryption",
    "extra-file",
    "hash-wrong",
    "malformed",
    "missing-file",
    "newer",
    "not-for-us",
    "padding",
    "reordered",
    "sender-wrong",
    "signature-bad",
    "size-wrong",
    "too-big",
    "trailing-data",
    "truncated",
]


def _files() -> Files:
    return entries(sample_tar())


def _fails(
    bundle: bytes, code: str, *, handed_on: Sequence[str] = (), keys: DeviceKeys | None = None
) -> None:
    """Reading fails with `code`, never completes, and no payload but `handed_on` was seen."""
    found = Opened()
    with pytest.raises((InputError, IntegrityError)) as caught:
        opened(bundle, keys, found)
    assert caught.value.code == code
    assert not found.complete
    assert set(found.files) <= set(handed_on)


def _packed(files: Files, **how: object) -> bytes:
    return encrypted(repacked(files, **how))  # type: ignore[arg-type]


def _replaced(files: Files, name: str, data: bytes) -> Files:
    assert name in dict(files)
    return [(each, data if each == name else old) for each, old in files]


def _all() -> list[str]:
    return [name.removeprefix("bundle/") for name, _ in _files() if name.startswith("bundle/data/")]


def test_taking_apart_and_packing_again_is_sound() -> None:
    """The tools of these tests don't fail by themselves."""
    assert repacked(_files()) == sample_tar()
    assert opened(_packed(_files())).complete
    assert opened(_packed(resigned(dict(_files())))).complete


class TestOutside:
    @pytest.mark.parametrize(
        "noise", [b"", b"hello", b"\0" * 5000, b"age-encryption.org/v2\nxx", b"PK\x03\x04" * 300]
    )
    def test_something_else(self, noise: bytes) -> None:
        with pytest.raises((InputError, IntegrityError)) as caught:
            opened(noise)
        assert caught.value.code in ("bundle.malformed", "bundle.truncated")

    def test_for_someone_else(self) -> None:
        _fails(sample(), "bundle.not-for-us", keys=stranger())

    def test_classical_encryption(self) -> None:
        from cairn.crypto.age import X25519Identity

        identity = X25519Identity.generate()
        out = io.BytesIO()
        age = AgeWriter(out, [_x25519(identity)])
        age.write(sample_tar())
        age.finish()
        with pytest.raises(InputError, match=r"bundle\.encryption"):
            BundleReader(io.BytesIO(out.getvalue()), identity)

    def test_armored(self) -> None:
        with pytest.raises(InputError, match=r"bundle\.malformed"):
            outside.check(
                io.BytesIO(b"-----BEGIN AGE ENCRYPTED FILE-----\nYWdl\n-----END AGE ENCRYPTED FILE-----\n")
            )

    @pytest.mark.parametrize("keep", [30, 1500, 6000, 7000, 70_000, 200_000, 1_000_000, -1, -20])
    def test_cut_short(self, keep: int) -> None:
        _fails(sample()[:keep], "bundle.truncated")

    def test_cut_at_a_chunk(self) -> None:
        header = outside.sealed_size(1 << 20, 4) - 16 * (65536 + 16)
        for chunks in (0, 1, 2, 15):
            _fails(sample()[: header + chunks * (65536 + 16)], "bundle.truncated")
        # And where a chunk is begun, with less than would say whether it is whole.
        _fails(sample()[: header + 5], "bundle.truncated")

    @pytest.mark.parametrize("more", [b"\0", b"x" * 100, bytes(65552), b"age-encryption.org/v1\n"])
    def test_appended(self, more: bytes) -> None:
        _fails(sample() + more, "bundle.trailing-data")

    @pytest.mark.parametrize("place", [7000, 70_000, 500_000, 1_000_000])
    def test_flipped_bit_in_the_payload(self, place: int) -> None:
        bad = bytearray(sample())
        bad[place] ^= 1
        _fails(bytes(bad), "bundle.altered", handed_on=_all())

    @given(st.integers(0, 2_000_000), st.integers(0, 7))
    @settings(max_examples=80, deadline=None)
    def test_flipped_bit_anywhere(self, place: int, bit: int) -> None:
        bad = bytearray(sample())
        bad[place % len(bad)] ^= 1 << bit
        found = Opened()
        with pytest.raises((InputError, IntegrityError)) as caught:
            opened(bytes(bad), into=found)
        assert caught.value.code.removeprefix("bundle.") in KNOWN_CODES
        assert not found.complete

    def test_header_mac(self) -> None:
        bad = bytearray(sample())
        place = sample().index(b"\n--- ") + 6
        bad[place] = ord("A") if bad[place] != ord("A") else ord("B")
        _fails(bytes(bad), "bundle.altered")
        # What was altered is so in a copy that broke off, too.
        _fails(bytes(bad[:-20]), "bundle.altered")

    def test_swapped_chunks(self) -> None:
        start = len(sample()) - 16 * 65552
        size = 65552
        data = sample()
        swapped = (
            data[:start]
            + data[start + size : start + 2 * size]
            + data[start : start + size]
            + data[start + 2 * size :]
        )
        _fails(swapped, "bundle.altered")


def _x25519(identity: object) -> object:
    from cairn.crypto.age import parse_recipient

    return parse_recipient(identity.recipient)  # type: ignore[attr-defined]


class TestTar:
    """Spoilt below the encryption: only a recipient, or the sender, could do this."""

    @pytest.mark.parametrize(
        ("name", "code"),
        [
            (b"/etc/cron.d/x", "bundle.malformed"),
            (b"bundle/../../x", "bundle.malformed"),
            (b"../bundle/data/media/000001", "bundle.malformed"),
            (b"bundle/data/media/000001/", "bundle.malformed"),
            ("bundle/data/한글".encode(), "bundle.malformed"),
        ],
    )
    def test_names(self, name: bytes, code: str) -> None:
        header = tar._block(name, 3, b"0")
        _fails(encrypted(_with_header(PAYLOAD, header)), code, handed_on=_all())

    @pytest.mark.parametrize(
        "kind", [b"1", b"2", b"3", b"5", b"6", b"7", b"L", b"K", b"g", b"\0", b"S", b"x"]
    )
    def test_links_devices_folders_and_long_names(self, kind: bytes) -> None:
        size = len(dict(_files())[PAYLOAD])
        header = tar._block(PAYLOAD.encode(), size, kind)
        _fails(encrypted(_with_header(PAYLOAD, header)), "bundle.malformed", handed_on=_all())

    @pytest.mark.parametrize("field", [100, 108, 136, 148, 157, 257, 263, 265, 297, 329, 345, 500])
    def test_hidden_fields(self, field: int) -> None:
        header = bytearray(tar.header(PAYLOAD, len(dict(_files())[PAYLOAD])))
        header[field] = ord("1")
        _fails(encrypted(_with_header(PAYLOAD, bytes(header))), "bundle.malformed", handed_on=_all())

    @pytest.mark.parametrize("size", [0, 1, 10_239, 10_241, 1 << 20, (1 << 33) - 1])
    def test_lying_sizes(self, size: int) -> None:
        header = tar.header(PAYLOAD, size)
        _fails(encrypted(_with_header(PAYLOAD, header)), "bundle.size-wrong", handed_on=_all()[:-3])

    def test_pax_size_for_a_small_file(self) -> None:
        body = tar._pax_body(3_000_000_000)
        header = (
            tar._block(b"bundle/pax-size", len(body), b"x")
            + body.ljust(512, b"\0")
            + tar._block(PAYLOAD.encode(), 0, b"0")
        )
        plain = _with_header(PAYLOAD, header)
        _fails(encrypted(plain[: len(sample_tar())]), "bundle.malformed", handed_on=_all())

    def test_pax_path(self) -> None:
        body = b"28 path=bundle/data/README.x\n"
        header = tar._block(b"bundle/pax-size", len(body), b"x") + body.ljust(512, b"\0")
        header += tar.header(PAYLOAD, len(dict(_files())[PAYLOAD]))
        plain = _with_header(PAYLOAD, header)
        _fails(encrypted(plain[: len(sample_tar())]), "bundle.malformed", handed_on=_all())

    def test_tag_too_big(self) -> None:
        header = tar.header("bundle/bagit.txt", 1 << 32)
        _fails(encrypted(_with_header("bundle/bagit.txt", header)), "bundle.too-big")

    def test_reordered_payload(self) -> None:
        files = _files()
        files[-1], files[-3] = files[-3], files[-1]
        _fails(_packed(files), "bundle.reordered", handed_on=_all()[:-3])

    def test_reordered_tags(self) -> None:
        files = _files()
        files[0], files[1] = files[1], files[0]
        _fails(_packed(files), "bundle.malformed")

    @pytest.mark.parametrize("tag", bag.TAGS)
    def test_a_tag_file_of_another_name(self, tag: str) -> None:
        """Its content is as it was signed: also then it is not taken for what should stand there."""
        files = [(f"{name}.x" if name == bag.ROOT + tag else name, data) for name, data in _files()]
        _fails(_packed(files), "bundle.malformed")

    @pytest.mark.parametrize("count", range(len(bag.TAGS)))
    def test_the_end_where_a_tag_file_should_be(self, count: int) -> None:
        _fails(_packed(_files()[:count]), "bundle.malformed")

    @pytest.mark.parametrize("size", [1000, 1024])
    def test_a_tag_file_that_the_stream_ends_in(self, size: int) -> None:
        """Whether or not the rest of its block would be filled: it is cut, not malformed."""
        (name, bagit), _ = _files()[:2]
        plain = tar.header(name, len(bagit)) + bagit + tar.filler(len(bagit))
        _fails(encrypted(plain + tar.header("bundle/bundle.json", size) + b"{}"), "bundle.truncated")

    def test_duplicate(self) -> None:
        files = _files()
        files.insert(len(files) - 1, (PAYLOAD, b"again"))
        _fails(_packed(files), "bundle.extra-file", handed_on=_all()[:-1])

    @pytest.mark.parametrize("place", ["between", "end"])
    def test_extra_file(self, place: str) -> None:
        files = _files()
        files.insert(-2 if place == "between" else len(files), ("bundle/data/media/000009", b""))
        _fails(_packed(files), "bundle.extra-file", handed_on=_all())

    @pytest.mark.parametrize("index", [-1, -2, 8])
    def test_missing_file(self, index: int) -> None:
        files = _files()
        del files[index]
        code = "bundle.missing-file" if index == -1 else "bundle.reordered"
        _fails(_packed(files), code, handed_on=_all()[:-1])

    def test_a_million_entries(self) -> None:
        """The first that nobody signed ends it; where they don't fit the signed length, not even that is read."""
        few = [*_files(), *(("bundle/data/media/000009", b"") for _ in range(1000))]
        _fails(_packed(few), "bundle.extra-file", handed_on=_all())
        many = repacked(_files())[: sum(tar.span(name, len(data)) for name, data in _files())]
        many += tar.header("bundle/data/media/000009", 0) * 10_000
        _fails(encrypted(many + tar.END), "bundle.trailing-data")

    def test_a_million_signed_entries(self) -> None:
        head = msgspec.json.decode(dict(_files())["bundle/bundle.json"])
        head |= {"payload_sizes": [0] * 1_000_000, "payload_files": 1_000_000, "payload_octets": 0}
        files = signed_anew(dict(_files()) | {"bundle/bundle.json": msgspec.json.encode(head)})
        _fails(_packed(list(files.items())), "bundle.too-big")

    def test_data_after_the_end(self) -> None:
        plain = bytearray(sample_tar())
        plain[-1] = 1
        _fails(encrypted(bytes(plain)), "bundle.trailing-data", handed_on=_all())

    @pytest.mark.parametrize("change", [-1, 1, 512, 1 << 20])
    def test_wrong_padding(self, change: int) -> None:
        plain = sample_tar()[:change] if change < 0 else sample_tar() + bytes(change)
        code = "bundle.truncated" if change < 0 else "bundle.trailing-data"
        _fails(encrypted(plain), code)

    def test_one_zero_block_is_no_end(self) -> None:
        plain = bytearray(sample_tar())
        end = sum(tar.span(name, len(data)) for name, data in _files())
        plain[end + 512] = 1
        _fails(encrypted(bytes(plain)), "bundle.malformed", handed_on=_all())

    def test_filler_that_is_not_zero(self) -> None:
        plain = bytearray(sample_tar())
        data = dict(_files())["bundle/data/README.html"]
        end = plain.index(data) + len(data)
        assert end % 512
        plain[end] = 1
        _fails(encrypted(bytes(plain)), "bundle.malformed", handed_on=["data/README.html"])

    @given(st.integers(0, 1 << 20), st.integers(1, 255))
    @settings(max_examples=120, deadline=None)
    def test_any_byte_of_the_tar(self, place: int, change: int) -> None:
        plain = bytearray(sample_tar())
        used = sum(tar.span(name, len(data)) for name, data in _files())
        plain[place % (used + 4096)] ^= change
        found = Opened()
        with pytest.raises((InputError, IntegrityError)) as caught:
            opened(encrypted(bytes(plain)), into=found)
        assert caught.value.code.startswith("bundle.") and not found.complete


def _with_header(name: str, header: bytes) -> bytes:
    """The sample's tar with one file's header replaced, byte for byte."""
    files = _files()
    plain = b""
    for each, data in files:
        plain += header if each == name else tar.header(each, len(data))
        plain += data + tar.filler(len(data))
    return (plain + tar.END).ljust(len(sample_tar()), b"\0")


class TestSignatures:
    def test_changed_payload(self) -> None:
        data = dict(_files())[PAYLOAD]
        bad = _replaced(_files(), PAYLOAD, data[:-1] + b"x")
        _fails(_packed(bad), "bundle.hash-wrong", handed_on=_all()[:-2])

    @pytest.mark.parametrize("tag", bag.SIGNED_TAGS)
    def test_changed_tag_file(self, tag: str) -> None:
        data = dict(_files())[bag.ROOT + tag]
        bad = _replaced(_files(), bag.ROOT + tag, data.replace(b"a", b"b", 1))
        with pytest.raises((InputError, IntegrityError)) as caught:
            opened(_packed(bad))
        wanted = {
            "bundle.json": ("bundle.malformed", "bundle.hash-wrong"),
            "sender.contact": ("bundle.signature-bad", "bundle.malformed"),
        }
        assert caught.value.code in wanted.get(tag, ("bundle.hash-wrong",))

    def test_changed_tag_manifest(self) -> None:
        name = bag.ROOT + bag.TAGMANIFEST
        bad = _replaced(_files(), name, dict(_files())[name].replace(b"0", b"1", 1))
        _fails(_packed(bad), "bundle.signature-bad")

    @pytest.mark.parametrize("which", [bag.SIGNATURE, bag.SIGNATURE_PQ])
    @pytest.mark.parametrize("how", ["empty", "stranger", "namespace", "swapped"])
    def test_each_signature_is_needed(self, which: str, how: str) -> None:
        files = dict(_files())
        text = files[bag.ROOT + bag.TAGMANIFEST]
        pq = which == bag.SIGNATURE_PQ
        signs: dict[str, Callable[[], bytes]] = {
            "empty": lambda: b"",
            "stranger": lambda: _sign(stranger(), bag.NAMESPACE, text, pq=pq),
            "namespace": lambda: _sign(sender(), "card@cairn", text, pq=pq),
            "swapped": lambda: _sign(sender(), bag.NAMESPACE, text, pq=not pq),
        }
        _fails(_packed(_replaced(_files(), bag.ROOT + which, signs[how]())), "bundle.signature-bad")

    def test_forged_sender(self) -> None:
        """A stranger signs everything anew, but leaves the victim's card in: the card's keys don't fit."""
        _fails(_packed(list(signed_anew(dict(_files()), stranger()).items())), "bundle.signature-bad")

    def test_stranger_with_own_card_and_the_victims_name(self) -> None:
        """With an own card the signatures fit, and bundle.json still names the victim."""
        files = dict(_files()) | {bag.ROOT + bag.SENDER: card(stranger())}
        _fails(_packed(list(signed_anew(files, stranger()).items())), "bundle.sender-wrong")

    def test_passed_on_to_someone_else(self) -> None:
        """Re-encrypted to another office: it opens, and shows that it was not addressed to them."""
        found = opened(encrypted(sample_tar(), stranger()), stranger())
        assert found.head is not None and found.complete
        assert found.head.addressee(stranger().fingerprint) is None
        assert found.head.addressee(office().fingerprint) is not None

    def test_newer_format_is_named_even_when_nothing_else_is_known(self) -> None:
        files = _replaced(_files(), "bundle/bundle.json", b'{"format":"cairn-bundle/7","other":[]}')
        _fails(_packed(files[:2]), "bundle.newer")

    @pytest.mark.parametrize(
        ("tag", "data", "code"),
        [
            (bag.BAGIT, b"BagIt-Version: 0.97\nTag-File-Character-Encoding: UTF-8\n", "bundle.malformed"),
            (bag.INFO, b"Payload-Oxum: 1.1\n", "bundle.malformed"),
            (bag.MANIFEST, b"", "bundle.malformed"),
            (bag.HEAD, b"{}", "bundle.malformed"),
        ],
    )
    def test_signed_nonsense(self, tag: str, data: bytes, code: str) -> None:
        files = signed_anew(dict(_files()) | {bag.ROOT + tag: data})
        _fails(_packed(list(files.items())), code)

    def test_signed_tag_manifest_with_an_extra_line(self) -> None:
        files = dict(_files())
        text = files[bag.ROOT + bag.TAGMANIFEST] + f"{sha256_hex(b'')}  extra.txt\n".encode()
        files |= {
            bag.ROOT + bag.TAGMANIFEST: text,
            bag.ROOT + bag.SIGNATURE: sender().sign_text(bag.NAMESPACE, text),
            bag.ROOT + bag.SIGNATURE_PQ: sender().sign_text_pq(bag.NAMESPACE, text),
        }
        _fails(_packed(list(files.items())), "bundle.malformed")

    def test_signed_but_lying_about_sizes(self) -> None:
        head = msgspec.json.decode(dict(_files())["bundle/bundle.json"])
        head["payload_sizes"][-1] += 1
        head["payload_sizes"][0] -= 1
        files = signed_anew(dict(_files()) | {"bundle/bundle.json": msgspec.json.encode(head)})
        _fails(_packed(list(files.items())), "bundle.size-wrong")

    def test_signed_files_of_which_the_head_counts_one_less(self) -> None:
        """All that it says fits together, and not the manifest beside it."""
        files = dict(_files())
        head = msgspec.json.decode(files["bundle/bundle.json"])
        sizes = head["payload_sizes"][:-1]
        head |= {"payload_sizes": sizes, "payload_files": len(sizes), "payload_octets": sum(sizes)}
        info = bag.bag_info(head["bundle_id"], head["created"], sum(sizes), len(sizes))
        files |= {"bundle/bundle.json": msgspec.json.encode(head), "bundle/bag-info.txt": info}
        _fails(_packed(list(signed_anew(files).items())), "bundle.malformed")

    def test_signed_other_files(self) -> None:
        """Also the sender can't add a payload file of a kind that no version 1 reader knows."""
        files = resigned({**dict(_files()), "bundle/data/run.exe": b"MZ"})
        _fails(_packed(files), "bundle.malformed")


def _sign(keys: DeviceKeys, namespace: str, text: bytes, *, pq: bool) -> bytes:
    return keys.sign_text_pq(namespace, text) if pq else keys.sign_text(namespace, text)


def test_every_failure_is_typed() -> None:
    """A sweep of short bundles: nothing but our own errors, ever."""
    for end in range(0, 9000, 333):
        with pytest.raises(CairnError):
            opened(sample()[:end])

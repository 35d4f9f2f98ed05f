"""The small parts: Padmé, tar headers, manifests, bundle.json."""

from __future__ import annotations

import base64
import io
import subprocess
import tarfile
from pathlib import Path

import msgspec
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

import unix
from bundle.making import TIME, entries, plan, sample_tar, sealed, sender
from cairn.bundle import bag, manifest, tar
from cairn.bundle.padme import MINIMUM, is_padded_size, padded_size
from cairn.errors import CairnError, InputError, IntegrityError
from cairn.model import limits

SIZES = st.one_of(
    st.integers(0, 1 << 16), st.integers((1 << 33) - 3, (1 << 33) + 3), st.integers(1 << 33, 1 << 60)
)
NAMES = st.from_regex(r"bundle/[a-z0-9_-]{1,20}(/[A-Za-z0-9_-]{1,20}(\.[a-z]{1,5})?){0,3}", fullmatch=True)


class TestPadme:
    @given(st.integers(0, 1 << 50))
    def test_costs_at_most_12_percent_and_is_stable(self, length: int) -> None:
        padded = padded_size(length)
        assert padded >= length and padded >= MINIMUM
        assert padded <= max(length * 1.12, MINIMUM)
        assert padded_size(padded) == padded and is_padded_size(padded)

    @pytest.mark.parametrize(
        ("length", "padded"),
        # From the definition by hand: e = floor(log2 L), s = floor(log2 e) + 1, clear the last e - s bits upwards.
        [
            (0, 1 << 20),
            (1 << 20, 1 << 20),
            ((1 << 20) + 1, 0x108000),
            (10**9, 0x3C000000),
            (1 << 33, 1 << 33),
        ],
    )
    def test_known_answers(self, length: int, padded: int) -> None:
        assert padded_size(length) == padded

    def test_few_sizes_up_to_a_gigabyte(self) -> None:
        sizes = set()
        length = MINIMUM
        while length < 1 << 30:
            sizes.add(padded_size(length))
            length = padded_size(length) + 1
        assert len(sizes) < 400
        assert not is_padded_size(MINIMUM + 1)


class TestTar:
    @given(NAMES, SIZES)
    def test_what_is_written_reads_back(self, name: str, size: int) -> None:
        assume(tar.is_name(name))
        assert tar.read_header(io.BytesIO(tar.header(name, size))) == (name, size)

    @given(NAMES, SIZES, st.data())
    @settings(max_examples=300)
    def test_any_other_byte_is_refused_or_means_itself(
        self, name: str, size: int, data: st.DataObject
    ) -> None:
        assume(tar.is_name(name))
        raw = bytearray(tar.header(name, size))
        place = data.draw(st.integers(0, len(raw) - 1))
        raw[place] ^= data.draw(st.integers(1, 255))
        try:
            entry = tar.read_header(io.BytesIO(bytes(raw)))
        except (InputError, IntegrityError):
            return
        assert entry is not None and tar.header(*entry) == bytes(raw)

    @given(st.binary(min_size=512, max_size=2048))
    @example(bytes(1024))
    def test_noise_never_passes(self, noise: bytes) -> None:
        try:
            entry = tar.read_header(io.BytesIO(noise))
        except (InputError, IntegrityError):
            return
        assert entry is None and noise[:1024] == bytes(1024)

    @pytest.mark.parametrize(
        "name",
        [
            "/etc/passwd",
            "bundle/../up",
            "bundle/./x",
            "bundle//x",
            "bundle/x/",
            "other/x",
            "bundle/한글",
            "bundle/a b",
            "bundle/a\n",
            "bundle/" + "x" * 93,
            "bundle/",
            "bundle/\udcff",
        ],
    )
    def test_names(self, name: str) -> None:
        assert not tar.is_name(name)
        with pytest.raises(InputError):
            tar.header(name, 1)

    def test_header_is_one_that_others_read(self) -> None:
        raw = tar.header("bundle/data/media/000001", 5) + b"hello" + tar.filler(5) + tar.END
        with tarfile.open(fileobj=io.BytesIO(raw)) as archive:
            (member,) = archive.getmembers()
        found = (member.name, member.size, member.mode, member.mtime, member.uid, member.isreg())
        assert found == ("bundle/data/media/000001", 5, 0o600, 0, 0, True)

    def test_more_than_8_gib_reads_with_gnu_tar(self, tmp_path: Path) -> None:
        """A sparse file of 9 GiB: no real bytes, but a real size for an independent reader."""
        size = 9 << 30
        path = tmp_path / "big.tar"
        with path.open("wb") as file:
            file.write(tar.header("bundle/data/media/000001", size))
            file.seek(size, io.SEEK_CUR)
            file.write(tar.filler(size) + tar.header("bundle/data/media/000002", 3) + b"abc" + tar.filler(3))
            file.write(tar.END)
        listed = subprocess.run([unix.tool("tar"), "-tvf", path], capture_output=True, text=True, check=True)
        assert listed.stderr == ""
        assert [line.split()[2] for line in listed.stdout.splitlines()] == [str(size), "3"]

    def test_more_than_8_gib_reads_with_ours(self) -> None:
        """The reader goes over 8 GiB that exist nowhere."""
        size = (1 << 33) + 700
        source = _Sparse([tar.header("bundle/data/media/000001", size), size, tar.filler(size), tar.END])
        assert tar.read_header(source) == ("bundle/data/media/000001", size)
        left = size
        while left:
            left -= len(source.read(min(left, 1 << 24)))
        assert source.read(len(tar.filler(size))) == tar.filler(size)
        assert tar.read_header(source) is None

    def test_no_file_is_shorter_than_nothing(self) -> None:
        assert tar.read_header(io.BytesIO(tar.header("bundle/x", 0))) == ("bundle/x", 0)
        with pytest.raises(InputError, match=r"bundle\.malformed"):
            tar.header("bundle/x", -1)

    @pytest.mark.parametrize("size", [1, 1 << 33])
    def test_a_header_that_the_stream_ends_in_is_cut(self, size: int) -> None:
        raw = tar.header("bundle/x", size)
        for end in (0, 1, 100, 511, 512, 700, 1024, 1535):
            if end < len(raw):
                with pytest.raises(IntegrityError, match=r"bundle\.truncated"):
                    tar.read_header(io.BytesIO(raw[:end]))

    def test_sizes_where_the_pax_header_begins(self) -> None:
        assert len(tar.header("bundle/x", (1 << 33) - 1)) == 512
        assert len(tar.header("bundle/x", 1 << 33)) == 1536
        # Whoever knows no pax header takes nothing that follows for content.
        assert tar.header("bundle/x", 1 << 33)[1024:] == tar.header("bundle/x", 0)
        assert tar.span("bundle/x", 1) == 1024 and tar.span("bundle/x", 0) == 512


class _Sparse:
    """A stream of given bytes and of runs of zeros, the zeros without memory."""

    def __init__(self, parts: list[bytes | int]) -> None:
        self._parts = parts
        self._zeros = bytes(1 << 24)

    def read(self, size: int, /) -> bytes:
        part = self._parts[0]
        if isinstance(part, int):
            taken = min(size, part)
            self._parts[0] = part - taken
            found = self._zeros[:taken]
        else:
            found, self._parts[0] = part[:size], part[size:]
        if not self._parts[0]:
            self._parts.pop(0)
        return found


class TestManifest:
    def test_round_trip(self) -> None:
        lines = [bag.Listed("data/README.html", "ab" * 32), bag.Listed("data/media/000001", "cd" * 32)]
        assert bag.read_manifest(bag.write_manifest(lines)) == lines

    @given(st.binary(max_size=400))
    def test_what_reads_writes_the_same(self, data: bytes) -> None:
        try:
            lines = bag.read_manifest(data)
        except InputError:
            return
        assert bag.write_manifest(lines) == data

    @given(st.integers(0, 10_000), st.integers(1, 255))
    def test_mutated_lines(self, place: int, change: int) -> None:
        raw = bytearray(dict(entries(sample_tar()))["bundle/manifest-sha256.txt"])
        raw[place % len(raw)] ^= change
        try:
            lines = bag.read_manifest(bytes(raw))
        except InputError:
            return
        assert bag.write_manifest(lines) == bytes(raw)

    def test_a_million_lines(self) -> None:
        with pytest.raises(InputError, match=r"bundle\.too-big"):
            bag.read_manifest((b"ab" * 32 + b"  data/x\n") * 1_000_000)

    def test_a_manifest_is_lines_of_ascii(self) -> None:
        good = b"ab" * 32 + b"  data/x\n"
        assert bag.read_manifest(good) == [bag.Listed("data/x", "ab" * 32)]
        for bad in (good[:-1], good + good[:-1], good.replace(b"x", "가".encode()), good + b"\n", b"\n", b""):
            with pytest.raises(InputError, match=r"bundle\.malformed"):
                bag.read_manifest(bad)

    @pytest.mark.parametrize("change", ["swap", "double", "gap", "unknown", "none", "end", "first"])
    def test_payload_order(self, change: str) -> None:
        records = [bag.records_name(1), bag.records_name(2)]
        names = [*bag.FIXED, *records, bag.OPENINGS, bag.MEDIA_INDEX, bag.media_name(1)]
        bag.check_payload_order(names)
        openings = [bag.OPENINGS, bag.opening_name(1), bag.opening_name(2)]
        bag.check_payload_order([*bag.FIXED, *records, *openings, bag.MEDIA_INDEX])
        bag.check_payload_order([*bag.FIXED, bag.OPENINGS, bag.MEDIA_INDEX])
        bad = {
            "swap": [names[1], names[0], *names[2:]],
            "double": [*names, names[-1]],
            "gap": [*names, bag.media_name(3)],
            "unknown": [*names, "data/other"],
            "none": [],
            "end": [*bag.FIXED, *records],
            "first": [*bag.FIXED, bag.records_name(2), bag.OPENINGS, bag.MEDIA_INDEX],
        }[change]
        with pytest.raises(InputError, match=r"bundle\.malformed"):
            bag.check_payload_order(bad)


def _head() -> manifest.BundleJson:
    return manifest.BundleJson(
        format=manifest.FORMAT,
        bundle_id="7f0c2a52-32ab-4b3e-9c11-0123456789ab",
        sender=sender().fingerprint,
        created=TIME,
        clock="unverified",
        recipients=[manifest.Addressee(sender().fingerprint, 2, "ab" * 32)],
        payload_octets=3,
        payload_files=2,
        payload_sizes=[1, 2],
        custody=manifest.CustodyHead(sender().fingerprint, 3, "cd" * 32),
    )


class TestHead:
    def test_round_trip(self) -> None:
        data = manifest.write_head(_head())
        assert manifest.read_head(data) == _head()
        assert manifest.write_head(manifest.read_head(data)) == data

    @given(st.integers(0, 10_000), st.binary(max_size=4))
    @settings(max_examples=300)
    def test_mutations_never_crash(self, place: int, change: bytes) -> None:
        raw = bytearray(manifest.write_head(_head()))
        place %= len(raw)
        raw[place : place + len(change)] = change
        try:
            manifest.read_head(bytes(raw))
        except InputError as error:
            assert error.code in ("bundle.malformed", "bundle.newer", "bundle.too-big")

    @given(
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
            lambda inner: (
                st.lists(inner) | st.dictionaries(st.sampled_from(list(_head().__struct_fields__)), inner)
            ),
        )
    )
    def test_any_json(self, value: object) -> None:
        with pytest.raises(InputError):
            manifest.read_head(msgspec.json.encode(value))

    @pytest.mark.parametrize(
        ("field", "value", "code"),
        [
            ("format", "cairn-bundle/2", "bundle.newer"),
            ("format", "cairn-bundle/0", "bundle.malformed"),
            ("format", "other", "bundle.malformed"),
            ("bundle_id", "x", "bundle.malformed"),
            ("sender", "SHA256:x", "bundle.malformed"),
            ("created", "today", "bundle.malformed"),
            ("clock", "verified", "bundle.malformed"),
            ("recipients", [], "bundle.malformed"),
            ("payload_octets", 4, "bundle.malformed"),
            ("payload_octets", -1, "bundle.malformed"),
            ("payload_octets", limits.NUMBER.most + 1, "bundle.too-big"),
            ("payload_files", 3, "bundle.malformed"),
            ("payload_files", 1_000_000, "bundle.too-big"),
            ("recipients", [{"fingerprint": "SHA256:x", "seq": 1, "prev": ""}], "bundle.malformed"),
            ("custody", {"size": -1}, "bundle.malformed"),
            ("custody", {"size": limits.NUMBER.most + 1}, "bundle.malformed"),
            ("custody", {"root": "ab" * 31}, "bundle.malformed"),
            ("payload_sizes", [4, -1], "bundle.malformed"),
            ("custody", {"device": "SHA256:x", "size": 1, "root": "ab" * 32}, "bundle.malformed"),
        ],
    )
    def test_bad_values(self, field: str, value: object, code: str) -> None:
        found = msgspec.json.decode(manifest.write_head(_head()))
        if isinstance(value, dict):
            value = found[field] | value
        found |= {field: value}
        with pytest.raises(InputError) as caught:
            manifest.read_head(msgspec.json.encode(found))
        assert caught.value.code == code

    def test_as_much_as_there_may_be(self) -> None:
        most = limits.NUMBER.most
        for size in (0, most):
            custody = msgspec.structs.replace(_head().custody, size=size)
            to = [
                manifest.Addressee(
                    "SHA256:" + base64.b64encode(bytes([n]) * 32).decode().rstrip("="), most, "ab" * 32
                )
                for n in range(limits.RECIPIENTS.most)
            ]
            head = msgspec.structs.replace(_head(), custody=custody, recipients=to)
            assert manifest.read_head(manifest.write_head(head)) == head
        for place in (0, most + 1):
            over = [msgspec.structs.replace(to[0], seq=place)]
            with pytest.raises(InputError, match=r"^bundle\.malformed$"):
                manifest.read_head(manifest.write_head(msgspec.structs.replace(head, recipients=over)))

    def test_the_sender_is_a_fingerprint_whatever_the_log_says(self) -> None:
        head = msgspec.json.decode(manifest.write_head(_head()))
        head["sender"] = head["custody"]["device"] = "SHA256:x"
        with pytest.raises(InputError, match=r"^bundle\.malformed$"):
            manifest.read_head(msgspec.json.encode(head))

    @pytest.mark.parametrize("change", ["twice", "first", "later", "prev"])
    def test_bad_places_in_the_sequence(self, change: str) -> None:
        one = {"fingerprint": sender().fingerprint, "seq": 2, "prev": "ab" * 32}
        recipients = {
            "twice": [one, one],
            "first": [one | {"seq": 1}],
            "later": [one | {"prev": ""}],
            "prev": [one | {"prev": "xyz"}],
        }[change]
        found = msgspec.json.decode(manifest.write_head(_head())) | {"recipients": recipients}
        with pytest.raises(InputError, match=r"bundle\.malformed"):
            manifest.read_head(msgspec.json.encode(found))

    def test_a_key_twice(self) -> None:
        data = manifest.write_head(_head())
        with pytest.raises(InputError, match=r"bundle\.malformed"):
            manifest.read_head(data[:-2] + b',"clock":"unverified"}\n')


def test_sample_follows_the_order() -> None:
    names = [name.removeprefix(bag.ROOT) for name, _ in entries(sample_tar())]
    assert names[: len(bag.TAGS)] == list(bag.TAGS)
    bag.check_payload_order(names[len(bag.TAGS) :])


def test_errors_are_ours(tmp_path: Path) -> None:
    with pytest.raises(CairnError):
        sealed(plan(to=[sender(), sender()]))

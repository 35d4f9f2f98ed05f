"""Whole bundles: sealed, opened, and what must never be in them or left of them."""

from __future__ import annotations

import io
import itertools
import os
import random
import re
import sys
import threading
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import begun
import unix
from bundle.making import (
    FILES,
    TIME,
    Bytes,
    card,
    custody,
    entries,
    office,
    opened,
    plaintext,
    plan,
    revision,
    sample,
    sample_tar,
    sealed,
    sender,
    stranger,
)
from cairn.bundle import bag, outside, records
from cairn.bundle.custody_files import Collected
from cairn.bundle.padme import MINIMUM, is_padded_size, padded_size
from cairn.bundle.reader import BundleReader
from cairn.bundle.writer import (
    BundlePlan,
    BundleRoot,
    Recipient,
    Written,
    estimate,
    seal_to_folder,
    write_bundle,
)
from cairn.crypto import record_ids
from cairn.crypto.device import DeviceKeys
from cairn.crypto.hashes import RunningSha256, sha256, sha256_hex
from cairn.errors import Cancelled, InputError, IntegrityError, MachineError
from cairn.model import limits
from cairn.model.kinds import registry
from cairn.model.kinds.attachment import Attachment
from cairn.model.kinds.envelope import body
from cairn.model.kinds.interview import Interview
from cairn.model.kinds.kind import Kind
from cairn.model.kinds.note import Note


class Tag(msgspec.Struct):
    """The body of a kind that has said nothing of pages."""

    text: str = ""


TAG = Kind(name="tag", type=Tag, version=1, part="none", fields=lambda body: {"text": body.text})


def test_round_trip() -> None:
    made = plan()
    data, written = sealed(made)
    assert (written.size, written.sha256) == (len(data), sha256_hex(data))
    found = opened(data)
    assert found.complete and found.head is not None
    head = found.head
    assert (head.bundle_id, head.created, head.tagmanifest) == (made.bundle_id, TIME, written.tagmanifest)
    assert head.sender.label == "현장 7" and head.card == made.card
    assert head.addressee(office().fingerprint) == head.recipients[0]
    assert head.addressee(stranger().fingerprint) is None
    assert [found.files[bag.media_name(n + 1)] for n in range(3)] == list(FILES.values())
    assert head.payload_octets == sum(len(data) for data in found.files.values())


def test_records_come_back_exactly() -> None:
    made = plan()
    data, _ = sealed(made)
    custody_ = Collected()
    with BundleReader(io.BytesIO(data), office().age_identity) as reader:
        for file in reader.payload():
            if file.name == bag.records_name(1):
                found = records.read_records(file)
            elif file.name == bag.MEDIA_INDEX:
                index = records.read_media_index(file, reader.head.files)
            elif file.name in bag.CUSTODY:
                assert custody_.take(file, file.name)
    assert custody_.excerpt() == made.custody
    assert [(r.data, r.signature) for r in found.revisions] == list(made.roots[0].revisions)
    assert found.stubs == list(made.roots[0].stubs)
    names = {r.envelope.id: body(r.envelope) for r in found.revisions}
    by_record = {entry.record: names[entry.record] for entry in index}
    assert [each.name for each in by_record.values() if isinstance(each, Attachment)] == list(FILES)
    assert records.write_records([(r.data, r.signature) for r in found.revisions], found.stubs)


def test_files_that_nobody_reads_are_checked_too() -> None:
    with BundleReader(io.BytesIO(sample()), office().age_identity) as reader:
        reader.finish()
        assert reader.complete
        reader.finish()


def test_no_revision_twice_in_two_readings() -> None:
    with BundleReader(io.BytesIO(sample()), office().age_identity) as reader:
        file = next(reader.payload())
        list(file.chunks())
        with pytest.raises(ValueError, match="once"):
            list(file.chunks())


def test_several_recipients_and_a_stranger() -> None:
    data, _ = sealed(plan(to=[office(), stranger()]))
    for keys in (office(), stranger()):
        assert opened(data, keys).complete
    with pytest.raises(InputError, match=r"bundle\.not-for-us"):
        opened(data, sender())


def test_the_outside_tells_nothing() -> None:
    data, _ = sealed(plan())
    seen = outside.check(io.BytesIO(data))
    assert seen.post_quantum and seen.plausible and seen.size == len(data)
    # One recipient or four look alike.
    assert (
        len(seen.stanzas)
        == outside.PAD_TO
        == len(outside.look(io.BytesIO(sealed(plan(to=[office(), stranger()]))[0])).stanzas)
    )
    for keys in (sender(), office()):
        assert keys.public.age.encode() not in data
    small, _ = sealed(plan({}))
    assert len(small) == len(data) == outside.sealed_size(1 << 20, 4)


def test_the_tar_says_nothing_about_the_machine() -> None:
    import tarfile

    assert is_padded_size(len(sample_tar()))
    with tarfile.open(fileobj=io.BytesIO(sample_tar())) as archive:
        for member in archive.getmembers():
            facts = (member.mtime, member.uid, member.gid, member.uname, member.gname, member.mode)
            assert facts == (0, 0, 0, "", "", 0o600)
            assert re.fullmatch(r"bundle/[A-Za-z0-9_/.-]+", member.name)


def test_large_files_stream(tmp_path: Path) -> None:
    big = os.urandom(1 << 20) * 6 + b"end"
    source, before = Bytes(big), threading.active_count()
    steps: list[tuple[int, int | None]] = []
    path = seal_to_folder(
        tmp_path, plan({"소리.wav": big}, sources=lambda _: source), sender(), lambda *s: steps.append(s)
    ).path
    assert path is not None and source.closed
    assert steps[0] == (0, steps[-1][1])
    done = [step for step, _ in steps]
    assert done == sorted(done) and done[-1] == steps[-1][1]
    assert max(b - a for a, b in itertools.pairwise(done)) <= 4 << 20
    steps.clear()
    with (
        path.open("rb") as file,
        BundleReader(file, office().age_identity, progress=lambda *s: steps.append(s)) as reader,
    ):
        for each in reader.payload():
            pieces = list(each.chunks())
            assert all(len(piece) <= 1 << 20 for piece in pieces)
            if each.name == bag.media_name(1):
                assert b"".join(pieces) == big
        reader.finish()
    assert steps[-1][0] == steps[-1][1]
    assert threading.active_count() == before


def test_estimate_is_near() -> None:
    for files in ({}, FILES, {"a": bytes(3 << 20)}):
        _, written = sealed(plan(files))
        sizes = [len(each) for each in files.values()] + [40_000]
        assert 0.85 <= estimate(sizes, 1) / written.size <= 1.15


def test_estimate_counts_what_files_cost_beside_their_bytes() -> None:
    """Eight thousand files of a byte are eight mebibytes of tar; with the others they no longer fit into that."""
    least, most = (outside.sealed_size(padded_size(size << 10), 4) for size in (8192 + 1, 8192 + 256))
    assert least <= estimate([1] * 8192, 1) <= most
    assert estimate([], 64) == outside.sealed_size(MINIMUM, 64)


def test_a_hash_that_lags_behind_is_of_what_was_written(monkeypatch: pytest.MonkeyPatch) -> None:
    made = plan({"a": random.Random(0).randbytes(9 << 20)})
    # Bytes that prove themselves are hashed in no other place: nothing else is held up.
    made = replace(made, media=[replace(each, authentic=True) for each in made.media])
    update = RunningSha256.update

    def lagging(self: RunningSha256, piece: bytes | memoryview) -> None:
        sha256(bytes(24 << 20))
        update(self, piece)

    monkeypatch.setattr(RunningSha256, "update", lagging)
    data, written = sealed(made)
    assert (written.sha256, written.size) == (sha256_hex(data), len(data))


def test_records_of_many_megabytes_are_in_it_once() -> None:
    made = plan({})
    (interview,) = made.roots
    long = [revision(Note("가나" * 500_000), root=interview.id) for _ in range(2)]
    revisions = [*interview.revisions, *long]
    again = replace(
        made, roots=[replace(interview, revisions=revisions)], custody=custody(sender(), revisions)
    )
    found = opened(sealed(again)[0])
    assert found.complete and found.files[bag.records_name(1)].count("가나가나".encode()) == 2 * 250_000


class TestFolder:
    def test_name_and_mode(self, tmp_path: Path) -> None:
        written = seal_to_folder(tmp_path, plan(), sender())
        assert written.path is not None
        assert re.fullmatch(r"[0-9a-f]{16}\.age", written.path.name)
        assert [p.name for p in tmp_path.iterdir()] == [written.path.name]
        assert sys.platform == "win32" or written.path.stat().st_mode & 0o777 == 0o600
        assert sha256_hex(written.path.read_bytes()) == written.sha256

    @pytest.mark.parametrize("at", [0, 1 << 19, 3 << 20])
    def test_cancelled_leaves_nothing(self, tmp_path: Path, at: int) -> None:
        def stop(done: int, total: int | None, /) -> None:
            if done >= at:
                raise Cancelled

        source, before = Bytes(bytes(5 << 20)), threading.active_count()
        with pytest.raises(Cancelled):
            seal_to_folder(tmp_path, plan({"a": source.data}, sources=lambda _: source), sender(), stop)
        assert list(tmp_path.iterdir()) == []
        assert threading.active_count() == before

    @pytest.mark.parametrize("change", ["byte", "short", "long", "size"])
    def test_an_altered_source_leaves_nothing(self, tmp_path: Path, change: str) -> None:
        good = bytes(range(256)) * 12_000
        bad = {
            "byte": good[:-1] + b"x",
            "short": good[:-1],
            "long": good + b"x",
            "size": b"",
        }[change]
        source = Bytes(bad)
        with pytest.raises(IntegrityError, match=r"bundle\.source-altered"):
            seal_to_folder(tmp_path, plan({"a": good}, sources=lambda _: source), sender())
        assert source.closed and list(tmp_path.iterdir()) == []

    def test_source_that_ends_early(self, tmp_path: Path) -> None:
        class Short(Bytes):
            def read_at(self, offset: int, length: int, /) -> bytes:
                return super().read_at(offset, length)[:-1]

        with pytest.raises(IntegrityError, match=r"bundle\.source-altered"):
            seal_to_folder(tmp_path, plan({"a": b"abc"}, sources=Short), sender())
        # Also one that proves its own bytes: of those that are not there nothing is proved.
        made = plan({"a": b"abc"}, sources=Short)
        proven = replace(made, media=[replace(each, authentic=True) for each in made.media])
        with pytest.raises(IntegrityError, match=r"bundle\.source-altered"):
            seal_to_folder(tmp_path, proven, sender())
        assert list(tmp_path.iterdir()) == []

    def test_source_that_fails(self, tmp_path: Path) -> None:
        class Broken(Bytes):
            def read_at(self, offset: int, length: int, /) -> bytes:
                raise IntegrityError("crypto.file-altered")

        with pytest.raises(IntegrityError, match=r"crypto\.file-altered"):
            seal_to_folder(tmp_path, plan({"a": b"abc"}, sources=Broken), sender())
        assert list(tmp_path.iterdir()) == []

    def test_no_room(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("cairn.bundle.writer.free_bytes", lambda _: 1 << 20)
        with pytest.raises(MachineError, match=r"machine\.disk-full"):
            seal_to_folder(tmp_path, plan(), sender())
        assert list(tmp_path.iterdir()) == []

    def test_the_last_byte_of_room_is_enough(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Of the disk, and of what a file may hold there."""
        size = outside.sealed_size(MINIMUM, outside.PAD_TO)
        monkeypatch.setattr("cairn.bundle.writer.free_bytes", lambda _: size)
        monkeypatch.setattr("cairn.paths.media.largest_file", lambda _: size)
        assert seal_to_folder(tmp_path, plan({}), sender()).size == size
        monkeypatch.setattr("cairn.paths.media.largest_file", lambda _: size - 1)
        with pytest.raises(MachineError, match=r"machine\.file-too-big"):
            seal_to_folder(tmp_path, plan({}), sender())
        monkeypatch.setattr("cairn.bundle.writer.free_bytes", lambda _: size - 1)
        with pytest.raises(MachineError, match=r"machine\.disk-full"):
            seal_to_folder(tmp_path, plan({}), sender())
        assert len(list(tmp_path.iterdir())) == 1

    def test_it_has_its_name_when_it_is_whole_and_was_noted(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A power cut at any moment leaves a bundle that is whole and noted, or a `.part`, never half of one."""
        told: list[str] = []

        def told_of(name: str, did: Callable[..., object]) -> Callable[..., None]:
            def call(*given: object) -> None:
                told.append(name)
                did(*given)

            return call

        monkeypatch.setattr("os.fsync", told_of("file", os.fsync))
        monkeypatch.setattr("os.rename", told_of("name", os.rename))
        monkeypatch.setattr("cairn.bundle.writer.sync_folder", told_of("folder", lambda _: None))

        def note(written: Written) -> None:
            told.append("noted")
            (part,) = tmp_path.iterdir()
            assert re.fullmatch(r"[0-9a-f]{16}\.part", part.name)
            assert sha256_hex(part.read_bytes()) == written.sha256 and written.path == part.with_suffix(
                ".age"
            )

        written = seal_to_folder(tmp_path, plan({}), sender(), before_naming=note)
        assert told == ["file", "noted", "name", "folder"] and list(tmp_path.iterdir()) == [written.path]

    def test_what_cannot_be_noted_does_not_leave(self, tmp_path: Path) -> None:
        def note(written: Written) -> None:
            raise MachineError("machine.disk-full")

        with pytest.raises(MachineError, match=r"machine\.disk-full"):
            seal_to_folder(tmp_path, plan({}), sender(), before_naming=note)
        assert list(tmp_path.iterdir()) == []

    @unix.open_files
    def test_whoever_cancels_is_told_so_where_the_file_is_gone_already(self, tmp_path: Path) -> None:
        def stop(done: int, total: int | None, /) -> None:
            for part in tmp_path.iterdir():
                part.unlink()
            raise Cancelled

        with pytest.raises(Cancelled):
            seal_to_folder(tmp_path, plan({}), sender(), stop)

    def test_no_folder(self, tmp_path: Path) -> None:
        with pytest.raises(MachineError, match=r"machine\.gone"):
            seal_to_folder(tmp_path / "not here", plan(), sender())

    def test_disk_full_while_writing(self) -> None:
        class Full(io.BytesIO):
            def write(self, data: object, /) -> int:
                raise OSError(28, "full")

        before = threading.active_count()
        with pytest.raises(MachineError, match=r"machine\.disk-full"):
            write_bundle(Full(), plan(), sender())
        assert threading.active_count() == before


class TestPlan:
    def test_nothing(self) -> None:
        made = plan()
        empty = BundlePlan(made.card, TIME, made.recipients, [], [], made.custody)
        with pytest.raises(InputError, match=r"bundle\.nothing"):
            sealed(empty)

    @pytest.mark.parametrize("count", [0, 2, 65])
    def test_recipients(self, count: int) -> None:
        made = plan()
        bad = BundlePlan(
            made.card,
            TIME,
            [Recipient(office().public, 1)] * count,
            made.roots,
            made.media,
            made.custody,
        )
        with pytest.raises(InputError, match=r"bundle\.recipients"):
            sealed(bad)

    def test_as_many_recipients_as_there_may_be(self) -> None:
        to = [DeviceKeys.generate()[0] for _ in range(limits.RECIPIENTS.most)]
        found = opened(sealed(plan({}, to=to))[0], to[-1])
        assert found.complete and found.head is not None and len(found.head.recipients) == len(to)

    def test_a_card_of_other_keys_is_a_bug(self) -> None:
        with pytest.raises(ValueError, match=r"^the card is not of these keys$"):
            sealed(plan(), stranger())


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str, str | None]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes += [(tag, name, value) for name, value in attrs]

    def handle_data(self, data: str) -> None:
        self.text += data


def _page(interview: Interview, *, language: str = "en", name: str = "a.txt") -> tuple[str, _Page]:
    id = begun.root(sender())
    made = plan()
    parts = [
        revision(interview, root=id),
        revision(Attachment(name=name, size=3, sha256="ab" * 32, type=name), root=id),
    ]
    again = BundlePlan(
        made.card,
        TIME,
        made.recipients,
        [BundleRoot(id, parts)],
        [],
        custody(sender(), parts),
        language=language,
    )
    text = dict(entries(plaintext(sealed(again)[0])))["bundle/data/README.html"].decode()
    page = _Page()
    page.feed(text)
    return text, page


class TestReadme:
    def test_korean(self) -> None:
        page = _Page()
        page.feed(dict(entries(sample_tar()))["bundle/data/README.html"].decode())
        for words in (
            "W-017 압록강",
            "2009년 겨울?",
            "신의주",
            "증인 가",
            "손이 떨렸다.",
            "첫째 날.",
            "국경 사진.jpg",
        ):
            assert words in page.text
        for words in (
            "data/media/000001",
            sender().fingerprint,
            " ".join(sender().words),
            "말로, 녹음함",
            "면담 1건",
        ):
            assert words in page.text
        assert "<script>alert(1)</script> & 'quoted' \"text\"" in page.text
        assert sender().principal in page.text and sender().public.ed25519 in page.text

    def test_closed_page(self) -> None:
        _, page = _page(Interview(title="x"))
        assert ("meta", "content", "default-src 'none'; style-src 'unsafe-inline'") in page.attributes
        assert not page.tags & {"script", "img", "link", "iframe", "object", "a", "form", "svg", "base"}
        assert not any(name.startswith("on") or name in ("href", "src") for _, name, _ in page.attributes)
        assert ("html", "lang", "en") in page.attributes

    @given(st.text(max_size=60), st.text(max_size=60))
    @settings(max_examples=25, deadline=None)
    def test_no_text_gets_out_of_its_place(self, title: str, account: str) -> None:
        _, known = _page(Interview(title="t", account="t"))
        _, page = _page(
            Interview(title=title + "</h2><script>", account=account + "-->&lt;\"'<img onerror=x>")
        )
        assert page.tags <= known.tags
        assert "<img onerror=x>" in page.text

    def test_files_are_named_and_escaped(self) -> None:
        text, page = _page(Interview(), name='"><script>x</script>.html')
        assert '"><script>x</script>.html' in page.text and "<script>" not in text

    def test_unknown_language_and_codes(self) -> None:
        _, page = _page(Interview(title="x"), language="../../etc")
        assert ("html", "lang", "en") in page.attributes

    def test_newer_records_are_counted(self) -> None:
        """Of a kind that this version doesn't know, and of a later version of one that it knows."""
        made = plan({})
        root = made.roots[0].id
        data, _ = made.roots[0].revisions[0]
        nonce = record_ids.new_nonce()
        id = record_ids.record_id(root, "relation", sender().fingerprint, nonce)
        newer = msgspec.json.decode(data) | {"id": id, "kind": "relation", "nonce": nonce, "v": 2}
        raw = msgspec.json.encode(newer)
        later = revision(Note("?"), root=root, v=99)
        parts = [(data, bytes(64)), (raw, sender().sign_revision(sha256(raw))), later]
        each = BundleRoot(root, parts)
        again = BundlePlan(made.card, TIME, made.recipients, [each], [], custody(sender(), parts))
        page = _Page()
        page.feed(dict(entries(plaintext(sealed(again)[0])))["bundle/data/README.html"].decode())
        assert "2 further records" in page.text

    @pytest.mark.parametrize("final", [True, False])
    def test_whether_it_is_final(self, final: bool) -> None:
        """Said by the envelope, and by the page beside when it was saved."""
        made = plan({})
        id = begun.root(sender())
        parts = [revision(Interview(title="x"), root=id, final=final)]
        again = BundlePlan(
            made.card, TIME, made.recipients, [BundleRoot(id, parts)], [], custody(sender(), parts)
        )
        page = dict(entries(plaintext(sealed(again)[0])))["bundle/data/README.html"].decode()
        assert (" UTC · " in page) == final

    def test_a_kind_without_a_page_of_its_own(self) -> None:
        """Its fields, one after the other; in its place among the kinds, and escaped."""
        made = plan({})
        id = begun.root(sender())
        with registry.with_kind(TAG):
            parts = [revision(Tag("<b>leg</b>"), root=id), revision(Interview(title="W-9"), root=id)]
            again = BundlePlan(
                made.card, TIME, made.recipients, [BundleRoot(id, parts)], [], custody(sender(), parts)
            )
            text = dict(entries(plaintext(sealed(again)[0])))["bundle/data/README.html"].decode()
        assert "&lt;b&gt;leg&lt;/b&gt;" in text and "<b>leg" not in text
        assert text.index("W-9") < text.index("leg")

    def test_card_of_the_sender_travels(self) -> None:
        assert dict(entries(sample_tar()))["bundle/sender.contact"] == card(sender())

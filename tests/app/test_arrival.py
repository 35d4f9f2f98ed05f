"""Between looking and taking in: read, decrypted and verified once, and nothing left where it is not taken in."""

from __future__ import annotations

import io
import os
import shutil
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.forging import Forger
from app.shared import PASSPHRASE, introduce, refused
from app.test_exchange import PICTURE, media_files, sealed, written
from cairn import paths
from cairn.app.arriving import arrival, incoming, taking_in
from cairn.app.files import files
from cairn.app.interviews import interviews
from cairn.app.kernel import contacts, session
from cairn.app.kernel.session import Session
from cairn.app.vault import custody, upkeep
from cairn.crypto.age.stream import AgeReader
from cairn.crypto.device import PublicKeys
from cairn.errors import Cancelled
from cairn.model.kinds.interview import Interview
from cairn.storage.staging import MediaSink


@pytest.fixture
def counts(monkeypatch: pytest.MonkeyPatch) -> Iterator[Counter[str]]:
    """How often a bundle is opened, its log checked, a revision's signature verified, a byte encrypted again."""
    found: Counter[str] = Counter()

    def counted(owner: object, name: str, amount: bool = False) -> None:
        real = getattr(owner, name)

        def wrapped(*args: object, **kwargs: object) -> object:
            found[name] += len(args[1]) if amount else 1  # type: ignore[arg-type]
            return real(*args, **kwargs)

        monkeypatch.setattr(owner, name, wrapped)

    counted(AgeReader, "_open")
    counted(incoming, "check_custody")
    counted(PublicKeys, "verify_revision")
    counted(MediaSink, "write", amount=True)
    yield found


def with_a_picture(field: Session, office: Session, folder: Path) -> tuple[str, Path]:
    introduce(field, office)
    made = written(field)
    files.attach(field, made, io.BytesIO(PICTURE), "photo.png")
    return made, sealed(field, [made], office, folder).path


def test_what_was_looked_at_is_not_read_again(
    field: Session, office: Session, tmp_path: Path, counts: Counter[str]
) -> None:
    made, bundle = with_a_picture(field, office, tmp_path / "out")
    counts.clear()
    looked = arrival.look_through(office, bundle)
    once = dict(counts)
    assert looked.view.whole and looked.view.refusal is None
    assert once["check_custody"] == 1 and once["verify_revision"] == 3 and once["write"] == len(PICTURE)
    assert interviews.count(office) == 0 and [p.suffix for p in media_files(office)] == [".part"]
    taken = looked.take_in()
    assert taken.new == 3 and dict(counts) == once
    (file,) = interviews.load(office, made).files
    out = io.BytesIO()
    with office.media.open(_media(office, made)) as reader:
        out.write(reader.read_at(0, reader.size))
    assert out.getvalue() == PICTURE and file.size == len(PICTURE)
    assert [p.suffix for p in media_files(office)] == [".cob"] and upkeep.check(office) == []
    # Taking in without looking reads it once as well.
    counts.clear()
    taking_in.take_in(office, bundle)
    assert (
        counts["check_custody"] == 1 and counts["_open"] == once["_open"] and counts["verify_revision"] == 3
    )


def _media(s: Session, interview: str) -> str:
    with s.store.read() as reader:
        return s.media.of(reader, interview)[0].media_id


def test_a_file_that_changed_is_read_anew(
    field: Session, office: Session, tmp_path: Path, counts: Counter[str]
) -> None:
    made, bundle = with_a_picture(field, office, tmp_path / "out")
    looked = arrival.look_through(office, bundle)
    counts.clear()
    # The same bytes under another inode, as a copy tool would leave them.
    shutil.copy(bundle, tmp_path / "copy")
    os.replace(tmp_path / "copy", bundle)
    assert looked.take_in().new == 3
    assert counts["check_custody"] == 1 and counts["write"] == len(PICTURE)
    assert interviews.count(office) == 1 and [p.suffix for p in media_files(office)] == [".cob"]
    assert upkeep.check(office) == [] and interviews.load(office, made).files


def test_another_bundle_in_its_place_is_not_taken_in_unseen(
    field: Session, office: Session, tmp_path: Path
) -> None:
    _, bundle = with_a_picture(field, office, tmp_path / "out")
    looked = arrival.look_through(office, bundle)
    other = sealed(field, [written(field, "W-2")], office, tmp_path / "out").path
    os.replace(other, bundle)
    with refused("taking.changed"):
        looked.take_in()
    assert interviews.count(office) == 0 and media_files(office) == []
    again = arrival.look_through(office, bundle)
    assert [root.title for root in again.view.roots] == ["W-2"] and again.take_in().new == 2


def test_a_damaged_file_in_its_place_is_refused(field: Session, office: Session, tmp_path: Path) -> None:
    _, bundle = with_a_picture(field, office, tmp_path / "out")
    looked = arrival.look_through(office, bundle)
    data = bytearray(bundle.read_bytes())
    data[-5] ^= 1
    bundle.write_bytes(bytes(data))
    with refused("bundle.altered"):
        looked.take_in()
    assert interviews.count(office) == 0 and media_files(office) == []


def test_a_stick_that_is_gone_by_then_was_read(field: Session, office: Session, tmp_path: Path) -> None:
    _, bundle = with_a_picture(field, office, tmp_path / "out")
    looked = arrival.look_through(office, bundle)
    bundle.unlink()
    assert looked.take_in().new == 3 and upkeep.check(office) == []


def test_what_is_not_taken_in_leaves_nothing(field: Session, office: Session, tmp_path: Path) -> None:
    _, bundle = with_a_picture(field, office, tmp_path / "out")
    entries = custody.count(office)
    looked = arrival.look_through(office, bundle)
    looked.close()
    looked.close()
    assert media_files(office) == [] and custody.count(office) == entries

    def stop(done: int, total: int | None, /) -> None:
        if total is not None and done > 1_000_000:
            raise Cancelled

    with pytest.raises(Cancelled):
        arrival.look_through(office, bundle, stop)
    assert media_files(office) == []
    looked = arrival.look_through(office, bundle)
    with pytest.raises(Cancelled):
        looked.take_in(progress=_cancelled)
    assert media_files(office) == [] and interviews.count(office) == 0
    # It was given up, and is read anew.
    assert looked.take_in().new == 3


def _cancelled(_done: int, _total: int | None, /) -> None:
    raise Cancelled


def test_locking_gives_up_what_is_held(field: Session, office: Session, tmp_path: Path) -> None:
    _, bundle = with_a_picture(field, office, tmp_path / "out")
    looked = arrival.look_through(office, bundle)
    folder = office.info.folder
    office.close()
    assert not [p for p in (folder / "media").rglob("*") if p.is_file()]
    with refused("vault.locked"):
        looked.take_in()
    looked.close()
    again = session.open_vault(folder, PASSPHRASE)
    try:
        assert interviews.count(again) == 0 and upkeep.check(again) == []
        assert not list((folder / "quarantine").glob("*"))
    finally:
        again.close()


def test_locking_while_it_is_looked_at(field: Session, office: Session, tmp_path: Path) -> None:
    """What is sealed after the vault was locked is removed at once."""
    _, bundle = with_a_picture(field, office, tmp_path / "out")
    folder = office.info.folder

    def lock(done: int, total: int | None, /) -> None:
        if total is not None and done > 1_000_000:
            office.close()

    with refused("vault.locked"):
        arrival.look_through(office, bundle, lock)
    assert not [p for p in (folder / "media").rglob("*") if p.is_file()]


_LOOK = """
import os, signal, sys
from pathlib import Path
from cairn.app.arriving import arrival
from cairn.app.kernel import session
s = session.open_vault(Path(sys.argv[1]), sys.stdin.readline().strip())
looked = arrival.look_through(s, Path(sys.argv[2]))
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_killed_in_between_the_next_opening_sweeps(field: Session, office: Session, tmp_path: Path) -> None:
    _, bundle = with_a_picture(field, office, tmp_path / "out")
    folder, entries = office.info.folder, custody.count(office)
    office.close()
    done = subprocess.run(
        [sys.executable, "-c", _LOOK, str(folder), str(bundle)],
        input=PASSPHRASE.encode(),
        capture_output=True,
        check=False,
        env={**os.environ, "XDG_CONFIG_HOME": str(tmp_path / "config")},
    )
    assert done.returncode == -signal.SIGKILL, done.stderr
    (left,) = [p for p in (folder / "media").rglob("*") if p.is_file()]
    assert left.suffix == ".part" and PICTURE[:4096] not in left.read_bytes()
    again = session.open_vault(folder, PASSPHRASE)
    try:
        assert media_files(again) == [] and not list((folder / "quarantine").glob("*"))
        assert custody.count(again) == entries and upkeep.check(again) == []
    finally:
        again.close()


def test_what_a_person_does_meanwhile_counts(field: Session, office: Session, tmp_path: Path) -> None:
    """Revoked, accepted with words, or taken in already: what holds is what holds when it is taken in."""
    contacts.add(field, contacts.own_card(office), contacts.own_words(office))
    bundle = sealed(field, [written(field)], office, tmp_path / "out").path
    looked = arrival.look_through(office, bundle)
    with refused("taking.sender-unknown"):
        looked.take_in()
    contacts.add(office, contacts.own_card(field), contacts.own_words(field))
    other = arrival.look_through(office, bundle)
    assert looked.take_in().new == 2
    assert [p.code for p in other.take_in().problems] == ["taking.already"]
    third = arrival.look_through(office, bundle)
    contacts.revoke(office, field.info.fingerprint, "lost")
    with refused("taking.sender-revoked"):
        third.take_in()
    third.close()


def test_a_refused_bundle_is_held_nowhere(
    office: Session, forger: Forger, tmp_path: Path, counts: Counter[str]
) -> None:
    root = forger.revision(Interview(title="theirs"))
    lie = forger.revision(Interview(title="by another"), device="SHA256:" + "A" * 43)
    path = tmp_path / "lie.age"
    made, other = (_id(each) for each in (root, lie))
    path.write_bytes(forger.bundle(office, {made: [root], other: [lie]}).getvalue())
    looked = arrival.look_through(office, path)
    assert looked.view.refusal is not None
    assert (looked.view.refusal.code, looked.view.refusal.exit_code) == ("intake.foreign-author", 4)
    with refused("intake.foreign-author"):
        looked.take_in()
    assert media_files(office) == [] and counts["write"] == 0


def _id(made: tuple[bytes, bytes]) -> str:
    from cairn.model.kinds.envelope import decode

    return decode(made[0]).id


def test_without_room_it_is_shown_and_read_again(
    field: Session, office: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, bundle = with_a_picture(field, office, tmp_path / "out")
    monkeypatch.setattr(paths, "free_bytes", lambda _folder: 1000)
    looked = arrival.look_through(office, bundle)
    assert looked.view.whole and media_files(office) == []
    monkeypatch.undo()
    assert looked.take_in().new == 3 and upkeep.check(office) == []
    assert [p.suffix for p in media_files(office)] == [".cob"]

"""Killed at any moment, a full disk, planted words: the vault stays whole and nothing readable is anywhere."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.shared import PASSPHRASE, introduce, refused
from app.test_exchange import PICTURE, SHARE, media_files, sealed, written
from cairn import paths
from cairn.app.arriving import taking_in
from cairn.app.consent import consent
from cairn.app.files import files
from cairn.app.interviews import interviews
from cairn.app.kernel import session
from cairn.app.kernel.session import Session
from cairn.app.vault import backups, custody, upkeep
from cairn.errors import MachineError
from cairn.model.kinds.interview import Interview

_TAKE_IN = """
import os, signal, sys
from pathlib import Path
from cairn.app.kernel import session
from cairn.app.arriving import taking_in
from cairn.storage import exchange, media, revisions, staging
vault, bundle, where = sys.argv[1:]
def die(*_args, **_kwargs):
    os.kill(os.getpid(), signal.SIGKILL)
calls = [0]
def on_call(real, number):
    def wrapped(*args, **kwargs):
        calls[0] += 1
        if calls[0] == number:
            die()
        return real(*args, **kwargs)
    return wrapped
s = session.open_vault(Path(vault), sys.stdin.readline().strip())
if where == "media-half":
    staging.MediaSink.write = on_call(staging.MediaSink.write, 2)
elif where == "media-staged":
    media.MediaStore.add = die
elif where == "rows-half":
    revisions.put = on_call(revisions.put, 2)
elif where == "before-commit":
    real = exchange.add_received
    def last(*args, **kwargs):
        real(*args, **kwargs)
        die()
    exchange.add_received = last
taking_in.take_in(s, Path(bundle))
"""


@pytest.mark.parametrize("where", ["media-half", "media-staged", "rows-half", "before-commit"])
def test_killed_while_taking_in_the_vault_is_as_it_was(
    field: Session, office: Session, tmp_path: Path, where: str
) -> None:
    introduce(field, office)
    made = written(field)
    files.attach(field, made, io.BytesIO(PICTURE), "photo.png")
    bundle = sealed(field, [made], office, tmp_path / "out")
    folder, entries = office.info.folder, custody.count(office)
    office.close()
    done = subprocess.run(
        [sys.executable, "-c", _TAKE_IN, str(folder), str(bundle.path), where],
        input=PASSPHRASE.encode(),
        capture_output=True,
        check=False,
        env={**os.environ, "XDG_CONFIG_HOME": str(tmp_path / "config")},
    )
    assert done.returncode == -signal.SIGKILL, done.stderr
    again = session.open_vault(folder, PASSPHRASE)
    try:
        # The checkpoint at locking wrote no entry, so the log is exactly as long as before.
        assert custody.count(again) == entries and interviews.count(again) == 0
        assert media_files(again) == [] and upkeep.check(again) == []
        taken = taking_in.take_in(again, bundle.path)
        assert taken.new == 3 and upkeep.check(again) == []
    finally:
        again.close()


def test_a_full_disk_while_attaching_or_saving_keeps_everything(
    field: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = written(field)
    monkeypatch.setattr(paths, "free_bytes", lambda _folder: 1000)
    with refused("machine.disk-full"):
        files.attach(field, made, io.BytesIO(PICTURE), "photo.png", size=len(PICTURE))
    monkeypatch.undo()
    from cairn.storage.media import MediaStore

    def full(*_args: object) -> None:
        raise MachineError("machine.disk-full")

    monkeypatch.setattr(MediaStore, "add", full)
    with refused("machine.disk-full"):
        files.attach(field, made, io.BytesIO(PICTURE), "photo.png")
    assert media_files(field) == [] and interviews.load(field, made).files == ()
    assert upkeep.check(field) == []


class _Breaking(io.RawIOBase):
    """A source that breaks off in the middle, as a pulled USB stick does."""

    def __init__(self) -> None:
        self._left = 3

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        self._left -= 1
        if self._left < 0:
            raise OSError(5, "input/output error")
        return b"x" * 1000


def test_a_source_that_breaks_off_or_lies_leaves_nothing(field: Session) -> None:
    made = written(field)
    with refused("machine.disk-failing"):
        files.attach(field, made, _Breaking(), "x.bin")
    with refused("file.size-differs"):
        files.attach(field, made, io.BytesIO(b"short"), "x.bin", size=6)
    assert media_files(field) == [] and interviews.load(field, made).files == ()


WORDS = [
    "Plantedtitle",
    "Plantedaccount",
    "심어둔두만강",
    "Plantednote",
    "Plantedfile",
    "Plantedcontent",
    "Plantedreason",
]


def _forms() -> Iterator[bytes]:
    for word in WORDS:
        yield word.encode("utf-8")
        yield word.encode("utf-16-le")


def _readable(folder: Path) -> list[str]:
    return [
        f"{path.name}: {form!r}"
        for path in folder.rglob("*")
        if path.is_file()
        for form in _forms()
        if form in path.read_bytes()
    ]


def test_planted_words_are_in_no_file_at_any_time(field: Session, office: Session, tmp_path: Path) -> None:
    introduce(field, office)
    made = interviews.create(field, title="Plantedtitle")
    assert _readable(tmp_path) == []
    interviews.save_version(
        field, made, Interview(title="Plantedtitle", account="Plantedaccount 심어둔두만강")
    )
    interviews.save_note(field, made, None, "Plantednote")
    consent.set_consent(field, made, SHARE)
    content = b"Plantedcontent " * 100_000
    file = files.attach(field, made, io.BytesIO(content), "Plantedfile.txt")
    other = files.attach(field, made, io.BytesIO(content), "Plantedfile2.txt")
    files.remove(field, other.id, "Plantedreason")
    assert _readable(tmp_path) == []
    bundle = sealed(field, [made], office, tmp_path / "out")
    taking_in.take_in(office, bundle.path)
    with files.reader(office, file.id) as source:
        assert source.read_at(0, 14) == b"Plantedcontent"
    assert _readable(tmp_path) == []
    backups.backup(field, tmp_path / "backup")
    field.close()
    office.close()
    assert _readable(tmp_path) == []
    (tmp_path / "control").write_bytes("심어둔두만강".encode())
    assert _readable(tmp_path) != []


def test_everything_written_is_private_to_its_owner(field: Session) -> None:
    made = written(field)
    files.attach(field, made, io.BytesIO(b"x"), "x.txt")
    open_to_others = [p for p in field.info.folder.rglob("*") if p.stat().st_mode & 0o077]
    assert open_to_others == []

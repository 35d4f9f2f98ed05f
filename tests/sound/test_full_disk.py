"""A recording on a real disk that runs full: it ends in words, and what was said before is kept."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.shared import FLOOR, PASSPHRASE
from cairn.app.interviews import interviews
from cairn.app.kernel import session
from cairn.app.kernel.session import Session
from cairn.app.sound import recordings
from cairn.app.sound.recording_choices import Choices
from cairn.qt.media.recording.host import RecorderHost
from sound.rig import RATE, Rig
from sound.script import spoken
from sound.test_microphone import PATIENCE_MS, begin, listened, same

pytestmark = pytest.mark.real_time


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 64 MiB: room to begin a recording, and no more."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=64m,mode=700", "none", str(folder)]
    if sys.platform != "linux" or subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("a small file system can be mounted only by root, on Linux")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


@pytest.fixture
def on_disk(disk: Path, look: None) -> Iterator[Session]:
    """A vault there."""
    made, _ = session.create_vault(
        disk / "vault", label="Field 7", role="field", passphrase=PASSPHRASE, cost=FLOOR
    )
    yield made
    made.close()


def fill(disk: Path, leave: int) -> Path:
    """Something else takes all room but so many bytes."""
    path = disk / "photographs"
    handle = os.open(path, os.O_WRONLY | os.O_CREAT)
    try:
        while True:
            os.write(handle, bytes(65536))
    except OSError as error:
        assert error.errno == errno.ENOSPC
    finally:
        os.close(handle)
    os.truncate(path, path.stat().st_size - leave)
    return path


def test_everything_said_before_the_disk_was_full_is_kept(
    qtbot: QtBot, microphone: Rig, disk: Path, on_disk: Session
) -> None:
    interview = interviews.create(on_disk, title="W-017")
    said = spoken(microphone.folder, 12)
    host = RecorderHost()
    failures: list[str] = []
    host.failed.connect(lambda error: failures.append(error.code))
    begin(qtbot, host, on_disk, interview)
    with microphone.playing(said):
        qtbot.waitUntil(lambda: _at(host) > 3000, timeout=PATIENCE_MS)
        other = fill(disk, leave=16_384)
        qtbot.waitUntil(lambda: bool(failures), timeout=PATIENCE_MS)
    assert failures == ["machine.disk-full"]
    assert not host.capture.running, "a microphone that is not recorded is not listened to"
    stood = _at(host)
    host.stop(on_disk)
    qtbot.waitUntil(lambda: host.state == "idle", timeout=PATIENCE_MS)
    assert failures == ["machine.disk-full"] * 2, "nor can it be sealed now"
    assert [one.interview for one in recordings.unfinished(on_disk)] == [interview]
    other.unlink()
    (view,) = recordings.recover(on_disk)
    assert view.interrupted and view.interview == interview
    assert 0 <= stood - view.duration <= 1000
    heard = listened(on_disk, view)
    assert abs(len(heard) - view.duration * RATE // 1000) <= RATE // 100
    # The microphone was on before anybody spoke.
    same(said[: len(heard) - 2 * RATE], heard, least=0.85)


@pytest.mark.usefixtures("microphone")
def test_on_a_disk_that_is_almost_full_nothing_begins(qtbot: QtBot, disk: Path, on_disk: Session) -> None:
    interview = interviews.create(on_disk, title="W-017")
    fill(disk, leave=12_000_000)
    host = RecorderHost()
    host.choices = Choices()
    with qtbot.waitSignal(host.failed, timeout=PATIENCE_MS) as failed:
        host.begin(on_disk, interview)
    assert failed.args[0].code == "recording.no-room"
    assert not host.active and not host.capture.running
    assert recordings.unfinished(on_disk) == []


def _at(host: RecorderHost) -> int:
    now = host.snapshot
    return now.at_ms if now is not None else 0

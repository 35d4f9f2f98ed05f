"""Killed or changed in the middle: restoring, writing down whole interviews, sealing, copying out."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from app.shared import PASSPHRASE, introduce, refused
from app.test_exchange import PICTURE, SHARE, media_files, sealed, written
from cairn.app.consent import consent
from cairn.app.files import files
from cairn.app.interviews import interviews
from cairn.app.kernel import contacts, session
from cairn.app.kernel.session import Session
from cairn.app.leaving import copying, sealing
from cairn.app.program import batch_add
from cairn.app.vault import backups, custody, upkeep
from cairn.errors import Cancelled
from cairn.model.agreement import agreed_to
from cairn.model.kinds.interview import Interview


def killed(script: str, *arguments: object, config: Path) -> None:
    """Run a script that ends by its own SIGKILL; the passphrase is on its standard input."""
    done = subprocess.run(
        [sys.executable, "-c", script, *map(str, arguments)],
        input=PASSPHRASE.encode(),
        capture_output=True,
        check=False,
        env={**os.environ, "XDG_CONFIG_HOME": str(config)},
    )
    assert done.returncode == -signal.SIGKILL, done.stderr


_RESTORE = """
import os, signal, sys
from pathlib import Path
from cairn.app.kernel import session
from cairn.app.vault import backups, upkeep
from cairn.storage import secrets
def die(*_args, **_kwargs):
    os.kill(os.getpid(), signal.SIGKILL)
if sys.argv[3] == "before":
    session.opened = die
else:
    secrets.put = die
backups.restore(Path(sys.argv[1]), Path(sys.argv[2]), sys.stdin.readline().strip())
"""


@pytest.mark.parametrize("when", ["before", "half-way"])
def test_a_restore_cut_short_never_opens_as_the_double_of_the_original(
    field: Session, tmp_path: Path, when: str
) -> None:
    made = written(field)
    backups.backup(field, tmp_path / "backup")
    target = tmp_path / "restored"
    killed(_RESTORE, tmp_path / "backup", target, when, config=tmp_path / "config")
    again = session.open_vault(target, PASSPHRASE)
    try:
        assert again.info.fingerprint != field.info.fingerprint and again.is_own(field.info.fingerprint)
        newest = custody.entries(again, limit=1)[0]
        assert newest.act == "restore" and newest.detail["former_device"] == field.info.fingerprint
        assert newest.device_label == "" and interviews.load(again, made).own
        assert upkeep.check(again) == []
        fingerprint, entries = again.info.fingerprint, custody.count(again)
    finally:
        again.close()
    once_more = session.open_vault(target, PASSPHRASE)
    assert (once_more.info.fingerprint, custody.count(once_more)) == (fingerprint, entries)
    once_more.close()


_ADD = """
import os, signal, sys
from pathlib import Path
from cairn.app.program import batch_add
from cairn.app.kernel import session
from cairn.model.agreement import Consent, agreed_to
from cairn.model.kinds.interview import Interview
from cairn.model.agreement import agreed_to
from cairn.storage import media
calls = [0]
real = media.MediaStore.add
def second(*args, **kwargs):
    calls[0] += 1
    if calls[0] == 2:
        os.kill(os.getpid(), signal.SIGKILL)
    return real(*args, **kwargs)
media.MediaStore.add = second
s = session.open_vault(Path(sys.argv[1]), sys.stdin.readline().strip())
batch_add.add(s, Interview(title="W-9"), agreed_to(choice="keep"), [Path(p) for p in sys.argv[2:]])
"""


def test_an_interview_with_its_files_is_written_down_whole_or_not_at_all(
    field: Session, tmp_path: Path
) -> None:
    attach = []
    for name in ("one.bin", "two.bin"):
        (tmp_path / name).write_bytes(PICTURE)
        attach.append(tmp_path / name)
    folder = field.info.folder
    field.close()
    killed(_ADD, folder, *attach, config=tmp_path / "config")
    s = session.open_vault(folder, PASSPHRASE)
    try:
        assert interviews.count(s) == 0 and media_files(s) == [] and upkeep.check(s) == []
        with refused("consent.nobody-named"):
            batch_add.add(s, Interview(), agreed_to(choice="share", share_with="named"), attach)
        with refused("machine.gone"):
            batch_add.add(s, Interview(title="W-9"), None, [*attach, tmp_path / "three.bin"])
        assert interviews.count(s) == 0 and media_files(s) == []
        made = batch_add.add(s, Interview(title="W-9"), SHARE, attach)
        view = interviews.load(s, made)
        assert [f.name for f in view.files] == ["one.bin", "two.bin"] and view.consent.choice == "share"
        assert custody.verify(s).whole
    finally:
        s.close()


def _seal_while(s: Session, made: str, to: Session, out: Path, change: object) -> None:
    shown = sealing.preview(s, [made], [to.info.fingerprint])
    changed = []

    def progress(_done: int, _total: int | None, /) -> None:
        if not changed:
            changed.append(True)
            change()  # type: ignore[operator]

    sealing.seal(s, shown, out, progress)


@pytest.mark.parametrize("what", ["consent", "contact", "erased", "removed"])
def test_what_is_taken_back_while_sealing_does_not_leave(
    field: Session, office: Session, tmp_path: Path, what: str
) -> None:
    introduce(field, office)
    made = written(field)
    file = files.attach(field, made, io.BytesIO(PICTURE), "photo.png")
    changes = {
        "consent": lambda: consent.set_consent(field, made, agreed_to(choice="nothing")),
        "contact": lambda: contacts.revoke(field, office.info.fingerprint, "taken"),
        "erased": lambda: interviews.erase(field, made, "asked for it"),
        "removed": lambda: files.remove(field, file.id, "not hers"),
    }
    codes = {
        "consent": "gate.nothing",
        "contact": "gate.recipient-revoked",
        "erased": "storage.no-such-media",
        "removed": "sealing.changed",
    }
    out = tmp_path / "out"
    out.mkdir()
    with refused(codes[what]):
        _seal_while(field, made, office, out, changes[what])
    assert list(out.iterdir()) == [] and sealing.sent(field) == []


def test_what_is_added_while_sealing_is_no_reason_to_refuse(
    field: Session, office: Session, tmp_path: Path
) -> None:
    introduce(field, office)
    made = written(field)
    out = tmp_path / "out"
    out.mkdir()
    _seal_while(field, made, office, out, lambda: interviews.save_note(field, made, None, "one more"))
    assert len(list(out.iterdir())) == 1


_SEAL = """
import os, signal, sys
from pathlib import Path
from cairn.app.leaving import sealing
from cairn.app.kernel import session
from cairn.bundle import writer
def die(*_args, **_kwargs):
    os.kill(os.getpid(), signal.SIGKILL)
s = session.open_vault(Path(sys.argv[1]), sys.stdin.readline().strip())
shown = sealing.preview(s, [sys.argv[2]], [sys.argv[3]])
writer.os.rename = die
sealing.seal(s, shown, Path(sys.argv[4]))
"""


def test_no_bundle_has_its_name_before_the_log_tells_of_it(
    field: Session, office: Session, tmp_path: Path
) -> None:
    introduce(field, office)
    made = written(field)
    folder, out = field.info.folder, tmp_path / "out"
    out.mkdir()
    field.close()
    killed(_SEAL, folder, made, office.info.fingerprint, out, config=tmp_path / "config")
    assert [path.suffix for path in out.iterdir()] == [".part"]
    s = session.open_vault(folder, PASSPHRASE)
    try:
        assert custody.entries(s, limit=1)[0].act == "bundle.seal"
        # The next one counts on: the office is told that one is missing, never that there are two.
        sealed(s, [made], office, out)
        assert [row.name != "" for row in sealing.sent(s)] == [True, True]
    finally:
        s.close()


_COPY = """
import os, signal, sys
from pathlib import Path
from cairn.app.leaving import copying
from cairn.app.kernel import session
s = session.open_vault(Path(sys.argv[1]), sys.stdin.readline().strip())
def progress(done, total):
    if done > total // 2:
        os.kill(os.getpid(), signal.SIGKILL)
copying.copy_out(s, sys.argv[2], Path(sys.argv[3]), progress)
"""


def test_no_part_of_a_plain_copy_is_left_lying(field: Session, tmp_path: Path) -> None:
    made = written(field)
    file = files.attach(field, made, io.BytesIO(PICTURE * 2), "photo.png")
    out = tmp_path / "out"
    out.mkdir()
    target = out / "photo.png"
    target.symlink_to(tmp_path / "nowhere")
    with refused("machine.exists"):
        copying.copy_out(field, file.id, target)
    target.unlink()

    def late(done: int, total: int | None, /) -> None:
        if done == total:
            target.write_bytes(b"somebody else's")

    with refused("machine.exists"):
        copying.copy_out(field, file.id, target, late)
    assert target.read_bytes() == b"somebody else's" and len(list(out.iterdir())) == 1
    target.unlink()

    def stop(done: int, _total: int | None, /) -> None:
        if done:
            raise Cancelled

    with refused("machine.cancelled"):
        copying.copy_out(field, file.id, target, stop)
    assert list(out.iterdir()) == []
    folder = field.info.folder
    field.close()
    killed(_COPY, folder, file.id, target, config=tmp_path / "config")
    (part,) = out.iterdir()
    (out / "kept.part").write_bytes(b"not ours")
    # The stick is not connected when the vault is opened next; afterwards it is.
    out.rename(tmp_path / "away")
    session.open_vault(folder, PASSPHRASE).close()
    (tmp_path / "away").rename(out)
    assert part.exists()
    session.open_vault(folder, PASSPHRASE).close()
    assert [path.name for path in out.iterdir()] == ["kept.part"]


def test_where_there_are_no_links_a_copy_is_whole_too(
    field: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = written(field)
    file = files.attach(field, made, io.BytesIO(PICTURE), "photo.png")
    target = tmp_path / "photo.png"
    copying.copy_out(field, file.id, target)
    assert target.read_bytes() == PICTURE and target.stat().st_mode & 0o077 == 0
    with refused("machine.exists"):
        copying.copy_out(field, file.id, target)

    def no_links(*_args: object) -> None:
        raise PermissionError(1, "no links here")

    monkeypatch.setattr(os, "link", no_links)
    copying.copy_out(field, file.id, tmp_path / "second.png")
    assert (tmp_path / "second.png").read_bytes() == PICTURE
    assert [path for path in tmp_path.iterdir() if path.suffix == ".part"] == []

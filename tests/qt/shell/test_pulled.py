"""A stick that is pulled while its vault is open, and one that can't take a large file, as seen in the window."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.shared import PASSPHRASE, introduce
from cairn.app.files import files
from cairn.app.interviews import interviews
from cairn.app.kernel.sentences import sentence
from cairn.app.kernel.session import Session, open_vault
from cairn.app.leaving import sealing
from cairn.paths import media
from cairn.qt.shell.window import Window
from qt.desk import choose, press, reads, sees, settle
from qt.exchange.test_sealing import begun, up_to_consent, written
from qt.hand import new, stored, text, write


def test_a_pulled_stick_is_said_and_nothing_that_was_kept_is_lost(
    qtbot: QtBot, opened: Window, vault: Path
) -> None:
    work = new(qtbot, opened, "W-017", "Kept before.")
    interview = work.interview
    away = vault.with_name("pulled")
    vault.rename(away)
    write(qtbot, text(work, "Account"), " Typed after.")
    sees(qtbot, opened, sentence("machine.gone"))
    assert "Typed after." in work.form.body().account, "it still stands there"
    opened.lock()
    settle(qtbot)
    assert opened.desk is None and not reads(opened, "Something in Cairn went wrong")
    away.rename(vault)
    opened.enter(open_vault(vault, PASSPHRASE))
    settle(qtbot)
    draft = stored(opened, interview).draft
    assert draft is not None and interviews.read_draft(draft).account.startswith("Kept before.")


def test_a_bundle_that_a_stick_can_not_hold_is_refused_before_anything_is_sealed(
    qtbot: QtBot, field: Session, office: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    introduce(field, office)
    made = written(field, "W-1")
    files.attach(field, made, io.BytesIO(bytes(300_000)), "photo.png")
    monkeypatch.setattr(media, "is_fat", lambda _folder: True)
    monkeypatch.setattr(media, "_FAT_LARGEST", 200_000)
    stick = tmp_path / "stick"
    stick.mkdir()
    screen, _desk = begun(qtbot, field)
    up_to_consent(qtbot, screen, ["W-1"], ["Office North"])
    press(qtbot, screen, "Seal bundle of 1…")
    choose(qtbot, screen, stick)
    sees(qtbot, screen, sentence("machine.file-too-big"))
    settle(qtbot)
    assert list(stick.iterdir()) == [] and sealing.sent(field) == []
    # Another stick is chosen without beginning anew.
    monkeypatch.setattr(media, "is_fat", lambda _folder: False)
    press(qtbot, screen, "Choose a folder…")
    choose(qtbot, screen, stick)
    sees(qtbot, screen, "1 interview sealed for Office North")

"""Drafts that waited beside the database and can't be read: said across the window, once, with what to do."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from app.shared import PASSPHRASE
from cairn.app.kernel import session
from cairn.app.kernel.session import Session
from cairn.qt.shell.bands import Band
from cairn.qt.shell.window import Window
from cairn.storage import aside
from qt.desk import reads, settle


def test_lost_drafts_are_told_once(qtbot: QtBot, window: Window, field: Session) -> None:
    folder = field.info.folder
    field.close()
    (folder / aside.NAME).write_bytes(b"no database" * 999)
    window.enter(session.open_vault(folder, PASSPHRASE))
    settle(qtbot)
    assert window.desk is not None
    (band,) = (each for each in window.findChildren(Band) if reads(each, "drafts.db.damaged"))
    for name in ("interviews", "settings"):
        window.desk.open(name)
        settle(qtbot)
        assert band.isVisible() and band.width() == window.width()
    assert reads(window, "write down again what is missing") and reads(window, "drafts.db.damaged")
    window.lock()
    settle(qtbot)
    window.enter(session.open_vault(folder, PASSPHRASE))
    settle(qtbot)
    assert not reads(window, "drafts.db.damaged")
    assert (folder / "drafts.db.damaged").read_bytes() == b"no database" * 999

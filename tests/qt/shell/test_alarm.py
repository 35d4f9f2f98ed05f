"""A vault that does not fit its custody log: said before it opens, opened knowingly, and never forgotten meanwhile."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.shared import PASSPHRASE
from app.test_alarm import put_back
from cairn.app.kernel.session import Session
from cairn.qt.shell.bands import Band
from cairn.qt.shell.window import Window
from qt.desk import LONG, press, reads, sees, settle
from qt.hand import keys, line


def test_a_vault_set_back_is_opened_only_knowingly(qtbot: QtBot, window: Window, field: Session) -> None:
    folder, _ = put_back(field, ("custody_line",))
    window.show_unlock(folder)
    QApplication.processEvents()
    QTest.keyClicks(line(window, "Passphrase"), PASSPHRASE)
    keys(qtbot, Qt.Key.Key_Return)
    sees(qtbot, window, "does not fit its custody log")
    assert window.desk is None
    press(qtbot, window, "Open it all the same")
    qtbot.waitUntil(lambda: window.desk is not None, timeout=LONG)
    settle(qtbot)
    assert window.desk is not None
    (band,) = (each for each in window.findChildren(Band) if reads(each, "an older state"))
    for name in ("interviews", "custody"):
        window.desk.open(name)
        settle(qtbot)
        assert band.isVisible() and band.width() == window.width()
    assert reads(window, "What you see may be an older state.")
    press(qtbot, window, "Check now")
    settle(qtbot)
    sees(qtbot, window, "an older state was put back")

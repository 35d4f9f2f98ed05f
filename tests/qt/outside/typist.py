"""The program with a typist inside, as a process of its own.

    python typist.py FOLDER PASSPHRASE steady|wait

Opens the vault by its unlock card and begins an interview. With `steady` it then types numbers into the
account, one key every few milliseconds, and says after each key on standard output when that was and how
many there are. With `wait` it puts the cursor into the account and says what stands there whenever it changes.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from cairn.qt import application
from cairn.qt.base import tasks
from cairn.qt.screens.interviews.screen import InterviewsScreen
from cairn.qt.shell.window import Window

EVERY_MS = 15


def whole_text(count: int) -> str:
    """What `count` keys type: numbers, so that every place of the text is known."""
    text, number = "", 0
    while len(text) < count:
        text += f"{number} "
        number += 1
    return text[:count]


class Typist(QObject):
    """Takes one step whenever the window is ready for it."""

    def __init__(self, window: Window, passphrase: str, way: str) -> None:
        super().__init__()
        self._window, self._passphrase, self._way = window, passphrase, way
        self._typed = 0
        self._text = whole_text(20_000)
        self._begun = False
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._step)
        self._timer.start(EVERY_MS)

    def _step(self) -> None:
        desk = self._window.desk
        if desk is None and self._begun:
            if not tasks.busy():
                say("locked")
                self._timer.stop()
            return
        if desk is None:
            self._unlock()
            return
        shown = desk.shown("interviews")
        if not isinstance(shown, InterviewsScreen):
            return
        if not self._begun:
            self._begun = True
            QTest.keyClick(self._window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
        elif shown.workspace is not None:
            account = shown.workspace.account.account
            if not account.hasFocus():
                account.setFocus()
                if self._way == "wait":
                    account.edited.connect(lambda: say(account.toPlainText()))
                    say(f"ready {shown.workspace.interview}")
                return
            if self._way == "wait":
                return
            QTest.keyClicks(account, self._text[self._typed])
            self._typed += 1
            say(f"{time.monotonic()} {self._typed} {shown.workspace.interview}")

    def _unlock(self) -> None:
        fields = [f for f in self._window.findChildren(QLineEdit) if f.accessibleName() == "Passphrase"]
        if fields and not fields[0].text() and not fields[0].isReadOnly():
            QTest.keyClicks(fields[0], self._passphrase)
            QTest.keyClick(fields[0], Qt.Key.Key_Return)


def say(words: str) -> None:
    """One line for whoever started this."""
    sys.stdout.write(words.replace("\n", " ") + "\n")
    sys.stdout.flush()


def main() -> int:
    """Run the window until it is closed or killed."""
    app = application.make(["cairn"])
    window = Window(app)
    window.begin(folder=Path(sys.argv[1]))
    window.show()
    window.activateWindow()
    typist = Typist(window, sys.argv[2], sys.argv[3])
    code = app.exec()
    del typist
    return code


if __name__ == "__main__":
    sys.exit(main())

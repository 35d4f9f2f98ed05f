"""Starts the real program, does what is asked when its window stands, and prints what can be read there.

    python looking.py ACTION ARGUMENT…

ACTION: `read`; `unlock:PASSPHRASE` types it and waits; `conversation:PASSPHRASE` also goes to record; `setup:FOLDER` walks through the wizard up to the words.
"""

from __future__ import annotations

import json
import sys

from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QTextEdit

from cairn.__main__ import main
from cairn.qt.base import tasks
from cairn.qt.shell.window import Window
from cairn.qt.widgets import Sheet

action, given = sys.argv[1], sys.argv[2:]
show = Window.show_fitting


def texts(window: Window) -> list[str]:
    return [
        str(one.text())
        for one in window.findChildren(QLabel) + window.findChildren(QAbstractButton)
        if one.isVisible() and one.text()
    ]


def steps(window: Window) -> list[object]:
    verb, _, value = action.partition(":")
    gate = window.entrance
    if verb == "unlock":
        field = gate.findChild(QLineEdit)
        return [lambda: field.setText(value), lambda: gate._unlock()]
    if verb == "conversation":
        return [
            lambda: gate.findChild(QLineEdit).setText(value),
            lambda: gate._unlock(),
            lambda: window.desk.shown("interviews")._create(),
            lambda: window.desk.shown("interviews").workspace.tabs.open("conversation"),
            lambda: window.desk.shown("interviews").workspace.conversation.record(),
            lambda: None,
        ]
    if verb == "setup":
        window.show_setup()
        gate = window.entrance
        words = "candle orbit meadow tunnel violin harbor"
        return [
            lambda: gate._place.setText(value) if value else None,
            lambda: gate._next.click(),
            lambda: (gate._passphrase._first.setText(words), gate._passphrase._second.setText(words)),
            lambda: gate._next.click(),
            lambda: gate._label.setText("현장 7"),
            lambda: gate._next.click(),
        ]
    return []


def shown(window: Window) -> None:
    show(window)
    todo = steps(window)
    timer = QTimer(window)

    def go_on() -> None:
        if tasks.busy():
            return
        if todo:
            todo.pop(0)()  # type: ignore[operator]
            return
        timer.stop()
        fields = [one.text() for one in window.findChildren(QLineEdit) if one.isVisible()]
        fields += [one.toPlainText() for one in window.findChildren(QTextEdit) if one.isVisible()]
        print(json.dumps({"texts": texts(window), "fields": fields, "open": window.desk is not None}))
        sys.stdout.flush()
        window.close()
        # Words that are shown only now are not left without being asked.
        yes = QCoreApplication.translate("Closing", "Close all the same")
        for sheet in window.findChildren(Sheet):
            if sheet.isVisible():
                next(one for one in sheet.findChildren(QAbstractButton) if one.text() == yes).click()

    timer.timeout.connect(go_on)
    timer.start(30)


Window.show_fitting = shown  # type: ignore[method-assign]
sys.exit(main(given))

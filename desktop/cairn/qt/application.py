"""Setting up the application and running the window."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module
from pathlib import Path

from PySide6.QtCore import (
    QCoreApplication,
    QSettings,
    Qt,
    QTimer,
)
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from cairn.app.kernel import preferences
from cairn.model.ports import Progress
from cairn.qt.base import faults, fonts, tasks
from cairn.qt.base.icons import logo
from cairn.qt.base.language import first_language, set_language
from cairn.qt.base.opening import Application
from cairn.qt.base.theme import theme

_LATER = (
    "cairn.app.kernel.session",
    "cairn.app.interviews.interviews",
    "cairn.app.sound.recordings",
    "numpy",
    "segno",
    "cairn.audio.encode",
)
_SETTLED_MS = 200
"""After the first screen was asked for; by then it is painted."""


def make(arguments: list[str]) -> QApplication:
    """The QApplication, with everything set that must be set before or right after it."""
    _fix_input_method()
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs, True)
    app = Application(arguments)
    _keep_no_history()
    app.setApplicationName("Cairn")
    app.setApplicationDisplayName("Cairn")
    app.setDesktopFileName("app.cairn.Cairn")
    app.setStyle("Fusion")
    app.setWindowIcon(logo())
    app.setQuitOnLastWindowClosed(True)
    fonts.install()
    settings = preferences.outside()
    set_language(app, settings.language or first_language())
    theme().apply(app, mode=settings.theme, scale=settings.text_size)
    app.styleHints().colorSchemeChanged.connect(lambda _scheme: theme().apply(app))
    faults.install()
    return app


def run(*, practice: bool = False, folder: Path | None = None, files: Sequence[Path] = ()) -> int:
    """Open the window and stay until it is closed. With `practice` on the practice vault, when there is no other.

    `files` were double-clicked. Where Cairn runs already, that window takes them and this program ends.
    """
    from cairn.qt.shell import single_instance
    from cairn.qt.shell.window import Window

    app = make(["cairn"])
    if not practice and folder is None and single_instance.pass_on(files):
        return 0
    window = Window(app)
    window.begin(practice=practice, folder=folder)
    window.opener.give(files)
    window.show_fitting()
    window.opener.instance.open()
    QTimer.singleShot(_SETTLED_MS, window, lambda: tasks.run(window, _fetch_libraries, lane="long"))
    code = app.exec()
    tasks.shut_down()
    return code


def _fetch_libraries(_progress: Progress) -> None:
    """Import what is slow to import and not needed for the first screen, so that nobody waits for it later."""
    for name in _LATER:
        # Where one is broken, whoever needs it says so.
        with suppress(ImportError, OSError):
            import_module(name)


def _fix_input_method() -> None:
    """fcitx5 answers the ibus protocol, and the wheels carry no fcitx plugin: without this nobody types Korean."""
    if os.environ.get("QT_IM_MODULE", "").startswith("fcitx"):
        os.environ["QT_IM_MODULE"] = "ibus"


def _keep_no_history() -> None:
    """Keep Qt's own file dialog from writing which files were opened: it would, into QtProject.conf.

    /dev/null is no folder, so nothing can be created below it; reading finds nothing either.
    """
    nowhere = "/dev/null" if os.name == "posix" else "NUL:"
    for form in (QSettings.Format.NativeFormat, QSettings.Format.IniFormat):
        for scope in (QSettings.Scope.UserScope, QSettings.Scope.SystemScope):
            QSettings.setPath(form, scope, nowhere)

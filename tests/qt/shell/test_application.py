"""What the application does around its window: no history of files, no content in the log, input, language."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QApplication

from cairn.app.kernel.sentences import languages
from cairn.qt import application
from cairn.qt.base import faults, language

CHOOSE = """
import sys
from pathlib import Path
from cairn.qt import application
from cairn.qt.base import language
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget
from cairn.qt.widgets.choose import choose_file

if sys.argv[2] == "as Qt does":
    application._keep_no_history = lambda: None
app = application.make(["cairn"])
chosen = []
over = QWidget()
over.show()
dialog = choose_file(over, "Choose", chosen.append)
dialog.selectFile(sys.argv[1])
QTimer.singleShot(0, dialog.accept)
dialog.finished.connect(lambda _result: QTimer.singleShot(100, app.quit))
app.exec()
del dialog, over, app
sys.exit(0 if chosen == [Path(sys.argv[1])] else 1)
"""


def written_by_choosing(folder: Path, way: str) -> list[Path]:
    """The files that appear in a new home when a file is chosen there in a program of its own."""
    home = folder / "person"
    home.mkdir()
    secret = home / "interview with K.txt"
    secret.write_bytes(b"x")
    room = {name: str(home) for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME")}
    clean = {**os.environ, **room, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-c", CHOOSE, str(secret), way],
        env=clean,
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return [path for path in home.rglob("*") if path.is_file() and path != secret]


def test_choosing_a_file_is_remembered_nowhere(tmp_path: Path) -> None:
    assert written_by_choosing(tmp_path, "as Cairn does") == []


def test_the_toolkit_alone_would_remember_it(tmp_path: Path) -> None:
    written = written_by_choosing(tmp_path, "as Qt does")
    assert any(b"history" in path.read_bytes() for path in written), written


@pytest.mark.logs
def test_a_bug_is_logged_by_its_place_and_never_by_its_words(caplog: pytest.LogCaptureFixture) -> None:
    told: list[str] = []
    before = list(faults._tell)
    faults.on_bug(lambda: told.append("told"))
    try:
        raise ValueError("the name of the witness")
    except ValueError as error:
        with caplog.at_level(logging.DEBUG):
            faults.report(ValueError, error, error.__traceback__)
    finally:
        faults._tell[:] = before
    assert "bug ValueError at test_application.py:" in caplog.text
    assert "witness" not in caplog.text
    assert told == ["told"]


@pytest.mark.logs
def test_a_bug_in_telling_of_a_bug_comes_to_an_end(qapp: QApplication) -> None:
    told: list[str] = []

    def tell() -> None:
        told.append("told")
        faults.report(ValueError, None, None)
        raise KeyError

    before = list(faults._tell)
    faults.on_bug(tell)
    try:
        with pytest.raises(KeyError):
            faults.report(ValueError, None, None)
    finally:
        faults._tell[:] = before
    assert told == ["told"]


@pytest.mark.parametrize(
    ("given", "used"), [("fcitx", "ibus"), ("fcitx5", "ibus"), ("ibus", "ibus"), ("compose", "compose")]
)
def test_fcitx_is_reached_through_ibus(monkeypatch: pytest.MonkeyPatch, given: str, used: str) -> None:
    monkeypatch.setenv("QT_IM_MODULE", given)
    application._fix_input_method()
    assert os.environ["QT_IM_MODULE"] == used


@pytest.mark.parametrize(
    ("system", "spoken"), [("ko_KR", "ko"), ("en_GB", "en"), ("tlh_001", "en"), ("C", "en")]
)
def test_the_first_language_is_the_system_s_where_it_can_be(
    monkeypatch: pytest.MonkeyPatch, system: str, spoken: str
) -> None:
    monkeypatch.setattr(QLocale, "system", staticmethod(lambda: QLocale(system)))
    assert language.first_language() == spoken
    assert spoken in languages()


def test_a_language_from_right_to_left_turns_the_window(qapp: QApplication) -> None:
    language.set_language(qapp, "ar")
    try:
        assert qapp.layoutDirection() is Qt.LayoutDirection.RightToLeft
    finally:
        language.set_language(qapp, "en")
    assert qapp.layoutDirection() is Qt.LayoutDirection.LeftToRight

"""The dialog that asks for files and folders."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QComboBox, QFileDialog, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from cairn import paths
from cairn.paths import volumes
from cairn.qt.widgets import choose
from qt.desk import show, texts, unnamed


@pytest.fixture
def page(qtbot: QtBot) -> QWidget:
    """A window that asks."""
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(1000, 700)
    show(qtbot, made)
    return made


@pytest.mark.skipif(sys.platform != "linux", reason="looks at Linux's own mounts")
def test_what_is_mounted_is_found(tmp_path: Path) -> None:
    (tmp_path / "worker" / "not a stick").mkdir(parents=True)
    assert volumes.plugged_in([tmp_path, tmp_path / "not there"]) == []
    found = volumes.plugged_in([Path("/")])
    assert Path("/proc") in found and Path("/usr") not in found
    assert [place.name for place in found] == sorted((place.name for place in found), key=str.casefold)


def test_a_stick_stands_at_the_side(page: QWidget, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stick = tmp_path / "STICK-32G"
    stick.mkdir()
    monkeypatch.setattr(paths, "plugged_in", lambda: [stick])
    dialog = choose.choose_folder(page, "Choose a folder", print, verb="Seal bundle here")
    shown = [url.toLocalFile() for url in dialog.sidebarUrls()]
    assert shown[:2] == [str(Path.home()), str(stick)]
    assert "Seal bundle here" in texts(dialog)
    assert not any(box.isVisible() for box in dialog.findChildren(QComboBox, "fileTypeCombo"))
    assert unnamed(dialog) == []
    dialog.reject()


def test_no_word_of_the_toolkit_is_left(page: QWidget) -> None:
    dialog = choose.choose_new_file(page, "Write the card", "Field 7.contact", print, verb="Write")
    words = " ".join(texts(dialog))
    for theirs in ("Look in", "Files of type", "File name", "&Save"):
        assert theirs not in words
    assert "Write" in words and "Kind of file:" in words
    seen = {made.toolTip() for made in dialog.findChildren(QToolButton) if made.isVisible()}
    assert {"Back", "Forward", "To the folder above", "New folder"} <= seen
    assert dialog.viewMode() is QFileDialog.ViewMode.Detail
    dialog.reject()

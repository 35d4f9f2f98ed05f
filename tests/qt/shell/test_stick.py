"""The screens before the vault, and About, when Cairn runs from a stick."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cairn.paths import portable
from cairn.qt.shell.window import Window
from qt.desk import cut_off, reads


@pytest.fixture
def stick(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "연구소 USB 1" / "Cairn"
    folder.mkdir(parents=True)
    monkeypatch.setenv(portable.VARIABLE, str(folder))
    return folder


def test_an_installed_program_says_nothing_of_a_stick(qtbot: QtBot, window: Window) -> None:
    window.begin()
    assert not reads(window, "without installation")
    assert not reads(window, "can only be read")


def test_where_everything_lies_is_said_before_the_vault(qtbot: QtBot, window: Window, stick: Path) -> None:
    window.begin()
    assert reads(window, "Running without installation.")
    assert reads(window, "연구소 USB 1")
    assert reads(window, "an encrypted folder on this stick: your vault")
    assert not reads(window, "can only be read")
    QApplication.processEvents()
    assert cut_off(window) == []


def test_a_stick_that_cannot_be_written_is_said(
    qtbot: QtBot, window: Window, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    allowed = os.access
    monkeypatch.setattr(os, "access", lambda place, mode: mode != os.W_OK and allowed(place, mode))
    window.begin()
    assert reads(window, "This stick can only be read")
    assert reads(window, "“Cairn”")
    QApplication.processEvents()
    assert cut_off(window) == []


def test_where_a_vault_lies_is_said_as_it_is(
    qtbot: QtBot, window: Window, vault: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for top, words in (
        (vault.parent, "Kept encrypted on this stick"),
        (tmp_path / "x", "encrypted on this laptop"),
    ):
        monkeypatch.setenv(portable.VARIABLE, str(top))
        window.show_unlock(vault)
        assert reads(window, words)

"""About, in the real window: what this build is, its self-test, an update on a stick, the licences."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QPlainTextEdit
from pytestqt.qtbot import QtBot

from cairn import __version__
from cairn.app.program import build, notices, selftest, updates
from cairn.app.program.build import Here
from cairn.app.program.selftest import Check
from cairn.qt.base.theme import theme
from cairn.qt.media.recording.capture import Capture
from cairn.qt.screens.settings.about import AboutGroup
from cairn.qt.screens.settings.licences import Licences
from cairn.qt.shell.window import Window
from cairn.qt.widgets import RowList
from qt.desk import choose, cut_off, find_button, press, reads, settle, texts, unnamed
from qt.hand import line, named, sheet
from releasing.making import make, trusted


def about(qtbot: QtBot, window: Window) -> AboutGroup:
    assert window.desk is not None
    window.desk.open("settings", "about")
    settle(qtbot)
    qtbot.wait(10)
    group = window.desk.shown("settings").groups["about"]  # type: ignore[attr-defined]
    assert isinstance(group, AboutGroup)
    return group


@pytest.fixture
def with_key(monkeypatch: pytest.MonkeyPatch) -> None:
    """A build that knows the key of the releases that the tests make."""
    monkeypatch.setattr(updates, "trusted", trusted)
    monkeypatch.setattr(build, "here", lambda: Here("linux", "x86_64", ("deb",)))


def test_versions_formats_and_abilities(
    qtbot: QtBot, opened: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    group = about(qtbot, opened)
    assert reads(group, f"Cairn {__version__}, run from source")
    assert reads(group, "vault/1, bundle/1, journal/1, custody/2, card/2")
    assert reads(group, "SQLCipher 4.") and reads(group, "OpenSSL ") and reads(group, "Qt 6.")
    assert reads(group, "none: this copy can't verify an update")
    assert not find_button(group, "Check an update on a stick…").isEnabled()
    assert reads(group, "Show HEIC photographs, as") and reads(group, "this system has no way to")
    monkeypatch.setattr(build, "can_decode", lambda kind: kind != "heic")
    opened.rebuild()
    again = about(qtbot, opened)
    assert reads(again, "this build has no decoder for them") and not reads(
        again, "Show HEIC photographs, as"
    )


def test_the_self_test_says_what_it_found(
    qtbot: QtBot, opened: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    # With a microphone: tests/sound. Qt goes on listing one that other tests have unplugged.
    monkeypatch.setattr(Capture, "microphones", lambda self: [])
    group = about(qtbot, opened)
    press(qtbot, group, "Test this build")
    qtbot.waitUntil(lambda: bool(group.results.checks), timeout=60_000)
    settle(qtbot)
    assert reads(group, "checks, all passed"), texts(group)
    assert reads(group, "A database is really encrypted") and reads(group, "A font for Korean is there.")
    assert group.test.isEnabled() and not cut_off(group)
    press(qtbot, group, "Copy as text")
    copied = QGuiApplication.clipboard().text()
    assert f"cairn: {__version__}" in copied and "\ndatabase: passed" in copied and "openssl: " in copied
    assert str(opened.desk.session.info.folder) not in copied  # type: ignore[union-attr]
    assert opened.desk.session.info.label not in copied  # type: ignore[union-attr]


def test_a_check_that_fails(qtbot: QtBot, opened: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    found = [
        Check("cipher", "plain text"),
        Check("recording", "microphone.refused", "FieldMic"),
        Check("words", ""),
    ]
    monkeypatch.setattr(selftest, "run", lambda **_: found)
    group = about(qtbot, opened)
    press(qtbot, group, "Test this build")
    qtbot.waitUntil(lambda: bool(group.results.checks))
    settle(qtbot)
    assert reads(group, "Not so in this copy (cipher plain text)") and not reads(group, "all passed")
    assert not reads(group, "(recording")
    assert "recording: FAILED microphone.refused\n" in group.as_text() and "FieldMic" not in group.as_text()


def test_a_recording_is_not_disturbed(qtbot: QtBot, opened: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    heard = []
    monkeypatch.setattr(selftest, "run", lambda *, probes, heard: asked.append(heard) or [Check("words", "")])
    asked: list[object] = heard
    group = about(qtbot, opened)
    monkeypatch.setattr(type(group.desk.recorder), "active", property(lambda _self: True))
    group.test.setEnabled(True)
    group.results.begin()
    qtbot.waitUntil(lambda: bool(group.results.checks))
    assert [one.why for one in asked] == ["busy"]  # type: ignore[attr-defined]


@pytest.mark.usefixtures("with_key")
def test_an_update_is_shown_after_it_was_verified(qtbot: QtBot, opened: Window, tmp_path: Path) -> None:
    stick = make(tmp_path / "stick")
    group = about(qtbot, opened)
    press(qtbot, group, "Check an update on a stick…")
    choose(qtbot, opened, stick)
    qtbot.waitUntil(lambda: reads(group, "Cairn 9.0.0 is newer"))
    settle(qtbot)
    assert reads(group, "Opens bundles faster.") and reads(group, "SHA256:")
    assert reads(group, "sudo apt install ./cairn_9.0.0_amd64.deb") and reads(group, "5. Start Cairn")
    assert len(named(group, "SHA-256", QPlainTextEdit).toPlainText()) == 64
    assert not cut_off(group) and not unnamed(group)


@pytest.mark.usefixtures("with_key")
def test_an_altered_update_shows_nothing_of_itself(qtbot: QtBot, opened: Window, tmp_path: Path) -> None:
    stick = make(tmp_path / "stick")
    (stick / "cairn_9.0.0_amd64.deb").write_bytes(b"x")
    group = about(qtbot, opened)
    group.update_line.check(stick)
    qtbot.waitUntil(lambda: reads(group, "This is no update to install."))
    assert reads(group, "is not the file that was signed") and not reads(group, "faster")
    assert group.update_line.choose.isEnabled()


@pytest.mark.usefixtures("with_key")
def test_an_older_one_gets_no_steps(
    qtbot: QtBot, opened: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(updates, "__version__", "10.0.0")
    group = about(qtbot, opened)
    group.update_line.check(make(tmp_path / "stick"))
    qtbot.waitUntil(lambda: reads(group, "is OLDER than this one"))
    assert not reads(group, "How to install it") and not reads(group, "apt install")


@pytest.mark.usefixtures("with_key")
def test_stopping_the_check(
    qtbot: QtBot, opened: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick = make(tmp_path / "stick")
    group = about(qtbot, opened)
    really = updates._hash

    def stopped(path: Path, tell: object) -> tuple[str, int]:
        group.update_line._task.cancel()  # type: ignore[union-attr]
        return really(path, tell)  # type: ignore[arg-type]

    monkeypatch.setattr(updates, "_hash", stopped)
    group.update_line.check(stick)
    qtbot.waitUntil(lambda: reads(group, "The check was stopped."))
    assert not reads(group, "faster")


@pytest.fixture
def licences(qtbot: QtBot, opened: Window) -> Iterator[Licences]:
    press(qtbot, about(qtbot, opened), "Licences…")
    found = sheet(opened).findChild(Licences)
    assert isinstance(found, Licences)
    qtbot.waitUntil(lambda: bool(found.parts))
    settle(qtbot)
    yield found


def test_licences_by_search_and_keyboard(qtbot: QtBot, opened: Window, licences: Licences) -> None:
    text = named(licences, "Text of the licence", QPlainTextEdit)
    qtbot.waitUntil(lambda: "Apache License" in text.toPlainText())
    assert not unnamed(sheet(opened)) and not cut_off(sheet(opened))
    line(licences, "Search by name or licence").setText("lgpl")
    settle(qtbot)
    rows = named(licences, "Parts", RowList)
    assert 3 <= rows.model().rowCount() < len(licences.parts)
    line(licences, "Search by name or licence").setText("so")
    settle(qtbot)
    rows.setFocus()
    before = text.toPlainText()
    qtbot.keyClick(rows, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: text.toPlainText() != before)
    line(licences, "Search by name or licence").setText("no such part")
    settle(qtbot)
    assert rows.model().rowCount() == 0 and text.toPlainText() == ""


def test_every_dependency_is_named(root: Path) -> None:
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    named_parts = {one.name.lower().replace("_", "-") for one in notices.all_parts()}
    assert {re.split("[=<>]", each)[0].lower() for each in project["dependencies"]} <= named_parts
    assert all(one.version for one in notices.all_parts() if one.name != "Cairn")


def test_notices_of_a_packaged_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from cairn import resources

    (tmp_path / "notices").mkdir()
    (tmp_path / "notices" / "index.json").write_text(
        '[{"name": "Qt", "version": "6.12.0", "licence": "LGPL-3.0-only", "of": "pyside6", "text": "qt.txt"}]'
    )
    (tmp_path / "notices" / "qt.txt").write_text("The text.")
    (tmp_path / "notices" / "LICENSE.txt").write_text("Apache License")
    monkeypatch.setattr(resources, "root", lambda: tmp_path)
    own, qt = notices.all_parts()
    assert (notices.text_of(own), notices.text_of(qt)) == ("Apache License", "The text.")


@pytest.mark.parametrize(("scale", "size"), [(100, (1280, 800)), (200, (1024, 640))])
@pytest.mark.usefixtures("with_key")
def test_nothing_is_cut_off(
    qtbot: QtBot, qapp: QApplication, opened: Window, tmp_path: Path, scale: int, size: tuple[int, int]
) -> None:
    theme().apply(qapp, scale=scale)
    opened.rebuild()
    opened.resize(*size)
    group = about(qtbot, opened)
    group.update_line.check(make(tmp_path / "stick"))
    qtbot.waitUntil(lambda: reads(group, "How to install it"))
    press(qtbot, group, "Licences…")
    settle(qtbot)
    qtbot.wait(20)
    assert not cut_off(group) and not cut_off(sheet(opened)) and not unnamed(sheet(opened))

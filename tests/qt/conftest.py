"""What holds for every test of the window: fresh settings, real vaults, and nothing left behind.

A test fails when it leaves a top-level widget or a thread, when Qt warns, or when a bug reaches
`sys.excepthook` (pytest-qt's hook is in its place while tests run).
"""

from __future__ import annotations

import gc
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.shared import FLOOR, PASSPHRASE, moulds
from cairn import paths
from cairn.app.kernel import session
from cairn.app.kernel.session import open_vault
from cairn.app.program import practice
from cairn.app.vault import recovery_words
from cairn.crypto import passphrase as phrases
from cairn.qt.base import language, tasks
from cairn.qt.shell.window import Window
from qt.desk import activate, field, look, make, office, settle
from sound.rig import microphone, rig

__all__ = ["field", "look", "make", "microphone", "moulds", "office", "rig"]


@pytest.fixture(scope="session", autouse=True)
def _own_sound(rig: object) -> None:
    """Tests hear and speak with a sound system of their own. Qt looks for one only once in a process."""


@pytest.fixture(autouse=True)
def _cheap_passphrases(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a new passphrase costs is not measured on this computer: it is the least that a reader takes."""
    monkeypatch.setattr(phrases, "calibrate", lambda: FLOOR)


@pytest.fixture(autouse=True)
def nothing_left(qapp: QApplication) -> Iterator[None]:
    """No widget and no thread outlives its test."""
    threads = set(threading.enumerate())
    before = list(QApplication.topLevelWidgets())
    yield
    tasks.shut_down()
    for _ in range(3):
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QApplication.processEvents()
        gc.collect()
    new = [w for w in QApplication.topLevelWidgets() if w not in before]
    left = [f"{type(w).__name__} “{w.accessibleName()}”" for w in new]
    assert not left, left
    late = {one for one in set(threading.enumerate()) - threads if not one.daemon}
    for one in late:
        one.join(5)
    assert not {one.name for one in late if one.is_alive()}
    # What stays stays for all tests: the next one need not look through it.
    gc.freeze()


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication, look: None) -> Iterator[Window]:
    """The real window, shown and in front, with no vault open."""
    language.set_language(qapp, "en")
    made = Window(qapp)
    made.resize(1280, 800)
    made.show()
    activate(qtbot, made)
    yield made
    if made.desk is not None:
        made.lock()
    settle(qtbot)
    made.close()
    made.deleteLater()
    language.set_language(qapp, "en")


@pytest.fixture(scope="session")
def _vault_made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("vault") / "Field 7"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(session, "RESERVE", 64 * 1024)
        patch.setattr(paths, "settings_folder", lambda: folder.parent)
        made, _ = session.create_vault(
            folder, label="Field 7", role="field", passphrase=PASSPHRASE, cost=FLOOR
        )
        recovery_words.proved(made)
        made.close()
    return folder


@pytest.fixture
def vault(_vault_made: Path, tmp_path: Path) -> Path:
    """The folder of an empty field vault that is locked. Its passphrase is `PASSPHRASE`."""
    folder = tmp_path / "vaults" / "Field 7"
    shutil.copytree(_vault_made, folder)
    return folder


@pytest.fixture
def opened(qtbot: QtBot, window: Window, vault: Path) -> Window:
    """The window with an empty field vault open."""
    window.enter(open_vault(vault, PASSPHRASE))
    settle(qtbot)
    return window


@pytest.fixture(scope="session")
def _practice_made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("practice") / "vault"
    practice.make(folder, cost=FLOOR)
    return folder


@pytest.fixture
def practised(qtbot: QtBot, window: Window, _practice_made: Path, tmp_path: Path) -> Window:
    """The window with a practice vault open: interviews in every state, files, a conflict, a contact."""
    folder = tmp_path / "practice"
    shutil.copytree(_practice_made, folder)
    window.enter(open_vault(folder, practice.PASSPHRASE))
    settle(qtbot)
    return window

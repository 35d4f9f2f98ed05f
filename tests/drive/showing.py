"""One run through all scenes in one variant: pictures of each, and what does not fit."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import Protocol

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from cairn.qt.base import language, tasks
from cairn.qt.base.theme import theme
from cairn.qt.shell.window import Window
from drive import fits, pseudo
from drive.person import wait_for
from drive.scenes import Scenes
from drive.stage import CONTENT, Stage
from drive.untranslated import untranslated


class How(Protocol):
    """A variant."""

    @property
    def mode(self) -> str: ...
    @property
    def language(self) -> str: ...
    @property
    def size(self) -> tuple[int, int]: ...
    @property
    def scale(self) -> int: ...
    @property
    def name(self) -> str: ...


def show(
    app: QApplication, stage: Stage, work: Path, pictures: Path | None, how: How
) -> tuple[list[str], list[str]]:
    """Names of the states that were shown, and what is wrong in them. Pictures go to `pictures` if given.

    In a pseudo-language what no catalogue has is wrong too.
    """
    with ExitStack() as speaking:
        if how.language in pseudo.CODES:
            speaking.enter_context(pseudo.spoken(app, how.language))
        else:
            language.set_language(app, how.language)
        return _shown(app, stage, work, pictures, how)


def _shown(
    app: QApplication, stage: Stage, work: Path, pictures: Path | None, how: How
) -> tuple[list[str], list[str]]:
    theme().apply(app, mode=how.mode, scale=how.scale)
    window = Window(app)
    window.resize(*how.size)
    window.show()
    QTest.qWaitForWindowExposed(window)
    names: list[str] = []
    wrong: list[str] = []

    def take(name: str) -> None:
        if name in names:
            raise AssertionError(f"{name} twice")
        names.append(name)
        if (window.width(), window.height()) != how.size:
            wrong.append(f"{name}: the window grew to {window.width()}×{window.height()}")
            window.resize(*how.size)
        found = fits.problems(window)
        if found:
            # While something is recorded the screen moves ten times a second: only what stays so is wrong.
            QTest.qWait(250)
            found = fits.problems(window)
        if how.language in pseudo.CODES:
            found += untranslated(
                window, (*CONTENT, str(out), out.name, stage.practice.name, stage.fresh.name)
            )
        wrong.extend(f"{name}: {line}" for line in found)
        if pictures is not None:
            window.grab().save(str(pictures / f"{name}-{how.name}.png"))

    out = work / "out"
    out.mkdir()
    try:
        Scenes(window, stage, out, take).play()
    finally:
        window.close()
        wait_for(lambda: tasks.busy() == 0)
        window.deleteLater()
        QTest.qWait(0)
    return names, wrong

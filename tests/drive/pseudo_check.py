"""The fast form of `./dev pictures pseudo`: the main screens in both pseudo-languages, also at 200 %, no pictures.

    python -m drive.pseudo_check

What does not fit or was never translated is printed; then the answer is 1.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

WAYS = (
    ("en-XA", (1024, 640), 100),
    ("en-XB", (1280, 800), 100),
    ("en-XA", (1280, 800), 200),
    ("en-XB", (1024, 640), 200),
)
"""Language, size of the window, text size in per cent."""
ROUNDS = 20
TABS = ("account", "read", "consent", "conversation", "files", "transcript", "history")


def main() -> int:
    """Look at them. 1 when something is wrong."""
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="cairn-check-") as name:
        folder = Path(name)
        for each in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "HOME"):
            os.environ[each] = str(folder / "home")
        os.environ["LC_ALL"] = "C.UTF-8"
        found, looked = _look(folder)
    for line in found:
        print(line)
    print(
        f"{looked} states in two languages and two text sizes, {len(found)} findings, {time.monotonic() - began:.0f} s"
    )
    return 1 if found else 0


def _look(folder: Path) -> tuple[list[str], int]:
    from cairn.app.kernel import session
    from cairn.app.program import practice
    from cairn.qt import application
    from cairn.qt.base import tasks
    from cairn.qt.base.theme import theme
    from cairn.qt.shell.window import Window
    from drive import pseudo, stage
    from drive.person import Person, wait_for
    from drive.untranslated import untranslated

    # A vault that is made in seconds and keeps little space in reserve; nothing of it is in the product.
    session.RESERVE = stage.SMALL_RESERVE
    practice.make(folder / "practice", cost=stage.FLOOR)
    app = application.make(["cairn"])
    found: list[str] = []
    looked = 0
    for code, size, scale in WAYS:
        theme().apply(app, mode="light", scale=scale)
        with pseudo.spoken(app, code):
            window = Window(app)
            window.resize(*size)
            window.show()
            person = Person(window, folder)
            for state in _states(window, folder / "practice", person.settle):
                person.settle()
                looked += 1
                lines = [*_lasting(window), *untranslated(window, ("practice",))]
                found += [f"{code}, {scale} %, {state}: {line}" for line in lines]
            window.close()
            wait_for(lambda: tasks.busy() == 0)
            window.deleteLater()
    tasks.shut_down()
    return found, looked


def _lasting(window: Any) -> list[str]:
    """What does not fit and goes on not fitting: a pane that was just filled takes some rounds to find its heights."""
    from PySide6.QtTest import QTest

    from drive import fits

    for _ in range(ROUNDS):
        found = fits.problems(window)
        if not found:
            break
        QTest.qWait(60)
    return found


def _states(window: Any, vault: Path, settle: Callable[[], None]) -> Iterator[str]:
    """Goes from state to state; each is looked at where its name is given."""
    from cairn.app.kernel import session
    from cairn.app.program import practice
    from cairn.qt.media.recording.capture import Microphone
    from cairn.qt.shell.registry import SCREENS

    gates = {
        "welcome": lambda: window.show_unlock(None),
        "unlock": lambda: window.show_unlock(vault),
        "set-up": window.show_setup,
        "restore": window.show_restore,
        "outside": window.show_outside,
    }
    for name, show in gates.items():
        show()
        yield name
    capture = window.recorder.capture
    # Nobody is listened to, and no finding depends on who has which microphone.
    capture.microphones = lambda: [Microphone("one", "Cairn", True)]
    capture.start = lambda key="": None
    window.enter(session.open_vault(vault, practice.PASSPHRASE))
    for entry in SCREENS:
        settle()
        window.desk.open(entry.name)
        yield entry.name
    window.desk.open("interviews")
    settle()
    screen = window.desk.shown("interviews")
    # What stands side by side, has most chips and most to say; and one that is finalised.
    for tone in ("warn", "good"):
        rows = screen.list.rows.rows
        screen.list.choose(next(row.id for row in rows if tone in {t for _, t in row.chips}), tell=True)
        for tab in TABS:
            settle()
            screen.workspace.tabs.open(tab)
            yield f"interview ({tone}), {tab}"


if __name__ == "__main__":
    sys.exit(main())

"""Typing Korean through a real input method: the keys g k s r m f become 한글 in the account."""

from __future__ import annotations

import os
import select
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.shared import PASSPHRASE
from cairn.app.interviews import interviews
from cairn.app.kernel import session
from qt.outside import typist

NEEDED = ("Xvfb", "dbus-run-session", "ibus-daemon", "ibus", "xdotool", "openbox")
ENGINE = Path("/usr/share/ibus/component/hangul.xml")
missing = [name for name in NEEDED if shutil.which(name) is None]
if not ENGINE.exists():
    missing.append("ibus-hangul")

SCRIPT = """
ibus-daemon -x -r --panel disable >/dev/null 2>&1 &
D=$!
trap 'kill $D 2>/dev/null' EXIT
for _ in $(seq 80); do ibus engine hangul >/dev/null 2>&1 && break; sleep 0.1; done
"$@"
"""


@pytest.fixture
def display() -> Iterator[str]:
    """A virtual screen with a window manager, without which the focus goes nowhere."""
    read, write = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", "1280x800x24", "-nolisten", "tcp"],
        pass_fds=[write],
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    with os.fdopen(read) as told:
        name = f":{told.readline().strip()}"
    manager = subprocess.Popen(["openbox"], env=dict(os.environ, DISPLAY=name), stderr=subprocess.DEVNULL)
    yield name
    for one in (manager, server):
        one.terminate()
        one.wait()


@pytest.mark.slow
@pytest.mark.skipif(bool(missing), reason=f"not installed: {', '.join(missing)}")
def test_hangul_is_typed_into_the_account(
    vault: Path, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, display: str
) -> None:
    # The name of a socket may have 107 letters, and IBus makes long ones.
    short = tmp_path_factory.mktemp("i")
    environment = dict(
        os.environ,
        DISPLAY=display,
        QT_QPA_PLATFORM="xcb",
        QT_IM_MODULE="ibus",
        XMODIFIERS="@im=ibus",
        LC_ALL="C.UTF-8",
        LANG="C.UTF-8",
        HOME=str(tmp_path),
        XDG_CONFIG_HOME=str(short / "config"),
        XDG_CACHE_HOME=str(short / "cache"),
        XDG_RUNTIME_DIR=str(short),
    )
    program = subprocess.Popen(
        ["dbus-run-session", "--", "sh", "-c", SCRIPT, "sh", sys.executable, typist.__file__, str(vault),
         PASSPHRASE, "wait"],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment, start_new_session=True,
    )  # fmt: skip
    try:
        said = Lines(program)
        assert said.until("ready", 60), said.seen
        engine = subprocess.run(["xdotool", "search", "--sync", "--onlyvisible", "--name", "^Cairn$"],
                                env=environment, capture_output=True, text=True, timeout=30, check=True)  # fmt: skip
        window = engine.stdout.split()[-1]
        subprocess.run(
            ["xdotool", "windowactivate", "--sync", window], env=environment, timeout=30, check=True
        )
        for attempt in range(3):
            # The engine begins in Latin or in Hangul, as its settings say: the key changes between them.
            keys = ["Hangul"] * min(attempt, 1) + [*"gksrmf", "space"]
            subprocess.run(
                ["xdotool", "key", "--delay", "120", *keys], env=environment, timeout=30, check=True
            )
            if said.until("한글", 5):
                break
        assert any("한글" in line for line in said.seen), said.seen
        # And a lock in the middle of a syllable.
        keys = ["s", "k", "f", "k", "ctrl+l"]
        subprocess.run(["xdotool", "key", "--delay", "120", *keys], env=environment, timeout=30, check=True)
        assert said.until("locked", 20), said.seen
        interview = next(line for line in said.seen if line.startswith("ready")).split()[1]
    finally:
        os.killpg(program.pid, signal.SIGKILL)
        with program:  # waits, and closes the pipe
            pass
    opened = session.open_vault(vault, PASSPHRASE)
    draft = interviews.load(opened, interview).draft
    opened.close()
    assert draft is not None
    kept = interviews.read_draft(draft).account + draft.composing
    assert kept.endswith("한글 나라"), kept


class Lines:
    """What a program says, line by line, without waiting for ever."""

    def __init__(self, program: subprocess.Popen[bytes]) -> None:
        assert program.stdout is not None
        self._out = program.stdout
        self._rest = b""
        self.seen: list[str] = []

    def until(self, words: str, seconds: float) -> bool:
        """Read until a line has `words`."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if select.select([self._out], [], [], 0.2)[0]:
                data = os.read(self._out.fileno(), 65536)
                if not data:
                    return False
                *lines, self._rest = (self._rest + data).split(b"\n")
                self.seen += [line.decode() for line in lines]
            if any(words in line for line in self.seen):
                return True
        return False

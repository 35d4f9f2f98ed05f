"""What a person at a computer has around the program: a screen, a session, somebody who reads the screen aloud.

All of it runs outside of the root, as the person whose number the account in the root has; the root sees
sockets alone. The program is told nothing of it but what every desktop tells every program.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import time
from pathlib import Path
from typing import Any

from rooms import Room, User

SIZE = (1280, 800)
PATIENCE_S = 60
SYSTEM_PYTHON = "/usr/bin/python3"
LAUNCHERS = ("/usr/libexec/at-spi-bus-launcher", "/usr/lib/at-spi2-core/at-spi-bus-launcher")


def until(holds: Any, what: str, seconds: float = PATIENCE_S) -> Any:
    """Wait for `holds`; what it gave. Raises RuntimeError with `what`."""
    end = time.monotonic() + seconds
    while not (found := holds()):
        if time.monotonic() > end:
            raise RuntimeError(what)
        time.sleep(0.02)
    return found


class Screen:
    """A screen nobody sees, with a window manager: without one, windows don't get the keyboard."""

    def __init__(self, folder: Path) -> None:
        subprocess.run(["mount", "-t", "tmpfs", "-o", "mode=0755", "tmpfs", "/run"], check=True)
        ready, write = os.pipe()
        self._processes = [
            subprocess.Popen(
                ["Xvfb", "-displayfd", str(write), "-screen", "0", f"{SIZE[0]}x{SIZE[1]}x24"]
                + ["-nolisten", "tcp", "-ac", "-noreset"],
                pass_fds=[write],
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        ]
        os.close(write)
        with os.fdopen(ready) as told:
            self.number = told.readline().strip()
        if not self.number:
            raise RuntimeError("the virtual screen did not start")
        self.display = f":{self.number}"
        self.socket = Path(f"/tmp/.X11-unix/X{self.number}")  # noqa: S108  # where every X server listens
        self.environment = {**os.environ, "DISPLAY": self.display}
        self._taught: set[str] = set()
        self.retyped: list[str] = []
        """Fields that had to be typed into once more, and what they held instead."""
        home = folder / "screen-home"
        home.mkdir(exist_ok=True)
        self._processes.append(
            subprocess.Popen(
                ["openbox", "--sm-disable"],
                env={**self.environment, "HOME": str(home), "XDG_CONFIG_HOME": str(home)},
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        )
        until(lambda: self._managed(), "the window manager did not start")

    def _managed(self) -> bool:
        done = subprocess.run(
            ["xdotool", "get_num_desktops"], env=self.environment, capture_output=True, check=False
        )
        return done.returncode == 0

    def do(self, *words: str | int) -> str:
        """One command of xdotool: a hand on mouse and keyboard."""
        done = subprocess.run(
            ["xdotool", *map(str, words)],
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
        if done.returncode:
            raise RuntimeError(f"xdotool {' '.join(map(str, words))[:80]}: {done.stderr.strip()}")
        return done.stdout.strip()

    def teach(self, words: str) -> None:
        """Give every letter that no key types yet a spare key of its own.

        Otherwise xdotool borrows a key for each letter as it comes, and programs mix up what it meant when.
        """
        new = sorted({letter for letter in words if not letter.isascii()} - self._taught)
        if not new:
            return
        keys = self._keyboard("-pke").splitlines()
        spare = [line.split()[1] for line in keys if line.rstrip().endswith("=")]
        spare += [line.split()[1] for line in keys if " XF86" in line]  # volume, mail and the like
        if len(spare) < len(new):
            raise RuntimeError(f"{len(spare)} spare keys for {len(new)} letters")
        wanted = [f"keycode {key} = U{ord(letter):04X}" for key, letter in zip(spare, new, strict=False)]
        self._keyboard(*(word for line in wanted for word in ("-e", line)))
        self._taught |= set(new)
        time.sleep(0.3)  # no program says when it has heard of its new keys

    def _keyboard(self, *words: str) -> str:
        done = subprocess.run(
            ["xmodmap", *words], env=self.environment, capture_output=True, text=True, check=True
        )
        return done.stdout

    def picture(self, file: Path) -> None:
        """What is on the screen now."""
        subprocess.run(
            ["import", "-window", "root", "-define", "png:exclude-chunks=date,time", str(file)],
            env=self.environment,
            check=True,
            capture_output=True,
            timeout=60,
        )


class Desktop:
    """One person's session: a bus, and the reader of the screen on it."""

    def __init__(self, screen: Screen, user: User) -> None:
        self.user, self.screen = user, screen
        self.runtime = Path(f"/run/user/{user.number}")
        self.runtime.mkdir(parents=True, exist_ok=True)
        for one in (self.runtime,):
            one.chmod(0o700)
            os.chown(one, user.number, user.number)
        bus = self.runtime / "bus"
        self.environment = {
            "DISPLAY": screen.display,
            "XDG_RUNTIME_DIR": str(self.runtime),
            "DBUS_SESSION_BUS_ADDRESS": f"unix:path={bus}",
        }
        self._processes = [
            self._start(["dbus-daemon", "--session", "--nofork", f"--address=unix:path={bus}"])
        ]
        until(bus.exists, "the session's bus did not start")
        launcher = next(one for one in LAUNCHERS if Path(one).exists())
        self._processes.append(self._start([launcher, "--launch-immediately"]))
        until(lambda: self._reads_aloud(), "the accessibility bus did not start")
        self._reader = self._start([SYSTEM_PYTHON, str(Path(__file__).with_name("hand.py"))], talk=True)

    def _start(self, words: list[str], *, talk: bool = False) -> subprocess.Popen[str]:
        own = [
            "setpriv",
            f"--reuid={self.user.number}",
            f"--regid={self.user.number}",
            "--clear-groups",
            "--",
        ]
        return subprocess.Popen(
            [*own, *words],
            env={"PATH": "/usr/bin:/bin", "HOME": str(self.runtime), "LANG": "C.UTF-8", **self.environment},
            stdin=subprocess.PIPE if talk else subprocess.DEVNULL,
            stdout=subprocess.PIPE if talk else subprocess.DEVNULL,
            stderr=None if os.environ.get("CAIRN_SMOKE_LOUD") else subprocess.DEVNULL,
            text=True,
        )

    def _reads_aloud(self) -> bool:
        """As a desktop does when its screen reader is switched on; programs look at this."""
        own = [
            "setpriv",
            f"--reuid={self.user.number}",
            f"--regid={self.user.number}",
            "--clear-groups",
            "--",
        ]
        done = subprocess.run(
            [*own, "dbus-send", "--session", "--print-reply", "--dest=org.a11y.Bus", "/org/a11y/bus"]
            + ["org.freedesktop.DBus.Properties.Set", "string:org.a11y.Status", "string:ScreenReaderEnabled"]
            + ["variant:boolean:true"],
            env={"PATH": "/usr/bin:/bin", **self.environment},
            capture_output=True,
            check=False,
        )
        return done.returncode == 0

    def ask(self, **what: Any) -> Any:
        """Ask the reader of the screen."""
        if self._reader.stdin is None or self._reader.stdout is None:
            raise RuntimeError("the reader of the screen has no ears")
        self._reader.stdin.write(json.dumps(what) + "\n")
        self._reader.stdin.flush()
        said = self._reader.stdout.readline()
        if not said:
            raise RuntimeError("the reader of the screen is gone")
        told = json.loads(said)
        if "failed" in told:
            raise LookupError(told["failed"])
        return told["answer"]

    def enter(self, room: Room) -> None:
        """The root sees the screen, the bus and the session's folder."""
        room.bring(self.screen.socket, str(self.screen.socket))
        room.bring(self.runtime, str(self.runtime))

    def close(self) -> None:
        """The session ends."""
        for process in (self._reader, *reversed(self._processes)):
            process.terminate()
        for process in (self._reader, *self._processes):
            process.wait(10)
        shutil.rmtree(self.runtime, ignore_errors=True)

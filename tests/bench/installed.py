"""The installed program beside KeePassXC: seconds from the start of the process to letters on the screen."""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

from bench.looker import Looker
from bench.start import virtual_screen
from bench.table import Figure
from bench.worker import ROOT

INSTALLED = Path("/usr/bin/cairn")
BUILT = ROOT / "build" / "package" / "frozen" / "cairn" / "cairn"
CACHES = Path("/proc/sys/vm/drop_caches")
PEER = "keepassxc"
WARM_MOST_S = 0.6
COLD_MOST_S = 1.2


def program() -> Path:
    """The installed program, else the one that `./dev package frozen` built. Raises RuntimeError without."""
    for found in (INSTALLED, BUILT):
        if found.is_file():
            return found
    raise RuntimeError("nothing is installed or built: run ./dev package frozen")


def measure(folder: Path, times: int, say: Callable[[str], None]) -> list[Figure]:
    """Warm and, where the page cache may be emptied, cold; interleaved with the peer; the middle one counts."""
    commands = {"Cairn": [str(program())]}
    if shutil.which(PEER):
        commands["KeePassXC"] = [PEER, "--config", str(_settled(folder))]
    figures = []
    with virtual_screen("1280x800x24") as display:
        looker = Looker(display)
        for each in commands.values():
            _start(each, folder, display, looker)  # the first start of all sets things up
        for kind, most in (("warm", WARM_MOST_S), ("cold", COLD_MOST_S)):
            if kind == "cold" and not os.access(CACHES, os.W_OK):
                say("not root: no cold start")
                continue
            say(f"starting the installed program, {kind}")
            spent: dict[str, list[float]] = {name: [] for name in commands}
            for _ in range(times):
                for name, command in commands.items():
                    if kind == "cold":
                        os.sync()
                        CACHES.write_text("3")
                    spent[name].append(_start(command, folder, display, looker))
            figures.append(
                _figure(kind, {name: statistics.median(all_) for name, all_ in spent.items()}, most)
            )
        looker.close()
    return figures


def _figure(kind: str, spent: dict[str, float], most: float) -> Figure:
    own = spent["Cairn"]
    peer = spent.get("KeePassXC")
    return Figure(
        f"installed: window on screen, {kind}",
        f"{own:.2f} s",
        f"KeePassXC {peer:.2f} s" if peer else "",
        round(peer / own, 3) if peer else None,
        f"≤ {most:g} s",
        own <= most,
        round(own, 4),
        "s",
    )


def _start(command: list[str], folder: Path, display: str, looker: Looker) -> float:
    """Seconds until letters are on the screen. The program has ended when this returns."""
    environment = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
    home = folder / "home"
    home.mkdir(exist_ok=True, mode=0o700)
    environment |= {"HOME": str(home), "DISPLAY": display, "XDG_RUNTIME_DIR": str(home)}
    begun = time.monotonic()
    process = subprocess.Popen(
        command,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        return looker.wait_for_text(60) - begun
    finally:
        process.terminate()
        process.wait(30)
        looker.wait_for_nothing(10)


def _settled(folder: Path) -> Path:
    """A configuration in which KeePassXC asks nothing at its start."""
    file = folder / "keepassxc.ini"
    file.write_text("[General]\nUpdateCheckMessageShown=true\n\n[GUI]\nCheckForUpdates=false\n", "utf-8")
    return file

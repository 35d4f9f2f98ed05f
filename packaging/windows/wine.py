"""A throw-away Windows of Wine for the rehearsal: its own folder, its own user with a Korean name."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from pathlib import Path

LOADERS = ("/usr/lib/wine/wine64", "wine64", "wine")
SERVERS = ("/usr/lib/wine/wineserver64", "/usr/lib/wine/wineserver", "wineserver")
USER = "김기록 Rekorder"
SECONDS = 180


def find(names: tuple[str, ...]) -> str | None:
    """The first of `names` that can be started."""
    return next((found for found in map(shutil.which, names) if found), None)


def missing() -> list[str]:
    """What the rehearsal lacks on this machine, as Debian's packages."""
    lacking = [] if shutil.which("makensis") else ["nsis"]
    return lacking if find(LOADERS) and find(SERVERS) else [*lacking, "wine64"]


class Wine:
    """One prefix. Close it: its server and what runs in it end, and nothing else."""

    def __init__(self, folder: Path) -> None:
        """Raises RuntimeError when Wine is missing or does not start."""
        loader, server = find(LOADERS), find(SERVERS)
        if loader is None or server is None:
            raise RuntimeError("Wine is missing")
        self._loader, self._server = loader, server
        self.prefix = folder
        folder.mkdir(parents=True)
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "XDG_RUNTIME_DIR") if name in os.environ}
        self._environment = {
            **kept,
            "WINEPREFIX": str(folder),
            "WINEDEBUG": "-all",
            # Without Mono, Gecko and the desktop's menus: nothing is fetched, nothing is left outside.
            "WINEDLLOVERRIDES": "mscoree=;mshtml=;winemenubuilder.exe=",
            "LC_ALL": "C.UTF-8",
        }
        if self.run("wineboot", "-i").returncode != 0:
            raise RuntimeError("Wine does not start")
        self.home = folder / "drive_c" / "users" / USER
        self.local = self.home / "AppData" / "Local"
        self.menu = self.home / "Menu"
        self.temp = folder / "drive_c" / "temp"
        for made in (self.local, self.menu, self.temp):
            made.mkdir(parents=True)
        shell = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Explorer\User Shell Folders"
        for name, path in (("Local AppData", self.local), ("Programs", self.menu)):
            self.run("reg", "add", shell, "/v", name, "/t", "REG_SZ", "/d", self.path(path), "/f")
        for name in ("TEMP", "TMP"):
            self.run("reg", "add", r"HKCU\Environment", "/v", name, "/d", self.path(self.temp), "/f")
            self._environment[name] = self.path(self.temp)
        self.windows("win10")

    def windows(self, version: str) -> None:
        """Which Windows programs see from now on: `win10`, or `win7`."""
        self.run("winecfg", "-v", version)
        self.settle()

    def path(self, path: Path) -> str:
        """A path as the Windows inside calls it."""
        drive = self.prefix / "drive_c"
        if path.is_relative_to(drive):
            return "C:\\" + "\\".join(path.relative_to(drive).parts)
        return "Z:" + str(path).replace("/", "\\")

    def begin(self, *command: str | Path) -> subprocess.Popen[bytes]:
        """Start something inside and do not wait for it."""
        words = [self.path(word) if isinstance(word, Path) else word for word in command]
        return subprocess.Popen(
            [self._loader, *words],
            env=self._environment,
            cwd=self.prefix,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    def run(self, *command: str | Path) -> subprocess.CompletedProcess[str]:
        """Run something inside to its end: exit code and what it said."""
        begun = self.begin(*command)
        try:
            said, _ = begun.communicate(timeout=SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(begun.pid, signal.SIGKILL)
            begun.communicate()
            raise
        return subprocess.CompletedProcess(command, begun.returncode, said.decode("utf-8", "replace"))

    def line(self, line: str, **variables: str | Path) -> subprocess.CompletedProcess[str]:
        """Run a line as it stands, where an argument with spaces must not be quoted; `%NAME%` is replaced."""
        names = {name: self.path(to) if isinstance(to, Path) else to for name, to in variables.items()}
        batch = self.temp / "line.bat"
        batch.write_bytes(f"@{line}\r\n".encode("ascii"))
        before = dict(self._environment)
        self._environment.update(names)
        try:
            return self.run("cmd", "/c", batch)
        finally:
            self._environment = before

    def registry(self, key: str, name: str = "") -> str | None:
        """A value of the current user's registry; None when it isn't there."""
        asked = self.run("reg", "query", "HKCU\\" + key, *(("/v", name) if name else ("/ve",)))
        if asked.returncode != 0:
            return None
        for line in asked.stdout.splitlines():
            parts = line.strip().split("    ")
            if len(parts) >= 3 and parts[1].startswith("REG_"):
                return parts[2]
        return None

    def has_key(self, key: str) -> bool:
        """Is there such a key in the current user's registry?"""
        return self.run("reg", "query", "HKCU\\" + key).returncode == 0

    def settle(self) -> None:
        """Wait until nothing runs inside and everything is written."""
        subprocess.run([self._server, "-w"], env=self._environment, timeout=SECONDS, check=False)

    def close(self) -> None:
        """End everything that runs in this prefix, and take it away."""
        subprocess.run([self._server, "-k"], env=self._environment, timeout=SECONDS, check=False)
        self.settle()
        shutil.rmtree(self.prefix)

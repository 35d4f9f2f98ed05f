"""A print system of its own for a test: CUPS's server on a socket in a folder, with queues that wait for nobody."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

LONG = 20_000
_SERVER = shutil.which("cupsd", path=os.environ.get("PATH", "") + ":/usr/sbin:/sbin")
_ADMIN = shutil.which("lpadmin", path=os.environ.get("PATH", "") + ":/usr/sbin:/sbin")
NEEDED = pytest.mark.skipif(not (_SERVER and _ADMIN), reason="CUPS's server is not here")

_CONF = """\
LogLevel warn
Listen {folder}/sock
Browsing Off
DirtyCleanInterval 0
WebInterface No
DefaultAuthType None
<Location />
  Order allow,deny
  Allow all
</Location>
<Policy default>
  <Limit All>
    Order allow,deny
    Allow all
  </Limit>
</Policy>
"""
_FILES = """\
ServerRoot {folder}/root
StateDir {folder}/run
RequestRoot {folder}/spool
CacheDir {folder}/cache
TempDir {folder}/tmp
ErrorLog {folder}/error.log
AccessLog {folder}/access.log
PageLog {folder}/page.log
FileDevice Yes
Sandboxing relaxed
User lp
Group lp
SystemGroup root
"""


class PrintSystem:
    """Queues that are stopped, so that what they were given stays in the spool."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def queue(self, name: str, uri: str, *more: str) -> None:
        """Set up a queue that takes jobs and does not begin them."""
        subprocess.run(
            [str(_ADMIN), "-p", name, "-v", uri, "-m", "raw", *more], check=True, capture_output=True
        )
        accept = str(Path(str(_ADMIN)).with_name("cupsaccept"))
        subprocess.run([accept, name], check=True, capture_output=True)

    def spooled(self) -> list[bytes]:
        """What lies in the queues, as the print system keeps it."""
        return [each.read_bytes() for each in sorted((self.folder / "spool").glob("d*"))]

    def jobs(self) -> str:
        """What anybody who asks is told of the jobs."""
        return subprocess.run(["lpstat", "-o"], check=True, capture_output=True, text=True).stdout


@contextmanager
def print_system(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[PrintSystem]:
    """One that runs, and that this process and its children ask."""
    # A socket's path has little room.
    folder = Path(tempfile.mkdtemp(prefix="cups-", dir="/tmp"))
    folder.chmod(0o755)
    for name in ("root", "run", "spool", "cache", "tmp"):
        (folder / name).mkdir()
    (folder / "cupsd.conf").write_text(_CONF.format(folder=folder))
    (folder / "cups-files.conf").write_text(_FILES.format(folder=folder))
    asked = [str(_SERVER), "-f", "-c", str(folder / "cupsd.conf"), "-s", str(folder / "cups-files.conf")]
    server = subprocess.Popen(asked, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        qtbot.waitUntil((folder / "sock").is_socket, timeout=LONG)
        monkeypatch.setenv("CUPS_SERVER", str(folder / "sock"))
        yield PrintSystem(folder)
    finally:
        server.terminate()
        server.wait()
        shutil.rmtree(folder, ignore_errors=True)

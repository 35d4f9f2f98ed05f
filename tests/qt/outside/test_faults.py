"""Faults of the machine, met by the real program in a process of its own: one sentence each, never a traceback."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from app.shared import PASSPHRASE
from cairn.app.kernel.sentences import sentence

LOOKING = Path(__file__).with_name("looking.py")
ROOT = Path(__file__).resolve().parents[3]
NO_OVERRIDE = ["setpriv", "--bounding-set", "-dac_override,-dac_read_search"]
"""Even root is refused then what its permissions don't allow."""


@dataclass(frozen=True)
class Seen:
    """What could be read in the window, or on the terminal."""

    code: int
    texts: list[str]
    fields: list[str]
    open: bool
    err: str

    def reads(self, words: str) -> bool:
        return any(words in text for text in self.texts)


def environment(home: Path | None, **more: str) -> dict[str, str]:
    kept = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "QT_QPA_PLATFORM": "offscreen"}
    if home is not None:
        kept["HOME"] = str(home)
    return {**kept, "PYTHONPATH": f"{ROOT / 'desktop'}:{ROOT / 'tests'}", **more}


def look(
    action: str,
    home: Path | None,
    *given: str | Path,
    before: Sequence[str] = (),
    env: dict[str, str] | None = None,
) -> Seen:
    """Start the program, do `action` (see looking.py) and tell what can be read. `before` starts it differently."""
    done = subprocess.run(
        [*before, sys.executable, "-X", "dev", "-X", "faulthandler", str(LOOKING), action, *map(str, given)],
        env={**environment(home), **(env or {})}, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    if "unshare" in done.stderr or "mount:" in done.stderr or "setpriv:" in done.stderr:
        pytest.skip("no mounts or permissions of one's own are allowed here")
    assert "Traceback" not in done.stderr and "Fatal" not in done.stderr, done.stderr
    found = json.loads(done.stdout) if done.stdout else {"texts": [], "fields": [], "open": False}
    return Seen(done.returncode, err=done.stderr, **found)


def mounted(line: str, folder: Path) -> list[str]:
    """Start a command where it alone sees a mount; `$1` in the shell's `line` is `folder`."""
    return ["unshare", "-rm", "sh", "-c", line + ' && shift && exec "$@"', "sh", str(folder)]


HOLD = """
import fcntl, os, sys
file = os.open(sys.argv[1], os.O_RDWR)
fcntl.flock(file, fcntl.LOCK_EX)
print("held", flush=True)
sys.stdin.read()
"""
NO_PULSE = """
for f in $(ls /usr/lib/*/libpulse*.so* /usr/lib/*/pulseaudio/*.so 2>/dev/null); do mount --bind /dev/null "$f"; done
shift; exec "$@"
"""
READ_ONLY = 'mount --bind "$1" "$1" && mount -o remount,bind,ro "$1"'
FULL = 'mount -t tmpfs -o size=1m none "$1" && head -c 900000 /dev/zero > "$1/full"'


def test_a_home_folder_that_is_missing(tmp_path: Path) -> None:
    home = tmp_path / "no" / "home"
    assert look("read", home).reads("Welcome to Cairn")
    assert look("setup:", home).reads("Write these 24 words on paper")
    # The window has ended, and has left no lock behind.
    assert (home / ".local/share/cairn/vaults/Vault/vault.hdr").exists()


def test_a_home_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    seen = look("setup:", tmp_path / "file")
    assert seen.code == 0 and seen.reads(sentence("machine.gone"))


def test_a_home_folder_that_can_only_be_read(tmp_path: Path) -> None:
    home = tmp_path / "closed"
    home.mkdir()
    seen = look("setup:", home, before=mounted(READ_ONLY, home))
    assert seen.code == 0 and seen.reads(sentence("machine.read-only")) and seen.reads("Make the vault")
    assert seen.fields == ["현장 7"], "what was typed is still there"
    assert not list(home.iterdir())


def test_a_home_folder_on_a_full_disk(tmp_path: Path) -> None:
    seen = look("setup:", tmp_path, before=mounted(FULL, tmp_path))
    assert seen.code == 0 and seen.reads(sentence("machine.disk-full"))


@pytest.mark.parametrize("damage", ["half", "noise", "folder", "other", "closed"])
def test_settings_that_can_not_be_read(tmp_path: Path, damage: str) -> None:
    file = tmp_path / ".config" / "cairn" / "settings.json"
    file.parent.mkdir(parents=True)
    before: list[str] = []
    if damage == "folder":
        file.mkdir()
    else:
        file.write_bytes({"half": b'{"language": "k', "noise": os.urandom(5000)}.get(damage, b'{"theme": 7}'))
    if damage == "closed":
        file.chmod(0)
        before = NO_OVERRIDE if os.geteuid() == 0 else []
    seen = look("read", tmp_path, before=before)
    assert seen.code == 0 and seen.reads("Welcome to Cairn") and not seen.err


@pytest.fixture
def known(vault: Path, tmp_path: Path) -> Path:
    """A home whose settings know the vault."""
    home = tmp_path / "home of its own"
    folder = home / ".config" / "cairn"
    folder.mkdir(parents=True)
    (folder / "settings.json").write_text(json.dumps({"vaults": [str(vault)]}), "utf-8")
    return home


def test_a_vault_on_a_stick_that_can_only_be_read(known: Path, vault: Path) -> None:
    seen = look(f"unlock:{PASSPHRASE}", known, before=mounted(READ_ONLY, vault.parent))
    assert seen.open and seen.reads(sentence("vault.to-read-medium")) and seen.reads("Try again")
    # Nothing was harmed: writable again, it opens.
    assert look(f"unlock:{PASSPHRASE}", known).open


def test_a_vault_of_another_person(known: Path, vault: Path) -> None:
    before = []
    if os.geteuid() == 0:
        for path in (vault, *vault.rglob("*")):
            os.chown(path, 65534, 65534)
        before = NO_OVERRIDE
    else:
        (vault / "vault.hdr").chmod(0)
        vault.chmod(0o500)
    seen = look(f"unlock:{PASSPHRASE}", known, before=before)
    assert seen.code == 0 and not seen.open
    # A folder that may not be looked into is not even known; what may be, says why it does not open.
    assert seen.reads(sentence("machine.not-allowed")) or seen.reads("Welcome to Cairn")


def test_a_second_window_says_that_the_vault_is_open(known: Path, vault: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(vault / "vault.lock")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as other:
        assert other.stdout is not None and other.stdin is not None
        assert other.stdout.readline() == b"held\n"
        seen = look(f"unlock:{PASSPHRASE}", known)
        assert not seen.open and seen.reads(sentence("vault.in-use"))
        # A bundle can be looked at all the same.
        bundle = vault.parent / "묶음.age"
        bundle.write_bytes(b"no bundle")
        assert look("read", known, bundle).reads("This is not a bundle")
        other.stdin.close()
    assert look(f"unlock:{PASSPHRASE}", known).open


@pytest.mark.parametrize("locale", ["C.UTF-8", "C", "ko_KR.UTF-8"])
def test_a_korean_user_in_a_korean_folder(tmp_path: Path, locale: str) -> None:
    home = tmp_path / "사용자" / "김 선생"
    home.mkdir(parents=True)
    seen = look("setup:", home, env={"LC_ALL": locale})
    assert seen.code == 0 and any("24" in text for text in seen.texts), seen
    (made,) = (home / ".local" / "share" / "cairn" / "vaults").iterdir()
    assert (made / "vault.hdr").is_file()
    # The same by the command line, from a folder with a Korean name.
    vault, key = home / "한글 보관함", tmp_path / "암호"
    key.write_text(PASSPHRASE + "\n", "utf-8")
    for arguments in (
        ["vault", "create", vault, "--name", "현장", "--role", "field", "--passphrase-file", key],
        ["interview", "add", vault, "--title", "그해 겨울", "--attach", key, "--passphrase-file", key],
        ["vault", "check", vault, "--passphrase-file", key],
    ):
        done = subprocess.run(
            [sys.executable, "-m", "cairn", *map(str, arguments)], env=environment(home, LC_ALL=locale),
            capture_output=True, timeout=120, check=False,
        )  # fmt: skip
        assert done.returncode == 0 and b"Traceback" not in done.stderr, done.stderr


def test_a_system_without_a_sound_library(vault: Path, known: Path) -> None:
    """libpulse can't be loaded: the program opens all the same, and a recording says what is missing."""
    hidden = ["unshare", "-rm", "sh", "-c", NO_PULSE, "sh", "-"]
    seen = look(f"conversation:{PASSPHRASE}", known, before=hidden)
    assert seen.open and seen.code == 0 and seen.reads(sentence("microphone.no-sound-system"))


DISPLAYS = {
    "none": ({}, "machine.no-display"),
    "x": ({"DISPLAY": ":4077"}, "machine.display-unreachable"),
    "x asked for": ({"DISPLAY": ":4077", "QT_QPA_PLATFORM": "xcb"}, "machine.display-unreachable"),
    "x nonsense": ({"DISPLAY": "nonsense"}, "machine.display-unreachable"),
    "wayland": ({"WAYLAND_DISPLAY": "nobody-0"}, "machine.display-unreachable"),
    "both": ({"WAYLAND_DISPLAY": "nobody-0", "DISPLAY": ":4077"}, "machine.display-unreachable"),
}


@pytest.mark.skipif(sys.platform != "linux", reason="asked on Linux alone")
@pytest.mark.parametrize("case", DISPLAYS)
def test_a_display_that_can_not_be_reached(tmp_path: Path, case: str) -> None:
    more, code = DISPLAYS[case]
    clean = environment(tmp_path)
    del clean["QT_QPA_PLATFORM"]
    done = subprocess.run(
        [sys.executable, "-m", "cairn"], env={**clean, **more}, capture_output=True, text=True, timeout=60,
        check=False,
    )  # fmt: skip
    assert done.returncode == 5 and done.stderr.strip() == f"cairn: {sentence(code)}"


@pytest.mark.skipif(shutil.which("Xvfb") is None, reason="needs Xvfb")
def test_a_library_that_windows_need_is_named(tmp_path: Path) -> None:
    from ctypes.util import find_library

    if find_library("xcb-cursor") is None:
        pytest.skip("this system lacks it anyway")
    read, write = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-nolisten", "tcp"], pass_fds=(write,), stderr=subprocess.DEVNULL
    )
    os.close(write)
    try:
        with os.fdopen(read) as told:
            display = ":" + told.readline().strip()
        hide = 'for f in /usr/lib/*/libxcb-cursor.so*; do mount --bind /dev/null "$f"; done && shift && exec "$@"'
        done = subprocess.run(
            ["unshare", "-rm", "sh", "-c", hide, "sh", "-", sys.executable, "-m", "cairn"],
            env=environment(tmp_path, QT_QPA_PLATFORM="xcb", DISPLAY=display), capture_output=True, text=True,
            timeout=60, check=False,
        )  # fmt: skip
    finally:
        server.terminate()
        server.wait(20)
    if "unshare" in done.stderr or "mount:" in done.stderr:
        pytest.skip("no mounts of one's own are allowed here")
    assert done.returncode == 5 and "lacks the library libxcb-cursor.so.0" in done.stderr, done.stderr


@pytest.mark.parametrize("given", ["gone.age", "없는 파일.contact", "file:///nowhere/a.age"])
def test_a_file_that_is_not_there(tmp_path: Path, given: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "cairn", given], env=environment(tmp_path), cwd=tmp_path, capture_output=True,
        text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 3 and done.stderr.startswith("cairn: There is no file ")
    assert len(done.stderr.strip().splitlines()) == 1


def test_a_file_address_with_korean_in_it(tmp_path: Path) -> None:
    path = tmp_path / "묶음 하나.age"
    path.write_bytes(b"age-encryption.org/v1\n")
    seen = look("read", tmp_path / "home", path.as_uri())
    assert seen.code == 0 and seen.reads("Look at a bundle") and not seen.reads("Welcome")

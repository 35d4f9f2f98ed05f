"""The packages of the lock as Windows takes them: downloaded for it, compared with the lock's hashes, unpacked."""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
from pathlib import Path

import interpreter

ROOT = Path(__file__).resolve().parents[3]
LOCK = ROOT / "packaging" / "locks" / "requirements-package.lock"
DEV_LOCK = ROOT / "packaging" / "locks" / "requirements-dev.lock"
SOURCE_ALONE = ("bagit==",)
"""One module of Python that the registry has no wheel of; whoever needs it copies this system's own."""
_LINE = re.compile(r"^([A-Za-z0-9._-]+==[^ ;\\]+)(?: ; ([^\\]+?))? \\$", re.MULTILINE)
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


class NotLocked(Exception):
    """A file came that the lock does not know; the text names it."""


def wanted(lock: str) -> list[str]:
    """What of the text of a lock a Windows Python installs, as `name==version`."""
    return [place[1] for place in _LINE.finditer(lock) if "darwin" not in (place[2] or "")]


def platform() -> list[str]:
    """What tells pip for which Python to choose."""
    number = "{}.{}".format(*interpreter.VERSION)
    abi = "cp{}{}".format(*interpreter.VERSION)
    words = ["--platform", "win_amd64", "--python-version", number, "--implementation", "cp"]
    words += ["--abi", abi, "--abi", "abi3", "--abi", "none"]
    return [*words, "--only-binary=:all:", "--no-deps"]


def install(python: Path, lock: Path, kept: Path) -> None:
    """Into the interpreter's own site-packages. Raises NotLocked, and CalledProcessError without a network."""
    install_into(python / "Lib" / "site-packages", lock, kept)


def install_into(target: Path, lock: Path, kept: Path, *, without: Path | None = None) -> None:
    """The same into any folder, `without` what another lock brings."""
    text = lock.read_text("utf-8")
    there = wanted(without.read_text("utf-8")) if without is not None else []
    packages = [each for each in wanted(text) if each not in there and not each.startswith(SOURCE_ALONE)]
    kept.mkdir(parents=True, exist_ok=True)
    pip = [sys.executable, "-m", "pip"]
    quiet = ["-qqq", "--disable-pip-version-check"]
    subprocess.run([*pip, "download", *quiet, *platform(), "--dest", str(kept), *packages], check=True)
    known = set(_HASH.findall(text))
    for wheel in sorted(kept.iterdir()):
        if hashlib.sha256(wheel.read_bytes()).hexdigest() not in known:
            raise NotLocked(f"{wheel.name} is not in {lock.name}")
    words = ["install", *quiet, *platform(), "--no-compile", "--no-index", "--find-links", str(kept)]
    subprocess.run([*pip, *words, "--target", str(target), "--upgrade", *packages], check=True)

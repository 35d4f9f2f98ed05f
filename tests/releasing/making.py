"""A release folder with small files, signed by a throw-away key: by our own code, or by the stock tool."""

from __future__ import annotations

import hashlib
import os
import subprocess
from pathlib import Path

from cairn.app.program import releases
from cairn.app.program.releases import Installer, Release
from cairn.crypto.ssh import Ed25519Key, SigningKey, allowed_signers_line, sign, signers
from cairn.crypto.ssh.signers import Signer

ROOT = Path(__file__).resolve().parents[2]
KEY = Ed25519Key(b"\7" * 32)
FILES = (
    Installer("cairn_9.0.0_amd64.deb", "linux", "x86_64", "deb"),
    Installer("cairn-9.0.0-1.x86_64.rpm", "linux", "x86_64", "rpm"),
    Installer("cairn-9.0.0-setup-x64.exe", "windows", "x86_64", "exe"),
)


def trusted(key: SigningKey = KEY, namespace: str = releases.NAMESPACE) -> list[Signer]:
    """The key as a build would know it."""
    return signers.parse(allowed_signers_line("cairn-release", [namespace], key.public.line))


def release(version: str = "9.0.0") -> Release:
    """What the release says of itself."""
    notes = {"en": "Opens bundles faster.\n", "ko": "묶음을 더 빨리 엽니다.\n"}
    return Release(releases.FORMAT, version, "2031-05-04", notes, list(FILES))


def fill(folder: Path, version: str = "9.0.0") -> dict[str, bytes]:
    """The files of a release, without the list."""
    folder.mkdir(parents=True, exist_ok=True)
    files = {one.name: one.name.encode() * 5000 for one in FILES}
    files[releases.ABOUT] = releases.serialise_about(release(version))
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return files


def seal(folder: Path, key: SigningKey = KEY, namespace: str = releases.NAMESPACE) -> None:
    """List what lies in the folder and sign the list."""
    sums = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.iterdir()
        if path.name not in (releases.SUMS, releases.SIGNATURE)
    }
    put_list(folder, releases.serialise_sums(sums), key, namespace)


def put_list(folder: Path, data: bytes, key: SigningKey = KEY, namespace: str = releases.NAMESPACE) -> None:
    """Any bytes as the list, really signed."""
    (folder / releases.SUMS).write_bytes(data)
    (folder / releases.SIGNATURE).write_bytes(sign(namespace, data, key))


def make(folder: Path, version: str = "9.0.0", key: SigningKey = KEY) -> Path:
    """A whole release."""
    fill(folder, version)
    seal(folder, key)
    return folder


def stock_key(folder: Path, namespace: str = releases.NAMESPACE) -> tuple[Path, Path]:
    """A throw-away key of ssh-keygen and the file that trusts it."""
    key = folder / "key"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", key], check=True)
    allowed = folder / "allowed_signers"
    line = allowed_signers_line("cairn-release", [namespace], key.with_suffix(".pub").read_text().strip())
    allowed.write_text("# keys\n\n" + line)
    return key, allowed


def shell(script: str, *arguments: str | Path, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run one of the scripts with the plainest shell there is."""
    return subprocess.run(
        ["sh", ROOT / "packaging" / script, *arguments],
        capture_output=True,
        text=True,
        cwd=cwd,
        env={"PATH": os.environ["PATH"], "HOME": "/nonexistent"},
        timeout=60,
        check=False,
    )

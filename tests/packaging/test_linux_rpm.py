"""The .rpm, built around a stub and handled by rpm itself in a root of its own."""

from __future__ import annotations

import hashlib
import os
import subprocess
from pathlib import Path

import pytest

from packaging_linux import EPOCH, builder, stub


@pytest.fixture(autouse=True)
def _dated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(EPOCH))


def made(folder: Path, version: str = "0.1.0") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return Path(builder("rpm").build(stub(folder / "frozen"), folder, version, fast=True))


def rpm(*command: str | Path, language: str = "C.UTF-8") -> subprocess.CompletedProcess[str]:
    environment = {
        "PATH": f"{os.environ['PATH']}:/usr/sbin:/sbin",
        "LC_ALL": language,
        "HOME": "/nonexistent",
    }
    return subprocess.run(["rpm", *command], env=environment, capture_output=True, text=True, check=False)


def test_what_rpm_reads(tmp_path: Path) -> None:
    package = made(tmp_path)
    assert package.name == "cairn-0.1.0-1.x86_64.rpm"
    asked = rpm("-qp", "--requires", package).stdout
    assert "libc.so.6(GLIBC_2." in asked
    listed = rpm(
        "-qp", "--queryformat", "[%{FILEMODES:perms} %{FILEUSERNAME} %{FILENAMES}\\n]", package
    ).stdout
    rows = {line.split(" ", 2)[2]: line.split(" ", 2)[:2] for line in listed.splitlines()}
    assert rows["/usr/lib/cairn/cairn"] == ["-rwxr-xr-x", "root"]
    assert rows["/usr/lib/cairn/_internal/libpart-1.so.1"][0].startswith("l")
    assert rows["/usr/share/applications/app.cairn.Cairn.desktop"] == ["-rw-r--r--", "root"]
    assert {owner for _mode, owner in rows.values()} == {"root"}
    # Folders of the system belong to the system.
    assert not {"/usr", "/usr/lib", "/usr/bin", "/etc", "/usr/share/icons"} & set(rows)
    assert rpm("-qp", "--configfiles", package).stdout == "/etc/apparmor.d/cairn\n"


def test_two_builds_are_the_same_to_the_last_bit(tmp_path: Path) -> None:
    first, second = (hashlib.sha256(made(tmp_path / name).read_bytes()) for name in ("a", "두번째"))
    assert first.hexdigest() == second.hexdigest()


@pytest.mark.skipif(os.geteuid() != 0, reason="rpm installs as root, also into a root of its own")
def test_it_is_installed_upgraded_and_removed_in_words(tmp_path: Path) -> None:
    root = tmp_path / "root"
    root.mkdir()
    old, new = made(tmp_path / "old", "0.1.0"), made(tmp_path / "new", "0.2.0")
    base = ["--root", root, "--nodeps", "--noscripts", "--nodigest"]
    done = rpm("-i", *base, new)
    assert done.returncode == 0, done.stderr
    assert (root / "usr/bin/cairn").resolve() == (root / "usr/lib/cairn/cairn").resolve()
    done = rpm("-U", *base, old)
    assert done.returncode != 0
    assert "which is newer than cairn-0.1.0-1" in done.stderr
    vault = root / "home/누구/.local/share/cairn/vaults/field/vault.db"
    vault.parent.mkdir(parents=True)
    vault.write_bytes(b"sealed")
    assert rpm("-e", *base[:-1], "cairn").returncode == 0
    assert not (root / "usr/lib/cairn").exists()
    assert vault.read_bytes() == b"sealed"


def test_its_scripts_are_whole(tmp_path: Path) -> None:
    package = made(tmp_path)
    for name, words in (
        ("PREIN", "Cairn is open"),
        ("PREUN", "Cairn is open"),
        ("POSTUN", "Vaults are left alone"),
    ):
        script = rpm("-qp", "--queryformat", f"%{{{name}}}", package).stdout
        assert words in script
        assert subprocess.run(["sh", "-n"], input=script, text=True, check=False).returncode == 0
    # The last removal says where vaults are; an upgrade says nothing.
    script = rpm("-qp", "--queryformat", "%{POSTUN}", package).stdout
    for left, said in (("0", True), ("1", False)):
        done = subprocess.run(
            ["/bin/sh", "-c", script, "postun", left],
            capture_output=True,
            text=True,
            check=False,
            env={"PATH": "/nonexistent"},
        )
        assert ("Vaults are left alone" in done.stderr) is said

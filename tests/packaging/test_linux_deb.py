"""The .deb, built around a stub and handled by dpkg itself in a root of its own."""

from __future__ import annotations

import hashlib
import os
import subprocess
from pathlib import Path

import pytest

from packaging_linux import EPOCH, builder, stub

RUNNING = pytest.mark.skipif(os.geteuid() != 0, reason="dpkg runs as root, also in a root of its own")


@pytest.fixture(autouse=True)
def _dated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(EPOCH))


def deb(folder: Path, version: str = "0.1.0") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return Path(builder("deb").build(stub(folder / "frozen"), folder, version, fast=True))


def asked(*command: str | Path) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def test_what_dpkg_reads(tmp_path: Path) -> None:
    package = deb(tmp_path)
    assert package.name == "cairn_0.1.0_amd64.deb"
    fields = asked("dpkg-deb", "--field", package)
    assert "Package: cairn\n" in fields and "Architecture: amd64\n" in fields
    assert "Depends: libc6 (>= 2." in fields
    names = {line.split()[5]: line.split() for line in asked("dpkg-deb", "--contents", package).splitlines()}
    assert names["./usr/lib/cairn/cairn"][0] == "-rwxr-xr-x"
    assert names["./usr/lib/cairn/_internal/libpart-1.so.1"][0] == "lrwxrwxrwx"
    assert {owner for _mode, owner, *_rest in names.values()} == {"root/root"}
    for name in (
        "bin/cairn",
        "share/applications/app.cairn.Cairn.desktop",
        "share/icons/hicolor/scalable/apps/app.cairn.Cairn.svg",
        "share/icons/hicolor/256x256/apps/app.cairn.Cairn.png",
        "share/metainfo/app.cairn.Cairn.metainfo.xml",
        "share/mime/packages/app.cairn.Cairn.xml",
        "share/man/man1/cairn.1.gz",
        "share/man/ko/man1/cairn.1.gz",
        "share/doc/cairn/copyright",
        "share/doc/cairn/changelog.gz",
    ):
        assert f"./usr/{name}" in names, name
    assert "/etc/apparmor.d/cairn" in asked("dpkg-deb", "--info", package, "conffiles")


def test_two_builds_are_the_same_to_the_last_bit(tmp_path: Path) -> None:
    first, second = (hashlib.sha256(deb(tmp_path / name).read_bytes()) for name in ("a", "두 번째 b"))
    assert first.hexdigest() == second.hexdigest()


def test_a_library_that_nobody_provides_stops_the_build(tmp_path: Path) -> None:
    needs = builder("needs")
    frozen = stub(tmp_path)
    data = (frozen / "cairn").read_bytes()
    assert needs.of(frozen).glibc >= (2, 3)
    (frozen / "cairn").write_bytes(data.replace(b"libc.so.6\0", b"libq.so.6\0"))
    with pytest.raises(SystemExit, match=r"libq\.so\.6"):
        needs.of(frozen)


class Root:
    """An empty system with nothing but dpkg's own book-keeping; the scripts run outside of it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for name in ("var/lib/dpkg/updates", "var/lib/dpkg/info", "usr/lib", "etc"):
            (folder / name).mkdir(parents=True)
        (folder / "var/lib/dpkg/status").touch()

    def dpkg(self, *arguments: str | Path, language: str = "C.UTF-8") -> subprocess.CompletedProcess[str]:
        command = ["dpkg", f"--root={self.folder}", "--force-depends", "--force-script-chrootless"]
        path = f"{os.environ['PATH']}:/usr/sbin:/sbin"
        return subprocess.run(
            [*command, "--log=/dev/null", *arguments],
            env={"PATH": path, "LC_ALL": language},
            capture_output=True,
            text=True,
            check=False,
        )

    def version(self) -> str:
        status = (self.folder / "var/lib/dpkg/status").read_text("utf-8")
        assert "Status: install ok installed" in status, status
        return status.split("Version: ", 1)[1].split("\n", 1)[0]


@RUNNING
def test_an_older_version_is_refused_in_words_and_a_newer_one_taken(tmp_path: Path) -> None:
    root = Root(tmp_path / "root")
    old, new = deb(tmp_path / "old", "0.1.0"), deb(tmp_path / "new", "0.2.0")
    done = root.dpkg("--install", new)
    assert done.returncode == 0, done.stderr
    done = root.dpkg("--install", old)
    assert done.returncode != 0
    assert "Cairn 0.2.0 is installed, and this is the older 0.1.0." in done.stderr
    assert "보관함은 그대로 남습니다" in root.dpkg("--install", old, language="ko_KR.UTF-8").stderr
    assert root.version() == "0.2.0"
    assert root.dpkg("--remove", "cairn").returncode == 0
    assert root.dpkg("--install", old).returncode == 0
    assert root.version() == "0.1.0"
    assert root.dpkg("--install", new).returncode == 0
    assert root.version() == "0.2.0"


@RUNNING
def test_an_upgrade_that_was_cut_off_is_repaired_by_installing_again(tmp_path: Path) -> None:
    root = Root(tmp_path / "root")
    old, new = deb(tmp_path / "old", "0.1.0"), deb(tmp_path / "new", "0.2.0")
    assert root.dpkg("--install", old).returncode == 0
    # As dpkg leaves it when it is killed while it writes the files of the new version.
    status = root.folder / "var/lib/dpkg/status"
    status.write_text(
        status.read_text("utf-8").replace(
            "Status: install ok installed", "Status: install reinstreq half-installed"
        ),
        "utf-8",
    )
    (root.folder / "usr/lib/cairn/cairn").unlink()
    (root.folder / "usr/lib/cairn/cairn.dpkg-new").write_bytes(b"half")
    done = root.dpkg("--install", new)
    assert done.returncode == 0, done.stderr
    assert root.version() == "0.2.0"
    assert (root.folder / "usr/lib/cairn/cairn").stat().st_mode & 0o111
    assert not list(root.folder.rglob("*.dpkg-new"))
    assert root.dpkg("--audit").stdout == ""


@RUNNING
def test_removing_leaves_vaults_and_says_where_they_are(tmp_path: Path) -> None:
    root = Root(tmp_path / "root")
    assert root.dpkg("--install", deb(tmp_path)).returncode == 0
    vault = root.folder / "home/누구/.local/share/cairn/vaults/field/vault.db"
    vault.parent.mkdir(parents=True)
    vault.write_bytes(b"sealed")
    for verb in ("--remove", "--purge"):
        done = root.dpkg(verb, "cairn")
        assert done.returncode == 0, done.stderr
        assert vault.read_bytes() == b"sealed"
        if verb == "--remove":
            assert "Vaults are left alone: each user's are in ~/.local/share/cairn/vaults" in done.stderr
    assert not (root.folder / "usr/lib/cairn").exists()
    assert not (root.folder / "etc/apparmor.d/cairn").exists()

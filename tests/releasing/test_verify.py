"""packaging/release/sign.sh and packaging/verify.sh: a rehearsal with a throw-away key and everything that can be tried."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from cairn.app.program import updates
from cairn.crypto.ssh import signers
from releasing.making import fill, shell, stock_key

DEB = "cairn_9.0.0_amd64.deb"


@dataclass(frozen=True)
class Rehearsal:
    folder: Path
    key: Path
    allowed: Path

    def sign(self, namespace: str = "release@cairn", key: Path | None = None) -> None:
        """Sign the list as it now is, with the stock tool."""
        (self.folder / "SHA256SUMS.sig").unlink(missing_ok=True)
        subprocess.run(
            ["ssh-keygen", "-q", "-Y", "sign", "-n", namespace, "-f", key or self.key, "SHA256SUMS"],
            cwd=self.folder,
            check=True,
        )

    def edit(self, change: Callable[[str], str]) -> None:
        """Change the list and sign it again: what a careless or hostile signer could do."""
        path = self.folder / "SHA256SUMS"
        path.write_bytes(change(path.read_text()).encode())
        self.sign()


@pytest.fixture
def rehearsal(tmp_path: Path) -> Rehearsal:
    key, allowed = stock_key(tmp_path)
    folder = tmp_path / "stick" / "Cairn 9 배포"
    fill(folder)
    done = shell("release/sign.sh", folder, key)
    assert done.returncode == 0, done.stderr
    return Rehearsal(folder, key, allowed)


def test_what_was_signed_verifies_here_and_in_the_program(rehearsal: Rehearsal) -> None:
    done = shell("verify.sh", rehearsal.folder, rehearsal.allowed)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Verified: 4 files, signed by cairn-release." in done.stdout
    found = updates.check(rehearsal.folder, keys=signers.parse(rehearsal.allowed.read_text()))
    assert (found.release.version, found.files) == ("9.0.0", 4)


def test_relative_paths_and_what_systems_leave(rehearsal: Rehearsal) -> None:
    (rehearsal.folder / "System Volume Information").mkdir()
    dashed = rehearsal.folder.rename(rehearsal.folder.parent / "-release")
    done = shell("verify.sh", dashed.name, "../allowed_signers", cwd=dashed.parent)
    assert done.returncode == 0, done.stderr


def refused(rehearsal: Rehearsal, code: int, words: str) -> str:
    done = shell("verify.sh", rehearsal.folder, rehearsal.allowed)
    assert done.returncode == code, (done.stdout, done.stderr)
    assert words in done.stderr and "Verified" not in done.stdout
    assert ("Do not install" in done.stderr) == (code == 4)
    return done.stderr


def test_an_altered_file(rehearsal: Rehearsal) -> None:
    path = rehearsal.folder / DEB
    path.write_bytes(path.read_bytes()[:-1] + b"X")
    assert DEB in refused(rehearsal, 4, "is not the one that was signed")


def test_an_altered_list(rehearsal: Rehearsal) -> None:
    path = rehearsal.folder / "SHA256SUMS"
    path.write_text(path.read_text().replace("a", "b", 1))
    refused(rehearsal, 4, "not signed by a key that you trust")


def test_a_key_that_nobody_trusts(rehearsal: Rehearsal, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    other, _ = stock_key(tmp_path / "other")
    rehearsal.sign(key=other)
    refused(rehearsal, 4, "not signed by a key that you trust")


def test_a_signature_for_something_else(rehearsal: Rehearsal) -> None:
    rehearsal.sign("bundle@cairn")
    refused(rehearsal, 4, "not signed by a key that you trust")


def test_a_key_that_may_sign_something_else(rehearsal: Rehearsal) -> None:
    text = rehearsal.allowed.read_text()
    rehearsal.allowed.write_text(text.replace("release@cairn", "bundle@cairn"))
    refused(rehearsal, 4, "not signed by a key that you trust")


@pytest.mark.parametrize("name", ["SHA256SUMS", "SHA256SUMS.sig"])
def test_no_list_or_no_signature(rehearsal: Rehearsal, name: str) -> None:
    (rehearsal.folder / name).unlink()
    refused(rehearsal, 3, "is missing: this folder is no release")


@pytest.mark.parametrize(
    "name",
    ["release.jso", "setup.exe", ".hidden", "..odd", "a b", "-rf", "한글.deb", "Cairn_9.0.0_amd64.deb"],
)
def test_a_file_that_is_not_listed(rehearsal: Rehearsal, name: str) -> None:
    (rehearsal.folder / name).write_bytes(b"x")
    refused(rehearsal, 4, "a file is not on the list")


def test_a_name_that_would_speak_to_the_terminal(rehearsal: Rehearsal) -> None:
    (rehearsal.folder / "\x1b[2Jall\nis well").write_bytes(b"x")
    assert "\x1b" not in (said := refused(rehearsal, 4, "a file is not on the list"))
    assert "\nis well" not in said and "2Jalliswell" in said


def test_a_file_that_is_missing_or_renamed(rehearsal: Rehearsal) -> None:
    (rehearsal.folder / DEB).rename(rehearsal.folder / "newer.deb")
    refused(rehearsal, 4, "a file is not on the list")
    (rehearsal.folder / "newer.deb").unlink()
    refused(rehearsal, 4, "a file of the list is missing")


@pytest.mark.parametrize("what", ["link", "folder", "pipe"])
def test_what_is_no_plain_file(rehearsal: Rehearsal, what: str, tmp_path: Path) -> None:
    path = rehearsal.folder / DEB
    outside = tmp_path / "outside.deb"
    path.rename(outside)
    if what == "link":
        path.symlink_to(outside)
    elif what == "folder":
        path.mkdir()
    else:
        os.mkfifo(path)
    refused(rehearsal, 4, "is not a plain file")


@pytest.mark.parametrize("name", ["SHA256SUMS", "SHA256SUMS.sig"])
def test_a_list_that_is_a_link(rehearsal: Rehearsal, name: str, tmp_path: Path) -> None:
    (rehearsal.folder / name).rename(tmp_path / name)
    (rehearsal.folder / name).symlink_to(tmp_path / name)
    refused(rehearsal, 4, "is not a plain file")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda text: text.replace("\n", "\r\n"), "not in the form"),
        (lambda text: text.replace("  cairn_", "  ../cairn_"), "not in the form"),
        (lambda text: text.replace("  cairn_", "  /tmp/cairn_"), "not in the form"),
        (lambda text: text.replace("  cairn_", "  -cairn_"), "not in the form"),
        (lambda text: text.replace("  cairn_", " *cairn_"), "not in the form"),
        (lambda text: "\\" + text, "not in the form"),
        (lambda text: text + "\n", "not in the form"),
        (lambda text: "# comment\n" + text, "not in the form"),
        (lambda text: text.upper(), "not in the form"),
        (lambda text: text.removesuffix("\n"), "does not end in a line"),
        (lambda text: "".join(reversed(text.splitlines(keepends=True))), "not in order"),
        (lambda text: text + text.splitlines(keepends=True)[-1], "not in order"),
        (lambda text: text.splitlines(keepends=True)[2].replace("cairn_", "CAIRN_") + text, "differ in capitals"),
        (lambda text: text + "x" * 40_000, "too large"),
    ],
)  # fmt: skip
def test_lists_that_are_signed_and_yet_refused(
    rehearsal: Rehearsal, change: Callable[[str], str], words: str
) -> None:
    rehearsal.edit(change)
    refused(rehearsal, 3 if words == "too large" else 4, words)


def test_use(rehearsal: Rehearsal, tmp_path: Path) -> None:
    assert shell("verify.sh").returncode == 2
    assert shell("verify.sh", rehearsal.folder, tmp_path / "nothing").returncode == 2
    assert shell("verify.sh", tmp_path / "nothing", rehearsal.allowed).returncode == 3


@pytest.mark.parametrize("name", ["sub/", "link", "an odd name"])
def test_signing_refuses_what_verifying_would(rehearsal: Rehearsal, name: str) -> None:
    path = rehearsal.folder / name
    if name == "sub/":
        path.mkdir()
    elif name == "link":
        path.symlink_to(rehearsal.key)
    else:
        path.write_bytes(b"x")
    assert shell("release/sign.sh", rehearsal.folder, rehearsal.key).returncode == 3

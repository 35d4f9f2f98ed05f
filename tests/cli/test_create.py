"""A vault and its recovery words are there, or neither: whatever happens between making and showing."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from cairn import paths
from cairn.app.kernel import preferences, session
from cli.program import CAIRN, PATIENCE_S, cairn, environment

PASSPHRASE = "ember willow 47 lantern"


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    file = tmp_path / "secret.pass"
    file.write_text(PASSPHRASE + "\n")
    return file


def create(
    folder: Path, secret: Path, *more: str, out: object = subprocess.PIPE
) -> subprocess.CompletedProcess[bytes]:
    """Run it with a home of its own, and an output of the test's choice."""
    arguments = [
        "vault",
        "create",
        folder,
        "--name",
        "Field 7",
        "--role",
        "field",
        "--passphrase-file",
        secret,
    ]
    return subprocess.run(
        [*CAIRN, *arguments, *more],
        stdout=out,  # type: ignore[call-overload]
        stderr=subprocess.PIPE,
        env=environment(HOME=str(secret.parent)),
        timeout=PATIENCE_S,
        check=False,
    )


def words_of(out: bytes) -> list[str]:
    return out.decode().split()


@pytest.mark.skipif(sys.platform == "win32", reason="names of folders are text there")
@pytest.mark.parametrize("how", [(), ("--json",)])
def test_a_folder_whose_name_is_no_text(tmp_path: Path, secret: Path, how: tuple[str, ...]) -> None:
    folder = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9"))
    ran = create(folder, secret, *how)
    assert ran.returncode == 0, ran.stderr
    if not how:
        words = words_of(ran.stdout)
        assert len(words) == 24
        session.open_with_words(folder, words).close()
    session.open_vault(folder, PASSPHRASE).close()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
@pytest.mark.parametrize("how", [(), ("--json",)])
@pytest.mark.parametrize("existed", [True, False])
def test_words_that_nobody_sees_leave_no_vault(
    tmp_path: Path, secret: Path, how: tuple[str, ...], *, existed: bool
) -> None:
    folder = tmp_path / "vault"
    if existed:
        folder.mkdir()
    with Path("/dev/full").open("wb") as full:
        ran = create(folder, secret, *how, out=full)
    assert ran.returncode == 5 and b"The disk is full." in ran.stderr, ran.stderr
    assert b"Traceback" not in ran.stderr and b"Exception ignored" not in ran.stderr
    assert folder.exists() == existed
    assert not existed or not list(folder.iterdir())
    # Nothing is in the way of trying again.
    assert len(words_of(create(folder, secret).stdout)) == 24


@pytest.mark.parametrize("broken", [b"{", b"\xff\xfe", b'{"vaults": 7}', b'{"language": "\xff"}', None])
def test_broken_settings_are_no_reason_to_fail(tmp_path: Path, secret: Path, broken: bytes | None) -> None:
    settings = tmp_path / ".config" / "cairn" / "settings.json"
    settings.parent.mkdir(parents=True)
    if broken is None:
        settings.mkdir()
    else:
        settings.write_bytes(broken)
    ran = create(tmp_path / "vault", secret)
    assert ran.returncode == 0, ran.stderr
    assert len(words_of(ran.stdout)) == 24


def test_a_full_output_of_any_command_is_said(tmp_path: Path, secret: Path) -> None:
    create(tmp_path / "vault", secret)
    with Path("/dev/full").open("wb") as full:
        ran = subprocess.run(
            [*CAIRN, "vault", "info", tmp_path / "vault", "--passphrase-file", secret],
            stdout=full,
            stderr=subprocess.PIPE,
            env=environment(HOME=str(tmp_path)),
            timeout=PATIENCE_S,
            check=False,
        )
    assert ran.returncode == 5 and b"The disk is full." in ran.stderr, ran.stderr


@pytest.mark.parametrize(
    "written", ["{}", "{}\n", "{}\r\n", "\ufeff{}\r\n", "{}\r", "{}\u2028", "{}\nmore\n"]
)
def test_a_passphrase_file_is_what_was_meant(tmp_path: Path, secret: Path, written: str) -> None:
    create(tmp_path / "vault", secret)
    file = tmp_path / "other.pass"
    file.write_bytes(written.format(PASSPHRASE).encode())
    ran = cairn("vault", "info", tmp_path / "vault", "--passphrase-file", file)
    assert "blank" not in ran.err


def test_blanks_at_the_ends_of_a_passphrase_file_are_said(tmp_path: Path, secret: Path) -> None:
    secret.write_text(PASSPHRASE + " \r\n")
    create(tmp_path / "vault", secret)
    ran = cairn("vault", "info", tmp_path / "vault", "--passphrase-file", secret)
    assert "begins or ends with a blank" in ran.err


def test_what_can_not_be_written_down_is_not_remembered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paths, "settings_folder", lambda: tmp_path)
    preferences.remember_vault(Path(os.fsdecode(b"/caf\xe9")))
    assert preferences.outside().vaults == ()

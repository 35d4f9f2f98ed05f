"""cairn.paths in portable mode: everything on the stick, nothing on the computer."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from cairn import paths
from cairn.app.kernel import preferences
from cairn.paths import portable


@pytest.fixture
def stick(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A stick with a name as sticks have, and this process running from it."""
    folder = tmp_path / "연구소 USB 1" / "Cairn"
    folder.mkdir(parents=True)
    monkeypatch.setenv(portable.VARIABLE, str(folder))
    return folder


def test_an_installed_program_is_not_portable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(portable.VARIABLE, raising=False)
    before = dict(os.environ)
    paths.keep_to_the_stick()
    assert paths.portable_folder() is None
    assert not paths.portable_read_only()
    assert dict(os.environ) == before


def test_settings_and_vaults_are_on_the_stick(stick: Path) -> None:
    assert paths.vaults_folder() == stick / "cairn-data" / "vaults"
    assert paths.settings_folder() == stick / "cairn-data" / "settings"


@pytest.mark.parametrize(("way", "top"), [("", "program"), ("..\n", "."), ("../elsewhere", "elsewhere")])
def test_a_frozen_program_finds_the_marker_beside_itself(
    way: str, top: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "program"
    program.mkdir()
    monkeypatch.delenv(portable.VARIABLE, raising=False)
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(program / "cairn"))
    assert paths.portable_folder() is None
    (program / portable.MARKER).write_text(way, "utf-8")
    assert paths.portable_folder() == Path(os.path.abspath(tmp_path / top))


def test_a_vault_on_the_stick_is_known_wherever_the_stick_is_mounted(
    stick: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    on_stick, elsewhere = paths.vaults_folder() / "현장 2", tmp_path / "elsewhere"
    for folder in (elsewhere, on_stick):
        folder.mkdir(parents=True)
        (folder / "vault.hdr").write_bytes(b"")
        preferences.remember_vault(folder)
    written = (stick / "cairn-data" / "settings" / "settings.json").read_text("utf-8")
    assert str(stick) not in written
    assert "cairn-data/vaults/현장 2" in written
    assert [known.folder for known in preferences.known_vaults()] == [on_stick, elsewhere]
    moved = tmp_path / "mnt" / "other"
    moved.parent.mkdir()
    stick.parent.rename(moved)
    monkeypatch.setenv(portable.VARIABLE, str(moved / "Cairn"))
    there = moved / "Cairn" / "cairn-data" / "vaults" / "현장 2"
    assert [known.folder for known in preferences.known_vaults()] == [there, elsewhere]
    (there / "vault.hdr").unlink()
    assert [known.folder for known in preferences.known_vaults()] == [elsewhere]


def test_libraries_are_told_to_write_nowhere(tmp_path: Path) -> None:
    given = {"HOME": str(tmp_path)}
    quiet = portable._quiet_libraries(given)
    assert quiet["XDG_CACHE_HOME"].startswith("/dev/null/")
    assert quiet["PULSE_COOKIE"] == "/dev/zero"
    assert quiet["PULSE_SERVER"] == "unix:/run/pulse/native"
    assert quiet["DBUS_SESSION_BUS_ADDRESS"] == "disabled:"


def test_the_cookie_of_the_sound_library_stays_in_memory(tmp_path: Path) -> None:
    quiet = portable._quiet_libraries({"HOME": "/nowhere", "XDG_RUNTIME_DIR": str(tmp_path)})
    assert quiet["PULSE_COOKIE"] == str(tmp_path / "cairn-sound-cookie")
    assert "PULSE_SERVER" not in quiet


def test_a_session_that_has_sound_and_a_bus_keeps_them(tmp_path: Path) -> None:
    (tmp_path / ".config" / "pulse").mkdir(parents=True)
    (tmp_path / ".config" / "pulse" / "cookie").write_bytes(b"x" * 256)
    (tmp_path / "run").mkdir()
    (tmp_path / "run" / "bus").write_bytes(b"")
    quiet = portable._quiet_libraries({"HOME": str(tmp_path), "XDG_RUNTIME_DIR": str(tmp_path / "run")})
    assert not {"PULSE_COOKIE", "PULSE_SERVER", "DBUS_SESSION_BUS_ADDRESS"} & set(quiet)


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a frozen program, which this process seems to be."""
    folder = tmp_path / "Cairn" / "program"
    folder.mkdir(parents=True)
    monkeypatch.delenv(portable.VARIABLE, raising=False)
    monkeypatch.delenv(portable.LOADER, raising=False)
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(folder / "cairn"))
    return folder


def test_a_program_that_a_loader_started_starts_itself_the_same_way(
    program: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (program / portable.MARKER).write_text("..\n", "utf-8")
    assert paths.own_program() == [sys.executable]
    monkeypatch.setenv(portable.LOADER, "/lib64/ld-linux-x86-64.so.2")
    assert paths.own_program() == ["/lib64/ld-linux-x86-64.so.2", sys.executable]


def test_nobody_chooses_the_program_that_starts_the_decoders(
    program: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither a loader of somebody's own, nor any where the program is not on a stick."""
    monkeypatch.setenv(portable.LOADER, "/lib64/ld-linux-x86-64.so.2")
    assert paths.own_program() == [sys.executable]
    (program / portable.MARKER).write_text("..\n", "utf-8")
    for other in (str(tmp_path / "ld-linux-x86-64.so.2"), "/usr/bin/env", "/lib64/../usr/bin/env", "ld.so"):
        monkeypatch.setenv(portable.LOADER, other)
        assert paths.own_program() == [sys.executable]


def test_the_loader_is_the_one_that_the_start_script_uses() -> None:
    script = Path(__file__).parents[2] / "packaging" / "linux" / "portable" / "start.sh"
    (loader,) = [line for line in script.read_text("utf-8").splitlines() if line.startswith("loader=")]
    assert loader.removeprefix("loader=") in portable.LOADERS


def test_an_installed_program_is_not_led_elsewhere(
    program: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(portable.VARIABLE, str(tmp_path / "elsewhere"))
    assert paths.portable_folder() is None
    (program / portable.MARKER).write_text("..\n", "utf-8")
    assert paths.portable_folder() == program.parent


def test_a_stick_that_cannot_be_written(stick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not paths.portable_read_only()
    asked: list[Path] = []

    def refuse(place: Path, _mode: int) -> bool:
        asked.append(place)
        return False

    monkeypatch.setattr(os, "access", refuse)
    assert paths.portable_read_only()
    assert asked == [stick]


def test_the_command_line_leaves_nothing_at_home(stick: Path, tmp_path: Path) -> None:
    """In a process of its own: a vault on the stick is made, and the home folder stays empty."""
    home = tmp_path / "home"
    home.mkdir()
    environment = {"HOME": str(home), "PATH": os.environ["PATH"], portable.VARIABLE: str(stick)}
    environment["PYTHONPATH"] = os.pathsep.join(sys.path)
    environment["PYTHONDONTWRITEBYTECODE"] = "1"
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "cairn",
            "vault",
            "create",
            "cairn-data/vaults/현장",
            "--passphrase-file",
            "-",
            "--name",
            "W",
            "--role",
            "field",
        ],
        env=environment,
        input="six quiet words for this test\n",
        capture_output=True,
        text=True,
        check=False,
        cwd=stick,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert (stick / "cairn-data" / "vaults" / "현장" / "vault.hdr").is_file()
    assert list(home.iterdir()) == []
    assert [path.name for path in stick.iterdir()] == ["cairn-data"]

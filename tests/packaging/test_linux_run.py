"""The .run: what a worker does with it, on sticks as sticks are."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from packaging_linux import EPOCH, builder, stub

LOADER = Path("/lib64/ld-linux-x86-64.so.2")


@pytest.fixture(autouse=True)
def _dated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(EPOCH))


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "연구소 USB 1"
    folder.mkdir()
    return folder


def made(tmp_path: Path, stick: Path, version: str = "0.1.0", program: Path | None = None) -> Path:
    """The .run on the stick, without the sign for programs: FAT has none."""
    work = tmp_path / f"work-{version}"
    frozen = stub(work)
    if program is not None:
        shutil.copyfile(program, frozen / "cairn")
    built = Path(builder("run").build(frozen, work, version, fast=True))
    target = stick / built.name
    shutil.copyfile(built, target)
    shutil.rmtree(work)
    return target


def start(
    file: Path, *arguments: str, language: str = "C.UTF-8", **environment: str
) -> subprocess.CompletedProcess[str]:
    home = file.parent.parent / "home"
    home.mkdir(exist_ok=True)
    done = subprocess.run(
        ["sh", file, *arguments],
        env={"PATH": os.environ["PATH"], "HOME": str(home), "LC_ALL": language, **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert list(home.iterdir()) == []
    return done


def shape(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


def test_it_unpacks_beside_itself_and_starts(tmp_path: Path, stick: Path) -> None:
    file = made(tmp_path, stick, program=Path("/bin/echo"))
    done = start(file, "hello", "두 번째")
    assert (done.returncode, done.stdout) == (0, "hello 두 번째\n"), done.stderr
    folder = stick / "Cairn"
    assert shape(folder) == [
        "README.txt",
        "program",
        "program/_internal",
        "program/_internal/libpart-1.so.1",
        "program/_internal/part.libs",
        "program/_internal/part.libs/libpart-1.so.1",
        "program/_internal/데이터.txt",
        "program/cairn",
        "program/portable",
        "program/version",
        "start.sh",
    ]
    assert not [path for path in folder.rglob("*") if path.is_symlink()]
    assert sorted(path.name for path in stick.iterdir()) == ["Cairn", file.name]
    # The second start goes straight in: nothing is written again.
    before = (folder / "program" / "cairn").stat().st_ino
    assert start(file, "again").stdout == "again\n"
    assert (folder / "program" / "cairn").stat().st_ino == before


def test_the_program_finds_where_everything_lies(tmp_path: Path, stick: Path) -> None:
    file = made(tmp_path, stick, program=Path("/usr/bin/env"))
    told = dict(line.split("=", 1) for line in start(file).stdout.splitlines())
    assert not {"CAIRN_PORTABLE", "CAIRN_LOADER"} & set(told)
    assert (stick / "Cairn" / "program" / "portable").read_text() == "..\n"


def test_where_there_is_no_sign_for_programs_the_loader_starts_it(tmp_path: Path, stick: Path) -> None:
    file = made(tmp_path, stick, program=Path("/usr/bin/env"))
    assert start(file, "--no-start").returncode == 0
    (stick / "Cairn" / "program" / "cairn").chmod(0o644)
    told = dict(line.split("=", 1) for line in start(stick / "Cairn" / "start.sh").stdout.splitlines())
    assert told["CAIRN_LOADER"] == str(LOADER)


def test_where_programs_may_not_run_it_is_said(tmp_path: Path, stick: Path) -> None:
    file = made(tmp_path, stick)
    assert start(file, "--no-start").returncode == 0
    program = stick / "Cairn" / "program" / "cairn"
    # The loader refuses it, as it does where nothing may be run.
    program.write_bytes(b"\x7fELF")
    program.chmod(0o644)
    done = start(stick / "Cairn" / "start.sh")
    assert done.returncode == 5
    assert "does not let programs run from the place where Cairn lies" in done.stderr
    assert "프로그램을 실행하지 못하게" in start(stick / "Cairn" / "start.sh", language="ko_KR.UTF-8").stderr


@pytest.mark.parametrize("harm", ["cut", "changed"])
def test_a_file_that_is_not_whole_unpacks_nothing(tmp_path: Path, stick: Path, harm: str) -> None:
    file = made(tmp_path, stick)
    data = bytearray(file.read_bytes())
    assert start(file, "--check").returncode == 0
    if harm == "cut":
        del data[-100:]
    else:
        data[-5000] ^= 1
    file.write_bytes(data)
    for arguments in (["--check"], []):
        done = start(file, *arguments)
        assert done.returncode == 4
        assert "This file is not whole" in done.stderr
    assert not (stick / "Cairn").exists()


def test_a_newer_one_replaces_the_program_and_keeps_the_data(tmp_path: Path, stick: Path) -> None:
    old, new = made(tmp_path, stick, "0.9.0"), made(tmp_path, stick, "0.10.0")
    assert start(old, "--no-start").returncode == 0
    vault = stick / "Cairn" / "cairn-data" / "vaults" / "현장" / "vault.db"
    vault.parent.mkdir(parents=True)
    vault.write_bytes(b"sealed")
    # An earlier try that was cut off.
    (stick / "Cairn" / "unpacking" / "program").mkdir(parents=True)
    assert start(new, "--no-start").returncode == 0
    assert (stick / "Cairn" / "program" / "version").read_text() == "0.10.0\n"
    assert vault.read_bytes() == b"sealed"
    assert sorted(path.name for path in (stick / "Cairn").iterdir()) == [
        "README.txt",
        "cairn-data",
        "program",
        "start.sh",
    ]
    done = start(old, "--no-start")
    assert done.returncode == 3
    assert "A newer Cairn (0.10.0) is in" in done.stderr
    assert (stick / "Cairn" / "program" / "version").read_text() == "0.10.0\n"


def test_between_the_two_moves_of_an_upgrade_nothing_is_lost(tmp_path: Path, stick: Path) -> None:
    file = made(tmp_path, stick)
    assert start(file, "--no-start").returncode == 0
    (stick / "Cairn" / "program").rename(stick / "Cairn" / "program.old")
    done = start(stick / "Cairn" / "start.sh")
    assert done.returncode == 5 and "Unpack it again" in done.stderr
    assert start(file, "--no-start").returncode == 0
    assert sorted(path.name for path in (stick / "Cairn").iterdir()) == ["README.txt", "program", "start.sh"]


def test_an_open_program_is_not_replaced(tmp_path: Path, stick: Path) -> None:
    old, new = made(tmp_path, stick, "0.1.0"), made(tmp_path, stick, "0.2.0")
    assert start(old, "--no-start").returncode == 0
    with subprocess.Popen(
        [stick / "Cairn" / "start.sh"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as running:
        assert running.stdin is not None and running.stdout is not None
        running.stdin.write(b"open\n")
        running.stdin.flush()
        assert running.stdout.readline() == b"open\n"
        done = start(new, "--no-start")
        assert done.returncode == 5 and "Cairn is open from" in done.stderr
    assert start(new, "--no-start").returncode == 0


def test_another_folder_may_be_named(tmp_path: Path, stick: Path) -> None:
    file = made(tmp_path, stick)
    there = tmp_path / "elsewhere 다른 곳"
    there.mkdir()
    assert start(file, "--to", str(there), "--no-start").returncode == 0
    assert (there / "Cairn" / "start.sh").is_file() and not (stick / "Cairn").exists()
    assert start(file, "--to", str(tmp_path / "not-there")).returncode == 3


@pytest.mark.skipif(os.geteuid() != 0, reason="mounts a file system")
@pytest.mark.parametrize("how", ["full", "read-only"])
def test_a_stick_that_takes_nothing_is_said(tmp_path: Path, stick: Path, how: str) -> None:
    file = made(tmp_path, tmp_path)
    options = "size=60k" if how == "full" else "size=8m"
    script = f"""
mount -t tmpfs -o {options} tmpfs "$1" && cp "$2" "$1/x.run"
[ {how} = full ] || mount -o remount,ro "$1"
sh "$1/x.run" --no-start; code=$?; ls "$1" >&2; exit $code"""
    done = subprocess.run(
        ["unshare", "--mount", "sh", "-c", script, "sh", stick, file],
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
        env={"PATH": os.environ["PATH"], "HOME": "/nonexistent", "LC_ALL": "C.UTF-8"},
    )
    words = "Make room and start again" if how == "full" else "perhaps the stick is write-protected"
    assert words in done.stderr.replace("\n", " "), done.stderr
    assert done.returncode == 5
    assert done.stderr.split()[-1] == "x.run"


def test_two_builds_are_the_same_to_the_last_bit(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "나").mkdir()
    first = hashlib.sha256(made(tmp_path, tmp_path / "a").read_bytes()).hexdigest()
    second = hashlib.sha256(made(tmp_path / "나", tmp_path / "나").read_bytes()).hexdigest()
    assert first == second


@pytest.mark.skipif(
    os.name != "posix" or os.geteuid() != 0, reason="only root can give a folder to somebody else"
)
@pytest.mark.parametrize("planted", ["folder", "link"])
def test_in_a_place_for_everybody_a_folder_of_somebody_else_is_not_started(
    tmp_path: Path, stick: Path, planted: str
) -> None:
    file = made(tmp_path, stick, program=Path("/bin/echo"))
    theirs = stick / "Cairn" if planted == "folder" else tmp_path / "theirs"
    (theirs / "program").mkdir(parents=True)
    (theirs / "program/cairn").touch()
    (theirs / "program/version").write_text("0.1.0\n")
    (theirs / "start.sh").write_text("echo caught\n")
    if planted == "folder":
        os.chown(theirs, 65534, 65534)
    else:
        (stick / "Cairn").symlink_to(theirs)
    done = start(file)
    assert done.stdout == "caught\n"  # a stick that is somebody's own, as FAT shows it
    stick.chmod(0o1777)
    done = start(file)
    assert (done.returncode, done.stdout) == (3, "")
    assert "made by somebody else" in done.stderr
    assert (theirs / "start.sh").read_text() == "echo caught\n"

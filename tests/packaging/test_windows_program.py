"""What the program asks of Windows, with Windows's libraries played: the real ones are not at hand here."""

from __future__ import annotations

import ctypes
import errno
import os
import stat
import sys
from pathlib import Path

import pytest

from cairn import paths
from cairn.decode import job
from cairn.errors import InputError, MachineError
from cairn.paths import access, files, media, system, volumes
from cairn.vault import process
from cairn.vault.folder import start_folder
from windows_border import PROCESS, SID, Windows


@pytest.fixture
def windows(monkeypatch: pytest.MonkeyPatch) -> Windows:
    """Windows's libraries, played."""
    made = Windows()
    for module in (access, volumes, process, job):
        monkeypatch.setattr(module, "windows_library", made.library)
    return made


def nothing_is_kept(windows: Windows) -> bool:
    return not windows.held and windows.open_tokens == 0


def test_a_folder_is_shut_to_all_but_its_owner_and_the_system(windows: Windows, tmp_path: Path) -> None:
    assert access.restrict_folder(tmp_path)
    assert windows.lists == {str(tmp_path): f"D:P(A;OICI;FA;;;{SID})(A;OICI;FA;;;SY)"}
    assert nothing_is_kept(windows)


def test_a_stick_without_access_lists_is_not_claimed(windows: Windows, tmp_path: Path) -> None:
    windows.flags = 0
    assert not access.restrict_folder(tmp_path)
    assert windows.lists == {}


@pytest.mark.parametrize(
    "call",
    [
        "OpenProcessToken",
        "GetTokenInformation",
        "ConvertSidToStringSidW",
        "ConvertStringSecurityDescriptorToSecurityDescriptorW",
        "GetSecurityDescriptorDacl",
        "SetNamedSecurityInfoW",
        "GetVolumePathNameW",
        "GetVolumeInformationW",
    ],
)
def test_a_refusal_of_windows_is_no_success_and_leaves_nothing(
    windows: Windows, tmp_path: Path, call: str
) -> None:
    windows.refuse.add(call)
    assert not access.restrict_folder(tmp_path)
    assert windows.lists == {}
    assert nothing_is_kept(windows)


def test_an_absent_list_would_open_the_folder_to_everybody(
    windows: Windows, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(windows.library(""), "GetSecurityDescriptorDacl", lambda *_: 1)
    assert not access.restrict_folder(tmp_path)
    assert windows.lists == {}
    assert nothing_is_kept(windows)


def test_folders_that_cairn_makes_are_private(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shut: list[Path] = []
    monkeypatch.setattr("cairn.paths.places.make_private", shut.append)
    paths.make_folder(tmp_path / "new" / "one")
    paths.make_folder(tmp_path / "new" / "one")
    assert shut == [tmp_path / "new" / "one"]


@pytest.mark.skipif(sys.platform == "win32", reason="needs modes")
def test_where_there_are_modes_they_are_used(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    assert access.make_private(tmp_path)
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o700


def test_a_folder_whose_files_windows_could_not_open_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    short, long = Path("/" + "가" * 178), Path("/" + "가" * 179)
    paths.require_short(long)
    monkeypatch.setattr(sys, "platform", "win32")
    paths.require_short(short)
    with pytest.raises(MachineError, match=r"^machine\.name-too-long$"):
        paths.require_short(long)
    with pytest.raises(MachineError, match=r"^machine\.name-too-long$"):
        start_folder(tmp_path / ("x" * 200))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "safe"),
    [("COM¹.txt", "_COM¹.txt"), ("con .log", "_con .log"), ("CONIN$", "_CONIN$"), ("comet", "comet")],
)
def test_names_of_devices_are_no_files(name: str, safe: str) -> None:
    assert paths.safe_name(name) == safe


def test_a_name_that_was_cut_does_not_end_in_a_space() -> None:
    assert paths.safe_name("x" * 198 + " y" * 20) == "x" * 198


@pytest.mark.parametrize(("name", "fat"), [("FAT32", True), ("FAT", True), ("NTFS", False), ("exFAT", False)])
def test_sticks_are_known_by_their_file_system(
    windows: Windows, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, fat: bool
) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    windows.system = name
    assert (media.largest_file(tmp_path) == (1 << 32) - 1) is fat
    windows.refuse.add("GetVolumeInformationW")
    assert media.largest_file(tmp_path) is None


def test_a_vault_is_not_made_on_a_network_drive(
    windows: Windows, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "new" / "one"
    with monkeypatch.context() as patched:
        patched.setattr(sys, "platform", "win32")
        assert not volumes.is_network(place)
        windows.drive = 4
        assert volumes.is_network(place)
        windows.refuse.add("GetVolumePathNameW")
        assert not volumes.is_network(place)
    monkeypatch.setattr("cairn.vault.folder.is_network", lambda _folder: True)
    with pytest.raises(InputError, match=r"^vault\.network-folder$"):
        start_folder(place)
    assert list(tmp_path.iterdir()) == []


def test_elsewhere_network_drives_are_known_by_their_file_system(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not volumes.is_network(tmp_path)
    for number, program, network in ((0x6969, "", True), (0x65735546, "fuse.sshfs", True),
                                     (0x65735546, "fuseblk", False), (0x4D44, "", False)):  # fmt: skip
        monkeypatch.setattr(volumes, "linux_system", lambda _folder, number=number: number)
        monkeypatch.setattr(volumes, "fuse_system", lambda _folder, program=program: program)
        assert volumes.is_network(tmp_path / "not" / "there") is network
    monkeypatch.setattr(sys, "platform", "darwin")
    for name, network in (("smbfs", True), ("apfs", False), (None, False)):
        monkeypatch.setattr(volumes, "macos_system", lambda _folder, name=name: name)
        assert volumes.is_network(tmp_path) is network


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no list of mounts")
def test_who_plays_a_file_system_stands_in_the_list_of_mounts(tmp_path: Path) -> None:
    device = tmp_path.stat().st_dev
    number = f"{os.major(device)}:{os.minor(device)}"
    mounts = tmp_path / "mountinfo"
    mounts.write_text(f"1 0 0:999 / / rw - ext4 a rw\n2 1 {number} / /x rw shared:1 - fuse.sshfs a@b: rw\n")
    assert volumes.fuse_system(tmp_path, mounts) == "fuse.sshfs"
    mounts.write_text("")
    assert volumes.fuse_system(tmp_path, mounts) == ""
    assert volumes.fuse_system(tmp_path / "gone", mounts) == ""


@pytest.mark.parametrize(("held", "number"), [(3, 32), (files._TRIES, 5), (files._TRIES + 1, 32), (1, 112)])
def test_a_file_that_a_virus_scanner_holds_is_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, held: int, number: int
) -> None:
    target = tmp_path / "vault.hdr"
    target.write_bytes(b"old")
    real, waits = os.replace, []
    refusals = iter(range(held))
    monkeypatch.setattr(files.time, "sleep", waits.append)

    def replace(part: Path, to: Path) -> None:
        if next(refusals, None) is not None:
            error = PermissionError(errno.EACCES, "held")
            error.winerror = number  # type: ignore[attr-defined]  # as on Windows
            raise error
        real(part, to)

    monkeypatch.setattr(os, "replace", replace)
    if held <= files._TRIES and number in files._HELD:
        paths.replace_file(target, b"new")
        assert target.read_bytes() == b"new" and len(waits) == held
    else:
        with pytest.raises(MachineError):
            paths.replace_file(target, b"new")
        assert target.read_bytes() == b"old" and [path.name for path in tmp_path.iterdir()] == ["vault.hdr"]


def test_the_process_is_shut_to_programs_of_the_same_user(windows: Windows) -> None:
    assert process.harden_windows() == ["core", "heap", "search", "dumpable"]
    assert windows.lists == {PROCESS: f"D:P(A;;0x101401;;;{SID})(A;;RC;;;OW)"}
    assert windows.error_mode == 0x8003
    assert not windows.heap_in_reports
    assert windows.library_folder == ""
    assert nothing_is_kept(windows)


@pytest.mark.parametrize(
    ("call", "measure"),
    [("WerSetFlags", "heap"), ("SetDllDirectoryW", "search"), ("SetSecurityInfo", "dumpable")],
)
def test_a_measure_that_windows_refuses_is_not_claimed(windows: Windows, call: str, measure: str) -> None:
    windows.refuse.add(call)
    assert set(process.harden_windows()) == {"core", "heap", "search", "dumpable"} - {measure}


def test_a_windows_without_a_function_is_served_too(
    windows: Windows, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(windows.library(""), "WerSetFlags")
    assert process.harden_windows() == ["core"]


def test_the_decoders_child_shuts_itself_into_a_job(windows: Windows) -> None:
    assert job.shut_in(1 << 30, 1800) == ["limit-cpu", "limit-memory", "limit-processes", "no-clipboard"]
    assert windows.in_job
    limits = windows.job[9]
    assert ctypes.sizeof(limits) == 144  # as the 64-bit headers of Windows have it
    assert (limits.memory, limits.processes, limits.process_time) == (1 << 30, 1, 1800 * 10**7)
    assert limits.flags == 0x2 | 0x8 | 0x100 | 0x400
    assert windows.job[4].value == 0xFF


@pytest.mark.parametrize("call", ["CreateJobObjectW", "AssignProcessToJobObject", "SetInformationJobObject"])
def test_a_job_that_windows_refuses_is_not_claimed(windows: Windows, call: str) -> None:
    windows.refuse.add(call)
    assert job.shut_in(1 << 30, 1800) == []


def test_elsewhere_there_are_no_jobs() -> None:
    if sys.platform != "win32":
        assert job.shut_in(1, 1) == []


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has them")
def test_elsewhere_there_are_no_libraries_of_windows() -> None:
    with pytest.raises(OSError, match="kernel32"):
        system.windows_library("kernel32")

"""What the child can't do, and what it doesn't know. Linux, because the guards are its."""

from __future__ import annotations

import os
import re
import shutil
import signal
import struct
import subprocess
import sys
from pathlib import Path

import pytest

from cairn.decode import guard, process
from cairn.decode.host import DecodeHost
from decode import files

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the guards of Linux")
DESKTOP = Path(process.__file__).resolve().parents[2]

root_only = pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() != 0,
    reason="only root may look into a process that is not dumpable",
)

TRY = """
import ctypes, errno, os, signal, sys
sys.path.insert(0, sys.argv[1])
import socket, subprocess, threading, mmap
from cairn.decode import child, guard
from cairn.decode.ranges import Pipe, stream
guard.limit()
out = os.dup(1)
child._load(sys.argv[2], stream(Pipe(0, 1), 0))
libc = ctypes.CDLL(None, use_errno=True)
def said(name, act):
    try:
        got = act()
    except (OSError, RuntimeError, MemoryError) as error:
        got = type(error).__name__
    os.write(out, f"{name}={got}\\n".encode())
said("inet", lambda: socket.socket(socket.AF_INET))
said("unix", lambda: socket.socket(socket.AF_UNIX))
said("pair", lambda: socket.socketpair())
said("read", lambda: os.open("/etc/passwd", os.O_RDONLY))
said("write", lambda: os.open("/tmp/cairn-was-here", os.O_WRONLY | os.O_CREAT))
said("list", lambda: os.listdir("/"))
said("unlink", lambda: os.unlink("/tmp/cairn-was-not-here"))
said("mkdir", lambda: os.mkdir("/tmp/cairn-was-here"))
said("memfd", lambda: os.memfd_create("x"))
said("fork", lambda: os.fork())
said("exec", lambda: os.execv("/bin/true", ["true"]))
said("spawn", lambda: subprocess.run(["/bin/true"]))
said("thread", lambda: threading.Thread(target=int).start())
said("kill", lambda: os.kill(os.getppid(), 0))
said("executable", lambda: mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_EXEC))
said("ptrace", lambda: libc.ptrace(16, os.getppid(), 0, 0))
said("mount", lambda: libc.mount(b"none", b"/mnt", b"tmpfs", 0, None))
said("memory", lambda: len(bytearray(2 << 30)))
said("guards", lambda: ",".join(sorted(guard.guards)))
"""


def attempts(op: str) -> dict[str, str]:
    done = subprocess.run(
        [sys.executable, "-I", "-c", TRY, str(DESKTOP), op],
        stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return dict(line.split("=", 1) for line in done.stdout.splitlines())


@pytest.mark.parametrize("op", ["picture-pixels", "heic-pixels", "pdf-page", "sound", "text"])
def test_what_a_sealed_child_can_not_do(op: str) -> None:
    said = attempts(op)
    stands = said.pop("guards").split(",")
    if "system-calls" not in stands:
        pytest.skip("this kernel offers no system-call filter")
    assert said.pop("ptrace") == "-1" and said.pop("mount") == "-1"
    assert said.pop("memory") == "MemoryError"
    # The decoder of HEIC can't do without a thread of its own; it is as shut in as its process.
    assert said.pop("thread") == ("None" if op == "heic-pixels" else "RuntimeError")
    if op == "pdf-page" and "no-files" not in stands:
        said.pop("read"), said.pop("list")  # then only writing is refused there
    assert {name: got for name, got in said.items() if got != "PermissionError"} == {}
    assert not Path("/tmp/cairn-was-here").exists()


def test_a_pdf_without_its_own_fonts_finds_those_of_the_system(host: DecodeHost) -> None:
    """Landlock leaves the fonts readable: the same page with and without them would be the same blank."""
    document = files.pdf(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 60] /Contents 4 0 R /Resources "
        b"<< /Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>",
        files.content(b"BT /F 40 Tf 5 15 Td (Cairn) Tj ET"),
    )
    page = host.pdf_page(document, 0, width_px=400)
    dark = sum(page.rgba[at] < 100 for at in range(0, len(page.rgba), 4))
    assert dark > 500


@pytest.fixture
def running(host: DecodeHost) -> tuple[DecodeHost, int]:
    """A child that has decoded a picture."""
    data = files.picture("PNG")
    host.picture(data, max_px=10)
    (pid,) = host.pids
    return host, pid


def status(pid: int) -> dict[str, str]:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return {key: value.strip() for key, _, value in (line.partition(":") for line in lines)}


def test_the_real_child_is_sealed(running: tuple[DecodeHost, int]) -> None:
    host, pid = running
    stands = host.guards()
    seen = status(pid)
    assert seen["NoNewPrivs"] == "1"
    if "system-calls" in stands:
        assert seen["Seccomp"] == "2"
    assert seen["Threads"] == "1"
    if "own-network" in stands and os.geteuid() == 0:
        assert os.readlink(f"/proc/{pid}/ns/net") != os.readlink("/proc/self/ns/net")
    limits = Path(f"/proc/{pid}/limits").read_text()
    for name, value in (("Max file size", 0), ("Max core file size", 0), ("Max address space", guard.MEMORY),
                        ("Max open files", guard.FILES), ("Max processes", 0)):  # fmt: skip
        found = re.search(rf"{name}\s+(\d+)\s+(\d+)", limits)
        assert found and found.groups() == (str(value), str(value)), name
    assert os.geteuid() != 0 or os.readlink(f"/proc/{pid}/cwd") == "/"
    assert os.getsid(pid) == pid


@root_only
def test_the_child_holds_only_its_pipes(running: tuple[DecodeHost, int], tmp_path: Path) -> None:
    _, pid = running
    opened = {os.readlink(f"/proc/{pid}/fd/{n}") for n in os.listdir(f"/proc/{pid}/fd")}
    assert all(name.startswith("pipe:") or name == "/dev/null" for name in opened)


@root_only
def test_environment_of_the_child_is_empty_of_us(monkeypatch: pytest.MonkeyPatch, host: DecodeHost) -> None:
    monkeypatch.setenv("CAIRN_SECRET", "planted-in-the-environment")
    host.text(b"x")
    (pid,) = host.pids
    names = {
        entry.split(b"=")[0] for entry in Path(f"/proc/{pid}/environ").read_bytes().split(b"\0") if entry
    }
    assert names <= {b"OPENBLAS_NUM_THREADS", b"OMP_NUM_THREADS", b"HOME", b"LC_CTYPE"}


def memory(pid: int) -> bytes:
    """All readable memory of a process."""
    found = bytearray()
    with open(f"/proc/{pid}/maps") as maps, open(f"/proc/{pid}/mem", "rb", 0) as mem:
        for line in maps:
            place, rights, *_ = line.split()
            if rights[0] != "r" or line.rstrip().endswith(("[vvar]", "[vsyscall]", "[vvar_vclock]")):
                continue
            start, end = (int(part, 16) for part in place.split("-"))
            try:
                mem.seek(start)
                found += mem.read(end - start)
            except OSError:
                continue
    return bytes(found)


@root_only
def test_memory_of_the_child_holds_no_key_of_ours(host: DecodeHost) -> None:
    planted = os.urandom(32)
    shown = b"a text that the child has read " + os.urandom(4).hex().encode()
    host.text(shown)
    (pid,) = host.pids
    ours, theirs = memory(os.getpid()), memory(pid)
    assert planted in ours, "the scan finds what is there"
    assert shown in theirs, "the scan sees what the child works on"
    assert planted not in theirs


def test_child_does_not_outlive_a_program_that_was_killed() -> None:
    code = (
        "import sys; sys.path[:0] = sys.argv[1:]\n"
        "from cairn.decode.host import DecodeHost\nfrom decode import files\n"
        "import threading\nhost = DecodeHost(seconds=600)\nhost.text(b'x')\nprint(*host.pids, flush=True)\n"
        "laugh = files.laughing_pdf()\nprint('.', flush=True)\nhost.pdf_page(laugh, 0, width_px=9)\n"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", code, str(DESKTOP), str(Path(__file__).parents[1])],
        stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    with parent:
        assert parent.stdout
        parent.stdout.readline(), parent.stdout.readline()
        children = Path(f"/proc/{parent.pid}/task")
        pids: set[int] = set()
        while len(pids) < 2:
            pids = {int(p) for task in children.iterdir() for p in (task / "children").read_text().split()}
        handles = [os.pidfd_open(pid) for pid in pids]
        parent.send_signal(signal.SIGKILL)
        import select

        for handle in handles:
            ended, _, _ = select.select([handle], [], [], 20)
            os.close(handle)
            assert ended


def test_nothing_is_written_to_any_file(tmp_path: Path) -> None:
    strace = shutil.which("strace")
    if strace is None:
        pytest.skip("strace is not installed")
    log = tmp_path / "log"
    code = (
        "import sys; sys.path[:0] = sys.argv[1:]\n"
        "from cairn.decode.host import DecodeHost\nfrom decode import files\n"
        "with DecodeHost() as host:\n"
        "    host.picture(files.picture('TIFF', compression='tiff_lzw'), max_px=99)\n"
        "    host.pdf_page(files.pages(1), 0, width_px=99)\n"
        "    host.sound_block(files.sound('OGG', 'OPUS'), 0, 99)\n"
        "    host.text(b'words')\n"
        "    host.picture_copy(files.heic('turned'), boxes=[(0, 0, 9, 9)])\n"
        "    packed = [files.packed(kind) for kind in ('aac', 'alac')]\n"
        "    [host.sound_block(each, 0, 99) for each in packed]\n"
    )
    watched = "open,openat,openat2,creat,mkdir,mkdirat,rename,renameat2,memfd_create,execve,socket,truncate"
    done = subprocess.run(
        [strace, "-f", "-qq", "-o", str(log), "-e", f"trace={watched}",
         sys.executable, "-B", "-c", code, str(DESKTOP), str(Path(__file__).parents[1])],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode and "ptrace" in done.stderr:
        pytest.skip("strace may not trace here")
    assert done.returncode == 0, done.stderr
    calls = log.read_text().splitlines()
    assert sum("execve(" in line and line.endswith("= 0") for line in calls) == 8
    writing = [line for line in calls
               if re.search(r"O_WRONLY|O_RDWR|O_CREAT|O_TMPFILE|creat\(|mkdir|rename|truncate|memfd|socket\(", line)
               and "/dev/null" not in line]  # fmt: skip
    assert writing == []


def test_a_text_of_five_gigabytes_is_not_read_whole(host: DecodeHost) -> None:
    source = files.Watched(5 << 30, (0, "국경 ".encode() * 400_000), filler=b"x")
    shown = host.text(source, limit=1 << 20)
    assert shown.shortened and shown.text.startswith("국경 ")
    assert source.read <= 2 << 20 and source.largest <= 1 << 20


def test_a_sound_of_five_gigabytes_is_not_read_whole(host: DecodeHost) -> None:
    frames = (5 << 30) // 2
    head, size = files.rf64(frames)
    late = struct.pack("<4h", 100, -200, 300, -400)
    source = files.Watched(size, (0, head), (size - 8, late))
    assert host.sound(source).frames == frames
    assert host.sound_block(source, frames - 4, 10) == late
    assert source.read <= 8 << 20 and source.largest <= 1 << 20


def test_runs_without_being_installed_and_however_the_path_is_set() -> None:
    start = process.command()
    assert start[0] == sys.executable and "-I" in start
    assert Path(start[-1], "cairn", "decode", "child.py").is_file()


def test_frozen_build_starts_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert process.command() == [sys.executable, "--decode-child"]

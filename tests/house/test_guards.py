"""The guards that the other tests rely on do bite."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

import busy
import skips
from house import watching


def test_a_network_socket_is_refused() -> None:
    for family in (socket.AF_INET, socket.AF_INET6):
        with pytest.raises(RuntimeError):
            socket.socket(family)
    with pytest.raises(RuntimeError):
        socket.getaddrinfo("localhost", 80)


def test_a_stray_log_record_and_a_message_of_qt_fail_their_test(tmp_path: Path, root: Path) -> None:
    (tmp_path / "conftest.py").write_text((root / "tests" / "conftest.py").read_text("utf-8"), "utf-8")
    (tmp_path / "test_x.py").write_text(
        "import logging, warnings\n"
        "from PySide6.QtCore import qWarning\n"
        "def test_log(): logging.getLogger('a').warning('stray')\n"
        "def test_qt(): qWarning('stray')\n"
        "def test_warning(): warnings.warn('stray')\n"
        "def test_quiet(): logging.getLogger('a').info('fine')\n",
        "utf-8",
    )
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-rfE", "-p", "no:cacheprovider", "-c", root / "pyproject.toml",
         "--rootdir", tmp_path, tmp_path / "test_x.py"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert "test_x.py::test_qt" in done.stdout, done.stdout
    assert "test_x.py::test_warning" in done.stdout
    assert "test_x.py::test_log" in done.stdout
    assert "::test_quiet" not in done.stdout


def test_the_watcher_sees_a_planted_word(tmp_path: Path) -> None:
    program = (
        "import os, socket, sys\n"
        "open(sys.argv[1] + '/a', 'w').write('before 국경 after')\n"
        "h = os.open(sys.argv[1] + '/b', os.O_CREAT | os.O_WRONLY)\n"
        "os.writev(h, [b'plan', b'ted-word'])\n"
        "os.pwrite(h, 'utf16-word'.encode('utf-16-le'), 500)\n"
        "os.unlink(sys.argv[1] + '/b')\n"
        "print('said-word')\n"
        "socket.socket(socket.AF_INET)\n"
    )
    seen = watching.watch([sys.executable, "-c", program, str(tmp_path)], tmp_path)
    assert seen.returncode == 0
    for word in ("국경", "planted-word", "utf16-word"):
        assert seen.leaks([word]), word
    assert not seen.leaks(["said-word"])
    assert len(seen.network()) == 1
    assert watching.in_folder(tmp_path, ["국경"])
    (tmp_path / "국경.txt").write_bytes(b"")
    assert any("국경.txt" in hit for hit in watching.in_folder(tmp_path, ["국경"]))


def test_a_skip_that_nobody_listed_fails_where_everything_is_to_run(tmp_path: Path, root: Path) -> None:
    (tmp_path / "conftest.py").write_text((root / "tests" / "conftest.py").read_text("utf-8"), "utf-8")
    (tmp_path / "test_x.py").write_text(
        "import pytest\n"
        "def test_inside(): pytest.skip('no tool')\n"
        "@pytest.mark.skipif(True, reason='no system')\n"
        "def test_mark(): pass\n"
        "@pytest.mark.xfail(strict=True)\n"
        "def test_known(): assert False\n",
        "utf-8",
    )
    command = [sys.executable, "-m", "pytest", "-q", "-rf", "-p", "no:cacheprovider", "-c",
               root / "pyproject.toml", "--rootdir", tmp_path, tmp_path / "test_x.py"]  # fmt: skip
    free = {name: value for name, value in os.environ.items() if name != "CAIRN_SKIPS"}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=free)
    assert "2 skipped, 1 xfailed" in done.stdout, done.stdout
    strict = free | {"CAIRN_SKIPS": "listed"}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=strict)
    assert "1 failed, 1 xfailed, 1 error" in done.stdout, done.stdout
    assert "no tool" in done.stdout and "no system" in done.stdout


def test_what_may_be_skipped_is_still_there(root: Path) -> None:
    for name, why in skips.MAY.items():
        file, _, test = name.partition("::")
        text = (root / "tests" / file).read_text("utf-8")
        assert why and f"def {test.partition('[')[0]}" in text, name


def test_a_try_that_failed_is_told_although_the_next_one_passes(tmp_path: Path, root: Path) -> None:
    (tmp_path / "conftest.py").write_text((root / "tests" / "conftest.py").read_text("utf-8"), "utf-8")
    (tmp_path / "test_x.py").write_text(
        "import pytest\n"
        "tries = []\n"
        "@pytest.mark.real_time\n"
        "def test_sound():\n"
        "    tries.append(1)\n"
        "    assert len(tries) == 2, 'one second of sound is missing'\n",
        "utf-8",
    )
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-c", root / "pyproject.toml",
         "--rootdir", tmp_path, tmp_path / "test_x.py"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0 and "1 passed" in done.stdout, done.stdout
    assert "test_sound, try 1 of 3: AssertionError: one second of sound is missing" in done.stdout, (
        done.stdout
    )
    assert "processors" in done.stdout


def test_how_busy_the_machine_was_says_who_it_may_have_been() -> None:
    idle, start = busy.Moment(10.0, 5.5), busy.Moment(0.0, 5.0)
    assert "5 % of the time: not the machine" in busy.since(start, idle)
    assert "50 % of the time: may be the machine" in busy.since(start, busy.Moment(10.0, 10.0))
    assert "can't be told" in busy.since(busy.Moment(0.0, None), idle)
    assert busy.now().at > 0

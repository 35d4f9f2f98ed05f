"""The Windows installer: what goes into it, that it compiles, and under Wine that it keeps its promises."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from packaging_kit import WINDOWS, script

maker = script("make_installer")

needs_makensis = pytest.mark.skipif(shutil.which("makensis") is None, reason="needs Debian's nsis")


@pytest.fixture(autouse=True)
def one_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """What stands in what is built, also while somebody commits."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")


@pytest.fixture
def frozen(tmp_path: Path) -> Path:
    """A payload in the shape of the real one."""
    folder = tmp_path / "frozen"
    (folder / "_internal" / "말").mkdir(parents=True)
    for name in (*maker.PROGRAMS, "LICENSE.txt", "_internal/a.dll", "_internal/말/$이름.qm"):
        (folder / name).write_bytes(name.encode())
    return folder


@pytest.fixture
def icon(tmp_path: Path) -> Path:
    """The program's own."""
    path = tmp_path / "cairn.ico"
    path.write_bytes(script("icons").ico())
    return path


def test_every_file_is_unpacked_and_every_one_removed(frozen: Path, tmp_path: Path) -> None:
    files = maker.payload_files(frozen)
    maker.write_payload(frozen, files, tmp_path / "payload.nsh")
    unpack = (tmp_path / "payload.nsh").read_text("utf-8")
    remove = (tmp_path / "payload.nsh.remove").read_text("utf-8").splitlines()
    assert [line for line in unpack.splitlines() if line.startswith("File")] == [
        f'File "{frozen / file}"' for file in files
    ]
    assert remove == [
        'Delete "$INSTDIR\\LICENSE.txt"',
        'Delete "$INSTDIR\\_internal\\a.dll"',
        'Delete "$INSTDIR\\_internal\\말\\$$이름.qm"',
        'Delete "$INSTDIR\\cairn-desktop.exe"',
        'Delete "$INSTDIR\\cairn.exe"',
        'RMDir "$INSTDIR\\_internal\\말"',
        'RMDir "$INSTDIR\\_internal"',
    ]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("_internal/a:b", "can't hold"),
        ("_internal/end.", "can't hold"),
        ("_internal/A.DLL", "one file"),
        ("_internal/" + "x" * 160, "too long"),
        ("vault.hdr", "unexpected"),
    ],
)
def test_a_payload_that_windows_cant_hold_is_refused(frozen: Path, name: str, words: str) -> None:
    (frozen / name).write_bytes(b"")
    with pytest.raises(maker.BuildError, match=words):
        maker.payload_files(frozen)


def test_both_programs_must_be_there(frozen: Path) -> None:
    (frozen / "cairn.exe").unlink()
    with pytest.raises(maker.BuildError, match=r"cairn\.exe is missing"):
        maker.payload_files(frozen)


def test_the_swap_knows_every_name_at_the_top() -> None:
    names = set(re.findall(r'insertmacro \$\{do\} "([^"]+)"', (WINDOWS / "swap.nsh").read_text("utf-8")))
    programs = dict(
        re.findall(r'!define (\w+_EXE) "([^"]+)"', (WINDOWS / "installer.nsi").read_text("utf-8"))
    )
    named = {programs.get(name.strip("${}"), name) for name in names}
    assert named == maker.TOP | {"uninstall.exe", "cairn.ini"}


def test_versions_as_windows_wants_them() -> None:
    assert maker.four_numbers("0.1.0") == "0.1.0.0"
    for bad in ("1", "0.1.0rc1", "1.2.3.4.5", ""):
        with pytest.raises(maker.BuildError):
            maker.four_numbers(bad)


def test_the_portable_zip_is_marked_and_always_the_same(frozen: Path, tmp_path: Path) -> None:
    one = maker.portable(frozen, tmp_path / "one", "0.1.0")
    (frozen / "LICENSE.txt").touch()
    two = maker.portable(frozen, tmp_path / "two", "0.1.0")
    assert one.read_bytes() == two.read_bytes()
    with zipfile.ZipFile(one) as archive:
        assert archive.testzip() is None
        assert archive.read("Cairn/portable") == b""
        assert archive.read("Cairn/_internal/말/$이름.qm") == "_internal/말/$이름.qm".encode()


def test_every_sentence_in_both_languages() -> None:
    said: dict[str, dict[str, str]] = {}
    for name, language, text in re.findall(
        r'^LangString (\w+) \$\{LANG_(\w+)\} "(.*)"$',
        (WINDOWS / "texts.nsh").read_text("utf-8"),
        re.MULTILINE,
    ):
        said.setdefault(name, {})[language] = text
    assert said
    for texts in said.values():
        assert texts.keys() == {"ENGLISH", "KOREAN"}
        values = [sorted(re.findall(r"\$(?!\\)\{?\w+\}?", text, re.ASCII)) for text in texts.values()]
        assert values[0] == values[1]
        assert re.search("[가-힣]", texts["KOREAN"])
    source = "".join(path.read_text("utf-8") for path in WINDOWS.glob("*.ns[ih]"))
    assert all(f"$({name})" in source for name in said)


@needs_makensis
def test_the_installer_compiles_without_a_warning_and_always_the_same(
    frozen: Path, icon: Path, tmp_path: Path
) -> None:
    side = tmp_path / "side.bmp"
    side.write_bytes(script("icons").side())
    one = maker.installer(frozen, tmp_path / "one", "0.1.0", icon=icon, side=side)
    two = maker.installer(frozen, tmp_path / "two", "0.1.0", icon=icon, side=side)
    assert one.name == "cairn-0.1.0-windows-x64-setup.exe"
    assert one.read_bytes() == two.read_bytes()
    (frozen / "_internal" / "a.dll").write_bytes(b"other")
    three = maker.installer(frozen, tmp_path / "three", "0.1.0", icon=icon, side=side)
    assert three.read_bytes() != one.read_bytes()


@needs_makensis
def test_what_makensis_says_is_passed_on(frozen: Path, tmp_path: Path) -> None:
    with pytest.raises(maker.BuildError, match="makensis failed"):
        maker.installer(frozen, tmp_path / "out", "0.1.0", icon=tmp_path / "missing.ico")


@pytest.mark.slow
def test_the_rehearsal_under_wine(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, str(WINDOWS / "rehearse.py"), "--keep", str(tmp_path / "run")],
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    if done.returncode == 77:
        pytest.skip(done.stdout.strip())
    assert done.returncode == 0, done.stdout + done.stderr
    assert "all seen" in done.stdout


@needs_makensis
@pytest.mark.skipif(
    shutil.which("osslsigncode") is None or shutil.which("openssl") is None,
    reason="needs Debian's osslsigncode",
)
def test_signing_with_a_certificate_that_is_thrown_away(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, str(WINDOWS / "sign.py"), "--rehearse", str(tmp_path / "run")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count("is found") == 2
    (setup,) = (tmp_path / "run" / "one").glob("*.exe")
    trusted = ["osslsigncode", "verify", "-in", str(setup), "-CAfile"]
    own = subprocess.run(
        [*trusted, str(tmp_path / "run" / "certificate.pem")], capture_output=True, check=False
    )
    others = subprocess.run(
        [*trusted, "/etc/ssl/certs/ca-certificates.crt"], capture_output=True, check=False
    )
    assert own.returncode == 0
    assert others.returncode != 0

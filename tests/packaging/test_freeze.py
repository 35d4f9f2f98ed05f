"""What is decided about the frozen program before it is built: what goes in, what must not, what is refused."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import PySide6
import pytest

from packaging_linux import EPOCH, ROOT

linux_only = pytest.mark.skipif(sys.platform != "linux", reason="reads programs of Linux")
QT = Path(PySide6.__file__).parent / "Qt"
Entry = tuple[str, str, str]


@pytest.fixture
def contents(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The module as PyInstaller's recipe imports it."""
    monkeypatch.syspath_prepend(str(ROOT / "packaging" / "freeze"))
    return importlib.import_module("contents")


@pytest.fixture
def build(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(ROOT / "packaging"))
    return importlib.import_module("freeze.build")


def libraries() -> list[Entry]:
    """Every library of Qt, as PyInstaller finds them."""
    files = sorted((QT / "lib").glob("lib*.so*"))
    return [(f"PySide6/Qt/lib/{each.name}", str(each), "BINARY") for each in files if each.is_file()]


def plugin(name: str) -> Entry:
    return (f"PySide6/Qt/plugins/{name}", str(QT / "plugins" / name), "BINARY")


@linux_only
def test_a_library_stays_only_while_something_that_stays_is_linked_with_it(contents: ModuleType) -> None:
    kept = {Path(each[0]).name for each in contents._needed([plugin("platforms/libqxcb.so"), *libraries()])}
    assert {"libqxcb.so", "libQt6XcbQpa.so.6", "libQt6Gui.so.6", "libQt6Core.so.6"} <= kept
    assert any(name.startswith("libicudata") for name in kept)  # over three steps
    assert not any(name.startswith(("libQt6Qml", "libQt6Quick", "libav", "libQt6Sql")) for name in kept)


@linux_only
def test_what_speaks_to_the_hosts_screen_and_sound_is_the_hosts(contents: ModuleType) -> None:
    own = [("libpulse.so.0", "/nonexistent", "BINARY"), ("libstdc++.so.6", "/nonexistent", "BINARY")]
    kept = {each[0] for each in contents._needed([plugin("platforms/libqxcb.so"), *libraries(), *own])}
    assert kept.isdisjoint({"libpulse.so.0", "libstdc++.so.6"})


def test_what_may_go_when_nothing_needs_it_lies_elsewhere_in_windows(contents: ModuleType) -> None:
    for name in (
        "Qt6Quick.dll",
        "PySide6/Qt6Qml.dll",
        "PySide6/avcodec-62.dll",
        "numpy.libs/libopenblas.dll",
    ):
        assert contents.is_library(name, "win32"), name
    for name in (
        "PySide6/QtCore.pyd",
        "PySide6/plugins/platforms/qwindows.dll",
        "PIL/_imaging.cp313-win_amd64.pyd",
    ):
        assert not contents.is_library(name, "win32"), name
    for system in ("linux", "darwin"):
        assert contents.is_library("PySide6/Qt/lib/libQt6Qml.so.6", system)
        assert not contents.is_library("PySide6/QtCore.abi3.so", system)


MACOS = {
    # What each is linked with, by the names that are compared. The places are those of the wheels for macOS.
    "PySide6/QtCore.abi3.so": ["qtcore"],
    "PySide6/QtGui.abi3.so": ["qtgui"],
    "PySide6/Qt/plugins/platforms/libqcocoa.dylib": ["qtgui", "qtcore"],
    "PySide6/Qt/plugins/multimedia/libffmpegmediaplugin.dylib": ["libavcodec.62.dylib"],
    "PySide6/Qt/lib/QtCore.framework/Versions/A/QtCore": [],
    "PySide6/Qt/lib/QtGui.framework/Versions/A/QtGui": ["qtdbus"],
    "PySide6/Qt/lib/QtDBus.framework/Versions/A/QtDBus": ["qtcore"],
    "PySide6/Qt/lib/QtQml.framework/Versions/A/QtQml": ["qtcore"],
    "PySide6/Qt/lib/libavcodec.62.dylib": [],
    "PIL/_imaging.cpython-313-darwin.so": ["libjpeg.62.dylib"],
    "PIL/.dylibs/libjpeg.62.dylib": [],
    "PIL/.dylibs/libavif.16.dylib": [],
}


@pytest.fixture
def macos(monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    """The recipe as it is read on macOS; that the linker there finds the same is not shown."""
    monkeypatch.syspath_prepend(str(ROOT / "packaging" / "freeze"))
    for name in ("contents", "libraries"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    with monkeypatch.context() as patched:
        patched.setattr(sys, "platform", "darwin")
        module = importlib.import_module("contents")
        linked = {Path("/" + name): {*needs} for name, needs in MACOS.items()}
        patched.setattr(module.libraries, "needed", lambda file: linked[file])
        yield module
    for name in ("contents", "libraries"):
        sys.modules.pop(name, None)


def framework(name: str) -> list[Entry]:
    """What the packager adds around a framework of Qt."""
    top = f"PySide6/Qt/lib/{name}.framework"
    return [
        (f"{top}/Versions/A/Resources/Info.plist", f"/{top}/Info.plist", "DATA"),
        (f"{top}/Versions/Current", "A", "SYMLINK"),
        (f"{top}/{name}", f"Versions/Current/{name}", "SYMLINK"),
        (f"{top}/Resources", "Versions/Current/Resources", "SYMLINK"),
    ]


def test_on_macos_a_library_is_a_framework_and_goes_whole(
    macos: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(macos, "_check", lambda _names: None)  # not all of the program is here
    binaries = [(name, f"/{name}", "BINARY") for name in MACOS]
    datas = [each for name in ("QtCore", "QtDBus", "QtQml") for each in framework(name)]
    kept, around = macos.trim(binaries, datas, tmp_path)
    names = {each[0] for each in kept}
    left_out = ("QtQml", "libavcodec", "ffmpeg", "libavif")
    assert names == {name for name in MACOS if not any(part in name for part in left_out)}
    assert set(around) == {*framework("QtCore"), *framework("QtDBus")}


def test_on_macos_what_is_required_and_forbidden_is_known_by_its_names_there(macos: ModuleType) -> None:
    with pytest.raises(SystemExit) as ended:
        macos._check([*MACOS, "PySide6/Qt/lib/QtQuick.framework/Versions/A/QtQuick"])
    absent, _, present = str(ended.value).partition("must not be there")
    assert "Qt6?Core" not in absent and "libqcocoa" not in absent and "fonts" not in absent
    assert "libqmacstyle" in absent and "sqlcipher3" in absent
    for name in ("QtQml.framework", "QtQuick.framework", "libavcodec.62", "libffmpegmediaplugin"):
        assert name in present
    assert "QtCore.framework" not in present


@linux_only
def test_ffmpeg_comes_in_by_no_plugin(contents: ModuleType) -> None:
    assert not contents._wanted_plugin("PySide6/Qt/plugins/multimedia/libffmpegmediaplugin.so")
    assert contents._wanted_plugin("PySide6/Qt/plugins/platforms/libqxcb.so")


@linux_only
def test_a_build_without_a_part_it_needs_ends(contents: ModuleType, tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match=r"absent: .*sqlcipher3.*libqwayland\.so"):
        contents.trim([plugin("platforms/libqxcb.so"), *libraries()], [], tmp_path)


@linux_only
@pytest.mark.parametrize("name", ["PySide6/Qt/lib/libavcodec.so.63", "lib-dynload/_ssl.so", "libQt6Qml.so.6"])
def test_a_build_with_a_part_that_must_not_be_there_ends(contents: ModuleType, name: str) -> None:
    with pytest.raises(SystemExit) as ended:
        contents._check([name])
    assert repr(name) in str(ended.value).partition("must not be there")[2]


@linux_only
def test_no_link_points_to_what_was_dropped(contents: ModuleType) -> None:
    link = ("libQt6Core.so.6", "PySide6/Qt/lib/libQt6Core.so.6", "SYMLINK")
    inner = ("PySide6/libshiboken6.so", "../shiboken6/libshiboken6.so", "SYMLINK")
    assert contents._target(link) == "PySide6/Qt/lib/libQt6Core.so.6"
    assert contents._target(inner) == "shiboken6/libshiboken6.so"


def test_every_module_of_the_program_is_named(contents: ModuleType) -> None:
    found = contents.hidden_imports(ROOT / "desktop")
    assert {"cairn", "cairn.__main__", "cairn.qt.screens.interviews.screen", "cairn.decode.child"} <= set(
        found
    )


def test_the_font_has_every_syllable_and_the_hanja_of_the_korean_standard(build: ModuleType) -> None:
    held = build.fonts.characters()
    assert set(range(0xAC00, 0xD7A4)) <= held
    assert sum(0x4E00 <= point <= 0x9FFF or 0xF900 <= point <= 0xFAFF for point in held) == 4888
    assert {ord(letter) for letter in "Aé€“”…ㄱㅏ、。（）Ж"} <= held


def test_rights_and_dates_are_of_the_commit_not_of_the_builder(build: ModuleType, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir(mode=0o700)
    for name, rights in (("program", 0o700), ("data", 0o600)):
        (tmp_path / "folder" / name).write_bytes(b"x")
        (tmp_path / "folder" / name).chmod(rights)
    (tmp_path / "folder" / "link").symlink_to("nowhere")
    build.settle(tmp_path, EPOCH)
    rights = {
        each.name: each.stat().st_mode & 0o777
        for each in (tmp_path / "folder").iterdir()
        if not each.is_symlink()
    }
    assert rights == {"program": 0o755, "data": 0o644}
    for each in (tmp_path, *tmp_path.rglob("*")):
        assert os.lstat(each).st_mtime == EPOCH


def test_dates_are_set_where_a_link_has_none_of_its_own(
    build: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Windows: `follow_symlinks` is not implemented there."""
    (tmp_path / "data").write_bytes(b"x")
    (tmp_path / "link").symlink_to("nowhere")
    real = os.utime

    def of_windows(path: Path, times: tuple[int, int], *, follow_symlinks: bool = True) -> None:
        if not follow_symlinks:
            raise NotImplementedError
        real(path, times)

    monkeypatch.setattr(os, "utime", of_windows)
    build.settle(tmp_path, EPOCH)
    assert (tmp_path / "data").stat().st_mtime == EPOCH


def test_another_version_is_written_into_the_copy_alone(
    build: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "fonts").mkdir()
    (tmp_path / "fonts" / "some.otf").write_bytes(b"font")
    monkeypatch.setattr(build, "_fonts", lambda _kept: tmp_path / "fonts")
    made = build.stage(tmp_path / "source", "9.8.7")
    assert '\n__version__ = "9.8.7"\n' in (made / "cairn" / "__init__.py").read_text("utf-8")
    assert "9.8.7" not in (ROOT / "desktop" / "cairn" / "__init__.py").read_text("utf-8")
    assert (made / "cairn" / "_resources" / "words" / "ko").is_dir()
    assert not [
        each for each in made.rglob("*") if each.name == "__pycache__" or each.suffix in (".pyc", ".ts")
    ]

"""The window's part of the self-test: Qt's plugins, fonts and texts in this very build, and a microphone.

Used by *About* in the open window, and by `cairn self-test`, which has none: there an application without a
screen is made, since a screen that does not answer would end the process. Plugins are loaded all the same: a
library of the system that they miss shows in that moment.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6 import __version__ as pyside
from PySide6.QtCore import (
    QCoreApplication,
    QEventLoop,
    QLibraryInfo,
    QObject,
    QPluginLoader,
    QSize,
    QTranslator,
    Signal,
    qInstallMessageHandler,
    qVersion,
)
from PySide6.QtGui import QFont, QFontDatabase, QGuiApplication, QImageReader, QRawFont

from cairn import resources
from cairn.app.kernel.sentences import languages
from cairn.app.program import build
from cairn.app.program.selftest import Finding, Probe, Simple
from cairn.app.program.selftest_sound import RATE, Heard
from cairn.errors import CairnError
from cairn.qt.base import fonts
from cairn.qt.media.recording.capture import Capture

PLUGINS = {
    "linux": (
        "platforms/libqxcb.so",
        "platforms/libqwayland.so",
        "platforms/libqoffscreen.so",
        "platforminputcontexts/libibusplatforminputcontextplugin.so",
        "platforminputcontexts/libcomposeplatforminputcontextplugin.so",
        "imageformats/libqsvg.so",
        "iconengines/libqsvgicon.so",
    ),
    "win32": ("platforms/qwindows.dll", "imageformats/qsvg.dll", "iconengines/qsvgicon.dll"),
    "darwin": ("platforms/libqcocoa.dylib", "imageformats/libqsvg.dylib", "iconengines/libqsvgicon.dylib"),
}
OPTIONAL = ("platforms/libqwayland.so",)
"""What packages only recommend the libraries for: without them the window goes to an X server."""
_ABSENT = re.compile(r"(lib[\w.+-]+): cannot open shared object file")
_FFMPEG = ("libavcodec", "libavformat", "libavutil", "avcodec-", "avformat-", "avutil-")
_KOREAN = "한글뷁"


def windowless(system: str) -> str:
    """Qt's platform for a program that shows no window on `system` (as `sys.platform`): one that has fonts there.

    In Windows `offscreen` looks for fonts in a folder that is not there.
    """
    return "windows" if system == "win32" else "offscreen"


class Outside:
    """The window's checks for a program that shows no window. Make one in the main thread."""

    def __init__(self) -> None:
        if QCoreApplication.instance() is None:
            os.environ["QT_QPA_PLATFORM"] = windowless(sys.platform)
            # What Qt would tell a terminal is in the findings; nothing else may stand beside the answer.
            qInstallMessageHandler(lambda *_: None)
            self._app = QGuiApplication(["cairn"])
            fonts.install()

    def probes(self) -> Sequence[Probe]:
        """See `probes`."""
        return probes()

    def versions(self) -> dict[str, str]:
        """See `versions`."""
        return versions()

    def listen(self) -> Heard:
        """A second from the microphone."""
        loop, found = QEventLoop(), [Heard(why="none")]
        listener = Listener()

        def heard(what: Heard) -> None:
            found[0] = what
            loop.quit()

        listener.done.connect(heard)
        listener.begin()
        if not listener.ended:
            loop.exec()
        return found[0]


class Listener(QObject):
    """Takes one second from the system's microphone through the same door as a recording. GUI thread only."""

    done = Signal(object)
    """A Heard, once."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.ended = False
        self._samples = bytearray()
        self._capture = Capture(self)
        self._capture.samples.connect(self._take)
        self._capture.failed.connect(self._fail)
        self._capture.lost.connect(
            lambda: self._end(Heard(self._capture.name, why="microphone.nothing-came"))
        )

    def begin(self) -> None:
        """Start; `done` follows, at once where there is no microphone."""
        self._capture.start()

    def stop(self) -> None:
        """Give up: `done` is not emitted any more."""
        self.ended = True
        self._capture.stop()

    def _take(self, samples: bytes) -> None:
        self._samples += samples
        if len(self._samples) >= RATE * 2:
            self._end(Heard(self._capture.name, bytes(self._samples[: RATE * 2])))

    def _fail(self, error: CairnError) -> None:
        self._end(Heard(self._capture.name, why=error.code))

    def _end(self, what: Heard) -> None:
        if not self.ended:
            self.stop()
            self.done.emit(what)


def versions() -> dict[str, str]:
    """Qt and its binding."""
    return {"qt": qVersion(), "pyside": pyside}


def probes() -> Sequence[Probe]:
    """What can be seen of this build without a window. Any thread, once there is an application."""
    return (
        Simple("plugins", plugins),
        Simple("no-ffmpeg", no_ffmpeg),
        Simple("icons", icons),
        Simple("window-texts", window_texts),
        Simple("korean-font", korean_font),
        Simple("sound-library", sound_library),
    )


def plugins() -> Finding:
    """Every plugin that the window needs is there and can be loaded with the system's libraries."""
    folder = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath))
    seen = []
    for name in PLUGINS.get(sys.platform, ()):
        if not (folder / name).is_file():
            return Finding("missing", name)
        called = Path(name).stem.removeprefix("lib")
        loader = QPluginLoader(str(folder / name))
        if not loader.load():
            said = loader.errorString()
            absent = _ABSENT.search(said)
            if absent is None or name not in OPTIONAL:
                # The name of the library that the system lacks stands in what the loader says.
                return Finding("not loadable", f"{name}: {said.rpartition(': ')[0].rpartition('(')[2]}")
            called += f" (not on this system: {absent[1]})"
        seen.append(called)
    return Finding(detail=", ".join(seen))


def no_ffmpeg() -> Finding:
    """A packaged build has no FFmpeg: a large parser of untrusted files that nothing here would guard."""
    folder = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath)) / "multimedia"
    found = sorted(path.name for path in folder.glob("*ffmpeg*"))
    if build.packaged():
        root = Path(getattr(sys, "_MEIPASS", Path(sys.executable).parent))
        found += sorted(path.name for path in root.rglob("*") if path.name.startswith(_FFMPEG))
        return Finding(found[0] if found else "", "none")
    return Finding(detail="from source, Qt's own is there and is not used" if found else "none")


def icons() -> Finding:
    """An icon is drawn: SVG is read by a plugin, and without it every button would be empty."""
    reader = QImageReader(str(resources.path("icons/cairn.svg")))
    reader.setScaledSize(QSize(24, 24))
    image = reader.read()
    drawn = any(image.pixelColor(x, y).alpha() for x in range(image.width()) for y in range(image.height()))
    return Finding("" if drawn else "empty")


def window_texts() -> Finding:
    """The window's own texts and Qt's are there in every language."""
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    for language in languages():
        if not QTranslator().load(str(resources.path(f"translations/cairn_{language}.qm"))):
            return Finding(f"cairn_{language}")
        if language != "en" and not QTranslator().load(f"qtbase_{language}", folder):
            return Finding(f"qtbase_{language}")
    return Finding(detail=", ".join(languages()))


def korean_font() -> Finding:
    """Some font has Korean, and so has the one that a packaged build brings; from source it is the system's affair."""
    folder = resources.path(fonts.FOLDER)
    shipped = resources.names(fonts.FOLDER, ".otf") if folder.is_dir() else []
    for name in shipped:
        if not _has_korean(QRawFont(str(folder / name), 16.0)):
            return Finding("shipped", name)
    for family in QFontDatabase.families(QFontDatabase.WritingSystem.Korean):
        if _has_korean(QRawFont.fromFont(QFont(family), QFontDatabase.WritingSystem.Korean)):
            return Finding(detail=", ".join([family, *shipped]))
    return Finding("none") if build.packaged() else Finding(detail="none on this system")


def _has_korean(font: QRawFont) -> bool:
    return all(font.supportsCharacter(ord(letter)) for letter in _KOREAN)


def sound_library() -> Finding:
    """Qt's sound loads. Without the system's sound library Cairn works, but neither records nor plays."""
    try:
        from PySide6 import QtMultimedia
    except ImportError as error:
        return Finding(detail=f"not on this system: {str(error).partition(':')[0]}")
    return Finding(detail=QtMultimedia.__name__.rpartition(".")[2])

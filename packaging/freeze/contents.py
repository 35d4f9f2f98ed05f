"""What goes into the frozen program and what does not. Used by cairn.spec, on all three systems."""

from __future__ import annotations

import re
import sys
from pathlib import Path, PurePosixPath

import libraries

Entry = tuple[str, str, str]
"""As PyInstaller keeps it: name in the folder, file it comes from (of a link: what it points to), kind."""

# Offline by design, and no second crypto library: what is not there can't be reached by mistake either.
# The rest is what nothing here uses; numpy's and Pillow's parts bring several MB each.
NEVER_IMPORTED = [
    "_hashlib", "_sqlite3", "_ssl", "sqlite3", "ssl",
    "asyncio", "curses", "doctest", "ensurepip", "ftplib", "http.server", "imaplib", "lib2to3",
    "multiprocessing", "nntplib", "pdb", "pip", "poplib", "pydoc", "readline", "setuptools", "smtplib",
    "telnetlib", "tkinter", "turtle", "unittest", "venv", "webbrowser", "wsgiref", "xmlrpc",
    "PIL.ImageQt", "PIL.ImageTk", "PIL._avif", "PIL._imagingft", "PIL._imagingmath", "PIL._imagingmorph",
    # Its way to a Java program, to updates and to the network; the child has stand-ins (decode/form_convert.py).
    "pyxform.validators.enketo_validate", "pyxform.validators.odk_validate", "pyxform.validators.updater",
    "pyxform.validators.util", "pyxform.xls2xform",
    # Only its distances are used, and those that run on every processor; it goes on without the rest.
    "rapidfuzz.distance.metrics_cpp_avx2", "rapidfuzz.fuzz_cpp", "rapidfuzz.fuzz_cpp_avx2",
    "rapidfuzz.process_cpp_impl", "rapidfuzz.utils_cpp",
    "cffi", "fontTools", "lxml.html", "lxml.objectify", "pycparser",
    "numpy.distutils", "numpy.f2py", "numpy.fft", "numpy.ma", "numpy.polynomial", "numpy.random", "numpy.testing",
    "PySide6.QtMultimediaWidgets", "PySide6.QtOpenGL", "PySide6.QtQml", "PySide6.QtQuick",
    # Elsewhere pages go to CUPS, by its own library, which is the host's.
    *([] if sys.platform == "win32" else ["PySide6.QtPrintSupport"]),
]  # fmt: skip

# Of Qt's plugins only these: the platform, the window's own icons, ways of typing, the desktop's dialogs.
# None of `multimedia`: sound in and out needs no plugin, and the one there is brings FFmpeg.
PLUGINS = {
    "linux": [
        "iconengines/libqsvgicon.so", "imageformats/libqsvg.so",
        "platforminputcontexts/libcomposeplatforminputcontextplugin.so",
        "platforminputcontexts/libibusplatforminputcontextplugin.so",
        "platforms/libqoffscreen.so", "platforms/libqwayland.so", "platforms/libqxcb.so",
        "platformthemes/libqxdgdesktopportal.so",
        "wayland-decoration-client/libadwaita.so", "wayland-decoration-client/libbradient.so",
        "wayland-shell-integration/libxdg-shell.so",
    ],
    "win32": [
        "iconengines/qsvgicon.dll", "imageformats/qsvg.dll",
        "platforms/qoffscreen.dll", "platforms/qwindows.dll", "styles/qmodernwindowsstyle.dll",
    ],
    "darwin": [
        "iconengines/libqsvgicon.dylib", "imageformats/libqsvg.dylib",
        "platforms/libqcocoa.dylib", "platforms/libqoffscreen.dylib", "styles/libqmacstyle.dylib",
    ],
}[sys.platform]  # fmt: skip

# Without one of these something would be missing only when a user comes to it.
REQUIRED = [
    r"PySide6/QtCore\.", r"PySide6/QtDBus\.", r"PySide6/QtGui\.", r"PySide6/QtMultimedia\.", r"PySide6/QtNetwork\.",
    r"libQt6Core\.so\.6$" if sys.platform == "linux" else r"Qt6?Core", r"PySide6/QtSvg\.", r"PySide6/QtWidgets\.", r"shiboken6/Shiboken\.",
    r"sqlcipher3/_sqlite3\.", r"cryptography/hazmat/bindings/_rust\.", r"msgspec/_core\.",
    r"_soundfile_data/libsndfile", r"charset_normalizer/md\.", r"soxr/soxr_ext\.", r"libsonic/libsonic\.", r"codecpod/codecpod\.",
    r"PIL/_imaging\.", r"PIL/_imagingcms\.", r"PIL/_webp\.", r"_pi_heif\.", r"pypdfium2_raw/\w*pdfium\.",
    r"lxml/etree\.", r"docx/templates/default\.docx$", r"mnemonic/wordlist/english\.txt$",
    r"cairn/storage/migrations/0001\.sql$", r"cairn/_resources/words/ko/", r"cairn/_resources/translations/cairn_ko\.qm$",
    r"PySide6/(Qt/)?translations/qtbase_ko\.qm$",
    *([r"PySide6/QtPrintSupport\."] if sys.platform == "win32" else []),
    *([r"cairn/_resources/fonts/\w+-Regular\.otf$", r"cairn/_resources/fonts/copyright\.txt$"] if sys.platform == "linux" else []),
]  # fmt: skip

FORBIDDEN = [
    r"libav(codec|format|util)|libsw(scale|resample)|avcodec-\d", r"plugins/(multimedia|tls|sqldrivers|networkinformation)/",
    r"Qt6?(Qml|Quick|Sql|WebEngine|VirtualKeyboard|Pdf)", r"\b_ssl\.", r"\b_hashlib\.", r"\.jar$", r"lib(ssl|crypto)[.-]", r"libgtk",
]  # fmt: skip

# What belongs to the host even where PyInstaller found it here: what talks to the display server, the
# session or the sound server, and what the host's graphics drivers are linked with too.
HOST = re.compile(
    r"^lib(stdc\+\+|gcc_s|X11|X11-xcb|xcb|fontconfig|freetype|expat|z|glib-2\.0|gthread-2\.0|dbus-1|pulse"
    r"|wayland-\w+|mvec)\.so"
)

# Debug information is half of these. Never numpy's and Pillow's: strip breaks files that auditwheel rewrote.
STRIP = re.compile(r"^libpython3|sqlcipher3/_sqlite3\.|bindings/_rust\.abi3|^python3\.\d+/lib-dynload/")

_PLUGIN = re.compile(r"(?:^|/)plugins/(.+)$")
_LIBRARIES = {
    "win32": re.compile(r"^(?:[^/]+|(?:PySide6|shiboken6|[^/]+\.libs)/[^/]+\.dll)$", re.IGNORECASE),
    "darwin": re.compile(
        r"^(?:[^/]+|PySide6/Qt/lib/[^/]+|PySide6/Qt/lib/[^/]+\.framework/Versions/[^/]+/[^/]+|(?:.+/)?\.dylibs/[^/]+)$"
    ),
    "": re.compile(r"^(?:[^/]+|PySide6/Qt/lib/[^/]+|[^/]+\.libs/[^/]+)$"),
}
_FRAMEWORK = re.compile(r"^(.+\.framework)/")
"""On macOS a library is a folder, with a list of facts and links of its own around it."""
_UNUSED_DATA = re.compile(
    r"\.pyi$|py\.typed$|\.dist-info/|^docx/templates/default-docx-template/|^lxml/|^pyxform/|^PySide6/(Qt/)?resources/"
    r"|^PySide6/(Qt/)?translations/(?!qtbase_(?:en|ko)\.qm$)"
)


def hidden_imports(source: Path) -> list[str]:
    """Every module of the program: some are imported by name only when they are wanted."""
    found = []
    for file in sorted((source / "cairn").rglob("*.py")):
        parts = file.relative_to(source).with_suffix("").parts
        found.append(".".join(parts[:-1] if parts[-1] == "__init__" else parts))
    return found


def own_data(source: Path) -> list[tuple[str, str]]:
    """Resources and migrations, as (file, folder in the frozen program)."""
    files = [*(source / "cairn" / "storage" / "migrations").glob("*.sql")]
    files += [each for each in (source / "cairn" / "_resources").rglob("*") if each.is_file()]
    return [(str(each), str(each.parent.relative_to(source))) for each in sorted(files)]


def trim(binaries: list[Entry], datas: list[Entry], work: Path) -> tuple[list[Entry], list[Entry]]:
    """What remains of both lists. Ends the build where something required is absent."""
    binaries = [each for each in binaries if _wanted_plugin(each[0])]
    binaries = _needed(binaries)
    names = {_slashes(each[0]) for each in binaries}
    datas = [each for each in datas if not _UNUSED_DATA.search(_slashes(each[0]))]
    # A link to a library that was dropped would point nowhere; what lies around one that stays, stays.
    frameworks = {_framework(name) for name in names}
    datas = [each for each in datas if _belongs(each, names, frameworks)]
    _check([*names, *(_slashes(each[0]) for each in datas)])
    return [_stripped(each, work / "stripped") for each in binaries], datas


def is_library(name: str, system: str = sys.platform) -> bool:
    """Whether `name`, its place in the frozen program on `system`, is a library that goes when nothing needs it.

    In Windows Qt's own lie beside the modules of Python, whose names end otherwise.
    """
    return _LIBRARIES.get(system, _LIBRARIES[""]).match(name) is not None


def _slashes(name: str) -> str:
    return name.replace("\\", "/")


def _target(link: Entry) -> str:
    """The name that a link points to."""
    parts: list[str] = []
    for part in PurePosixPath(_slashes(link[0])).parent.joinpath(_slashes(link[1])).parts:
        if part == "..":
            parts.pop()
        else:
            parts.append(part)
    return "/".join(parts)


def _framework(name: str) -> str:
    """The framework that a name lies in; empty where it lies in none."""
    found = _FRAMEWORK.match(_slashes(name))
    return found[1] if found else ""


def _belongs(data: Entry, names: set[str], frameworks: set[str]) -> bool:
    if framework := _framework(data[0]):
        return framework in frameworks
    return data[2] != "SYMLINK" or _target(data) in names


def _wanted_plugin(name: str) -> bool:
    plugin = _PLUGIN.search(_slashes(name))
    return plugin is None or not name.startswith("PySide6") or plugin.group(1) in PLUGINS


def _needed(binaries: list[Entry]) -> list[Entry]:
    """Without the libraries that nothing which stays is linked with, and without the host's own."""
    loose: dict[str, Entry] = {}
    roots: list[Entry] = []
    for each in binaries:
        name = _slashes(each[0])
        if each[2] != "BINARY" or not is_library(name) or name.startswith("libpython"):
            roots.append(each)
        elif sys.platform != "linux" or not HOST.match(PurePosixPath(name).name):
            loose[libraries.key(name)] = each
    files = {name: Path(each[1]) for name, each in loose.items()}
    reached = libraries.reachable([Path(each[1]) for each in roots], files)
    return sorted([*roots, *(each for name, each in loose.items() if name in reached)])


def _check(names: list[str]) -> None:
    absent = [each for each in REQUIRED if not any(re.search(each, name) for name in names)]
    absent += [each for each in PLUGINS if not any(name.endswith(f"/plugins/{each}") for name in names)]
    present = [name for name in names if any(re.search(each, name) for each in FORBIDDEN)]
    if absent or present:
        raise SystemExit(f"absent: {absent}\nmust not be there: {present}")


def _stripped(entry: Entry, into: Path) -> Entry:
    if sys.platform != "linux" or not STRIP.search(entry[0]):
        return entry
    into.mkdir(parents=True, exist_ok=True)
    file = into / Path(entry[1]).name
    libraries.strip(Path(entry[1]), file)
    return (entry[0], str(file), entry[2])


def icon(source: Path) -> str | None:
    """The icon of the executable, where the system keeps it inside."""
    made = {"win32": "cairn.ico", "darwin": "cairn.icns"}.get(sys.platform)
    return str(source / made) if made and (source / made).is_file() else None


INFO_PLIST: dict[str, object] = {
    "CFBundleDisplayName": "Cairn",
    "LSMinimumSystemVersion": "14.0",
    "LSApplicationCategoryType": "public.app-category.productivity",
    "NSHighResolutionCapable": True,
    "NSMicrophoneUsageDescription": "Cairn records interviews, encrypted as they are spoken.",
    "NSRequiresAquaSystemAppearance": False,
}
"""What macOS asks of an application."""

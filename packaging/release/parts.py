"""The parts of a frozen build: Python packages, the libraries inside them, the system's, the fonts.

What a package says of itself is read from its metadata; `native.toml` knows what no metadata says. Nothing is
guessed: a shared library that nobody claims, a package without a licence or a licence without a text ends the
build with its name.
"""

from __future__ import annotations

import re
import subprocess
import sys
import sysconfig
import tomllib
from dataclasses import dataclass, field
from fnmatch import fnmatch
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LOCK = ROOT / "packaging" / "locks" / "requirements.lock"
TEXTS = Path(__file__).with_name("texts")
NATIVE = tomllib.loads(Path(__file__).with_name("native.toml").read_text("utf-8"))
_LOCKED = re.compile(r"^([A-Za-z0-9._-]+)==([^ ;\\]+)(?: ; ([^\\]+))?", re.MULTILINE)
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")
_LICENCE_FILE = re.compile(r"(?i)(licen[cs]e|copying|notice)[^/]*$|/licenses/|(^|/)licensing/")
_LIBRARY = re.compile(r"(?i)\.(so(\.[0-9.]+)?|pyd|dll|dylib)$")
_SPDX = re.compile(
    r"(MIT|MIT-0|MIT-CMU|BSD-2-Clause|BSD-3-Clause|0BSD|Apache-2\.0|Zlib|PSF-2\.0|CNRI-Python|CC0-1\.0|OFL-1\.1|blessing|IJG|libtiff"
    r"|bzip2-1\.0\.6|Unicode-3\.0|LGPL-2\.0-or-later|LGPL-2\.1-only|LGPL-2\.1-or-later|LGPL-3\.0-only|LGPL-3\.0-or-later"
    r"|GPL-2\.0-or-later WITH Bootloader-exception|GPL-3\.0-or-later WITH GCC-exception-3\.1|Apache-2\.0 WITH LLVM-exception"
    r"|LicenseRef-public-domain|LicenseRef-Microsoft-redistributable)"
)


@dataclass(frozen=True)
class Part:
    """One part of the build. `link` is "package", "file" or "inside" (then `inside` names the file)."""

    name: str
    version: str
    licence: str
    kind: str
    """`program`, `package`, `library`, `system` or `font`."""
    text: str
    purl: str = ""
    source: str = ""
    of: str = ""
    link: str = "package"
    file: str = ""
    note: str = ""
    hashes: tuple[str, ...] = field(default=())


def collect(internal: Path) -> list[Part]:
    """Every part of the build whose files lie in `internal`, sorted. Ends the program with what is wrong."""
    files = sorted(
        path.relative_to(internal).as_posix()
        for path in internal.rglob("*")
        if path.is_file() and not path.is_symlink()
    )
    packages = _packages()
    found = [*packages.values(), *_libraries(internal, files), *_system(files, packages), _bootloader()]
    if (internal / "cairn/_resources/fonts").is_dir():
        found.append(_font(internal))
    for part in found:
        require(part)
    return sorted(found, key=lambda part: (part.name.lower(), part.of))


def require(part: Part) -> None:
    """End the build for a part without a licence, with one that nobody has looked at, or without its text."""
    words = re.split(r" (?:AND|OR) ", part.licence.replace("(", "").replace(")", ""))
    if not all(_SPDX.fullmatch(word) for word in words):
        raise SystemExit(f"{part.name}: licence {part.licence!r} is not one that was looked at (native.toml)")
    if len(part.text.strip()) < 60:
        raise SystemExit(f"{part.name}: no text of its licence (native.toml)")


def locked() -> dict[str, tuple[str, tuple[str, ...]]]:
    """Packages of the lock that apply here: version, and the hashes of the files that it accepts."""
    text, found = LOCK.read_text("utf-8"), {}
    places = list(_LOCKED.finditer(text))
    for number, place in enumerate(places):
        end = places[number + 1].start() if number + 1 < len(places) else len(text)
        name = place[1].lower()
        if name not in NATIVE["left_out"]["names"]:
            found[name] = (place[2], tuple(sorted(_HASH.findall(text[place.start() : end]))))
    return found


def _packages() -> dict[str, Part]:
    found = {}
    for name, (version, hashes) in locked().items():
        dist = metadata.distribution(name)
        if dist.version != version:
            raise SystemExit(f"{name} {dist.version} is installed, {version} is locked")
        licence = dist.metadata.get("License-Expression") or NATIVE["licences"].get(name, "")
        own = NATIVE["texts"].get(name)
        text = "\n\n".join(_text(one) for one in own) if own else _texts_of(dist)
        purl = f"pkg:pypi/{name}@{version}"
        found[name] = Part(name, version, licence, "package", text, purl, hashes=hashes)
    return found


def _texts_of(dist: metadata.Distribution, wanted: str = "") -> str:
    """The licence texts that a package carries, those whose path holds `wanted`."""
    texts = []
    for file in sorted(dist.files or [], key=str):
        path = file.as_posix()
        if (
            (wanted or _LICENCE_FILE.search(path))
            and wanted in path
            and not path.endswith((".py", ".pyc", ".h"))
        ):
            located = Path(str(dist.locate_file(file)))
            if located.is_file():
                text = located.read_text("utf-8", "replace").strip()
                if text not in texts:
                    texts.append(text)
    return "\n\n".join(texts)


def _text(name: str) -> str:
    if name.startswith("dist:"):
        _, dist, wanted = name.split(":", 2)
        return _texts_of(metadata.distribution(dist), wanted)
    return (ROOT / "LICENSE" if name == "LICENSE" else TEXTS / name).read_text("utf-8").strip()


def _libraries(internal: Path, files: list[str]) -> list[Part]:
    found = []
    for entry in NATIVE["library"]:
        patterns = [entry["file"]] if isinstance(entry["file"], str) else entry["file"]
        matching = [name for name in files if any(fnmatch(name, one) for one in patterns)]
        if not matching:
            continue
        text = "\n\n".join(_text(one) for one in entry["texts"])
        version = _version(entry, internal / matching[0])
        of, name = entry["of"], entry["name"]
        slug = re.sub(r"[^a-z0-9.]+", "-", name.lower()).strip("-")
        found.append(
            Part(
                name, version, entry["licence"], "library", text, f"pkg:generic/{slug}@{version}" if version else "",
                entry["source"], of, entry["link"], matching[0], entry.get("note", ""),
            )
        )  # fmt: skip
    return found


def _version(entry: dict[str, str], file: Path) -> str:
    if "find" in entry:
        by_name = re.search(entry["find"], file.name)
        by_content = None if by_name else re.search(entry["find"].encode(), file.read_bytes())
        if by_name is None and by_content is None:
            raise SystemExit(f"{entry['name']}: no version in {file.name} (native.toml)")
        return by_name[1].rstrip(".") if by_name else by_content[1].decode().rstrip(".")  # type: ignore[index]
    if "find_text" in entry:
        paths = " ".join(str(one) for one in metadata.distribution(entry["of"]).files or [])
        match = re.search(entry["find_text"], paths)
        return match[1] if match else ""
    said = entry.get("version", "")
    return said and _SAID[said](entry)


def _pdfium(_entry: dict[str, str]) -> str:
    import pypdfium2_raw.version as pdfium

    return (
        str(pdfium.PDFIUM_INFO.version) if hasattr(pdfium.PDFIUM_INFO, "version") else str(pdfium.PDFIUM_INFO)
    )


def _sqlite(_entry: dict[str, str]) -> str:
    from sqlcipher3 import dbapi2

    return str(dbapi2.sqlite_version)


def _sqlcipher(_entry: dict[str, str]) -> str:
    from sqlcipher3 import dbapi2

    said = dbapi2.connect(":memory:").execute("PRAGMA cipher_version").fetchone()
    return str(said[0]).split()[0]


def _libde265(_entry: dict[str, str]) -> str:
    import pi_heif

    return str(pi_heif.libheif_info()["decoders"]["libde265"]).rpartition(" ")[2]


def _libheif(_entry: dict[str, str]) -> str:
    import pi_heif

    return str(pi_heif.libheif_version())


def _libsoxr(_entry: dict[str, str]) -> str:
    import soxr

    return str(soxr.__libsoxr_version__).partition("-")[0]


def _openblas(_entry: dict[str, str]) -> str:
    import numpy

    built = numpy.show_config(mode="dicts")["Build Dependencies"]["blas"]["version"]
    return ".".join(str(built).split(".")[:3])


def _libxml2(_entry: dict[str, str]) -> str:
    from lxml import etree

    return ".".join(map(str, etree.LIBXML_VERSION))


_SAID = {
    "{of}": lambda entry: metadata.version(entry["of"]),
    "{pdfium}": _pdfium,
    "{libde265}": _libde265,
    "{libheif}": _libheif,
    "{libsoxr}": _libsoxr,
    "{openblas}": _openblas,
    "{sqlcipher}": _sqlcipher,
    "{sqlite}": _sqlite,
    "{libxml2}": _libxml2,
}


def _system(files: list[str], packages: dict[str, Part]) -> list[Part]:
    """Libraries that come from no wheel, one part for each package of the system."""
    wheels = {file.as_posix() for name in packages for file in metadata.distribution(name).files or []} | {
        f"{name}" for name in ()
    }
    found: dict[str, Part] = {}
    for name in files:
        if not _LIBRARY.search(name) or name in wheels:
            continue
        entry = next((one for one in NATIVE["system"] if re.search(one["file"], name)), None)
        if entry is None:
            raise SystemExit(f"{name}: nobody says what this library is and of which licence (native.toml)")
        part = _python(entry) if entry.get("name") == "Python" else _of_system(entry, name)
        found.setdefault(part.name, part)
    return list(found.values())


def _python(entry: dict[str, str]) -> Part:
    version = ".".join(map(str, sys.version_info[:3]))
    for place in (Path(sysconfig.get_path("stdlib")) / "LICENSE.txt", Path(sys.base_prefix) / "LICENSE.txt"):
        if place.is_file():
            text = place.read_text("utf-8")
            return Part(
                "Python", version, entry["licence"], "library", text, f"pkg:generic/python@{version}",
                "https://www.python.org/downloads/", link="file",
            )  # fmt: skip
    raise SystemExit("Python: no text of its licence")


def _of_system(entry: dict[str, str], name: str) -> Part:
    if sys.platform != "linux":
        text = f"{entry.get('name', name)}: distributed with the program under the terms of its maker, unchanged."
        return Part(entry.get("name", name), "", entry["licence"], "system", text, link="file", file=name)
    package, version = _debian(Path(name).name)
    text = Path(f"/usr/share/doc/{package}/copyright").read_text("utf-8", "replace")
    return Part(
        package, version, entry["licence"], "system", text, f"pkg:deb/debian/{package}@{version}",
        f"https://tracker.debian.org/pkg/{package}", link="file", file=name,
    )  # fmt: skip


def _debian(library: str) -> tuple[str, str]:
    """The Debian package that a library of this machine comes from, and its version."""
    found = subprocess.run(["dpkg", "-S", f"*/{library}"], capture_output=True, text=True, check=False)
    owners = sorted(line.split(":")[0] for line in found.stdout.splitlines() if "diversion" not in line)
    if not owners:
        raise SystemExit(f"{library}: comes from no package of this system")
    asked = subprocess.run(
        ["dpkg-query", "-W", "-f", "${Version}\n", owners[0]], capture_output=True, text=True, check=True
    )
    return owners[0], asked.stdout.splitlines()[0]


def _bootloader() -> Part:
    """The program file itself: what PyInstaller starts Python with."""
    dist = metadata.distribution("pyinstaller")
    licence = "GPL-2.0-or-later WITH Bootloader-exception"
    return Part(
        "PyInstaller's start program", dist.version, licence, "program", _texts_of(dist, "COPYING"),
        f"pkg:pypi/pyinstaller@{dist.version}", "https://github.com/pyinstaller/pyinstaller", link="file",
    )  # fmt: skip


def _font(internal: Path) -> Part:
    folder = internal / "cairn/_resources/fonts"
    _, version = _debian("NotoSansCJK-Regular.ttc")
    file = next(path.name for path in sorted(folder.iterdir()) if path.suffix in (".otf", ".ttf"))
    return Part(
        "Noto Sans CJK KR", version, "OFL-1.1", "font", (folder / "copyright.txt").read_text("utf-8"),
        f"pkg:deb/debian/fonts-noto-cjk@{version}", "https://github.com/notofonts/noto-cjk", link="file",
        file=f"cairn/_resources/fonts/{file}", note="Cut down to the letters that Korean is written with.",
    )  # fmt: skip

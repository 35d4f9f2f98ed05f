"""The files of the installed program as they lie below `/`: what the .deb and the .rpm have in common."""

from __future__ import annotations

import gzip
import io
import os
import shutil
import textwrap
from datetime import UTC, datetime
from pathlib import Path

from linux import icons, man

ROOT = Path(__file__).resolve().parents[2]
SHARE = Path(__file__).with_name("share")
ID = "app.cairn.Cairn"
PROGRAM = "usr/lib/cairn"
PROFILE = "etc/apparmor.d/cairn"
LANGUAGES = ("en", "ko")


def epoch() -> int:
    """Seconds since 1970 that every file is dated to. Raises KeyError when nobody said."""
    return int(os.environ["SOURCE_DATE_EPOCH"])


def stage(root: Path, frozen: Path, version: str) -> None:
    """Lay out the installed program of `version` below `root`, anew. `settle` comes when all else is in place."""
    shutil.rmtree(root, ignore_errors=True)
    shutil.copytree(frozen, root / PROGRAM, symlinks=True)
    (root / "usr/bin").mkdir(parents=True)
    (root / "usr/bin/cairn").symlink_to("../lib/cairn/cairn")
    write(root / PROFILE, (SHARE / "apparmor").read_bytes())
    share(root / "usr/share", version)
    documents(root / "usr/share/doc/cairn", frozen, version)


def share(into: Path, version: str) -> None:
    """What a desktop wants to know: entry, types of files, description, icons, man pages."""
    write(into / f"applications/{ID}.desktop", (SHARE / f"{ID}.desktop").read_bytes())
    write(into / f"mime/packages/{ID}.xml", (SHARE / f"{ID}.xml").read_bytes())
    date = datetime.fromtimestamp(epoch(), UTC).strftime("%Y-%m-%d")
    about = (SHARE / f"{ID}.metainfo.xml").read_text("utf-8")
    about = about.replace("@VERSION@", version).replace("@DATE@", date)
    write(into / f"metainfo/{ID}.metainfo.xml", about.encode())
    svg = ROOT / "resources" / "icons" / "cairn.svg"
    write(into / f"icons/hicolor/scalable/apps/{ID}.svg", svg.read_bytes())
    for size in icons.SIZES:
        target = into / f"icons/hicolor/{size}x{size}/apps/{ID}.png"
        target.parent.mkdir(parents=True, exist_ok=True)
        icons.draw(svg, size, target)
    for language in LANGUAGES:
        folder = "man/man1" if language == "en" else f"man/{language}/man1"
        write(into / folder / "cairn.1.gz", packed(man.page(language, version, date).encode()))


def documents(into: Path, frozen: Path, version: str) -> None:
    """Licence and changes. The notices of third parties are the very ones that the program shows."""
    write(into / "copyright", (SHARE / "copyright").read_bytes())
    write(into / "changelog.gz", packed(_changes(version).encode()))
    notices = "_internal/cairn/_resources/notices"
    if (frozen / notices).is_dir():
        (into / "notices").symlink_to(f"../../../lib/cairn/{notices}")


def settle(root: Path) -> None:
    """Give everything below `root` its final permissions and date."""
    for path in [root, *sorted(root.rglob("*"))]:
        if not path.is_symlink():
            program = path == root / PROGRAM / "cairn"
            path.chmod(0o755 if path.is_dir() or program else 0o644)
        os.utime(path, (epoch(), epoch()), follow_symlinks=False)


def write(target: Path, data: bytes) -> None:
    """Write a file, with its folders."""
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(data)


def packed(data: bytes) -> bytes:
    """As `gzip -9n` packs it: without a name and a date of its own."""
    into = io.BytesIO()
    with gzip.GzipFile(filename="", mode="wb", compresslevel=9, fileobj=into, mtime=0) as file:
        file.write(data)
    return into.getvalue()


def installed_kibibytes(root: Path) -> int:
    """Disk space as dpkg counts it: files rounded up to a KiB, one KiB for everything else."""
    kibibytes = 0
    for path in root.rglob("*"):
        plain = path.is_file() and not path.is_symlink()
        kibibytes += -(-path.stat().st_size // 1024) if plain else 1
    return kibibytes


def _changes(version: str) -> str:
    """CHANGELOG.md in the form that Debian's tools read."""
    day = datetime.fromtimestamp(epoch(), UTC).strftime("%a, %d %b %Y %H:%M:%S +0000")
    lines = []
    for line in (ROOT / "CHANGELOG.md").read_text("utf-8").splitlines():
        if line.startswith("- "):
            lines.append(line[2:])
        elif line.startswith("  ") and lines:
            lines[-1] += f" {line.strip()}"
        elif line.startswith("## ") and lines:
            break
    text = "\n".join(
        textwrap.fill(line, 78, initial_indent="  * ", subsequent_indent="    ")
        for line in lines or ["New version."]
    )
    return f"cairn ({version}) stable; urgency=medium\n\n{text}\n\n -- {MAINTAINER}  {day}\n"


MAINTAINER = "The Cairn contributors <cairn@packages.invalid>"
"""An address at a domain that can't exist (RFC 2606): there is nobody to write to behind this package."""

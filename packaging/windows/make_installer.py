"""Make the Windows installer and the portable ZIP from a frozen one-folder program.

    python packaging/windows/make_installer.py --frozen FOLDER --version 0.1.0 --out build/package

needs `makensis` (Debian: nsis) and runs on any system. The frozen folder holds `cairn-desktop.exe` (the
window), `cairn.exe` (the command line) and `_internal`. The same folder and version give the same bytes.
"""

from __future__ import annotations

import argparse
import os
import re
import shlex
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
PROGRAMS = ("cairn-desktop.exe", "cairn.exe")
TOP = frozenset({*PROGRAMS, "_internal", "LICENSE.txt", "notices"})
"""What may lie at the top of the payload; swap.nsh names the same."""
CLUSTER = 4096
LONGEST = 150
"""Characters of a path inside the payload: with a long user name the whole stays below Windows's 260."""


class BuildError(Exception):
    """What is wrong with the payload, in words."""


def installer_name(version: str) -> str:
    """The file that a person starts."""
    return f"cairn-{version}-windows-x64-setup.exe"


def portable_name(version: str) -> str:
    """The ZIP that is unpacked on a stick."""
    return f"cairn-{version}-windows-x64-portable.zip"


def payload_files(frozen: Path) -> list[Path]:
    """Every file of the payload, relative, in an order that is the same everywhere. Raises BuildError."""
    files = sorted(path.relative_to(frozen) for path in frozen.rglob("*") if path.is_file())
    for program in PROGRAMS:
        if Path(program) not in files:
            raise BuildError(f"{program} is missing in {frozen}")
    foreign = {file.parts[0] for file in files} - TOP
    if foreign:
        raise BuildError(f"unexpected at the top of the payload: {', '.join(sorted(foreign))}")
    _require_windows_names(files)
    return files


def _require_windows_names(files: list[Path]) -> None:
    seen: dict[str, Path] = {}
    for file in files:
        text = file.as_posix()
        if re.search(r'[<>:"|?*\\\x00-\x1f]', text) or any(p.endswith((".", " ")) for p in file.parts):
            raise BuildError(f"Windows can't hold this name: {text}")
        if len(text) > LONGEST:
            raise BuildError(f"path too long for Windows: {text}")
        other = seen.setdefault(text.casefold(), file)
        if other != file:
            raise BuildError(f"one file on Windows: {other}, {file}")


def needed_kb(frozen: Path, files: list[Path]) -> int:
    """What the files take on the disk, in KiB, whole clusters."""
    clusters = sum(-(-(frozen / file).stat().st_size // CLUSTER) for file in files)
    return clusters * CLUSTER // 1024


def _folders(files: list[Path]) -> Iterator[Path]:
    """The folders of the payload, the deepest first."""
    found = {parent for file in files for parent in file.parents if parent != Path(".")}
    yield from sorted(found, key=lambda folder: (-len(folder.parts), folder))


def _nsis(path: Path) -> str:
    return "\\".join(path.parts).replace("$", "$$")


def write_payload(frozen: Path, files: list[Path], target: Path) -> None:
    """Write the lists that installer.nsi includes: `target` to unpack, `target`.remove to take away."""
    lines = []
    folder = None
    for file in files:
        if file.parent != folder:
            folder = file.parent
            below = "" if folder == Path(".") else "\\" + _nsis(folder)
            lines.append(f'SetOutPath "$INSTDIR.new{below}"')
        lines.append(f'File "{(frozen / file).as_posix()}"')
    target.write_text("\n".join(lines) + "\n", "utf-8")
    remove = [f'Delete "$INSTDIR\\{_nsis(file)}"' for file in files]
    remove += [f'RMDir "$INSTDIR\\{_nsis(folder)}"' for folder in _folders(files)]
    target.with_name(target.name + ".remove").write_text("\n".join(remove) + "\n", "utf-8")


def four_numbers(version: str) -> str:
    """`0.1.0` as Windows wants it, `0.1.0.0`. Raises BuildError."""
    if not re.fullmatch(r"\d{1,4}(\.\d{1,4}){1,3}", version):
        raise BuildError(f"not a version of numbers: {version}")
    return ".".join((version.split(".") + ["0", "0"])[:4])


def installer(
    frozen: Path,
    out: Path,
    version: str,
    *,
    icon: Path,
    side: Path | None = None,
    sign: str = "",
    kilobytes: int | None = None,
    fast: bool = False,
) -> Path:
    """Build the installer. `side` is the picture on its first and last page; `fast` packs quickly into a larger file.

    `sign` is a command for the uninstaller inside, `%1` its file. `kilobytes` replaces the measured need of
    disk space; the rehearsal uses it to meet a disk that fills up. Raises BuildError.
    """
    makensis = shutil.which("makensis")
    if makensis is None:
        raise BuildError("makensis is missing (Debian: apt-get install nsis)")
    frozen, out = frozen.resolve(), out.resolve()
    files = payload_files(frozen)
    work = out / "windows-work"
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    payload = work / "payload.nsh"
    write_payload(frozen, files, payload)
    target = out / installer_name(version)
    given = {
        "VERSION": version,
        "VERSION_FOUR": four_numbers(version),
        "OUTPUT": str(target),
        "PAYLOAD": str(payload),
        "PAYLOAD_KB": str(kilobytes if kilobytes is not None else needed_kb(frozen, files)),
        "ICON": str(icon.resolve()),
    }
    if side is not None:
        given["SIDE"] = str(side.resolve())
    if fast:
        given["FAST"] = "yes"
    if sign:
        given["SIGN_UNINSTALLER"] = sign
    defines = [f"-D{name}={value}" for name, value in given.items()]
    done = subprocess.run(
        [makensis, "-V2", "-WX", "-INPUTCHARSET", "UTF8", *defines, "installer.nsi"],
        cwd=HERE,
        env={**os.environ, "SOURCE_DATE_EPOCH": str(source_date())},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise BuildError(f"makensis failed:\n{done.stdout}{done.stderr}")
    shutil.rmtree(work)
    return target


def portable(frozen: Path, out: Path, version: str) -> Path:
    """Build the ZIP that runs from a stick: the program, and the marker `portable` beside it."""
    files = payload_files(frozen)
    target = out / portable_name(version)
    out.mkdir(parents=True, exist_ok=True)
    when = datetime.fromtimestamp(source_date(), UTC)
    date = (when.year, when.month, when.day, when.hour, when.minute, when.second // 2 * 2)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, data in [("portable", b""), *((f.as_posix(), None) for f in files)]:
            entry = zipfile.ZipInfo(f"Cairn/{name}", date)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            archive.writestr(entry, (frozen / name).read_bytes() if data is None else data)
    return target


def source_date() -> int:
    """The time that stands in what is built: SOURCE_DATE_EPOCH, else when HEAD was committed."""
    given = os.environ.get("SOURCE_DATE_EPOCH")
    if given:
        return int(given)
    asked = subprocess.run(
        ["git", "log", "-1", "--format=%ct"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return int(asked.stdout)


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--frozen", type=Path, required=True)
    parser.add_argument("--version", required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--sign", default="", help="a command that signs the file %%1 in place")
    parser.add_argument("--fast", action="store_true", help="pack quickly, into a larger file")
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    sys.path.insert(0, str(HERE))
    import icons

    icon = given.out / "cairn.ico"
    icon.write_bytes(icons.ico())
    side = given.out / "cairn-side.bmp"
    side.write_bytes(icons.side())
    try:
        made = [portable(given.frozen, given.out, given.version)]
        setup = installer(
            given.frozen, given.out, given.version, icon=icon, side=side, sign=given.sign, fast=given.fast
        )
        if given.sign:
            command = [part.replace("%1", str(setup)) for part in shlex.split(given.sign)]
            subprocess.run(command, check=True)
        made.append(setup)
    except BuildError as error:
        print(f"windows: {error}", file=sys.stderr)
        return 1
    finally:
        icon.unlink()
        side.unlink()
    for path in made:
        print(path)
    return 0


if __name__ == "__main__":
    sys.exit(main())

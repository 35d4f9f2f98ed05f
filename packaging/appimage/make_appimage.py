"""Make an AppImage: one file for Linux that is started and not installed.

    python packaging/appimage/make_appimage.py --frozen build/package/frozen/cairn --version 0.1.0 \\
        --out build/package [--runtime FILE --runtime-sha256 HEX]

needs Debian's `squashfs-tools`. Without a runtime it stops at the AppDir, which runs by itself. The runtime is
the small program at the front of every AppImage that mounts the rest (project "type2-runtime"); it is fetched
by whoever releases, and must be the very file whose hash is given. The same input gives the same bytes.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path[:0] = [str(ROOT / "packaging"), str(ROOT / "desktop")]

from linux import tree


class BuildError(Exception):
    """What is missing or wrong, in words."""


def appdir(frozen: Path, out: Path, version: str) -> Path:
    """Lay out `Cairn.AppDir` in `out`. Its AppRun starts the program from wherever it lies."""
    folder = out / "Cairn.AppDir"
    tree.stage(folder, frozen, version)
    # A profile names the place of the program, and an AppImage has none.
    shutil.rmtree(folder / "etc")
    start = folder / "AppRun"
    tree.write(start, (HERE / "AppRun").read_bytes())
    for name, source in (
        (f"{tree.ID}.desktop", f"usr/share/applications/{tree.ID}.desktop"),
        (f"{tree.ID}.png", f"usr/share/icons/hicolor/256x256/apps/{tree.ID}.png"),
        (".DirIcon", f"usr/share/icons/hicolor/256x256/apps/{tree.ID}.png"),
    ):
        (folder / name).symlink_to(source)
    tree.settle(folder)
    start.chmod(0o755)
    os.utime(start, (tree.epoch(), tree.epoch()))
    return folder


def image(folder: Path, out: Path, version: str, *, runtime: Path, sha256: str) -> Path:
    """Put `runtime` before the packed `folder`. Raises BuildError when it isn't the one with that hash."""
    head = runtime.read_bytes()
    if hashlib.sha256(head).hexdigest() != sha256.lower():
        raise BuildError(f"{runtime.name} is not the file with this SHA-256")
    packed = squashed(folder, out)
    target = out / f"cairn-{version}-x86_64.AppImage"
    with target.open("wb") as file:
        file.write(head)
        with packed.open("rb") as body:
            shutil.copyfileobj(body, file)
    packed.unlink()
    target.chmod(0o755)
    return target


def squashed(folder: Path, out: Path) -> Path:
    """The folder as one squashfs, everything owned by root and dated alike. Raises BuildError."""
    packer = shutil.which("mksquashfs")
    if packer is None:
        raise BuildError("mksquashfs is missing (Debian: apt-get install squashfs-tools)")
    target = out / "Cairn.squashfs"
    target.unlink(missing_ok=True)
    # mksquashfs takes the times from its options or from the environment, never from both.
    environment = {name: value for name, value in os.environ.items() if name != "SOURCE_DATE_EPOCH"}
    options = ["-all-root", "-no-xattrs", "-noappend", "-no-progress", "-quiet", "-processors", "2"]
    options += ["-mkfs-time", str(tree.epoch()), "-all-time", str(tree.epoch())]
    options += ["-comp", "zstd", "-Xcompression-level", "19", "-b", "256K"]
    subprocess.run([packer, folder, target, *options], check=True, env=environment, stdout=subprocess.DEVNULL)
    return target


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description="Make an AppImage")
    parser.add_argument("--frozen", type=Path, required=True)
    parser.add_argument("--version", required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--runtime", type=Path)
    parser.add_argument("--runtime-sha256", default="")
    given = parser.parse_args()
    if "SOURCE_DATE_EPOCH" not in os.environ:
        import package

        os.environ["SOURCE_DATE_EPOCH"] = str(package.epoch())
    given.out.mkdir(parents=True, exist_ok=True)
    try:
        made = appdir(given.frozen.resolve(), given.out.resolve(), given.version)
        if given.runtime is not None:
            made = image(
                made, given.out.resolve(), given.version, runtime=given.runtime, sha256=given.runtime_sha256
            )
    except BuildError as error:
        print(f"appimage: {error}", file=sys.stderr)
        return 1
    print(made)
    return 0


if __name__ == "__main__":
    sys.exit(main())

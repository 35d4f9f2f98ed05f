"""`./dev package`: the installers, out of one frozen build, into build/package/."""

from __future__ import annotations

import argparse
import importlib
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "packaging"), str(ROOT / "desktop")]

from freeze.build import build as freeze
from release.finish import SBOM

FORMATS = ("deb", "rpm", "run")


def main() -> int:
    """Build what was asked for; prints the path of each."""
    given = _arguments()
    given.out.mkdir(parents=True, exist_ok=True)
    lock = (given.out / ".lock").open("w")
    if sys.platform == "linux":
        import fcntl

        fcntl.flock(lock, fcntl.LOCK_EX)  # two builds at once would write into one folder
    begun = time.monotonic()
    frozen = freeze(given.out, given.version, epoch())
    _done(frozen, begun)
    for name in FORMATS if given.what == "all" else [given.what] if given.what in FORMATS else []:
        begun = time.monotonic()
        made = importlib.import_module(f"linux.{name}").build(
            frozen, given.out, given.version, fast=given.fast
        )
        _done(made, begun)
    if given.what == "all":
        # Beside the installers, for whoever looks for a known weakness without installing anything.
        parts = given.out / f"cairn-{given.version}-{SBOM}"
        shutil.copyfile(next(frozen.rglob(SBOM)), parts)
        print(f"{'':8}             {parts}")
    return 0


def epoch() -> int:
    """The date of every file in every package, seconds since 1970: that of the commit, or what is asked for."""
    if given := os.environ.get("SOURCE_DATE_EPOCH"):
        return int(given)
    said = subprocess.run(
        ["git", "-C", str(ROOT), "log", "-1", "--format=%ct"], capture_output=True, text=True, check=True
    )
    return int(said.stdout)


def _arguments() -> argparse.Namespace:
    from cairn import __version__

    parser = argparse.ArgumentParser(prog="./dev package", description=__doc__)
    parser.add_argument("what", nargs="?", default="all", choices=("frozen", *FORMATS, "all"))
    parser.add_argument("--fast", action="store_true", help="quick compression, larger files")
    parser.add_argument("--version", default=__version__, help="another version than the source's, for tests")
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "package", help="build/package")
    given = parser.parse_args()
    given.out = given.out.resolve()
    return given


def _done(path: Path, begun: float) -> None:
    files = [each for each in path.rglob("*") if each.is_file()] if path.is_dir() else [path]
    size = sum(each.lstat().st_size for each in files) / 1e6
    print(f"{size:8.1f} MB  {time.monotonic() - begun:5.1f} s  {path}", flush=True)


if __name__ == "__main__":
    sys.exit(main())

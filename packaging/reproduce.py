"""`./dev reproduce`: builds the commit twice, in two checkouts that have nothing in common, and compares.

The second has another path, time zone, language and umask, and an environment of its own. Exit code 1
when one byte of any package, or of the frozen program inside it, differs.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PLACES = ("build/reproduce/one", "build/reproduce/a/rather/different/place")
OTHERWISE = {"TZ": "Asia/Seoul", "LC_ALL": "C.UTF-8", "LANG": "C.UTF-8", "USER": "somebody-else"}


def main() -> int:
    """Build, compare, print."""
    parser = argparse.ArgumentParser(prog="./dev reproduce", description=__doc__)
    parser.add_argument("--fast", action="store_true", help="quick compression")
    parser.add_argument("--keep", action="store_true", help="leave the two checkouts in build/reproduce")
    parser.add_argument("what", nargs="?", default="all", help="as of ./dev package (all)")
    given = parser.parse_args()
    shutil.rmtree(ROOT / "build" / "reproduce", ignore_errors=True)
    commit = _git("rev-parse", "HEAD")
    found = [
        _build(ROOT / place, commit, [given.what, *(["--fast"] if given.fast else [])], second)
        for place, second in zip(PLACES, (False, True), strict=True)
    ]
    print(f"commit {commit}")
    alike = _compare(*found)
    if not given.keep:
        shutil.rmtree(ROOT / "build" / "reproduce")
    return 0 if alike else 1


def _git(*words: str) -> str:
    done = subprocess.run(["git", "-C", str(ROOT), *words], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def _build(place: Path, commit: str, words: list[str], second: bool) -> dict[str, str]:
    """Check the commit out into `place`, package it there, and give the hash of each thing that came out."""
    place.parent.mkdir(parents=True)
    _git("clone", "--quiet", "--no-local", "--no-checkout", str(ROOT), str(place))
    umask = 0o077 if second else 0o022
    subprocess.run(["git", "-C", str(place), "checkout", "--quiet", commit], check=True, umask=umask)
    environment = {**os.environ, **(OTHERWISE if second else {})}
    for name in ("SOURCE_DATE_EPOCH", "PYTHONHASHSEED", "PYTHONPATH"):
        environment.pop(name, None)  # what the build needs, it sets itself
    print(f"building in {place}", flush=True)
    subprocess.run(["./dev", "package", *words], cwd=place, env=environment, check=True, umask=umask)
    out = place / "build" / "package"
    found = {each.name: _hash(each) for each in out.iterdir() if each.is_file() and each.name[0] != "."}
    frozen = out / "frozen" / "cairn"
    for each in frozen.rglob("*"):
        found[f"frozen/{each.relative_to(frozen)}"] = _hash(each)
    return found


def _hash(path: Path) -> str:
    """Of a file its content, rights and date; of a link where it points."""
    if path.is_symlink():
        return f"-> {os.readlink(path)}"
    state = path.stat()
    if path.is_dir():
        return f"folder {state.st_mode & 0o777:o} {state.st_mtime:.0f}"
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return f"{digest} {state.st_mode & 0o777:o} {state.st_mtime:.0f}" if "frozen" in path.parts else digest


def _compare(one: dict[str, str], two: dict[str, str]) -> bool:
    """Print packages with their hashes, the frozen program as a whole, and every single difference."""
    names = sorted({*one, *two})
    different = [name for name in names if one.get(name) != two.get(name)]
    for name in names:
        if not name.startswith("frozen/"):
            print(f"{'DIFFERS' if name in different else 'same   '}  {one.get(name, 'absent')}  {name}")
    inside = [name for name in names if name.startswith("frozen/")]
    apart = [name for name in inside if name in different]
    whole = hashlib.sha256("\n".join(f"{name} {one.get(name)}" for name in inside).encode()).hexdigest()
    print(f"{'DIFFERS' if apart else 'same   '}  {whole}  frozen ({len(inside)} files, folders and links)")
    for name in different[:40]:
        print(f"  {name}: {one.get(name, 'absent')} / {two.get(name, 'absent')}")
    return not different


if __name__ == "__main__":
    sys.exit(main())

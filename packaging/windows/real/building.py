"""The program from source, then built: frozen by the Windows Python, packed by this system."""

from __future__ import annotations

import os
import subprocess
import sys
import time

from place import Said
from transcript import must
from way import DRIVE, NEW, OLD, Way

MEBI = 1024 * 1024
LARGEST = 50_000_000
"""Bytes of the set-up: what an office can still send over a slow line."""
LONGEST_S = 3600


def from_source(way: Way) -> None:
    """The tree as it stands, run by the Windows Python."""
    # Without what Python keeps of compiled modules, every command would compile them all again.
    kept = {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": f"{DRIVE}\\compiled"}
    source = {"PYTHONPATH": "S:\\desktop", **kept}
    words = [*way.python, "-m", "cairn"]
    with way.said.step("the program from source tests itself"):
        way.tests_itself(words, source)
    with way.said.step("the end-to-end tests of the command line pass on the program from source"):
        way.end_to_end(words, source)


def build(way: Way) -> None:
    """A folder, two set-ups, a portable ZIP."""
    with way.said.step("the program is frozen with its own Python"):
        done = _freeze(way, "build")
        files = [path for path in way.frozen.rglob("*") if path.is_file()]
        size = sum(path.stat().st_size for path in files)
        way.said.note(f"{done.seconds:.0f} s, {len(files)} files, {size / MEBI:.1f} MiB")
    with way.said.step("the set-up and the portable ZIP are packed, the set-up of at most 50 MB"):
        # Of the version before only its number matters.
        _pack(way, OLD, "--fast")
        began = time.monotonic()
        _pack(way, NEW)
        names = (f"cairn-{NEW}-windows-x64-{what}" for what in ("setup.exe", "portable.zip"))
        setup, portable = ((way.out / name).stat().st_size for name in names)
        must(setup <= LARGEST, f"{setup} bytes")
        took = time.monotonic() - began
        way.said.note(f"set-up {setup / 1e6:.1f} MB, ZIP {portable / 1e6:.1f} MB, {took:.0f} s")


def again(way: Way) -> None:
    """A second build of the same tree in another folder, at another time of day."""
    with way.said.step("frozen once more, every file is the same to the byte"):
        done = _freeze(way, "again")
        first, second = way.digests(way.frozen), way.digests(way.folder / "again" / "frozen" / "cairn")
        other = sorted(name for name in first.keys() | second.keys() if first.get(name) != second.get(name))
        must(not other, f"{len(other)} of {len(first)} files differ: {other[:20]}")
        way.said.note(f"{len(first)} files, {done.seconds:.0f} s")


def _freeze(way: Way, out: str) -> Said:
    done = way.windows.run(
        *way.python, "S:\\packaging\\package.py", "frozen", "--out", f"{DRIVE}\\{out}",
        environment={"SOURCE_DATE_EPOCH": way.epoch, "PYTHONHASHSEED": "1"}, patience_s=LONGEST_S,
    )  # fmt: skip
    must(done.code == 0, done.out[-2000:] + done.err[-2000:])
    return done


def _pack(way: Way, version: str, *more: str) -> None:
    script = way.tree / "packaging/windows/make_installer.py"
    words = [str(script), "--frozen", str(way.frozen), "--version", version, "--out", str(way.out), *more]
    packed = subprocess.run(
        [sys.executable, *words],
        env={**os.environ, "SOURCE_DATE_EPOCH": way.epoch, "QT_QPA_PLATFORM": "offscreen"},
        check=False,
        capture_output=True,
        text=True,
    )
    must(packed.returncode == 0, packed.stdout[-1000:] + packed.stderr[-2000:])

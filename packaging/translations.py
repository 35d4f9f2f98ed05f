"""The window's catalogues: `update` brings .ts and .qm up to the source, `check` fails when they are not.

`resources/translations/cairn_XX.ts` are edited by translators; the `.qm` beside them are what the
program reads. Both are kept in the repository, so that a run from source needs no build step.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import PySide6

ROOT = Path(__file__).resolve().parent.parent
CATALOGUES = ROOT / "resources" / "translations"
SOURCES = ROOT / "desktop" / "cairn" / "qt"
WORK = ROOT / "build" / "translations"


def _tool(name: str, *arguments: str) -> str:
    tool = Path(PySide6.__file__).parent / name
    done = subprocess.run([tool, *arguments], capture_output=True, text=True, cwd=ROOT, check=False)
    if done.returncode:
        sys.exit(f"{name} failed:\n{done.stdout}{done.stderr}")
    return done.stdout


def _fresh(catalogue: Path) -> tuple[bytes, bytes]:
    """What the .ts and the .qm should be, from the source and the translations that exist."""
    WORK.mkdir(parents=True, exist_ok=True)
    ts = CATALOGUES / f".{catalogue.name}"  # beside it: file positions in a .ts are relative to it
    qm = WORK / f"{catalogue.stem}.qm"
    try:
        ts.write_bytes(catalogue.read_bytes())
        sources = sorted(str(p.relative_to(ROOT)) for p in SOURCES.rglob("*.py"))
        _tool("lupdate", "-silent", "-no-obsolete", "-locations", "none", *sources, "-ts", str(ts))
        _tool("lrelease", "-silent", "-removeidentical", str(ts), "-qm", str(qm))
        return ts.read_bytes(), qm.read_bytes()
    finally:
        ts.unlink(missing_ok=True)


def main(command: str) -> int:
    """Run `update` or `check` over every catalogue; 1 when one is not current or not complete."""
    bad = 0
    for catalogue in sorted(CATALOGUES.glob("cairn_*.ts")):
        ts, qm = _fresh(catalogue)
        compiled = catalogue.with_suffix(".qm")
        if command == "update":
            catalogue.write_bytes(ts)
            compiled.write_bytes(qm)
        elif catalogue.read_bytes() != ts or not compiled.exists() or compiled.read_bytes() != qm:
            print(f"{catalogue.name} is not current: run packaging/translations.py update", file=sys.stderr)
            bad = 1
        missing = ts.count(b'type="unfinished"')
        if missing:
            print(f"{catalogue.name}: {missing} texts without a translation", file=sys.stderr)
            bad = 1
    return bad


if __name__ == "__main__":
    if sys.argv[1:] not in (["update"], ["check"]):
        sys.exit("usage: translations.py update|check")
    sys.exit(main(sys.argv[1]))

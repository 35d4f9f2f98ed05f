"""The tests of the rooms below the window, run by the Windows Python: what only assumes Unix shows itself here."""

from __future__ import annotations

import re
import shutil
from contextlib import suppress
from pathlib import Path
from xml.etree import ElementTree as tree

import bagit
import wheels
from transcript import Stop, must
from way import DRIVE, Way

ROOMS = ("crypto", "custody", "intake", "bundle", "vault", "storage", "decode", "cli", "app")
LONGEST_S = 5400
KNOWN = Path(__file__).with_name("not-under-wine.txt")
"""Tests that can't pass here, one a line: `path::name`, then why."""


def tests(way: Way) -> None:
    """Room by room; each ends with its counts, and only what KNOWN explains may fail."""
    with way.said.step("what the tests need, as the lock has it"):
        site = way.folder / "tests-site"
        if not site.is_dir():
            half = way.folder / "tests-site.half"
            kept = way.folder.parents[1] / "wheels-dev"
            wheels.install_into(half, wheels.DEV_LOCK, kept, without=wheels.LOCK)
            shutil.copy(Path(str(bagit.__file__)), half)
            half.rename(site)
    known = dict(line.split(None, 1) for line in KNOWN.read_text("utf-8").splitlines() if line.strip())
    for room in ROOMS:
        with suppress(Stop), way.said.step(f"tests/{room}"):
            _room(way, room, known)


def _room(way: Way, room: str, known: dict[str, str]) -> None:
    report = way.folder / f"tests-{room}.xml"
    report.unlink(missing_ok=True)
    (way.windows.drive / "t").mkdir(exist_ok=True)
    environment = {
        "PYTHONPATH": f"S:\\desktop;{DRIVE}\\tests-site",
        "PYTHONDONTWRITEBYTECODE": "",
        "PYTHONPYCACHEPREFIX": f"{DRIVE}\\compiled",
        "HYPOTHESIS_STORAGE_DIRECTORY": f"{DRIVE}\\hypothesis",
        "QT_QPA_PLATFORM": "offscreen",
    }
    # Wine loses the handle of the standard input when it is put elsewhere, as pytest does unless told otherwise.
    done = way.windows.run(
        *way.python, "-X", "utf8", "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist",
        "--rootdir", "S:\\", "-c", "S:\\pyproject.toml", f"S:\\tests\\{room}", f"--basetemp=C:\\t\\{room}",
        "-m", "not slow and not real_time", "--tb=line", "--capture=sys",
        f"--junitxml={DRIVE}\\{report.name}",
        environment=environment, patience_s=LONGEST_S,
    )  # fmt: skip
    (way.folder / f"tests-{room}.txt").write_text(done.out + done.err, "utf-8")
    must(report.is_file(), done.out[-3000:] + done.err[-1500:])
    cases = list(tree.parse(report).iter("testcase"))  # noqa: S314  # pytest's own
    failed = {
        _name(case) for case in cases if case.find("failure") is not None or case.find("error") is not None
    }
    skipped = sum(case.find("skipped") is not None for case in cases)
    way.said.note(
        f"{len(cases) - len(failed) - skipped} passed, {len(failed)} failed, {skipped} skipped, {done.seconds:.0f} s"
    )
    unknown = sorted(name for name in failed if re.sub(r"\[.*", "", name) not in known)
    must(not unknown, "\n".join(unknown[:60]))


def _name(case: tree.Element) -> str:
    """`tests/room/test_file.py::test_name[parameters]`."""
    path = case.get("classname", "").replace(".", "/")
    return f"{path}.py::{case.get('name')}"

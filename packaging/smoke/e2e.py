"""The command line's end-to-end tests (`tests/e2e`), run on the program that is installed in a root."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from rooms import HANA, Room
from transcript import Transcript, must


def run(transcript: Transcript, room: Room, tree: Path, folder: Path) -> None:
    """The tests run outside; each command they give runs in the root as the ordinary account, on shared paths."""
    shared = folder / "shared"
    shared.mkdir(mode=0o700)
    os.chown(shared, HANA.number, HANA.number)
    room.bring(shared, str(shared))
    words = room.command(["cairn"], HANA)
    program = folder / "cairn"
    program.write_text("#!/bin/sh\nexec " + " ".join(words) + ' "$@"\n', "utf-8")
    program.chmod(0o755)
    with transcript.step("the end-to-end tests of the command line pass on the installed program"):
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-p", "no:xdist", "-p", "no:cacheprovider", "tests/e2e"]
            + [f"--basetemp={shared}/t"],
            cwd=tree,
            env={**os.environ, "CAIRN_PROGRAM": str(program), "CAIRN_PROGRAM_USER": str(HANA.number)},
            capture_output=True,
            text=True,
            check=False,
        )
        must(done.returncode == 0, done.stdout[-3000:] + done.stderr[-1000:])
        transcript.note(done.stdout.strip().splitlines()[-1])

"""`kill -9` at any moment: what was typed half a second ago is there."""

from __future__ import annotations

import os
import random
import statistics
import subprocess
import sys
import time
from pathlib import Path

import pytest

from app.shared import PASSPHRASE
from cairn.app.interviews import interviews
from cairn.app.kernel import session
from qt.outside import typist

KILLS = 6
LATE_S = 1.5
"""On a machine that does much else a write may take its time; nothing typed before that is ever missing."""
PROMISED_S = 0.5


@pytest.mark.slow
def test_nothing_older_than_half_a_second_is_lost(vault: Path, tmp_path: Path) -> None:
    chance = random.Random(20261122)
    ages = []
    for _ in range(KILLS):
        killed, said = killed_while_typing(vault, tmp_path, chance.uniform(0.1, 1.6))
        interview = said[-1][2]
        opened = session.open_vault(vault, PASSPHRASE)
        try:
            draft = interviews.load(opened, interview).draft
        finally:
            opened.close()
        assert draft is not None, "not even the beginning was kept"
        kept = interviews.read_draft(draft).account + draft.composing
        assert kept == typist.whole_text(len(kept)), "what was kept is what was typed"
        lost = [when for when, count, _ in said if count > len(kept)]
        ages.append(killed - lost[0] if lost else 0.0)
    assert max(ages) <= LATE_S, ages
    assert statistics.median(ages) <= PROMISED_S, ages


def killed_while_typing(vault: Path, home: Path, after: float) -> tuple[float, list[tuple[float, int, str]]]:
    """Start the program, let it type, kill it `after` seconds; when, and what it said after each key."""
    environment = dict(os.environ, HOME=str(home), XDG_CONFIG_HOME=str(home / "config"), LC_ALL="C.UTF-8")
    program = subprocess.Popen(
        [sys.executable, "-X", "faulthandler", typist.__file__, str(vault), PASSPHRASE, "steady"],
        stdout=subprocess.PIPE,
        env=environment,
        text=True,
    )
    try:
        assert program.stdout is not None
        first = program.stdout.readline()
        assert first, "it never typed"
        time.sleep(after)
        program.kill()
        killed = time.monotonic()
        rest = program.stdout.read()
    finally:
        program.kill()
        with program:  # waits, and closes the pipe
            pass
    lines = [line.split() for line in (first + rest).splitlines()]
    whole = [
        (float(line[0]), int(line[1]), line[2]) for line in lines if len(line) == 3 and len(line[2]) == 36
    ]
    # What is still being written when the kill comes was not seen by anyone.
    return killed, [line for line in whole if line[0] <= killed]

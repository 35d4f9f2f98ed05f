"""Killed in the middle of writing, again and again: what was acknowledged is there, and the rest is whole."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import msgspec

import unix
from cairn.storage import drafts, projections, revisions
from storage import kit

ROOT = Path(__file__).resolve().parents[2]


def write_until_killed(folder: Path, delay: float) -> list[list[str]]:
    """What the writer said before SIGKILL, whole lines only."""
    environment = {**os.environ, "PYTHONPATH": f"{ROOT / 'desktop'}{os.pathsep}{ROOT / 'tests'}"}
    process = subprocess.Popen(
        [sys.executable, "-m", "storage.writer", str(folder)], stdout=subprocess.PIPE, env=environment
    )
    assert process.stdout is not None
    assert process.stdout.readline() == b"ready\n"
    time.sleep(delay)
    process.send_signal(signal.SIGKILL)
    said = process.stdout.read()
    process.stdout.close()
    assert process.wait() == -signal.SIGKILL
    return [line.decode().split() for line in said.split(b"\n")[:-1]]


@unix.signals
def test_nothing_acknowledged_is_lost(tmp_path: Path) -> None:
    folder = tmp_path / "vault"
    kit.Open(folder).close()
    chance = random.Random(3)
    told: list[list[str]] = []
    for _ in range(6):
        told += write_until_killed(folder, chance.uniform(0.05, 0.4))
    assert len(told) > 30
    opened = kit.Open(folder)
    store = opened.store
    newest: dict[str, int] = {}
    with store.read() as reader:
        for what, *values in told:
            if what == "put":
                assert revisions.get(reader, values[0]).sha == values[0]
            elif what == "draft":
                newest[values[0]] = int(values[1])
            else:
                with store.media.open(values[0]) as media:
                    assert media.read_at(99_990, 100) == bytes(10)
        for record, number in newest.items():
            draft = drafts.load(reader, record)
            assert draft is not None and int(msgspec.json.decode(draft.body)["title"]) >= number
        for (record,) in reader.all("SELECT id FROM record"):
            assert revisions.heads(reader, record)
        assert reader.one("PRAGMA integrity_check") == ("ok",)
    assert kit.walk_log(store).whole
    assert store.swept.missing == []
    before = kit.projections(store)
    with store.write() as work:
        projections.rebuild(work)
    assert kit.projections(store) == before
    opened.close()

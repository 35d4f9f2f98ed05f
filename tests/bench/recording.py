"""What a recording costs, and how soon it is heard again. A virtual microphone speaks, nobody listens."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

from bench.table import Figure, limited
from bench.worker import ROOT
from cairn.app.kernel import session
from sound.rig import Rig
from sound.script import spoken

PASSPHRASE = "six calm words for the bench"
MIB = 1024 * 1024


def measure(folder: Path, *, quick: bool, say: Callable[[str], None]) -> list[Figure]:
    """Every figure of sound. Raises RuntimeError where this machine has no PulseAudio to play with."""
    vault = folder / "vault"
    session.create_vault(vault, label="Sound", role="field", passphrase=PASSPHRASE)[0].close()
    given = {"vault": str(vault), "passphrase": PASSPHRASE, "folder": str(folder)}
    hours = 0.5 if quick else 2
    figures = []
    rig = Rig(folder / "rig")
    try:
        rig.plug()
        rig.wake()
        seconds = 10 if quick else 40
        say(f"recording {seconds} s from a microphone, twice")
        with rig.playing(spoken(rig.folder, 2 * seconds + 30)):
            plain = _run(rig, {"do": "capture", "window": False, "seconds": seconds, **given})
            seen = _run(rig, {"do": "capture", "window": True, "seconds": seconds, **given})
        figures.append(
            limited(
                "CPU of capture and encoding, of one core",
                plain["share"] * 100,
                "%",
                10,
                f"with the window {seen['share'] * 100:.0f} %",
            )
        )
        begun = plain["begun"] + seen["begun"]
        figures.append(
            limited(
                "Record to the first sample on disk", max(begun) * 1000, "ms", 300, f"worst of {len(begun)}"
            )
        )
        figures.append(
            limited(
                "window blocked while recording, at most",
                max(seen["blocked"]) * 1000,
                "ms",
                50,
                f"in {seconds} s; at work itself {seen['busy'] * 1000:.0f} ms, else waiting for a processor",
            )
        )
        acts = seen["acts"]
        figures.append(
            limited(
                "window blocked by beginning or ending a recording",
                max(acts.values()) * 1000,
                "ms",
                50,
                f"Conversation opened {acts['opened'] * 1000:.0f} ms, Record {acts['begun'] * 1000:.0f} ms, "
                f"Stop and seal {acts['stopped'] * 1000:.0f} ms",
            )
        )
        say("jumping about in four hours of sound")
        jumps = _run(rig, {"do": "jump", "times": 20, **given})
        figures.append(
            limited(
                "seek to sound in four hours, 95th percentile of 20",
                sorted(jumps["given"])[-2] * 1000,
                "ms",
                100,
                f"heard at the loudspeaker after {median(jumps['heard']) * 1000:.0f} ms",
            )
        )
        took = sorted(_run(rig, {"do": "draw", "times": 20})["took"])
        figures.append(
            limited(
                "waveform of four hours drawn, 95th percentile of 20",
                took[-2] * 1000,
                "ms",
                50,
                f"median {median(took) * 1000:.0f} ms",
            )
        )
        say(f"recording {hours:g} simulated hours")
        kept = _run(rig, {"do": "memory", "seconds": int(hours * 3600), **given})
        figures.append(
            limited(
                f"memory growth over {hours:g} simulated hours",
                kept["grown"] / MIB,
                "MiB",
                5,
                f"{hours * 3600 / kept['seconds']:.0f}× as fast as spoken, {kept['cpu'] / hours / 36:.1f} % CPU",
            )
        )
    finally:
        rig.close()
    return figures


def _run(rig: Rig, job: dict[str, Any]) -> dict[str, Any]:
    path = os.pathsep.join([str(ROOT / "desktop"), str(ROOT / "tests")])
    done = subprocess.run(
        [sys.executable, "-m", "bench.sounding"],
        input=json.dumps(job),
        capture_output=True,
        text=True,
        env={**os.environ, **rig.environment, "PYTHONPATH": path, "QT_QPA_PLATFORM": "offscreen"},
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"{job['do']} failed: {done.stderr[-2000:]}")
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found

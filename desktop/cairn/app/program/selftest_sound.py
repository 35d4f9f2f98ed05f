"""The self-test of recording: sound through recorder and journal into a vault, saved, reopened, decoded.

Where a microphone is, a second of what it hears goes this way (`Heard`, from the window's room); where there
is none, or nobody listened, a made-up tone does. Nothing of it remains.
"""

from __future__ import annotations

import math
import secrets
from array import array
from dataclasses import dataclass
from pathlib import Path

from cairn.app.interviews import interviews
from cairn.app.kernel import session
from cairn.app.kernel.session import Session
from cairn.app.sound import recordings
from cairn.crypto.cobblestone import CobReader
from cairn.crypto.hashes import RunningSha256
from cairn.decode.host import DecodeHost
from cairn.model.ids import RecordId, Sha256

RATE = 48_000
_PIECE = RATE // 50 * 2


@dataclass(frozen=True)
class Heard:
    """What a microphone gave: 16-bit mono samples at 48,000 a second, or why there are none.

    `why` is a code: `none` (no microphone), `not-asked`, `busy` (a recording is under way), or an error's.
    """

    device: str = ""
    samples: bytes = b""
    why: str = ""


HARMLESS = frozenset(
    {
        "none",
        "not-asked",
        "busy",
        "",
        "microphone.none",
        "microphone.denied",
        "microphone.no-sound-server",
        "microphone.no-sound-system",
        "microphone.sound-system-away",
        "microphone.sound-system-lost",
    }
)
"""Reasons for silence that are no fault of this build: there is no device to listen to."""


def check(folder: Path, heard: Heard | None) -> tuple[str, str]:
    """(problem, detail): recorded, saved, closed, opened again, the same bytes, and still sound."""
    from cairn.audio.recorder import Recorder

    heard = heard or Heard(why="not-asked")
    if heard.why not in HARMLESS:
        return heard.why, heard.device
    samples = heard.samples or _tone()
    passphrase = secrets.token_hex(16)
    made, _ = session.create_vault(
        folder, label="self-test sound", role="field", passphrase=passphrase, practice=True
    )
    try:
        interview = interviews.create(made, title="self-test")
        running = recordings.begin(made, interview, device=heard.device)
        recorder = Recorder(running.journal)
        for at in range(0, len(samples), _PIECE):
            recorder.feed(samples[at : at + _PIECE])
        recorder.stop()
        failure = recorder.snapshot().failure
        if failure is not None:
            return failure.code, ""
        saved = recordings.finish(made, running.recording)
    finally:
        made.close()
    again = session.open_vault(folder, passphrase)
    try:
        wrong = _differs(again, running.recording, saved.sha256, len(samples) // 2)
    finally:
        again.close()
    what = f"{heard.device}, {len(samples) // 2} samples" if heard.samples else f"made-up tone ({heard.why})"
    return wrong, what


def _differs(s: Session, recording: RecordId, sha256: Sha256, frames: int) -> str:
    if recordings.view(s, recording).sha256 != sha256:
        return "record"
    source: CobReader = recordings.reader(s, recording)
    with source:
        running = RunningSha256()
        for at in range(0, source.size, 1 << 20):
            running.update(source.read_at(at, min(1 << 20, source.size - at)))
        if running.hexdigest() != sha256:
            return "sha256"
        with DecodeHost() as host:
            found = host.sound(source)
    if found.rate != RATE or abs(found.frames - frames) > RATE // 10:
        return "length"
    return ""


def _tone() -> bytes:
    """A second of a quiet tone."""
    return array("h", (int(3000 * math.sin(2 * math.pi * 440 * n / RATE)) for n in range(RATE))).tobytes()

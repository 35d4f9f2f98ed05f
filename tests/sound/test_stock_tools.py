"""A recording as it leaves: opened by tools that aren't ours, played by a decoder that isn't ours."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest

from app.shared import introduce
from cairn.app.consent import consent
from cairn.app.interviews import interviews
from cairn.app.kernel.session import Session
from cairn.app.leaving import sealing
from cairn.app.sound import recordings
from cairn.audio.recorder import Recorder
from cairn.decode.host import DecodeHost
from cairn.model.agreement import agreed_to
from cairn.model.values import Span
from sound.compare import likeness
from sound.rig import RATE, Samples, read_wav
from sound.taking import Clock, babble, pieces


def run(*command: str | Path, stdin: bytes = b"", folder: Path | None = None) -> bytes:
    done = subprocess.run(
        [str(c) for c in command], input=stdin, cwd=folder, capture_output=True, timeout=120, check=False
    )
    assert done.returncode == 0, (command, done.stdout[-2000:], done.stderr[-2000:])
    return done.stdout


def recorded(field: Session, interview: str, said: Samples, off: Span | None = None) -> str:
    """A recording of this sound, with a stretch off the record if wished."""
    running = recordings.begin(field, interview, device="FieldMic")
    recorder = Recorder(running.journal, now=Clock())
    for number, piece in enumerate(pieces(said, RATE // 10)):
        if off and number * 100 == off.start:
            recorder.off(keep_recording=True)
        if off and number * 100 == off.end:
            recorder.on()
        recorder.feed(piece)
    recorder.stop()
    return recordings.finish(field, running.recording).id


def test_a_sealed_recording_plays_without_cairn_and_without_what_was_off_the_record(
    field: Session, office: Session, root: Path, tmp_path: Path
) -> None:
    if not (root / "tests/interop/node_modules").is_dir() or shutil.which("opusdec") is None:
        pytest.skip("no independent age or Opus here: ./dev setup installs them")
    introduce(field, office)
    interview = interviews.create(field, title="W-017")
    whole, parted = babble(6, 1), babble(12, 2)
    first = recorded(field, interview, whole)
    second = recorded(field, interview, parted, Span(4_000, 7_000))
    consent.set_consent(field, interview, agreed_to(choice="share"))
    with DecodeHost() as decoder:
        (cut,) = recordings.ensure_cuts(field, decoder, [interview])
    preview = sealing.preview(field, [interview], [office.keys.fingerprint])
    bundle = sealing.seal(field, preview, tmp_path)[0].path

    age = root / "tests" / "interop" / "age.mjs"
    tar = run("node", age, "decrypt", office.keys.age_identity.to_text(), stdin=bundle.read_bytes())
    run("tar", "-xf", "-", "-C", tmp_path, stdin=tar)
    opened = tmp_path / "bundle"
    run("sha256sum", "--strict", "-c", "manifest-sha256.txt", folder=opened)
    files = {hashlib.sha256(p.read_bytes()).hexdigest(): p for p in (opened / "data/media").iterdir()}
    kept = recordings.view(field, first)
    master = recordings.view(field, second)
    assert {kept.sha256, cut.sha256} <= set(files)
    assert master.sha256 not in files
    assert len(files) == 2

    heard = played(files[kept.sha256], tmp_path / "first.wav")
    assert abs(len(heard) - len(whole)) <= 1
    assert likeness(whole, heard).whole > 0.9
    left = np.concatenate([parted[: 4 * RATE], parted[7 * RATE :]])
    heard = played(files[cut.sha256], tmp_path / "second.wav")
    assert abs(len(heard) - len(left)) <= RATE // 20
    assert likeness(left, heard).whole > 0.85
    assert abs(likeness(parted[4 * RATE : 7 * RATE], heard).whole) < 0.2


def played(file: Path, to: Path) -> Samples:
    """What the reference decoder of Opus makes of it."""
    run("opusdec", "--quiet", "--rate", str(RATE), "--no-dither", file, to)
    return read_wav(to)

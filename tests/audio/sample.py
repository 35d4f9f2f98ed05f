"""Makes `tests/vectors/journal-1` from the sound that lies there.

Run as `python -m audio.sample` with `tests` on the path to write the files anew; a test holds the files
against what this makes. The sound itself (`sound.opus`, three seconds) was encoded once: another version
of the encoder would make another one.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from audio.source import INTERVIEW, RECORDING, header
from cairn.audio import ogg
from cairn.audio.journal import MARK, OFF_SOUND, SOUND, JournalReader, JournalWriter
from cairn.audio.replay import replay
from cairn.crypto.hashes import sha256, sha256_hex
from cairn.model.kinds.recording import Mark

FOLDER = Path(__file__).resolve().parents[1] / "vectors" / "journal-1"
KEY = sha256(b"journal-1")
_STEP = 5
_OFF = (950 * 48, 1800 * 48)


def pieces(sound: bytes) -> Iterator[tuple[int, bytes]]:
    """(samples up to its end, pages) in the portions that a recorder would write."""
    pages = list(ogg.pages(sound))[2:]
    skip = ogg.pre_skip(sound)
    for start in range(0, len(pages), _STEP):
        some = pages[start : start + _STEP]
        yield some[-1].granule - skip, sound[some[0].start : some[-1].end]


def write(path: Path) -> None:
    """The journal: a recording with a mark, a pause and a stretch off the record, stopped after its end."""
    sound = (FOLDER / "sound.opus").read_bytes()
    journal = JournalWriter.create(path, KEY, header(software="sample"))
    journal.preamble(sound[: ogg.preamble_size(sound)])
    peaks, frames = bytes(range(40, 100)), 0
    for number, (until, data) in enumerate(pieces(sound)):
        start, end = max(frames, _OFF[0]), min(until, _OFF[1])
        journal.sound(data, until, (start, end) if start < end else None)
        frames = until
        journal.peaks(peaks[number * 20 : number * 20 + 20], number * 20)
        if number == 0:
            journal.mark(Mark(at=900, kind="question", text="어디에서 오셨습니까?"), 0)
            journal.mark(Mark(at=950, kind="off"), 1, open=True, kept=True)
        if number == 1:
            journal.mark(Mark(at=950, kind="off", until=1800), 1, kept=True)
            journal.again()
            journal.mark(Mark(at=950, kind="off", until=1800), 1, kept=True)
            journal.mark(Mark(at=1990, kind="pause", text="차", away=61_000), 2)
    journal.end("stopped", frames)
    journal.close()


def altered(whole: bytes) -> dict[str, bytes]:
    """Copies of the journal that something happened to."""
    starts = [at for at in range(len(whole)) if whole.startswith(b"CJf1", at)]
    second = [at for at in starts if whole[at + 4] in (SOUND, OFF_SOUND)][1]
    ends = [*starts[1:], len(whole)]
    unmarked = [whole[at:end] for at, end in zip(starts, ends, strict=True) if whole[at + 4] != MARK]
    flipped = bytearray(whole)
    flipped[second + 100] ^= 0x10
    blank = bytes(512) + whole[512:]
    return {
        "cut.jnl": whole[: starts[-1] + 9],
        "cut-early.jnl": whole[: second + 30],
        "flipped.jnl": bytes(flipped),
        "no-first-block.jnl": blank,
        "no-marks.jnl": whole[: starts[0]] + b"".join(unmarked),
    }


def told(path: Path) -> dict[str, object]:
    """What Cairn finds in a journal."""
    found = replay(JournalReader(path, KEY, recording=RECORDING, interview=INTERVIEW))
    return {
        "frames": found.frames,
        "duration": found.duration_ms,
        "interrupted": found.interrupted,
        "reason": found.reason,
        "marks": [[mark.kind, mark.at, mark.until, mark.away, mark.text] for mark in found.marks],
        "excluded": [[span.start, span.end] for span in found.excluded],
        "damaged": [[span.start, span.end] for span in found.damaged],
        "peaks": found.peaks.hex(),
        "sha256": sha256_hex(b"".join(found.sound)),
    }


def make(folder: Path) -> None:
    """Write every file that follows from the sound into `folder`."""
    write(folder / "whole.jnl")
    for name, data in altered((folder / "whole.jnl").read_bytes()).items():
        (folder / name).write_bytes(data)
    found = {path.name: told(path) for path in sorted(folder.glob("*.jnl"))}
    content = {"key": KEY.hex(), "recording": RECORDING, "interview": INTERVIEW, "journals": found}
    (folder / "content.json").write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    for old in FOLDER.glob("*.jnl"):
        old.unlink()
    make(FOLDER)

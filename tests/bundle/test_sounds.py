"""Recordings in a bundle: what a person reads of them, and that they play as they lie there."""

from __future__ import annotations

import io
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest
import soundfile

import begun
import unix
from bundle.making import Bytes, custody, entries, plaintext, plan, revision, sealed, sender
from cairn.bundle.writer import BundleMedia, BundlePlan, BundleRoot
from cairn.crypto.hashes import sha256_hex
from cairn.model.kinds.interview import Interview
from cairn.model.kinds.note import Note
from cairn.model.kinds.recording import Mark, Recording
from cairn.model.kinds.transcript import Paragraph, Transcript
from cairn.model.values import Span

INTERVIEW = begun.root(sender())
MASTER = begun.part(sender(), INTERVIEW, "recording")


def opus() -> bytes:
    out = io.BytesIO()
    tone = (9000 * np.sin(np.arange(96_000) * 2 * np.pi * 440 / 48_000)).astype("<i2")
    soundfile.write(out, tone, 48_000, format="OGG", subtype="OPUS")
    return out.getvalue()


def bundle(language: str = "en") -> tuple[bytes, bytes]:
    """(the bundle's tar, the bytes of its recording): a cut of which the master stayed, a note, a transcript."""
    data, record = opus(), begun.part(sender(), INTERVIEW, "recording")
    cut = Recording(
        name="evening-cut.opus",
        size=len(data),
        sha256=sha256_hex(data),
        media="ab" * 16,
        source="cut",
        started="2026-11-22T03:00:00Z",
        duration=2000,
        interrupted=True,
        marks=[Mark(1000, "off", away=61_000), Mark(1500, "question", text="<b>And then?</b>")],
        master="cd" * 32,
        of=MASTER,
        kept=[Span(0, 1000), Span(62_000, 63_000)],
    )
    parts = [
        revision(Interview(title="W-1"), root=INTERVIEW),
        revision(cut, root=INTERVIEW, id=record),
        revision(Note("she paused", recording=MASTER, at=62_500), root=INTERVIEW),
        revision(
            Note("elsewhere", recording=begun.part(sender(), INTERVIEW, "recording"), at=5000), root=INTERVIEW
        ),
        revision(
            Transcript(MASTER, paragraphs=[Paragraph(62_000, 63_000, "told", "[inaudible] <i>", "다리")]),
            root=INTERVIEW,
        ),
    ]
    made = plan()
    media = [BundleMedia(record, INTERVIEW, cut.sha256, cut.size, lambda: Bytes(data))]
    again = BundlePlan(
        made.card,
        made.created,
        made.recipients,
        [BundleRoot(INTERVIEW, parts)],
        media,
        custody(sender(), parts),
        language=language,
    )
    return plaintext(sealed(again)[0]), data


def test_the_page_tells_of_sounds_and_words() -> None:
    page = dict(entries(bundle()[0]))["bundle/data/README.html"].decode()
    for words in (
        "Recording: evening-cut.opus",
        "data/media/000001",
        "without what was said off the record",
        "it was cut off, not stopped",
        "0:00:02 · ",
        "cd" * 32,
        "0:00:00 – 0:00:01, 0:01:02 – 0:01:03",
        "0:00:01 · off the record · 0:01:01 not here",
        "0:00:01 · question · &lt;b&gt;And then?&lt;/b&gt;",
        "at 0:00:01 of evening-cut.opus",
        "at 0:00:05 of the recording",
        "Transcript: evening-cut.opus",
        "0:00:01 · told",
        "[inaudible] &lt;i&gt;",
        "다리",
    ):
        assert words in page, words
    assert "<b>" not in page
    assert "<i>" not in page


def test_the_page_in_korean() -> None:
    page = dict(entries(bundle("ko")[0]))["bundle/data/README.html"].decode()
    for words in ("녹음: evening-cut.opus", "녹취록", "기록에서 제외"):
        assert words in page, words


def test_a_sound_plays_where_it_lies(tmp_path: Path) -> None:
    archive, data = bundle()
    (tmp_path / "bundle.tar").write_bytes(archive)
    subprocess.run([unix.tool("tar"), "-xf", "bundle.tar"], cwd=tmp_path, check=True)
    lying = tmp_path / "bundle" / "data" / "media" / "000001"
    assert lying.read_bytes() == data
    decoder = shutil.which("opusdec")
    if decoder is None:
        pytest.skip("opusdec (opus-tools) is not installed")
    subprocess.run([decoder, "--quiet", lying, tmp_path / "sound.wav"], check=True)
    samples, rate = soundfile.read(tmp_path / "sound.wav")
    assert abs(len(samples) - 2 * rate) < rate // 20

"""The published sample, by Cairn and by a second reader made from FORMAT.md alone."""

from __future__ import annotations

import io
import json
import re
import shutil
import struct
import subprocess
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from uuid import UUID

import pytest
import soundfile
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from audio import sample
from cairn.audio import journal

CONTENT = json.loads((sample.FOLDER / "content.json").read_text("utf-8"))
JOURNALS = sorted(CONTENT["journals"])


def frames(data: bytes) -> Iterator[tuple[int, bytes]]:
    """FORMAT.md, sections 2, 3 and 5, in as few lines as they take."""
    key = HKDF(hashes.SHA256(), 32, b"", b"cairn/journal/1").derive(bytes.fromhex(CONTENT["key"]))
    bound = b"cairn/journal/1" + UUID(CONTENT["recording"]).bytes + UUID(CONTENT["interview"]).bytes
    at, last = 0, -1
    while (at := data.find(b"CJf1", at)) >= 0:
        kind, counter, length = struct.unpack(">BQI", data[at + 4 : at + 17].ljust(13, b"\0"))
        try:
            if counter <= last or length < 16:
                raise InvalidTag
            aad = bound + data[at + 4 : at + 17]
            plain = AESGCM(key).decrypt(struct.pack(">IQ", 0, counter), data[at + 17 :][:length], aad)
        except InvalidTag:
            at += 1
            continue
        yield kind, plain
        at, last = at + 17 + length, counter


def test_the_sample_is_what_this_program_writes(tmp_path: Path) -> None:
    sample.make(tmp_path)
    for path in tmp_path.iterdir():
        assert (sample.FOLDER / path.name).read_bytes() == path.read_bytes(), path.name
    assert {path.name for path in sample.FOLDER.iterdir()} == {
        *(path.name for path in tmp_path.iterdir()),
        "sound.opus",
        "README.md",
    }


@pytest.mark.parametrize("name", JOURNALS)
def test_cairn_finds_what_it_must(name: str) -> None:
    assert sample.told(sample.FOLDER / name) == CONTENT["journals"][name]


@pytest.mark.parametrize("name", JOURNALS)
def test_a_second_reader_finds_the_same_frames(name: str) -> None:
    path = sample.FOLDER / name
    reader = journal.JournalReader(
        path, sample.KEY, recording=CONTENT["recording"], interview=CONTENT["interview"]
    )
    assert [(frame.kind, frame.data) for frame in reader.frames()] == list(frames(path.read_bytes()))


def test_a_second_reader_finds_what_is_off_the_record_without_marks() -> None:
    found = list(frames((sample.FOLDER / "no-marks.jnl").read_bytes()))
    assert 4 not in {kind for kind, _plain in found}
    off = [struct.unpack(">QQ", plain[8:24]) for kind, plain in found if kind == 7]
    assert [[off[0][0] // 48, off[-1][1] // 48]] == CONTENT["journals"]["no-marks.jnl"]["excluded"]
    assert all(one[1] == later[0] for one, later in pairwise(off))


def test_a_second_reader_has_the_sound() -> None:
    """Of a journal that is whole, joining PREAMBLE, SOUND and OFF_SOUND is all there is to do."""
    found = list(frames((sample.FOLDER / "whole.jnl").read_bytes()))
    preamble = next(plain for kind, plain in found if kind == 2)
    sound = preamble + b"".join(plain[8 if kind == 3 else 24 :] for kind, plain in found if kind in (3, 7))
    assert sound == (sample.FOLDER / "sound.opus").read_bytes()
    assert len(soundfile.read(io.BytesIO(sound))[0]) == CONTENT["journals"]["whole.jnl"]["frames"]


@pytest.mark.skipif(shutil.which("opusdec") is None, reason="opus-tools are not installed")
@pytest.mark.parametrize("name", JOURNALS)
def test_the_stock_decoder_plays_every_one(name: str, tmp_path: Path) -> None:
    found = journal.JournalReader(
        sample.FOLDER / name, sample.KEY, recording=CONTENT["recording"], interview=CONTENT["interview"]
    )
    from cairn.audio.replay import replay

    replayed = replay(found)
    sound = tmp_path / "sound.opus"
    sound.write_bytes(b"".join(replayed.sound))
    subprocess.run(["opusdec", "--quiet", sound, tmp_path / "sound.wav"], check=True, capture_output=True)
    assert soundfile.info(tmp_path / "sound.wav").frames == replayed.frames


def test_the_page_and_the_program_agree() -> None:
    text = Path(journal.__file__).with_name("FORMAT.md").read_text("utf-8")
    kinds = {
        name: int(number) for number, name in re.findall(r"^\| (\d) \| ([A-Z_]+) \|", text, re.MULTILINE)
    }
    assert kinds == {
        name: getattr(journal, name)
        for name in ("HEADER", "PREAMBLE", "SOUND", "MARK", "PEAKS", "END", "OFF_SOUND")
    }
    assert f"16 to {journal.MAX_FRAME:,}" in text
    assert journal.MAGIC.decode().encode("unicode_escape").decode() in text

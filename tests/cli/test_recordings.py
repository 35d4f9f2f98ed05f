"""Recordings by command line: taken in, put off the record, cut, sealed, taken in elsewhere, copied out."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile

from cairn.app.kernel import session
from cairn.app.sound import recordings
from cairn.audio.recorder import Recorder
from cairn.crypto.hashes import sha256_hex
from cli.conftest import PASSPHRASES, World
from cli.program import cairn, refused


def wav(seconds: int = 3) -> bytes:
    out = io.BytesIO()
    tone = (9000 * np.sin(np.arange(16_000 * seconds) * 2 * np.pi * 440 / 16_000)).astype("<i2")
    soundfile.write(out, tone, 16_000, format="WAV", subtype="PCM_16")
    return out.getvalue()


def taken_in(world: World, field: Path, folder: Path, key: list[str]) -> dict[str, Any]:
    (folder / "phone.wav").write_bytes(wav())
    return cairn("recording", "import", field, world.interview, folder / "phone.wav", "--json", *key).object


def test_from_a_phone_to_the_office(world: World, field: Path, office: Path, tmp_path: Path) -> None:
    key = world.key("field")
    made = taken_in(world, field, tmp_path, key)
    assert made["duration"] == 3000
    assert made["sha256"] == sha256_hex(wav())
    part = cairn(
        "recording", "excerpt", field, made["id"], "--from", "2", "--to", "0:03", "--json", *key
    ).object  # fmt: skip
    assert part["master"] == made["sha256"]
    assert part["kept"] == [[2000, 3000]]
    off = ["recording", "exclude", field, made["id"], "--from", "0:00:01", "--to", "1.5"]
    assert cairn(*off, "--json", *key).object["excluded"] == [[1000, 1500]]
    refused(3, "gate.off-record", "recording", "copy-out", field, made["id"],
            "-o", tmp_path / "plain.wav", *key)  # fmt: skip
    assert not (tmp_path / "plain.wav").exists()

    sealed = cairn(
        "seal", field, "--to", "Office", "--interview", world.interview,
        "-o", tmp_path / "out", "--json", *key,
    ).object  # fmt: skip
    assert [(each["kind"], each["code"]) for each in sealed["stays"]] == [("recording", "gate.off-record")]
    listed = cairn("recording", "list", field, world.interview, "--json", *key).object["recordings"]
    assert sorted(each["source"] for each in listed) == ["cut", "excerpt", "import"]
    (cut,) = (each for each in listed if each["source"] == "cut")
    assert cut["kept"] == [[0, 1000], [1500, 3000]]

    there = cairn("take-in", office, sealed["bundles"][0]["path"], "--json", *world.key("office")).object
    (interview,) = there["roots"]
    assert {f["sha256"] for f in interview["files"] if f["kind"] == "recording"} == {
        cut["sha256"],
        part["sha256"],
    }
    plain = tmp_path / "cut.opus"
    cairn("recording", "copy-out", office, cut["id"], "-o", plain, *world.key("office"))
    assert sha256_hex(plain.read_bytes()) == cut["sha256"]
    samples, rate = soundfile.read(plain)
    assert abs(len(samples) - 2.5 * rate) < rate // 20
    cairn("vault", "check", office, *world.key("office"))


def test_what_a_crash_left_is_told_and_sealed(world: World, field: Path) -> None:
    s = session.open_vault(field, PASSPHRASES["field"])
    running = recordings.begin(s, world.interview)
    recorder = Recorder(running.journal)
    recorder.feed(bytes(96_000))
    recorder.stop()
    s.close()
    key = world.key("field")
    listed = cairn("recording", "list", field, world.interview, "--json", *key)
    assert listed.codes == ["recording.waiting"]
    (done,) = cairn("recording", "recover", field, "--json", *key).object["recordings"]
    assert (done["id"], done["duration"]) == (running.recording, 1000)
    assert done["id"] in cairn("recording", "list", field, world.interview, *key).out


@pytest.mark.parametrize(
    ("span", "code"),
    [(("x", "2"), "cli.not-a-time"), (("3", "2"), "cli.time-order"), (("5", "6"), "recording.span")],
)
def test_stretches_that_are_none(
    world: World, field: Path, tmp_path: Path, span: tuple[str, str], code: str
) -> None:
    key = world.key("field")
    made = taken_in(world, field, tmp_path, key)
    refused(3 if code == "recording.span" else 2, code, "recording", "excerpt", field, made["id"],
            "--from", span[0], "--to", span[1], *key)  # fmt: skip


def test_what_is_no_sound_is_kept_as_a_file_and_said(world: World, field: Path, tmp_path: Path) -> None:
    (tmp_path / "words.wav").write_text("no sound", "utf-8")
    asked = ["recording", "import", field, world.interview, tmp_path / "words.wav"]
    done = cairn(*asked, "--json", *world.key("field"))
    assert done.codes == ["file.kept-as-file", "decode.unsupported"] and done.object["recordings"] == []
    (file,) = done.object["attachments"]
    assert (file["name"], file["size"]) == ("words.wav", 8)
    assert (
        "“words.wav” can't be taken as sound. It is kept under Files"
        in cairn(*asked, *world.key("field")).err
    )
    shown = cairn("interview", "show", field, world.interview, "--json", *world.key("field")).object
    assert [each["name"] for each in shown["attachments"]].count("words.wav") == 2


def test_what_can_not_be_opened_any_more_is_given_up_with_a_reason(world: World, field: Path) -> None:
    s = session.open_vault(field, PASSPHRASES["field"])
    running = recordings.begin(s, world.interview)
    recorder = Recorder(running.journal)
    recorder.feed(np.random.default_rng(1).integers(-9000, 9000, 144_000, np.int16).tobytes())
    recorder.stop()
    journal = s.media.journal(running.media)
    s.close()
    journal.write_bytes(bytes(journal.stat().st_size))
    key = world.key("field")
    refused(4, "audio.no-journal", "recording", "recover", field, *key)
    listed = cairn("recording", "list", field, world.interview, "--json", *key)
    assert [each["id"] for each in listed.object["waiting"]] == [running.recording]
    refused(
        3, "interview.reason-needed", "recording", "give-up", field, running.recording, "--reason", " ", *key
    )
    dropped = cairn(
        "recording", "give-up", field, running.recording, "--reason", "the disk failed", "--json", *key
    )
    assert dropped.object["given-up"] == running.recording
    assert cairn("recording", "list", field, world.interview, "--json", *key).object["waiting"] == []
    assert not journal.exists()

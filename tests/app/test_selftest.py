"""The self-test steps into every trap that is laid for it, and leaves nothing behind."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Self

import pytest

from app.shared import FLOOR, refused
from cairn import resources
from cairn.app.kernel import session
from cairn.app.program import build, selftest, selftest_decode, selftest_sound
from cairn.app.program.selftest import Finding, Simple
from cairn.app.program.selftest_sound import Heard
from cairn.crypto import passphrase
from cairn.decode.host import DecodeHost
from cairn.errors import InputError
from cairn.vault import database
from cairn.vault import selftest as vault


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passphrase, "calibrate", lambda: FLOOR)


def problems(folder: Path, **how: Any) -> dict[str, str]:
    return {check.name: check.problem for check in selftest.run(folder, **how) if check.problem}


def test_it_passes_and_leaves_nothing(tmp_path: Path) -> None:
    checks = selftest.run(tmp_path, probes=[Simple("mine", lambda: Finding(detail="seen"))])
    # The window's catalogues have a check of their own.
    assert [check for check in checks if check.problem and check.name != "translations"] == []
    assert [check.name for check in checks] == [
        *("crypto", "cipher", "resources", "words", "translations", "updates", "no-network"),
        *("database", "round-trip", "decode", "recording", "mine", "leaves-nothing"),
    ]
    found = {check.name: check.detail for check in checks}
    assert "SQLCipher 4" in found["cipher"] and "heic" in found["decode"] and found["mine"] == "seen"
    assert found["recording"] == "made-up tone (not-asked)"
    assert all(check.seconds >= 0 for check in checks)
    assert list(tmp_path.iterdir()) == []


def test_a_readable_vault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = session.Session.close

    def leaky(s: session.Session) -> None:
        real(s)
        (s.info.folder / "leak.txt").write_text("Planted-word-of-the-self-test-두만강")

    monkeypatch.setattr(session.Session, "close", leaky)
    assert problems(tmp_path)["round-trip"] == "readable .txt"
    with refused("selftest.failed"):
        selftest.require(tmp_path)


def test_what_remains(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.rmtree", lambda *_, **__: None)
    assert problems(tmp_path) == {"leaves-nothing": "remains"}


def test_a_probe_that_fails_and_one_whose_library_is_missing(tmp_path: Path) -> None:
    def broken() -> Finding:
        raise ImportError(name="libxcb-cursor.so.0")

    def refuses() -> Finding:
        raise InputError("decode.failed")

    given = [Simple("a", broken), Simple("b", refuses), Simple("c", lambda: Finding("bad"))]
    assert problems(tmp_path, probes=given) == {"a": "ImportError", "b": "decode.failed", "c": "bad"}


def _plain_library(monkeypatch: pytest.MonkeyPatch) -> None:
    """A build whose SQLite is not SQLCipher's: keys are taken and nothing is encrypted."""
    import sqlite3

    def opened(path: Path, *_: object, **__: object) -> sqlite3.Connection:
        return sqlite3.connect(path, isolation_level=None)

    monkeypatch.setattr(database, "create_database", lambda path, key: path.touch())
    monkeypatch.setattr(database, "open_database", opened)


def test_a_database_library_that_does_not_encrypt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _plain_library(monkeypatch)
    assert vault.encrypted(tmp_path / "a") == ("plain text", "")


def test_a_database_that_opens_with_any_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vault, "random_bytes", lambda count: bytes(count))
    assert vault.encrypted(tmp_path / "a")[0] == "opens with any key"


def test_versions_of_what_encrypts() -> None:
    found = build.versions()
    assert found["sqlcipher"].startswith("4.") and found["openssl"][0].isdigit() and found["cairn"]
    assert found["installed"] == "source"


@pytest.fixture
def host() -> Iterator[DecodeHost]:
    with DecodeHost() as made:
        yield made


@pytest.mark.parametrize("kind", selftest_decode.ALL)
def test_each_kind_is_decoded_and_looked_at(
    host: DecodeHost, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert selftest_decode.one(host, kind) == ""
    really = resources.read_bytes
    monkeypatch.setattr(resources, "read_bytes", lambda name: really(name)[:40])
    assert selftest_decode.one(host, kind).startswith("decode.")


def test_pixels_and_samples_that_are_wrong(host: DecodeHost, monkeypatch: pytest.MonkeyPatch) -> None:
    from decode.files import content, pdf, picture, sound

    turned = picture("PNG", (60, 40))
    others = {
        "png": picture("PNG", (60, 40), "L"),
        "jpeg": turned[:8] + turned[8:],
        "pdf": pdf(
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 60 40] /Contents 4 0 R >>",
            content(b""),
        ),
        "flac": sound("FLAC", "PCM_16", 4800),
    }
    monkeypatch.setattr(resources, "read_bytes", lambda name: others[name.rpartition(".")[2]])
    assert {kind: selftest_decode.one(host, kind) for kind in others} == {
        "png": "wrong",
        "jpeg": "",
        "pdf": "wrong",
        "flac": "wrong",
    }


def test_a_child_without_guards(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(DecodeHost, "guards", lambda self: frozenset())
    monkeypatch.setattr(selftest_decode, "one", lambda host, kind: "")
    monkeypatch.setattr("sys.platform", "linux")
    assert selftest_decode.check() == ("unguarded", "")


def test_sound_that_was_heard(tmp_path: Path) -> None:
    samples = array("h", [1000, -1000] * 24_000).tobytes()
    assert selftest_sound.check(tmp_path / "a", Heard("FieldMic", samples)) == ("", "FieldMic, 48000 samples")


@pytest.mark.parametrize(
    "why", ["none", "busy", "microphone.none", "microphone.denied", "microphone.no-sound-server"]
)
def test_no_microphone_is_no_fault(tmp_path: Path, why: str) -> None:
    assert selftest_sound.check(tmp_path / "a", Heard(why=why)) == ("", f"made-up tone ({why})")


def test_a_microphone_that_does_not_work_is_one(tmp_path: Path) -> None:
    found = selftest_sound.check(tmp_path / "a", Heard("FieldMic", why="microphone.nothing-came"))
    assert found == ("microphone.nothing-came", "FieldMic") and not (tmp_path / "a").exists()


def test_sound_that_comes_back_shorter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from cairn.audio.recorder import Recorder

    really = Recorder.feed
    fed: list[bytes] = []

    def half(self: Recorder, pcm: bytes) -> None:
        fed.append(pcm)
        if len(fed) % 2:
            really(self, pcm)

    monkeypatch.setattr(Recorder, "feed", half)
    assert selftest_sound.check(tmp_path / "a", None)[0] == "length"


class Altered:
    """What is read is not what was sealed."""

    size = 5000

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing is open."""

    def read_at(self, offset: int, length: int) -> bytes:
        return bytes(length)


def test_sound_that_comes_back_as_something_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(selftest_sound.recordings, "reader", lambda *_: Altered())
    assert selftest_sound.check(tmp_path / "a", None)[0] == "sha256"

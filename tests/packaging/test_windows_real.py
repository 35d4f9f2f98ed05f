"""The run of the real Windows program under Wine: what it believes, what it reads, what it hands over."""

from __future__ import annotations

import hashlib
import importlib
import shutil
import struct
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from PIL import Image

from packaging_linux import ROOT

NAMES = ("interpreter", "wheels", "holes", "eyes", "program", "words", "run")


@pytest.fixture
def real(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """The modules as the run itself imports them."""
    for folder in ("smoke", "windows/real"):
        monkeypatch.syspath_prepend(str(ROOT / "packaging" / folder))
    yield SimpleNamespace(**{name: importlib.import_module(name) for name in NAMES})


# Where its Python comes from


def authority(name: str) -> bytes:
    """A certificate that signs itself, as PEM."""
    from datetime import UTC, datetime, timedelta

    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    key, who = Ed25519PrivateKey.generate(), x509.Name.from_rfc4514_string(f"CN={name}")
    begun = datetime(2020, 1, 1, tzinfo=UTC)
    made = x509.CertificateBuilder(who, who, key.public_key(), x509.random_serial_number())
    made = made.not_valid_before(begun).not_valid_after(begun + timedelta(days=9999))
    return made.sign(key, None).public_bytes(serialization.Encoding.PEM)


def test_only_pinned_roots_are_believed(real: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    good, bad = authority("good"), authority("Microsoft Root Certificate Authority 2010")
    der = x509.load_pem_x509_certificate(good).public_bytes(serialization.Encoding.DER)
    monkeypatch.setattr(real.interpreter, "ROOTS", {hashlib.sha256(der).hexdigest(): "good"})
    found = real.interpreter.pinned((bad + good).decode())
    assert [each.encode() for each in found] == [good]


@pytest.fixture
def python(tmp_path: Path) -> Path:
    """A tree in the shape of the interpreter's, whose catalogue lists one file."""
    (tmp_path / "Lib/json").mkdir(parents=True)
    (tmp_path / "DLLs").mkdir()
    (tmp_path / "Lib/json/__init__.py").write_text("listed")
    (tmp_path / "Lib/empty.py").touch()
    listed = hashlib.sha256(b"listed").digest()
    (tmp_path / "DLLs/python_lib.cat").write_bytes(b"before" + listed + b"after")
    return tmp_path


@pytest.fixture
def signed(real: Any, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Who is said to be signed: names of files that were asked for."""
    asked: list[str] = []
    monkeypatch.setattr(real.interpreter, "_signed", lambda path, _roots: asked.append(path.name))
    return asked


def test_a_file_of_the_library_must_stand_in_the_catalogue(
    real: Any, python: Path, signed: list[str], tmp_path: Path
) -> None:
    real.interpreter.prove(python, tmp_path / "roots.pem")
    assert signed == ["python_lib.cat"]
    (python / "Lib/json/__init__.py").write_text("listed, and changed")
    with pytest.raises(real.interpreter.NoProof, match=r"json/__init__\.py"):
        real.interpreter.prove(python, tmp_path / "roots.pem")


def test_a_file_that_no_catalogue_can_list_is_pinned(
    real: Any, python: Path, signed: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (python / "Lib/xml").mkdir()
    (python / "Lib/xml/__init__.py").write_text("pinned")
    with pytest.raises(real.interpreter.NoProof, match="xml"):
        real.interpreter.prove(python, tmp_path / "roots.pem")
    pins = {"xml/__init__.py": hashlib.sha256(b"pinned").hexdigest()}
    monkeypatch.setattr(real.interpreter, "PINNED", pins)
    real.interpreter.prove(python, tmp_path / "roots.pem")


def test_what_is_no_code_and_unsigned_is_taken_out(
    real: Any, python: Path, signed: list[str], tmp_path: Path
) -> None:
    (python / "Lib/notes.txt").write_text("from somebody")
    real.interpreter.prove(python, tmp_path / "roots.pem")
    assert not (python / "Lib/notes.txt").exists()


@pytest.mark.skipif(shutil.which("osslsigncode") is None, reason="osslsigncode is not installed")
def test_a_program_without_a_signature_is_refused(real: Any, python: Path, tmp_path: Path) -> None:
    (tmp_path / "roots.pem").write_bytes(authority("nobody"))
    (python / "python.exe").write_bytes(b"MZ" + bytes(200))
    with pytest.raises(real.interpreter.NoProof, match="python"):
        real.interpreter.prove(python, tmp_path / "roots.pem")


def test_the_packages_are_those_of_the_lock_for_windows(real: Any) -> None:
    found = real.wheels.wanted(real.wheels.LOCK.read_text("utf-8"))
    names = {each.partition("==")[0] for each in found}
    assert {"pyside6-essentials", "pefile", "sqlcipher3", "pyinstaller"} <= names
    assert "macholib" not in names


# Wine


def library(exports: dict[str, bytes]) -> bytes:
    """A PE32+ file with one section, whose exported functions begin with these bytes."""
    data = bytearray(0x1000)
    struct.pack_into("<I", data, 0x3C, 0x80)
    struct.pack_into("<4sHH", data, 0x80, b"PE\0\0", 0x8664, 1)
    struct.pack_into("<H", data, 0x80 + 20, 240)
    optional = 0x80 + 24
    struct.pack_into("<I", data, optional + 112, 0x1000)
    struct.pack_into("<8s4I", data, optional + 240, b".text", 0xE00, 0x1000, 0xE00, 0x200)
    names = sorted(exports)
    at, functions, pointers, ordinals, texts, code = 0x1000, 0x1100, 0x1200, 0x1300, 0x1400, 0x1800

    def put(address: int, kind: str, *values: Any) -> None:
        struct.pack_into(kind, data, address - 0x1000 + 0x200, *values)

    put(at + 20, "<5I", len(names), len(names), functions, pointers, ordinals)
    for number, name in enumerate(names):
        put(functions + 4 * number, "<I", code)
        put(pointers + 4 * number, "<I", texts)
        put(ordinals + 2 * number, "<H", number)
        put(texts, f"{len(name) + 1}s", name.encode() + b"\0")
        put(code, "32s", exports[name])
        texts += len(name) + 1
        code += 32
    return bytes(data)


STUB = bytes.fromhex("4883ec28488d0d00000000488d1500000000e800000000cccccccccccccccccc")


def test_only_what_is_a_stub_is_filled(real: Any, tmp_path: Path) -> None:
    other = bytes(range(32))
    (tmp_path / "ucrtbase.dll").write_bytes(library({"crealf": STUB, "cimag": other, "cos": STUB}))
    (tmp_path / "mscms.dll").write_bytes(library({"WcsCreateIccProfile": STUB}))
    assert real.holes.fill(tmp_path) == ["crealf", "WcsCreateIccProfile"]
    data = (tmp_path / "ucrtbase.dll").read_bytes()
    places = real.holes.exports(data)
    assert data[places["crealf"] :].startswith(bytes.fromhex("660f6ec1c3"))
    assert data[places["cimag"] :].startswith(other) and data[places["cos"] :].startswith(STUB)
    assert real.holes.fill(tmp_path) == []


def test_paths_go_in_as_windows_calls_them_and_come_back(real: Any) -> None:
    inward, outward = real.program.inward, real.program.outward
    assert inward("/tmp/x/shared/a b/한글", "/tmp/x/shared", "W:") == "W:\\a b\\한글"
    assert inward("/etc/hosts", "/tmp/x/shared", "W:") == "Z:\\etc\\hosts"
    assert inward("--json", "/tmp/x/shared", "W:") == "--json"
    said = b'{"path": "W:\\\\a\\\\b.age", "z": "Z:\\\\etc", "text": "no path: W:"}'
    assert outward(said, "/tmp/x/shared", "W:") == (
        b'{"path": "/tmp/x/shared/a/b.age", "z": "/etc", "text": "no path: W:"}'
    )


# What is read off the screen


def seen(real: Any, *words: str, line: str = "1") -> list[Any]:
    return [real.eyes.Seen(word, 10 * at, 5, 8, 9, (line,)) for at, word in enumerate(words)]


def test_a_run_of_words_is_found_in_one_line_alone(real: Any) -> None:
    there = seen(real, "I", "have", "writen", "them", "down")
    found = real.eyes.match(there, "written them down")
    assert (found.x, found.wide) == (20, 28)
    assert real.eyes.match(there, "Make the vault") is None
    apart = seen(real, "Make", "the") + seen(real, "vault", line="2")
    assert real.eyes.match(apart, "Make the vault") is None


def test_a_button_goes_before_the_same_word_in_a_sentence(real: Any) -> None:
    there = [*seen(real, "You", "can", "do", "this", "later,", "too"), *seen(real, "Later", line="2")]
    assert real.eyes.match(there, "Later").line == ("2",)
    assert real.eyes.match(there[:6], "Later").x == 40


def test_a_button_with_an_icon_goes_before_its_heading_when_it_is_pressed(real: Any) -> None:
    heading, button = (
        seen(real, "Compare", "the", "words"),
        seen(real, "v", "Compare", "the", "words", line="2"),
    )
    there = [*heading, *(replace(each, y=90) for each in button)]
    assert real.eyes.match(there, "Compare the words").line == ("1",)
    assert real.eyes.match(there, "Compare the words", lowest=True).line == ("2",)


def test_what_comes_of_a_press_is_more_than_what_lies_under_the_hand(real: Any) -> None:
    button = real.eyes.Seen("Next", 100, 100, 40, 16, ("1",))
    before = Image.new("L", (400, 300), 255)

    def after(box: tuple[int, int, int, int]) -> bool:
        picture = before.copy()
        picture.paste(0, box)
        return bool(real.eyes.changed(before, picture, button))

    assert after((200, 150, 240, 190))
    assert not after((90, 90, 150, 125)), "it is lit under the mouse"
    assert not after((0, 280, 400, 300)), "the minutes until the lock"
    assert not after((300, 100, 301, 118)), "a cursor"


def test_short_words_are_not_guessed(real: Any) -> None:
    assert real.eyes.likeness("Later", "Later") == real.eyes.likeness("“No”", "No") == 1
    assert real.eyes.likeness("office's", "office’s") >= real.eyes.LIKE
    assert real.eyes.likeness("On", "No") == 0 and real.eyes.likeness("Text", "Next") < real.eyes.LIKE


@pytest.mark.skipif(
    shutil.which("tesseract") is None or shutil.which("convert") is None,
    reason="tesseract or ImageMagick is not installed",
)
def test_words_are_where_they_were_drawn(real: Any, tmp_path: Path) -> None:
    picture = tmp_path / "drawn.png"
    subprocess.run(
        ["convert", "-size", "600x200", "xc:white", "-pointsize", "18", "-annotate", "+100+80", "New vault"]
        + ["-fill", "#2F6B5E", "-draw", "rectangle 300,100 460,150", "-fill", "white"]
        + ["-annotate", "+320+132", "Make the vault", str(picture)],
        check=True,
    )
    screen = SimpleNamespace(picture=lambda to: shutil.copy(picture, to))
    eyes = real.eyes.Eyes(screen, tmp_path, real.words.Words("en"))
    for words, x in (("New vault", 100), ("Make the vault", 320)):
        found = eyes.find(words)
        assert found is not None and abs(found.x - x) < 8, words


# The same way in another language


@pytest.mark.parametrize(
    ("english", "korean"),
    [
        ("New vault", "새 보관함"),
        ("Code name", "부호"),
        ("Which interviews shall leave?", "어느 면담을 내보냅니까?"),
        ("Interviews will be listed here.", "면담이 여기에 모입니다."),
        ("Seal bundle of 1…", "면담 1건을 묶음으로 봉인…"),
        ("Write these 24 words on paper", "이 24개 단어를"),
        ("Practice W-017", "Practice W-017"),
        ("Field 7", "Field 7"),
    ],
)
def test_what_is_said_in_english_is_looked_for_in_korean(real: Any, english: str, korean: str) -> None:
    assert real.words.Words("ko").here(english).startswith(korean)
    assert real.words.Words("en").here(english) == english


def test_a_word_that_is_two_words_in_another_language_is_looked_for_as_both(real: Any) -> None:
    assert real.words.Words("ko").ways("Done") == ["마침", "완료"]
    assert real.words.Words("en").ways("Done") == ["Done"]
    assert real.words.Words("ko").ways("Practice W-017") == ["Practice W-017"]


def test_every_part_can_be_run_alone(real: Any) -> None:
    assert {*real.run.QUICK} < {*real.run.PARTS}
    assert all(callable(part) for _title, part in real.run.PARTS.values())

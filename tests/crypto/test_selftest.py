"""The self-test finds a primitive that answers wrongly, and says which."""

from __future__ import annotations

import base64
import io
import os
import subprocess
import sys
from types import SimpleNamespace

import pytest

from cairn.crypto import cobblestone, known_answers, recovery, selftest, versions
from cairn.crypto.aead import open_small, seal_small
from cairn.crypto.age import AgeWriter, PQIdentity, parse_recipient
from cairn.crypto.device import DeviceKeys, PublicKeys
from cairn.crypto.ssh import sshsig
from cairn.crypto.ssh.keys import Ed25519Key
from cairn.errors import IntegrityError


class Other(AgeWriter):
    """Writes something else than it is given."""

    def write(self, data: bytes) -> int:  # type: ignore[override]
        return super().write(bytes(len(data)))


class OtherWriter(cobblestone.CobWriter):
    """The same of the vault's own format."""

    def write(self, data: bytes) -> int:  # type: ignore[override]
        return super().write(b"x" * len(data))


def chunked(words: bytes) -> str:
    """A file of some words in the vault's own format, under the key of the self-test."""
    out = io.BytesIO()
    writer = cobblestone.CobWriter(out, bytes(32), b"known answer")
    writer.write(words)
    writer.finish()
    return out.getvalue().hex()


def sealed(words: bytes) -> str:
    """An age file of some words to the identity of the self-test."""
    out = io.BytesIO()
    writer = AgeWriter(out, [parse_recipient(PQIdentity(selftest._AGE_SEED).recipient)])
    writer.write(words)
    writer.finish()
    return base64.b64encode(out.getvalue()).decode()


def test_all_answers_are_right_here() -> None:
    assert len(selftest.check()) >= 8


@pytest.mark.parametrize(
    ("what", "place", "name", "value"),
    [
        ("hashes", selftest, "sha256_hex", lambda data: "0" * 64),
        ("hashes", selftest, "sha512", lambda data: bytes(64)),
        ("hashes", selftest, "shake256", lambda data, size: bytes(size)),
        ("hashes", selftest, "hmac_sha256", lambda key, data: bytes(32)),
        ("hashes", selftest, "hkdf_sha256", lambda key, **_: bytes(42)),
        ("chacha20-poly1305", selftest, "open_small", lambda *_: b"anything"),
        ("argon2id", known_answers, "ARGON2ID", "00"),
        ("cobblestone-256", known_answers, "COBBLESTONE", known_answers.COBBLESTONE[:-2] + "00"),
        ("cobblestone-256", cobblestone, "CobWriter", OtherWriter),
        ("cobblestone-256", known_answers, "COBBLESTONE", chunked(b"pebble")),
        ("signatures", DeviceKeys, "sign_text", lambda keys, name, _: sshsig.sign(name, b"other", keys._ed)),
        (
            "signatures",
            DeviceKeys,
            "sign_text_pq",
            lambda keys, name, _: sshsig.sign(name, b"other", keys._pq),
        ),
        ("signatures", selftest, "sshsig", SimpleNamespace(parse=sshsig.parse, serialise=lambda _: b"")),
        ("age-post-quantum", known_answers, "AGE_RECIPIENT_SHA256", "00"),
        ("age-post-quantum", known_answers, "AGE_FILE", sealed(b"other answer")),
        ("age-post-quantum", selftest, "AgeWriter", Other),
        ("ed25519", Ed25519Key, "sign_raw", lambda self, message: bytes(64)),
        ("recovery-words", recovery, "words_from", lambda entropy: ["zoo"]),
        ("recovery-words", recovery, "entropy_from", lambda words: bytes(16)),
        ("signatures", PublicKeys, "verify_text", lambda *_: None),
        ("signatures", PublicKeys, "verify_text_pq", lambda *_: None),
        ("signatures", sshsig, "serialise", lambda signature: b""),
    ],
)
def test_a_wrong_answer_is_found(
    what: str, place: object, name: str, value: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(place, name, value)
    with pytest.raises(IntegrityError, match=r"^crypto\.selftest$") as caught:
        selftest.check()
    assert caught.value.values == {"what": what}


def test_a_cipher_that_opens_the_answer_and_not_its_own_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(selftest, "seal_small", lambda key, plain, aad: seal_small(key, b"other", aad))
    with pytest.raises(IntegrityError, match=r"^crypto\.selftest$") as caught:
        selftest.check()
    assert caught.value.values == {"what": "chacha20-poly1305"}


def test_a_cipher_that_opens_its_own_and_not_the_answer_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    rfc = bytes.fromhex("070000004041424344454647")

    def other(key: bytes, nonce: bytes, text: bytes, aad: bytes) -> bytes:
        return b"other" if nonce == rfc else open_small(key, nonce, text, aad)

    monkeypatch.setattr(selftest, "open_small", other)
    with pytest.raises(IntegrityError, match=r"^crypto\.selftest$"):
        selftest.check()


def test_a_cipher_that_accepts_everything_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    def lenient(key: bytes, nonce: bytes, sealed: bytes, aad: bytes) -> bytes:
        try:
            return open_small(key, nonce, sealed, aad)
        except IntegrityError:
            return b""

    monkeypatch.setattr(selftest, "open_small", lenient)
    with pytest.raises(IntegrityError, match=r"^crypto\.selftest$"):
        selftest.check()


def test_every_module_of_crypto_works_without_qt() -> None:
    """In a process of its own, where importing Qt, SQL or the network fails."""
    program = """
import importlib, pkgutil, sys
banned = ("PySide6", "shiboken6", "sqlcipher3", "sqlite3", "PIL")
for name in banned:
    sys.modules[name] = None
import cairn.crypto
names = [m.name for m in pkgutil.walk_packages(cairn.crypto.__path__, "cairn.crypto.")]
for name in names:
    importlib.import_module(name)
from cairn.crypto import selftest
selftest.check()
above = [m for m in sys.modules if m.startswith("cairn.") and m.split(".")[1] not in
         ("crypto", "errors", "paths", "resources", "model")]
print(len(names), above)
"""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", program],
        capture_output=True,
        text=True,
        check=False,
        env=dict(os.environ),
    )
    assert done.returncode == 0, done.stderr
    count, above = done.stdout.split(" ", 1)
    assert int(count) >= 20
    assert above.strip() == "[]"


@pytest.mark.parametrize(
    ("said", "openssl"),
    [("OpenSSL 4.0.1 1 Jan 2026", "4.0.1"), ("BoringSSL", "BoringSSL"), ("OpenSSL 3.9", "3.9")],
)
def test_the_libraries_name_themselves(said: str, openssl: str, monkeypatch: pytest.MonkeyPatch) -> None:
    found = versions.versions()
    assert found.keys() == {"cryptography", "openssl"} and found["cryptography"][0].isdigit()
    monkeypatch.setattr(versions.backend, "openssl_version_text", lambda: said)
    assert versions.versions()["openssl"] == openssl

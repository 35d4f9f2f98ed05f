"""Known answers for every primitive, asked before a vault is opened.

A library that was swapped, or a machine that computes wrongly, must not get near a testimony. The answers are
from the standards, or from other implementations of the same format.
"""

from __future__ import annotations

import base64
import io
from collections.abc import Callable

from cairn.crypto import cobblestone, known_answers, passphrase, recovery
from cairn.crypto.aead import open_small, seal_small
from cairn.crypto.age import AgeReader, AgeWriter, PQIdentity, parse_recipient
from cairn.crypto.device import DeviceKeys
from cairn.crypto.hashes import hkdf_sha256, hmac_sha256, sha256_hex, sha512, shake256
from cairn.crypto.ssh import sshsig
from cairn.crypto.ssh.keys import Ed25519Key
from cairn.errors import CairnError, IntegrityError

_AGE_SEED = bytes(range(32))


def _hashes() -> bool:
    """FIPS 180-4, FIPS 202, RFC 4231 case 2, RFC 5869 case 1."""
    okm = "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865"
    return (
        sha256_hex(b"abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        and sha512(b"abc").hex().startswith("ddaf35a193617abacc417349ae20413112e6fa4e89a97ea2")
        and shake256(b"", 32).hex() == "46b9dd2b0ba88d13233b3feb743eeb243fcd52ea62b81b82b50c27646ed5762f"
        and hmac_sha256(b"Jefe", b"what do ya want for nothing?").hex()
        == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        and hkdf_sha256(b"\x0b" * 22, salt=bytes(range(13)), info=bytes(range(0xF0, 0xFA)), length=42).hex()
        == okm
    )


def _chacha20_poly1305() -> bool:
    """RFC 8439 §2.8.2, and that a changed byte is refused."""
    key = bytes(range(0x80, 0xA0))
    nonce = bytes.fromhex("070000004041424344454647")
    aad = bytes.fromhex("50515253c0c1c2c3c4c5c6c7")
    plain = (
        b"Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, "
        b"sunscreen would be it."
    )
    sealed = bytes.fromhex(
        "d31a8d34648e60db7b86afbc53ef7ec2a4aded51296e08fea9e2b5a736ee62d63dbea45e8ca9671282fafb69da92728b"
        "1a71de0a9e060b2905d6a5b67ecd3b3692ddbd7f2d778b8c9803aee328091b58fab324e4fad675945585808b4831d7bc"
        "3ff4def08e4b7a9de576d26586cec64b61161ae10b594f09e26a7e902ecbd0600691"
    )
    ours, text = seal_small(key, plain, aad)
    return (
        open_small(key, nonce, sealed, aad) == plain
        and open_small(key, ours, text, aad) == plain
        and _refuses(lambda: open_small(key, ours, text[:-1] + bytes([text[-1] ^ 1]), aad))
    )


def _argon2id() -> bool:
    """Against another implementation, at the floor."""
    cost = passphrase.Argon2Cost(m_kib=passphrase.FLOOR_KIB, t=1, p=4)
    return passphrase.derive("known answer", bytes(range(16)), cost).hex() == known_answers.ARGON2ID


def _cobblestone_256() -> bool:
    """A file of the library's own class, and a round trip over the border of two chunks."""
    reader = cobblestone.CobReader(
        io.BytesIO(bytes.fromhex(known_answers.COBBLESTONE)), bytes(32), b"known answer"
    )
    written = io.BytesIO()
    writer = cobblestone.CobWriter(written, bytes(32), b"known answer")
    writer.write(bytes(cobblestone.CHUNK + 3))
    writer.finish()
    again = cobblestone.CobReader(written, bytes(32), b"known answer")
    return reader.read_at(0, 64) == b"stones" and again.read_at(cobblestone.CHUNK - 1, 9) == bytes(4)


def _age_post_quantum() -> bool:
    """A recipient and a file of typage, and a round trip."""
    identity = PQIdentity(_AGE_SEED)
    sealed = io.BytesIO()
    writer = AgeWriter(sealed, [parse_recipient(identity.recipient)])
    writer.write(b"round trip")
    writer.finish()
    sealed.seek(0)
    given = io.BytesIO(base64.b64decode(known_answers.AGE_FILE))
    return (
        sha256_hex(identity.recipient.encode()) == known_answers.AGE_RECIPIENT_SHA256
        and AgeReader(given, [identity]).read() == b"known answer"
        and AgeReader(sealed, [identity]).read() == b"round trip"
    )


def _ed25519() -> bool:
    """RFC 8032 §7.1 test 2."""
    key = Ed25519Key(bytes.fromhex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb"))
    signature = (
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
    )
    return key.sign_raw(b"\x72").hex() == signature


def _signatures() -> bool:
    """Both kinds of SSHSIG verify, and refuse other data and another namespace."""
    keys = DeviceKeys(bytes(range(128)), PQIdentity(bytes(32)).recipient)
    first, second = keys.sign_text("test@cairn", b"text"), keys.sign_text_pq("test@cairn", b"text")
    keys.public.verify_text("test@cairn", b"text", first)
    keys.public.verify_text_pq("test@cairn", b"text", second)
    return (
        sshsig.serialise(sshsig.parse(second)) == second
        and _refuses(lambda: keys.public.verify_text("test@cairn", b"Text", first))
        and _refuses(lambda: keys.public.verify_text_pq("other@cairn", b"text", second))
    )


def _recovery_words() -> bool:
    """BIP39's own vector."""
    words = ["letter advice cage absurd amount doctor acoustic avoid letter advice cage above"]
    return recovery.entropy_from(words) == b"\x80" * 16 and recovery.words_from(b"\x80" * 16)[-1] == "above"


def _refuses(action: Callable[[], object]) -> bool:
    try:
        action()
    except IntegrityError:
        return True
    return False


_TESTS: dict[str, Callable[[], bool]] = {
    "hashes": _hashes,
    "chacha20-poly1305": _chacha20_poly1305,
    "argon2id": _argon2id,
    "cobblestone-256": _cobblestone_256,
    "age-post-quantum": _age_post_quantum,
    "ed25519": _ed25519,
    "signatures": _signatures,
    "recovery-words": _recovery_words,
}


def check() -> list[str]:
    """The names of what was compared, all of it right.

    Raises IntegrityError `crypto.selftest` with `what` when an answer is another one.
    """
    for name, test in _TESTS.items():
        try:
            right = test()
        except CairnError:
            right = False
        if not right:
            raise IntegrityError("crypto.selftest", what=name)
    return list(_TESTS)

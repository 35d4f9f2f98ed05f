"""What recipients and identities share: names, sizes, and the small AEAD that wraps a file key."""

from __future__ import annotations

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hpke
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from cairn.crypto.age import bech32
from cairn.errors import InputError, MachineError

X25519 = "X25519"
PQ = "mlkem768x25519"
SCRYPT = "scrypt"
FILE_KEY = 16
WRAPPED = FILE_KEY + 16
ENCAPSULATED = 1120
X25519_INFO = b"age-encryption.org/v1/X25519"
PQ_INFO = b"age-encryption.org/mlkem768x25519"
SCRYPT_SALT = 16
# 2^20 is 1 GiB of memory: more than anyone chooses, and still something a laptop survives.
MAX_LOG_N = 20

SUITE = hpke.Suite(hpke.KEM.MLKEM768_X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.CHACHA20_POLY1305)
# A fixed nonce is safe here alone, because each wrapping key is used for one file key and never again.
_NONCE = bytes(12)


def wrap(key: bytes, file_key: bytes) -> bytes:
    """The file key under a wrapping key."""
    return ChaCha20Poly1305(key).encrypt(_NONCE, file_key, None)


def unwrap(key: bytes, body: bytes) -> bytes | None:
    """The file key, or None when it was wrapped under another key."""
    try:
        return ChaCha20Poly1305(key).decrypt(_NONCE, body, None)
    except InvalidTag:
        return None


def scrypt_key(passphrase: str, salt: bytes, log_n: int) -> bytes:
    """The wrapping key of a passphrase. Raises MachineError `machine.out-of-memory`."""
    secret = passphrase.encode("utf-8", "surrogatepass")
    try:
        return Scrypt(b"age-encryption.org/v1/scrypt" + salt, 32, 1 << log_n, 8, 1).derive(secret)
    except MemoryError:
        raise MachineError("machine.out-of-memory") from None


def decode_key(text: str, prefix: str, size: int, code: str) -> bytes:
    """The raw bytes of a Bech32 key with this prefix and size. Raises InputError `code`."""
    try:
        found, raw = bech32.decode(text)
    except ValueError:
        raise InputError(code) from None
    if found != prefix or len(raw) != size:
        raise InputError(code)
    return raw

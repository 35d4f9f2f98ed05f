"""Signatures that anyone can verify with `ssh-keygen -Y verify`, without Cairn.

`keys` holds the two kinds of key (Ed25519, and OpenSSH's composite of ML-DSA-44 and Ed25519), `sshsig` the
signature format, `wire` the encoding both are made of. Parsing is strict: what is accepted is exactly what
would be written again. A signature that does not fit raises; nothing returns False.
"""

from cairn.crypto.ssh.keys import (
    CompositeKey,
    Ed25519Key,
    SigningKey,
    VerifyingKey,
    allowed_signers_line,
    parse_public_line,
)
from cairn.crypto.ssh.sshsig import sign, verify

__all__ = [
    "CompositeKey",
    "Ed25519Key",
    "SigningKey",
    "VerifyingKey",
    "allowed_signers_line",
    "parse_public_line",
    "sign",
    "verify",
]

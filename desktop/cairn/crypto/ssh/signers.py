"""Who may sign: the file that `ssh-keygen -Y verify -f` reads, as much of it as Cairn writes itself.

A line is `principal namespaces="a,b" type base64 [comment]`. Every other option that OpenSSH knows
(`cert-authority`, `valid-before`, patterns) is refused: what one program would understand and the other
ignore must not decide who is trusted.
"""

from __future__ import annotations

import re

import msgspec

from cairn.crypto.ssh import sshsig
from cairn.crypto.ssh.keys import fingerprint, parse_public_line
from cairn.errors import InputError, IntegrityError
from cairn.model.ids import Fingerprint

MAX_SIZE = 64 * 1024
_LINE = re.compile(
    r'(?P<principal>[A-Za-z0-9_.@+-]+) namespaces="(?P<namespaces>[A-Za-z0-9_.@+,-]+)" (?P<key>[ -~]+)'
)


class Signer(msgspec.Struct, frozen=True):
    """One trusted key: who holds it, what it may sign, its line `type base64`, OpenSSH's fingerprint."""

    principal: str
    namespaces: tuple[str, ...]
    line: str
    fingerprint: Fingerprint


def parse(text: str) -> list[Signer]:
    """The signers of an `allowed_signers` file; empty lines and lines that begin with `#` are skipped.

    Raises InputError `crypto.key-malformed` for any line that is not exactly of the form above.
    """
    if len(text) > MAX_SIZE:
        raise InputError("crypto.key-malformed")
    return [_signer(line) for line in text.split("\n") if line and not line.startswith("#")]


def _signer(line: str) -> Signer:
    found = _LINE.fullmatch(line)
    if found is None:
        raise InputError("crypto.key-malformed")
    key = parse_public_line(found["key"])
    return Signer(found["principal"], tuple(found["namespaces"].split(",")), key.line, fingerprint(key))


def verify(namespace: str, data: bytes, signature: bytes, signers: list[Signer]) -> Signer:
    """Who of `signers` made this signature over `data` in `namespace`, and may sign there.

    Raises IntegrityError `crypto.signature-bad` when nobody of them did.
    """
    by = fingerprint(sshsig.signer(signature))
    for one in signers:
        if one.fingerprint == by and namespace in one.namespaces:
            sshsig.verify(namespace, data, signature, one.line)
            return one
    raise IntegrityError("crypto.signature-bad")

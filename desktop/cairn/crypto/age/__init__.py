"""age v1 (c2sp.org/age): files encrypted to recipients, which any age 1.3 opens.

`stream` encrypts and decrypts, `recipients` and `identities` wrap and unwrap a file's key, `format` parses
the header, `armor` is the text form, `bech32` writes keys. Cairn's own bundles are only ever sealed to
`mlkem768x25519` recipients: ML-KEM-768 with X25519, so that what is copied today stays closed to the
computers of later decades, and without any mark that tells whom a file is for. X25519 and passphrases are
here for files of other people.

Held against the format's 143 public test vectors and against three other implementations.
"""

from cairn.crypto.age.armor import ArmorReader, ArmorWriter
from cairn.crypto.age.format import Header, Stanza, read_header
from cairn.crypto.age.identities import (
    Identity,
    PQIdentity,
    ScryptIdentity,
    X25519Identity,
    parse_identities,
    parse_identity,
)
from cairn.crypto.age.outside import Outside, inspect
from cairn.crypto.age.recipients import (
    PQRecipient,
    Recipient,
    ScryptRecipient,
    X25519Recipient,
    parse_recipient,
)
from cairn.crypto.age.stream import AgeReader, AgeWriter

__all__ = [
    "AgeReader",
    "AgeWriter",
    "ArmorReader",
    "ArmorWriter",
    "Header",
    "Identity",
    "Outside",
    "PQIdentity",
    "PQRecipient",
    "Recipient",
    "ScryptIdentity",
    "ScryptRecipient",
    "Stanza",
    "X25519Identity",
    "X25519Recipient",
    "inspect",
    "parse_identities",
    "parse_identity",
    "parse_recipient",
    "read_header",
]

"""The keys that stock tools need: whom to trust (`allowed_signers`) and what opens bundles (the age identity).

With them anyone can do without Cairn what Cairn does: decrypt with `age`, verify with `ssh-keygen`.
The signing keys never leave the vault. The age identity is no testimony, so it does not pass the consent
gate; it opens everything that is sealed to this vault, so it leaves under a passphrase, or plain only after
an explicit confirmation. The key that opens who somebody is leaves only when it is asked for too, in a file
of its own.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from pathlib import Path

from cairn import paths
from cairn.app.kernel import contacts
from cairn.app.kernel.session import Session
from cairn.bundle.bag import NAMESPACE as BUNDLE_NAMESPACE
from cairn.bundle.cards import NAMESPACE as CARD_NAMESPACE
from cairn.bundle.cards import card_keys, read_card
from cairn.crypto import age
from cairn.crypto.device import PublicKeys
from cairn.crypto.ssh.keys import allowed_signers_line
from cairn.custody.checkpoint import NAMESPACE as CUSTODY_NAMESPACE
from cairn.errors import InputError
from cairn.model.contacts import Trust
from cairn.storage import contacts as stored

SIGNERS = "allowed_signers"
SIGNERS_PQ = "allowed_signers.pq"
"""The composite keys, apart: a stock tool that doesn't know them yet stops at such a line."""
KEY = "age.key"
KEY_ENCRYPTED = "age.key.age"
IDENTITY = "identity.key"
IDENTITY_ENCRYPTED = "identity.key.age"
"""What opens the openings of identities; with the keys of former cards, whose openings may still come."""
_NAMESPACES = (BUNDLE_NAMESPACE, CUSTODY_NAMESPACE, CARD_NAMESPACE)
_MAX_IDENTITY = 64 * 1024
_LOG_N = 18
"""Work factor of scrypt: what the age tool itself uses."""


def export(
    s: Session,
    folder: Path,
    *,
    passphrase: str = "",
    plain: bool = False,
    confirmed: bool = False,
    identities: bool = False,
) -> list[Path]:
    """Write `allowed_signers`, `allowed_signers.pq` and the age identity into `folder`; returns their paths.

    The identity is `age.key.age`, encrypted with `passphrase`; or with `plain` and `confirmed` the readable
    `age.key`. With `identities` the keys that open names and contacts are written beside it in the same way, as
    `identity.key.age` or `identity.key`. Existing files are replaced. Recorded in the custody log. Raises
    InputError `identity.passphrase-empty`, `identity.not-confirmed`, `identity.closed`, MachineError.
    """
    if plain and not confirmed:
        raise InputError("identity.not-confirmed")
    if not plain and not passphrase.strip():
        raise InputError("identity.passphrase-empty")
    keys = {KEY if plain else KEY_ENCRYPTED: _identity_text([s.keys.age_identity])}
    if identities:
        if not s.identity.is_open:
            raise InputError("identity.closed")
        keys[IDENTITY if plain else IDENTITY_ENCRYPTED] = _identity_text(s.identity.identities)
    paths.make_folder(folder)
    detail = {"plain": plain, "identities": identities}
    with s.store.write() as work:
        work.log("identity.export", obj=s.keys.fingerprint, detail=detail)
    for name, key in keys.items():
        paths.replace_file(folder / name, key if plain else _encrypted(key, passphrase))
    classic, pq = signers(s)
    paths.replace_file(folder / SIGNERS, classic)
    paths.replace_file(folder / SIGNERS_PQ, pq)
    return [folder / SIGNERS, folder / SIGNERS_PQ, *(folder / name for name in keys)]


def signers(s: Session) -> tuple[bytes, bytes]:
    """`allowed_signers` of this vault and its verified contacts: Ed25519 keys, and composite keys.

    A comment above each line says whose key it is: the name on the card.
    """
    with s.store.read() as reader:
        trusted = [
            (contact.label, card_keys(read_card(contact.card)))
            for contact in stored.all(reader)
            if contacts.trust(contact) is Trust.VERIFIED
        ]
    own = s.info.label
    everyone: list[tuple[str, PublicKeys]] = [
        (own, s.keys.public),
        *((own, former) for former in s.former),
        *trusted,
    ]
    classic, pq = "", ""
    for called, keys in everyone:
        # One line whatever the name holds: what follows a line's end would be a key to trust.
        above = "# " + "".join(each for each in called if each.isprintable()) + "\n"
        classic += above + allowed_signers_line(keys.principal, _NAMESPACES, keys.ed25519)
        pq += above + allowed_signers_line(keys.principal, _NAMESPACES, keys.mldsa)
    return classic.encode("utf-8"), pq.encode("utf-8")


def read(file: Path, ask: Callable[[], str]) -> age.Identity:
    """The age identity in a file that `export` wrote, or the age tool made; `ask` gives its passphrase.

    Raises InputError `age.no-match` for a wrong passphrase, `age.identity-malformed`, MachineError.
    """
    with paths.machine_errors(), file.open("rb") as source:
        data = source.read(_MAX_IDENTITY + 1)
    if len(data) > _MAX_IDENTITY:
        raise InputError("age.identity-malformed")
    if data.startswith(b"age-encryption.org/"):
        data = age.AgeReader(io.BytesIO(data), [age.ScryptIdentity(ask())]).readall()
    elif data.startswith(b"-----BEGIN AGE ENCRYPTED FILE-----"):
        armored = io.BytesIO(age.ArmorReader(io.BytesIO(data)).readall())
        data = age.AgeReader(armored, [age.ScryptIdentity(ask())]).readall()
    try:
        found = age.parse_identities(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise InputError("age.identity-malformed") from error
    if not found:
        raise InputError("age.identity-malformed")
    return found[0]


def _identity_text(identities: Sequence[age.PQIdentity]) -> bytes:
    lines = [f"# public key: {each.recipient}\n{each.to_text()}\n" for each in identities]
    return "".join(lines).encode("ascii")


def _encrypted(key: bytes, passphrase: str) -> bytes:
    out = io.BytesIO()
    writer = age.AgeWriter(out, [age.ScryptRecipient(passphrase, log_n=_LOG_N)])
    writer.write(key)
    writer.finish()
    return out.getvalue()

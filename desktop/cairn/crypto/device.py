"""The keys of one device (or office): two to be written to, two to sign with.

Four independent random seeds: an age identity, an Ed25519 key for SSHSIG and revisions, and the two halves
of the composite key. None is derived from another and none is used in two formats whose signed bytes could
be mistaken for one another: SSHSIG's begin with `SSHSIG`, a revision's with `cairn-revision/1`.

The second key to be written to, `identity`, is for who somebody is: names and contacts are sealed to it
alone. `DeviceKeys` holds only its public half, since its secret lies under another key of the vault.
"""

from __future__ import annotations

import base64
from functools import cached_property

from cairn.crypto import recovery
from cairn.crypto.age.identities import PQIdentity
from cairn.crypto.age.recipients import PQRecipient
from cairn.crypto.hashes import random_bytes, sha256
from cairn.crypto.ssh import keys as ssh_keys
from cairn.crypto.ssh import sshsig
from cairn.errors import InputError, IntegrityError
from cairn.model.ids import Fingerprint

_SECRET_MAGIC = b"cairn-device-keys/2\n"
_SEED = 32
_SEEDS = 4
_REVISION = b"cairn-revision/1\0"
_CARD = "cairn-card-keys/2\n"


class PublicKeys:
    """The public keys of a device, as its contact card carries them.

    `age` and `identity` are `age1pq1…` recipients, two different ones; `ed25519` and `mldsa` are SSH public
    key lines without a comment, all in their canonical form. Raises InputError `crypto.key-malformed` or
    `age.recipient-malformed`.
    """

    def __init__(self, age: str, identity: str, ed25519: str, mldsa: str) -> None:
        self.age = age
        self.identity = identity
        self.ed25519 = ed25519
        self.mldsa = mldsa
        self.recipient = PQRecipient.from_text(age)
        """What bundles are sealed to."""
        self.identity_recipient = PQRecipient.from_text(identity)
        """What openings of identities are sealed to."""
        self._ed = ssh_keys.parse_public_line(ed25519)
        pq = ssh_keys.parse_public_line(mldsa)
        # One text for each set of keys, else the same keys could show two fingerprints.
        if (
            (str(self.recipient), str(self.identity_recipient)) != (age, identity)
            # Else whoever opens bundles would open identities too.
            or age == identity
            or (self._ed.algorithm, self._ed.line) != (ssh_keys.ED25519, ed25519)
            or (pq.algorithm, pq.line) != (ssh_keys.COMPOSITE, mldsa)
        ):
            raise InputError("crypto.key-malformed")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, PublicKeys) and self.hash == other.hash

    def __hash__(self) -> int:
        return hash(self.hash)

    @cached_property
    def hash(self) -> bytes:
        """SHA-256 of `cairn-card-keys/2`, `age`, `identity`, `ed25519` and `mldsa`, a line feed after each."""
        lines = (self.age, self.identity, self.ed25519, self.mldsa)
        return sha256((_CARD + "".join(f"{line}\n" for line in lines)).encode("ascii"))

    @property
    def fingerprint(self) -> Fingerprint:
        """`SHA256:` and 43 characters of base64, over all four keys."""
        return Fingerprint("SHA256:" + base64.b64encode(self.hash).decode("ascii").removesuffix("="))

    @property
    def words(self) -> list[str]:
        """The 12 words that one person reads out and the other types: the first 16 bytes of the hash."""
        return recovery.words_from(self.hash[:16])

    @property
    def principal(self) -> str:
        """The name of this device in an `allowed_signers` file: `cairn-` and 16 hex digits."""
        return "cairn-" + self.hash.hex()[:16]

    def verify_revision(self, sha256: bytes, signature: bytes) -> None:
        """Raises IntegrityError `crypto.signature-bad` unless this device signed the revision."""
        self._ed.verify_raw(signature, _REVISION + sha256)

    def verify_text(self, namespace: str, data: bytes, signature: bytes) -> None:
        """Raises IntegrityError `crypto.signature-bad` unless this device signed `data` (Ed25519)."""
        sshsig.verify(namespace, data, signature, self.ed25519)

    def verify_text_pq(self, namespace: str, data: bytes, signature: bytes) -> None:
        """Raises IntegrityError `crypto.signature-bad` unless this device signed `data` (composite)."""
        sshsig.verify(namespace, data, signature, self.mldsa)


class DeviceKeys:
    """The secret keys of this device (a `ports.Signer`), but for that of `identity`, its `age1pq1…` key."""

    def __init__(self, seeds: bytes, identity: str) -> None:
        if len(seeds) != _SEED * _SEEDS:
            raise ValueError("four seeds of 32 bytes")
        age, ed, ml, ml_ed = (seeds[place : place + _SEED] for place in range(0, len(seeds), _SEED))
        self._seeds = seeds
        self._age = PQIdentity(age)
        self._ed = ssh_keys.Ed25519Key(ed)
        self._pq = ssh_keys.CompositeKey(ml_seed=ml, ed_seed=ml_ed)
        self.public = PublicKeys(self._age.recipient, identity, self._ed.public.line, self._pq.public.line)

    @classmethod
    def generate(cls) -> tuple[DeviceKeys, PQIdentity]:
        """New random keys, and apart from them the secret of their identity key, to be kept apart."""
        identity = PQIdentity.generate()
        return cls(random_bytes(_SEED * _SEEDS), identity.recipient), identity

    @classmethod
    def from_secret(cls, secret: bytes) -> DeviceKeys:
        """The keys that `to_secret` stored. Raises IntegrityError `crypto.keys-altered`."""
        seeds = secret.removeprefix(_SECRET_MAGIC)[: _SEED * _SEEDS]
        public = secret[len(_SECRET_MAGIC) + _SEED * _SEEDS :]
        if not secret.startswith(_SECRET_MAGIC) or len(public) != PQRecipient.SIZE:
            raise IntegrityError("crypto.keys-altered")
        try:
            return cls(seeds, str(PQRecipient(public)))
        except InputError as error:
            raise IntegrityError("crypto.keys-altered") from error

    def to_secret(self) -> bytes:
        """All seeds, to be kept in the vault and nowhere else; after them the public identity key."""
        return _SECRET_MAGIC + self._seeds + self.public.identity_recipient.raw

    @property
    def age_identity(self) -> PQIdentity:
        """What opens bundles sealed to this device."""
        return self._age

    @property
    def fingerprint(self) -> Fingerprint:
        return self.public.fingerprint

    @property
    def words(self) -> list[str]:
        return self.public.words

    @property
    def principal(self) -> str:
        return self.public.principal

    def sign_revision(self, sha256: bytes) -> bytes:
        """The 64-byte Ed25519 signature over `cairn-revision/1`, a zero byte and the revision's hash."""
        if len(sha256) != 32:
            raise ValueError("a SHA-256 has 32 bytes")
        return self._ed.sign_raw(_REVISION + sha256)

    def sign_text(self, namespace: str, data: bytes) -> bytes:
        """An armored SSHSIG (Ed25519) over `data`."""
        return sshsig.sign(namespace, data, self._ed)

    def sign_text_pq(self, namespace: str, data: bytes) -> bytes:
        """An armored SSHSIG (composite of ML-DSA-44 and Ed25519) over `data`."""
        return sshsig.sign(namespace, data, self._pq)

"""The keys of a device: what they sign others can check, and their fingerprint covers all of them."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest

from cairn.crypto import recovery
from cairn.crypto.age import AgeReader, AgeWriter, PQIdentity
from cairn.crypto.device import DeviceKeys, PublicKeys
from cairn.crypto.hashes import sha256
from cairn.errors import InputError, IntegrityError
from cairn.model.ports import Signer

IDENTITY = PQIdentity(bytes(range(32, 64)))
OTHER = DeviceKeys(bytes(range(100, 228)), IDENTITY.recipient)


def test_they_are_a_signer(keys: DeviceKeys) -> None:
    signer: Signer = keys
    assert signer.fingerprint == keys.public.fingerprint


def test_they_come_back_from_the_vault(keys: DeviceKeys) -> None:
    again = DeviceKeys.from_secret(keys.to_secret())
    assert again.public == keys.public
    assert again.age_identity.to_text() == keys.age_identity.to_text()
    assert {again.public, keys.public} == {keys.public}
    assert again.public != OTHER.public
    assert keys.public != "keys"


@pytest.mark.parametrize(
    "damage",
    [
        lambda s: s[:-1],
        lambda s: s + b"\0",
        lambda s: b"C" + s[1:],
        lambda s: b"",
        lambda s: s[:148],
        lambda s: s[:148] + b"\xff" * 1216,
    ],
)
def test_a_damaged_secret_is_refused(keys: DeviceKeys, damage: object) -> None:
    with pytest.raises(IntegrityError, match=r"^crypto\.keys-altered$"):
        DeviceKeys.from_secret(damage(keys.to_secret()))  # type: ignore[operator]
    with pytest.raises(ValueError, match="^four seeds of 32 bytes$"):
        DeviceKeys(bytes(127), IDENTITY.recipient)


def test_generated_keys_are_all_different() -> None:
    made, identity = DeviceKeys.generate()
    secret = made.to_secret()
    seeds = secret[len(b"cairn-device-keys/2\n") :][:128]
    assert len({*(seeds[place : place + 32] for place in range(0, 128, 32)), identity.seed}) == 5
    # The device's secret holds the identity key's public half alone.
    assert made.public.identity == identity.recipient
    assert secret.endswith(made.public.identity_recipient.raw) and identity.seed not in secret
    assert made.public != DeviceKeys.generate()[0].public


def test_the_fingerprint_covers_every_key(keys: DeviceKeys) -> None:
    public = keys.public
    text = f"cairn-card-keys/2\n{public.age}\n{public.identity}\n{public.ed25519}\n{public.mldsa}\n"
    assert public.hash == sha256(text.encode())
    assert public.fingerprint.startswith("SHA256:")
    assert len(public.fingerprint) == len("SHA256:") + 43
    assert recovery.entropy_from(keys.words) == public.hash[:16]
    assert keys.principal == "cairn-" + public.hash.hex()[:16]
    mixed = [
        PublicKeys(OTHER.public.age, public.identity, public.ed25519, public.mldsa),
        PublicKeys(public.age, OTHER.public.identity, public.ed25519, public.mldsa),
        PublicKeys(public.age, public.identity, OTHER.public.ed25519, public.mldsa),
        PublicKeys(public.age, public.identity, public.ed25519, OTHER.public.mldsa),
        PublicKeys(public.identity, public.age, public.ed25519, public.mldsa),
    ]
    assert len({public.fingerprint, *(other.fingerprint for other in mixed)}) == 6


def test_keys_in_any_but_their_canonical_form_are_refused(keys: DeviceKeys) -> None:
    age, who, ed, ml = keys.public.age, keys.public.identity, keys.public.ed25519, keys.public.mldsa
    for parts in [(age.upper(), who, ed, ml), (age, who.upper(), ed, ml), (age, age, ed, ml),
                  (age, who, ed + " comment", ml), (age, who, ed, ml + " comment"), (age, who, ml, ed),
                  (age, who, ed, ed), (age, who, "", ml)]:  # fmt: skip
        with pytest.raises(InputError, match=r"^crypto\.key-malformed$"):
            PublicKeys(*parts)
    for first, second in [("age1xyz", who), (age, "age1xyz"), (age, "")]:
        with pytest.raises(InputError, match=r"^age\.recipient-malformed$"):
            PublicKeys(first, second, ed, ml)


def test_signatures_verify_for_their_device_alone(keys: DeviceKeys) -> None:
    name = sha256(b"revision")
    revision = keys.sign_revision(name)
    text, pq = keys.sign_text("bundle@cairn", b"t"), keys.sign_text_pq("bundle@cairn", b"t")
    assert len(revision) == 64
    keys.public.verify_revision(name, revision)
    keys.public.verify_text("bundle@cairn", b"t", text)
    keys.public.verify_text_pq("bundle@cairn", b"t", pq)
    wrongs: list[Callable[[], None]] = [
        lambda: OTHER.public.verify_revision(name, revision),
        lambda: keys.public.verify_revision(sha256(b"other"), revision),
        lambda: keys.public.verify_revision(name, revision[:-1]),
        lambda: OTHER.public.verify_text("bundle@cairn", b"t", text),
        lambda: keys.public.verify_text("card@cairn", b"t", text),
        lambda: keys.public.verify_text("bundle@cairn", b"t", pq),
        lambda: keys.public.verify_text_pq("bundle@cairn", b"t", text),
        lambda: OTHER.public.verify_text_pq("bundle@cairn", b"t", pq),
    ]
    for wrong in wrongs:
        with pytest.raises(IntegrityError, match=r"^crypto\.signature-bad$"):
            wrong()
    with pytest.raises(ValueError, match="32"):
        keys.sign_revision(b"short")


def test_openings_are_sealed_to_a_key_that_opens_no_bundle(keys: DeviceKeys) -> None:
    sealed = io.BytesIO()
    writer = AgeWriter(sealed, [OTHER.public.identity_recipient])
    writer.write(b"who")
    writer.finish()
    for identity in (OTHER.age_identity, keys.age_identity):
        sealed.seek(0)
        with pytest.raises(InputError, match=r"^age\.no-match$"):
            AgeReader(sealed, [identity])
    sealed.seek(0)
    assert AgeReader(sealed, [IDENTITY]).read() == b"who"


def test_what_is_sealed_to_a_card_its_device_opens(keys: DeviceKeys) -> None:
    sealed = io.BytesIO()
    writer = AgeWriter(sealed, [keys.public.recipient, OTHER.public.recipient])
    writer.write(b"for two")
    writer.finish()
    for device in (keys, OTHER):
        sealed.seek(0)
        assert AgeReader(sealed, [device.age_identity]).read() == b"for two"


def test_only_a_whole_hash_is_signed(keys: DeviceKeys) -> None:
    for size in (0, 31, 33):
        with pytest.raises(ValueError, match="^a SHA-256 has 32 bytes$"):
            keys.sign_revision(bytes(size))

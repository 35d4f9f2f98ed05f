"""The identity compartment: what lies under the identity key opens and closes apart from the vault."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from app.shared import PASSPHRASE, refused
from cairn.app.kernel import compartment, session
from cairn.app.kernel.session import Session
from cairn.app.vault import backups, stock_keys, upkeep
from cairn.bundle.cards import read_card
from cairn.crypto import openings
from cairn.crypto.age import AgeReader, AgeWriter, PQIdentity, parse_recipient
from cairn.errors import IntegrityError
from cairn.storage import secrets


def sealed_to(recipient: str) -> bytes:
    out = io.BytesIO()
    writer = AgeWriter(out, [parse_recipient(recipient)])
    writer.write(b"who")
    writer.finish()
    return out.getvalue()


def test_it_holds_the_key_of_the_own_card_and_forgets_it(field: Session) -> None:
    card = read_card(field.card)
    assert card.identity == field.keys.public.identity != card.age
    (identity,) = field.identity.identities
    assert AgeReader(io.BytesIO(sealed_to(card.identity)), [identity]).read() == b"who"

    wrapped, data = field.identity.seal(openings.make(b"{}"), "row")
    told: list[bool] = []
    field.identity.on_close(lambda: told.append(field.identity.is_open))
    held = field.identity._need()
    field.identity.close()
    assert told == [False] and bytes(held) == bytes(32)
    assert not field.identity.is_open and not field.identity.identities
    with refused("identity.closed"):
        field.identity.seal(openings.make(b"{}"), "row")
    with refused("identity.closed"):
        field.identity.unseal(wrapped, data, "row")

    session.open_identity(field)
    assert openings.text_of(field.identity.unseal(wrapped, data, "row")).strip() == b"{}"
    again = field.identity._need()
    field.close()
    assert not field.identity.is_open and bytes(again) == bytes(32)


def test_no_page_holds_the_secret(field: Session) -> None:
    (identity,) = field.identity.identities
    with field.store.read() as reader:
        kept = reader.all("SELECT name, value FROM secret")
    assert [name for name, _ in kept if name.startswith("identity/")] == ["identity/" + identity.recipient]
    assert all(identity.seed not in value for _, value in kept)


def test_a_secret_that_was_tampered_with_is_told(field: Session) -> None:
    (identity,) = field.identity.identities
    other = PQIdentity.generate()
    key = field.vault.identity_key()
    name = "identity/" + identity.recipient
    with field.store.read() as reader:
        good = secrets.get(reader, name)
    assert good is not None
    for bad in (
        b"",
        good[:-1],
        openings.seal_card_secret(key, other.seed, identity.recipient),
        openings.seal_card_secret(key, b"short", identity.recipient),
    ):
        with field.store.write() as work:
            secrets.put(work, name, bad)
        with pytest.raises(IntegrityError, match=r"^crypto\.keys-altered$"):
            session.open_identity(field)
        assert not field.identity.is_open
    with field.store.write() as work:
        secrets.put(work, name, good)
    session.open_identity(field)


def test_it_outlives_a_new_vault_key_and_a_restore(field: Session, tmp_path: Path) -> None:
    mine = field.keys.public.identity
    wrapped, data = field.identity.seal(openings.make(b"{}"), "row")
    upkeep.rotate_key(field, PASSPHRASE)
    assert field.identity.unseal(wrapped, data, "row")
    backups.backup(field, tmp_path / "backup")
    restored, _ = backups.restore(tmp_path / "backup", tmp_path / "restored", PASSPHRASE)
    try:
        # A card of its own, and still the means to open what was sent to the former one.
        assert restored.keys.public.identity != mine
        found = {each.recipient for each in restored.identity.identities}
        assert found == {mine, restored.keys.public.identity}
        assert restored.identity.unseal(wrapped, data, "row")
        files = stock_keys.export(restored, tmp_path / "keys", plain=True, confirmed=True, identities=True)
        assert [path.name for path in files[2:]] == ["age.key", "identity.key"]
        assert files[3].read_text("ascii").count("AGE-SECRET-KEY-PQ-1") == 2
    finally:
        restored.close()


def test_the_key_of_identities_is_exported_only_when_asked_for(field: Session, tmp_path: Path) -> None:
    files = stock_keys.export(field, tmp_path / "keys", passphrase="own words")
    assert [path.name for path in files] == ["allowed_signers", "allowed_signers.pq", "age.key.age"]
    files = stock_keys.export(field, tmp_path / "keys", passphrase="own words", identities=True)
    assert files[-1].name == "identity.key.age"
    found = stock_keys.read(files[-1], lambda: "own words")
    assert AgeReader(io.BytesIO(sealed_to(field.keys.public.identity)), [found]).read() == b"who"
    with refused("age.no-match"):
        AgeReader(io.BytesIO(sealed_to(field.keys.public.age)), [found])
    field.identity.close()
    with refused("identity.closed"):
        stock_keys.export(field, tmp_path / "more", passphrase="own words", identities=True)
    assert not (tmp_path / "more").exists()


def test_a_secret_is_kept_under_the_name_of_its_public_half(field: Session) -> None:
    extra = PQIdentity.generate()
    with field.store.write() as work:
        compartment.keep_secret(work, field.vault.identity_key(), extra)
    session.open_identity(field)
    assert extra.recipient in {each.recipient for each in field.identity.identities}

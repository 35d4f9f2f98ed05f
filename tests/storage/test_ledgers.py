"""Contacts, settings, secrets, and the ledger of exchange."""

from __future__ import annotations

import pytest

from cairn.errors import InputError
from cairn.model.kinds.interview import Interview
from cairn.storage import contacts, exchange, lists, secrets, settings
from cairn.storage.store import Store
from storage import kit

OFFICE, OTHER = "SHA256:" + "o" * 43, "SHA256:" + "x" * 43


def add(store: Store, fingerprint: str = OFFICE, card: bytes = b"card") -> contacts.Contact:
    with store.write() as work:
        return contacts.add(
            work, fingerprint, card, label="Office", role="office", created="2026-01-01", expires=""
        )


def test_a_contact_is_trusted_step_by_step(store: Store) -> None:
    assert add(store).verified is None
    assert add(store) == add(store)
    with store.write() as work:
        assert contacts.verify(work, OFFICE).verified is not None
    assert add(store, card=b"newer card").verified is not None
    with store.write() as work:
        revoked = contacts.revoke(work, OFFICE, "lost")
        assert revoked.revoked is not None and revoked.revoked_reason == "lost"
        assert contacts.revoke(work, OFFICE, "again") == revoked
    add(store, OTHER)
    with store.read() as reader:
        assert [c.fingerprint for c in contacts.all(reader)] == [OFFICE, OTHER]
        found = contacts.find(reader, OFFICE)
        assert found is not None and found.card == b"newer card"
        acts = [told.act for _, told in reader.custody.newest(10) if told]
    assert acts == ["contact.add", "contact.revoke", "contact.add", "contact.verify", "contact.add"]
    with pytest.raises(InputError, match=r"storage\.no-such-contact"), store.write() as work:
        contacts.verify(work, "SHA256:nobody")


def test_settings_and_secrets(store: Store) -> None:
    with store.write() as work:
        settings.put(work, "lock", {"minutes": 5, "label": "열쇠"})
        settings.put(work, "gone", 1)
        settings.put(work, "gone", None)
        secrets.put(work, "device", b"\0key")
        secrets.put(work, "device", b"\0newer")
        secrets.put(work, "old", b"x")
        secrets.remove(work, "old")
    with store.read() as reader:
        assert settings.all(reader) == {"lock": {"minutes": 5, "label": "열쇠"}}
        assert settings.get(reader, "gone", "none") == "none"
        assert secrets.get(reader, "device") == b"\0newer" and secrets.get(reader, "old") is None
        assert reader.custody.size() == 0


def sent(
    store: Store,
    recipients: dict[str, int],
    roots: list[str],
    mark: str,
    custody: tuple[int, str] = (1, "c" * 64),
) -> str:
    bundle = kit.new_id()
    with store.write() as work:
        exchange.add_sent(
            work, bundle, recipients, tagmanifest=mark * 64, file_sha256="f" * 64, size=10,
            created="2026-11-22T03:00:00Z", custody=custody, roots=roots,
        )  # fmt: skip
    return bundle


def test_numbers_count_for_each_recipient(store: Store) -> None:
    interview, _ = kit.put(store, Interview(title="W-1"))
    with store.read() as reader:
        assert exchange.next_number(reader, OFFICE) == (1, "")
    first = sent(store, {OFFICE: 1, OTHER: 1}, [interview, interview], "a")
    sent(store, {OFFICE: 2}, [], "b")
    with store.read() as reader:
        assert exchange.next_number(reader, OFFICE) == (3, "b" * 64)
        assert exchange.next_number(reader, OTHER) == (2, "a" * 64)
        assert len(exchange.sent(reader)) == 3
        assert exchange.sent_roots(reader, first) == [interview]
        row = lists.interview(reader, interview)
        assert row is not None and row.sent


def test_a_bundle_is_taken_in_once(store: Store) -> None:
    entry = exchange.Received(
        kit.new_id(), OFFICE, 3, "", "c" * 64, "2026-11-22T03:00:00Z", "", 7, "d" * 64, [kit.new_id()]
    )
    for _ in range(2):
        with store.write() as work:
            exchange.add_received(work, entry)
    with store.read() as reader:
        kept = exchange.received(reader, entry.bundle_id, entry.sender)
        assert kept is not None and kept.roots == entry.roots and kept.taken_in
        assert exchange.last_received(reader, OFFICE) == kept
        assert exchange.last_received(reader, OTHER) is None
        assert exchange.all_received(reader) == [kept]
    assert kit.walk_log(store).entries == 1

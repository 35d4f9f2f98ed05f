"""The words prove keys and nothing else: what a card says beside them changes when a person accepts it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from app.forging import Forger
from app.shared import refused
from cairn.app.arriving import opening, taking_in
from cairn.app.kernel import contacts
from cairn.app.kernel.session import Session
from cairn.app.kernel.views import ContactRow
from cairn.app.vault import custody
from cairn.bundle.cards import write_card
from cairn.model import clock
from cairn.model.ids import NO_HASH, Fingerprint, Sha256
from cairn.model.kinds.envelope import decode
from cairn.model.kinds.interview import Interview

TODAY, LATER, EARLIER = "2026-03-14", "2027-01-01", "2020-01-01"


@pytest.fixture(autouse=True)
def _a_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: TODAY)


@pytest.fixture
def sender(forger: Forger) -> Forger:
    """Verified as “Field 9”, a field vault; its card is of this day."""
    return forger


def another_card(
    of: Forger, label: str = "Field 9", role: str = "field", expires: str = "", created: str = LATER
) -> bytes:
    return write_card(of.keys, label=label, role=role, created=created, expires=expires)


def bundle(of: Forger, office: Session, folder: Path, seq: int = 1) -> Path:
    made = of.revision(Interview(title=f"W-{seq}"))
    path = folder / f"{seq}.age"
    path.write_bytes(of.bundle(office, {decode(made[0]).id: [made]}, seq).getvalue())
    return path


def waiting(office: Session, of: Forger) -> Sha256:
    """The card that is offered now, as a screen names it; none where nothing is."""
    found = contacts.find(office, of.keys.fingerprint).offered
    return NO_HASH if found is None else found.card


def accept(office: Session, of: Forger) -> ContactRow:
    return contacts.accept(office, of.keys.fingerprint, waiting(office, of))


def decline(office: Session, of: Forger) -> ContactRow:
    return contacts.decline(office, of.keys.fingerprint, waiting(office, of))


def test_a_verified_sender_does_not_become_its_colleague(
    office: Session, sender: Forger, tmp_path: Path
) -> None:
    colleague = Forger.of("Team M")
    contacts.add(office, colleague.card, colleague.keys.words)
    sender.card = another_card(sender, "Team M", "office")
    path = bundle(sender, office, tmp_path)
    seen = opening.open_bundle(path, office)
    assert (seen.sender_label, seen.sender_role, seen.sender_trust) == ("Field 9", "field", "verified")
    codes = [p.code for p in seen.problems]
    assert codes == ["opening.card-label", "opening.card-role-office", "opening.card-label-taken"]
    assert seen.problems[0].values == {"known": "Field 9", "said": "Team M"}
    taken = taking_in.take_in(office, path)
    assert taken.sender_label == "Field 9"
    assert [p.code for p in taken.problems] == codes
    found = contacts.find(office, sender.keys.fingerprint)
    assert (found.label, found.role, found.trust) == ("Field 9", "field", "verified")
    assert found.offered is not None and (found.offered.label, found.offered.role) == ("Team M", "office")
    assert contacts.find(office, "Team M").fingerprint == colleague.keys.fingerprint


def test_accepted_it_holds_and_declined_it_is_asked_no_more(
    office: Session, sender: Forger, tmp_path: Path
) -> None:
    sender.card = another_card(sender, "Team W", expires="2028-01-01")
    taking_in.take_in(office, bundle(sender, office, tmp_path))
    entries = custody.count(office)
    declined = decline(office, sender)
    assert (declined.label, declined.expires, declined.offered) == ("Field 9", "", None)
    assert custody.count(office) == entries + 1
    with refused("contact.nothing-offered"):
        accept(office, sender)
    # The same again is no news; another is.
    again = taking_in.take_in(office, bundle(sender, office, tmp_path, 2))
    assert not [p for p in again.problems if p.code.startswith("opening.card-")]
    assert contacts.find(office, sender.keys.fingerprint).offered is None
    sender.card = another_card(sender, "Team V", created="2027-01-02")
    taking_in.take_in(office, bundle(sender, office, tmp_path, 3))
    accepted = accept(office, sender)
    assert (accepted.label, accepted.expires, accepted.trust) == ("Team V", "", "verified")
    assert accepted.offered is None and contacts.find(office, "Team V") == accepted
    seen = opening.open_bundle(bundle(sender, office, tmp_path, 4), office)
    assert seen.sender_label == "Team V"
    assert not [p for p in seen.problems if p.code.startswith("opening.")]
    assert custody.verify(office).whole


@pytest.mark.parametrize("decide", [contacts.accept, contacts.decline])
def test_what_was_not_shown_is_neither_accepted_nor_declined(
    office: Session,
    sender: Forger,
    tmp_path: Path,
    decide: Callable[[Session, Fingerprint, Sha256], ContactRow],
) -> None:
    """While a person reads the card “Team W”, a bundle brings the card “Team M” of the same keys."""
    sender.card = another_card(sender, "Team W")
    taking_in.take_in(office, bundle(sender, office, tmp_path))
    shown = waiting(office, sender)
    sender.card = another_card(sender, "Team M", "office", created="2027-01-02")
    taking_in.take_in(office, bundle(sender, office, tmp_path, 2))
    before, entries = contacts.find(office, sender.keys.fingerprint), custody.count(office)
    with refused("contact.offer-changed"):
        decide(office, sender.keys.fingerprint, shown)
    assert contacts.find(office, sender.keys.fingerprint) == before and custody.count(office) == entries
    assert before.label == "Field 9" and before.offered is not None and before.offered.label == "Team M"
    # The same said again by a newer card is the one that was read.
    shown = waiting(office, sender)
    contacts.offer(office, another_card(sender, "Team M", "office", created="2027-01-03"))
    assert decide(office, sender.keys.fingerprint, shown).offered is None


def test_a_card_that_is_added_by_hand_is_offered_too(office: Session, sender: Forger) -> None:
    kept = contacts.find(office, sender.keys.fingerprint)
    for words in (None, sender.keys.words):
        added = contacts.add(office, another_card(sender, "Team M", "office"), words)
        assert (added.label, added.role, added.trust) == (kept.label, kept.role, "verified")
        assert added.offered is not None and added.offered.label == "Team M"
    # An older one, and one that says what is kept, are no news; the latter takes the offer back.
    contacts.add(office, another_card(sender, "Old", created=EARLIER))
    assert contacts.find(office, sender.keys.fingerprint).offered is not None
    same = contacts.add(office, another_card(sender, created="2027-01-02"))
    assert (same.label, same.offered) == (kept.label, None)


def test_before_its_words_were_compared_a_card_by_hand_replaces(office: Session, tmp_path: Path) -> None:
    other = Forger.of("Field 3")
    contacts.add(office, other.card)
    # In a bundle it does not.
    other.card = another_card(other, "Field 4")
    taking_in.take_in(office, bundle(other, office, tmp_path), override="known")
    found = contacts.find(office, other.keys.fingerprint)
    assert found.label == "Field 3" and found.offered is not None and found.offered.label == "Field 4"
    by_hand = contacts.add(office, other.card, other.keys.words)
    assert (by_hand.label, by_hand.trust, by_hand.offered) == ("Field 4", "verified", None)


def test_an_end_is_accepted_as_well(office: Session, forger: Forger, tmp_path: Path) -> None:
    sender = Forger(forger.keys, another_card(forger, created=EARLIER, expires="2021-01-01"))
    contacts.offer(office, sender.card)
    # It is older than what is here.
    assert contacts.find(office, sender.keys.fingerprint).offered is None
    sender.card = another_card(sender, expires="2026-03-13")
    seen = opening.open_bundle(bundle(sender, office, tmp_path), office)
    assert (seen.sender_trust, [p.code for p in seen.problems]) == ("verified", ["opening.card-ends"])
    contacts.offer(office, sender.card)
    assert accept(office, sender).trust == "expired"
    path = bundle(sender, office, tmp_path)
    assert "opening.sender-expired" in [p.code for p in opening.open_bundle(path, office).problems]
    with refused("taking.sender-expired"):
        taking_in.take_in(office, path)
    taken = taking_in.take_in(office, path, override="heard on the phone")
    assert "taking.overridden-expired" in [p.code for p in taken.problems]
    # A longer life is nothing that a sender gives itself.
    sender.card = another_card(sender, expires="2030-01-01", created="2027-01-02")
    with refused("taking.sender-expired"):
        taking_in.take_in(office, bundle(sender, office, tmp_path, 2))
    contacts.add(office, sender.card)
    assert accept(office, sender).trust == "verified"
    assert taking_in.take_in(office, bundle(sender, office, tmp_path, 2)).new == 1


def test_an_unknown_sender_with_an_ended_card_is_told(office: Session, tmp_path: Path) -> None:
    other = Forger.of("Field 3")
    other.card = another_card(other, expires="2026-01-01", created=EARLIER)
    path = bundle(other, office, tmp_path)
    assert {"opening.sender-unknown", "opening.sender-expired"} == {
        p.code for p in opening.open_bundle(path, office).problems
    }
    alone = opening.open_bundle(path, office.keys.age_identity)
    assert [p.code for p in alone.problems] == ["opening.sender-expired"]


def test_nothing_is_offered_of_a_revoked_contact(office: Session, sender: Forger) -> None:
    contacts.offer(office, another_card(sender, "Team M"))
    revoked = contacts.revoke(office, sender.keys.fingerprint, "lost")
    assert revoked.offered is None
    assert contacts.offer(office, another_card(sender, "Team M")).offered is None

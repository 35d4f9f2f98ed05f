"""A verified contact that lies about history: it hides nobody's withdrawal and holds up no version."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.forging import Forger, seen, stranger
from app.shared import introduce
from app.test_exchange import sealed, written
from cairn.app.arriving import taking_in
from cairn.app.consent import consent
from cairn.app.interviews import interviews
from cairn.app.kernel import contacts, revising
from cairn.app.kernel.revising import Version
from cairn.app.kernel.session import Session
from cairn.app.leaving import sealing
from cairn.crypto.hashes import sha256_hex
from cairn.model.agreement import agreed_to
from cairn.model.exchange import Stub
from cairn.model.kinds.interview import Interview

NOTHING = agreed_to(choice="nothing", given="taken back by telephone")
SHARE = agreed_to(choice="share")


def consent_head(s: Session, interview: str) -> Version:
    with s.store.read() as reader:
        for found in revising.root_heads(reader, interview).values():
            if found[0].envelope.kind == "consent":
                return found[0]
    raise LookupError


def refused_now(s: Session, interview: str, to: str) -> str | None:
    """The gate's code, None when something would leave."""
    (one,) = sealing.preview(s, [interview], [to]).groups[0].interviews
    return None if one.leaves else one.stays[0].code


@pytest.fixture
def wary(office: Session) -> Forger:
    """Another contact, honest: it writes down that the person took the consent back."""
    made = stranger("Field 8")
    contacts.add(office, made.card, made.keys.words)
    return made


@pytest.mark.parametrize("how", ["parent", "claim", "set-aside"])
def test_a_withdrawal_that_waits_is_not_hidden_by_another_proposal(
    field: Session, office: Session, forger: Forger, wary: Forger, tmp_path: Path, how: str
) -> None:
    introduce(field, office)
    made = written(field)
    taking_in.take_in(office, sealed(field, [made], office, tmp_path / "out").path)
    assert refused_now(office, made, field.info.fingerprint) is None
    agreed = consent_head(office, made)
    record = agreed.envelope.id
    seen(field, made)
    withdrawn = wary.revision(NOTHING, made, record, parents=[agreed.sha])
    taking_in.take_in_from(office, wary.bundle(office, {made: [withdrawn]}))
    assert refused_now(office, made, field.info.fingerprint) == "gate.nothing"

    hidden = sha256_hex(withdrawn[0])
    between = "ab" * 32
    parents = [hidden] if how != "claim" else [between]
    stubs = [Stub(record, between, "consent", [hidden])] if how == "claim" else []
    lie = forger.revision(SHARE, made, record, parents=parents)
    taking_in.take_in_from(office, forger.bundle(office, {made: [lie]}, stubs=stubs))
    if how == "set-aside":
        interviews.set_aside(office, record, sha256_hex(lie[0]), "not theirs to say")
    assert refused_now(office, made, field.info.fingerprint) == "gate.nothing"
    (conflict,) = interviews.load(office, made).conflicts
    assert hidden in [version.sha for version in conflict.versions]


@pytest.mark.parametrize("how", ["waits", "set-aside", "settled"])
def test_a_version_that_a_liar_announced_arrives_all_the_same(
    field: Session, office: Session, forger: Forger, tmp_path: Path, how: str
) -> None:
    """The liar has seen the newer version before the office has, and says to have gone on from it."""
    introduce(field, office)
    made = written(field)
    taking_in.take_in(office, sealed(field, [made], office, tmp_path / "out").path)
    narrow = agreed_to(choice="share", share_with="named", contacts=[office.info.fingerprint])
    consent.set_consent(field, made, narrow)
    interviews.save_version(field, made, Interview(title="W-1", account="she asked to leave out the names"))
    newest, text = consent_head(field, made), interviews.load(field, made).base
    assert text is not None
    seen(field, made)
    before = consent_head(office, made)
    lies = [
        forger.revision(SHARE, made, newest.envelope.id, parents=[newest.sha]),
        forger.revision(Interview(title="W-1", account="with names"), made, made, parents=[text]),
    ]
    taking_in.take_in_from(office, forger.bundle(office, {made: lies}))
    if how != "waits":
        decide = interviews.set_aside if how == "set-aside" else interviews.settle
        decide(office, newest.envelope.id, sha256_hex(lies[0][0]) if how == "set-aside" else before.sha, "no")
    taking_in.take_in(office, sealed(field, [made], office, tmp_path / "out").path)
    # Whoever is not named gets nothing, whatever the liar had said before.
    assert refused_now(office, made, field.info.fingerprint) == "gate.not-named"
    assert interviews.load(office, made).body.account == "she asked to leave out the names"

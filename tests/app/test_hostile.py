"""What a sender who is known, but lies, can do: nothing but be refused or be set beside."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

import begun
from app.forging import Forger, seen
from app.shared import introduce, refused
from app.test_exchange import media_files, sealed, written
from app.test_interviews import draft
from cairn.app.arriving import opening, taking_in
from cairn.app.consent import consent
from cairn.app.interviews import interviews
from cairn.app.kernel import revising
from cairn.app.kernel.session import Session
from cairn.crypto.hashes import sha256_hex
from cairn.model.agreement import agreed_to
from cairn.model.kinds.envelope import decode
from cairn.model.kinds.interview import Interview
from cairn.model.kinds.note import Note


def untouched(s: Session) -> bool:
    return interviews.count(s) == 0 and media_files(s) == []


def test_a_version_in_the_name_of_another_device_refuses_the_whole_bundle(
    field: Session, office: Session, forger: Forger
) -> None:
    introduce(field, office)
    ours, theirs = begun.root(forger.keys), begun.root(forger.keys)
    good = forger.revision(Interview(title="good"), ours, ours)
    for device, code in (
        (field.info.fingerprint, "intake.signature-wrong"),
        ("SHA256:" + "A" * 43, "intake.foreign-author"),
    ):
        false = forger.revision(Interview(title="false"), theirs, theirs, device=device)
        with refused(code):
            taking_in.take_in_from(office, forger.bundle(office, {ours: [good], theirs: [false]}))
        assert untouched(office)


def test_another_devices_interview_is_never_amended_recalled_or_opened(
    field: Session, office: Session, forger: Forger, tmp_path: Path
) -> None:
    introduce(field, office)
    made = written(field, agreed=agreed_to(choice="keep"))
    note = interviews.save_note(field, made, None, "kept note")
    consent.set_consent(
        field, made, agreed_to(choice="share", share_with="named", contacts=[office.info.fingerprint])
    )
    taking_in.take_in(office, sealed(field, [made], office, tmp_path / "out").path)
    before = interviews.load(office, made)
    agreed = before.consent
    seen(office, made)
    with office.store.read() as reader:
        heads = revising.root_heads(reader, made)
    record = {found[0].envelope.kind: (each, found[0].sha) for each, found in heads.items()}
    lies = [
        forger.revision(Interview(title="amended"), made, made, parents=[record["interview"][1]]),
        forger.revision(
            agreed_to(choice="share"), made, record["consent"][0], parents=[record["consent"][1]]
        ),
        forger.revision(Note(removed=True), made, note, parents=[record["note"][1]]),
        forger.revision(agreed_to(choice="share"), made),
        forger.revision(Note("slipped in"), made),
    ]
    taken = taking_in.take_in_from(office, forger.bundle(office, {made: lies}))
    assert taken.conflicts == 5 and taken.updated == taken.new == 0
    after = interviews.load(office, made)
    assert (after.body, after.notes, after.base) == (before.body, before.notes, before.base)
    assert after.consent.share_with == agreed.share_with == "named" and after.consent.conflict
    assert len(after.conflicts) == 5
    # A person sets each aside; what stood goes on to stand.
    for conflict in after.conflicts:
        proposal = next(v for v in conflict.versions if v.state == "proposed")
        interviews.set_aside(office, conflict.record, proposal.sha, "not theirs to say")
    settled = interviews.load(office, made)
    assert settled.conflicts == () and settled.body == before.body
    assert [n.text for n in settled.notes if not n.removed] == ["kept note"]


@pytest.mark.parametrize("what", ["kind", "root", "origin", "nonce", "parent"])
def test_a_record_cannot_become_another(office: Session, forger: Forger, what: str) -> None:
    one, two = begun.root(forger.keys), begun.root(forger.keys)
    record = begun.part(forger.keys, one, "note")
    first = forger.revision(Interview(title="one"), record=one)
    second = forger.revision(Interview(title="two"), record=two)
    note = forger.revision(Note("a"), record=record)
    taking_in.take_in_from(office, forger.bundle(office, {one: [first, note], two: [second]}))
    parents = [sha256_hex(first[0])] if what == "parent" else []
    said = decode(forger.revision(Note("b"), record=record, parents=parents)[0])
    changed = {
        "kind": {"kind": "consent", "body": msgspec.Raw(b'{"choice":"share"}')},
        "root": {"root": two},
        "origin": {"origin": office.info.fingerprint},
        "nonce": {"nonce": "0" * 32},
        "parent": {},
    }[what]
    lie = forger.signed(msgspec.structs.replace(said, **changed))
    history = interviews.history(office, one)
    with refused("intake.parent-foreign" if what == "parent" else "bundle.malformed"):
        taking_in.take_in_from(office, forger.bundle(office, {two if what == "root" else one: [lie]}, 2))
    assert interviews.history(office, one) == history


@pytest.mark.parametrize("what", ["interview", "note"])
def test_who_repeats_anothers_origin_and_nonce_holds_up_nothing(
    field: Session, office: Session, forger: Forger, tmp_path: Path, what: str
) -> None:
    """Root, kind, origin and nonce make the id: who repeats them all says by them whose record it is."""
    introduce(field, office)
    made = written(field)
    note = interviews.save_note(field, made, None, "ask about the bridge")
    seen(field, made)
    lies = [forger.revision(Interview(title="squatted"), record=made)]
    if what == "note":
        lies.append(forger.revision(Note("squatted"), record=note))
    first = taking_in.take_in_from(office, forger.bundle(office, {made: lies}))
    assert (first.new, first.updated, first.conflicts) == (0, 0, len(lies))
    with office.store.read() as reader:
        held = revising.root_heads(reader, made)
    assert {head.state for heads in held.values() for head in heads} == {"proposed"}
    assert len(held) == len(lies)

    taken = taking_in.take_in(office, sealed(field, [made], office, tmp_path / "out").path)
    assert (taken.new, taken.conflicts) == (3, 0)
    view = interviews.load(office, made)
    assert view.body.title == "W-1" and view.device_label == "Field 7" and not view.own
    assert [each.text for each in view.notes] == ["ask about the bridge"]
    with office.store.read() as reader:
        kept = revising.root_heads(reader, made)
    assert {heads[0].state for heads in kept.values()} == {"current"}
    assert {heads[0].envelope.device for heads in kept.values()} == {field.info.fingerprint}
    # What the other one said goes on to wait beside it, and is declined.
    for conflict in view.conflicts:
        (proposal,) = (version for version in conflict.versions if version.state == "proposed")
        interviews.set_aside(office, conflict.record, proposal.sha, "not theirs to say")
    after = interviews.load(office, made)
    assert (after.conflicts, after.body.title) == ((), "W-1")


@pytest.mark.parametrize("version", [1, 2])
def test_nothing_unfinalises_whatever_its_version(office: Session, forger: Forger, version: int) -> None:
    made = begun.root(forger.keys)
    final = forger.revision(Interview(title="one"), record=made, final=True)
    taking_in.take_in_from(office, forger.bundle(office, {made: [final]}))
    said = decode(forger.revision(Interview(title="two"), record=made, parents=[sha256_hex(final[0])])[0])
    undone = forger.signed(msgspec.structs.replace(said, v=version))
    taken = taking_in.take_in_from(office, forger.bundle(office, {made: [undone]}, 2))
    assert (taken.updated, taken.conflicts) == (0, 1)
    assert "intake.unfinalised" in [problem.code for problem in taken.problems]
    view = interviews.load(office, made)
    assert view.final and view.body.title == "one" and interviews.rows(office)[0].state == "final"


def test_a_log_that_was_written_anew_is_refused(office: Session, forger: Forger, tmp_path: Path) -> None:
    one, two = begun.root(forger.keys), begun.root(forger.keys)
    taking_in.take_in_from(
        office, forger.bundle(office, {one: [forger.revision(Interview(title="one"), one, one)]})
    )
    forger.rewrite_log()
    bundle = tmp_path / "second.age"
    second = forger.revision(Interview(title="two"), two, two)
    bundle.write_bytes(forger.bundle(office, {two: [second]}, 2).getvalue())
    with refused("intake.log-contradicts"):
        taking_in.take_in(office, bundle)
    seen = opening.open_bundle(bundle, office)
    assert seen.refusal is not None and seen.refusal.code == "intake.log-contradicts"
    assert interviews.count(office) == 1


def test_an_erased_interview_does_not_come_back(field: Session, office: Session, tmp_path: Path) -> None:
    introduce(field, office)
    made = written(field)
    bundle = sealed(field, [made], office, tmp_path / "out")
    taking_in.take_in(office, bundle.path)
    interviews.erase(office, made, "asked for it")
    taken = taking_in.take_in(office, bundle.path)
    assert "intake.was-erased" in [p.code for p in taken.problems]
    assert interviews.count(office) == 0


def test_a_draft_on_a_version_that_was_overtaken_becomes_a_version_beside(
    field: Session, office: Session, tmp_path: Path
) -> None:
    introduce(field, office)
    made = written(field)
    taking_in.take_in(office, sealed(field, [made], office, tmp_path / "out").path)
    base = interviews.load(office, made).base
    interviews.save_draft(office, made, draft(Interview(title="W-1", account="typed at the office"), base))
    interviews.save_version(field, made, Interview(title="W-1", account="went on in the field"))
    taking_in.take_in(office, sealed(field, [made], office, tmp_path / "out").path)
    assert interviews.load(office, made).body.account == "went on in the field"
    interviews.save_version(office, made, reason="a correction")
    (conflict,) = interviews.load(office, made).conflicts
    assert len(conflict.versions) == 2
    kept = next(v.sha for v in conflict.versions if v.device_label == "")
    interviews.settle(office, made, kept, "checked by phone")
    view = interviews.load(office, made)
    assert view.conflicts == () and view.body.account == "typed at the office"

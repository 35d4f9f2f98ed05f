"""What a sender who is known, but lies, can do: nothing but be refused or be set beside."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.forging import Forger
from app.shared import introduce, refused
from app.test_exchange import media_files, sealed, written
from app.test_interviews import draft
from cairn.app.arriving import opening, taking_in
from cairn.app.consent import consent
from cairn.app.interviews import interviews
from cairn.app.kernel.session import Session
from cairn.errors import CairnError
from cairn.model.ids import new_id
from cairn.model.records import Consent, Interview, Note


def untouched(s: Session) -> bool:
    return interviews.count(s) == 0 and media_files(s) == []


def test_a_version_in_the_name_of_another_device_refuses_the_whole_bundle(
    field: Session, office: Session, forger: Forger
) -> None:
    introduce(field, office)
    ours, theirs = new_id(), new_id()
    good = forger.revision(Interview(title="good"), "interview", ours, ours)
    for device, code in (
        (field.info.fingerprint, "intake.signature-wrong"),
        ("SHA256:" + "A" * 43, "intake.foreign-author"),
    ):
        false = forger.revision(Interview(title="false"), "interview", theirs, theirs, device=device)
        with refused(code):
            taking_in.take_in_from(office, forger.bundle(office, {ours: [good], theirs: [false]}))
        assert untouched(office)


def test_another_devices_interview_is_never_amended_recalled_or_opened(
    field: Session, office: Session, forger: Forger, tmp_path: Path
) -> None:
    introduce(field, office)
    made = written(field, agreed=Consent(choice="keep"))
    note = interviews.save_note(field, made, None, "kept note")
    consent.set_consent(
        field, made, Consent(choice="share", share_with="named", contacts=[office.info.fingerprint])
    )
    taking_in.take_in(office, sealed(field, [made], office, tmp_path / "out").path)
    before = interviews.load(office, made)
    agreed = before.consent
    with office.store.read() as reader:
        from cairn.app.kernel import revising

        heads = revising.interview_heads(reader, made)
    record = {found[0].envelope.kind: (each, found[0].sha) for each, found in heads.items()}
    lies = [
        forger.revision(
            Interview(title="amended"), "interview", made, made, parents=[record["interview"][1]]
        ),
        forger.revision(
            Consent(choice="share"), "consent", made, record["consent"][0], parents=[record["consent"][1]]
        ),
        forger.revision(Note(removed=True), "note", made, note, parents=[record["note"][1]]),
        forger.revision(Consent(choice="share"), "consent", made),
        forger.revision(Note("slipped in"), "note", made),
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


@pytest.mark.parametrize("what", ["kind", "interview", "parent"])
def test_a_record_cannot_become_another(office: Session, forger: Forger, what: str) -> None:
    one, two, record = new_id(), new_id(), new_id()
    first = forger.revision(Interview(title="one"), "interview", one, one)
    second = forger.revision(Interview(title="two"), "interview", two, two)
    note = forger.revision(Note("a"), "note", one, record)
    taking_in.take_in_from(office, forger.bundle(office, {one: [first, note], two: [second]}))
    if what == "kind":
        lie = {one: [forger.revision(Consent(choice="share"), "consent", one, record)]}
    elif what == "interview":
        lie = {two: [forger.revision(Note("b"), "note", two, record)]}
    else:
        from cairn.crypto.hashes import sha256_hex

        parents = [sha256_hex(first[0])]
        lie = {one: [forger.revision(Note("b"), "note", one, record, parents=parents)]}
    history = interviews.history(office, one)
    with pytest.raises(CairnError) as caught:
        taking_in.take_in_from(office, forger.bundle(office, lie, 2))
    assert caught.value.code in ("intake.record-moved", "intake.parent-foreign")
    assert interviews.history(office, one) == history


def test_a_log_that_was_written_anew_is_refused(office: Session, forger: Forger, tmp_path: Path) -> None:
    one, two = new_id(), new_id()
    taking_in.take_in_from(
        office, forger.bundle(office, {one: [forger.revision(Interview(title="one"), "interview", one, one)]})
    )
    forger.rewrite_log()
    bundle = tmp_path / "second.age"
    second = forger.revision(Interview(title="two"), "interview", two, two)
    bundle.write_bytes(forger.bundle(office, {two: [second]}, 2).getvalue())
    with refused("intake.log-contradicts"):
        taking_in.take_in(office, bundle)
    seen = opening.open_bundle(bundle, office)
    assert "intake.log-contradicts" in [problem.code for problem in seen.problems]
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

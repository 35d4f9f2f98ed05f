"""The whole way between two vaults: seal, open, take in, again, conflicts, and everything that is refused."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from app.shared import Make, introduce, refused
from cairn.app.arriving import opening, taking_in
from cairn.app.consent import consent
from cairn.app.files import files
from cairn.app.interviews import interviews, search
from cairn.app.kernel import contacts
from cairn.app.kernel.session import Session
from cairn.app.leaving import copying, sealing
from cairn.app.leaving.views import Sealed
from cairn.errors import CairnError, Cancelled, MachineError
from cairn.model import strict_json
from cairn.model.agreement import Consent, agreed_to
from cairn.model.kinds.interview import Interview

SHARE = agreed_to(choice="share")
PICTURE = bytes(range(256)) * 9000


def written(s: Session, title: str = "W-1", agreed: Consent | None = SHARE) -> str:
    made = interviews.create(s, title=title)
    interviews.save_version(s, made, Interview(title=title, account="두만강 국경을 넘었다", summary="short"))
    if agreed is not None:
        consent.set_consent(s, made, agreed)
    return made


def sealed(s: Session, ids: list[str], to: Session, folder: Path, override: str = "") -> Sealed:
    folder.mkdir(exist_ok=True)
    shown = sealing.preview(s, ids, [to.info.fingerprint], override=override)
    return sealing.seal(s, shown, folder)[0]


def media_files(s: Session) -> list[Path]:
    return [p for p in s.vault.media_folder.rglob("*") if p.is_file()]


def test_the_whole_way_from_field_to_office(field: Session, office: Session, tmp_path: Path) -> None:
    introduce(field, office)
    made = written(field)
    note = interviews.save_note(field, made, None, "ask about the bridge")
    gone = interviews.save_note(field, made, None, "her sister's name")
    interviews.remove_note(field, gone)
    kept = files.attach(field, made, io.BytesIO(PICTURE), "photo.png", size=len(PICTURE))
    dropped = files.attach(field, made, io.BytesIO(b"a secret list"), "list.txt")
    files.remove(field, dropped.id, "not hers")

    shown = sealing.preview(field, [made], [office.info.fingerprint])
    (group,) = shown.groups
    (one,) = group.interviews
    assert {(x.kind, x.record) for x in one.leaves} >= {
        ("interview", made),
        ("note", note),
        ("attachment", kept.id),
    }
    assert {(x.record, x.code) for x in one.stays} == {(gone, "gate.removed"), (dropped.id, "gate.removed")}
    assert shown.ready and group.files == 1 and shown.problems == ()
    out = tmp_path / "out"
    out.mkdir()
    (bundle,) = sealing.seal(field, shown, out)
    assert list(out.iterdir()) == [bundle.path] and bundle.path.stat().st_size == bundle.size
    assert abs(bundle.size - group.size_estimate) < bundle.size // 4 + 20000
    assert len(bundle.words) == 12 and interviews.rows(field)[0].sent
    (row,) = sealing.sent(field)
    assert (row.bundle_id, row.recipients) == (bundle.bundle_id, ((office.info.fingerprint, "Office North"),))

    outside = opening.look(bundle.path)
    assert outside.kind == "bundle" and outside.post_quantum and outside.problems == ()
    seen = opening.open_bundle(bundle.path, office)
    assert (seen.sender_label, seen.sender_trust, seen.for_me, seen.already) == (
        "Field 7",
        "verified",
        True,
        False,
    )
    assert [(i.id, i.kind, i.title) for i in seen.roots] == [(made, "interview", "W-1")]
    assert seen.roots[0].counts == (("consent", 1), ("note", 1))
    assert [(f.kind, f.name, f.size) for f in seen.roots[0].files] == [
        ("attachment", "photo.png", len(PICTURE))
    ]
    assert interviews.count(office) == 0 and media_files(office) == []

    taken = taking_in.take_in(office, bundle.path)
    assert (taken.new, taken.updated, taken.conflicts) == (4, 0, 0)
    view = interviews.load(office, made)
    assert not view.own and view.device_label == "Field 7" and view.body.account == "두만강 국경을 넘었다"
    assert [n.text for n in view.notes] == ["ask about the bridge"]
    assert [(f.name, f.present) for f in view.files] == [("photo.png", True)]
    assert view.consent.choice == "share" and view.conflicts == ()
    with files.reader(office, kept.id) as reader:
        assert reader.read_at(0, reader.size) == PICTURE
    assert search.search(office, "국경")[0].interview_id == made
    assert search.search(office, "sister") == []
    assert taken.problems == ()


def test_taking_in_again_changes_nothing(field: Session, office: Session, tmp_path: Path) -> None:
    introduce(field, office)
    made = written(field)
    files.attach(field, made, io.BytesIO(PICTURE), "photo.png")
    bundle = sealed(field, [made], office, tmp_path / "out")
    taking_in.take_in(office, bundle.path)
    before = (interviews.history(office, made), sorted(media_files(office)))
    again = taking_in.take_in(office, bundle.path)
    assert (again.new, again.updated, again.same, again.conflicts) == (0, 0, 3, 0)
    assert [p.code for p in again.problems] == ["taking.already"]
    assert (interviews.history(office, made), sorted(media_files(office))) == before
    assert opening.open_bundle(bundle.path, office).already


def test_a_later_version_of_its_own_device_moves_the_interview_on(
    field: Session, office: Session, tmp_path: Path
) -> None:
    introduce(field, office)
    made = written(field)
    first = sealed(field, [made], office, tmp_path / "out")
    interviews.save_version(field, made, Interview(title="W-1", account="longer"))
    interviews.save_version(field, made, Interview(title="W-1", account="longest"))
    second = sealed(field, [made], office, tmp_path / "out")
    third = sealed(field, [made], office, tmp_path / "out")
    taking_in.take_in(office, first.path)
    taken = taking_in.take_in(office, third.path)
    assert [p.code for p in taken.problems] == ["intake.gap"]
    assert taken.updated == 1 and taken.conflicts == 0
    assert interviews.load(office, made).body.account == "longest"
    late = taking_in.take_in(office, second.path)
    assert [p.code for p in late.problems] == ["intake.older"] and late.new == late.updated == 0
    assert interviews.load(office, made).body.account == "longest"


def test_both_sides_edit_and_a_person_settles(field: Session, office: Session, tmp_path: Path) -> None:
    introduce(field, office)
    made = written(field)
    taking_in.take_in(office, sealed(field, [made], office, tmp_path / "out").path)
    with refused("interview.reason-needed"):
        interviews.save_version(office, made, Interview(title="W-1", account="by the office"))
    interviews.save_version(office, made, Interview(title="W-1", account="by the office"), reason="typo")
    theirs = interviews.save_version(field, made, Interview(title="W-1", account="by the field"))
    taken = taking_in.take_in(office, sealed(field, [made], office, tmp_path / "out").path)
    assert taken.conflicts == 1
    view = interviews.load(office, made)
    (conflict,) = view.conflicts
    assert [v.state for v in conflict.versions] == ["current", "proposed"]
    assert view.body.account == "by the office" and interviews.rows(office)[0].conflict
    with refused("interview.reason-needed"):
        interviews.settle(office, made, theirs, "")
    interviews.settle(office, made, theirs, "the field spoke with her")
    view = interviews.load(office, made)
    assert view.conflicts == () and view.body.account == "by the field"
    assert interviews.history(office, made)[0].what == "settled"
    with refused("interview.nothing-to-settle"):
        interviews.settle(office, made, theirs, "again")

    # The office's branch comes back to the field: it never becomes current by itself.
    back = sealed(office, [made], field, tmp_path / "back")
    taken = taking_in.take_in(field, back.path)
    assert taken.conflicts == 1 and interviews.load(field, made).base == theirs
    (conflict,) = interviews.load(field, made).conflicts
    proposal = conflict.versions[1].sha
    interviews.set_aside(field, made, proposal, "not needed")
    assert interviews.load(field, made).conflicts == ()


def test_nobody_widens_the_consent_of_another_device(field: Session, office: Session, tmp_path: Path) -> None:
    introduce(field, office)
    named = agreed_to(choice="share", share_with="named", contacts=[office.info.fingerprint])
    made = written(field, agreed=named)
    taking_in.take_in(office, sealed(field, [made], office, tmp_path / "out").path)
    # Here the office records that the person said no; sent back, it stands beside and restricts.
    consent.set_consent(office, made, agreed_to(choice="share", contacts=[]))
    back = sealed(office, [made], field, tmp_path / "back")
    taking_in.take_in(field, back.path)
    shown = consent.get(field, made)
    assert shown.share_with == "named" and shown.conflict
    shown_preview = sealing.preview(field, [made], [office.info.fingerprint])
    assert ("consent", "gate.not-settled") in {
        (x.kind, x.code) for x in shown_preview.groups[0].interviews[0].stays
    }
    consent.set_consent(office, made, agreed_to(choice="nothing"))
    with refused("gate.nothing"):
        sealed(office, [made], field, tmp_path / "back")


@pytest.mark.parametrize(
    ("agreed", "code"),
    [
        (None, "gate.not-asked"),
        (agreed_to(choice="keep"), "gate.keep-only"),
        (agreed_to(choice="nothing"), "gate.nothing"),
        (agreed_to(choice="share", share_with="named", contacts=["SHA256:someone"]), "gate.not-named"),
    ],
)
def test_without_consent_nothing_leaves(
    field: Session, office: Session, tmp_path: Path, agreed: Consent | None, code: str
) -> None:
    introduce(field, office)
    made = written(field, agreed=agreed)
    file = files.attach(field, made, io.BytesIO(b"secret"), "x.txt")
    with refused(code):
        sealed(field, [made], office, tmp_path / "out")
    with pytest.raises(CairnError) as caught:
        copying.copy_out(field, file.id, tmp_path / "x.txt")
    assert caught.value.code in (code, "gate.copy-named-only")
    assert list((tmp_path / "out").iterdir()) == [] and not (tmp_path / "x.txt").exists()


def test_of_several_only_those_leave_that_may(field: Session, office: Session, tmp_path: Path) -> None:
    introduce(field, office)
    yes, no = written(field, "yes"), written(field, "no", None)
    shown = sealing.preview(field, [yes, no], [office.info.fingerprint])
    assert shown.ready and {p.code for p in shown.problems} == {"gate.not-asked", "sealing.stays-whole"}
    bundle = sealed(field, [yes, no], office, tmp_path / "out")
    assert bundle.interviews == ((yes, "yes"),)
    assert [i.title for i in opening.open_bundle(bundle.path, office).roots] == ["yes"]


def test_an_open_draft_is_saved_and_travels_or_stays_when_told(
    field: Session, office: Session, tmp_path: Path
) -> None:
    introduce(field, office)
    made = written(field)
    view = interviews.load(field, made)
    from app.test_interviews import draft

    interviews.save_draft(field, made, draft(Interview(title="W-1", account="typed"), view.base))
    left = sealing.preview(field, [made], [office.info.fingerprint], save_drafts=False)
    assert left.open_drafts == ((made, "W-1"),)
    assert [p.code for p in left.problems] == ["sealing.draft-left-out"]
    bundle = sealed(field, [made], office, tmp_path / "out")
    taking_in.take_in(office, bundle.path)
    assert interviews.load(office, made).body.account == "typed"
    assert interviews.load(field, made).draft is None


def test_recipients_and_senders_must_be_verified_or_accepted_in_words(
    field: Session, office: Session, tmp_path: Path
) -> None:
    contacts.add(field, contacts.own_card(office))
    made = written(field)
    with refused("gate.recipient-unverified"):
        sealed(field, [made], office, tmp_path / "out")
    bundle = sealed(field, [made], office, tmp_path / "out", override="I know this office by its stamp")
    with refused("taking.sender-unknown"):
        taking_in.take_in(office, bundle.path)
    contacts.add(office, contacts.own_card(field))
    with refused("taking.sender-unverified"):
        taking_in.take_in(office, bundle.path)
    assert opening.open_bundle(bundle.path, office).sender_trust == "unverified"
    taken = taking_in.take_in(office, bundle.path, override="met in person")
    assert "taking.overridden" in [p.code for p in taken.problems]
    contacts.revoke(office, field.info.fingerprint, "laptop stolen")
    with refused("taking.sender-revoked"):
        taking_in.take_in(office, bundle.path, override="met in person")
    contacts.revoke(field, office.info.fingerprint, "closed")
    with refused("gate.recipient-revoked"):
        sealed(field, [made], office, tmp_path / "out", override="please")


def test_a_stranger_with_a_known_name_is_told_apart(make: Make, tmp_path: Path) -> None:
    field, office, forger = make("Field 7"), make("Office North", "office"), make("other")
    introduce(field, office)
    forger.close()
    from app.shared import FLOOR, PASSPHRASE
    from cairn.app.kernel import session

    forger, _ = session.create_vault(
        tmp_path / "forger", label="Field 7", role="field", passphrase=PASSPHRASE, cost=FLOOR
    )
    try:
        contacts.add(forger, contacts.own_card(office), contacts.own_words(office))
        bundle = sealed(forger, [written(forger)], office, tmp_path / "out")
    finally:
        forger.close()
    seen = opening.open_bundle(bundle.path, office)
    assert seen.sender_trust == "unknown"
    assert "opening.label-differs" in [p.code for p in seen.problems]
    with refused("taking.sender-unknown"):
        taking_in.take_in(office, bundle.path)


def test_a_bundle_for_someone_else_and_files_that_are_none(
    make: Make, field: Session, office: Session, tmp_path: Path
) -> None:
    introduce(field, office)
    other = make("Third")
    bundle = sealed(field, [written(field)], office, tmp_path / "out")
    with refused("bundle.not-for-us"):
        taking_in.take_in(other, bundle.path)
    with refused("bundle.not-for-us"):
        opening.open_bundle(bundle.path, other)
    assert opening.open_bundle(bundle.path, office.keys.age_identity).sender_trust == "unknown"
    card = tmp_path / "card.contact"
    card.write_bytes(contacts.own_card(field))
    assert opening.look(card).kind == "card"
    with refused("opening.is-card"):
        taking_in.take_in(office, card)
    text = tmp_path / "x.txt"
    text.write_bytes(b"nothing of the kind")
    assert opening.look(text).kind == "unknown"
    with refused("bundle.malformed"):
        taking_in.take_in(office, text)


@pytest.mark.parametrize("place", [0.3, 0.6, 0.999])
def test_a_damaged_bundle_leaves_no_trace(
    field: Session, office: Session, tmp_path: Path, place: float
) -> None:
    introduce(field, office)
    made = written(field)
    files.attach(field, made, io.BytesIO(PICTURE), "photo.png")
    bundle = sealed(field, [made], office, tmp_path / "out")
    data = bytearray(bundle.path.read_bytes())
    data[int(len(data) * place)] ^= 1
    broken = tmp_path / "broken.age"
    broken.write_bytes(data)
    cut = tmp_path / "cut.age"
    cut.write_bytes(bundle.path.read_bytes()[: int(len(data) * place)])
    for path in (broken, cut):
        with pytest.raises(CairnError) as caught:
            taking_in.take_in(office, path)
        assert caught.value.code.startswith("bundle.")
    assert interviews.count(office) == 0 and media_files(office) == []
    assert taking_in.take_in(office, bundle.path).new == 3


def test_cancelling_leaves_nothing_on_either_side(field: Session, office: Session, tmp_path: Path) -> None:
    introduce(field, office)
    made = written(field)
    stop_after = 1_000_000

    def stop(done: int, _total: int | None, /) -> None:
        if done > stop_after:
            raise Cancelled

    with pytest.raises(Cancelled):
        files.attach(field, made, io.BytesIO(PICTURE), "photo.png", progress=stop)
    assert media_files(field) == [] and interviews.load(field, made).files == ()
    files.attach(field, made, io.BytesIO(PICTURE), "photo.png")
    out = tmp_path / "out"
    out.mkdir()
    shown = sealing.preview(field, [made], [office.info.fingerprint])
    with pytest.raises(Cancelled):
        sealing.seal(field, shown, out, stop)
    assert list(out.iterdir()) == [] and sealing.sent(field) == []
    (bundle,) = sealing.seal(field, shown, out)
    with pytest.raises(Cancelled):
        taking_in.take_in(office, bundle.path, progress=stop)
    assert media_files(office) == [] and interviews.count(office) == 0
    with pytest.raises(Cancelled):
        opening.open_bundle(bundle.path, office, stop)


def test_a_full_disk_at_the_office_leaves_nothing(
    field: Session, office: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    introduce(field, office)
    made = written(field)
    files.attach(field, made, io.BytesIO(PICTURE), "photo.png")
    bundle = sealed(field, [made], office, tmp_path / "out")
    from cairn.storage.staging import MediaSink

    real = MediaSink.write
    left = [1_500_000]

    def write(sink: MediaSink, data: bytes) -> int:
        left[0] -= len(data)
        if left[0] < 0:
            raise MachineError("machine.disk-full")
        return real(sink, data)

    monkeypatch.setattr(MediaSink, "write", write)
    with refused("machine.disk-full"):
        taking_in.take_in(office, bundle.path)
    assert media_files(office) == [] and interviews.count(office) == 0
    monkeypatch.undo()
    assert taking_in.take_in(office, bundle.path).new == 3


def test_what_changed_since_the_preview_is_not_sealed(
    field: Session, office: Session, tmp_path: Path
) -> None:
    introduce(field, office)
    made = written(field)
    shown = sealing.preview(field, [made], [office.info.fingerprint])
    interviews.save_note(field, made, None, "written meanwhile")
    with refused("sealing.changed"):
        sealing.seal(field, shown, tmp_path)
    assert list(tmp_path.glob("*.age")) == []


def test_a_copy_is_made_whole_never_over_a_file_and_told_by_the_log(field: Session, tmp_path: Path) -> None:
    from cairn.app.vault import custody

    made = written(field)
    file = files.attach(field, made, io.BytesIO(PICTURE), "photo.png")
    copying.copy_out(field, file.id, tmp_path / "copy.png")
    assert (tmp_path / "copy.png").read_bytes() == PICTURE
    assert custody.entries(field, limit=1)[0].act == "copy-out"
    with refused("machine.exists"):
        copying.copy_out(field, file.id, tmp_path / "copy.png")
    assert sorted(p.name for p in tmp_path.iterdir() if p.is_file()) == ["copy.png"]


def test_nothing_of_an_unknown_senders_bundle_is_parsed_when_it_is_to_be_taken_in(
    field: Session, office: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    contacts.add(field, contacts.own_card(office), contacts.own_words(office))
    bundle = sealed(field, [written(field)], office, tmp_path / "out").path
    with monkeypatch.context() as patch:
        patch.setattr(strict_json, "require", lambda *_: pytest.fail("parsed"))
        with refused("taking.sender-unknown"):
            taking_in.take_in(office, bundle)
    assert taking_in.take_in(office, bundle, override="known by phone").new

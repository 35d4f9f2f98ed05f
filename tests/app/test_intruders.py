"""More of what a contact that lies, or somebody with the folder in hands, can try."""

from __future__ import annotations

import io
from collections.abc import Iterable
from pathlib import Path

import msgspec
import pytest

import begun
from app.forging import Forger
from app.shared import introduce, refused
from app.test_exchange import PICTURE, media_files, sealed, written
from cairn.app.arriving import opening, taking_in
from cairn.app.files import files
from cairn.app.interviews import interviews
from cairn.app.kernel import contacts, revising
from cairn.app.kernel.session import Session
from cairn.app.kernel.views import Problem
from cairn.app.leaving import sealing
from cairn.app.vault import custody, upkeep
from cairn.bundle.writer import BundleMedia
from cairn.crypto.hashes import sha256, sha256_hex
from cairn.model.kinds.attachment import Attachment
from cairn.model.kinds.envelope import decode, encode
from cairn.model.kinds.interview import Interview
from cairn.model.kinds.note import Note
from cairn.storage import contacts as stored
from cairn.storage import exchange, revisions


def edited(s: Session, statement: str) -> None:
    """As if an old page of the database had been put back."""
    connection = s.vault.connect()
    connection.execute(statement)
    connection.close()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE contact SET revoked = NULL, revoked_reason = ''",
        "DELETE FROM contact",
        "UPDATE contact SET card = x'00'",
    ],
)
def test_a_revoked_contact_is_not_trusted_again_by_an_old_page(
    field: Session, office: Session, statement: str
) -> None:
    introduce(field, office)
    made = written(field)
    contacts.revoke(field, office.info.fingerprint, "the laptop was taken")
    edited(field, statement)
    with refused("storage.contact-altered"):
        sealing.preview(field, [made], [office.info.fingerprint])
    with refused("storage.contact-altered"), field.store.read() as reader:
        stored.all(reader)
    # What else is in the vault can still be read.
    assert interviews.rows(field)[0].id == made and interviews.load(field, made).own
    assert "storage.contact-altered" in [problem.code for problem in upkeep.check(field)]


def test_a_contact_that_was_never_verified_is_not_verified_by_an_edit(
    field: Session, office: Session
) -> None:
    contacts.add(field, contacts.own_card(office))
    edited(field, "UPDATE contact SET verified = added")
    with refused("storage.contact-altered"):
        contacts.rows(field)


def test_the_id_of_a_bundle_is_its_senders_own(
    field: Session, office: Session, forger: Forger, tmp_path: Path
) -> None:
    """Whoever has seen a bundle's id can't make the office take the real one for a repetition."""
    introduce(field, office)
    real = sealed(field, [written(field)], office, tmp_path / "out")
    theirs = begun.root(forger.keys)
    one = forger.revision(Interview(title="x"), record=theirs)
    taking_in.take_in_from(office, forger.bundle(office, {theirs: [one]}, bundle_id=real.bundle_id))
    taken = taking_in.take_in(office, real.path)
    assert taken.new == 2 and "taking.already" not in [p.code for p in taken.problems]
    with office.store.read() as reader:
        assert exchange.received(reader, real.bundle_id, field.info.fingerprint) is not None
    entries, before = custody.count(office), media_files(office)
    two = forger.revision(Note("y"), theirs)
    with refused("intake.id-reused"):
        taking_in.take_in_from(office, forger.bundle(office, {theirs: [two]}, 2, bundle_id=real.bundle_id))
    assert (custody.count(office), media_files(office)) == (entries, before)


def test_nothing_hangs_below_what_is_no_interview(office: Session, forger: Forger) -> None:
    """A record whose interview is a note would be in no list, and still be found by a search."""
    made = begun.root(forger.keys)
    note = begun.part(forger.keys, made, "note")
    first = forger.revision(Interview(title="one"), record=made)
    taking_in.take_in_from(
        office, forger.bundle(office, {made: [first, forger.revision(Note("n"), record=note)]})
    )
    below = forger.revision(Note("hidden"), note)
    with refused("intake.record-moved"):
        taking_in.take_in_from(office, forger.bundle(office, {note: [below]}, 2))
    said = decode(below[0])
    with refused("record.malformed"):
        forger.bundle(office, {said.id: [forger.signed(msgspec.structs.replace(said, root=said.id))]})


@pytest.mark.parametrize("size", [-1, 1 << 60])
def test_an_attachment_has_a_size_that_can_be(office: Session, forger: Forger, size: int) -> None:
    made = begun.root(forger.keys)
    first = forger.revision(Interview(title="one"), record=made)
    lie = forger.revision(Attachment(name="x", size=size, sha256="0" * 64), made)
    with refused("record.malformed"):
        forger.bundle(office, {made: [first, lie]})


def test_who_is_revoked_meanwhile_is_not_taken_in(field: Session, office: Session, tmp_path: Path) -> None:
    introduce(field, office)
    bundle = sealed(field, [written(field)], office, tmp_path / "out")

    def progress(_done: int, _total: int | None, /) -> None:
        if contacts.find(office, field.info.fingerprint).trust != "revoked":
            contacts.revoke(office, field.info.fingerprint, "called just now")

    with refused("taking.sender-revoked"):
        taking_in.take_in(office, bundle.path, progress=progress)
    assert interviews.count(office) == 0 and media_files(office) == []


def test_what_is_erased_meanwhile_leaves_no_file(field: Session, office: Session, tmp_path: Path) -> None:
    introduce(field, office)
    made = written(field)
    taking_in.take_in(office, sealed(field, [made], office, tmp_path / "out").path)
    files.attach(field, made, io.BytesIO(PICTURE), "photo.png")
    bundle = sealed(field, [made], office, tmp_path / "out")

    def progress(done: int, total: int | None, /) -> None:
        if total and done > total // 2 and interviews.count(office):
            interviews.erase(office, made, "asked for it")

    taking_in.take_in(office, bundle.path, progress=progress)
    assert interviews.count(office) == 0 and media_files(office) == []
    assert upkeep.check(office) == []


def test_what_a_newer_version_wrote_stays(field: Session, office: Session, tmp_path: Path) -> None:
    """It may have been removed in a way that this version does not know."""
    introduce(field, office)
    made = written(field)
    said = begun.envelope(Note("taken back"), keys=field.keys, root=made, v=2)
    data = encode(msgspec.structs.replace(said, body=msgspec.Raw(b'{"text":"taken back","withdrawn":true}')))
    with field.store.write() as work:
        revisions.put(work, data, field.keys.sign_revision(sha256(data)))
    (one,) = sealing.preview(field, [made], [office.info.fingerprint]).groups[0].interviews
    assert [(stay.kind, stay.code) for stay in one.stays] == [("note", "gate.newer")]
    assert {leaf.kind for leaf in one.leaves} == {"interview", "consent"}


def test_very_many_versions_of_one_record_are_refused(office: Session, forger: Forger) -> None:
    made = begun.root(forger.keys)
    lies = [forger.revision(Interview(title=str(n)), record=made) for n in range(65)]
    with refused("bundle.too-big"):
        forger.bundle(office, {made: lies}, careful=True)
    with refused("intake.too-much"):
        taking_in.take_in_from(office, forger.bundle(office, {made: lies}))


def test_a_files_name_from_elsewhere_is_shown_without_tricks(
    office: Session, forger: Forger, tmp_path: Path
) -> None:
    made, name = begun.root(forger.keys), "../../.profile\u202egnp.exe"
    first = forger.revision(Interview(title="one"), record=made)
    file = forger.revision(Attachment(name=name, size=1, sha256="0" * 64), made)
    bundle = tmp_path / "b.age"
    bundle.write_bytes(forger.bundle(office, {made: [first, file]}).getvalue())
    (seen,) = opening.open_bundle(bundle, office).roots
    taking_in.take_in(office, bundle)
    (held,) = interviews.load(office, made).files
    for shown in (seen.files[0].name, held.name):
        assert "/" not in shown and "\u202e" not in shown and not shown.startswith(".")


class _Plain:
    """Bytes in memory, as the writer of a bundle reads them."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self.size = len(data)

    def read_at(self, offset: int, length: int, /) -> bytes:
        return self._data[offset : offset + length]

    def close(self) -> None:
        pass


@pytest.mark.parametrize("lie", ["other bytes", "shorter", "longer", "a note", "nobody", "another interview"])
def test_a_file_that_is_not_the_one_its_record_names_refuses_the_whole_bundle(
    office: Session, forger: Forger, lie: str
) -> None:
    """Signed, whole and listed rightly in itself: only the record and the bytes don't belong together."""
    made, beside = begun.root(forger.keys), begun.root(forger.keys)
    file = begun.part(forger.keys, made, "attachment")
    note = begun.part(forger.keys, made, "note")
    data = {"other bytes": PICTURE[::-1], "shorter": PICTURE[:-1], "longer": PICTURE + b"x"}.get(lie, PICTURE)
    body = Attachment(name="x.png", size=len(PICTURE), sha256=sha256_hex(PICTURE), type="image/png")
    parts = {
        made: [
            forger.revision(Interview(title="one"), record=made),
            forger.revision(body, record=file),
            forger.revision(Note("n"), record=note),
        ],
        beside: [forger.revision(Interview(title="two"), record=beside)],
    }
    record = {"a note": note, "nobody": begun.part(forger.keys, made, "attachment")}.get(lie, file)
    entry = BundleMedia(
        record=record,
        root=beside if lie == "another interview" else made,
        sha256=sha256_hex(data),
        size=len(data),
        open=lambda: _Plain(data),
    )
    bundle = forger.bundle(office, parts, media=[entry])
    before = custody.count(office)
    with refused("taking.media-mixed"):
        taking_in.take_in_from(office, bundle)
    assert (interviews.count(office), custody.count(office), media_files(office)) == (0, before, [])


def squatted(field: Session, forger: Forger) -> tuple[str, tuple[bytes, bytes]]:
    """An interview of the field's, and a first version of it that somebody else made and signed."""
    made = written(field)
    with field.store.read() as reader:
        head = revising.current(reader, made)
    assert head is not None
    begun.remember(head.envelope)
    return made, forger.revision(Interview(title="mine"), record=made)


def squatters(problems: Iterable[Problem]) -> list[tuple[object, object]]:
    return [(p.values["device"], p.values["owner"]) for p in problems if p.code == "intake.squatted"]


def test_who_took_the_id_of_anothers_interview_is_named_when_the_true_one_arrives(
    field: Session, office: Session, forger: Forger, tmp_path: Path
) -> None:
    introduce(field, office)
    made, lie = squatted(field, forger)
    first = taking_in.take_in_from(office, forger.bundle(office, {made: [lie]}))
    assert squatters(first.problems) == []
    path = sealed(field, [made], office, tmp_path / "out").path
    assert squatters(opening.open_bundle(path, office).problems) == [("Field 9", "Field 7")]
    taken = taking_in.take_in(office, path)
    assert squatters(taken.problems) == [("Field 9", "Field 7")]
    # The true one counts; the other's word waits beside it.
    assert interviews.load(office, made).body.title == "W-1"


def test_who_takes_it_afterwards_is_named_too_and_who_only_proposes_is_not(
    field: Session, office: Session, forger: Forger, tmp_path: Path
) -> None:
    introduce(field, office)
    made, lie = squatted(field, forger)
    taking_in.take_in(office, sealed(field, [made], office, tmp_path / "out").path)
    with office.store.read() as reader:
        head = revising.current(reader, made)
    assert head is not None
    proposal = forger.revision(Interview(title="better"), record=made, parents=[head.sha])
    assert squatters(taking_in.take_in_from(office, forger.bundle(office, {made: [proposal]})).problems) == []
    again = taking_in.take_in_from(office, forger.bundle(office, {made: [lie]}, seq=2))
    assert squatters(again.problems) == [("Field 9", "Field 7")]
    assert interviews.load(office, made).body.title == "W-1"

"""What would refuse a bundle, and what its sender should not have sent, is said by opening it already."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import begun
from app.forging import Forger
from app.shared import PASSPHRASE, introduce, refused
from app.test_exchange import sealed, written
from cairn.app.arriving import opening, taking_in
from cairn.app.kernel import contacts, session
from cairn.app.kernel.session import Session
from cairn.errors import CairnError
from cairn.model.exchange import Stub
from cairn.model.kinds.interview import Interview
from cairn.model.kinds.note import Note
from cairn.model.kinds.recording import Recording
from cairn.model.kinds.transcript import Paragraph, Transcript
from cairn.model.values import Span

FALSE = "SHA256:" + "A" * 43
HASH = "ab" * 32


def kept(
    forger: Forger, office: Session, folder: Path, parts: dict[str, list[tuple[bytes, bytes]]], **more: object
) -> Path:
    path = folder / "x.age"
    path.write_bytes(forger.bundle(office, parts, **more).getvalue())  # type: ignore[arg-type]
    return path


LIES = [
    "foreign-author",
    "signature-wrong",
    "own-signature",
    "record-moved",
    "parent-foreign",
    "root-missing",
]


@pytest.mark.parametrize("what", LIES)
def test_opening_says_what_taking_in_would(
    field: Session, office: Session, forger: Forger, tmp_path: Path, what: str
) -> None:
    introduce(field, office)
    root = begun.root(forger.keys)
    good = forger.revision(Interview(title="good"), root, root)
    stubs: list[Stub] = []
    parts = [good]
    if what == "foreign-author":
        parts.append(forger.revision(Note(text="x"), root, device=FALSE))
    elif what == "signature-wrong":
        parts.append(forger.revision(Note(text="x"), root, device=field.info.fingerprint))
    elif what == "own-signature":
        parts.append(forger.revision(Note(text="x"), root, signer=Forger.of("z").keys))
    elif what == "record-moved":
        lie = forger.revision(Note(text="x"), root, parents=[HASH])
        stubs = [Stub(_id(lie), HASH, "recording")]
        parts.append(lie)
    elif what == "parent-foreign":
        first = forger.revision(Note(text="a"), root)
        parts += [first, forger.revision(Note(text="b"), root, parents=[_name(first)])]
    else:
        parts = [forger.revision(Note(text="alone"), root)]
    path = kept(forger, office, tmp_path, {root: parts}, stubs=stubs)
    seen = opening.open_bundle(path, office)
    assert seen.whole and seen.signed and seen.refusal is not None
    with pytest.raises(CairnError) as caught:
        taking_in.take_in(office, path)
    assert (seen.refusal.code, seen.refusal.exit_code) == (caught.value.code, caught.value.exit_code)
    expected = "signature-wrong" if what == "own-signature" else what
    assert seen.refusal.code == f"intake.{expected}"
    # Without the vault, what needs none.
    alone = opening.open_bundle(path, office.keys.age_identity).refusal
    known = what in ("own-signature", "record-moved", "parent-foreign")
    assert (alone.code if alone is not None else "") == (seen.refusal.code if known else "")


def _id(made: tuple[bytes, bytes]) -> str:
    from cairn.model.kinds.envelope import decode

    return decode(made[0]).id


def _name(made: tuple[bytes, bytes]) -> str:
    from cairn.crypto.hashes import sha256_hex

    return sha256_hex(made[0])


def test_a_revoked_sender_is_refused_already(field: Session, office: Session, tmp_path: Path) -> None:
    introduce(field, office)
    path = sealed(field, [written(field)], office, tmp_path / "out").path
    assert opening.open_bundle(path, office).refusal is None
    contacts.revoke(office, field.info.fingerprint, "lost")
    refusal = opening.open_bundle(path, office).refusal
    assert refusal is not None and (refusal.code, refusal.exit_code) == ("taking.sender-revoked", 3)


def test_whom_a_person_may_accept_is_not_refused(field: Session, office: Session, tmp_path: Path) -> None:
    contacts.add(field, contacts.own_card(office), contacts.own_words(office))
    path = sealed(field, [written(field)], office, tmp_path / "out").path
    assert opening.open_bundle(path, office).refusal is None
    contacts.add(office, contacts.own_card(field))
    assert opening.open_bundle(path, office).refusal is None


def test_two_vaults_that_count_under_one_name(field: Session, office: Session, tmp_path: Path) -> None:
    introduce(field, office)
    made = written(field)
    folder = field.info.folder
    field.close()
    shutil.copytree(folder, tmp_path / "copy")
    one = session.open_vault(folder, PASSPHRASE)
    try:
        first = sealed(one, [made], office, tmp_path / "one")
    finally:
        one.close()
    other = session.open_vault(tmp_path / "copy", PASSPHRASE)
    try:
        second = sealed(other, [made], office, tmp_path / "two")
    finally:
        other.close()
    taking_in.take_in(office, first.path)
    seen = opening.open_bundle(second.path, office)
    assert [(p.code, p.values) for p in seen.problems if p.code == "intake.doubled"] == [
        ("intake.doubled", {"seq": 1})
    ]
    if seen.refusal is None:
        assert "intake.doubled" in [p.code for p in taking_in.take_in(office, second.path).problems]
    else:
        with refused(seen.refusal.code):
            taking_in.take_in(office, second.path)
    # The very same bundle again is no double.
    assert "intake.doubled" not in [p.code for p in opening.open_bundle(first.path, office).problems]


def test_what_must_not_be_sent_is_told(office: Session, forger: Forger, tmp_path: Path) -> None:
    root = begun.root(forger.keys)
    sound = forger.revision(
        Recording(name="talk.opus", size=3, sha256=HASH, duration=9000, excluded=[Span(1000, 2000)]), root
    )
    record = _id(sound)
    parts = [
        forger.revision(Interview(title="W-1"), root, root),
        sound,
        forger.revision(Recording(name="copy.opus", size=3, sha256=HASH, duration=9000, of=record, master=HASH,
                                  kept=[Span(0, 9000)]), root),
        forger.revision(Recording(name="cut.opus", size=3, sha256=HASH, duration=1000, of=record, master=HASH,
                                  kept=[Span(0, 1000)], source="cut"), root),
        forger.revision(Note(text="meant for me", off=True), root),
        forger.revision(Note(text="in it", recording=record, at=1500), root),
        forger.revision(Note(text="beside it", recording=record, at=7000), root),
        forger.revision(Transcript(recording=record, language="ko",
                                   paragraphs=[Paragraph(start=1200, end=1800, text="words")]), root),
        forger.revision(Note(removed=True), root),
    ]  # fmt: skip
    path = kept(forger, office, tmp_path, {root: parts})
    for seen in (opening.open_bundle(path, office), opening.open_bundle(path, office.keys.age_identity)):
        told = {p.code: p.values for p in seen.problems}
        assert seen.refusal is None
        assert told["intake.off-record"]["count"] == 5 and told["intake.removed"]["count"] == 1
        names = str(told["intake.off-record"]["names"])
        assert "talk.opus" in names and "meant for me" in names and "beside it" not in names
        assert "cut.opus" not in names
    taken = taking_in.take_in(office, path)
    assert {"intake.off-record", "intake.removed"} <= {p.code for p in taken.problems}


def test_what_is_off_the_record_here_is_so_in_what_comes(
    office: Session, forger: Forger, tmp_path: Path
) -> None:
    root = begun.root(forger.keys)
    sound = forger.revision(
        Recording(name="talk.opus", size=3, sha256=HASH, duration=9000, excluded=[Span(1000, 2000)]), root
    )
    whole = forger.revision(Interview(title="W-1"), root, root)
    taking_in.take_in_from(office, forger.bundle(office, {root: [whole, sound]}))
    late = forger.revision(Note(text="later", recording=_id(sound), at=1500), root)
    path = tmp_path / "late.age"
    path.write_bytes(forger.bundle(office, {root: [late]}, 2).getvalue())
    (told,) = [p for p in opening.open_bundle(path, office).problems if p.code == "intake.off-record"]
    assert told.values == {"count": 1, "names": "later"}

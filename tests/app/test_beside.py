"""Where several versions hold beside each other, each of them counts: the strictest decides, and all are followed."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from app.shared import introduce, refused
from app.test_exchange import PICTURE, SHARE, sealed, written
from cairn.app.arriving import taking_in
from cairn.app.consent import consent
from cairn.app.files import files
from cairn.app.interviews import interviews
from cairn.app.kernel import revising
from cairn.app.kernel.session import Session
from cairn.app.leaving import copying, sealing
from cairn.model.agreement import Consent, agreed_to
from cairn.model.kinds import attachment as attachment_kind
from cairn.model.kinds import note as note_kind
from cairn.model.kinds import registry
from cairn.model.kinds.attachment import Attachment
from cairn.model.kinds.kind import Body
from cairn.model.kinds.note import Note


def beside(s: Session, interview: str, body: Body, record: str = "") -> str:
    """A version that holds beside those that hold already, as a device that was restored writes it; the record."""
    with s.store.write() as work:
        before = revising.versions(work, record) if record else []
        made, _ = revising.write(
            s,
            work,
            body,
            root=interview,
            record=record,
            parents=[before[0].sha] if before else [],
        )
    return made


def standing(s: Session, record: str) -> list[revising.Version]:
    with s.store.read() as reader:
        return [head for head in revising.heads(reader, record) if head.state == revising.CURRENT]


def stays(s: Session, interview: str, to: Session) -> set[tuple[str, str]]:
    (shown,) = sealing.preview(s, [interview], [to.info.fingerprint]).groups[0].interviews
    assert not {x.record for x in shown.leaves} & {x.record for x in shown.stays}
    return {(each.record, each.code) for each in shown.stays}


@pytest.fixture
def made(field: Session, office: Session) -> str:
    introduce(field, office)
    return written(field)


@pytest.mark.parametrize("removed_first", [True, False])
def test_a_note_that_one_of_two_versions_removes_stays(
    field: Session, office: Session, made: str, removed_first: bool, tmp_path: Path
) -> None:
    note = interviews.save_note(field, made, None, "her sister's name")
    for removed in (True, False) if removed_first else (False, True):
        beside(field, made, Note(text="her sister's name", removed=removed), note)
    assert [head.body.removed for head in standing(field, note)] == [not removed_first, removed_first]  # type: ignore[union-attr]
    assert stays(field, made, office) == {(note, "gate.removed")}
    taking_in.take_in(office, sealed(field, [made], office, tmp_path / "out").path)
    assert interviews.load(office, made).notes == ()


@pytest.mark.parametrize("removed_first", [True, False])
def test_a_file_that_one_of_two_versions_removes_stays_and_is_not_copied(
    field: Session, office: Session, made: str, removed_first: bool, tmp_path: Path
) -> None:
    file = files.attach(field, made, io.BytesIO(PICTURE), "photo.png").id
    (head,) = standing(field, file)
    assert isinstance(head.body, Attachment)
    for removed in (True, False) if removed_first else (False, True):
        changed = msgspec.structs.replace(head.body, removed=removed)
        beside(field, made, changed, file)
    assert len(standing(field, file)) == 2
    assert stays(field, made, office) == {(file, "gate.removed")}
    assert copying.preview(field, file).refused == "gate.removed"
    with refused("gate.removed"):
        copying.copy_out(field, file, tmp_path / "photo.png")
    assert not (tmp_path / "photo.png").exists()


@pytest.mark.parametrize("newer_first", [True, False])
def test_what_a_newer_version_says_beside_a_known_one_stays(
    field: Session,
    office: Session,
    made: str,
    newer_first: bool,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    note = interviews.save_note(field, made, None, "ask about the bridge")
    file = files.attach(field, made, io.BytesIO(PICTURE), "photo.png").id
    (head,) = standing(field, file)
    assert isinstance(head.body, Attachment)
    for newer in (True, False) if newer_first else (False, True):
        with monkeypatch.context() as patch:
            if newer:
                for kind in (note_kind.KIND, attachment_kind.KIND):
                    patch.setitem(registry._KINDS, kind.name, replace(kind, version=99))
                    patch.setitem(registry._OF_TYPE, kind.type, replace(kind, version=99))
            beside(field, made, Note(text="ask about the bridge"), note)
            beside(field, made, head.body, file)
    assert [h.body is None for h in standing(field, note)] == [not newer_first, newer_first]
    assert stays(field, made, office) == {(note, "gate.newer"), (file, "gate.newer")}
    assert copying.preview(field, file).refused == "gate.newer"
    # Where the version to show isn't understood, not even the name of its bytes is known.
    with refused("gate.newer" if newer_first else "interview.newer"):
        copying.copy_out(field, file, tmp_path / "photo.png")
    assert not (tmp_path / "photo.png").exists()


@pytest.mark.parametrize("how", ["two records", "two versions of one"])
def test_a_new_consent_follows_every_one_that_holds(
    field: Session, office: Session, made: str, how: str
) -> None:
    first = consent.get(field, made).record
    if how == "two records":
        beside(field, made, agreed_to(choice="keep"))
    else:
        for agreed in (SHARE, agreed_to(choice="keep")):
            beside(field, made, agreed, first)
    assert consent.get(field, made).conflict
    shown = sealing.preview(field, [made], [office.info.fingerprint])
    assert not shown.ready and "gate.keep-only" in [problem.code for problem in shown.problems]
    # Whoever asks again hears one answer, and it holds alone: the stricter one is not left to go on beside it...
    consent.set_consent(field, made, SHARE)
    assert sealing.preview(field, [made], [office.info.fingerprint]).ready
    # ...and a consent that is taken back is taken back in all of them.
    consent.set_consent(field, made, agreed_to(choice="nothing"))
    with field.store.read() as reader:
        held = revising.root_heads(reader, made, ["consent"]).values()
    bodies = [head.body for heads in held for head in heads]
    assert bodies and all(isinstance(each, Consent) and each.choice == "nothing" for each in bodies)

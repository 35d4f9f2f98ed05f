"""Interviews: drafts, versions, finalising, notes, erasure, and what a reopened vault still knows."""

from __future__ import annotations

import io
from pathlib import Path

import msgspec
import pytest

from app.shared import FLOOR, PASSPHRASE, Make, refused
from cairn.app.consent import consent
from cairn.app.files import files
from cairn.app.interviews import interviews, search
from cairn.app.kernel import revising, session
from cairn.app.kernel.session import Session
from cairn.model.agreement import agreed_to
from cairn.model.drafts import Draft
from cairn.model.kinds.interview import Interview
from cairn.storage.lists import Filter


def draft(body: Interview, base: str | None = None) -> Draft:
    return Draft(base=base, body=msgspec.Raw(msgspec.json.encode(body)), composing="가", cursor=3)


def test_a_draft_is_listed_saved_and_still_there_after_locking(make: Make) -> None:
    s = make("one")
    made = interviews.create(s, title="W-1")
    typed = draft(Interview(title="W-1", account="국경을 넘었"))
    interviews.save_draft(s, made, typed)
    folder = s.info.folder
    s.close()
    s.close()
    again = session.open_vault(folder, PASSPHRASE)
    try:
        view = interviews.load(again, made)
        assert view.draft == typed and view.base is None and view.own and not view.final
        assert [(r.title, r.state) for r in interviews.rows(again)] == [("W-1", "draft")]
        assert again.info.fingerprint == s.info.fingerprint and again.info.label == "one"
    finally:
        again.close()


def test_versions_differences_and_nothing_changed(field: Session) -> None:
    made = interviews.create(field, title="W-1")
    first = interviews.save_version(field, made)
    assert interviews.save_version(field, made) == first
    interviews.save_draft(field, made, draft(Interview(title="W-1", account="a red kite"), first))
    second = interviews.save_version(field, made)
    third = interviews.save_version(field, made, Interview(title="W-1", account="a green kite"))
    view = interviews.load(field, made)
    assert view.body.account == "a green kite" and view.base == third and view.draft is None
    assert [v.sha for v in interviews.history(field, made)] == [third, second, first]
    assert [v.what for v in interviews.history(field, made)] == ["changed", "changed", "created"]
    (change,) = interviews.difference(field, second, third)
    assert change.pieces == (("same", "a "), ("gone", "red"), ("new", "green"), ("same", " kite"))
    assert [c.field for c in interviews.difference(field, None, second)] == ["title", "account"]


def test_a_finalised_interview_is_corrected_with_a_reason_and_never_unfinalised(field: Session) -> None:
    made = interviews.create(field, title="W-1")
    interviews.save_version(field, made)
    final = interviews.finalise(field, made)
    assert interviews.finalise(field, made) == final
    assert interviews.rows(field)[0].state == "final"
    changed = Interview(title="W-1", summary="more")
    for refusal in (
        lambda: interviews.save_version(field, made, changed),
        lambda: interviews.save_note(field, made, None, "a note"),
        lambda: files.attach(field, made, io.BytesIO(b"x"), "x.txt"),
    ):
        with refused("interview.reason-needed"):
            refusal()
    with refused("interview.reason-needed"):
        interviews.save_version(field, made, changed, reason="  ")
    interviews.save_version(field, made, changed, reason="read back, corrected")
    view = interviews.load(field, made)
    assert view.final and view.body.summary == "more"
    assert [version.what for version in interviews.history(field, made)] == [
        "corrected",
        "finalised",
        "created",
    ]
    with field.store.read() as reader:
        assert [head.envelope.final for head in revising.heads(reader, made)] == [True]
    # A withdrawal is never held up.
    consent.set_consent(field, made, agreed_to(choice="nothing"))
    assert consent.get(field, made).choice == "nothing"


def test_notes_are_written_changed_and_removed(field: Session) -> None:
    made = interviews.create(field, title="W-1")
    note = interviews.save_note(field, made, None, "ask about the bridge")
    assert interviews.save_note(field, made, note, "ask about the bridge") == note
    interviews.save_note(field, made, note, "ask about the old bridge")
    (shown,) = interviews.load(field, made).notes
    assert (shown.id, shown.text, shown.removed, shown.device_label) == (
        note,
        "ask about the old bridge",
        False,
        "",
    )
    interviews.remove_note(field, note)
    assert interviews.load(field, made).notes[0].removed
    assert search.search(field, "bridge") == []


def test_search_finds_two_syllables_of_a_korean_word(field: Session) -> None:
    made = interviews.create(field, title="W-1")
    interviews.save_version(field, made, Interview(title="W-1", account="두만강국경초소를 지났다"))
    (hit,) = search.search(field, "국경")
    assert (hit.interview_id, hit.title, hit.field) == (made, "W-1", "account")
    assert ("국경", True) in hit.snippet
    assert (
        interviews.count(field, Filter(words="국경")) == 1
        and interviews.count(field, Filter(words="바다")) == 0
    )


def test_erasing_leaves_a_tombstone_and_no_word(field: Session) -> None:
    made = interviews.create(field, title="W-1")
    interviews.save_version(field, made, Interview(title="W-1", account="erase me"))
    files.attach(field, made, io.BytesIO(b"erase me too"), "x.txt")
    with refused("interview.erase-reason"):
        interviews.erase(field, made, " ")
    interviews.erase(field, made, "asked for it")
    assert interviews.rows(field) == [] and search.search(field, "erase") == []
    assert not list(field.vault.media_folder.rglob("*.cob"))
    with refused("interview.unknown"):
        interviews.load(field, made)
    with refused("interview.unknown"):
        interviews.erase(field, made, "twice")


def test_creating_a_vault_that_is_refused_leaves_nothing(tmp_path: Path) -> None:
    for label, role, code in (
        ("", "field", "session.label-empty"),
        ("x" * 100, "field", "session.label-too-long"),
        ("x", "boss", "session.role-unknown"),
    ):
        with refused(code):
            session.create_vault(tmp_path / "v", label=label, role=role, passphrase=PASSPHRASE)
    assert list(tmp_path.iterdir()) == []


def test_a_forgotten_passphrase_is_replaced_with_the_recovery_words(tmp_path: Path) -> None:
    made, words = session.create_vault(
        tmp_path / "v", label="one", role="field", passphrase=PASSPHRASE, cost=FLOOR
    )
    made.close()
    assert len(words) == 24
    with refused("vault.wrong-passphrase"):
        session.open_vault(tmp_path / "v", "not this one")
    again = session.open_with_words(tmp_path / "v", words)
    session.set_passphrase(again, "another calm phrase", cost=FLOOR)
    again.close()
    session.open_vault(tmp_path / "v", "another calm phrase").close()


@pytest.mark.parametrize("name", ["", "   "])
def test_a_file_needs_a_name(field: Session, name: str) -> None:
    made = interviews.create(field)
    with refused("file.name-empty"):
        files.attach(field, made, io.BytesIO(b"x"), name)


def test_a_folder_that_is_gone_or_no_vault_is_named(tmp_path: Path, field: Session) -> None:
    with refused("machine.gone"):
        session.open_vault(tmp_path / "nowhere", PASSPHRASE)
    (tmp_path / "empty").mkdir()
    with refused("vault.not-a-vault"):
        session.open_vault(tmp_path / "empty", PASSPHRASE)
    with refused("vault.in-use"):
        session.open_vault(field.info.folder, PASSPHRASE)


def test_an_interview_of_a_newer_version_is_read_only_and_keeps_its_bytes(field: Session) -> None:
    from cairn.crypto.hashes import sha256
    from cairn.model.kinds.envelope import encode
    from cairn.storage import revisions

    made = interviews.create(field, title="W-1")
    base = interviews.save_version(field, made)
    with field.store.read() as reader:
        said = revising.version(reader, base).envelope
    newer = msgspec.structs.replace(
        said, v=said.v + 1, parents=[base], body=msgspec.Raw(b'{"title":{"ko":"W-1"}}')
    )
    data = encode(newer)
    with field.store.write() as work:
        sha = revisions.put(work, data, field.keys.sign_revision(sha256(data)))
    view = interviews.load(field, made)
    assert view.read_only == "interview.newer" and view.base == sha
    for refusal in (
        lambda: interviews.save_version(field, made, Interview(title="W-2")),
        lambda: interviews.save_note(field, made, None, "note"),
        lambda: interviews.difference(field, base, sha),
    ):
        with refused("interview.newer"):
            refusal()
    with field.store.read() as reader:
        assert revisions.get(reader, sha).data == data

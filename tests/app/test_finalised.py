"""What finalising promises to whoever asks the vault: it is closed, and what is told of it was true when it was told."""

from __future__ import annotations

from pathlib import Path

import msgspec

from app import sounds
from app.shared import Make, introduce, refused
from cairn.app.arriving import taking_in
from cairn.app.consent import consent
from cairn.app.interviews import interviews
from cairn.app.kernel.session import Session
from cairn.app.leaving import sealing
from cairn.app.sound import recording_lifecycle
from cairn.app.vault import custody
from cairn.audio.recorder import Recorder
from cairn.model.agreement import agreed_to
from cairn.model.drafts import Draft
from cairn.model.kinds.interview import Interview


def closed(s: Session, title: str = "W-1") -> str:
    made = interviews.create(s, title=title)
    interviews.save_version(s, made, Interview(title=title, account="As told."))
    consent.set_consent(s, made, agreed_to(choice="share"))
    interviews.finalise(s, made)
    return made


def retitle(s: Session, interview: str, title: str) -> None:
    base = interviews.load(s, interview).base
    body = Interview(title=title, account="Typed over.")
    interviews.save_draft(s, interview, Draft(base, msgspec.Raw(msgspec.json.encode(body))))


def said(s: Session, interview: str) -> list[str]:
    """The titles in the custody log, oldest first."""
    return [one.what for one in reversed(custody.entries(s)) if one.interview == interview]


def test_it_is_frozen_until_something_of_it_is_typed(field: Session) -> None:
    made = closed(field)
    view = interviews.load(field, made)
    assert view.frozen and view.fixed and not view.unsaved
    retitle(field, made, "W-900")
    view = interviews.load(field, made)
    assert view.final and not view.fixed and view.unsaved == {"interview"}
    (row,) = interviews.rows(field)
    assert row.state == "final" and row.unsaved
    interviews.discard_draft(field, made)
    assert interviews.load(field, made).frozen and not interviews.rows(field)[0].unsaved


def test_the_log_calls_it_what_it_was_called_then(field: Session) -> None:
    made = closed(field)
    before = said(field, made)
    assert set(before) == {"W-1"}
    retitle(field, made, "W-900")
    assert said(field, made) == before, "a draft is no statement"
    interviews.save_version(field, made, reason="misheard")
    assert said(field, made) == [*before, "W-900"]
    interviews.save_note(field, made, None, "why", "remembered")
    assert said(field, made) == [*before, "W-900", "W-900"]


def test_what_was_sealed_is_called_what_it_was_called_then(make: Make, tmp_path: Path) -> None:
    field, office = make("Field 7"), make("Office North", "office")
    introduce(field, office)
    made = closed(field)
    retitle(field, made, "W-900")
    preview = sealing.preview(field, [made], [office.keys.fingerprint])
    assert [one.title for group in preview.groups for one in group.interviews] == ["W-1"]
    assert preview.corrections == ((made, "W-1"),) and not preview.open_drafts
    assert [p.code for p in preview.problems] == ["sealing.draft-left-out"]
    (sealed,) = sealing.seal(field, preview, tmp_path)
    assert interviews.load(field, made).draft is not None, "nothing was saved that was not said"
    taken = taking_in.take_in(office, sealed.path)
    assert taken.roots[0].title == "W-1" and interviews.load(office, made).frozen

    sealing.save_corrections(field, preview, "misheard")
    assert sealing.sent(field)[0].interviews == ((made, "W-1"),)
    preview = sealing.preview(field, [made], [office.keys.fingerprint])
    assert not preview.corrections and not preview.problems
    again = tmp_path / "again"
    again.mkdir()
    (sealed,) = sealing.seal(field, preview, again)
    taking_in.take_in(office, sealed.path)
    view = interviews.load(office, made)
    assert view.body.title == "W-900" and view.frozen
    assert interviews.history(office, made)[0].reason == "misheard"


def test_a_correction_without_a_reason_is_none(make: Make) -> None:
    field, office = make("Field 7"), make("Office North", "office")
    introduce(field, office)
    made = closed(field)
    retitle(field, made, "W-900")
    preview = sealing.preview(field, [made], [office.keys.fingerprint])
    with refused("interview.reason-needed"):
        sealing.save_corrections(field, preview, "  ")
    assert interviews.load(field, made).body.title == "W-1"


def test_what_is_being_recorded_is_not_finalised(field: Session) -> None:
    made = interviews.create(field, title="W-1")
    recorder = Recorder(recording_lifecycle.begin(field, made).journal)
    recorder.feed(sounds.tone(500))
    try:
        with refused("recording.under-way"):
            interviews.finalise(field, made)
    finally:
        recorder.stop()
    assert not interviews.load(field, made).final


def test_what_is_typed_can_be_compared(field: Session) -> None:
    made = closed(field)
    retitle(field, made, "W-900")
    (typed,) = interviews.typed(field, made)
    assert (typed.what, typed.state, typed.kind) == ("typed", "draft", "interview")
    changes = {one.field: one.pieces for one in interviews.typed_difference(field, made, typed.record)}
    assert set(changes) == {"title", "account"}
    interviews.discard_draft(field, made)
    assert not interviews.typed(field, made) and not interviews.typed_difference(field, made, typed.record)

"""A kind of record is one file: registered and nothing else changed, it is kept, shown, sent and taken in."""

from __future__ import annotations

import io
import tarfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec
import pytest

import begun
from app import sounds
from app.forging import Forger, seen, stranger
from app.shared import PASSPHRASE, introduce, refused
from app.test_exchange import sealed, written
from app.throwaway import KIND, Throwaway
from cairn.app.arriving import opening, taking_in
from cairn.app.consent import consent
from cairn.app.interviews import interviews, search
from cairn.app.kernel import contacts, record_drafts, revising, session
from cairn.app.kernel.session import Session
from cairn.app.kernel.views import Problem
from cairn.app.leaving import choosing, sealing
from cairn.app.sound import recordings
from cairn.app.vault import custody, upkeep
from cairn.cli import bundles
from cairn.crypto.age import AgeReader
from cairn.crypto.hashes import sha256_hex
from cairn.model.agreement import agreed_to
from cairn.model.drafts import Draft
from cairn.model.kinds import registry
from cairn.model.kinds.interview import Interview
from cairn.model.kinds.kind import Authority, Kind, Scope
from cairn.model.values import Span


class Remark(Throwaway):
    """What somebody coded beside what others wrote."""


class Leaflet(Throwaway):
    """Something of a library."""


class Judgement(Throwaway):
    """What an office thinks about interviews."""


LAYER = replace(KIND, name="remark", type=Remark, authority=Authority.LAYER, freezes=False)
LIBRARY = replace(KIND, name="leaflet", type=Leaflet, scope=Scope.LIBRARY, is_root=True, part="none")
OFFICE = replace(KIND, name="judgement", type=Judgement, scope=Scope.OFFICE, is_root=True, part="none")


@pytest.fixture(autouse=True)
def kinds() -> Iterator[None]:
    with (
        registry.with_kind(KIND),
        registry.with_kind(LAYER),
        registry.with_kind(LIBRARY),
        registry.with_kind(OFFICE),
    ):
        yield


def save(
    s: Session, body: Throwaway, root: str = "", record: str = "", reason: str = "", about: str = ""
) -> tuple[str, str]:
    """A version of a record, on what holds; its record and hash. What was typed of it is gone with that."""
    kind = registry.of_body(body)
    with s.store.write() as work:
        heads = revising.heads(work, record) if record else []
        made, sha = revising.write(
            s,
            work,
            body,
            root=root,
            record=record,
            parents=[head.sha for head in heads if head.state == revising.CURRENT],
            reason=reason,
            about=[about] if about else [],
        )
        record_drafts.settled(work, root or made, kind.name)
    return made, sha


def heads(s: Session, root: str, kind: Kind[Any] = KIND) -> list[tuple[str, Any]]:
    """(state, body) of every head of a root's records of a kind."""
    with s.store.read() as reader:
        found = revising.root_heads(reader, root, [kind.name])
    return [(head.state, head.body) for each in found.values() for head in each]


def typed(body: Throwaway, base: str | None = None) -> Draft:
    return Draft(base=base, body=msgspec.Raw(msgspec.json.encode(body)))


def page(s: Session, bundle: bytes) -> str:
    """The README.html of a bundle, as `age` and `tar` give it."""
    opened = AgeReader(io.BytesIO(bundle), [s.keys.age_identity]).read(-1)
    with tarfile.open(fileobj=io.BytesIO(opened)) as tar:
        file = tar.extractfile("bundle/data/README.html")
        assert file is not None
        return file.read().decode()


def told(s: Session, record: str) -> list[tuple[str, object]]:
    """(act, kind) of what the custody log tells of a record, oldest first."""
    with s.store.read() as reader:
        newest = [payload for _, payload in reader.custody.newest(1000) if payload is not None]
    return [(p.act, p.detail.get("kind")) for p in reversed(newest) if p.obj == record]


def test_a_new_kind_is_drafted_saved_and_still_there_after_locking(field: Session) -> None:
    made = written(field)
    record = revising.begin(field, "throwaway", made)
    draft = typed(Throwaway(name="a boat", text="가라앉은 배"))
    record_drafts.save(field, made, "throwaway", record, draft)
    folder = field.info.folder
    field.close()
    again = session.open_vault(folder, PASSPHRASE)
    try:
        with again.store.read() as reader:
            found = record_drafts.read(reader, made, "throwaway")
        assert found is not None and (found.record, found.draft) == (record, draft)
        body = msgspec.json.decode(bytes(found.draft.body), type=Throwaway)
        assert save(again, body, made, record)[0] == record
        with again.store.read() as reader:
            assert record_drafts.read(reader, made, "throwaway") is None
        assert heads(again, made) == [("current", body)]
        assert upkeep.check(again) == []
    finally:
        again.close()


def test_a_draft_of_a_new_kind_goes_with_an_interview_that_never_was(field: Session) -> None:
    made = interviews.create(field, title="W-1")
    record = revising.begin(field, "throwaway", made)
    record_drafts.save(field, made, "throwaway", record, typed(Throwaway(name="a boat")))
    interviews.discard_draft(field, made)
    with field.store.read() as reader:
        assert record_drafts.read(reader, made, "throwaway") is None
    assert interviews.rows(field) == []


def test_a_new_kind_is_diffed_shown_in_history_and_found(field: Session) -> None:
    made = written(field)
    record, first = save(field, Throwaway(name="a boat", text="it was red", at=61_000), made)
    _, second = save(field, Throwaway(name="a boat", text="it was green", at=61_000), made, record)
    (change,) = interviews.difference(field, first, second)
    assert (change.field, change.pieces) == (
        "text",
        (("same", "it was "), ("gone", "red"), ("new", "green")),
    )
    (hit,) = search.search(field, "green")
    assert (hit.interview_id, hit.record_id, hit.kind, hit.field, hit.at) == (
        made,
        record,
        "throwaway",
        "text",
        61_000,
    )
    save(field, Throwaway(name="a boat", removed=True), made, record)
    assert search.search(field, "boat") == []
    save(field, Throwaway(name="a boat"), made, record)
    shown = [(v.kind, v.what) for v in interviews.history(field, made) if v.record == record]
    assert shown == [
        ("throwaway", "brought-back"),
        ("throwaway", "removed"),
        ("throwaway", "changed"),
        ("throwaway", "created"),
    ]
    assert told(field, record) == [("record.revise", "throwaway")] * 4
    assert custody.verify(field).whole


def test_a_new_kind_leaves_and_is_taken_in_merged_settled_and_erased(
    field: Session, office: Session, tmp_path: Path
) -> None:
    introduce(field, office)
    made = written(field)
    record, _ = save(field, Throwaway(name="<a boat>", text="it was red"), made)
    gone, _ = save(field, Throwaway(name="a secret"), made)
    save(field, Throwaway(name="a secret", removed=True), made, gone)
    (one,) = sealing.preview(field, [made], [office.info.fingerprint]).groups[0].interviews
    assert ("throwaway", record, "<a boat>") in [(x.kind, x.record, x.name) for x in one.leaves]
    assert [(x.record, x.code) for x in one.stays] == [(gone, "gate.removed")]
    bundle = sealed(field, [made], office, tmp_path / "out").path

    read = page(office, bundle.read_bytes())
    assert "&lt;a boat&gt;" in read and "it was red" in read and "throwaways" in read
    assert "a secret" not in read
    (shown,) = opening.open_bundle(bundle, office).roots
    assert dict(shown.counts) == {"consent": 1, "throwaway": 1}
    assert taking_in.take_in(office, bundle).new == 3
    assert heads(office, made) == [("current", Throwaway(name="<a boat>", text="it was red"))]
    assert search.search(office, "red")[0].record_id == record
    assert told(office, record) == [("record.take-in", "throwaway")]

    # Its own device moves it on; what was written here meanwhile stands beside until a person settles.
    save(field, Throwaway(name="a boat", text="it was green"), made, record)
    assert taking_in.take_in(office, sealed(field, [made], office, tmp_path / "out").path).updated == 1
    assert heads(office, made) == [("current", Throwaway(name="a boat", text="it was green"))]
    save(office, Throwaway(name="a boat", text="it was grey"), made, record, "read again")
    _, theirs = save(field, Throwaway(name="a boat", text="it was blue"), made, record)
    assert taking_in.take_in(office, sealed(field, [made], office, tmp_path / "out").path).conflicts == 1
    (conflict,) = interviews.load(office, made).conflicts
    assert (conflict.record, conflict.kind, conflict.name) == (record, "throwaway", "a boat")
    assert interviews.rows(office)[0].conflict
    interviews.settle(office, record, theirs, "the field asked her")
    assert heads(office, made) == [("current", Throwaway(name="a boat", text="it was blue"))]
    assert interviews.load(office, made).conflicts == ()
    assert told(office, record)[-1] == ("conflict.settle", "throwaway")
    assert custody.verify(office).whole and upkeep.check(office) == []

    interviews.erase(office, made, "asked for it")
    assert search.search(office, "boat") == [] and heads(office, made) == []
    assert told(office, record) == [("erase", "throwaway")]
    assert custody.verify(office).whole and upkeep.check(office) == []
    again = taking_in.take_in(office, bundle)
    assert again.new == 0 and "intake.was-erased" in [problem.code for problem in again.problems]


def test_a_new_kind_that_is_proposed_is_declined(field: Session, office: Session, forger: Forger) -> None:
    made = written(office)
    seen(office, made)
    lie = forger.revision(Throwaway(name="slipped in"), root=made)
    assert taking_in.take_in_from(office, forger.bundle(office, {made: [lie]})).conflicts == 1
    (conflict,) = interviews.load(office, made).conflicts
    interviews.set_aside(office, conflict.record, sha256_hex(lie[0]), "not theirs to say")
    assert heads(office, made) == [("current", Throwaway(name="slipped in", removed=True))]
    assert search.search(office, "slipped") == []


def test_without_the_kind_its_records_are_kept_and_not_understood(
    field: Session, office: Session, tmp_path: Path
) -> None:
    introduce(field, office)
    made = written(field)
    with registry.with_kind(replace(KIND, name="passing", type=type("Passing", (Throwaway,), {}))):
        body = registry.of("passing").type(name="a boat")
        record, sha = save(field, body, made)
        bundle = sealed(field, [made], office, tmp_path / "out").path
    assert dict(opening.open_bundle(bundle, office).roots[0].counts) == {"": 1, "consent": 1}
    assert taking_in.take_in(office, bundle).new == 3
    with office.store.read() as reader:
        held = revising.version(reader, sha)
    assert held.body is None and held.envelope.kind == "passing"
    assert interviews.load(office, made).body.title == "W-1" and interviews.history(office, made)
    assert upkeep.check(office) == []
    (one,) = sealing.preview(office, [made], [field.info.fingerprint]).groups[0].interviews
    assert [(x.record, x.code) for x in one.stays] == [(record, "gate.newer")]


def test_layers_of_verified_devices_stand_beside_and_change_nothing_of_others(
    field: Session, office: Session, tmp_path: Path
) -> None:
    introduce(field, office)
    made = written(field)
    interviews.finalise(field, made)
    own, _ = save(field, Remark(name="ours"), made)
    taking_in.take_in(office, sealed(field, [made], office, tmp_path / "out").path)
    record, first = save(office, Remark(name="coded", text="hunger"), made)
    back = taking_in.take_in(field, sealed(office, [made], field, tmp_path / "back").path)
    assert (back.new, back.conflicts) == (1, 0)
    assert heads(field, made, LAYER) == [
        ("current", Remark(name="ours")),
        ("current", Remark(name="coded", text="hunger")),
    ]
    assert interviews.load(field, made).conflicts == ()
    (line,) = (v for v in interviews.history(field, made) if v.sha == first)
    assert (line.kind, line.device_label) == ("remark", "Office North")
    _, second = save(office, Remark(name="coded", text="hunger, winter"), made, record)
    # What the office says of the field's layer is a proposal there, whoever owns the interview here.
    save(office, Remark(name="theirs now"), made, own)
    moved = taking_in.take_in(field, sealed(office, [made], field, tmp_path / "back").path)
    assert (moved.updated, moved.conflicts) == (1, 1)
    with field.store.read() as reader:
        assert [head.sha for head in revising.heads(reader, record)] == [second]
    (conflict,) = interviews.load(field, made).conflicts
    assert conflict.record == own and conflict.versions[0].state == "current"
    assert heads(field, made, LAYER)[0] == ("current", Remark(name="ours"))
    assert interviews.difference(field, first, second)[0].field == "text"
    assert {hit.kind for hit in search.search(field, "hunger")} == {"remark"}
    read = page(field, sealed(office, [made], field, tmp_path / "back").path.read_bytes())
    assert "hunger, winter" in read


@pytest.mark.parametrize("trust", ["verified", "unverified"])
def test_the_layer_of_a_device_that_nobody_verified_stays_a_proposal(office: Session, trust: str) -> None:
    made = written(office)
    other = stranger("Field 8")
    contacts.add(office, other.card, other.keys.words if trust == "verified" else None)
    coded = [other.revision(Remark(name=f"coded {n}"), root=made) for n in range(3)] if made else []
    bundle = other.bundle(office, {made: coded})
    taken = taking_in.take_in_from(office, bundle, override="we know the voice")
    state = "current" if trust == "verified" else "proposed"
    assert heads(office, made, LAYER) == [(state, Remark(name=f"coded {n}")) for n in range(3)]
    assert (taken.new, taken.conflicts) == ((3, 0) if trust == "verified" else (0, 3))
    assert len(interviews.load(office, made).conflicts) == taken.conflicts


def test_a_layer_in_anothers_name_is_a_proposal(field: Session, office: Session, forger: Forger) -> None:
    """Whoever repeats the origin of a verified device writes with another hand, and that is seen."""
    introduce(field, office)
    made = written(office)
    seen(office, made)
    record = begun.part(field.keys, made, "remark")
    lie = forger.revision(Remark(name="forged"), record=record)
    assert taking_in.take_in_from(office, forger.bundle(office, {made: [lie]})).conflicts == 1
    assert heads(office, made, LAYER) == [("proposed", Remark(name="forged"))]


def test_a_library_kind_is_its_own_root_from_the_draft_to_erasing(office: Session) -> None:
    root = revising.begin(office, "leaflet")
    record_drafts.save(office, root, "leaflet", root, typed(Leaflet(name="Questions")))
    with office.store.read() as reader:
        found = record_drafts.read(reader, root, "leaflet")
    assert found is not None and found.record == root
    made, first = save(office, Leaflet(name="Questions", text="Where were you born?"), record=root)
    _, second = save(office, Leaflet(name="Questions", text="Where did you grow up?"), record=root)
    assert made == root and heads(office, root, LIBRARY) == [
        ("current", Leaflet(name="Questions", text="Where did you grow up?"))
    ]
    assert interviews.rows(office) == []
    (hit,) = search.search(office, "grow")
    assert (hit.interview_id, hit.kind, hit.title) == (root, "leaflet", "Questions")
    assert [v.what for v in interviews.history(office, root)] == ["changed", "created"]
    assert [change.field for change in interviews.difference(office, first, second)] == ["text"]
    assert told(office, root) == [("record.revise", "leaflet")] * 2
    assert custody.entries(office, limit=1)[0].what == "Questions"
    interviews.erase(office, root, "never used")
    assert heads(office, root, LIBRARY) == [] and search.search(office, "grow") == []
    assert told(office, root) == [("erase", "leaflet")]
    assert custody.verify(office).whole and upkeep.check(office) == []


def test_a_library_kind_is_opened_taken_in_merged_and_settled(
    office: Session, forger: Forger, tmp_path: Path
) -> None:
    root = begun.root(forger.keys, "leaflet")
    first = forger.revision(Leaflet(name="Questions", text="one"), record=root)
    bundle = tmp_path / "one.age"
    bundle.write_bytes(forger.bundle(office, {root: [first]}).getvalue())
    (shown,) = opening.open_bundle(bundle, office).roots
    assert (shown.id, shown.kind, shown.title) == (root, "leaflet", "Questions")
    assert "Questions" in page(office, bundle.read_bytes())
    assert taking_in.take_in(office, bundle).new == 1
    second = forger.revision(
        Leaflet(name="Questions", text="two"), record=root, parents=[sha256_hex(first[0])]
    )
    assert taking_in.take_in_from(office, forger.bundle(office, {root: [second]}, 2)).updated == 1
    assert heads(office, root, LIBRARY) == [("current", Leaflet(name="Questions", text="two"))]
    save(office, Leaflet(name="Questions", text="ours"), record=root, reason="shorter")
    third = forger.revision(
        Leaflet(name="Questions", text="three"), record=root, parents=[sha256_hex(second[0])]
    )
    assert taking_in.take_in_from(office, forger.bundle(office, {root: [third]}, 3)).conflicts == 1
    interviews.settle(office, root, sha256_hex(third[0]), "theirs is better")
    assert heads(office, root, LIBRARY) == [("current", Leaflet(name="Questions", text="three"))]
    assert told(office, root)[-1] == ("conflict.settle", "leaflet")
    assert upkeep.check(office) == []


def test_a_judgement_goes_with_the_interview_that_it_is_about(office: Session) -> None:
    made, other = written(office), written(office, "W-2")
    root, first = save(office, Judgement(name="Reliable", text="twice confirmed"), about=made)
    beside, _ = save(office, Judgement(name="Open"), about=other)
    # A later version keeps naming it without being told again.
    save(office, Judgement(name="Reliable", text="thrice confirmed"), record=root)
    with office.store.read() as reader:
        assert [head.envelope.about for head in revising.heads(reader, root)] == [[made]]
    assert search.search(office, "thrice")[0].interview_id == root
    assert told(office, root) == [("record.revise", "judgement")] * 2
    interviews.erase(office, made, "asked for it")
    assert heads(office, root, OFFICE) == [] and search.search(office, "confirmed") == []
    with office.store.read() as reader, refused("interview.unknown"):
        revising.version(reader, first)
    assert told(office, root) == [("erase", "judgement")]
    assert heads(office, beside, OFFICE) == [("current", Judgement(name="Open"))]
    assert custody.verify(office).whole and upkeep.check(office) == []
    with refused("storage.erased"):
        save(office, Judgement(name="again"), about=made)


def test_a_judgement_is_taken_in_unless_what_it_is_about_was_erased(office: Session, forger: Forger) -> None:
    made = written(office)
    root = begun.root(forger.keys, "judgement")
    first = forger.revision(Judgement(name="Reliable"), record=root, about=[made])
    assert taking_in.take_in_from(office, forger.bundle(office, {root: [first]})).new == 1
    assert heads(office, root, OFFICE) == [("current", Judgement(name="Reliable"))]
    interviews.erase(office, made, "asked for it")
    assert heads(office, root, OFFICE) == []
    late = begun.root(forger.keys, "judgement")
    second = forger.revision(Judgement(name="Late"), record=late, about=[made])
    again = taking_in.take_in_from(office, forger.bundle(office, {late: [second], root: [first]}, 2))
    assert again.new == 0 and {problem.code for problem in again.problems} >= {"intake.was-erased"}
    assert heads(office, late, OFFICE) == [] == heads(office, root, OFFICE)
    assert upkeep.check(office) == []


def test_a_library_root_holds_nothing_and_an_interview_is_none(office: Session) -> None:
    root, _ = save(office, Leaflet(name="Questions"))
    assert root != written(office)
    with office.store.read() as reader:
        assert list(revising.root_heads(reader, root)) == [root]
    with (
        pytest.raises(ValueError, match="roots"),
        registry.with_kind(
            replace(LIBRARY, name="loose", type=type("Loose", (Throwaway,), {}), is_root=False)
        ),
    ):
        pass
    assert registry.get("loose") is None and Interview is registry.of("interview").type


def test_a_library_record_is_sealed_to_whoever_is_trusted(
    field: Session, office: Session, tmp_path: Path
) -> None:
    """No consent is asked for it, and whom the words were never compared with receives nothing all the same."""
    root, _ = save(office, Leaflet(name="Questions", text="Where did you grow up?"))
    contacts.add(office, field.card)
    (one,) = sealing.preview(office, [root], [field.info.fingerprint]).groups[0].interviews
    assert [each.code for each in one.stays] == ["gate.recipient-unverified"] and not one.leaves
    with refused("interview.unknown"):
        sealing.preview(office, [begun.root(office.keys, "leaflet")], [field.info.fingerprint])
    introduce(office, field)
    bundle = sealed(office, [root], field, tmp_path / "out")
    assert sealing.sent(office)[0].interviews == ((root, "Questions"),)
    assert "Where did you grow up?" in page(field, bundle.path.read_bytes())
    assert taking_in.take_in(field, bundle.path).new == 1
    assert heads(field, root, LIBRARY) == [
        ("current", Leaflet(name="Questions", text="Where did you grow up?"))
    ]
    assert custody.verify(office).whole and interviews.rows(field) == []


def test_a_judgement_travels_only_where_every_interview_that_it_names_may(
    field: Session, office: Session, tmp_path: Path
) -> None:
    introduce(field, office)
    one, other = written(field), written(field, "W-2")
    alone, _ = save(field, Judgement(name="Reliable"), about=one)
    with field.store.write() as work:
        both, _ = revising.write(field, work, Judgement(name="The same person"), about=[one, other])
    consent.set_consent(field, other, agreed_to("keep"))
    preview = sealing.preview(field, [alone, both], [office.info.fingerprint])
    shown = {each.id: each for each in preview.groups[0].interviews}
    assert [each.kind for each in shown[alone].leaves] == ["judgement"]
    assert shown[both].leaves == () and [each.code for each in shown[both].stays] == ["gate.keep-only"]
    bundle = sealed(field, [alone, both], office, tmp_path / "out")
    assert taking_in.take_in(office, bundle.path).new == 1
    assert heads(office, alone, OFFICE) == [("current", Judgement(name="Reliable"))]
    assert heads(office, both, OFFICE) == []
    # Where nobody was asked in one of them, nobody was asked for the judgement.
    third = interviews.create(field, title="W-3")
    interviews.save_version(field, third)
    with field.store.write() as work:
        unasked, _ = revising.write(field, work, Judgement(name="Open"), about=[one, third])
    (told_of,) = sealing.preview(field, [unasked], [office.info.fingerprint]).groups[0].interviews
    assert [each.code for each in told_of.stays] == ["gate.not-asked"]


def test_finalising_freezes_what_its_kind_says(field: Session) -> None:
    """What is coded beside a finalised testimony needs no reason; what was told does."""
    made = written(field)
    told_of, _ = save(field, Throwaway(name="a boat"), made)
    coded, _ = save(field, Remark(name="hunger"), made)
    interviews.finalise(field, made)
    with field.store.read() as reader:
        interviews.require_reason(field, reader, made, "", record=coded)
        for record in (told_of, made):
            with refused("interview.reason-needed"):
                interviews.require_reason(field, reader, made, "", record=record)


def test_a_new_kind_that_names_a_recording_stays_with_what_is_off_the_record(
    field: Session, office: Session
) -> None:
    introduce(field, office)
    made = written(field)
    sound = sounds.record(field, made)
    other = sounds.record(field, made)
    held, _ = save(field, Throwaway(name="a boat", recording=sound.id), made)
    free, _ = save(field, Throwaway(name="a cart", recording=other.id), made)
    recordings.exclude(field, sound.id, [Span(1000, 2000)])
    (shown,) = sealing.preview(field, [made], [office.info.fingerprint]).groups[0].interviews
    assert {each.record for each in shown.leaves} >= {free, other.id}
    assert {(each.record, each.code) for each in shown.stays} == {
        (sound.id, "gate.off-record"),
        (held, "gate.off-record"),
    }


def leaflets(preview: sealing.SealPreview) -> list[tuple[str, bool, tuple[str, ...]]]:
    """(title, nobody chose it, why it stays) of what is no interview, in each bundle."""
    return [
        (one.title, one.referred, tuple(each.code for each in one.stays))
        for group in preview.groups
        for one in group.interviews
        if one.kind == "leaflet"
    ]


def test_a_thing_of_the_library_goes_along_where_what_leaves_names_it(
    field: Session, office: Session, tmp_path: Path
) -> None:
    introduce(field, office)
    made = written(field)
    glossary, _ = save(field, Leaflet(name="glossary", text="words of the valley"))
    form, _ = save(field, Leaflet(name="form", text="questions", recording=glossary))
    unused, _ = save(field, Leaflet(name="unused", text="of no interview"))
    seen, _ = save(field, Throwaway(name="a boat", text="it was red", recording=form), made)
    to = [office.info.fingerprint]
    # What nothing names stays at home, unless it is chosen.
    shown = sealing.preview(field, [made], to)
    assert leaflets(shown) == [("form", True, ()), ("glossary", True, ())] and shown.ready
    assert leaflets(sealing.preview(field, [made, unused], to))[0] == ("unused", False, ())
    assert leaflets(sealing.preview(field, [form], to)) == [("form", False, ()), ("glossary", True, ())]
    (done,) = sealing.seal(field, shown, tmp_path)
    assert [title for _, title in done.interviews][1:] == ["form", "glossary"]
    assert {each.title for each in opening.open_bundle(done.path, office).roots} >= {"form", "glossary"}
    taking_in.take_in(office, done.path)
    assert heads(office, glossary, LIBRARY) == [
        ("current", Leaflet(name="glossary", text="words of the valley"))
    ]
    assert heads(office, unused, LIBRARY) == []
    # Held back, or removed, it stays, and that is said.
    held = sealing.preview(field, [made], to, hold_back=[form])
    assert leaflets(held) == [("form", True, ("gate.held-back",))] and held.held == {form}
    assert Problem("sealing.names-held", {"name": "a boat"}) in held.problems
    save(field, Leaflet(name="form", removed=True), form, form, "a better one is there")
    assert leaflets(sealing.preview(field, [made], to)) == [("form", True, ("gate.removed",))]
    # Where what names it stays, nothing is known of it outside.
    save(field, Throwaway(name="a boat", recording=glossary, removed=True), made, seen)
    assert leaflets(sealing.preview(field, [made], to)) == []


def test_an_interview_of_which_nothing_leaves_takes_nothing_along(field: Session, office: Session) -> None:
    introduce(field, office)
    made = written(field)
    form, _ = save(field, Leaflet(name="form"))
    save(field, Throwaway(name="a boat", recording=form), made)
    consent.set_consent(field, made, agreed_to(choice="keep"))
    shown = sealing.preview(field, [made], [office.info.fingerprint])
    assert leaflets(shown) == [] and not shown.ready


def test_what_can_be_chosen_beside_interviews(field: Session) -> None:
    made = written(field)
    assert choosing.others(field) == []
    form, _ = save(field, Leaflet(name="form"))
    gone, _ = save(field, Leaflet(name="gone"))
    save(field, Leaflet(name="gone", removed=True), gone, gone)
    judged, _ = save(field, Judgement(name="the same person"), about=made)
    found = [(each.id, each.kind, each.title) for each in choosing.others(field)]
    assert sorted(found) == sorted([(form, "leaflet", "form"), (judged, "judgement", "the same person")])
    # By the command line too, by id or title.
    assert bundles._also(field, ["form", judged, form]) == [form, judged]
    for unknown in ("gone", "", made):
        with refused("interview.unknown"):
            bundles._also(field, [unknown])

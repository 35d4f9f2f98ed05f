"""What travels is what the gate let through: of what stays, a bundle holds no word, no hash, no id and no length."""

from __future__ import annotations

import base64
import io
import json
import re
import tarfile
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.shared import Make, introduce, refused
from cairn.app.arriving import opening, taking_in
from cairn.app.consent import consent
from cairn.app.files import files
from cairn.app.interviews import interviews
from cairn.app.kernel import revising
from cairn.app.kernel.session import Session
from cairn.app.leaving import sealing
from cairn.app.leaving.views import Sealed
from cairn.bundle import reader as bundle_reader
from cairn.crypto.age import AgeReader
from cairn.errors import CairnError, MachineError
from cairn.model.agreement import Consent, agreed_to
from cairn.model.consent import Part, Row
from cairn.model.kinds.interview import Interview
from cairn.storage import exchange
from cairn.storage import revisions as stored

SHARE = agreed_to("share")


def row(*parts: str, to: tuple[str, ...] = ("verified",)) -> Row:
    return Row("yes", ("store",), parts, to)


def written(s: Session, agreed: Consent = SHARE) -> str:
    made = interviews.create(s, title="W-1")
    interviews.save_version(s, made, Interview(title="W-1", account="words that leave"))
    consent.set_consent(s, made, agreed)
    return made


def seal(s: Session, interview: str, folder: Path, *to: Session) -> tuple[Sealed, ...]:
    folder.mkdir(exist_ok=True)
    return sealing.seal(s, sealing.preview(s, [interview], [each.info.fingerprint for each in to]), folder)


def plain(bundle: Sealed, office: Session) -> dict[str, bytes]:
    """The files of a bundle, the custody payloads also as what they say."""
    with bundle.path.open("rb") as file:
        opened = AgeReader(file, [office.keys.age_identity]).read(-1)
    with tarfile.open(fileobj=io.BytesIO(opened)) as tar:
        found = {}
        for name in tar.getnames():
            part = tar.extractfile(name)
            assert part is not None
            found[name] = part.read()
    (payloads,) = [data for name, data in found.items() if name.endswith("payloads.jsonl")]
    found["payloads"] = b"\n".join(
        base64.b64decode(json.loads(each)["payload"]) for each in payloads.splitlines()
    )
    return found


def traces(s: Session, record: str) -> set[str]:
    """Everything by which a record could be told: its id, the hashes of its versions and of its bytes, their lengths."""
    with s.store.read() as reader:
        versions = stored.of(reader, record)
    told = {record}
    for version in versions:
        body = json.loads(bytes(version.envelope.body))
        told |= {version.sha, version.envelope.salt}
        told |= {body[name] for name in ("sha256", "media", "text", "name") if body.get(name)}
        told |= {str(body["size"])} if "size" in body else set()
    return told


def revised_note(s: Session, interview: str, text: str) -> str:
    note = interviews.save_note(s, interview, None, f"{text}, first written")
    interviews.save_note(s, interview, note, f"{text}, then changed")
    return note


def test_of_held_back_and_removed_records_there_is_no_trace(
    field: Session, office: Session, tmp_path: Path
) -> None:
    introduce(field, office)
    made = written(field, Consent((row("account", "attachments"),)))
    withheld = [revised_note(field, made, "a note that stays")]
    withheld.append(
        files.attach(field, made, io.BytesIO(b"\x89PNG\r\n\x1a\n" + bytes(7331)), "face-7.png").id
    )
    gone = files.attach(field, made, io.BytesIO(b"%PDF-1.7" + bytes(8117)), "identity-card.pdf").id
    files.remove(field, gone, "she asked")
    kept = files.attach(field, made, io.BytesIO(b"%PDF-1.7" + bytes(6007)), "map-of-the-river.pdf").id
    (bundle,) = seal(field, made, tmp_path / "out", office)
    found = plain(bundle, office)
    everything = b"\n".join(found.values())
    for trace in traces(field, kept):
        assert trace.encode() in everything, trace
    for record in (*withheld, gone):
        for trace in traces(field, record):
            # A length by itself: its four digits stand in a hash or in base64 by chance.
            alone = (
                rb"(?<![\w+/=])" + re.escape(trace.encode()) + rb"(?![\w+/=])" if trace.isdecimal() else b""
            )
            assert not re.search(alone, everything) if alone else trace.encode() not in everything, trace
    assert b"she asked" not in everything and b"record.remove" not in everything
    # Every entry of the log that travels is about a record that travels, and about the version of it.
    told = [json.loads(line) for line in found["payloads"].splitlines()]
    whole = bundle_records(found)
    assert {each["obj"] for each in told} <= {revision["id"] for revision in whole.values()}
    assert {each["detail"]["revision"] for each in told if "revision" in each["detail"]} == set(whole)
    taken = taking_in.take_in(office, bundle.path)
    assert taken.problems == () and taken.new == 3


def bundle_records(found: dict[str, bytes]) -> dict[str, dict[str, object]]:
    """The revisions of a bundle by hash."""
    records: dict[str, dict[str, object]] = {}
    for name, data in found.items():
        if "/records/0" not in name:
            continue
        lines = data.splitlines()
        for line, following in pairwise(lines):
            if following.startswith(b'{"sig":'):
                records[json.loads(following)["sig"]["sha256"]] = json.loads(line)
    return records


def test_what_a_record_follows_travels_as_a_hash_and_no_more(
    field: Session, office: Session, tmp_path: Path
) -> None:
    introduce(field, office)
    made = written(field)
    note = revised_note(field, made, "a note that leaves")
    (bundle,) = seal(field, made, tmp_path / "out", office)
    found = plain(bundle, office)
    everything = b"\n".join(found.values())
    with field.store.read() as reader:
        first, last = revising.versions(reader, note)
    assert b"first written" not in everything and b"then changed" in everything
    assert first.envelope.salt.encode() not in everything
    stubs = [json.loads(line)["stub"] for name, data in found.items() if "/records/0" in name
             for line in data.splitlines() if line.startswith(b'{"stub":')]  # fmt: skip
    assert [each for each in stubs if each["id"] == note] == [
        {"id": note, "sha256": first.sha, "kind": "note", "parents": []}
    ]
    assert first.sha.encode() not in found["payloads"] and last.sha.encode() in found["payloads"]
    # So a version that is here already is known to be followed.
    taking_in.take_in(office, bundle.path)
    interviews.save_note(field, made, note, "and changed once more")
    (second,) = seal(field, made, tmp_path / "out", office)
    assert taking_in.take_in(office, second.path).updated == 1


def test_what_was_sent_and_is_removed_then_is_not_told_of_again(
    field: Session, office: Session, tmp_path: Path
) -> None:
    introduce(field, office)
    made = written(field)
    note = revised_note(field, made, "a note")
    (first,) = seal(field, made, tmp_path / "out", office)
    taking_in.take_in(office, first.path)
    interviews.remove_note(field, note, "not true")
    (second,) = seal(field, made, tmp_path / "out", office)
    everything = b"\n".join(plain(second, office).values())
    assert all(trace.encode() not in everything for trace in traces(field, note))
    taken = taking_in.take_in(office, second.path)
    assert (taken.new, taken.updated, taken.problems) == (0, 0, ())
    assert [each.removed for each in interviews.load(office, made).notes] == [False]


def test_recipients_who_may_not_have_the_same_get_bundles_of_their_own(
    make: Make, field: Session, office: Session, tmp_path: Path
) -> None:
    court, friend = make("Court", "office"), make("Friend")
    for each in (office, court, friend):
        introduce(field, each)
    named = (office.info.fingerprint, court.info.fingerprint)
    made = written(field, Consent((row("account", to=named), row("notes", to=named[:1]))))
    note = revised_note(field, made, "for the office alone")
    shown = sealing.preview(field, [made], [each.info.fingerprint for each in (court, friend, office)])
    assert [[each.label for each in group.recipients] for group in shown.groups] == [
        ["Court"],
        ["Friend"],
        ["Office North"],
    ]
    assert [group.leaves for group in shown.groups] == [True, False, True]
    assert [(p.code, dict(p.values)) for p in shown.problems if p.code.startswith("sealing.")] == [
        ("sealing.nothing-for", {"name": "Friend"}), ("sealing.several", {"count": 2}),
    ]  # fmt: skip
    assert shown.ready
    bundles = seal(field, made, tmp_path / "out", court, friend, office)
    assert [[label for _, label in each.recipients] for each in bundles] == [["Court"], ["Office North"]]
    assert {each.path for each in bundles} == set((tmp_path / "out").iterdir())
    for bundle, session, has in zip(bundles, (court, office), (False, True), strict=True):
        everything = b"\n".join(plain(bundle, session).values())
        assert (note.encode() in everything) is has
        # Beside what the person's own words say, nobody learns who else receives something.
        others = {each.info.fingerprint for each in (office, court, friend)} - {session.info.fingerprint}
        records = b"\n".join(
            data
            for name, data in plain(bundle, session).items()
            if "/records/" not in name and "README" not in name
        )
        assert not [each for each in others if each.encode() in records]
        with bundle.path.open("rb") as file, refused("bundle.not-for-us"):
            bundle_reader.BundleReader(file, friend.keys.age_identity).__enter__()
        assert opening.open_bundle(bundle.path, session).whole
        assert taking_in.take_in(session, bundle.path).new == (3 if has else 2)
    with field.store.read() as reader:
        sent = exchange.sent(reader)
        assert [
            exchange.next_number(reader, each.info.fingerprint)[0] for each in (office, court, friend)
        ] == [2, 2, 1]
    assert len({each.bundle_id for each in sent}) == 2
    assert [len(each.recipients) for each in sealing.sent(field)] == [1, 1]


def test_equal_answers_share_a_bundle(make: Make, field: Session, office: Session, tmp_path: Path) -> None:
    court = make("Court", "office")
    introduce(field, office)
    introduce(field, court)
    made = written(field)
    (bundle,) = seal(field, made, tmp_path / "out", court, office)
    assert [label for _, label in bundle.recipients] == ["Court", "Office North"]


def test_several_bundles_are_written_all_or_none(
    make: Make, field: Session, office: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    court = make("Court", "office")
    introduce(field, office)
    introduce(field, court)
    named = (office.info.fingerprint, court.info.fingerprint)
    made = written(field, Consent((row("account", to=named), row("notes", to=named[:1]))))
    interviews.save_note(field, made, None, "for the office alone")
    files.attach(field, made, io.BytesIO(b"x"), "x.bin")
    shown = sealing.preview(field, [made], list(named))
    out = tmp_path / "out"
    out.mkdir()
    far: list[tuple[int, int | None]] = []
    written_ = sealing.writer.seal_to_folder
    calls = []

    def second_fails(*given, **named_):  # type: ignore[no-untyped-def]
        calls.append(given)
        if len(calls) == 2:
            raise MachineError("machine.disk-full")
        return written_(*given, **named_)

    with monkeypatch.context() as patch:
        patch.setattr(sealing.writer, "seal_to_folder", second_fails)
        with refused("machine.disk-full"):
            sealing.seal(field, shown, out)
    assert len(calls) == 2 and list(out.iterdir()) == [] and sealing.sent(field) == []

    def take_back(done: int, total: int | None, /) -> None:
        far.append((done, total))
        if len(far) == 1:
            consent.set_consent(field, made, Consent((row("account", to=named),)))

    with refused("sealing.changed"):
        sealing.seal(field, shown, out, take_back)
    assert list(out.iterdir()) == [] and sealing.sent(field) == []
    assert len(sealing.seal(field, sealing.preview(field, [made], list(named)), out)) == 1


KINDS = {"interview": "account", "note": "notes", "attachment": "attachments"}


@settings(deadline=None, max_examples=12, suppress_health_check=list(HealthCheck))
@given(
    rows=st.lists(
        st.builds(
            Row,
            st.sampled_from(["yes", "yes", "yes", "no", "ask", "newer"]),
            st.just(("store",)),
            st.lists(
                st.sampled_from([Part.ACCOUNT, Part.NOTES, Part.ATTACHMENTS, Part.FACES]), min_size=1
            ).map(tuple),
            st.sampled_from([("verified",), ("office",), ("SHA256:nobody",)]),
            st.sampled_from(["", "2020-01-01", "2999-01-01"]),
        ),
        max_size=4,
    )
)
def test_random_consents_let_no_forbidden_part_through(
    rows: list[Row], field: Session, office: Session, tmp_path: Path
) -> None:
    if office.info.fingerprint not in {row_.fingerprint for row_ in sealing.contacts.rows(field)}:
        introduce(field, office)
    made = written(field, agreed_to("nothing"))
    interviews.save_note(field, made, None, "a note")
    files.attach(field, made, io.BytesIO(b"%PDF-1.7"), "paper.pdf")
    with field.store.write() as work:
        (head,) = consent.question.standing(work, made)
        revising.write(
            field, work, Consent(tuple(rows)), root=made, record=head.envelope.id, parents=[head.sha]
        )  # fmt: skip

    def allowed(part: str) -> bool:
        about = [each for each in rows if part in each.parts and each.recipients != ("SHA256:nobody",)]
        yes = [each for each in about if each.answer == "yes" and each.until != "2020-01-01"]
        return bool(yes) and not [each for each in about if each.answer in ("no", "newer")]

    if not allowed("account"):
        with pytest.raises(CairnError, check=lambda error: error.code.startswith("gate.")):
            seal(field, made, tmp_path / "out", office)
        return
    (bundle,) = seal(field, made, tmp_path / "out", office)
    kinds = {str(each["kind"]) for each in bundle_records(plain(bundle, office)).values()}
    assert kinds == {"consent", *(kind for kind, part in KINDS.items() if allowed(part))}

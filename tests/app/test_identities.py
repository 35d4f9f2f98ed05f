"""Protected names: apart from what was told, sealed while they are typed, found while they are open, erasable."""

from __future__ import annotations

from functools import partial

import msgspec
import pytest

from app.shared import PASSPHRASE, refused
from cairn.app.interviews import interviews, search
from cairn.app.kernel import identities, revising, session
from cairn.app.kernel.session import Session
from cairn.app.vault import upkeep
from cairn.crypto import openings as sealing
from cairn.errors import IntegrityError
from cairn.model.drafts import Draft
from cairn.model.kinds.identity import Contact, Identity, Name, Opening
from cairn.model.kinds.interview import Interview, Person
from cairn.model.time.told import Told
from cairn.storage import openings, revisions

NAME = "김영희"
PLANTED = ("김영희", "Yonghui-Planted", "+850-555-0199", "1971-04-11")


def draft_of(body: Interview, base: str | None = None) -> Draft:
    return Draft(base, msgspec.Raw(msgspec.json.encode(body)))


BODY = Interview(
    title="W-017",
    people=[Person(code="P1", role="told", protected=True), Person("최", "interpreter", "P2")],
    account="첫째 날.",
)


def typed(s: Session, names: dict[str, str] | None = None, body: Interview = BODY) -> str:
    interview = interviews.create(s, title=body.title)
    interviews.save_draft(s, interview, draft_of(body), names={"P1": NAME} if names is None else names)
    return interview


def names_of(s: Session, interview: str) -> dict[str, str]:
    return dict(interviews.load(s, interview).names)


def every_cell(s: Session) -> bytes:
    """Everything that the decrypted database holds, table by table, internal ones of the search included."""
    found: list[bytes] = []
    with s.store.read() as reader:
        tables = [row[0] for row in reader.all("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for table in tables:
            for row in reader.all(f'SELECT * FROM "{table}"'):  # noqa: S608 - names of the schema itself
                for cell in row:
                    found.append(cell if isinstance(cell, bytes) else str(cell).encode())
    return b"\n".join(found)


def test_typed_saved_loaded(field: Session) -> None:
    interview = typed(field)
    assert names_of(field, interview) == {"P1": NAME}
    sha = interviews.save_version(field, interview)
    view = interviews.load(field, interview)
    assert view.draft is None and dict(view.names) == {"P1": NAME} and view.names_open
    assert view.body.people == BODY.people
    with field.store.read() as reader:
        held = identities.of(field, reader, interview)["P1"]
        assert held.opening == Opening("P1", [Name(NAME, "Hang")]) and not held.draft
        (info,) = revisions.records_of(reader, interview, ["identity"])
        version = revising.versions(reader, info.id)[0]
        assert isinstance(version.body, Identity)
        sealed = openings.get(reader, version.sha)
        assert sealed is not None
        opening = field.identity.unseal(sealed.key, sealed.data, version.sha)
        assert sealing.commitment(opening) == version.body.commit
    # Saving again, with nothing changed, changes nothing.
    assert interviews.save_version(field, interview) == sha
    interviews.save_draft(field, interview, draft_of(BODY, sha), names={"P1": NAME})
    interviews.save_version(field, interview)
    with field.store.read() as reader:
        assert len(revising.versions(reader, info.id)) == 1


def test_a_name_is_changed_without_a_new_version_of_the_interview(field: Session) -> None:
    interview = typed(field)
    sha = interviews.save_version(field, interview)
    interviews.save_draft(field, interview, draft_of(BODY, sha), names={"P1": "김영숙"})
    assert names_of(field, interview) == {"P1": "김영숙"}
    interviews.discard_draft(field, interview)
    assert names_of(field, interview) == {"P1": NAME}
    interviews.save_draft(field, interview, draft_of(BODY, sha), names={"P1": "김영숙"})
    assert interviews.save_version(field, interview) == sha
    assert names_of(field, interview) == {"P1": "김영숙"}
    with field.store.read() as reader:
        held = identities.of(field, reader, interview)["P1"]
        versions = revising.versions(reader, held.record)
        assert [each.envelope.parents for each in versions] == [[], [versions[0].sha]]
        # An older opening says nothing of the newer one: other salt, other key, other commitment.
        assert len({each.body.commit for each in versions if isinstance(each.body, Identity)}) == 2


def test_no_page_says_a_protected_name(field: Session) -> None:
    interview = typed(field, {"P1": PLANTED[0]})
    # As a draft, with everything that an identity can hold.
    opening = Opening(
        "P1",
        [Name(PLANTED[0], "Hang"), Name(PLANTED[1], "Latn")],
        born=Told(words=PLANTED[3]),
        contacts=[Contact("phone", PLANTED[2])],
        safe="after dark",
    )
    identities.write(field, interview, opening)
    cells = every_cell(field)
    assert not [word for word in PLANTED if word.encode() in cells]
    interviews.save_version(field, interview)
    with field.store.read() as reader:
        assert identities.of(field, reader, interview)["P1"].opening == opening
    cells = every_cell(field)
    assert not [word for word in PLANTED if word.encode() in cells]
    # Pairs of syllables as the search keeps them neither.
    assert "김영".encode() not in cells and b"Yonghui" not in cells and "최".encode() in cells
    assert [hit.kind for hit in search.search(field, "영희")] == ["identity"]
    assert not [word for word in PLANTED if word.encode() in every_cell(field)]


def test_closed_it_shows_codes_and_keeps_what_was_typed(field: Session) -> None:
    interview = typed(field)
    field.identity.close()
    view = interviews.load(field, interview)
    assert dict(view.names) == {} and not view.names_open
    assert search.search(field, NAME) == []
    with refused("identity.closed"):
        interviews.save_draft(field, interview, draft_of(BODY), names={"P1": "other"})
    with refused("identity.closed"):
        identities.write(field, interview, Opening("P1", [Name("other")]))
    with refused("identity.closed"):
        interviews.erase_identity(field, interview, "P1", "asked")
    with refused("identity.closed"):
        identities.renew_key(field)
    # What needs no name goes on; the sealed draft waits.
    interviews.save_draft(field, interview, draft_of(BODY))
    interviews.save_version(field, interview)
    identities.open_compartment(field)
    assert names_of(field, interview) == {"P1": NAME}
    with field.store.read() as reader:
        assert identities.of(field, reader, interview)["P1"].draft
    interviews.save_version(field, interview)
    with field.store.read() as reader:
        assert not identities.of(field, reader, interview)["P1"].draft


def test_who_is_removed_and_who_is_cleared(field: Session) -> None:
    interview = typed(field)
    sha = interviews.save_version(field, interview)
    with field.store.read() as reader:
        record = identities.of(field, reader, interview)["P1"].record
    body = msgspec.structs.replace(BODY, people=[BODY.people[1]])
    interviews.save_draft(field, interview, draft_of(body, sha))
    interviews.save_version(field, interview)
    assert names_of(field, interview) == {}
    with field.store.read() as reader:
        head = revising.current(reader, record)
        assert head is not None and head.body == Identity()
    assert search.search(field, NAME) == []

    other = typed(field, {"P1": ""})
    assert names_of(field, other) == {}
    interviews.save_draft(field, other, draft_of(BODY), names={"P1": "a"})
    interviews.save_draft(field, other, draft_of(BODY), names={"P1": ""})
    interviews.save_version(field, other)
    with field.store.read() as reader:
        assert revisions.records_of(reader, other, ["identity"]) == []


def test_names_are_found_however_they_are_written(field: Session) -> None:
    first = typed(field, {"P1": "Kim Yŏng-hŭi"})
    second = typed(field, {"P1": "金 英姬"})
    for interview in (first, second):
        interviews.save_version(field, interview)
    for words, found in (
        ("kim yong", first),
        ("KIMYONGHUI", first),
        ("英姬", second),
        ("金英姬", second),
    ):
        (hit,) = search.search(field, words)
        assert (hit.interview_id, hit.kind, hit.title) == (found, "identity", "W-017")
        assert hit.snippet[0] == ("P1: ", False) and hit.snippet[1][1]
    assert search.search(field, "...") == []
    assert len(search.search(field, "kim", limit=1)) == 1
    interviews.save_draft(field, first, draft_of(BODY), names={"P1": "Pak"})
    assert search.search(field, "Pak") == []
    interviews.save_version(field, first)
    assert search.search(field, "Pak")[0].interview_id == first
    assert search.search(field, "yong") == []
    field.identity.close()
    assert search.search(field, "Pak") == [] and not field.name_index._entries


def test_a_finalised_interview_needs_a_reason_for_a_name_too(field: Session) -> None:
    interview = typed(field)
    sha = interviews.finalise(field, interview)
    interviews.save_draft(field, interview, draft_of(BODY, sha), names={"P1": "other"})
    with refused("interview.reason-needed"):
        interviews.save_version(field, interview)
    interviews.save_version(field, interview, reason="misheard")
    with field.store.read() as reader:
        held = identities.of(field, reader, interview)["P1"]
        assert revising.versions(reader, held.record)[-1].envelope.reason == "misheard"


def test_erasing_destroys_every_opening_and_the_key_above_them(field: Session) -> None:
    interview, other = typed(field), typed(field, {"P1": "Other"})
    for each in (interview, other):
        interviews.save_version(field, each)
    waiting = typed(field, {"P1": "Draft"})
    with field.store.read() as reader:
        record = identities.of(field, reader, interview)["P1"].record
        (sealed,) = openings.of_heads(reader, interview)
    old = bytes(field.vault.identity_key())
    with refused("interview.erase-reason"):
        interviews.erase_identity(field, interview, "P1", " ")
    with refused("identity.unknown"):
        interviews.erase_identity(field, interview, "P2", "asked")
    interviews.erase_identity(field, interview, "P1", "asked")
    assert names_of(field, interview) == {} and search.search(field, NAME) == []
    assert interviews.load(field, interview).body.people[0].code == "P1"
    with field.store.read() as reader:
        assert revisions.is_erased(reader, record)
        assert reader.one("SELECT count(*) FROM opening WHERE record = ?", (record,)) == (0,)
    # Who kept the row has nothing: the key above it is gone too, and everything else went over.
    new = bytes(field.vault.identity_key())
    assert new != old
    opened = partial(sealing.unseal, wrapped=sealed.key, data=sealed.data, bound=sealed.revision)
    assert opened(sealing.subkey(old, "openings"))
    with pytest.raises(IntegrityError, match=r"^crypto\.not-authentic$"):
        opened(sealing.subkey(new, "openings"))
    assert names_of(field, other) == {"P1": "Other"} and names_of(field, waiting) == {"P1": "Draft"}
    folder = field.vault.folder
    field.close()
    again = session.open_vault(folder, PASSPHRASE)
    assert names_of(again, other) == {"P1": "Other"} and names_of(again, waiting) == {"P1": "Draft"}
    interviews.erase(again, other, "asked")
    assert bytes(again.vault.identity_key()) not in (old, new)
    assert upkeep.check(again) == []
    again.close()


def test_a_new_key_that_is_cut_short(field: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    from cairn.vault import identity_key

    interview = typed(field)
    interviews.save_version(field, interview)
    old = bytes(field.vault.identity_key())

    class Killed(BaseException):
        pass

    def die(*_: object) -> None:
        raise Killed

    folder = field.vault.folder
    # Before the database went over: the old key stays.
    with monkeypatch.context() as patched:
        patched.setattr(identities.compartment, "note_key", die)
        patched.setattr(identities.session, "settle_identity_key", die)
        with pytest.raises(Killed):
            identities.renew_key(field)
    field.close()
    field = session.open_vault(folder, PASSPHRASE)
    assert bytes(field.vault.identity_key()) == old and identity_key.pending(field.vault) is None
    assert names_of(field, interview) == {"P1": NAME}
    # After it: the new one holds.
    with monkeypatch.context() as patched:
        patched.setattr(identities.session, "settle_identity_key", die)
        with pytest.raises(Killed):
            identities.renew_key(field)
    assert names_of(field, interview) == {"P1": NAME}
    field.close()
    field = session.open_vault(folder, PASSPHRASE)
    assert bytes(field.vault.identity_key()) != old and identity_key.pending(field.vault) is None
    assert names_of(field, interview) == {"P1": NAME}
    field.close()


def test_what_cannot_be_used_is_told_and_not_raised(field: Session) -> None:
    interview = typed(field)
    interviews.save_version(field, interview)
    with field.store.read() as reader:
        (good,) = openings.of_heads(reader, interview)
    opening = field.identity.unseal(good.key, good.data, good.revision)
    nonsense = sealing.make(b'{"person":1}')
    for made, code in (
        (sealing.make(b"{}"), "identity.mismatch"),
        (opening[:-1] + b"!", "identity.mismatch"),
        (b"", "identity.mismatch"),
    ):
        key, data = field.identity.seal(made, good.revision)
        with field.store.write() as work:
            openings.put(work, msgspec.structs.replace(good, key=key, data=data))
        view = interviews.load(field, interview)
        assert dict(view.names) == {} and view.unreadable == (code,)
    with field.store.write() as work:
        openings.put(work, msgspec.structs.replace(good, data=good.data[:-1] + b"\0"))
    assert interviews.load(field, interview).unreadable == ("identity.altered",)
    # Nor does one whose key does not open keep the others under an old key, or interviews from being read.
    with field.store.write() as work:
        openings.put(work, msgspec.structs.replace(good, key=bytes(len(good.key))))
    identities.renew_key(field)
    assert interviews.load(field, interview).unreadable == ("identity.altered",)
    assert search.search(field, NAME) == []
    # One that was signed so: its commitment fits, its text is none.
    with field.store.write() as work:
        record, sha = revising.write(
            field, work, Identity(sealing.commitment(nonsense)), root=interview, record=good.record,
            parents=[good.revision],
        )  # fmt: skip
        key, data = field.identity.seal(nonsense, sha)
        openings.put(work, openings.Sealed(sha, record, interview, key, data))
    assert interviews.load(field, interview).unreadable == ("identity.malformed",)
    assert search.search(field, NAME) == []


def test_an_opening_has_an_end(field: Session) -> None:
    interview = typed(field)
    long = Opening("P1", [Name("가" * 4000) for _ in range(30)])
    with refused("identity.too-long"):
        identities.write(field, interview, long)
    assert names_of(field, interview) == {"P1": NAME}

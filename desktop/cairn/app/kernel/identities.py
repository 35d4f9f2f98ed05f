"""Identities: the names of the people of an interview who are protected, kept apart from what was told.

The interview says a code and a role. The name lies in an identity record of the same interview: signed as a
commitment, its opening in the compartment. All of it needs the compartment open; while it is closed
names are neither shown nor found, and what was typed before waits sealed as a draft.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

import msgspec

from cairn.app.kernel import compartment, revising, session
from cairn.app.kernel.session import Session
from cairn.bundle.identity_files import BundleOpening
from cairn.crypto import openings as sealing
from cairn.errors import CairnError, InputError, IntegrityError, MachineError
from cairn.model.drafts import Draft
from cairn.model.ids import RecordId, RevisionHash, RootId
from cairn.model.kinds import identity as kind
from cairn.model.kinds.identity import Identity, Opening
from cairn.model.kinds.person import Person
from cairn.storage import drafts, openings, settings
from cairn.storage.work import Reader, Work
from cairn.vault import identity_key

NAME = kind.KIND.name
PERSON = "person"
_OWED = "identity-key-owed"


@dataclass(frozen=True)
class Held:
    """The identity of one person of an interview, as it can be read now."""

    record: RecordId
    base: RevisionHash | None
    """The revision that it follows; None while there is only a draft."""
    opening: Opening
    draft: bool = False
    """Whether this was typed and is no revision yet."""


@dataclass(frozen=True)
class Unreadable:
    """An opening that is here and can't be used, and why."""

    record: RecordId
    code: str
    """`identity.malformed`, `identity.mismatch` (it is not the one that was signed), `identity.altered`."""


def of(s: Session, reader: Reader, interview: RootId) -> dict[str, Held]:
    """Code of the person → identity, of everybody who has one; nothing while the compartment is closed.

    A draft goes before the revision that it follows. What can't be read is left out (`look` tells).
    """
    return look(s, reader, interview)[0]


def look(s: Session, reader: Reader, interview: RootId) -> tuple[dict[str, Held], list[Unreadable]]:
    """As `of`, and what of the interview's openings can't be used: to be told, never raised."""
    if not s.identity.is_open:
        return {}, []
    found: dict[str, Held] = {}
    unreadable = [Unreadable(record, code) for record, code in openings.unusable(reader, interview)]
    for held in _heads(s, reader, interview):
        if isinstance(held, Held):
            found.setdefault(held.opening.person, held)
        else:
            unreadable.append(held)
    for info in drafts.all(reader, interview):
        draft = drafts.load(reader, info.record_id) if info.kind == NAME else None
        opening = _read_draft(s, info.record_id, draft) if draft is not None else None
        if draft is not None and opening is not None:
            found[opening.person] = Held(info.record_id, draft.base, opening, draft=True)
    return found, unreadable


def keep(s: Session, interview: RootId, typed: Mapping[str, str]) -> None:
    """Keep names that are being typed, by code of the person, as sealed drafts; only what changed is written.

    Raises InputError `identity.closed`, `identity.too-long`, MachineError.
    """
    if not typed or s.identity.kept.get(interview) == dict(typed):
        return
    with s.store.read() as reader:
        held = of(s, reader, interview)
    if not s.identity.is_open:
        raise InputError("identity.closed")
    for code, text in typed.items():
        before = held.get(code)
        opening = before.opening if before is not None else Opening(person=code)
        if opening.name != text:
            _save_draft(s, interview, before, kind.named(opening, text))
    s.identity.kept[interview] = dict(typed)


def write(s: Session, interview: RootId, opening: Opening) -> None:
    """Keep an identity as a sealed draft, whole: names, birth, contact, rules. Raises as `keep`."""
    with s.store.read() as reader:
        held = of(s, reader, interview)
    if not s.identity.is_open:
        raise InputError("identity.closed")
    before = held.get(opening.person)
    if before is None or before.opening != opening:
        s.identity.kept.pop(interview, None)
        _save_draft(s, interview, before, opening)


def add(s: Session, work: Work, interview: RootId, names: Mapping[str, str], reason: str = "") -> None:
    """Make first revisions of identities out of names by code, at once: for an interview that comes in whole.

    Raises InputError `identity.closed`, `identity.too-long`.
    """
    for code, text in names.items():
        made = _made(kind.named(Opening(person=code), text))
        body = Identity(commit=sealing.commitment(made))
        record, sha = revising.write(s, work, body, root=interview, reason=reason)
        key, data = s.identity.seal(made, sha)
        openings.put(work, openings.Sealed(sha, record, interview, key, data))


def is_unsettled(s: Session, work: Work, interview: RootId, people: Collection[str]) -> bool:
    """Whether `settle` has something to do."""
    if not s.identity.is_open:
        return False
    held = of(s, work, interview)
    return any(each.draft for each in held.values()) or any(code not in people for code in held)


def settle(s: Session, work: Work, interview: RootId, people: Collection[str], reason: str) -> None:
    """Make revisions of what was typed; identities of codes that are not in `people` any more are removed.

    The drafts wait while the compartment is closed. Raises as `revising.write`.
    """
    if not s.identity.is_open:
        return
    for code, held in of(s, work, interview).items():
        if code not in people:
            if held.base is not None:
                _put(s, work, interview, held, None, reason)
            drafts.discard(work, held.record)
        else:
            _settle_draft(s, work, interview, held, reason)
    s.identity.kept.pop(interview, None)


def settle_one(s: Session, work: Work, interview: RootId, person: str, reason: str) -> None:
    """Make a revision of what was typed of one person; the others wait. Raises as `settle`, `identity.closed`."""
    if not s.identity.is_open:
        raise InputError("identity.closed")
    held = of(s, work, interview).get(person)
    if held is not None:
        _settle_draft(s, work, interview, held, reason)
    s.identity.kept.pop(interview, None)


def discard_one(s: Session, work: Work, interview: RootId, person: str) -> None:
    """Forget what was typed of one person since the last version."""
    held = of(s, work, interview).get(person)
    if held is not None and held.draft:
        drafts.discard(work, held.record)
    s.identity.kept.pop(interview, None)


def _settle_draft(s: Session, work: Work, interview: RootId, held: Held, reason: str) -> None:
    draft = drafts.load(work, held.record) if held.draft else None
    if draft is None:
        return
    gone = held.opening.says_nothing
    if held.base is not None or not gone:
        opening = None if gone else _unseal_draft(s, held.record, draft)
        _put(s, work, interview, held, opening, reason)
    drafts.discard(work, held.record)


def spoken_of(reader: Reader, interview: RootId) -> set[str]:
    """The codes of the people of an interview who have a record of their own, what is typed and not saved included.

    A removed record keeps the name: it can be brought back.
    """
    found = {
        head.body.code
        for heads in revising.root_heads(reader, interview, [PERSON]).values()
        for head in heads
        if isinstance(head.body, Person)
    }
    for info in drafts.all(reader, interview):
        draft = drafts.load(reader, info.record_id) if info.kind == PERSON else None
        with suppress(msgspec.MsgspecError):
            found |= (
                {msgspec.json.decode(bytes(draft.body), type=Person).code} if draft is not None else set()
            )
    return found


def discard(s: Session, work: Work, interview: RootId) -> None:
    """Forget what was typed since the last version."""
    for info in drafts.all(work, interview):
        if info.kind == NAME:
            drafts.discard(work, info.record_id)
    s.identity.kept.pop(interview, None)


def tells_contact(s: Session, reader: Reader, head: revising.Version) -> bool:
    """Whether the opening of a head says how to reach the person; True where that can't be looked at."""
    sealed = openings.get(reader, head.sha) if isinstance(head.body, Identity) else None
    if sealed is None:
        return False
    if not s.identity.is_open:
        return True
    held = _opened(s, sealed, head)
    return not isinstance(held, Held) or held.opening.tells_contact


def travelling(s: Session, reader: Reader, heads: Sequence[revising.Version]) -> list[BundleOpening]:
    """The openings of those of `heads` that are identities, for a bundle; what can't be read now stays."""
    found = []
    for head in heads:
        sealed = openings.get(reader, head.sha) if isinstance(head.body, Identity) else None
        if sealed is None or not s.identity.is_open or not isinstance(head.body, Identity):
            continue
        try:
            opening = s.identity.unseal(sealed.key, sealed.data, sealed.revision)
        except IntegrityError:
            continue
        if sealing.fits(opening, head.body.commit):
            found.append(BundleOpening(sealed.record, sealed.root, sealed.revision, opening))
    return found


def carry(s: Session, work: Work, record: RecordId, sha: RevisionHash) -> None:
    """Give a revision that settles the opening of the one that it repeats: same commitment, other revision."""
    head = revising.version(work, sha)
    if not s.identity.is_open or not isinstance(head.body, Identity) or not head.body.commit:
        return
    for sealed in openings.of_record(work, record):
        try:
            opening = s.identity.unseal(sealed.key, sealed.data, sealed.revision)
        except IntegrityError:
            continue
        if sealing.fits(opening, head.body.commit):
            key, data = s.identity.seal(opening, sha)
            openings.put(work, openings.Sealed(sha, record, sealed.root, key, data))
            return


def open_arrived(s: Session, work: Work) -> None:
    """Open what bundles brought, now that the compartment is open and the revisions are here.

    An opening that is not the one that was signed, or not for this vault, stays where it is with the reason
    noted. Does nothing while the compartment is closed.
    """
    if not s.identity.is_open:
        return
    for arrived in openings.openable(work):
        problem = _open_one(s, work, arrived)
        if problem:
            openings.arrive(work, msgspec.structs.replace(arrived, problem=problem))


def open_compartment(s: Session) -> None:
    """Open the compartment with what opened the vault, and what arrived while it was closed."""
    session.open_identity(s)
    catch_up(s)


def catch_up(s: Session) -> None:
    """Open what arrived while the compartment was closed, if there is any; give it the new key that it is owed."""
    if not s.identity.is_open or s.unwritable:
        return
    with s.store.read() as reader:
        waits, owed = bool(openings.openable(reader)), settings.get(reader, _OWED, False)
    if owed:
        # Where the disk is full, or a secret is altered, it stays owed: that must not keep anybody from reading.
        with suppress(MachineError, IntegrityError):
            renew_key(s)
            s.store.truncate_log()
    if waits:
        with s.store.write() as work:
            open_arrived(s, work)


def owe_key(work: Work) -> None:
    """Note, with the erasure of an opening, that the compartment is owed a new key: `renew_key` follows.

    Where it does not, because the power fails in between or the compartment is closed, `catch_up` sees to it.
    """
    settings.put(work, _OWED, True)


def renew_key(s: Session) -> None:
    """Give the vault a new identity key: nothing that was erased opens with it, from whatever old page.

    Everything in the compartment is wrapped anew in one transaction; cut short anywhere, the vault opens with
    the old key or the new one. Raises InputError `identity.closed`, MachineError, IntegrityError.
    """
    if not s.identity.is_open:
        raise InputError("identity.closed")
    # One at a time: a key that is begun takes the place of one that was begun before.
    with s.renewing:
        _renew(s)


def _renew(s: Session) -> None:
    held = s.vault.identity_key()
    key = identity_key.begin(s.vault)
    old, new = (sealing.subkey(each, "openings") for each in (held, key))
    try:
        with s.store.write() as work:
            openings.rewrap(work, lambda bound, wrapped: _anew(old, new, wrapped, bound))
            for info in drafts.all(work):
                draft = drafts.load(work, info.record_id) if info.kind == NAME else None
                if draft is not None and draft.sealed:
                    drafts.replace(work, info.record_id, _rewrapped(draft, info.record_id, old, new))
            compartment.rewrap_secrets(work, held, key)
            compartment.note_key(work, key)
            settings.put(work, _OWED, None)
            # Before anybody else writes: all sealing happens inside a unit of work.
            work.after_commit(lambda: s.identity.take_key(bytearray(key)))
    finally:
        # Finished where the database went over to the new key, given up where it did not.
        session.settle_identity_key(s)


def _heads(s: Session, reader: Reader, interview: RootId) -> list[Held | Unreadable]:
    """The identity that stands of each record, or why it can't be read. Proposals don't stand."""
    found: list[Held | Unreadable] = []
    done: set[RecordId] = set()
    for sealed in openings.of_heads(reader, interview):
        if sealed.record in done:
            continue
        version = revising.version(reader, sealed.revision)
        if version.state != revising.CURRENT:
            continue
        done.add(sealed.record)
        found.append(_opened(s, sealed, version))
    return found


def _opened(s: Session, sealed: openings.Sealed, version: revising.Version) -> Held | Unreadable:
    commit = version.body.commit if isinstance(version.body, Identity) else ""
    try:
        opening = s.identity.unseal(sealed.key, sealed.data, sealed.revision)
    except IntegrityError:
        return Unreadable(sealed.record, "identity.altered")
    if not sealing.fits(opening, commit):
        return Unreadable(sealed.record, "identity.mismatch")
    read = kind.decode(sealing.text_of(opening))
    if read is None:
        return Unreadable(sealed.record, "identity.malformed")
    return Held(sealed.record, sealed.revision, read)


def _open_one(s: Session, work: Work, arrived: openings.Arrived) -> str:
    """Keep an opening that arrived; else the code of why it can't be used."""
    version = revising.version(work, arrived.revision)
    body = version.body
    if not isinstance(body, Identity) or version.envelope.id != arrived.record:
        return "identity.mismatch"
    try:
        opening = sealing.from_file(arrived.file, s.identity.identities)
    except CairnError:
        return "identity.not-for-us"
    if not sealing.fits(opening, body.commit):
        return "identity.mismatch"
    if kind.decode(sealing.text_of(opening)) is None:
        return "identity.malformed"
    root = version.envelope.root
    key, data = s.identity.seal(opening, arrived.revision)
    openings.put(work, openings.Sealed(arrived.revision, arrived.record, root, key, data))
    return ""


def _put(s: Session, work: Work, interview: RootId, held: Held, opening: bytes | None, reason: str) -> None:
    body = Identity(commit=sealing.commitment(opening) if opening is not None else "")
    parents = [held.base] if held.base is not None else []
    record, sha = revising.write(
        s, work, body, root=interview, record=held.record, parents=parents, reason=reason
    )
    if opening is not None:
        key, data = s.identity.seal(opening, sha)
        openings.put(work, openings.Sealed(sha, record, interview, key, data))


def _save_draft(s: Session, interview: RootId, before: Held | None, opening: Opening) -> None:
    record = before.record if before is not None else revising.begin(s, NAME, interview)
    made = _made(opening)
    body = msgspec.Raw(msgspec.json.encode(Identity(commit=sealing.commitment(made))))
    base = before.base if before is not None else None

    def step(work: Work) -> None:
        # Sealed inside: the identity key can't be replaced between this and the row.
        key, data = s.identity.seal(made, _draft_bound(record))
        draft = Draft(base=base, body=body, sealed=key + data)
        drafts.put(work, record, interview, NAME, draft, begun=s.begun.get(record))

    s.store.write_with_reserve(step)


def _made(opening: Opening) -> bytes:
    try:
        return sealing.make(kind.encode(opening))
    except ValueError as error:
        raise InputError("identity.too-long") from error


def _read_draft(s: Session, record: RecordId, draft: Draft) -> Opening | None:
    try:
        return kind.decode(sealing.text_of(_unseal_draft(s, record, draft)))
    except IntegrityError:
        return None


def _unseal_draft(s: Session, record: RecordId, draft: Draft) -> bytes:
    key, data = draft.sealed[: sealing.WRAPPED_BYTES], draft.sealed[sealing.WRAPPED_BYTES :]
    return s.identity.unseal(key, data, _draft_bound(record))


def _rewrapped(draft: Draft, record: RecordId, old: bytes, new: bytes) -> Draft:
    key, data = draft.sealed[: sealing.WRAPPED_BYTES], draft.sealed[sealing.WRAPPED_BYTES :]
    key = _anew(old, new, key, _draft_bound(record))
    return msgspec.structs.replace(draft, sealed=key + data)


def _anew(old: bytes, new: bytes, wrapped: bytes, bound: str) -> bytes:
    """What the present key does not open stays as it is, told as altered: it must not keep the others under that key."""
    try:
        return sealing.rewrap(old, new, wrapped, bound)
    except IntegrityError:
        return wrapped


def _draft_bound(record: RecordId) -> str:
    return "draft/" + record

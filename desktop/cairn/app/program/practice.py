"""The practice vault: plainly fictional interviews to try everything on, in English and Korean.

Every title begins with "Practice" or "연습", every person is marked as invented, and the vault itself
knows that it is for practice, so that a window can say so all the time. Its passphrase stands here for
all to read and protects nothing. The practice office is a verified contact that exists on paper only: its
keys are made for the moment in which its bundle is sealed, and then forgotten.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from functools import partial
from pathlib import Path

import msgspec

from cairn import resources
from cairn.app.arriving import taking_in
from cairn.app.consent import consent
from cairn.app.files import files
from cairn.app.interviews import interviews
from cairn.app.kernel import contacts, revising, session
from cairn.app.kernel.session import Session
from cairn.app.program import practice_files
from cairn.app.program.practice_place import PASSPHRASE
from cairn.bundle.cards import write_card
from cairn.bundle.writer import (
    BundleMedia,
    BundlePlan,
    BundleRoot,
    Recipient,
    write_bundle,
)
from cairn.crypto import record_ids
from cairn.crypto.device import DeviceKeys
from cairn.crypto.hashes import random_bytes, sha256, sha256_hex
from cairn.crypto.passphrase import Argon2Cost
from cairn.custody import checkpoint, excerpt, log, tree
from cairn.custody.excerpt import Excerpt
from cairn.custody.memory import MemoryRows
from cairn.model import clock
from cairn.model.agreement import Consent, agreed_to
from cairn.model.drafts import Draft
from cairn.model.kinds import envelope as envelopes
from cairn.model.kinds.attachment import Attachment
from cairn.model.kinds.envelope import Envelope
from cairn.model.kinds.interview import Interview, Person
from cairn.model.kinds.kind import Body
from cairn.model.kinds.note import Note
from cairn.model.ports import Progress, no_progress
from cairn.model.time.told import Told as Time

AUTHOR = "Practice · 연습"
from cairn.model.ids import NO_ROOT, Fingerprint, MediaId, RecordId, RevisionHash, RootId, Sha256
from cairn.storage.drafts import Begun


class MadeFile(msgspec.Struct, frozen=True):
    """A small file of a practice interview, made by `practice_files`."""

    name: str
    make: str
    seed: int = 1
    hertz: int = 30
    text: str = ""


class Told(msgspec.Struct, frozen=True):
    """One interview of the practice content (`resources/practice/`)."""

    title: str
    date: Time = Time()
    place: str = ""
    languages: list[str] = []
    people: list[Person] = []
    summary: str = ""
    account: str = ""
    notes: list[str] = []
    files: list[MadeFile] = []
    consent: dict[str, str] | None = None
    state: str = "saved"
    """`draft`, `saved` or `finalised`."""
    versions: list[dict[str, str]] = []
    """Earlier versions: the fields in which they differ, the oldest first."""
    conflict: dict[str, str] | None = None
    """What the practice office proposes instead: fields and a reason."""


class Office(msgspec.Struct, frozen=True):
    """The office that practises along."""

    label: str
    received: Told


def told() -> list[Told]:
    """The practice interviews of this vault itself, Korean and English in turn."""
    english = msgspec.json.decode(resources.read_bytes("practice/en.json"), type=list[Told])
    korean = msgspec.json.decode(resources.read_bytes("practice/ko.json"), type=list[Told])
    longest = max(len(english), len(korean))
    return [one for place in range(longest) for part in (english, korean) for one in part[place : place + 1]]


def make(folder: Path, *, cost: Argon2Cost | None = None, progress: Progress = no_progress) -> str:
    """Make a practice vault in `folder` (new or empty) and return its passphrase. Progress counts interviews.

    `cost` is for tests. Raises MachineError, Cancelled; then nothing is left in `folder`.
    """
    existed = folder.exists()
    s, _ = session.create_vault(
        folder, label=AUTHOR, role="field", passphrase=PASSPHRASE, author=AUTHOR, practice=True, cost=cost
    )
    try:
        _fill(s, progress)
    except BaseException:
        s.close()
        session.remove_new(folder, existed)
        raise
    s.close()
    return PASSPHRASE


def _fill(s: Session, progress: Progress) -> None:
    office = msgspec.json.decode(resources.read_bytes("practice/office.json"), type=Office)
    keys, _ = DeviceKeys.generate()
    card = write_card(keys, label=office.label, role="office")
    contacts.add(s, card, keys.words)
    content = told()
    proposals: list[tuple[Told, RootId]] = []
    for place, one in enumerate(reversed(content)):
        progress(place, len(content) + 1)
        interview = _write_down(s, one, keys.fingerprint)
        if one.conflict is not None:
            proposals.append((one, interview))
    progress(len(content), len(content) + 1)
    bundle = _office_bundle(s, keys, card, office.received, proposals)
    taking_in.take_in_from(s, io.BytesIO(bundle))
    progress(len(content) + 1, len(content) + 1)


def _write_down(s: Session, one: Told, office: Fingerprint) -> RootId:
    interview = interviews.create(s, title=one.title)
    if one.state == "draft":
        body = msgspec.Raw(msgspec.json.encode(_body(one)))
        interviews.save_draft(s, interview, Draft(base=None, body=body, field="account"))
        return interview
    final = _body(one)
    for earlier in one.versions:
        fields = {name: text for name, text in earlier.items() if name in ("title", "summary", "account")}
        interviews.save_version(s, interview, msgspec.structs.replace(final, **fields))
    interviews.save_version(s, interview, final)
    for text in one.notes:
        interviews.save_note(s, interview, None, text)
    for file in one.files:
        data = _bytes(file)
        files.attach(s, interview, io.BytesIO(data), file.name, size=len(data))
    agreed = _consent(one, office)
    if agreed is not None:
        consent.set_consent(s, interview, agreed)
    if one.state == "final":
        interviews.finalise(s, interview)
    return interview


def _body(one: Told) -> Interview:
    return Interview(
        title=one.title,
        date=one.date,
        place=one.place,
        languages=one.languages,
        people=one.people,
        summary=one.summary,
        account=one.account,
    )


def _consent(one: Told, office: str) -> Consent | None:
    if one.consent is None:
        return None
    share_with = one.consent.get("share_with", "verified")
    named = [office] if share_with == "named" else []
    return agreed_to(one.consent.get("choice", "nothing"), share_with, named, one.consent.get("given", ""))


def _bytes(file: MadeFile) -> bytes:
    if file.make == "png":
        return practice_files.picture(file.seed)
    if file.make == "wav":
        return practice_files.sound(file.hertz)
    if file.make == "pdf":
        return practice_files.page(file.text)
    return file.text.encode("utf-8")


class _Office:
    """The practice office, for as long as it writes its bundle."""

    def __init__(self, keys: DeviceKeys, label: str) -> None:
        self.keys = keys
        self._label = label
        self._log = MemoryRows()

    def revision(
        self,
        body: Body,
        root: RootId = NO_ROOT,
        *,
        follows: Envelope | None = None,
        parents: Iterable[RevisionHash] = (),
        reason: str = "",
        final: bool = False,
    ) -> tuple[RecordId, tuple[bytes, bytes]]:
        """A signed revision and its entry in the office's custody log; (record id, what travels)."""
        if follows is not None:
            begun = Begun(follows.origin, follows.nonce)
        else:
            begun = Begun(self.keys.fingerprint, record_ids.new_nonce())
        envelope = revising.compose(
            body,
            device=self.keys.fingerprint,
            begun=begun,
            author=self._label,
            root=root,
            parents=tuple(parents),
            reason=reason,
            final=final,
        )
        data = envelopes.encode(envelope)
        self._enter(
            "record.revise",
            envelope.id,
            envelope.root,
            {"revision": sha256_hex(data), "state": "current", "kind": envelope.kind},
        )
        return envelope.id, (data, self.keys.sign_revision(sha256(data)))

    def begin(self) -> None:
        """The first entry of the log."""
        self._enter("vault.create", "", NO_ROOT, {})

    def custody(self) -> Excerpt:
        """The whole of the log, as it travels."""
        size = self._log.size()
        signed = checkpoint.sign(self.keys, size, Sha256(tree.root(size, self._log.node).hex()), clock.now())
        told = [(seq, *kept) for seq in range(1, size + 1) if (kept := self._log.payload(seq)) is not None]
        return excerpt.take(self._log, signed, told)

    def _enter(self, act: str, obj: str, interview: RootId, detail: dict[str, str]) -> None:
        log.append(
            self._log,
            act=act,
            obj=obj,
            root=interview,
            detail=dict(detail),
            device=self.keys.fingerprint,
            author=self._label,
            at=clock.now(),
        )


def _office_bundle(
    s: Session, keys: DeviceKeys, card: bytes, received: Told, proposals: Iterable[tuple[Told, RootId]]
) -> bytes:
    """A bundle of the practice office: one interview of its own, and other versions of some of ours."""
    office = _Office(keys, received.people[0].name if received.people else "")
    office.begin()
    final = received.state == "final"
    begun, first = office.revision(_body(received), final=final)
    interview = RootId(begun)
    revisions = [first]
    revisions += [office.revision(Note(text), interview)[1] for text in received.notes]
    agreed = _consent(received, keys.fingerprint)
    if agreed is not None:
        revisions.append(office.revision(agreed, interview)[1])
    media: list[BundleMedia] = []
    for file in received.files:
        data = _bytes(file)
        attachment = Attachment(
            file.name, "", len(data), sha256_hex(data), "image/png", MediaId(random_bytes(16).hex())
        )
        record, made = office.revision(attachment, interview)
        revisions.append(made)
        media.append(BundleMedia(record, interview, attachment.sha256, len(data), partial(_Bytes, data)))
    parts = [BundleRoot(interview, revisions)]
    for one, ours in proposals:
        with s.store.read() as reader:
            base = revising.need(reader, ours, "interview")
        changed = dict(one.conflict or {})
        reason = changed.pop("reason", "")
        proposal = msgspec.structs.replace(_body(one), **changed)
        _, made = office.revision(
            proposal,
            follows=base.envelope,
            parents=[base.sha],
            reason=reason,
            final=base.envelope.final,
        )
        parts.append(BundleRoot(ours, [made]))
    out = io.BytesIO()
    plan = BundlePlan(
        card=card,
        created=clock.now(),
        recipients=[Recipient(s.keys.public, 1)],
        roots=parts,
        media=media,
        custody=office.custody(),
    )
    write_bundle(out, plan, keys)
    return out.getvalue()


class _Bytes:
    """Bytes as a source of an attachment."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self.size = len(data)

    def read_at(self, offset: int, length: int, /) -> bytes:
        return self._data[offset : offset + length]

    def close(self) -> None:
        """Nothing to close."""

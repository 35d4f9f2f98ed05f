"""The only maker of items: what of a root might leave, with everything that the gate must know of it.

Nothing else in the house makes an `Item`, so nothing can leave of which these facts were not gathered.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from cairn.app.coding import moved, places
from cairn.app.consent.gate import Item
from cairn.app.kernel import identities, revising
from cairn.app.kernel.revising import CURRENT, Version
from cairn.app.kernel.session import Session
from cairn.app.sound.off_record import OffRecord
from cairn.model.consent import Part
from cairn.model.ids import RecordId, RootId
from cairn.model.kinds import registry
from cairn.model.kinds.kind import Body, Quoted, Scope
from cairn.model.passages import anchors
from cairn.model.values import NO_LENGTH, LengthMs
from cairn.storage.work import Reader

Heads = Mapping[RecordId, Sequence[Version]]
"""Record id → heads, of one root (`revising.root_heads`)."""

_NO_PART = "none"
_SHOWN = (("image/", Part.FACES), ("video/", Part.VIDEO), ("audio/", Part.SOUND))
"""What a file of this media type shows beside what it is. A picture may show people: nobody has said that it doesn't."""


def of_root(
    s: Session, reader: Reader, root: RootId, heads: Heads, off: OffRecord, *, written: bool = True
) -> list[Item]:
    """An item for each record of a root, and one more for each proposal beside it.

    Without `written` what `coding.moved` would write anew before it leaves counts as if it had been.
    """
    # A root that another device merely proposes, or that has no version yet, has nothing that holds.
    settled = any(head.state == CURRENT for head in heads.get(root, ()))
    moving = moved.records(s, reader, root, heads) if not written else frozenset()
    return [
        item
        for record, found in heads.items()
        for item in of_record(s, reader, record, found, off, heads, settled=settled, moving=moving)
    ]


def of_record(
    s: Session,
    reader: Reader,
    record: RecordId,
    heads: Sequence[Version],
    off: OffRecord,
    around: Heads,
    *,
    settled: bool = True,
    moving: Collection[RecordId] = (),
) -> list[Item]:
    """The items of one record: what stands of it, and each proposal; `settled` says whether its root is.

    `around` are the heads of the records that it may quote; those in `moving` are written anew before they leave.
    """
    current = [head for head in heads if head.state == CURRENT]
    kind = heads[0].envelope.kind
    root = heads[0].envelope.is_root
    made = []
    if current:
        removed = any(_is_removed(head.body) for head in current)
        made.append(
            Item(
                kind,
                record,
                revising.title_of(current[0].body),
                _size(current[0]),
                has_bytes=_has_bytes(current[0]),
                media_type=_media_type(current[0]),
                length=_length(current[0]),
                parts=frozenset(part for head in current for part in _parts_of(s, reader, head)),
                root=root,
                removed=removed,
                present=all(_is_present(s, reader, head) for head in current),
                settled=settled,
                known=all(head.body is not None for head in current),
                off_record=any(_stays(off, head.body, record) for head in current),
                recording_open=any(off.is_open(head.body) for head in current),
                sources=frozenset(each.source for each in _quoted(current)),
                stands=record in moving or all(_stands(each, around) for each in _quoted(current)),
            )
        )
    made += [
        Item(
            kind,
            record,
            revising.title_of(head.body),
            len(head.stored.data),
            has_bytes=_has_bytes(head),
            media_type=_media_type(head),
            length=_length(head),
            parts=_parts_of(s, reader, head),
            settled=False,
        )
        for head in heads
        if head.state != CURRENT
    ]
    return made


def unsaved(root: RootId, title: str) -> Item:
    """The item of an interview of which there is nothing but a draft."""
    return Item("interview", root, title, parts=frozenset((Part.ACCOUNT,)), root=True, settled=False)


def _parts_of(s: Session, reader: Reader, head: Version) -> frozenset[str]:
    """The parts that a version falls under; of an identity also those of what is sealed in it."""
    contact = {Part.CONTACT} if identities.tells_contact(s, reader, head) else set()
    return _parts(head.envelope.kind, head.body) | contact


def _parts(kind: str, body: Body | None) -> frozenset[str]:
    known = registry.get(kind)
    if known is None:
        # A kind that only a newer version knows is a part that nobody here can have agreed to, whatever it is called.
        return frozenset((kind,))
    part = known.part
    if part == _NO_PART and known.scope is Scope.OFFICE:
        # A judgement about what was told leaves where what was told may.
        part = Part.ACCOUNT
    if part == _NO_PART:
        return frozenset()
    media = revising.media_named(body)
    shown = [more for beginning, more in _SHOWN if media is not None and media.type.startswith(beginning)]
    return frozenset((part, *shown))


def _is_removed(body: Body | None) -> bool:
    return body is not None and registry.of_body(body).removed(body)


def _stays(off: OffRecord, body: Body | None, record: RecordId) -> bool:
    """Whether a body says itself that it must not leave, or holds something that was put off the record."""
    return off.holds_back(body, record) or (body is not None and registry.of_body(body).stays(body))


def _quoted(heads: Sequence[Version]) -> list[Quoted]:
    """What versions repeat of other records."""
    found = [registry.of_body(head.body).quotes(head.body) for head in heads if head.body is not None]
    return [each for each in found if each is not None]


def _stands(quoted: Quoted, around: Heads) -> bool:
    """Whether its source says what is quoted, in a version that would leave with it.

    Of what is not here, and of what this version can't read, nobody can tell: it stays for that reason.
    """
    bodies = [head.body for head in around.get(quoted.source, ()) if head.state == CURRENT]
    if quoted.words is None or None in bodies or not bodies:
        return True
    texts = [places.text_of(body, quoted.field) for body in bodies]
    return any(text is not None and anchors.stands(text, quoted.words) for text in texts)


def _has_bytes(head: Version) -> bool:
    return revising.media_named(head.body) is not None


def _media_type(head: Version) -> str:
    media = revising.media_named(head.body)
    return media.type if media is not None else ""


def _length(head: Version) -> LengthMs:
    return registry.of_body(head.body).length(head.body) if head.body is not None else NO_LENGTH


def _size(head: Version) -> int:
    media = revising.media_named(head.body)
    return media.size if media is not None else len(head.stored.data)


def _is_present(s: Session, reader: Reader, head: Version) -> bool:
    media = revising.media_named(head.body)
    envelope = head.envelope
    return media is None or revising.media_of(s, reader, envelope.root, envelope.id, media.sha256) is not None

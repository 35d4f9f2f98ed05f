"""Passages that moved, written anew: at their new place, with what stands around them there.

It happens before a bundle is sealed: whoever receives a passage receives the version that it cites. Those of other
coders are theirs to write; they leave as they are where all of their words still stand.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from cairn.app.coding import places
from cairn.app.coding.places import Place, State
from cairn.app.kernel import revising
from cairn.app.kernel.revising import CURRENT, Version
from cairn.app.kernel.session import Session
from cairn.model.ids import NO_REVISION, RecordId, RootId
from cairn.model.kinds import registry
from cairn.model.kinds.passage import Passage
from cairn.model.passages.anchors import InText, words_at
from cairn.storage.work import Reader

Heads = Mapping[RecordId, Sequence[Version]]
KIND = "passage"
_STANDING = frozenset((State.SAME, State.MOVED))


def records(s: Session, reader: Reader, root: RootId, heads: Heads) -> frozenset[RecordId]:
    """The passages that `write` would write anew; `heads` are those of all records of the interview."""
    passages = {record: found for record, found in heads.items() if found and found[0].envelope.kind == KIND}
    return frozenset(head.envelope.id for head, _ in _moved(s, reader, root, passages, heads))


def write(s: Session, root: RootId) -> int:
    """Write those of this device's passages of an interview anew that lie elsewhere, or between other words, in the
    version of their source that stands; how many. Nothing happens where there is none."""
    with s.store.read() as reader:
        if not _found(s, reader, root):
            return 0
    with s.store.write() as work:
        found = _found(s, work, root)
        for head, body in found:
            revising.write(s, work, body, root=root, record=head.envelope.id, parents=[head.sha])
    return len(found)


def _found(s: Session, reader: Reader, root: RootId) -> list[tuple[Version, Passage]]:
    passages = revising.root_heads(reader, root, [KIND])
    sources = revising.root_heads(reader, root, citable_kinds()) if passages else {}
    return _moved(s, reader, root, passages, sources)


def _moved(
    s: Session, reader: Reader, root: RootId, passages: Heads, sources: Heads
) -> list[tuple[Version, Passage]]:
    whole = [found[0] for found in passages.values() if [head.state for head in found] == [CURRENT]]
    each = zip(whole, places.of(reader, whole, sources, s.places.of(root)), strict=True)
    anew = [(head, _anew(s, head, place, sources)) for head, place in each]
    return [(head, body) for head, body in anew if body is not None]


def _anew(s: Session, head: Version, place: Place, around: Heads) -> Passage | None:
    """A passage as it would be written anew; None where nothing is to be written, or not by this device."""
    body = head.body
    if not isinstance(body, Passage) or body.removed or not s.is_own(head.envelope.device):
        return None
    if place.state not in _STANDING or not isinstance(place.at, InText):
        return None
    if place.state is State.SAME and place.fresh:
        return None
    source = places.shown(around.get(body.source, ()))
    if source is None or source.state != CURRENT:
        return None
    return at_place(body, source, place.at)


def at_place(body: Passage, source: Version, at: InText) -> Passage:
    """A passage that cites another version of its source, at a place there. Raises ValueError for no such place."""
    words = words_at(places.text_of(source.body, body.field) or "", at.start, at.end)
    return msgspec.structs.replace(
        body,
        revision=source.sha,
        at=at,
        quote=words.quote,
        before=words.before,
        after=words.after,
        kept=NO_REVISION,
    )


def citable_kinds() -> list[str]:
    """The kinds whose records passages can be marked in: all but those of coders."""
    return [kind.name for kind in registry.every() if kind.name not in (KIND, "coding")]

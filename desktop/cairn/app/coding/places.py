"""Where passages lie in what stands of their sources now.

Nothing of it is kept on the disk: it follows from the versions, and an interview with two thousand passages is
compared in a tenth of a second. What was compared once is remembered while the vault is open.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

from cairn.app.kernel import revising
from cairn.app.kernel.revising import CURRENT, Version
from cairn.model.ids import NO_REVISION, RecordId, RevisionHash
from cairn.model.kinds import registry
from cairn.model.kinds.kind import Body
from cairn.model.kinds.passage import Passage
from cairn.model.passages import anchors, following
from cairn.model.passages.anchors import Anchor, InText, Words
from cairn.storage import revisions
from cairn.storage.work import Reader


class State(StrEnum):
    """What became of a passage, as it is told."""

    SAME = "same"
    MOVED = "moved"
    CHANGED = "changed"
    LOST = "lost"
    KEPT = "kept"
    """Changed or lost, and a person said that it stays a passage of the version that it cites."""
    GONE = "gone"
    """Its source is not here: erased, or it stayed where it came from."""
    REMOVED = "removed"
    """Its source was removed."""
    NEWER = "newer"
    """A newer version of Cairn wrote its source, or the passage."""


WAITING = frozenset((State.CHANGED, State.LOST))
"""What waits for a person."""


class Place(NamedTuple):
    """Where a passage lies now."""

    state: State
    at: Anchor | None = None
    """In `against`; None where it is lost, or where it is all of its source."""
    near: int = 0
    """Of a lost one: where it was, as near as can be said."""
    against: RevisionHash = NO_REVISION
    """The version of the source that stands."""
    fresh: bool = True
    """Whether what it keeps of the source stands there word for word, with what is around it."""


Remembered = dict[tuple[RevisionHash, RevisionHash], Place]
"""(Version of a passage, version of its source) → its place."""


def shown(found: Sequence[Version]) -> Version | None:
    """The version of a record that is shown and compared with: the current one, else what is proposed."""
    return next((head for head in found if head.state == CURRENT), found[0] if found else None)


def text_of(body: Body | None, field: str) -> str | None:
    """The text of a body in which passages are marked; None where it has no such text."""
    return None if body is None else registry.of_body(body).citable(body).get(field)


def of(
    reader: Reader,
    passages: Sequence[Version],
    sources: Mapping[RecordId, Sequence[Version]],
    remembered: Remembered | None = None,
) -> list[Place]:
    """The place of each of these passages of one interview; `sources` are the heads of its records.

    Raises IntegrityError `storage.record-altered`.
    """
    kept: Remembered = {} if remembered is None else remembered
    wanted: dict[_Cited, list[_Marked]] = {}
    for each in passages:
        body = each.body
        if not isinstance(body, Passage) or not isinstance(body.at, InText):
            continue
        head = shown(sources.get(body.source, ()))
        if head is not None and head.body is not None and (each.sha, head.sha) not in kept:
            cited = _Cited(body.source, body.revision, body.field)
            wanted.setdefault(cited, []).append(_Marked(each.sha, body.at, body.words))
    for cited, some in wanted.items():
        head = shown(sources[cited.source])
        if head is not None:
            _follow(reader, cited, head, some, kept)
    return [_place(each, sources, kept) for each in passages]


class _Cited(NamedTuple):
    source: RecordId
    revision: RevisionHash
    field: str


class _Marked(NamedTuple):
    sha: RevisionHash
    at: InText
    words: Words


def _place(each: Version, sources: Mapping[RecordId, Sequence[Version]], kept: Remembered) -> Place:
    body = each.body
    if not isinstance(body, Passage):
        return Place(State.NEWER)
    head = shown(sources.get(body.source, ()))
    if head is None:
        return Place(State.GONE)
    if head.body is None:
        return Place(State.NEWER, against=head.sha)
    if registry.of_body(head.body).removed(head.body):
        return Place(State.REMOVED, against=head.sha)
    if not isinstance(body.at, InText):
        # The bytes of a recording or a picture are never changed: another sound is another record.
        return Place(State.SAME, body.at, against=head.sha)
    place = kept[each.sha, head.sha]
    if place.state in WAITING and body.kept == head.sha:
        return place._replace(state=State.KEPT)
    return place


def _follow(reader: Reader, cited: _Cited, head: Version, some: Sequence[_Marked], kept: Remembered) -> None:
    now = text_of(head.body, cited.field) or ""
    old = _text_cited(reader, cited)
    if old is not None and all(old[each.at.start : each.at.end] == each.words.quote for each in some):
        found = following.follow(old, now, [(each.at.start, each.at.end) for each in some])
    else:
        # The version that is cited is not here, or does not say what is quoted of it.
        found = [following.find(now, each.words, each.at.start) for each in some]
    for each, one in zip(some, found, strict=True):
        at = InText(one.start, one.end) if one.start < one.end else None
        fresh = at is not None and anchors.stands(now, each.words, one.start)
        kept[each.sha, head.sha] = Place(State(one.state.value), at, one.start, head.sha, fresh)


def _text_cited(reader: Reader, cited: _Cited) -> str | None:
    """The text of the version that is cited, where it is here and is one of the source."""
    if not revisions.known(reader, [cited.revision]):
        return None
    version = revising.version(reader, cited.revision)
    return text_of(version.body, cited.field) if version.envelope.id == cited.source else None

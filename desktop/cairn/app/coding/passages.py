"""Passages of an interview: list, mark, change, remove, settle. Each coder writes their own and nobody else's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec

from cairn.app.coding import coders, moved, places
from cairn.app.coding.coders import Coder, Passes
from cairn.app.coding.places import Place, State
from cairn.app.kernel import device_names, revising
from cairn.app.kernel.revising import CURRENT, Version
from cairn.app.kernel.session import Session
from cairn.errors import InputError
from cairn.model.ids import NO_RECORD, NO_REVISION, RecordId, RevisionHash, RootId
from cairn.model.kinds import registry
from cairn.model.kinds.passage import Passage
from cairn.model.passages import anchors
from cairn.model.passages.anchors import Anchor, InPicture, InSound, InText
from cairn.storage.work import Reader, Work

KIND = moved.KIND


@dataclass(frozen=True)
class PassageView:
    """A passage as it is shown."""

    id: RecordId
    interview: RootId
    sha: RevisionHash
    body: Passage
    """As its coder wrote it; `place` says where it lies now."""
    place: Place
    coder: Coder
    own: bool
    """Whether who sits here may change it."""
    source_kind: str
    """Kind of what is cited; empty where that is not here."""
    source_title: str
    created: str
    """UTC, of this version."""
    conflict: bool = False
    """Versions stand side by side, or another device proposes one: settle it under History."""

    @property
    def state(self) -> State:
        """What became of it."""
        return self.place.state

    @property
    def waits(self) -> bool:
        """Whether a person should settle it: changed, or lost."""
        return self.place.state in places.WAITING

    @property
    def span(self) -> tuple[int, int] | None:
        """Where it lies now in its text, in code points; None where it doesn't, or is of no text."""
        at = self.place.at
        return (at.start, at.end) if isinstance(at, InText) else None


@dataclass(frozen=True)
class Coded:
    """The passages of one interview that are shown to who sits here."""

    interview: RootId
    passages: tuple[PassageView, ...]
    """By source, then by place; what is lost last."""
    passes: Passes
    hidden: tuple[tuple[Coder, int], ...] = ()
    """Coders whose passages are not shown, because the coding is blind, and how many they have."""
    unreadable: int = 0
    """Passages that a newer version of Cairn wrote."""
    sources: dict[RecordId, Version] = field(default_factory=dict)
    """What is cited, as it stands."""

    @property
    def waiting(self) -> tuple[PassageView, ...]:
        """The own ones that a person should settle."""
        return tuple(each for each in self.passages if each.waits and each.own)

    def of(self, source: RecordId, field: str = "") -> list[PassageView]:
        """Those of one text, recording or picture."""
        return [each for each in self.passages if each.body.source == source and each.body.field == field]


def listed(s: Session, interview: RootId, *, removed: bool = False) -> Coded:
    """The passages of an interview with what became of them; `removed` ones too when wanted.

    Raises InputError `interview.unknown`; IntegrityError when something stored is not what was signed.
    """
    with s.store.read() as reader:
        if not revising.maker(reader, interview):
            raise InputError("interview.unknown")
        return _listed(s, reader, interview, removed=removed)


def _listed(s: Session, reader: Reader, interview: RootId, *, removed: bool) -> Coded:
    now = coders.passes(s, reader, interview)
    labels = device_names.Labels(s, reader)
    heads = revising.root_heads(reader, interview)
    shown = [(places.shown(found), found) for found in heads.values() if found[0].envelope.kind == KIND]
    unreadable = 0
    visible: list[tuple[Version, Coder, bool]] = []
    hidden: dict[Coder, int] = {}
    for head, found in shown:
        if head is None or not isinstance(head.body, Passage):
            unreadable += 1
            continue
        if head.body.removed and not removed:
            continue
        coder = coders.who(s, labels, head)
        if now.shows(coder):
            visible.append((head, coder, len(found) > 1 or head.state != CURRENT))
        else:
            hidden[coder] = hidden.get(coder, 0) + 1
    where = places.of(reader, [head for head, _, _ in visible], heads, s.places.of(interview))
    views = [
        _view(head, coder, place, heads.get(head.body.source, ()), now, conflict=conflict)
        for (head, coder, conflict), place in zip(visible, where, strict=True)
        if isinstance(head.body, Passage)
    ]
    cited = {each.body.source for each in views}
    return Coded(
        interview=interview,
        passages=tuple(sorted(views, key=_order)),
        passes=now,
        hidden=tuple(sorted(hidden.items())),
        unreadable=unreadable,
        sources={
            record: head
            for record, found in heads.items()
            if record in cited and (head := places.shown(found)) is not None
        },
    )


def _view(
    head: Version,
    coder: Coder,
    place: Place,
    source: Sequence[Version],
    now: Passes,
    *,
    conflict: bool,
) -> PassageView:
    if not isinstance(head.body, Passage):
        raise InputError("passage.newer")
    cited = places.shown(source)
    return PassageView(
        id=head.envelope.id,
        interview=head.envelope.root,
        sha=head.sha,
        body=head.body,
        place=place,
        coder=coder,
        own=coder == now.me,
        source_kind=cited.envelope.kind if cited is not None else "",
        source_title=revising.title_of(cited.body) if cited is not None else "",
        created=head.envelope.created,
        conflict=conflict,
    )


def _order(view: PassageView) -> tuple[object, ...]:
    match view.place.at or view.body.at:
        case InText(start, end) | InSound(start, end):
            at: tuple[int, int] = (start, -end)
        case InPicture(left, top):
            at = (top, left)
        case _:
            at = (0, 0)
    return view.state is State.LOST, view.body.source, view.body.field, *at, view.id


def get(s: Session, passage: RecordId) -> PassageView:
    """One passage. Raises InputError `passage.unknown`, `passage.newer`, `passage.hidden` in a blind coding."""
    with s.store.read() as reader:
        head = _need(reader, passage)
        now = coders.passes(s, reader, head.envelope.root)
        coder = coders.who(s, device_names.Labels(s, reader), head)
        if not now.shows(coder):
            raise InputError("passage.hidden", name=coder.name)
        body = head.body
        source = revising.heads(reader, body.source) if isinstance(body, Passage) and body.source else []
        around = {body.source: source} if isinstance(body, Passage) else {}
        (place,) = places.of(reader, [head], around, s.places.of(head.envelope.root))
        conflict = len(revising.heads(reader, passage)) > 1 or head.state != CURRENT
        return _view(head, coder, place, source, now, conflict=conflict)


def add(
    s: Session,
    interview: RootId,
    source: RecordId,
    at: Anchor | None,
    field: str = "",
    **said: Any,
) -> RecordId:
    """Mark a passage of `source` as it stands; its id. `said` are further fields of `Passage`.

    A place in a text is in code points of its current version. Raises InputError `passage.no-source`,
    `passage.no-such-place`, `passage.too-long`, `passage.malformed`.
    """
    with s.store.write() as work:
        return add_in(s, work, interview, source, at, field, **said)


def add_in(
    s: Session,
    work: Work,
    interview: RootId,
    source: RecordId,
    at: Anchor | None,
    field: str = "",
    **said: Any,
) -> RecordId:
    """The same inside a unit of work: for several at once."""
    body = _checked(_cite(Passage(), _source(work, interview, source), at, field), said)
    record, _ = revising.write(s, work, body, root=interview)
    return record


def change(s: Session, passage: RecordId, **said: Any) -> Passage:
    """Change what is said of a passage; the body before, for taking it back (`put_back`).

    `said` are fields of `Passage` but those of its place: see `place_anew`. Raises InputError `passage.unknown`,
    `passage.of-another`, `passage.newer`, `passage.malformed`.
    """
    with s.store.write() as work:
        head, before = _own(s, work, passage)
        return _write(s, work, head, before, _checked(before, said))


def place_anew(
    s: Session, passage: RecordId, at: Anchor, *, source: RecordId = NO_RECORD, field: str | None = None
) -> Passage:
    """Put a passage at another place, of the version that stands: other words, more of them, less. The body before.

    Raises as `add` and `change`.
    """
    with s.store.write() as work:
        head, before = _own(s, work, passage)
        cited = _source(work, head.envelope.root, source or before.source)
        named = before.field if field is None else field
        return _write(s, work, head, before, _cite(before, cited, at, named))


def settle(s: Session, passage: RecordId) -> Passage:
    """Take a changed passage as it reads now: its place in the version that stands. The body before.

    Raises InputError `passage.lost` for one that lies nowhere (`place_anew` puts it somewhere), and as `change`.
    """
    with s.store.write() as work:
        head, before = _own(s, work, passage)
        place = _place(s, work, head)
        if place.state in (State.GONE, State.REMOVED, State.NEWER):
            raise InputError("passage.no-source")
        if place.at is None:
            if before.at is not None:
                raise InputError("passage.lost")
            return before
        cited = _source(work, head.envelope.root, before.source)
        return _write(s, work, head, before, _cite(before, cited, place.at, before.field))


def keep(s: Session, passage: RecordId) -> Passage:
    """Let a changed or lost passage stay one of the version that it cites: it stays in this vault. The body before.

    It is asked about again when its source changes again. Raises as `change`.
    """
    with s.store.write() as work:
        head, before = _own(s, work, passage)
        place = _place(s, work, head)
        if place.state not in places.WAITING:
            return before
        return _write(s, work, head, before, msgspec.structs.replace(before, kept=place.against))


def remove(s: Session, passage: RecordId) -> Passage:
    """Remove a passage; its versions stay in the history. The body before, for taking it back. Raises as `change`."""
    with s.store.write() as work:
        head, before = _own(s, work, passage)
        return _write(s, work, head, before, msgspec.structs.replace(before, removed=True))


def put_back(s: Session, passage: RecordId, body: Passage) -> Passage:
    """Make `body` the current version again: undo of what gave it. The body before. Raises as `change`."""
    with s.store.write() as work:
        head, before = _own(s, work, passage)
        return _write(s, work, head, before, body)


def _write(s: Session, work: Work, head: Version, before: Passage, body: Passage) -> Passage:
    if body != before:
        record = head.envelope.id
        parents = [each.sha for each in revising.heads(work, record) if each.state == CURRENT]
        revising.write(s, work, body, root=head.envelope.root, record=record, parents=parents)
    return before


def _place(s: Session, reader: Reader, head: Version) -> Place:
    body = head.body
    source = body.source if isinstance(body, Passage) else NO_RECORD
    around = {source: revising.heads(reader, source)} if source else {}
    (place,) = places.of(reader, [head], around, s.places.of(head.envelope.root))
    return place


def _need(reader: Reader, passage: RecordId) -> Version:
    head = places.shown(revising.heads(reader, passage))
    if head is None or head.envelope.kind != KIND:
        raise InputError("passage.unknown")
    if not isinstance(head.body, Passage):
        raise InputError("passage.newer")
    return head


def _own(s: Session, reader: Reader, passage: RecordId) -> tuple[Version, Passage]:
    head = _need(reader, passage)
    coder = coders.who(s, device_names.Labels(s, reader), head)
    if coder != coders.me(s):
        raise InputError("passage.of-another", name=coder.name)
    if not isinstance(head.body, Passage):
        raise InputError("passage.newer")
    return head, head.body


def _source(reader: Reader, interview: RootId, source: RecordId) -> Version:
    """What is cited, as it stands. Raises InputError `passage.no-source`."""
    head = revising.current(reader, source)
    if head is None or head.body is None or head.envelope.root != interview:
        raise InputError("passage.no-source")
    kind = registry.of_body(head.body)
    if kind.removed(head.body) or kind.name in (KIND, coders.KIND):
        raise InputError("passage.no-source")
    return head


def _cite(body: Passage, source: Version, at: Anchor | None, field: str) -> Passage:
    """A passage of this version at this place. Raises InputError `passage.no-such-place`, `passage.too-long`."""
    text = places.text_of(source.body, field)
    try:
        if isinstance(at, InText):
            if text is None:
                raise InputError("passage.no-such-place")
            if at.end - at.start > anchors.MAX_QUOTE:
                raise InputError("passage.too-long", most=anchors.MAX_QUOTE)
            body = msgspec.structs.replace(body, source=source.envelope.id, field=field)
            return moved.at_place(body, source, at)
        _require_shown(source, at)
        return msgspec.structs.replace(
            body,
            source=source.envelope.id,
            revision=source.sha,
            field="",
            at=at,
            quote="",
            before="",
            after="",
            kept=NO_REVISION,
        )
    except ValueError as error:
        raise InputError("passage.no-such-place") from error


def _require_shown(source: Version, at: Anchor | None) -> None:
    """A place in a sound needs a sound of that length, a box a picture. Raises InputError `passage.no-such-place`."""
    media = revising.media_named(source.body)
    length = registry.of_body(source.body).length(source.body) if source.body is not None else 0
    if isinstance(at, InSound) and (not length or at.end > length):
        raise InputError("passage.no-such-place")
    if isinstance(at, InPicture) and (media is None or not media.type.startswith("image/")):
        raise InputError("passage.no-such-place")


_SAID = frozenset(("supports", "codes", "basis", "confidence", "speaks", "note"))


def _checked(body: Passage, said: dict[str, Any]) -> Passage:
    """The passage with other fields, as strict as one that arrives. Raises InputError `passage.malformed`."""
    if not said.keys() <= _SAID:
        raise TypeError(f"no such field: {sorted(said.keys() - _SAID)}")
    for name in ("supports", "codes"):
        if name in said:
            said[name] = list(dict.fromkeys(said[name]))
    changed = msgspec.structs.replace(body, **said)
    try:
        return msgspec.json.decode(msgspec.json.encode(changed), type=Passage)
    except (msgspec.MsgspecError, UnicodeError) as error:
        raise InputError("passage.malformed") from error

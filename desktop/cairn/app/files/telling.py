"""What files and recordings tell beside what they show or play: the one look before anything leaves.

Sealing, copying out and the Files tab ask here, in the window and on the command line; it is told in one way. The file
is looked at in the child process that holds no key.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass

from cairn.app.kernel import revising, sentences
from cairn.app.kernel.session import Session
from cairn.app.kernel.views import Problem
from cairn.crypto.cobblestone import CobReader
from cairn.decode.host import DecodeHost
from cairn.decode.types import Kind, is_office, kind_of
from cairn.errors import InputError, IntegrityError
from cairn.model.ids import RecordId, RootId
from cairn.model.kinds import registry
from cairn.model.kinds.kind import Body
from cairn.model.ports import Progress, no_progress
from cairn.model.values import LengthMs
from cairn.storage.work import Reader

ORDER = (
    "place", "time", "device", "person", "words", "comments", "earlier", "hidden", "pages", "film", "behind",
    "attached", "unheard", "shows", "preview", "more", "unknown",
)  # fmt: skip
"""What may be told, what weighs most first. Its words: `value.tells.CODE` in `resources/kinds`."""

_SOUND = "sound"
"""The part of the consent under which kinds of sound fall."""
_COPIED = frozenset({Kind.PICTURE, Kind.PDF, Kind.SOUND, Kind.FILM})


@dataclass(frozen=True)
class Telling:
    """A file or a recording that tells more than it shows or plays."""

    interview: RootId
    record: RecordId
    name: str
    tells: tuple[str, ...]
    """Codes: see `ORDER`."""
    copied: bool
    """Whether a copy without all this can be made."""

    def problem(self, language: str) -> Problem:
        """It in words, for showing."""
        return Problem("tells.file", {"name": self.name, "what": in_words(self.tells, language)})


def in_words(tells: Sequence[str], language: str) -> str:
    """What is told, in one line."""
    return ", ".join(sentences.value("tells", code, language) for code in ORDER if code in tells)


def can_copy(media_type: str, name: str) -> bool:
    """Whether a copy that tells nothing of this can be made of a file of this kind."""
    return kind_of(media_type or name) in _COPIED or is_office(media_type, name)


def of_record(s: Session, decoder: DecodeHost, record: RecordId) -> tuple[str, ...]:
    """What a file or a recording of this vault tells; nothing of what was made here to tell nothing, or is removed.

    Raises InputError `interview.unknown`, `decode.closed`, IntegrityError `file.bytes-missing` and what reading finds.
    """
    with s.store.read() as rows:
        head = revising.current(rows, record)
        if head is None:
            raise InputError("interview.unknown")
        body = head.body
        if body is None or registry.of_body(body).media(body) is None or _is_plain(s, head, body):
            return ()
        source = _open(s, rows, head)
    with closing(source):
        found = set(decoder.tells(source))
        kind = registry.of_body(body)
        if kind.part == _SOUND and _is_longer(decoder, source, kind.length(body)):
            found.add("unheard")
    return tuple(code for code in ORDER if code in found)


def leaving(
    s: Session,
    decoder: DecodeHost,
    records: Iterable[tuple[RootId, RecordId]],
    progress: Progress = no_progress,
    known: dict[RecordId, Telling | None] | None = None,
) -> list[Telling]:
    """Those of the files and recordings (interview, record) that would tell more than they show or play, if they left.

    `known` holds what was found before, and takes what is found now: bytes never change. What has no bytes here is
    passed over. Raises InputError `decode.closed`, Cancelled.
    """
    known = {} if known is None else known
    wanted = list(dict.fromkeys(records))
    for done, (interview, record) in enumerate(wanted):
        progress(done, len(wanted))
        if record not in known:
            known[record] = _look(s, decoder, interview, record)
    progress(len(wanted), len(wanted))
    return [one for _, record in wanted if (one := known[record]) is not None]


def _look(s: Session, decoder: DecodeHost, interview: RootId, record: RecordId) -> Telling | None:
    try:
        said = of_record(s, decoder, record)
    except IntegrityError:
        return None  # it can't leave either: sealing says so
    with s.store.read() as rows:
        head = revising.current(rows, record)
    body = head.body if head is not None else None
    media = revising.media_named(body)
    if not said or body is None or media is None:
        return None
    # Of whatever is known to be sound a copy can be made, whatever its type says.
    copied = registry.of_body(body).part == _SOUND or can_copy(media.type, media.name)
    return Telling(interview, record, revising.title_of(body), said, copied)


def _is_plain(s: Session, head: revising.Version, body: Body) -> bool:
    kind = registry.of_body(body)
    if kind.removed(body):
        return True  # it does not leave
    # What another device says of its bytes is not believed.
    return s.is_own(head.envelope.device) and kind.plain(body)


def _open(s: Session, rows: Reader, head: revising.Version) -> CobReader:
    named = revising.media_named(head.body)
    media = named and revising.media_of(s, rows, head.envelope.root, head.envelope.id, named.sha256)
    if not media:
        raise IntegrityError("file.bytes-missing")
    return s.media.open(media.media_id)


def _is_longer(decoder: DecodeHost, source: CobReader, length: LengthMs) -> bool:
    """Whether there is sound behind the length that the recording is known to have."""
    try:
        info = decoder.sound(source)
    except InputError:
        return False
    finally:
        decoder.release(source)
    return info.frames * 1000 // info.rate > length + 1000

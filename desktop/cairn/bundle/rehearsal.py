"""Reading a bundle before it is written: its maker refuses whatever its reader would refuse.

Everything but the media is in memory when a bundle is sealed, so the reader's own functions are asked about it. What
they refuse then never becomes a file that looks like a bundle and that nobody can open.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from cairn.bundle import bag, custody_files, identity_files, records
from cairn.bundle.reader import verified_head
from cairn.custody import excerpt
from cairn.custody.checkpoint import Verifier
from cairn.errors import CairnError, IntegrityError
from cairn.model.exchange import IncomingRevision, Stub

_TOO_BIG = "bundle.too-big"


class _Bytes:
    """A payload file in memory."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self.size = len(data)

    def chunks(self) -> Iterator[bytes]:
        """All of it, in pieces as the reader gets them."""
        for start in range(0, self.size, bag.PIECE):
            yield self._data[start : start + bag.PIECE]


def rehearse(tags: Mapping[str, bytes], small: Sequence[tuple[str, bytes]], device: Verifier) -> None:
    """Read the tag files, and the payload files that are no media, as the recipient will.

    Raises InputError `bundle.too-big`, IntegrityError `bundle.would-be-refused`.
    """
    try:
        _read(tags, small, device)
    except CairnError as error:
        if error.code == _TOO_BIG:
            raise
        raise IntegrityError("bundle.would-be-refused") from error


def _read(tags: Mapping[str, bytes], small: Sequence[tuple[str, bytes]], device: Verifier) -> None:
    for name, data in tags.items():
        bag.CAPS[name].require(len(data))
    head = verified_head(dict(tags))
    revisions: list[IncomingRevision] = []
    stubs: list[Stub] = []
    custody = custody_files.Collected()
    for name, data in small:
        file = _Bytes(data)
        if custody.take(file, name):
            continue
        if bag.is_records(name):
            found = records.read_records(file)
            revisions += found.revisions
            stubs += found.stubs
        elif name == bag.OPENINGS:
            identity_files.read_index(file, head.files)
        elif bag.is_opening(name):
            identity_files.read_file(file)
        elif name == bag.MEDIA_INDEX:
            records.read_media_index(file, head.files)
    records.require_amounts(revisions, stubs)
    shown = excerpt.check(custody.excerpt(), device)
    own = [
        (each.envelope.id, each.sha256) for each in revisions if each.envelope.device == device.fingerprint
    ]
    if (shown.size, shown.root) != (head.custody.size, head.custody.root) or shown.untold(own):
        raise IntegrityError("bundle.would-be-refused")

"""The payload of an age file: 64 KiB chunks under ChaCha20-Poly1305, the last one marked as last.

The chunk counter is in the nonce, so chunks cannot be swapped, dropped or repeated; the mark on the last one
reveals a file cut short. A reader gives out each chunk only after it is authentic, but only the end
of the file tells that it is whole: whoever reads must not act on the data before the end was reached.
"""

from __future__ import annotations

import io
import random
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.utils import Buffer

from cairn.crypto.age import keys
from cairn.crypto.age.format import Header, Stanza, covered, malformed, read_header
from cairn.crypto.age.identities import Identity, PQIdentity
from cairn.crypto.age.recipients import PQRecipient, Recipient
from cairn.crypto.hashes import equal, hkdf_sha256, hmac_sha256, random_bytes
from cairn.crypto.streams import LineSource, Sink, read_exactly, read_into, write_all
from cairn.errors import CairnError, InputError, IntegrityError

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

CHUNK = 64 * 1024
TAG = 16
NONCE = 16
_SEALED = CHUNK + TAG
# 1 MiB a batch, see cobblestone.
_BATCH = 16


def payload_size(plain: int) -> int:
    """Bytes that follow the header of a file with `plain` bytes of plaintext."""
    return NONCE + plain + TAG * max(1, -(-plain // CHUNK))


def _cipher(file_key: bytes, nonce: bytes) -> ChaCha20Poly1305:
    return ChaCha20Poly1305(hkdf_sha256(file_key, salt=nonce, info=b"payload"))


def _mac(file_key: bytes, stanzas: tuple[Stanza, ...]) -> bytes:
    return hmac_sha256(hkdf_sha256(file_key, salt=b"", info=b"header"), covered(stanzas))


def _nonce(chunk: int, last: bool) -> bytes:
    return (chunk << 8 | last).to_bytes(12, "big")


class AgeWriter:
    """Encrypts what is written to it into `out`, which is not closed here.

    `pad` recipients that nobody holds the key of are added until there are at least that many, in random
    order, so that the number of addressees does not show. Without `finish` the file reads as cut short.
    Raises InputError `age.mixed-recipients` when kinds are mixed (a classical recipient would undo what
    the post-quantum one protects; a passphrase has to be alone) or there is none; MachineError.

    What `out` is handed lies in a buffer that is filled again when `buffers` more writes were made: with several,
    `out` may still hash a piece while the next is encrypted.
    """

    def __init__(self, out: Sink, recipients: Sequence[Recipient], *, pad: int = 0, buffers: int = 1) -> None:
        kinds = {recipient.kind for recipient in recipients}
        if len(kinds) != 1 or (keys.SCRYPT in kinds and len(recipients) != 1):
            raise InputError("age.mixed-recipients")
        everyone = list(recipients)
        if pad and kinds == {keys.PQ}:
            while len(everyone) < pad:
                everyone.append(PQRecipient.from_text(PQIdentity.generate().recipient))
            random.SystemRandom().shuffle(everyone)
        self._out = out
        file_key = random_bytes(keys.FILE_KEY)
        stanzas = tuple(recipient.wrap(file_key) for recipient in everyone)
        nonce = random_bytes(NONCE)
        self._cipher = _cipher(file_key, nonce)
        self._chunk = 0
        self._held = memoryview(bytearray(CHUNK))
        self._filled = 0
        self._ring = [memoryview(bytearray(_BATCH * _SEALED)) for _ in range(buffers)]
        self._sealed = self._ring[0]
        self._waiting = 0
        self._finished = False
        write_all(out, Header(stanzas, _mac(file_key, stanzas)).serialise() + nonce)

    def write(self, data: Buffer) -> int:
        """Take in `data`, whole. Returns its length in bytes."""
        if self._finished:
            raise ValueError("finished")
        view = memoryview(data).cast("B")
        taken = len(view)
        place = 0
        # A full chunk is sealed only when more follows: which one is the last must be known before.
        if self._filled:
            place = min(CHUNK - self._filled, taken)
            self._hold(view[:place])
            if place == taken:
                return taken
            self._seal(self._held)
            self._filled = 0
        # Whole chunks are encrypted from where they are, without being copied first.
        while taken - place > CHUNK:
            self._seal(view[place : place + CHUNK])
            place += CHUNK
        self._hold(view[place:])
        return taken

    def finish(self) -> None:
        """Write what is held and mark its last chunk as last. Calling it again does nothing."""
        if self._finished:
            return
        self._finished = True
        self._seal(self._held[: self._filled], last=True)
        self._write_out()

    def _hold(self, part: memoryview) -> None:
        self._held[self._filled : self._filled + len(part)] = part
        self._filled += len(part)

    def _seal(self, plain: memoryview, *, last: bool = False) -> None:
        """Encrypt one chunk into the batch; write the batch out when it is full."""
        start = self._waiting
        self._waiting += len(plain) + TAG
        nonce = _nonce(self._chunk, last)
        self._cipher.encrypt_into(nonce, plain, None, self._sealed[start : self._waiting])
        self._chunk += 1
        if self._waiting == len(self._sealed):
            self._write_out()

    def _write_out(self) -> None:
        write_all(self._out, self._sealed[: self._waiting])
        self._waiting = 0
        self._ring.append(self._ring.pop(0))
        self._sealed = self._ring[0]


def unwrap_file_key(header: Header, identities: Iterable[Identity]) -> bytes:
    """The key of a file with this header, the header proved authentic.

    Raises InputError `age.no-match` when none of the identities opens it, `age.header-malformed`,
    `age.work-factor`; IntegrityError `age.header-mac` when the header was changed.
    """
    # A passphrase promises who wrote the file; beside another stanza it would not.
    if len(header.stanzas) != 1 and any(stanza.type == keys.SCRYPT for stanza in header.stanzas):
        raise malformed()
    for identity in identities:
        for stanza in header.stanzas:
            file_key = identity.unwrap(stanza)
            if file_key is not None:
                if not equal(_mac(file_key, header.stanzas), header.mac):
                    raise IntegrityError("age.header-mac")
                return file_key
    raise InputError("age.no-match")


class AgeReader(io.RawIOBase):
    """The plaintext of an age file, readable front to back. `source` is not closed here.

    Opening raises what `read_header` and `unwrap_file_key` raise. Reading raises IntegrityError
    `age.payload-truncated` or `age.payload-altered`; whatever was given out before is authentic, and nothing
    after it is given out. `read(n)` gives n bytes unless the end or a damaged place comes first.

    `read_view` lends the plaintext where it lies. With several `buffers`, what was lent stays as it is while so many
    batches less one are decrypted after it; `reuse` is called before each, so that whoever still uses an older one
    can be waited for.
    """

    def __init__(
        self,
        source: LineSource,
        identities: Iterable[Identity],
        *,
        buffers: int = 1,
        reuse: Callable[[], object] = lambda: None,
    ) -> None:
        super().__init__()
        self._source = source
        self.header = read_header(source)
        file_key = unwrap_file_key(self.header, identities)
        nonce = read_exactly(source, NONCE)
        if len(nonce) != NONCE:
            raise malformed()
        self._cipher = _cipher(file_key, nonce)
        self._chunk = 0
        self._sealed = memoryview(bytearray(_BATCH * _SEALED))
        self._ring = [memoryview(bytearray(_BATCH * CHUNK)) for _ in range(buffers)]
        self._plain = self._ring[0]
        self._reuse = reuse
        self._ready = self._plain[:0]
        self._done = False
        self._error: CairnError | None = None

    def readable(self) -> bool:
        return True

    def read(self, size: int | None = -1) -> bytes:
        if size is None or size < 0:
            return self.readall()
        if len(self._ready) >= size:
            return self._take(size)
        buffer = bytearray(size)
        return bytes(memoryview(buffer)[: self.readinto(buffer)])

    def read1(self, size: int = -1, /) -> bytes:
        """What is ready, at most a batch: copied once, where filling a whole buffer would copy twice."""
        return bytes(self.read_view(size))

    def read_view(self, size: int = -1, /) -> memoryview:
        """What is ready, at most a batch, not copied: see the class for how long it stays. Empty at the end."""
        while not len(self._ready):
            if self._error is not None:
                raise self._error
            if self._done:
                break
            self._next_batch()
        return self._lend(len(self._ready) if size < 0 else size)

    def _take(self, size: int) -> bytes:
        return bytes(self._lend(size))

    def _lend(self, size: int) -> memoryview:
        part = self._ready[:size].toreadonly()
        self._ready = self._ready[size:]
        return part

    def readall(self) -> bytes:
        pieces = []
        while piece := self.read1():
            pieces.append(piece)
        return b"".join(pieces)

    def readinto(self, buffer: WriteableBuffer) -> int:
        view = memoryview(buffer).cast("B")
        filled = 0
        while filled < len(view):
            if not len(self._ready):
                if self._error is not None and not filled:
                    raise self._error
                if self._done or self._error is not None:
                    break
                self._next_batch()
                continue
            part = self._ready[: len(view) - filled]
            view[filled : filled + len(part)] = part
            filled += len(part)
            self._ready = self._ready[len(part) :]
        return filled

    def _next_batch(self) -> None:
        """Decrypt up to a batch into `_ready`. What stops it is kept for the read after that."""
        self._reuse()
        self._ring.append(self._ring.pop(0))
        self._plain = self._ring[0]
        try:
            count = read_into(self._source, self._sealed)
        except CairnError as error:
            self._error = error
            return
        done = place = 0
        while place < count and self._error is None:
            if self._done:
                self._error = IntegrityError("age.payload-altered")
                break
            piece = self._sealed[place : min(place + _SEALED, count)]
            done += self._open(piece, self._plain[done : done + max(len(piece) - TAG, 0)])
            place += len(piece)
        if count < len(self._sealed) and not self._done and self._error is None:
            self._error = IntegrityError("age.payload-truncated")
        self._ready = self._plain[:done]
        if self._done:
            self._refuse_more()

    def _open(self, piece: memoryview, target: memoryview) -> int:
        """Decrypt one chunk into `target`; notes the last one, or what is wrong. Returns its length."""
        if len(piece) < TAG:
            self._error = IntegrityError("age.payload-truncated")
            return 0
        # All but the last are full, so a short chunk can only be the last; a full one is mostly not.
        for last in (True,) if len(piece) < _SEALED else (False, True):
            try:
                size = self._cipher.decrypt_into(_nonce(self._chunk, last), piece, None, target)
            except InvalidTag:
                continue
            if not size and self._chunk:
                break
            self._chunk += 1
            self._done = last
            return size
        self._error = IntegrityError("age.payload-altered")
        return 0

    def _refuse_more(self) -> None:
        """Nothing may follow the last chunk, also where it ended exactly with the batch."""
        try:
            if read_exactly(self._source, 1):
                self._error = IntegrityError("age.payload-altered")
        except CairnError as error:
            self._error = error

"""The parent's side: ask for pixels, samples and text of a file, get them or a plain refusal.

One `DecodeHost` serves a whole session and is closed when the vault locks. It keeps a child for each
of the few files that are being looked at, so that no file ever meets a process that has seen another
file. Every function may be called from any worker thread, and blocks.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence
from typing import NoReturn, Self

import msgspec

from cairn.decode import wire
from cairn.decode.plain import is_plain
from cairn.decode.process import Child, command
from cairn.decode.types import HEAD, OFFICE_ENDINGS, sniff
from cairn.errors import InputError
from cairn.forms.imported import Imported, believed
from cairn.forms.markup import Document, loads
from cairn.model.ports import ReadableAt
from cairn.paths import machine_errors

MAX_TEXT = 2 << 20
"""How much of a text file is read unless asked otherwise, in bytes."""
TELLS = frozenset({
    "place", "time", "device", "words", "person", "preview", "film", "behind", "pages", "comments", "earlier", "hidden",
    "attached", "unheard", "shows", "unknown", "more",
})  # fmt: skip
"""What a file may tell beside its content: see `cairn.decode.tells`."""
_PICTURES = frozenset(
    {"image/jpeg", "image/png", "image/gif", "image/bmp", "image/tiff", "image/webp", "image/heic"}
)
ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "cp949", "gb18030", "big5", "cp932", "cp1251", "cp1252")
"""What a person may choose for a text whose encoding was guessed wrong."""
_CHILDREN = 3
_SECONDS = 30.0


class Pixels(msgspec.Struct, frozen=True):
    """A picture: `rgba` holds 4 bytes a pixel, not premultiplied, rows from the top without padding.

    `full_width` and `full_height` are the file's own size: pixels, or points of a PDF page.
    """

    width: int
    height: int
    rgba: bytes
    full_width: int
    full_height: int
    pages: int = 1
    """How many pictures the file holds: pages of a TIFF, frames of an animation."""
    cut_off: bool = False
    """The file ends before its picture does: the rest is grey or black."""


class PictureFacts(msgspec.Struct, frozen=True):
    """What a picture's file says beside its pixels. `width` and `height` are as stored, before it is turned.

    `tells` are codes: `place`, `time`, `device`, `words`, `preview` (a small picture of it), `more`.
    """

    width: int
    height: int
    tells: tuple[str, ...]
    pages: int = 1


class PictureCopy(msgspec.Struct, frozen=True):
    """A picture encoded anew, with nothing but its pixels: `image/jpeg`, or `image/png` where it was lossless."""

    data: bytes
    type: str
    width: int
    height: int
    pages: int = 1
    """How many pictures the file holds that it was made from; this is one of them."""


class SoundInfo(msgspec.Struct, frozen=True):
    """What a sound file holds as `sound_block` gives it: frames per second, 1 or 2 channels.

    `frames` is 0 when nothing but decoding it tells its length. More than two channels are mixed to one.
    """

    rate: int
    channels: int
    frames: int
    left: int = 0
    """Bytes of the file that are no part of the sound that is heard, nor a tag."""
    unclosed: bool = False
    """Its recorder never wrote how long it is: it lost power, say."""


class Text(msgspec.Struct, frozen=True):
    """The beginning of a text file: line ends are line feeds, control characters are U+FFFD."""

    text: str
    encoding: str
    shortened: bool


class Whole:
    """Bytes in memory as a ReadableAt."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self.size = len(data)

    def read_at(self, offset: int, length: int, /) -> bytes:
        """Up to `length` bytes from `offset`."""
        return self._data[offset : offset + length]


class _Twin:
    """The same bytes under another name, for a child of their own."""

    def __init__(self, source: ReadableAt | bytes) -> None:
        self._source: ReadableAt = Whole(source) if isinstance(source, bytes) else source
        self.size = self._source.size

    def read_at(self, offset: int, length: int, /) -> bytes:
        """Up to `length` bytes from `offset`."""
        return self._source.read_at(offset, length)


class _Seat:
    """One file and the child that serves it, one request at a time."""

    def __init__(self, given: ReadableAt | bytes) -> None:
        self.given = given  # held, so that its id is not given to another object
        self.source: ReadableAt = Whole(given) if isinstance(given, bytes) else given
        self.turn = threading.Lock()
        self.child: Child | None = None
        self.left = False


class DecodeHost:
    """Decodes untrusted files in child processes.

    `seconds` bounds a child's own time for one request; time spent reading the file doesn't count.
    Every method that takes a `source` raises InputError `decode.failed` (the child died or was not
    believed), `decode.took-too-long`, `decode.damaged`, `decode.unsupported`, `decode.too-big`,
    `decode.locked` (a PDF with a password of its own), `decode.closed`; MachineError when no process
    can be started; and whatever reading the source raises. After each of them the next request
    begins with a fresh child.
    """

    def __init__(self, *, seconds: float = _SECONDS, start: Sequence[str] | None = None) -> None:
        self._seconds = seconds
        self._start = list(start) if start is not None else command()
        self._lock = threading.Lock()
        self._seats: OrderedDict[int, _Seat] = OrderedDict()
        self._closed = False

    def picture(self, source: ReadableAt | bytes, *, max_px: int, page: int = 0) -> Pixels:
        """A picture, upright, its longest edge at most `max_px` (and 4096) pixels; never enlarged.

        JPEG, PNG, GIF, BMP, TIFF, WebP, HEIC; of several in one file, `page` from 0.
        """
        return self._pixels(source, self._picture_op(source, "pixels"), page, max_px)

    def picture_facts(self, source: ReadableAt | bytes) -> PictureFacts:
        """What a picture's file says beside its pixels."""
        answer, _ = self._ask(source, self._picture_op(source, "facts"))
        return PictureFacts(answer.full_width, answer.full_height, tuple(answer.tells), max(1, answer.pages))

    def picture_copy(
        self,
        source: ReadableAt | bytes,
        *,
        page: int = 0,
        turns: int = 0,
        boxes: Sequence[tuple[int, int, int, int]] = (),
    ) -> PictureCopy:
        """One picture of a file, `page` from 0, encoded anew without anything but its pixels, at most 64 MiB.

        `boxes` (left, top, right, bottom; far edges excluded) are overwritten with black, in pixels of the
        upright picture; then it is turned by `turns` quarters to the right. Transparent parts become
        white, colours sRGB. What comes back has been looked at: it has no part that could hold anything else.
        """
        request = wire.Request(
            self._picture_op(source, "copy"), self._size(source), page, turns=turns % 4, boxes=list(boxes)
        )
        answer, body = self._put(source, request, wire.MAX_COPY)
        if not is_plain(body, answer.encoding) or not answer.full_width or not answer.full_height:
            self._disbelieve(source)
        return PictureCopy(body, answer.encoding, answer.full_width, answer.full_height, max(1, answer.pages))

    def pdf_pages(self, source: ReadableAt | bytes) -> int:
        """How many pages a PDF has."""
        answer, _ = self._ask(source, "pdf-pages")
        return answer.pages

    def pdf_page(self, source: ReadableAt | bytes, index: int, *, width_px: int) -> Pixels:
        """Page `index` (from 0), `width_px` wide; smaller where it would pass 4096 pixels in height."""
        return self._pixels(source, "pdf-page", index, width_px)

    def sound(self, source: ReadableAt | bytes) -> SoundInfo:
        """What a sound file holds, all of its streams together.

        WAV, FLAC, Ogg (Opus, Vorbis), MP3, AIFF, AU, M4A and AAC (also lossless, also in fragments); where they and
        their samples fit into memory, WebM, WMA, WavPack and others that the library of packets knows.
        """
        answer, _ = self._ask(source, "sound")
        if not answer.rate or not answer.channels:
            self._disbelieve(source)
        return SoundInfo(answer.rate, answer.channels, answer.frames, answer.left, answer.unclosed)

    def sound_block(self, source: ReadableAt | bytes, start_frame: int, frames: int) -> bytes:
        """Up to `frames` (at most 262,144) frames as interleaved little-endian int16; empty at the end."""
        count = min(frames, wire.MAX_BLOCK)
        _, block = self._ask(source, "sound-block", start_frame, count, most=count * 4)
        if len(block) % 2:
            self._disbelieve(source)
        return block

    def text(self, source: ReadableAt | bytes, *, limit: int = MAX_TEXT, encoding: str = "") -> Text:
        """The text in the first `limit` bytes, whatever encoding they are in; `encoding` is one of `ENCODINGS`."""
        request = wire.Request("text", self._size(source), 0, limit, encoding=encoding)
        # A character of one byte can become three in UTF-8.
        answer, body = self._put(source, request, 3 * min(limit, wire.MAX_TEXT))
        try:
            return Text(body.decode("utf-8"), answer.encoding, answer.shortened)
        except UnicodeDecodeError:
            self._disbelieve(source)

    def document_text(self, source: ReadableAt | bytes, *, limit: int = MAX_TEXT) -> Text:
        """The words of a document, at most `limit` characters: Word, Excel, PowerPoint, OpenDocument, Hangul, PDF.

        `encoding` is the kind: `docx`, `xlsx`, `pptx`, `odf`, `hwpx`, `hwp` (its first page or so; then `shortened`),
        `pdf` (a form feed between two pages). A scanned page has no words. For search and for reading, not for
        judging what a document looks like.
        """
        op = "pdf-text" if sniff(self._head(source)) == "application/pdf" else "document-text"
        answer, body = self._ask(source, op, 0, limit, most=4 * min(limit, wire.MAX_TEXT))
        try:
            return Text(body.decode("utf-8"), answer.encoding, answer.shortened)
        except UnicodeDecodeError:
            self._disbelieve(source)

    def tells(self, source: ReadableAt | bytes) -> tuple[str, ...]:
        """What a file of any kind tells beside what it shows or plays, as codes (`cairn.decode.tells`).

        One look for all kinds. What can't be looked into is `unknown`; plain text tells nothing but its words.
        """
        kind = sniff(self._head(source))
        if kind in _PICTURES:
            op = self._picture_op(source, "facts")
        elif kind == "application/pdf":
            op = "pdf-tells"
        elif kind in ("application/zip", "application/x-ole-storage"):
            op = "document-tells"
        elif kind.startswith(("audio/", "video/")):
            op = "sound-tells"
        else:
            return () if kind == "text/plain" else ("unknown",)
        # A file of another kind was perhaps looked at by a child that can't do this.
        twin = _Twin(source)
        try:
            answer, _ = self._ask(twin, op)
        except InputError as error:
            if error.code == "decode.closed":
                raise
            return ("unknown",)
        finally:
            self.release(twin)
        return tuple(sorted(set(answer.tells) & TELLS))

    def pdf_copy(self, source: ReadableAt | bytes) -> bytes:
        """The pages of a PDF alone, in a new PDF of at most 64 MiB: no properties, marks, files inside, earlier versions."""
        answer, body = self._put(source, wire.Request("pdf-copy", self._size(source)), wire.MAX_COPY)
        if body[:5] != b"%PDF-" or not answer.pages:
            self._disbelieve(source)
        return body

    def office_copy(self, source: ReadableAt | bytes) -> tuple[bytes, str]:
        """A document written anew with what is on its pages alone (`cairn.decode.office`), and the ending of its kind.

        Raises InputError, also `decode.holds-more` where there is something inside that can't be looked into.
        """
        answer, body = self._put(source, wire.Request("office-copy", self._size(source)), wire.MAX_COPY)
        if body[:4] != b"PK\x03\x04" or answer.encoding not in OFFICE_ENDINGS:
            self._disbelieve(source)
        return body, answer.encoding

    def form(self, source: ReadableAt | bytes) -> Imported:
        """A questionnaire (XLSForm as .xlsx, .xls, Markdown or CSV; XForm), converted, and what is to be said about it.

        What a person can put right is a finding with its row. Raises InputError, `form.too-big` among it.
        """
        _, body = self._put(source, wire.Request("form", self._size(source)), wire.MAX_COPY)
        try:
            return believed(body)
        except InputError:
            self.release(source)
            raise

    def form_table(self, source: ReadableAt | bytes) -> Document:
        """A list beside a form (CSV, XML, GeoJSON) as a tree. Raises InputError."""
        _, body = self._put(source, wire.Request("form-table", self._size(source)), wire.MAX_COPY)
        try:
            return loads(body)
        except InputError:
            self.release(source)
            raise

    def guards(self) -> frozenset[str]:
        """Names of the guards that a child finds on this machine, for the self-test."""
        probe = Whole(b"")
        try:
            answer, _ = self._ask(probe, "guards")
        finally:
            self.release(probe)
        return frozenset(answer.guards)

    @property
    def pids(self) -> list[int]:
        """Process ids of the children that are alive."""
        with self._lock:
            return [seat.child.pid for seat in self._seats.values() if seat.child is not None]

    def release(self, source: ReadableAt | bytes) -> None:
        """The file is no longer looked at: end its child, also in the middle of a request."""
        with self._lock:
            seat = self._seats.pop(id(source), None)
        if seat is not None:
            _leave(seat)

    def close(self) -> None:
        """End all children at once, also those in the middle of a request. For good; idempotent."""
        with self._lock:
            self._closed = True
            seats = list(self._seats.values())
            self._seats.clear()
        for seat in seats:
            _leave(seat)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _pixels(self, source: ReadableAt | bytes, op: str, first: int, count: int) -> Pixels:
        edge = max(1, min(count, wire.MAX_EDGE))
        answer, body = self._ask(source, op, first, edge, most=4 * wire.MAX_EDGE * wire.MAX_EDGE)
        if answer.width < 1 or answer.height < 1 or len(body) != answer.width * answer.height * 4:
            self._disbelieve(source)
        return Pixels(
            answer.width,
            answer.height,
            body,
            answer.full_width,
            answer.full_height,
            max(1, answer.pages),
            answer.shortened,
        )

    @staticmethod
    def _size(source: ReadableAt | bytes) -> int:
        return len(source) if isinstance(source, bytes) else source.size

    def _picture_op(self, source: ReadableAt | bytes, what: str) -> str:
        """HEIC has a child of its own kind, which may start threads: its decoder can't do without."""
        return f"heic-{what}" if sniff(self._head(source)) == "image/heic" else f"picture-{what}"

    @staticmethod
    def _head(source: ReadableAt | bytes) -> bytes:
        with machine_errors():
            return source[:HEAD] if isinstance(source, bytes) else source.read_at(0, min(HEAD, source.size))

    def _disbelieve(self, source: ReadableAt | bytes) -> NoReturn:
        self.release(source)
        raise InputError("decode.failed")

    def _ask(
        self, source: ReadableAt | bytes, op: str, first: int = 0, count: int = 0, *, most: int = 0
    ) -> tuple[wire.Answer, bytes]:
        if first < 0 or count < 0:
            raise ValueError("negative")
        return self._put(source, wire.Request(op, self._size(source), first, count), most)

    def _put(self, source: ReadableAt | bytes, request: wire.Request, most: int) -> tuple[wire.Answer, bytes]:
        seat = self._seat(source)
        with seat.turn:
            if seat.left:
                raise InputError("decode.closed")
            if seat.child is None:
                seat.child = Child(self._start)
            child = seat.child
            whole = False
            try:
                # `_leave` sets this before it looks for a child, so one of us sees the other.
                if seat.left:
                    raise InputError("decode.closed")
                result = child.ask(request, seat.source, self._seconds, most)
                whole = True
                return result
            finally:
                # After any failure the child's state is unknown: the next request gets a fresh one.
                if not whole or seat.left:
                    child.close()
                    seat.child = None

    def _seat(self, source: ReadableAt | bytes) -> _Seat:
        """The seat of `source`. The one looked at longest ago makes room for a new one."""
        with self._lock:
            if self._closed:
                raise InputError("decode.closed")
            seat = self._seats.pop(id(source), None)
            if seat is None:
                seat = _Seat(source)
            self._seats[id(source)] = seat
            oldest = self._seats.popitem(last=False)[1] if len(self._seats) > _CHILDREN else None
        if oldest is not None:
            _leave(oldest)
        return seat


def _leave(seat: _Seat) -> None:
    seat.left = True
    child = seat.child
    if child is not None:
        child.kill()
    # Whoever is asking wakes up by the kill and cleans up; if nobody is, we do.
    if seat.turn.acquire(blocking=False):
        try:
            if seat.child is not None:
                seat.child.close()
                seat.child = None
        finally:
            seat.turn.release()

"""What lies in a ZIP that is a document (.docx, .xlsx, .odt, .hwpx …), member by member. Runs in the child only.

Nothing is ever extracted to a disk: a member is read here, up to a limit, whatever its head claims. A member's name
chooses nothing but which of ours it is compared with.
"""

from __future__ import annotations

import struct
import zipfile  # noqa: TID251 - read in memory only, in the child, member by member with limits
import zlib
from collections.abc import Iterator
from typing import IO, BinaryIO

from lxml import etree

from cairn.decode.refusal import Refused

MAX_MEMBERS = 20_000
MAX_MEMBER = 64 << 20
"""Most bytes of one member that are unpacked."""
MAX_ALL = 256 << 20
"""Most bytes that are unpacked of one file, all members together."""

BAD_FILE = (
    zipfile.BadZipFile, zlib.error, struct.error, etree.XMLSyntaxError, EOFError, KeyError, IndexError, OSError,
    RuntimeError, NotImplementedError, ValueError, OverflowError,
)  # fmt: skip
"""What the readers raise for files that are not what they say."""


class _Capped:
    """A member's bytes, as a file to read from, that ends the work where they are too many."""

    def __init__(self, file: IO[bytes], archive: Archive) -> None:
        self._file = file
        self._archive = archive
        self._left = MAX_MEMBER

    def read(self, size: int = -1, /) -> bytes:
        data = self._file.read(min(size, 1 << 20) if size >= 0 else 1 << 20)
        self._left -= len(data)
        self._archive.spend(len(data))
        if self._left < 0:
            raise Refused("too-big")
        return data


class Archive:
    """One ZIP. Raises Refused `damaged`, `locked` (with a password of its own), `too-big`."""

    def __init__(self, file: BinaryIO) -> None:
        file.seek(0)
        try:
            self._zip = zipfile.ZipFile(file)
        except BAD_FILE as error:
            raise Refused("damaged") from error
        infos = self._zip.infolist()
        if len(infos) > MAX_MEMBERS:
            raise Refused("too-big")
        self.locked = any(info.flag_bits & 1 for info in infos)
        self.names = [info.filename for info in infos if not info.is_dir()]
        self.comment = self._zip.comment
        self.begins_at = min((info.header_offset for info in infos), default=0)
        """Where its first member begins: what stands before belongs to no member."""
        self._spent = 0

    def spend(self, octets: int) -> None:
        """Count what was unpacked. Raises Refused `too-big`."""
        self._spent += octets
        if self._spent > MAX_ALL:
            raise Refused("too-big")

    def times(self) -> bool:
        """Whether a member says when it was written."""
        return any(info.date_time > (1980, 1, 2, 0, 0, 0) for info in self._zip.infolist())

    def size(self, name: str) -> int:
        """How many bytes a member claims to have."""
        return self._zip.getinfo(name).file_size

    def read(self, name: str) -> bytes:
        """A whole member. Raises Refused."""
        with self._open(name) as file:
            capped, pieces = _Capped(file, self), []
            while piece := capped.read():
                pieces.append(piece)
            return b"".join(pieces)

    def elements(self, name: str, *tags: str) -> Iterator[etree._Element]:
        """The elements of an XML member with these names (`{*}p`), each when it has ended. Raises Refused.

        No entity is resolved, nothing is loaded; what has been looked at is forgotten, so that the whole is never
        in memory.
        """
        with self._open(name) as file:
            events = etree.iterparse(
                _Capped(file, self), events=("end",), tag=tags or None, resolve_entities=False, no_network=True,
                load_dtd=False, huge_tree=False, recover=True,
            )  # fmt: skip
            for _, element in events:
                yield element
                element.clear(keep_tail=False)

    def tree(self, name: str) -> etree._Element:
        """A small XML member, whole. Raises Refused; ValueError and others of BAD_FILE where it is none."""
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        return etree.fromstring(self.read(name), parser)

    def _open(self, name: str) -> IO[bytes]:
        if self.locked:
            raise Refused("locked")
        return self._zip.open(name)


def local(element: etree._Element) -> str:
    """An element's name without its namespace; empty for what is none."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""

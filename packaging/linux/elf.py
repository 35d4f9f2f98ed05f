"""What a compiled file asks of the system: other libraries, and versions of the C library. Source: elf(5)."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from pathlib import Path

_DYNAMIC, _VERNEED = 6, 0x6FFFFFFE
_NEEDED, _SONAME, _RPATH, _RUNPATH = 1, 14, 15, 29


@dataclass(frozen=True)
class Elf:
    """One 64-bit little-endian ELF file."""

    soname: str
    needed: tuple[str, ...]
    """Libraries it is linked with, by name."""
    search: tuple[str, ...]
    """Where it looks for them, with `$ORIGIN` for its own folder."""
    versions: tuple[tuple[str, str], ...]
    """Pairs of a library and a version of its symbols, as ("libc.so.6", "GLIBC_2.34")."""


def read(path: Path) -> Elf | None:
    """What `path` asks for; None when it is no such file."""
    with path.open("rb") as file:
        if file.read(6) != b"\x7fELF\x02\x01":
            return None
        file.seek(0)
        data = file.read()
    (at,) = struct.unpack_from("<Q", data, 0x28)
    size, count = struct.unpack_from("<HH", data, 0x3A)
    sections = [struct.unpack_from("<IIQQQQIIQQ", data, at + n * size) for n in range(count)]

    def text(section: int, offset: int) -> str:
        begin = sections[section][4] + offset
        return data[begin : data.index(b"\0", begin)].decode()

    found: dict[int, list[str]] = {}
    versions: list[tuple[str, str]] = []
    for _name, kind, _flags, _addr, offset, length, link, info, *_rest in sections:
        if kind == _DYNAMIC:
            for tag, value in struct.iter_unpack("<qQ", data[offset : offset + length]):
                if tag in (_NEEDED, _SONAME, _RPATH, _RUNPATH):
                    found.setdefault(tag, []).append(text(link, value))
        elif kind == _VERNEED:
            here = offset
            for _ in range(info):
                _v, parts, file_name, first, following = struct.unpack_from("<HHIII", data, here)
                part = here + first
                for _ in range(parts):
                    _hash, _flags2, _other, name, beyond = struct.unpack_from("<IHHII", data, part)
                    versions.append((text(link, file_name), text(link, name)))
                    part += beyond
                here += following
    search = ":".join(found.get(_RUNPATH) or found.get(_RPATH) or [])
    return Elf(
        soname=(found.get(_SONAME) or [""])[0],
        needed=tuple(found.get(_NEEDED, [])),
        search=tuple(part for part in search.split(":") if part),
        versions=tuple(versions),
    )


def all_below(folder: Path) -> dict[Path, Elf]:
    """Every ELF file below `folder`, links left out, in the order of their names."""
    found = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink() and (elf := read(path)) is not None:
            found[path] = elf
    return found

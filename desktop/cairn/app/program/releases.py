"""What a release folder holds: the signed list of its files, and what the release says of itself.

Pure parsing of bytes; `updates` reads the folder and verifies. Both forms are strict: one way to write
each, names that are safe on every file system, bounds on everything.

`SHA256SUMS` is what `sha256sum` writes and checks: 64 lower-case hex digits, two spaces, the name, a line
feed. Names are plain (no folders), sorted by their bytes, and differ also where case doesn't count.

`release.json` is one JSON object; it is covered by the signature because `SHA256SUMS` lists it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Literal

import msgspec

from cairn.errors import InputError

SUMS = "SHA256SUMS"
SIGNATURE = "SHA256SUMS.sig"
ABOUT = "release.json"
NAMESPACE = "release@cairn"
FORMAT = "cairn-release/1"
MAX_SUMS = 32 * 1024
MAX_ABOUT = 64 * 1024
MAX_FILES = 100
_SUM = re.compile(r"(?P<hash>[0-9a-f]{64})  (?P<name>[A-Za-z0-9][A-Za-z0-9._+-]{0,99})")
_VERSION = re.compile(r"(0|[1-9][0-9]{0,5})\.(0|[1-9][0-9]{0,5})\.(0|[1-9][0-9]{0,5})")
# Controls, direction overrides, and what separates lines elsewhere: notes are shown to people.
_UNSHOWABLE = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]")
_LONGEST_NOTES = 16 * 1024

System = Literal["linux", "windows", "macos"]
Kind = Literal["deb", "rpm", "run", "appimage", "flatpak", "exe", "zip", "dmg"]
Version = tuple[int, int, int]


class Installer(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One file that somebody installs from: for which system and processor, and of which kind."""

    name: str
    system: System
    machine: Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9_]{2,20}$")]
    kind: Kind


class Release(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a release says of itself. `notes` are plain text by language; English is always there."""

    format: Literal["cairn-release/1"]
    version: str
    date: Annotated[str, msgspec.Meta(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")]
    notes: dict[Annotated[str, msgspec.Meta(pattern=r"^[a-z]{2,3}$")], str]
    files: Annotated[list[Installer], msgspec.Meta(max_length=MAX_FILES)]


def parse_version(text: str) -> Version:
    """`1.2.3` as numbers, to be compared. Raises InputError `update.malformed`."""
    found = _VERSION.fullmatch(text)
    if found is None:
        raise InputError("update.malformed")
    return int(found[1]), int(found[2]), int(found[3])


def parse_sums(data: bytes) -> dict[str, str]:
    """Names and their SHA-256 in hex. Raises InputError `update.sums-malformed`."""
    try:
        text = data.decode("ascii")
    except UnicodeDecodeError:
        raise InputError("update.sums-malformed") from None
    lines = text.split("\n")
    if len(data) > MAX_SUMS or lines.pop() != "" or not 1 <= len(lines) <= MAX_FILES:
        raise InputError("update.sums-malformed")
    sums: dict[str, str] = {}
    for line in lines:
        found = _SUM.fullmatch(line)
        if found is None:
            raise InputError("update.sums-malformed")
        sums[found["name"]] = found["hash"]
    names = list(sums)
    folded = {name.lower() for name in names} | {SUMS.lower(), SIGNATURE.lower()}
    if names != sorted(names) or len(folded) != len(lines) + 2 or ABOUT not in sums:
        raise InputError("update.sums-malformed")
    return sums


def serialise_sums(sums: Mapping[str, str]) -> bytes:
    """The one form of a list that `parse_sums` accepts."""
    return "".join(f"{sums[name]}  {name}\n" for name in sorted(sums)).encode("ascii")


def parse_about(data: bytes, sums: Mapping[str, str]) -> Release:
    """What the release says of itself; every file it names is on the list. Raises InputError `update.malformed`."""
    if len(data) > MAX_ABOUT:
        raise InputError("update.malformed")
    try:
        release = msgspec.json.decode(data, type=Release)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        raise InputError("update.malformed") from None
    parse_version(release.version)
    names = [one.name for one in release.files]
    shown = all(
        len(text) <= _LONGEST_NOTES and not _UNSHOWABLE.search(text) for text in release.notes.values()
    )
    if "en" not in release.notes or len(release.notes) > 50 or not shown:
        raise InputError("update.malformed")
    if len(set(names)) != len(names) or not all(name in sums for name in names):
        raise InputError("update.malformed")
    return release


def serialise_about(release: Release) -> bytes:
    """The bytes of `release.json`, as `packaging/release` writes them."""
    return msgspec.json.format(msgspec.json.encode(release), indent=2) + b"\n"

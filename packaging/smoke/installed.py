"""The package itself: installed in a root that has never heard of it, tested by itself, and what it brought."""

from __future__ import annotations

import json
import time
from pathlib import Path

from base import depends, field
from rooms import HANA, HANGUL, Room, User
from transcript import Transcript, must

MUST_BE_THERE = (
    "/usr/bin/cairn",
    "/usr/lib/cairn/cairn",
    "/usr/share/applications/app.cairn.Cairn.desktop",
    "/usr/share/icons/hicolor/scalable/apps/app.cairn.Cairn.svg",
    "/usr/share/metainfo/app.cairn.Cairn.metainfo.xml",
    "/usr/share/mime/packages/app.cairn.Cairn.xml",
    "/usr/share/man/man1/cairn.1.gz",
    "/usr/share/doc/cairn/copyright",
)
LARGEST_MB, LARGEST_INSTALLED_MB = 75, 240


def install(transcript: Transcript, room: Room, package: Path, *, fast: bool) -> None:
    """apt-get, the figures, and the self-test with and without a network."""
    with transcript.step("an administrator installs the package: apt-get install ./cairn.deb"):
        room.add(HANA)
        room.add(HANGUL)
        room.bring(package, "/srv/cairn.deb")
        before = len(room.run(["dpkg-query", "-f", ".", "-W"]).stdout)
        room.apt("satisfy", depends(package), unsafe=True)
        more = len(room.run(["dpkg-query", "-f", ".", "-W"]).stdout) - before
        begun = time.monotonic()
        room.apt("install", "/srv/cairn.deb")
        took = time.monotonic() - begun
        size = int(field(package, "Installed-Size")) * 1024 / 1e6
        packed = package.stat().st_size / 1e6
        transcript.note(
            f"{packed:.1f} MB packed{' (quickly)' if fast else ''}, {size:.0f} MB installed, in {took:.1f} s; "
            f"it asked for {more} packages more than the {before} that were there"
        )
        must(size <= LARGEST_INSTALLED_MB, f"{size:.0f} MB")
        must(fast or packed <= LARGEST_MB, f"{packed:.1f} MB")
    with transcript.step("everything is where a desktop looks for it, and whole"):
        missing = [one for one in MUST_BE_THERE if not (room.path / one[1:]).exists()]
        must(not missing, missing)
        must(not room.run(["dpkg", "--verify", "cairn"]).stdout, "dpkg --verify")
    with transcript.step("cairn self-test, with all networking denied and with the machine's own"):
        told = [self_test(room, HANA, network=network) for network in (False, True)]
        must(told[0] == told[1], f"they differ: {told}")
        transcript.note(", ".join(told[0]))


def self_test(room: Room, user: User, *, network: bool) -> list[str]:
    """Names of the checks; all of them passed."""
    said = room.run(["cairn", "self-test", "--json"], user, network=network, code=None)
    found = json.loads(said.stdout)
    bad = [one["name"] for one in found["checks"] if not one["passed"]]
    must(said.returncode == 0 and not bad, f"{bad} {found['problems']} {said.stderr}")
    return [one["name"] for one in found["checks"]]

"""The command line over a vault that can't be written: what reads goes on and says so, what writes ends with 5."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

import mediums
from cli.conftest import World
from cli.program import cairn, refused
from mediums import Disk

MEDIUM, FULL = "vault.to-read-medium", "vault.to-read-full"


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    with mediums.disk(tmp_path / "disk", "80m") as made:
        yield made


@pytest.fixture
def on_disk(disk: Disk, world: World) -> Path:
    return Path(shutil.copytree(world.field, disk.folder / "field"))


def reads(world: World, vault: Path, code: str, tmp_path: Path) -> None:
    for command in (
        ["interview", "list", vault],
        ["interview", "show", vault, world.interview],
        ["search", vault, "river"],
        ["custody", "verify", vault],
        ["custody", "show", vault],
        ["vault", "info", vault],
        ["vault", "check", vault],
        ["contact", "list", vault],
        ["contact", "card", vault, "-o", tmp_path / "my.contact"],
        ["recording", "list", vault, world.interview],
        ["vault", "backup", vault, tmp_path / "backup"],
    ):
        ran = cairn(*command, *world.key("field"))
        assert "can only be read now" in ran.err, command
        (tmp_path / "my.contact").unlink(missing_ok=True)
        ran = cairn(*command, "--json", *world.key("field"))
        assert code in ran.codes, command
        assert not ran.err
    assert ran.object["logged"] is False and ran.object["whole"] is True
    cairn("vault", "check-backup", tmp_path / "backup", *world.key("field"))


def copies_out(world: World, vault: Path, tmp_path: Path) -> None:
    shown = cairn("interview", "show", vault, world.interview, "--json", *world.key("field")).object
    file = next(each["id"] for each in shown["attachments"] if each["name"] == "letter.txt")
    copy = ["recording", "copy-out", vault, file, "-o", tmp_path / "out.txt"]
    ran = cairn(*copy, "--json", *world.key("field"), code=5)
    assert ran.codes[-1] == "custody.unlogged" and not (tmp_path / "out.txt").exists()
    said = cairn(*copy, *world.key("field"), code=5).err
    assert "its custody log will not tell of this copy" in said and "cairn: This copy can't be noted" in said
    cairn(*copy, "--unlogged", *world.key("field"))
    assert (tmp_path / "out.txt").read_bytes() == "편지".encode()


def writes_nothing(world: World, vault: Path, code: str, tmp_path: Path) -> None:
    for command in (
        ["interview", "add", vault, "--title", "T"],
        ["seal", vault, "--to", "Office", "--all", "-o", tmp_path / "outbox"],
        ["take-in", vault, world.bundle],
        ["contact", "add", vault, world.folder / "stranger.contact"],
        ["recording", "recover", vault],
        ["vault", "passphrase", vault, "--new-passphrase-file", world.folder / "office.pass"],
        ["identity", vault, "-o", tmp_path / "keys"],
    ):
        refused(5, code, *command, *world.key("field"))
    assert not (tmp_path / "outbox").exists() and not (tmp_path / "keys").exists()


@mediums.needs_root
def test_a_read_only_medium(disk: Disk, world: World, on_disk: Path, tmp_path: Path) -> None:
    disk.remount("ro")
    reads(world, on_disk, MEDIUM, tmp_path)
    copies_out(world, on_disk, tmp_path)
    writes_nothing(world, on_disk, MEDIUM, tmp_path)
    words = tmp_path / "words"
    words.write_text(" ".join(world.recovery["field"]), "utf-8")
    refused(
        5, MEDIUM, "vault", "recover", on_disk, "--words-file", words,
        "--new-passphrase-file", world.folder / "office.pass",
    )  # fmt: skip


@mediums.needs_root
def test_a_full_disk(disk: Disk, world: World, on_disk: Path, tmp_path: Path) -> None:
    (on_disk / "vault.reserve").unlink(missing_ok=True)
    disk.fill()
    reads(world, on_disk, FULL, tmp_path)
    copies_out(world, on_disk, tmp_path)
    writes_nothing(world, on_disk, FULL, tmp_path)
    disk.free()
    ran = cairn("interview", "add", on_disk, "--title", "T", "--json", *world.key("field"))
    assert json.loads(ran.out)["problems"] == []


def test_unlogged_changes_nothing_where_it_is_logged(world: World, field: Path, tmp_path: Path) -> None:
    shown = cairn("interview", "show", field, world.interview, "--json", *world.key("field")).object
    file = shown["attachments"][0]["id"]
    out = tmp_path / f"{os.getpid()}.bin"
    cairn("recording", "copy-out", field, file, "-o", out, "--unlogged", *world.key("field"))
    log = cairn("custody", "show", field, "--json", *world.key("field")).object["entries"]
    assert "copy-out" in [entry["act"] for entry in log]

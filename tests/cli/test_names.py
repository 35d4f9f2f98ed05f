"""Names that are no UTF-8, as archives from a Korean Windows leave them: through every door of the command line."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pytest

from cli.conftest import World
from cli.program import cairn, refused

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="names are bytes on Linux alone")

RAW = "증언 녹음".encode("cp949")


def named(folder: Path, ending: str = "") -> Path:
    return Path(os.fsdecode(os.fsencode(folder) + b"/" + RAW + ending.encode()))


def test_files_and_sound_come_in_under_the_name_that_was_meant(
    world: World, field: Path, tmp_path: Path
) -> None:
    key = world.key("field")
    file = named(tmp_path, ".txt")
    file.write_bytes(b"what was said")
    added = cairn("interview", "add", field, "--title", "W-9", "--attach", file, "--json", *key).object
    assert [one["name"] for one in added["attachments"]] == ["증언 녹음.txt"]
    sound = named(tmp_path, ".wav")
    sound.write_bytes(b"no sound")
    done = cairn("recording", "import", field, world.interview, sound, "--json", *key)
    assert done.object["attachments"][0]["name"] == "증언 녹음.wav"
    assert (
        "“증언 녹음.wav” can't be taken as sound"
        in cairn("recording", "import", field, world.interview, sound, *key).err
    )
    refused(
        3, "cli.no-such-file", "recording", "import", field, world.interview, named(tmp_path, ".mp3"), *key
    )


def test_bundles_cards_and_folders(world: World, field: Path, office: Path, tmp_path: Path) -> None:
    key = world.key("field")
    out = named(tmp_path, " out")
    sealed = cairn(
        "seal", field, "--to", "Office", "--interview", world.interview, "-o", out, "--json", *key
    ).object
    bundle = Path(sealed["bundles"][0]["path"])
    assert bundle.parent == out and bundle.is_file()
    moved = named(tmp_path, ".age")
    shutil.copy(bundle, moved)
    taken = cairn("take-in", office, moved, "--json", *world.key("office")).object
    assert taken["new"] + taken["same"] + taken["updated"] >= 1
    assert "증언 녹음" in cairn("open", moved).out or cairn("open", moved).out
    card = named(tmp_path, ".contact")
    cairn("contact", "card", field, "-o", card, *key)
    cairn("contact", "add", office, card, "--json", *world.key("office"))


def test_a_vault_and_a_backup_in_such_folders(world: World, field: Path, tmp_path: Path) -> None:
    key = world.key("field")
    backup = named(tmp_path, " backup")
    backup.mkdir()
    cairn("vault", "backup", field, backup, "--json", *key)
    there = named(tmp_path, " vault")
    shutil.copytree(field, there)
    assert cairn("interview", "list", there, "--json", *key).object["interviews"]
    shown = cairn("vault", "check", there, *key)
    assert shown.out or shown.err


def test_a_copy_out_into_such_a_folder(world: World, field: Path, tmp_path: Path) -> None:
    key = world.key("field")
    folder = named(tmp_path)
    folder.mkdir()
    file = tmp_path / "letter.txt"
    file.write_bytes(b"dear")
    added = cairn(
        "interview", "add", field, "--title", "W-9", "--attach", file, "--consent", "share", "--json", *key
    ).object  # fmt: skip
    target = folder / Path(os.fsdecode(RAW))
    cairn("recording", "copy-out", field, added["attachments"][0]["id"], "-o", target, "--json", *key)
    assert target.read_bytes() == b"dear" and list(folder.iterdir()) == [target]

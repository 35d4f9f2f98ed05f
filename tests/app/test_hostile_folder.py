"""A vault folder that somebody else had in hands: links in it reach nothing outside of it."""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest

from app.shared import PASSPHRASE
from app.test_exchange import PICTURE, written
from cairn.app.files import files
from cairn.app.kernel import session
from cairn.app.kernel.session import Session
from cairn.app.vault import upkeep

pytestmark = pytest.mark.skipif(os.name == "nt", reason="links need rights of their own there")


def test_the_reserve_never_overwrites_what_a_link_points_at(field: Session, tmp_path: Path) -> None:
    folder = field.info.folder
    field.close()
    (folder / "vault.reserve").unlink()
    precious = tmp_path / "diary.txt"
    precious.write_bytes(b"not of this vault")
    (folder / "vault.reserve").symlink_to(precious)
    session.open_vault(folder, PASSPHRASE).close()
    assert precious.read_bytes() == b"not of this vault"
    assert not (folder / "vault.reserve").is_symlink()


@pytest.mark.parametrize("which", ["inner", "whole"])
def test_the_sweep_stays_in_the_vault(field: Session, tmp_path: Path, which: str) -> None:
    made = written(field)
    files.attach(field, made, io.BytesIO(PICTURE), "photo.png")
    folder = field.info.folder
    field.close()
    outside = tmp_path / "downloads"
    if which == "inner":
        outside.mkdir()
        (folder / "media" / "zz").symlink_to(outside)
        inside = outside
    else:
        (folder / "media").rename(outside)
        (folder / "media").symlink_to(outside)
        inside = outside / "ab"
        inside.mkdir(exist_ok=True)
    (inside / "film.part").write_bytes(b"half a download")
    (inside / "own.cob").write_bytes(b"something else")
    again = session.open_vault(folder, PASSPHRASE)
    try:
        assert (inside / "film.part").exists() and (inside / "own.cob").exists()
        if which == "inner":
            assert upkeep.check(again) == []
    finally:
        again.close()

"""Memory stays flat: four times the bytes take no more of it. Measured in processes of their own."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

from app.shared import PASSPHRASE, Make, introduce
from bench import worker

MIB = 1024 * 1024
SMALL, LARGE = 48 * MIB, 192 * MIB

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="peaks are read from /proc")


def grown(**job: Any) -> tuple[int, dict[str, Any]]:
    """Bytes by which the process grew at most, over the open vault; and what else it says."""
    found = worker.run({"passphrase": PASSPHRASE, **job})
    return found["grown"], found


def through(tmp_path: Path, make: Make, size: int) -> dict[str, int]:
    """Attach, seal and take in a file of that size; how many bytes each grew."""
    field, office = make(f"Field {size}"), make(f"Office {size}", "office")
    introduce(field, office)
    field.close()
    office.close()
    source = tmp_path / "recording"
    with source.open("wb") as file:
        file.truncate(size)
    vault = str(field.info.folder)
    attached, _ = grown(do="attach", vault=vault, source=str(source), name="a.wav")
    sealed, said = grown(do="seal", vault=vault, to=f"Office {size}", folder=str(tmp_path))
    bundle = Path(said["path"])
    assert bundle.stat().st_size > size
    taken, said = grown(do="take-in", vault=str(office.info.folder), bundle=str(bundle))
    assert said["new"]
    source.unlink()
    bundle.unlink()
    return {"attach": attached, "seal": sealed, "take in": taken}


def test_memory_does_not_grow_with_what_is_attached_sealed_and_taken_in(tmp_path: Path, make: Make) -> None:
    small, large = through(tmp_path, make, SMALL), through(tmp_path, make, LARGE)
    for what in small:
        assert large[what] - small[what] < 20 * MIB, what
        assert large[what] < 100 * MIB, what

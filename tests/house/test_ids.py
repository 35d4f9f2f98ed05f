"""Ids, hashes and fingerprints are types of their own, so that mypy finds where one is given for another."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from cairn.model import ids
from house.annotations import annotated

SOURCE = Path(__file__).resolve().parents[2] / "desktop" / "cairn"
# What the window and the shell show or are given is text; it is turned into an id in one place each.
MODULES = sorted(
    path for path in SOURCE.rglob("*.py") if path.relative_to(SOURCE).parts[0] not in ("cli", "qt", "decode")
)
TYPES = {
    "record": "RecordId",
    "record_id": "RecordId",
    "recording": "RecordId",
    "recording_id": "RecordId",
    "file_id": "RecordId",
    "note_id": "RecordId",
    "transcript_id": "RecordId",
    "interview": "RootId",
    "interview_id": "RootId",
    "sha": "RevisionHash",
    "base": "RevisionHash",
    "sha256": "Sha256",
    "fingerprint": "Fingerprint",
    "origin": "Fingerprint",
    "owner": "Fingerprint",
    "device": "Fingerprint",
    "media_id": "MediaId",
}
# A microphone, and the label of a device.
OTHER_DEVICES = {"audio/journal.py", "app/program/selftest_sound.py", "app/sound/recording_lifecycle.py"}
LABEL = ("app/sound/transcripts.py", "device")


def name(path: Path) -> str:
    return path.relative_to(SOURCE).as_posix()


def texts(module: str, source: str) -> list[tuple[int, str]]:
    """Where an id is said to be any text."""
    return [
        (line, what)
        for line, what, annotation in annotated(ast.parse(source))
        if what in TYPES and annotation in ("str", "str | None")
        if not (what == "device" and module in OTHER_DEVICES) and (module, what) != LABEL
    ]


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_an_id_is_never_any_text(path: Path) -> None:
    assert not texts(name(path), path.read_text("utf-8")), "say which id it is: cairn.model.ids"


def test_it_finds_one() -> None:
    assert texts("app/files/files.py", "def f(a: int, *, sha256: str | None = None) -> None: ...") == [
        (1, "sha256")
    ]
    assert texts("storage/x.py", "class A:\n    record: str\n    of: RecordId\n") == [(2, "record")]


def test_the_types_are_there() -> None:
    assert all(hasattr(ids, each) for each in TYPES.values())

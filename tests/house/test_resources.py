"""cairn.resources serves the tree, a packed copy, and says so when neither is there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from cairn import resources
from cairn.errors import MachineError


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The accessor as it would be in an installation at this folder."""
    package = tmp_path / "site" / "lib" / "cairn"
    package.mkdir(parents=True)
    monkeypatch.setattr(resources, "_PACKAGE", package)
    resources.root.cache_clear()
    yield package
    monkeypatch.undo()
    resources.root.cache_clear()


def test_tree_is_served(root: Path) -> None:
    assert resources.root() == root / "resources"
    assert "machine.disk-full" in resources.read_text("words/en/machine.json")
    assert "machine.json" in resources.names("words/ko", ".json")


def test_packed_copy_is_served(elsewhere: Path) -> None:
    (elsewhere / "_resources" / "words").mkdir(parents=True)
    (elsewhere / "_resources" / "words" / "x.json").write_bytes(b"{}")
    assert resources.read_bytes("words/x.json") == b"{}"


def test_live_tree_wins_over_a_stale_copy(elsewhere: Path) -> None:
    (elsewhere / "_resources").mkdir()
    tree = elsewhere.parent.parent
    (tree / "resources").mkdir()
    (tree / "pyproject.toml").write_bytes(b"")
    assert resources.root() == tree / "resources"


def test_a_folder_called_resources_that_is_not_ours_is_left_alone(elsewhere: Path) -> None:
    (elsewhere / "_resources").mkdir()
    (elsewhere.parent.parent / "resources").mkdir()
    assert resources.root() == elsewhere / "_resources"


def test_missing_resources_are_a_machine_error(elsewhere: Path) -> None:
    with pytest.raises(MachineError) as caught:
        resources.read_bytes("words/en/machine.json")
    assert caught.value.code == "machine.resources-missing"


def test_missing_resource_is_a_machine_error() -> None:
    with pytest.raises(MachineError):
        resources.read_bytes("words/en/no-such.json")

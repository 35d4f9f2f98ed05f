"""The Flatpak's manifest: read by its own tool where that is at hand; what it opens is looked at everywhere."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from packaging_kit import ROOT, script

FOLDER = ROOT / "packaging" / "flatpak"
MANIFEST = FOLDER / "app.cairn.Cairn.yml"


def opened() -> list[str]:
    """What the sandbox lets through."""
    text = MANIFEST.read_text("utf-8")
    return re.findall(r"^  - (--\S+)$", text, re.MULTILINE)


def test_nothing_of_the_network_and_not_the_home_folder_is_opened() -> None:
    assert set(opened()) == {
        "--socket=wayland",
        "--socket=fallback-x11",
        "--share=ipc",
        "--socket=pulseaudio",
        "--socket=cups",
        "--system-talk-name=org.freedesktop.login1",
        "--filesystem=xdg-documents",
        "--filesystem=xdg-download",
        "--filesystem=/media",
        "--filesystem=/run/media",
    }


@pytest.mark.skipif(shutil.which("flatpak-builder") is None, reason="needs Debian's flatpak-builder")
def test_the_tool_reads_the_same() -> None:
    done = subprocess.run(
        ["flatpak-builder", "--show-manifest", str(MANIFEST)], capture_output=True, text=True, check=True
    )
    read = json.loads(done.stdout)
    assert read["id"] == "app.cairn.Cairn"
    assert read["finish-args"] == opened()
    assert not read["build-options"].get("strip", False)


def test_the_tree_holds_all_that_the_host_shows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qapp: object
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    frozen = tmp_path / "frozen"
    frozen.mkdir()
    (frozen / "cairn").write_text("program")
    folder = script("make_flatpak", FOLDER).lay_out(frozen, tmp_path / "out", "0.1.0")
    assert {path.name for path in folder.iterdir()} == {"app.cairn.Cairn.yml", "tree"}
    assert {path.name for path in (folder / "tree").iterdir()} == {"bin", "lib", "share"}
    assert (folder / "tree" / "bin" / "cairn").resolve().read_text() == "program"
    shown = [path.name for path in (folder / "tree" / "share").rglob("app.cairn.Cairn.*")]
    endings = {name.removeprefix("app.cairn.Cairn.") for name in shown}
    assert endings == {"desktop", "metainfo.xml", "xml", "png", "svg"}


KNOWN = {
    # flatpak-manifest(5): what may stand at the top, for building, and for a module.
    "": {"id", "runtime", "runtime-version", "sdk", "command", "finish-args", "build-options", "modules"},
    "  ": {"strip", "no-debuginfo"},
    "    ": {"buildsystem", "build-commands", "sources"},
    "        ": {"path"},
}


def test_every_line_of_the_manifest_is_one_that_the_tool_knows() -> None:
    """Where the tool itself is not at hand: a word that is misspelt would be passed over by it in silence."""
    text = MANIFEST.read_text("utf-8")
    for line in text.splitlines():
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        key = re.fullmatch(r"( *)([a-z-]+):(?: \S.*)?", line)
        item = re.fullmatch(r" +- (?:\S.*)", line)
        assert key or item, line
        if key:
            assert key[2] in KNOWN[key[1]], line
    assert "\t" not in text and re.search(r"^runtime-version: '\d\d\.08'$", text, re.MULTILINE)
    assert "- cp -a lib bin share /app/" in text and "path: tree" in text

"""What a desktop reads of the Linux packages, given to the stock tools that judge it."""

from __future__ import annotations

import configparser
import gzip
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from packaging_linux import EPOCH, ROOT, builder

SHARE = ROOT / "packaging" / "linux" / "share"


@pytest.fixture(scope="module")
def share(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("share")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", str(EPOCH))
        builder("tree").share(folder, "0.1.0")
    return folder


def run(*command: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    path = f"{os.environ['PATH']}:/usr/sbin:/sbin"
    return subprocess.run(
        command,
        env={"PATH": path, "LC_ALL": "C.UTF-8", "HOME": "/nonexistent", **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_desktop_entry_is_valid_and_speaks_korean(share: Path) -> None:
    entry = share / "applications" / "app.cairn.Cairn.desktop"
    done = run("desktop-file-validate", entry)
    assert (done.returncode, done.stdout + done.stderr) == (0, "")
    read = configparser.ConfigParser(interpolation=None)
    read.optionxform = str  # type: ignore[assignment,method-assign]
    read.read_string(entry.read_text("utf-8"))
    main = read["Desktop Entry"]
    assert (main["Exec"], main["Icon"]) == ("cairn %F", "app.cairn.Cairn")
    assert "[ko]" in " ".join(main) and main["Comment[ko]"]


def test_the_entry_names_the_window_that_the_program_opens() -> None:
    source = (ROOT / "desktop/cairn/qt/application.py").read_text("utf-8")
    assert 'setDesktopFileName("app.cairn.Cairn")' in source


def test_the_description_is_valid(share: Path) -> None:
    done = run("appstreamcli", "validate", "--no-net", share / "metainfo" / "app.cairn.Cairn.metainfo.xml")
    assert done.returncode == 0, done.stdout
    text = (share / "metainfo" / "app.cairn.Cairn.metainfo.xml").read_text("utf-8")
    assert '<release version="0.1.0" date="2026-11-18"/>' in text


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("bundle.age", b"age-encryption.org/v1\n-> X", "application/vnd.cairn.bundle"),
        ("by-its-first-bytes", b"age-encryption.org/v1\n-> X", "application/vnd.cairn.bundle"),
        ("office.contact", b"cairn-card/2\nlabel: x\n", "application/vnd.cairn.contact"),
        ("note.txt", b"a note\n", "text/plain"),
    ],
)
def test_a_file_is_known_by_what_it_is(
    share: Path, tmp_path: Path, name: str, data: bytes, kind: str
) -> None:
    home = tmp_path / "data"
    (home / "mime" / "packages").mkdir(parents=True)
    shutil.copy(share / "mime" / "packages" / "app.cairn.Cairn.xml", home / "mime" / "packages")
    done = run("update-mime-database", home / "mime", XDG_DATA_HOME=str(home))
    assert done.returncode == 0, done.stderr
    file = tmp_path / name
    file.write_bytes(data)
    shown = run("gio", "info", "--attributes=standard::content-type", file, XDG_DATA_HOME=str(home)).stdout
    assert shown.rstrip().endswith(f"standard::content-type: {kind}")


def test_icons_have_the_size_of_their_folder(share: Path) -> None:
    for size in builder("icons").SIZES:
        data = (share / f"icons/hicolor/{size}x{size}/apps/app.cairn.Cairn.png").read_bytes()
        assert data.startswith(b"\x89PNG")
        assert (int.from_bytes(data[16:20], "big"), int.from_bytes(data[20:24], "big")) == (size, size)


@pytest.mark.parametrize(("folder", "first"), [("man1", "first-vault"), ("ko/man1", "first-vault")])
def test_the_man_page_is_sound_and_holds_commands_and_help(
    share: Path, tmp_path: Path, folder: str, first: str
) -> None:
    page = gzip.decompress((share / "man" / folder / "cairn.1.gz").read_bytes()).decode()
    file = tmp_path / "cairn.1"
    file.write_text(page, "utf-8")
    done = run("mandoc", "-Tlint", "-Wwarning", file)
    assert (done.returncode, done.stdout) == (0, "")
    shown = run("mandoc", "-Tutf8", file).stdout
    plain = "".join(shown[n] for n in range(len(shown)) if shown[n] != "\b" and shown[n + 1 : n + 2] != "\b")
    assert "vault create" in plain and "--passphrase-file" in plain
    language = "ko" if folder.startswith("ko") else "en"
    for name in builder("man").help_pages(language):
        title = (ROOT / "resources/help" / language / name).read_text("utf-8").split("\n", 1)[0].lstrip("# ")
        assert title.split()[0] in plain, name
    assert "](" not in page and "**" not in page


@pytest.mark.parametrize(
    ("markdown", "roff"),
    [
        (".hidden", "\\&.hidden"),
        ("a \\ b", "a \\e b"),
        ("use `--json` here", "\\fB\\-\\-json\\fR"),
        ("one. 'two", "one.\n\\&'two"),
        ("[words](page)", "words"),
        ("| A | B |\n|---|---|\n| x | y |", ".IP \\(bu 3\nx;\nB:\ny"),
    ],
)
def test_nothing_in_the_help_becomes_a_request(markdown: str, roff: str) -> None:
    assert roff in builder("roff").convert(markdown)


def test_the_profile_takes_the_network_and_nothing_else(share: Path) -> None:
    done = run("apparmor_parser", "-Q", "-K", SHARE / "apparmor")
    assert done.returncode == 0, done.stderr
    rules = [line.strip() for line in (SHARE / "apparmor").read_text("utf-8").splitlines()]
    assert {"deny network inet,", "deny network inet6,", "network unix,", "file,"} <= set(rules)
    assert not [rule for rule in rules if rule.startswith("deny") and not rule.startswith("deny network")]

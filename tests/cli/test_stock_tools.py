"""A bundle opened and verified by stock tools alone, with the keys that `cairn identity` writes."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from cli.conftest import World
from cli.program import cairn


def run(*command: str | Path, stdin: bytes = b"", folder: Path | None = None) -> bytes:
    done = subprocess.run(
        [str(c) for c in command], input=stdin, cwd=folder, capture_output=True, timeout=120, check=False
    )
    assert done.returncode == 0, (command, done.stdout[-2000:], done.stderr[-2000:])
    return done.stdout


@pytest.fixture(scope="module")
def keys(world: World, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("keys") / "office"
    (folder.parent / "pass").write_text("for the identity file\n", "utf-8")
    cairn(
        "identity", world.office, "-o", folder, "--new-passphrase-file", folder.parent / "pass",
        *world.key("office"),
    )  # fmt: skip
    return folder


@pytest.fixture(scope="module")
def opened(world: World, keys: Path, root_folder: Path) -> Path:
    """The bundle, decrypted by an independent implementation of age and unpacked by tar."""
    if shutil.which("node") is None or not (root_folder / "tests/interop/node_modules").is_dir():
        pytest.skip("no independent implementation of age here: ./dev setup installs one")
    age = root_folder / "tests" / "interop" / "age.mjs"
    secret = run(
        "node",
        age,
        "decrypt",
        "--passphrase",
        "for the identity file",
        stdin=(keys / "age.key.age").read_bytes(),
    ).decode()
    identity = next(line for line in secret.splitlines() if line.startswith("AGE-SECRET-KEY-"))
    tar = run("node", age, "decrypt", identity, stdin=world.bundle.read_bytes())
    folder = keys.parent / "opened"
    folder.mkdir()
    run("tar", "-xf", "-", "-C", folder, stdin=tar)
    return folder / "bundle"


@pytest.fixture(scope="module")
def root_folder() -> Path:
    return Path(__file__).resolve().parents[2]


def test_only_what_is_needed_is_written_and_private(keys: Path) -> None:
    names = {p.name for p in keys.iterdir()}
    assert {"allowed_signers", "age.key.age"} <= names
    assert "age.key" not in names
    assert b"AGE-SECRET" not in b"".join(p.read_bytes() for p in keys.iterdir())
    assert all(p.stat().st_mode & 0o077 == 0 for p in keys.iterdir())


def test_signature_by_ssh_keygen(world: World, keys: Path, opened: Path) -> None:
    readme = (opened / "data" / "README.html").read_text("utf-8")
    found = re.search(r"cairn-[0-9a-f]{16}", readme)
    assert found is not None
    signed = (opened / "tagmanifest-sha256.txt").read_bytes()
    said = run(
        "ssh-keygen", "-Y", "verify", "-f", keys / "allowed_signers", "-I", found[0], "-n", "bundle@cairn",
        "-s", opened / "tagmanifest-sha256.txt.sig", stdin=signed,
    )  # fmt: skip
    assert b"Good" in said
    wrong = subprocess.run(
        ["ssh-keygen", "-Y", "verify", "-f", keys / "allowed_signers", "-I", found[0], "-n", "bundle@cairn",
         "-s", opened / "tagmanifest-sha256.txt.sig"],
        input=signed + b"\n", capture_output=True, check=False,
    )  # fmt: skip
    assert wrong.returncode != 0


def test_hashes_by_sha256sum(opened: Path) -> None:
    run("sha256sum", "--strict", "-c", "tagmanifest-sha256.txt", folder=opened)
    run("sha256sum", "--strict", "-c", "manifest-sha256.txt", folder=opened)


def test_bag_by_the_independent_validator(opened: Path) -> None:
    run(sys.executable, "-m", "bagit", "--validate", opened)


def test_content_is_there_to_read(world: World, opened: Path) -> None:
    page = (opened / "data" / "README.html").read_text("utf-8")
    assert "W-017" in page and "국경을 건넜다" in page
    media = {p.read_bytes() for p in (opened / "data" / "media").iterdir() if p.is_file()}
    assert (world.folder / "지도 1.png").read_bytes() in media

"""The commands of FORMAT.md, run as printed there: a bundle is opened and verified without Cairn."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import cairn.bundle
import unix
from bundle.making import FILES, office, plaintext, plan, sealed, sender
from cairn.bundle.readme import COMMANDS
from cairn.crypto.ssh import allowed_signers_line

FORMAT = Path(cairn.bundle.__file__).with_name("FORMAT.md")
INTEROP = Path(__file__).resolve().parent.parent / "interop"


def commands() -> list[str]:
    """The lines of the one block marked `sh verify`."""
    (block,) = re.findall(r"^```sh verify\n(.*?)^```$", FORMAT.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    return str(block).splitlines()


AGE = """#!/bin/sh
# Stands in for age 1.3, which knows post-quantum keys: same arguments, the npm implementation.
test "$1 $2 $4" = "-d -i -o" || exit 2
exec {node} {script} decrypt "$(cat "$3")" < "$6" > "$5"
"""


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder as a lawyer would have it: the bundle, the key, the allowed signers, and `age` on the path."""
    data, _ = sealed(plan())
    (tmp_path / "FILE.age").write_bytes(data)
    (tmp_path / "office.key").write_text(office().age_identity.to_text())
    line = allowed_signers_line(
        sender().principal, ["bundle@cairn", "custody@cairn", "card@cairn"], sender().public.ed25519
    )
    (tmp_path / "allowed_signers").write_text(line)
    (tmp_path / "bin").mkdir()
    return tmp_path


def with_independent_age(place: Path) -> None:
    """Put an `age` that knows post-quantum keys into `place/bin`, or skip."""
    node = shutil.which("node")
    if node is None or not (INTEROP / "node_modules" / "age-encryption").is_dir():
        pytest.skip("the independent age implementation (tests/interop, npm) is not installed")
    age = place / "bin" / "age"
    age.write_text(AGE.format(node=shlex.quote(node), script=shlex.quote(str(INTEROP / "age.mjs"))))
    age.chmod(0o755)


def _run(place: Path, script: list[str]) -> subprocess.CompletedProcess[str]:
    # As a person would: one shell, the first failure ends it.
    text = "set -e\nPATH=$PWD/bin:$PATH\n" + "\n".join(script).replace("SENDER", sender().principal)
    return subprocess.run(
        [unix.tool("sh"), "-c", text], cwd=place, capture_output=True, text=True, check=False
    )


def _bagit(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "bagit", "--validate", str(folder)],
        capture_output=True,
        text=True,
        check=False,
    )


def test_exactly_the_printed_commands(place: Path) -> None:
    with_independent_age(place)
    done = _run(place, commands())
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("Good ") == 2 and "FAILED" not in done.stdout + done.stderr
    folder = place / "opened" / "bundle"
    assert [(folder / "data" / "media" / f"{n:06d}").read_bytes() for n in (1, 2, 3)] == list(FILES.values())
    checked = _bagit(folder)
    assert checked.returncode == 0, checked.stderr
    assert "is valid" in checked.stderr


def test_readme_prints_the_same_commands() -> None:
    shown = (
        COMMANDS.replace(" && echo complete", "")
        .replace("{principal}", "SENDER")
        .replace(" && sha256sum", "\nsha256sum")
    )
    assert shown.splitlines() == commands()[:-1]


@pytest.mark.parametrize(
    "damage",
    ["payload", "manifest", "tag", "extra", "missing", "signer", "namespace", "checkpoint", "bundle"],
)
def test_the_commands_notice(place: Path, damage: str) -> None:
    """Each command is there for a reason: what it guards against makes the whole fail."""
    lines = commands()
    if damage == "bundle":
        with_independent_age(place)
        whole = (place / "FILE.age").read_bytes()
        (place / "FILE.age").write_bytes(whole[:-70_000])
    else:
        (place / "bundle.tar").write_bytes(plaintext((place / "FILE.age").read_bytes()))
        spoil = {
            "payload": "printf x >> data/media/000002",
            "manifest": "sed -i s/000001/000009/ manifest-sha256.txt",
            "tag": "sed -i s/a/b/ bundle.json",
            "extra": "printf x > data/media/999999",
            "missing": "rm data/media/000002",
            "signer": "sed -i s/^cairn-/other-/ ../../allowed_signers",
            "namespace": "sed -i s/bundle@cairn/other@cairn/ ../../allowed_signers",
            "checkpoint": "sed -i s/unverified/verified/ data/custody/checkpoint.txt",
        }[damage]
        lines = [lines[1], spoil, *lines[2:]]
    assert _run(place, lines).returncode != 0


def test_undamaged_passes_without_the_first_command(place: Path) -> None:
    """So that the failures above are the damage's alone."""
    (place / "bundle.tar").write_bytes(plaintext((place / "FILE.age").read_bytes()))
    done = _run(place, commands()[1:])
    assert done.returncode == 0, done.stderr


def test_bagit_notices(place: Path) -> None:
    (place / "bundle.tar").write_bytes(plaintext((place / "FILE.age").read_bytes()))
    assert _run(place, commands()[1:2]).returncode == 0
    folder = place / "opened" / "bundle"
    assert _bagit(folder).returncode == 0
    (folder / "data" / "media" / "000004").write_bytes(b"")
    assert _bagit(folder).returncode != 0

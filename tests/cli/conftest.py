"""A small world for the command line: a field vault, an office vault, verified contacts, one bundle."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from cairn.app.kernel import session
from cairn.crypto.passphrase import Argon2Cost
from cli.program import cairn

FLOOR = Argon2Cost(m_kib=65536, t=1, p=4)
PASSPHRASES = {
    "field": "ember willow 47 lantern",
    "office": "harbor quiet stone 12",
    "stranger": "nobody knows me",
}
ACCOUNT = "첫 문장. 우리는 밤에 국경을 건넜다.\nSecond paragraph: the river was frozen.\n"


@dataclass(frozen=True)
class World:
    """Folders and facts of the small world."""

    folder: Path
    field: Path
    office: Path
    stranger: Path
    bundle: Path
    interview: str
    words: dict[str, list[str]]
    recovery: dict[str, list[str]]

    def key(self, who: str) -> list[str]:
        """The options that open a vault."""
        return ["--passphrase-file", str(self.folder / f"{who}.pass")]


def build(folder: Path) -> World:
    """Make the world: vaults in this process (at the lowest cost), all else by the command line."""
    words: dict[str, list[str]] = {}
    recovery: dict[str, list[str]] = {}
    for who, passphrase in PASSPHRASES.items():
        (folder / f"{who}.pass").write_text(passphrase + "\n", "utf-8")
        role = "office" if who == "office" else "field"
        s, recovery[who] = session.create_vault(
            folder / who, label=who.title(), role=role, passphrase=passphrase, cost=FLOOR
        )
        s.close()
        key = ["--passphrase-file", str(folder / f"{who}.pass")]
        ran = cairn("contact", "card", folder / who, "-o", folder / f"{who}.contact", "--json", *key)
        words[who] = ran.object["words"]
    for who, other in (("field", "office"), ("office", "field")):
        cairn(
            "contact", "add", folder / who, folder / f"{other}.contact", "--words", " ".join(words[other]),
            "--passphrase-file", folder / f"{who}.pass",
        )  # fmt: skip
    (folder / "account.txt").write_text(ACCOUNT, "utf-8")
    (folder / "지도 1.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 300)
    (folder / "letter.txt").write_bytes("편지".encode())
    key = ["--passphrase-file", str(folder / "field.pass")]
    made = cairn(
        "interview", "add", folder / "field", "--title", "W-017", "--account-file", folder / "account.txt",
        "--attach", folder / "지도 1.png", folder / "letter.txt", "--consent", "share", *key,
    )  # fmt: skip
    sealed = cairn("seal", folder / "field", "--to", "Office", "--all", "-o", folder / "outbox", *key)
    return World(
        folder,
        folder / "field",
        folder / "office",
        folder / "stranger",
        Path(sealed.out.strip()),
        made.out.strip(),
        words,
        recovery,
    )


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    """The world as built; tests don't change it."""
    return build(tmp_path_factory.mktemp("world"))


@pytest.fixture
def office(world: World, tmp_path: Path) -> Path:
    """A copy of the office's vault, to be changed."""
    return Path(shutil.copytree(world.office, tmp_path / "office"))


@pytest.fixture
def field(world: World, tmp_path: Path) -> Path:
    """A copy of the field vault, to be changed."""
    return Path(shutil.copytree(world.field, tmp_path / "field"))

"""Passphrases typed at a terminal: asked for, twice when new, never shown, and a way out."""

from __future__ import annotations

import os
import subprocess
import time
from pathlib import Path

import pytest

from cli.conftest import PASSPHRASES, World
from cli.program import CAIRN, cairn, environment

pty = pytest.importorskip("pty", reason="a terminal of Unix", exc_type=ImportError)


class Typist:
    """A person at a terminal: waits for a prompt, types, sees what is on the screen."""

    def __init__(self, *arguments: str | Path) -> None:
        self._side, other = pty.openpty()
        self.screen = ""
        self._process = subprocess.Popen(
            [*CAIRN, *map(str, arguments)],
            stdin=other, stdout=other, stderr=other, env=environment(), start_new_session=True,
        )  # fmt: skip
        os.close(other)

    def answer(self, prompt: str, text: str) -> None:
        """Type `text` and Enter once `prompt` is on the screen."""
        self._wait_for(prompt)
        # The prompt is written before the echo is off; a person is never as quick.
        time.sleep(0.1)
        os.write(self._side, text.encode())

    def leave(self) -> int:
        """Look on until the program ends; returns its exit code."""
        self._wait_for(None)
        os.close(self._side)
        return self._process.wait(60)

    def _wait_for(self, prompt: str | None) -> None:
        start = len(self.screen)
        while prompt is None or prompt not in self.screen[start:]:
            try:
                piece = os.read(self._side, 4096)
            except OSError:
                piece = b""
            if not piece:
                assert prompt is None, (prompt, self.screen)
                return
            self.screen += piece.decode()


def test_new_passphrase_is_typed_twice(tmp_path: Path) -> None:
    typist = Typist("vault", "create", tmp_path / "v", "--name", "A", "--role", "field")
    typist.answer("New passphrase:", "typed by hand 이다\n")
    typist.answer("once more:", "typed by hand 이다\n")
    assert typist.leave() == 0
    assert "typed by hand" not in typist.screen
    cairn("vault", "info", tmp_path / "v", "--passphrase-file", "-", stdin="typed by hand 이다\n")


def test_a_typing_error_makes_no_vault(tmp_path: Path) -> None:
    typist = Typist("vault", "create", tmp_path / "v", "--name", "A", "--role", "field")
    typist.answer("New passphrase:", "one\n")
    typist.answer("once more:", "two\n")
    assert typist.leave() == 3
    assert not (tmp_path / "v").exists()
    assert "Traceback" not in typist.screen


def test_passphrase_is_asked_for(world: World) -> None:
    typist = Typist("vault", "info", world.field)
    typist.answer("Passphrase:", PASSPHRASES["field"] + "\n")
    assert typist.leave() == 0
    assert PASSPHRASES["field"] not in typist.screen
    assert "Field" in typist.screen


def test_leaving_at_the_prompt(world: World) -> None:
    for key in ("\x04",):
        typist = Typist("vault", "info", world.field)
        typist.answer("Passphrase:", key)
        assert typist.leave() == 5
        assert "Traceback" not in typist.screen
        assert "Stopped." in typist.screen


def test_a_plain_key_is_written_only_after_a_yes(world: World, tmp_path: Path) -> None:
    for said, code, names in (("n\n", 2, set()), ("y\n", 0, {"age.key", "allowed_signers"})):
        typist = Typist("identity", world.office, "-o", tmp_path / "keys", "--plain", *world.key("office"))
        typist.answer("[y/N]", said)
        assert typist.leave() == code
        assert "UNENCRYPTED" in typist.screen
        folder = tmp_path / "keys"
        assert names <= ({p.name for p in folder.iterdir()} if folder.exists() else set())
        assert bool(names) is folder.exists()

"""What the terminal room does by itself: text made harmless, words read leniently, the wish to stop."""

from __future__ import annotations

import io
import json
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cairn.cli import terminal
from cairn.cli.terminal import Terminal
from cairn.errors import Cancelled, InputError


@pytest.fixture
def handlers() -> Iterator[None]:
    """The process's own signal handlers, put back afterwards."""
    kept = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    yield
    for number, handler in kept.items():
        signal.signal(number, handler)


@given(st.text())
def test_plain_is_one_line_without_controls(text: str) -> None:
    shown = terminal.plain(text)
    assert len(shown.splitlines()) <= 1
    assert not any(ord(c) < 32 or 127 <= ord(c) < 160 for c in shown)
    assert not set(shown) & set("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def test_plain_keeps_ordinary_text() -> None:
    assert terminal.plain("증언 — “W-017”, شهادة 👩‍👧") == "증언 — “W-017”, شهادة 👩‍👧"
    assert terminal.plain("two\nlines") == "two lines"
    assert terminal.plain("\x1b[2Jx") == "\ufffd[2Jx"


@pytest.mark.parametrize(
    "text",
    ["abandon zoo", "1. ABANDON\n2. Zoo\n", '["abandon", "zoo"]', " abandon,zoo ", "1) abandon 2) zoo"],
)
def test_words_in_any_layout(text: str) -> None:
    assert terminal.split_words(text) == ["abandon", "zoo"]


@pytest.mark.parametrize(
    ("size", "text"),
    [
        (0, "0 B"),
        (999, "999 B"),
        (1000, "1.0 kB"),
        (12_540_000, "12.5 MB"),
        (999_999, "1.0 MB"),
        (3 * 10**12, "3.0 TB"),
    ],
)
def test_sizes(size: int, text: str) -> None:
    assert terminal.size_text(size) == text


def test_a_wish_to_stop_is_heard_between_the_pieces(handlers: None) -> None:
    shell = Terminal("en")
    shell.listen()
    done = []
    with pytest.raises(Cancelled), shell.job("cli.sealing") as progress:
        for piece in range(5):
            progress(piece, 5)
            done.append(piece)
            if piece == 2:
                signal.raise_signal(signal.SIGINT)
                done.append(-1)  # the piece that was being worked on goes to its end
    assert done == [0, 1, 2, -1]


def test_a_wish_to_stop_that_comes_too_late_changes_nothing(handlers: None) -> None:
    shell = Terminal("en")
    shell.listen()
    with shell.job("cli.sealing") as progress:
        progress(5, 5)
        signal.raise_signal(signal.SIGINT)
    with shell.job("cli.sealing") as progress:
        progress(0, 1)


def test_outside_of_jobs_a_stop_is_immediate(handlers: None) -> None:
    Terminal("en").listen()
    with pytest.raises(Cancelled):
        signal.raise_signal(signal.SIGTERM)


def test_progress_is_drawn_on_a_terminal_only(monkeypatch: pytest.MonkeyPatch) -> None:
    class Tty(io.StringIO):
        def isatty(self) -> bool:
            return True

    for screen, drawn in ((Tty(), True), (io.StringIO(), False)):
        monkeypatch.setattr(sys, "stderr", screen)
        with Terminal("en").job("cli.sealing") as progress:
            progress(1, 2)
        assert ("Sealing the bundle 50 %" in screen.getvalue()) is drawn
        if drawn:
            assert screen.getvalue().endswith("\r\x1b[K")


@pytest.mark.parametrize(
    ("data", "passphrase"),
    [
        (b"words here\n", "words here"),
        (b"words here", "words here"),
        (b"words here\r\nmore", "words here"),
        (b"\xef\xbb\xbfwords", "words"),
        (b" kept spaces \n", " kept spaces "),
        ("밤\n".encode(), "밤"),
    ],
)
def test_first_line_of_a_passphrase_file(tmp_path: Path, data: bytes, passphrase: str) -> None:
    (tmp_path / "p").write_bytes(data)
    assert Terminal("en").passphrase(tmp_path / "p") == passphrase


def test_typed_passphrases_must_agree(monkeypatch: pytest.MonkeyPatch) -> None:
    typed = iter(["one", "two", "same", "same"])
    monkeypatch.setattr("getpass.getpass", lambda prompt, stream: next(typed))
    monkeypatch.setattr(Terminal, "can_ask", lambda self: True)
    with pytest.raises(InputError) as caught:
        Terminal("en").new_passphrase(None)
    assert caught.value.code == "cli.passphrases-differ"
    assert Terminal("en").new_passphrase(None) == "same"


def test_json_on_a_terminal_is_not_obeyed_either(capsys: pytest.CaptureFixture[str]) -> None:
    evil = "W-1 \x9b2J \x7f \u202egnp \u2066x\x1b]0;owned\x07"
    Terminal("en", as_json=True).answer({"title": evil, "korean": "국경"})
    said = capsys.readouterr().out
    assert not [c for c in said.rstrip("\n") if terminal.plain(c) != c]
    assert "국경" in said and json.loads(said)["title"] == evil

"""What the parser refuses, what help says, and that streams behave like those of other commands."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from cairn import __version__
from cli.program import CAIRN, cairn, environment

COMMANDS = [
    ["vault", "create"], ["vault", "info"], ["vault", "check"], ["vault", "passphrase"], ["vault", "recover"],
    ["vault", "backup"], ["vault", "check-backup"], ["vault", "put-back"], ["vault", "salvage"], ["vault", "restore"], ["interview", "add"], ["interview", "list"],
    ["interview", "show"], ["recording", "list"], ["recording", "recover"], ["recording", "give-up"], ["recording", "import"],
    ["recording", "excerpt"], ["recording", "exclude"], ["recording", "cut"], ["recording", "copy-out"], ["search"], ["contact", "card"], ["contact", "add"], ["contact", "list"], ["seal"],
    ["open"], ["take-in"], ["custody", "verify"], ["custody", "show"], ["identity"], ["date"], ["practice"], ["self-test"],
]  # fmt: skip


def test_version() -> None:
    assert cairn("--version").out.strip() == f"Cairn {__version__}"


def test_every_command_is_in_the_help_and_in_the_readme(root: Path) -> None:
    top = cairn("--help").out
    readme = (root / "README.md").read_text("utf-8")
    for command in COMMANDS:
        assert command[0] in top
        assert command[0] in readme
        assert command[-1] in readme


@pytest.mark.parametrize("language", ["C.UTF-8", "ko_KR.UTF-8"])
def test_help_has_a_sentence_for_everything(language: str) -> None:
    from cairn.cli.main import parser

    speech = "ko" if language.startswith("ko") else "en"
    pending = [parser(speech)]
    seen = 0
    while pending:
        one = pending.pop()
        text = one.format_help()
        assert "no sentence of its own" not in text
        assert "설명이 준비되지 않은" not in text
        for action in one._actions:
            if isinstance(action.choices, dict):
                pending += list(action.choices.values())
        seen += 1
    assert seen > len(COMMANDS)


def test_korean_by_the_terminals_language() -> None:
    assert "보관함" in cairn("vault", "--help", env={"LC_ALL": "ko_KR.UTF-8"}).out
    assert "보관함" in cairn("vault", "--help", env={"LC_ALL": "", "LANG": "ko_KR.UTF-8"}).out
    assert "보관함" not in cairn("vault", "--help", env={"LC_ALL": "C", "LANG": "ko_KR.UTF-8"}).out


@pytest.mark.parametrize(
    "arguments",
    [
        ["frobnicate"],
        ["vault"],
        ["vault", "create", "x"],
        ["vault", "create", "x", "--name", "A", "--role", "boss"],
        ["interview", "add", "x"],
        ["interview", "add", "x", "--title", "T", "--consent", "maybe"],
        ["seal", "x", "--to", "A", "-o", "o"],
        ["seal", "x", "--to", "A", "--all", "--interview", "1", "-o", "o"],
        ["open"],
        ["open", "b", "--vault", "v", "--identity", "i"],
        ["custody", "--nonsense"],
    ],
)
def test_usage(arguments: list[str]) -> None:
    ran = cairn(*arguments, code=2)
    assert ran.out == ""
    assert "usage: cairn" in ran.err


def test_sharing_with_somebody_needs_consent_to_share(tmp_path: Path) -> None:
    ran = cairn("interview", "add", tmp_path, "--title", "T", "--share-with", "A", "--json", code=2)
    assert ran.codes == ["cli.share-with-needs-share"]


def test_nobody_to_ask_for_a_passphrase(tmp_path: Path) -> None:
    assert cairn("vault", "info", tmp_path, "--json", code=2).codes == ["cli.nobody-to-ask"]


def test_argument_that_is_no_text(tmp_path: Path) -> None:
    done = subprocess.run(
        [*CAIRN, "vault", "create", str(tmp_path / "v"), "--name", b"\xff\xfe", "--role", "field"],
        capture_output=True, env=environment(), check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert b"Traceback" not in done.stderr
    assert not (tmp_path / "v").exists()


def test_whoever_reads_may_go_away() -> None:
    done = subprocess.run(
        ["sh", "-c", '"$@" --help | head -c 1; "$@" --version >&-', "sh", *CAIRN],
        capture_output=True, env=environment(), check=False,
    )  # fmt: skip
    assert b"Traceback" not in done.stderr
    assert b"BrokenPipe" not in done.stderr

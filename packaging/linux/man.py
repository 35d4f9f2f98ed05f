"""The man page: the command line out of its own parser, then the pages of the help, in English and Korean."""

from __future__ import annotations

import argparse
import importlib
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

from linux import roff

ROOT = Path(__file__).resolve().parents[2]
_COMMON = ("--json", "--passphrase-file", "--despite-alarm")
WORDS = {
    "en": {
        "name": "NAME",
        "brief": "encrypted field book for interviews",
        "synopsis": "SYNOPSIS",
        "description": "DESCRIPTION",
        "window": (
            "With a sealed bundle or a contact card as its only argument, the window opens where that file is"
            " verified. Everything else is a command; each has **--help**."
        ),
        "commands": "COMMANDS",
        "options": "OPTIONS",
        "help": "Show the arguments of a command, and end.",
        "version": "Show the version, and end.",
        "files": "FILES",
        "vaults": "Where vaults are offered to live. A vault may be any other folder.",
        "settings": "Language, theme, text size, window, and the folders of known vaults. Nothing of their content.",
        "exit": "EXIT STATUS",
        "codes": {
            "0": "Done.",
            "1": "A fault in Cairn itself.",
            "2": "The command line could not be understood.",
            "3": "What was given can't be used: a wrong passphrase, a file that is none of ours.",
            "4": "Something is not what it was signed or hashed to be.",
            "5": "The computer can't do it now: disk full, folder gone, in use.",
        },
        "see": "SEE ALSO",
        "tools": "With these tools a bundle can be read without Cairn:",
    },
    "ko": {
        "name": "이름",
        "brief": "면담을 위한 암호화 현장 기록장",
        "synopsis": "사용법",
        "description": "설명",
        "window": (
            "봉인한 묶음이나 연락처 카드 파일 하나만 주면 그 파일을 확인하는"
            " 화면이 열립니다. 나머지는 모두 명령이며, 명령마다 **--help**가 있습니다."
        ),
        "commands": "명령",
        "options": "옵션",
        "help": "명령의 인수를 보여 주고 끝냅니다.",
        "version": "버전을 보여 주고 끝냅니다.",
        "files": "파일",
        "vaults": "보관함을 만들 때 권하는 폴더입니다. 다른 폴더도 쓸 수 있습니다.",
        "settings": "언어, 색, 글자 크기, 창의 위치, 알려진 보관함의 폴더입니다. 보관함의 내용은 없습니다.",
        "exit": "종료 상태",
        "codes": {
            "0": "마쳤습니다.",
            "1": "Cairn 자체의 오류입니다.",
            "2": "명령줄을 이해할 수 없습니다.",
            "3": "주어진 것을 쓸 수 없습니다. 암호 문구가 틀렸거나 Cairn의 파일이 아닙니다.",
            "4": "서명하거나 해시한 것과 다릅니다.",
            "5": "컴퓨터가 지금 할 수 없습니다. 디스크가 찼거나, 폴더가 없거나, 다른 프로그램이 쓰고 있습니다.",
        },
        "see": "함께 보기",
        "tools": "Cairn 없이도 이 도구들로 묶음을 읽을 수 있습니다.",
    },
}


def page(language: str, version: str, date: str) -> str:
    """The whole man page in `language`."""
    say = WORDS[language]
    parser = _parser(language)
    out = [
        f'.TH CAIRN 1 "{date}" "Cairn {version}"',
        f".SH {say['name']}",
        f"cairn \\- {say['brief']}",
        f".SH {say['synopsis']}",
        ".B cairn",
        ".RI [ FILE ]",
        ".br",
        ".B cairn \\-\\-practice",
        ".br",
        ".B cairn",
        ".IR COMMAND \\~.\\|.\\|.",
        f".SH {say['description']}",
        roff.lines(roff.inline(parser.description or "")),
        ".PP",
        roff.lines(roff.inline(say["window"])),
        f".SH {say['commands']}",
    ]
    for name, command in _commands(parser):
        out += _command(name, command)
    out.append(f".SH {say['options']}")
    for name in ("help", "version"):
        out += [".TP", f"\\fB\\-\\-{name}\\fR", roff.lines(say[name])]
    out += _options(parser, leave=("--help", "--version"))
    out += _common_options(parser)
    out += [f".SH {say['files']}"]
    out += [".TP", ".I \\(ti/.local/share/cairn/vaults/", roff.lines(say["vaults"])]
    out += [".TP", ".I \\(ti/.config/cairn/settings.json", roff.lines(say["settings"])]
    out.append(f".SH {roff.quoted(say['exit'])}")
    for code, meaning in say["codes"].items():
        out += [".TP", f".B {code}", roff.lines(meaning)]
    text = "\n".join(out) + "\n"
    for name in help_pages(language):
        text += roff.convert((ROOT / "resources" / "help" / language / name).read_text("utf-8"))
    text += f".SH {roff.quoted(say['see'])}\n{roff.lines(say['tools'])}\n"
    return text + ".BR age (1),\n.BR ssh\\-keygen (1),\n.BR sha256sum (1)\n"


def help_pages(language: str) -> list[str]:
    """The files of the help in the order in which the window lists them."""
    order = _program("cairn.qt.base.help_pages").ORDER
    found = [path.name for path in (ROOT / "resources" / "help" / language).glob("*.md")]
    return sorted(
        found, key=lambda name: (order.index(name[:-3]) if name[:-3] in order else len(order), name)
    )


def _parser(language: str) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = _program("cairn.cli.main").parser(language)
    return parser


def _program(module: str) -> ModuleType:
    desktop = str(ROOT / "desktop")
    if desktop not in sys.path:
        sys.path.append(desktop)
    return importlib.import_module(module)


def _commands(
    parser: argparse.ArgumentParser, name: str = ""
) -> Iterator[tuple[str, argparse.ArgumentParser]]:
    """Every command that does something, with its whole name."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for verb, below in action.choices.items():
                yield from _commands(below, f"{name} {verb}".strip())
            return
    yield name, parser


def _common_options(parser: argparse.ArgumentParser) -> list[str]:
    """The options that most commands have, once."""
    found: dict[str, argparse.Action] = {}
    for _name, command in _commands(parser):
        for action in command._get_optional_actions():
            for option in set(action.option_strings) & set(_COMMON):
                found.setdefault(option, action)
    return [line for option in _COMMON if option in found for line in _option(found[option])]


def _command(name: str, parser: argparse.ArgumentParser) -> list[str]:
    head = f"\\fB{roff.escape(name, exact=True)}\\fR"
    for action in parser._get_positional_actions():
        shown = f"\\fI{roff.escape(_value(action), exact=True)}\\fR"
        if action.nargs in ("?", "*"):
            shown = f"[{shown}]"
        if action.nargs in ("*", "+"):
            shown += "\\~.\\|.\\|."
        head += " " + shown
    out = [".TP", head, roff.lines(roff.inline(parser.description or ""))]
    options = _options(parser, leave=("--help", *_COMMON))
    return out + ([".RS", *options, ".RE"] if options else [])


def _options(parser: argparse.ArgumentParser, *, leave: tuple[str, ...] = ()) -> list[str]:
    out = []
    for action in parser._get_optional_actions():
        if set(action.option_strings) & set(leave) or action.help == argparse.SUPPRESS:
            continue
        out += _option(action)
    return out


def _option(action: argparse.Action) -> list[str]:
    names = ", ".join(f"\\fB{roff.escape(name, exact=True)}\\fR" for name in action.option_strings)
    if action.nargs != 0:
        names += f" \\fI{roff.escape(_value(action), exact=True)}\\fR"
    text = [roff.lines(roff.inline(action.help.replace("%%", "%")))] if action.help else []
    return [".TP", names, *text]


def _value(action: argparse.Action) -> str:
    if isinstance(action.metavar, tuple):
        return " ".join(action.metavar)
    if action.metavar:
        return action.metavar
    if action.choices:
        return "|".join(str(choice) for choice in action.choices)
    return action.dest.upper()

"""A way out is one question: what was told leaves through `app.leaving`, which asks `app.consent`, and nowhere else.

Walks the whole source. Whatever can write outside the vault, or hand something to another program, is named here
with its reason; a new one fails until it stands here too. A name counts wherever it stands, called or handed on.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[2] / "desktop" / "cairn"

TESTIMONY = {
    "new_file": {"app/leaving/copying.py"},
    "seal_to_folder": {"app/leaving/sealing.py"},
    "printers.hand_over": {"qt/screens/interviews/reading/way_out.py"},  # inside pages.hand_over, which asks
}
"""What writes down what was told, outside of the vault, and where that may be named."""

OTHERS = {
    "write_bundle": {
        "app/program/practice.py",  # the invented office's, of invented interviews, into memory
    },
    "replace_file": {
        "app/kernel/preferences.py",  # size of the text, folders of vaults: nothing of what is in them
        "app/vault/stock_keys.py",  # this device's own keys, for stock tools
        "vault/backup.py",  # header and manifest; what is told in it is encrypted
        "vault/folder.py",  # the header
        "qt/screens/contacts/panes.py",  # the own contact card
    },
    "fdopen": {
        "bundle/writer.py",  # inside seal_to_folder
        "paths/files.py",  # inside new_file and replace_file
        "storage/media.py",  # reads what is encrypted
        "storage/mending.py",  # reads
        "storage/staging.py",  # encrypted, into the vault's folder
    },
    "os.open": {
        "bundle/writer.py",
        "paths/files.py",
        "storage/staging.py",
        "audio/journal.py",  # encrypted, into the vault's folder
        "paths/locks.py",  # an empty file
        "vault/copying.py",  # encrypted files of the vault, into a backup
        "vault/pages.py",  # reads a damaged database
        "vault/reserve.py",  # random bytes
        "vault/database.py",  # SQLCipher's file
        "vault/folder.py",  # an empty mark
        "decode/guard.py",  # a rule of Landlock
        "decode/child.py",  # /dev/null
        "cli/terminal.py",  # /dev/null
        "app/program/updates.py",  # reads a release
    },
    "os.rename": {
        "bundle/writer.py",
        "paths/files.py",
        "storage/staging.py",
        "vault/database.py",  # an empty database that is whole gets its name
    },
    "os.link": {"paths/files.py"},
    "Popen": {
        "decode/process.py",  # the child that decodes, over pipes
    },
    "QPdfWriter": {
        "qt/screens/interviews/reading/paper.py",  # into memory, of what `app/leaving/pages.py` let out
    },
    "QPrinter": {
        "qt/media/printing/windows.py",  # inside printers.hand_over, on Windows
    },
    "cupsStartDocument": {
        "qt/media/printing/cups.py",  # inside printers.hand_over, elsewhere
    },
    "cups.hand_over": {"qt/media/printing/printers.py"},
    "windows.hand_over": {"qt/media/printing/printers.py"},
    "setMimeData": {
        "qt/shell/copied.py",  # what was copied already, marked as secret
    },
    "clipboard": {
        "qt/shell/copied.py",  # marks what was copied, forgets it when the vault locks
        "qt/screens/settings/about.py",  # the version
        "qt/screens/interviews/files.py",  # looks whether a picture can be pasted
    },
}
"""What writes or hands on something else."""

UNUSED = (
    "write_bytes", "write_text", "NamedTemporaryFile", "TemporaryFile", "SpooledTemporaryFile", "mkstemp", "mkdtemp",
    "TemporaryDirectory", "copyfile", "copyfileobj", "copytree", "sendfile", "QFile", "QSaveFile", "QTemporaryFile",
    "QPrintDialog", "QTextDocumentWriter", "QDrag",
    "os.popen", "os.system", "os.symlink", "startDetached", "FileIO",
)  # fmt: skip
"""What nothing here names."""

MAKERS = {
    "Item": {"app/consent/gate.py", "app/consent/items.py", "app/consent/question.py"},
    "GateFacts": {"app/consent/gate.py", "app/consent/question.py"},
    "may_leave": {"app/consent/gate.py", "app/consent/question.py"},
    "consent.may": {"app/consent/gate.py", "app/consent/question.py"},
}
"""Who makes what the gate is asked about, and who asks it."""


QUESTIONS = {"question.about", "question.copy_out"}
"""What a way out asks."""


def modules(source: Path = SOURCE) -> dict[str, ast.Module]:
    """Every module by its path below the source."""
    return {m.relative_to(source).as_posix(): ast.parse(m.read_text("utf-8")) for m in source.rglob("*.py")}


TREES = modules()


@cache
def named(tree: ast.AST) -> frozenset[str]:
    """`names`, once for each tree."""
    return frozenset(names(tree))


def names(tree: ast.AST) -> Iterator[str]:
    """Each name that a module uses, alone and with what stands before its last point; also by import and by text."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            yield node.id
        elif isinstance(node, ast.Attribute):
            yield node.attr
            yield f"{ast.unparse(node.value).rpartition('.')[2]}.{node.attr}"
        elif isinstance(node, ast.ImportFrom):
            for each in node.names:
                yield each.name
                yield f"{(node.module or '').rpartition('.')[2]}.{each.name}"
        elif isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("getattr", "__import__"):
            yield from (str(each.value) for each in node.args if isinstance(each, ast.Constant))


def users(name: str, trees: dict[str, ast.Module] = TREES) -> set[str]:
    """The modules that use a name; not the one that defines it."""
    return {place for place, tree in trees.items() if name in named(tree) and not defines(tree, name)}


def defines(tree: ast.Module, name: str) -> bool:
    """Whether a module defines a function or class of this name itself, and so may name it."""
    return any(isinstance(n, ast.FunctionDef | ast.ClassDef) and n.name == name for n in ast.walk(tree))


def opens_for_writing(tree: ast.AST) -> list[str]:
    """Calls of an `open` with a mode that is not plainly for reading."""
    found = []
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        builtin = isinstance(node.func, ast.Name) and node.func.id == "open"
        method = isinstance(node.func, ast.Attribute) and node.func.attr == "open"
        if not builtin and not method:
            continue
        first = node.args[1:2] if builtin else node.args[:1]
        modes = [*first, *(k.value for k in node.keywords if k.arg == "mode")]
        texts = [
            mode.value for mode in modes if isinstance(mode, ast.Constant) and isinstance(mode.value, str)
        ]
        if (
            any(set(mode) <= set("rwaxbt+U") and set(mode) & set("wax+") for mode in texts)
            or builtin
            and len(texts) != len(modes)
        ):
            found.append(ast.unparse(node))
    return found


def test_the_whole_source_is_walked() -> None:
    assert len(TREES) > 350
    rooms = {place.partition("/")[0] for place in TREES}
    assert {"app", "audio", "bundle", "cli", "qt", "storage", "vault", "decode"} <= rooms
    assert {place.count("/") for place in TREES} >= {0, 1, 2, 3}


@pytest.mark.parametrize("name", [*TESTIMONY, *OTHERS])
def test_only_known_modules_write_outside_the_vault(name: str) -> None:
    allowed = TESTIMONY.get(name) or OTHERS[name]
    # Equal, not less: what is gone must go from the list too, and a list that fits nothing finds nothing.
    exported = {"paths/__init__.py"} if name in ("new_file", "replace_file") else set()
    assert users(name) == allowed | exported


@pytest.mark.parametrize("name", UNUSED)
def test_nothing_uses_other_ways(name: str) -> None:
    assert users(name) == set()


def test_files_are_opened_for_reading_only() -> None:
    assert {place: found for place, tree in TREES.items() if (found := opens_for_writing(tree))} == {}


@pytest.mark.parametrize("name", MAKERS)
def test_only_the_room_of_consent_makes_items_and_asks_the_gate(name: str) -> None:
    asking = users(name) | {place for place, tree in TREES.items() if defines(tree, name)}
    assert {place for place in asking if place.startswith("app/")} == MAKERS[name]
    assert not {place for place in asking if not place.startswith("app/")} - {"model/consent.py"}


def test_only_the_room_of_consent_gathers_the_consents_that_stand() -> None:
    """Elsewhere a consent is a record among others: shown, compared, settled, carried, never asked about."""
    grids = {place for place in users("Grid") if not place.startswith("app/consent/")}
    assert grids <= {"model/consent.py", "model/agreement.py", "model/kinds/consent.py"}
    assert users("question.standing") <= {"app/consent/consent.py", "app/consent/question.py"}


def test_whatever_lets_testimony_out_is_in_the_room_for_it_and_asks() -> None:
    """From each function that writes, the question is reached by calls that stay inside the room."""
    room = {place: tree for place, tree in TREES.items() if place.startswith("app/leaving/")}
    calls: dict[str, set[str]] = {}
    letting = []
    for place, tree in room.items():
        for node in tree.body:
            if isinstance(node, ast.FunctionDef | ast.ClassDef):
                used = set(names(node))
                calls.setdefault(node.name, set()).update(used)
                if used & {"new_file", "seal_to_folder", "plain_file"}:
                    letting.append((place, node.name, used))
    assert {place for place, _, _ in letting} >= {*TESTIMONY["new_file"], *TESTIMONY["seal_to_folder"]}
    assert len(letting) >= 4
    for place, name, used in letting:
        if closure(used, calls) & QUESTIONS:
            continue
        # What writes for others is asked about where it is called from.
        callers = [each for caller, each in calls.items() if name in each and caller != name]
        assert callers, (place, name)
        assert all(closure(each, calls) & QUESTIONS for each in callers), (place, name)


def closure(used: set[str], calls: dict[str, set[str]]) -> set[str]:
    """Everything that is used, through functions of the room."""
    seen = set(used)
    wanted = list(used)
    while wanted:
        for more in calls.get(wanted.pop(), set()) - seen:
            seen.add(more)
            wanted.append(more)
    return seen


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("paths.new_file(target)", "new_file"),
        ("make = paths.new_file\nmake(target)", "new_file"),
        ("from cairn.paths import new_file", "new_file"),
        ("getattr(paths, 'new_file')(target)", "new_file"),
        (
            "def inner():\n  class Deep:\n    async def go(self):\n      await seal_to_folder()",
            "seal_to_folder",
        ),
        ("os.open(path, os.O_WRONLY)", "os.open"),
        ("from os import open", "os.open"),
        ("import os as system\nfrom os import rename", "os.rename"),
        ("path.write_text(words)", "write_text"),
        ("gate.Item('note', 'n')", "Item"),
        ("consent.may(use, parts)", "consent.may"),
        ("from cairn.model.consent import may", "consent.may"),
    ],
)
def test_the_walk_finds_what_it_looks_for(text: str, name: str) -> None:
    assert users(name, {"somewhere/new.py": ast.parse(text)}) == {"somewhere/new.py"}


@pytest.mark.parametrize(
    "text", ["open(p, 'w')", "open(p, mode='ab')", "p.open('x')", "p.open(mode='r+b')", "open(p, how)"]
)
def test_the_walk_finds_what_is_opened_for_writing(text: str) -> None:
    assert opens_for_writing(ast.parse(text)) == [text]


@pytest.mark.parametrize(
    "text", ["open(p)", "open(p, 'rb')", "p.open('rb')", "store.open(folder)", "desk.open('help')"]
)
def test_the_walk_lets_reading_be(text: str) -> None:
    assert opens_for_writing(ast.parse(text)) == []


def test_a_module_anywhere_below_is_found(tmp_path: Path) -> None:
    deep = tmp_path / "app" / "office" / "reports"
    deep.mkdir(parents=True)
    (deep / "page.py").write_text("from cairn import paths\npaths.new_file(target)\n", "utf-8")
    assert users("new_file", modules(tmp_path)) == {"app/office/reports/page.py"}

"""Rules of the house that a linter can't see."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "desktop" / "cairn"
MODULES = sorted(SOURCE.rglob("*.py"))
NETWORK = {
    "asyncio", "ftplib", "http", "imaplib", "nntplib", "poplib", "smtplib", "socket", "socketserver", "ssl",
    "telnetlib", "urllib", "webbrowser", "wsgiref", "xmlrpc", "aiohttp", "httpx", "requests", "urllib3",
}  # fmt: skip
QT_NETWORK = {
    "QtHttpServer", "QtNetwork", "QtNetworkAuth", "QtWebChannel", "QtWebEngineCore", "QtWebEngineQuick",
    "QtWebEngineWidgets", "QtWebSockets", "QtWebView",
}  # fmt: skip
NEVER_CALLED = {
    "processEvents": "returns to the event loop in the middle of something",
    "terminate": "stops a thread while it holds something",
    "extractall": "writes where the archive says",
    "mktemp": "no plaintext on the disk",
    "mkstemp": "no plaintext on the disk",
    "mkdtemp": "no plaintext on the disk",
}
# Whether there is a screen; language and input method; an emptied environment for the child; which stick.
READ_ENVIRONMENT = {"__main__.py", "cli", "qt", "decode", "paths/portable.py"}
CHILD_PROCESS_ROOM = "decode"  # ends its own child, which is what `terminate` is for


def name(path: Path) -> str:
    return str(path.relative_to(SOURCE))


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_module_keeps_the_rules(path: Path) -> None:
    text = path.read_text("utf-8")
    tree = ast.parse(text)
    assert text.count("\n") <= 500, "at 500 lines it is two rooms"
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            imported = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            imported = [f"{node.module}.{alias.name}" for alias in node.names]
        else:
            imported = []
        for module in imported:
            parts = module.split(".")
            assert parts[0] not in NETWORK, f"line {node.lineno}: {module}: offline by design"
            assert not QT_NETWORK & set(parts), f"line {node.lineno}: {module}: offline by design"
        if isinstance(node, ast.Call):
            called = getattr(node.func, "attr", getattr(node.func, "id", ""))
            allowed = called == "terminate" and name(path).startswith(CHILD_PROCESS_ROOM)
            assert called not in NEVER_CALLED or allowed, f"line {node.lineno}: {NEVER_CALLED[called]}"
            if called == "singleShot":
                assert len(node.args) >= 3, (
                    f"line {node.lineno}: whose moment it is, or it comes after its end"
                )
        if isinstance(node, ast.Assert):
            pytest.fail(f"line {node.lineno}: a check that `python -O` removes")
        if isinstance(node, ast.Attribute) and node.attr in ("environ", "getenv"):
            room = name(path).split("/")[0]
            assert {room, name(path)} & READ_ENVIRONMENT, (
                f"line {node.lineno}: no switches in the environment"
            )


@pytest.mark.parametrize("package", [p for p in MODULES if p.name == "__init__.py"], ids=name)
def test_package_says_what_it_is_for(package: Path) -> None:
    text = ast.get_docstring(ast.parse(package.read_text("utf-8"))) or ""
    assert len(text) >= 60, "opens with a paragraph: what it is for, what it promises"


def test_nothing_without_a_window_loads_qt_or_a_socket() -> None:
    """The command line starts without Qt, and no network module of Python is ever loaded by it."""
    code = (
        "import sys, cairn.cli.main\n"
        "bad = [m for m in sys.modules if m.split('.')[0] in ('PySide6', 'shiboken6', 'socket', 'ssl', 'http')]\n"
        "print(' '.join(bad))"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-c", f"import sys; sys.path.insert(0, {str(SOURCE.parent)!r}); {code}"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout.strip() == ""


def test_the_repository_names_no_host_and_no_folder_of_a_builder() -> None:
    """Locks carry hashes, not places to fetch from."""
    for lock in [*(ROOT / "packaging" / "locks").iterdir(), *ROOT.glob("tests/interop/package-lock.json")]:
        text = lock.read_text("utf-8")
        assert "index-url" not in text and "find-links" not in text, lock
        assert "resolved" not in text and "file://" not in text, lock


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_lock_pins_every_dependency_by_hash(lock: str) -> None:
    import tomllib

    text = (ROOT / "packaging" / "locks" / lock).read_text("utf-8")
    pinned = [line for line in text.splitlines() if line and line[0].isalnum()]
    assert all("==" in line and line.endswith("\\") for line in pinned)
    assert text.count("--hash=sha256:") >= len(pinned)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    wanted = list(project["project"]["dependencies"])
    if "dev" in lock:
        wanted += project["dependency-groups"]["dev"]
    names = {line.split(" ")[0].lower() for line in pinned}
    assert {w.lower() for w in wanted} <= names


CODEC = {"json", "msgpack", "yaml", "toml", "convert", "to_builtins", "Raw"}
"""What of msgspec encodes or decodes."""


def test_only_the_forms_encode_and_decode_records_in_the_window() -> None:
    """One binder for all forms: elsewhere a record is a value, and its fields are read."""
    found = []
    for path in sorted((SOURCE / "qt").rglob("*.py")):
        if path.is_relative_to(SOURCE / "qt" / "forms"):
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            codec = isinstance(node, ast.Attribute) and node.attr in CODEC
            if codec and isinstance(node.value, ast.Name) and node.value.id == "msgspec":
                found.append(f"{name(path)}:{node.lineno} msgspec.{node.attr}")
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("msgspec"):
                found.append(f"{name(path)}:{node.lineno} from {node.module}")
            if isinstance(node, ast.Import) and any(one.name == "json" for one in node.names):
                found.append(f"{name(path)}:{node.lineno} json")
    assert not found, found


def test_whatever_is_typed_hidden_can_be_shown() -> None:
    hiding = {name(path) for path in MODULES if "EchoMode.Password" in path.read_text("utf-8")}
    assert hiding == {"qt/widgets/secret_line.py"}
    # Somebody whose letters an input method composes can type them only where they are shown.
    for path in MODULES:
        text = path.read_text("utf-8")
        assert ("SecretLine()" not in text) or "ShowTyped(" in text, name(path)


def test_no_layout_is_asked_for_its_items() -> None:
    """What `QLayout.itemAt` hands out PySide keeps after Qt has deleted it; the next thing at its place falls over it."""
    for path in MODULES:
        assert ".itemAt(" not in path.read_text("utf-8"), name(path)

"""One set of end-to-end tests for every form of the program: the tree, a wheel, and what is installed.

`CAIRN_PROGRAM` names an installed program; the tests then run it alone, as the smoke test does inside of its
clean root (`CAIRN_PROGRAM_USER`: whose files the program must be able to read).
"""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
INSTALLED = os.environ.get("CAIRN_PROGRAM", "")
OWNER = os.environ.get("CAIRN_PROGRAM_USER", "")


@dataclass(frozen=True)
class Program:
    """How it is started, and what it must find in its environment."""

    words: tuple[str, ...]
    environment: dict[str, str]

    def __call__(self, *words: str | Path, code: int = 0) -> dict[str, Any]:
        """Run it with `--json`; it must end with `code`. The object that it prints."""
        done = subprocess.run(
            [*self.words, *map(str, words), "--json"],
            env=self.environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=180,
            check=False,
        )
        said = done.stderr.decode()
        assert done.returncode == code, (words, done.returncode, done.stdout.decode(), said)
        assert "Traceback" not in said, said
        found = json.loads(done.stdout)
        assert isinstance(found, dict)
        return found


def _environment(folder: Path, **more: str) -> dict[str, str]:
    return {"PATH": os.environ["PATH"], "HOME": str(folder), "LC_ALL": "C.UTF-8", **more}


def _wheel(folder: Path) -> Path:
    """The folder in which a wheel of this tree is installed, without the tree."""
    pip = [sys.executable, "-m", "pip"]
    if importlib.util.find_spec("pip") is None:
        # `./dev setup` on a Debian without python3-venv: the pip outside of the environment fills it.
        pip = ["python3", "-m", "pip", "--python", sys.executable]
    quiet = ["--quiet", "--disable-pip-version-check", "--no-deps"]
    build = ["wheel", "--no-build-isolation", "--wheel-dir", str(folder), str(ROOT)]
    subprocess.run([*pip, *build, *quiet], check=True)
    (wheel,) = folder.glob("cairn-*.whl")
    target = folder / "installed"
    subprocess.run([*pip, "install", *quiet, "--target", str(target), str(wheel)], check=True)
    return target


KINDS = ["installed"] if INSTALLED else ["tree", pytest.param("wheel", marks=pytest.mark.slow)]


@pytest.fixture(scope="session", params=KINDS)
def program(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Program:
    """The program in one of its forms."""
    home = tmp_path_factory.mktemp("home")
    if request.param == "installed":
        return Program((INSTALLED,), dict(os.environ))
    words = (sys.executable, "-X", "dev", "-W", "error", "-m", "cairn")
    if request.param == "tree":
        return Program(words, _environment(home, PYTHONPATH=str(ROOT / "desktop")))
    target = _wheel(tmp_path_factory.mktemp("wheel"))
    environment = _environment(home, PYTHONPATH=str(target))
    where = subprocess.run(
        [sys.executable, "-c", "import cairn; print(cairn.__file__)"],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert where.stdout.startswith(str(target)), where.stdout
    return Program(words, environment)


def give(*paths: Path) -> None:
    """Let the account that runs the installed program have these files and folders."""
    for path in paths if OWNER else ():
        os.chown(path, int(OWNER), int(OWNER))

"""Where vaults and settings live, and how folders are made: readable by their owner alone."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs

from cairn.errors import MachineError, from_os
from cairn.paths.access import make_private
from cairn.paths.portable import portable_data
from cairn.paths.system import machine_errors

_APP = "cairn"


def restrict_umask() -> None:
    """Make every file and folder this process creates private to its owner."""
    os.umask(0o077)


def vaults_folder() -> Path:
    """Where vaults are offered to live. The person may choose any other folder."""
    return (portable_data() or Path(platformdirs.user_data_dir(_APP, appauthor=False))) / "vaults"


def settings_folder() -> Path:
    """Where the few settings that are no secret live: language, theme, text size, window geometry."""
    data = portable_data()
    return Path(platformdirs.user_config_dir(_APP, appauthor=False)) if data is None else data / "settings"


def make_folder(folder: Path) -> None:
    """Create `folder`, open to its owner alone, and its parents. Raises MachineError."""
    try:
        new = not folder.is_dir()
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise from_os(error) from error
    if new:
        make_private(folder)


def require_empty_folder(folder: Path) -> None:
    """Create `folder`, or accept it when it exists and is empty. Raises MachineError `machine.exists`."""
    make_folder(folder)
    with machine_errors():
        if any(folder.iterdir()):
            raise MachineError("machine.exists")

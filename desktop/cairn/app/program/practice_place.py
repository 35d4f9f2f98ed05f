"""Where the practice vault lies, and its passphrase: known before anything of a vault is loaded."""

from __future__ import annotations

from pathlib import Path

from cairn import paths

PASSPHRASE = "practice only"  # noqa: S105  # known to everyone, for a vault that holds only fiction
FOLDER = "practice"


def default_folder() -> Path:
    """Where the practice vault lives when nothing else is said."""
    return paths.vaults_folder() / FOLDER

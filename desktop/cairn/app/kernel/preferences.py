"""Settings: the few that are no secret in a plain file, all others inside the vault.

Outside the vault lie only language, theme, text size, window geometry and the folders of vaults that
were opened here. What tells about work or people (auto-lock, names) is inside.
"""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from cairn import paths
from cairn.app.kernel.views import KnownVault
from cairn.errors import MachineError

if TYPE_CHECKING:
    from cairn.app.kernel.session import Session
    from cairn.storage.work import Work

_FILE = "settings.json"
_MOST_VAULTS = 20
_PREFIX = "preference."
_lock = threading.Lock()


class Outside(msgspec.Struct, frozen=True):
    """The settings outside any vault. Unknown ones of a newer version are dropped on writing."""

    language: str = ""
    """BCP 47, or empty for the system's."""
    theme: str = "system"
    """`light`, `dark` or `system`."""
    text_size: int = 100
    """Per cent."""
    geometry: str = ""
    """The window's own form of its size and place, base64."""
    vaults: tuple[str, ...] = ()
    """Folders of vaults as `paths.remembered` writes them, the most recent first."""


def outside() -> Outside:
    """The settings outside the vault; defaults where there is no file or it can't be read."""
    try:
        return msgspec.json.decode((paths.settings_folder() / _FILE).read_bytes(), type=Outside)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
        return Outside()


def change_outside(
    *,
    language: str | None = None,
    theme: str | None = None,
    text_size: int | None = None,
    geometry: str | None = None,
    vaults: tuple[str, ...] | None = None,
) -> Outside:
    """Change some of the settings outside the vault. An unreadable file is kept beside, never overwritten.

    Raises MachineError.
    """
    given = {
        "language": language,
        "theme": theme,
        "text_size": text_size,
        "geometry": geometry,
        "vaults": vaults,
    }
    with _lock:
        folder = paths.settings_folder()
        paths.make_folder(folder)
        _keep_unreadable(folder / _FILE)
        changed = msgspec.structs.replace(outside(), **{k: v for k, v in given.items() if v is not None})
        paths.replace_file(
            folder / _FILE, msgspec.json.format(msgspec.json.encode(changed), indent=2) + b"\n"
        )
    return changed


def known_vaults() -> list[KnownVault]:
    """The vaults opened on this computer whose folders are there now, the most recent first."""
    found = [paths.recalled(folder) for folder in outside().vaults]
    present = [folder for folder in found if _is_there(folder)]
    return [KnownVault(folder, folder.name, index == 0) for index, folder in enumerate(present)]


def remember_vault(folder: Path) -> None:
    """Put `folder` first among the known vaults. That it can't be written down is no reason to fail."""
    name = paths.remembered(folder)
    if outside().vaults[:1] == (name,):
        # At most openings: nothing to write, and nothing to sync while somebody waits for the vault.
        return
    rest = [known for known in outside().vaults if known != name]
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        # A folder whose name is no text can be opened, but not written into a file of text.
        return
    try:
        change_outside(vaults=(name, *rest)[:_MOST_VAULTS])
    except MachineError:
        return


def inside(s: Session, key: str, default: Any = None) -> Any:
    """A setting kept in the vault (plain JSON types), such as `auto-lock` in minutes."""
    with s.store.read() as reader:
        from cairn.storage import settings

        return settings.get(reader, _PREFIX + key, default)


def change_inside(s: Session, key: str, value: Any) -> None:
    """Set a setting kept in the vault; None removes it."""
    with s.store.write() as work:
        put_inside(work, key, value)


def put_inside(work: Work, key: str, value: Any) -> None:
    """As `change_inside`, inside a unit of work."""
    from cairn.storage import settings

    settings.put(work, _PREFIX + key, value)


def _is_there(folder: Path) -> bool:
    try:
        return (folder / "vault.hdr").is_file()
    except OSError:
        return False


def _keep_unreadable(file: Path) -> None:
    """Move a file aside that is no settings file: it may be the work of a newer version or of a person."""
    try:
        data = file.read_bytes()
    except OSError:
        return
    try:
        msgspec.json.decode(data, type=Outside)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        with paths.machine_errors():
            file.replace(file.with_name(f"{_FILE}.unreadable"))

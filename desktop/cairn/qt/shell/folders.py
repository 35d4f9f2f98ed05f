"""Where the person chose files last, kept inside the vault: it tells about sticks and work, and is no one else's."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject

from cairn.app.kernel import preferences
from cairn.app.kernel.session import Session
from cairn.errors import CairnError
from cairn.qt.base import tasks

_KEY = "folders"


class FolderMemory(QObject):
    """The memory of `cairn.qt.widgets.choose` while a vault is open."""

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._folders: dict[str, str] = {}
        tasks.run(self, lambda _progress: preferences.inside(session, _KEY, {}), then=self._loaded)

    def _loaded(self, kept: object) -> None:
        known = kept if isinstance(kept, dict) else {}
        self._folders = {str(way): str(folder) for way, folder in known.items()} | self._folders

    def recall(self, way: str, /) -> Path | None:
        """The folder, or None."""
        folder = self._folders.get(way)
        return Path(folder) if folder else None

    def keep(self, way: str, folder: Path, /) -> None:
        """Remember it. That it can't be written down is no reason to say anything."""
        try:
            str(folder).encode("utf-8")
        except UnicodeEncodeError:
            return
        if self._folders.get(way) == str(folder):
            return
        self._folders[way] = str(folder)
        session, folders = self._session, dict(self._folders)

        def refused(_error: CairnError) -> None:
            return

        tasks.run(self, lambda _progress: preferences.change_inside(session, _KEY, folders), failed=refused)

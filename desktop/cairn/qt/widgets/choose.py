"""Choosing files and folders, in a dialog that belongs to the window and leaves no trace on the laptop.

Where the person was last is remembered inside the open vault, and nowhere while none is open. The dialog is Qt's own: the system's would write what was chosen into its list of recent files. It is a
child of the widget that asks, so it closes with it when the vault is locked.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Protocol, TypeVar, cast

from PySide6.QtCore import QCoreApplication, QSize, Qt, QUrl
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QFileDialog,
    QHeaderView,
    QLabel,
    QLineEdit,
    QSplitter,
    QToolButton,
    QTreeView,
    QWidget,
)

from cairn import paths
from cairn.qt.base.icons import icon
from cairn.qt.base.theme import theme


class Memory(Protocol):
    """Where the person was last: when taking files in (`from`), and when writing something out (`to`)."""

    def recall(self, way: str, /) -> Path | None:
        """The folder, or None."""
        ...

    def keep(self, way: str, folder: Path, /) -> None:
        """Remember it."""
        ...


_memory: list[Memory] = []


def use_memory(memory: Memory | None) -> None:
    """The memory of the vault that is open now; None while none is."""
    _memory[:] = [] if memory is None else [memory]


Chosen = Callable[[Path], Any]
_Part = TypeVar("_Part", bound=QWidget)
_KIND = 2
"""The column that repeats the end of the name in words."""
_DATE = 3


def choose_file(
    over: QWidget, title: str, then: Chosen, *, filters: tuple[str, ...] = (), verb: str = ""
) -> QFileDialog:
    """Ask for one file that exists."""
    dialog = _dialog(over, title, then, verb, "from")
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    if filters:
        dialog.setNameFilters(list(filters))
    dialog.open()
    return dialog


def choose_files(
    over: QWidget, title: str, then: Callable[[list[Path]], Any], *, verb: str = ""
) -> QFileDialog:
    """Ask for one or more files that exist."""
    dialog = _dialog(over, title, None, verb, "from")
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    dialog.filesSelected.connect(lambda chosen: then([paths.as_on_disk(Path(path)) for path in chosen]))
    dialog.open()
    return dialog


def choose_folder(
    over: QWidget, title: str, then: Chosen, *, verb: str = "", start: Path | None = None
) -> QFileDialog:
    """Ask for a folder that exists; `start` is where the dialog begins, else where the person was last, or the home folder."""
    dialog = _dialog(over, title, then, verb, "to")
    if start is not None:
        dialog.setDirectory(str(start))
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly, True)
    _part(dialog, QComboBox, "fileTypeCombo").hide()
    _part(dialog, QLabel, "fileTypeLabel").hide()
    dialog.open()
    return dialog


def choose_new_file(
    over: QWidget, title: str, name: str, then: Chosen, *, ending: str = "", verb: str = ""
) -> QFileDialog:
    """Ask where a new file shall be written; `name` is what it is called unless the person says else."""
    dialog = _dialog(over, title, then, verb, "to")
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setFileMode(QFileDialog.FileMode.AnyFile)
    if ending:
        dialog.setDefaultSuffix(ending)
    if verb:
        # The dialog names the button anew when it is made to save.
        dialog.setLabelText(QFileDialog.DialogLabel.Accept, verb)
    dialog.selectFile(name)
    dialog.open()
    return dialog


def _dialog(over: QWidget, title: str, then: Chosen | None, verb: str, way: str) -> QFileDialog:
    dialog = QFileDialog(over, title)
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog, True)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    last = _memory[0].recall(way) if _memory else None
    dialog.setDirectory(str(last if last is not None and last.is_dir() else Path.home()))
    dialog.filesSelected.connect(lambda chosen: _remember(dialog, way, chosen))
    dialog.setHistory([])
    edge = theme().px(16)
    if (layout := dialog.layout()) is not None:
        layout.setContentsMargins(edge, edge, edge, edge)
    room = over.window().size()
    dialog.resize(
        min(theme().px(820), room.width() - 2 * edge), min(theme().px(560), room.height() - 2 * edge)
    )
    _name_parts(dialog, verb)
    _arrange(dialog)
    if then is not None:
        dialog.fileSelected.connect(lambda path: then(paths.as_on_disk(Path(path))))
    helper = getattr(over.window(), "helper", None)
    if helper is not None:
        key = QShortcut(QKeySequence(QKeySequence.StandardKey.HelpContents), dialog)
        key.activated.connect(lambda: helper.over(dialog))
    # The toolkit leaves some of its own controls without a name for screen readers.
    for line in dialog.findChildren(QLineEdit):
        line.setAccessibleName(title)
    for box in dialog.findChildren(QComboBox):
        kind = box.objectName() == "fileTypeCombo"
        box.setAccessibleName(
            QCoreApplication.translate("Choose", "Kind of file")
            if kind
            else QCoreApplication.translate("Choose", "Folder")
        )
    for made in dialog.findChildren(QAbstractButton):
        made.setAccessibleName(made.accessibleName() or made.text().replace("&", "") or made.toolTip())
    return dialog


def _remember(dialog: QFileDialog, way: str, chosen: Sequence[str]) -> None:
    if _memory and chosen:
        folder = dialog.fileMode() == QFileDialog.FileMode.Directory
        _memory[0].keep(way, Path(chosen[0]) if folder else Path(chosen[0]).parent)


def _name_parts(dialog: QFileDialog, verb: str) -> None:
    """The words that stand in the dialog: the toolkit's own are not in every language."""
    translate, part = QCoreApplication.translate, QFileDialog.DialogLabel
    dialog.setLabelText(part.LookIn, translate("Choose", "Folder:"))
    dialog.setLabelText(part.FileName, translate("Choose", "Name:"))
    dialog.setLabelText(part.FileType, translate("Choose", "Kind of file:"))
    dialog.setLabelText(part.Reject, translate("Choose", "Cancel"))
    if verb:
        dialog.setLabelText(part.Accept, verb)


def _arrange(dialog: QFileDialog) -> None:
    """Sticks stand at the side, the buttons are drawn as everywhere, and names have the room."""
    places = [QUrl.fromLocalFile(str(place)) for place in (Path.home(), *paths.plugged_in())]
    dialog.setSidebarUrls([*places, QUrl("file:")])
    translate = QCoreApplication.translate
    for name, glyph, word in (
        ("backButton", "arrow-left", translate("Choose", "Back")),
        ("forwardButton", "arrow-right", translate("Choose", "Forward")),
        ("toParentButton", "arrow-up", translate("Choose", "To the folder above")),
        ("newFolderButton", "plus", translate("Choose", "New folder")),
    ):
        made = _part(dialog, QToolButton, name)
        made.setIcon(icon(glyph))
        made.setIconSize(QSize(theme().px(18), theme().px(18)))
        made.setToolTip(word)
        made.setAccessibleName(word)
    for name in ("listModeButton", "detailModeButton"):
        _part(dialog, QToolButton, name).hide()
    dialog.setViewMode(QFileDialog.ViewMode.Detail)
    _part(dialog, QSplitter, "splitter").setSizes([theme().px(180), theme().px(600)])
    rows = _part(dialog, QTreeView, "treeView")
    rows.hideColumn(_KIND)
    rows.setColumnHidden(_DATE, dialog.width() < theme().px(620))
    rows.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)


def _part(dialog: QFileDialog, kind: type[_Part], name: str) -> _Part:
    return cast(_Part, dialog.findChild(kind, name))

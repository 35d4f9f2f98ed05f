"""Choosing files and folders, in a dialog that belongs to the window and remembers nothing.

The dialog is Qt's own: the system's would write what was chosen into its list of recent files. It is a
child of the widget that asks, so it closes with it when the vault is locked.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractButton, QComboBox, QFileDialog, QLineEdit, QWidget

from cairn.qt.theme import theme

Chosen = Callable[[Path], Any]


def choose_file(
    over: QWidget, title: str, then: Chosen, *, filters: tuple[str, ...] = (), verb: str = ""
) -> QFileDialog:
    """Ask for one file that exists."""
    dialog = _dialog(over, title, then, verb)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    if filters:
        dialog.setNameFilters(list(filters))
    dialog.open()
    return dialog


def choose_files(
    over: QWidget, title: str, then: Callable[[list[Path]], Any], *, verb: str = ""
) -> QFileDialog:
    """Ask for one or more files that exist."""
    dialog = _dialog(over, title, None, verb)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    dialog.filesSelected.connect(lambda paths: then([Path(path) for path in paths]))
    dialog.open()
    return dialog


def choose_folder(
    over: QWidget, title: str, then: Chosen, *, verb: str = "", start: Path | None = None
) -> QFileDialog:
    """Ask for a folder that exists; `start` is where the dialog begins, the home folder if not said."""
    dialog = _dialog(over, title, then, verb)
    if start is not None:
        dialog.setDirectory(str(start))
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly, True)
    dialog.open()
    return dialog


def choose_new_file(
    over: QWidget, title: str, name: str, then: Chosen, *, ending: str = "", verb: str = ""
) -> QFileDialog:
    """Ask where a new file shall be written; `name` is what it is called unless the person says else."""
    dialog = _dialog(over, title, then, verb)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setFileMode(QFileDialog.FileMode.AnyFile)
    if ending:
        dialog.setDefaultSuffix(ending)
    if verb:
        dialog.setLabelText(QFileDialog.DialogLabel.Accept, verb)
    dialog.selectFile(name)
    dialog.open()
    return dialog


def _dialog(over: QWidget, title: str, then: Chosen | None, verb: str) -> QFileDialog:
    dialog = QFileDialog(over, title)
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog, True)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setDirectory(str(Path.home()))
    dialog.setHistory([])
    edge = theme().px(16)
    if (layout := dialog.layout()) is not None:
        layout.setContentsMargins(edge, edge, edge, edge)
    room = over.window().size()
    dialog.resize(
        min(theme().px(820), room.width() - 2 * edge), min(theme().px(560), room.height() - 2 * edge)
    )
    if verb:
        dialog.setLabelText(QFileDialog.DialogLabel.Accept, verb)
    if then is not None:
        dialog.fileSelected.connect(lambda path: then(Path(path)))
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

"""A photograph in the Files tab: what it tells beside what it shows, and making a copy for sharing."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication, QSizeF, QTimer, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QLineEdit, QWidget

from cairn.app.files import photos
from cairn.app.kernel.views import FileView
from cairn.errors import CairnError
from cairn.model.ports import Progress, ReadableAt
from cairn.qt.base import messages, tasks
from cairn.qt.base.theme import theme
from cairn.qt.desk import Desk
from cairn.qt.media.viewers.canvas import levels
from cairn.qt.media.viewers.picture_edit import EditCanvas
from cairn.qt.widgets import Banner, Field, button, column, icon_button, label, row
from cairn.qt.widgets.basic import reveal
from cairn.qt.widgets.reflow import Flow

_EDGE = 4096


def what_it_tells(tells: Sequence[str]) -> str:
    """One sentence about what a picture's file says beside its pixels; empty when it says nothing."""
    translate = QCoreApplication.translate
    if "place" in tells and "time" in tells:
        return translate("Photo", "This file also says where and when the picture was taken.")
    if "place" in tells:
        return translate("Photo", "This file also says where the picture was taken.")
    if "time" in tells:
        return translate("Photo", "This file also says when the picture was taken.")
    if "device" in tells:
        return translate("Photo", "This file also says which camera or phone took the picture.")
    if "preview" in tells:
        return translate(
            "Photo", "This file also holds a small preview, perhaps of an earlier state of the picture."
        )
    if tells:
        return translate("Photo", "This file also holds words or data beside the picture.")
    return ""


def what_was_done(how: Sequence[str]) -> str:
    """One sentence about a copy for sharing."""
    if photos.BLACKED_OUT in how:
        return QCoreApplication.translate("Photo", "A copy for sharing: only pixels, parts blacked out.")
    return QCoreApplication.translate("Photo", "A copy for sharing: only pixels, nothing beside them.")


class PhotoBar(QWidget):
    """Stands under a picture: what it tells, and the button that makes a copy for sharing."""

    def __init__(self, copy: Callable[[], None]) -> None:
        super().__init__()
        self._says = label("", "caption", wrap=True)
        self.copy = button(self.tr("Copy for sharing…"), copy, glyph="picture")
        self.copy.setToolTip(self.tr("A copy without place, time and camera; parts can be blacked out"))
        line = row(self._says, self.copy, space=12)
        line.setStretch(0, 1)
        self.setLayout(line)
        self.hide()

    def show_file(self, desk: Desk, file: FileView, may_copy: bool) -> None:
        """Say what is known of `file` now; what its bytes tell comes a moment later."""
        self.setVisible(photos.is_picture(file))
        self.copy.setVisible(may_copy)
        self._says.setText(what_was_done(file.how) if file.of else "")
        if not photos.is_picture(file) or file.of:
            return
        wanted, session, decoder = file.id, desk.session, desk.decoder
        self._wanted = wanted

        def told(tells: tuple[str, ...]) -> None:
            if self._wanted == wanted:
                self._says.setText(what_it_tells(tells))

        # A picture that can't be read says so where it would be shown.
        tasks.run(self, lambda _p: photos.tells(session, decoder, wanted), then=told, failed=lambda _e: None)

    def clear(self) -> None:
        """No picture is looked at."""
        self._wanted = ""
        self._says.clear()
        self.hide()

    _wanted = ""


class PhotoEditor(QWidget):
    """Blacks out and turns a copy. The original is never changed."""

    closed = Signal()
    """The person went back, or the copy is made."""
    made = Signal(str)
    """Id of the new file."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._file: FileView | None = None
        self._working = False
        self._needs_reason = False
        self.banner = Banner()
        self.canvas = EditCanvas()
        self.canvas.setMinimumHeight(theme().px(200))
        self.canvas.setAccessibleDescription(
            self.tr(
                "B adds a rectangle, N chooses the next, arrows move it, with Shift they change its size, Delete removes it, R turns, Ctrl+Z undoes."
            )
        )
        self.canvas.edited.connect(self._look)
        self._add = button(self.tr("Black out a part"), self._add_box, glyph="plus")
        self._add.setToolTip(self.tr("Adds a rectangle (B). Or drag over the part with the mouse"))
        self._remove = icon_button("trash", self.tr("Remove the chosen rectangle"), self.canvas.remove_box)
        self._undo = icon_button("undo", self.tr("Undo"), self.canvas.undo)
        self._redo = icon_button("redo", self.tr("Redo"), self.canvas.redo)
        turn = button(self.tr("Turn"), self.canvas.turn, glyph="rotate")
        turn.setToolTip(self.tr("Turn the copy to the right (R)"))
        smaller = icon_button("zoom-out", self.tr("Zoom out (−)"), self.canvas.zoom_out)
        larger = icon_button("zoom-in", self.tr("Zoom in (+)"), self.canvas.zoom_in)
        fit = icon_button("fit", self.tr("Fit the picture to the window (0)"), self.canvas.zoom_fit)
        self._tools = Flow(self._add, turn, self._remove, self._undo, self._redo, smaller, larger, fit)
        self._name = QLineEdit()
        self._why = QLineEdit()
        self._why.textChanged.connect(self._look)
        self._name_field = Field(self.tr("Name of the copy"), self._name)
        self._why_field = Field(self.tr("Reason"), self._why)
        self._cancel = button(self.tr("Cancel"), self._go_back)
        self._go = button(self.tr("Make copy"), self._begin, kind="primary")
        layout = column(
            label(self.tr("Copy for sharing"), "heading"),
            self.banner,
            self._tools,
            self.canvas,
            label(
                self.tr(
                    "The original stays as it is. The copy holds only what you see here: no place, no time, no camera. Drag over what nobody should see."
                ),
                "soft",
                wrap=True,
            ),
            self._name_field,
            self._why_field,
            row(None, self._cancel, self._go),
            space=12,
        )
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setStretchFactor(self.canvas, 1)
        self.setLayout(layout)
        self._look()

    def show_photo(self, file: FileView, source: ReadableAt, *, needs_reason: bool) -> None:
        """Begin with a picture; `source` stays open until `closed`, `made` or `let_go`."""
        self.let_go()
        self._file = file
        self.canvas.setAccessibleName(self.tr("Picture {name}").format(name=file.name))
        stem = file.name.rpartition(".")[0] or file.name
        self._name.setText(self.tr("{name} copy").format(name=stem))
        self._why.clear()
        self._why_field.setVisible(needs_reason)
        self._needs_reason = needs_reason
        decoder = self._desk.decoder

        def work(_progress: Progress) -> tuple[list[QImage], QSizeF]:
            pixels = decoder.picture(source, max_px=_EDGE)
            return levels(pixels), QSizeF(pixels.full_width, pixels.full_height)

        def arrived(result: tuple[list[QImage], QSizeF]) -> None:
            if self._file is file:
                self.canvas.show_image(*result)
                self.canvas.setFocus()
                self._look()
                # In a low window the picture and its tools come before the rest.
                QTimer.singleShot(0, self, lambda: reveal(self._tools, first=True))

        def refused(error: CairnError) -> None:
            if self._file is file:
                self.banner.show_message(messages.sentence(error), "warn", closable=False)

        tasks.run(self, work, then=arrived, failed=refused, lane="long")

    def let_go(self) -> None:
        """Forget the picture and what was drawn on it."""
        self._file = None
        self._working = False
        self.banner.clear()
        self.canvas.clear()

    def _look(self) -> None:
        some = bool(self.canvas.boxes)
        self._remove.setEnabled(some and not self._working)
        self._undo.setEnabled(self.canvas.can_undo and not self._working)
        self._redo.setEnabled(self.canvas.can_redo and not self._working)
        self._add.setEnabled(not self.canvas.full.isEmpty() and not self._working)
        said = not self._needs_reason or bool(self._why.text().strip())
        self._go.setEnabled(not self.canvas.full.isEmpty() and not self._working and said)

    def _add_box(self) -> None:
        """In the middle, and the keys that move it act on it at once."""
        self.canvas.add_in_middle()
        self.canvas.setFocus()

    def _go_back(self) -> None:
        self.let_go()
        self.closed.emit()

    def _begin(self) -> None:
        file = self._file
        if file is None:
            return
        session, decoder = self._desk.session, self._desk.decoder
        boxes, turns = self.canvas.boxes, self.canvas.turns
        name, reason = self._name.text(), self._why.text()
        self._working = True
        self._look()

        def work(progress: Progress) -> FileView:
            return photos.copy_for_sharing(
                session,
                decoder,
                file.id,
                turns=turns,
                boxes=boxes,
                name=name,
                reason=reason,
                progress=progress,
            )

        def finished(copy: FileView) -> None:
            self.let_go()
            self.made.emit(copy.id)

        def refused(error: CairnError) -> None:
            self._working = False
            self._look()
            self.banner.show_message(messages.sentence(error), "warn")

        tasks.run(self, work, then=finished, failed=refused, lane="long")

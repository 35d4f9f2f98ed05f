"""A photograph in the Files tab: what it tells beside what it shows, and making a copy for sharing."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication, QSizeF, QTimer, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from cairn.app.files import photos, telling
from cairn.app.kernel.views import FileView
from cairn.decode.host import Pixels
from cairn.decode.types import is_office
from cairn.errors import CairnError, InputError
from cairn.model.ports import Progress, ReadableAt
from cairn.qt.base import messages, tasks
from cairn.qt.base.theme import theme
from cairn.qt.desk import Desk
from cairn.qt.media.viewers.canvas import levels
from cairn.qt.media.viewers.leaf import Leaf
from cairn.qt.media.viewers.picture_edit import EditCanvas
from cairn.qt.widgets import Banner, Field, button, column, icon_button, label, row
from cairn.qt.widgets.basic import reveal
from cairn.qt.widgets.kept_only import only_where_kept
from cairn.qt.widgets.reflow import Flow

_EDGE = 4096
_TOGETHER = 200
"""Up to so many pictures in one file are copied together unless the person says else."""


def what_it_tells(tells: Sequence[str]) -> str:
    """One sentence about what a file says beside its content; empty when it says nothing."""
    if not tells:
        return ""
    said = QCoreApplication.translate("Photo", "This file also tells: {what}.")
    return said.format(what=telling.in_words(tells, messages.language()))


def what_was_done(how: Sequence[str], *, picture: bool = True, office: bool = False) -> str:
    """One sentence about a copy for sharing."""
    if office:
        return QCoreApplication.translate(
            "Photo",
            "A copy for sharing: what is on its pages. Tracked changes are accepted, comments gone, hidden sheets shown.",
        )
    if not picture:
        return QCoreApplication.translate(
            "Photo", "A copy for sharing: its pages or its sound, nothing beside them."
        )
    if photos.ONE_PAGE in how:
        return QCoreApplication.translate(
            "Photo", "A copy for sharing of one picture of several: only pixels."
        )
    if photos.BLACKED_OUT in how:
        return QCoreApplication.translate("Photo", "A copy for sharing: only pixels, parts blacked out.")
    return QCoreApplication.translate("Photo", "A copy for sharing: only pixels, nothing beside them.")


class PhotoBar(QWidget):
    """Stands under a file: what it tells beside its content, and the button that makes a copy for sharing."""

    def __init__(self, copy: Callable[[], None]) -> None:
        super().__init__()
        self._says = label("", "caption", wrap=True)
        self.copy = button(self.tr("Copy for sharing…"), copy, glyph="picture")
        only_where_kept(self.copy)
        self.copy.setToolTip(self.tr("A copy without place, time and camera; parts can be blacked out"))
        line = row(self._says, self.copy, space=12)
        line.setStretch(0, 1)
        self.setLayout(line)
        self.hide()

    def show_file(self, desk: Desk, file: FileView, may_copy: bool) -> None:
        """Say what is known of `file` now; what its bytes tell comes a moment later."""
        can = telling.can_copy(file.type, file.name)
        self.copy.setVisible(may_copy and can and not (file.of and not photos.is_picture(file)))
        picture, office = photos.is_picture(file), is_office(file.type, file.name)
        self._says.setText(what_was_done(file.how, picture=picture, office=office) if file.of else "")
        self.setVisible(photos.is_picture(file) or bool(file.of))
        if file.of:
            self._wanted = ""
            return
        wanted, session, decoder = file.id, desk.session, desk.decoder
        self._wanted = wanted

        def told(tells: tuple[str, ...]) -> None:
            if self._wanted != wanted:
                return
            said = what_it_tells(tells)
            if said and not can:
                said += " " + self.tr("Cairn can't make a copy without it.")
            self._says.setText(said)
            self.setVisible(photos.is_picture(file) or bool(said))

        # A file that can't be read says so where it would be shown.
        tasks.run(
            self,
            lambda _progress: telling.of_record(session, decoder, wanted),
            then=told,
            failed=lambda _error: None,
            lane="long",
        )

    def clear(self) -> None:
        """No file is looked at."""
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
        self._source: ReadableAt | None = None
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
        self.leaf = Leaf()
        self.leaf.wanted.connect(self._go_to)
        self.all_pages = QCheckBox(self.tr("Copy every picture of this file, each as a file of its own"))
        self.all_pages.setAccessibleName(self.all_pages.text())
        self._drawn: dict[int, tuple[tuple[photos.Box, ...], int]] = {}
        """What was drawn on the pictures of this file that are not shown, and how they are turned."""
        self._tools = Flow(
            self.leaf, self._add, turn, self._remove, self._undo, self._redo, smaller, larger, fit
        )
        self._name = QLineEdit()
        self._why = QLineEdit()
        self._why.textChanged.connect(self._look)
        self._name_field = Field(self.tr("Name of the copy"), self._name)
        self._why_field = Field(self.tr("Reason"), self._why)
        self._cancel = button(self.tr("Cancel"), self._go_back)
        self._go = button(self.tr("Make copy"), self._begin, kind="primary")
        only_where_kept(self._go)
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
            self.all_pages,
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
        self._source = source
        self._drawn = {}
        self.leaf.show_pages(0, 1)
        self.all_pages.hide()
        self._ask(file, source, 0)

    def _go_to(self, page: int) -> None:
        """Another picture of the file; what was drawn on this one is kept."""
        if self._file is not None and self._source is not None and not self._working:
            self._drawn[self.leaf.at] = self.canvas.boxes, self.canvas.turns
            self._ask(self._file, self._source, page)

    def _ask(self, file: FileView, source: ReadableAt, page: int) -> None:
        decoder = self._desk.decoder

        def work(_progress: Progress) -> tuple[Pixels, list[QImage]]:
            pixels = decoder.picture(source, max_px=_EDGE, page=page)
            return pixels, levels(pixels)

        def arrived(result: tuple[Pixels, list[QImage]]) -> None:
            if self._file is file:
                pixels, images = result
                self._show_page(page, pixels, images)
                self.canvas.setFocus()
                self._look()
                # In a low window the picture and its tools come before the rest.
                QTimer.singleShot(0, self, lambda: reveal(self._tools, first=True))

        def refused(error: CairnError) -> None:
            if self._file is file:
                self.banner.show_message(messages.sentence(error), "warn", closable=False)

        tasks.run(self, work, then=arrived, failed=refused, lane="long")

    def _show_page(self, page: int, pixels: Pixels, images: list[QImage]) -> None:
        first = self.leaf.pages == 1 and pixels.pages > 1
        self.leaf.show_pages(page, pixels.pages)
        self.all_pages.setVisible(pixels.pages > 1)
        if first:
            # Pages of a scan belong together; of an animation one picture says it.
            self.all_pages.setChecked(pixels.pages <= _TOGETHER)
        self.canvas.clear()
        self.canvas.show_image(images, QSizeF(pixels.full_width, pixels.full_height))
        self.canvas.restore(*self._drawn.get(page, ((), 0)))
        if pixels.cut_off:
            said = self.tr("The file ends before its picture does. The copy holds what is there.")
            self.banner.show_message(said, "warn", closable=False)

    def let_go(self) -> None:
        """Forget the picture and what was drawn on it."""
        self._file = None
        self._source = None
        self._drawn = {}
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
        self._drawn[self.leaf.at] = self.canvas.boxes, self.canvas.turns
        drawn, several = dict(self._drawn), self.leaf.pages > 1
        pages = range(self.leaf.pages) if several and self.all_pages.isChecked() else [self.leaf.at]
        name, reason = self._name.text(), self._why.text()
        numbered = self.tr("{name}, {number} of {pages}")
        count = self.leaf.pages
        self._working = True
        self._look()

        def work(progress: Progress) -> FileView:
            made: FileView | None = None
            for page in pages:
                boxes, turns = drawn.get(page, ((), 0))
                title = numbered.format(name=name, number=page + 1, pages=count) if several else name
                made = photos.copy_for_sharing(
                    session,
                    decoder,
                    file.id,
                    page=page,
                    turns=turns,
                    boxes=boxes,
                    name=title,
                    reason=reason,
                    progress=progress,
                )
            if made is None:
                raise InputError("decode.damaged")
            return made

        def finished(copy: FileView) -> None:
            self.let_go()
            self.made.emit(copy.id)

        def refused(error: CairnError) -> None:
            self._working = False
            self._look()
            self.banner.show_message(messages.sentence(error), "warn")

        tasks.run(
            self,
            work,
            then=finished,
            failed=refused,
            lane="long",
            job=self.tr("A copy for sharing is being made."),
        )

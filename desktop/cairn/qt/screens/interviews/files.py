"""The Files tab: drop files in, list them, look at them inside Cairn."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QGuiApplication,
    QKeySequence,
    QResizeEvent,
    QShortcut,
)
from PySide6.QtWidgets import QSplitter, QWidget

from cairn.app.files import copies, files, inside, outcomes, photos, telling
from cairn.app.files.outcomes import Outcome
from cairn.app.kernel.views import FileView, InterviewView
from cairn.app.leaving import copying
from cairn.decode.types import Kind, kind_of
from cairn.model.ids import RecordId
from cairn.model.ports import Progress
from cairn.qt.base import messages, tasks
from cairn.qt.base.theme import theme
from cairn.qt.desk import Desk
from cairn.qt.media.keeping import Jobs, Keeping, Uses, Words
from cairn.qt.media.opened_file import OpenedFile, close
from cairn.qt.media.outcomes import Told, last
from cairn.qt.media.viewers.pane import Sought
from cairn.qt.media.viewers.viewer import FileViewer
from cairn.qt.screens.interviews import pasting
from cairn.qt.screens.interviews.photo import PhotoBar, PhotoEditor
from cairn.qt.screens.interviews.tab import InterviewTab
from cairn.qt.widgets import (
    Banner,
    EmptyState,
    ProgressPanel,
    Row,
    RowList,
    ask,
    button,
    column,
    icon_button,
    row,
    scroll,
)
from cairn.qt.widgets.choose import choose_files
from cairn.qt.widgets.kept_only import only_where_kept
from cairn.qt.widgets.shrinking import OneOf

NARROW = 620
MOST_ROWS = 4
"""Files that are seen at once where the list stands above the viewer."""
MOST_PIXELS = 16_777_215
"""Qt's own: no limit."""
GLYPHS = {Kind.PICTURE: "picture", Kind.PDF: "pdf", Kind.SOUND: "sound", Kind.TEXT: "text"}


class FilesTab(InterviewTab):
    """Drop zone, list and viewer. The original bytes are never changed."""

    KEY, HELP = "files", "photos"

    def __init__(self, desk: Desk, view: InterviewView, parent: QWidget | None = None) -> None:
        super().__init__(desk, view, parent)
        self._desk = desk
        self._view = view
        self._reader: OpenedFile | None = None
        self._choose_next = ""
        """Id of the file that was just added."""
        self.setAcceptDrops(True)
        self.banner = Banner()
        self._told = Told(self.banner)
        self.progress = ProgressPanel()
        self._jobs = Jobs(desk, self.progress)
        session = desk.session
        self._keeping = Keeping(
            self,
            desk,
            self._jobs,
            Words(
                rename=self.tr("Rename the file"),
                rename_now=self.tr("Rename file"),
                removed=self.tr(
                    "It no longer leaves with bundles. You can bring it back; its bytes stay in the vault."
                ),
                remove_now=self.tr("Remove file"),
                bring_back=self.tr("Bring the file back?"),
                copy_out=self.tr("Copy the file out of the vault?"),
                copied_is=self.tr(
                    "The copy is readable by anyone who finds it. The custody log keeps that it was made."
                ),
                copy_to=self.tr("Copy the file to"),
                copied=self.tr("File copied out"),
            ),
            Uses(
                partial(files.rename, session),
                partial(files.remove, session),
                partial(files.bring_back, session),
                partial(copying.preview, session),
                partial(telling.of_record, session, desk.decoder),
                partial(copying.copy_out, session),
            ),
            needs_reason=self._needs_reason,
            changed=lambda _file: self.changed.emit(),
        )
        self.list = RowList(self.tr("Files"))
        self.list.chosen.connect(self._open)
        self.list.setMinimumHeight(theme().px(120))
        self._add = button(self.tr("Add files…"), self._choose, glyph="attach")
        self._rename = icon_button(
            "edit", self.tr("Rename this file"), lambda: self._with(self._keeping.rename)
        )
        self._remove = icon_button(
            "trash", self.tr("Remove this file"), lambda: self._with(self._keeping.remove)
        )
        self._back = icon_button(
            "undo", self.tr("Bring this file back"), lambda: self._with(self._keeping.bring_back)
        )
        only_where_kept(self._add, self._rename, self._remove, self._back)
        copy_out = partial(self._with, self._keeping.copy_out)
        self._copy = icon_button("copy-out", self.tr("Copy this file out of the vault"), copy_out)
        self._tools = QWidget()
        self._tools.setLayout(row(self._rename, self._copy, self._remove, self._back, space=2))
        self.viewer = FileViewer(desk.decoder)
        self.viewer.setMinimumHeight(theme().px(220))
        self.viewer.copy_out_wanted.connect(copy_out)
        self.photo = PhotoBar(self._copy_for_sharing)
        self.editor = PhotoEditor(desk)
        self.editor.closed.connect(self._back_to_files)
        self.editor.made.connect(self._photo_made)
        paste = QShortcut(QKeySequence(QKeySequence.StandardKey.Paste), self)
        paste.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        paste.activated.connect(self.paste)
        self._none = EmptyState(
            self.tr("Photographs, documents and sound will be listed here."),
            glyph="attach",
            help_text=self.tr(
                "Drag files in, paste them or choose them. Cairn keeps an encrypted copy and never changes it. The file that you took it from stays where it was."
            ),
            action=self.tr("Add files…"),
            clicked=self._choose,
        )
        left = self._left = QWidget()
        left.setLayout(column(row(self._add, None, self._tools), self.list, space=8))
        split = self._split = QSplitter(Qt.Orientation.Horizontal)
        split.setHandleWidth(theme().px(16))
        split.setChildrenCollapsible(False)
        split.setStyleSheet("QSplitter::handle { background: transparent; }")
        split.addWidget(left)
        right = QWidget()
        right.setLayout(column(self.viewer, self.photo, space=8))
        # What is said below the viewer wraps, which a splitter does not ask about: two lines more than the least.
        right.setMinimumHeight(theme().px(220) + theme().px(8) + theme().px(120))
        split.addWidget(right)
        split.setSizes([theme().px(300), theme().px(480)])
        split.setStretchFactor(1, 1)
        self._pages = OneOf()
        self._pages.addWidget(self._none)
        self._pages.addWidget(split)
        self._pages.addWidget(self.editor)
        layout = column(self.banner, self.progress, self._pages, space=8)
        edge = theme().px(24)
        layout.setContentsMargins(edge, theme().px(16), edge, theme().px(16))
        layout.setStretchFactor(self._pages, 1)
        inner = QWidget()
        # In its place before it is filled: what moves makes the style sheet look at all it holds again.
        self.setLayout(column(scroll(inner), space=0))
        inner.setLayout(layout)
        self._look()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Side by side, or one above the other where there is no room for both."""
        super().resizeEvent(event)
        narrow = self.width() < theme().px(NARROW)
        self._split.setOrientation(Qt.Orientation.Vertical if narrow else Qt.Orientation.Horizontal)
        self._give_room()
        # Hidden behind another page it tells nobody that it needs less room now.
        pages = self._pages.layout()
        if pages is not None:
            pages.invalidate()
        self._pages.updateGeometry()

    def _give_room(self) -> None:
        """Above the viewer the list is as high as its rows, up to some; beside it, as high as the page."""
        below = self._split.orientation() == Qt.Orientation.Vertical
        rows = min(max(1, len(self.list.rows.rows)), MOST_ROWS)
        high = theme().px(56) * rows
        self.list.setMinimumHeight(high if below else theme().px(120))
        self._left.setMaximumHeight(
            high + self._add.sizeHint().height() + theme().px(8) if below else MOST_PIXELS
        )

    def show_view(self, view: InterviewView) -> None:
        """Show the files of an interview."""
        self._view = view
        self.list.set_rows([self._row(one) for one in view.files])
        self._give_room()
        if self._pages.currentWidget() is not self.editor:
            self._pages.setCurrentIndex(1 if view.files else 0)
        self._add.setVisible(not view.fixed)
        if self._choose_next and self.list.choose(self._choose_next, tell=True):
            self._choose_next = ""
        self._look()

    def _row(self, file: FileView) -> Row:
        chips: tuple[tuple[str, str], ...] = ()
        if file.removed:
            chips = ((self.tr("removed"), "neutral"),)
        elif not file.present:
            chips = ((self.tr("not here"), "warn"),)
        glyph = GLYPHS.get(kind_of(file.type or file.name), "file")
        about = f"{messages.file_sort(file.type, file.name)} · {messages.size(file.size)}"
        return Row(file.id, file.name, about, chips, glyph, soft=file.removed)

    def go(self, place: str) -> None:
        """Choose a file and show it; `RECORD@PAGE.NTH~WORDS` goes to a page of it and marks these words in it."""
        what, _, words = place.partition("~")
        record, _, spot = what.partition("@")
        page, _, nth = spot.partition(".")
        sought = Sought(words, int(page or 1), int(nth or 0))
        self.viewer.look_for(sought, now=self._reader is not None and self.list.chosen_id == record)
        if self.list.choose(record, tell=True):
            self.list.setFocus()
        else:
            self._choose_next = record

    def _chosen(self) -> FileView | None:
        return next((one for one in self._view.files if one.id == self.list.chosen_id), None)

    def _with(self, act: Callable[[FileView], None]) -> None:
        file = self._chosen()
        if file is not None:
            act(file)

    def _look(self) -> None:
        file = self._chosen()
        can = file is not None and not self._view.fixed
        self._tools.setVisible(file is not None)
        self._rename.setEnabled(can)
        self._remove.setVisible(can and file is not None and not file.removed)
        self._back.setVisible(can and file is not None and file.removed)
        self._copy.setEnabled(file is not None and file.present and not file.removed)

    # Adding

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if pasting.can_take(event.mimeData()) and not self._view.fixed:
            event.acceptProposedAction()
            self.banner.show_message(
                self.tr("Let go to add the files to this interview."), "good", closable=False
            )

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.banner.clear()

    def dropEvent(self, event: QDropEvent) -> None:
        self.banner.clear()
        if not self._view.fixed:
            self._take(event.mimeData())
            event.acceptProposedAction()

    def paste(self) -> None:
        """Add what is on the clipboard: files, or a picture."""
        if not self._view.fixed and self._pages.currentWidget() is not self.editor:
            self._take(QGuiApplication.clipboard().mimeData())

    def _take(self, data: QMimeData) -> None:
        paths = pasting.paths_of(data)
        picture = None if paths else pasting.picture_of(data)
        if paths:
            self.add(paths)
        elif picture is not None:
            octets, ending = picture
            self._add_sources([pasting.Pasted(self.tr("Pasted picture") + ending, octets)])
        else:
            self.banner.show_message(self.tr("There is no file and no picture on the clipboard."), "neutral")

    def _choose(self) -> None:
        choose_files(self, self.tr("Choose files to add"), self.add, verb=self.tr("Add files"))

    def add(self, paths: Sequence[Path]) -> None:
        """Add files; a finalised interview asks for the reason once for all of them."""
        self._add_sources([pasting.OnDisk(path) for path in paths])

    def _add_sources(self, sources: Sequence[pasting.Source]) -> None:
        if not sources:
            return
        if self._view.final or not self._view.own:
            ask(
                self,
                self.tr("Add files to a finalised interview"),
                self.tr("The finalised version stays as it is. Say why the files are needed."),
                yes=self.tr("Add %n file(s)", "", len(sources)),
                reason=self.tr("Reason"),
                then=lambda reason: self._begin(sources, reason),
            )
        else:
            self._begin(sources, "")

    def _begin(self, sources: Sequence[pasting.Source], reason: str) -> None:
        session, interview = self._desk.session, self._view.id
        self._told.begin(alone=not self._jobs.busy)

        def work(progress: Progress) -> list[Outcome]:
            def add(each: pasting.Source) -> Outcome:
                source, size = each.open()
                with source:
                    made = files.attach(
                        session, interview, source, each.name, size=size, progress=progress, reason=reason
                    )
                return Outcome(made.name, outcomes.FILE, made.id)

            return outcomes.each(sources, lambda each: each.name, add)

        words = self.tr("Adding %n file(s)", "", len(sources))
        # Also after a failure something may be different: others of the same choice may have been added.
        self._jobs.begin(words, work, self._added, otherwise=self.changed.emit)

    def _added(self, found: list[Outcome]) -> None:
        # So that search finds what is in them; nobody waits for it.
        session, decoder = self._desk.session, self._desk.decoder
        tasks.run(
            self,
            lambda progress: inside.read_all(session, decoder, progress),
            then=lambda _found: None,
            failed=lambda _error: None,
            lane="long",
        )
        self._told.add(found)
        self._choose_next = last(found, outcomes.FILE)
        self.changed.emit()

    # Photographs

    def _copy_for_sharing(self) -> None:
        """A picture is looked at first, and parts of it can be blacked out; of others the copy is made at once."""
        file = self._chosen()
        if file is None or photos.is_picture(file):
            self._edit_photo()
        elif self._needs_reason():
            ask(
                self,
                self.tr("Make a copy for sharing?"),
                self.tr("The original stays as it is. The copy holds only its pages or its sound."),
                yes=self.tr("Make copy"),
                reason=self.tr("Reason"),
                then=lambda reason: self._plain_copy(file, reason),
            )
        else:
            self._plain_copy(file, "")

    def _plain_copy(self, file: FileView, reason: str) -> None:
        session, decoder = self._desk.session, self._desk.decoder
        self._jobs.begin(
            self.tr("Making a copy for sharing"),
            lambda progress: copies.plain_copy(session, decoder, file.id, reason=reason, progress=progress),
            lambda copy: self._photo_made(copy.id),
        )

    def _edit_photo(self) -> None:
        file = self._chosen()
        if file is not None and self._reader is not None:
            self._pages.setCurrentWidget(self.editor)
            self.editor.show_photo(file, self._reader, needs_reason=self._needs_reason())

    def _back_to_files(self) -> None:
        self._pages.setCurrentIndex(1 if self._view.files else 0)
        self.list.setFocus()

    def _photo_made(self, copy: str) -> None:
        self._choose_next = copy
        self._back_to_files()
        self._desk.show_saved(self.tr("Copy made"))
        self.changed.emit()

    # Looking

    def _open(self, file_id: RecordId) -> None:
        self._look()
        self.let_go()
        file = self._chosen()
        if file is None or not file.present:
            return
        self.photo.show_file(self._desk, file, not self._view.fixed and not file.removed)
        session = self._desk.session

        def show(reader: OpenedFile) -> None:
            if self.list.chosen_id != file_id:
                reader.close()
                return
            self._close_reader()
            self._reader = reader
            self.viewer.show_file(file.name, file.type, reader)

        tasks.run(
            self,
            lambda _progress: OpenedFile(files.reader(session, file_id)),
            then=show,
            orphaned=close,
        )

    def reader(self) -> QWidget:
        return self.viewer

    def let_go(self) -> None:
        """Close the file that is shown: its child process ends, its key is forgotten."""
        self.photo.clear()
        self.editor.let_go()
        if self._pages.currentWidget() is self.editor:
            self._back_to_files()
        self._close_reader()

    def _close_reader(self) -> None:
        self.viewer.clear()
        if self._reader is not None:
            self._reader.close()
            self._reader = None

    # Changing

    def _needs_reason(self) -> bool:
        return self._view.final or not self._view.own

"""The one widget that shows any file, or says plainly why not."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from cairn.decode.host import DecodeHost
from cairn.decode.types import HEAD, UNKNOWN, Kind, kind_of, media_type
from cairn.errors import CairnError
from cairn.model.ports import ReadableAt
from cairn.qt.base import messages
from cairn.qt.media.viewers.bar import Title
from cairn.qt.media.viewers.decode_tasks import button, later, sentence
from cairn.qt.media.viewers.pane import Pane, Sought
from cairn.qt.media.viewers.pdf import PdfPane
from cairn.qt.media.viewers.picture import PicturePane
from cairn.qt.media.viewers.sound import FilmPane, SoundPane
from cairn.qt.media.viewers.text import DocumentPane, TextPane


class FileViewer(QWidget):
    """Shows one file at a time from the vault.

    `host` is the session's; whoever owns it closes it at lock, after `clear`.
    """

    shown = Signal()
    """A file is there to be looked at, with controls that may be new in the order of the keys."""
    copy_out_wanted = Signal()
    """The person asks for a copy outside the vault; what may leave is decided elsewhere."""

    def __init__(self, host: DecodeHost, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._host = host
        self._name = ""
        self._sought = Sought()
        """To be marked in the next text."""
        self._source: ReadableAt | None = None
        self._pane: Pane | None = None
        self.title = Title()
        self.title.setProperty("role", "strong")
        self.about = QLabel()
        self.about.setTextFormat(Qt.TextFormat.PlainText)
        self.about.setProperty("role", "caption")
        self._stack = QStackedWidget()
        self._message = QWidget()
        self.message = QLabel()
        self.message.setTextFormat(Qt.TextFormat.PlainText)
        self.message.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.message.setWordWrap(True)
        self.message.setMinimumWidth(280)
        self.copy_out = button(
            self.tr("Copy out…"),
            self.tr("Copy this file out of the vault"),
            self.copy_out_wanted.emit,
            kind="",
        )
        self._lay_out()
        self._panes: dict[Kind, Pane] = {}
        self.clear()

    def _lay_out(self) -> None:
        inner = QVBoxLayout(self._message)
        inner.setSpacing(16)
        inner.addStretch(1)
        inner.addWidget(self.message)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.copy_out)
        row.addStretch(1)
        inner.addLayout(row)
        inner.addStretch(2)
        self._stack.addWidget(self._message)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self.title)
        head.addWidget(self.about, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(head)
        layout.addWidget(self._stack, 1)

    @property
    def kind(self) -> Kind:
        """The kind of viewer that is on the screen; NONE while a message is."""
        pane = self._stack.currentWidget()
        return next((kind for kind, known in self._panes.items() if known is pane), Kind.NONE)

    def show_file(self, name: str, type: str, source: ReadableAt) -> None:
        """Show a file. `type` is its media type as the vault knows it, or "" to look at its bytes."""
        self.clear()
        self._name, self._source = name, source
        self.title.show_text(name)
        if type and type != UNKNOWN:
            self._choose(type)
            return
        self._say(self.tr("Opening…"))

        def looked(found: str) -> None:
            if self._source is source:
                self._choose(found)

        def failed(error: CairnError) -> None:
            if self._source is source:
                self._failed(error)

        later(self, lambda: media_type(source.read_at(0, HEAD), name), then=looked, failed=failed)

    def look_for(self, sought: Sought, *, now: bool) -> None:
        """Show where these words stand in the file that is shown `now`, or in the next one."""
        self._sought = Sought() if now else sought
        if now and self._pane is not None:
            self._pane.seek(sought)

    def clear(self) -> None:
        """Let go of the file: its pixels, samples and text leave the window, its child process ends."""
        if self._pane is not None:
            self._pane.stop()
            self._pane = None
        if self._source is not None:
            self._host.release(self._source)
            self._source = None
        self.title.show_text("")
        self.about.clear()
        self._say(self.tr("Choose a file to see it here."))

    def _choose(self, type: str) -> None:
        source = self._source
        if source is None:
            return
        size = messages.size(source.size)
        words = messages.file_sort(type, self._name)
        self.about.setText(self.tr("{type} · {size}").format(type=words, size=size))
        self.about.setToolTip(type)
        kind = kind_of(type)
        if kind is Kind.NONE:
            text = self.tr("Cairn keeps this file but can't show it.\n{type}, {size}")
            self._say(text.format(type=words, size=size), may_copy=True)
            return
        self._say(self.tr("Opening…"))
        self._pane = self._pane_for(kind)
        self._pane.sought, self._sought = self._sought, Sought()
        self._pane.show_source(self._name, source)

    def _pane_for(self, kind: Kind) -> Pane:
        pane = self._panes.get(kind)
        if pane is None:
            makers = {
                Kind.PICTURE: PicturePane,
                Kind.PDF: PdfPane,
                Kind.TEXT: TextPane,
                Kind.SOUND: SoundPane,
                Kind.FILM: FilmPane,
                Kind.DOCUMENT: DocumentPane,
            }
            pane = makers[kind](self._host)
            pane.shown.connect(self._shown)
            pane.failed.connect(self._failed)
            self._panes[kind] = pane
            self._stack.addWidget(pane)
        return pane

    def _shown(self) -> None:
        if self._pane is not None and self._stack.currentWidget() is not self._pane:
            self._stack.setCurrentWidget(self._pane)
            self.setFocusProxy(self._pane)
            self.shown.emit()

    def _failed(self, error: CairnError) -> None:
        if self._pane is not None:
            self._pane.stop()
        self._say(sentence(error), may_copy=True)

    def _say(self, text: str, *, may_copy: bool = False) -> None:
        self.message.setText(text)
        self.copy_out.setVisible(may_copy)
        self.setFocusProxy(self.copy_out)
        self._stack.setCurrentWidget(self._message)

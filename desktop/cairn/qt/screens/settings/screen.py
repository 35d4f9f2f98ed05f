"""The screen of settings: the groups one below the other, and a list of them to go straight to one."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QWidget

from cairn.qt.base.theme import theme
from cairn.qt.desk import Desk, Screen
from cairn.qt.screens.settings.about import AboutGroup
from cairn.qt.screens.settings.backup import BackupGroup
from cairn.qt.screens.settings.group import Group
from cairn.qt.screens.settings.listening import ListeningGroup
from cairn.qt.screens.settings.look import LanguageGroup, LookGroup
from cairn.qt.screens.settings.person import LockingGroup, NameGroup, PassphraseGroup
from cairn.qt.screens.settings.recording import RecordingGroup
from cairn.qt.screens.settings.stock import StockGroup
from cairn.qt.screens.settings.ways import WaysGroup
from cairn.qt.widgets import Row, RowList, VLine, column, hline, label, row, scroll
from cairn.qt.widgets.basic import edge
from cairn.qt.widgets.kept_only import only_where_kept
from cairn.qt.widgets.rows import when_activated

GROUPS: tuple[type[Group], ...] = (
    LookGroup,
    LanguageGroup,
    LockingGroup,
    RecordingGroup,
    ListeningGroup,
    NameGroup,
    PassphraseGroup,
    WaysGroup,
    BackupGroup,
    StockGroup,
    AboutGroup,
)
HELP = {
    "recording": "recording",
    "listening": "listening",
    "passphrase": "opening-the-vault",
    "ways": "opening-the-vault",
    "backup": "opening-the-vault",
    "stock": "opening-the-vault",
    "about": "updating",
}
"""Groups whose page of the help is not the one on settings."""
KEPT_INSIDE = ("locking", "recording", "listening", "name")
"""Groups all of whose settings are kept in the vault."""
WIDEST = 720
LIST_WIDTH = 240
TOGETHER = 800
"""From this width on, in design pixels, the list of groups stands beside the page."""


class SettingsScreen(Screen):
    """Every change takes effect at once; there is nothing to save."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.groups = {kind.key: kind(desk) for kind in GROUPS}
        only_where_kept(*[self.groups[key] for key in KEPT_INSIDE])
        self._at = ""
        self._going = False
        self.list = RowList(self.tr("Groups of settings"))
        self.list.set_rows([Row(key, group.title, glyph=group.glyph) for key, group in self.groups.items()])
        self.list.choose(next(iter(self.groups)))
        self.list.chosen.connect(self._scroll_to)
        self.list.clicked.connect(lambda _index: self._scroll_to(self.list.chosen_id))
        when_activated(self.list, self._enter_group)
        self._side = QWidget()
        self._side.setProperty("surface", "pane")
        self._side.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._side.setFixedWidth(theme().px(LIST_WIDTH))
        head = row(label(self.tr("Settings"), "heading"), None)
        head.setContentsMargins(theme().px(16), theme().px(16), theme().px(16), theme().px(12))
        inside = column(head, hline(), self.list, space=0)
        inside.setStretchFactor(self.list, 1)
        self._side.setLayout(inside)
        self._line = VLine()
        self._heading = label(self.tr("Settings"), "title")
        page = QWidget()
        page.setLayout(column(self._heading, *self.groups.values(), None, space=32, margin=edge()))
        # A row asks for the height at the width that it gives; a column with narrower parts would ask for less.
        page.setMaximumWidth(theme().px(WIDEST + 2 * edge()))
        inner = QWidget()
        beside = row(page, None, space=0)
        beside.setStretch(0, 1)
        beside.setStretch(1, 0)
        inner.setLayout(beside)
        self._inner = inner
        self.area = scroll(inner, self.tr("Settings"))
        self.area.verticalScrollBar().valueChanged.connect(self._scrolled)
        layout = row(self._side, self._line, self.area, space=0)
        layout.setStretchFactor(self.area, 1)
        self.setLayout(layout)
        self._fold()

    def enter(self) -> None:
        for group in self.groups.values():
            group.load()

    def leave(self) -> None:
        for group in self.groups.values():
            group.leave()

    def where(self) -> str:
        """The group, and the control in it that has the focus: building anew comes back to it."""
        now = QApplication.focusWidget()
        for key, group in self.groups.items():
            for name, control in group.anchors.items():
                if now is control:
                    return f"{key}.{name}"
        return self._at

    def help_page(self) -> str:
        return HELP.get(self.where().partition(".")[0] or self.list.chosen_id, "")

    def show_item(self, what: str) -> None:
        """Go to a group (`backup`) or to a control in it (`look.size`)."""
        key, _, name = what.partition(".")
        group = self.groups.get(key)
        if group is None:
            return
        self._at = what
        self.list.choose(key)
        control = group.anchors.get(name)
        if control is not None:
            control.setFocus(Qt.FocusReason.OtherFocusReason)
        # Places are known only after the layout had its turn.
        QTimer.singleShot(0, self, lambda: self._scroll_to(key))

    def _top(self, key: str) -> int:
        return self.groups[key].mapTo(self._inner, QPoint(0, 0)).y() - theme().px(edge())

    def _scroll_to(self, key: str) -> None:
        self._at = key
        self._going = True
        self.list.choose(key)
        self.area.verticalScrollBar().setValue(max(0, self._top(key)))
        self._going = False

    def _scrolled(self, value: int) -> None:
        """The list follows the page that is scrolled by hand."""
        if not self._going:
            above = [key for key in self.groups if self._top(key) <= value + theme().px(8)]
            self.list.choose(above[-1] if above else next(iter(self.groups)))

    def _enter_group(self, key: str) -> None:
        """Enter on a group goes to its first control."""
        for control in self.groups[key].anchors.values():
            if control.isVisible() and control.isEnabled():
                control.setFocus(Qt.FocusReason.TabFocusReason)
                return

    def _fold(self) -> None:
        wide = self.width() >= theme().px(TOGETHER)
        self._side.setVisible(wide)
        self._line.setVisible(wide)
        self._heading.setVisible(not wide)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

"""The style sheet, built from the theme's tokens.

Widgets choose their look through properties, not through style sheets of their own:
`kind` of a button (`primary`, `danger`, `quiet`, `chip`, and `link` and `plain`, words without a frame), `role` of a label (`title`, `heading`, `strong`,
`soft`, `caption`, `error`), `tone` of a chip or banner (`neutral`, `good`, `warn`, `danger`), and
`surface` of a frame (`card`, `sunken`, `bar`).
"""

from __future__ import annotations

from typing import Protocol

from cairn.qt.base.tokens import Tokens


class Look(Protocol):
    """A theme in force: colours, sizes, and where its two pictures lie."""

    @property
    def tokens(self) -> Tokens:
        """The colours."""
        ...

    @property
    def check_image(self) -> str:
        """Path of the tick in a checked box."""
        ...

    @property
    def arrow_image(self) -> str:
        """Path of the arrow of a list to choose from."""
        ...

    def px(self, length: float) -> int:
        """A length of the design in logical pixels."""
        ...


def style_sheet(theme: Look) -> str:
    """The whole application's style sheet for the theme in force."""
    t, px = theme.tokens, theme.px
    # Half of the whole box: Qt draws corners square when their radius is larger than that.
    round_box = (px(16) + 2) // 2
    return f"""
* {{ outline: 0; }}
QWidget {{ color: {t.ink}; }}
QMainWindow, QDialog, QWidget[surface="paper"] {{ background: {t.paper}; }}
QToolTip {{ background: {t.surface}; color: {t.ink}; border: 1px solid {t.line}; padding: {px(6)}px; }}
QFrame[surface="card"] {{ background: {t.surface}; border: 1px solid {t.line}; border-radius: {px(12)}px; }}
QFrame[surface="sunken"], QWidget[surface="sunken"] {{ background: {t.sunken}; }}
QWidget[surface="pane"] {{ background: {t.surface}; }}
QFrame[surface="line"] {{ background: {t.line}; border: 0; }}
QScrollArea, QScrollArea > QWidget > QWidget[surface="clear"] {{ background: transparent; border: 0; }}

QLabel[role="title"] {{ font-size: {px(24)}px; font-weight: 600; }}
QLabel[role="heading"] {{ font-size: {px(18)}px; font-weight: 600; }}
QLabel[role="saying"] {{ font-size: {px(16)}px; }}
QLabel[role="strong"] {{ font-weight: 600; }}
QLabel[role="soft"] {{ color: {t.ink_soft}; }}
QLabel[role="caption"] {{ color: {t.ink_soft}; font-size: {px(12)}px; }}
QLabel[role="error"] {{ color: {t.danger}; font-size: {px(12)}px; }}
QLabel[role="stamp"] {{ color: {t.accent}; }}
QLabel[role="accent"] {{ color: {t.accent}; font-weight: 600; }}

QPushButton, QToolButton[kind] {{
  background: {t.surface}; border: 1px solid {t.control_line}; border-radius: {px(8)}px;
  padding: 0 {px(14)}px; min-height: {px(34)}px; font-weight: 600;
}}
QPushButton:hover, QToolButton[kind]:hover {{ background: {t.accent_soft}; }}
QPushButton:pressed {{ background: {t.sunken}; }}
QPushButton:focus, QToolButton[kind]:focus {{
  border: 2px solid {t.accent}; padding: 0 {px(14) - 1}px; min-height: {px(34) - 2}px;
}}
QPushButton:disabled {{ color: {t.control_line}; border-color: {t.line}; background: {t.paper}; }}
QPushButton[kind="primary"] {{ background: {t.accent}; color: {t.on_accent}; border: 1px solid {t.accent}; }}
QPushButton[kind="primary"]:hover {{ border: 1px solid {t.ink}; }}
QPushButton[kind="primary"]:focus {{ border: 2px solid {t.ink}; }}
QPushButton[kind="primary"]:disabled {{ background: {t.line}; color: {t.ink_soft}; border-color: {t.line}; }}
QPushButton[kind="danger"] {{ color: {t.danger}; border-color: {t.danger}; }}
QPushButton[kind="danger"]:hover {{ background: {t.danger_soft}; }}
QPushButton[kind="quiet"], QToolButton[kind="quiet"] {{
  background: transparent; border: 1px solid transparent; color: {t.accent}; padding: 0 {px(8)}px; font-weight: 500;
}}
QPushButton[kind="quiet"]:hover, QToolButton[kind="quiet"]:hover {{ background: {t.accent_soft}; }}
QPushButton[kind="quiet"]:focus, QToolButton[kind="quiet"]:focus {{
  border: 2px solid {t.accent}; padding: 0 {px(8) - 1}px;
}}
QPushButton[kind="link"], QPushButton[kind="plain"] {{
  background: transparent; border: 2px solid transparent; border-radius: {px(4)}px; padding: 0;
  min-height: {px(24)}px; font-weight: 400;
}}
QPushButton[kind="link"] {{ color: {t.accent}; }}
QPushButton[kind="plain"] {{ color: {t.ink_soft}; }}
QPushButton[kind="link"]:hover, QPushButton[kind="plain"]:hover {{ color: {t.ink}; background: transparent; }}
QPushButton[kind="link"]:focus, QPushButton[kind="plain"]:focus {{
  border-color: {t.accent}; padding: 0; min-height: {px(24)}px;
}}
QPushButton[kind="quiet"]:disabled, QToolButton[kind="quiet"]:disabled {{
  color: {t.control_line}; background: transparent; border-color: transparent;
}}
QPushButton[kind="chip"] {{
  background: {t.accent_soft}; border: 1px solid {t.accent_soft}; border-radius: {px(14)}px; color: {t.accent};
  padding: 0 {px(10)}px; min-height: {px(26)}px; font-size: {px(12)}px;
}}
QPushButton[kind="chip"]:hover {{ border-color: {t.accent}; }}
QPushButton[kind="chip"]:focus {{
  border: 2px solid {t.accent}; padding: 0 {px(10) - 1}px; min-height: {px(26) - 2}px;
}}
QPushButton::menu-indicator {{ image: none; width: 0; }}
QPushButton[kind="danger"]:disabled {{ color: {t.control_line}; border-color: {t.line}; }}
QPushButton[kind="filter"] {{
  background: transparent; border: 1px solid {t.control_line}; border-radius: {(px(26) + 2) // 2}px;
  padding: 0 {px(10)}px; min-height: {px(26)}px; font-size: {px(12)}px; font-weight: 400; color: {t.ink_soft};
}}
QPushButton[kind="filter"]:hover {{ color: {t.ink}; background: {t.accent_soft}; }}
QPushButton[kind="filter"]:checked {{
  background: {t.accent_soft}; border-color: {t.accent}; color: {t.accent}; font-weight: 600;
}}
QPushButton[kind="filter"]:focus {{ border: 2px solid {t.accent}; padding: 0 {px(10) - 1}px; min-height: {px(26) - 2}px; }}
QPushButton[cap="true"] {{ text-align: left; padding: 0 {px(8)}px; font-weight: 500; }}
QPushButton[cap="true"]:focus {{ padding: 0 {px(8) - 1}px; }}
QPushButton[small="true"] {{ font-size: {px(12)}px; }}
QPushButton[tall="true"] {{ min-height: {px(42)}px; }}
QPushButton[tall="true"]:focus {{ min-height: {px(42) - 2}px; }}
QToolButton::menu-indicator {{ image: none; }}

QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QSpinBox {{
  background: {t.surface}; border: 1px solid {t.control_line}; border-radius: {px(8)}px;
  padding: 0 {px(10)}px; selection-background-color: {t.accent}; selection-color: {t.on_accent};
}}
QLineEdit, QComboBox, QSpinBox {{ min-height: {px(34)}px; }}
QLineEdit {{ lineedit-password-character: 8226; }}
QPlainTextEdit, QTextEdit {{ padding: {px(8)}px; }}
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QComboBox:focus, QSpinBox:focus {{
  border: 2px solid {t.accent}; padding: 0 {px(10) - 1}px;
}}
QPlainTextEdit:focus, QTextEdit:focus {{ padding: {px(8) - 1}px; }}
QLineEdit:focus, QComboBox:focus, QSpinBox:focus {{ min-height: {px(34) - 2}px; }}
QLineEdit[wrong="true"] {{
  border: 2px solid {t.danger}; padding: 0 {px(10) - 1}px; min-height: {px(34) - 2}px;
}}
QLineEdit:disabled, QComboBox:disabled, QLineEdit[readOnly="true"], QTextEdit[readOnly="true"], QPlainTextEdit[readOnly="true"] {{
  background: {t.paper}; color: {t.ink_soft}; border-color: {t.line};
}}
QPlainTextEdit[reading="true"], QTextEdit[reading="true"] {{ background: {t.surface}; color: {t.ink}; }}
/* What is chosen is filled softly: the lines under coded words go on being seen. */
QTextEdit[reading="coding"] {{ background: {t.surface}; color: {t.ink}; border: 2px solid transparent; border-radius: 0; padding: 0;
  selection-background-color: {t.accent_soft}; selection-color: {t.ink}; }}
QTextEdit[reading="coding"]:focus {{ border: 2px solid {t.accent}; }}
QPlainTextEdit[exact="true"] {{
  background: transparent; color: {t.ink}; border: 1px solid transparent; padding: 0; border-radius: {px(4)}px;
}}
QTextEdit[page="true"] {{
  background: transparent; color: {t.ink}; border: 1px solid transparent; padding: 0; border-radius: {px(4)}px;
}}
QTextEdit[page="true"]:focus {{ border: 1px solid {t.accent}; }}
QPlainTextEdit[exact="true"]:focus {{ border: 1px solid {t.accent}; }}
QTextEdit[cell="true"], QLineEdit[cell="true"] {{
  border: 2px solid {t.accent}; border-radius: 0; padding: {px(10) - 2}px {px(12) - 2}px; background: {t.surface};
}}
QHeaderView, QHeaderView::section {{
  background: {t.surface}; color: {t.ink_soft}; border: 0; font-size: {px(12)}px; padding: 0;
}}
QHeaderView::section {{ border-bottom: 1px solid {t.line}; padding: {px(6)}px {px(12)}px; }}
QComboBox::drop-down {{ border: 0; width: {px(28)}px; }}
QComboBox::down-arrow {{ image: url("{theme.arrow_image}"); width: {px(14)}px; height: {px(14)}px; }}
QComboBox {{ combobox-popup: 0; }}
QComboBox QAbstractItemView, QComboBox QAbstractItemView:focus {{
  background: {t.surface}; border: 1px solid {t.control_line}; padding: {px(4)}px; outline: 0;
}}
QComboBox QAbstractItemView::item {{
  min-height: {px(32)}px; padding: 0 {px(8)}px; border-radius: {px(6)}px; color: {t.ink};
}}
QComboBox QAbstractItemView::item:selected {{ background: {t.accent_soft}; color: {t.ink}; }}
QCheckBox, QRadioButton {{ spacing: {px(8)}px; min-height: {px(28)}px; }}
QCheckBox:focus, QRadioButton:focus {{ color: {t.accent}; }}
QCheckBox::indicator, QRadioButton::indicator {{
  width: {px(16)}px; height: {px(16)}px; border: 1px solid {t.control_line}; background: {t.surface};
}}
QCheckBox::indicator {{ border-radius: {px(4)}px; }}
QRadioButton::indicator {{ border-radius: {round_box}px; }}
QCheckBox::indicator:checked {{ background: {t.accent}; border-color: {t.accent}; image: url("{theme.check_image}"); }}
QRadioButton::indicator:checked {{ border: {px(5)}px solid {t.accent}; width: {px(8)}px; height: {px(8)}px;
  border-radius: {px(5) + px(8) // 2}px; }}
QCheckBox::indicator:focus, QRadioButton::indicator:focus {{
  border-color: {t.accent}; border-width: 2px; width: {px(16) - 2}px; height: {px(16) - 2}px;
}}
QRadioButton::indicator:checked:focus {{
  border: {px(5)}px solid {t.accent}; width: {px(8)}px; height: {px(8)}px;
}}

QListView, QTreeView, QTableView {{ background: {t.surface}; border: 0; }}
QListView:focus {{ border: 0; }}
QDialogButtonBox {{ dialogbuttonbox-buttons-have-icons: 0; }}
QMenu {{ background: {t.surface}; border: 1px solid {t.line}; padding: {px(6)}px; }}
QMenu::item {{ padding: {px(7)}px {px(24)}px {px(7)}px {px(12)}px; border-radius: {px(6)}px; }}
QMenu::item:selected {{ background: {t.accent_soft}; color: {t.ink}; }}
QMenu::item:disabled {{ color: {t.control_line}; }}
QProgressBar {{ background: {t.sunken}; border: 0; border-radius: {px(3)}px; max-height: {px(6)}px; min-height: {px(6)}px; }}
QProgressBar::chunk {{ background: {t.accent}; border-radius: {px(3)}px; }}
QProgressBar[tone="warn"]::chunk {{ background: {t.warn}; }}
QProgressBar[tone="danger"]::chunk {{ background: {t.danger}; }}
QSlider::groove:horizontal {{ background: {t.line}; height: {px(4)}px; border-radius: {px(2)}px; }}
QSlider::sub-page:horizontal {{ background: {t.accent}; border-radius: {px(2)}px; }}
QSlider::handle:horizontal {{
  background: {t.accent}; width: {px(16)}px; margin: -{px(6)}px 0; border-radius: {px(8)}px;
}}
QSplitter::handle {{ background: {t.line}; }}
QScrollBar:vertical {{ background: transparent; width: {px(10)}px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: {px(10)}px; margin: 0; }}
QScrollBar::handle {{ background: {t.control_line}; border-radius: {px(2)}px; }}
QScrollBar::handle:vertical {{ margin: 2px {px(3)}px; min-height: {px(32)}px; }}
QScrollBar::handle:horizontal {{ margin: {px(3)}px 2px; min-width: {px(32)}px; }}
QScrollBar::handle:hover {{ background: {t.ink_soft}; }}
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {{
  background: transparent; border: 0; width: 0; height: 0;
}}
"""

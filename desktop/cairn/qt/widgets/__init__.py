"""The shapes that recur on the screens, each built once: import them from here.

They take their look from the theme (properties and tokens, see `cairn.qt.base.stylesheet`), show text of
the records as plain text only, and carry an accessible name wherever they take the focus.
"""

from cairn.qt.widgets.banner import Banner
from cairn.qt.widgets.basic import (
    Elided,
    VLine,
    button,
    card,
    column,
    hline,
    icon_button,
    label,
    restyle,
    row,
    scroll,
)
from cairn.qt.widgets.chip import Chip
from cairn.qt.widgets.editor import Editor
from cairn.qt.widgets.empty import EmptyState
from cairn.qt.widgets.field import Field
from cairn.qt.widgets.fingerprint import Fingerprint
from cairn.qt.widgets.line import Line
from cairn.qt.widgets.progress import ProgressPanel
from cairn.qt.widgets.row_model import Row
from cairn.qt.widgets.rows import RowList
from cairn.qt.widgets.sheet import Sheet, ask
from cairn.qt.widgets.steps import Steps
from cairn.qt.widgets.tabs import Tabs
from cairn.qt.widgets.words_input import WordsInput

__all__ = [
    "Banner",
    "Chip",
    "Editor",
    "Elided",
    "EmptyState",
    "Field",
    "Fingerprint",
    "Line",
    "ProgressPanel",
    "Row",
    "RowList",
    "Sheet",
    "Steps",
    "Tabs",
    "VLine",
    "WordsInput",
    "ask",
    "button",
    "card",
    "column",
    "hline",
    "icon_button",
    "label",
    "restyle",
    "row",
    "scroll",
]

"""A field: label above, help below; an error takes the help's place."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from cairn.qt.widgets.basic import column, label, restyle, show_if


class Field(QWidget):
    """Wraps one input with its label, which is also the input's accessible name. A `sentence` for a label wraps."""

    def __init__(self, name: str, control: QWidget, help_text: str = "", *, sentence: bool = False) -> None:
        super().__init__()
        self.control = control
        self._help = help_text
        self._label = label(name, "strong", wrap=sentence)
        self._label.setBuddy(control)
        self._below = label(help_text, "caption", wrap=True)
        show_if(self._below, bool(help_text))
        control.setAccessibleName(name)
        if help_text:
            control.setAccessibleDescription(help_text)
        self.setLayout(column(self._label, control, self._below, None, space=4))
        self.setFocusProxy(control)

    def set_error(self, sentence: str) -> None:
        """Show what is wrong in place of the help; an empty text brings the help back."""
        self._below.setText(sentence or self._help)
        self._below.setVisible(bool(sentence or self._help))
        restyle(self._below, role="error" if sentence else "caption")
        restyle(self.control, wrong="true" if sentence else "false")
        self.control.setAccessibleDescription(sentence or self._help)

    @property
    def error(self) -> str:
        """The error shown, or nothing."""
        return self._below.text() if self._below.property("role") == "error" else ""

    def set_help(self, text: str) -> None:
        """Another help text."""
        self._help = text
        self.set_error("")
